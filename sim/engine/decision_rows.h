/* One metric of every history of an experiment, gathered for a decision among its plans.
 * Ownership: the caller owns the struct (zeroed is valid) and calls decision_rows_free. */
#ifndef ENGINE_DECISION_ROWS_H
#define ENGINE_DECISION_ROWS_H

#include "engine/decision.h"
#include "engine/results.h"

struct decision_rows {
    struct decision_tally tally;
    size_t outcome; /* index into OUTCOMES */
    size_t *series; /* of the metric, one a plan */
    double *values; /* of the history that is being gathered */
};

/* Every scenario has the metric ("npv", "turnover.kam"), and better is higher or lower in it. */
bool decision_rows_init(struct decision_rows *rows, const struct scenario *const scenarios[],
                        size_t count, const char *metric, struct error *error)
    __attribute__((warn_unused_result));

/* The row callback of struct experiment calls it: variant after variant, history after history. */
void decision_rows_add(struct decision_rows *rows, size_t variant, const struct table *table,
                       const double *values);

void decision_rows_free(struct decision_rows *rows);

#endif
