/* Points that are simulated as they come, and what the targets are at each: a sweep that grows.
 * Ownership: scores_open allocates, scores_free frees and accepts a zeroed struct; targets, metrics
 * and what `load` needs belong to the caller. A struct scores is not moved while it is open. */
#ifndef ENGINE_SCORES_H
#define ENGINE_SCORES_H

#include "engine/target.h"

struct scores {
    /* What the caller says. */
    const struct target *targets;
    size_t target_count;
    /* Reads the scenario of a point of the design; `unchanged`: as it stands. */
    bool (*load)(void *context, struct scenario *scenario, const struct design *design,
                 size_t point, bool unchanged, struct error *error);
    void *load_context;
    struct sweep sweep; /* seed, replications, metrics, threads, callbacks; the rest is filled in */

    /* What comes of it. */
    struct design design; /* of the points that were added */
    struct sweep_results results;
    size_t most;
    struct scenario *scenarios;
    const struct scenario **pointers;
    struct score *scores; /* point by point, target by target */
    double *column;       /* one metric of all histories */
};

/* Room for `most` points. */
bool scores_open(struct scores *scores, const struct design_axes *axes, size_t most,
                 struct error *error) __attribute__((warn_unused_result));

/* Adds a point with the values places[a] of the axes (NULL: the scenario as it stands, with
 * `values`, which are taken over). False when its scenario is wrong or cannot be read; it is not
 * added then. */
bool scores_add(struct scores *scores, const struct design_axes *axes, const uint32_t *places,
                struct text *values, struct error *error) __attribute__((warn_unused_result));

/* Simulates what has been added since the last call. */
bool scores_run(struct scores *scores, struct error *error) __attribute__((warn_unused_result));

const struct score *scores_at(const struct scores *scores, size_t point, size_t target);

void scores_free(struct scores *scores);

#endif
