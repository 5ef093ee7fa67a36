/* The experiment as the commands start it: with progress, Ctrl-C and rows that go to their files.
 * Ownership: the caller owns everything it hands over and frees the results. */
#ifndef CLI_SIMULATION_H
#define CLI_SIMULATION_H

#include "cli/options.h"
#include "cli/saving.h"
#include "cli/storing.h"
#include "cli/talk.h"
#include "cli/writing.h"
#include "engine/decision_rows.h"
#include "engine/precision.h"
#include "engine/results.h"

struct simulation {
    const struct scenario *const *scenarios;
    size_t scenario_count;
    uint64_t replication;              /* only this history, counted from 1; 0: all */
    const struct precision *precision; /* NULL, or stop as soon as means are so precise */
    struct writing *writings;          /* one a scenario, or NULL: nothing is written */
    struct decision_rows *decision;    /* gathers what a comparison decides by, or NULL */
    struct storing *storing;           /* keeps values of a single scenario for a store, or NULL */
    struct horizon_only only;          /* outcomes of a row that is all there will be */
    struct saving *saving;             /* where the state is saved, or NULL */
    const struct options *options;
};

/* Seed and number of replications are the first scenario's. True when there are results to show,
 * also those of an interrupted experiment (results.interrupted); without a single finished history
 * it is false and the error says so. */
bool simulation_run(const struct simulation *simulation, struct talk *talk, struct results *results,
                    struct error *error) __attribute__((warn_unused_result));

/* The last sentence of a command whose results are those of an interrupted experiment; `kept` is
 * where they are; `resumable`: --resume goes on from there. */
bool simulation_conclude(const struct results *results, const char *kept, bool resumable,
                         struct error *error);

#endif
