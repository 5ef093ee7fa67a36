/* The shifted-beta-geometric law of how long customers stay (Fader and Hardie 2007): the propensity
 * to leave in a year differs between customers as Beta(a, b); fitted by maximum likelihood.
 * Ownership: pure functions.
 *
 * Those at risk in year t = 1, 2, ... leave with probability a / (a + b + t - 1), so counts of who
 * was at risk and who left in each year hold all that the data say, whoever came or was last seen
 * when ever. For a given b the likelihood has one maximum in a, found by bisection of its
 * derivative; what is left is one parameter. So no general optimiser is needed, and the result has
 * no tolerance but that of double precision. */
#ifndef ENGINE_FIT_SBG_H
#define ENGINE_FIT_SBG_H

#include "engine/fit_interval.h"

#include <stdbool.h>
#include <stddef.h>

/* Customers by year of their stay. */
struct life_table {
    const double *lost; /* in the year */
    const double *kept; /* through the year */
    size_t years;
};

struct fit_sbg {
    double a;
    double b;
    struct interval a_interval; /* profile likelihood, 95 % */
    struct interval b_interval;
    double log_likelihood;
    double log_likelihood_constant; /* when all customers have the same propensity */
    double constant;                /* that propensity, a year */
    struct interval constant_interval;
    double at_risk; /* customer-years */
    double lost;
    bool spread; /* the data tell that customers differ: 5 % likelihood-ratio test */
};

/* False when nobody left or nobody stayed, so that there is no estimate. The interval of `constant`
 * is set anyway when there was anybody at risk. */
bool fit_sbg_of(struct fit_sbg *fit, const struct life_table *table);

/* The share that is still there after so many years. */
double fit_sbg_survival(double a, double b, size_t years);

/* The expected number of years for which a new customer pays, discounted: sum of survival(t) /
 * (1 + discount)^t over t = 0, 1, ...; discount > 0. */
double fit_sbg_discounted_lifetime(double a, double b, double discount);

#endif
