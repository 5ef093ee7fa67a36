/* Measures that deals cannot tell, such as satisfaction, profit, a share price or the results of
 * objectives, read and checked row by row.
 * Ownership: rows are lent to the callback for the time of the call; nothing is kept.
 *
 * Columns (other names in measures.c): month, metric and value; person, product. Tables in general:
 * data/table.h. */
#ifndef DATA_MEASURES_H
#define DATA_MEASURES_H

#include "data/date.h"
#include "data/table.h"

#include <stdbool.h>
#include <stddef.h>

struct measure_row {
    long line;          /* in the file, 1 = its first */
    struct date month;  /* written as 2026-03 or as any date in it; the day is 1 */
    const char *person; /* "": the whole firm */
    const char *metric;
    const char *product; /* "" when the file does not say; of an objective its name */
    double value;        /* 85 % is 0.85 */
};

/* As deals_read (data/deals.h). */
bool measures_read(const char *path, const struct table_options *options,
                   bool (*row)(void *user, const struct measure_row *measure), void *user,
                   struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

#endif
