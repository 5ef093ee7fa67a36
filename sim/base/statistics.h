/* Moments: mean and variance of values that are fed one at a time, or merged from parts; values in
 * order.
 * Ownership: the caller owns the structs; zeroed is valid and empty. The result depends on the
 * order of the values and of merging alone. */
#ifndef BASE_STATISTICS_H
#define BASE_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

struct moments { /* NaN values are not counted */
    uint64_t count;
    double mean;
    double squares; /* sum of squared deviations from the mean */
};

void moments_add(struct moments *moments, double value); /* Welford */

/* The moments of a few values at once, in two passes. */
struct moments moments_of(const double values[], size_t count);

/* The same of `cells` columns of a table of `count` rows, which lie one after the other. */
void moments_of_columns(const double rows[], size_t count, size_t cells, struct moments moments[]);

/* The moments of the values of both (Chan, Golub and LeVeque 1979). */
struct moments moments_merge(struct moments first, struct moments second);

/* Ascending; there is no NaN among them. */
void numbers_sort(double values[], size_t count);

double moments_variance(const struct moments *moments); /* sample variance, nan below 2 values */
double moments_standard_error(const struct moments *moments);

#endif
