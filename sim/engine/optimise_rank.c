/* What ranks the points of a search: bounds first, then goals; and the front between two goals. */
#include "engine/optimise.h"

#include <math.h>
#include <stdlib.h>

bool optimise_keeps(const struct optimise_point *point, size_t bound_count) {
    bool keeps = point->valid;
    for (size_t b = 0; keeps && b < bound_count; b++) {
        keeps = point->excess[b] <= 0.0;
    }
    return keeps;
}

static double broken(const struct optimise_point *point, const double scale[], size_t bound_count) {
    double sum = 0.0;
    for (size_t b = 0; b < bound_count; b++) {
        sum += fmax(point->excess[b], 0.0) / scale[b];
    }
    return sum;
}

/* Deb 2000: feasible before infeasible, nothing is weighed against each other. */
bool optimise_before(const struct optimise_point *first, const struct optimise_point *second,
                     size_t goal, const double scale[], size_t bound_count) {
    if (first->valid != second->valid) {
        return first->valid;
    }
    if (!first->valid) {
        return false;
    }
    double one = broken(first, scale, bound_count);
    double other = broken(second, scale, bound_count);
    if (one > 0.0 || other > 0.0) {
        return one < other;
    }
    return first->goals[goal] < second->goals[goal];
}

void optimise_scale(const struct optimise_results *results, size_t bound_count, double scale[]) {
    for (size_t b = 0; b < bound_count; b++) {
        double low = (double)INFINITY;
        double high = -(double)INFINITY;
        for (size_t p = 0; p < results->count; p++) {
            if (results->points[p].valid) {
                low = fmin(low, results->points[p].excess[b]);
                high = fmax(high, results->points[p].excess[b]);
            }
        }
        scale[b] = high > low ? high - low : 1.0;
    }
}

static bool dominates(const struct optimise_point *one, const struct optimise_point *other) {
    return one->goals[0] <= other->goals[0] && one->goals[1] <= other->goals[1] &&
           (one->goals[0] < other->goals[0] || one->goals[1] < other->goals[1]);
}

static bool same(const struct optimise_point *one, const struct optimise_point *other) {
    return one->goals[0] == other->goals[0] && one->goals[1] == other->goals[1];
}

void optimise_mark_front(struct optimise_results *results, size_t bound_count) {
    for (size_t p = 0; p < results->count; p++) {
        struct optimise_point *point = &results->points[p];
        point->front = optimise_keeps(point, bound_count);
        for (size_t q = 0; point->front && q < results->count; q++) {
            const struct optimise_point *other = &results->points[q];
            if (q != p && optimise_keeps(other, bound_count)) {
                /* of points that are the same the first stays */
                point->front = !dominates(other, point) && !(q < p && same(other, point));
            }
        }
    }
}

double optimise_distance(const struct optimise *optimise, const uint32_t *one,
                         const uint32_t *other) {
    double distance = 0.0;
    for (size_t a = 0; a < optimise->axis_count; a++) {
        const struct optimise_axis *axis = &optimise->axes[a];
        if (one[a] != other[a]) {
            double apart = fabs((double)one[a] - (double)other[a]) / (double)axis->last;
            distance = fmax(distance, axis->choice ? 1.0 : apart);
        }
    }
    return distance;
}

void optimise_free(struct optimise_results *results) {
    free(results->points);
    free(results->places);
    free(results->excess);
    *results = (struct optimise_results){0};
}
