/* A table of plain texts, all of it in memory: what programs write for programs, with commas and
 * one heading.
 * Ownership: the caller owns the struct (zeroed is empty) and calls rows_free. */
#ifndef DATA_ROWS_H
#define DATA_ROWS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct rows {
    size_t columns; /* of the heading */
    size_t count;   /* rows without it */
    char **cells;   /* the heading, then row by row */
    long *lines;    /* of the rows in the file */
    size_t held;    /* cells */
    size_t cell_capacity;
    size_t line_capacity;
};

/* Reads the file. A row that has not as many fields as the heading, or no heading at all, is
 * ERROR_QUESTION; rows without any text are left out. Blanks around a field are taken away. */
bool rows_read(struct rows *rows, const char *path, struct error *error)
    __attribute__((warn_unused_result));

const char *rows_name(const struct rows *rows, size_t column);
const char *rows_cell(const struct rows *rows, size_t row, size_t column);

void rows_free(struct rows *rows);

#endif
