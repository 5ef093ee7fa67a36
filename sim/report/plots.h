/* Pictures: gnuplot scripts with their data beside them, and the one gnuplot process that draws
 * all pictures of a folder.
 * Ownership: only reads results; writes into the folder. */
#ifndef REPORT_PLOTS_H
#define REPORT_PLOTS_H

#include "base/text.h"
#include "engine/results.h"
#include "report/folder.h"

/* Writes NAME.gp and NAME.dat of every picture and style.gp, the copy of plots/style.gp that they
 * load. One variant: fan charts (turnover, revenue, retention); more: overlays of the plans, and
 * paired differences to the first (difference_turnover, ...); of both the kinds of
 * report/plots_kinds.h. The bytes depend on the results
 * alone, never on where the folder or the program is. */
bool plots_write(const struct folder *folder, const struct results *results, struct error *error)
    __attribute__((warn_unused_result));

/* style.gp alone, for pictures that stand in a folder of their own. */
bool plots_write_style(const struct folder *folder, struct error *error)
    __attribute__((warn_unused_result));

/* Draws the scripts that plots_write left in the folder as NAME.png, NAME.svg and NAME.pdf. What
 * there is to say is added to `talk`: where the pictures are, or, when no gnuplot is on the PATH,
 * how to draw them later (which is no error). */
bool plots_draw(const struct folder *folder, struct text *talk, struct error *error)
    __attribute__((warn_unused_result));

#endif
