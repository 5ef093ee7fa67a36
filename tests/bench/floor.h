/* The floor: the least that any model of customers does in a month.
 * Ownership: it changes the accounts it is lent. */
#ifndef TESTS_BENCH_FLOOR_H
#define TESTS_BENCH_FLOOR_H

#include "model/account.h"

/* The same random bits as a month of `count` customers takes, and each state read and written. In a
 * file of its own, as compilers inline it otherwise, and then for the oldest processors. */
void floor_month(struct accounts *accounts, size_t count, uint64_t row);

#endif
