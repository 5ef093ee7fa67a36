/* Simulates a scenario with what was fitted to earlier days, and sets it against later ones. The
 * fit is repeated on tables that are drawn again from themselves, and each repetition has its part
 * of the histories, so that bands also hold how uncertain estimates are. Ownership: the caller owns
 * a struct backtesting (zeroed is empty) and calls backtesting_free. */
#ifndef CLI_BACKTESTING_H
#define CLI_BACKTESTING_H

#include "cli/options.h"
#include "cli/talk.h"
#include "engine/backtest.h"

#include <stdint.h>

struct backtesting_question {
    const struct options *options;
    const char *scenario_name;
    const struct findings *findings; /* of the days before the split */
    const struct fit_question *fit;
    struct date split;
    long last; /* the last day that the data tell of */
};

struct backtesting {
    struct backtest backtest;
    uint64_t seed;
    uint64_t histories;
    uint64_t fits; /* repetitions of the fit; 1: only the fit itself */
    size_t years;  /* whole ones after the split */
};

enum { BACKTESTING_FITS_MOST = 20 };

/* Checks the question and counts what happened, before anything takes long. */
bool backtesting_begin(struct backtesting *backtesting, const struct backtesting_question *question,
                       struct talk *talk, struct error *error) __attribute__((warn_unused_result));

/* Simulates. */
bool backtesting_run(struct backtesting *backtesting, const struct backtesting_question *question,
                     struct talk *talk, struct error *error) __attribute__((warn_unused_result));

void backtesting_free(struct backtesting *backtesting);

#endif
