/* Who was employed from when to when, and why it ended, as a personnel system exports it, read and
 * checked row by row.
 * Ownership: rows are lent to the callback for the time of the call; nothing is kept.
 *
 * Columns (other names in employments.c): person and start; role, end, reason. Somebody may have
 * several rows, such as one for each role. Tables in general: data/table.h. */
#ifndef DATA_EMPLOYMENTS_H
#define DATA_EMPLOYMENTS_H

#include "data/date.h"
#include "data/table.h"

#include <stdbool.h>

struct employment {
    const char *person;
    const char *role;  /* "" when the file does not say */
    struct date start; /* first day */
    bool has_end;
    struct date end; /* last day, not before the first */
    bool has_reason;
    bool wished; /* to leave; true when the file does not say why somebody left */
};

/* As deals_read (data/deals.h). */
bool employments_read(const char *path, const struct table_options *options,
                      bool (*row)(void *user, const struct employment *employment), void *user,
                      struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

#endif
