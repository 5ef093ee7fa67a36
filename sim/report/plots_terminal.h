/* The main picture of a run or a comparison for a terminal, in characters or as sixel.
 * Ownership: only reads results and the data in the folder; the text belongs to the caller. */
#ifndef REPORT_PLOTS_TERMINAL_H
#define REPORT_PLOTS_TERMINAL_H

#include "base/text.h"
#include "engine/results.h"
#include "report/folder.h"

/* Adds it to `drawn`: revenue of a run, or the difference in profit of the first plans of a
 * comparison, from the data that plots_write left in the folder. In characters it is plain text of
 * at most 79 columns; as sixel it is for a terminal that can show it. Without gnuplot a line is
 * added to `talk` instead. */
bool plots_show(const struct folder *folder, const struct results *results, bool sixel,
                struct text *drawn, struct text *talk, struct error *error)
    __attribute__((warn_unused_result));

#endif
