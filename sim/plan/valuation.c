#include "plan/valuation.h"

#include "base/mathematics.h"
#include "plan/payout.h"

#include <assert.h>
#include <math.h>

static void add_piece(struct payoff *payoff, double from, double value, double slope) {
    assert(payoff->count < PAYOFF_PIECES);
    payoff->pieces[payoff->count++] = (struct payoff_piece){from, value, slope};
}

/* A payout curve whose `at` are in units of `quota` and whose values in units of `pay`. */
static struct payoff curve_payoff(const struct curve *curve, double slope_above, double quota,
                                  double pay) {
    struct payoff payoff = {.count = 1};
    for (size_t p = 0; p < curve->count; p++) {
        const struct point *from = &curve->points[p];
        bool last = p + 1 == curve->count;
        if (!last && curve->points[p + 1].at <= from->at) {
            continue; /* the lower end of a jump */
        }
        double slope = last ? slope_above
                            : (curve->points[p + 1].value - from->value) /
                                  (curve->points[p + 1].at - from->at);
        add_piece(&payoff, from->at * quota, pay * from->value, pay * slope / quota);
    }
    return payoff;
}

static double value_at(const struct payoff *payoff, size_t piece, double s) {
    double origin = piece == 0 ? 0.0 : payoff->pieces[piece].from;
    return payoff->pieces[piece].value + payoff->pieces[piece].slope * (s - origin);
}

/* (1 - part) a + part b, on the union of their breaks. */
static struct payoff mixed(const struct payoff *a, const struct payoff *b, double part) {
    struct payoff mix = {.count = 0};
    size_t i = 0;
    size_t j = 0;
    add_piece(&mix, 0.0, (1.0 - part) * a->pieces[0].value + part * b->pieces[0].value,
              (1.0 - part) * a->pieces[0].slope + part * b->pieces[0].slope);
    while (i + 1 < a->count || j + 1 < b->count) {
        double next_a = i + 1 < a->count ? a->pieces[i + 1].from : (double)INFINITY;
        double next_b = j + 1 < b->count ? b->pieces[j + 1].from : (double)INFINITY;
        double at = next_a < next_b ? next_a : next_b;
        i += next_a == at;
        j += next_b == at;
        add_piece(&mix, at, (1.0 - part) * value_at(a, i, at) + part * value_at(b, j, at),
                  (1.0 - part) * a->pieces[i].slope + part * b->pieces[j].slope);
    }
    return mix;
}

static struct payoff matrix_payoff(const struct component *component, double second, double quota,
                                   double pay) {
    const struct matrix_column *column = component->matrix.columns;
    size_t columns = component->matrix.column_count;
    size_t at = 0;
    while (at + 1 < columns && second >= column[at + 1].at) {
        at++;
    }
    struct payoff low = curve_payoff(&column[at].payout, component->slope_above, quota, pay);
    if (component->matrix.between == BETWEEN_STEPS || at + 1 == columns ||
        second <= column[at].at) {
        return low;
    }
    struct payoff high = curve_payoff(&column[at + 1].payout, component->slope_above, quota, pay);
    return mixed(&low, &high, (second - column[at].at) / (column[at + 1].at - column[at].at));
}

static struct payoff tiers_payoff(const struct component *component) {
    struct payoff payoff = {.count = 1};
    const struct curve *tiers = &component->tiers;
    bool retroactive = component->tier_rule == TIERS_RETROACTIVE;
    for (size_t t = 0; t < tiers->count; t++) {
        double at = tiers->points[t].at;
        double rate = tiers->points[t].value;
        add_piece(&payoff, at, retroactive ? rate * at : curve_tiers(tiers, at), rate);
    }
    return payoff;
}

/* Nothing below the threshold; above it the payoff of what counts. */
static struct payoff after_threshold(const struct component *component,
                                     const struct payoff *payoff) {
    double threshold = component->threshold;
    double shift = component->threshold_rule == THRESHOLD_FIRST_EURO ? 0.0 : threshold;
    struct payoff cut = {.count = 1};
    for (size_t p = 0; p < payoff->count; p++) {
        double from = p == 0 ? -(double)INFINITY : payoff->pieces[p].from + shift;
        double to = p + 1 < payoff->count ? payoff->pieces[p + 1].from + shift : (double)INFINITY;
        if (to <= threshold) {
            continue;
        }
        double at = from > threshold ? from : threshold;
        add_piece(&cut, at, value_at(payoff, p, at - shift), payoff->pieces[p].slope);
    }
    return cut;
}

/* At most `cap`: pieces above it become flat, one that crosses it is split. */
static struct payoff capped(const struct payoff *payoff, double cap) {
    struct payoff cut = {.count = 0};
    for (size_t p = 0; p < payoff->count && cut.count + 2 < PAYOFF_PIECES; p++) {
        const struct payoff_piece *piece = &payoff->pieces[p];
        double to = p + 1 < payoff->count ? payoff->pieces[p + 1].from : (double)INFINITY;
        bool above = piece->value > cap || (piece->value == cap && piece->slope >= 0.0);
        bool turns = above ? piece->slope < 0.0 : piece->slope > 0.0;
        double crossing = turns ? piece->from + (cap - piece->value) / piece->slope : to;
        add_piece(&cut, piece->from, above ? cap : piece->value, above ? 0.0 : piece->slope);
        if (crossing < to) {
            add_piece(&cut, crossing, cap, above ? piece->slope : 0.0);
        }
    }
    return cut;
}

static void scale_payoff(struct payoff *payoff, double factor, double credit) {
    for (size_t p = 0; p < payoff->count; p++) {
        payoff->pieces[p].value *= factor;
        payoff->pieces[p].slope *= factor * credit;
        payoff->pieces[p].from /= credit;
    }
}

static struct payoff commission_payoff(const struct component *component, double quota,
                                       double scale) {
    struct payoff payoff = {.count = 1};
    if (component->tiers.count > 0) {
        payoff = tiers_payoff(component);
    } else {
        double rate = component->rate > 0.0 ? component->rate
                      : quota > 0.0         ? payout_period_target(component) * scale / quota
                                            : 0.0;
        payoff.pieces[0].slope = rate;
        if (component->most_units > 0.0) {
            add_piece(&payoff, component->most_units, rate * component->most_units, 0.0);
        }
    }
    return component->threshold > 0.0 ? after_threshold(component, &payoff) : payoff;
}

/* Expected prize as a function of the own measure: so many of the rivals are better, binomially;
 * straight lines over a grid of a quarter of their standard deviation. */
static struct payoff ranking_payoff(const struct component *component,
                                    const struct valuation *around) {
    enum { STEPS = 33 };
    struct payoff payoff = {.count = 1};
    size_t rivals = (size_t)(around->rivals + 0.5);
    double target = payout_period_target(component) * around->scale;
    double values[STEPS] = {0.0};
    if (around->sd <= 0.0) {
        return payoff;
    }
    for (int g = 0; g < STEPS; g++) {
        double z = -4.0 + 0.25 * g;
        double better = normal_distribution(-z);
        double weight = math_exp((double)rivals * math_log1p(-better)); /* none is better */
        for (size_t above = 0; above <= rivals; above++) {
            double prize = 0.0;
            if (component->top_share > 0.0) {
                double places = ceil(component->top_share * ((double)rivals + 1.0) - 1e-9);
                prize = (double)above + 1.0 <= places ? target : 0.0;
            } else {
                for (size_t p = 0; p < component->prizes.count; p++) {
                    prize += component->prizes.points[p].at == (double)above + 1.0
                                 ? component->prizes.points[p].value
                                 : 0.0;
                }
            }
            values[g] += weight * prize;
            weight *= (double)(rivals - above) / ((double)above + 1.0) * better / (1.0 - better);
        }
    }
    payoff.pieces[0].value = values[0];
    for (int g = 0; g < STEPS; g++) {
        double at = around->mean + (-4.0 + 0.25 * g) * around->sd;
        double slope = g + 1 < STEPS ? (values[g + 1] - values[g]) / (0.25 * around->sd) : 0.0;
        add_piece(&payoff, at, values[g], slope);
    }
    return payoff;
}

struct payoff valuation_payoff(const struct component *component, const struct valuation *around) {
    double pay = payout_period_target(component) * around->scale;
    struct payoff payoff = {.count = 1};
    switch ((enum component_type)component->type) {
    case COMPONENT_COMMISSION:
        payoff = commission_payoff(component, around->quota, around->scale);
        break;
    case COMPONENT_BONUS:
    case COMPONENT_LTIP: {
        double quota = around->quota > 0.0 ? around->quota : 1.0;
        payoff = component->matrix.column_count > 0
                     ? matrix_payoff(component, around->second, quota, pay)
                     : curve_payoff(&component->payout, component->slope_above, quota, pay);
        break;
    }
    case COMPONENT_RANKING:
        payoff = ranking_payoff(component, around);
        break;
    case COMPONENT_OBJECTIVES:
    case COMPONENT_SHARES:
        return payoff;
    }
    if (component->cap > 0.0) {
        double cap = component->cap_place == CAP_BEFORE_MULTIPLIER || around->factor <= 0.0
                         ? component->cap
                         : component->cap / around->factor;
        payoff = capped(&payoff, cap);
    }
    bool flow = metric_kind((enum metric)component->metric) == METRIC_FLOW;
    bool credits = component->type != COMPONENT_LTIP && flow && component->credit.share > 0.0;
    scale_payoff(&payoff, around->factor, credits ? component->credit.share : 1.0);
    return payoff;
}

struct payoff valuation_curve(const struct curve *curve, bool steps) {
    struct payoff payoff = {.count = 1};
    if (curve->count == 0) {
        payoff.pieces[0].slope = 1.0;
        return payoff;
    }
    payoff = curve_payoff(curve, 0.0, 1.0, 1.0);
    payoff.pieces[0].value = curve->points[0].value;
    for (size_t p = 0; steps && p < payoff.count; p++) {
        payoff.pieces[p].slope = 0.0;
    }
    return payoff;
}

struct payoff valuation_objective(const struct component *component, size_t o,
                                  const struct valuation *around) {
    double weights = 0.0;
    for (size_t i = 0; i < component->objective_count; i++) {
        weights += component->objectives[i].weight;
    }
    const struct objective *objective = &component->objectives[o];
    double pay = payout_period_target(component) * around->scale * objective->weight / weights;
    double quota = around->quota > 0.0 ? around->quota : 1.0;
    struct payoff payoff = {.count = 1};
    if (objective->level.count == 0) {
        payoff.pieces[0].slope = pay / quota;
    } else {
        payoff = curve_payoff(&objective->level, 0.0, quota, pay);
    }
    scale_payoff(&payoff, around->factor, 1.0);
    return payoff;
}
