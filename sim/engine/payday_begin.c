/* A payday made ready: plans, statements and sums, as large as people, plans and months need. */
#include "base/memory.h"
#include "engine/payday_steps.h"

#include <stdlib.h>
#include <string.h>

static size_t most(size_t a, size_t b) { return a > b ? a : b; }

/* Lengths of recurring revenue, and whether books are looked at. */
static bool watch_slot(struct payday *payday, const struct slot *slot, const char *plan) {
    struct tally *tally = &payday->tally;
    switch (slot->metric) {
    case METRIC_MANAGED_REVENUE:
    case METRIC_NET_RETENTION:
    case METRIC_GROSS_RETENTION:
    case METRIC_RENEWAL_RATE:
        tally->changing = true;
        return true;
    case METRIC_RECURRING_REVENUE:
        tally->changing = true;
        break;
    default:
        return true;
    }
    for (size_t r = 0; r < tally->recurring_count; r++) {
        if (tally->recurring_months[r] == slot->recurring_months) {
            return true;
        }
    }
    if (tally->recurring_count == RECURRING_MOST) {
        return error_add(payday->error, ERROR_QUESTION,
                         "plans.%s: more than %d different recurring_months in the plans that are "
                         "paid together; pay some of them by themselves",
                         plan, RECURRING_MOST);
    }
    tally->recurring_months[tally->recurring_count++] = slot->recurring_months;
    return true;
}

static bool ready_component(struct payday *payday, struct plan_law *law, size_t c,
                            bool *first_mode) {
    const struct component *component = &law->plan->components[c];
    bool late = law->payroll.past_count[c] > 0;
    *first_mode = *first_mode || component->credit.split == SPLIT_MONEY;
    payday->cancelled_alone =
        payday->cancelled_alone || (late && component->credit.most_per_deal > 0.0);
    for (size_t s = 0; s < slot_count(component); s++) {
        struct slot slot = slot_of(component, s);
        size_t product;
        if (!slot_used(component, s)) {
            continue;
        }
        law->parts[law->payroll.slot_first[c] + s] =
            dictionary_find(payday->question->products, slot.product, &product) ? product + 1 : 0;
        if (!watch_slot(payday, &slot, law->plan->name)) {
            return false;
        }
    }
    return true;
}

static bool ready_plan(struct payday *payday, size_t n, bool *first_mode) {
    const struct payday_question *question = payday->question;
    struct plan_law *law = &payday->laws[n];
    *law = (struct plan_law){.plan = &question->parameters->plans[n], .used = true};
    law->payroll = payroll_of(law->plan);
    law->target = payday_plan_target(law->plan);
    law->parts =
        memory_array(law->payroll.slot_count, sizeof *law->parts, "measures", payday->error);
    payday_award_places(law, question->last_month - question->first_month + 1);
    payday->component_most = most(payday->component_most, law->plan->component_count);
    payday->slot_most = most(payday->slot_most, law->payroll.slot_count);
    payday->past_most = most(payday->past_most, law->payroll.past_total);
    payday->award_most = most(payday->award_most, law->award_total);
    for (size_t c = 0; law->parts != NULL && c < law->plan->component_count; c++) {
        if (!ready_component(payday, law, c, first_mode)) {
            return false;
        }
    }
    return law->parts != NULL;
}

static bool ready_plans(struct payday *payday, bool *first_mode) {
    const struct payday_question *question = payday->question;
    payday->laws = memory_array(question->parameters->plan_count, sizeof *payday->laws, "plans",
                                payday->error);
    if (payday->laws == NULL) {
        return false;
    }
    for (size_t s = 0; s < question->scheme_count; s++) {
        for (size_t p = 0; p < question->roster->names.count; p++) {
            size_t n = question->schemes[s].plans[p];
            if (!payday->laws[n].used && !ready_plan(payday, n, first_mode)) {
                return false;
            }
        }
    }
    return true;
}

static bool ready_state(struct payday *payday, size_t s) {
    struct scheme_state *state = &payday->states[s];
    struct error *error = payday->error;
    size_t people = payday->question->roster->names.count;
    state->scheme = &payday->question->schemes[s];
    state->accounts =
        memory_array(people * payday->component_most, sizeof *state->accounts, "accounts", error);
    state->measured =
        memory_array(people * payday->slot_most, sizeof *state->measured, "measures", error);
    state->past =
        memory_array(people * payday->past_most, sizeof *state->past, "past periods", error);
    state->awards =
        memory_array(people * payday->award_most, sizeof *state->awards, "awards", error);
    state->draw_owed = memory_array(people, sizeof *state->draw_owed, "draws", error);
    state->year_variable = memory_array(people, sizeof *state->year_variable, "years", error);
    return state->accounts != NULL && state->measured != NULL && state->past != NULL &&
           state->awards != NULL && state->draw_owed != NULL && state->year_variable != NULL;
}

bool payday_begin(struct payday *payday) {
    const struct payday_question *question = payday->question;
    struct error *error = payday->error;
    size_t people = question->roster->names.count;
    size_t owners = roster_owners(question->roster);
    bool first_mode = false;
    if (!ready_plans(payday, &first_mode) ||
        !tally_init(&payday->tally, question->roster, question->products->count, first_mode,
                    question->first_month, question->last_month, error)) {
        return false;
    }
    payday->month = question->first_month;
    payday->values = memory_array(payday->slot_most, sizeof(double), "facts", error);
    payday->bases = memory_array(payday->slot_most, sizeof(double), "facts", error);
    payday->quotas = memory_array(payday->slot_most, sizeof(double), "facts", error);
    payday->shares = memory_array(payday->component_most, sizeof(double), "facts", error);
    payday->owner_quota = memory_array(owners, sizeof(double), "quotas", error);
    payday->owner_heads = memory_array(owners, sizeof(double), "heads", error);
    payday->group = memory_array(people, sizeof *payday->group, "rankings", error);
    payday->work = memory_array(2 * people, sizeof(double), "rankings", error);
    payday->states = memory_array(question->scheme_count, sizeof *payday->states, "schemes", error);
    payday->results->unpaid =
        memory_array(people, sizeof *payday->results->unpaid, "people", error);
    bool good = payday->values != NULL && payday->bases != NULL && payday->quotas != NULL &&
                payday->shares != NULL && payday->owner_quota != NULL &&
                payday->owner_heads != NULL && payday->group != NULL && payday->work != NULL &&
                payday->states != NULL && payday->results->unpaid != NULL;
    for (size_t s = 0; good && s < question->scheme_count; s++) {
        good = ready_state(payday, s);
    }
    if (good) {
        payday_groups(payday);
    }
    return good;
}

void payday_end(struct payday *payday) {
    const struct payday_question *question = payday->question;
    for (size_t n = 0; payday->laws != NULL && n < question->parameters->plan_count; n++) {
        free(payday->laws[n].parts);
    }
    for (size_t s = 0; payday->states != NULL && s < question->scheme_count; s++) {
        struct scheme_state *state = &payday->states[s];
        free(state->accounts);
        free(state->measured);
        free(state->past);
        free(state->awards);
        free(state->draw_owed);
        free(state->year_variable);
    }
    tally_free(&payday->tally);
    dictionary_free(&payday->cancelled_keys);
    dictionary_free(&payday->part_keys);
    free(payday->laws);
    free(payday->states);
    free(payday->values);
    free(payday->bases);
    free(payday->quotas);
    free(payday->shares);
    free(payday->owner_quota);
    free(payday->owner_heads);
    free(payday->group);
    free(payday->work);
    free(payday->cancelled);
    free(payday->parts);
}
