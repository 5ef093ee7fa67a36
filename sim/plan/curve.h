/* Piecewise linear curves with jumps, the shape behind payout curves and tiers.
 * Ownership: a curve is a value; nothing is allocated. */
#ifndef PLAN_CURVE_H
#define PLAN_CURVE_H

#include <stddef.h>

enum { CURVE_POINTS = 32 };

struct point {
    double at;
    double value;
};

/* Points in ascending order of `at`; two points at the same place are a jump. */
struct curve {
    size_t count;
    struct point points[CURVE_POINTS];
};

/* The value at x: 0 below the first point, straight between points, the later value at a jump
 * (reached at >=), the last value plus `slope_above` for every unit beyond the last point. */
double curve_value(const struct curve *curve, double slope_above, double x);

/* Marginal tiers: points are (from, rate); pays rate on the part of x inside (from, next from].
 * Below the first point nothing is paid. */
double curve_tiers(const struct curve *curve, double x);

#endif
