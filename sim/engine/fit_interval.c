#include "engine/fit_interval.h"

#include "base/mathematics.h"
#include "base/statistics.h"
#include "base/student.h"

#include <assert.h>
#include <math.h>

static const double TAIL = 0.025;               /* on each side of an interval of 95 % */
static const double NORMAL = 1.959963984540054; /* its quantile */

enum { TERMS_MOST = 100000 }; /* far more than sums to a shape of 1e7 take */

/* x^a exp(-x) / Gamma(a), by Stirling's formula without cancellation at large shapes. */
static double kernel(double x, double shape) {
    const double turn = 6.283185307179586; /* 2 pi */
    return math_exp(-math_deviance(shape, x) - math_stirling(shape)) * sqrt(shape / turn);
}

/* The lower tail by its power series; converges quickly for x < shape + 1. */
static double lower_series(double x, double shape) {
    double term = 1.0 / shape;
    double sum = term;
    for (int n = 1; n < TERMS_MOST && term > sum * 1e-17; n++) {
        term *= x / (shape + n);
        sum += term;
    }
    return kernel(x, shape) * sum;
}

/* The upper tail by its continued fraction (modified Lentz), for x >= shape + 1. */
static double upper_fraction(double x, double shape) {
    const double tiny = 1e-300;
    double b = x + 1.0 - shape;
    double c = 1.0 / tiny;
    double d = 1.0 / b;
    double fraction = d;
    for (int n = 1; n < TERMS_MOST; n++) {
        double a = -n * (n - shape);
        b += 2.0;
        d = a * d + b;
        d = fabs(d) < tiny ? tiny : d;
        c = b + a / c;
        c = fabs(c) < tiny ? tiny : c;
        d = 1.0 / d;
        fraction *= c * d;
        if (fabs(c * d - 1.0) < 1e-16) {
            break;
        }
    }
    return kernel(x, shape) * fraction;
}

double fit_gamma_distribution(double x, double shape) {
    if (x <= 0.0) {
        return 0.0;
    }
    return x < shape + 1.0 ? lower_series(x, shape) : 1.0 - upper_fraction(x, shape);
}

double fit_gamma_quantile(double probability, double shape) {
    double low = 0.0;
    double high = shape + 1.0;
    assert(probability > 0.0 && probability < 1.0 && shape > 0.0);
    while (fit_gamma_distribution(high, shape) < probability) {
        low = high;
        high *= 2.0;
    }
    for (int step = 0; step < 200 && high - low > 1e-13 * high; step++) {
        double middle = 0.5 * (low + high);
        if (fit_gamma_distribution(middle, shape) < probability) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return 0.5 * (low + high);
}

double fit_chi_square_quantile(double probability, double degrees) {
    return 2.0 * fit_gamma_quantile(probability, 0.5 * degrees);
}

/* P(Poisson(m) >= n) is P(Gamma(n) <= m). */
struct interval fit_poisson(double count) {
    return (struct interval){count > 0.0 ? fit_gamma_quantile(TAIL, count) : 0.0,
                             fit_gamma_quantile(1.0 - TAIL, count + 1.0)};
}

struct interval fit_wilson(double successes, double trials) {
    double share = successes / trials;
    double square = NORMAL * NORMAL / trials;
    double centre = (share + 0.5 * square) / (1.0 + square);
    double half =
        NORMAL * sqrt(share * (1.0 - share) / trials + 0.25 * square / trials) / (1.0 + square);
    return (struct interval){successes > 0.0 ? fmax(0.0, centre - half) : 0.0,
                             successes < trials ? fmin(1.0, centre + half) : 1.0};
}

struct fit_duration fit_duration_of(double events, double time) {
    struct interval count = fit_poisson(events);
    return (struct fit_duration){
        .events = events,
        .time = time,
        .rate = events / time,
        .rate_interval = {count.low / time, count.high / time},
        .mean = events > 0.0 ? time / events : (double)INFINITY,
        .mean_interval = {time / count.high, count.low > 0.0 ? time / count.low : (double)INFINITY},
    };
}

double fit_probability_within(double rate, double time) { return 0.0 - math_expm1(-rate * time); }

bool fit_lognormal_of(struct fit_lognormal *fit, const double values[], size_t count) {
    struct moments logs = {0};
    for (size_t i = 0; i < count; i++) {
        assert(values[i] > 0.0);
        moments_add(&logs, math_log(values[i]));
    }
    double variance = moments_variance(&logs);
    if (count < 3 || !(variance > 0.0)) {
        return false;
    }
    double n = (double)count;
    double degrees = n - 1.0;
    double centre = logs.mean + 0.5 * variance;
    double half =
        student_quantile(TAIL, degrees) * sqrt(variance / n + 0.5 * variance * variance / degrees);
    double narrow = degrees * variance / fit_chi_square_quantile(1.0 - TAIL, degrees);
    double wide = degrees * variance / fit_chi_square_quantile(TAIL, degrees);
    *fit = (struct fit_lognormal){
        .count = count,
        .mean = math_exp(centre),
        .mean_interval = {math_exp(centre - half), math_exp(centre + half)},
        .cv = sqrt(math_expm1(variance)),
        .cv_interval = {sqrt(math_expm1(narrow)), sqrt(math_expm1(wide))},
    };
    return true;
}
