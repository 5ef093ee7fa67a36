/* One run, from the command line to its results: alone, as a shard, resumed, or on several
 * processes. Ownership: command_run.c owns the struct; run_free frees everything. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/design_row.h"
#include "cli/metrics.h"
#include "cli/options.h"
#include "cli/reporting.h"
#include "cli/saving.h"
#include "cli/storing.h"
#include "cli/talk.h"
#include "cli/terminal.h"
#include "cli/until.h"
#include "cli/writing.h"

struct run {
    struct options *options;
    bool summary;
    bool no_header;
    bool no_plots;
    struct reporting reporting;
    uint64_t replication; /* only this one, counted from 1; 0: all */
    bool dry_run;
    enum terminal_drawing terminal;
    struct metrics metrics;
    struct until until;
    struct design_row design_row;
    struct scenario scenario;
    struct text path;               /* of its folder */
    const struct scenario *pointer; /* to it */
    struct writing writing;
    bool writes; /* into a folder */
    struct saving_options saving_options;
    struct saving saving;
    bool complete; /* --resume found that nothing is left to do */
    struct storing storing;
    struct talk talk;
    struct results results;
};

/* Sets path and whether it is written to; refuses options that do not go together. */
bool run_find(struct run *run, struct error *error) __attribute__((warn_unused_result));

/* --store: opens it, and prints the run when it is there (`complete`). */
bool run_look_up(struct run *run, struct error *error) __attribute__((warn_unused_result));

/* Makes the folder, or takes up what an earlier process has left in it (--resume). */
bool run_begin(struct run *run, const char *path, struct error *error)
    __attribute__((warn_unused_result));

/* --resume found that nothing is left to do: says so, which is an error when a row or document was
 * asked for that nobody prints now. */
bool run_finished(struct run *run, const char *path, struct error *error)
    __attribute__((warn_unused_result));

/* --dry-run: says what would be done and how long it would take. */
bool run_dry(struct run *run, struct error *error) __attribute__((warn_unused_result));

/* Simulates, writes and prints. */
bool run_execute(struct run *run, struct error *error) __attribute__((warn_unused_result));

/* Tables, text and pictures of results that are there. */
bool run_deliver(struct run *run, time_t begun, struct error *error)
    __attribute__((warn_unused_result));

/* All processes of mpirun together; `good`: this one is well so far. */
bool run_together(struct run *run, bool good, struct error *error)
    __attribute__((warn_unused_result));

void run_free(struct run *run);

#endif
