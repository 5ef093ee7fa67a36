/* Everybody's effort of the month: what the plan makes of it, given what has been reached. */
#include "base/mathematics.h"
#include "model/effort.h"
#include "model/steps.h"

#include <assert.h>
#include <math.h>

/* Contracts that the open pipeline and new leads will bring within so many months at normal effort,
 * in terms of a metric of contracts won. */
static double closings_ahead(const struct firm *firm, size_t seat, const struct motive *motive,
                             size_t only, int months) {
    const struct model *model = firm->model;
    const struct seat *place = &firm->seats[seat];
    const struct role_law *role = &model->roles[place->role];
    bool counts =
        motive->measured.metric == METRIC_NEW_CUSTOMERS || motive->measured.metric == METRIC_DEALS;
    int h = months < OUTLOOK_MONTHS ? months : OUTLOOK_MONTHS;
    double ability =
        place->person.skill[ACQUIRE] * ramp_productivity(&role->ramp, place->person.ramp_keep);
    double sum = motive->rest * (double)months;
    for (size_t s = 0; s < model->segment_count; s++) {
        const struct segment_law *law = &model->segments[s];
        const struct segment *segment = law->segment;
        if (role->hunting[s] <= 0.0 || (only < model->segment_count && only != s)) {
            continue;
        }
        size_t stages = segment->pipeline.stage_count;
        double a = ability * role->fit[s];
        double share = segment->pipeline.lead_share;
        size_t at = seat * model->segment_count + s;
        double advance = kept_power(&firm->advance[at], a, (1.0 - share) / (double)stages);
        double leads = segment->leads.per_hunter * role->role->time.acquire * role->hunting[s] *
                       kept_power(&firm->lead[at], a, share);
        const unsigned *open = &firm->open_deals[seat * model->stage_count + law->first_stage];
        double chance = 1.0; /* from the last stage to the first */
        double closings = 0.0;
        for (size_t k = stages; k-- > 0;) {
            chance *= advance;
            closings += (double)open[k] * law->outlook.open[k][h] * chance;
        }
        closings += leads * law->outlook.fresh[h] * chance;
        if (months > OUTLOOK_MONTHS) { /* beyond it the steady state */
            closings += leads * law->conversion * chance * (double)(months - OUTLOOK_MONTHS);
        }
        sum += closings * (counts ? 1.0 : segment->potential.mean * segment->wallet.start);
    }
    return sum;
}

/* Own output over the reference person's in a flow. */
static double own_output(const struct firm *firm, size_t seat, const struct motive *motive) {
    const struct person *person = &firm->seats[seat].person;
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    double ramp = ramp_productivity(&role->ramp, person->ramp_keep);
    if (motive->kind != METRIC_FLOW) {
        return 1.0;
    }
    if (motive->measured.metric == METRIC_BOOKINGS) {
        double rest = motive->rest / motive->mean;
        return ramp * ((1.0 - rest) * person->skill[ACQUIRE] + rest * person->skill[DEVELOP]);
    }
    return metric_is_selling(motive->measured.metric) ? ramp * person->skill[ACQUIRE]
                                                      : ramp * person->skill[DEVELOP];
}

static bool looks_ahead(enum metric metric) {
    return metric == METRIC_NEW_REVENUE || metric == METRIC_NEW_CUSTOMERS ||
           metric == METRIC_DEALS || metric == METRIC_BOOKINGS;
}

/* A measure to date in the unit of the payoff. */
static double so_far(const struct motive *motive, const struct component *component,
                     const struct measured *measured) {
    bool credited = motive->slot == SLOT_MAIN && component->credit.share > 0.0;
    switch (motive->kind) {
    case METRIC_FLOW: /* the payoff counts before credit */
        return credited ? measured->sum / component->credit.share : measured->sum;
    case METRIC_INDEX:
        return measured->sum == 0.0 ? 1.0 : measured->sum;
    case METRIC_MEAN:
        return measured->sum / (double)motive->months;
    case METRIC_END:
    case METRIC_RATIO:
        break;
    }
    return 0.0;
}

static struct standing stand(const struct firm *firm, size_t seat, size_t m,
                             const struct measured *measured, int left) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct motive *motive = &role->incentive.motives[m];
    const struct slot_law *slot =
        &role->slots[role->payroll.slot_first[motive->component] + motive->slot];
    struct standing standing = {
        .motive = m,
        .left = left < MOTIVE_MONTHS ? left : MOTIVE_MONTHS,
        .so_far = so_far(motive, &role->plan->components[motive->component], measured),
        .ahead = (double)NAN,
        .output = own_output(firm, seat, motive)};
    if (!metric_of_firm(slot->slot.metric)) {
        struct group group = measure_group(firm, seat, slot->slot.scope);
        standing.others = (double)(group.end - group.first) - 1.0;
    }
    if (looks_ahead(slot->slot.metric)) {
        standing.ahead = closings_ahead(firm, seat, motive, slot->segment, standing.left);
    }
    return standing;
}

/* Quota of the whole running period: what has been set so far, and the months that are left. */
static double period_quota(const struct firm *firm, size_t seat, const struct motive *motive,
                           const struct measured *measured, int left, long month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    size_t c = motive->component;
    const struct slot_law *slot = &role->slots[role->payroll.slot_first[c] + motive->slot];
    const struct component_account *account =
        &firm->accounts_of_pay[seat * firm->model->component_most + c];
    double growth = account->growth > 0.0 ? account->growth : 1.0;
    double year = slot->quota_year * growth;
    if (slot->slot.quota <= 0.0) {
        year *= firm_quota(firm, seat, slot->slot.metric, month);
    }
    double weights = 0.0;
    long fiscal = fiscal_month(firm->model, month);
    for (int m = 0; m < left; m++) {
        weights += role->payroll.season[c][(fiscal + m) % 12];
    }
    return (measured->quota + year * weights) / 12.0;
}

/* Which standings are wanted. */
enum wanted { WANTED_ALL, WANTED_CYCLES, WANTED_ENDING_DEALS };

static struct standing stand_cycle(const struct firm *firm, size_t seat, size_t m,
                                   const struct measured *measured, int left, long month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct motive *motive = &role->incentive.motives[m];
    const struct slot_law *slot = &role->slots[role->payroll.slot_first[motive->component]];
    struct standing standing = stand(firm, seat, m, measured, left);
    double rest = slot->quota_year / 12.0 * (double)left;
    if (slot->slot.quota <= 0.0) {
        rest *= firm_quota(firm, seat, slot->slot.metric, month);
    }
    standing.quota = measured->quota + rest;
    return standing;
}

/* Open cycles, and the one that is granted this month: its first month is this one. */
static size_t stand_awards(const struct firm *firm, size_t seat, size_t m, long month,
                           enum wanted wanted, struct standing *standings) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct motive *motive = &role->incentive.motives[m];
    const struct component_law *law = &role->components[motive->component];
    const struct award *awards = seat_awards(firm, seat, law);
    const bool ended = wanted == WANTED_CYCLES;
    const int months = (int)law->terms->cycle_months;
    size_t count = 0;
    for (size_t a = 0; a < law->award_count; a++) {
        int left = months - (int)awards[a].age;
        if (awards[a].open && (wanted != WANTED_ENDING_DEALS || left == 1)) {
            standings[count] = stand_cycle(firm, seat, m, &awards[a].measured, left, month);
            standings[count++].last = ended;
        }
    }
    if (!ended && (wanted != WANTED_ENDING_DEALS || months == 1) &&
        award_granted(firm, seat, law, month)) {
        const struct measured nothing = {0};
        standings[count++] = stand_cycle(firm, seat, m, &nothing, months, month);
    }
    return count;
}

static bool counts_deals(const struct slot *slot) {
    return looks_ahead(slot->metric) && slot->scope == SCOPE_PERSON;
}

/* What the plan's cap and guarantee leave of them. */
static void limit(const struct firm *firm, size_t seat, long month, struct standing *standings,
                  size_t count) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct person *person = &firm->seats[seat].person;
    bool sells = metric_is_selling((enum metric)role->role->quota.metric);
    double output = person->skill[sells ? ACQUIRE : DEVELOP] *
                    ramp_productivity(&role->ramp, person->ramp_keep);
    const struct limited here = {.log_output = math_log(output),
                                 .claimed = firm->year_variable[seat],
                                 .level = pay_scale(firm, seat, month),
                                 .month = fiscal_month(firm->model, month),
                                 .tenure = person->in_role};
    limits_set(role->limits, &role->incentive, &here, standings, count);
}

static size_t collect(const struct firm *firm, size_t seat, long month, enum wanted wanted,
                      struct standing standings[STANDINGS_MOST]) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    size_t count = 0;
    for (size_t m = 0; m < role->incentive.count; m++) {
        const struct motive *motive = &role->incentive.motives[m];
        if (wanted == WANTED_ENDING_DEALS && !counts_deals(&motive->measured)) {
            continue;
        }
        if (component_is_award(&role->plan->components[motive->component])) {
            count += stand_awards(firm, seat, m, month, wanted, &standings[count]);
            continue;
        }
        const struct measured *measured =
            &firm->measured[seat * firm->model->slot_most +
                            role->payroll.slot_first[motive->component] + motive->slot];
        int left = motive->months - (int)(fiscal_month(firm->model, month) % motive->months);
        if (wanted == WANTED_CYCLES || (wanted == WANTED_ENDING_DEALS && left != 1)) {
            continue;
        }
        struct standing standing = stand(firm, seat, m, measured, left);
        standing.quota = period_quota(firm, seat, motive, measured, left, month);
        standings[count++] = standing;
    }
    assert(count <= STANDINGS_MOST); /* the plan was checked */
    if (role->limits != NULL) {
        limit(firm, seat, month, standings, count);
    }
    return count;
}

size_t effort_standings(const struct firm *firm, size_t seat, long month,
                        struct standing standings[STANDINGS_MOST]) {
    return collect(firm, seat, month, WANTED_ALL, standings);
}

size_t effort_cycles(const struct firm *firm, size_t seat, long month,
                     struct standing standings[STANDINGS_MOST]) {
    return collect(firm, seat, month, WANTED_CYCLES, standings);
}

size_t effort_deadlines(const struct firm *firm, size_t seat, long month,
                        struct standing standings[STANDINGS_MOST]) {
    return collect(firm, seat, month, WANTED_ENDING_DEALS, standings);
}

static double clamp(double x, double low, double high) {
    return x < low ? low : x > high ? high : x;
}

static void solve_seat(struct firm *firm, size_t seat, long month) {
    const struct role_law *law = &firm->model->roles[firm->seats[seat].role];
    const struct role *role = law->role;
    struct person *person = &firm->seats[seat].person;
    const double shares[ACTIVITY_COUNT] = {role->time.acquire, role->time.develop, role->time.care};
    struct standing standings[STANDINGS_MOST];
    double value[ACTIVITY_COUNT] = {0.0};
    double extra[ACTIVITY_COUNT];
    double level = pay_scale(firm, seat, month);
    size_t count = effort_standings(firm, seat, month, standings);
    incentive_value(&law->incentive, standings, count, level, value);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        value[k] += law->steady_value[k] * level; /* gates and multipliers, by their mean */
    }
    if (firm->model->number > 0) {
        run_off_effort(firm, seat, month, level, value);
    }
    effort_solve(shares, role->effort.cost, role->effort.substitution,
                 role->market_pay / 12.0 * level, value, extra);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        person->effort[k] = clamp(1.0 + extra[k], role->effort.lowest, role->effort.highest);
    }
}

void effort_start(struct firm *firm, size_t seat) {
    const struct role_law *law = &firm->model->roles[firm->seats[seat].role];
    struct person *person = &firm->seats[seat].person;
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        person->effort[k] = law->effort[k];
        person->output[k] = law->output[k];
    }
}

/* Who is unsettled by a change counts on the plan for only a part of what it says. */
static void doubt(struct firm *firm, size_t seat, long month) {
    struct person *person = &firm->seats[seat].person;
    const struct role *role = firm->model->roles[firm->seats[seat].role].role;
    double expectancy = 1.0 - role->change.expectancy * unsettled(firm, seat, month);
    if (expectancy >= 1.0) {
        return;
    }
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        person->effort[k] = 1.0 + expectancy * (person->effort[k] - 1.0);
        person->output[k] = 1.0 + role->effort.response * (person->effort[k] - 1.0);
    }
}

void step_effort(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    bool dynamic = model->parameters->simulation.effort == EFFORT_DYNAMIC;
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        struct seat *place = &firm->seats[seat];
        const struct role_law *law = &model->roles[place->role];
        if (!place->filled) {
            continue;
        }
        effort_start(firm, seat);
        if (dynamic && (law->incentive.count > 0 || run_off_exists(firm, seat))) {
            solve_seat(firm, seat, (long)month);
            for (int k = 0; k < ACTIVITY_COUNT; k++) {
                place->person.output[k] =
                    1.0 + law->role->effort.response * (place->person.effort[k] - 1.0);
            }
        }
        if (model->number > 0) {
            doubt(firm, seat, (long)month);
        }
    }
}
