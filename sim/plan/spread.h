/* The distribution of an amount as masses on an even grid, for sums of independent amounts.
 * Ownership: the caller owns a struct spread (zeroed is valid) and calls spread_free. */
#ifndef PLAN_SPREAD_H
#define PLAN_SPREAD_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Grids of one sum have the same step, more than 0. */
struct spread {
    double low; /* amount of the first mass */
    double step;
    size_t count;
    double *mass;
};

/* An empty grid from low to high. */
bool spread_make(struct spread *spread, double low, double high, double step, struct error *error)
    __attribute__((warn_unused_result));
void spread_free(struct spread *spread);

/* Adds mass at an amount, divided between the two nearest points so that the mean stays exact; the
 * amount is moved into the grid. */
void spread_put(struct spread *spread, double amount, double mass);

/* Makes `sum` the distribution of sum and `other`, independent; an unused (zeroed) sum becomes
 * `other`. */
bool spread_add(struct spread *sum, const struct spread *other, struct error *error)
    __attribute__((warn_unused_result));

/* The amount that is not exceeded with probability p: mass lies evenly around its point. */
double spread_quantile(const struct spread *spread, double p);

/* Moves all mass above `cap` to it. */
void spread_cap(struct spread *spread, double cap);

double spread_mean(const struct spread *spread);
double spread_variance(const struct spread *spread);

#endif
