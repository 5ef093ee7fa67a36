/* What each person sold in each month, read and checked row by row.
 * Ownership: rows are lent to the callback for the time of the call; nothing is kept.
 *
 * Columns (other names in sales.c): person, month and sales; role, quota (of the month). Tables in
 * general: data/table.h. */
#ifndef DATA_SALES_H
#define DATA_SALES_H

#include "data/date.h"
#include "data/table.h"

struct sales_row {
    const char *person;
    const char *role;  /* "" when the file does not say */
    struct date month; /* the day is 1 */
    double sales;      /* may be 0, and negative after credit notes */
    double quota;      /* NAN when the file does not say */
};

/* As deals_read (data/deals.h). */
bool sales_read(const char *path, const struct table_options *options,
                bool (*row)(void *user, const struct sales_row *sales), void *user,
                struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

#endif
