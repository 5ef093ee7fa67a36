/* Effort by brute force: dynamic programmes over a grid of what has been reached, month by month,
 * with normal noise, quadratic cost and a choice of any effort in every state. They know nothing of
 * the closed form that they judge.
 * Ownership: values only; what a solution allocates, programme_joint_free frees. */
#ifndef TESTS_PROGRAMME_H
#define TESTS_PROGRAMME_H

#include "plan/payoff.h"

/* One payoff at the end: a month adds drift + x + sd * epsilon and costs 1/2 cost x^2. */
struct programme {
    double drift;
    double sd;
    double cost;
    double aversion; /* CARA */
    int months;
    int cells; /* of the grid in a standard deviation of a month */
    const struct payoff *payoff;
};

/* Extra effort x with `left` months to go, this one included. */
typedef double programme_policy(const void *context, int left, double so_far);

struct programme_worth {
    double value;  /* certainty equivalent of pay less cost, at the start */
    double first;  /* extra effort of the first month */
    double effort; /* expected sum of extra effort (risk neutral only) */
};

/* The best that can be done (`policy` NULL), or what a policy is worth. */
struct programme_worth programme_solve(const struct programme *programme, programme_policy *policy,
                                       const void *context);

/* Two payoffs on one measure, risk neutral: one at the end of every `period`, which starts from 0,
 * one at the end; and a rate on everything. */
struct joint {
    double drift;
    double sd;
    double cost;
    double rate;
    int period;
    int months; /* a multiple of the period, at most JOINT_MONTHS */
    int cells;
    const struct payoff *brief;
    const struct payoff *whole;
};
enum { JOINT_MONTHS = 12 };

typedef double joint_policy(const void *context, int left, double in_period, double so_far);

struct joint_worth {
    double value;
    double effort;                 /* expected sum of extra effort */
    double by_month[JOINT_MONTHS]; /* from 20,000 paths */
};

struct joint_worth joint_solve(const struct joint *joint, joint_policy *policy,
                               const void *context);

#endif
