#include "cli/sweep_folder.h"

#include "base/memory.h"
#include "cli/output.h"
#include "cli/version.h"
#include "cli/writing.h"
#include "report/sweep_table.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* So many seconds of finished points are lost at most when the program is killed. */
enum { SECONDS_BETWEEN = 2 };

/* What only an interrupted sweep has in its manifest; taken out before it is compared. */
static const char MARK[] = "  interrupted = true; points_done = ";

/* A string as libconfig writes it. */
static void write_string(FILE *file, const char *string) {
    (void)fputc('"', file);
    for (; *string != '\0'; string++) {
        if (*string == '"' || *string == '\\') {
            (void)fputc('\\', file);
        }
        (void)fputc(*string, file);
    }
    (void)fputc('"', file);
}

static void write_question(FILE *file, const struct sweep *sweep) {
    const struct design *design = sweep->design;
    (void)fprintf(file, "  sweep = {\n    design = \"%s\";\n    points = %zu;\n    vary = [ ",
                  DESIGN_NAMES[design->kind], design->point_count - sweep->as_it_stands);
    for (size_t a = 0; a < design->axis_count; a++) {
        (void)fputs(a == 0 ? "" : ", ", file);
        write_string(file, text_bytes(&design->paths[a]));
    }
    (void)fputs(" ];\n    metrics = [ ", file);
    for (size_t m = 0; m < sweep->metric_count; m++) {
        (void)fputs(m == 0 ? "" : ", ", file);
        write_string(file, sweep->metrics[m]);
    }
    (void)fprintf(file, " ];\n    compared_with = \"");
    if (sweep->plan_count > 1) {
        (void)fputs("the first plan at each point", file);
    } else if (sweep->baseline == SIZE_MAX) {
        (void)fputs("nothing", file);
    } else if (sweep->as_it_stands && sweep->baseline == 0) {
        (void)fputs("the scenario as it stands", file);
    } else {
        (void)fprintf(file, "point %zu", sweep_label(sweep, sweep->baseline));
    }
    (void)fputs("\";\n  };\n", file);
}

/* Everything that decides the numbers, so that two folders with the same manifest hold the same
 * sweep (the values of the points stand in design.csv). */
static bool write_manifest(FILE *file, const struct sweep_folder *folder, size_t plan,
                           struct error *error) {
    static const char comment[] =
        "The scenario of this sweep with all its parameters; the points are in design.csv.";
    const struct sweep_results *results = folder->results;
    if (!scenario_write(folder->plans[plan], comment, file, error)) {
        return false;
    }
    (void)fprintf(file, "\nmanifest = {\n  version = \"%s\";\n  commit = \"%s\";\n",
                  version_number(), version_commit());
    write_question(file, folder->sweep);
    if (results->interrupted) {
        (void)fprintf(file, "%s%zu;\n", MARK, results->done_count);
    }
    (void)fputs("};\n", file);
    return true;
}

enum { FILES = 3 };
static const char *const FILE_NAMES[FILES] = {"design.csv", "manifest.cfg", "manifest-2.cfg"};

static bool write_file(FILE *file, const struct sweep_folder *folder, size_t which,
                       struct error *error) {
    if (which == 0) {
        sweep_table_design(file, folder->sweep);
        return true;
    }
    return write_manifest(file, folder, which - 1, error);
}

static bool write_begin(struct sweep_folder *folder, struct error *error) {
    for (size_t f = 0; f < FILES && f < 1 + folder->sweep->plan_count; f++) {
        struct folder_file file = {0};
        if (!folder_begin(&folder->folder, FILE_NAMES[f], &file, error)) {
            return false;
        }
        if (!write_file(file.stream, folder, f, error)) {
            folder_discard(&file);
            return false;
        }
        if (!folder_commit(&file, error)) {
            return false;
        }
    }
    return true;
}

/* The lines of a file in the folder but for the mark; false when it cannot be read. */
static bool read_lines(const struct folder *folder, const char *name, struct text *lines) {
    int descriptor = openat(folder->directory, name, O_RDONLY | O_CLOEXEC);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "r");
    char *line = NULL;
    size_t capacity = 0;
    if (file == NULL) {
        if (descriptor >= 0) {
            (void)close(descriptor);
        }
        return false;
    }
    while (getline(&line, &capacity, file) >= 0) {
        text_add(lines, "%s", strncmp(line, MARK, sizeof MARK - 1) == 0 ? "" : line);
    }
    bool good = !ferror(file) && !lines->failed;
    free(line);
    (void)fclose(file);
    return good;
}

/* Whether the file in the folder is what would be written now. */
static bool same_file(const struct sweep_folder *folder, size_t which, bool *same,
                      struct error *error) {
    char *wanted = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&wanted, &length);
    if (file == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for a manifest");
    }
    bool good = write_file(file, folder, which, error);
    if (fclose(file) != 0) {
        good = error_add(error, ERROR_FAILURE, "not enough memory for a manifest");
    }
    struct text there = {0};
    *same = good && read_lines(&folder->folder, FILE_NAMES[which], &there) &&
            strcmp(text_bytes(&there), wanted) == 0;
    text_free(&there);
    free(wanted);
    return good;
}

static bool take_up(struct sweep_folder *folder, const char *path, struct error *error) {
    bool same = true;
    if (!folder_open(&folder->folder, path, error) || !folder_take(&folder->folder, error)) {
        return false;
    }
    for (size_t f = 0; f < FILES && f < 1 + folder->sweep->plan_count; f++) {
        if (!same_file(folder, f, &same, error)) {
            return false;
        }
        if (!same) {
            return error_add(error, ERROR_QUESTION,
                             "%s/%s is not that of this sweep: scenario, points, seed, "
                             "replications, metrics and version must be those that it was begun "
                             "with; name another folder with --out, or begin again with --force",
                             path, FILE_NAMES[f]);
        }
    }
    if (!folder_has(&folder->folder, "sweep.csv")) {
        return true;
    }
    struct text table = {0};
    text_add(&table, "%s/sweep.csv", path);
    bool good = sweep_table_read(text_bytes(&table), folder->sweep, folder->results, error);
    text_free(&table);
    return good;
}

bool sweep_folder_open(struct sweep_folder *folder, const char *path, bool resume,
                       struct error *error) {
    struct stat status;
    struct text manifest = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &folder->written);
    text_add(&manifest, "%s/manifest.cfg", path);
    bool begun = stat(text_bytes(&manifest), &status) == 0;
    text_free(&manifest);
    if (resume && begun) {
        return take_up(folder, path, error);
    }
    return folder_create(&folder->folder, path, folder->options->force, error) &&
           write_begin(folder, error);
}

bool sweep_folder_point(void *context, size_t point, struct error *error) {
    struct sweep_folder *folder = context;
    struct timespec now;
    (void)point;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec - folder->written.tv_sec < SECONDS_BETWEEN) {
        return true;
    }
    folder->written = now;
    return sweep_table_write(&folder->folder, folder->sweep, folder->results, error);
}

static bool write_log(const struct sweep_folder *folder, time_t begun, struct error *error) {
    const struct sweep_results *results = folder->results;
    const struct results told = {
        .replications_asked = results->point_count * folder->sweep->replications,
        .replications = results->done_count * folder->sweep->replications,
        .interrupted = results->interrupted,
        .seconds = results->seconds,
    };
    return writing_log(&folder->folder, folder->options, &told, begun, error);
}

bool sweep_folder_finish(struct sweep_folder *folder, time_t begun, struct error *error) {
    return sweep_table_write(&folder->folder, folder->sweep, folder->results, error) &&
           write_begin(folder, error) && write_log(folder, begun, error);
}

void sweep_folder_close(struct sweep_folder *folder) { writing_close_folder(&folder->folder); }
