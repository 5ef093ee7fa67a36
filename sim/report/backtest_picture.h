/* The picture of a backtest: what happened in each year against the bands of what was simulated.
 * Ownership: only reads; writes into the folder. */
#ifndef REPORT_BACKTEST_PICTURE_H
#define REPORT_BACKTEST_PICTURE_H

#include "engine/backtest.h"
#include "report/folder.h"

#include <stdint.h>

/* So many outcomes are drawn; the caption says how many are left. */
enum { BACKTEST_PANELS = 12 };

/* backtest.gp and backtest.dat, and the style. `fits`: how often the fit was made. */
bool backtest_picture_write(const struct folder *folder, const struct backtest *backtest,
                            uint64_t seed, uint64_t fits, struct error *error)
    __attribute__((warn_unused_result));

#endif
