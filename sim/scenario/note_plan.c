/* What is written in a plan and has no effect. */
#include "scenario/finish.h"

#include "plan/measure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Numbers that are all the same: weights that weigh nothing. */
static bool is_level(const struct setting *list) {
    for (const struct setting *child = list->first; child != NULL; child = child->next) {
        bool same =
            child->kind == list->first->kind &&
            ((child->kind == SETTING_NUMBER && child->value.number == list->first->value.number) ||
             (child->kind == SETTING_WHOLE && child->value.whole == list->first->value.whole));
        if (!same) {
            return false;
        }
    }
    return true;
}

/* The setting when it is written and not what it would be anyway, as in a manifest. */
static const struct setting *unusual(const struct schema *schema, const struct setting *group,
                                     const char *name) {
    const struct setting *setting = reader_find(group, name);
    for (size_t i = 0; setting != NULL && i < schema->count; i++) {
        const struct row *row = &schema->rows[i];
        if (strcmp(row->path, name) != 0) {
            continue;
        }
        bool usual = is_level(setting);
        switch (setting->kind) {
        case SETTING_NUMBER:
            usual = setting->value.number == row->fallback;
            break;
        case SETTING_WHOLE:
            usual = (double)setting->value.whole == row->fallback;
            break;
        case SETTING_TEXT:
            usual = strcmp(setting->value.text, row->fallback_text) == 0;
            break;
        default:
            break;
        }
        return usual ? NULL : setting;
    }
    return NULL;
}

void note_idle(struct reader *reader, const struct schema *schema, const struct setting *group,
               const char *path, const char *name, const char *why) {
    const struct setting *setting = unusual(schema, group, name);
    if (setting != NULL) {
        char full[PATH_SIZE];
        path_join(full, path, &(struct step){.name = name, .length = strlen(name)});
        reader_note(reader, setting, full, "has no effect %s", why);
    }
}

/* Values that the type of the component never looks at. */
static void note_type(struct reader *reader, const struct component *component,
                      const struct setting *group, const char *path) {
    char why[64];
    (void)snprintf(why, sizeof why, "on a component of type %s", COMPONENT_TYPES[component->type]);
    for (size_t i = 0; i < COMPONENT_SCHEMA.count; i++) {
        const struct row *row = &COMPONENT_SCHEMA.rows[i];
        if (row->kinds != 0 && (row->kinds >> component->type & 1U) == 0) {
            note_idle(reader, &COMPONENT_SCHEMA, group, path, row->path, why);
        }
    }
}

/* Whether any of its measures is a flow with a quota. */
static bool has_flow(const struct component *component, bool commission_quota) {
    for (size_t s = 0; s < slot_count(component); s++) {
        bool idle = s == SLOT_MAIN && component->type == COMPONENT_COMMISSION && !commission_quota;
        if (slot_used(component, s) && !idle &&
            metric_kind(slot_of(component, s).metric) == METRIC_FLOW) {
            return true;
        }
    }
    return false;
}

static double highest(const struct curve *curve) {
    double most = curve->points[0].value;
    for (size_t p = 1; p < curve->count; p++) {
        most = curve->points[p].value > most ? curve->points[p].value : most;
    }
    return most;
}

/* Terms that pay nothing whatever happens. */
static void note_empty(struct reader *reader, const struct component *component,
                       const struct setting *group, const char *path) {
    const struct {
        const char *name;
        const struct curve *curve;
    } curves[] = {{"payout", &component->payout},
                  {"tiers", &component->tiers},
                  {"prizes", &component->prizes}};
    for (size_t i = 0; i < sizeof curves / sizeof *curves; i++) {
        const struct setting *setting = reader_find(group, curves[i].name);
        if (setting != NULL && curves[i].curve->count > 0 && highest(curves[i].curve) <= 0.0 &&
            !(i == 0 && component->slope_above > 0.0)) {
            char full[PATH_SIZE];
            path_join(full, path,
                      &(struct step){.name = curves[i].name, .length = strlen(curves[i].name)});
            reader_note(reader, setting, full, "pays nothing anywhere");
        }
    }
}

static bool is_used(const struct component *component, const char *name) {
    for (size_t i = 0; i < COMPONENT_SCHEMA.count; i++) {
        const struct row *row = &COMPONENT_SCHEMA.rows[i];
        if (strcmp(row->path, name) == 0) {
            return row->kinds == 0 || (row->kinds >> component->type & 1U) != 0;
        }
    }
    return false;
}

struct idle_rule {
    bool idle;
    const char *name;
    const char *why;
};

static void note_rules(struct reader *reader, const struct component *component,
                       const struct setting *group, const char *path, const struct idle_rule *rules,
                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (rules[i].idle && is_used(component, rules[i].name)) {
            note_idle(reader, &COMPONENT_SCHEMA, group, path, rules[i].name, rules[i].why);
        }
    }
}

/* What a period earns. */
static void note_earning(struct reader *reader, const struct component *component,
                         const struct setting *group, const char *path) {
    bool commission = component->type == COMPONENT_COMMISSION;
    bool individual = component->target > 0.0 || component->weight > 0.0;
    bool looks = !commission || individual || component->deal_factors.count > 0;
    bool flow = has_flow(component, looks);
    bool main_flow = metric_kind((enum metric)component->metric) == METRIC_FLOW;
    const struct idle_rule rules[] = {
        {component->tiers.count == 0, "tier_rule", "without tiers"},
        {component->tiers.count == 0, "tier_edge", "without tiers"},
        {component->tiers.count > 0 && component->tier_rule == TIERS_MARGINAL, "tier_edge",
         "on marginal tiers"},
        {component->threshold <= 0.0, "threshold_rule", "without a threshold"},
        {component->metric != METRIC_RECURRING_REVENUE, "recurring_months",
         "on another metric than recurring_revenue"},
        {component->matrix.column_count == 0, "matrix.metric", "without matrix.columns"},
        {component->matrix.column_count == 0, "matrix.scope", "without matrix.columns"},
        {component->matrix.column_count == 0, "matrix.product", "without matrix.columns"},
        {component->matrix.column_count == 0, "matrix.quota", "without matrix.columns"},
        {component->matrix.column_count == 0, "matrix.between", "without matrix.columns"},
        {component->payout.count == 0 && component->matrix.column_count == 0, "slope_above",
         "without payout"},
        {commission && !looks, "quota",
         "on a commission with a rate or tiers and without deal_factors"},
        {!flow, "season", "without the quota of a flow"},
        {!flow, "quota_ramp", "without the quota of a flow"},
        {!main_flow, "ratchet.up", "on a metric that is no flow"},
        {!main_flow, "ratchet.down", "on a metric that is no flow"},
        {component->period == PERIOD_YEAR, "quota_basis", "on a period of a year"},
        {component->cap <= 0.0, "cap_place", "without a cap"},
        {component->cap > 0.0 && component->multiplier_count == 0, "cap_place",
         "without multipliers"},
    };
    note_rules(reader, component, group, path, rules, sizeof rules / sizeof *rules);
}

/* When and to whom it is paid. */
static void note_paying(struct reader *reader, const struct component *component,
                        const struct setting *group, const char *path) {
    bool ranking = component->type == COMPONENT_RANKING;
    bool strikes =
        component->settlement == SETTLEMENT_OPTION || component->settlement == SETTLEMENT_SAR;
    bool shares = component->type == COMPONENT_SHARES;
    const struct idle_rule rules[] = {
        {component->bank.pays <= 0.0, "bank.lowest", "without bank.pays"},
        {component->bank.pays <= 0.0, "bank.highest", "without bank.pays"},
        {component->bank.pays <= 0.0, "bank.carry_years", "without bank.pays"},
        {component->hold_back.share <= 0.0, "hold_back.months", "without hold_back.share"},
        {component->clawback.months <= 0, "clawback.rule", "without clawback.months"},
        {ranking && component->prizes.count > 0, "target", "beside prizes"},
        {ranking, "edge", "on a ranking"},
        {ranking, "negative", "on a ranking"},
        {ranking, "proration", "on a ranking"},
        {ranking, "leaver", "on a ranking: prizes are for who is there"},
        {ranking, "good_leaver", "on a ranking: prizes are for who is there"},
        {shares && !strikes, "strike", "on what is neither option nor sar"},
        {shares && !strikes, "term_months", "on what is neither option nor sar"},
    };
    note_rules(reader, component, group, path, rules, sizeof rules / sizeof *rules);
}

void note_component(struct reader *reader, const struct component *component,
                    const struct setting *group, const char *path) {
    note_type(reader, component, group, path);
    note_earning(reader, component, group, path);
    note_paying(reader, component, group, path);
    note_empty(reader, component, group, path);
}

void note_weights(struct reader *reader, const struct plan *plan, const struct setting *group,
                  const char *path) {
    double weights = 0.0;
    bool others = false;
    for (size_t i = 0; i < plan->component_count; i++) {
        const struct component *component = &plan->components[i];
        weights += component->weight;
        others = others || (component->weight <= 0.0 && !component_is_award(component));
    }
    const struct setting *setting = reader_find(group, "on_target");
    if (setting != NULL && plan->on_target > 0.0 && plan->component_count > 0 && !others &&
        fabs(weights - 1.0) > 1e-9) {
        char full[PATH_SIZE];
        path_join(full, path, &(struct step){.name = "on_target", .length = 9});
        reader_note(reader, setting, full,
                    "the weights of the components sum to %.10g, so that target pay is %.10g",
                    weights, plan->salary + plan->on_target * (1.0 - plan->mix) * weights);
    }
    if (plan->draw.amount <= 0.0) {
        note_idle(reader, &PLAN_SCHEMA, group, path, "draw.rule", "without draw.amount");
        note_idle(reader, &PLAN_SCHEMA, group, path, "draw.months", "without draw.amount");
    }
}

static bool is_segment(const struct parameters *parameters, const char *product) {
    for (size_t s = 0; s < parameters->segment_count; s++) {
        if (strcmp(parameters->segments[s].name, product) == 0) {
            return true;
        }
    }
    return *product == '\0';
}

void note_products(struct reader *reader, const struct parameters *parameters,
                   const struct setting *group) {
    for (size_t p = 0; p < parameters->plan_count; p++) {
        const struct plan *plan = &parameters->plans[p];
        for (size_t c = 0; c < plan->component_count; c++) {
            for (size_t s = 0; s < slot_count(&plan->components[c]); s++) {
                struct slot slot = slot_of(&plan->components[c], s);
                if (slot_used(&plan->components[c], s) && slot.metric != METRIC_OBJECTIVES &&
                    !is_segment(parameters, slot.product)) {
                    const struct setting *setting = reader_find(group, "plans");
                    setting = setting == NULL ? group : setting;
                    char full[PATH_SIZE];
                    (void)snprintf(full, sizeof full, "plans.%s.components.[%zu]", plan->name, c);
                    reader_note(reader, setting, full,
                                "no segment is called \"%s\": the simulation has no such product",
                                slot.product);
                }
            }
        }
    }
}
