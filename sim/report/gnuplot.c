#include "report/gnuplot.h"

#include "base/memory.h"
#include "report/format.h"
#include "report/plots.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const PICTURE_KINDS[] = {"png", "svg", "pdf"};

enum { PICTURES_MOST = 48, NAME_LENGTH = 64, LINE_LENGTH = 79 };

/* One gnuplot for all pictures of a folder. */
struct gnuplot {
    char names[PICTURES_MOST][NAME_LENGTH]; /* of the scripts */
    const char *pictures[PICTURES_MOST];
    size_t count;
    struct gnuplot_call call;
};

/* The scripts of the folder, in the fixed order of the pictures. */
static void find_scripts(const struct folder *folder, struct gnuplot *gnuplot) {
    for (size_t p = 0; p < FOLDER_PICTURE_COUNT && gnuplot->count < PICTURES_MOST; p++) {
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
static int start(const struct folder *folder, const struct gnuplot_call *call,
                 char *const variables[], int error_pipe, pid_t *process) {
    /* -d: no start-up files */
    char *arguments[GNUPLOT_WORDS_MOST + 3] = {NULL};
    const char *const first[] = {"gnuplot", "-d"};
    memcpy(arguments, first, sizeof first);
    memcpy(&arguments[2], call->words, call->count * sizeof call->words[0]);
    posix_spawn_file_actions_t actions;
    int reason = posix_spawn_file_actions_init(&actions);
    if (reason != 0) {
        return reason;
    }
    reason = posix_spawn_file_actions_addfchdir_np(&actions, folder->directory);
    reason = reason != 0 ? reason
                         : posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                                            O_RDONLY, 0);
    reason =
        reason != 0 ? reason
        : call->output == NULL
            ? posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
            : posix_spawn_file_actions_adddup2(&actions, fileno(call->output), STDOUT_FILENO);
    reason = reason != 0 ? reason
                         : posix_spawn_file_actions_adddup2(&actions, error_pipe, STDERR_FILENO);
    reason = reason != 0
                 ? reason
                 : posix_spawnp(process, arguments[0], &actions, NULL, arguments, variables);
    (void)posix_spawn_file_actions_destroy(&actions);
    return reason;
}

/* Reads what gnuplot complains about until it is done, keeping the start. */
static void listen(int pipe_end, struct gnuplot_call *call) {
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
        size_t room = sizeof call->complaint - 1 - used;
        size_t take = (size_t)got < room ? (size_t)got : room;
        memcpy(call->complaint + used, chunk, take);
        used += take;
    }
    call->complaint[used] = '\0';
}

bool gnuplot_call(const struct folder *folder, struct gnuplot_call *call, bool *missing,
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
    int status = 0;
    int reason = start(folder, call, variables, ends[1], &process);
    (void)close(ends[1]);
    free(variables);
    if (reason == 0) {
        listen(ends[0], call);
        while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
        }
    }
    (void)close(ends[0]);
    *missing = reason == ENOENT || reason == EACCES || reason == ENOTDIR;
    if (reason != 0 && !*missing) {
        return error_add(error, ERROR_FAILURE, "gnuplot cannot be started: %s", strerror(reason));
    }
    call->failed = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    return true;
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

bool gnuplot_complain(const struct folder *folder, const struct gnuplot_call *call,
                      struct error *error) {
    struct text words = {0};
    format_clean(&words, call->complaint, 600);
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
    /* pictures are renamed when they are whole */
    gnuplot.call.words[gnuplot.call.count++] = "-e";
    gnuplot.call.words[gnuplot.call.count++] = "suffix = '.tmp'";
    for (size_t s = 0; s < gnuplot.count; s++) {
        gnuplot.call.words[gnuplot.call.count++] = gnuplot.names[s];
    }
    if (!gnuplot_call(folder, &gnuplot.call, &missing, error)) {
        return false;
    }
    if (missing) {
        text_add(talk,
                 "No gnuplot on the PATH, so nothing is drawn. Install it (package gnuplot-nox) "
                 "and draw\nthe pictures with: anreiz plot %s\n",
                 folder->path);
        return true;
    }
    if (gnuplot.call.failed) {
        remove_pictures(folder, &gnuplot);
        return gnuplot_complain(folder, &gnuplot.call, error);
    }
    if (!adopt_pictures(folder, &gnuplot, error)) {
        return false;
    }
    say_pictures(folder, &gnuplot, talk);
    return true;
}
