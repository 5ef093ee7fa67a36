/* Runs out of a store, chosen by an expression, as if they had just been simulated together.
 * Ownership: the caller owns the struct (zeroed is valid) and calls stored_runs_close. */
#ifndef CLI_STORED_RUNS_H
#define CLI_STORED_RUNS_H

#include "engine/histories.h"
#include "report/store.h"

struct stored_runs {
    struct store store;
    struct store_choice choice;
    size_t count;
    struct scenario *scenarios;
    const struct scenario **pointers;
    struct table *shapes; /* what each run keeps; no cells */
    double **rows;
    struct histories *histories; /* shape and rows */
    struct store_values *swept;
};

/* The runs for which `where` holds (NULL: all), oldest first. They must be at least two, at most
 * `most`, and have met the same histories of chance under the same program; else the sentence says
 * what differs and how to narrow the choice. */
bool stored_runs_choose(struct stored_runs *runs, const char *file, const char *where, size_t most,
                        struct error *error) __attribute__((warn_unused_result));

/* Reads their scenarios and histories. */
bool stored_runs_load(struct stored_runs *runs, struct error *error)
    __attribute__((warn_unused_result));

void stored_runs_close(struct stored_runs *runs);

#endif
