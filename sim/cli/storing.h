/* --store: a run that is looked up in a store of runs, and put there when it was simulated.
 * Ownership: the caller owns the structs (zeroed is valid) and calls the closing functions. */
#ifndef CLI_STORING_H
#define CLI_STORING_H

#include "cli/metrics.h"
#include "cli/options.h"
#include "engine/results.h"
#include "report/store.h"

struct storing {
    const char *file; /* of --store, or NULL */
    bool again;       /* simulate also what is there */
    struct store store;
    struct table kept; /* series whose years and horizon are kept of every history; no cells */
    size_t *series;    /* of each, in the tables of the run */
    double *rows;      /* the cells of `kept` for each history */
    size_t used, capacity;
    struct text identity; /* what the run is known by */
    struct store_found found;
};

/* Adds to `metrics` what is kept of a scenario whatever was asked for: what the summary shows, and
 * what compare decides by. */
bool storing_metrics(struct metrics *metrics, const struct scenario *scenario, struct error *error)
    __attribute__((warn_unused_result));

/* What a run of the scenario is known by, in place of what `identity` held. */
bool storing_identity(struct text *identity, const struct scenario *scenario, struct error *error)
    __attribute__((warn_unused_result));

/* Opens the store and looks the scenario up; `metrics`: those of --metrics. A run that lacks what
 * is asked for is not found. `look`: false when it is not known yet how many replications there
 * will be. */
bool storing_open(struct storing *storing, const struct scenario *scenario,
                  const struct metrics *metrics, const struct options *options, bool look,
                  struct error *error) __attribute__((warn_unused_result));

/* Keeps the values of a history; called in their order. */
bool storing_row(struct storing *storing, const struct table *table, const double *values,
                 struct error *error) __attribute__((warn_unused_result));

/* Puts the run into the store, with the text that a person is shown. */
bool storing_add(struct storing *storing, const struct results *results,
                 const struct options *options, const char *summary, struct error *error)
    __attribute__((warn_unused_result));

/* The row of the run that was found, as summary_row writes it. */
bool storing_print_row(struct storing *storing, const struct scenario *scenario,
                       const struct options *options, const char *const metrics[],
                       size_t metric_count, FILE *stream, struct error *error)
    __attribute__((warn_unused_result));

void storing_close(struct storing *storing);

#endif
