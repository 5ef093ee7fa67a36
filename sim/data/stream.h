/* The bytes of a text file, piece by piece, checked to be UTF-8 without NUL bytes.
 * Ownership: stream_open opens, stream_close closes; pieces are lent until the next call. */
#ifndef DATA_STREAM_H
#define DATA_STREAM_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct stream {
    FILE *file;
    char *buffer;
    size_t held;      /* bytes at its beginning: a character cut by the end of the last piece */
    size_t given;     /* bytes of the last piece; the held ones follow it */
    const char *flaw; /* why nothing can be read behind the last piece, the end of a sentence; NULL:
                         it goes on, or the file ends there */
};

/* Opens a file that can be read twice: no directory, no pipe, not "-". */
bool stream_open(struct stream *stream, const char *path, struct error *error)
    __attribute__((warn_unused_result));

/* The next piece without a mark of UTF-8 at the beginning of the file; false when there is none,
 * because the file ends or because of a flaw. */
bool stream_next(struct stream *stream, const char **bytes, size_t *length)
    __attribute__((warn_unused_result));

void stream_close(struct stream *stream);

#endif
