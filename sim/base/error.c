#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SENTENCES_KEPT = 200 };

/* Whether the sentence at the end stands before it too: two scenarios with one mistake say it once.
 */
static bool is_said(const struct error *error, size_t begin) {
    size_t length = error->length - begin;
    const char *last = error->text + begin;
    for (const char *at = error->text; at < last; at = strchr(at, '\n') + 1) {
        if (strncmp(at, last, length) == 0) {
            return true;
        }
    }
    return false;
}

bool error_add(struct error *error, enum error_kind kind, const char *format, ...) {
    if (error->kind == ERROR_NONE) {
        error->kind = kind;
    }
    error->count++;
    if (error->count > SENTENCES_KEPT) {
        return false;
    }
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int needed = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t size = needed < 0 ? 0 : (size_t)needed;
    char *grown = realloc(error->text, error->length + size + 2);
    if (grown != NULL) { /* without memory the count and the kind still tell that it failed */
        error->text = grown;
        (void)vsnprintf(grown + error->length, size + 1, format, again);
        memcpy(grown + error->length + size, "\n", 2);
        error->length += size + 1;
        if (is_said(error, error->length - size - 1)) {
            error->length -= size + 1;
            grown[error->length] = '\0';
            error->count--;
        }
    }
    va_end(again);
    return false;
}

const char *error_text(const struct error *error) { return error->text == NULL ? "" : error->text; }

void error_free(struct error *error) {
    free(error->text);
    *error = (struct error){0};
}
