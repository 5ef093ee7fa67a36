/* The kinds of pictures of a sweep, one file each.
 * Ownership: only reads the view; writes into its folder. */
#ifndef REPORT_SWEEP_PARTS_H
#define REPORT_SWEEP_PARTS_H

#include "report/sweep_picture.h"

/* One axis: a panel for each metric. */
bool sweep_lines_write(const struct sweep_view *view, struct error *error)
    __attribute__((warn_unused_result));

/* A grid over two axes: a heat map for each metric; over three: one of the first metric for each
 * value of the third axis; over a table whose first two columns are a grid: of these. */
bool sweep_map_write(const struct sweep_view *view, struct error *error)
    __attribute__((warn_unused_result));

/* Any design: the first metric over each axis, a point for each point. */
bool sweep_scatter_write(const struct sweep_view *view, struct error *error)
    __attribute__((warn_unused_result));

#endif
