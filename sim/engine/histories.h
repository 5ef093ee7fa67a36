/* Results made again from values of histories that were kept: a few series, in years and over the
 * horizon, with the same bytes as those of the experiment that had them.
 * Ownership: shapes and rows are the caller's; the results are freed with results_free. */
#ifndef ENGINE_HISTORIES_H
#define ENGINE_HISTORIES_H

#include "engine/results.h"

/* What was kept of one variant. */
struct histories {
    const struct table *shape; /* series and years; no months, no cells */
    const double *rows;        /* its cells, one replication after the other */
};

/* One variant for each element; the scenarios have the same years, all met the same histories of
 * chance. */
bool histories_results(struct results *results, const struct scenario *const scenarios[],
                       const struct histories histories[], size_t count, uint64_t seed,
                       uint64_t replications, struct error *error)
    __attribute__((warn_unused_result));

#endif
