#include "cli/sweep_axes.h"

#include "base/memory.h"
#include "data/rows.h"
#include "scenario/scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whether the path may be varied at all, and its kind. */
static bool check_path(const char *path, bool *number, bool *whole, struct error *error) {
    static const char *const SHARED[] = {"simulation.seed", "simulation.replications"};
    enum scenario_kind kind;
    const char *unit;
    for (size_t s = 0; s < sizeof SHARED / sizeof SHARED[0]; s++) {
        if (strcmp(path, SHARED[s]) == 0) {
            return error_add(error, ERROR_QUESTION,
                             "%s: all points of a sweep share it, so that they meet the same "
                             "chance; write a loop of anreiz run --summary instead",
                             path);
        }
    }
    if (!scenario_kind_of(path, &kind, &unit, error)) {
        return false;
    }
    *number = kind != SCENARIO_OTHER;
    *whole = kind == SCENARIO_WHOLE;
    return true;
}

/* Length of the value at `from`, up to a comma that is not inside of brackets or quotes. */
static size_t value_length(const char *from) {
    size_t length = 0;
    int depth = 0;
    bool quoted = false;
    for (; from[length] != '\0'; length++) {
        char letter = from[length];
        if (letter == '"') {
            quoted = !quoted;
        } else if (!quoted && strchr("([{", letter) != NULL) {
            depth++;
        } else if (!quoted && strchr(")]}", letter) != NULL) {
            depth--;
        } else if (letter == ',' && !quoted && depth == 0) {
            break;
        }
    }
    return length;
}

static bool read_range(struct design_axis *axis, const char *range) {
    char *end = NULL;
    axis->low = strtod(range, &end);
    if (end == range || *end != ':') {
        return false;
    }
    const char *second = end + 1;
    axis->high = strtod(second, &end);
    if (end == second || !isfinite(axis->low) || !isfinite(axis->high)) {
        return false;
    }
    if (*end == ':') {
        const char *third = end + 1;
        unsigned long count = strtoul(third, &end, 10);
        if (end == third || *third == '-' || count < 2 || count > DESIGN_POINTS_MOST) {
            return false;
        }
        axis->count = count;
    }
    axis->range = true;
    return *end == '\0' && axis->low < axis->high;
}

static bool add_range(struct design_axis *axis, const char *range, bool number, bool whole,
                      struct error *error) {
    const char *path = text_bytes(&axis->path);
    if (!number) {
        return error_add(error, ERROR_QUESTION,
                         "--vary %s=%s: this is no number; list the values: --vary %s=A,B,C", path,
                         range, path);
    }
    if (!read_range(axis, range)) {
        return error_add(error, ERROR_QUESTION,
                         "--vary %s=%s: a range is LOW:HIGH:NUMBER for a grid, LOW:HIGH for other "
                         "designs, the lower end first, such as 0.05:0.2:4",
                         path, range);
    }
    axis->whole = whole;
    if (whole && (axis->low != floor(axis->low) || axis->high != floor(axis->high))) {
        return error_add(error, ERROR_QUESTION,
                         "--vary %s=%s: both ends are whole numbers, as the parameter is", path,
                         range);
    }
    return true;
}

static bool add_values(struct design_axis *axis, const char *list, struct error *error) {
    size_t most = 1;
    for (const char *at = list; *at != '\0'; at++) {
        most += *at == ',';
    }
    axis->values = memory_array(most, sizeof *axis->values, "values of --vary", error);
    if (axis->values == NULL) {
        return false;
    }
    for (const char *at = list;; at++) {
        size_t length = value_length(at);
        struct text *value = &axis->values[axis->count];
        text_add(value, "%.*s", (int)length, at);
        axis->count++;
        if (length == 0) {
            return error_add(error, ERROR_QUESTION,
                             "--vary %s=%s: a value is missing; write values separated by single "
                             "commas",
                             text_bytes(&axis->path), list);
        }
        for (size_t v = 0; v + 1 < axis->count; v++) {
            if (strcmp(text_bytes(&axis->values[v]), text_bytes(value)) == 0) {
                return error_add(error, ERROR_QUESTION, "--vary %s: the value %s is there twice",
                                 text_bytes(&axis->path), text_bytes(value));
            }
        }
        at += length;
        if (*at == '\0') {
            return true;
        }
    }
}

bool sweep_axes_add(struct design_axes *axes, const char *vary, struct error *error) {
    const char *equals = strchr(vary, '=');
    bool number = false;
    bool whole = false;
    if (equals == NULL || equals == vary || equals[1] == '\0') {
        return error_add(error, ERROR_QUESTION,
                         "--vary %s: write PATH=LOW:HIGH:NUMBER or PATH=VALUE,VALUE, for example "
                         "--vary roles.kam.turnover.annual=0.1:0.3:5",
                         vary);
    }
    if (axes->count == DESIGN_AXES_MOST) {
        return error_add(error, ERROR_QUESTION,
                         "--vary %s: at most %d parameters are varied at a time", vary,
                         DESIGN_AXES_MOST);
    }
    struct design_axis *axis = &axes->axes[axes->count++];
    *axis = (struct design_axis){0};
    text_add(&axis->path, "%.*s", (int)(equals - vary), vary);
    for (size_t a = 0; a + 1 < axes->count; a++) {
        if (strcmp(text_bytes(&axes->axes[a].path), text_bytes(&axis->path)) == 0) {
            return error_add(error, ERROR_QUESTION, "--vary %s is there twice",
                             text_bytes(&axis->path));
        }
    }
    if (!check_path(text_bytes(&axis->path), &number, &whole, error)) {
        return false;
    }
    bool range = strchr(equals, ':') != NULL && equals[1 + value_length(equals + 1)] == '\0' &&
                 strpbrk(equals, "\"([{") == NULL;
    return range ? add_range(axis, equals + 1, number, whole, error)
                 : add_values(axis, equals + 1, error);
}

/* The columns of the table that are varied, as their numbers; returns how many. */
static size_t varied_columns(const struct rows *rows, const char *path, size_t columns[],
                             struct error *error) {
    size_t count = 0;
    for (size_t c = 0; c < rows->columns; c++) {
        const char *name = rows_name(rows, c);
        bool number;
        bool whole;
        struct error wrong = {0};
        if (strcmp(name, "point") == 0) {
            continue;
        }
        for (size_t o = 0; o < count; o++) {
            if (strcmp(rows_name(rows, columns[o]), name) == 0) {
                (void)error_add(error, ERROR_QUESTION, "%s: there are two columns %s", path, name);
            }
        }
        if (!check_path(name, &number, &whole, &wrong)) {
            (void)error_add(error, ERROR_QUESTION, "%s: the columns are paths of parameters; %.*s",
                            path, (int)strcspn(error_text(&wrong), "\n"), error_text(&wrong));
        }
        error_free(&wrong);
        columns[count++] = c;
    }
    if (count == 0) {
        (void)error_add(error, ERROR_QUESTION,
                        "%s: no column is a parameter; the heading names their paths, such as "
                        "roles.sales.headcount",
                        path);
    }
    return count;
}

static void copy_rows(struct design *design, const struct rows *rows, const size_t columns[],
                      const char *path, struct error *error) {
    for (size_t a = 0; a < design->axis_count; a++) {
        text_add(&design->paths[a], "%s", rows_name(rows, columns[a]));
        for (size_t p = 0; p < design->point_count; p++) {
            const char *cell = rows_cell(rows, p, columns[a]);
            text_add(&design->values[p * design->axis_count + a], "%s", cell);
            if (*cell == '\0') {
                (void)error_add(error, ERROR_QUESTION, "%s:%ld: %s: the value is missing", path,
                                rows->lines[p], rows_name(rows, columns[a]));
            }
        }
    }
}

bool sweep_axes_file(struct design *design, const char *path, struct error *error) {
    struct rows rows;
    size_t before = error->count;
    *design = (struct design){0};
    if (!rows_read(&rows, path, error)) {
        return false;
    }
    size_t *columns = memory_array(rows.columns, sizeof *columns, "columns of a design", error);
    size_t count = columns == NULL ? 0 : varied_columns(&rows, path, columns, error);
    if (rows.count == 0) {
        (void)error_add(error, ERROR_QUESTION, "%s: there is no row below the heading", path);
    } else if (rows.count > DESIGN_POINTS_MOST) {
        (void)error_add(error, ERROR_QUESTION, "%s: %zu rows, but a sweep has at most %d points",
                        path, rows.count, DESIGN_POINTS_MOST);
    }
    if (error->count == before && columns != NULL &&
        design_allocate(design, count, rows.count, error)) {
        design->kind = DESIGN_FILE;
        copy_rows(design, &rows, columns, path, error);
    }
    free(columns);
    rows_free(&rows);
    if (error->count > before) {
        design_free(design);
        return false;
    }
    return true;
}
