/* What plans need and the data do not have, said before anything is paid. */
#include "engine/payday_steps.h"

#include <math.h>
#include <string.h>

struct check {
    const struct payday_question *question;
    const struct plan *plan;
    const struct pay_scheme *scheme;
    size_t number; /* of the plan */
    struct error *error;
};

/* "plans.hunter.components.[1]" or what of it holds the quota of a slot. */
static void slot_path(struct text *path, const struct plan *plan, size_t c, size_t s) {
    const struct component *component = &plan->components[c];
    text_add(path, "plans.%s.components.[%zu]", plan->name, c);
    if (s == SLOT_MAIN) {
        return;
    }
    if (s == SLOT_MATRIX) {
        text_add(path, ".matrix");
    } else if (s < slot_multiplier(component, 0)) {
        text_add(path, ".gates.[%zu]", s - slot_gate(0));
    } else if (s < slot_objective(component, 0)) {
        text_add(path, ".multipliers.[%zu]", s - slot_multiplier(component, 0));
    } else {
        text_add(path, ".objectives.[%zu]", s - slot_objective(component, 0));
    }
}

static bool needs_quota(const struct component *component, size_t s) {
    struct slot slot = slot_of(component, s);
    if (metric_kind(slot.metric) != METRIC_FLOW || slot.quota > 0.0) {
        return false;
    }
    bool by_rate = component->rate > 0.0 || component->tiers.count > 0;
    switch ((enum component_type)component->type) {
    case COMPONENT_COMMISSION:
        return s != SLOT_MAIN || !by_rate || component->deal_factors.count > 0;
    case COMPONENT_RANKING:
        return s != SLOT_MAIN;
    default:
        return true;
    }
}

/* Somebody of the group that counts has a quota. */
static bool has_quota(const struct roster *roster, size_t payee, enum scope scope) {
    size_t owner = roster_owner(roster, payee, scope);
    if (scope == SCOPE_PERSON) {
        return roster->payees[payee].quota > 0.0;
    }
    for (size_t p = 0; p < roster->names.count; p++) {
        if (roster_owner(roster, p, scope) == owner && roster->payees[p].quota > 0.0) {
            return true;
        }
    }
    return false;
}

static void check_quota(const struct check *check, size_t c, size_t s, const char *path) {
    enum { NAMED = 3 };
    const struct component *component = &check->plan->components[c];
    const struct roster *roster = check->question->roster;
    struct text names = {0};
    size_t lacking = 0;
    if (!needs_quota(component, s)) {
        return;
    }
    if (!payday_takes_quota(component, s)) {
        (void)error_add(check->error, ERROR_QUESTION,
                        "%s: write its quota of a period, such as --set %s.quota=100000", path,
                        path);
        return;
    }
    for (size_t p = 0; p < roster->names.count; p++) {
        if (check->scheme->plans[p] == check->number &&
            !has_quota(roster, p, slot_of(component, s).scope)) {
            if (lacking < NAMED) {
                text_add(&names, "%s%s", lacking == 0 ? "" : ", ", roster->names.names[p]);
            }
            lacking++;
        }
    }
    if (lacking > 0) {
        (void)error_add(check->error, ERROR_QUESTION,
                        "%s has no quota, nor %s %s%s: write a year's quota in the column quota "
                        "of --people, or a period's with --set %s.quota=100000",
                        path, lacking == 1 ? "has" : "have", text_bytes(&names),
                        lacking > NAMED ? " and others" : "", path);
    }
    text_free(&names);
}

static void check_metric(const struct check *check, size_t c, size_t s, const char *path) {
    const struct component *component = &check->plan->components[c];
    const struct payday_question *question = check->question;
    struct slot slot = slot_of(component, s);
    const char *name = METRIC_NAMES[slot.metric];
    bool margin = slot.metric == METRIC_MARGIN || slot.metric == METRIC_MARGIN_RATE;
    if (question->gauges->has[slot.metric] && tally_knows(slot.metric)) {
        return;
    }
    if (margin && question->dealings->without_margin > 0) {
        (void)error_add(check->error, ERROR_QUESTION,
                        "%s pays on %s, but %ld deals have no margin, the first in line %ld: "
                        "write the column margin of %s",
                        path, name, question->dealings->without_margin,
                        question->dealings->first_without_margin, question->dealings->path);
    }
    if (tally_knows(slot.metric) || gauges_know(question->gauges, slot.metric, slot.product)) {
        return;
    }
    bool firm = metric_of_firm(slot.metric);
    (void)error_add(check->error, ERROR_QUESTION,
                    "%s needs %s%s%s%s, which deals cannot tell: add rows such as "
                    "month,person,metric,product,value = 2025-03,%s,%s,%s,1 to --measures",
                    path, name, *slot.product == '\0' ? "" : " of \"", slot.product,
                    *slot.product == '\0' ? "" : "\"", firm ? "" : question->roster->names.names[0],
                    slot.metric == METRIC_TOTAL_RETURN ? "share_price" : name, slot.product);
}

static void check_group(const struct check *check, size_t c, size_t s, const char *path) {
    const struct roster *roster = check->question->roster;
    struct slot slot = slot_of(&check->plan->components[c], s);
    bool grouped = slot.scope == SCOPE_TEAM || slot.scope == SCOPE_ROLE;
    for (size_t p = 0; grouped && p < roster->names.count; p++) {
        if (check->scheme->plans[p] == check->number &&
            roster_owner(roster, p, slot.scope) == SIZE_MAX) {
            (void)error_add(check->error, ERROR_QUESTION,
                            "%s counts the %s of %s, which is not said: write the column %s of "
                            "--people",
                            path, SCOPE_NAMES[slot.scope], roster->names.names[p],
                            SCOPE_NAMES[slot.scope]);
            return;
        }
    }
}

static void check_plan(const struct check *check) {
    for (size_t c = 0; c < check->plan->component_count; c++) {
        const struct component *component = &check->plan->components[c];
        for (size_t s = 0; s < slot_count(component); s++) {
            struct text path = {0};
            slot_path(&path, check->plan, c, s);
            if (slot_used(component, s)) {
                check_metric(check, c, s, text_bytes(&path));
                check_group(check, c, s, text_bytes(&path));
                check_quota(check, c, s, text_bytes(&path));
            }
            text_free(&path);
        }
    }
}

bool payday_check(const struct payday_question *question, struct error *error) {
    size_t before = error->count;
    for (size_t k = 0; k < question->scheme_count; k++) {
        for (size_t n = 0; n < question->parameters->plan_count; n++) {
            const struct check check = {question, &question->parameters->plans[n],
                                        &question->schemes[k], n, error};
            bool used = false;
            for (size_t p = 0; p < question->roster->names.count && !used; p++) {
                used = check.scheme->plans[p] == n;
            }
            if (used) {
                check_plan(&check);
            }
        }
    }
    return error->count == before;
}
