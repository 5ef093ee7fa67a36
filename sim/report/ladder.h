/* A picture over outcomes that make a row, such as survival after 1, 2, ... years: bands of the
 * histories for one plan, marks or lines side by side for several.
 * Ownership: constant tables; only reads results, writes into the folder. */
#ifndef REPORT_LADDER_H
#define REPORT_LADDER_H

#include "engine/results.h"
#include "report/folder.h"
#include "report/words.h"

/* How a row is drawn: as a line from 1 at the start, or rung by rung. */
enum look { LOOK_DECLINE, LOOK_RUNGS };

struct ladder {
    const char *name;
    enum word title;   /* of a run; of differences, with the first plan as {0} */
    enum word titles;  /* of a comparison */
    enum word y_label; /* with the unit */
    enum word x_label;
    const char *tics; /* of gnuplot, where rungs are numbers */
    const char *metric;
    size_t count;           /* of the metrics: metric_1, metric_2, ... */
    const char *metrics[3]; /* where they have names */
    enum word rungs[3];     /* what stands below those */
    enum word caption;
    enum look look;
    bool roles;      /* a panel a role, else a segment */
    bool difference; /* of the plans to the first */
    double line;     /* something to compare with, NaN: nothing */
};

/* Writes the picture of a run or of at most five plans; nothing when no history has a value. */
bool ladder_write(const struct folder *folder, const struct results *results,
                  const struct ladder *ladder, struct error *error)
    __attribute__((warn_unused_result));

#endif
