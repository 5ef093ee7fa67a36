#include "cli/stored_origins.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static const char *name_of(const struct stored_runs *runs, size_t n) {
    return runs->scenarios[n].parameters.name;
}

static const char *path_of(const struct stored_runs *runs, size_t n, size_t p) {
    return text_bytes(&runs->swept[n].texts[2 * p]);
}

/* NULL where the path was not varied in the run. */
static const char *value_of(const struct stored_runs *runs, size_t n, const char *path) {
    for (size_t p = 0; p < runs->swept[n].count; p++) {
        if (strcmp(path_of(runs, n, p), path) == 0) {
            return text_bytes(&runs->swept[n].texts[2 * p + 1]);
        }
    }
    return NULL;
}

/* Whether a run of the same name has another value there, or none. */
static bool tells(const struct stored_runs *runs, size_t n, const char *path) {
    const char *own = value_of(runs, n, path);
    for (size_t other = 0; other < runs->count; other++) {
        const char *value = value_of(runs, other, path);
        if (strcmp(name_of(runs, other), name_of(runs, n)) == 0 &&
            (value == NULL || strcmp(value, own) != 0)) {
            return true;
        }
    }
    return false;
}

static bool ends_with(const char *path, const char *tail) {
    size_t length = strlen(path);
    size_t end = strlen(tail);
    return length > end && path[length - end - 1] == '.' && strcmp(path + length - end, tail) == 0;
}

/* The last steps of a path, as many as no other path that was varied ends with. */
static const char *short_path(const struct stored_runs *runs, const char *path) {
    const char *tail = strrchr(path, '.');
    while (tail != NULL) {
        bool shared = false;
        for (size_t n = 0; n < runs->count; n++) {
            for (size_t p = 0; p < runs->swept[n].count; p++) {
                const char *other = path_of(runs, n, p);
                shared = shared || (strcmp(other, path) != 0 &&
                                    (strcmp(other, tail + 1) == 0 || ends_with(other, tail + 1)));
            }
        }
        if (!shared) {
            return tail + 1;
        }
        do {
            tail--;
        } while (tail > path && *tail != '.');
        tail = tail > path ? tail : NULL;
    }
    return path;
}

static bool name_is_shared(const struct stored_runs *runs, size_t n) {
    for (size_t other = 0; other < runs->count; other++) {
        if (other != n && strcmp(name_of(runs, other), name_of(runs, n)) == 0) {
            return true;
        }
    }
    return false;
}

/* "headcount=16; rate=0.02" */
static void add_mark(struct text *mark, const struct stored_runs *runs, size_t n) {
    for (size_t p = 0; p < runs->swept[n].count; p++) {
        const char *path = path_of(runs, n, p);
        if (tells(runs, n, path)) {
            text_add(mark, "%s%s=%s", mark->length == 0 ? "" : "; ", short_path(runs, path),
                     value_of(runs, n, path));
        }
    }
}

/* The number of the run where the values do not tell: nothing was varied in it, or the same. */
static void number_marks(struct stored_origins *origins, const struct stored_runs *runs) {
    for (size_t n = 0; n < runs->count; n++) {
        struct text *mark = &origins->marks[n];
        bool same = mark->length == 0;
        for (size_t other = 0; other < runs->count; other++) {
            same = same || (other != n && strcmp(name_of(runs, other), name_of(runs, n)) == 0 &&
                            strcmp(text_bytes(mark), text_bytes(&origins->marks[other])) == 0);
        }
        /* others are compared with what the values say, so numbers are put in afterwards */
        origins->origins[n].mark = same && name_is_shared(runs, n) ? "" : NULL;
    }
    for (size_t n = 0; n < runs->count; n++) {
        struct text *mark = &origins->marks[n];
        if (origins->origins[n].mark != NULL) {
            text_add(mark, "%srun %lld", mark->length == 0 ? "" : "; ", runs->choice.entries[n].id);
        }
        origins->origins[n].mark = name_is_shared(runs, n) ? text_bytes(mark) : NULL;
    }
}

static void list_words(struct stored_origins *origins, const struct stored_runs *runs) {
    const char **next = origins->words;
    for (size_t n = 0; n < runs->count; n++) {
        struct origin *origin = &origins->origins[n];
        origin->run = runs->choice.entries[n].id;
        origin->count = runs->swept[n].count;
        origin->paths = next;
        origin->values = next + origin->count;
        for (size_t p = 0; p < origin->count; p++) {
            next[p] = path_of(runs, n, p);
            next[origin->count + p] = text_bytes(&runs->swept[n].texts[2 * p + 1]);
        }
        next += 2 * origin->count;
    }
}

bool stored_origins_mark(struct stored_origins *origins, const struct stored_runs *runs,
                         struct results *results, struct error *error) {
    size_t words = 0;
    for (size_t n = 0; n < runs->count; n++) {
        words += 2 * runs->swept[n].count;
    }
    origins->origins = memory_array(runs->count, sizeof *origins->origins, "runs", error);
    origins->marks = memory_array(runs->count, sizeof *origins->marks, "runs", error);
    origins->words = memory_array(words, sizeof *origins->words, "swept values", error);
    if (origins->origins == NULL || origins->marks == NULL || origins->words == NULL) {
        return false;
    }
    origins->count = runs->count;
    bool good = true;
    for (size_t n = 0; n < runs->count; n++) {
        if (name_is_shared(runs, n)) {
            add_mark(&origins->marks[n], runs, n);
        }
    }
    list_words(origins, runs);
    number_marks(origins, runs);
    for (size_t n = 0; n < runs->count; n++) {
        results->variants[n].origin = &origins->origins[n];
        good = good && !origins->marks[n].failed;
    }
    return good || error_add(error, ERROR_FAILURE, "not enough memory for the names of runs");
}

bool stored_origins_marked(const struct stored_origins *origins) {
    for (size_t n = 0; n < origins->count; n++) {
        if (origins->origins[n].mark != NULL) {
            return true;
        }
    }
    return false;
}

void stored_origins_free(struct stored_origins *origins) {
    for (size_t n = 0; n < origins->count; n++) {
        text_free(&origins->marks[n]);
    }
    free(origins->origins);
    free(origins->marks);
    free(origins->words);
    *origins = (struct stored_origins){0};
}
