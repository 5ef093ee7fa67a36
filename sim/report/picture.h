/* One picture in the making: its gnuplot script and the data beside it, panel by panel. Scripts
 * name no place, load style.gp from beside them and keep every name that a user chose in quoted
 * variables, so that no name can become a command.
 * Ownership: the caller owns the struct and ends it with picture_finish or picture_discard. */
#ifndef REPORT_PICTURE_H
#define REPORT_PICTURE_H

#include "base/text.h"
#include "engine/results.h"
#include "report/folder.h"
#include "report/words.h"

enum { PICTURE_PANELS = 6 };

struct picture {
    struct folder_file script;
    struct folder_file data;
    struct text body;  /* the commands of the panels, after all variables */
    size_t strings;    /* variables written so far */
    size_t blocks;     /* blocks of data written so far */
    int width, height; /* pixels */
    enum language language;
};

/* A panel's frame, pixels from the picture's lower left corner. */
struct frame {
    double left, right, bottom, top;
};

/* Starts NAME.gp and NAME.dat: the title, the line under it and up to two lines of caption;
 * `columns` says what the data are, NULL: what picture_block writes. */
struct picture_text {
    const char *title;
    const char *subtitle;
    const char *caption[2];
    const char *columns; /* what the data's columns are; NULL: those of picture_block */
};
bool picture_begin(struct picture *picture, const struct folder *folder, const char *name,
                   int width, int height, const struct picture_text *text, struct error *error)
    __attribute__((warn_unused_result));
bool picture_finish(struct picture *picture, struct error *error)
    __attribute__((warn_unused_result));
void picture_discard(struct picture *picture);

/* The number of a new string variable s1, s2, ... that holds `raw`, cleaned and quoted. */
size_t picture_string(struct picture *picture, const char *raw, size_t widest);

/* A block of data from `count` cells: x, mean, p5, p25, p50, p75, p95 and, with `outcome`, the
 * shares of histories that are better and that are better or the same, with x from 1 and ? where
 * nothing is. The lowest p5 and highest p95 widen `low` and `high`. Returns false with a sentence
 * only without memory. */
bool picture_block(struct picture *picture, const struct cell *cells, size_t count,
                   const struct outcome *outcome, const char *comment, double *low, double *high,
                   struct error *error) __attribute__((warn_unused_result));

/* The same row by row, for cells that do not stand one after the other. */
void picture_open_block(struct picture *picture, const char *comment);
bool picture_row(struct picture *picture, size_t x, const struct cell *cell,
                 const struct outcome *outcome, double *low, double *high, struct error *error)
    __attribute__((warn_unused_result));

/* A blank and the number, ? when there is none, into the data. */
void picture_number(struct picture *picture, double value);

/* Where the next plot goes. */
void picture_frame(struct picture *picture, const struct frame *frame);

/* Opens a panel: frame, x axis (months with a mark every year, or years; without numbers when
 * `x_label` is NULL) and y axis. */
struct axis {
    double low, high; /* in shown units; made a range when they are none */
    const char *format;
    const char *label;
};
void picture_panel(struct picture *picture, const struct frame *frame, const char *title,
                   const struct axis *y, const char *x_label, size_t periods, bool months);

/* Marks of the dated changes of all plans in a panel that was opened: a thin line where the first
 * month (or a part of a year) with it begins and, when `named`, what the change is called. A change
 * that only some plans have is drawn in the colour of the first of them. `rival`: of this plan and
 * the first only; 0: of all. */
void picture_changes(struct picture *picture, const struct results *results, size_t rival,
                     size_t periods, bool months, bool named);

/* The line through a fan or band: the median, or the mean where values are small whole numbers of
 * people, whose median would stand still and jump. */
struct line {
    int column; /* of the data */
    enum word name;
};
struct line picture_line(const struct outcome *outcome);

/* Whether only one of the cells has a value, of which no line can be drawn: a box or a mark that
 * ends at its month and is so many of the panel's months wide. */
bool picture_alone(const struct cell *cells, size_t count);
static const double PICTURE_ALONE_WIDTH = 0.6;

/* A list of plots for gnuplot that ends with a comma: of a block the mark of a plan, beside its
 * place, with 90 and 50 % of the histories as a thin and a thick bar. */
void picture_mark(struct picture *picture, size_t block, double beside, double factor, int column,
                  size_t plan);
int picture_shape(size_t plan);

/* Labels at the right end of a panel, moved apart so that none covers another. */
struct end_label {
    double at;     /* in shown units */
    size_t string; /* of picture_string */
    size_t plan;   /* colour and dashes of plan 1, 2, ...; 0: text */
};
void picture_end_labels(struct picture *picture, const struct frame *frame, const struct axis *y,
                        struct end_label labels[], size_t count);

/* How values of a unit are drawn: shown = factor * value. */
struct shown {
    double factor;
    const char *format; /* of the axis, for gnuplot */
};
struct shown picture_shown(const char *unit, double low, double high, bool difference);

#endif
