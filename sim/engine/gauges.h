/* Measures that deals cannot tell, read from a file: by metric, product or objective, owner
 * (engine/roster.h) and month. Groups of people get the mean, of flows the sum, of their people.
 * Ownership: the caller owns the struct (zeroed is empty) and calls gauges_free. */
#ifndef ENGINE_GAUGES_H
#define ENGINE_GAUGES_H

#include "base/dictionary.h"
#include "data/measures.h"
#include "engine/roster.h"
#include "plan/metric.h"

#include <stdint.h>

struct gauge {
    uint32_t metric; /* enum metric; METRIC_COUNT: price of a share */
    uint32_t product;
    size_t owner;
    long month;
    double value;
    long line;
};

struct gauges {
    struct gauge *all; /* sorted by metric, product, owner, month */
    size_t count;
    size_t capacity;
    struct dictionary products; /* the first is "" */
    struct dictionary strangers;
    long first_stranger; /* line */
    long first_month;
    long last_month; /* before the first: there are no measures */
    bool has[METRIC_COUNT + 1];
};

/* Reads the file. People who are not in the roster are strangers, whose rows do not count. */
bool gauges_read(struct gauges *gauges, const char *path, const struct table_options *options,
                 const struct roster *roster, struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

/* The value of a month; NAN when there is none. The total return follows from prices of shares
 * when there are no rows of it. */
double gauges_value(const struct gauges *gauges, enum metric metric, const char *product,
                    size_t owner, long month);

/* Whether there is any row of the metric (and the product, when it is not ""). */
bool gauges_know(const struct gauges *gauges, enum metric metric, const char *product);

/* The latest price of a share up to a month; NAN when there is none. */
double gauges_price(const struct gauges *gauges, const struct roster *roster, long month);

void gauges_free(struct gauges *gauges);

#endif
