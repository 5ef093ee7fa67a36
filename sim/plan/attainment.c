#include "plan/attainment.h"

#include "base/mathematics.h"
#include "plan/curve.h"

#include <math.h>
#include <stddef.h>

const char *const ATTAINMENT_LAWS[] = {
    [ATTAINMENT_NORMAL] = "normal", [ATTAINMENT_LOGNORMAL] = "lognormal", NULL};

/* Phi(b) - Phi(a), a <= b, from the nearer tail, so that nothing cancels far out. */
static double interval(double a, double b) {
    return a > 0.0 ? normal_distribution(-a) - normal_distribution(-b)
                   : normal_distribution(b) - normal_distribution(a);
}

/* z phi(z), and phi(z) for power 0; 0 at both infinities. */
static double density_times(double z, int power) {
    return isinf(z) ? 0.0 : (power == 0 ? 1.0 : z) * normal_density(z);
}

/* Mean and standard deviation of ln A. */
static double log_sd(const struct attainment *attainment) {
    double cv = attainment->sd / attainment->mean;
    return sqrt(math_log1p(cv * cv));
}

static double log_mean(const struct attainment *attainment) {
    double sd = log_sd(attainment);
    return math_log(attainment->mean) - 0.5 * sd * sd;
}

/* `at` in standard deviations of A or ln A. */
static double standard(const struct attainment *attainment, double at) {
    if (isinf(at)) {
        return at;
    }
    if (attainment->law == ATTAINMENT_NORMAL) {
        return (at - attainment->mean) / attainment->sd;
    }
    return at <= 0.0 ? -(double)INFINITY
                     : (math_log(at) - log_mean(attainment)) / log_sd(attainment);
}

struct partial attainment_partial(const struct attainment *attainment, double from, double to) {
    double mean = attainment->mean;
    double sd = attainment->sd;
    if (sd <= 0.0) { /* a point */
        bool inside = (isinf(from) || curve_reached(mean, from)) && !(curve_reached(mean, to));
        return inside ? (struct partial){1.0, mean, mean * mean} : (struct partial){0};
    }
    double a = standard(attainment, from);
    double b = standard(attainment, to);
    struct partial partial = {.weight = interval(a, b)};
    if (attainment->law == ATTAINMENT_NORMAL) {
        double centred = sd * (density_times(a, 0) - density_times(b, 0));
        double squares = sd * sd * (partial.weight + density_times(a, 1) - density_times(b, 1));
        partial.first = mean * partial.weight + centred;
        partial.second = mean * mean * partial.weight + 2.0 * mean * centred + squares;
        return partial;
    }
    double s = log_sd(attainment); /* E[A^k] = mean^k exp(k (k - 1) s^2 / 2), shifted by k s */
    partial.first = mean * interval(a - s, b - s);
    partial.second = (mean * mean + sd * sd) * interval(a - 2.0 * s, b - 2.0 * s);
    return partial;
}

double attainment_reach(const struct attainment *attainment, double at) {
    if (attainment->sd <= 0.0) {
        return curve_reached(attainment->mean, at) ? 1.0 : 0.0;
    }
    return normal_distribution(-standard(attainment, at));
}

double attainment_quantile(const struct attainment *attainment, double p) {
    if (attainment->sd <= 0.0) {
        return attainment->mean;
    }
    double z = normal_quantile(p);
    return attainment->law == ATTAINMENT_NORMAL
               ? attainment->mean + attainment->sd * z
               : math_exp(log_mean(attainment) + log_sd(attainment) * z);
}

double attainment_density(const struct attainment *attainment, double at) {
    if (attainment->law == ATTAINMENT_NORMAL) {
        return normal_density(standard(attainment, at)) / attainment->sd;
    }
    return at <= 0.0 ? 0.0 : normal_density(standard(attainment, at)) / (at * log_sd(attainment));
}
