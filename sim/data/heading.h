/* The heading of a table: the mark between its fields and the columns that its names mean.
 * Ownership: nothing is kept; sentences go to their caller. */
#ifndef DATA_HEADING_H
#define DATA_HEADING_H

#include "base/error.h"
#include "base/text.h"
#include "data/table.h"

#include <stdbool.h>
#include <stddef.h>

/* The mark that is most frequent outside of quotes in the first line: comma, semicolon or tab. A
 * line `sep=;` before the heading says it; `skipped` is its length with the line end, or 0. */
char heading_separator(const char *bytes, size_t length, size_t *skipped);

/* Finds the declared column of each name, or -1: `columns` has room for `count`. The name of a
 * column wins over its other names. Columns that are not used are said once in `notes`; false with
 * a sentence for every column that is missing or meant twice. */
bool heading_match(const char *path, const struct table_form *form, const char *const names[],
                   size_t count, int columns[], struct text *notes, struct error *error)
    __attribute__((warn_unused_result));

#endif
