/* compare --store: sets runs against each other that a store has, without simulating them again.
 * Ownership: the question borrows everything. */
#ifndef CLI_COMPARE_STORE_H
#define CLI_COMPARE_STORE_H

#include "cli/options.h"
#include "cli/reporting.h"
#include "cli/talk.h"

#include <stdbool.h>
#include <stddef.h>

struct compare_store {
    const char *file;
    const char *where;  /* NULL: all runs */
    const char *metric; /* that decides */
    size_t most;        /* runs */
    const struct options *options;
    struct talk *talk;
    bool no_plots;
    const struct reporting *reporting;
};

/* Refuses what does not go together, with and without a store; `simulates`: options ask for a
 * simulation. */
bool compare_store_check(const struct compare_store *question, bool simulates, struct error *error)
    __attribute__((warn_unused_result));

/* Prints what a comparison prints; with --out a folder with its tables and the picture of the
 * decision. */
bool compare_store(const struct compare_store *question, struct error *error)
    __attribute__((warn_unused_result));

#endif
