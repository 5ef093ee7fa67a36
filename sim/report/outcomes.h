/* The list of outcomes for people: what a run measures, in which unit, for whom.
 * Ownership: only reads; the stream belongs to the caller. */
#ifndef REPORT_OUTCOMES_H
#define REPORT_OUTCOMES_H

#include <stdbool.h>
#include <stdio.h>

/* The outcomes whose name or meaning holds `word` in capital or small letters, with "" all, under
 * their topics, as text or as a page of the documentation; false when it could not be written. */
bool outcomes_print(FILE *stream, bool markdown, const char *word)
    __attribute__((warn_unused_result));

#endif
