/* Pictures that a drawing program has left in a run folder. */
#include "report/folder_parts.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Drawing programs do not tell when the disk is full: look for the end of the picture. */
static bool whole_picture(int descriptor) {
    static const char PNG_END[] = "IEND\256B`\202";
    static const char SVG_END[] = "</svg>";
    static const char PDF_END[] = "%%EOF";
    char end[16] = "";
    off_t size = lseek(descriptor, 0, SEEK_END);
    if (size < (off_t)sizeof end ||
        pread(descriptor, end, sizeof end, size - (off_t)sizeof end) != (ssize_t)sizeof end) {
        return false;
    }
    return memmem(end, sizeof end, PNG_END, sizeof PNG_END - 1) != NULL ||
           memmem(end, sizeof end, SVG_END, sizeof SVG_END - 1) != NULL ||
           memmem(end, sizeof end, PDF_END, sizeof PDF_END - 1) != NULL;
}

/* The same results give the same bytes: a PDF says when it was drawn, which is set to a fixed time
 * where it stands in the clear. */
static void remove_date(int descriptor) {
    static const char DATE[] = "/CreationDate (D:";
    static const char FIXED[] = "20000101000000Z";
    off_t size = lseek(descriptor, 0, SEEK_END);
    char *bytes = size <= 0
                      ? MAP_FAILED
                      : mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (bytes == MAP_FAILED) {
        return;
    }
    char *date = memmem(bytes, (size_t)size, DATE, sizeof DATE - 1);
    if (date != NULL && bytes + size - date > (ptrdiff_t)(sizeof DATE + sizeof FIXED)) {
        memcpy(date + sizeof DATE - 1, FIXED, sizeof FIXED - 1);
    }
    (void)munmap(bytes, (size_t)size);
}

bool folder_adopt(const struct folder *folder, const char *name, struct error *error) {
    char temporary[FOLDER_TEMPORARY_SIZE];
    assert(folder_picture_name(name));
    folder_temporary(name, temporary);
    int descriptor = openat(folder->directory, temporary, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        return folder_failed(folder, "find", name, error);
    }
    bool whole = whole_picture(descriptor);
    if (whole && fnmatch("*.pdf", name, 0) == 0) {
        remove_date(descriptor);
    }
    bool flushed = fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS;
    (void)close(descriptor);
    if (!whole) {
        (void)unlinkat(folder->directory, temporary, 0);
        return error_add(error, ERROR_FAILURE,
                         "%s/%s: the picture is cut short (is the disk full?)", folder->path, name);
    }
    if (!flushed || renameat(folder->directory, temporary, folder->directory, name) != 0) {
        (void)folder_failed(folder, "write", name, error);
        (void)unlinkat(folder->directory, temporary, 0);
        return false;
    }
    return true;
}
