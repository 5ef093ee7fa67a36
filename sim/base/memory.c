#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

/* In whole lines of the cache; 0 when no size_t can hold it. */
static size_t array_bytes(size_t count, size_t size) {
    size_t elements = count == 0 ? 1 : count;
    return size != 0 && elements <= (SIZE_MAX - ALIGNMENT) / size
               ? (elements * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT
               : 0;
}

void *memory_room(size_t count, size_t size, const char *what, struct error *error) {
    size_t bytes = array_bytes(count, size);
    void *array = bytes > 0 ? aligned_alloc(ALIGNMENT, bytes) : NULL;
    if (array == NULL) {
        error_add(error, ERROR_FAILURE, "not enough memory for %zu %s", count, what);
    }
    return array;
}

void *memory_array(size_t count, size_t size, const char *what, struct error *error) {
    void *array = memory_room(count, size, what, error);
    if (array != NULL) {
        memset(array, 0, array_bytes(count, size));
    }
    return array;
}

bool memory_grow(void **array, size_t *capacity, size_t needed, size_t size, const char *what,
                 struct error *error) {
    if (needed <= *capacity) {
        return true;
    }
    size_t wanted = *capacity < 8 ? 8 : *capacity * 2;
    if (wanted < needed) {
        wanted = needed;
    }
    void *grown = wanted <= SIZE_MAX / size ? realloc(*array, wanted * size) : NULL;
    if (grown == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for %zu %s", wanted, what);
    }
    memset((char *)grown + *capacity * size, 0, (wanted - *capacity) * size);
    *array = grown;
    *capacity = wanted;
    return true;
}
