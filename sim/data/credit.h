/* Who is credited with a deal, and with how much of it.
 * Ownership: names are lent by the text that was read. */
#ifndef DATA_CREDIT_H
#define DATA_CREDIT_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CREDITS_MOST = 16 }; /* of one deal */

struct credit {
    const char *person;
    int64_t share; /* millionths of the deal */
};

/* Reads a split such as "anna:60;ben:40": a name, a colon or an equals sign and a part in percent,
 * with or without the sign, or as a share (0.6). Between people stand semicolons, bars, slashes or
 * commas, in this order of preference. The parts sum to 100 % exactly, each is above 0 and a whole
 * number of millionths. `text` is cut into the names. False with the end of a sentence. */
bool credits_read(char *text, struct credit credits[CREDITS_MOST], size_t *count,
                  struct text *complaint) __attribute__((warn_unused_result));

#endif
