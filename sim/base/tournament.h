/* A tournament: which of many numbers is the least, asked again and again while single ones change.
 * Ownership: tournament_init allocates, tournament_free frees. */
#ifndef BASE_TOURNAMENT_H
#define BASE_TOURNAMENT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct tournament {
    size_t count;
    double *value;  /* INFINITY: takes no part */
    size_t *winner; /* 2 count; of node n, from its children 2 n and 2 n + 1; entries are leaves */
};

bool tournament_init(struct tournament *tournament, size_t count, struct error *error)
    __attribute__((warn_unused_result));
void tournament_free(struct tournament *tournament);

/* After the caller has written all values; takes as many steps as there are entries. */
void tournament_play(struct tournament *tournament);

/* Changes one value after that; takes as many steps as the logarithm of the number of entries. */
void tournament_set(struct tournament *tournament, size_t entry, double value);

/* The entry with the least value among first .. end-1, the first of equals; `count` when none takes
 * part. As many steps as a change. */
size_t tournament_least(const struct tournament *tournament, size_t first, size_t end);

#endif
