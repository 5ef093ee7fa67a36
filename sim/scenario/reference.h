/* The reference of all parameters, printed from their rows.
 * Ownership: the caller owns the file. */
#ifndef SCENARIO_REFERENCE_H
#define SCENARIO_REFERENCE_H

#include <stdbool.h>
#include <stdio.h>

/* As Markdown, or as text for the terminal. False when the file could not be written. */
bool parameters_print(FILE *file, bool markdown) __attribute__((warn_unused_result));

#endif
