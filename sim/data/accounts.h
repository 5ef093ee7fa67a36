/* Customers as they are today, read and checked row by row.
 * Ownership: rows are lent to the callback for the time of the call; nothing is kept.
 *
 * Columns (other names in accounts.c): account and segment; potential, revenue, owner, start,
 * renewal, satisfaction. Everybody has one row. Tables in general: data/table.h. */
#ifndef DATA_ACCOUNTS_H
#define DATA_ACCOUNTS_H

#include "data/date.h"
#include "data/table.h"

#include <stdbool.h>
#include <stddef.h>

struct account_row {
    long line;             /* in the file, 1 = its first */
    struct table_row *row; /* what else is wrong is said of it (cell_complain) */
    const char *account;
    const char *segment;
    const char *owner; /* a person; "" when the file does not say */
    double potential;  /* what the customer could spend a year; NAN: not said */
    double revenue;    /* a year; NAN likewise */
    bool has_start;
    struct date start; /* customer since */
    bool has_renewal;
    struct date renewal; /* when the contract ends unless it is renewed */
    double satisfaction; /* a rating from 0 to 10; NAN: not said */
};

/* As deals_read (data/deals.h). A second row of the same account is bad. */
bool accounts_read(const char *path, const struct table_options *options,
                   bool (*row)(void *user, const struct account_row *account), void *user,
                   struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

#endif
