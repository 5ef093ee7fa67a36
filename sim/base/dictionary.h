/* A dictionary: names, each with the number of its first appearance.
 * Ownership: the caller owns the struct (zeroed is empty) and calls dictionary_free; it keeps its
 * own copies of the names, which stay in place until then. */
#ifndef BASE_DICTIONARY_H
#define BASE_DICTIONARY_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct dictionary {
    char **names; /* by number */
    size_t count;
    size_t capacity;
    size_t *places; /* by hash: number + 1, the next free place after it; 0: free */
    size_t place_count;
};

/* The number of a name, which is added when it is new. */
bool dictionary_add(struct dictionary *dictionary, const char *name, size_t *number,
                    struct error *error) __attribute__((warn_unused_result));

bool dictionary_find(const struct dictionary *dictionary, const char *name, size_t *number);

/* The number of the name that is most like `word`, or -1. */
int dictionary_nearest(const struct dictionary *dictionary, const char *word);

void dictionary_free(struct dictionary *dictionary);

#endif
