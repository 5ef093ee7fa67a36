#include "scenario/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_SHOWN = 16, NAMES_KNOWN = 256 };

const struct row *schema_row(const struct schema *schema, const char *path, bool *is_group) {
    size_t length = strlen(path);
    *is_group = length == 0;
    for (size_t i = 0; i < schema->count; i++) {
        const struct row *row = &schema->rows[i];
        if (strncmp(row->path, path, length) == 0) {
            if (row->path[length] == '\0') {
                return row;
            }
            *is_group = *is_group || row->path[length] == '.';
        }
    }
    return NULL;
}

/* The names that may stand in a group, each once, in the order of the rows. */
static size_t names_in_group(const struct schema *schema, const char *prefix,
                             char names[][NAME_SIZE], size_t most) {
    size_t count = 0;
    size_t skipped = *prefix == '\0' ? 0 : strlen(prefix) + 1;
    for (size_t i = 0; i < schema->count && count < most; i++) {
        const char *path = schema->rows[i].path;
        if (skipped > 0 && (strncmp(path, prefix, skipped - 1) != 0 || path[skipped - 1] != '.')) {
            continue;
        }
        size_t length = strcspn(path + skipped, ".");
        bool known = false;
        for (size_t j = 0; j < count; j++) {
            known = known ||
                    (strncmp(names[j], path + skipped, length) == 0 && names[j][length] == '\0');
        }
        if (!known && length < NAME_SIZE) {
            memcpy(names[count], path + skipped, length);
            names[count++][length] = '\0';
        }
    }
    return count;
}

/* A row elsewhere in the struct whose path or last name is like `word`. */
static const char *nearest_elsewhere(const struct schema *schema, const char *word) {
    const char *paths[NAMES_KNOWN];
    const char *ends[NAMES_KNOWN];
    size_t count = schema->count < NAMES_KNOWN ? schema->count : NAMES_KNOWN;
    for (size_t i = 0; i < count; i++) {
        const char *point = strrchr(schema->rows[i].path, '.');
        paths[i] = schema->rows[i].path;
        ends[i] = point == NULL ? paths[i] : point + 1;
        if (strcmp(ends[i], word) == 0) {
            return paths[i];
        }
    }
    int nearest = text_nearest(word, paths, count);
    nearest = nearest >= 0 ? nearest : text_nearest(word, ends, count);
    return nearest >= 0 ? paths[nearest] : NULL;
}

void schema_complain_unknown(const struct schema *schema, const char *prefix, const char *name,
                             size_t length, struct text *complaint) {
    char names[NAMES_KNOWN][NAME_SIZE];
    const char *list[NAMES_KNOWN];
    char word[NAME_SIZE];
    (void)snprintf(word, sizeof word, "%.*s", length < NAME_SIZE ? (int)length : NAME_SIZE - 1,
                   name);
    size_t count = names_in_group(schema, prefix, names, NAMES_KNOWN);
    for (size_t i = 0; i < count; i++) {
        list[i] = names[i];
    }
    text_add(complaint, "there is no parameter %s", word);
    if (*prefix != '\0') {
        text_add(complaint, " in %s", prefix);
    } else {
        text_add(complaint, " of a %s", schema->title);
    }
    int nearest = text_nearest(word, list, count);
    const char *elsewhere = nearest < 0 ? nearest_elsewhere(schema, word) : NULL;
    if (nearest >= 0) {
        text_add(complaint, " (did you mean %s?)", list[nearest]);
    } else if (elsewhere != NULL) {
        text_add(complaint, " (did you mean %s of a %s?)", elsewhere, schema->title);
    } else {
        text_add(complaint, "; there are");
        for (size_t i = 0; i < count && i < NAMES_SHOWN; i++) {
            text_add(complaint, "%s %s", i == 0 ? "" : ",", list[i]);
        }
        text_add(complaint, count > NAMES_SHOWN ? ", ..." : "");
    }
}

struct cursor cursor_start(void) {
    return (struct cursor){.schema = &PARAMETERS_SCHEMA};
}

static void cursor_enter(struct cursor *cursor, const struct schema *schema) {
    *cursor = (struct cursor){.schema = schema, .entered = true};
}

/* A step inside the value of a parameter that was reached before. */
static bool step_inside(struct cursor *cursor, const struct step *step, struct text *complaint) {
    const struct row *row = cursor->row;
    bool by_index = step->name == NULL;
    if (row->type == ROW_COLLECTION && !by_index) {
        cursor_enter(cursor, row->elements);
        return true;
    }
    if (row->type == ROW_LIST && by_index) {
        cursor_enter(cursor, row->elements);
        return true;
    }
    if (row->type == ROW_AMENDMENT) {
        *cursor = cursor_start();
        return cursor_step(cursor, step, complaint);
    }
    int deepest = row->type == ROW_CURVE                               ? 2
                  : row->type == ROW_NUMBERS || row->type == ROW_NAMES ? 1
                                                                       : 0;
    if (by_index && cursor->inside < deepest) {
        cursor->inside++;
        return true;
    }
    const char *last = strrchr(row->path, '.');
    last = last == NULL ? row->path : last + 1;
    if (row->type == ROW_COLLECTION) {
        text_add(complaint, "%s has entries with names, not indices", last);
    } else if (row->type == ROW_LIST || cursor->inside < deepest) {
        text_add(complaint, "the entries of %s are counted from 0: %s.[0]", last, last);
    } else {
        text_add(complaint, "%s has a single value; the path ends there", last);
    }
    return false;
}

bool cursor_step(struct cursor *cursor, const struct step *step, struct text *complaint) {
    cursor->entered = false;
    if (cursor->row != NULL) {
        return step_inside(cursor, step, complaint);
    }
    if (step->name == NULL) {
        text_add(complaint, "an index [%zu] can only follow a list", step->index);
        return false;
    }
    char path[PATH_SIZE];
    bool is_group = false;
    path_join(path, cursor->prefix, step);
    cursor->row = schema_row(cursor->schema, path, &is_group);
    if (cursor->row == NULL && !is_group) {
        schema_complain_unknown(cursor->schema, cursor->prefix, step->name, step->length,
                                complaint);
        return false;
    }
    memcpy(cursor->prefix, path, sizeof path);
    return true;
}

void *row_elements(const struct row *row, const void *object) {
    void *elements = NULL;
    memcpy(&elements, (const char *)object + row->offset, sizeof elements);
    return elements;
}

size_t row_count(const struct row *row, const void *object) {
    size_t count = 0;
    memcpy(&count, (const char *)object + row->count_offset, sizeof count);
    return count;
}

void row_set_elements(const struct row *row, void *object, void *elements, size_t count) {
    memcpy((char *)object + row->offset, &elements, sizeof elements);
    memcpy((char *)object + row->count_offset, &count, sizeof count);
}

static void amendment_free(struct amendment *amendment) {
    if (amendment->parameters != NULL) {
        schema_free(&PARAMETERS_SCHEMA, amendment->parameters);
    }
    free(amendment->parameters);
    free(amendment->written);
    free(amendment->touches);
    *amendment = (struct amendment){0};
}

void schema_free(const struct schema *schema, void *object) {
    for (size_t i = 0; i < schema->count; i++) {
        const struct row *row = &schema->rows[i];
        if (row->type == ROW_AMENDMENT) {
            amendment_free((struct amendment *)(void *)((char *)object + row->offset));
            continue;
        }
        if (row->type != ROW_LIST && row->type != ROW_COLLECTION) {
            continue;
        }
        char *elements = row_elements(row, object);
        for (size_t j = 0; elements != NULL && j < row_count(row, object); j++) {
            schema_free(row->elements, elements + j * row->elements->size);
        }
        free(elements);
        row_set_elements(row, object, NULL, 0);
    }
}

size_t row_choice_count(const struct row *row) {
    size_t count = 0;
    while (row->choices != NULL && row->choices[count] != NULL) {
        count++;
    }
    return count;
}

void row_allowed(const struct row *row, struct text *text) {
    char low[32];
    char high[32];
    size_t count = row_choice_count(row);
    for (size_t i = 0; i < count; i++) {
        text_add(text, "%s%s", i == 0 ? "" : ", ", row->choices[i]);
    }
    if (row->type == ROW_SEED) {
        text_add(text, "0..%lld", INT64_MAX + 0LL);
    } else if (count == 0 && row->type != ROW_TEXT) {
        text_add(text, "%s..%s", text_number(low, row->lowest, true),
                 text_number(high, row->highest, true));
    }
}
