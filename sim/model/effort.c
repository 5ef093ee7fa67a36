#include "model/effort.h"

#include "base/mathematics.h"
#include "model/reference.h"
#include "plan/payoff.h"
#include "plan/payout.h"

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

double component_months(const struct component *component) {
    return component->type == COMPONENT_LTIP
               ? (double)component->cycle_months
               : (double)period_months((enum period)component->period);
}

double effort_quota(const struct parameters *parameters, size_t role,
                    const struct component *component, double months) {
    enum metric metric = (enum metric)component->metric;
    if (component->quota > 0.0) {
        return component->quota;
    }
    if (metric_kind(metric) == METRIC_INDEX) {
        return 1.0;
    }
    double mean = reference_metric(parameters, role, metric).mean * months;
    return parameters->roles[role].quota.level * mean;
}

/* What one unit of effort is worth through one component, per activity, in money a month. */
static void component_value(const struct parameters *parameters, size_t role,
                            const struct component *component, double stay, double pay,
                            double value[ACTIVITY_COUNT]) {
    const struct role *self = &parameters->roles[role];
    const double shares[ACTIVITY_COUNT] = {self->time.acquire, self->time.develop, self->time.care};
    enum metric metric = (enum metric)component->metric;
    double months = component_months(component);
    int length = (int)months;
    struct metric_moments month = reference_metric(parameters, role, metric);
    double quota = effort_quota(parameters, role, component, months);
    if (month.mean <= 0.0 || month.sd <= 0.0 || quota <= 0.0) {
        return; /* the role cannot move this metric */
    }
    double keep = math_power(1.0 + self->preferences.discount, -1.0 / 12.0) * stay;
    /* by months left h: the payment is h - 1 months away and counts beta unless it is now */
    double response[ACTIVITY_COUNT][RESPONSE_MONTHS];
    double now[ACTIVITY_COUNT] = {0.0};   /* lands inside the period, mean over its months */
    double later[ACTIVITY_COUNT] = {0.0}; /* lands in later periods, discounted */
    double weight = 0.0;                  /* mean perceived value of a unit paid at the end */
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        reference_response(parameters, role, metric, (enum activity)k, response[k]);
    }
    for (int h = 1; h <= length; h++) {
        double perceived =
            h == 1 ? 1.0 : self->preferences.present_bias * math_power(keep, (double)(h - 1));
        weight += perceived / months;
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            now[k] +=
                perceived * response[k][(h < RESPONSE_MONTHS ? h : RESPONSE_MONTHS) - 1] / months;
            for (int end = h + length; component->type != COMPONENT_LTIP && end <= RESPONSE_MONTHS;
                 end += length) {
                later[k] += self->preferences.present_bias * math_power(keep, (double)(end - 1)) *
                            (response[k][end - 1] - response[k][end - length - 1]) / months;
            }
        }
    }
    struct metric_moments period = reference_period(month, metric, months);
    /* curvature of the cost in terms of this metric: 1/c_eff = R' C^-1 R */
    double mean_response[ACTIVITY_COUNT];
    double extra[ACTIVITY_COUNT];
    double inverse_cost = 0.0;
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        mean_response[k] = now[k] / weight;
    }
    effort_solve(shares, self->effort.cost, self->effort.substitution, pay, mean_response, extra);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        inverse_cost += mean_response[k] * extra[k];
    }
    double variance = period.sd * period.sd / months;
    double aversion = self->preferences.risk_aversion / (12.0 * pay);
    double theta = inverse_cost / variance - aversion;
    struct payoff payoff = payout_payoff(component, quota, weight);
    if (component->type == COMPONENT_COMMISSION) {
        for (size_t p = 0; p < payoff.count; p++) {
            payoff.pieces[p].value *= weight;
            payoff.pieces[p].slope *= weight;
        }
    }
    double lambda = payoff_marginal(&payoff, period.mean, period.sd, theta).lambda / weight;
    double cycles = component->type == COMPONENT_LTIP
                        ? months / (double)component->every_months /* cycles open at a time */
                        : 1.0;
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        value[k] += lambda * (now[k] + later[k]) * cycles;
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
    double value[ACTIVITY_COUNT] = {0.0};
    double extra[ACTIVITY_COUNT];
    for (size_t c = 0; c < plan->component_count; c++) {
        if (plan->components[c].type != COMPONENT_SHARES) {
            component_value(parameters, role, &plan->components[c], stay, pay, value);
        }
    }
    effort_solve(shares, self->effort.cost, self->effort.substitution, pay, value, extra);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        effort[k] = clamp(1.0 + extra[k], self->effort.lowest, self->effort.highest);
    }
}
