/* A list of metrics as --metrics takes it.
 * Ownership: the caller owns the struct (zeroed is empty) and calls metrics_free. */
#ifndef CLI_METRICS_H
#define CLI_METRICS_H

#include "base/error.h"
#include "model/parameters.h"

#include <stdbool.h>
#include <stddef.h>

struct metrics {
    char *list; /* a copy of the value, cut at its commas */
    const char **names;
    size_t count;
};

/* "a,b" becomes the names "a" and "b"; what was read before is dropped. */
bool metrics_read(struct metrics *metrics, const char *value, struct error *error)
    __attribute__((warn_unused_result));

/* What a sweep tells without --metrics, for all and for each role and segment. */
bool metrics_usual(struct metrics *metrics, const struct parameters *parameters,
                   struct error *error) __attribute__((warn_unused_result));

/* Whether more or less of the metric is better, so that a plan may be chosen by it. */
bool metrics_decides(const char *metric, struct error *error) __attribute__((warn_unused_result));

/* Drops names that stand there before. */
void metrics_unique(struct metrics *metrics);

void metrics_free(struct metrics *metrics);

#endif
