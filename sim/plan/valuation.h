/* What a component pays as a function of its main measure, so that expected pay and the value of
 * one more unit follow in closed form (plan/payoff.h).
 * Ownership: values only. */
#ifndef PLAN_VALUATION_H
#define PLAN_VALUATION_H

#include "plan/payoff.h"
#include "plan/plan.h"

/* The world around the main measure of one whole period. */
struct valuation {
    double quota;  /* of the period; 0: none */
    double scale;  /* of target pay, and of the share of a common result */
    double factor; /* mean of gates and multipliers */
    double second; /* matrix: attainment of the other measure */
    double rivals; /* ranking: other people, their mean and standard deviation */
    double mean;
    double sd;
};

/* Pay of one period, or of a grant of an LTIP, as a function of the main measure as it is measured
 * (credited shares and caps included). Shares and objectives do not depend on it: 0. */
struct payoff valuation_payoff(const struct component *component, const struct valuation *around);

/* Pay for one objective as a function of its measure. */
struct payoff valuation_objective(const struct component *component, size_t objective,
                                  const struct valuation *around);

/* A curve of factors or levels (flat outside its points) as a function, for its mean. */
struct payoff valuation_curve(const struct curve *curve, bool steps);

#endif
