#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool text_reserve(struct text *text, size_t more) {
    size_t needed = text->length + more + 1;
    if (text->failed) {
        return false;
    }
    if (needed > text->capacity) {
        size_t capacity = text->capacity * 2 < needed ? needed + 64 : text->capacity * 2;
        char *grown = realloc(text->bytes, capacity);
        if (grown == NULL) {
            text->failed = true;
            return false;
        }
        text->bytes = grown;
        text->capacity = capacity;
    }
    return true;
}

void text_add(struct text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int needed = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (needed >= 0 && text_reserve(text, (size_t)needed)) {
        (void)vsnprintf(text->bytes + text->length, (size_t)needed + 1, format, again);
        text->length += (size_t)needed;
    }
    va_end(again);
}

int text_width(const char *bytes) {
    int width = 0;
    for (; *bytes != '\0'; bytes++) {
        width += ((unsigned char)*bytes & 0xC0U) != 0x80U; /* not inside a character */
    }
    return width;
}

void text_add_cell(struct text *text, const char *cell, int width) {
    int blanks = (width < 0 ? -width : width) - text_width(cell);
    blanks = blanks > 0 ? blanks : 0;
    text_add(text, "%*s%s%*s", width < 0 ? blanks : 0, "", cell, width < 0 ? 0 : blanks, "");
}

const char *text_number(char buffer[32], double value, bool whole) {
    if (isnan(value)) {
        return strcpy(buffer, "nan");
    }
    if (isinf(value)) {
        return strcpy(buffer, value > 0 ? "inf" : "-inf");
    }
    for (int digits = 15; digits <= 17; digits++) { /* 17 digits always read back exactly */
        (void)snprintf(buffer, 32, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value) {
            break;
        }
    }
    if (!whole && strpbrk(buffer, ".e") == NULL) {
        (void)strcat(buffer, ".0");
    }
    return buffer;
}

void text_add_number(struct text *text, double value) {
    char buffer[32];
    text_add(text, "%s", text_number(buffer, value, false));
}

const char *text_bytes(const struct text *text) { return text->bytes == NULL ? "" : text->bytes; }

void text_free(struct text *text) {
    free(text->bytes);
    *text = (struct text){0};
}

enum { WORD_LONGEST = 63 };

static bool same_letter(char a, char b) {
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Optimal string alignment: insert, delete, replace and swap of neighbours cost 1 each; capital and
 * small letters are the same. */
static size_t edit_distance(const char *a, const char *b) {
    size_t width = strlen(b) + 1;
    size_t rows[3][WORD_LONGEST + 1];
    for (size_t j = 0; j < width; j++) {
        rows[0][j] = j;
    }
    size_t height = strlen(a);
    for (size_t i = 1; i <= height; i++) {
        size_t *now = rows[i % 3];
        const size_t *before = rows[(i + 2) % 3];
        const size_t *earlier = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j < width; j++) {
            size_t best = before[j - 1] + (same_letter(a[i - 1], b[j - 1]) ? 0 : 1);
            best = before[j] + 1 < best ? before[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            bool swapped = i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
                           same_letter(a[i - 2], b[j - 1]);
            if (swapped && earlier[j - 2] + 1 < best) {
                best = earlier[j - 2] + 1;
            }
            now[j] = best;
        }
    }
    return rows[height % 3][width - 1];
}

int text_nearest(const char *word, const char *const names[], size_t count) {
    size_t length = strlen(word);
    int nearest = -1;
    size_t nearest_distance = length / 3 < 1 ? 2 : length / 3 + 1;
    if (length == 0 || length > WORD_LONGEST) {
        return -1;
    }
    for (size_t n = 0; n < count; n++) {
        if (strlen(names[n]) > WORD_LONGEST) {
            continue;
        }
        size_t distance = edit_distance(word, names[n]);
        if (distance < nearest_distance) {
            nearest_distance = distance;
            nearest = (int)n;
        }
    }
    for (size_t n = 0; nearest < 0 && length >= 3 && n < count; n++) {
        if (strcasestr(names[n], word) != NULL) {
            nearest = (int)n;
        }
    }
    return nearest;
}
