/* Words as people vary them: letters of either case, with or without blanks and hyphens.
 * Ownership: nothing is kept. */
#ifndef DATA_FOLD_H
#define DATA_FOLD_H

#include <stdbool.h>
#include <stddef.h>

enum { FOLDED_SIZE = 64 }; /* bytes of a folded word, with the 0; longer ones are cut */

/* `word` in lower case, without blanks, underscores and hyphens, umlauts as two letters:
 * "Close Date" and "close_date" both become "closedate", "Verkäufer" becomes "verkaeufer". */
void fold_word(const char *word, char folded[FOLDED_SIZE]);

/* Whether the folded `word` is one of `words`, folded words with bars between them. */
bool fold_is_one_of(const char *word, const char *words);

#endif
