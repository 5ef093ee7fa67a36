/* Numbers as they are written in a scenario: which libconfig reads rightly, and what to write
 * instead of the others.
 * Ownership: nothing is kept. */
#ifndef SCENARIO_LITERAL_H
#define SCENARIO_LITERAL_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* True when every version of libconfig reads `bytes` as the number that a person means. Otherwise
 * `complaint` gets a sentence that ends with what to write. */
bool literal_check(const char *bytes, size_t length, struct text *complaint);

/* The complaint about a comma in a number: "1" and "5" of 1,5, or "1" and "000,000". */
void literal_comma(const char *before, size_t before_length, const char *after, size_t after_length,
                   struct text *complaint);

#endif
