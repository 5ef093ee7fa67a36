/* The effective scenario as text, and single values of it. */
#include "scenario/scenario.h"

#include "base/memory.h"

#include "scenario/schema.h"
#include "scenario/tree.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writer {
    struct text text;
    int depth;
};

static void indent(struct writer *writer) { text_add(&writer->text, "%*s", writer->depth * 2, ""); }

static void add_quoted(struct text *text, const char *bytes) {
    text_add(text, "\"");
    for (; *bytes != '\0'; bytes++) {
        switch (*bytes) {
        case '"':
        case '\\':
            text_add(text, "\\%c", *bytes);
            break;
        case '\n':
            text_add(text, "\\n");
            break;
        case '\t':
            text_add(text, "\\t");
            break;
        default:
            text_add(text, "%c", *bytes);
        }
    }
    text_add(text, "\"");
}

static void add_whole(struct text *text, long long value) {
    text_add(text, "%lld%s", value, value > INT_MAX || value < INT_MIN ? "L" : "");
}

static void add_point(struct text *text, const struct point *point) {
    text_add(text, "[");
    text_add_number(text, point->at);
    text_add(text, ", ");
    text_add_number(text, point->value);
    text_add(text, "]");
}

/* A value in the syntax of a scenario. */
static void add_value(struct text *text, const struct row *row, const void *field) {
    double number = 0.0;
    long whole = 0;
    uint64_t seed = 0;
    const double *numbers = field;
    const struct curve *curve = field;
    const struct names *names = field;
    switch (row->type) {
    case ROW_NUMBER:
        memcpy(&number, field, sizeof number);
        text_add_number(text, number);
        break;
    case ROW_WHOLE:
        memcpy(&whole, field, sizeof whole);
        if (row->choices != NULL) {
            add_quoted(text, row->choices[whole]);
        } else {
            add_whole(text, whole);
        }
        break;
    case ROW_SEED:
        memcpy(&seed, field, sizeof seed);
        add_whole(text, (long long)seed);
        break;
    case ROW_TEXT:
        add_quoted(text, field);
        break;
    case ROW_NUMBERS:
        for (size_t i = 0; i < row->size / sizeof *numbers; i++) {
            text_add(text, i == 0 ? "[" : ", ");
            text_add_number(text, numbers[i]);
        }
        text_add(text, "]");
        break;
    case ROW_CURVE:
        text_add(text, "(");
        for (size_t i = 0; i < curve->count; i++) {
            text_add(text, i == 0 ? "" : ", ");
            add_point(text, &curve->points[i]);
        }
        text_add(text, ")");
        break;
    case ROW_NAMES:
        text_add(text, "[");
        for (size_t i = 0; i < names->count; i++) {
            text_add(text, i == 0 ? "" : ", ");
            add_quoted(text, names->name[i]);
        }
        text_add(text, "]");
        break;
    case ROW_LIST:
    case ROW_COLLECTION:
        break;
    }
}

static void write_object(struct writer *writer, const struct schema *schema, const void *object);

static void write_elements(struct writer *writer, const struct row *row, const char *name,
                           const void *object) {
    bool keyed = row->type == ROW_COLLECTION;
    size_t count = row_count(row, object);
    const char *elements = row_elements(row, object);
    indent(writer);
    if (count == 0) {
        text_add(&writer->text, "%s = %s;\n", name, keyed ? "{ }" : "()");
        return;
    }
    text_add(&writer->text, "%s = %s\n", name, keyed ? "{" : "(");
    writer->depth++;
    for (size_t i = 0; i < count; i++) {
        const char *element = elements + i * row->elements->size;
        indent(writer);
        if (keyed) { /* the struct begins with its name */
            text_add(&writer->text, "%s = ", element);
        }
        text_add(&writer->text, "{\n");
        writer->depth++;
        write_object(writer, row->elements, element);
        writer->depth--;
        indent(writer);
        text_add(&writer->text, keyed ? "};\n" : i + 1 < count ? "},\n" : "}\n");
    }
    writer->depth--;
    indent(writer);
    text_add(&writer->text, keyed ? "};\n" : ");\n");
}

/* Length of the groups in front of the last name of a path, with the point. */
static size_t groups_length(const char *path) {
    const char *point = strrchr(path, '.');
    return point == NULL ? 0 : (size_t)(point + 1 - path);
}

/* Closes and opens groups on the way from one path to the next. */
static void change_groups(struct writer *writer, const char *from, const char *to) {
    size_t from_length = groups_length(from);
    size_t to_length = groups_length(to);
    size_t shared = 0;
    for (size_t i = 0; i < from_length && i < to_length && from[i] == to[i]; i++) {
        shared = from[i] == '.' ? i + 1 : shared;
    }
    for (size_t i = from_length; i > shared; i--) {
        if (from[i - 1] == '.') {
            writer->depth--;
            indent(writer);
            text_add(&writer->text, "};\n");
        }
    }
    for (size_t i = shared; i < to_length;) {
        size_t length = strcspn(to + i, ".");
        indent(writer);
        text_add(&writer->text, "%.*s = {\n", (int)length, to + i);
        writer->depth++;
        i += length + 1;
    }
}

static void write_object(struct writer *writer, const struct schema *schema, const void *object) {
    const char *before = "";
    for (size_t i = 0; i < schema->count; i++) {
        const struct row *row = &schema->rows[i];
        const char *name = row->path + groups_length(row->path);
        change_groups(writer, before, row->path);
        before = row->path;
        if (row->type == ROW_LIST || row->type == ROW_COLLECTION) {
            write_elements(writer, row, name, object);
            continue;
        }
        indent(writer);
        text_add(&writer->text, "%s = ", name);
        if (row->once) {
            text_add(&writer->text, "\"\";\n");
            continue;
        }
        add_value(&writer->text, row, (const char *)object + row->offset);
        text_add(&writer->text, ";\n");
    }
    change_groups(writer, before, "");
}

static void write_comment(struct writer *writer, const char *comment) {
    while (comment != NULL && *comment != '\0') {
        size_t length = strcspn(comment, "\n");
        text_add(&writer->text, "#%s%.*s\n", length == 0 ? "" : " ", (int)length, comment);
        comment += length + (comment[length] == '\n');
    }
}

bool scenario_write(const struct scenario *scenario, const char *header_comment, FILE *file,
                    struct error *error) {
    struct writer writer = {0};
    write_comment(&writer, header_comment);
    write_object(&writer, &PARAMETERS_SCHEMA, &scenario->parameters);
    bool good = true;
    if (writer.text.failed) {
        good = error_add(error, ERROR_FAILURE, "not enough memory to write the scenario");
    } else if (fwrite(writer.text.bytes, 1, writer.text.length, file) != writer.text.length) {
        good = error_add(error, ERROR_FAILURE, "the scenario could not be written");
    }
    text_free(&writer.text);
    return good;
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

bool scenario_write_used(const struct scenario *scenario, const char *header_comment, FILE *file,
                         struct error *error) {
    const struct parameters *parameters = &scenario->parameters;
    struct scenario used = *scenario;
    used.parameters.plan_count = 0;
    used.parameters.plans =
        memory_array(parameters->plan_count, sizeof *parameters->plans, "pay plans", error);
    for (size_t p = 0; used.parameters.plans != NULL && p < parameters->plan_count; p++) {
        if (scenario_refers(scenario, "plans", parameters->plans[p].name)) {
            used.parameters.plans[used.parameters.plan_count++] = parameters->plans[p];
        }
    }
    bool good = used.parameters.plans != NULL && scenario_write(&used, header_comment, file, error);
    free(used.parameters.plans); /* what they own is the scenario's */
    return good;
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo), of the lists as they are written. */
const char *scenario_start_identity(const struct scenario *scenario,
                                    char identity[SCENARIO_IDENTITY_SIZE]) {
    const struct opening *start = &scenario->parameters.start;
    struct writer writer = {0};
    uint64_t sum = UINT64_C(14695981039346656037);
    identity[0] = '\0';
    for (size_t p = 0; p < start->staff_count; p++) {
        write_object(&writer, &OPENING_PERSON_SCHEMA, &start->staff[p]);
    }
    for (size_t a = 0; a < start->book_count; a++) {
        write_object(&writer, &OPENING_ACCOUNT_SCHEMA, &start->book[a]);
    }
    for (size_t i = 0; i < writer.text.length; i++) {
        sum = (sum ^ (unsigned char)writer.text.bytes[i]) * UINT64_C(1099511628211);
    }
    if (writer.text.length > 0) {
        (void)snprintf(identity, SCENARIO_IDENTITY_SIZE, "%016" PRIx64, sum);
    }
    text_free(&writer.text);
    return identity;
}

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
        if (place->cursor.entered) {
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
    if (row == NULL || row->type == ROW_LIST || row->type == ROW_COLLECTION) {
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
        add_point(out, &curve->points[index]);
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
        add_value(out, row, field);
    }
    return true;
}
