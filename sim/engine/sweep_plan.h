/* One plan at one point of a sweep: its model, the values of its histories, and what they are in
 * the end.
 * Ownership: sweep_plan_init allocates, sweep_plan_free frees and accepts a zeroed struct; the
 * parameters are borrowed. */
#ifndef ENGINE_SWEEP_PLAN_H
#define ENGINE_SWEEP_PLAN_H

#include "engine/sweep.h"
#include "model/model.h"

struct sweep_plan {
    struct model model;
    struct table shape; /* the series of the metrics that the plan has; no cells */
    int *series;        /* by metric: of the shape, -1: the plan does not have it */
    double *values;     /* replications x metrics, over the whole horizon */
    double *rows;       /* replications x cells of the shape, where the sweep keeps them, or NULL */
    bool known;         /* the values were there already: nothing is simulated */
};

/* Values of a plan. */
size_t sweep_value_count(const struct sweep *sweep);

/* Makes room for values; they may be recalled before the model is made. */
bool sweep_plan_init(struct sweep_plan *plan, const struct sweep *sweep,
                     const struct parameters *parameters, struct error *error)
    __attribute__((warn_unused_result));
bool sweep_plan_model(struct sweep_plan *plan, const struct sweep *sweep,
                      const struct parameters *parameters, struct error *error)
    __attribute__((warn_unused_result));

/* Keeps the values of one history; `row` holds the cells of the shape. */
void sweep_plan_keep(struct sweep_plan *plan, const struct sweep *sweep, const double *row,
                     uint64_t replication);

/* The cells of all metrics, in the order of the replications; `less`: the values that the plan is
 * compared with, or NULL. */
bool sweep_plan_reduce(const struct sweep_plan *plan, const struct sweep *sweep, const double *less,
                       struct sweep_cell *cells, struct error *error)
    __attribute__((warn_unused_result));

void sweep_plan_free(struct sweep_plan *plan);

#endif
