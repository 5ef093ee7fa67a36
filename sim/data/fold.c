#include "data/fold.h"

#include <string.h>

/* The German letters in UTF-8, of both cases. */
static const char *const LETTERS[][2] = {
    {"\xC3\xA4", "ae"}, {"\xC3\x84", "ae"}, {"\xC3\xB6", "oe"}, {"\xC3\x96", "oe"},
    {"\xC3\xBC", "ue"}, {"\xC3\x9C", "ue"}, {"\xC3\x9F", "ss"},
};

static const char *two_letters(const char *at) {
    for (size_t i = 0; i < sizeof LETTERS / sizeof *LETTERS; i++) {
        if (strncmp(at, LETTERS[i][0], 2) == 0) {
            return LETTERS[i][1];
        }
    }
    return NULL;
}

void fold_word(const char *word, char folded[FOLDED_SIZE]) {
    size_t length = 0;
    for (const char *at = word; *at != '\0' && length < FOLDED_SIZE - 2; at++) {
        const char *letters = (unsigned char)*at == 0xC3 ? two_letters(at) : NULL;
        if (letters != NULL) {
            memcpy(folded + length, letters, 2);
            length += 2;
            at++;
        } else if (strncmp(at, "\xC2\xA0", 2) == 0) { /* a blank that does not break */
            at++;
        } else if (*at >= 'A' && *at <= 'Z') {
            folded[length++] = (char)(*at - 'A' + 'a');
        } else if (strchr(" \t\r\n_-", *at) == NULL) {
            folded[length++] = *at;
        }
    }
    folded[length] = '\0';
}

bool fold_is_one_of(const char *word, const char *words) {
    size_t length = strlen(word);
    while (length > 0 && words != NULL && *words != '\0') {
        size_t one = strcspn(words, "|");
        if (one == length && strncmp(words, word, length) == 0) {
            return true;
        }
        words += one + (words[one] == '|');
    }
    return false;
}
