/* The tables of a sweep: design.csv, its points; sweep.csv, one row a point, plan and metric.
 * Ownership: only reads the sweep; sweep_table_read fills results that the caller owns. */
#ifndef REPORT_SWEEP_TABLE_H
#define REPORT_SWEEP_TABLE_H

#include "engine/sweep.h"
#include "report/folder.h"

#include <stdio.h>

/* point, then a column for each varied parameter: what --design FILE reads. */
void sweep_table_design(FILE *stream, const struct sweep *sweep);

/* The finished points: point, the varied parameters, plan, metric, role, segment, unit, mean,
 * standard_error, p5 ... p95, the same of the difference, probability_better. Empty fields where
 * there is nothing to compare with. */
void sweep_table_print(FILE *stream, const struct sweep *sweep,
                       const struct sweep_results *results);
bool sweep_table_write(const struct folder *folder, const struct sweep *sweep,
                       const struct sweep_results *results, struct error *error)
    __attribute__((warn_unused_result));

/* The same rows as a list of objects. */
void sweep_table_json(FILE *stream, const struct sweep *sweep, const struct sweep_results *results);

/* Takes the finished points from the sweep.csv of an earlier, interrupted call of the same sweep;
 * they are the same numbers. A table of something else is ERROR_QUESTION. */
bool sweep_table_read(const char *path, const struct sweep *sweep, struct sweep_results *results,
                      struct error *error) __attribute__((warn_unused_result));

#endif
