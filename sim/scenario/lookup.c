/* Single values of a scenario by their path, and who refers to a name. */
#include "scenario/reader.h"
#include "scenario/scenario.h"
#include "scenario/schema.h"

#include <assert.h>
#include <string.h>

static void add_plain_number(struct text *text, double value) {
    char buffer[32];
    text_add(text, "%s", text_number(buffer, value, true));
}

static bool complain_index(struct error *error, const char *path, size_t count) {
    return error_add(error, ERROR_QUESTION, "%s: there are %zu, counted from [0]", path, count);
}

/* Where a path leads in a scenario. */
struct value_place {
    struct cursor cursor;
    const char *object; /* that holds the field of the cursor's row */
    size_t inside[2];   /* indices within the value */
};

static const char *find_entry(const struct row *row, const char *object, const struct step *step) {
    size_t count = row_count(row, object);
    const char *elements = row_elements(row, object);
    size_t size = row->elements->size;
    if (step->name == NULL) {
        return step->index < count ? elements + step->index * size : NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const char *name = elements + i * size;
        if (strncmp(name, step->name, step->length) == 0 && name[step->length] == '\0') {
            return name;
        }
    }
    return NULL;
}

static bool find_value(const struct scenario *scenario, const char *path, struct value_place *place,
                       struct error *error) {
    *place = (struct value_place){.cursor = cursor_start(),
                                  .object = (const char *)&scenario->parameters};
    for (const char *rest = path; *rest != '\0';) {
        struct step step;
        struct text complaint = {0};
        const struct row *row = place->cursor.row;
        if (!path_step(&rest, &step)) {
            return error_add(error, ERROR_QUESTION, "%s is not the path of a parameter", path);
        }
        if (!cursor_step(&place->cursor, &step, &complaint)) {
            error_add(error, ERROR_QUESTION, "%s: %s", path, text_bytes(&complaint));
            text_free(&complaint);
            return false;
        }
        if (row != NULL && row->type == ROW_AMENDMENT) {
            const struct amendment *amendment = (const void *)(place->object + row->offset);
            place->object = (const char *)amendment->parameters;
        } else if (place->cursor.entered) {
            assert(row != NULL); /* only a list is entered */
            place->object = find_entry(row, place->object, &step);
            if (place->object == NULL) {
                return error_add(error, ERROR_QUESTION, "%s: there is no %s like this", path,
                                 row->elements->title);
            }
        } else if (place->cursor.inside > 0) {
            place->inside[place->cursor.inside - 1] = step.index;
        }
    }
    const struct row *row = place->cursor.row;
    if (row == NULL || row->type == ROW_LIST || row->type == ROW_COLLECTION ||
        row->type == ROW_AMENDMENT) {
        return error_add(error, ERROR_QUESTION, "%s%sa group of parameters; name one of them", path,
                         *path == '\0' ? "" : " is ");
    }
    return true;
}

/* An element of a list of numbers, a curve or names. */
static bool add_element(const struct value_place *place, const char *path, struct text *out,
                        struct error *error) {
    const struct row *row = place->cursor.row;
    const void *field = place->object + row->offset;
    size_t index = place->inside[0];
    const struct curve *curve = field;
    const struct names *names = field;
    size_t count = row->type == ROW_CURVE   ? curve->count
                   : row->type == ROW_NAMES ? names->count
                                            : row->size / sizeof(double);
    if (index >= count) {
        return complain_index(error, path, count);
    }
    if (row->type == ROW_NUMBERS) {
        add_plain_number(out, ((const double *)field)[index]);
    } else if (row->type == ROW_NAMES) {
        text_add(out, "%s", names->name[index]);
    } else if (place->cursor.inside == 1) {
        point_write(&curve->points[index], out);
    } else if (place->inside[1] > 1) {
        return complain_index(error, path, 2);
    } else {
        const struct point *point = &curve->points[index];
        add_plain_number(out, place->inside[1] == 0 ? point->at : point->value);
    }
    return true;
}

bool scenario_value(const struct scenario *scenario, const char *path, struct text *out,
                    struct error *error) {
    struct value_place place;
    if (!find_value(scenario, path, &place, error)) {
        return false;
    }
    const struct row *row = place.cursor.row;
    const char *field = place.object + row->offset;
    if (place.cursor.inside > 0) {
        return add_element(&place, path, out, error);
    }
    if (row->type == ROW_TEXT) {
        text_add(out, "%s", field);
    } else if (row->choices != NULL) {
        long choice = 0;
        memcpy(&choice, field, sizeof choice);
        text_add(out, "%s", row->choices[choice]);
    } else if (row->type == ROW_NUMBER) {
        double number = 0.0;
        memcpy(&number, field, sizeof number);
        add_plain_number(out, number);
    } else if (row->type == ROW_WHOLE || row->type == ROW_SEED) {
        long long whole = 0;
        memcpy(&whole, field, sizeof whole);
        text_add(out, "%lld", whole);
    } else {
        value_write(row, field, out);
    }
    return true;
}

static bool names_entry(const struct row *row, const void *field, const char *name) {
    const struct names *names = field;
    if (row->type == ROW_TEXT) {
        return strcmp(field, name) == 0;
    }
    for (size_t i = 0; row->type == ROW_NAMES && i < names->count; i++) {
        if (strcmp(names->name[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Lists are in the rows as parameters are: at most as deep as the schema. */
static bool refers(const struct schema *schema, const char *object, const char *collection,
                   const char *name) {
    for (size_t i = 0; i < schema->count; i++) {
        const struct row *row = &schema->rows[i];
        bool list = row->type == ROW_LIST || row->type == ROW_COLLECTION;
        if (row->type == ROW_AMENDMENT) {
            const struct amendment *amendment = (const void *)(object + row->offset);
            if (refers(&PARAMETERS_SCHEMA, (const char *)amendment->parameters, collection, name)) {
                return true;
            }
        }
        size_t count = list ? row_count(row, object) : 0;
        for (size_t e = 0; e < count; e++) {
            const char *element = (const char *)row_elements(row, object) + e * row->elements->size;
            if (refers(row->elements, element, collection, name)) {
                return true;
            }
        }
        if (!list && row->refers != NULL && strcmp(row->refers, collection) == 0 &&
            names_entry(row, object + row->offset, name)) {
            return true;
        }
    }
    return false;
}

bool scenario_refers(const struct scenario *scenario, const char *collection, const char *name) {
    return refers(&PARAMETERS_SCHEMA, (const char *)&scenario->parameters, collection, name);
}
