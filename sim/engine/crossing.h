/* Where a difference changes its sign along the one axis of a sweep: where a plan breaks even.
 * Ownership: values only. */
#ifndef ENGINE_CROSSING_H
#define ENGINE_CROSSING_H

#include "engine/sweep.h"

struct crossing {
    double at;        /* value of the axis, between two points by a straight line */
    double low, high; /* so far the 95 % interval of the difference holds zero; NaN: beyond the
                         points */
};

/* The crossings of the difference between the two plans in a metric, in the order of the axis; at
 * most `most`. None unless the sweep has two plans and one axis of numbers. */
size_t sweep_crossings(const struct sweep *sweep, const struct sweep_results *results,
                       size_t metric, struct crossing crossings[], size_t most);

/* The finished points in the order of their numbers on the axis, without the scenario as it stands;
 * returns how many, 0 when a value is no number. `order` has room for all points. */
size_t sweep_order(const struct sweep *sweep, const struct sweep_results *results, size_t axis,
                   size_t order[]);

#endif
