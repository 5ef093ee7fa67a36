/* The points of a sweep as scenarios: read and checked, all of them, before anything is simulated.
 * Ownership: the caller owns the struct (zeroed is empty) and calls sweep_points_free. */
#ifndef CLI_SWEEP_POINTS_H
#define CLI_SWEEP_POINTS_H

#include "cli/options.h"
#include "engine/design.h"
#include "scenario/scenario.h"

struct sweep_points {
    struct scenario *scenarios; /* point by point, plan by plan */
    const struct scenario **pointers;
    size_t count; /* of scenarios */
};

/* Puts the scenario as it stands in front of the points. */
bool sweep_points_prepend(struct design *design, const struct scenario *scenario,
                          struct error *error) __attribute__((warn_unused_result));

/* Reads every plan (a scenario file or a run) at every point; the first point is left unchanged
 * when it is the scenario as it stands. Everything wrong at any point is said, with the point. */
bool sweep_points_load(struct sweep_points *points, const struct design *design, bool as_it_stands,
                       const char *const plans[], size_t plan_count, const struct options *options,
                       struct error *error) __attribute__((warn_unused_result));

/* One plan at one point of a design. */
bool sweep_points_one(struct scenario *scenario, const struct design *design, size_t point,
                      bool unchanged, const char *plan, const struct options *options,
                      struct error *error) __attribute__((warn_unused_result));

void sweep_points_free(struct sweep_points *points);

#endif
