/* Errors as sentences: place, value and what to do, collected until somebody can print them.
 * Ownership: the caller owns the struct (zeroed is valid) and calls error_free. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

enum error_kind {
    ERROR_NONE,
    ERROR_FAILURE,    /* the question was fine, the machine could not: exit 1 */
    ERROR_QUESTION,   /* the question was wrong: usage or scenario, exit 2 */
    ERROR_INTERRUPTED /* the user stopped it; what is there is valid: exit 130 */
};

struct error {
    enum error_kind kind; /* of the first sentence */
    size_t count;         /* sentences, also those beyond the ones kept */
    char *text;           /* sentences, each ended by a newline; NULL when there are none */
    size_t length;
};

/* Adds one sentence (no newline at its end) and returns false, so that a function can
 * `return error_add(...)`. A sentence that was added already is not added again. The first 200
 * sentences are kept, the rest only counted. */
bool error_add(struct error *error, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The sentences, "" when there are none. */
const char *error_text(const struct error *error);

void error_free(struct error *error);

#endif
