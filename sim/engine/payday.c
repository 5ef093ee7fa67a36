#include "engine/payday.h"

#include "base/memory.h"
#include "engine/payday_steps.h"
#include "plan/payout.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

const char *const PAY_KIND_NAMES[PAY_KINDS] = {
    [PAY_LINE] = "pay",  [PAY_SPLIT] = "split",     [PAY_DRAW] = "draw",
    [PAY_HELD] = "held", [PAY_ACCRUED] = "accrued", [PAY_OWED] = "owed",
};

bool pay_kind_is_paid(enum pay_kind kind) {
    return kind == PAY_LINE || kind == PAY_SPLIT || kind == PAY_DRAW;
}

long payday_first_paid(const struct payday_question *question) {
    return question->paid_from > question->first_month ? question->paid_from
                                                       : question->first_month;
}

int payday_fiscal_month(const struct parameters *parameters, long month) {
    return (int)((month - (parameters->simulation.fiscal_year_start - 1)) % 12);
}

struct statement payday_statement(const struct payday *payday, const struct scheme_state *state,
                                  size_t payee) {
    return (struct statement){.accounts = &state->accounts[payee * payday->component_most],
                              .measured = &state->measured[payee * payday->slot_most],
                              .past = &state->past[payee * payday->past_most],
                              .draw_owed = &state->draw_owed[payee],
                              .year_variable = &state->year_variable[payee]};
}

const struct plan_law *payday_law(const struct payday *payday, const struct scheme_state *state,
                                  size_t payee) {
    return &payday->laws[state->scheme->plans[payee]];
}

struct trace *payday_trace(const struct payday *payday, struct scheme_state *state, size_t payee) {
    const struct payday_question *question = payday->question;
    bool traced = payee == question->traced && payday->month >= question->trace_from &&
                  payday->month <= question->trace_to;
    return traced ? &state->trace : NULL;
}

bool payday_pay(struct payday *payday, const struct scheme_state *state, size_t payee, size_t plan,
                size_t component, enum pay_kind kind, double amount) {
    struct payday_results *results = payday->results;
    void *lines = results->lines;
    int64_t cents = (int64_t)rint(amount * 100.0);
    if (cents == 0 || payday->month < payday->question->paid_from) {
        return true;
    }
    if (!memory_grow(&lines, &results->line_capacity, results->line_count + 1,
                     sizeof *results->lines, "payments", payday->error)) {
        return false;
    }
    results->lines = lines;
    results->lines[results->line_count++] =
        (struct pay_line){.scheme = (uint32_t)(state - payday->states),
                          .payee = (uint32_t)payee,
                          .plan = (uint32_t)plan,
                          .component = (uint32_t)component,
                          .kind = kind,
                          .month = payday->month,
                          .cents = cents};
    return true;
}

static bool pay_lines(struct payday *payday, const struct scheme_state *state, size_t payee,
                      const struct payment *payment) {
    size_t plan = state->scheme->plans[payee];
    size_t count = payday_law(payday, state, payee)->plan->component_count;
    bool last = payday->month == payday->question->last_month;
    bool good = true;
    for (size_t c = 0; good && c < count; c++) {
        good = payday_pay(payday, state, payee, plan, c, PAY_LINE, payment->line[c]) &&
               (!last || payday_pay(payday, state, payee, plan, c, PAY_HELD, payment->held[c]));
    }
    return good && payday_pay(payday, state, payee, plan, count, PAY_DRAW, payment->draw);
}

/* Measures of the month, and claims of the periods that end. */
static void claim(struct payday *payday, struct scheme_state *state, size_t payee) {
    const struct plan_law *law = payday_law(payday, state, payee);
    struct statement statement = payday_statement(payday, state, payee);
    payday_grant(payday, state, payee);
    struct month_facts facts = payday_facts(payday, state, payee, true);
    statement_month(&law->payroll, &statement, &facts);
    statement_claim(&law->payroll, &statement, &facts, false, payday_trace(payday, state, payee));
}

/* Rankings and pools go over everybody on the plan whose period ends. */
static void resolve(struct payday *payday, struct scheme_state *state, size_t plan) {
    const struct plan_law *law = &payday->laws[plan];
    const struct roster *roster = payday->question->roster;
    for (size_t c = 0; law->used && c < law->plan->component_count; c++) {
        const struct component *component = &law->plan->components[c];
        bool ranks = component->type == COMPONENT_RANKING;
        size_t count = 0;
        size_t traced = SIZE_MAX;
        struct trace *trace = NULL;
        for (size_t p = 0; (ranks || component->pool > 0.0) && p < roster->names.count; p++) {
            struct statement statement = payday_statement(payday, state, p);
            if (state->scheme->plans[p] != plan || !statement.accounts[c].closes ||
                !payee_employed(&roster->payees[p], payday->month)) {
                continue;
            }
            if (payday_trace(payday, state, p) != NULL) {
                trace = payday_trace(payday, state, p);
                traced = count;
            }
            payday->group[count++] = statement;
        }
        if (ranks && count > 0) {
            statement_rank(&law->payroll, c, payday->group, count, 1.0, payday->work, trace,
                           traced);
        }
        if (component->pool > 0.0 && count > 0) {
            statement_pool(&law->payroll, c, payday->group, count, trace, traced);
        }
    }
}

/* What was paid and what it was paid for, of the components whose period ends. */
static bool share_out(struct payday *payday, const struct scheme_state *state, size_t payee,
                      const struct payment *payment, const double *measures) {
    size_t count = payday_law(payday, state, payee)->plan->component_count;
    for (size_t c = 0; c < count; c++) {
        if (!isnan(measures[c]) &&
            !payday_split(payday, state, payee, c, payment->line[c], measures[c])) {
            return false;
        }
    }
    return true;
}

static void keep_measures(const struct payday *payday, const struct scheme_state *state,
                          size_t payee, bool now, double measures[COMPONENTS_MOST]) {
    const struct plan_law *law = payday_law(payday, state, payee);
    struct statement statement = payday_statement(payday, state, payee);
    for (size_t c = 0; c < law->plan->component_count; c++) {
        bool closes = statement.accounts[c].closes || (now && statement.accounts[c].months > 0);
        measures[c] =
            closes ? statement.measured[law->payroll.slot_first[c] + SLOT_MAIN].sum : (double)NAN;
    }
}

static bool leave(struct payday *payday, struct scheme_state *state, size_t payee) {
    const struct plan_law *law = payday_law(payday, state, payee);
    struct statement statement = payday_statement(payday, state, payee);
    double measures[COMPONENTS_MOST] = {0};
    payday_cancel_leaver(payday, state, payee);
    keep_measures(payday, state, payee, true, measures);
    struct month_facts facts = payday_facts(payday, state, payee, false);
    struct payment payment = statement_leave(&law->payroll, &statement, &facts,
                                             payday->question->roster->payees[payee].good_leaver,
                                             payday_trace(payday, state, payee));
    return pay_lines(payday, state, payee, &payment) &&
           share_out(payday, state, payee, &payment, measures);
}

static bool settle(struct payday *payday, struct scheme_state *state, size_t payee) {
    const struct payee *person = &payday->question->roster->payees[payee];
    const struct plan_law *law = payday_law(payday, state, payee);
    struct statement statement = payday_statement(payday, state, payee);
    double measures[COMPONENTS_MOST] = {0};
    bool leaves = person->leaves && person->end == payday->month;
    keep_measures(payday, state, payee, false, measures);
    struct month_facts facts = payday_facts(payday, state, payee, false);
    struct payment payment =
        statement_settle(&law->payroll, &statement, &facts, payday_trace(payday, state, payee));
    if (leaves) {
        for (size_t c = 0; c < COMPONENTS_MOST; c++) {
            payment.held[c] = 0.0; /* paid or lost below */
        }
    }
    return pay_lines(payday, state, payee, &payment) &&
           share_out(payday, state, payee, &payment, measures) &&
           (!leaves || leave(payday, state, payee)) && payday_awards(payday, state, payee, leaves);
}

/* Claims of the periods that are not over: what the deals so far have earned. */
static bool accrue(struct payday *payday, struct scheme_state *state, size_t payee) {
    const struct plan_law *law = payday_law(payday, state, payee);
    struct statement statement = payday_statement(payday, state, payee);
    struct month_facts facts = payday_facts(payday, state, payee, false);
    size_t plan = state->scheme->plans[payee];
    statement_claim(&law->payroll, &statement, &facts, true, NULL); /* nothing follows */
    for (size_t c = 0; c < law->plan->component_count; c++) {
        bool counts =
            statement.accounts[c].closes && law->plan->components[c].type != COMPONENT_RANKING;
        double amount = counts ? payout_round(statement.accounts[c].claim) : 0.0;
        if (!payday_pay(payday, state, payee, plan, c, PAY_ACCRUED, amount)) {
            return false;
        }
    }
    return payday_pay(payday, state, payee, plan, law->plan->component_count, PAY_OWED,
                      *statement.draw_owed);
}

static bool keep_trace(struct payday *payday, struct scheme_state *state, size_t scheme) {
    const struct payday_question *question = payday->question;
    struct payday_results *results = payday->results;
    if (question->traced == SIZE_MAX || payday->month < question->trace_from ||
        payday->month > question->trace_to) {
        return true;
    }
    size_t kept = state->trace.count < TRACE_STEPS ? state->trace.count : TRACE_STEPS;
    void *steps = results->steps;
    void *months = results->months;
    bool good = memory_grow(&steps, &results->step_capacity, results->step_count + kept,
                            sizeof *results->steps, "steps of the trace", payday->error);
    results->steps = steps;
    good = good && memory_grow(&months, &results->month_capacity, results->month_count + 1,
                               sizeof *results->months, "months of the trace", payday->error);
    results->months = months;
    if (!good) {
        return false;
    }
    results->months[results->month_count++] = (struct traced_month){
        .scheme = scheme,
        .month = payday->month,
        .scale =
            payday_scale(payday, payday_law(payday, state, question->traced), question->traced),
        .first_step = results->step_count,
        .steps = kept,
        .left_out = state->trace.count - kept};
    for (size_t i = 0; i < kept; i++) {
        results->steps[results->step_count++] = state->trace.steps[i];
    }
    state->trace.count = 0;
    return true;
}

static bool month_of(struct payday *payday, size_t scheme) {
    const struct payday_question *question = payday->question;
    const struct roster *roster = question->roster;
    struct scheme_state *state = &payday->states[scheme];
    bool good = true;
    payday_cancel(payday, state);
    for (size_t p = 0; p < roster->names.count; p++) {
        if (payee_employed(&roster->payees[p], payday->month)) {
            claim(payday, state, p);
        }
    }
    for (size_t n = 0; n < question->parameters->plan_count; n++) {
        resolve(payday, state, n);
    }
    for (size_t p = 0; good && p < roster->names.count; p++) {
        good = !payee_employed(&roster->payees[p], payday->month) || settle(payday, state, p);
    }
    for (size_t p = 0; good && payday->month == question->last_month && p < roster->names.count;
         p++) {
        const struct payee *payee = &roster->payees[p];
        bool goes_on =
            payee_employed(payee, payday->month) && !(payee->leaves && payee->end == payday->month);
        good = !goes_on || accrue(payday, state, p);
    }
    return good && keep_trace(payday, state, scheme);
}

static bool close_month(struct payday *payday) {
    for (size_t s = 0; s < payday->question->scheme_count; s++) {
        if (!month_of(payday, s)) {
            return false;
        }
    }
    tally_next(&payday->tally);
    payday->month++;
    payday_groups(payday);
    return true;
}

static bool take_deal(void *user, const struct dealing *dealing) {
    struct payday *payday = user;
    if (dealing->month > payday->question->last_month) {
        payday->results->later++;
        return true;
    }
    while (payday->month < dealing->month) {
        if (!close_month(payday)) {
            return false;
        }
    }
    return payday_deal(payday, dealing);
}

bool payday_run(const struct payday_question *question, struct payday_results *results,
                struct error *error) {
    struct payday payday = {.question = question, .results = results, .error = error};
    bool good =
        payday_begin(&payday) && dealings_play(question->dealings, take_deal, &payday, error);
    while (good && payday.month <= question->last_month) {
        good = close_month(&payday);
    }
    payday_end(&payday);
    return good;
}

void payday_free(struct payday_results *results) {
    free(results->lines);
    free(results->unpaid);
    free(results->steps);
    free(results->months);
    free(results->deals);
    *results = (struct payday_results){0};
}
