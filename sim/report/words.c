#include "report/words.h"

#include <stdio.h>
#include <string.h>

const char *const LANGUAGE_NAMES[LANGUAGE_COUNT + 1] = {"en", "de", NULL};

static const char *const TABLE[WORD_COUNT][LANGUAGE_COUNT] = {
#define WORD(name, english, german) [WORD_##name] = {english, german},
#include "report/words.inc"
#undef WORD
};

const char *words_in(enum language language, enum word word) { return TABLE[word][language]; }

const char *words_unit(enum language language, const char *unit) {
    for (enum word w = WORD_UNIT_CURRENCY; w <= WORD_UNIT_POINTS; w++) {
        if (strcmp(words_in(LANGUAGE_ENGLISH, w), unit) == 0) {
            return words_in(language, w);
        }
    }
    return unit;
}

void words_add(struct text *text, enum language language, enum word word,
               const char *const values[]) {
    size_t count = 0;
    while (values[count] != NULL) {
        count++;
    }
    const char *at = words_in(language, word);
    while (*at != '\0') {
        size_t plain = strcspn(at, "{");
        text_add(text, "%.*s", (int)plain, at);
        at += plain;
        if (at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
            size_t place = (size_t)(at[1] - '0');
            text_add(text, "%s", place < count ? values[place] : "");
            at += 3;
            bool ended = text->length > 0 && text->bytes[text->length - 1] == '.';
            at += ended && *at == '.'; /* "1,2 Mio." ends a sentence by itself */
        } else if (*at == '{') {
            text_add(text, "{");
            at++;
        }
    }
}

const char *words_number(char buffer[WORDS_SIZE], enum language language, const char *number) {
    static const struct {
        const char *english, *german;
    } SIGNS[] = {{" G", " Mrd."}, {" M", " Mio."}, {" k", " Tsd."}, {" pp", " PP"}};
    (void)snprintf(buffer, WORDS_SIZE, "%s", number);
    if (language != LANGUAGE_GERMAN) {
        return buffer;
    }
    for (char *at = buffer; *at != '\0'; at++) {
        *at = *at == '.' ? ',' : *at == ',' ? '.' : *at;
    }
    for (size_t s = 0; s < sizeof SIGNS / sizeof SIGNS[0]; s++) {
        size_t length = strlen(buffer);
        size_t sign = strlen(SIGNS[s].english);
        if (length > sign && strcmp(buffer + length - sign, SIGNS[s].english) == 0) {
            (void)snprintf(buffer + length - sign, WORDS_SIZE - (length - sign), "%s",
                           SIGNS[s].german);
            break;
        }
    }
    return buffer;
}

const char *words_value(char buffer[WORDS_SIZE], enum language language, const char *unit,
                        double value) {
    char number[FORMAT_SIZE];
    return words_number(buffer, language, format_value(number, unit, value));
}

const char *words_difference(char buffer[WORDS_SIZE], enum language language, const char *unit,
                             double value) {
    char number[FORMAT_DIFFERENCE_SIZE];
    return words_number(buffer, language, format_difference(number, unit, value, true));
}

const char *words_difference_near(char buffer[WORDS_SIZE], enum language language, const char *unit,
                                  double value, double error) {
    char number[FORMAT_DIFFERENCE_SIZE];
    return words_number(buffer, language, format_difference_near(number, unit, value, error, true));
}

const char *words_count(char buffer[WORDS_SIZE], enum language language, uint64_t count) {
    char number[FORMAT_SIZE];
    return words_number(buffer, language, format_count(number, count));
}
