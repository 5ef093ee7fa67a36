/* The tables of a run folder: tidy CSV in the C locale, numbers that read back exactly, NaN as an
 * empty field, months, years and replications counted from 1.
 * Ownership: only reads results; struct replications_table belongs to the caller. */
#ifndef REPORT_TABLES_H
#define REPORT_TABLES_H

#include "engine/results.h"
#include "report/folder.h"

/* monthly.csv and annual.csv of one variant: metric,role,segment,month|year,unit,mean,
 * standard_error,p5,...,p95. In a comparison (more than one variant) they are called
 * monthly-1.csv, monthly-2.csv, ... in the order of the plans. */
bool tables_write_monthly(const struct folder *folder, const struct results *results,
                          size_t variant, struct error *error) __attribute__((warn_unused_result));
bool tables_write_annual(const struct folder *folder, const struct results *results, size_t variant,
                         struct error *error) __attribute__((warn_unused_result));

/* comparison.csv: every plan against the first, paired history by history. */
bool tables_write_comparison(const struct folder *folder, const struct results *results,
                             struct error *error) __attribute__((warn_unused_result));

/* replications.csv, one row a history with the whole horizon of every series, written while the
 * experiment runs (replications-1.csv, ... in a comparison). */
struct replications_table {
    const struct scenario *const *scenarios;
    size_t scenario_count;
    struct folder_file *files; /* one a scenario */
    bool *headed;              /* its header is written */
};

/* `scenarios` as in struct experiment; they must stay until the table is finished. */
bool replications_begin(struct replications_table *table, const struct folder *folder,
                        const struct scenario *const *scenarios, size_t scenario_count,
                        struct error *error) __attribute__((warn_unused_result));

/* The same for one scenario whose table an earlier process has left; see folder_continue. */
bool replications_continue(struct replications_table *table, const struct folder *folder,
                           const struct scenario *const *scenarios, uint64_t length, uint64_t sum,
                           struct error *error) __attribute__((warn_unused_result));

/* Writes the header now, should no row have come. */
void replications_head(struct replications_table *table, size_t variant, const struct table *shape);

/* The row callback of struct experiment; its context is the struct replications_table. */
bool replications_row(void *context, size_t variant, uint64_t replication,
                      const struct table *table, const double *values, struct error *error);

/* Commits the files; call it after experiment_run succeeded or was interrupted. */
bool replications_finish(struct replications_table *table, const struct results *results,
                         struct error *error) __attribute__((warn_unused_result));

/* Leaves what is not committed as NAME.tmp for replications_continue and frees the table. */
void replications_leave(struct replications_table *table);

/* Removes what is not committed and frees the table; may always be called, also after finish. */
void replications_free(struct replications_table *table);

#endif
