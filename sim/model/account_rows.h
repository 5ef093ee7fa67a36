/* The loops over all customers of a segment, which take most of a month's time: plain loops over
 * arrays that compilers turn into vector instructions.
 * Ownership: they change the accounts they are lent. */
#ifndef MODEL_ACCOUNT_ROWS_H
#define MODEL_ACCOUNT_ROWS_H

#include "model/account.h"

/* Satisfaction, relationship, wallet and potential of every slot one month on (docs/model.md,
 * section 2), what was booked, and one month less to the renewal; a dead slot stays at 0 revenue.
 */
void account_rows_update(struct accounts *accounts, const struct account_law *law,
                         const struct care_inputs *inputs, uint64_t row_shock);

/* Annual revenue of an account over the month. */
struct account_results {
    double before;
    double after;
    double kept; /* before less contraction */
    double expansion;
};
enum { ACCOUNT_RESULTS = 128 };

/* Of up to ACCOUNT_RESULTS accounts from slot `first` on; returns how many. */
size_t account_rows_results(const struct accounts *accounts, size_t first,
                            struct account_results results[ACCOUNT_RESULTS]);

/* Customers without an owner. */
size_t account_rows_unowned(const struct accounts *accounts);

/* Sums over customers of their state now; in a fixed order, whatever the processor. */
struct account_sums {
    double wallet;
    double potential;
    double satisfaction;
    double relationship;
    double run_rate; /* annual revenue */
};
struct account_sums account_rows_sum(const struct accounts *accounts);

/* The first slot from `first` on that a seat owns; accounts->used when there is none. */
size_t account_rows_owned(const struct accounts *accounts, int32_t seat, size_t first);

#endif
