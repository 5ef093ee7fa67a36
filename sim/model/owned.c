/* What the people of a role own and what they sold, by role. A customer who waits on an empty seat
 * for the next owner is its role's; credit beside ownership is counted apart. */
#include "base/mathematics.h"
#include "model/steps.h"

#include <string.h>

void owned_clear(struct firm *firm) {
    memset(firm->owned, 0, firm->model->role_count * sizeof *firm->owned);
}

static struct owned *owned_by(const struct firm *firm, size_t seat) {
    return &firm->owned[firm->seats[seat].role];
}

void owned_month(struct firm *firm, size_t s, double recognised) {
    const struct book_sum *books = firm->books[s].owner + 1;
    const struct accounts *accounts = &firm->accounts[s];
    for (size_t seat = 0; seat < firm->model->seat_count; seat++) {
        struct owned *owned = owned_by(firm, seat);
        const struct book_sum *book = &books[seat];
        owned->before += book->before;
        owned->after += book->after;
        owned->kept += book->kept;
        owned->expansion += book->expansion;
        owned->due += book->due;
        owned->renewed += book->renewed;
        owned->customers_start += book->count + book->due - book->renewed;
        owned->customers += book->count;
        owned->run_rate += book->after;
        owned->revenue += book->before * recognised;
    }
    for (size_t i = 0; i < accounts->lost_count; i++) {
        const struct lost_account *lost = &accounts->lost[i];
        if (lost->owner != NO_OWNER) {
            struct owned *owned = owned_by(firm, (size_t)lost->owner);
            owned->lost += 1.0;
            owned->churned += (double)lost->after;
            owned->not_kept += (double)lost->revenue - (double)lost->contraction;
        }
    }
}

void owned_credit(struct firm *firm, size_t month, size_t s) {
    const struct book_sum *books = firm->books[s].owner + 1;
    struct flows *all = &firm_segment_ledger(firm, month, s)->flows;
    for (size_t seat = 0; seat < firm->model->seat_count; seat++) {
        struct owned *owned = owned_by(firm, seat);
        owned->credited.revenue += books[seat].before / 12.0;
        owned->credited.expansion += books[seat].expansion;
        owned->credited.renewals += books[seat].renewed;
        all->credited_revenue += books[seat].before / 12.0;
        all->credited_expansion += books[seat].expansion;
        all->credited_renewals += books[seat].renewed;
    }
}

void owned_moved(const struct firm *firm, size_t seat, double customers, double revenue) {
    struct owned *owned = owned_by(firm, seat);
    owned->customers += customers;
    owned->run_rate += revenue;
}

void owned_gone(const struct firm *firm, size_t seat, struct gone gone) {
    owned_by(firm, seat)->gone.old += gone.old;
    owned_by(firm, seat)->gone.fresh += gone.fresh;
}

static double log_share(double part, double whole) {
    double share = whole > 0.0 ? part / whole : 1.0;
    return math_log(share > 1e-12 ? share : 1e-12);
}

/* Of the customers that the role had at the start of the month; who came later, or went to another
 * role, is neither kept nor lost. */
static void book_retention(const struct owned *owned, struct flows *flows) {
    double start = owned->customers_start;
    flows->account_months = start;
    flows->log_logo_retention = log_share(start - owned->lost, start);
    flows->log_gross_retention = log_share(owned->kept, owned->before) +
                                 log_share(owned->after - owned->gone.old, owned->after);
    flows->log_net_retention = log_share(owned->after - owned->gone.old, owned->before);
}

static void book_owned(const struct owned *owned, struct ledger *ledger) {
    struct flows *flows = &ledger->flows;
    double contraction = owned->before - owned->kept - owned->not_kept;
    flows->revenue = owned->revenue;
    flows->expansion_revenue = owned->expansion;
    flows->contraction = contraction + owned->gone.old + owned->gone.fresh;
    flows->churned_revenue = owned->churned;
    flows->market_growth =
        owned->after + owned->churned - owned->before - owned->expansion + contraction;
    flows->customers_lost = owned->lost;
    flows->renewals_due = owned->due;
    flows->renewals_kept = owned->renewed;
    flows->shared_credit = owned->credited.shared;
    flows->credited_revenue = owned->credited.revenue;
    flows->credited_expansion = owned->credited.expansion;
    flows->credited_renewals = owned->credited.renewals;
    flows->deals_pushed = owned->pushed;
    ledger->stocks.customers = owned->customers;
    ledger->stocks.run_rate = owned->customers > 0.0 ? owned->run_rate : 0.0;
    book_retention(owned, flows);
}

/* The segments have counted this already: it is in the sums of the firm once. */
void step_owned(struct firm *firm, size_t month) {
    for (size_t r = 0; r < firm->model->role_count; r++) {
        book_owned(&firm->owned[r], firm_role_ledger(firm, month, r));
    }
    for (size_t i = 0; i < firm->closing_count; i++) {
        const struct closing *closing = &firm->closings[i];
        struct flows *flows =
            &firm_role_ledger(firm, month, firm->seats[closing->seat].role)->flows;
        if (closing->won) {
            flows->customers_won += 1.0;
            flows->deals += 1.0;
            flows->deals_pulled += closing->pulled;
            flows->new_revenue += closing->value;
            flows->discounts += (double)(closing->potential * closing->wallet) - closing->value;
        }
    }
}
