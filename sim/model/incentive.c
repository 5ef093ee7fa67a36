#include "model/incentive.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "model/effort.h"
#include "model/expectation.h"
#include "plan/valuation.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

double incentive_perceived(const struct incentive *incentive, int months) {
    if (months <= 0) {
        return 1.0;
    }
    return incentive->role->preferences.present_bias * math_power(incentive->keep, (double)months);
}

static int motive_months(const struct component *component) {
    int months = component->quota_basis == QUOTA_YEAR_TO_DATE && !component_is_award(component)
                     ? 12
                     : (int)component_months(component);
    return months < MOTIVE_MONTHS ? months : MOTIVE_MONTHS;
}

/* A payoff's unit: sums and indices as they are, means and ratios divided by the months. */
static void fill_responses(struct motive *motive, const struct parameters *parameters,
                           size_t role) {
    double response[RESPONSE_MONTHS];
    bool flow = motive->kind == METRIC_FLOW;
    double moved = (flow ? 1.0 : 1.0 / scope_heads(parameters, role, motive->measured.scope)) *
                   response_share(motive->measured.metric, (double)motive->months);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        reference_response(parameters, role, &motive->measured, (enum activity)k, response);
        for (int h = 1; h <= MOTIVE_MONTHS; h++) {
            motive->response[k][h] = moved * response[h - 1];
        }
    }
}

static void fill_curvature(struct motive *motive, const struct role *role) {
    const double shares[ACTIVITY_COUNT] = {role->time.acquire, role->time.develop, role->time.care};
    double sum = 0.0;
    for (int h = 1; h <= motive->months; h++) {
        double here[ACTIVITY_COUNT];
        double extra[ACTIVITY_COUNT];
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            here[k] = motive->response[k][h];
        }
        effort_solve(shares, role->effort.cost, role->effort.substitution, 1.0, here, extra);
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            sum += here[k] * extra[k];
        }
        motive->curvature[h] = sum / (double)h;
    }
}

/* What lands after the period earns the mean slope of later ones, when they are paid. */
static void fill_later(struct incentive *incentive, struct motive *motive, bool repeats) {
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        for (int h = 1; h <= motive->months; h++) {
            double worth = 0.0;
            for (int end = h + motive->months; repeats && end <= MOTIVE_MONTHS;
                 end += motive->months) {
                worth += incentive_perceived(incentive, end - 1) *
                         (motive->response[k][end] - motive->response[k][end - motive->months]);
            }
            motive->later[k][h] = worth * motive->slope;
        }
    }
}

/* Law of what is added to a measure in `months`, starting from `so_far`. */
struct outlook {
    double mean;
    double sd;
};

static struct outlook outlook_of(const struct motive *motive, int months, double so_far,
                                 double ahead, double output, double others) {
    double n = (double)months;
    double crew = others + output;
    struct outlook outlook = {motive->mean, motive->sd};
    switch (motive->kind) {
    case METRIC_FLOW:
        outlook.mean = motive->mean * n * crew;
        if (!isnan(ahead)) {
            outlook.mean = ahead + motive->mean * n * others;
        }
        outlook.sd = motive->sd * sqrt(n * crew);
        break;
    case METRIC_INDEX:
        outlook.mean = so_far * (math_power(motive->mean, n) - 1.0);
        outlook.sd = so_far * motive->sd * sqrt(n / (1.0 + others));
        break;
    case METRIC_MEAN:
        outlook.mean = motive->mean * n / (double)motive->months;
        outlook.sd = motive->sd * n / (double)motive->months / sqrt(1.0 + others);
        break;
    case METRIC_END:
    case METRIC_RATIO:
        outlook.sd = motive->sd / sqrt(1.0 + others);
        break;
    }
    return outlook;
}

static double fresh_slope(const struct incentive *incentive, const struct motive *motive) {
    const struct role *role = incentive->role;
    double pay = role->market_pay / 12.0;
    double start = motive->kind == METRIC_INDEX ? 1.0 : 0.0;
    struct outlook ahead = outlook_of(motive, motive->months, start, (double)NAN, 1.0, 0.0);
    double variance = ahead.sd * ahead.sd / (double)motive->months;
    if (variance <= 0.0) {
        return 0.0;
    }
    double theta = motive->curvature[motive->months] / (pay * variance) -
                   role->preferences.risk_aversion / (12.0 * pay);
    double weight = 0.0; /* perceived, mean over the months of the period */
    for (int h = 1; h <= motive->months; h++) {
        weight += incentive_perceived(incentive, h - 1) / (double)motive->months;
    }
    struct payoff seen = motive->payoff;
    for (size_t p = 0; p < seen.count; p++) {
        seen.pieces[p].value *= weight;
        seen.pieces[p].slope *= weight;
    }
    return payoff_marginal(&seen, start + ahead.mean, ahead.sd, theta).lambda / weight;
}

static bool motive_init(struct incentive *incentive, const struct parameters *parameters,
                        size_t role, const struct component *component, size_t s,
                        struct motive *motive) {
    static const double NORMAL[ACTIVITY_COUNT] = {1.0, 1.0, 1.0};
    struct slot slot = slot_of(component, s);
    double months = component_months(component);
    bool objective = s != SLOT_MAIN;
    if (slot.metric == METRIC_OBJECTIVES) {
        return false;
    }
    *motive = (struct motive){.slot = s,
                              .measured = slot,
                              .kind = metric_kind(slot.metric),
                              .months = motive_months(component)};
    struct valuation around = expected_around(parameters, role, component, 1.0, NORMAL);
    double quota = expected_quota(parameters, role, &slot, months);
    around.quota = quota;
    if (quota <= 0.0) {
        return false;
    }
    motive->payoff = objective
                         ? valuation_objective(component, s - slot_objective(component, 0), &around)
                         : valuation_payoff(component, &around);
    double periods = (double)motive->months / months; /* a quota to date: so many periods */
    for (size_t p = 0; p < motive->payoff.count; p++) {
        motive->payoff.pieces[p].from *= periods;
        motive->payoff.pieces[p].value *= periods;
    }
    bool flow = motive->kind == METRIC_FLOW;
    motive->stretches = flow && (objective || component->type == COMPONENT_BONUS ||
                                 component->type == COMPONENT_LTIP);
    motive->quota = quota * (flow ? periods : 1.0);
    struct slot alone = slot; /* what the person adds; colleagues are counted apart */
    alone.scope = metric_of_firm(slot.metric) ? slot.scope : SCOPE_PERSON;
    struct metric_moments month = reference_metric(parameters, role, &alone);
    motive->mean = month.mean;
    motive->sd = month.sd;
    if (slot.metric == METRIC_BOOKINGS) {
        alone.metric = METRIC_EXPANSION_REVENUE;
        motive->rest = reference_metric(parameters, role, &alone).mean;
    }
    if (motive->sd <= 0.0) {
        return false; /* the role cannot move this */
    }
    fill_responses(motive, parameters, role);
    fill_curvature(motive, incentive->role);
    if (motive->curvature[motive->months] <= 0.0) {
        return false;
    }
    motive->slope = fresh_slope(incentive, motive);
    fill_later(incentive, motive, component->type != COMPONENT_LTIP);
    return true;
}

static bool same_measure(const struct slot *a, const struct slot *b) {
    return a->metric == b->metric && a->scope == b->scope &&
           a->recurring_months == b->recurring_months &&
           (a->product == b->product || (*a->product == '\0' && *b->product == '\0'));
}

/* Motives on the same measure next to each other, otherwise in the order of the plan. */
static void group_motives(struct incentive *incentive) {
    for (size_t i = 1; i < incentive->count; i++) {
        size_t to = i;
        for (size_t j = 0; j < i; j++) {
            if (same_measure(&incentive->motives[j].measured, &incentive->motives[i].measured)) {
                to = j + 1;
            }
        }
        struct motive moving = incentive->motives[i];
        memmove(&incentive->motives[to + 1], &incentive->motives[to],
                (i - to) * sizeof *incentive->motives);
        incentive->motives[to] = moving;
    }
}

bool incentive_init(struct incentive *incentive, const struct parameters *parameters, size_t role,
                    const struct plan *plan, double stay, struct error *error) {
    const struct role *self = &parameters->roles[role];
    size_t most = 0;
    for (size_t c = 0; c < plan->component_count; c++) {
        most += slot_count(&plan->components[c]);
    }
    *incentive = (struct incentive){
        .role = self,
        .keep = math_power(1.0 + self->preferences.discount, -1.0 / 12.0) * stay,
        .motives = memory_array(most, sizeof *incentive->motives, "measures of a plan", error)};
    if (incentive->motives == NULL) {
        return false;
    }
    for (size_t c = 0; c < plan->component_count; c++) {
        const struct component *component = &plan->components[c];
        for (size_t s = 0; s < slot_count(component); s++) {
            bool pays = s == SLOT_MAIN ||
                        (component->objective_count > 0 && s >= slot_objective(component, 0));
            struct motive *motive = &incentive->motives[incentive->count];
            if (pays && slot_used(component, s) &&
                motive_init(incentive, parameters, role, component, s, motive)) {
                motive->component = c;
                incentive->count++;
            }
        }
    }
    group_motives(incentive);
    return true;
}

void incentive_free(struct incentive *incentive) {
    free(incentive->motives);
    *incentive = (struct incentive){0};
}

/* One payoff in terms of what is still to come. */
struct part {
    const struct payoff *payoff;
    double stretch; /* of its breaks */
    double pay;     /* of its values */
    double so_far;
};

static double part_break(const struct part *part, size_t piece) {
    return part->payoff->pieces[piece].from * part->stretch - part->so_far;
}

static double part_slope(const struct part *part, size_t piece) {
    return part->payoff->pieces[piece].slope * part->pay / part->stretch;
}

static double part_value(const struct part *part, size_t piece, double x) {
    double origin = piece == 0 ? -part->so_far : part_break(part, piece);
    return part->payoff->pieces[piece].value * part->pay + part_slope(part, piece) * (x - origin);
}

/* Payoffs that end together are one: their sum, on the union of the breaks, each times `weight`. */
static void sum_parts(const struct part *parts, size_t count, double weight, struct payoff *sum) {
    size_t at[MOTIVE_PARTS] = {0};
    sum->count = 0;
    for (double x = -(double)INFINITY;;) {
        double value = 0.0;
        double slope = 0.0;
        double next = (double)INFINITY;
        double origin = sum->count == 0 ? 0.0 : x;
        for (size_t i = 0; i < count; i++) {
            value += part_value(&parts[i], at[i], origin);
            slope += part_slope(&parts[i], at[i]);
            if (at[i] + 1 < parts[i].payoff->count) {
                double here = part_break(&parts[i], at[i] + 1);
                next = here < next ? here : next;
            }
        }
        sum->pieces[sum->count++] = (struct payoff_piece){x, value * weight, slope * weight};
        if (isinf(next) || sum->count == PAYOFF_PIECES) {
            return;
        }
        for (size_t i = 0; i < count; i++) {
            while (at[i] + 1 < parts[i].payoff->count && part_break(&parts[i], at[i] + 1) <= next) {
                at[i]++;
            }
        }
        x = next;
    }
}

/* Payoffs of one measure that end in the same month. */
struct ending {
    int left;
    size_t first; /* of the sorted standings */
    size_t count;
    double slope; /* perceived worth of a unit, flat: what the other endings take it for */
    double lambda;
};

static struct part part_of(const struct incentive *incentive, const struct standing *standing,
                           double pay) {
    const struct motive *motive = &incentive->motives[standing->motive];
    bool stretches = motive->stretches && standing->quota > 0.0;
    bool commission = motive->kind == METRIC_FLOW && !motive->stretches;
    return (struct part){.payoff = &motive->payoff,
                         .stretch = stretches ? standing->quota / motive->quota : 1.0,
                         .pay = commission ? 1.0 : pay,
                         .so_far = standing->so_far};
}

/* Flat where the measure can end up: one more unit is worth nothing. */
static bool is_flat(const struct payoff *payoff, double mean, double sd) {
    double low = mean - 8.0 * sd;
    double high = mean + 8.0 * sd;
    for (size_t p = 0; p < payoff->count; p++) {
        double from = p == 0 ? -(double)INFINITY : payoff->pieces[p].from;
        double to = p + 1 < payoff->count ? payoff->pieces[p + 1].from : (double)INFINITY;
        if (from <= low && to >= high) {
            return payoff->pieces[p].slope == 0.0;
        }
    }
    return false;
}

/* Marginal value of the payoffs that end together when everything else of the measure pays
 * `elsewhere` per unit: theta times it shifts the mean, and is taken off again. */
static double ending_lambda(const struct incentive *incentive, const struct standing *standings,
                            const struct ending *ending, double elsewhere, double level) {
    const struct role *role = incentive->role;
    const struct standing *first = &standings[ending->first];
    const struct motive *motive = &incentive->motives[first->motive];
    struct part parts[MOTIVE_PARTS];
    struct payoff payoff;
    double pay = role->market_pay / 12.0 * level;
    struct outlook ahead =
        outlook_of(motive, ending->left, first->so_far, first->ahead, first->output, first->others);
    double variance = ahead.sd * ahead.sd / (double)ending->left;
    double scale = motive->kind == METRIC_FLOW ? first->output : 1.0;
    double theta = scale * scale * motive->curvature[ending->left] / (pay * variance) -
                   role->preferences.risk_aversion / (12.0 * pay);
    for (size_t i = 0; i < ending->count; i++) {
        parts[i] = part_of(incentive, &standings[ending->first + i], level);
    }
    sum_parts(parts, ending->count, incentive_perceived(incentive, ending->left - 1), &payoff);
    double mean = ahead.mean + theta * elsewhere * ahead.sd * ahead.sd;
    if (is_flat(&payoff, mean, ahead.sd)) {
        return 0.0;
    }
    return payoff_marginal(&payoff, mean, ahead.sd, theta).lambda;
}

/* Standings of one measure, by the end of their periods. */
static void measure_value(const struct incentive *incentive, struct standing *standings,
                          size_t count, double level, double value[ACTIVITY_COUNT]) {
    struct ending endings[MOTIVE_PARTS];
    size_t ends = 0;
    double all = 0.0;
    for (size_t i = 1; i < count; i++) { /* few: insertion sort */
        struct standing moving = standings[i];
        size_t j = i;
        for (; j > 0 && standings[j - 1].left > moving.left; j--) {
            standings[j] = standings[j - 1];
        }
        standings[j] = moving;
    }
    for (size_t i = 0; i < count; i++) {
        const struct motive *motive = &incentive->motives[standings[i].motive];
        double worth = motive->slope * incentive_perceived(incentive, standings[i].left - 1);
        if (ends == 0 || endings[ends - 1].left != standings[i].left) {
            endings[ends++] = (struct ending){.left = standings[i].left, .first = i};
        }
        endings[ends - 1].count++;
        endings[ends - 1].slope += worth;
        all += worth;
    }
    double longer = 0.0;
    for (size_t e = ends; e-- > 0;) { /* long ones first; the shortest knows what they are worth */
        double elsewhere = e > 0 ? all - endings[e].slope : longer;
        endings[e].lambda = ending_lambda(incentive, standings, &endings[e], elsewhere, level);
        longer += endings[e].lambda;
    }
    for (size_t e = 0; e < ends; e++) {
        const struct motive *motive = &incentive->motives[standings[endings[e].first].motive];
        double scale = motive->kind == METRIC_FLOW ? standings[endings[e].first].output : 1.0;
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            value[k] += scale * endings[e].lambda * motive->response[k][endings[e].left];
        }
    }
    for (size_t i = 0; i < count; i++) {
        const struct motive *motive = &incentive->motives[standings[i].motive];
        double scale = motive->kind == METRIC_FLOW ? standings[i].output : 1.0;
        double grown = motive->stretches ? level : 1.0;
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            value[k] += scale * grown * motive->later[k][standings[i].left];
        }
    }
}

void incentive_value(const struct incentive *incentive, const struct standing *standings,
                     size_t count, double pay, double value[ACTIVITY_COUNT]) {
    struct standing group[MOTIVE_PARTS];
    for (size_t first = 0; first < count;) {
        const struct slot *slot = &incentive->motives[standings[first].motive].measured;
        size_t size = 0;
        while (first + size < count && size < MOTIVE_PARTS &&
               same_measure(slot, &incentive->motives[standings[first + size].motive].measured)) {
            group[size] = standings[first + size];
            size++;
        }
        measure_value(incentive, group, size, pay, value);
        first += size;
    }
}

bool incentive_same_measure(const struct incentive *incentive, const struct standing *a,
                            const struct standing *b) {
    return same_measure(&incentive->motives[a->motive].measured,
                        &incentive->motives[b->motive].measured);
}

size_t incentive_payoff_now(const struct incentive *incentive, const struct standing *standings,
                            size_t count, double pay, struct payoff *payoff, double *next) {
    struct part parts[MOTIVE_PARTS];
    size_t ending = 0;
    *next = 0.0;
    for (size_t i = 0; i < count && ending < MOTIVE_PARTS; i++) {
        const struct motive *motive = &incentive->motives[standings[i].motive];
        if (standings[i].left != 1) {
            continue;
        }
        parts[ending++] = part_of(incentive, &standings[i], pay);
        *next += motive->slope * (motive->stretches ? pay : 1.0) *
                 incentive_perceived(incentive, motive->months);
    }
    if (ending > 0) {
        sum_parts(parts, ending, 1.0, payoff);
    }
    return ending;
}
