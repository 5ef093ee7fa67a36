#include "base/statistics.h"

#include "base/clones.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

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

enum { COLUMNS = 64 }; /* that are looked at together, so that loops go into vectors */

/* moments_of of up to COLUMNS columns of rows that are `stride` apart, with the same roundings. */
CLONES
static void some_columns(const double *rows, size_t stride, size_t count, size_t columns,
                         struct moments *moments) {
    double counts[COLUMNS] = {0.0};
    double first[COLUMNS] = {0.0};
    double sum[COLUMNS] = {0.0};
    double squares[COLUMNS] = {0.0};
    for (size_t r = 0; r < count; r++) {
        const double *row = rows + r * stride;
        for (size_t c = 0; c < columns; c++) {
            double value = row[c];
            bool known = value == value; /* not NaN */
            first[c] = known && counts[c] == 0.0 ? value : first[c];
            sum[c] += known ? value - first[c] : 0.0;
            counts[c] += known ? 1.0 : 0.0;
        }
    }
    for (size_t c = 0; c < columns; c++) {
        first[c] = counts[c] > 0.0 ? first[c] + sum[c] / counts[c] : 0.0; /* the mean from here */
    }
    for (size_t r = 0; r < count; r++) {
        const double *row = rows + r * stride;
        for (size_t c = 0; c < columns; c++) {
            double deviation = row[c] - first[c];
            squares[c] += row[c] == row[c] ? deviation * deviation : 0.0;
        }
    }
    for (size_t c = 0; c < columns; c++) {
        moments[c] = (struct moments){(uint64_t)counts[c], first[c], squares[c]};
    }
}

void moments_of_columns(const double rows[], size_t count, size_t cells, struct moments moments[]) {
    for (size_t from = 0; from < cells; from += COLUMNS) {
        size_t columns = cells - from < COLUMNS ? cells - from : COLUMNS;
        some_columns(rows + from, cells, count, columns, moments + from);
    }
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

static int by_value(const void *one, const void *other) {
    double first = *(const double *)one;
    double second = *(const double *)other;
    return first < second ? -1 : first > second;
}

void numbers_sort(double values[], size_t count) { qsort(values, count, sizeof *values, by_value); }
