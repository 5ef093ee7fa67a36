/* A sensitivity analysis of a scenario, or of the difference between two, as a sweep: its points
 * behind the scenario as it stands, and one analysis a metric of the results.
 * Ownership: the caller owns the struct (zeroed is empty) and calls sensitivity_sweep_free; axes
 * and sweep are borrowed. */
#ifndef ENGINE_SENSITIVITY_SWEEP_H
#define ENGINE_SENSITIVITY_SWEEP_H

#include "engine/sensitivity.h"
#include "engine/sweep.h"

struct sensitivity_sweep {
    struct sensitivity_question question;
    const struct design_axes *axes;
    const struct sweep *sweep;
    double *shares;              /* of the points but the first, where their values really stand */
    struct sensitivity *answers; /* one a metric, once it is analysed */
};

/* The points, without the scenario as it stands; `base` are the values that it has, one text an
 * axis. */
bool sensitivity_sweep_design(struct sensitivity_sweep *analysis, struct design *design,
                              const struct text base[], struct error *error)
    __attribute__((warn_unused_result));

/* What the finished sweep says, metric by metric: of its only plan, or of what the second has more
 * than the first. */
bool sensitivity_sweep_analyse(struct sensitivity_sweep *analysis,
                               const struct sweep_results *results, struct error *error)
    __attribute__((warn_unused_result));

/* The cell of a point that is analysed: values of the plan, or differences of the second. */
const struct cell_summary *sensitivity_sweep_cell(const struct sensitivity_sweep *analysis,
                                                  const struct sweep_results *results, size_t point,
                                                  size_t metric);

void sensitivity_sweep_free(struct sensitivity_sweep *analysis);

#endif
