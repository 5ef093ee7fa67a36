/* What anreiz fit prints and writes: the configuration, estimates, and the backtest.
 * Ownership: struct fit_results borrows; the folder belongs to the caller, who closes it. */
#ifndef CLI_FIT_OUTPUT_H
#define CLI_FIT_OUTPUT_H

#include "cli/backtesting.h"
#include "cli/options.h"
#include "cli/talk.h"
#include "engine/fit.h"
#include "report/folder.h"

struct fit_results {
    const struct options *options;
    const struct fit_question *question;
    const struct findings *findings;
    const struct backtesting *backtesting; /* NULL: no --backtest */
    bool no_plots;
};

/* Makes the folder of --out; nothing without it. Before what takes long, so that a folder that is
 * refused costs no time. */
bool fit_output_begin(const struct options *options, struct folder *folder, struct error *error)
    __attribute__((warn_unused_result));

/* Into that folder; nothing without --out. */
bool fit_output_write(const struct fit_results *results, struct folder *folder, struct error *error)
    __attribute__((warn_unused_result));

/* The pictures whose scripts are in that folder. */
bool fit_output_draw(const struct fit_results *results, const struct folder *folder,
                     struct talk *talk, struct error *error) __attribute__((warn_unused_result));

bool fit_output_print(const struct fit_results *results, struct error *error)
    __attribute__((warn_unused_result));

#endif
