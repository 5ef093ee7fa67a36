#include "cli/command.h"
#include "cli/new_file.h"
#include "cli/output.h"

#include <string.h>

static const char *const TEMPLATE[] = {
#include "cli/new_scenario.inc"
};

static const struct usage USAGE = {
    .name = "anreiz new",
    .arguments = "NAME",
    .examples = "\n"
                "  anreiz new our_firm\n"
                "  anreiz check our_firm.cfg\n"
                "  anreiz run our_firm.cfg --replications 100\n"
                "  anreiz new our_firm --out questions\n"
                "\n"
                "Writes NAME.cfg, a commented scenario to start from: who works for the firm, to "
                "whom it sells, a pay plan of its own. It builds on the files that come with the "
                "program and can be run as it is.\n",
    .notes = "A file that exists is not overwritten without --force.",
    .arguments_least = 1,
    .arguments_most = 1,
};

/* The file's path, and its name without the ending. */
struct wanted {
    struct text path;
    struct text name;
};

static bool name_file(struct wanted *wanted, const struct options *options, struct error *error) {
    static const char LETTERS[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    const char *named = options->arguments[0];
    const char *slash = strrchr(named, '/');
    const char *last = slash == NULL ? named : slash + 1;
    size_t length = strlen(last);
    if (length > 4 && strcmp(last + length - 4, ".cfg") == 0) {
        length -= 4;
    }
    if (length == 0 || last[0] == '.' || last[0] == '-' || strspn(last, LETTERS) < length ||
        length >= NAME_SIZE) {
        return error_add(error, ERROR_QUESTION,
                         "%s: a name has at most %d letters, digits, _, - and . and begins with a "
                         "letter or digit, for example anreiz new our_firm",
                         named, NAME_SIZE - 1);
    }
    text_add(&wanted->name, "%.*s", (int)length, last);
    if (options->out != NULL) {
        text_add(&wanted->path, "%s/", options->out);
    }
    text_add(&wanted->path, "%.*s%s.cfg", (int)(last - named), named, text_bytes(&wanted->name));
    return (!wanted->name.failed && !wanted->path.failed) ||
           error_add(error, ERROR_FAILURE, "not enough memory for a path");
}

/* One line, @NAME@ and @FILE@ replaced. */
static void write_line(FILE *file, const char *line, const struct wanted *wanted) {
    for (const char *at = strchr(line, '@'); at != NULL; at = strchr(line, '@')) {
        bool name = strncmp(at, "@NAME@", 6) == 0;
        (void)fprintf(file, "%.*s%s", (int)(at - line), line,
                      text_bytes(name ? &wanted->name : &wanted->path));
        line = at + 6;
    }
    (void)fputs(line, file);
}

static bool write_file(const struct wanted *wanted, bool force, struct error *error) {
    struct new_file file;
    if (!new_file_open(&file, text_bytes(&wanted->path), force, error)) {
        return false;
    }
    for (size_t n = 0; n < sizeof TEMPLATE / sizeof *TEMPLATE; n++) {
        write_line(file.stream, TEMPLATE[n], wanted);
    }
    return new_file_close(&file, true, error);
}

bool command_new(struct options *options, int argc, char **argv, struct error *error) {
    struct wanted wanted = {0};
    struct output output;
    bool good = options_read(options, &USAGE, NULL, argc, argv, error);
    if (good && options->set_count > 0) {
        good = error_add(error, ERROR_QUESTION,
                         "--set changes what is run; write the value into the new file");
    }
    good = good && name_file(&wanted, options, error) && write_file(&wanted, options->force, error);
    if (good && !options->quiet && output_open(&output, error)) {
        const char *path = text_bytes(&wanted.path);
        (void)fprintf(output.stream, "%s is written. Edit it, then: anreiz check %s\n", path, path);
        good = output_print(&output, true, error);
    }
    text_free(&wanted.path);
    text_free(&wanted.name);
    return good;
}
