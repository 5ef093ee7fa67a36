/* The kinds of pictures beside fans, overlays and differences over time; each draws a run, or the
 * plans of a comparison.
 * Ownership: only reads results; writes into the folder. */
#ifndef REPORT_PLOTS_KINDS_H
#define REPORT_PLOTS_KINDS_H

#include "engine/results.h"
#include "report/folder.h"

/* survival_staff, survival_customers, quarter, pay and, of a comparison, difference_pay: outcomes
 * that make a row, over the whole horizon, at most five plans. Nothing is written of what the
 * histories do not have. */
bool plots_write_ladders(const struct folder *folder, const struct results *results,
                         struct error *error) __attribute__((warn_unused_result));

/* waterfall: from revenue to profit, or what a difference in profit is made of (at most three
 * plans). */
bool plots_write_waterfall(const struct folder *folder, const struct results *results,
                           struct error *error) __attribute__((warn_unused_result));

/* activity: effort of every role by activity over time, of one run. */
bool plots_write_activity(const struct folder *folder, const struct results *results,
                          struct error *error) __attribute__((warn_unused_result));

/* vesting: unvested awards, and below how many quit, by month; roles of a run, or the same role
 * under the plans of a comparison, at most three. Nothing is written when nobody has awards. */
bool plots_write_vesting(const struct folder *folder, const struct results *results,
                         struct error *error) __attribute__((warn_unused_result));

#endif
