#include "model/claims.h"

#include "base/mathematics.h"
#include "model/expectation.h"
#include "model/period_pay.h"

#include <math.h>
#include <string.h>

double claims_below(struct metric_moments law, double bound) {
    if (law.sd <= 0.0) {
        return law.mean < bound ? 1.0 : 0.0;
    }
    return normal_distribution((bound - law.mean) / law.sd);
}

/* E max(bound - X, 0) */
double claims_missing(struct metric_moments law, double bound) {
    double gap = bound - law.mean;
    if (law.sd <= 0.0) {
        return gap > 0.0 ? gap : 0.0;
    }
    double z = gap / law.sd;
    return gap * normal_distribution(z) + law.sd * normal_density(z);
}

static bool same_product(const struct component *a, const struct component *b) {
    return a->scope == b->scope && strcmp(a->product, b->product) == 0;
}

/* Of deals won their number and their value correlate by the ratio of their relative spreads (a
 * Poisson number of independent deals). Other pairs are taken to be independent. */
static double correlation(const struct parameters *parameters, size_t role,
                          const struct component *a, const struct component *b) {
    bool deals =
        metric_is_selling((enum metric)a->metric) && metric_is_selling((enum metric)b->metric);
    if (a->type == COMPONENT_OBJECTIVES || b->type == COMPONENT_OBJECTIVES || !same_product(a, b)) {
        return 0.0;
    }
    if (a->metric == b->metric || !deals) {
        return a->metric == b->metric ? 1.0 : 0.0;
    }
    struct slot first = slot_of(a, SLOT_MAIN);
    struct slot second = slot_of(b, SLOT_MAIN);
    struct metric_moments x = reference_metric(parameters, role, &first);
    struct metric_moments y = reference_metric(parameters, role, &second);
    double one = x.sd * y.mean;
    double other = y.sd * x.mean;
    return one <= 0.0 || other <= 0.0 ? 0.0 : one < other ? one / other : other / one;
}

void claims_make(struct claims *claims, const struct parameters *parameters, size_t role,
                 const struct plan *plan) {
    claims->plan = plan;
    for (size_t a = 0; a < plan->component_count; a++) {
        for (size_t b = 0; b < a; b++) {
            claims->together[a][b] =
                correlation(parameters, role, &plan->components[a], &plan->components[b]);
        }
    }
}

/* Sum of so many periods of each component; they correlate as far as they cover the same months. */
static struct metric_moments sum_claims(const struct claims *claims,
                                        const struct metric_moments period[COMPONENTS_MOST],
                                        const double periods[COMPONENTS_MOST]) {
    const struct plan *plan = claims->plan;
    double mean = 0.0;
    double variance = 0.0;
    for (size_t a = 0; a < plan->component_count; a++) {
        double sd = sqrt(periods[a]) * period[a].sd;
        mean += periods[a] * period[a].mean;
        variance += sd * sd;
        for (size_t b = 0; b < a && periods[a] > 0.0; b++) {
            if (periods[b] > 0.0 && claims->together[a][b] > 0.0) {
                double covered = periods[a] * component_months(&plan->components[a]) /
                                 (periods[b] * component_months(&plan->components[b]));
                double both = sqrt(covered < 1.0 ? covered : 1.0 / covered);
                variance +=
                    2.0 * claims->together[a][b] * both * sd * sqrt(periods[b]) * period[b].sd;
            }
        }
    }
    return (struct metric_moments){mean, sqrt(variance)};
}

long claims_length(const struct component *component) {
    return component_is_award(component) ? 0 : period_months((enum period)component->period);
}

/* Claims that fall due in a month of the fiscal year. */
struct metric_moments claims_due(const struct claims *claims,
                                 const struct metric_moments period[COMPONENTS_MOST], long month) {
    const struct plan *plan = claims->plan;
    double periods[COMPONENTS_MOST] = {0.0};
    for (size_t c = 0; c < plan->component_count; c++) {
        long length = claims_length(&plan->components[c]);
        periods[c] = length > 0 && (month + 1) % length == 0 ? 1.0 : 0.0;
    }
    return sum_claims(claims, period, periods);
}

/* Claims that fall due from a month to the end of the fiscal year. */
struct metric_moments claims_rest(const struct claims *claims,
                                  const struct metric_moments period[COMPONENTS_MOST], long month) {
    const struct plan *plan = claims->plan;
    double periods[COMPONENTS_MOST] = {0.0};
    for (size_t c = 0; c < plan->component_count; c++) {
        long length = claims_length(&plan->components[c]);
        long open = length > 0 ? 12 / length - month / length : 0;
        periods[c] = (double)open;
    }
    return sum_claims(claims, period, periods);
}

/* Months from one time at which claims fall due to the next: a guarantee is settled with them. */
long claims_span(const struct plan *plan) {
    long span = 0;
    for (size_t c = 0; c < plan->component_count; c++) {
        long length = claims_length(&plan->components[c]);
        span = length > 0 && (span == 0 || length < span) ? length : span;
    }
    return span > 0 ? span : 1;
}

void claims_periods(const struct parameters *parameters, size_t role, const struct plan *plan,
                    const double effort[ACTIVITY_COUNT], const double skill[], size_t count,
                    struct metric_moments period[][COMPONENTS_MOST]) {
    for (size_t c = 0; c < plan->component_count; c++) {
        struct metric_moments laws[CLAIMS_MOST] = {{0.0, 0.0}};
        if (claims_length(&plan->components[c]) > 0) {
            expected_period_moments(parameters, role, &plan->components[c], skill, count, effort,
                                    laws);
        }
        for (size_t i = 0; i < count; i++) {
            period[i][c] = laws[i];
        }
    }
}
