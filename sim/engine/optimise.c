/* The strategy: a first view of the box, local searches (engine/descent.c says which) from the best
 * of its points, refinement. A local search finds a local optimum only, so several begin, each from
 * another part of the box or with another choice; the best is refined until planes, quadratics and
 * neighbours all fail to find a better point. Axes with few places, whole numbers above all, are
 * rounded for the local searches, and their neighbours tried. */
#include "engine/optimise.h"

#include "base/memory.h"
#include "engine/descent.h"
#include "engine/design.h"

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

struct run {
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

static bool is_free(const struct optimise_axis *axis) { return !axis->choice && axis->last > 0; }

/* Saturates far beyond what anybody computes. */
static size_t count_choices(const struct optimise_axis axes[], size_t axis_count, bool free_too) {
    double count = 1.0;
    for (size_t a = 0; a < axis_count; a++) {
        if (free_too || !is_free(&axes[a])) {
            count *= (double)axes[a].last + 1.0;
        }
    }
    return (size_t)fmin(count, 1e9);
}

static size_t count_free(const struct optimise_axis axes[], size_t axis_count) {
    size_t count = 0;
    for (size_t a = 0; a < axis_count; a++) {
        count += is_free(&axes[a]);
    }
    return count;
}

/* Points of the Latin hypercube of each combination of choices. */
static size_t cube_points(const struct optimise_axis axes[], size_t axis_count) {
    size_t count = count_free(axes, axis_count);
    size_t choices = count_choices(axes, axis_count, false);
    return count == 0 ? 1 : choices > 1 ? 2 * count + 2 : 4 * count + 4;
}

size_t optimise_least(const struct optimise_axis axes[], size_t axis_count) {
    return cube_points(axes, axis_count) * count_choices(axes, axis_count, false) + 1;
}

size_t optimise_usual(const struct optimise_axis axes[], size_t axis_count, size_t goal_count) {
    size_t searched = goal_count * 25 * (count_free(axes, axis_count) + 1);
    size_t all = count_choices(axes, axis_count, true);
    size_t usual = optimise_least(axes, axis_count) + searched;
    return all < usual ? all : usual;
}

static bool stopped(const struct run *run) {
    const volatile sig_atomic_t *stop = run->ask->stop;
    return stop != NULL && __atomic_load_n(stop, __ATOMIC_RELAXED) != 0;
}

static bool over(const struct run *run) { return run->failed || stopped(run); }

static struct optimise_point *find(const struct run *run, const uint32_t *places) {
    size_t bytes = run->ask->axis_count * sizeof *places;
    for (size_t p = 0; p < run->results->count; p++) {
        if (memcmp(run->results->points[p].places, places, bytes) == 0) {
            return &run->results->points[p];
        }
    }
    return NULL;
}

/* A new point, not computed yet; NULL when there are as many as may be. */
static struct optimise_point *add(struct run *run, const uint32_t *places) {
    struct optimise_results *results = run->results;
    if (results->count == run->ask->evaluations) {
        results->exhausted = true;
        return NULL;
    }
    struct optimise_point *point = &results->points[results->count];
    *point = (struct optimise_point){
        .places = &results->places[results->count * run->ask->axis_count],
        .excess = &results->excess[results->count * run->ask->bound_count],
    };
    results->count++;
    memcpy(point->places, places, run->ask->axis_count * sizeof *places);
    return point;
}

/* Computes the points from `first` on. */
static void compute(struct run *run, size_t first) {
    struct optimise_results *results = run->results;
    size_t count = results->count - first;
    struct optimise_point **points =
        memory_array(count, sizeof(struct optimise_point *), "points of a search", run->error);
    if (points == NULL) {
        run->failed = true;
        return;
    }
    for (size_t p = 0; p < count; p++) {
        points[p] = &results->points[first + p];
    }
    run->failed = count > 0 && !run->ask->evaluate(run->ask->context, points, count, run->error);
    free(points);
}

/* The point at these places, computed when it is new; NULL when the search is to end. */
static struct optimise_point *at(struct run *run, const uint32_t *places, size_t most) {
    struct optimise_point *point = find(run, places);
    if (point != NULL || over(run) || run->results->count >= most) {
        return over(run) ? NULL : point;
    }
    size_t first = run->results->count;
    point = add(run, places);
    if (point != NULL) {
        compute(run, first);
    }
    return over(run) ? NULL : point;
}

static bool before(const struct run *run, const struct optimise_point *one,
                   const struct optimise_point *other, size_t goal) {
    return optimise_before(one, other, goal, run->bound_scale, run->ask->bound_count);
}

/* The best point whose second goal is at most `ceiling`, of all points. */
static struct optimise_point *best(const struct run *run, size_t goal, double ceiling) {
    struct optimise_point *found = NULL;
    for (size_t p = 0; p < run->results->count; p++) {
        struct optimise_point *point = &run->results->points[p];
        bool low = run->ask->goal_count < 2 || point->goals[1] <= ceiling;
        if (point->valid && low && (found == NULL || before(run, point, found, goal))) {
            found = point;
        }
    }
    return found;
}

/* ---- one local search */

struct climb {
    struct run *run;
    const uint32_t *from;
    size_t goal;
    double ceiling; /* of the second goal, infinity: none */
    size_t most;    /* points that there may be in the end */
};

/* In parts of its range over the first points; what has no value is worse than all of them. */
static double scaled_goal(const struct run *run, const struct optimise_point *point, size_t goal) {
    return !point->valid ? 2.0 : (point->goals[goal] - run->goal_low[goal]) / run->goal_scale[goal];
}

static bool look(void *context, const double *x, double *value, double *bounds) {
    const struct climb *climb = context;
    const struct run *run = climb->run;
    uint32_t places[OPTIMISE_AXES_MOST];
    memcpy(places, climb->from, run->ask->axis_count * sizeof *places);
    for (size_t i = 0; i < run->free_count; i++) {
        size_t axis = run->free_axes[i];
        places[axis] = (uint32_t)rint(fmin(fmax(x[i], 0.0), 1.0) * run->ask->axes[axis].last);
    }
    const struct optimise_point *point = at(climb->run, places, climb->most);
    if (point == NULL) {
        return false;
    }
    *value = scaled_goal(run, point, climb->goal);
    for (size_t b = 0; bounds != NULL && b < run->ask->bound_count; b++) {
        bounds[b] = point->valid ? point->excess[b] / run->bound_scale[b] : 1.0;
    }
    if (bounds != NULL && isfinite(climb->ceiling)) {
        bounds[run->ask->bound_count] =
            point->valid ? (point->goals[1] - climb->ceiling) / run->goal_scale[1] : 1.0;
    }
    return true;
}

/* Searches from a point in the axes that have an order; what is found are the new points. */
static void climb_from(struct run *run, const struct optimise_point *start,
                       enum descent_method method, size_t goal, double ceiling, double radius,
                       size_t most) {
    double x[OPTIMISE_AXES_MOST];
    double steps[OPTIMISE_AXES_MOST];
    struct climb climb = {run, start->places, goal, ceiling, most};
    struct descent descent = {.method = method,
                              .axis_count = run->free_count,
                              .bound_count = run->ask->bound_count + (isfinite(ceiling) != 0),
                              .radius = steps,
                              .end = 0.5,
                              .at = look,
                              .context = &climb};
    if (run->free_count == 0 || over(run) || run->results->count >= most) {
        return;
    }
    for (size_t i = 0; i < run->free_count; i++) {
        size_t axis = run->free_axes[i];
        double place = 1.0 / (double)run->ask->axes[axis].last;
        x[i] = start->places[axis] * place;
        steps[i] = fmin(fmax(radius, place), 0.5); /* to another place at least */
        descent.end = fmin(descent.end, fmax(END_RADIUS, 0.5 * place));
    }
    /* A search that only meets what it has met already ends as well. */
    descent.calls = (int)fmin(20.0 * (double)(most - run->results->count) + 100.0, 1e6);
    run->failed = !descent_run(&descent, x, run->error) || run->failed;
}

/* ---- what the search begins with */

/* The next combination of places, of the choices or of all axes; false after the last one. */
static bool next_places(const struct optimise *ask, uint32_t *places, bool free_too) {
    for (size_t a = ask->axis_count; a-- > 0;) {
        if (!free_too && is_free(&ask->axes[a])) {
            continue;
        }
        if (places[a] < ask->axes[a].last) {
            places[a]++;
            return true;
        }
        places[a] = 0;
    }
    return false;
}

static void add_new(struct run *run, const uint32_t *places) {
    if (find(run, places) == NULL) {
        (void)add(run, places);
    }
}

/* A Latin hypercube in the ordered axes for one combination of the choices. */
static bool add_cube(struct run *run, uint32_t *places, uint64_t number) {
    const struct optimise *ask = run->ask;
    size_t points = cube_points(ask->axes, ask->axis_count);
    struct design_axes axes = {.count = run->free_count};
    struct design design = {0};
    for (size_t i = 0; i < run->free_count; i++) {
        axes.axes[i].range = true;
        axes.axes[i].whole = true;
        axes.axes[i].high = ask->axes[run->free_axes[i]].last;
    }
    if (run->free_count == 0) {
        add_new(run, places);
        return true;
    }
    bool good = design_make(&design, DESIGN_LATIN, &axes, points, ask->seed + number, run->error);
    for (size_t p = 0; good && p < points; p++) {
        for (size_t i = 0; i < run->free_count; i++) {
            double value = 0.0;
            (void)!design_number(&design, p, i, &value);
            places[run->free_axes[i]] = (uint32_t)value;
        }
        add_new(run, places);
    }
    design_free(&design);
    return good;
}

static void begin(struct run *run) {
    const struct optimise *ask = run->ask;
    uint32_t places[OPTIMISE_AXES_MOST] = {0};
    size_t all = count_choices(ask->axes, ask->axis_count, true);
    if (ask->given != NULL) {
        add_new(run, ask->given);
    }
    if (all <= ask->evaluations) {
        run->results->complete = true;
        do {
            add_new(run, places);
        } while (next_places(ask, places, true));
    } else {
        uint64_t number = 0;
        bool good = true;
        do {
            good = add_cube(run, places, number++);
        } while (good && next_places(ask, places, false));
        run->failed = !good;
    }
    if (!run->failed) {
        compute(run, 0);
    }
    run->results->begun_with = run->results->count;
    run->results->exhausted = false;
}

static void set_scales(struct run *run) {
    const struct optimise_results *results = run->results;
    for (size_t g = 0; g < run->ask->goal_count; g++) {
        double low = (double)INFINITY;
        double high = -(double)INFINITY;
        for (size_t p = 0; p < results->count; p++) {
            if (results->points[p].valid) {
                low = fmin(low, results->points[p].goals[g]);
                high = fmax(high, results->points[p].goals[g]);
            }
        }
        run->goal_low[g] = isfinite(low) ? low : 0.0;
        run->goal_scale[g] = high > low ? high - low : 1.0;
    }
    optimise_scale(results, run->ask->bound_count, run->bound_scale);
}

/* ---- the whole search */

static bool same_choices(const struct run *run, const uint32_t *one, const uint32_t *other) {
    for (size_t a = 0; a < run->ask->axis_count; a++) {
        if (run->ask->axes[a].choice && one[a] != other[a]) {
            return false;
        }
    }
    return true;
}

/* The best points of those it began with: of different choices where there are some, else far
 * enough from each other. */
static size_t choose_starts(const struct run *run, size_t goal,
                            const struct optimise_point *starts[]) {
    size_t choices = count_choices(run->ask->axes, run->ask->axis_count, false);
    size_t most = choices > 1 ? STARTS_CHOICES : STARTS;
    size_t count = 0;
    while (count < most) {
        const struct optimise_point *found = NULL;
        for (size_t p = 0; p < run->results->begun_with; p++) {
            const struct optimise_point *point = &run->results->points[p];
            bool fresh = point->valid;
            for (size_t s = 0; fresh && s < count; s++) {
                fresh = choices > 1 ? !same_choices(run, point->places, starts[s]->places)
                                    : optimise_distance(run->ask, point->places,
                                                        starts[s]->places) >= STARTS_APART;
            }
            if (fresh && (found == NULL || before(run, point, found, goal))) {
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
static void try_neighbours(struct run *run, size_t goal, size_t most) {
    const struct optimise *ask = run->ask;
    const struct optimise_point *centre = NULL;
    const struct optimise_point *now = best(run, goal, (double)INFINITY);
    while (now != NULL && now != centre && !over(run)) {
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
                (void)at(run, places, most);
            }
        }
        now = best(run, goal, (double)INFINITY);
    }
}

/* One goal alone, with points up to `most`. */
static void search_goal(struct run *run, size_t goal, size_t most) {
    const struct optimise_point *starts[STARTS_CHOICES];
    size_t count = choose_starts(run, goal, starts);
    size_t now = run->results->count;
    size_t kept = most > now ? (most - now) / 2 : 0; /* for the refinement */
    for (size_t s = 0; s < count; s++) {
        now = run->results->count;
        size_t share = most - kept > now ? (most - kept - now) / (count - s) : 0;
        climb_from(run, starts[s], DESCENT_PLANES, goal, (double)INFINITY, START_RADIUS,
                   now + share);
    }
    const struct optimise_point *centre = NULL;
    const struct optimise_point *found = best(run, goal, (double)INFINITY);
    while (found != NULL && found != centre && !over(run)) {
        centre = found;
        try_neighbours(run, goal, most);
        found = best(run, goal, (double)INFINITY);
        climb_from(run, found, DESCENT_PLANES, goal, (double)INFINITY, REFINE_RADIUS, most);
        found = best(run, goal, (double)INFINITY);
        climb_from(run, found, DESCENT_QUADRATICS, goal, (double)INFINITY, VALLEY_RADIUS, most);
        found = best(run, goal, (double)INFINITY);
    }
}

/* Both ends of the front, then the first goal under levels of the second (Haimes, Lasdon and
 * Wismer 1971), which finds also what lies in a dent, where no weighted sum of the goals leads. */
static void search_front(struct run *run) {
    size_t now = run->results->count;
    size_t left = run->ask->evaluations - now;
    search_goal(run, 0, now + left / 4);
    search_goal(run, 1, now + left / 2);
    const struct optimise_point *first = best(run, 0, (double)INFINITY);
    const struct optimise_point *second = best(run, 1, (double)INFINITY);
    if (first == NULL || second == NULL) {
        return;
    }
    double high = first->goals[1];
    double low = second->goals[1];
    /* Every second level first, so that few evaluations give a whole front, too. */
    for (size_t number = 0; number < LEVELS && !over(run) && high > low; number++) {
        size_t level = number < LEVELS / 2 ? 2 * number + 2 : 2 * (number - LEVELS / 2) + 1;
        double ceiling = low + (high - low) * (double)level / (LEVELS + 1);
        const struct optimise_point *start = best(run, 0, ceiling);
        now = run->results->count;
        left = run->ask->evaluations - now;
        climb_from(run, start, DESCENT_PLANES, 0, ceiling, START_RADIUS / 2.0,
                   now + left / (LEVELS - number));
    }
}

static bool allocate(const struct optimise *ask, struct optimise_results *results, struct run *run,
                     struct error *error) {
    size_t most = ask->evaluations;
    results->points = memory_array(most, sizeof *results->points, "points of a search", error);
    results->places =
        memory_array(most * ask->axis_count, sizeof *results->places, "points of a search", error);
    results->excess =
        memory_array(most * ask->bound_count, sizeof(double), "points of a search", error);
    run->bound_scale = memory_array(ask->bound_count, sizeof(double), "bounds", error);
    return results->points != NULL && results->places != NULL && results->excess != NULL &&
           run->bound_scale != NULL;
}

bool optimise_run(const struct optimise *optimise, struct optimise_results *results,
                  struct error *error) {
    struct run run = {.ask = optimise, .results = results, .error = error};
    *results = (struct optimise_results){0};
    if (!allocate(optimise, results, &run, error)) {
        free(run.bound_scale);
        return false;
    }
    for (size_t a = 0; a < optimise->axis_count; a++) {
        if (is_free(&optimise->axes[a])) {
            run.free_axes[run.free_count++] = a;
        }
    }
    begin(&run);
    set_scales(&run);
    if (!over(&run) && !results->complete) {
        if (optimise->goal_count > 1) {
            search_front(&run);
        } else {
            search_goal(&run, 0, optimise->evaluations);
        }
    }
    results->exhausted = !results->complete && results->count == optimise->evaluations;
    results->interrupted = !run.failed && stopped(&run);
    if (optimise->goal_count > 1) {
        optimise_mark_front(results, optimise->bound_count);
    }
    free(run.bound_scale);
    return !run.failed;
}
