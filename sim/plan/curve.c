#include "plan/curve.h"

#include <math.h>
#include <stdbool.h>

/* A threshold counts as reached when what is missing is only the rounding of a division: an
 * attainment that is 1 by arithmetic on cents is 1. */
static const double ROUNDING = 1e-12;

double curve_value(const struct curve *curve, double slope_above, double x) {
    size_t count = curve->count;
    const struct point *points = curve->points;
    double reached = x + ROUNDING * fabs(x);
    if (count == 0 || reached < points[0].at) {
        return 0.0;
    }
    size_t piece = 0;
    while (piece + 1 < count && reached >= points[piece + 1].at) {
        piece++;
    }
    const struct point *from = &points[piece];
    if (piece + 1 == count) {
        return from->value + slope_above * (x - from->at > 0.0 ? x - from->at : 0.0);
    }
    const struct point *to = &points[piece + 1];
    double part = (x - from->at) / (to->at - from->at);
    return from->value + (to->value - from->value) * (part > 0.0 ? part : 0.0);
}

double curve_tiers(const struct curve *curve, double x) {
    double paid = 0.0;
    for (size_t tier = 0; tier < curve->count && x > curve->points[tier].at; tier++) {
        bool last = tier + 1 == curve->count;
        double top = last || x < curve->points[tier + 1].at ? x : curve->points[tier + 1].at;
        paid += curve->points[tier].value * (top - curve->points[tier].at);
    }
    return paid;
}
