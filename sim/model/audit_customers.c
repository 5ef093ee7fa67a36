/* The auditor of customers, their owners and revenue, and of opportunities. */
#include "model/audit_steps.h"

#include "base/mathematics.h"
#include "base/random.h"
#include "model/parts.h"
#include "model/purpose.h"

#include <math.h>
#include <string.h>

void audit_remember_customers(const struct firm *firm) {
    for (size_t s = 0; s < firm->model->segment_count; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        struct audit_customer *customers = firm->audit->customers[s];
        for (size_t a = 0; a < accounts->used; a++) {
            customers[a] = (struct audit_customer){.potential = accounts->potential[a],
                                                   .wallet = accounts->wallet[a],
                                                   .credit = accounts->coverage[a].credit,
                                                   .renewal = accounts->renewal[a]};
        }
        firm->audit->known[s] = accounts->used;
    }
}

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

/* How customers changed in a month, summed over them. */
struct growth {
    double revenue; /* annual, at the start */
    double after;
    double expansion;
    double contraction;
    /* of those whose month can be calculated again */
    double market; /* what their revenue changed beside expansion and contraction */
    double law;    /* what the market and chance make of it */
    double potential;
};

/* Whether a slot holds somebody who was there at the start of the month, with a share of spend that
 * neither an owner who left nor a limit has changed. */
static bool is_plain(const struct accounts *accounts, const struct account_law *law, size_t a) {
    return accounts->changed[a] != 0 && accounts->wallet[a] > 0.0F &&
           accounts->wallet[a] < law->ceiling;
}

static struct growth growth_of(const struct firm *firm, size_t month, size_t s) {
    const struct accounts *accounts = &firm->accounts[s];
    const struct account_law *law = &firm->model->segments[s].account;
    uint64_t row = firm_row(firm, (long)month, PURPOSE_ACCOUNT_SHOCKS);
    struct growth sum = {.revenue = 0.0};
    for (size_t a = 0; a < accounts->used; a++) {
        if (accounts->potential[a] <= 0.0F || accounts->won_month[a] == (int32_t)month ||
            a >= firm->audit->known[s]) {
            continue;
        }
        double p = (double)firm->audit->customers[s][a].potential;
        double w = (double)firm->audit->customers[s][a].wallet;
        double p_now = (double)accounts->potential[a];
        double w_now = (double)accounts->wallet[a];
        double net = (double)accounts->expansion[a] - (double)accounts->contraction[a];
        sum.revenue += p * w;
        sum.after += p_now * w_now;
        sum.expansion += (double)accounts->expansion[a];
        sum.contraction += (double)accounts->contraction[a];
        if (is_plain(accounts, law, a)) {
            real satisfaction;
            real chance;
            real_normal_pair(random_bits(row, accounts->id[a]), &satisfaction, &chance);
            /* p and w grow together: of what was not sold, each with the other as it is then */
            double innovated = p_now - p - p * (double)law->market;
            sum.market += p_now * w_now - p * w - net;
            sum.law += p * (double)law->market * w_now + innovated * (w_now - w) +
                       p * (double)law->wallet_noise * (double)chance;
            sum.potential += p_now;
        }
    }
    return sum;
}

static struct growth growth_of_lost(const struct accounts *accounts) {
    struct growth sum = {.revenue = 0.0};
    for (size_t i = 0; i < accounts->lost_count; i++) {
        sum.revenue += (double)accounts->lost[i].revenue;
        sum.after += (double)accounts->lost[i].after;
        sum.expansion += (double)accounts->lost[i].expansion;
        sum.contraction += (double)accounts->lost[i].contraction;
    }
    return sum;
}

/* From the revenue of the accounts a month ago to that of today by the flows of the books. */
static void audit_bridge(const struct question *question, size_t s, double now) {
    const struct flows *flows = &firm_segment_ledger(question->firm, question->month, s)->flows;
    double before = question->firm->audit->run_rate[s];
    double list = flows->new_revenue + flows->discounts;
    double booked = before + list + flows->expansion_revenue + flows->market_growth -
                    flows->contraction - flows->churned_revenue;
    audit_require(question, audit_near(now, booked, DOUBLE_PART, CENT),
                  "%.17g a year, %.17g won at list price, %.17g of expansion and %.17g of the "
                  "market, less %.17g of contraction and %.17g of churn, are not %.17g",
                  before, list, flows->expansion_revenue, flows->market_growth, flows->contraction,
                  flows->churned_revenue, now);
}

/* What is booked as sold and as lost is what the accounts gained and lost by it, one by one. */
static void audit_growth(const struct question *question, size_t s, const struct growth *here,
                         const struct growth *left, bool stable) {
    const struct flows *flows = &firm_segment_ledger(question->firm, question->month, s)->flows;
    double before = question->firm->audit->run_rate[s];
    double expansion = here->expansion + left->expansion;
    double contraction = here->contraction + left->contraction;
    audit_require(question, audit_near(here->revenue + left->revenue, before, FLOAT_PART, CENT),
                  "%.17g a year of the customers who are here and %.17g of those who left are not "
                  "%.17g",
                  here->revenue, left->revenue, before);
    audit_require(question,
                  audit_near(flows->expansion_revenue, expansion, DOUBLE_PART, CENT) &&
                      (!stable || audit_near(flows->contraction, contraction, DOUBLE_PART, CENT)),
                  "the accounts grew by %.17g and shrank by %.17g, the books say by %.17g and "
                  "%.17g",
                  expansion, contraction, flows->expansion_revenue, flows->contraction);
    audit_require(question, audit_near(flows->churned_revenue, left->after, DOUBLE_PART, CENT),
                  "%.17g a year left with customers, the books say %.17g", left->after,
                  flows->churned_revenue);
    /* In single precision three additions round a wallet below 1 by 2^-25 each, two round a
     * potential by 2^-24 of it each: at most 4 * 2^-24 of the potential with what expansion is
     * rounded by. */
    audit_require(question, fabs(here->market - here->law) <= 0x1p-22 * here->potential + CENT,
                  "beside expansion and contraction the accounts gained %.17g, the market and "
                  "chance make %.17g",
                  here->market, here->law);
}

/* Money in the accounts moves by what the books say was won, grown and lost. */
static void audit_segment_revenue(const struct question *question, size_t s) {
    const struct firm *firm = question->firm;
    const struct ledger *ledger = firm_segment_ledger(firm, question->month, s);
    const struct flows *flows = &ledger->flows;
    double before = firm->audit->run_rate[s];
    double now = audit_run_rate(&firm->accounts[s]);
    const struct growth grown = growth_of(firm, question->month, s);
    const struct growth left = growth_of_lost(&firm->accounts[s]);
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
    double lost = grown.contraction + left.revenue;
    audit_require(
        question,
        !stable || before - lost <= 0.0 || audit_near(before - lost, kept, FLOAT_PART, CENT),
        "%.17g of %.17g a year are kept, but %.17g are contraction and churn", kept, before, lost);
    audit_bridge(question, s, now);
    audit_growth(question, s, &grown, &left, stable);
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
