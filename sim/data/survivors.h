/* A table of survival: how many customers of a cohort are still there after each year, read and
 * checked row by row.
 * Ownership: rows are lent to the callback for the time of the call; nothing is kept.
 *
 * Columns (other names in survivors.c): year and customers; segment. The years of a segment count
 * up from 0, the beginning. Tables in general: data/table.h. */
#ifndef DATA_SURVIVORS_H
#define DATA_SURVIVORS_H

#include "data/table.h"

#include <stdbool.h>

enum { SURVIVORS_YEARS_MOST = 200 };

struct survivors {
    long line;           /* in the file, 1 = its first */
    const char *segment; /* "" when the file does not say */
    long year;           /* 0 .. SURVIVORS_YEARS_MOST */
    double customers;    /* how many, or a share of them: whatever the file has; not negative */
};

/* As deals_read (data/deals.h). */
bool survivors_read(const char *path, const struct table_options *options,
                    bool (*row)(void *user, const struct survivors *survivors), void *user,
                    struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

#endif
