/* The points of a search: the lattice that they lie on, those that were computed, and those that it
 * begins with. */
#include "base/memory.h"
#include "engine/design.h"
#include "engine/optimise_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_free(const struct optimise_axis *axis) { return !axis->choice && axis->last > 0; }

/* Saturates far beyond what anybody computes. */
size_t search_combinations(const struct optimise_axis axes[], size_t axis_count, bool free_too) {
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
    size_t choices = search_combinations(axes, axis_count, false);
    return count == 0 ? 1 : choices > 1 ? 2 * count + 2 : 4 * count + 4;
}

size_t optimise_least(const struct optimise_axis axes[], size_t axis_count) {
    return cube_points(axes, axis_count) * search_combinations(axes, axis_count, false) + 1;
}

size_t optimise_usual(const struct optimise_axis axes[], size_t axis_count, size_t goal_count) {
    size_t searched = goal_count * 25 * (count_free(axes, axis_count) + 1);
    size_t all = search_combinations(axes, axis_count, true);
    size_t usual = optimise_least(axes, axis_count) + searched;
    return all < usual ? all : usual;
}

bool search_stopped(const struct search *search) {
    const volatile sig_atomic_t *stop = search->ask->stop;
    return stop != NULL && __atomic_load_n(stop, __ATOMIC_RELAXED) != 0;
}

bool search_over(const struct search *search) { return search->failed || search_stopped(search); }

static struct optimise_point *find(const struct search *search, const uint32_t *places) {
    size_t bytes = search->ask->axis_count * sizeof *places;
    for (size_t p = 0; p < search->results->count; p++) {
        if (memcmp(search->results->points[p].places, places, bytes) == 0) {
            return &search->results->points[p];
        }
    }
    return NULL;
}

/* A new point, not computed yet; NULL when there are as many as may be. */
static struct optimise_point *add(struct search *search, const uint32_t *places) {
    struct optimise_results *results = search->results;
    if (results->count == search->ask->evaluations) {
        results->exhausted = true;
        return NULL;
    }
    struct optimise_point *point = &results->points[results->count];
    *point = (struct optimise_point){
        .places = &results->places[results->count * search->ask->axis_count],
        .excess = &results->excess[results->count * search->ask->bound_count],
    };
    results->count++;
    memcpy(point->places, places, search->ask->axis_count * sizeof *places);
    return point;
}

/* Computes the points from `first` on. */
static void compute(struct search *search, size_t first) {
    struct optimise_results *results = search->results;
    size_t count = results->count - first;
    struct optimise_point **points =
        memory_array(count, sizeof(struct optimise_point *), "points of a search", search->error);
    if (points == NULL) {
        search->failed = true;
        return;
    }
    for (size_t p = 0; p < count; p++) {
        points[p] = &results->points[first + p];
    }
    search->failed =
        count > 0 && !search->ask->evaluate(search->ask->context, points, count, search->error);
    free(points);
}

struct optimise_point *search_at(struct search *search, const uint32_t *places, size_t most) {
    struct optimise_point *point = find(search, places);
    if (point != NULL || search_over(search) || search->results->count >= most) {
        return search_over(search) ? NULL : point;
    }
    size_t first = search->results->count;
    point = add(search, places);
    if (point != NULL) {
        compute(search, first);
    }
    return search_over(search) ? NULL : point;
}

bool search_before(const struct search *search, const struct optimise_point *one,
                   const struct optimise_point *other, size_t goal) {
    return optimise_before(one, other, goal, search->bound_scale, search->ask->bound_count);
}

struct optimise_point *search_best(const struct search *search, size_t goal, double ceiling) {
    struct optimise_point *found = NULL;
    for (size_t p = 0; p < search->results->count; p++) {
        struct optimise_point *point = &search->results->points[p];
        bool low = search->ask->goal_count < 2 || point->goals[1] <= ceiling;
        if (point->valid && low && (found == NULL || search_before(search, point, found, goal))) {
            found = point;
        }
    }
    return found;
}

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

static void add_new(struct search *search, const uint32_t *places) {
    if (find(search, places) == NULL) {
        (void)add(search, places);
    }
}

/* A Latin hypercube in the ordered axes for one combination of the choices. */
static bool add_cube(struct search *search, uint32_t *places, uint64_t number) {
    const struct optimise *ask = search->ask;
    size_t points = cube_points(ask->axes, ask->axis_count);
    struct design_axes axes = {.count = search->free_count};
    struct design design = {0};
    for (size_t i = 0; i < search->free_count; i++) {
        axes.axes[i].range = true;
        axes.axes[i].whole = true;
        axes.axes[i].high = ask->axes[search->free_axes[i]].last;
    }
    if (search->free_count == 0) {
        add_new(search, places);
        return true;
    }
    bool good =
        design_make(&design, DESIGN_LATIN, &axes, points, ask->seed + number, search->error);
    for (size_t p = 0; good && p < points; p++) {
        for (size_t i = 0; i < search->free_count; i++) {
            double value = 0.0;
            (void)!design_number(&design, p, i, &value);
            places[search->free_axes[i]] = (uint32_t)value;
        }
        add_new(search, places);
    }
    design_free(&design);
    return good;
}

void search_begin(struct search *search) {
    const struct optimise *ask = search->ask;
    uint32_t places[OPTIMISE_AXES_MOST] = {0};
    size_t all = search_combinations(ask->axes, ask->axis_count, true);
    if (ask->given != NULL) {
        add_new(search, ask->given);
    }
    if (all <= ask->evaluations) {
        search->results->complete = true;
        do {
            add_new(search, places);
        } while (next_places(ask, places, true));
    } else {
        uint64_t number = 0;
        bool good = true;
        do {
            good = add_cube(search, places, number++);
        } while (good && next_places(ask, places, false));
        search->failed = !good;
    }
    if (!search->failed) {
        compute(search, 0);
    }
    search->results->begun_with = search->results->count;
    search->results->exhausted = false;
}

void search_scale(struct search *search) {
    const struct optimise_results *results = search->results;
    for (size_t g = 0; g < search->ask->goal_count; g++) {
        double low = (double)INFINITY;
        double high = -(double)INFINITY;
        for (size_t p = 0; p < results->count; p++) {
            if (results->points[p].valid) {
                low = fmin(low, results->points[p].goals[g]);
                high = fmax(high, results->points[p].goals[g]);
            }
        }
        search->goal_low[g] = isfinite(low) ? low : 0.0;
        search->goal_scale[g] = high > low ? high - low : 1.0;
    }
    optimise_scale(results, search->ask->bound_count, search->bound_scale);
}

bool search_allocate(struct search *search) {
    const struct optimise *ask = search->ask;
    struct optimise_results *results = search->results;
    struct error *error = search->error;
    size_t most = ask->evaluations;
    results->points = memory_array(most, sizeof *results->points, "points of a search", error);
    results->places =
        memory_array(most * ask->axis_count, sizeof *results->places, "points of a search", error);
    results->excess =
        memory_array(most * ask->bound_count, sizeof(double), "points of a search", error);
    search->bound_scale = memory_array(ask->bound_count, sizeof(double), "bounds", error);
    for (size_t a = 0; a < ask->axis_count; a++) {
        if (is_free(&ask->axes[a])) {
            search->free_axes[search->free_count++] = a;
        }
    }
    return results->points != NULL && results->places != NULL && results->excess != NULL &&
           search->bound_scale != NULL;
}
