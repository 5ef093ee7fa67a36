#include "model/interest.h"

#include "model/deferral.h"
#include "model/expectation.h"
#include "model/period_pay.h"
#include "plan/valuation.h"

#include <string.h>

static const double STEP = 0.01; /* of the mean, for the slope of expected pay */

/* Mean over the months of a period of what a unit of pay for it is worth to the person. */
static double perceived(const struct role *role, const struct deferral *deferral, double months,
                        double keep) {
    double sum = deferral_worth(deferral, role->preferences.present_bias, keep, 0.0);
    for (int left = 1; left < (int)months; left++) {
        sum += deferral_worth(deferral, role->preferences.present_bias, keep, (double)left);
    }
    return sum / (months > 1.0 ? months : 1.0);
}

/* What a customer adds to a measure in a month: a share of its revenue, or so many renewals. */
static struct interest added(const struct parameters *parameters, size_t role, size_t segment,
                             enum metric metric) {
    const struct segment *here = &parameters->segments[segment];
    struct slot slot = {.metric = METRIC_MANAGED_REVENUE, .scope = SCOPE_PERSON};
    slot.product = here->name;
    double revenue = 12.0 * reference_metric(parameters, role, &slot).mean;
    slot.metric = METRIC_EXPANSION_REVENUE;
    double expansion = reference_metric(parameters, role, &slot).mean;
    double rate = revenue > 0.0 ? expansion / revenue : 0.0;
    switch (metric) {
    case METRIC_EXPANSION_REVENUE:
    case METRIC_BOOKINGS:
        return (struct interest){rate, 0.0};
    case METRIC_MARGIN:
        return (struct interest){rate * here->contract.margin, 0.0};
    case METRIC_MANAGED_REVENUE:
        return (struct interest){1.0 / 12.0, 0.0};
    case METRIC_RENEWALS:
        return (struct interest){0.0, 1.0 / (double)here->contract.term_months};
    default: /* contracts won stay who won them; ratios do not see one customer less */
        return (struct interest){0.0, 0.0};
    }
}

/* Expected pay a unit of the measure more, where the measure stands in the mean. */
static double expected_slope(const struct parameters *parameters, size_t role,
                             const struct component *component,
                             const double effort[ACTIVITY_COUNT]) {
    struct slot slot = slot_of(component, SLOT_MAIN);
    double months = component_months(component);
    struct metric_moments law = expected_measure(parameters, role, &slot, months, effort);
    struct valuation around = expected_around(parameters, role, component, 1.0, effort);
    if (law.mean <= 0.0 || (around.quota <= 0.0 && component->type != COMPONENT_COMMISSION)) {
        return 0.0;
    }
    struct payoff payoff = valuation_payoff(component, &around);
    double step = STEP * law.mean;
    return (payoff_expectation(&payoff, law.mean + step, law.sd) -
            payoff_expectation(&payoff, law.mean - step, law.sd)) /
           (2.0 * step);
}

struct interest customer_interest(const struct parameters *parameters, size_t role, size_t segment,
                                  const struct plan *plan, const double effort[ACTIVITY_COUNT],
                                  double keep) {
    struct interest sum = {0.0, 0.0};
    for (size_t c = 0; c < plan->component_count; c++) {
        const struct component *component = &plan->components[c];
        struct slot slot = slot_of(component, SLOT_MAIN);
        bool here =
            *slot.product == '\0' || strcmp(slot.product, parameters->segments[segment].name) == 0;
        if (component->type == COMPONENT_OBJECTIVES || component->type == COMPONENT_SHARES ||
            slot.scope == SCOPE_FIRM || metric_of_firm(slot.metric) || !here) {
            continue;
        }
        struct interest one = added(parameters, role, segment, slot.metric);
        if (one.revenue <= 0.0 && one.renewal <= 0.0) {
            continue;
        }
        struct deferral deferral = deferral_of(parameters, role, component);
        double worth =
            expected_slope(parameters, role, component, effort) *
            perceived(&parameters->roles[role], &deferral, component_months(component), keep);
        sum.revenue += worth * one.revenue;
        sum.renewal += worth * one.renewal;
    }
    return sum;
}
