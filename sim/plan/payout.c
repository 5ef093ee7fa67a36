#include "plan/payout.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

double payout_period_target(const struct component *component) {
    bool yearly = component->type == COMPONENT_BONUS;
    return yearly ? component->target * period_months((enum period)component->period) / 12.0
                  : component->target;
}

double payout_earned(const struct component *component, double measure, double quota,
                     double scale) {
    switch ((enum component_type)component->type) {
    case COMPONENT_COMMISSION:
        if (component->tiers.count > 0) { /* part of a period: its tiers shrink with it */
            return curve_tiers(&component->tiers, measure);
        }
        return component->rate * measure;
    case COMPONENT_BONUS:
    case COMPONENT_LTIP: {
        double attainment = quota > 0.0 ? measure / quota : 0.0;
        return payout_period_target(component) * scale *
               curve_value(&component->payout, component->slope_above, attainment);
    }
    case COMPONENT_SHARES:
        break;
    }
    return 0.0;
}

static struct payoff tiers_payoff(const struct component *component) {
    struct payoff payoff = {.count = 1};
    for (size_t t = 0; t < component->tiers.count; t++) {
        double at = component->tiers.points[t].at;
        payoff.pieces[payoff.count++] = (struct payoff_piece){
            at, curve_tiers(&component->tiers, at), component->tiers.points[t].value};
    }
    return payoff;
}

static struct payoff curve_payoff(const struct component *component, double quota, double scale) {
    struct payoff payoff = {.count = 1};
    const struct curve *curve = &component->payout;
    double pay = payout_period_target(component) * scale;
    for (size_t p = 0; p < curve->count; p++) {
        const struct point *from = &curve->points[p];
        bool last = p + 1 == curve->count;
        if (!last && curve->points[p + 1].at <= from->at) {
            continue; /* the lower end of a jump */
        }
        double slope = last ? component->slope_above
                            : (curve->points[p + 1].value - from->value) /
                                  (curve->points[p + 1].at - from->at);
        payoff.pieces[payoff.count++] =
            (struct payoff_piece){from->at * quota, pay * from->value, pay * slope / quota};
    }
    return payoff;
}

struct payoff payout_payoff(const struct component *component, double quota, double scale) {
    switch ((enum component_type)component->type) {
    case COMPONENT_COMMISSION:
        if (component->tiers.count > 0) {
            return tiers_payoff(component);
        }
        return (struct payoff){.count = 1, .pieces = {{0.0, 0.0, component->rate}}};
    case COMPONENT_BONUS:
    case COMPONENT_LTIP:
        assert(quota > 0.0);
        return curve_payoff(component, quota, scale);
    case COMPONENT_SHARES:
        break;
    }
    return (struct payoff){.count = 1};
}

double payout_vested(const struct component *component, long age_months) {
    if (age_months < component->cliff_months || age_months <= 0) {
        return 0.0;
    }
    if (age_months >= component->vesting_months) {
        return 1.0;
    }
    long step = component->step_months > 0 ? component->step_months : 1;
    long steps = (age_months - component->cliff_months) / step;
    return (double)(component->cliff_months + steps * step) / (double)component->vesting_months;
}

double payout_round(double amount) {
    double cents = floor(fabs(amount) * 100.0 + 0.5 + 1e-7);
    return amount < 0.0 ? -cents / 100.0 : cents / 100.0;
}
