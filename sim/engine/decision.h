/* Choosing among plans that met the same histories: how likely each is the best, what a wrong
 * choice costs, and which differences can be told from chance when all are looked at together.
 * Ownership: the caller owns the structs; both accept to be freed when zeroed.
 *
 * "Better" has a sign: with `lower_is_better` every advantage, difference and regret is turned, so
 * that positive is better throughout. The equations are those of docs/compare.md. */
#ifndef ENGINE_DECISION_H
#define ENGINE_DECISION_H

#include "base/error.h"
#include "base/statistics.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Draws from the posterior law of the means: probabilities are known to half a percentage point
 * (three standard errors). */
enum { DECISION_DRAWS = 100000 };

/* What is remembered of the histories; its size does not depend on their number. */
struct decision_tally {
    size_t plans;
    bool lower_is_better;
    uint64_t histories;          /* in which every plan has a value */
    uint64_t missing;            /* the others */
    struct moments *values;      /* one a plan */
    struct moments *regrets;     /* one a plan: the best of the history less this plan */
    struct moments *differences; /* [i * plans + j], i < j: advantage of plan i over plan j */
    double *wins;                /* histories in which it is the best; ties are shared out */
};

bool decision_tally_init(struct decision_tally *tally, size_t plans, bool lower_is_better,
                         struct error *error) __attribute__((warn_unused_result));
/* One history: a value for each plan; NaN where it has none. */
void decision_tally_add(struct decision_tally *tally, const double values[]);
void decision_tally_free(struct decision_tally *tally);

struct decision_plan {
    double mean;
    double standard_error;
    double share_best;       /* of the histories */
    double probability_best; /* that its mean is the best, given the histories */
    double regret;           /* mean gain of whoever knew the best plan of each history */
    double regret_standard_error;
    double loss;                /* expected loss of choosing it now, its mean perhaps not best */
    double advantage;           /* of its mean over the best of the others */
    double low, high;           /* simultaneous interval of that: comparisons with the best */
    bool perhaps_best;          /* not excluded */
    size_t rank;                /* 1: the best mean; equal means have the same rank */
    size_t rank_low, rank_high; /* ranks that the corrected tests leave possible */
};

struct decision_pair {
    size_t first, second; /* plans */
    double advantage;     /* of the first */
    double standard_error;
    double low, high;   /* simultaneous over all pairs (Bonferroni) */
    double probability; /* two-sided paired t-test */
    double corrected;   /* the same after Holm, for all pairs */
};

struct decision {
    size_t plan_count;
    struct decision_plan *plans;
    size_t pair_count;
    struct decision_pair *pairs; /* (0, 1), (0, 2), ... (1, 2), ... */
    uint64_t histories;
    uint64_t missing;
    bool lower_is_better;
    size_t leader;           /* a plan of rank 1, the first of them */
    size_t rival;            /* the plan that is hardest to tell from it */
    bool same;               /* all plans have equal values in every history */
    bool decided;            /* only the leader may be the best */
    double histories_needed; /* about as many tell the leader from its rival; NaN: nobody knows */
};

/* `seed`: of the draws from the posterior. With fewer than two histories everything that needs a
 * variance is NaN and nothing is decided. */
bool decision_make(struct decision *decision, const struct decision_tally *tally, uint64_t seed,
                   struct error *error) __attribute__((warn_unused_result));
/* The same without the draws: probability_best and loss stay NaN. */
bool decision_compare(struct decision *decision, const struct decision_tally *tally,
                      struct error *error) __attribute__((warn_unused_result));
void decision_free(struct decision *decision);

/* Holm 1979: probabilities corrected for being tested together, in place of each. `order` is room
 * for as many indices. */
void decision_holm(const double probabilities[], double corrected[], size_t order[], size_t count);

#endif
