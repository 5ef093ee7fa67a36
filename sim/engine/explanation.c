#include "engine/explanation.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "model/effort.h"
#include "model/expectation.h"
#include "model/job.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where the reference person stands in one month of the plan's calendar. */
struct stand {
    struct standing standings[ATTRIBUTION_STANDINGS];
    size_t count;
};

static const struct plan *plan_of(const struct explanation *explanation) {
    return explanation->model.roles[explanation->role].plan;
}

static const struct component *component_of(const struct explanation *explanation, size_t motive) {
    return &plan_of(explanation)->components[explanation->incentive.motives[motive].component];
}

/* Months after which a motive stands as before: its period, or the time between two grants. */
static int motive_period(const struct explanation *explanation, size_t m) {
    const struct motive *motive = &explanation->incentive.motives[m];
    const struct component *component = component_of(explanation, m);
    long every = component_is_award(component) ? component->every_months : 0;
    return every > 0 && every < MOTIVE_MONTHS ? (int)every : motive->months;
}

/* A measure so many months into its period: pro rata of the quota where there is one, else what
 * the reference person can expect. */
static double on_pace(const struct motive *motive, int elapsed) {
    double part = (double)elapsed / (double)motive->months;
    bool given = motive->measured.quota > 0.0;
    switch (motive->kind) {
    case METRIC_FLOW:
        return motive->quota * part;
    case METRIC_INDEX:
        return given ? math_power(motive->quota, part) : math_power(motive->mean, (double)elapsed);
    case METRIC_MEAN:
        return (given ? motive->quota : motive->mean) * part;
    case METRIC_END:
    case METRIC_RATIO:
        break;
    }
    return 0.0;
}

static void stand_at(const struct explanation *explanation, size_t m, int elapsed,
                     struct stand *stand) {
    const struct motive *motive = &explanation->incentive.motives[m];
    const struct slot *slot = &motive->measured;
    int left = motive->months - elapsed;
    if (left < 1) {
        return;
    }
    double heads = metric_of_firm(slot->metric)
                       ? 1.0
                       : scope_heads(explanation->parameters, explanation->role, slot->scope);
    stand->standings[stand->count++] = (struct standing){.motive = m,
                                                         .left = left,
                                                         .so_far = on_pace(motive, elapsed),
                                                         .quota = motive->quota,
                                                         .ahead = (double)NAN,
                                                         .output = 1.0,
                                                         .others = heads - 1.0};
}

/* Cap and guarantee: in the year what can be expected has been claimed so far. */
static void limit(const struct explanation *explanation, long month, struct stand *stand) {
    const struct limits *limits = explanation->model.roles[explanation->role].limits;
    const size_t reference = (SKILL_POINTS - 1) / 2; /* log skill 0 */
    const struct limited here = {.claimed = limits->rest[0][reference].mean -
                                            limits->rest[month][reference].mean,
                                 .level = 1.0,
                                 .month = month,
                                 .tenure = limits->usual ? 0 : limits->months};
    limits_set(limits, &explanation->incentive, &here, stand->standings, stand->count);
}

/* All running periods and open cycles in a month of the calendar, in the order of the motives. */
static void stand_in_month(const struct explanation *explanation, size_t month,
                           struct stand *stand) {
    const struct limits *limits = explanation->model.roles[explanation->role].limits;
    stand->count = 0;
    for (size_t m = 0; m < explanation->incentive.count; m++) {
        int period = motive_period(explanation, m);
        int length = explanation->incentive.motives[m].months;
        for (int elapsed = (int)(month % (size_t)period); elapsed < length; elapsed += period) {
            stand_at(explanation, m, elapsed, stand);
        }
    }
    if (limits != NULL) {
        limit(explanation, (long)(month % 12), stand);
    }
}

static double activity_share(const struct role *role, int activity) {
    const double shares[ACTIVITY_COUNT] = {role->time.acquire, role->time.develop, role->time.care};
    return shares[activity];
}

static void effort_of(const struct explanation *explanation, const double value[ACTIVITY_COUNT],
                      double effort[ACTIVITY_COUNT]) {
    const struct role *role = explanation->incentive.role;
    const double shares[ACTIVITY_COUNT] = {role->time.acquire, role->time.develop, role->time.care};
    effort_solve(shares, role->effort.cost, role->effort.substitution, role->market_pay / 12.0,
                 value, effort);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        double e = 1.0 + effort[k];
        effort[k] = e < role->effort.lowest    ? role->effort.lowest
                    : e > role->effort.highest ? role->effort.highest
                                               : e;
    }
}

/* ---- worth and pay */

static void explain_month(struct explanation *explanation, size_t month) {
    const struct incentive *incentive = &explanation->incentive;
    struct worth *parts[COMPONENTS_MOST];
    struct stand stand;
    stand_in_month(explanation, month, &stand);
    for (size_t c = 0; c < explanation->component_count; c++) {
        parts[c] = &explanation->components[c].months[month];
    }
    attribution_divide(incentive, stand.standings, stand.count, parts);
    for (size_t i = 0; i < stand.count; i++) {
        int *left =
            &explanation->components[incentive->motives[stand.standings[i].motive].component]
                 .left[month];
        *left = *left == 0 || stand.standings[i].left < *left ? stand.standings[i].left : *left;
    }
    struct explained_month *total = &explanation->total[month];
    for (size_t c = 0; c < explanation->component_count; c++) {
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            total->value[k] +=
                parts[c]->inside[k] + parts[c]->later[k] + explanation->components[c].steady[k];
        }
    }
    effort_of(explanation, total->value, total->effort);
}

static const char *why_unmoved(const struct component *terms) {
    bool judged = terms->type != COMPONENT_OBJECTIVES && terms->metric == METRIC_OBJECTIVES;
    for (size_t o = 0; terms->type == COMPONENT_OBJECTIVES && o < terms->objective_count; o++) {
        judged |= terms->objectives[o].metric == METRIC_OBJECTIVES;
    }
    if (terms->type == COMPONENT_SHARES) {
        return terms->settlement == SETTLEMENT_CASH
                   ? "it vests with time alone"
                   : "it vests with time and follows the share price of the whole firm";
    }
    if (judged) {
        return "its objectives are judged, and a judgement is not simulated";
    }
    if (metric_of_firm((enum metric)terms->metric)) {
        return "it follows the price or profit of the whole firm, not one person's work";
    }
    return "what the role does in its working time does not reach this measure";
}

static void explain_component(struct explanation *explanation, size_t c) {
    const struct role_law *law = &explanation->model.roles[explanation->role];
    const struct component_law *pay = &law->components[c];
    const struct component *terms = pay->terms;
    struct explained_component *component = &explanation->components[c];
    component->terms = terms;
    component->expected = pay->expected_year;
    component->perceived = pay->perceived_year;
    component->discounted = pay->perceived_year;
    component->surviving = pay->perceived_year;
    if (component_is_award(terms)) {
        double grants = grants_a_year(law, terms);
        struct perception perception =
            award_perception(&explanation->model, explanation->role, terms,
                             grants > 0.0 ? pay->expected_year / grants : 0.0);
        component->discounted = pay->expected_year * perception.discounted;
        component->surviving = pay->expected_year * perception.here;
    }
    component->option_cost = pay->option_cost;
    component->units = pay->option_cost > 0.0 ? pay->grant_value / pay->option_cost : 0.0;
    component->target =
        component_is_award(terms) ? pay->grant_value * grants_a_year(law, terms) : terms->target;
    effort_steady(explanation->parameters, explanation->role, law->plan, c,
                  1.0 - law->tenure.hazard, component->steady);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        component->moved |= component->steady[k] != 0.0;
    }
    for (size_t m = 0; m < explanation->incentive.count; m++) {
        component->moved |= explanation->incentive.motives[m].component == c;
    }
    component->because = component->moved ? NULL : why_unmoved(terms);
}

/* ---- the grid */

/* The activity with the most working time among those that are worth something. */
static bool find_activity(struct explanation *explanation) {
    double most = 0.0;
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        double share = activity_share(explanation->incentive.role, k);
        bool worth = false;
        for (size_t month = 0; month < explanation->months; month++) {
            worth |= explanation->total[month].value[k] > 0.0;
        }
        if (worth && share > most) {
            most = share;
            explanation->grid.activity = (enum activity)k;
        }
    }
    return most > 0.0;
}

/* Of the measures the one that makes this activity worth most; its longest period. */
static size_t find_measure(const struct explanation *explanation) {
    const struct incentive *incentive = &explanation->incentive;
    size_t best = 0;
    double most = -(double)INFINITY;
    for (size_t m = 0; m < incentive->count; m++) {
        const struct explained_component *component =
            &explanation->components[incentive->motives[m].component];
        double worth = 0.0;
        for (size_t month = 0; month < explanation->months; month++) {
            worth += component->months[month].inside[explanation->grid.activity];
        }
        if (worth > most) {
            most = worth;
            best = m;
        }
    }
    return best;
}

static void fill_grid(struct explanation *explanation, size_t measure) {
    const struct incentive *incentive = &explanation->incentive;
    struct effort_grid *grid = &explanation->grid;
    const struct standing varied = {.motive = measure};
    for (int left = 1; left <= grid->period; left++) {
        struct stand stand;
        size_t month = (size_t)(grid->period - left);
        stand_in_month(explanation, month, &stand);
        for (size_t step = 0; step < EXPLANATION_STEPS; step++) {
            struct stand moved = stand;
            double value[ACTIVITY_COUNT] = {0.0};
            double effort[ACTIVITY_COUNT];
            for (size_t i = 0; i < moved.count; i++) {
                struct standing *standing = &moved.standings[i];
                int elapsed = incentive->motives[standing->motive].months - standing->left;
                if (elapsed > 0 && incentive_same_measure(incentive, standing, &varied)) {
                    standing->so_far *= explanation_attainment(grid, step);
                }
            }
            incentive_value(incentive, moved.standings, moved.count, 1.0, value);
            for (size_t c = 0; c < explanation->component_count; c++) {
                for (int k = 0; k < ACTIVITY_COUNT; k++) {
                    value[k] += explanation->components[c].steady[k];
                }
            }
            effort_of(explanation, value, effort);
            grid->effort[(size_t)(left - 1) * EXPLANATION_STEPS + step] = effort[grid->activity];
        }
    }
}

static bool explain_grid(struct explanation *explanation, struct error *error) {
    struct effort_grid *grid = &explanation->grid;
    if (explanation->incentive.count == 0 || !find_activity(explanation)) {
        return true;
    }
    size_t measure = find_measure(explanation);
    const struct motive *motive = &explanation->incentive.motives[measure];
    const struct standing varied = {.motive = measure};
    grid->measured = motive->measured;
    for (size_t m = 0; m < explanation->incentive.count; m++) {
        const struct standing other = {.motive = m};
        int period = motive_period(explanation, m);
        if (incentive_same_measure(&explanation->incentive, &varied, &other) &&
            period > grid->period) {
            grid->period = period;
        }
    }
    /* nobody keeps none of a book, or one and a half times its revenue */
    grid->lowest = motive->kind == METRIC_INDEX ? 0.5 : 0.0;
    grid->highest = 1.5;
    grid->effort = memory_array((size_t)grid->period * EXPLANATION_STEPS, sizeof *grid->effort,
                                "efforts", error);
    if (grid->effort == NULL) {
        return false;
    }
    grid->exists = true;
    fill_grid(explanation, measure);
    return true;
}

double explanation_guarantee(const struct explanation *explanation) {
    const struct limits *limits = explanation->model.roles[explanation->role].limits;
    return limits != NULL && limits->usual ? limits_added(limits, 0.0) : 0.0;
}

double explanation_attainment(const struct effort_grid *grid, size_t step) {
    double part = (double)step / (double)(EXPLANATION_STEPS - 1);
    return grid->lowest + part * (grid->highest - grid->lowest);
}

double explanation_effort(const struct effort_grid *grid, int left, size_t step) {
    return grid->effort[(size_t)(left - 1) * EXPLANATION_STEPS + step];
}

const char *explanation_pace(const struct effort_grid *grid) {
    bool quota = metric_kind(grid->measured.metric) == METRIC_FLOW || grid->measured.quota > 0.0;
    return quota ? "the quota pro rata" : "as expected";
}

size_t explanation_lines(const struct effort_grid *grid, int left[EXPLANATION_LINES]) {
    const int period = grid->period;
    const int wanted[EXPLANATION_LINES] = {period, 3 * period / 4, period / 2, period / 4, 2, 1};
    size_t count = 0;
    for (int l = period; period <= EXPLANATION_LINES && l >= 1; l--) {
        left[count++] = l;
    }
    for (size_t w = 0; period > EXPLANATION_LINES && w < EXPLANATION_LINES; w++) {
        if (count == 0 || wanted[w] < left[count - 1]) {
            left[count++] = wanted[w];
        }
    }
    return count;
}

/* ---- */

static size_t least_common(size_t a, size_t b) {
    size_t multiple = a;
    while (multiple % b != 0) {
        multiple += a;
    }
    return multiple;
}

/* After how many months all periods and grants begin together again. */
static size_t calendar(const struct explanation *explanation) {
    const struct limits *limits = explanation->model.roles[explanation->role].limits;
    size_t months = limits != NULL && limits->cap > 0.0 ? 12 : 1; /* a cap is one of a year */
    for (size_t m = 0; m < explanation->incentive.count && months < MOTIVE_MONTHS; m++) {
        months = least_common(months, (size_t)motive_period(explanation, m));
    }
    return months < MOTIVE_MONTHS ? months : MOTIVE_MONTHS;
}

static bool allocate(struct explanation *explanation, struct error *error) {
    size_t count = plan_of(explanation)->component_count;
    explanation->component_count = 0;
    explanation->total =
        memory_array(explanation->months, sizeof *explanation->total, "months", error);
    explanation->components =
        memory_array(count, sizeof *explanation->components, "pay components", error);
    if (explanation->total == NULL || explanation->components == NULL) {
        return false;
    }
    explanation->component_count = count;
    for (size_t c = 0; c < count; c++) {
        struct explained_component *component = &explanation->components[c];
        component->months =
            memory_array(explanation->months, sizeof *component->months, "months", error);
        component->left =
            memory_array(explanation->months, sizeof *component->left, "months", error);
        if (component->months == NULL || component->left == NULL) {
            return false;
        }
    }
    return true;
}

static bool explain(struct explanation *explanation, struct error *error) {
    const struct role_law *law = &explanation->model.roles[explanation->role];
    double stay = 1.0 - law->tenure.hazard;
    if (!incentive_init(&explanation->incentive, explanation->parameters, explanation->role,
                        law->plan, stay, error)) {
        return false;
    }
    explanation->months = calendar(explanation);
    if (!allocate(explanation, error)) {
        return false;
    }
    for (size_t c = 0; c < explanation->component_count; c++) {
        explain_component(explanation, c);
    }
    for (size_t month = 0; month < explanation->months; month++) {
        explain_month(explanation, month);
    }
    memcpy(explanation->held, law->effort, sizeof explanation->held);
    return explain_grid(explanation, error);
}

bool explanation_init(struct explanation *explanation, const struct parameters *parameters,
                      size_t role, struct error *error) {
    *explanation = (struct explanation){.parameters = parameters, .role = role};
    if (!model_init(&explanation->model, parameters, error) || !explain(explanation, error)) {
        explanation_free(explanation);
        return false;
    }
    return true;
}

void explanation_free(struct explanation *explanation) {
    for (size_t c = 0; c < explanation->component_count; c++) {
        free(explanation->components[c].months);
        free(explanation->components[c].left);
    }
    free(explanation->components);
    free(explanation->total);
    free(explanation->grid.effort);
    incentive_free(&explanation->incentive);
    model_free(&explanation->model);
    *explanation = (struct explanation){0};
}
