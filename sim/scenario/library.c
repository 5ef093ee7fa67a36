#include "scenario/library.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_file(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* The folder of the program itself, behind links to it; false where the system does not tell. */
static bool program_folder(char folder[PATH_MAX]) {
    ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    if (length <= 0) {
        return false;
    }
    folder[length] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = '\0';
    return true;
}

bool library_folder(char folder[LAYERS_PATH_SIZE]) {
    /* PREFIX/bin/anreiz; build/anreiz; build/release/anreiz */
    static const char *const SEEN_FROM_THERE[] = {"share/anreiz/", "", "../"};
    char program[PATH_MAX];
    if (!program_folder(program)) {
        return false;
    }
    for (size_t n = 0; n < sizeof SEEN_FROM_THERE / sizeof *SEEN_FROM_THERE; n++) {
        char marker[LAYERS_PATH_SIZE];
        char base[PATH_MAX + 1];
        char name[64];
        (void)snprintf(base, sizeof base, "%s/", program);
        (void)snprintf(name, sizeof name, "../%sconfigs/firm.cfg", SEEN_FROM_THERE[n]);
        if (layers_resolve(marker, base, name) && is_file(marker)) {
            size_t length = strlen(marker) - strlen("/configs/firm.cfg");
            memcpy(folder, marker, length);
            folder[length] = '\0';
            return true;
        }
    }
    return false;
}

bool library_knows(const char *name) { return *name != '/' && strncmp(name, "./", 2) != 0; }

bool library_find(const char *name, char path[LAYERS_PATH_SIZE]) {
    static const char *const BELOW[] = {"/", "/scenarios/"};
    char folder[LAYERS_PATH_SIZE];
    if (!library_knows(name) || !library_folder(folder)) {
        return false;
    }
    for (size_t n = 0; n < sizeof BELOW / sizeof *BELOW; n++) {
        char base[LAYERS_PATH_SIZE + 16];
        (void)snprintf(base, sizeof base, "%s%s", folder, BELOW[n]);
        if (layers_resolve(path, base, name) && is_file(path)) {
            return true;
        }
    }
    return false;
}
