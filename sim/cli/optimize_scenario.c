#include "cli/optimize_scenario.h"

#include "base/memory.h"
#include "scenario/library.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A path and its value, as they were set; both borrowed. */
struct set {
    const char *path;
    size_t length; /* of the path */
    const char *value;
};

struct sets {
    struct set *changes;
    size_t count;
};

/* The last one for a path counts. */
static void add(struct sets *changes, const char *path, size_t length, const char *value) {
    size_t c = 0;
    while (c < changes->count && (changes->changes[c].length != length ||
                                  strncmp(changes->changes[c].path, path, length) != 0)) {
        c++;
    }
    changes->changes[c] = (struct set){path, length, value};
    changes->count += c == changes->count;
}

/* By the steps of the path, so that what shares a group stands together. */
static int by_path(const void *one, const void *other) {
    const struct set *first = one;
    const struct set *second = other;
    for (size_t i = 0;; i++) {
        bool end = i == first->length;
        if (end || i == second->length) {
            return end ? -(i < second->length) : 1;
        }
        unsigned char left = (unsigned char)first->path[i];
        unsigned char right = (unsigned char)second->path[i];
        left = left == '.' ? 1 : left;
        right = right == '.' ? 1 : right;
        if (left != right) {
            return left < right ? -1 : 1;
        }
    }
}

/* Whether groups alone can say the changes: no element of a list, no path that stands for several,
 * none inside of another, no file, whose path is another one from the folder. */
static bool are_groups(const struct sets *changes) {
    for (size_t c = 0; c < changes->count; c++) {
        const struct set *change = &changes->changes[c];
        for (size_t i = 0; i < change->length; i++) {
            if (strchr("[]*?(", change->path[i]) != NULL) {
                return false;
            }
        }
        if (*change->value != '/' && scenario_names_file(change->path, change->length)) {
            return false;
        }
        const struct set *next = change + 1;
        if (c + 1 < changes->count && next->length > change->length &&
            strncmp(change->path, next->path, change->length) == 0 &&
            next->path[change->length] == '.') {
            return false;
        }
    }
    return true;
}

/* As a scenario writes it: words in quotes, everything else as it is. */
static void write_value(FILE *file, const char *value) {
    char *end = NULL;
    (void)strtod(value, &end);
    bool number = end != value && (*end == '\0' || strcmp(end, "L") == 0);
    bool plain = number || *value == '\0' || strchr("[({\"", *value) != NULL ||
                 strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
    (void)fprintf(file, plain ? "%s" : "\"%s\"", value);
}

/* Length of the groups that two paths share, with the point behind them. */
static size_t shared_groups(const struct set *one, const struct set *other) {
    size_t shared = 0;
    for (size_t i = 0; i < one->length && i < other->length && one->path[i] == other->path[i];
         i++) {
        if (one->path[i] == '.') {
            shared = i + 1;
        }
    }
    return shared;
}

static int depth_of(const struct set *change, size_t length) {
    int depth = 0;
    for (size_t i = 0; i < length; i++) {
        depth += change->path[i] == '.';
    }
    return depth;
}

static void close_groups(FILE *file, int from, int to) {
    for (int depth = from; depth > to; depth--) {
        (void)fprintf(file, "%*s};\n", 2 * (depth - 1), "");
    }
}

static void write_changes(FILE *file, const struct sets *changes) {
    int depth = 0;
    for (size_t c = 0; c < changes->count; c++) {
        const struct set *change = &changes->changes[c];
        size_t at = c == 0 ? 0 : shared_groups(change - 1, change);
        close_groups(file, depth, depth_of(change, at));
        depth = depth_of(change, at);
        for (const char *point; (point = memchr(change->path + at, '.', change->length - at));
             depth++) {
            size_t next = (size_t)(point - change->path);
            (void)fprintf(file, "%*s%.*s = {\n", 2 * depth, "", (int)(next - at),
                          change->path + at);
            at = next + 1;
        }
        (void)fprintf(file, "%*s%.*s = ", 2 * depth, "", (int)(change->length - at),
                      change->path + at);
        write_value(file, change->value);
        (void)fputs(";\n", file);
    }
    close_groups(file, depth, 0);
}

/* The path of a file as it is seen from a folder, both without links. */
static void add_relative(struct text *text, const char *folder, const char *file) {
    size_t shared = 0;
    for (size_t i = 0; folder[i] != '\0' && folder[i] == file[i]; i++) {
        if (file[i] == '/') {
            shared = i + 1;
        }
    }
    size_t length = strlen(folder);
    if (strncmp(folder, file, length) == 0 && file[length] == '/') { /* below the folder */
        text_add(text, "%s", file + length + 1);
        return;
    }
    for (const char *at = folder + shared; *at != '\0';) {
        text_add(text, "../");
        at += strcspn(at, "/");
        at += *at == '/';
    }
    text_add(text, "%s", file + shared);
}

/* What the scenario is called in a file of the folder; what comes with the program by its name. */
static bool add_extended(struct text *text, const struct folder *folder, const char *named) {
    struct stat status;
    char own[LAYERS_PATH_SIZE];
    char from[PATH_MAX];
    char to[PATH_MAX];
    if (stat(named, &status) != 0) {
        text_add(text, "%s", named);
        return library_find(named, own);
    }
    struct text path = {0};
    text_add(&path, "%s%s", named, S_ISDIR(status.st_mode) ? "/manifest.cfg" : "");
    bool found = realpath(folder->path, from) != NULL && realpath(text_bytes(&path), to) != NULL;
    text_free(&path);
    if (found) {
        add_relative(text, from, to);
    }
    return found;
}

static void write_comment(FILE *file, const char *comment) {
    for (const char *at = comment; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        (void)fprintf(file, "# %.*s\n", (int)length, at);
        at += length + (at[length] == '\n');
    }
}

bool optimize_scenario_write(FILE *file, const struct folder *folder, const struct options *options,
                             const struct scores *scores, size_t point, const char *comment,
                             struct error *error) {
    const struct design *design = &scores->design;
    struct sets changes = {0};
    struct text extended = {0};
    changes.changes = memory_array(options->set_count + design->axis_count, sizeof *changes.changes,
                                   "changes of a scenario", error);
    if (changes.changes == NULL) {
        return false;
    }
    for (size_t s = 0; s < options->set_count; s++) {
        size_t length = strcspn(options->sets[s], "=");
        add(&changes, options->sets[s], length, options->sets[s] + length + 1);
    }
    for (size_t a = 0; a < design->axis_count; a++) {
        const char *path = text_bytes(&design->paths[a]);
        add(&changes, path, strlen(path), design_value(design, point, a));
    }
    qsort(changes.changes, changes.count, sizeof *changes.changes, by_path);
    bool good = true;
    if (are_groups(&changes) && add_extended(&extended, folder, options->arguments[0])) {
        write_comment(file, comment);
        (void)fprintf(file, "extends = [ \"%s\" ];\n", text_bytes(&extended));
        write_changes(file, &changes);
    } else {
        good = scenario_write_used(scores->pointers[point], comment, file, error);
    }
    text_free(&extended);
    free(changes.changes);
    return good;
}
