/* Amounts and numbers as tables write them, read exactly as whole millionths of a unit.
 * Ownership: a struct number_style belongs to the reading of one file; nothing else is kept. */
#ifndef DATA_NUMBER_H
#define DATA_NUMBER_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum { MILLIONTHS = 1000000 }; /* of a unit of money, of a share, of a count: sums are exact */

/* What the numbers of one file have in common. The decimal sign is '.' or ','. The other of the
 * two, a blank or an apostrophe groups thousands: three digits to a group, one kind of mark in a
 * number. A number that fits only the other sign is refused, never reinterpreted. As long as the
 * sign is 0, not known, the first number that fits only one decides, and one that fits both with
 * different values (1,234) is refused. */
struct number_style {
    char decimal;
    const char *currency; /* of the first amount that names one, constant text; NULL: none yet */
    bool rounded;         /* some number had more than six decimals */
    bool either;          /* some number would be another with the other sign, as 45.300 */
    bool told;            /* some number fits only one of the signs */
};

enum number_kind {
    NUMBER_AMOUNT, /* a currency may stand before or behind it */
    NUMBER_PLAIN   /* a percent sign may stand behind it: 85 % is 0.85 */
};

/* Reads `text`, without blanks around it. Negative is -1, 1- or (1). More than six decimals are
 * rounded to six, half away from zero. False with the end of a sentence in `complaint`, to stand
 * behind the text in quotes: what is no number, is beyond 9,223,372,036,854 (64 bits of
 * millionths), fits the other decimal sign, or names another currency than `style` holds. */
bool number_read(const char *text, enum number_kind kind, struct number_style *style,
                 int64_t *millionths, struct text *complaint) __attribute__((warn_unused_result));

#endif
