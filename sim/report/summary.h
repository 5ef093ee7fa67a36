/* Results in short: summary.json for programs, one screen of text for people, one row of chosen
 * metrics for shell loops.
 * Ownership: only reads results; texts belong to the caller. */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include "base/text.h"
#include "engine/results.h"
#include "report/folder.h"
#include "report/store.h"
#include "report/verdict.h"

#include <stdio.h>

/* summary.json: whole horizon and last year of every series of every variant, and of the
 * differences to the first. What is printed also tells how precise the results are where
 * --precision ended the simulation; the file does not, so that its bytes are those of a run of as
 * many histories. */
bool summary_write_json(const struct folder *folder, const struct results *results,
                        struct error *error) __attribute__((warn_unused_result));
bool summary_print_json(FILE *stream, const struct results *results, struct error *error)
    __attribute__((warn_unused_result));

/* The same with the decision among the plans of a comparison. */
bool summary_write_verdict(const struct folder *folder, const struct verdict *verdict,
                           struct error *error) __attribute__((warn_unused_result));
bool summary_print_verdict(FILE *stream, const struct verdict *verdict, struct error *error)
    __attribute__((warn_unused_result));

/* What summary_print_json prints of a run, from a store that has all its series. */
bool summary_print_stored(FILE *stream, const struct scenario *scenario, struct store *store,
                          long long run, struct error *error) __attribute__((warn_unused_result));

/* The text after a run (its first variant), at most 80 columns and 24 lines. */
bool summary_text_run(struct text *text, const struct results *results, struct error *error)
    __attribute__((warn_unused_result));

/* The text after a comparison, at most 80 columns: the answer and its table, then every plan
 * against the first. Two plans take a screen, each of more has only the most important rows, unless
 * `all` are wanted. */
bool summary_text_verdict(struct text *text, const struct verdict *verdict, bool all,
                          struct error *error) __attribute__((warn_unused_result));

/* Its second part. */
bool summary_text_comparison(struct text *text, const struct results *results, bool all,
                             struct error *error) __attribute__((warn_unused_result));

/* Adds the names of what these texts show of a scenario, each followed by a comma. */
bool summary_add_metrics(struct text *list, const struct scenario *scenario, struct error *error)
    __attribute__((warn_unused_result));

/* What `--summary` prints without `--metrics`. */
extern const char *const SUMMARY_METRICS[];
extern const size_t SUMMARY_METRIC_COUNT;

/* Further columns of a summary row, such as swept paths with their values; may be zeroed. */
struct summary_columns {
    const char *const *names;
    const char *const *values;
    size_t count;
};

/* Is every metric one that this scenario has ("turnover", "turnover.kam", "revenue.key")? Each
 * mistake is a sentence (ERROR_QUESTION) with the nearest name; needs no results, so that it can
 * be asked before the simulation. */
bool summary_check_metrics(const struct parameters *parameters, const char *const metrics[],
                           size_t metric_count, struct error *error)
    __attribute__((warn_unused_result));

/* CSV: scenario,seed,replications, the further columns, then for every metric its mean over the
 * whole horizon and its standard error (turnover,turnover_standard_error). */
void summary_header(FILE *stream, const struct summary_columns *columns,
                    const char *const metrics[], size_t metric_count);
/* The row of one variant; a metric that this variant does not have (a role that only the other
 * plan knows) leaves its fields empty. Write errors are the caller's to check (ferror). */
bool summary_row(FILE *stream, const struct results *results, size_t variant,
                 const struct summary_columns *columns, const char *const metrics[],
                 size_t metric_count, struct error *error) __attribute__((warn_unused_result));

#endif
