#include "report/sparkline.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* From low to high, and what stands for them without UTF-8. */
static const struct {
    const char *sign;
    const char *plain;
} SIGNS[] = {
    {"▁", "_"}, {"▂", "."}, {"▃", ":"}, {"▄", "-"}, {"▅", "="}, {"▆", "+"}, {"▇", "*"}, {"█", "#"},
};
enum { LEVELS = sizeof SIGNS / sizeof SIGNS[0] };

size_t sparkline_width(size_t count, size_t widest) { return count < widest ? count : widest; }

/* The mean of the values of a column that are there. */
static double group(const double values[], size_t count, size_t columns, size_t column) {
    double sum = 0.0;
    size_t there = 0;
    for (size_t v = column * count / columns; v < (column + 1) * count / columns; v++) {
        if (isfinite(values[v])) {
            sum += values[v];
            there++;
        }
    }
    return there > 0 ? sum / (double)there : (double)NAN;
}

void sparkline_add(struct text *text, const double values[], size_t count, size_t widest,
                   double least) {
    size_t columns = sparkline_width(count, widest);
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    for (size_t c = 0; c < columns; c++) {
        low = fmin(low, group(values, count, columns, c)); /* NaN loses */
        high = fmax(high, group(values, count, columns, c));
    }
    if (high - low < least) {
        double middle = 0.5 * (low + high);
        low = middle - 0.5 * least;
        high = middle + 0.5 * least;
    }
    for (size_t c = 0; c < columns; c++) {
        double value = group(values, count, columns, c);
        double level =
            high > low ? (double)LEVELS * (value - low) / (high - low) : 0.5 * (double)LEVELS - 0.5;
        if (isfinite(value)) {
            text_add(text, "%s", SIGNS[level < LEVELS ? (size_t)level : LEVELS - 1].sign);
        } else {
            text_add(text, " ");
        }
    }
}

void sparkline_plain(struct text *text, const char *from) {
    while (*from != '\0') {
        size_t s = 0;
        while (s < LEVELS && strncmp(from, SIGNS[s].sign, strlen(SIGNS[s].sign)) != 0) {
            s++;
        }
        if (s < LEVELS) {
            text_add(text, "%s", SIGNS[s].plain);
            from += strlen(SIGNS[s].sign);
        } else {
            text_add(text, "%c", *from);
            from++;
        }
    }
}
