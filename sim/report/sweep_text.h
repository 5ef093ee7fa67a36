/* A sweep in short, for people: its points and where it breaks even, at most 80 columns.
 * Ownership: only reads the sweep; the text belongs to the caller. */
#ifndef REPORT_SWEEP_TEXT_H
#define REPORT_SWEEP_TEXT_H

#include "base/text.h"
#include "engine/sweep.h"
#include "report/words.h"

/* "12 points x 200 paired histories of 5 years, seed 1", and what is compared with what. */
void sweep_text_head(struct text *text, const struct sweep *sweep);

bool sweep_text(struct text *text, const struct sweep *sweep, const struct sweep_results *results,
                struct error *error) __attribute__((warn_unused_result));

/* "the scenario as it stands", "point 3", "hybrid at the same point"; NULL: with nothing. */
const char *sweep_text_compared(const struct sweep *sweep, enum language language,
                                struct text *text);

/* A line for each place where the two plans are even in a metric, which `label` names; nothing
 * unless the sweep has two plans and one axis of numbers. */
void sweep_text_crossings(struct text *text, enum language language, const struct sweep *sweep,
                          const struct sweep_results *results, size_t metric, const char *label);

/* The shortest end of an axis' path that no other axis has: "turnover.annual". */
void sweep_text_axis(struct text *text, const struct sweep *sweep, size_t axis);

#endif
