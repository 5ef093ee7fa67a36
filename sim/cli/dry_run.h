/* What --dry-run prints: how much there is to simulate, how long it will take, what it needs.
 * Ownership: texts belong to the caller. */
#ifndef CLI_DRY_RUN_H
#define CLI_DRY_RUN_H

#include "base/text.h"
#include "cli/options.h"
#include "cli/simulation.h"
#include "engine/estimate.h"

/* For the parsers of commands. */
#define DRY_RUN_ROW                                                                                \
    { "dry-run", OPTION_DRY_RUN, NULL, 0, "Say how long it will take, and simulate nothing", 0 }
enum { OPTION_DRY_RUN = 0x310 };

/* "time: about 3 min on 2 threads", "memory: about 120 MiB" */
void dry_run_describe(struct text *text, const struct estimate *estimate);

/* Prints all of it for a run or a comparison; `path` is where it would write, NULL: nowhere. */
bool dry_run_print(const struct simulation *simulation, const char *path, struct error *error)
    __attribute__((warn_unused_result));

/* "would be written to results/hybrid", or why it could not be. */
void dry_run_folder(struct text *text, const char *path, bool force);

#endif
