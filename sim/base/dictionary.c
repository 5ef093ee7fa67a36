#include "base/dictionary.h"

#include "base/memory.h"
#include "base/text.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static size_t hash(const char *name) {
    uint64_t sum = UINT64_C(14695981039346656037);
    for (; *name != '\0'; name++) {
        sum = (sum ^ (unsigned char)*name) * UINT64_C(1099511628211);
    }
    return (size_t)(sum ^ (sum >> 32U));
}

/* The place of the name, or the free one where it belongs. */
static size_t *place(const struct dictionary *dictionary, const char *name) {
    size_t at = hash(name) & (dictionary->place_count - 1);
    while (dictionary->places[at] != 0 &&
           strcmp(dictionary->names[dictionary->places[at] - 1], name) != 0) {
        at = (at + 1) & (dictionary->place_count - 1);
    }
    return &dictionary->places[at];
}

static bool make_room(struct dictionary *dictionary, struct error *error) {
    if (2 * (dictionary->count + 1) <= dictionary->place_count) {
        return true;
    }
    size_t count = dictionary->place_count == 0 ? 64 : 2 * dictionary->place_count;
    size_t *places = memory_array(count, sizeof *places, "names", error);
    if (places == NULL) {
        return false;
    }
    free(dictionary->places);
    dictionary->places = places;
    dictionary->place_count = count;
    for (size_t n = 0; n < dictionary->count; n++) {
        *place(dictionary, dictionary->names[n]) = n + 1;
    }
    return true;
}

bool dictionary_add(struct dictionary *dictionary, const char *name, size_t *number,
                    struct error *error) {
    if (dictionary_find(dictionary, name, number)) {
        return true;
    }
    void *names = dictionary->names;
    if (!make_room(dictionary, error) ||
        !memory_grow(&names, &dictionary->capacity, dictionary->count + 1,
                     sizeof *dictionary->names, "names", error)) {
        return false;
    }
    dictionary->names = names;
    char *copy = strdup(name);
    if (copy == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the name %s", name);
    }
    *number = dictionary->count;
    dictionary->names[dictionary->count++] = copy;
    *place(dictionary, copy) = dictionary->count;
    return true;
}

bool dictionary_find(const struct dictionary *dictionary, const char *name, size_t *number) {
    if (dictionary->place_count == 0) {
        return false;
    }
    size_t found = *place(dictionary, name);
    *number = found > 0 ? found - 1 : 0;
    return found > 0;
}

int dictionary_nearest(const struct dictionary *dictionary, const char *word) {
    return dictionary->count > INT_MAX
               ? -1
               : text_nearest(word, (const char *const *)dictionary->names, dictionary->count);
}

void dictionary_free(struct dictionary *dictionary) {
    for (size_t n = 0; n < dictionary->count; n++) {
        free(dictionary->names[n]);
    }
    free(dictionary->names);
    free(dictionary->places);
    *dictionary = (struct dictionary){0};
}
