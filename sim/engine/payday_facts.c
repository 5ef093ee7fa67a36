/* What a person reached in a month, in terms of the slots of the person's plan. */
#include "engine/payday_steps.h"

#include <math.h>
#include <string.h>

double payday_plan_target(const struct plan *plan) {
    double year = 0.0;
    for (size_t c = 0; c < plan->component_count; c++) {
        const struct component *component = &plan->components[c];
        bool by_rate = component->rate > 0.0 || component->tiers.count > 0;
        if (component->type == COMPONENT_COMMISSION && by_rate &&
            metric_row((enum metric)component->metric)->money) {
            return 0.0;
        }
        if (component_is_award(component)) { /* a grant on joining is nothing of every year */
            double every = (double)component->every_months;
            year += every > 0.0 ? component->target * 12.0 / every : 0.0;
        } else if (component->type != COMPONENT_RANKING) {
            year += component->target;
        }
    }
    return year;
}

bool payday_takes_quota(const struct component *component, size_t s) {
    struct slot slot = slot_of(component, s);
    bool flow = metric_kind(slot.metric) == METRIC_FLOW && !metric_of_firm(slot.metric);
    bool whole = metric_row(slot.metric)->money && *slot.product == '\0';
    return flow && slot.quota <= 0.0 && (s == SLOT_MAIN || whole);
}

static double salary_of(const struct payday *payday, const struct scheme_state *state,
                        size_t payee) {
    double own = payday->question->roster->payees[payee].salary;
    return isnan(own) ? payday_law(payday, state, payee)->plan->salary : own;
}

/* Heads and quotas of persons and groups. */
void payday_groups(struct payday *payday) {
    const struct roster *roster = payday->question->roster;
    size_t owners = roster_owners(roster);
    memset(payday->owner_quota, 0, owners * sizeof *payday->owner_quota);
    memset(payday->owner_heads, 0, owners * sizeof *payday->owner_heads);
    for (size_t p = 0; p < roster->names.count; p++) {
        const struct payee *payee = &roster->payees[p];
        if (!payee_employed(payee, payday->month)) {
            continue;
        }
        for (int scope = SCOPE_PERSON; scope <= SCOPE_FIRM; scope++) {
            size_t owner = roster_owner(roster, p, (enum scope)scope);
            if (owner != SIZE_MAX) {
                payday->owner_heads[owner] += 1.0;
                payday->owner_quota[owner] += isnan(payee->quota) ? 0.0 : payee->quota;
            }
        }
    }
}

double payday_quota(const struct payday *payday, size_t payee, const struct component *component,
                    size_t s) {
    if (!payday_takes_quota(component, s)) {
        return 0.0;
    }
    size_t owner = roster_owner(payday->question->roster, payee, slot_of(component, s).scope);
    return owner == SIZE_MAX ? 0.0 : payday->owner_quota[owner];
}

double payday_scale(const struct payday *payday, const struct plan_law *law, size_t payee) {
    double own = payday->question->roster->payees[payee].target;
    return isnan(own) || law->target <= 0.0 ? 1.0 : own / law->target;
}

static double read_slot(const struct payday *payday, size_t payee, const struct slot *slot,
                        size_t part, enum credit_mode mode, double *base) {
    const struct payday_question *question = payday->question;
    const struct roster *roster = question->roster;
    bool firm = metric_of_firm(slot->metric);
    size_t owner = firm ? roster_firm(roster) : roster_owner(roster, payee, slot->scope);
    *base = 1.0;
    if (owner == SIZE_MAX) {
        return (double)NAN;
    }
    if (tally_knows(slot->metric) && !question->gauges->has[slot->metric]) {
        return tally_value(&payday->tally, mode, owner, part, slot, base);
    }
    double value =
        gauges_value(question->gauges, slot->metric, slot->product, owner, payday->month);
    bool index = metric_kind(slot->metric) == METRIC_INDEX && !isnan(value);
    return index ? fmax(value, 1e-6) : value; /* 0 would mean: no month yet */
}

double payday_slot(const struct payday *payday, const struct plan_law *law, size_t payee, size_t c,
                   size_t s, double *base) {
    const struct component *component = &law->plan->components[c];
    struct slot slot = slot_of(component, s);
    bool first = s == SLOT_MAIN && component->credit.split == SPLIT_MONEY;
    return read_slot(payday, payee, &slot, law->parts[law->payroll.slot_first[c] + s],
                     first ? CREDIT_FIRST : CREDIT_PARTS, base);
}

/* Part of the salaries of all people of the group who are employed. */
static double salary_share(const struct payday *payday, const struct scheme_state *state,
                           size_t payee, enum scope scope) {
    const struct payday_question *question = payday->question;
    size_t owner = roster_owner(question->roster, payee, scope);
    double sum = 0.0;
    for (size_t p = 0; p < question->roster->names.count; p++) {
        if (roster_owner(question->roster, p, scope) == owner &&
            payee_employed(&question->roster->payees[p], payday->month)) {
            sum += salary_of(payday, state, p);
        }
    }
    return sum > 0.0 ? salary_of(payday, state, payee) / sum : 0.0;
}

static double share_of(const struct payday *payday, const struct scheme_state *state, size_t payee,
                       size_t c) {
    const struct plan_law *law = payday_law(payday, state, payee);
    const struct component *component = &law->plan->components[c];
    enum scope scope = (enum scope)component->scope;
    if (component->share_by == SHARE_CONTRIBUTION) {
        struct slot own = slot_of(component, SLOT_MAIN);
        double base;
        own.scope = SCOPE_PERSON;
        double value =
            read_slot(payday, payee, &own, law->parts[law->payroll.slot_first[c] + SLOT_MAIN],
                      component->credit.split == SPLIT_MONEY ? CREDIT_FIRST : CREDIT_PARTS, &base);
        return isnan(value) ? 0.0 : value * component->credit.share;
    }
    if (component->share_by == SHARE_SALARY) {
        return salary_share(payday, state, payee, scope);
    }
    size_t owner = roster_owner(payday->question->roster, payee, scope);
    return owner == SIZE_MAX ? 0.0 : 1.0 / payday->owner_heads[owner];
}

struct month_facts payday_facts(const struct payday *payday, const struct scheme_state *state,
                                size_t payee, bool values) {
    const struct plan_law *law = payday_law(payday, state, payee);
    const struct payday_question *question = payday->question;
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *component = &law->plan->components[c];
        for (size_t s = 0; s < slot_count(component); s++) {
            size_t at = law->payroll.slot_first[c] + s;
            if (!slot_used(component, s)) {
                continue;
            }
            payday->quotas[at] = payday_quota(payday, payee, component, s);
            if (values) {
                payday->values[at] = payday_slot(payday, law, payee, c, s, &payday->bases[at]);
            }
        }
        if (values && component->share_by != SHARE_EACH) {
            payday->shares[c] = share_of(payday, state, payee, c);
        }
    }
    return (struct month_facts){
        .month = payday->month,
        .fiscal_month = payday_fiscal_month(question->parameters, payday->month),
        .tenure = payee_tenure(&question->roster->payees[payee], payday->month),
        .scale = payday_scale(payday, law, payee),
        .values = payday->values,
        .bases = payday->bases,
        .quotas = payday->quotas,
        .shares = payday->shares};
}
