#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

void *memory_array(size_t count, size_t size, const char *what, struct error *error) {
    size_t elements = count == 0 ? 1 : count;
    void *array = NULL;
    if (size != 0 && elements <= (SIZE_MAX - ALIGNMENT) / size) {
        size_t bytes = (elements * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        array = aligned_alloc(ALIGNMENT, bytes);
        if (array != NULL) {
            memset(array, 0, bytes);
        }
    }
    if (array == NULL) {
        error_add(error, ERROR_FAILURE, "not enough memory for %zu %s", count, what);
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
