/* A single file that a command leaves, with half of it never under its name.
 * Ownership: a struct new_file that was opened is ended by new_file_close; paths are copied. */
#ifndef CLI_NEW_FILE_H
#define CLI_NEW_FILE_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>

struct new_file {
    FILE *stream;
    struct text path;
    struct text beside; /* where it is written first */
    bool force;
};

/* A file that is there already is an error (ERROR_FAILURE) unless `force`. */
bool new_file_open(struct new_file *file, const char *path, bool force, struct error *error)
    __attribute__((warn_unused_result));

/* Gives the file its name when all is `good`, else removes it; returns whether all is well. A file
 * that somebody else made meanwhile is only replaced with `force`. */
bool new_file_close(struct new_file *file, bool good, struct error *error)
    __attribute__((warn_unused_result));

#endif
