/* What the pictures of a sweep share: which metrics and points they show, texts, axes.
 * Ownership: a struct sweep_view is a value that borrows the sweep; texts belong to the caller. */
#ifndef REPORT_SWEEP_PICTURE_H
#define REPORT_SWEEP_PICTURE_H

#include "engine/sweep.h"
#include "report/layout.h"

/* Of one picture. */
struct sweep_view {
    const struct folder *folder;
    const struct sweep *sweep;
    const struct sweep_results *results;
    bool difference; /* of differences, not of means */
    size_t metrics;  /* that are shown, the first ones; at most PICTURE_PANELS */
    size_t points;   /* that the caption tells; 0: all but the scenario as it stands */
};

/* One panel: the metric's unit and how it is shown. */
struct sweep_panel {
    const struct outcome *outcome;
    struct shown shown;
    double low, high; /* of what is drawn */
};

bool sweep_picture_begin(struct picture *picture, const struct sweep_view *view, const char *name,
                         const struct layout *layout, const char *title, const char *caption,
                         const char *columns, struct error *error)
    __attribute__((warn_unused_result));

/* The numbers that the view shows of a cell. */
const struct cell_summary *sweep_picture_cell(const struct sweep_view *view, size_t point,
                                              size_t plan, size_t metric);

/* Outcome of the metric, and the range of what is drawn of the finished points. */
enum sweep_extent { EXTENT_MEANS, EXTENT_INTERVALS, EXTENT_QUANTILES };
struct sweep_panel sweep_picture_panel(const struct sweep_view *view, size_t metric,
                                       enum sweep_extent extent);

/* Half the 95 % confidence interval of the mean. */
double sweep_picture_interval(const struct cell_summary *cell);

/* Finished points that belong to the axes: not the scenario as it stands. */
bool sweep_picture_has(const struct sweep_view *view, size_t point);

/* Whether all values of the axis are numbers. */
bool sweep_picture_numeric(const struct sweep *sweep, size_t axis);

/* The different values of an axis in the order of the design; for each point the index of its own.
 * Returns how many. `index` has room for all points. */
size_t sweep_picture_values(const struct sweep *sweep, size_t axis, size_t index[]);

/* The place of a point on the axis: its number, or the index of its value from 1. */
double sweep_picture_place(const struct sweep *sweep, size_t axis, size_t point,
                           const size_t index[]);

/* The parameter of an axis: its whole path where that is short enough, else its end. */
void sweep_picture_name(struct text *text, const struct sweep *sweep, size_t axis);

/* The same with the unit of its values in brackets. */
void sweep_picture_label(struct text *text, enum language language, const struct sweep *sweep,
                         size_t axis);

/* Range and marks of the x or y axis for the values of a varied parameter, with or without its
 * label. */
void sweep_picture_axis(struct picture *picture, const struct sweep *sweep, size_t axis,
                        const size_t index[], char letter, bool labelled, double margin);

/* "profit", "turnover of kam" as the title of a panel, with what is better. */
void sweep_picture_title(struct text *text, const struct sweep_view *view, size_t metric);

/* A blank and the number, ? when there is none. */
void sweep_picture_number(struct picture *picture, double value);

#endif
