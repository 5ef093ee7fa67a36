/* The law of an attainment with a given mean and standard deviation: normal, lognormal, or that of
 * a few lognormal deals, which are Poisson. Ownership: values only. */
#ifndef PLAN_ATTAINMENT_H
#define PLAN_ATTAINMENT_H

#include "plan/period_law.h"

enum attainment_law { ATTAINMENT_NORMAL, ATTAINMENT_LOGNORMAL, ATTAINMENT_DEALS };
extern const char *const ATTAINMENT_LAWS[];

struct attainment {
    long law;     /* enum attainment_law */
    double mean;  /* above 0 for the lognormal law */
    double sd;    /* 0: always the mean */
    double deals; /* mean number in a period; their law: sd^2 deals / mean^2 = 1 + cv^2 of one */
};

/* Standard deviation of a sum of so many deals on average, `cv` of one of them. */
double attainment_deals_sd(double mean, double deals, double cv);

/* What lies in [from, to), as for any law of a period. */
struct partial attainment_partial(const struct attainment *attainment, double from, double to);

/* P(A >= at) */
double attainment_reach(const struct attainment *attainment, double at);

/* 0 < p < 1 */
double attainment_quantile(const struct attainment *attainment, double p);

/* Density at `at`, of deals without the chance of none; sd > 0. */
double attainment_density(const struct attainment *attainment, double at);

#endif
