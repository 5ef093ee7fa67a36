/* The search for the best point of a box: one goal, or the front between two, under bounds, of a
 * function that is known only from its values, such as a simulation under the same chance.
 * Ownership: the caller owns struct optimise; results are allocated by optimise_run, which keeps
 * them also after a failure or an interruption, and freed by optimise_free. */
#ifndef ENGINE_OPTIMISE_H
#define ENGINE_OPTIMISE_H

#include "base/error.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OPTIMISE_GOALS_MOST = 2, OPTIMISE_AXES_MOST = 20 };

/* Points lie on a lattice: every axis has the places 0 .. last. What is met again is not computed
 * again, and values stay short enough to be read. */
struct optimise_axis {
    uint32_t last;
    bool choice; /* places have no order, such as names of plans: each is searched apart */
};

struct optimise_point {
    uint32_t *places; /* by axis */
    double goals[OPTIMISE_GOALS_MOST];
    double *excess; /* by bound: above 0 it is broken, by so much */
    bool valid;     /* has values at all */
    bool front;     /* of two goals: no other point is better in one and no worse in the other */
};

struct optimise {
    const struct optimise_axis *axes;
    size_t axis_count;
    size_t goal_count; /* 1 or 2, to be made small */
    size_t bound_count;
    size_t evaluations;    /* at most */
    uint64_t seed;         /* of the points that the search begins with */
    const uint32_t *given; /* a point to begin with, or NULL */

    /* Fills goals and excess of some points at once and says which are valid; false ends the search
     * as a failure. After `stop` it may leave points invalid. */
    bool (*evaluate)(void *context, struct optimise_point *const points[], size_t count,
                     struct error *error);
    void *context;
    const volatile sig_atomic_t *stop; /* not NULL: leave with the points that there are */
};

struct optimise_results {
    struct optimise_point *points; /* in the order in which they were computed */
    size_t count;
    size_t begun_with; /* of these, to get a view; the others were searched */
    bool exhausted;    /* ended because no more evaluations were allowed */
    bool complete;     /* every point of the lattice was computed */
    bool interrupted;
    uint32_t *places; /* what the points point to */
    double *excess;
};

/* How many evaluations suit so many axes and choices, when nobody says a number. */
size_t optimise_usual(const struct optimise_axis axes[], size_t axis_count, size_t goal_count);

/* How many it takes at least: what the search begins with. */
size_t optimise_least(const struct optimise_axis axes[], size_t axis_count);

bool optimise_run(const struct optimise *optimise, struct optimise_results *results,
                  struct error *error) __attribute__((warn_unused_result));

/* Whether the first point ranks before the second by this goal: what keeps all bounds before what
 * breaks some, these by how far (in parts of `scale`, one for each bound), the others by goal. */
bool optimise_before(const struct optimise_point *first, const struct optimise_point *second,
                     size_t goal, const double scale[], size_t bound_count);

bool optimise_keeps(const struct optimise_point *point, size_t bound_count);

/* The range of each bound's excess over the valid points, 1 where it has none. */
void optimise_scale(const struct optimise_results *results, size_t bound_count, double scale[]);

/* Marks the front among the points that keep all bounds. */
void optimise_mark_front(struct optimise_results *results, size_t bound_count);

/* The largest distance of two points along an axis, in parts of its length; 1 with different
 * choices. */
double optimise_distance(const struct optimise *optimise, const uint32_t *one,
                         const uint32_t *other);

void optimise_free(struct optimise_results *results);

#endif
