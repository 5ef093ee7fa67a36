#include "base/student.h"

#include "base/mathematics.h"

#include <math.h>

static const double NEARLY_NORMAL = 1e6; /* degrees of freedom; beta_tails knows no more */

double student_tail(double t, double degrees) {
    double lower;
    double upper;
    if (isnan(t)) {
        return t;
    }
    if (degrees > NEARLY_NORMAL) {
        return normal_distribution(-t);
    }
    if (isinf(t)) {
        return t > 0.0 ? 0.0 : 1.0;
    }
    double square = t * t;
    double whole = degrees + square;
    (void)beta_tails(degrees / whole, square / whole, degrees / 2.0, 0.5, &lower, &upper);
    return t > 0.0 ? lower / 2.0 : 1.0 - lower / 2.0;
}

double student_quantile(double probability, double degrees) {
    double low = 0.0;
    double high = 1.0;
    while (student_tail(high, degrees) > probability && high < 0x1p500) {
        low = high;
        high *= 2.0;
    }
    for (int halving = 0; halving < 60; halving++) {
        double middle = (low + high) / 2.0;
        if (student_tail(middle, degrees) > probability) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2.0;
}
