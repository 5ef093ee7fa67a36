/* Measuring: from the books of one simulated history to the values of outcomes, in months, years
 * and over the horizon, as far as the table has them.
 * Ownership: measure_init allocates, measure_free frees and accepts a zeroed struct; the table must
 * outlive it. One measure serves one thread. */
#ifndef ENGINE_MEASURE_H
#define ENGINE_MEASURE_H

#include "engine/results.h"
#include "model/books.h"
#include "model/firm.h"

#include <stdbool.h>
#include <stddef.h>

struct measure {
    const struct table *table; /* only its shape: series and periods */
    size_t horizon;            /* years of a history */
    size_t part_count;         /* model/parts.h */
    size_t *parts;             /* by series: whose books it is measured on */
    bool *asked;               /* by part: some series is measured on its books */
    /* of the part of the firm that is being measured */
    struct ledger *years; /* and, as the last one, the horizon */
    struct ledger *trailing;
    size_t trailing_months; /* that `trailing` was made for; 0: none yet */
};

bool measure_init(struct measure *measure, const struct table *table,
                  const struct parameters *parameters, struct error *error)
    __attribute__((warn_unused_result));
void measure_free(struct measure *measure);

/* The values of all cells of the table for the history that the firm has just run. */
void measure_firm(struct measure *measure, const struct firm *firm, double *values);

#endif
