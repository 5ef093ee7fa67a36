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
