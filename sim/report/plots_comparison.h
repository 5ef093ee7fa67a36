/* The pictures of a comparison: plans overlaid, and paired differences to the first.
 * Ownership: only reads results; writes into the folder. */
#ifndef REPORT_PLOTS_COMPARISON_H
#define REPORT_PLOTS_COMPARISON_H

#include "engine/results.h"
#include "report/folder.h"

/* turnover, revenue, retention: the medians and 90 % bands of all plans, at most eight; activity:
 * of effort, where plans change it most. */
bool plots_write_overlays(const struct folder *folder, const struct results *results,
                          struct error *error) __attribute__((warn_unused_result));

/* difference_turnover, ...: the other plans less the first, at most three. */
bool plots_write_differences(const struct folder *folder, const struct results *results,
                             struct error *error) __attribute__((warn_unused_result));

#endif
