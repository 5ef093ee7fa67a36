#include "base/roff.h"

#include <string.h>

/* Left alone, man would show these as typographic signs, or take them as its own; a minus must be
 * one that can be copied into a shell. */
static const char *meant(char byte) {
    switch (byte) {
    case '\\':
        return "\\e";
    case '-':
        return "\\-";
    case '\'':
        return "\\(aq";
    case '"':
        return "\\(dq";
    case '`':
        return "\\(ga";
    case '^':
        return "\\(ha";
    case '~':
        return "\\(ti";
    default:
        return NULL;
    }
}

void roff_add(struct text *text, const char *plain, size_t length) {
    for (size_t n = 0; n < length; n++) {
        bool first = text->length == 0 || text->bytes[text->length - 1] == '\n';
        const char *sign = meant(plain[n]);
        if (first && plain[n] == '.') { /* would begin a request */
            text_add(text, "\\&");
        }
        if (sign != NULL) {
            text_add(text, "%s", sign);
        } else {
            text_add(text, "%c", plain[n]);
        }
    }
}
