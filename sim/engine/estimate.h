/* How long a simulation will take, from a short one of the same scenarios.
 * Ownership: values only. */
#ifndef ENGINE_ESTIMATE_H
#define ENGINE_ESTIMATE_H

#include "engine/experiment.h"
#include "engine/precision.h"
#include "engine/sweep.h"

struct estimate {
    double seconds;
    double probe_seconds; /* that finding out took */
    double bytes;         /* of the whole program, at most */
    double replications;  /* that --precision will take, about; may be infinite */
    int threads;
};

/* Of an experiment with the replications that it asks for; its callbacks are not called. With a
 * precision (or NULL) it takes as many of them as that needs, by the variance of the probe. */
bool estimate_experiment(struct estimate *estimate, const struct experiment *experiment,
                         const struct precision *precision, struct error *error)
    __attribute__((warn_unused_result));

/* Of a sweep, from its first, middle and last point. */
bool estimate_sweep(struct estimate *estimate, const struct sweep *sweep, struct error *error)
    __attribute__((warn_unused_result));

#endif
