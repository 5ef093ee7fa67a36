/* Stopping when means are precise enough: a sequential rule for confidence intervals of a given
 * width.
 * Ownership: values only; names are borrowed.
 *
 * The rule looks at fixed numbers of histories, from PRECISION_LEAST on, about 6 % apart, and
 * stops at the first at which the 95 % interval of the mean is narrow enough (Chow and Robbins
 * 1965). Looking again and again stops too early where the variance happens to be underestimated;
 * the least number, quantiles of Student's t and a variance increased by PRECISION_CORRECTION / n
 * make up for it (Woodroofe 1977 has a correction of this order). docs/sweep.md states the coverage
 * that was measured. */
#ifndef ENGINE_PRECISION_H
#define ENGINE_PRECISION_H

#include "engine/results.h"

enum { PRECISION_TARGETS = 8, PRECISION_LEAST = 128, PRECISION_CORRECTION = 2 };

/* Half the width that is wanted for a metric, absolute or as a share of its mean. */
struct precision_target {
    const char *metric; /* "turnover.kam" */
    bool relative;
    double half_width;
};

struct precision {
    struct precision_target targets[PRECISION_TARGETS];
    size_t count;
};

/* Whether the rule looks after so many histories. */
bool precision_looks(uint64_t replications);

/* Half the 95 % confidence interval of the mean, with the correction; NaN below 2 values. */
double precision_half_width(const struct moments *moments);

/* The widest half interval of a target over the variants and what is wanted: of one variant that of
 * its mean, of several those of the differences to the first. A relative width is a share of the
 * mean, in differences of the mean of the first. NaN where there is no such metric. */
void precision_state(const struct precision_target *target, const struct results *results,
                     double *half_width, double *wanted);

/* About how many histories it will take, the number of a look, by the variances that the results
 * show so far; infinite where they do not tell. */
double precision_needed(const struct precision *precision, const struct results *results);

/* "--precision revenue=0.5% --precision turnover=0.02", the same for the same widths. */
void precision_words(const struct precision *precision, struct text *text);

/* Whether to stop: the callback `enough` of struct experiment; its context is the struct
 * precision. Never true between looks. */
bool precision_reached(const void *precision, const struct results *results);

#endif
