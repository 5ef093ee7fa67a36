#include "base/statistics.h"

#include <math.h>

void moments_add(struct moments *moments, double value) {
    if (isnan(value)) {
        return;
    }
    moments->count++;
    double deviation = value - moments->mean;
    moments->mean += deviation / (double)moments->count;
    moments->squares += deviation * (value - moments->mean);
}

/* Deviations from the first value keep equal values exact: their mean is the value, their squares
 * are 0. */
struct moments moments_of(const double values[], size_t count) {
    struct moments moments = {0};
    double sum = 0.0;
    double first = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            first = moments.count == 0 ? values[i] : first;
            sum += values[i] - first;
            moments.count++;
        }
    }
    if (moments.count == 0) {
        return moments;
    }
    moments.mean = first + sum / (double)moments.count;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            double deviation = values[i] - moments.mean;
            moments.squares += deviation * deviation;
        }
    }
    return moments;
}

struct moments moments_merge(struct moments first, struct moments second) {
    if (first.count == 0) {
        return second;
    }
    if (second.count == 0) {
        return first;
    }
    struct moments both = {.count = first.count + second.count};
    double share = (double)second.count / (double)both.count;
    double distance = second.mean - first.mean;
    both.mean = first.mean + distance * share;
    both.squares =
        first.squares + second.squares + distance * distance * ((double)first.count * share);
    return both;
}

double moments_variance(const struct moments *moments) {
    return moments->count < 2 ? (double)NAN : moments->squares / (double)(moments->count - 1);
}

double moments_standard_error(const struct moments *moments) {
    return sqrt(moments_variance(moments) / (double)moments->count);
}
