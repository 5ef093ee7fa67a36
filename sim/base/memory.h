/* The one checked allocator of arrays.
 * Ownership: the caller frees what it gets with free(). */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* `count` zeroed elements of `size` bytes, aligned to 64 bytes and padded to a multiple of it; at
 * least one element. NULL and a sentence in `error` when there is no memory; `what` names the
 * content in that sentence. */
void *memory_array(size_t count, size_t size, const char *what, struct error *error)
    __attribute__((warn_unused_result));

/* The same without zeros, for arrays of which nothing is read that was not written before: memory
 * that is never written costs nothing. */
void *memory_room(size_t count, size_t size, const char *what, struct error *error)
    __attribute__((warn_unused_result));

/* Makes `*array` hold at least `needed` elements of `size` bytes by growing it (at least
 * doubling); `*capacity` is kept in elements. New elements are zeroed. The array may be NULL. */
bool memory_grow(void **array, size_t *capacity, size_t needed, size_t size, const char *what,
                 struct error *error) __attribute__((warn_unused_result));

#endif
