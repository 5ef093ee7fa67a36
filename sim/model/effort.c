#include "model/effort.h"

#include "base/mathematics.h"
#include "model/deferral.h"
#include "model/expectation.h"
#include "model/limits.h"
#include "model/period_pay.h"
#include "plan/payoff.h"

void effort_solve(const double shares[ACTIVITY_COUNT], double cost, double substitution, double pay,
                  const double value[ACTIVITY_COUNT], double extra[ACTIVITY_COUNT]) {
    double total = 0.0;
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        total += shares[k] > 0.0 ? value[k] : 0.0;
    }
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        extra[k] = shares[k] > 0.0 ? (value[k] / shares[k] - substitution * total) /
                                         ((1.0 - substitution) * cost * pay)
                                   : 0.0;
    }
}

/* Value today of a unit of pay by months until it is paid, and what effort of one month adds to a
 * measure inside the period and in later ones, as means over the months of a period. */
struct horizon {
    double weight;                /* mean perceived value of a unit paid at the end */
    double now[ACTIVITY_COUNT];   /* lands inside the period */
    double later[ACTIVITY_COUNT]; /* lands in later periods, discounted */
};

static struct horizon horizon_of(const struct parameters *parameters, size_t role,
                                 const struct component *component, const struct slot *slot,
                                 double stay) {
    const struct role *self = &parameters->roles[role];
    double months = component_months(component);
    int length = (int)months;
    double keep = math_power(1.0 + self->preferences.discount, -1.0 / 12.0) * stay;
    int every = component_every(component, length);
    enum metric_kind kind = metric_kind(slot->metric);
    bool flow = kind == METRIC_FLOW;
    double moved = (flow ? 1.0 : 1.0 / scope_heads(parameters, role, slot->scope)) *
                   response_share(slot->metric, months);
    double response[ACTIVITY_COUNT][RESPONSE_MONTHS];
    struct horizon horizon = {.weight = 0.0};
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        reference_response(parameters, role, slot, (enum activity)k, response[k]);
    }
    /* by months left h: the payment is h - 1 months away and counts beta unless it is now */
    struct deferral deferral = deferral_of(parameters, role, component);
    double bias = self->preferences.present_bias;
    for (int h = 1; h <= length; h++) {
        double perceived = deferral_worth(&deferral, bias, keep, (double)(h - 1));
        horizon.weight += perceived / months;
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            horizon.now[k] += moved * perceived *
                              response[k][(h < RESPONSE_MONTHS ? h : RESPONSE_MONTHS) - 1] / months;
            int begins = h - (length - every); /* of overlapping cycles only the youngest */
            for (; every > 0 && begins > 0 && begins + length <= RESPONSE_MONTHS; begins += every) {
                int ends = begins + length;
                horizon.later[k] +=
                    moved * deferral_worth(&deferral, bias, keep, (double)(ends - 1)) *
                    response_between(self, kind, response[k][begins - 1], response[k][ends - 1]) /
                    months;
            }
        }
    }
    return horizon;
}

/* Adds what one unit of effort is worth through one measure, per activity, in money a month;
 * `payoff`: pay of a period as a function of it, of which cap and guarantee leave the share `kept`.
 */
static void slot_value(const struct parameters *parameters, size_t role,
                       const struct component *component, const struct slot *slot, double stay,
                       double pay, double kept, struct payoff payoff,
                       double value[ACTIVITY_COUNT]) {
    static const double NORMAL[ACTIVITY_COUNT] = {1.0, 1.0, 1.0};
    const struct role *self = &parameters->roles[role];
    const double shares[ACTIVITY_COUNT] = {self->time.acquire, self->time.develop, self->time.care};
    double months = component_months(component);
    struct metric_moments period = expected_measure(parameters, role, slot, months, NORMAL);
    if (period.sd <= 0.0) {
        return; /* the role cannot move this metric */
    }
    struct horizon horizon = horizon_of(parameters, role, component, slot, stay);
    /* curvature of the cost in terms of this metric: 1/c_eff = R' C^-1 R */
    double mean_response[ACTIVITY_COUNT];
    double extra[ACTIVITY_COUNT];
    double inverse_cost = 0.0;
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        mean_response[k] = horizon.now[k] / horizon.weight;
    }
    effort_solve(shares, self->effort.cost, self->effort.substitution, pay, mean_response, extra);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        inverse_cost += mean_response[k] * extra[k];
    }
    double variance = period.sd * period.sd / months;
    double aversion = self->preferences.risk_aversion / (12.0 * pay);
    double theta = inverse_cost / variance - aversion;
    for (size_t p = 0; p < payoff.count; p++) {
        payoff.pieces[p].value *= kept * horizon.weight;
        payoff.pieces[p].slope *= kept * horizon.weight;
    }
    double lambda = payoff_marginal(&payoff, period.mean, period.sd, theta).lambda / horizon.weight;
    double cycles = component->type == COMPONENT_LTIP && component->every_months > 0
                        ? months / (double)component->every_months /* cycles open at a time */
                        : 1.0;
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        value[k] += lambda * (horizon.now[k] + horizon.later[k]) * cycles;
    }
}

/* A gate or multiplier, as a function of its measure, times what it acts on. */
static struct payoff factor_payoff(const struct component *component, size_t s, double quota,
                                   double pay) {
    struct payoff payoff = {.count = 1};
    if (s < slot_multiplier(component, 0)) {
        payoff.pieces[payoff.count++] =
            (struct payoff_piece){component->gates[s - slot_gate(0)].at_least * quota, pay, 0.0};
        return payoff;
    }
    const struct multiplier *multiplier =
        &component->multipliers[s - slot_multiplier(component, 0)];
    payoff = valuation_curve(&multiplier->factor, multiplier->between == BETWEEN_STEPS);
    for (size_t p = 0; p < payoff.count; p++) {
        payoff.pieces[p].from *= quota;
        payoff.pieces[p].value *= pay;
        payoff.pieces[p].slope *= pay / quota;
    }
    return payoff;
}

/* All measures of one component; different measures add (docs/model.md, section 4). */
static void component_value(const struct parameters *parameters, size_t role,
                            const struct component *component, double stay, double pay, double kept,
                            bool steady_only, double value[ACTIVITY_COUNT]) {
    static const double NORMAL[ACTIVITY_COUNT] = {1.0, 1.0, 1.0};
    struct valuation around = expected_around(parameters, role, component, 1.0, NORMAL);
    double months = component_months(component);
    for (size_t s = 0; s < slot_count(component); s++) {
        struct slot slot = slot_of(component, s);
        bool main = s == SLOT_MAIN;
        bool objective = !component_is_award(component) && component->objective_count > 0 &&
                         s >= slot_objective(component, 0);
        if (!slot_used(component, s) || s == SLOT_MATRIX || slot.metric == METRIC_OBJECTIVES) {
            continue;
        }
        double quota = expected_quota(parameters, role, &slot, months);
        struct payoff payoff;
        if (quota <= 0.0) {
            continue;
        }
        if (steady_only && (main || objective)) {
            continue;
        }
        if (main) {
            payoff = valuation_payoff(component, &around);
        } else if (objective) {
            struct valuation here = around;
            here.quota = quota;
            payoff = valuation_objective(component, s - slot_objective(component, 0), &here);
        } else if (around.factor > 0.0) {
            double paid = expected_period_pay(parameters, role, component, 1.0, NORMAL);
            payoff = factor_payoff(component, s, quota, paid / around.factor);
        } else {
            continue;
        }
        slot_value(parameters, role, component, &slot, stay, pay, kept, payoff, value);
    }
}

/* Of one component, or of all. */
static void plan_value(const struct parameters *parameters, size_t role, const struct plan *plan,
                       size_t component, double stay, bool steady_only,
                       double value[ACTIVITY_COUNT]) {
    static const double NORMAL[ACTIVITY_COUNT] = {1.0, 1.0, 1.0};
    double pay = parameters->roles[role].market_pay / 12.0;
    double lost[COMPONENTS_MOST];
    double capped;
    limits_lost(parameters, role, plan, NORMAL, stay, lost, &capped);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        value[k] = 0.0;
    }
    for (size_t c = 0; c < plan->component_count; c++) {
        bool asked = component == plan->component_count || component == c;
        if (asked && plan->components[c].type != COMPONENT_SHARES) {
            component_value(parameters, role, &plan->components[c], stay, pay, 1.0 - lost[c],
                            steady_only, value);
        }
    }
}

static double clamp(double x, double low, double high) {
    return x < low ? low : x > high ? high : x;
}

void effort_static(const struct parameters *parameters, size_t role, const struct plan *plan,
                   double stay, double effort[ACTIVITY_COUNT]) {
    const struct role *self = &parameters->roles[role];
    const double shares[ACTIVITY_COUNT] = {self->time.acquire, self->time.develop, self->time.care};
    double pay = self->market_pay / 12.0;
    double value[ACTIVITY_COUNT];
    double extra[ACTIVITY_COUNT];
    plan_value(parameters, role, plan, plan->component_count, stay, false, value);
    effort_solve(shares, self->effort.cost, self->effort.substitution, pay, value, extra);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        effort[k] = clamp(1.0 + extra[k], self->effort.lowest, self->effort.highest);
    }
}

void effort_steady(const struct parameters *parameters, size_t role, const struct plan *plan,
                   size_t component, double stay, double value[ACTIVITY_COUNT]) {
    plan_value(parameters, role, plan, component, stay, true, value);
}
