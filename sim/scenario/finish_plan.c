/* What the values of a plan must be together, and targets that follow from on-target earnings. */
#include "scenario/finish.h"

#include "plan/measure.h"
#include "plan/statement.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Few digits, for suggestions. */
static const char *brief(char buffer[32], double value) {
    (void)snprintf(buffer, 32, "%.10g", value);
    return buffer;
}

static bool is_money(const struct component *component) {
    return metric_row((enum metric)component->metric)->money;
}

static void check_rate(struct reader *reader, double rate, const struct setting *group,
                       const char *path, const char *below) {
    if (rate > 1.0) {
        char given[32];
        char meant[32];
        char hint[64] = "";
        if (rate <= 100.0) {
            (void)snprintf(hint, sizeof hint, " (did you mean %s?)", brief(meant, rate / 100.0));
        }
        reader_complain_below(reader, group, path, below, "%s is not in 0..1%s", brief(given, rate),
                              hint);
    }
}

static void finish_commission(struct reader *reader, const struct component *component,
                              const struct setting *group, const char *path) {
    if (metric_kind((enum metric)component->metric) != METRIC_FLOW) {
        reader_complain_below(reader, group, path, "metric",
                              "%s does not add up over months, and a commission is paid on money "
                              "or counts; use a bonus",
                              METRIC_NAMES[component->metric]);
        return;
    }
    bool individual = component->target > 0.0 || component->weight > 0.0;
    if (component->tiers.count == 0 && component->rate <= 0.0 && !individual) {
        reader_complain_below(reader, group, path, "rate",
                              "a commission needs a rate above 0, such as rate = 0.05, or tiers, "
                              "or a target for a rate of target over quota");
    } else if (component->tiers.count > 0 && component->rate > 0.0) {
        reader_complain_below(reader, group, path, "rate",
                              "there are tiers too; keep one of the two");
    } else if (individual && (component->tiers.count > 0 || component->rate > 0.0)) {
        reader_complain_below(reader, group, path, "target",
                              "a commission with a target has the rate target over quota; take "
                              "rate and tiers out, or the target");
    }
    if (!is_money(component)) {
        return;
    }
    check_rate(reader, component->rate, group, path, "rate");
    for (size_t i = 0; i < component->tiers.count; i++) {
        char below[64];
        (void)snprintf(below, sizeof below, "tiers.[%zu].[1]", i);
        check_rate(reader, component->tiers.points[i].value, group, path, below);
    }
}

static void finish_bonus(struct reader *reader, const struct component *component,
                         const struct setting *group, const char *path) {
    size_t columns = component->matrix.column_count;
    if (component->payout.count > 0 && columns > 0) {
        reader_complain_below(reader, group, path, "payout",
                              "there are matrix.columns too; keep one of the two");
    }
    for (size_t i = 0; i < columns; i++) {
        const struct matrix_column *column = &component->matrix.columns[i];
        char below[64];
        (void)snprintf(below, sizeof below, "matrix.columns.[%zu].at", i);
        if (i > 0 && column->at <= column[-1].at) {
            char number[32];
            reader_complain_below(reader, group, path, below,
                                  "%s does not lie above the column before",
                                  brief(number, column->at));
        }
        if (column->payout.count == 0) {
            (void)snprintf(below, sizeof below, "matrix.columns.[%zu].payout", i);
            reader_complain_below(reader, group, path, below,
                                  "a column needs points, such as payout = ( [0.5, 0], [1, 1] )");
        }
    }
}

static void need_target(struct reader *reader, const struct component *component,
                        const struct setting *group, const char *path) {
    const char *type = COMPONENT_TYPES[component->type];
    if (component->target <= 0.0 && component->weight <= 0.0 && component->units <= 0.0) {
        reader_complain_below(reader, group, path, "target",
                              "a component of type %s needs a target above 0, %s", type,
                              component_is_award(component) ? "the value of one grant"
                                                            : "the pay a year at attainment 1");
    }
    bool curve = component->type == COMPONENT_BONUS || component->type == COMPONENT_LTIP;
    if (curve && component->payout.count == 0 && component->matrix.column_count == 0) {
        reader_complain_below(reader, group, path, "payout",
                              "a component of type %s needs a payout curve, such as payout = "
                              "( [0.5, 0], [1, 1] )",
                              type);
    }
    if (component->type == COMPONENT_OBJECTIVES && component->objective_count == 0) {
        reader_complain_below(reader, group, path, "objectives",
                              "a component of type objectives needs some, such as objectives = "
                              "( { name = \"launch\"; weight = 0.5; } )");
    }
}

static void finish_ranking(struct reader *reader, const struct component *component,
                           const struct setting *group, const char *path) {
    for (size_t i = 0; i < component->prizes.count; i++) {
        double rank = component->prizes.points[i].at;
        if (rank != floor(rank)) {
            char number[32];
            char below[64];
            (void)snprintf(below, sizeof below, "prizes.[%zu].[0]", i);
            reader_complain_below(reader, group, path, below, "%s is no rank: 1, 2, 3, ...",
                                  brief(number, rank));
        }
    }
    if ((component->prizes.count > 0) == (component->top_share > 0.0)) {
        reader_complain_below(reader, group, path, "prizes",
                              component->prizes.count > 0
                                  ? "there is a top_share too; keep one of the two"
                                  : "a ranking needs prizes, such as prizes = ( [1, 5000], "
                                    "[2, 3000] ), or a top_share with a target");
    } else if (component->top_share > 0.0 && component->target <= 0.0) {
        reader_complain_below(reader, group, path, "target",
                              "the prize of the top share, a year, is missing");
    }
}

static void finish_shares(struct reader *reader, const struct component *component,
                          const struct setting *group, const char *path) {
    long rest = component->vesting_months - component->cliff_months;
    if (rest < 0) {
        reader_complain_below(reader, group, path, "cliff_months",
                              "%ld is longer than vesting_months, which is %ld",
                              component->cliff_months, component->vesting_months);
    } else if (rest % component->step_months != 0) {
        reader_complain_below(reader, group, path, "step_months",
                              "the %ld months from the cliff to the end of vesting do not divide "
                              "into steps of %ld (did you mean %ld?)",
                              rest, component->step_months,
                              rest < component->step_months ? rest : 1);
    }
    if (component->units > 0.0 && component->target > 0.0) {
        reader_complain_below(reader, group, path, "units",
                              "there is a target too; keep one of the two");
    }
    bool options =
        component->settlement == SETTLEMENT_OPTION || component->settlement == SETTLEMENT_SAR;
    if (options && component->term_months < component->vesting_months) {
        reader_complain_below(reader, group, path, "term_months",
                              "%ld is shorter than vesting_months, which is %ld",
                              component->term_months, component->vesting_months);
    }
}

static void finish_ltip(struct reader *reader, struct component *component,
                        const struct setting *group, const char *path) {
    if (reader_find(group, "settlement") == NULL) {
        component->settlement = SETTLEMENT_CASH;
    }
    if (component->cycle_months % 12 != 0) {
        reader_complain_below(reader, group, path, "cycle_months",
                              "%ld is no multiple of 12 (did you mean %ld?)",
                              component->cycle_months, (component->cycle_months + 6) / 12 * 12);
    }
    if (component->settlement == SETTLEMENT_OPTION || component->settlement == SETTLEMENT_SAR) {
        reader_complain_below(reader, group, path, "settlement",
                              "a long-term incentive plan pays cash, rsu or phantom; options are "
                              "shares that vest (type = \"shares\")");
    }
}

/* Elements that need the single deals of a period do not go with a group's result. */
static void check_deals(struct reader *reader, const struct component *component,
                        const struct setting *group, const char *path) {
    bool flow = metric_kind((enum metric)component->metric) == METRIC_FLOW;
    bool late = component->hold_back.share > 0.0 || component->clawback.months > 0;
    bool deals = metric_is_selling((enum metric)component->metric);
    if (component_sees_deals(component) && (!deals || component->scope != SCOPE_PERSON)) {
        reader_complain_below(reader, group, path, "metric",
                              "credit.most_per_deal and deal_factors look at single deals: they "
                              "need a metric of contracts won, such as new_revenue, and the scope "
                              "person");
    }
    if (late && (!deals || component->scope != SCOPE_PERSON)) {
        reader_complain_below(reader, group, path, "metric",
                              "hold_back and clawback follow the customers of a person's own "
                              "deals: they need a metric of contracts won, such as new_revenue, "
                              "and the scope person");
    }
    if (component->metric == METRIC_RECURRING_REVENUE &&
        (late || component_sees_deals(component))) {
        reader_complain_below(reader, group, path, "metric",
                              "recurring_revenue is what a month of all contracts brings and ends "
                              "with the customer: there are no single deals to limit, weigh, hold "
                              "back or take back");
    }
    if (component->credit.share != 1.0 && !flow) {
        reader_complain_below(reader, group, path, "credit.share",
                              "%s is no flow, so no part of it can be credited",
                              METRIC_NAMES[component->metric]);
    }
    if (component->share_by != SHARE_EACH && component->scope == SCOPE_PERSON) {
        reader_complain_below(reader, group, path, "share_by",
                              "a person's own result is not shared; use the scope team, role or "
                              "firm");
    }
    if (component->share_by == SHARE_CONTRIBUTION && !flow) {
        reader_complain_below(reader, group, path, "share_by",
                              "%s is no flow, so nobody contributes a part of it",
                              METRIC_NAMES[component->metric]);
    }
}

void finish_multiplier(struct reader *reader, void *object, const struct setting *group,
                       const char *path) {
    const struct multiplier *multiplier = object;
    if (multiplier->factor.count == 0 || reader_find(group, "factor") == NULL) {
        reader_complain_below(reader, group, path, "factor",
                              "a multiplier needs points, such as factor = ( [0.9, 0.5], [1, 1] )");
    }
}

void finish_component(struct reader *reader, void *object, const struct setting *group,
                      const char *path) {
    struct component *component = object;
    const char *type = COMPONENT_TYPES[component->type];
    bool measures = component->type != COMPONENT_SHARES && component->type != COMPONENT_OBJECTIVES;
    if (*component->name == '\0') {
        (void)snprintf(component->name, sizeof component->name, "%s", type);
    }
    if (measures && reader_find(group, "metric") == NULL) {
        reader_complain_below(reader, group, path, "metric",
                              "is missing: a component of type %s says what it is paid on", type);
    }
    switch ((enum component_type)component->type) {
    case COMPONENT_COMMISSION:
        finish_commission(reader, component, group, path);
        break;
    case COMPONENT_RANKING:
        finish_ranking(reader, component, group, path);
        break;
    case COMPONENT_BONUS:
        finish_bonus(reader, component, group, path);
        need_target(reader, component, group, path);
        break;
    case COMPONENT_OBJECTIVES:
        need_target(reader, component, group, path);
        break;
    case COMPONENT_LTIP:
        finish_ltip(reader, component, group, path);
        need_target(reader, component, group, path);
        break;
    case COMPONENT_SHARES:
        finish_shares(reader, component, group, path);
        need_target(reader, component, group, path);
        break;
    }
    if (measures) {
        check_deals(reader, component, group, path);
    }
    if (component->pool > 0.0 && component->quota_basis == QUOTA_YEAR_TO_DATE) {
        reader_complain_below(reader, group, path, "pool",
                              "a pool divides what a period pays and does not go with quota_basis "
                              "= \"year_to_date\"; take the pool out, or pay every period for "
                              "itself");
    }
    note_component(reader, component, group, path);
}

/* A value that follows from others may stand beside them, as in a manifest, when it is the same. */
static bool follows(const struct setting *written, double value, double derived) {
    return written == NULL || fabs(value - derived) <= 0.005;
}

static void derive_targets(struct reader *reader, struct plan *plan, const struct setting *group,
                           const char *path) {
    double variable = plan->on_target * (1.0 - plan->mix);
    for (size_t i = 0; i < plan->component_count; i++) {
        struct component *component = &plan->components[i];
        if (component->weight <= 0.0) {
            continue;
        }
        char below[64];
        if (plan->on_target <= 0.0) {
            (void)snprintf(below, sizeof below, "components.[%zu].weight", i);
            reader_complain_below(reader, group, path, below,
                                  "a share of variable target pay needs on_target and mix of the "
                                  "plan");
            continue;
        }
        double target = component->weight * variable;
        if (component->target > 0.0 && fabs(component->target - target) > 0.005) {
            char number[32];
            (void)snprintf(below, sizeof below, "components.[%zu].target", i);
            reader_complain_below(reader, group, path, below,
                                  "there is a weight too, which gives %s; keep one of the two",
                                  brief(number, target));
        }
        component->target = target;
    }
    note_weights(reader, plan, group, path);
}

/* People look at every period and cycle that is open, so there is an end to their number. */
static void check_open(struct reader *reader, const struct plan *plan, const struct setting *group,
                       const char *path) {
    size_t open = 0;
    size_t most = 0;
    for (size_t i = 0; i < plan->component_count; i++) {
        size_t here = payoffs_open(&plan->components[i]);
        most = here > payoffs_open(&plan->components[most]) ? i : most;
        open += here;
    }
    if (open <= PAYOFFS_MOST) {
        return;
    }
    char below[64];
    const struct component *largest = &plan->components[most];
    bool cycles = largest->type == COMPONENT_LTIP;
    (void)snprintf(below, sizeof below, "components.[%zu].%s", most,
                   cycles ? "every_months" : "objectives");
    reader_complain_below(reader, group, path, below,
                          "%zu periods and cycles of the plan could be open at a time, and there "
                          "may be %d; most are of %s: %s",
                          open, PAYOFFS_MOST, largest->name,
                          cycles ? "grant it less often, such as every_months = 12, or shorten "
                                   "cycle_months"
                                 : "write fewer objectives");
}

void finish_plan(struct reader *reader, void *object, const struct setting *group,
                 const char *path) {
    struct plan *plan = object;
    for (size_t i = 1; i < plan->component_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(plan->components[i].name, plan->components[j].name) == 0) {
                char below[64];
                (void)snprintf(below, sizeof below, "components.[%zu].name", i);
                reader_complain_below(reader, group, path, below,
                                      "[%zu] is called \"%s\" too; write a name for each", j,
                                      plan->components[i].name);
                break;
            }
        }
    }
    if ((plan->on_target > 0.0) != (plan->mix > 0.0)) {
        bool missing_mix = plan->on_target > 0.0;
        reader_complain_below(reader, group, path, missing_mix ? "mix" : "on_target",
                              "is missing; on_target and mix give the salary together");
    } else if (plan->on_target > 0.0) {
        double salary = plan->on_target * plan->mix;
        if (!follows(reader_find(group, "salary"), plan->salary, salary)) {
            char number[32];
            reader_complain_below(reader, group, path, "salary",
                                  "on_target and mix give %s; keep one of the two",
                                  brief(number, salary));
        }
        plan->salary = salary;
    }
    derive_targets(reader, plan, group, path);
    check_open(reader, plan, group, path);
}
