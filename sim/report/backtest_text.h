/* A fitted scenario held against later years: a table for people, CSV and JSON.
 * Ownership: only reads; streams belong to the caller. */
#ifndef REPORT_BACKTEST_TEXT_H
#define REPORT_BACKTEST_TEXT_H

#include "engine/backtest.h"

#include <stdint.h>
#include <stdio.h>

/* `fits`: how often the fit was made, after the first on tables drawn again. docs/fit.md describes
 * the keys of the JSON. */
void backtest_text(FILE *stream, const struct backtest *backtest, uint64_t seed, uint64_t fits);

/* metric,year,unit,observed,mean,standard_error,p5,p25,p50,p75,p95,in_50,in_90 */
void backtest_csv(FILE *stream, const struct backtest *backtest);
void backtest_json(FILE *stream, const struct backtest *backtest, uint64_t seed, uint64_t fits);

#endif
