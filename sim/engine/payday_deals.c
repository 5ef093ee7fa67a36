/* Deals as they come in: credited one by one where a plan looks at them, kept together for the
 * cancellations and for the money that people share. */
#include "base/memory.h"
#include "engine/payday_steps.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>

static double units(int64_t millionths) { return (double)millionths / MILLIONTHS; }

/* Whether the main measure of a component counts the product. */
static bool counts_product(const struct plan_law *law, size_t c, size_t product) {
    size_t part = law->parts[law->payroll.slot_first[c] + SLOT_MAIN];
    return part == 0 || (product != SIZE_MAX && part == product + 1);
}

static bool is_money_split(const struct component *component) {
    return component->credit.split == SPLIT_MONEY && !component_is_award(component);
}

/* One person's part of a deal for the components that look at single deals. */
static void credit_person(const struct payday *payday, struct scheme_state *state, size_t payee,
                          const struct dealing *dealing, int64_t before, int64_t share,
                          bool is_first) {
    const struct plan_law *law = payday_law(payday, state, payee);
    struct statement statement = payday_statement(payday, state, payee);
    struct month_facts facts = {0};
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *component = &law->plan->components[c];
        if (!component_sees_deals(component) || !counts_product(law, c, dealing->product) ||
            (is_money_split(component) && !is_first)) {
            continue;
        }
        bool whole = is_money_split(component);
        int64_t amount = tally_deal((enum metric)component->metric, dealing, whole ? 0 : before,
                                    whole ? MILLIONTHS : share);
        if (facts.quotas == NULL) {
            facts = payday_facts(payday, state, payee, false);
        }
        if (amount != 0) {
            statement_deal(&law->payroll, &statement, c, units(amount), &facts,
                           payday_trace(payday, state, payee));
        }
    }
}

static struct owed_part *part_of(struct payday *payday, const struct owed_part *wanted) {
    char key[80];
    size_t number;
    void *parts = payday->parts;
    (void)snprintf(key, sizeof key, "%zu %zu %u %u", wanted->scheme, wanted->component,
                   wanted->from, wanted->to);
    if (!dictionary_add(&payday->part_keys, key, &number, payday->error)) {
        return NULL;
    }
    if (number == payday->part_count) {
        if (!memory_grow(&parts, &payday->part_capacity, number + 1, sizeof *payday->parts,
                         "shares in pay", payday->error)) {
            return NULL;
        }
        payday->parts = parts;
        payday->parts[payday->part_count++] = *wanted;
    }
    return &payday->parts[number];
}

/* The first person is paid for all of the deal and owes the others their parts of that pay. */
static bool note_parts(struct payday *payday, size_t scheme, const struct dealing *dealing) {
    const struct scheme_state *state = &payday->states[scheme];
    uint32_t first = dealing->credits[0].payee;
    const struct plan_law *law = payday_law(payday, state, first);
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *component = &law->plan->components[c];
        if (!is_money_split(component) || !counts_product(law, c, dealing->product)) {
            continue;
        }
        int64_t amount = tally_deal((enum metric)component->metric, dealing, 0, MILLIONTHS);
        double most = component->credit.most_per_deal;
        if (most > 0.0 && units(amount) > most) {
            amount = (int64_t)rint(most * MILLIONTHS);
        }
        int64_t before = dealing->credits[0].share;
        for (size_t i = 1; i < dealing->credit_count; i++) {
            const struct owed_part wanted = {
                .scheme = scheme, .component = c, .from = first, .to = dealing->credits[i].payee};
            int64_t share = dealing->credits[i].share;
            struct owed_part *part = wanted.to == UINT32_MAX ? NULL : part_of(payday, &wanted);
            if (part == NULL && wanted.to != UINT32_MAX) {
                return false;
            }
            if (part != NULL) {
                part->measure += dealing_part(amount, before, share);
            }
            before += share;
        }
    }
    return true;
}

bool payday_split(struct payday *payday, const struct scheme_state *state, size_t payee, size_t c,
                  double pay, double measure) {
    const struct plan_law *law = payday_law(payday, state, payee);
    const struct component *component = &law->plan->components[c];
    size_t plan = state->scheme->plans[payee];
    size_t scheme = (size_t)(state - payday->states);
    double given = 0.0;
    if (!is_money_split(component)) {
        return true;
    }
    for (size_t i = 0; i < payday->part_count; i++) {
        struct owed_part *part = &payday->parts[i];
        if (part->scheme != scheme || part->component != c || part->from != payee) {
            continue;
        }
        double counted = units(part->measure) * component->credit.share;
        double amount =
            measure > 0.0 && pay > 0.0 ? rint(pay * counted / measure * 100.0) / 100.0 : 0.0;
        part->measure = 0;
        given += amount;
        if (!payday_pay(payday, state, part->to, plan, c, PAY_SPLIT, amount)) {
            return false;
        }
    }
    return payday_pay(payday, state, payee, plan, c, PAY_SPLIT, -given);
}

/* Adds to what is kept already of the same person, months, product and kind. */
static bool keep_cancelled(struct payday *payday, const struct cancelled *cancelled) {
    char key[120];
    size_t number = payday->cancelled_count;
    void *all = payday->cancelled;
    if (!payday->cancelled_alone) {
        (void)snprintf(key, sizeof key, "%ld %ld %u %zu %d %d", cancelled->sold,
                       cancelled->cancelled, cancelled->payee, cancelled->product,
                       (int)cancelled->mode, (int)cancelled->kind);
        if (!dictionary_add(&payday->cancelled_keys, key, &number, payday->error)) {
            return false;
        }
    }
    if (number < payday->cancelled_count) {
        payday->cancelled[number].amount += cancelled->amount;
        payday->cancelled[number].margin += cancelled->margin;
        payday->cancelled[number].count += cancelled->count;
        return true;
    }
    if (!memory_grow(&all, &payday->cancelled_capacity, number + 1, sizeof *payday->cancelled,
                     "cancelled deals", payday->error)) {
        return false;
    }
    payday->cancelled = all;
    payday->cancelled[payday->cancelled_count++] = *cancelled;
    return true;
}

static bool note_cancelled(struct payday *payday, const struct dealing *dealing, size_t payee,
                           enum credit_mode mode, int64_t before, int64_t share) {
    const struct cancelled cancelled = {.sold = dealing->month,
                                        .cancelled = dealing->cancelled,
                                        .payee = (uint32_t)payee,
                                        .product = dealing->product,
                                        .mode = mode,
                                        .kind = dealing->kind,
                                        .amount = dealing_part(dealing->amount, before, share),
                                        .margin = dealing_part(dealing->margin, before, share),
                                        .count = dealing->amount < 0 ? 0 : share};
    return keep_cancelled(payday, &cancelled);
}

static bool note_cancellation(struct payday *payday, const struct dealing *dealing) {
    int64_t before = 0;
    bool good = true;
    if (dealing->cancelled == LONG_MAX || dealing->kind == DEAL_RENEWAL) {
        return true;
    }
    if (dealing->cancelled > payday->question->last_month) {
        payday->results->cancelled_later++;
        return true;
    }
    for (size_t i = 0; good && i < dealing->credit_count; i++) {
        uint32_t payee = dealing->credits[i].payee;
        int64_t share = dealing->credits[i].share;
        good = payee == UINT32_MAX ||
               note_cancelled(payday, dealing, payee, CREDIT_PARTS, before, share);
        before += share;
    }
    if (payday->tally.modes > 1 && dealing->credits[0].payee != UINT32_MAX) {
        good = good && note_cancelled(payday, dealing, dealing->credits[0].payee, CREDIT_FIRST, 0,
                                      MILLIONTHS);
    }
    return good;
}

static bool is_traced(const struct payday_question *question, long month) {
    return month >= question->trace_from && month <= question->trace_to;
}

/* What the traced person sees of a deal, and deals that come too early or too late. */
static bool note_credit(struct payday *payday, const struct dealing *dealing, size_t payee,
                        int64_t before, int64_t share) {
    const struct payday_question *question = payday->question;
    struct payday_results *results = payday->results;
    if (dealing->month >= question->paid_from &&
        !payee_employed(&question->roster->payees[payee], dealing->month)) {
        results->unpaid[payee].deals++;
        results->unpaid[payee].amount += dealing_part(dealing->amount, before, share);
    }
    if (payee != question->traced ||
        (!is_traced(question, dealing->month) && !is_traced(question, dealing->cancelled))) {
        return true;
    }
    void *deals = results->deals;
    if (!memory_grow(&deals, &results->deal_capacity, results->deal_count + 1,
                     sizeof *results->deals, "deals of the trace", payday->error)) {
        return false;
    }
    results->deals = deals;
    results->deals[results->deal_count++] = (struct traced_deal){*dealing, before, share};
    return true;
}

static bool is_booking(const struct dealing *dealing) { return dealing->kind != DEAL_RENEWAL; }

bool payday_deal(struct payday *payday, const struct dealing *dealing) {
    const struct payday_question *question = payday->question;
    bool earlier = dealing->month < question->paid_from;
    payday->results->earlier += earlier;
    if (!tally_add(&payday->tally, dealing) ||
        (!earlier && is_booking(dealing) &&
         __builtin_add_overflow(payday->results->bookings, dealing->amount,
                                &payday->results->bookings))) {
        return error_add(payday->error, ERROR_QUESTION,
                         "%s:%ld: the amounts up to here sum to more than 9,223,372,036,854",
                         question->dealings->path, dealing->line);
    }
    int64_t before = 0;
    for (size_t i = 0; i < dealing->credit_count; i++) {
        uint32_t payee = dealing->credits[i].payee;
        int64_t share = dealing->credits[i].share;
        if (payee != UINT32_MAX && !note_credit(payday, dealing, payee, before, share)) {
            return false;
        }
        bool counts =
            payee != UINT32_MAX && payee_employed(&question->roster->payees[payee], dealing->month);
        for (size_t s = 0; counts && s < question->scheme_count; s++) {
            credit_person(payday, &payday->states[s], payee, dealing, before, share, i == 0);
            if (i == 0 && dealing->credit_count > 1 && !note_parts(payday, s, dealing)) {
                return false;
            }
        }
        before += share;
    }
    return note_cancellation(payday, dealing);
}

/* What was credited for the cancelled deals in the metric of a component. */
static int64_t cancelled_amount(enum metric metric, const struct cancelled *cancelled) {
    struct dealing sum = {.kind = cancelled->kind, .margin = cancelled->margin};
    switch (metric) {
    case METRIC_NEW_CUSTOMERS:
        return cancelled->kind == DEAL_NEW ? cancelled->count : 0;
    case METRIC_DEALS:
        return cancelled->count;
    default:
        sum.amount = cancelled->amount;
        return tally_deal(metric, &sum, 0, MILLIONTHS);
    }
}

/* The last month of the period in which a month lies. */
static long period_end(const struct payday *payday, const struct component *component, long month) {
    int length = period_months((enum period)component->period);
    int fiscal = payday_fiscal_month(payday->question->parameters, month);
    return month + length - 1 - fiscal % length;
}

/* Pay is taken back when it has been paid: at the cancellation, or in the month after the period
 * was settled when the deal did not even last so long. */
static void cancel_for(const struct payday *payday, const struct scheme_state *state,
                       const struct cancelled *cancelled, long due) {
    const struct plan_law *law = payday_law(payday, state, cancelled->payee);
    struct statement statement = payday_statement(payday, state, cancelled->payee);
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *component = &law->plan->components[c];
        enum credit_mode mode = is_money_split(component) ? CREDIT_FIRST : CREDIT_PARTS;
        if (law->payroll.past_count[c] == 0 || mode != cancelled->mode ||
            !counts_product(law, c, cancelled->product)) {
            continue;
        }
        long settled = period_end(payday, component, cancelled->sold) + 1;
        int64_t amount = cancelled_amount((enum metric)component->metric, cancelled);
        if (amount > 0 &&
            (cancelled->cancelled > settled ? cancelled->cancelled : settled) == due) {
            statement_cancel(&law->payroll, &statement, c, cancelled->sold, units(amount),
                             cancelled->cancelled);
        }
    }
}

void payday_cancel(const struct payday *payday, const struct scheme_state *state) {
    for (size_t i = 0; i < payday->cancelled_count; i++) {
        const struct cancelled *cancelled = &payday->cancelled[i];
        if (cancelled->cancelled <= payday->month &&
            payee_employed(&payday->question->roster->payees[cancelled->payee], payday->month)) {
            cancel_for(payday, state, cancelled, payday->month);
        }
    }
}

void payday_cancel_leaver(const struct payday *payday, const struct scheme_state *state,
                          size_t payee) {
    for (size_t i = 0; i < payday->cancelled_count; i++) {
        const struct cancelled *cancelled = &payday->cancelled[i];
        if (cancelled->payee == payee && cancelled->cancelled <= payday->month) {
            cancel_for(payday, state, cancelled, payday->month + 1);
        }
    }
}
