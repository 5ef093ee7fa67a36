/* Text for manual pages: what plain words look like in roff, the language of man.
 * Ownership: texts belong to the caller. */
#ifndef BASE_ROFF_H
#define BASE_ROFF_H

#include "base/text.h"

#include <stddef.h>

/* Adds the first `length` bytes of `plain` so that man shows exactly them, also at the start of a
 * line and as an argument of a request. Newlines stay what they are. */
void roff_add(struct text *text, const char *plain, size_t length);

#endif
