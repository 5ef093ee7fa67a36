#include "model/limits.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "model/claims.h"
#include "model/period_pay.h"

#include <math.h>
#include <stdlib.h>

const double SKILL_LOWEST = -2.0;
const double SKILL_SPACING = 0.125;

static bool guarantees(const struct plan *plan) {
    return plan->draw.amount > 0.0 && plan->draw.rule == DRAW_NON_RECOVERABLE;
}

/* ---- what the reference person loses */

static bool lasts(const struct plan *plan, double stay) {
    return plan->draw.months == 0 || (double)plan->draw.months * (1.0 - stay) > 1.0;
}

void limits_lost(const struct parameters *parameters, size_t role, const struct plan *plan,
                 const double effort[ACTIVITY_COUNT], double stay, double lost[COMPONENTS_MOST],
                 double *capped) {
    const double reference = 1.0;
    struct metric_moments period[1][COMPONENTS_MOST];
    bool guaranteed = guarantees(plan) && lasts(plan, stay);
    for (size_t c = 0; c < COMPONENTS_MOST; c++) {
        lost[c] = 0.0;
    }
    *capped = 0.0;
    if (plan->cap <= 0.0 && !guaranteed) {
        return;
    }
    struct claims claims;
    claims_make(&claims, parameters, role, plan);
    claims_periods(parameters, role, plan, effort, &reference, 1, period);
    double below =
        plan->cap > 0.0 ? claims_below(claims_rest(&claims, period[0], 0), plan->cap) : 1.0;
    *capped = 1.0 - below;
    double bound = plan->draw.amount * (double)claims_span(plan);
    for (size_t c = 0; c < plan->component_count; c++) {
        long length = claims_length(&plan->components[c]);
        double above = 0.0;
        if (length == 0) {
            continue;
        }
        for (long month = length - 1; month < 12; month += length) {
            double missed =
                guaranteed ? claims_below(claims_due(&claims, period[0], month), bound) : 0.0;
            above += (1.0 - missed) * (double)length / 12.0;
        }
        lost[c] = 1.0 - below * above;
    }
}

/* ---- tables */

/* One measure of one component is all that is paid: its payoff can be bent. */
static bool stands_alone(const struct plan *plan) {
    size_t paying = 0;
    bool simple = true;
    for (size_t c = 0; c < plan->component_count; c++) {
        const struct component *component = &plan->components[c];
        paying += component->type != COMPONENT_SHARES;
        simple = simple && component->type != COMPONENT_LTIP &&
                 component->type != COMPONENT_OBJECTIVES &&
                 component->quota_basis == QUOTA_PERIOD && component->ratchet.up <= 0.0 &&
                 component->ratchet.down <= 0.0;
    }
    return paying == 1 && simple;
}

static const struct component *only_component(const struct plan *plan) {
    size_t c = 0;
    while (plan->components[c].type == COMPONENT_SHARES) {
        c++;
    }
    return &plan->components[c];
}

/* Exact where one component has all of it, else by the normal law of the sum. */
static void fill_pay(struct limits *limits, const struct parameters *parameters, size_t role,
                     const double effort[ACTIVITY_COUNT], size_t point, double skill) {
    const struct plan *plan = limits->plan;
    struct metric_moments year = limits->rest[0][point];
    const struct component *only = limits->alone ? only_component(plan) : NULL;
    double kept = 1.0;
    if (limits->cap > 0.0 && year.mean > 0.0) {
        double paid = only != NULL && claims_length(only) == 12
                          ? expected_period_between(parameters, role, only, skill, effort,
                                                    -(double)INFINITY, limits->cap)
                          : limits->cap - claims_missing(year, limits->cap);
        kept = paid / year.mean;
        kept = kept < 0.0 ? 0.0 : kept > 1.0 ? 1.0 : kept;
    }
    limits->kept[point] = kept;
    long span = claims_span(plan);
    for (long month = span - 1; limits->guarantee > 0.0 && month < 12; month += span) {
        struct metric_moments due = limits->due[month][point];
        if (only != NULL && kept > 0.0) {
            double least = limits->guarantee / kept;
            limits->added[point] +=
                kept * (expected_period_between(parameters, role, only, skill, effort, least,
                                                (double)INFINITY) -
                        due.mean);
            continue;
        }
        due.mean *= kept;
        due.sd *= kept;
        limits->added[point] += claims_missing(due, limits->guarantee);
    }
}

static void fill_tables(struct limits *limits, const struct parameters *parameters, size_t role,
                        const double effort[ACTIVITY_COUNT]) {
    const struct plan *plan = limits->plan;
    double skill[SKILL_POINTS];
    struct metric_moments period[SKILL_POINTS][COMPONENTS_MOST];
    for (int i = 0; i < SKILL_POINTS; i++) {
        skill[i] = math_exp(SKILL_LOWEST + i * SKILL_SPACING);
    }
    struct claims claims;
    claims_make(&claims, parameters, role, plan);
    claims_periods(parameters, role, plan, effort, skill, SKILL_POINTS, period);
    for (size_t i = 0; i < SKILL_POINTS; i++) {
        for (long month = 0; month < 12; month++) {
            limits->due[month][i] = claims_due(&claims, period[i], month);
            limits->rest[month][i] = claims_rest(&claims, period[i], month);
        }
        fill_pay(limits, parameters, role, effort, i, skill[i]);
    }
    const size_t reference = (SKILL_POINTS - 1) / 2; /* log skill 0 */
    double scaled = 0.0;
    for (size_t c = 0; c < plan->component_count; c++) {
        const struct component *component = &plan->components[c];
        bool rate = component->rate > 0.0 || component->tiers.count > 0;
        if (claims_length(component) > 0 && !(component->type == COMPONENT_COMMISSION && rate)) {
            scaled += period[reference][c].mean * 12.0 / (double)claims_length(component);
        }
    }
    limits->claim_year = limits->rest[0][reference].mean;
    limits->scaled = limits->claim_year > 0.0 ? scaled / limits->claim_year : 0.0;
}

bool limits_init(struct limits **limits, const struct parameters *parameters, size_t role,
                 const struct plan *plan, const double effort[ACTIVITY_COUNT], double stay,
                 struct error *error) {
    *limits = NULL;
    if (plan->cap <= 0.0 && !guarantees(plan)) {
        return true;
    }
    *limits = memory_array(1, sizeof **limits, "cap and guarantee of a plan", error);
    if (*limits == NULL) {
        return false;
    }
    **limits = (struct limits){
        .plan = plan,
        .cap = plan->cap,
        .guarantee = guarantees(plan) ? plan->draw.amount * (double)claims_span(plan) : 0.0,
        .months = plan->draw.months,
        .usual = guarantees(plan) && lasts(plan, stay),
        .alone = stands_alone(plan)};
    fill_tables(*limits, parameters, role, effort);
    return true;
}

void limits_free(struct limits *limits) { free(limits); }

/* ---- what a person asks */

bool limits_guarantee(const struct limits *limits, long tenure) {
    return limits->guarantee > 0.0 && (limits->months == 0 || tenure < limits->months);
}

/* Position in the tables, and the part of the way to the next point. */
static size_t point_of(double log_skill, double *part) {
    double at = (log_skill - SKILL_LOWEST) / SKILL_SPACING;
    at = at < 0.0 ? 0.0 : at > SKILL_POINTS - 1.0 ? SKILL_POINTS - 1.0 : at;
    size_t i = (size_t)at < SKILL_POINTS - 1 ? (size_t)at : SKILL_POINTS - 2;
    *part = at - (double)i;
    return i;
}

static double read_table(const double table[SKILL_POINTS], double log_skill) {
    double part;
    size_t i = point_of(log_skill, &part);
    return table[i] + part * (table[i + 1] - table[i]);
}

double limits_kept(const struct limits *limits, double log_skill) {
    return read_table(limits->kept, log_skill);
}

double limits_added(const struct limits *limits, double log_skill) {
    return read_table(limits->added, log_skill);
}

static struct metric_moments read_law(const struct metric_moments table[SKILL_POINTS],
                                      double log_skill, double level) {
    double part;
    size_t i = point_of(log_skill, &part);
    return (struct metric_moments){level *
                                       (table[i].mean + part * (table[i + 1].mean - table[i].mean)),
                                   level * (table[i].sd + part * (table[i + 1].sd - table[i].sd))};
}

/* What one more unit counts for of claims that are paid between two bounds, to somebody whose later
 * effort answers too: the chance to end between them, under the law tilted by theta. */
static double chance_between(struct metric_moments law, double least, double most, double theta) {
    struct payoff line = {1, {{0.0, 0.0, 1.0}}};
    if (law.sd <= 0.0) {
        return law.mean >= least && law.mean < most ? 1.0 : 0.0;
    }
    payoff_clamp(&line, least, most);
    double chance = payoff_lambda(&line, law.mean, law.sd, theta);
    return chance > 1.0 ? 1.0 : chance;
}

/* The cap: a unit counts when the year ends below it. The last period knows what room is left; the
 * next one of the year has as much of it as this one. */
static void set_cap(const struct limits *limits, const struct incentive *incentive,
                    const struct limited *person, double level, long ends, double theta,
                    struct standing *standing) {
    double room = limits->cap - person->claimed;
    if (room <= 0.0) {
        standing->lost = 1.0;
    } else if (limits->alone && ends == 11) {
        standing->most = room;
    } else {
        struct metric_moments rest =
            read_law(limits->rest[person->month], person->log_output, level);
        standing->lost = 1.0 - chance_between(rest, -(double)INFINITY, room, theta);
    }
    if (ends < 11 && incentive->capped < 1.0) {
        standing->nearer = (1.0 - standing->lost) / (1.0 - incentive->capped) - 1.0;
    }
}

static void set_guarantee(const struct limits *limits, const struct limited *person, double level,
                          long ends, double theta, struct standing *standing) {
    if (limits->alone) {
        standing->least = limits->guarantee;
        return;
    }
    struct metric_moments due = read_law(limits->due[ends], person->log_output, level);
    double above = chance_between(due, limits->guarantee, (double)INFINITY, theta);
    standing->lost = 1.0 - (1.0 - standing->lost) * above;
}

void limits_set(const struct limits *limits, const struct incentive *incentive,
                const struct limited *person, struct standing *standings, size_t count) {
    double level = 1.0 + limits->scaled * (person->level - 1.0);
    for (size_t i = 0; i < count; i++) {
        struct standing *standing = &standings[i];
        size_t c = incentive->motives[standing->motive].component;
        long ends = (person->month + standing->left - 1) % 12;
        if (component_is_award(&limits->plan->components[c])) {
            continue;
        }
        double theta = incentive_theta(incentive, standing, person->level);
        if (limits->cap > 0.0) {
            set_cap(limits, incentive, person, level, ends, theta, standing);
        }
        if (limits_guarantee(limits, person->tenure + standing->left - 1)) {
            set_guarantee(limits, person, level, ends, theta, standing);
        }
    }
}
