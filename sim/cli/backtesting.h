/* Simulates a scenario with what was fitted to earlier days, and sets it against later ones.
 * Ownership: the caller owns a struct backtesting (zeroed is empty) and calls backtesting_free. */
#ifndef CLI_BACKTESTING_H
#define CLI_BACKTESTING_H

#include "cli/options.h"
#include "cli/talk.h"
#include "engine/backtest.h"
#include "scenario/scenario.h"

struct backtesting_question {
    const struct options *options;
    const char *scenario_name;
    const struct findings *findings; /* of the days before the split */
    const struct fit_question *fit;
    struct date split;
    long last; /* the last day that the data tell of */
};

struct backtesting {
    struct scenario scenario; /* with everything that was fitted */
    struct results results;
    struct backtest backtest;
};

bool backtesting_run(struct backtesting *backtesting, const struct backtesting_question *question,
                     struct talk *talk, struct error *error) __attribute__((warn_unused_result));

/* False with a sentence when the simulation was interrupted; its results are valid. */
bool backtesting_conclude(const struct backtesting *backtesting, struct error *error)
    __attribute__((warn_unused_result));

void backtesting_free(struct backtesting *backtesting);

#endif
