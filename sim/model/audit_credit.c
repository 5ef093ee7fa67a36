/* The auditor of what people own and what counts for them: who owns, handed over or supports a
 * customer is credited what the terms of the handover say, roles own what their people own, and
 * everybody together has what the customers brought. */
#include "model/audit_steps.h"

#include <string.h>

static bool shares(const struct firm *firm) {
    return firm->model->has_rules || firm->model->has_support;
}

static void add(struct audit_share *sum, const struct audit_share *month, double share) {
    for (size_t k = 0; k < AUDIT_SHARES; k++) {
        sum->of[k] += share * month->of[k];
    }
}

/* Whether who handed a customer over still sits where it was then. */
static bool is_there(const struct firm *firm, const struct coverage *coverage) {
    const struct seat *partner = &firm->seats[coverage->partner];
    return partner->filled && (uint32_t)partner->occupants == coverage->partner_number;
}

/* Adds a customer's month to everybody for whom it counts; `credit`: months for which a former
 * owner still shares in it. */
static void count_customer(const struct firm *firm, int32_t owner, const struct coverage *coverage,
                           int32_t credit, const struct audit_share *month) {
    const struct handover *handover = &firm->model->parameters->handover;
    struct audit *audit = firm->audit;
    bool split = credit > 0 && coverage->partner != NO_OWNER && is_there(firm, coverage);
    add(&audit->everybody, month, 1.0);
    add(&audit->credited[owner + 1], month, split ? handover->credit.owner : 1.0);
    if (split) {
        add(&audit->credited[coverage->partner + 1], month, handover->credit.former);
        audit->shared += handover->credit.former * month->of[AUDIT_BEFORE] / 12.0;
    }
    if (coverage->supporter != NO_OWNER) {
        add(&audit->credited[coverage->supporter + 1], month, 1.0);
    }
    if (owner != NO_OWNER) {
        add(&audit->owned[firm->seats[owner].role], month, 1.0);
    }
}

static void count_customers(const struct firm *firm, size_t s) {
    const struct accounts *accounts = &firm->accounts[s];
    const struct audit_customer *last = firm->audit->customers[s];
    for (size_t a = 0; a < accounts->used; a++) {
        double before = (double)accounts->before[a];
        bool renewed = last[a].renewal <= 1; /* the others were not due */
        struct audit_share month = {{before, (double)(accounts->potential[a] * accounts->wallet[a]),
                                     before - (double)accounts->contraction[a],
                                     (double)accounts->expansion[a], renewed, renewed}};
        if (accounts->potential[a] > 0.0F) {
            count_customer(firm, accounts->owner[a], &accounts->coverage[a],
                           shares(firm) ? last[a].credit : 0, &month);
        }
    }
    for (size_t i = 0; i < accounts->lost_count; i++) {
        const struct lost_account *lost = &accounts->lost[i];
        struct audit_share month = {
            {(double)lost->revenue, 0.0, 0.0, (double)lost->expansion, 1.0, 0.0}};
        count_customer(firm, lost->owner, &lost->coverage, shares(firm) ? lost->coverage.credit : 0,
                       &month);
    }
}

static const char *const SHARES[AUDIT_SHARES] = {"annual revenue",      "annual revenue at the end",
                                                 "annual revenue kept", "expansion",
                                                 "renewals due",        "renewals kept"};

static void compare(const struct question *question, const char *who, size_t number,
                    const struct audit_share *said, const struct audit_share *is) {
    for (size_t k = 0; k < AUDIT_SHARES; k++) {
        audit_require(question, audit_near(said->of[k], is->of[k], DOUBLE_PART, CENT),
                      "%s %zu is credited %.17g of %s, its share of the customers is %.17g", who,
                      number, said->of[k], SHARES[k], is->of[k]);
    }
}

static struct audit_share share_of_book(const struct book_sum *book) {
    return (struct audit_share){
        {book->before, book->after, book->kept, book->expansion, book->due, book->renewed}};
}

static void audit_books(const struct question *question, size_t s) {
    const struct firm *firm = question->firm;
    const struct book_sum *books = firm->books[s].owner;
    const struct flows *flows = &firm_segment_ledger(firm, question->month, s)->flows;
    struct audit_share all = {{0.0}};
    struct audit_share people = {{0.0}};
    for (size_t owner = 0; owner <= firm->model->seat_count; owner++) {
        struct audit_share said = share_of_book(&books[owner]);
        add(&all, &said, 1.0);
        if (owner > 0) { /* what no one owns is what remains of all */
            compare(question, "seat", owner - 1, &said, &firm->audit->credited[owner]);
            add(&people, &firm->audit->credited[owner], 1.0);
        }
    }
    compare(question, "everybody with seats up to", firm->model->seat_count, &all,
            &firm->audit->everybody);
    audit_require(question,
                  audit_near(flows->shared_credit, firm->audit->shared, DOUBLE_PART, CENT),
                  "%.17g counts for former owners, the books say %.17g", firm->audit->shared,
                  flows->shared_credit);
    audit_require(
        question,
        audit_near(flows->credited_revenue, people.of[AUDIT_BEFORE] / 12.0, DOUBLE_PART, CENT) &&
            audit_near(flows->credited_expansion, people.of[AUDIT_EXPANSION], DOUBLE_PART, CENT) &&
            audit_near(flows->credited_renewals, people.of[AUDIT_RENEWED], DOUBLE_PART, CENT),
        "%.17g of revenue, %.17g of expansion and %.17g renewals count for people, the books say "
        "otherwise",
        people.of[AUDIT_BEFORE] / 12.0, people.of[AUDIT_EXPANSION], people.of[AUDIT_RENEWED]);
}

void audit_credit(struct firm *firm, size_t month) {
    struct audit *audit = firm->audit;
    struct question question = {firm, month, "the firm"};
    memset(audit->owned, 0, firm->model->role_count * sizeof *audit->owned);
    for (size_t s = 0; s < firm->model->segment_count; s++) {
        question.name = firm->model->segments[s].segment->name;
        memset(audit->credited, 0, (firm->model->seat_count + 1) * sizeof *audit->credited);
        audit->everybody = (struct audit_share){{0.0}};
        audit->shared = 0.0;
        count_customers(firm, s);
        audit_books(&question, s);
    }
    for (size_t r = 0; r < firm->model->role_count; r++) {
        const struct owned *owned = &firm->owned[r];
        const struct audit_share said = {{owned->before, owned->after, owned->kept,
                                          owned->expansion, owned->due, owned->renewed}};
        question.name = firm->model->roles[r].role->name;
        compare(&question, "role", r, &said, &audit->owned[r]);
    }
}

void audit_role_customers(const struct question *question, size_t role) {
    const struct firm *firm = question->firm;
    const struct stocks *stocks = &firm_role_ledger(firm, question->month, role)->stocks;
    double customers = 0.0;
    double run_rate = 0.0;
    for (size_t s = 0; s < firm->model->segment_count; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        for (size_t a = 0; a < accounts->used; a++) {
            int32_t owner = accounts->owner[a];
            if (owner != NO_OWNER && firm->seats[owner].role == role) {
                customers += 1.0;
                run_rate += (double)(accounts->potential[a] * accounts->wallet[a]);
            }
        }
    }
    audit_require(question,
                  stocks->customers == customers &&
                      audit_near(stocks->run_rate, run_rate, DOUBLE_PART, CENT),
                  "its people own %.17g customers with %.17g a year, the books say %.17g with "
                  "%.17g",
                  customers, run_rate, stocks->customers, stocks->run_rate);
}
