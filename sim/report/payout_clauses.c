/* Which words of a plan a step of its calculation follows. */
#include "report/payout_trace.h"

#include "plan/measure.h"

#include <stdarg.h>
#include <stdio.h>

struct list {
    char (*clauses)[CLAUSE_SIZE];
    size_t count;
};

static void add(struct list *list, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct list *list, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (list->count < CLAUSES_MOST) {
        (void)vsnprintf(list->clauses[list->count++], CLAUSE_SIZE, format, arguments);
    }
    va_end(arguments);
}

/* "", "matrix.", "gates.[0]." ... */
static void slot_prefix(char prefix[CLAUSE_SIZE], const struct component *component, size_t slot) {
    prefix[0] = '\0';
    if (slot == SLOT_MATRIX) {
        (void)snprintf(prefix, CLAUSE_SIZE, "matrix.");
    } else if (slot >= SLOT_LISTS && slot < slot_multiplier(component, 0)) {
        (void)snprintf(prefix, CLAUSE_SIZE, "gates.[%zu].", slot - slot_gate(0));
    } else if (slot >= SLOT_LISTS && slot < slot_objective(component, 0)) {
        (void)snprintf(prefix, CLAUSE_SIZE, "multipliers.[%zu].",
                       slot - slot_multiplier(component, 0));
    } else if (slot >= SLOT_LISTS) {
        (void)snprintf(prefix, CLAUSE_SIZE, "objectives.[%zu].",
                       slot - slot_objective(component, 0));
    }
}

static void slot_clauses(struct list *list, const struct component *component,
                         const struct trace_step *step) {
    struct slot slot = slot_of(component, step->item);
    char prefix[CLAUSE_SIZE];
    slot_prefix(prefix, component, step->item);
    if (step->kind == TRACE_QUOTA) {
        if (slot.quota > 0.0) {
            add(list, "%.32squota", prefix);
        }
        if (step->item == SLOT_MAIN && component->quota_ramp.count > 0) {
            add(list, "quota_ramp");
        }
        return;
    }
    add(list, "%.32smetric", prefix);
    if (*slot.product != '\0') {
        bool named = step->item >= SLOT_LISTS && step->item >= slot_objective(component, 0) &&
                     slot.metric == METRIC_OBJECTIVES;
        add(list, "%.32s%s", prefix, named ? "name" : "product");
    }
    if (slot.scope != SCOPE_PERSON) {
        add(list, "%.32sscope", prefix);
    }
    if (step->item == SLOT_MAIN && component->credit.share != 1.0) {
        add(list, "credit.share");
    }
}

static void pay_clauses(struct list *list, const struct component *component,
                        const struct trace_step *step) {
    switch (step->kind) {
    case TRACE_CREDIT:
        if (component->credit.most_per_deal > 0.0) {
            add(list, "credit.most_per_deal");
        }
        if (component->credit.share != 1.0) {
            add(list, "credit.share");
        }
        break;
    case TRACE_UNITS:
        add(list, "most_units");
        break;
    case TRACE_THRESHOLD:
        add(list, "threshold");
        add(list, "threshold_rule");
        break;
    case TRACE_RATE:
        add(list, component->rate > 0.0 ? "rate" : "target");
        break;
    case TRACE_TIERS:
        add(list, "tiers");
        add(list, "tier_rule");
        break;
    case TRACE_FACTORS:
        add(list, "deal_factors");
        break;
    case TRACE_CURVE:
        add(list, "payout");
        if (component->slope_above > 0.0) {
            add(list, "slope_above");
        }
        break;
    case TRACE_MATRIX:
        for (size_t i = 0; i < component->matrix.column_count; i++) {
            add(list, "matrix.columns.[%zu].payout", i);
        }
        break;
    case TRACE_OBJECTIVE:
        add(list, "objectives.[%zu].weight", step->item);
        if (component->objectives[step->item].level.count > 0) {
            add(list, "objectives.[%zu].level", step->item);
        }
        break;
    case TRACE_TARGET:
        add(list, "target");
        break;
    case TRACE_RANK:
        add(list, component->prizes.count > 0 ? "prizes" : "top_share");
        break;
    case TRACE_SHARED:
        add(list, "share_by");
        break;
    case TRACE_GATE:
        add(list, "gates.[%zu].at_least", step->item);
        break;
    case TRACE_MULTIPLIER:
        add(list, "multipliers.[%zu].factor", step->item);
        break;
    case TRACE_CAP:
        add(list, "cap");
        break;
    case TRACE_POOL:
        add(list, "pool");
        break;
    case TRACE_TO_DATE:
        add(list, "quota_basis");
        break;
    default:
        break;
    }
}

static void late_clauses(struct list *list, const struct component *component,
                         const struct trace_step *step) {
    switch (step->kind) {
    case TRACE_BANK:
        add(list, "bank.pays");
        break;
    case TRACE_HOLD_BACK:
        add(list, "hold_back.share");
        break;
    case TRACE_RELEASE:
        add(list, "hold_back.months");
        break;
    case TRACE_CLAWBACK:
        add(list, "clawback.months");
        add(list, "clawback.rule");
        break;
    case TRACE_AWARD:
        add(list, component != NULL && component->type == COMPONENT_LTIP ? "cycle_months"
                                                                         : "vesting_months");
        add(list, "settlement");
        break;
    case TRACE_PLAN_CAP:
        add(list, "cap");
        break;
    case TRACE_DRAW:
        add(list, "draw.amount");
        break;
    case TRACE_RECOVERY:
        add(list, "draw.rule");
        break;
    default:
        break;
    }
}

size_t payout_clauses(const struct component *component, const struct trace_step *step,
                      char clauses[CLAUSES_MOST][CLAUSE_SIZE]) {
    struct list list = {clauses, 0};
    bool measures = step->kind == TRACE_MEASURE || step->kind == TRACE_QUOTA;
    if (component == NULL || step->kind >= TRACE_PLAN_CAP) {
        late_clauses(&list, component, step);
    } else if (measures) {
        slot_clauses(&list, component, step);
    } else {
        pay_clauses(&list, component, step);
    }
    return list.count;
}
