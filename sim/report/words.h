/* The words of pictures and reports in every language: one row a sentence in words.inc, with
 * places {0}, {1}, ... for names and numbers; numbers as the language writes them.
 * Ownership: constant tables; texts and buffers belong to the caller. */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "base/text.h"
#include "report/format.h"
#include "report/language.h"

#include <stdbool.h>
#include <stdint.h>

enum word {
#define WORD(name, english, german) WORD_##name,
#include "report/words.inc"
#undef WORD
    WORD_COUNT
};

/* The sentence as it stands in the table. */
const char *words_in(enum language language, enum word word);

/* A unit of a table in this language; as it is where there is no word for it. */
const char *words_unit(enum language language, const char *unit);

/* Adds the sentence with its places filled in; the values end with NULL. */
void words_add(struct text *text, enum language language, enum word word,
               const char *const values[]);
#define WORDS(...)                                                                                 \
    (const char *const[]) { __VA_ARGS__, NULL }

enum { WORDS_SIZE = 2 * FORMAT_SIZE };

/* A number that format.h wrote, as the language writes it: "12,3 Mio.", "1.000". */
const char *words_number(char buffer[WORDS_SIZE], enum language language, const char *number);

/* The same of a value with its unit, of a difference ("+1.2 pp", "-3.4 k"), also one
 * with its standard error, and of a count. */
const char *words_value(char buffer[WORDS_SIZE], enum language language, const char *unit,
                        double value);
const char *words_difference(char buffer[WORDS_SIZE], enum language language, const char *unit,
                             double value);
const char *words_difference_near(char buffer[WORDS_SIZE], enum language language, const char *unit,
                                  double value, double error);
const char *words_count(char buffer[WORDS_SIZE], enum language language, uint64_t count);

#endif
