/* A pool of processes: every suite runs in one of its own, several at a time, so that two
 * processors are used and a crash ends one suite only.
 * Ownership: the pool keeps nothing; what a suite prints is shown in the order of the list. */
#ifndef TESTS_POOL_H
#define TESTS_POOL_H

#include "test.h"

#include <stdbool.h>

struct pool_counts {
    unsigned passed;
    unsigned failed;
    unsigned asserts;
};

/* Runs `run` on each of the `count` suites, at most `jobs` (>= 1) at the same time, and adds up
 * their counts. `run` is called in the process of its suite. A suite whose process dies, or ends
 * with something other than success though no test failed, counts as one failure. False when
 * processes could not be started. */
bool pool_run(const struct suite *const *suites, size_t count, unsigned jobs,
              struct pool_counts (*run)(const struct suite *suite, void *context), void *context,
              struct pool_counts *sum);

#endif
