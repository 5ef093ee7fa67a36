/* Intervals of 95 % for counts, shares, rates and variances.
 * Ownership: pure functions.
 *
 * Sources: Garwood 1936 (exact interval of a Poisson mean), Wilson 1927 (score interval of a
 * share), the chi-square law of a normal sample's variance, Cox's interval of a lognormal mean
 * (Land 1972, Zhou and Gao 1997). */
#ifndef ENGINE_FIT_INTERVAL_H
#define ENGINE_FIT_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>

struct interval {
    double low;
    double high;
};

/* P(X <= x) of a gamma variable of this shape > 0 and scale 1, x >= 0; error below 1e-13. */
double fit_gamma_distribution(double x, double shape);

/* The x with that probability, 0 < probability < 1; relative error 1e-12. */
double fit_gamma_quantile(double probability, double shape);

/* The value that a chi-square variable stays below with this probability; degrees > 0. */
double fit_chi_square_quantile(double probability, double degrees);

/* Of the mean of a Poisson count. */
struct interval fit_poisson(double count);

/* Of a probability after so many successes in so many trials, trials > 0. */
struct interval fit_wilson(double successes, double trials);

/* How long something lasts that ended `events` times in `time` altogether, of which some is the
 * time of what has not ended: the exponential law, whose likelihood estimate is time / events. */
struct fit_duration {
    double events;
    double time;
    double rate; /* events per unit of time */
    struct interval rate_interval;
    double mean; /* 1 / rate: infinite without events */
    struct interval mean_interval;
};
struct fit_duration fit_duration_of(double events, double time); /* time > 0 */

/* The probability of at least one event within `time` at a constant rate. */
double fit_probability_within(double rate, double time);

/* A lognormal law. */
struct fit_lognormal {
    size_t count;
    double mean;
    struct interval mean_interval;
    double cv; /* standard deviation over mean */
    struct interval cv_interval;
};

/* Of values above 0, at least 3 of them and not all the same; false otherwise. */
bool fit_lognormal_of(struct fit_lognormal *fit, const double values[], size_t count);

#endif
