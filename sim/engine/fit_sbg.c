#include "engine/fit_sbg.h"

#include "base/mathematics.h"

#include <math.h>

/* What a scenario takes, churn.beta_a and churn.beta_b. */
static const double SMALLEST = 1e-6;
static const double LARGEST = 1e6;
static const double HALF_CHI_SQUARE = 1.920729410347062;     /* 95 % of one degree, halved */
static const double BOUNDARY_CHI_SQUARE = 1.352771727047702; /* 90 %: half of the law is at 0 */

double fit_sbg_survival(double a, double b, size_t years) {
    double survival = 1.0;
    for (size_t t = 0; t < years; t++) {
        survival *= (b + (double)t) / (a + b + (double)t);
    }
    return survival;
}

double fit_sbg_discounted_lifetime(double a, double b, double discount) {
    double sum = 0.0;
    double term = 1.0;
    for (size_t t = 0; t < 1000000 && term > 1e-17 * sum; t++) {
        sum += term;
        term *= (b + (double)t) / ((a + b + (double)t) * (1.0 + discount));
    }
    return sum;
}

static double log_likelihood(const struct life_table *table, double a, double b) {
    double sum = 0.0;
    for (size_t t = 0; t < table->years; t++) {
        double all = a + b + (double)t;
        if (table->lost[t] > 0.0) {
            sum += table->lost[t] * math_log(a / all);
        }
        if (table->kept[t] > 0.0) {
            sum += table->kept[t] * math_log1p(-a / all);
        }
    }
    return sum;
}

/* a times the derivative of the log likelihood by a: all lost less those expected, which grow with
 * a from 0 to all at risk: one zero. */
static double slope_of_a(const struct life_table *table, double a, double b) {
    double sum = 0.0;
    for (size_t t = 0; t < table->years; t++) {
        sum += table->lost[t] - (table->lost[t] + table->kept[t]) * a / (a + b + (double)t);
    }
    return sum;
}

/* The derivative by b. */
static double slope_of_b(const struct life_table *table, double a, double b) {
    double sum = 0.0;
    for (size_t t = 0; t < table->years; t++) {
        double of_kept = a / (b + (double)t);
        sum += (table->kept[t] * of_kept - table->lost[t]) / (a + b + (double)t);
    }
    return sum;
}

/* The best a for a given b, or the best b for a given a: where the slope changes its sign, by
 * bisection of the logarithm. */
static double best(const struct life_table *table, double given, bool of_a) {
    double low = SMALLEST;
    double high = LARGEST;
    for (int step = 0; step < 80; step++) {
        double middle = sqrt(low * high);
        double slope = of_a ? slope_of_a(table, middle, given) : slope_of_b(table, given, middle);
        if (slope > 0.0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return sqrt(low * high);
}

static double profile(const struct life_table *table, double given, bool a_given) {
    double other = best(table, given, !a_given);
    return a_given ? log_likelihood(table, given, other) : log_likelihood(table, other, given);
}

/* Along the best a, the likelihood changes with b as its derivative by b does. */
static double slope_of_profile(const struct life_table *table, double b) {
    return slope_of_b(table, best(table, b, true), b);
}

/* The best b overall: the highest of a grid of logarithms, then the zero of the slope next to it.
 */
static double best_b(const struct life_table *table) {
    enum { POINTS = 61 };
    const double factor = math_exp(math_log(LARGEST / 1e-3) / (POINTS - 1));
    double highest = (double)-INFINITY;
    double at = 1e-3;
    double b = 1e-3;
    for (int n = 0; n < POINTS; n++, b *= factor) {
        double value = profile(table, b, false);
        if (value > highest) {
            highest = value;
            at = b;
        }
    }
    double low = fmax(1e-3, at / factor);
    double high = fmin(LARGEST, at * factor);
    for (int step = 0; step < 60; step++) {
        double middle = sqrt(low * high);
        if (slope_of_profile(table, middle) > 0.0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return sqrt(low * high);
}

/* Where the profile has fallen from its maximum at `from` by half a chi-square on the way to `to`.
 */
static double edge(const struct life_table *table, double from, double to, bool of_a,
                   double maximum) {
    if (profile(table, to, of_a) > maximum - HALF_CHI_SQUARE) {
        return to;
    }
    for (int step = 0; step < 50; step++) {
        double middle = sqrt(from * to);
        if (profile(table, middle, of_a) > maximum - HALF_CHI_SQUARE) {
            from = middle;
        } else {
            to = middle;
        }
    }
    return sqrt(from * to);
}

static struct interval interval_of(const struct life_table *table, double value, bool of_a,
                                   double maximum) {
    return (struct interval){edge(table, value, SMALLEST, of_a, maximum),
                             edge(table, value, LARGEST, of_a, maximum)};
}

bool fit_sbg_of(struct fit_sbg *fit, const struct life_table *table) {
    *fit = (struct fit_sbg){.lost = 0.0};
    double kept = 0.0;
    for (size_t t = 0; t < table->years; t++) {
        fit->lost += table->lost[t];
        kept += table->kept[t];
    }
    fit->at_risk = fit->lost + kept;
    if (fit->at_risk > 0.0) {
        fit->constant = fit->lost / fit->at_risk;
        fit->constant_interval = fit_wilson(fit->lost, fit->at_risk);
    }
    if (!(fit->lost > 0.0) || !(kept > 0.0)) {
        return false;
    }
    fit->b = best_b(table);
    fit->a = best(table, fit->b, true);
    fit->log_likelihood = log_likelihood(table, fit->a, fit->b);
    fit->log_likelihood_constant =
        fit->lost * math_log(fit->constant) + kept * math_log1p(-fit->constant);
    fit->spread = fit->log_likelihood - fit->log_likelihood_constant > BOUNDARY_CHI_SQUARE;
    fit->a_interval = interval_of(table, fit->a, true, fit->log_likelihood);
    fit->b_interval = interval_of(table, fit->b, false, fit->log_likelihood);
    return true;
}
