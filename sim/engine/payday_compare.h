/* Totals of a payday: by person, and one scheme against another.
 * Ownership: the caller owns the totals (zeroed is empty) and calls payday_totals_free. */
#ifndef ENGINE_PAYDAY_COMPARE_H
#define ENGINE_PAYDAY_COMPARE_H

#include "engine/payday.h"

/* Cents of one person under one scheme, by kind. */
struct pay_sums {
    int64_t cents[PAY_KINDS];
    int64_t paid; /* the kinds that are money on the way to the person */
};

struct payday_totals {
    size_t people;
    size_t schemes;
    struct pay_sums *sums; /* by scheme, then payee */
    bool *counted;         /* by payee: employed in some month */
    size_t *tenth;         /* by payee: 0 .. 9 by pay under the first scheme */
};

bool payday_totals(struct payday_totals *totals, const struct payday_question *question,
                   const struct payday_results *results, struct error *error)
    __attribute__((warn_unused_result));
void payday_totals_free(struct payday_totals *totals);

const struct pay_sums *payday_sums(const struct payday_totals *totals, size_t scheme, size_t payee);

/* A tenth of the people, or all of them (tenth 10), under the first scheme and another. */
struct pay_comparison {
    size_t people;
    size_t winners;
    size_t losers;
    int64_t first; /* cents */
    int64_t other;
    int64_t won; /* sum of the winners' differences */
    int64_t lost;
};
enum { TENTHS = 10 };
struct pay_comparison payday_compare(const struct payday_totals *totals, size_t scheme,
                                     size_t tenth);

#endif
