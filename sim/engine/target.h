/* A statistic of a metric that is aimed at or bounded, and what histories say about it.
 * Ownership: plain values; the words are borrowed. */
#ifndef ENGINE_TARGET_H
#define ENGINE_TARGET_H

#include "engine/sweep.h"

struct target {
    const char *words; /* "turnover.kam", "pay_cost.p90", without the bound */
    size_t metric;     /* of the sweep */
    int quantile;      /* index into RESULT_PROBABILITY, -1: the mean */
    bool up;           /* a goal: to be made large; a bound: at least */
    double bound;      /* NaN of a goal */
};

/* A target at one point. */
struct score {
    double value;
    double standard_error;
    double kept;      /* probability that the bound holds for the true value, given the histories */
    double share;     /* of the histories in which the metric itself keeps the bound */
    size_t histories; /* that have a value */
};

/* `values`: the metric in each history, which are sorted; NaN are left out. The standard error of a
 * quantile is half the distance of the order statistics one standard deviation of their rank below
 * and above (Wilks 1948). That a mean keeps its bound follows Student's law, that a quantile does
 * the binomial one of the histories below the bound, by its normal approximation. */
struct score target_score(const struct target *target, const struct sweep_cell *cell,
                          double *values, size_t count);

/* How far a bound is broken when it is to hold with this probability (at least 1/2); negative when
 * it is kept, NaN when that is not known. The margin is the standard error times the quantile of
 * Student's law for a mean, so that a mean that keeps it has `kept` above the probability, and of
 * the normal one for a quantile. */
double target_excess(const struct target *target, const struct score *score, double confidence);

/* Half of the 95 % interval that belongs to a standard error from so many histories (Student). */
double target_interval(double standard_error, uint64_t histories);

#endif
