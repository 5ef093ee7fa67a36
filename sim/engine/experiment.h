/* An experiment: one or more variants (scenarios) meet the same histories of chance, replication by
 * replication, in parallel, and are merged in the order of the replications, so that the results
 * are the same bytes for any number of threads.
 * Ownership: the caller owns scenarios, results and whatever the callbacks use. */
#ifndef ENGINE_EXPERIMENT_H
#define ENGINE_EXPERIMENT_H

#include "engine/results.h"

#include <signal.h>

struct experiment {
    const struct scenario *const *scenarios; /* the first is the baseline */
    size_t scenario_count;
    uint64_t seed;              /* for all variants */
    uint64_t first_replication; /* counted from 0; normally 0 */
    uint64_t replications;
    uint64_t begin; /* of these, only begin .. end - 1: a shard. A multiple of BLOCK_REPLICATIONS */
    uint64_t end;   /* 0: all, begin is 0 then */
    int threads;    /* 0: as many as the machine has */
    struct horizon_only only;          /* what is asked for; zeroed: everything */
    const volatile sig_atomic_t *stop; /* not NULL: leave with what is done when it becomes 1 */

    /* Called in the order of replications, one at a time, on any thread: all cells of one variant
     * in one replication (series_count x periods, as in struct table). false ends the experiment
     * as a failure. May be NULL. */
    bool (*row)(void *context, size_t variant, uint64_t replication, const struct table *table,
                const double *values, struct error *error);
    void *row_context;

    /* Called before the first replication, with empty tables, to which it may restore what an
     * earlier experiment has done (engine/state.h). May be NULL. */
    bool (*restore)(void *context, struct results *results, struct error *error);
    /* Called after every merged block, one at a time, on any thread. May be NULL. */
    bool (*merged)(void *context, struct results *results, struct error *error);
    void *state_context;

    /* Called after every block, in their order: true ends the experiment as if no more replications
     * had been asked for. May be NULL. */
    bool (*enough)(const void *context, const struct results *results);
    const void *enough_context;

    /* Called now and then, one at a time. May be NULL. */
    void (*progress)(void *context, uint64_t done, uint64_t asked);
    void *progress_context;
};

bool experiment_run(const struct experiment *experiment, struct results *results,
                    struct error *error) __attribute__((warn_unused_result));

#endif
