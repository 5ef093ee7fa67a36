#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SENTENCES_KEPT = 200 };

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
    }
    va_end(again);
    return false;
}

const char *error_text(const struct error *error) { return error->text == NULL ? "" : error->text; }

void error_free(struct error *error) {
    free(error->text);
    *error = (struct error){0};
}
