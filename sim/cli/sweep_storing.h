/* --store of a sweep: every plan at every point is a run in the store; one that is there is found
 * and not simulated.
 * Ownership: the caller owns the struct (zeroed is valid) and calls sweep_storing_close; sweep,
 * options and the scenarios must outlive it. */
#ifndef CLI_SWEEP_STORING_H
#define CLI_SWEEP_STORING_H

#include "cli/metrics.h"
#include "cli/options.h"
#include "cli/talk.h"
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

/* Refuses options that do not go together. */
bool sweep_storing_check(const struct sweep_storing *storing, bool dry_run, struct error *error)
    __attribute__((warn_unused_result));

/* Opens the store, if there is one, and lets the sweep keep and recall. `plans`: as they stand. */
bool sweep_storing_open(struct sweep_storing *storing, struct sweep *sweep,
                        const struct scenario *const plans[], const struct options *options,
                        struct error *error) __attribute__((warn_unused_result));

/* The store knows which points are done, whatever a folder says: those that it lacks are put into
 * it. */
void sweep_storing_ask(const struct sweep_storing *storing, struct sweep_results *results);

/* Says how many runs were there. */
void sweep_storing_tell(const struct sweep_storing *storing, const struct sweep_results *results,
                        struct talk *talk);

void sweep_storing_close(struct sweep_storing *storing);

#endif
