#include "model/incentive.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "model/effort.h"
#include "model/expectation.h"
#include "model/limits.h"
#include "model/period_pay.h"
#include "plan/valuation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* Value today of a unit of pay for a period that ends in so many months. */
static double motive_perceived(const struct incentive *incentive, const struct motive *motive,
                               int months) {
    return deferral_worth(&motive->deferral, incentive->role->preferences.present_bias,
                          incentive->keep, (double)months);
}

/* What lands after the period earns the mean slope of later ones, when they are paid. Of cycles
 * that overlap only the youngest looks ahead: those behind it have begun already. */
static void fill_later(const struct incentive *incentive, struct motive *motive, int every) {
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        for (int h = 1; h <= motive->months; h++) {
            int begins = h - (motive->months - every);
            double worth = 0.0;
            for (; every > 0 && begins > 0 && begins + motive->months <= MOTIVE_MONTHS;
                 begins += every) {
                int ends = begins + motive->months;
                worth += motive_perceived(incentive, motive, ends - 1) *
                         response_between(incentive->role, motive->kind,
                                          motive->response[k][begins], motive->response[k][ends]);
            }
            motive->later[k][h] = worth;
        }
    }
}

struct outlook motive_outlook(const struct motive *motive, int months, double so_far, double ahead,
                              double output, double others) {
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

/* With a ratchet the next quota lies between this one and what is sold, and quotas follow luck: a
 * result less its quota varies by 2 / (2 - rate) of the variance (a first-order autoregression). */
double motive_worth(const struct incentive *incentive, const struct motive *motive, double quota,
                    double output, double others, double level) {
    const struct role *role = incentive->role;
    double pay = role->market_pay / 12.0 * level;
    double start = motive->kind == METRIC_INDEX ? 1.0 : 0.0;
    double scale = motive->kind == METRIC_FLOW ? output : 1.0;
    bool commission = motive->kind == METRIC_FLOW && !motive->stretches;
    struct outlook ahead =
        motive_outlook(motive, motive->months, start, (double)NAN, output, others);
    double variance = ahead.sd * ahead.sd / (double)motive->months;
    double stretch = 1.0;
    if (variance <= 0.0) {
        return 0.0;
    }
    if (motive->stretches && quota > 0.0) {
        stretch = (quota + motive->follows * (ahead.mean - quota)) / motive->quota;
    }
    double theta = scale * scale * motive->curvature[motive->months] / (pay * variance) -
                   role->preferences.risk_aversion / (12.0 * pay);
    double wider = 2.0 / (2.0 - motive->follows);
    double money = (commission ? 1.0 : level) * (1.0 - motive->lost);
    double lambda =
        payoff_lambda(&motive->payoff, (start + ahead.mean) / stretch,
                      ahead.sd * sqrt(wider) / stretch, theta / wider * motive->weight * money);
    return lambda * money / stretch;
}

/* What a unit above the quota takes away later, per unit of worth of a unit: it raises the next
 * quota by `up` (one that is missing lowers it by `down`), from which later quotas come back at the
 * mean rate, and a unit of quota costs what a unit of the measure is worth. In money of the first
 * period after this one. */
static void fill_ratchet(const struct incentive *incentive, struct motive *motive, double up,
                         double down) {
    double keep = math_power(incentive->keep, (double)motive->months);
    double mean = 0.5 * (up + down);
    double lost = 1.0 / (1.0 - (1.0 - mean) * keep);
    motive->ratchet = (struct payoff){
        2, {{0.0, down * lost * motive->quota, -down * lost}, {motive->quota, 0.0, -up * lost}}};
    motive->left = 1.0 - mean * lost * keep;
    motive->follows = mean;
}

void motive_complete(const struct incentive *incentive, struct motive *motive, double ratchet_up,
                     double ratchet_down, int every) {
    /* with less noise exponents lose their digits, and nobody could tell the difference */
    motive->sd = fmax(motive->sd, 1e-5 * fabs(motive->mean));
    fill_curvature(motive, incentive->role);
    for (int h = 0; h <= 2 * MOTIVE_MONTHS; h++) {
        motive->perceived[h] = motive_perceived(incentive, motive, h);
    }
    motive->weight = 0.0;
    for (int h = 1; h <= motive->months; h++) {
        motive->weight += motive->perceived[h - 1] / (double)motive->months;
    }
    motive->ratchet.count = 0;
    motive->left = 1.0;
    motive->follows = 0.0;
    if (ratchet_up > 0.0 || ratchet_down > 0.0) {
        fill_ratchet(incentive, motive, ratchet_up, ratchet_down);
    }
    fill_later(incentive, motive, every);
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
                              .months = motive_months(component),
                              .deferral = deferral_of(parameters, role, component)};
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
    bool individual = component->type == COMPONENT_COMMISSION && component->rate <= 0.0 &&
                      component->tiers.count == 0; /* target over the own quota */
    motive->stretches = flow && (objective || individual || component->type == COMPONENT_BONUS ||
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
    bool ratchets = component->type == COMPONENT_BONUS && motive->stretches && !objective;
    motive_complete(incentive, motive, ratchets ? component->ratchet.up : 0.0,
                    ratchets ? component->ratchet.down : 0.0,
                    component_every(component, motive->months));
    return motive->curvature[motive->months] > 0.0; /* else the role cannot move this */
}

/* Whether two motives count the same thing in the same unit, so that a unit earns through both. */
static bool same_measure(const struct motive *first, const struct motive *second) {
    const struct slot *a = &first->measured;
    const struct slot *b = &second->measured;
    bool shared = first->kind == METRIC_MEAN || first->kind == METRIC_RATIO; /* over the months */
    return a->metric == b->metric && a->scope == b->scope &&
           a->recurring_months == b->recurring_months && strcmp(a->product, b->product) == 0 &&
           (!shared || first->months == second->months);
}

/* Numbers the measures; motives on the same one stand together, otherwise in the plan's order. */
static void group_motives(struct incentive *incentive) {
    size_t measures = 0;
    for (size_t i = 0; i < incentive->count; i++) {
        struct motive moving = incentive->motives[i];
        size_t to = i;
        moving.measure = measures;
        for (size_t j = 0; j < i; j++) {
            if (same_measure(&incentive->motives[j], &moving)) {
                moving.measure = incentive->motives[j].measure;
                to = j + 1;
            }
        }
        measures += moving.measure == measures;
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
    static const double NORMAL[ACTIVITY_COUNT] = {1.0, 1.0, 1.0};
    double lost[COMPONENTS_MOST];
    limits_lost(parameters, role, plan, NORMAL, stay, lost, &incentive->capped);
    for (size_t c = 0; c < plan->component_count; c++) {
        const struct component *component = &plan->components[c];
        for (size_t s = 0; s < slot_count(component); s++) {
            bool pays = s == SLOT_MAIN ||
                        (component->objective_count > 0 && s >= slot_objective(component, 0));
            struct motive *motive = &incentive->motives[incentive->count];
            if (pays && slot_used(component, s) &&
                motive_init(incentive, parameters, role, component, s, motive)) {
                motive->component = c;
                motive->lost = lost[c];
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
