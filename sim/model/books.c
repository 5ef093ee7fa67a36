#include "model/books.h"

#include "base/clones.h"

const double ATTAINMENT_BOUNDS[ATTAINMENT_CLASSES - 1] = {0.5, 0.8, 1.0, 1.2};

/* Both structs hold nothing but doubles, so that they can be summed as arrays. */
_Static_assert(sizeof(struct flows) % sizeof(double) == 0, "flows are doubles");
_Static_assert(sizeof(struct stocks) % sizeof(double) == 0, "stocks are doubles");

/* Inlined it would not be cloned. */
CLONES
__attribute__((noinline)) static void sum_doubles(double *restrict to, const double *restrict from,
                                                  size_t count) {
    for (size_t i = 0; i < count; i++) {
        to[i] += from[i];
    }
}

static void flows_add(struct flows *to, const struct flows *from) {
    sum_doubles((double *)to, (const double *)from, sizeof *to / sizeof(double));
}

void ledger_add(struct ledger *total, const struct ledger *part) {
    flows_add(&total->flows, &part->flows);
    sum_doubles((double *)&total->stocks, (const double *)&part->stocks,
                sizeof total->stocks / sizeof(double));
}

void ledger_append(struct ledger *period, const struct ledger *month) {
    flows_add(&period->flows, &month->flows);
    period->stocks = month->stocks;
}
