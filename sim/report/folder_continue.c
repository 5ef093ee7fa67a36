/* Files of a run folder over several processes: begun, saved, left and taken up again. */
#include "report/folder_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* Adds the bytes of a file from where the checksum ends up to `end`. */
static bool sum_up(int descriptor, struct checksum *checksum, uint64_t end) {
    unsigned char part[1 << 16];
    while (checksum->bytes < end) {
        uint64_t left = end - checksum->bytes;
        size_t wanted = left < sizeof part ? (size_t)left : sizeof part;
        ssize_t got = pread(descriptor, part, wanted, (off_t)checksum->bytes);
        if (got <= 0) {
            return false;
        }
        checksum_add(checksum, part, (size_t)got);
    }
    return true;
}

/* NAME.tmp, or NAME under its name; -1 when there is none of both. */
static int open_left(const struct folder *folder, const char *name, const char *temporary) {
    int descriptor = openat(folder->directory, temporary, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0 && errno == ENOENT &&
        renameat(folder->directory, name, folder->directory, temporary) == 0) {
        descriptor = openat(folder->directory, temporary, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    }
    return descriptor;
}

bool folder_continue(const struct folder *folder, const char *name, uint64_t length, uint64_t sum,
                     struct folder_file *file, struct error *error) {
    char temporary[FOLDER_TEMPORARY_SIZE];
    struct checksum checksum = {0};
    *file = (struct folder_file){.folder = folder};
    (void)snprintf(file->name, sizeof file->name, "%s", name);
    folder_temporary(name, temporary);
    int descriptor = open_left(folder, name, temporary);
    if (descriptor < 0) {
        return folder_failed(folder, "continue", name, error);
    }
    if (!sum_up(descriptor, &checksum, length) || checksum_read(&checksum) != sum) {
        (void)close(descriptor);
        return error_add(error, ERROR_FAILURE,
                         "%s/%s: its first %" PRIu64 " bytes are not those that run.state tells "
                         "of: begin anew with --force",
                         folder->path, name, length);
    }
    bool good = ftruncate(descriptor, (off_t)length) == 0 &&
                lseek(descriptor, (off_t)length, SEEK_SET) == (off_t)length;
    file->stream = good ? fdopen(descriptor, "r+") : NULL;
    if (file->stream == NULL) {
        (void)folder_failed(folder, "continue", name, error);
        (void)close(descriptor);
        return false;
    }
    return true;
}

bool folder_save(struct folder_file *file, struct checksum *checksum, struct error *error) {
    char temporary[FOLDER_TEMPORARY_SIZE];
    errno = 0;
    if (fflush(file->stream) != 0 || ferror(file->stream) ||
        (fdatasync(fileno(file->stream)) != 0 && errno != EINVAL && errno != EROFS)) {
        return folder_failed(file->folder, "write", file->name, error);
    }
    long end = ftell(file->stream);
    folder_temporary(file->name, temporary);
    int descriptor = openat(file->folder->directory, temporary, O_RDONLY | O_CLOEXEC);
    bool good = end >= 0 && descriptor >= 0 && sum_up(descriptor, checksum, (uint64_t)end);
    if (!good) {
        (void)folder_failed(file->folder, "read back", file->name, error);
    }
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
    return good;
}

void folder_leave(struct folder_file *file) {
    if (file->stream != NULL) {
        (void)fclose(file->stream);
        file->stream = NULL;
    }
}

FILE *folder_read(const struct folder *folder, const char *name, struct error *error) {
    int descriptor = openat(folder->directory, name, O_RDONLY | O_CLOEXEC);
    FILE *stream = descriptor < 0 ? NULL : fdopen(descriptor, "r");
    if (stream == NULL) {
        (void)folder_failed(folder, "read", name, error);
        if (descriptor >= 0) {
            (void)close(descriptor);
        }
    }
    return stream;
}

bool folder_remove(const struct folder *folder, const char *name, struct error *error) {
    return unlinkat(folder->directory, name, 0) == 0 || errno == ENOENT ||
           folder_failed(folder, "remove", name, error);
}
