#include "model/incentive.h"

#include "base/mathematics.h"

#include <assert.h>
#include <math.h>

/* One payoff in terms of what is still to come. */
struct part {
    const struct payoff *payoff;
    double stretch; /* of its breaks */
    double pay;     /* of its values, as perceived today */
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

/* Payoffs that end together are one: their sum, on the union of the breaks. */
static void sum_parts(const struct part *parts, size_t count, struct payoff *sum) {
    size_t at[2 * MOTIVE_PARTS];
    for (size_t i = 0; i < count; i++) {
        at[i] = 0;
    }
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
        sum->pieces[sum->count++] = (struct payoff_piece){x, value, slope};
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

/* The payoff of a standing, and what its ratchet takes away a period later, where a unit is worth
 * so much. */
static size_t add_parts(const struct incentive *incentive, const struct standing *standing,
                        double worth, double pay, struct part *parts) {
    const struct motive *motive = &incentive->motives[standing->motive];
    bool stretches = motive->stretches && standing->quota > 0.0;
    bool commission = motive->kind == METRIC_FLOW && !motive->stretches;
    double scale = (commission ? 1.0 : pay) * (1.0 - standing->lost);
    parts[0] = (struct part){.payoff = &motive->payoff,
                             .stretch = stretches ? standing->quota / motive->quota : 1.0,
                             .pay = scale * motive->perceived[standing->left - 1],
                             .so_far = standing->so_far};
    if (motive->ratchet.count == 0 || standing->last) {
        return 1;
    }
    parts[1] = parts[0];
    parts[1].payoff = &motive->ratchet;
    parts[1].pay =
        worth * parts[0].stretch * motive->perceived[standing->left - 1 + motive->months];
    return 2;
}

/* Bounds of one measure that is paid alone: a guarantee, what the cap leaves of the year. */
static void bend_payoff(const struct incentive *incentive, const struct standing *standing,
                        struct payoff *payoff) {
    if (standing->least > 0.0 || standing->most > 0.0) {
        const struct motive *motive = &incentive->motives[standing->motive];
        double unit = motive->perceived[standing->left - 1] * (1.0 - standing->lost);
        payoff_clamp(payoff, standing->least > 0.0 ? unit * standing->least : -(double)INFINITY,
                     standing->most > 0.0 ? unit * standing->most : (double)INFINITY);
    }
}

static double standing_worth(const struct incentive *incentive, const struct standing *standing,
                             double level) {
    return motive_worth(incentive, &incentive->motives[standing->motive], standing->quota,
                        standing->output, standing->others, level);
}

/* Cycles of one award that overlap: a fresh one is worth the same, whatever has been reached. */
static bool same_worth(const struct incentive *incentive, const struct standing *a,
                       const struct standing *b) {
    return a->motive == b->motive && a->output == b->output && a->others == b->others &&
           (a->quota == b->quota || !incentive->motives[a->motive].stretches);
}

/* Flat where the measure can end up, also by all the effort that slopes and jumps elsewhere could
 * pay for (a jump B moves the mean by up to sqrt(2 theta B) sd): one more unit is worth nothing. */
static bool is_flat(const struct payoff *payoff, double mean, double sd, double theta) {
    size_t at = payoff->count - 1;
    while (at > 0 && mean < payoff->pieces[at].from) {
        at--;
    }
    if (payoff->pieces[at].slope != 0.0) {
        return false;
    }
    double steepest = 0.0;
    double jumps = 0.0;
    for (size_t p = 0; p < payoff->count; p++) {
        const struct payoff_piece *piece = &payoff->pieces[p];
        const struct payoff_piece *before = &payoff->pieces[p > 0 ? p - 1 : 0];
        double ends = before->value + before->slope * (piece->from - (p > 1 ? before->from : 0.0));
        steepest = fmax(steepest, fabs(piece->slope));
        jumps += p > 0 ? fabs(piece->value - ends) : 0.0;
    }
    double reach = 8.0 + 2.0 * fabs(theta) * steepest * sd + sqrt(2.0 * fabs(theta) * jumps);
    double from = at == 0 ? -(double)INFINITY : payoff->pieces[at].from;
    double to = at + 1 < payoff->count ? payoff->pieces[at + 1].from : (double)INFINITY;
    return from <= mean - reach * sd && to >= mean + reach * sd;
}

static double theta_of(const struct incentive *incentive, const struct standing *standing, int left,
                       struct outlook ahead, double level) {
    const struct role *role = incentive->role;
    const struct motive *motive = &incentive->motives[standing->motive];
    double pay = role->market_pay / 12.0 * level;
    double variance = ahead.sd * ahead.sd / (double)left;
    double scale = motive->kind == METRIC_FLOW ? standing->output : 1.0;
    return scale * scale * motive->curvature[left] / (pay * variance) -
           role->preferences.risk_aversion / (12.0 * pay);
}

double incentive_theta(const struct incentive *incentive, const struct standing *standing,
                       double level) {
    struct outlook ahead =
        motive_outlook(&incentive->motives[standing->motive], standing->left, standing->so_far,
                       standing->ahead, standing->output, standing->others);
    return theta_of(incentive, standing, standing->left, ahead, level);
}

/* Marginal value of the payoffs that end together when everything else of the measure pays
 * `elsewhere` per unit: theta times it shifts the mean, and is taken off again. */
static double ending_lambda(const struct incentive *incentive, const struct standing *standings,
                            const double *worths, const struct ending *ending, double elsewhere,
                            double level) {
    const struct standing *first = &standings[ending->first];
    const struct motive *motive = &incentive->motives[first->motive];
    struct part parts[2 * MOTIVE_PARTS];
    size_t part_count = 0;
    struct payoff payoff;
    struct outlook ahead = motive_outlook(motive, ending->left, first->so_far, first->ahead,
                                          first->output, first->others);
    double theta = theta_of(incentive, first, ending->left, ahead, level);
    for (size_t i = 0; i < ending->count; i++) {
        size_t at = ending->first + i;
        part_count += add_parts(incentive, &standings[at], worths[at], level, &parts[part_count]);
    }
    sum_parts(parts, part_count, &payoff);
    bend_payoff(incentive, first, &payoff);
    double mean = ahead.mean + theta * elsewhere * ahead.sd * ahead.sd;
    if (is_flat(&payoff, mean, ahead.sd, theta)) {
        return 0.0;
    }
    return payoff_lambda(&payoff, mean, ahead.sd, theta);
}

/* What lands in later periods, in which a unit is worth so much before its ratchet. */
static void add_later(const struct incentive *incentive, const struct standing *standing,
                      double worth, double value[ACTIVITY_COUNT]) {
    const struct motive *motive = &incentive->motives[standing->motive];
    double scale = motive->kind == METRIC_FLOW ? standing->output : 1.0;
    for (int k = 0; k < ACTIVITY_COUNT && !standing->last; k++) {
        value[k] += scale * worth * motive->left * motive->later[k][standing->left];
    }
}

/* Standings of one measure, by the end of their periods. */
static void measure_value(const struct incentive *incentive, struct standing *standings,
                          size_t count, double level, double value[ACTIVITY_COUNT]) {
    struct ending endings[MOTIVE_PARTS];
    double worths[MOTIVE_PARTS]; /* of a unit in a fresh period */
    struct ending *ending = NULL;
    size_t ends = 0;
    double fresh = 0.0;
    double shorter = 0.0; /* mean worth of a unit in the endings that have not been looked at yet */
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
        if (i == 0 || !same_worth(incentive, &standings[i], &standings[i - 1])) {
            fresh = standing_worth(incentive, &standings[i], level);
        }
        worths[i] = fresh;
        double worth = fresh * motive->left * motive->perceived[standings[i].left - 1];
        if (ending == NULL || ending->left != standings[i].left) {
            ending = &endings[ends++];
            *ending = (struct ending){.left = standings[i].left, .first = i};
        }
        ending->count++;
        ending->slope += worth;
        shorter += worth;
    }
    double longer = 0.0;
    for (size_t e = ends; e-- > 0;) { /* long ones first; shorter ones know what they are worth */
        shorter -= endings[e].slope;
        endings[e].lambda =
            ending_lambda(incentive, standings, worths, &endings[e], shorter + longer, level);
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
        add_later(incentive, &standings[i], worths[i], value);
    }
}

void incentive_later(const struct incentive *incentive, const struct standing *standing, double pay,
                     double value[ACTIVITY_COUNT]) {
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        value[k] = 0.0;
    }
    add_later(incentive, standing, standing_worth(incentive, standing, pay), value);
}

void incentive_value(const struct incentive *incentive, const struct standing *standings,
                     size_t count, double pay, double value[ACTIVITY_COUNT]) {
    struct standing group[MOTIVE_PARTS];
    assert(count <= MOTIVE_PARTS);
    for (size_t first = 0; first < count;) {
        size_t measure = incentive->motives[standings[first].motive].measure;
        size_t size = 0;
        while (first + size < count &&
               incentive->motives[standings[first + size].motive].measure == measure) {
            group[size] = standings[first + size];
            size++;
        }
        measure_value(incentive, group, size, pay, value);
        first += size;
    }
}

bool incentive_same_measure(const struct incentive *incentive, const struct standing *a,
                            const struct standing *b) {
    return incentive->motives[a->motive].measure == incentive->motives[b->motive].measure;
}

size_t incentive_payoff_now(const struct incentive *incentive, const struct standing *standings,
                            size_t count, double pay, struct payoff *payoff, double *next) {
    struct part parts[2 * MOTIVE_PARTS];
    size_t part_count = 0;
    size_t ending = 0;
    size_t bent = 0;
    *next = 0.0;
    assert(count <= MOTIVE_PARTS);
    for (size_t i = 0; i < count; i++) {
        const struct motive *motive = &incentive->motives[standings[i].motive];
        if (standings[i].left != 1) {
            continue;
        }
        double worth = standing_worth(incentive, &standings[i], pay);
        part_count += add_parts(incentive, &standings[i], worth, pay, &parts[part_count]);
        *next +=
            worth * motive->left * motive->perceived[motive->months] * (1.0 + standings[i].nearer);
        bent = i;
        ending++;
    }
    if (ending > 0) {
        sum_parts(parts, part_count, payoff);
        bend_payoff(incentive, &standings[bent], payoff);
    }
    return ending;
}
