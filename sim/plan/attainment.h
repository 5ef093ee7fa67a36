/* The law of an attainment: normal or lognormal with a given mean and standard deviation.
 * Ownership: values only. */
#ifndef PLAN_ATTAINMENT_H
#define PLAN_ATTAINMENT_H

enum attainment_law { ATTAINMENT_NORMAL, ATTAINMENT_LOGNORMAL };
extern const char *const ATTAINMENT_LAWS[];

struct attainment {
    long law;    /* enum attainment_law */
    double mean; /* above 0 for the lognormal law */
    double sd;   /* 0: always the mean */
};

/* What lies in [from, to): probability, E[A; from <= A < to] and E[A^2; from <= A < to]. Bounds may
 * be infinite. */
struct partial {
    double weight;
    double first;
    double second;
};
struct partial attainment_partial(const struct attainment *attainment, double from, double to);

/* P(A >= at) */
double attainment_reach(const struct attainment *attainment, double at);

/* 0 < p < 1 */
double attainment_quantile(const struct attainment *attainment, double p);

/* Density at `at`; sd > 0. */
double attainment_density(const struct attainment *attainment, double at);

#endif
