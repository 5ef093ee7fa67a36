/* The effective scenario as text. */
#include "scenario/scenario.h"

#include "base/memory.h"
#include "scenario/reader.h"
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

void point_write(const struct point *point, struct text *text) {
    text_add(text, "[");
    text_add_number(text, point->at);
    text_add(text, ", ");
    text_add_number(text, point->value);
    text_add(text, "]");
}

/* A value in the syntax of a scenario. */
void value_write(const struct row *row, const void *field, struct text *text) {
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
            point_write(&curve->points[i], text);
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
    case ROW_AMENDMENT:
        break;
    }
}

static void add_scalar(struct text *text, const struct setting *setting) {
    switch (setting->kind) {
    case SETTING_NUMBER:
        text_add_number(text, setting->value.number);
        break;
    case SETTING_WHOLE:
        add_whole(text, setting->value.whole);
        break;
    case SETTING_TEXT:
        add_quoted(text, setting->value.text);
        break;
    case SETTING_BOOLEAN:
        text_add(text, "%s", setting->value.whole != 0 ? "true" : "false");
        break;
    case SETTING_GROUP:
    case SETTING_LIST:
        break;
    }
}

/* Lists of groups take lines, all others stand in one. */
static bool holds_groups(const struct setting *setting) {
    bool groups = setting->kind == SETTING_GROUP;
    for (const struct setting *child = setting->first; child != NULL; child = child->next) {
        groups = groups || holds_groups(child);
    }
    return groups;
}

static void add_in_line(struct text *text, const struct setting *setting) {
    if (setting->kind != SETTING_LIST) {
        add_scalar(text, setting);
        return;
    }
    text_add(text, "(");
    for (const struct setting *child = setting->first; child != NULL; child = child->next) {
        text_add(text, child == setting->first ? "" : ", ");
        add_in_line(text, child);
    }
    text_add(text, ")");
}

static void write_setting(struct writer *writer, const struct setting *setting) {
    bool named = setting->name != NULL;
    indent(writer);
    text_add(&writer->text, "%s%s", named ? setting->name : "", named ? " = " : "");
    if (holds_groups(setting)) {
        bool group = setting->kind == SETTING_GROUP;
        text_add(&writer->text, group ? "{\n" : "(\n");
        writer->depth++;
        for (const struct setting *child = setting->first; child != NULL; child = child->next) {
            write_setting(writer, child);
        }
        writer->depth--;
        indent(writer);
        text_add(&writer->text, group ? "}" : ")");
    } else {
        add_in_line(&writer->text, setting);
    }
    text_add(&writer->text, named ? ";\n" : setting->next == NULL ? "\n" : ",\n");
}

void setting_write(const struct setting *group, struct text *text) {
    struct writer writer = {.text = *text};
    for (const struct setting *child = group->first; child != NULL; child = child->next) {
        write_setting(&writer, child);
    }
    *text = writer.text;
}

/* The lines of a change, one step further in. */
static void write_amendment(struct writer *writer, const char *name,
                            const struct amendment *amendment) {
    indent(writer);
    text_add(&writer->text, "%s = {\n", name);
    writer->depth++;
    for (const char *line = amendment->written; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        indent(writer);
        text_add(&writer->text, "%.*s\n", (int)length, line);
        line += length + (line[length] == '\n');
    }
    writer->depth--;
    indent(writer);
    text_add(&writer->text, "};\n");
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
        if (row->type == ROW_AMENDMENT) {
            write_amendment(
                writer, name,
                (const struct amendment *)(const void *)((const char *)object + row->offset));
            continue;
        }
        indent(writer);
        text_add(&writer->text, "%s = ", name);
        if (row->once) {
            text_add(&writer->text, "\"\";\n");
            continue;
        }
        value_write(row, (const char *)object + row->offset, &writer->text);
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

/* Whether somebody is paid by the plan, or was until today, or a change has it: what a change sets
 * is laid over it. */
static bool is_used(const struct scenario *scenario, const char *plan) {
    const struct parameters *parameters = &scenario->parameters;
    const struct opening *start = &parameters->start;
    bool used = scenario_refers(scenario, "plans", plan);
    for (size_t p = 0; !used && p < start->staff_count; p++) {
        used = strcmp(start->staff[p].plan, plan) == 0;
    }
    for (size_t k = 0; k < parameters->change_count; k++) {
        used |= strstr(parameters->changes[k].set.written, plan) != NULL;
    }
    return used;
}

bool scenario_write_used(const struct scenario *scenario, const char *header_comment, FILE *file,
                         struct error *error) {
    const struct parameters *parameters = &scenario->parameters;
    struct scenario used = *scenario;
    used.parameters.plan_count = 0;
    used.parameters.plans =
        memory_array(parameters->plan_count, sizeof *parameters->plans, "pay plans", error);
    for (size_t p = 0; used.parameters.plans != NULL && p < parameters->plan_count; p++) {
        if (is_used(scenario, parameters->plans[p].name)) {
            used.parameters.plans[used.parameters.plan_count++] = parameters->plans[p];
        }
    }
    bool good = used.parameters.plans != NULL && scenario_write(&used, header_comment, file, error);
    free(used.parameters.plans); /* what they own is the scenario's */
    return good;
}

void scenario_drop_unused(struct scenario *scenario) {
    struct parameters *parameters = &scenario->parameters;
    size_t kept = 0;
    if (parameters->change_count > 0) {
        return;
    }
    for (size_t p = 0; p < parameters->plan_count; p++) {
        if (is_used(scenario, parameters->plans[p].name)) {
            struct plan plan = parameters->plans[p];
            parameters->plans[p] = (struct plan){0};
            parameters->plans[kept++] = plan;
        } else {
            schema_free(&PLAN_SCHEMA, &parameters->plans[p]);
        }
    }
    parameters->plan_count = kept;
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
