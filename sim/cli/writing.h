/* The run folder of one scenario while it is simulated and afterwards: rows as they come, then
 * tables, summary and manifest.
 * Ownership: the caller owns the struct (zeroed is valid), calls writing_close, and does not move
 * it in between; the scenario must outlive it. */
#ifndef CLI_WRITING_H
#define CLI_WRITING_H

#include "cli/options.h"
#include "cli/talk.h"
#include "engine/results.h"
#include "engine/state.h"
#include "report/folder.h"
#include "report/tables.h"

#include <time.h>

struct writing {
    struct folder folder;
    struct replications_table rows;
    const struct scenario *scenario;
    bool keep; /* the rows as they are, for a run that is resumed */
};

/* Makes the folder and begins replications.csv in it, so that a folder that cannot be written is
 * known before anything is simulated. */
bool writing_open(struct writing *writing, const char *path, bool force,
                  const struct scenario *scenario, struct error *error)
    __attribute__((warn_unused_result));

/* The same for a folder in which an earlier process has left rows: `length` bytes of them, with the
 * checksum `sum`, are kept. */
bool writing_continue(struct writing *writing, const char *path, const struct scenario *scenario,
                      uint64_t length, uint64_t sum, struct error *error)
    __attribute__((warn_unused_result));

/* The row callback of struct experiment; its context is an array, one struct writing a variant. */
bool writing_row(void *writings, size_t variant, uint64_t replication, const struct table *table,
                 const double *values, struct error *error);

/* Everything but pictures and log, of one variant of the results. `replication`: the only history
 * that was simulated, counted from 1, or 0. */
bool writing_results(struct writing *writing, const struct results *results, size_t variant,
                     uint64_t replication, struct error *error) __attribute__((warn_unused_result));

/* What the folder of a shard holds besides its state: rows and manifest. */
bool writing_shard(struct writing *writing, const struct results *results, size_t variant,
                   const struct state *state, struct error *error)
    __attribute__((warn_unused_result));

/* How a line of run.log begins that says what --precision was, and ends where a metric did not get
 * there. */
#define WRITING_STOPS "stops at: "
#define WRITING_NOT_REACHED ", NOT reached"

/* run.log: what does not belong to the results, such as threads, paths and times. */
bool writing_log(const struct folder *folder, const struct options *options,
                 const struct results *results, time_t begun, struct error *error)
    __attribute__((warn_unused_result));

/* Draws the pictures of a folder and says what came of it; after Ctrl-C it only says how to draw
 * them later. */
bool writing_draw(const struct folder *folder, struct talk *talk, struct error *error)
    __attribute__((warn_unused_result));

/* Removes what is not complete, and the folder when it is empty. */
void writing_close(struct writing *writing);
void writing_close_folder(struct folder *folder);

/* One variant of the results as if it had been simulated alone. */
struct results writing_view(const struct results *results, size_t variant);

#endif
