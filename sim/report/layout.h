/* What the pictures share: where panels go, the range of an axis, the key and the captions.
 * Ownership: plain values; texts belong to the caller. */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "report/picture.h"

/* A picture of equal panels in columns and rows, pixels. */
struct layout {
    size_t columns, rows;
    double panel_width, panel_height;
    double right; /* beside a panel, for labels */
    double head;  /* above the panels */
    int width, height;
};

/* `right`: pixels beside each panel for labels at the end of its lines; so many for plans' names of
 * up to 24 characters with their lines. */
static const double LAYOUT_NAMES = 204.0;
size_t layout_columns(size_t panels, double right);
struct layout layout_of(size_t panels, double right);
struct frame layout_frame(const struct layout *layout, size_t panel);

/* An axis around low..high (values) with some air, and around `line` unless that is NaN. */
struct axis layout_axis(double low, double high, bool from_zero, double line,
                        const struct shown *shown, const char *label);

/* The unit to name beside an axis; "" where its marks carry it: per cent of what is no difference.
 */
const char *layout_unit(enum language language, const char *unit, bool difference);

/* The key of the picture, above its panels: what gnuplot plots to get its entries. It comes before
 * the first panel and also draws the picture's title and captions. */
void layout_key(struct picture *picture, const char *entries);

/* Adds the entries for the 90 and 50 % bands. */
void layout_bands(struct text *entries, enum language language);

/* "1,000 histories, seed 1.", and in front whether they are all that were asked for. */
void layout_histories(struct text *text, enum language language, const struct results *results);

/* The same, and how many of the plans are drawn when that is not all of them. */
void layout_plans(struct text *text, enum language language, const struct results *results,
                  size_t drawn);

/* The first scenario's name and as much of its question as the width has room for. */
void layout_subtitle(struct text *text, const struct results *results, int width);

#endif
