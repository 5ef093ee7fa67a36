#include "report/payout_tables.h"

#include "base/memory.h"
#include "report/format.h"
#include "report/payout_text.h"

#include <stdlib.h>
#include <string.h>

static const struct plan *plan_of(const struct payout *payout, size_t plan) {
    return &payout->question->parameters->plans[plan];
}

const char *payout_component(const struct payout *payout, const struct pay_line *line) {
    const struct plan *plan = plan_of(payout, line->plan);
    return line->component < plan->component_count ? plan->components[line->component].name
                                                   : "draw";
}

struct component_total payout_total(const struct payout *payout, size_t scheme, size_t plan,
                                    size_t component, enum pay_kind kind) {
    struct component_total total = {0};
    for (size_t i = 0; i < payout->results->line_count; i++) {
        const struct pay_line *line = &payout->results->lines[i];
        if (line->scheme == scheme && line->plan == plan && line->component == component &&
            line->kind == kind) {
            total.payments++;
            total.cents += line->cents;
        }
    }
    return total;
}

static void add_amount(struct text *text, int64_t cents, int width) {
    char buffer[MONEY_SIZE];
    text_add(text, "%*s", width, payout_money(buffer, cents));
}

/* A share of bookings in percent, or nothing. */
static void add_share(struct text *text, const struct payout *payout, int64_t cents) {
    char buffer[MONEY_SIZE];
    if (payout->results->bookings > 0) {
        double share = (double)cents * 1e4 / (double)payout->results->bookings;
        text_add(text, "%12s %%", payout_number(buffer, 100.0 * share, 2));
    }
}

static void add_sum(struct text *text, const char *what, int64_t cents) {
    if (cents != 0) {
        payout_column(text, what, 44);
        add_amount(text, cents, 20);
        text_add(text, "\n");
    }
}

static int64_t sum_of(const struct payout *payout, size_t scheme, enum pay_kind kind) {
    int64_t sum = 0;
    for (size_t p = 0; p < payout->totals->people; p++) {
        sum += payday_sums(payout->totals, scheme, p)->cents[kind];
    }
    return sum;
}

static bool is_used(const struct payout *payout, size_t scheme, size_t plan) {
    for (size_t p = 0; p < payout->totals->people; p++) {
        if (payout->question->schemes[scheme].plans[p] == plan) {
            return true;
        }
    }
    return false;
}

static void add_components(struct text *text, const struct payout *payout, size_t scheme,
                           size_t plan, bool several) {
    const struct plan *terms = plan_of(payout, plan);
    for (size_t c = 0; c <= terms->component_count; c++) {
        enum pay_kind kind = c < terms->component_count ? PAY_LINE : PAY_DRAW;
        struct component_total total = payout_total(payout, scheme, plan, c, kind);
        struct text name = {0};
        if (kind == PAY_DRAW && total.payments == 0) {
            continue;
        }
        text_add(&name, "%s%s%s", several ? terms->name : "", several ? ": " : "",
                 c < terms->component_count ? terms->components[c].name : "draws");
        payout_column(text, text_bytes(&name), 34);
        text_add(text, "%10zu", total.payments);
        add_amount(text, total.cents, 20);
        add_share(text, payout, total.cents);
        text_add(text, "\n");
        text_free(&name);
    }
}

static size_t count_used(const struct payout *payout, size_t scheme) {
    size_t used = 0;
    for (size_t n = 0; n < payout->question->parameters->plan_count; n++) {
        used += is_used(payout, scheme, n);
    }
    return used;
}

static void add_totals(struct text *text, const struct payout *payout, size_t scheme) {
    int64_t paid = payday_compare(payout->totals, scheme, TENTHS).other;
    bool several = count_used(payout, scheme) > 1;
    payout_column(text, "Component", 34);
    text_add(text, "%10s%20s%14s\n", "Payments", "Pay",
             payout->results->bookings > 0 ? "Of bookings" : "");
    for (size_t n = 0; n < payout->question->parameters->plan_count; n++) {
        if (is_used(payout, scheme, n)) {
            add_components(text, payout, scheme, n, several);
        }
    }
    payout_column(text, "Total", 44);
    add_amount(text, paid, 20);
    add_share(text, payout, paid);
    text_add(text, "\n\n");
    add_sum(text, "Bookings (new and expansion, a year's value)",
            payout->results->bookings / 10000);
    add_sum(text, "Held back, not paid yet", sum_of(payout, scheme, PAY_HELD));
    add_sum(text, "Accrued in unfinished periods, not paid", sum_of(payout, scheme, PAY_ACCRUED));
    add_sum(text, "Advances that are still owed", sum_of(payout, scheme, PAY_OWED));
}

static void add_months(struct text *text, const struct payout *payout, size_t scheme) {
    const struct payday_question *question = payout->question;
    size_t line = 0;
    text_add(text, "\n");
    payout_column(text, "Paid in", 44);
    text_add(text, "%20s\n", "Pay");
    for (long m = payday_first_paid(question); m <= question->last_month; m++) {
        char month[MONTH_SIZE];
        int64_t sum = 0;
        for (; line < payout->results->line_count && payout->results->lines[line].month <= m;
             line++) {
            const struct pay_line *at = &payout->results->lines[line];
            sum += at->scheme == scheme && pay_kind_is_paid(at->kind) ? at->cents : 0;
        }
        payout_column(text, payout_month(month, m), 44);
        add_amount(text, sum, 20);
        text_add(text, "\n");
    }
}

/* One person's lines of one component (and their shares in the pay for common deals). */
struct person_part {
    size_t payments;
    int64_t cents;
};

/* By payee and component of the own plan; lines of other plans are splits. */
static void add_person(struct text *text, const struct payout *payout, size_t scheme, size_t payee,
                       const struct person_part *parts) {
    size_t number = payout->question->schemes[scheme].plans[payee];
    const struct plan *plan = plan_of(payout, number);
    const struct pay_sums *sums = payday_sums(payout->totals, scheme, payee);
    const char *name = payout->question->roster->names.names[payee];
    for (size_t c = 0; c < plan->component_count; c++) {
        payout_column(text, c == 0 ? name : "", 26);
        payout_column(text, plan->components[c].name, 24);
        text_add(text, "%10zu", parts[c].payments);
        add_amount(text, parts[c].cents, 19);
        text_add(text, "\n");
    }
    static const char *const NAMES[PAY_KINDS] = {
        [PAY_SPLIT] = "shares in common deals", [PAY_DRAW] = "draw"};
    for (size_t kind = 0; kind < PAY_KINDS; kind++) {
        if (NAMES[kind] != NULL && sums->cents[kind] != 0) {
            payout_column(text, "", 26);
            payout_column(text, NAMES[kind], 34);
            add_amount(text, sums->cents[kind], 19);
            text_add(text, "\n");
        }
    }
    payout_column(text, plan->component_count == 0 ? name : "", 26);
    payout_column(text, "total", 34);
    add_amount(text, sums->paid, 19);
    text_add(text, "\n");
}

static void add_people(struct text *text, const struct payout *payout, size_t scheme) {
    enum { MOST = 32 };
    size_t people = payout->totals->people;
    struct error error = {0};
    struct person_part *parts = memory_array(people * MOST, sizeof *parts, "people", &error);
    if (parts == NULL) {
        text->failed = true;
        error_free(&error);
        return;
    }
    for (size_t i = 0; i < payout->results->line_count; i++) {
        const struct pay_line *line = &payout->results->lines[i];
        if (line->scheme == scheme && line->kind == PAY_LINE) {
            struct person_part *part = &parts[line->payee * MOST + line->component];
            part->payments++;
            part->cents += line->cents;
        }
    }
    text_add(text, "\n");
    payout_column(text, "Person", 26);
    payout_column(text, "Component", 24);
    text_add(text, "%10s%19s\n", "Payments", "Pay");
    for (size_t p = 0; p < people; p++) {
        if (payout->totals->counted[p]) {
            add_person(text, payout, scheme, p, &parts[p * MOST]);
        }
    }
    free(parts);
}

static void add_scheme(struct text *text, const struct payout *payout, size_t scheme) {
    const struct payday_question *question = payout->question;
    char first[MONTH_SIZE];
    char last[MONTH_SIZE];
    text_add(text, "%s: pay of %zu people, %s to %s\n\n", question->schemes[scheme].name,
             payday_compare(payout->totals, scheme, TENTHS).people,
             payout_month(first, payday_first_paid(question)),
             payout_month(last, question->last_month));
    add_totals(text, payout, scheme);
    add_months(text, payout, scheme);
    add_people(text, payout, scheme);
}

static void add_comparison_row(struct text *text, const char *name, int64_t first, int64_t other) {
    payout_column(text, name, 25);
    add_amount(text, first, 18);
    add_amount(text, other, 18);
    add_amount(text, other - first, 18);
    text_add(text, "\n");
}

static void add_heading(struct text *text, const struct payout *payout, size_t scheme,
                        const char *what) {
    const char *const names[2] = {payout->question->schemes[0].name,
                                  payout->question->schemes[scheme].name};
    payout_column(text, what, 25);
    for (size_t i = 0; i < 2; i++) {
        struct text name = {0};
        format_clean(&name, names[i], 17);
        text_add_cell(text, text_bytes(&name), -18);
        text_free(&name);
    }
    text_add(text, "%18s\n", "Difference");
}

static void add_tenths(struct text *text, const struct payout *payout, size_t scheme) {
    text_add(text, "\n");
    add_heading(text, payout, scheme, "Tenth by pay (win, lose)");
    for (size_t t = 0; t < TENTHS; t++) {
        struct pay_comparison tenth = payday_compare(payout->totals, scheme, t);
        if (tenth.people > 0) {
            struct text name = {0};
            text_add(&name, "%2zu  %zu people (%zu, %zu)", t + 1, tenth.people, tenth.winners,
                     tenth.losers);
            add_comparison_row(text, text_bytes(&name), tenth.first, tenth.other);
            text_free(&name);
        }
    }
}

static void add_comparison(struct text *text, const struct payout *payout, size_t scheme) {
    const struct payday_question *question = payout->question;
    struct pay_comparison all = payday_compare(payout->totals, scheme, TENTHS);
    char won[MONEY_SIZE];
    char lost[MONEY_SIZE];
    text_add(text, "\n%s in place of %s\n\n", question->schemes[scheme].name,
             question->schemes[0].name);
    add_heading(text, payout, scheme, "Person");
    for (size_t p = 0; p < payout->totals->people; p++) {
        if (payout->totals->counted[p]) {
            add_comparison_row(text, question->roster->names.names[p],
                               payday_sums(payout->totals, 0, p)->paid,
                               payday_sums(payout->totals, scheme, p)->paid);
        }
    }
    add_comparison_row(text, "Total", all.first, all.other);
    text_add(text, "\n%zu win %s together, %zu lose %s, %zu get the same.\n", all.winners,
             payout_money(won, all.won), all.losers, payout_money(lost, -all.lost),
             all.people - all.winners - all.losers);
    add_tenths(text, payout, scheme);
}

void payout_text(struct text *text, const struct payout *payout) {
    for (size_t s = 0; s < payout->question->scheme_count; s++) {
        if (s > 0) {
            text_add(text, "\n");
        }
        add_scheme(text, payout, s);
    }
    for (size_t s = 1; s < payout->question->scheme_count; s++) {
        add_comparison(text, payout, s);
    }
}
