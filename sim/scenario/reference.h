/* The reference of all parameters, printed from their rows.
 * Ownership: the caller owns file and text. */
#ifndef SCENARIO_REFERENCE_H
#define SCENARIO_REFERENCE_H

#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>

/* As Markdown, or as text for the terminal: the parameters whose path or meaning holds `word` in
 * capital or small letters, with "" all. False when the file could not be written. */
bool parameters_print(FILE *file, bool markdown, const char *word)
    __attribute__((warn_unused_result));

/* The same as sections of a manual page, in roff. */
void parameters_manual(struct text *page);

/* Only the paths, one a line. */
void parameters_paths(FILE *file);

#endif
