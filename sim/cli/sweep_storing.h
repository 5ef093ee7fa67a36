/* --store of a sweep: every plan at every point is a run in the store; one that is there is found
 * and not simulated.
 * Ownership: the caller owns the struct (zeroed is valid) and calls sweep_storing_close; sweep,
 * options and the scenarios must outlive it. */
#ifndef CLI_SWEEP_STORING_H
#define CLI_SWEEP_STORING_H

#include "cli/metrics.h"
#include "cli/options.h"
#include "engine/sweep.h"
#include "report/store.h"

struct sweep_storing {
    const char *file; /* of --store, or NULL */
    bool again;       /* simulate also what is there */
    struct store store;
    const struct sweep *sweep;
    const struct options *options;
    struct metrics kept; /* of every history, in every year */
    size_t found;        /* runs */
};

/* Opens the store and lets the sweep keep and recall. `plans`: as they stand. */
bool sweep_storing_open(struct sweep_storing *storing, struct sweep *sweep,
                        const struct scenario *const plans[], const struct options *options,
                        struct error *error) __attribute__((warn_unused_result));

void sweep_storing_close(struct sweep_storing *storing);

#endif
