/* The strategy: a first view of the box, local searches (engine/descent.c says which) from the best
 * of its points, refinement. A local search finds a local optimum only, so several begin, each from
 * another part of the box or with another choice; the best is refined until planes, quadratics and
 * neighbours all fail to find a better point. Axes with few places, whole numbers above all, are
 * rounded for the local searches, and their neighbours tried. */
#include "engine/optimise.h"

#include "engine/descent.h"
#include "engine/optimise_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Parts of an axis: the first simplex of a start and of the refinement, and where a search ends. */
static const double START_RADIUS = 0.2, VALLEY_RADIUS = 0.1, REFINE_RADIUS = 0.03,
                    END_RADIUS = 0.001;
static const double STARTS_APART = 0.25;
enum {
    STARTS = 3,         /* without choices */
    STARTS_CHOICES = 4, /* with them: the best point of each of so many */
    COARSE = 200,       /* an axis with at most so many places has its neighbours tried */
    LEVELS = 11         /* of the second goal, between the ends of the front */
};

/* ---- one local search */

struct climb {
    struct search *search;
    const uint32_t *from;
    size_t goal;
    double ceiling; /* of the second goal, infinity: none */
    size_t most;    /* points that there may be in the end */
};

/* In parts of its range over the first points; what has no value is worse than all of them. */
static double scaled_goal(const struct search *search, const struct optimise_point *point,
                          size_t goal) {
    return !point->valid ? 2.0
                         : (point->goals[goal] - search->goal_low[goal]) / search->goal_scale[goal];
}

static bool look(void *context, const double *x, double *value, double *bounds) {
    const struct climb *climb = context;
    const struct search *search = climb->search;
    uint32_t places[OPTIMISE_AXES_MOST];
    memcpy(places, climb->from, search->ask->axis_count * sizeof *places);
    for (size_t i = 0; i < search->free_count; i++) {
        size_t axis = search->free_axes[i];
        places[axis] = (uint32_t)rint(fmin(fmax(x[i], 0.0), 1.0) * search->ask->axes[axis].last);
    }
    const struct optimise_point *point = search_at(climb->search, places, climb->most);
    if (point == NULL) {
        return false;
    }
    *value = scaled_goal(search, point, climb->goal);
    for (size_t b = 0; bounds != NULL && b < search->ask->bound_count; b++) {
        bounds[b] = point->valid ? point->excess[b] / search->bound_scale[b] : 1.0;
    }
    if (bounds != NULL && isfinite(climb->ceiling)) {
        bounds[search->ask->bound_count] =
            point->valid ? (point->goals[1] - climb->ceiling) / search->goal_scale[1] : 1.0;
    }
    return true;
}

/* Searches from a point in the axes that have an order; what is found are the new points. */
static void climb_from(struct search *search, const struct optimise_point *start,
                       enum descent_method method, size_t goal, double ceiling, double radius,
                       size_t most) {
    double x[OPTIMISE_AXES_MOST];
    double steps[OPTIMISE_AXES_MOST];
    struct climb climb = {search, start->places, goal, ceiling, most};
    struct descent descent = {.method = method,
                              .axis_count = search->free_count,
                              .bound_count = search->ask->bound_count + (isfinite(ceiling) != 0),
                              .radius = steps,
                              .end = 0.5,
                              .at = look,
                              .context = &climb};
    if (search->free_count == 0 || search_over(search) || search->results->count >= most) {
        return;
    }
    for (size_t i = 0; i < search->free_count; i++) {
        size_t axis = search->free_axes[i];
        double place = 1.0 / (double)search->ask->axes[axis].last;
        x[i] = start->places[axis] * place;
        steps[i] = fmin(fmax(radius, place), 0.5); /* to another place at least */
        descent.end = fmin(descent.end, fmax(END_RADIUS, 0.5 * place));
    }
    /* A search that only meets what it has met already ends as well. */
    descent.calls = (int)fmin(20.0 * (double)(most - search->results->count) + 100.0, 1e6);
    search->failed = !descent_run(&descent, x, search->error) || search->failed;
}

/* ---- the whole search */

static bool same_choices(const struct search *search, const uint32_t *one, const uint32_t *other) {
    for (size_t a = 0; a < search->ask->axis_count; a++) {
        if (search->ask->axes[a].choice && one[a] != other[a]) {
            return false;
        }
    }
    return true;
}

/* The best points of those it began with: of different choices where there are some, else far
 * enough from each other. */
static size_t choose_starts(const struct search *search, size_t goal,
                            const struct optimise_point *starts[]) {
    size_t choices = search_combinations(search->ask->axes, search->ask->axis_count, false);
    size_t most = choices > 1 ? STARTS_CHOICES : STARTS;
    size_t count = 0;
    while (count < most) {
        const struct optimise_point *found = NULL;
        for (size_t p = 0; p < search->results->begun_with; p++) {
            const struct optimise_point *point = &search->results->points[p];
            bool fresh = point->valid;
            for (size_t s = 0; fresh && s < count; s++) {
                fresh = choices > 1 ? !same_choices(search, point->places, starts[s]->places)
                                    : optimise_distance(search->ask, point->places,
                                                        starts[s]->places) >= STARTS_APART;
            }
            if (fresh && (found == NULL || search_before(search, point, found, goal))) {
                found = point;
            }
        }
        if (found == NULL) {
            break;
        }
        starts[count++] = found;
    }
    return count;
}

/* Neighbours along coarse axes and other choices of the best point, until none is better. */
static void try_neighbours(struct search *search, size_t goal, size_t most) {
    const struct optimise *ask = search->ask;
    const struct optimise_point *centre = NULL;
    const struct optimise_point *now = search_best(search, goal, (double)INFINITY);
    while (now != NULL && now != centre && !search_over(search)) {
        centre = now;
        for (size_t a = 0; a < ask->axis_count; a++) {
            uint32_t places[OPTIMISE_AXES_MOST];
            uint32_t own = centre->places[a];
            uint32_t from = ask->axes[a].choice || own == 0 ? 0 : own - 1;
            uint32_t to =
                ask->axes[a].choice || own == ask->axes[a].last ? ask->axes[a].last : own + 1;
            memcpy(places, centre->places, ask->axis_count * sizeof *places);
            for (uint32_t value = from; ask->axes[a].last <= COARSE && value <= to; value++) {
                places[a] = value;
                (void)search_at(search, places, most);
            }
        }
        now = search_best(search, goal, (double)INFINITY);
    }
}

/* One goal alone, with points up to `most`. */
static void search_goal(struct search *search, size_t goal, size_t most) {
    const struct optimise_point *starts[STARTS_CHOICES];
    size_t count = choose_starts(search, goal, starts);
    size_t now = search->results->count;
    size_t kept = most > now ? (most - now) / 2 : 0; /* for the refinement */
    for (size_t s = 0; s < count; s++) {
        now = search->results->count;
        size_t share = most - kept > now ? (most - kept - now) / (count - s) : 0;
        climb_from(search, starts[s], DESCENT_PLANES, goal, (double)INFINITY, START_RADIUS,
                   now + share);
    }
    const struct optimise_point *centre = NULL;
    const struct optimise_point *found = search_best(search, goal, (double)INFINITY);
    while (found != NULL && found != centre && !search_over(search)) {
        centre = found;
        try_neighbours(search, goal, most);
        found = search_best(search, goal, (double)INFINITY);
        climb_from(search, found, DESCENT_PLANES, goal, (double)INFINITY, REFINE_RADIUS, most);
        found = search_best(search, goal, (double)INFINITY);
        climb_from(search, found, DESCENT_QUADRATICS, goal, (double)INFINITY, VALLEY_RADIUS, most);
        found = search_best(search, goal, (double)INFINITY);
    }
}

/* Both ends of the front, then the first goal under levels of the second (Haimes, Lasdon and
 * Wismer 1971), which finds also what lies in a dent, where no weighted sum of the goals leads. */
static void search_front(struct search *search) {
    size_t now = search->results->count;
    size_t left = search->ask->evaluations - now;
    search_goal(search, 0, now + left / 4);
    search_goal(search, 1, now + left / 2);
    const struct optimise_point *first = search_best(search, 0, (double)INFINITY);
    const struct optimise_point *second = search_best(search, 1, (double)INFINITY);
    if (first == NULL || second == NULL) {
        return;
    }
    double high = first->goals[1];
    double low = second->goals[1];
    /* Every second level first, so that few evaluations give a whole front, too. */
    for (size_t number = 0; number < LEVELS && !search_over(search) && high > low; number++) {
        size_t level = number < LEVELS / 2 ? 2 * number + 2 : 2 * (number - LEVELS / 2) + 1;
        double ceiling = low + (high - low) * (double)level / (LEVELS + 1);
        const struct optimise_point *start = search_best(search, 0, ceiling);
        now = search->results->count;
        left = search->ask->evaluations - now;
        climb_from(search, start, DESCENT_PLANES, 0, ceiling, START_RADIUS / 2.0,
                   now + left / (LEVELS - number));
    }
}

bool optimise_run(const struct optimise *optimise, struct optimise_results *results,
                  struct error *error) {
    struct search search = {.ask = optimise, .results = results, .error = error};
    *results = (struct optimise_results){0};
    if (!search_allocate(&search)) {
        free(search.bound_scale);
        return false;
    }
    search_begin(&search);
    search_scale(&search);
    if (!search_over(&search) && !results->complete) {
        if (optimise->goal_count > 1) {
            search_front(&search);
        } else {
            search_goal(&search, 0, optimise->evaluations);
        }
    }
    results->exhausted = !results->complete && results->count == optimise->evaluations;
    results->interrupted = !search.failed && search_stopped(&search);
    if (optimise->goal_count > 1) {
        optimise_mark_front(results, optimise->bound_count);
    }
    free(search.bound_scale);
    return !search.failed;
}
