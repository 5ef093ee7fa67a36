/* Customers with the days on which they came and went, read and checked row by row.
 * Ownership: rows are lent to the callback for the time of the call; nothing is kept.
 *
 * Columns (other names in lifetimes.c): customer and start; segment, end. Tables in general:
 * data/table.h. */
#ifndef DATA_LIFETIMES_H
#define DATA_LIFETIMES_H

#include "data/date.h"
#include "data/table.h"

#include <stdbool.h>

struct lifetime {
    const char *customer;
    const char *segment; /* "" when the file does not say */
    struct date start;
    bool has_end;
    struct date end; /* not before the start */
};

/* As deals_read (data/deals.h). */
bool lifetimes_read(const char *path, const struct table_options *options,
                    bool (*row)(void *user, const struct lifetime *lifetime), void *user,
                    struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

#endif
