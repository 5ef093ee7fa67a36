/* Awards that somebody was promised and that have not vested: when and how much.
 * Ownership: values only. */
#ifndef DATA_PROMISE_H
#define DATA_PROMISE_H

#include "data/date.h"
#include "data/table.h"

#include <stdbool.h>
#include <stddef.h>

enum { PROMISES_MOST = 32 }; /* of one person */

struct promise {
    struct date vests;
    double value; /* currency */
};

/* Reads the awards of a row: an amount in `amounts` with its day in `days`, or in `amounts` alone a
 * list such as "2027-03-31:9000; 2028-03-31:9000", a day, a colon or an equals sign and an amount,
 * with semicolons or bars between them. An amount of 0 is no award. What is wrong is complained
 * about. */
void promises_read(struct table_row *row, size_t amounts, size_t days,
                   struct promise promises[PROMISES_MOST], size_t *count);

#endif
