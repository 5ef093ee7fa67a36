/* Timing of deals at the end of a measurement period: pulled in with a discount, or pushed out
 * (docs/model.md, section 4, "Timing of deals"). Inside a period it would change nothing. */
#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <math.h>
#include <string.h>

enum { DISCOUNT_STEPS = 24, MEASURES_MOST = 4 };

/* Full use of the buyer's flexibility is bought with this discount. */
static const double DISCOUNT_FULL = 0.30;

/* A measure of contracts won whose period ends this month. */
struct deadline {
    struct payoff payoff; /* pay as a function of what is added to the measure */
    double won;           /* in it this month so far */
    double pay;           /* for that */
    double next;          /* worth of a unit in the next period, perceived */
    bool count;           /* contracts, not revenue */
};

struct deadlines {
    size_t count;
    struct deadline item[MEASURES_MOST];
};

static double deal_unit(const struct slot *slot, double value) {
    return slot->metric == METRIC_NEW_CUSTOMERS || slot->metric == METRIC_DEALS ? 1.0 : value;
}

/* What each seat's closings of this month so far, pushed ones not, add to measures: their number,
 * then their annual value. A seat's own timing comes after it is asked, that of others adds nothing
 * to it. */
static void count_closings(const struct firm *firm) {
    double *closed = firm->scratch.work;
    memset(closed, 0, 2 * firm->model->seat_count * sizeof *closed);
    for (size_t i = 0; i < firm->closing_count; i++) {
        const struct closing *closing = &firm->closings[i];
        closed[2 * closing->seat] += 1.0;
        closed[2 * closing->seat + 1] += (double)(closing->potential * closing->wallet);
    }
}

static double closed_this_month(const struct firm *firm, size_t seat, const struct slot *slot) {
    size_t by_value = deal_unit(slot, 2.0) == 1.0 ? 0 : 1;
    return firm->scratch.work[2 * seat + by_value];
}

/* The seat's measures of contracts won that end this month. */
static void find_deadlines(const struct firm *firm, size_t seat, long month,
                           struct deadlines *deadlines) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct incentive *incentive = &role->incentive;
    struct standing standings[STANDINGS_MOST];
    size_t count = effort_deadlines(firm, seat, month, standings);
    double pay = pay_scale(firm, seat, month);
    deadlines->count = 0;
    for (size_t first = 0; first < count && deadlines->count < MEASURES_MOST;) {
        const struct slot *slot = &incentive->motives[standings[first].motive].measured;
        size_t size = 1;
        while (first + size < count &&
               incentive_same_measure(incentive, &standings[first], &standings[first + size])) {
            size++;
        }
        struct deadline *item = &deadlines->item[deadlines->count];
        double next = 0.0;
        size_t ending =
            incentive_payoff_now(incentive, &standings[first], size, pay, &item->payoff, &next);
        if (ending > 0) {
            item->next = next;
            item->won = closed_this_month(firm, seat, slot);
            item->pay = payoff_expectation(&item->payoff, item->won, 0.0);
            item->count = deal_unit(slot, 2.0) == 1.0;
            deadlines->count++;
        }
        first += size;
    }
}

/* What the pay of this period changes by when so much is added to what was won. */
static double pay_change(const struct deadline *deadline, double amount) {
    return payoff_expectation(&deadline->payoff, deadline->won + amount, 0.0) - deadline->pay;
}

/* Deals of the last stage that would be won: how many, and their annual value. */
struct pool {
    double deals;
    double value;
};

static double last_chance(const struct firm *firm, size_t seat, size_t s) {
    const struct segment *segment = firm->model->segments[s].segment;
    size_t stages = segment->pipeline.stage_count;
    double chance = segment->pipeline.stages[stages - 1].conversion *
                    seat_selling(firm, &firm->seats[seat], s).advance;
    return chance < 1.0 ? chance : 1.0;
}

static struct pool seat_pool(const struct firm *firm, size_t seat) {
    const struct model *model = firm->model;
    struct pool pool = {0.0, 0.0};
    for (size_t s = 0; s < model->segment_count; s++) {
        const struct segment_law *law = &model->segments[s];
        size_t last = law->first_stage + law->segment->pipeline.stage_count - 1;
        unsigned open = firm->open_deals[seat * model->stage_count + last];
        if (open > 0) {
            double deals = (double)open * last_chance(firm, seat, s);
            pool.deals += deals;
            pool.value += deals * law->segment->potential.mean * law->segment->wallet.start;
        }
    }
    return pool;
}

/* Share of the pool that follows a discount. */
static double followers(const struct role *role, double discount) {
    double part = discount / DISCOUNT_FULL;
    return role->timing.flexibility * (part < 1.0 ? part : 1.0);
}

/* Gain of offering a discount: pay now, with hassle, less what the deals would be worth later. */
static double pull_gain(const struct role *role, const struct deadlines *deadlines,
                        const struct pool *pool, double discount) {
    double part = followers(role, discount);
    double gain = 0.0;
    for (size_t i = 0; i < deadlines->count; i++) {
        const struct deadline *deadline = &deadlines->item[i];
        double later = part * (deadline->count ? pool->deals : pool->value);
        double now = deadline->count ? later : later * (1.0 - discount);
        gain += (1.0 - role->timing.hassle) * pay_change(deadline, now) - later * deadline->next;
    }
    return gain;
}

static double best_discount(const struct role *role, const struct deadlines *deadlines,
                            const struct pool *pool) {
    double best = 0.0;
    double most = 0.0;
    for (int step = 1; step <= DISCOUNT_STEPS; step++) {
        double discount = role->timing.authority * step / DISCOUNT_STEPS;
        double gain = pull_gain(role, deadlines, pool, discount);
        if (gain > most * (1.0 + 1e-9) + 1e-9) {
            most = gain;
            best = discount;
        }
    }
    return best;
}

double peak_weight(const struct model *model, long month) {
    return fiscal_month(model, month) % 3 == 2 ? 1.0 : -0.5;
}

/* What a deal of the last stage is worth in a month: the chance to win it, and prices. */
static double settled_worth(const struct firm *firm, size_t month, size_t s, double chance) {
    return chance * level_by_months(&firm->model->segments[s].growth, (long)month);
}

/* As in the last stage, months have a geometric law, and who is decided is won at today's chance.
 */
void timing_settle(struct firm *firm, size_t month, size_t seat, size_t s, double advance) {
    const struct model *model = firm->model;
    const struct segment *segment = model->segments[s].segment;
    const struct stage *last = &segment->pipeline.stages[segment->pipeline.stage_count - 1];
    double *pulled = &firm->pulled[seat * model->segment_count + s];
    if (*pulled > 0.0) {
        double decided = *pulled / last->months;
        double chance = last->conversion * advance;
        *pulled -= decided;
        firm_segment_ledger(firm, month, s)->flows.peak_pull -=
            peak_weight(model, (long)month) * decided *
            settled_worth(firm, month, s, chance < 1.0 ? chance : 1.0);
    }
}

/* The asked decide now: who would have bought buys, at the discount. */
static void pull(struct firm *firm, size_t month, size_t seat, double discount) {
    const struct model *model = firm->model;
    const struct role *role = model->roles[firm->seats[seat].role].role;
    for (size_t s = 0; s < model->segment_count; s++) {
        const struct segment_law *law = &model->segments[s];
        size_t last = law->first_stage + law->segment->pipeline.stage_count - 1;
        unsigned *open = &firm->open_deals[seat * model->stage_count + last];
        double *months = &firm->open_months[seat * model->stage_count + last];
        if (*open == 0) {
            continue;
        }
        double age = *months / *open;
        uint64_t entity = random_mix(firm->seats[seat].person.entity, law->identity);
        double u_ask = random_uniform(firm_row(firm, (long)month, PURPOSE_PULL), entity);
        double u_win = random_uniform(firm_row(firm, (long)month, PURPOSE_PULL_WON), entity);
        unsigned asked = binomial_quantile(u_ask, *open, followers(role, discount));
        double chance = last_chance(firm, seat, s);
        unsigned won = binomial_quantile(u_win, asked, chance);
        *open -= asked;
        *months = age * *open;
        pipeline_count(firm, month, s, law->segment->pipeline.stage_count - 1,
                       (struct moves){asked, won});
        for (unsigned d = 0; d < won; d++) {
            size_t before = firm->closing_count;
            close_deal(firm, month, s, seat, PULLED_ORDINAL + d, age);
            if (firm->closing_count > before) {
                firm->closings[before].discount = discount;
                firm->closings[before].pulled = true;
                firm->closings[before].chance = settled_worth(firm, month, s, chance);
            }
        }
    }
}

/* Whether keeping back a part of this month's deals pays. */
static bool pushes(const struct incentive *incentive, const struct deadlines *deadlines,
                   double part) {
    const struct role *role = incentive->role;
    double gain = 0.0;
    for (size_t i = 0; i < deadlines->count; i++) {
        const struct deadline *deadline = &deadlines->item[i];
        double amount = part * deadline->won;
        gain += (1.0 - role->timing.loss) * amount * deadline->next +
                (1.0 + role->timing.hassle) * pay_change(deadline, -amount);
    }
    return gain > 1e-9;
}

static void push(struct firm *firm, size_t month, size_t seat, double part) {
    size_t kept = 0;
    uint64_t row = firm_row(firm, (long)month, PURPOSE_PUSH);
    uint64_t row_lost = firm_row(firm, (long)month, PURPOSE_PUSH_LOST);
    double loss = firm->model->roles[firm->seats[seat].role].role->timing.loss;
    for (size_t i = 0; i < firm->closing_count; i++) {
        struct closing closing = firm->closings[i];
        if (closing.seat == seat && random_uniform(row, closing.id) < part) {
            struct flows *flows = &firm_segment_ledger(firm, month, closing.segment)->flows;
            flows->deals_pushed += 1.0;
            flows->pushed_revenue += (double)(closing.potential * closing.wallet);
            firm->owned[firm->seats[seat].role].pushed += 1.0;
            if (!closing.pushed) { /* else it would have closed before */
                flows->peak_push -= peak_weight(firm->model, (long)month) *
                                    (double)(closing.potential * closing.wallet);
                closing.pushed = true;
            }
            bool lost = random_uniform(row_lost, closing.id) < loss;
            if (!lost) {
                firm->pushed[firm->pushed_count++] = closing;
            }
            firm_note(firm, (struct entry){
                                .month = (long)month,
                                .kind = ENTRY_PUSHED,
                                .seat = seat,
                                .other = closing.segment,
                                .value = {(double)(closing.potential * closing.wallet), lost}});
            continue;
        }
        firm->closings[kept++] = closing;
    }
    firm->closing_count = kept;
}

void timing_return(struct firm *firm) {
    for (size_t i = 0; i < firm->pushed_count; i++) {
        const struct closing *closing = &firm->pushed[i];
        /* deals of somebody who left went with the person */
        bool there = firm->seats[closing->seat].filled &&
                     firm->seats[closing->seat].occupants == closing->occupant;
        if (there && firm->closing_count < firm->closing_capacity) {
            firm->closings[firm->closing_count] = *closing;
            firm->closings[firm->closing_count++].months += 1.0;
        }
    }
    firm->pushed_count = 0;
}

void step_timing(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    if (model->parameters->simulation.effort != EFFORT_DYNAMIC) {
        return;
    }
    count_closings(firm);
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        const struct seat *place = &firm->seats[seat];
        const struct role_law *law = &model->roles[place->role];
        struct deadlines deadlines;
        if (!place->filled || law->role->timing.flexibility <= 0.0) {
            continue;
        }
        find_deadlines(firm, seat, (long)month, &deadlines);
        if (deadlines.count == 0) {
            continue;
        }
        struct pool pool = seat_pool(firm, seat);
        double discount = pool.deals > 0.0 ? best_discount(law->role, &deadlines, &pool) : 0.0;
        double part = law->role->timing.flexibility / 10.0;
        if (discount > 0.0) {
            pull(firm, month, seat, discount);
        } else if (pushes(&law->incentive, &deadlines, part)) {
            push(firm, month, seat, part);
        }
    }
}
