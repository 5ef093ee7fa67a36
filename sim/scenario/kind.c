#include "scenario/scenario.h"
#include "scenario/schema.h"

#include <string.h>

static enum scenario_kind kind_at(const struct cursor *cursor) {
    const struct row *row = cursor->row;
    if (row == NULL || cursor->entered) { /* a group, or an entry of a list of groups */
        return SCENARIO_OTHER;
    }
    switch (row->type) {
    case ROW_NUMBER:
        return SCENARIO_NUMBER;
    case ROW_WHOLE:
        return row->choices == NULL ? SCENARIO_WHOLE : SCENARIO_OTHER;
    case ROW_SEED:
        return SCENARIO_WHOLE;
    case ROW_NUMBERS:
        return cursor->inside == 1 ? SCENARIO_NUMBER : SCENARIO_OTHER;
    case ROW_CURVE:
        return cursor->inside < 2 ? SCENARIO_OTHER : row->whole ? SCENARIO_WHOLE : SCENARIO_NUMBER;
    case ROW_TEXT:
    case ROW_NAMES:
    case ROW_LIST:
    case ROW_COLLECTION:
    case ROW_AMENDMENT:
        break;
    }
    return SCENARIO_OTHER;
}

bool scenario_kind_of(const char *path, enum scenario_kind *kind, const char **unit,
                      struct error *error) {
    struct cursor cursor = cursor_start();
    const char *rest = path;
    bool good = *path != '\0';
    struct text complaint = {0};
    while (good && *rest != '\0') {
        struct step step;
        good = path_step(&rest, &step);
        if (!good) {
            text_add(&complaint,
                     "a path is written roles.sales.plan or plans.a.components.[0].rate");
        }
        good = good && cursor_step(&cursor, &step, &complaint);
    }
    if (!good) {
        (void)error_add(error, ERROR_QUESTION, "%s: %s", path, text_bytes(&complaint));
    } else {
        *kind = kind_at(&cursor);
        *unit = *kind == SCENARIO_OTHER || cursor.row->unit == NULL ? "" : cursor.row->unit;
    }
    text_free(&complaint);
    return good;
}

bool scenario_names_file(const char *path, size_t length) {
    for (size_t i = 0; i < PARAMETERS_SCHEMA.count; i++) {
        const struct row *row = &PARAMETERS_SCHEMA.rows[i];
        if (row->once && strncmp(row->path, path, length) == 0 &&
            (row->path[length] == '\0' || row->path[length] == '.')) {
            return true;
        }
    }
    return false;
}
