/* Text: a growing string, numbers as text in the C locale, and the nearest of some names.
 * Ownership: a struct text belongs to its caller, who calls text_free; zeroed is an empty text. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { NAME_SIZE = 64 }; /* bytes of a name of a role, segment, plan or component, with the 0 */

struct text {
    char *bytes; /* always ended by a 0 once something was added */
    size_t length;
    size_t capacity;
    bool failed; /* memory ran out: what follows was dropped */
};

void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The shortest decimal that reads back as exactly `value`, always with a point or an exponent so
 * that it stays a floating-point literal ("5" becomes "5.0"); nan and inf as words. */
void text_add_number(struct text *text, double value);

/* Same digits into a buffer of at least 32 bytes; `whole` drops the ".0". */
const char *text_number(char buffer[32], double value, bool whole);

/* Columns that valid UTF-8 takes on a screen, a character each. */
int text_width(const char *bytes);

/* The cell and blanks up to `width` columns; blanks first with a negative width. */
void text_add_cell(struct text *text, const char *cell, int width);

const char *text_bytes(const struct text *text); /* "" when empty */
void text_free(struct text *text);

/* The index of the name that a person who typed `word` most likely meant (edit distance with
 * swaps at most a third of its length, or a prefix), or -1. */
int text_nearest(const char *word, const char *const names[], size_t count);

#endif
