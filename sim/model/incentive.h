/* What a plan makes one more unit of effort worth to a person this month: the forward-looking value
 * of every measure that effort can move, given what has been reached and the months that are left
 * (docs/model.md, section 4, "Marginal value of a metric").
 * Ownership: incentive_init allocates, incentive_free frees; the parameters are borrowed. */
#ifndef MODEL_INCENTIVE_H
#define MODEL_INCENTIVE_H

#include "base/error.h"
#include "model/deferral.h"
#include "model/parameters.h"
#include "plan/measure.h"
#include "plan/payoff.h"

#include <stdbool.h>
#include <stddef.h>

enum { MOTIVE_MONTHS = 120, MOTIVE_PARTS = PAYOFFS_MOST };

/* A measure of a component that effort can move. */
struct motive {
    size_t component;
    size_t slot; /* of the component */
    struct slot measured;
    size_t measure; /* number of what is measured: the same for motives on the same */
    enum metric_kind kind;
    int months;            /* of its period, or cycle; a year for a quota to date */
    double quota;          /* of the period, reference person; 0: none */
    bool stretches;        /* breaks of the payoff lie at shares of the quota */
    struct payoff payoff;  /* of a whole period, reference person, at the start */
    struct payoff ratchet; /* cost in later quotas, times worth, a period later; count 0: none */
    double mean; /* a month of the measure at normal effort; index: ratio; end: the value */
    double sd;
    double rest; /* contracts won: what else counts in the metric, a month */
    struct deferral deferral;
    double lost;    /* of a unit of a fresh period, by the plan's cap and guarantee */
    double weight;  /* perceived value of a unit paid at the end, mean over the months */
    double left;    /* of the worth of a unit when it raises later quotas */
    double follows; /* rate at which quotas follow results */
    double response[ACTIVITY_COUNT][MOTIVE_MONTHS + 1]; /* R_k(h), in terms of the payoff's unit */
    double later[ACTIVITY_COUNT][MOTIVE_MONTHS + 1];    /* lands after the period, perceived */
    /* mean over the last h months of R' C^-1 R, C for target pay 1 a month */
    double curvature[MOTIVE_MONTHS + 1];
    /* value today of a unit of pay for a period that ends in so many months */
    double perceived[2 * MOTIVE_MONTHS + 1];
};

struct incentive {
    const struct role *role;
    double keep;   /* discount x chance to be here, a month */
    double capped; /* chance that a fresh year reaches the plan's cap */
    size_t count;
    struct motive *motives;
};

bool incentive_init(struct incentive *incentive, const struct parameters *parameters, size_t role,
                    const struct plan *plan, double stay, struct error *error)
    __attribute__((warn_unused_result));
void incentive_free(struct incentive *incentive);

/* Computes what follows from a motive's payoff, quota, moments and response: curvature,
 * ratchet and what lands later. `every`: months from the begin of one period to that of the next, 0
 * when none follows. */
void motive_complete(const struct incentive *incentive, struct motive *motive, double ratchet_up,
                     double ratchet_down, int every);

/* Mean worth of a unit in a fresh period, of the measure or less of quota, before perception: of a
 * person with this quota (0: the reference's), output and colleagues, at this level of pay. */
double motive_worth(const struct incentive *incentive, const struct motive *motive, double quota,
                    double output, double others, double level);

/* Law of what is added to a measure in `months`, starting from `so_far`. */
struct outlook {
    double mean;
    double sd;
};
struct outlook motive_outlook(const struct motive *motive, int months, double so_far, double ahead,
                              double output, double others);

/* Where a person stands with one motive: the running period, or one open cycle. */
struct standing {
    size_t motive;
    int left;      /* months to the end of the period, this one included; at least 1 */
    double so_far; /* the payoff's measure to date */
    double quota;  /* own, of the whole period */
    double ahead;  /* flow: expected until then at normal effort; NAN: from the reference's mean */
    double output; /* flow: the person's over the reference's, by skill and ramp */
    double others; /* people whose results count too, on average as good as the reference */
    bool last;     /* no period of this follows: a cycle of a plan that has ended */
    double least;  /* paid for the period anyway, by a guarantee of it alone; 0: none */
    double most;   /* that the plan's cap leaves of it alone; 0: no such bound */
    double lost;   /* chance that a cap or guarantee makes one more unit worth nothing */
    double nearer; /* of what a unit of the next period is worth, more than in a fresh year */
};

/* Value of one more unit of effort a month, by activity, in money; `pay`: level of the person's
 * target pay, 1 at the start. Standings on the same measure stand next to each other, in the order
 * of the motives; at most MOTIVE_PARTS. */
void incentive_value(const struct incentive *incentive, const struct standing *standings,
                     size_t count, double pay, double value[ACTIVITY_COUNT]);

/* Of it, what lands in periods after the running one; zero for cycles behind the youngest. */
void incentive_later(const struct incentive *incentive, const struct standing *standing, double pay,
                     double value[ACTIVITY_COUNT]);

/* How far effort in the months that are left answers to what is at stake, per unit of money: the
 * theta of the formula. */
double incentive_theta(const struct incentive *incentive, const struct standing *standing,
                       double level);

/* Whether two standings are about the same measure. */
bool incentive_same_measure(const struct incentive *incentive, const struct standing *a,
                            const struct standing *b);

/* Of standings on one measure: how many end this month, their pay as a function of what is still
 * added to the measure, and the perceived worth of a unit that counts in their next periods. */
size_t incentive_payoff_now(const struct incentive *incentive, const struct standing *standings,
                            size_t count, double pay, struct payoff *payoff, double *next);

#endif
