#include "cli/new_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool cannot(const char *path, int number, struct error *error) {
    if (number == EEXIST) {
        return error_add(error, ERROR_FAILURE,
                         "%s exists already; choose another name, or --force to overwrite it",
                         path);
    }
    return error_add(error, ERROR_FAILURE, "%s cannot be written: %s", path, strerror(number));
}

static void release(struct new_file *file) {
    text_free(&file->path);
    text_free(&file->beside);
    file->stream = NULL;
}

bool new_file_open(struct new_file *file, const char *path, bool force, struct error *error) {
    struct stat status;
    *file = (struct new_file){.force = force};
    if (!force && lstat(path, &status) == 0) {
        return cannot(path, EEXIST, error);
    }
    text_add(&file->path, "%s", path);
    text_add(&file->beside, "%s.%ld.tmp", path, (long)getpid());
    bool good = !file->path.failed && !file->beside.failed;
    file->stream = good ? fopen(text_bytes(&file->beside), "wx") : NULL;
    if (file->stream == NULL) {
        (void)cannot(path, good ? errno : ENOMEM, error);
        release(file);
        return false;
    }
    return true;
}

/* Other than a renaming, a link never replaces a file; not every file system has them. */
static bool give_name(const struct new_file *file) {
    const char *beside = text_bytes(&file->beside);
    const char *path = text_bytes(&file->path);
    if (file->force) {
        return rename(beside, path) == 0;
    }
    return link(beside, path) == 0 || (errno != EEXIST && rename(beside, path) == 0);
}

bool new_file_close(struct new_file *file, bool good, struct error *error) {
    errno = 0;
    bool complete = fflush(file->stream) == 0 && ferror(file->stream) == 0;
    int number = errno;
    if (fclose(file->stream) != 0 && complete) {
        number = errno;
        complete = false;
    }
    if (good && complete && !give_name(file)) {
        number = errno;
        complete = false;
    }
    if (good && !complete) {
        good = cannot(text_bytes(&file->path), number == 0 ? EIO : number, error);
    }
    (void)unlink(text_bytes(&file->beside));
    release(file);
    return good;
}
