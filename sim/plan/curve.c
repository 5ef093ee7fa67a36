#include "plan/curve.h"

#include <math.h>

static const double ROUNDING = 1e-12;

bool curve_reached(double x, double at) { return x + ROUNDING * fabs(x) >= at; }

static bool exceeded(double x, double at) { return x - ROUNDING * fabs(x) > at; }

static bool passes(double x, double at, bool strictly) {
    return strictly ? exceeded(x, at) : curve_reached(x, at);
}

static double piece_value(const struct curve *curve, double slope_above, double x, bool strictly) {
    size_t count = curve->count;
    const struct point *points = curve->points;
    if (count == 0 || !passes(x, points[0].at, strictly)) {
        return 0.0;
    }
    size_t piece = 0;
    while (piece + 1 < count && passes(x, points[piece + 1].at, strictly)) {
        piece++;
    }
    const struct point *from = &points[piece];
    double beyond = x - from->at > 0.0 ? x - from->at : 0.0;
    if (piece + 1 == count) {
        return from->value + slope_above * beyond;
    }
    const struct point *to = &points[piece + 1];
    double part = beyond / (to->at - from->at);
    return from->value + (to->value - from->value) * (part < 1.0 ? part : 1.0);
}

double curve_value(const struct curve *curve, double slope_above, double x) {
    return piece_value(curve, slope_above, x, false);
}

double curve_value_exceeded(const struct curve *curve, double slope_above, double x) {
    return piece_value(curve, slope_above, x, true);
}

double curve_step(const struct curve *curve, double below, double x) {
    double value = below;
    for (size_t p = 0; p < curve->count && curve_reached(x, curve->points[p].at); p++) {
        value = curve->points[p].value;
    }
    return value;
}

double curve_level(const struct curve *curve, double x) {
    if (curve->count == 0) {
        return 0.0;
    }
    return x < curve->points[0].at ? curve->points[0].value : curve_value(curve, 0.0, x);
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

double curve_tiers_retroactive(const struct curve *curve, bool upper, double x) {
    double rate = 0.0;
    for (size_t tier = 0; tier < curve->count; tier++) {
        double from = curve->points[tier].at;
        if (!passes(x, from, !upper)) {
            break;
        }
        rate = curve->points[tier].value;
    }
    return rate * x;
}
