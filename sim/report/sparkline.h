/* Small columns in a line of text, one a value, from the lowest to the highest of them.
 * Ownership: texts belong to the caller. */
#ifndef REPORT_SPARKLINE_H
#define REPORT_SPARKLINE_H

#include "base/text.h"

#include <stddef.h>

/* How many columns `count` values take: at most `widest`. */
size_t sparkline_width(size_t count, size_t widest);

/* Adds them in UTF-8; more values than columns are averaged in groups. A value that is NaN is a
 * blank. The whole height is the range of the values, but at least `least`, so that chance does not
 * look like a change; values that are all the same are columns of half the height. */
void sparkline_add(struct text *text, const double values[], size_t count, size_t widest,
                   double least);

/* Adds `from` with a sign that every terminal has for each column. */
void sparkline_plain(struct text *text, const char *from);

#endif
