#include "cli/command.h"
#include "cli/manual.h"
#include "cli/new_file.h"
#include "cli/output.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct usage USAGE = {
    .name = "anreiz manual",
    .arguments = "[PAGE]",
    .examples = "\n"
                "  anreiz manual run\n"
                "  anreiz manual scenario\n"
                "  anreiz manual run | man -l -\n"
                "  anreiz manual --out man\n"
                "\n"
                "Shows a manual page: of a command, of the format of scenarios (scenario), or "
                "without a name of the program. Into a file or pipe it goes as man reads it. With "
                "--out all of them are written to a folder. Where anreiz is installed, man "
                "anreiz-run shows the same.\n",
    .arguments_most = 1,
};

static bool write_command(struct text *page, const struct command *command, struct error *error) {
    const struct usage *usage = command_usage(command, error);
    if (usage == NULL) {
        return false;
    }
    manual_of_command(page, command, usage);
    return true;
}

static bool write_page(struct text *page, const char *name, struct error *error) {
    if (*name == '\0') {
        manual_of_program(page);
    } else if (strcmp(name, "scenario") == 0) {
        manual_of_scenarios(page);
    } else {
        const struct command *command = command_find(name, error);
        if (command == NULL || !write_command(page, command, error)) {
            return false;
        }
    }
    return !page->failed || error_add(error, ERROR_FAILURE, "not enough memory for a manual page");
}

static bool save_page(const struct options *options, const char *name, struct error *error) {
    struct text path = {0};
    struct text page = {0};
    struct new_file file;
    text_add(&path, "%s/anreiz%s%s.%d", options->out, *name == '\0' ? "" : "-", name,
             strcmp(name, "scenario") == 0 ? 5 : 1);
    bool good = write_page(&page, name, error) &&
                new_file_open(&file, text_bytes(&path), options->force, error);
    if (good) {
        (void)fputs(text_bytes(&page), file.stream);
        good = new_file_close(&file, true, error);
    }
    text_free(&page);
    text_free(&path);
    return good;
}

static bool save_pages(const struct options *options, struct error *error) {
    if (mkdir(options->out, 0777) != 0 && errno != EEXIST) {
        return error_add(error, ERROR_FAILURE, "the folder %s cannot be made: %s", options->out,
                         strerror(errno));
    }
    bool good = save_page(options, "", error) && save_page(options, "scenario", error);
    for (size_t n = 0; good && n < COMMAND_COUNT; n++) {
        good = save_page(options, COMMANDS[n].name, error);
    }
    return good;
}

/* Lets man show the page, whose pager asks the terminal for keys; whether there is a man. */
static bool show_page(const struct text *page) {
    static char *const WORDS[] = {"man", "-l", "-", NULL};
    posix_spawn_file_actions_t actions;
    pid_t process = 0;
    FILE *input = tmpfile();
    if (input == NULL) {
        return false;
    }
    (void)fputs(text_bytes(page), input);
    bool shown = fflush(input) == 0 && fseek(input, 0, SEEK_SET) == 0 &&
                 posix_spawn_file_actions_init(&actions) == 0;
    if (shown) {
        int code = 1;
        shown = posix_spawn_file_actions_adddup2(&actions, fileno(input), STDIN_FILENO) == 0 &&
                posix_spawnp(&process, WORDS[0], &actions, NULL, WORDS, environ) == 0 &&
                waitpid(process, &code, 0) == process && code == 0;
        (void)posix_spawn_file_actions_destroy(&actions);
    }
    (void)fclose(input);
    return shown;
}

bool command_manual(struct options *options, int argc, char **argv, struct error *error) {
    struct text page = {0};
    if (!options_read(options, &USAGE, NULL, argc, argv, error)) {
        return false;
    }
    const char *name = options->argument_count == 0 ? "" : options->arguments[0];
    if (options->out != NULL && *name != '\0') {
        return error_add(error, ERROR_QUESTION, "--out writes all pages: leave %s away, or --out",
                         name);
    }
    if (options->out != NULL) {
        return save_pages(options, error);
    }
    bool good = write_page(&page, name, error) &&
                ((isatty(STDOUT_FILENO) == 1 && show_page(&page)) || output_text(&page, error));
    text_free(&page);
    return good;
}
