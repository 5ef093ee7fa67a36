#include "report/plots.h"

#include "base/memory.h"
#include "report/format.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const PICTURE_KINDS[] = {"png", "svg", "pdf"};

enum { ARGUMENTS_BEFORE = 4, COMPLAINT_SIZE = 2048, NAME_LENGTH = 64, LINE_LENGTH = 79 };

/* One gnuplot for all pictures of a folder. */
struct gnuplot {
    char names[32][NAME_LENGTH]; /* of the scripts */
    const char *pictures[32];
    size_t count;
    char complaint[COMPLAINT_SIZE]; /* what it wrote to its standard error */
    int status;
};

/* The scripts of the folder, in the fixed order of the pictures. */
static void find_scripts(const struct folder *folder, struct gnuplot *gnuplot) {
    for (size_t p = 0; p < FOLDER_PICTURE_COUNT; p++) {
        char *name = gnuplot->names[gnuplot->count];
        (void)snprintf(name, NAME_LENGTH, "%s.gp", FOLDER_PICTURES[p]);
        if (folder_has(folder, name)) {
            gnuplot->pictures[gnuplot->count++] = FOLDER_PICTURES[p];
        }
    }
}

/* The user's environment in the C locale, so that numbers have points. The array is the caller's,
 * the strings are not. */
static char **plain_environment(struct error *error) {
    static char plain[] = "LC_ALL=C.UTF-8";
    size_t count = 0;
    while (environ[count] != NULL) {
        count++;
    }
    char **variables = memory_array(count + 2, sizeof *variables, "gnuplot's environment", error);
    size_t kept = 0;
    for (size_t v = 0; variables != NULL && v < count; v++) {
        if (strncmp(environ[v], "LC_ALL=", 7) != 0) {
            variables[kept++] = environ[v];
        }
    }
    if (variables != NULL) {
        variables[kept] = plain;
    }
    return variables;
}

/* Starts gnuplot inside the folder; 0 or an error number. */
static int start(const struct folder *folder, struct gnuplot *gnuplot, char *const variables[],
                 int error_pipe, pid_t *process) {
    /* -d: no start-up files; pictures are renamed when they are whole */
    static char program[] = "gnuplot";
    static char defaults[] = "-d";
    static char expression[] = "-e";
    static char suffix[] = "suffix = '.tmp'";
    char *arguments[ARGUMENTS_BEFORE + 32 + 1] = {program, defaults, expression, suffix};
    for (size_t s = 0; s < gnuplot->count; s++) {
        arguments[ARGUMENTS_BEFORE + s] = gnuplot->names[s];
    }
    posix_spawn_file_actions_t actions;
    int reason = posix_spawn_file_actions_init(&actions);
    if (reason != 0) {
        return reason;
    }
    reason = posix_spawn_file_actions_addfchdir_np(&actions, folder->directory);
    reason = reason != 0 ? reason
                         : posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                                            O_RDONLY, 0);
    reason = reason != 0 ? reason
                         : posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                                            O_WRONLY, 0);
    reason = reason != 0 ? reason
                         : posix_spawn_file_actions_adddup2(&actions, error_pipe, STDERR_FILENO);
    reason =
        reason != 0 ? reason : posix_spawnp(process, program, &actions, NULL, arguments, variables);
    (void)posix_spawn_file_actions_destroy(&actions);
    return reason;
}

/* Reads what gnuplot complains about until it is done, keeping the start. */
static void listen(int pipe_end, struct gnuplot *gnuplot) {
    size_t used = 0;
    char chunk[512];
    for (;;) {
        ssize_t got = read(pipe_end, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        size_t room = sizeof gnuplot->complaint - 1 - used;
        size_t take = (size_t)got < room ? (size_t)got : room;
        memcpy(gnuplot->complaint + used, chunk, take);
        used += take;
    }
    gnuplot->complaint[used] = '\0';
}

/* Runs gnuplot to its end. false with `missing` when there is none. */
static bool run(const struct folder *folder, struct gnuplot *gnuplot, bool *missing,
                struct error *error) {
    int ends[2];
    pid_t process = 0;
    char **variables = plain_environment(error);
    if (variables == NULL) {
        return false;
    }
    if (pipe2(ends, O_CLOEXEC) != 0) {
        free(variables);
        return error_add(error, ERROR_FAILURE, "gnuplot cannot be started: %s", strerror(errno));
    }
    int reason = start(folder, gnuplot, variables, ends[1], &process);
    (void)close(ends[1]);
    free(variables);
    if (reason == 0) {
        listen(ends[0], gnuplot);
        while (waitpid(process, &gnuplot->status, 0) < 0 && errno == EINTR) {
        }
    }
    (void)close(ends[0]);
    *missing = reason == ENOENT || reason == EACCES || reason == ENOTDIR;
    return reason == 0 || *missing ||
           error_add(error, ERROR_FAILURE, "gnuplot cannot be started: %s", strerror(reason));
}

static bool adopt_pictures(const struct folder *folder, const struct gnuplot *gnuplot,
                           struct error *error) {
    bool fine = true;
    for (size_t p = 0; p < gnuplot->count; p++) {
        for (size_t k = 0; k < sizeof PICTURE_KINDS / sizeof PICTURE_KINDS[0]; k++) {
            char name[NAME_LENGTH];
            (void)snprintf(name, sizeof name, "%s.%s", gnuplot->pictures[p], PICTURE_KINDS[k]);
            fine = folder_adopt(folder, name, error) && fine;
        }
    }
    return fine;
}

/* Away with what a gnuplot that failed has begun. */
static void remove_pictures(const struct folder *folder, const struct gnuplot *gnuplot) {
    for (size_t p = 0; p < gnuplot->count; p++) {
        for (size_t k = 0; k < sizeof PICTURE_KINDS / sizeof PICTURE_KINDS[0]; k++) {
            char name[NAME_LENGTH + 8];
            (void)snprintf(name, sizeof name, "%s.%s.tmp", gnuplot->pictures[p], PICTURE_KINDS[k]);
            (void)unlinkat(folder->directory, name, 0);
        }
    }
}

static bool say_failure(const struct folder *folder, const struct gnuplot *gnuplot,
                        struct error *error) {
    struct text words = {0};
    format_clean(&words, gnuplot->complaint, 600);
    (void)error_add(error, ERROR_FAILURE, "%s: gnuplot could not draw the pictures:%s%s",
                    folder->path, words.length > 0 ? " " : " it ended without a word",
                    text_bytes(&words));
    text_free(&words);
    return false;
}

/* Their names in lines of 80 columns. */
static void say_pictures(const struct folder *folder, const struct gnuplot *gnuplot,
                         struct text *talk) {
    text_add(talk, "Pictures in %s (.png, .svg and .pdf):", folder->path);
    size_t column = LINE_LENGTH;
    for (size_t p = 0; p < gnuplot->count; p++) {
        size_t length = strlen(gnuplot->pictures[p]) + 1;
        bool fits = column + length + 1 <= LINE_LENGTH;
        text_add(talk, "%s%s%s", fits ? " " : "\n  ", gnuplot->pictures[p],
                 p + 1 < gnuplot->count ? "," : "");
        column = (fits ? column : 1) + length + 1;
    }
    text_add(talk, "\n");
}

bool plots_draw(const struct folder *folder, struct text *talk, struct error *error) {
    struct gnuplot gnuplot = {0};
    bool missing = false;
    find_scripts(folder, &gnuplot);
    if (gnuplot.count == 0) {
        return error_add(error, ERROR_QUESTION, "%s holds no picture to draw: no %s.gp",
                         folder->path, FOLDER_PICTURES[0]);
    }
    if (!run(folder, &gnuplot, &missing, error)) {
        return false;
    }
    if (missing) {
        text_add(talk,
                 "No gnuplot on the PATH, so nothing is drawn. Install it (package gnuplot-nox) "
                 "and draw\nthe pictures with: anreiz plot %s\n",
                 folder->path);
        return true;
    }
    if (!WIFEXITED(gnuplot.status) || WEXITSTATUS(gnuplot.status) != 0) {
        remove_pictures(folder, &gnuplot);
        return say_failure(folder, &gnuplot, error);
    }
    if (!adopt_pictures(folder, &gnuplot, error)) {
        return false;
    }
    say_pictures(folder, &gnuplot, talk);
    return true;
}
