/* What a year's draws of one attainment pay: a piecewise linear function of it for every state of
 * the other measures, with exact moments and quantiles.
 * Ownership: the caller owns a struct prospect (zeroed is valid) and calls prospect_free. */
#ifndef PLAN_PROSPECT_H
#define PLAN_PROSPECT_H

#include "plan/attainment.h"
#include "plan/payoff.h"
#include "plan/spread.h"

/* Pay = level + slope A from here to the next stretch; the first begins at -infinity. */
struct stretch {
    double from;
    double level;
    double slope;
};

/* A state of the other measures. */
struct branch {
    double probability;
    struct stretch *stretches;
    size_t count;
    size_t capacity;
};

struct prospect {
    struct attainment attainment; /* of one draw */
    long draws;                   /* independent, a year */
    struct branch *branches;
    size_t count;
    size_t capacity;
};

/* A new branch that pays nothing; NULL without memory. */
struct branch *prospect_branch(struct prospect *prospect, double probability, struct error *error)
    __attribute__((warn_unused_result));

/* Adds factor times the payoff between two attainments (infinite ones included); `unit`: S of the
 * payoff at attainment 1. */
bool branch_add(struct branch *branch, const struct payoff *payoff, double unit, double factor,
                double from, double to, struct error *error) __attribute__((warn_unused_result));

void prospect_free(struct prospect *prospect);

/* Of one draw. */
double prospect_mean(const struct prospect *prospect);
double prospect_variance(const struct prospect *prospect, double mean);
double prospect_below(const struct prospect *prospect, double pay); /* P(pay <= ...) */
double prospect_quantile(const struct prospect *prospect, double p);

/* Least and most that a draw pays, attainments of probability below 1e-8 at either end left out. */
void prospect_range(const struct prospect *prospect, double *low, double *high);

/* The distribution of one draw. */
bool prospect_spread(const struct prospect *prospect, double step, struct spread *spread,
                     struct error *error) __attribute__((warn_unused_result));

#endif
