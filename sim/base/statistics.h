/* Statistics that are fed one value at a time in bounded memory: moments and quantiles.
 * The result depends on the order of the values alone (never on threads): feed in order.
 * Ownership: the caller owns the structs; zeroed is valid and empty. */
#ifndef BASE_STATISTICS_H
#define BASE_STATISTICS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct moments { /* Welford; NaN values are not counted */
    uint64_t count;
    double mean;
    double squares; /* sum of squared deviations from the mean */
};

void moments_add(struct moments *moments, double value);
double moments_variance(const struct moments *moments); /* sample variance, nan below 2 values */
double moments_standard_error(const struct moments *moments);

/* A quantile sketch: exact up to 1024 values but for their rounding to float, then a hierarchy of
 * compacted buffers of floats (weights 2, 4, 8, ...; every second value kept, the parity
 * alternating by level and compaction, no randomness). The rank error is at most (L + 1) / 2048 of
 * n with L = log2(n / 1024) rounded up, 0.54 % for a million values, and 0.05 % in the root mean
 * square for values in random order; statistics.c says why. A sketch holds 4 KiB, and 2 KiB for
 * every doubling beyond 1024 values. NaN values are not counted. */
enum { QUANTILE_LEVELS = 32 };
struct quantiles {
    uint64_t count;
    float *level[QUANTILE_LEVELS]; /* allocated when first used */
    uint32_t used[QUANTILE_LEVELS];
    uint32_t compactions[QUANTILE_LEVELS];
};

bool quantiles_add(struct quantiles *quantiles, double value, struct error *error)
    __attribute__((warn_unused_result));
/* values[i] = the quantile of rank probability[i] (ascending), by linear interpolation between
 * order statistics (Hyndman and Fan type 7) while exact; nan when empty. */
bool quantiles_read(const struct quantiles *quantiles, const double probability[], double values[],
                    size_t count, struct error *error) __attribute__((warn_unused_result));
void quantiles_free(struct quantiles *quantiles);

#endif
