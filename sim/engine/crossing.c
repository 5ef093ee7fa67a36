#include "engine/crossing.h"

#include <math.h>

/* Two-sided 95 % of a normal law: histories are hundreds. */
static const double INTERVAL = 1.959963984540054;

/* A line through more points needs no interpolation. */
enum { POINTS_MOST = 1000 };

static double value_of(const struct sweep *sweep, size_t point, size_t axis) {
    double number = (double)NAN;
    return design_number(sweep->design, point, axis, &number) ? number : (double)NAN;
}

size_t sweep_order(const struct sweep *sweep, const struct sweep_results *results, size_t axis,
                   size_t order[]) {
    size_t count = 0;
    for (size_t p = sweep->as_it_stands; p < sweep->design->point_count; p++) {
        double value = value_of(sweep, p, axis);
        if (isnan(value)) {
            return 0;
        }
        if (!results->done[p]) {
            continue;
        }
        size_t at = count++;
        for (; at > 0 && value_of(sweep, order[at - 1], axis) > value; at--) {
            order[at] = order[at - 1];
        }
        order[at] = p;
    }
    return count;
}

/* Where the line through two points is zero. */
static double zero(double x0, double y0, double x1, double y1) {
    return x0 + (x1 - x0) * (y0 / (y0 - y1));
}

struct curve_point {
    double x;
    double mean;
    double error;
};

static struct curve_point point_at(const struct sweep *sweep, const struct sweep_results *results,
                                   size_t metric, size_t point) {
    const struct cell_summary *difference =
        &sweep_cell(results, point, sweep->plan_count - 1, metric)->difference;
    return (struct curve_point){value_of(sweep, point, 0), difference->mean,
                                INTERVAL * difference->standard_error};
}

/* From the pair of points `step` away from order[at] on: where the interval no longer holds zero.
 */
static double reach(const struct sweep *sweep, const struct sweep_results *results, size_t metric,
                    const size_t order[], size_t count, size_t at, int step) {
    for (size_t i = at; i < count; i = (size_t)((long)i + step)) {
        struct curve_point point = point_at(sweep, results, metric, order[i]);
        if (fabs(point.mean) <= point.error) {
            continue;
        }
        size_t inner = (size_t)((long)i - step);
        struct curve_point other = point_at(sweep, results, metric, order[inner]);
        double edge = point.mean > 0.0 ? point.mean - point.error : point.mean + point.error;
        double inside = point.mean > 0.0 ? other.mean - other.error : other.mean + other.error;
        return zero(other.x, inside, point.x, edge);
    }
    return (double)NAN;
}

size_t sweep_crossings(const struct sweep *sweep, const struct sweep_results *results,
                       size_t metric, struct crossing crossings[], size_t most) {
    size_t order[POINTS_MOST];
    size_t found = 0;
    if (sweep->design->axis_count != 1 || sweep->plan_count < 2 ||
        sweep->design->point_count > sizeof order / sizeof order[0]) {
        return 0;
    }
    size_t count = sweep_order(sweep, results, 0, order);
    for (size_t i = 1; i < count && found < most; i++) {
        struct curve_point before = point_at(sweep, results, metric, order[i - 1]);
        struct curve_point after = point_at(sweep, results, metric, order[i]);
        bool crosses =
            (before.mean < 0.0 && after.mean >= 0.0) || (before.mean > 0.0 && after.mean <= 0.0);
        if (crosses && after.x > before.x) {
            crossings[found++] =
                (struct crossing){zero(before.x, before.mean, after.x, after.mean),
                                  reach(sweep, results, metric, order, count, i - 1, -1),
                                  reach(sweep, results, metric, order, count, i, 1)};
        }
    }
    return found;
}
