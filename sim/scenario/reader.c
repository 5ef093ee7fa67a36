#include "scenario/reader.h"

#include "base/memory.h"
#include "scenario/parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct source DEFAULTS = {.command_line = true, .name = (char[]){"default"}};

static void add_place(const struct reader *reader, struct text *text, const struct setting *setting,
                      const char *path) {
    const char *set = "--set ";
    char whole[PATH_SIZE];
    path_join(whole, reader->within == NULL ? "" : reader->within,
              &(struct step){.name = path, .length = strlen(path)});
    setting_place(setting, text);
    const struct source *source = setting->source;
    bool is_said = source != NULL && strncmp(source->name, set, strlen(set)) == 0 &&
                   strcmp(source->name + strlen(set), whole) == 0;
    const char *shown = whole;
    if (source != NULL && source->table) { /* the name of the column */
        const char *point = strrchr(path, '.');
        shown = point == NULL ? path : point + 1;
    }
    if (!is_said && *path != '\0') {
        text_add(text, "%s: ", shown);
    }
}

/* Whether the sentence about the setting is new: what is wrong before a change and after it is said
 * once. */
static bool is_new(struct reader *reader, const struct setting *setting, const char *path,
                   const char *sentence) {
    struct text line = {0};
    setting_place(setting, &line);
    text_add(&line, "%s: %s\n", path, sentence);
    bool first =
        reader->said == NULL || strstr(text_bytes(reader->said), text_bytes(&line)) == NULL;
    if (reader->said != NULL && first) {
        text_add(reader->said, "%s", text_bytes(&line));
    }
    text_free(&line);
    return first;
}

static void complain(struct reader *reader, const struct setting *setting, const char *path,
                     const char *format, va_list arguments) __attribute__((format(printf, 4, 0)));

static void complain(struct reader *reader, const struct setting *setting, const char *path,
                     const char *format, va_list arguments) {
    reader->bad++;
    if (setting->spoiled) {
        return;
    }
    struct text place = {0};
    char sentence[1024];
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    if (!is_new(reader, setting, path, sentence)) {
        return;
    }
    add_place(reader, &place, setting, path);
    error_add(reader->error, ERROR_QUESTION, "%s%s", text_bytes(&place), sentence);
    text_free(&place);
}

void reader_complain(struct reader *reader, const struct setting *setting, const char *path,
                     const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(reader, setting, path, format, arguments);
    va_end(arguments);
}

void reader_complain_below(struct reader *reader, const struct setting *group, const char *path,
                           const char *below, const char *format, ...) {
    char full[PATH_SIZE];
    const struct setting *deepest = group;
    for (const char *rest = below; *rest != '\0';) {
        struct step step;
        const struct setting *next = path_step(&rest, &step) ? setting_step(deepest, &step) : NULL;
        if (next == NULL) {
            break;
        }
        deepest = next;
    }
    path_join(full, path, &(struct step){.name = below, .length = strlen(below)});
    va_list arguments;
    va_start(arguments, format);
    complain(reader, deepest, full, format, arguments);
    va_end(arguments);
}

void reader_note(struct reader *reader, const struct setting *setting, const char *path,
                 const char *format, ...) {
    char sentence[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (!is_new(reader, setting, path, sentence)) {
        return;
    }
    add_place(reader, reader->notes, setting, path);
    text_add(reader->notes, "%s\n", sentence);
    reader->note_count++;
}

const struct setting *reader_find(const struct setting *group, const char *path) {
    while (group != NULL && *path != '\0') {
        size_t length = strcspn(path, ".");
        group = setting_member(group, path, length);
        path += length + (path[length] == '.');
    }
    return group;
}

enum { ENTRIES_KNOWN = 256, ENTRIES_SHOWN = 12 };

void reader_suggest_entry(const struct setting *group, const char *word, struct text *text) {
    const char *names[ENTRIES_KNOWN] = {NULL};
    size_t count = 0;
    const struct setting *entry = group == NULL ? NULL : group->first;
    for (; entry != NULL && count < ENTRIES_KNOWN; entry = entry->next) {
        if (entry->name != NULL) {
            names[count++] = entry->name;
        }
    }
    int nearest = text_nearest(word, names, count);
    if (nearest >= 0) {
        text_add(text, " (did you mean %s?)", names[nearest]);
        return;
    }
    text_add(text, count == 0 ? "; there is none at all" : "; there are");
    for (size_t i = 0; i < count && i < ENTRIES_SHOWN; i++) {
        text_add(text, "%s %s", i == 0 ? "" : ",", names[i]);
    }
    text_add(text, count > ENTRIES_SHOWN ? ", ..." : "");
}

static void complain_no_group(struct reader *reader, const struct setting *setting,
                              const char *path) {
    struct text value = {0};
    setting_describe(setting, &value);
    reader_complain(reader, setting, path, "a group { ... } of settings is wanted, not %s",
                    text_bytes(&value));
    text_free(&value);
}

/* Complains about every name in `group` that no row knows. */
static void check_names(struct reader *reader, const struct schema *schema, const char *prefix,
                        const struct setting *group, const char *path) {
    bool at_top = schema == &PARAMETERS_SCHEMA && *prefix == '\0';
    for (const struct setting *child = group->first; child != NULL; child = child->next) {
        struct step step = {.name = child->name, .length = strlen(child->name)};
        char below[PATH_SIZE];
        char full[PATH_SIZE];
        bool is_group = false;
        path_join(below, prefix, &step);
        path_join(full, path, &step);
        if (schema_row(schema, below, &is_group) != NULL ||
            (at_top && strcmp(child->name, "manifest") == 0)) {
            continue;
        }
        if (!is_group) {
            struct text complaint = {0};
            schema_complain_unknown(schema, prefix, child->name, step.length, &complaint);
            reader_complain(reader, child, full, "%s", text_bytes(&complaint));
            text_free(&complaint);
        } else if (child->kind != SETTING_GROUP) {
            complain_no_group(reader, child, full);
        } else {
            check_names(reader, schema, below, child, full);
        }
    }
}

static void set_key(struct reader *reader, const struct setting *entry, const char *path,
                    void *object) {
    const char *name = entry->name == NULL ? "" : entry->name;
    size_t length = strlen(name);
    if (strcmp(name, "all") == 0) {
        reader_complain(reader, entry, path,
                        "tables use the name \"all\" for totals; choose "
                        "another one");
    } else if (strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") <
                   length ||
               length >= NAME_SIZE) {
        reader_complain(reader, entry, path,
                        "a name has at most %d letters, digits, _ and - and nothing else",
                        NAME_SIZE - 1);
    } else {
        memcpy(object, name, length + 1);
    }
}

static void read_elements(struct reader *reader, const struct row *row,
                          const struct setting *setting, const char *path, void *object) {
    bool keyed = row->type == ROW_COLLECTION;
    if (setting->kind != (keyed ? SETTING_GROUP : SETTING_LIST)) {
        struct text value = {0};
        setting_describe(setting, &value);
        reader_complain(reader, setting, path, "%s is wanted, not %s",
                        keyed ? "a group of named groups { name = { ... }; }"
                              : "a list of groups ( { ... }, { ... } )",
                        text_bytes(&value));
        text_free(&value);
        return;
    }
    double count = (double)setting->count;
    if (count < row->lowest || count > row->highest) {
        struct text allowed = {0};
        row_allowed(row, &allowed);
        reader_complain(reader, setting, path, "has %zu entries; %s are allowed", setting->count,
                        text_bytes(&allowed));
        text_free(&allowed);
        return;
    }
    size_t size = row->elements->size;
    char *elements = memory_array(setting->count, size, path, reader->error);
    if (elements == NULL) {
        reader->bad++;
        return;
    }
    row_set_elements(row, object, elements, setting->count);
    size_t index = 0;
    for (const struct setting *entry = setting->first; entry != NULL; entry = entry->next) {
        char below[PATH_SIZE];
        path_join(below, path,
                  &(struct step){.name = entry->name,
                                 .length = entry->name == NULL ? 0 : strlen(entry->name),
                                 .index = index});
        void *element = elements + index * size;
        if (keyed) {
            set_key(reader, entry, below, element);
        }
        (void)reader_read(reader, row->elements, entry, below, element);
        index++;
    }
}

static void read_setting(struct reader *reader, const struct row *row,
                         const struct setting *setting, const char *path, void *object) {
    if (row->type == ROW_LIST || row->type == ROW_COLLECTION) {
        read_elements(reader, row, setting, path, object);
    } else if (row->type == ROW_AMENDMENT) { /* read when the scenario itself is, by changes.c */
        if (setting->kind != SETTING_GROUP) {
            complain_no_group(reader, setting, path);
        }
    } else {
        value_read(reader, row, setting, path, (char *)object + row->offset);
    }
}

/* What a parameter is when nothing is written. */
static void read_fallback(struct reader *reader, const struct row *row, const char *path,
                          void *object) {
    struct setting usual = {.kind = SETTING_NUMBER, .source = &DEFAULTS};
    bool is_word = row->type == ROW_TEXT || row->choices != NULL;
    if (row->fallback_text == NULL) {
        usual.value.number = row->fallback;
        value_read(reader, row, &usual, path, (char *)object + row->offset);
    } else if (is_word) {
        char word[64];
        usual.kind = SETTING_TEXT;
        usual.value.text = word;
        (void)snprintf(word, sizeof word, "%s", row->fallback_text);
        value_read(reader, row, &usual, path, (char *)object + row->offset);
    } else {
        struct setting *parsed = parse_value(row->fallback_text, NULL, &DEFAULTS, reader->error);
        if (parsed == NULL) {
            reader->bad++;
            return;
        }
        read_setting(reader, row, parsed, path, object);
        setting_free(parsed);
    }
}

static void complain_missing(struct reader *reader, const struct row *row,
                             const struct setting *group, const char *path) {
    if (reader->tree->incomplete) {
        return;
    }
    struct text known = {0};
    if (row->refers != NULL) {
        reader_suggest_entry(reader_find(reader->tree->root, row->refers), "", &known);
    } else if (row->choices != NULL) {
        text_add(&known, "; there are ");
        row_allowed(row, &known);
    }
    const char *meaning = row->meaning;
    reader_complain(reader, group, path, "is missing: %.*s%s", (int)strlen(meaning) - 1, meaning,
                    text_bytes(&known));
    text_free(&known);
}

bool reader_read(struct reader *reader, const struct schema *schema, const struct setting *group,
                 const char *path, void *object) {
    size_t before = reader->bad;
    if (group->kind != SETTING_GROUP) {
        complain_no_group(reader, group, path);
        return false;
    }
    check_names(reader, schema, "", group, path);
    for (size_t i = 0; i < schema->count; i++) {
        const struct row *row = &schema->rows[i];
        char full[PATH_SIZE];
        path_join(full, path, &(struct step){.name = row->path, .length = strlen(row->path)});
        const struct setting *setting = reader_find(group, row->path);
        if (setting != NULL) {
            read_setting(reader, row, setting, full, object);
        } else if (row->required) {
            complain_missing(reader, row, group, full);
        } else {
            read_fallback(reader, row, full, object);
        }
    }
    if (reader->bad == before && !reader->tree->incomplete && schema->finish != NULL) {
        schema->finish(reader, object, group, path);
    }
    return reader->bad == before;
}
