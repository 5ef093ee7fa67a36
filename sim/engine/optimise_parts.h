/* What the parts of engine/optimise.h share: a search in progress and its points.
 * Ownership: struct search borrows question and results; optimise_run allocates bound_scale with
 * search_allocate and frees it. */
#ifndef ENGINE_OPTIMISE_PARTS_H
#define ENGINE_OPTIMISE_PARTS_H

#include "engine/optimise.h"

struct search {
    const struct optimise *ask;
    struct optimise_results *results;
    struct error *error;
    size_t free_axes[OPTIMISE_AXES_MOST]; /* that have an order and more than one place */
    size_t free_count;
    double goal_low[OPTIMISE_GOALS_MOST];
    double goal_scale[OPTIMISE_GOALS_MOST];
    double *bound_scale;
    bool failed;
};

/* Combinations of the places of all axes, or of the choices alone; at most 1e9. */
size_t search_combinations(const struct optimise_axis axes[], size_t axis_count, bool free_too);

/* Room for all points that may be, and the free axes. */
bool search_allocate(struct search *search) __attribute__((warn_unused_result));

/* Computes the points that the search begins with: all of a small lattice, otherwise a Latin
 * hypercube for each combination of choices. */
void search_begin(struct search *search);

/* The ranges of goals and bounds over the points so far. */
void search_scale(struct search *search);

/* Somebody wants it to end; or that, or it has failed. */
bool search_stopped(const struct search *search);
bool search_over(const struct search *search);

/* The point at these places, computed when it is new and there are fewer than `most`; NULL when the
 * search is to end. */
struct optimise_point *search_at(struct search *search, const uint32_t *places, size_t most);

bool search_before(const struct search *search, const struct optimise_point *one,
                   const struct optimise_point *other, size_t goal);

/* The best point whose second goal is at most `ceiling`, of all points; NULL: there is none. */
struct optimise_point *search_best(const struct search *search, size_t goal, double ceiling);

#endif
