/* Piecewise linear curves with jumps, the shape behind payout curves and tiers.
 * Ownership: a curve is a value; nothing is allocated. */
#ifndef PLAN_CURVE_H
#define PLAN_CURVE_H

#include <stdbool.h>
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

/* x >= at, where what is missing is only the rounding of a division: an attainment that is 1 by
 * arithmetic on cents is 1. */
bool curve_reached(double x, double at);

/* The value at x: 0 below the first point, straight between points, the later value at a jump
 * (reached at >=), the last value plus `slope_above` for every unit beyond the last point. */
double curve_value(const struct curve *curve, double slope_above, double x);

/* The same where a jump (and the first point) is reached only at > its place. */
double curve_value_exceeded(const struct curve *curve, double slope_above, double x);

/* The value of the last point reached; before the first point `below`. */
double curve_step(const struct curve *curve, double below, double x);

/* Straight between points, level outside: the first and the last value. */
double curve_level(const struct curve *curve, double x);

/* Marginal tiers: points are (from, rate); pays rate on the part of x inside (from, next from].
 * Below the first point nothing is paid. */
double curve_tiers(const struct curve *curve, double x);

/* Retroactive tiers: the rate of the tier that x lies in applies to all of x. Tiers are
 * (from, next from]; with `upper` [from, next from). Below the first tier nothing is paid. */
double curve_tiers_retroactive(const struct curve *curve, bool upper, double x);

#endif
