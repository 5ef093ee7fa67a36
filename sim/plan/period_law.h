/* The law of what a measure comes to in a period: the sum of a Poisson number of deals, and of what
 * comes in steadily beside them. With few deals it is far from normal: often there is none at all.
 * Ownership: a law is a value; nothing is allocated. */
#ifndef PLAN_PERIOD_LAW_H
#define PLAN_PERIOD_LAW_H

#include "plan/payoff.h"

/* Deals of one kind: their mean number in the period, and E[D], E[D^2], E[D^3] of one of them. */
struct deal_law {
    double count;
    double moment[3];
};

/* A lognormal deal; `cv` >= 0. */
struct deal_law deal_law_lognormal(double count, double mean, double cv);

/* What does not come in deals: mean, variance and third central moment. */
struct steady_law {
    double mean;
    double variance;
    double third;
};

/* Given how many deals there are, the sum is a lognormal moved along its axis that has the right
 * mean, variance and skewness: exact for a single lognormal deal, normal for many. */
struct law_part {
    double weight;
    double mean;
    double sd;     /* 0: a point */
    double shift;  /* sum - shift is lognormal */
    double log_sd; /* of it; 0: the sum is normal */
    double log_mean;
};

enum { LAW_PARTS = 1024 };
struct period_law {
    double mean;
    size_t count; /* weights add to 1 */
    struct law_part parts[LAW_PARTS];
};

/* The law of the sum. The two kinds of rare deals that vary most are counted one by one; all other
 * deals come together as one amount, by their moments. */
void period_law_make(struct period_law *law, const struct deal_law *deals, size_t kinds,
                     struct steady_law steady);

/* A normal measure; sd >= 0. */
void period_law_normal(struct period_law *law, double mean, double sd);

/* A lognormal one; mean and cv above 0. */
void period_law_lognormal(struct period_law *law, double mean, double cv);

/* The share of cases that come out well, each with the same chance, of a Poisson number of them;
 * given that there is one. Many cases are normal. */
void period_law_share(struct period_law *law, double cases, double chance);

/* What lies in [from, to): probability, E[X; from <= X < to] and E[X^2; from <= X < to]. Bounds may
 * be infinite. */
struct partial {
    double weight;
    double first;
    double second;
};
struct partial period_law_partial(const struct period_law *law, double from, double to);

/* P(X >= at) */
double period_law_reach(const struct period_law *law, double at);

/* Density at `at` of what is no point. */
double period_law_density(const struct period_law *law, double at);

/* E w(X) */
double period_law_expectation(const struct period_law *law, const struct payoff *payoff);

/* E w(X)^2 */
double period_law_square(const struct period_law *law, const struct payoff *payoff);

#endif
