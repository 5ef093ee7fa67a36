/* A fitted scenario held against later years that it has not seen: what happened in each year, and
 * where it lies in the distribution of what was simulated.
 * Ownership: the caller owns the struct (zeroed is empty) and calls backtest_free. */
#ifndef ENGINE_BACKTEST_H
#define ENGINE_BACKTEST_H

#include "engine/findings.h"
#include "engine/fit.h"
#include "engine/results.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct backtest_row {
    char name[FINDING_NAME_SIZE]; /* of a series, such as customers_lost.key */
    size_t year;                  /* from 0 */
    double observed;
    const char *unit; /* of the outcome; constant text */
    int series;       /* in the table of the experiment; -1: not there */
    struct cell_summary simulated;
};

/* What the rows of one series say. */
struct backtest_score {
    const char *name; /* of its first row */
    const char *unit;
    size_t years;
    size_t in_half;   /* observed values inside of the 50 % band */
    size_t in_ninety; /* inside of the 90 % band */
    double observed;  /* means over the years */
    double simulated;
};

struct backtest {
    struct backtest_row *rows; /* years of a series follow each other */
    size_t count;
    size_t capacity;
    struct backtest_score *scores;
    size_t score_count;
    long first; /* day of the first year */
    size_t years;
    struct cell *cells; /* by row, from the first history until the end */
    size_t cell_count;
    uint64_t histories;
};

/* Whole years from the day `first` to the day `last`, both included. */
size_t backtest_years(long first, long last);

/* What the data say of `years` years from the day `first` on; later days are not looked at. */
bool backtest_observe(struct backtest *backtest, const struct fit_question *question, long first,
                      size_t years, struct error *error) __attribute__((warn_unused_result));

/* Where the rows are in the tables of an experiment: before its first history is added. */
bool backtest_find(struct backtest *backtest, const struct table *table,
                   const struct parameters *parameters, struct error *error)
    __attribute__((warn_unused_result));

/* Adds one history: the cells of `table`, as the row callback of an experiment has them (series x
 * periods). */
bool backtest_add(struct backtest *backtest, const struct table *table, const double *values,
                  struct error *error) __attribute__((warn_unused_result));

/* After the last history: what was simulated, and the scores. Rows whose series or year no history
 * has are dropped. */
bool backtest_conclude(struct backtest *backtest, struct error *error)
    __attribute__((warn_unused_result));

bool backtest_in_half(const struct backtest_row *row);
bool backtest_in_ninety(const struct backtest_row *row);

void backtest_free(struct backtest *backtest);

#endif
