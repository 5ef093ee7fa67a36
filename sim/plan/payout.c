#include "plan/payout.h"

#include <assert.h>
#include <math.h>

double payout_period_target(const struct component *component) {
    return component_is_award(component)
               ? component->target
               : component->target * period_months((enum period)component->period) / 12.0;
}

static double curve_share(const struct component *component, const struct curve *curve,
                          double attainment) {
    return component->edge == EDGE_EXCEEDED
               ? curve_value_exceeded(curve, component->slope_above, attainment)
               : curve_value(curve, component->slope_above, attainment);
}

double payout_share(const struct component *component, double attainment, double second) {
    size_t columns = component->matrix.column_count;
    if (columns == 0) {
        return curve_share(component, &component->payout, attainment);
    }
    const struct matrix_column *column = component->matrix.columns;
    size_t at = 0;
    while (at + 1 < columns && curve_reached(second, column[at + 1].at)) {
        at++;
    }
    double low = curve_share(component, &column[at].payout, attainment);
    if (component->matrix.between == BETWEEN_STEPS || at + 1 == columns ||
        second <= column[at].at) {
        return low;
    }
    double high = curve_share(component, &column[at + 1].payout, attainment);
    return low + (high - low) * (second - column[at].at) / (column[at + 1].at - column[at].at);
}

static bool threshold_passed(const struct component *component, double x, double threshold) {
    return component->edge == EDGE_EXCEEDED ? !curve_reached(threshold, x)
                                            : curve_reached(x, threshold);
}

/* The part of a commission's measure that is paid: unit limit, then threshold. */
static double commission_base(const struct component *component, size_t index,
                              const struct period_result *result, struct trace *trace) {
    double base = result->weighted;
    if (result->weighted != result->measure) {
        trace_add(trace, TRACE_FACTORS, index, 0, result->measure,
                  result->measure != 0.0 ? base / result->measure : 0.0, base);
    }
    double most = component->most_units * result->periods;
    if (most > 0.0) {
        double counted = base < most ? base : most;
        trace_add(trace, TRACE_UNITS, index, 0, base, most, counted);
        base = counted;
    }
    double threshold = component->threshold * result->periods;
    if (threshold > 0.0) {
        double counted = 0.0;
        if (threshold_passed(component, base, threshold)) {
            counted = component->threshold_rule == THRESHOLD_FIRST_EURO ? base : base - threshold;
        }
        trace_add(trace, TRACE_THRESHOLD, index, 0, base, threshold, counted);
        base = counted;
    }
    return base;
}

static double tiers_value(const struct component *component, double x) {
    return component->tier_rule == TIERS_RETROACTIVE
               ? curve_tiers_retroactive(&component->tiers, component->tier_edge == EDGE_UPPER, x)
               : curve_tiers(&component->tiers, x);
}

static double commission(const struct component *component, size_t index,
                         const struct period_result *result, struct trace *trace) {
    double base = commission_base(component, index, result, trace);
    if (component->tiers.count > 0) { /* tiers are written for a whole period */
        double periods = result->periods;
        double pay = periods > 0.0 ? periods * tiers_value(component, base / periods) : 0.0;
        trace_add(trace, TRACE_TIERS, index, 0, base, base != 0.0 ? pay / base : 0.0, pay);
        return pay;
    }
    double rate = component->rate;
    if (rate == 0.0 && result->quota > 0.0) { /* individual: own target pay over own quota */
        rate = payout_period_target(component) * result->scale * result->periods / result->quota;
    }
    trace_add(trace, TRACE_RATE, index, 0, base, rate, base * rate);
    return base * rate;
}

static double objectives_share(const struct component *component, size_t index,
                               const struct period_result *result, struct trace *trace) {
    double weights = 0.0;
    double share = 0.0;
    for (size_t o = 0; o < component->objective_count; o++) {
        weights += component->objectives[o].weight;
    }
    for (size_t o = 0; o < component->objective_count; o++) {
        const struct objective *objective = &component->objectives[o];
        double attainment = result->attainment[slot_objective(component, o)];
        double level = objective->level.count > 0 ? curve_value(&objective->level, 0.0, attainment)
                                                  : attainment;
        double weight = objective->weight / weights;
        trace_add(trace, TRACE_OBJECTIVE, index, o, level, weight, level * weight);
        share += level * weight;
    }
    return share;
}

/* Share of the target, and the target of so much of a period. */
static double target_pay(const struct component *component, size_t index,
                         const struct period_result *result, struct trace *trace) {
    double share;
    if (component->type == COMPONENT_OBJECTIVES) {
        share = objectives_share(component, index, result, trace);
        if (component->payout.count > 0) {
            double total = share;
            share = payout_share(component, total, 0.0);
            trace_add(trace, TRACE_CURVE, index, 0, total, 0.0, share);
        }
    } else {
        double attainment = result->attainment[SLOT_MAIN];
        double second = component->matrix.column_count > 0 ? result->attainment[SLOT_MATRIX] : 0.0;
        share = payout_share(component, attainment, second);
        trace_add(trace, component->matrix.column_count > 0 ? TRACE_MATRIX : TRACE_CURVE, index, 0,
                  attainment, second, share);
    }
    double target = payout_period_target(component) * result->scale * result->periods;
    trace_add(trace, TRACE_TARGET, index, 0, share, target, share * target);
    return share * target;
}

bool payout_gate_open(const struct component *component, size_t gate, double attainment) {
    return threshold_passed(component, attainment, component->gates[gate].at_least);
}

static double gated(const struct component *component, size_t index,
                    const struct period_result *result, double pay, struct trace *trace) {
    for (size_t g = 0; g < component->gate_count; g++) {
        double attainment = result->attainment[slot_gate(g)];
        if (!payout_gate_open(component, g, attainment)) {
            pay = 0.0;
        }
        trace_add(trace, TRACE_GATE, index, g, attainment, component->gates[g].at_least, pay);
    }
    return pay;
}

static double capped(const struct component *component, size_t index,
                     const struct period_result *result, double pay, struct trace *trace) {
    double cap = component->cap * result->periods;
    if (component->cap > 0.0) {
        double most = pay > cap ? cap : pay;
        trace_add(trace, TRACE_CAP, index, 0, pay, cap, most);
        return most;
    }
    return pay;
}

double payout_multiplier(const struct multiplier *multiplier, double attainment) {
    const struct curve *factor = &multiplier->factor;
    return multiplier->between == BETWEEN_STEPS
               ? curve_step(factor, factor->points[0].value, attainment)
               : curve_level(factor, attainment);
}

static double multiplied(const struct component *component, size_t index,
                         const struct period_result *result, double pay, struct trace *trace) {
    for (size_t m = 0; m < component->multiplier_count; m++) {
        double attainment = result->attainment[slot_multiplier(component, m)];
        double factor = payout_multiplier(&component->multipliers[m], attainment);
        pay *= factor;
        trace_add(trace, TRACE_MULTIPLIER, index, m, attainment, factor, pay);
    }
    return pay;
}

double payout_earned(const struct component *component, size_t index,
                     const struct period_result *result, struct trace *trace) {
    double pay = component->type == COMPONENT_COMMISSION
                     ? commission(component, index, result, trace)
                     : target_pay(component, index, result, trace);
    if (component->share_by != SHARE_EACH) {
        trace_add(trace, TRACE_SHARED, index, 0, pay, result->share, pay * result->share);
        pay *= result->share;
    }
    pay = gated(component, index, result, pay, trace);
    if (component->cap_place == CAP_BEFORE_MULTIPLIER) {
        return multiplied(component, index, result, capped(component, index, result, pay, trace),
                          trace);
    }
    return capped(component, index, result, multiplied(component, index, result, pay, trace),
                  trace);
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

double payout_prize(const struct component *component, double target, size_t rank, size_t count) {
    if (component->top_share > 0.0) {
        double places = ceil(component->top_share * (double)count - 1e-9);
        return (double)rank <= places ? target : 0.0;
    }
    for (size_t p = 0; p < component->prizes.count; p++) {
        if (component->prizes.points[p].at == (double)rank) {
            return component->prizes.points[p].value;
        }
    }
    return 0.0;
}

void payout_ranking(const struct component *component, double target, const double *measures,
                    size_t count, double *prizes) {
    for (size_t i = 0; i < count; i++) {
        size_t better = 0;
        size_t same = 0;
        for (size_t j = 0; j < count; j++) { /* sums of cents that differ by rounding are a tie */
            bool not_worse = curve_reached(measures[j], measures[i]);
            bool reached = curve_reached(measures[i], measures[j]);
            better += !reached;
            same += not_worse && reached;
        }
        double sum = 0.0;
        for (size_t rank = better + 1; rank <= better + same; rank++) {
            sum += payout_prize(component, target, rank, count);
        }
        prizes[i] = measures[i] > 0.0 ? sum / (double)same : 0.0;
    }
}

double payout_round(double amount) {
    if (amount == 0.0) { /* of most months */
        return 0.0;
    }
    double cents = fabs(amount) * 100.0;
    double hair = cents * 1e-15; /* a few roundings of a number of this size */
    hair = hair < 1e-7 ? 1e-7 : (hair > 1e-3 ? 1e-3 : hair);
    cents = floor(cents + 0.5 + hair);
    return amount < 0.0 ? -cents / 100.0 : cents / 100.0;
}
