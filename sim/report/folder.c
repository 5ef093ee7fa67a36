#include "report/folder.h"

#include "base/text.h"
#include "report/folder_parts.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Everything that may be written into a run folder. What a forced run removes is exactly this. */
static const char *const FOLDER_NAMES[] = {
    "manifest.cfg",
    "manifest-[0-9].cfg",
    "manifest-[0-9][0-9].cfg",
    "monthly.csv",
    "monthly-[0-9].csv",
    "monthly-[0-9][0-9].csv",
    "annual.csv",
    "annual-[0-9].csv",
    "annual-[0-9][0-9].csv",
    "replications.csv",
    "replications-[0-9].csv",
    "replications-[0-9][0-9].csv",
    "comparison.csv",
    "decision.csv",
    "decision_pairs.csv",
    "summary.json",
    "run.log",
    "style.gp",
    "payments.csv",
    "people.csv",
    "expected_pay.csv",
    "fitted.cfg",
    "estimates.csv",
    "backtest.csv",
    FOLDER_LIST,
    "run.state",
    "sweep.csv",
    "design.csv",
    "sensitivity.csv",
    "report.html",
    "optimize.csv",
    "candidates.csv",
    "pareto.csv",
    "optimum.cfg",
    "optimum-[0-9].cfg",
    "optimum-[0-9][0-9].cfg",
};

const char *const FOLDER_PICTURES[] = {
    "turnover",
    "revenue",
    "retention",
    "difference_turnover",
    "difference_revenue",
    "difference_retention",
    "difference_profit",
    "difference_equity",
    "waterfall",
    "activity",
    "pay",
    "difference_pay",
    "vesting",
    "survival_staff",
    "survival_customers",
    "quarter",
    "decision",
    "payout_curve",
    "effort",
    "sweep",
    "sweep_difference",
    "sweep_map",
    "sweep_map_difference",
    "sweep_scatter",
    "sweep_scatter_difference",
    "sensitivity",
    "optimize",
    "pareto",
    "backtest",
    "survival_fit",
};

const size_t FOLDER_PICTURE_COUNT = sizeof FOLDER_PICTURES / sizeof FOLDER_PICTURES[0];

static const char *const PICTURE_ENDINGS[] = {".gp", ".dat", ".png", ".svg", ".pdf"};

static const char TEMPORARY[] = ".tmp";

bool folder_picture_name(const char *name) {
    for (size_t p = 0; p < FOLDER_PICTURE_COUNT; p++) {
        size_t length = strlen(FOLDER_PICTURES[p]);
        if (strncmp(name, FOLDER_PICTURES[p], length) != 0) {
            continue;
        }
        for (size_t e = 0; e < sizeof PICTURE_ENDINGS / sizeof PICTURE_ENDINGS[0]; e++) {
            if (strcmp(name + length, PICTURE_ENDINGS[e]) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool known_name(const char *name) {
    for (size_t n = 0; n < sizeof FOLDER_NAMES / sizeof FOLDER_NAMES[0]; n++) {
        if (fnmatch(FOLDER_NAMES[n], name, 0) == 0) {
            return true;
        }
    }
    return folder_picture_name(name);
}

/* NAME.tmp of a known NAME, left behind by a run that was killed. */
static bool known_temporary(const char *name) {
    size_t length = strlen(name);
    size_t ending = sizeof TEMPORARY - 1;
    char start[64];
    if (length <= ending || length - ending >= sizeof start ||
        strcmp(name + length - ending, TEMPORARY) != 0) {
        return false;
    }
    memcpy(start, name, length - ending);
    start[length - ending] = '\0';
    return known_name(start);
}

void folder_temporary(const char *name, char temporary[FOLDER_TEMPORARY_SIZE]) {
    (void)snprintf(temporary, FOLDER_TEMPORARY_SIZE, "%s%s", name, TEMPORARY);
}

bool folder_failed(const struct folder *folder, const char *verb, const char *name,
                   struct error *error) {
    return error_add(error, ERROR_FAILURE, "%s/%s: cannot %s it: %s", folder->path, name, verb,
                     strerror(errno));
}

/* mkdir -p for everything above the last name. */
static bool make_parents(char *path, struct error *error) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
        if (!made) {
            (void)error_add(error, ERROR_FAILURE, "%s: cannot make this folder: %s", path,
                            strerror(errno));
        }
        *slash = '/';
        if (!made) {
            return false;
        }
    }
    return true;
}

/* Looks through the folder: is anything in it, and, with `remove`, away with what is ours. */
static bool look_through(const struct folder *folder, bool remove, bool *empty,
                         struct error *error) {
    int again = openat(folder->directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = again < 0 ? NULL : fdopendir(again);
    if (entries == NULL) {
        (void)folder_failed(folder, "read", ".", error);
        if (again >= 0) {
            (void)close(again);
        }
        return false;
    }
    bool fine = true;
    *empty = true;
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
            continue;
        }
        *empty = false;
        if (remove && (known_name(name) || known_temporary(name)) &&
            unlinkat(folder->directory, name, 0) != 0) {
            fine = folder_failed(folder, "remove", name, error);
        }
    }
    (void)closedir(entries);
    return fine;
}

/* A folder below that an earlier comparison made: what is ours in it, and itself when nothing else
 * is left. */
static bool remove_below(const struct folder *folder, const char *name, struct error *error) {
    struct folder below = {.directory = openat(folder->directory, name,
                                               O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    if (below.directory < 0) {
        return true; /* gone already */
    }
    struct text path = {0};
    text_add(&path, "%s/%s", folder->path, name);
    below.path = path.bytes;
    bool empty = true;
    bool fine = below.path != NULL && look_through(&below, true, &empty, error);
    folder_close(&below);                                  /* and the path */
    (void)unlinkat(folder->directory, name, AT_REMOVEDIR); /* stays when something else is in it */
    return fine;
}

/* Only names that a comparison gives, whatever was written into the list since. */
static bool plain_name(const char *name) {
    return *name != '\0' && *name != '.' && strchr(name, '/') == NULL;
}

static bool remove_listed(const struct folder *folder, struct error *error) {
    int descriptor = openat(folder->directory, FOLDER_LIST, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    FILE *list = descriptor < 0 ? NULL : fdopen(descriptor, "r");
    char *line = NULL;
    size_t capacity = 0;
    bool fine = true;
    while (fine && list != NULL && getline(&line, &capacity, list) > 0) {
        line[strcspn(line, "\n")] = '\0';
        fine = !plain_name(line) || remove_below(folder, line, error);
    }
    free(line);
    if (list != NULL) {
        (void)fclose(list);
    }
    return fine;
}

bool folder_open(struct folder *folder, const char *path, struct error *error) {
    *folder = (struct folder){.path = strdup(path), .directory = -1};
    if (folder->path == NULL) {
        return error_add(error, ERROR_FAILURE, "%s: no memory for its name", path);
    }
    folder->directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->directory < 0) {
        (void)error_add(error, ERROR_FAILURE, "%s: cannot open this folder: %s", path,
                        strerror(errno));
        folder_close(folder);
        return false;
    }
    return true;
}

bool folder_take(const struct folder *folder, struct error *error) {
    return flock(folder->directory, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK ||
           error_add(
               error, ERROR_FAILURE,
               "%s: another process is writing into this folder: wait for it, or name another "
               "folder with --out",
               folder->path);
}

/* Makes the folder itself; `made` tells whether it is new. */
static bool make_folder(const char *path, bool *made, struct error *error) {
    char *copy = strdup(path);
    if (copy == NULL) {
        return error_add(error, ERROR_FAILURE, "%s: no memory for its name", path);
    }
    size_t length = strlen(copy);
    while (length > 1 && copy[length - 1] == '/') {
        copy[--length] = '\0';
    }
    bool fine = make_parents(copy, error);
    *made = fine && mkdir(copy, 0777) == 0;
    if (fine && !*made && errno != EEXIST) {
        fine = error_add(error, ERROR_FAILURE, "%s: cannot make this folder: %s", path,
                         strerror(errno));
    }
    free(copy);
    return fine;
}

bool folder_create(struct folder *folder, const char *path, bool force, struct error *error) {
    bool made = false;
    *folder = (struct folder){0};
    if (*path == '\0') {
        return error_add(error, ERROR_QUESTION, "The folder to write to has an empty name.");
    }
    if (!make_folder(path, &made, error) || !folder_open(folder, path, error)) {
        return false;
    }
    bool empty = true;
    bool fine =
        folder_take(folder, error) && (made || ((!force || remove_listed(folder, error)) &&
                                                look_through(folder, force, &empty, error)));
    if (fine && !made && !empty && !force) {
        fine = error_add(error, ERROR_FAILURE,
                         "%s exists already; name another folder with --out, or replace its "
                         "results with --force",
                         path);
    }
    if (fine && faccessat(folder->directory, ".", W_OK | X_OK, 0) != 0) {
        fine = folder_failed(folder, "write into", ".", error);
    }
    if (!fine) {
        folder_close(folder);
    }
    return fine;
}

bool folder_has(const struct folder *folder, const char *name) {
    return faccessat(folder->directory, name, F_OK, 0) == 0;
}

void folder_close(struct folder *folder) {
    if (folder->path != NULL && folder->directory >= 0) {
        (void)close(folder->directory);
    }
    free(folder->path);
    *folder = (struct folder){0};
}

bool folder_begin(const struct folder *folder, const char *name, struct folder_file *file,
                  struct error *error) {
    assert(known_name(name) && strlen(name) < sizeof file->name);
    *file = (struct folder_file){.folder = folder};
    (void)snprintf(file->name, sizeof file->name, "%s", name);
    char temporary[FOLDER_TEMPORARY_SIZE];
    folder_temporary(name, temporary);
    /* Never write through a link or into a file that somebody else has open. */
    (void)unlinkat(folder->directory, temporary, 0);
    int descriptor =
        openat(folder->directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return folder_failed(folder, "write", name, error);
    }
    file->stream = fdopen(descriptor, "w");
    if (file->stream == NULL) {
        (void)folder_failed(folder, "write", name, error);
        (void)close(descriptor);
        (void)unlinkat(folder->directory, temporary, 0);
        return false;
    }
    return true;
}

/* On the disk, or an error number; closes the stream in any case. */
static int finish_stream(FILE *stream) {
    int reason = 0;
    errno = 0;
    if (fflush(stream) != 0 || ferror(stream)) {
        reason = errno != 0 ? errno : EIO; /* an earlier write failed: its errno is gone */
    } else if (fsync(fileno(stream)) != 0 && errno != EINVAL && errno != EROFS) {
        reason = errno;
    }
    if (fclose(stream) != 0 && reason == 0) {
        reason = errno;
    }
    return reason;
}

bool folder_commit(struct folder_file *file, struct error *error) {
    if (file->stream == NULL) {
        return error_add(error, ERROR_FAILURE, "%s: it was not begun", file->name);
    }
    const struct folder *folder = file->folder;
    char temporary[FOLDER_TEMPORARY_SIZE];
    folder_temporary(file->name, temporary);
    int reason = finish_stream(file->stream);
    file->stream = NULL;
    if (reason == 0 && renameat(folder->directory, temporary, folder->directory, file->name) != 0) {
        reason = errno;
    }
    if (reason != 0) {
        (void)unlinkat(folder->directory, temporary, 0);
        errno = reason;
        return folder_failed(folder, "write", file->name, error);
    }
    return true;
}

void folder_discard(struct folder_file *file) {
    if (file->stream == NULL) {
        return;
    }
    char temporary[FOLDER_TEMPORARY_SIZE];
    folder_temporary(file->name, temporary);
    (void)fclose(file->stream);
    (void)unlinkat(file->folder->directory, temporary, 0);
    file->stream = NULL;
}
