/* The auditor of customers, their owners and revenue, and of opportunities. */
#include "model/audit_steps.h"

#include "base/mathematics.h"
#include "model/parts.h"

#include <string.h>

static void audit_segment_stocks(const struct question *question, size_t s) {
    const struct firm *firm = question->firm;
    const struct ledger *ledger = firm_segment_ledger(firm, question->month, s);
    const struct flows *flows = &ledger->flows;
    size_t live = audit_count_live(&firm->accounts[s]);
    audit_require(question,
                  live == firm->accounts[s].live && ledger->stocks.customers == (double)live,
                  "there are %zu customers, but %zu are said to be and %.17g are in the books",
                  live, firm->accounts[s].live, ledger->stocks.customers);
    double change = (double)live - (double)firm->audit->live[s];
    audit_require(question, change == flows->customers_won - flows->customers_lost,
                  "%.17g customers won less %.17g lost are not the change of %.17g",
                  flows->customers_won, flows->customers_lost, change);
    audit_require(question, flows->renewals_due == flows->renewals_kept + flows->customers_lost,
                  "%.17g renewals due are not %.17g kept and %.17g customers lost",
                  flows->renewals_due, flows->renewals_kept, flows->customers_lost);
    audit_require(question, flows->account_months == (double)firm->audit->live[s],
                  "%.17g account-months, but there were %zu customers", flows->account_months,
                  firm->audit->live[s]);
}

/* Whether no customer lost its owner this month. */
static bool all_stayed(const struct accounts *accounts) {
    for (size_t a = 0; a < accounts->used; a++) {
        if (accounts->potential[a] > 0.0F && accounts->changed[a] == 0) {
            return false;
        }
    }
    return true;
}

/* Money in the accounts moves by what the books say was won, grown and lost. */
static void audit_segment_revenue(const struct question *question, size_t s) {
    const struct firm *firm = question->firm;
    const struct ledger *ledger = firm_segment_ledger(firm, question->month, s);
    const struct flows *flows = &ledger->flows;
    double before = firm->audit->run_rate[s];
    double now = audit_run_rate(&firm->accounts[s]);
    audit_require(question, audit_near(now, ledger->stocks.run_rate, FLOAT_PART, CENT),
                  "the accounts bring %.17g a year, the books say %.17g", now,
                  ledger->stocks.run_rate);
    double won = flows->new_revenue + flows->discounts; /* at list price */
    double gone = won - ledger->stocks.fresh;           /* again, with an owner */
    double moved = before * math_exp(flows->log_net_retention) + won - gone;
    audit_require(
        question, audit_near(now, moved, FLOAT_PART, CENT),
        "%.17g a year before, with growth and losses and %.17g won, give %.17g, not %.17g", before,
        won, moved, now);
    /* a month's losses and those with an owner multiply, they do not add up */
    bool stable = all_stayed(&firm->accounts[s]);
    double kept = before * math_exp(flows->log_gross_retention);
    double lost = flows->contraction + flows->churned_revenue;
    audit_require(
        question,
        !stable || before - lost <= 0.0 || audit_near(before - lost, kept, FLOAT_PART, CENT),
        "%.17g of %.17g a year are kept, but %.17g are contraction and churn", kept, before, lost);
    double season = firm->model->segments[s].segment->leads.season[question->month % 12];
    double recognised = before / 12.0 * season * firm_demand(firm);
    audit_require(question, audit_near(flows->revenue, recognised, FLOAT_PART, CENT),
                  "%.17g of revenue is booked, the accounts bring %.17g", flows->revenue,
                  recognised);
}

static bool is_seat_or_nobody(const struct model *model, int32_t seat) {
    return seat == NO_OWNER || (seat >= 0 && (size_t)seat < model->seat_count);
}

/* Counts in audit->served the customers that each seat owns or supports. */
static void count_served(const struct question *question, size_t segment) {
    const struct firm *firm = question->firm;
    const struct accounts *accounts = &firm->accounts[segment];
    long *served = firm->audit->served;
    for (size_t a = 0; a < accounts->used; a++) {
        int32_t owner = accounts->owner[a];
        int32_t supporter = accounts->coverage[a].supporter;
        bool alive = accounts->potential[a] > 0.0F;
        audit_require(question,
                      is_seat_or_nobody(firm->model, owner) && (alive || owner == NO_OWNER),
                      "slot %zu of segment %zu, %s, has the owner %d", a, segment,
                      alive ? "a customer" : "nobody's", (int)owner);
        audit_require(question, !alive || is_seat_or_nobody(firm->model, supporter),
                      "slot %zu of segment %zu, a customer, has the supporter %d", a, segment,
                      (int)supporter);
        if (alive && owner != NO_OWNER) {
            served[owner]++;
        }
        if (alive && supporter != NO_OWNER) {
            served[supporter]++;
        }
    }
}

/* Every customer has one owner or none, and the owners know how many they have; besides them there
 * are those that a former owner still looks after. */
void audit_owners(const struct question *question) {
    const struct firm *firm = question->firm;
    const struct model *model = firm->model;
    long *served = firm->audit->served;
    long shared = 0;
    memset(served, 0, model->seat_count * sizeof *served);
    for (size_t s = 0; s < model->segment_count; s++) {
        count_served(question, s);
    }
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        audit_require(question, served[seat] <= firm->seats[seat].accounts,
                      "seat %zu has %ld accounts, but only %ld are said to be its own", seat,
                      served[seat], firm->seats[seat].accounts);
        shared += firm->seats[seat].accounts - served[seat];
    }
    double overlaps = firm_ledger(firm, question->month, PART_ALL)->flows.overlap_months;
    audit_require(question, (double)shared == overlaps,
                  "%ld accounts are served beside those of their own, %.17g are handed over",
                  shared, overlaps);
}

static void audit_pipeline(const struct question *question, size_t s) {
    const struct firm *firm = question->firm;
    const struct segment_law *law = &firm->model->segments[s];
    const struct flows *all = &firm_segment_ledger(firm, question->month, s)->flows;
    double arrived = all->leads;
    double abandoned = 0.0;
    for (size_t k = 0; k < law->segment->pipeline.stage_count; k++) {
        const struct flows *flows = &firm_stage_ledger(firm, question->month, s, k)->flows;
        double before = firm->audit->open[law->first_stage + k];
        double now = audit_count_open(firm, law->first_stage + k);
        audit_require(
            question, now == before + arrived - flows->decided - flows->deals_abandoned,
            "stage %zu: %.17g open and %.17g new, less %.17g decided and %.17g abandoned, are "
            "not %.17g",
            k + 1, before, arrived, flows->decided, flows->deals_abandoned, now);
        arrived = flows->advanced;
        abandoned += flows->deals_abandoned;
    }
    audit_require(
        question, arrived == all->advanced && abandoned == all->deals_abandoned,
        "%.17g won and %.17g abandoned in the stages are not %.17g and %.17g of the segment",
        arrived, abandoned, all->advanced, all->deals_abandoned);
    double closed = 0.0;
    double won = 0.0;
    for (size_t i = 0; i < firm->closing_count; i++) {
        closed += firm->closings[i].segment == s;
        won += firm->closings[i].segment == s && firm->closings[i].won;
    }
    double returned = closed + all->deals_pushed - all->advanced;
    bool full = firm->closing_count == firm->closing_capacity; /* more than there are to be won */
    audit_require(
        question, full || (returned >= 0.0 && returned <= (double)firm->audit->pushed[s]),
        "%.17g closed and %.17g pushed do not come from %.17g won and at most %zu kept back",
        closed, all->deals_pushed, all->advanced, firm->audit->pushed[s]);
    audit_require(question, won == all->deals && won == all->customers_won,
                  "%.17g contracts were won, the books say %.17g deals and %.17g customers", won,
                  all->deals, all->customers_won);
}

void audit_segment(const struct question *question, size_t segment) {
    audit_segment_stocks(question, segment);
    audit_segment_revenue(question, segment);
    audit_pipeline(question, segment);
}
