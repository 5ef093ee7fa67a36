/* What anreiz fit prints and writes: the configuration, estimates, and the backtest.
 * Ownership: struct fit_results borrows; the folder belongs to the caller, who closes it. */
#ifndef CLI_FIT_OUTPUT_H
#define CLI_FIT_OUTPUT_H

#include "cli/backtesting.h"
#include "cli/options.h"
#include "engine/fit.h"
#include "report/folder.h"

struct fit_results {
    const struct options *options;
    const struct fit_question *question;
    const struct findings *findings;
    const struct backtesting *backtesting; /* NULL: no --backtest */
};

/* Into the folder of --out; nothing without it. */
bool fit_output_write(const struct fit_results *results, struct folder *folder, struct error *error)
    __attribute__((warn_unused_result));

bool fit_output_print(const struct fit_results *results, struct error *error)
    __attribute__((warn_unused_result));

#endif
