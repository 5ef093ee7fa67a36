/* --set path=value: one value laid over the tree. */
#include "scenario/layers.h"
#include "scenario/parse.h"
#include "scenario/reader.h"
#include "scenario/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct assignment {
    struct tree *tree;
    const struct source *source;
    const char *value;
    struct cursor cursor;
    struct setting *parent; /* of the last step */
    struct step step;       /* the last one */
    const char *amended;    /* what of the path is inside a change; NULL: nothing */
    size_t change;          /* which one */
    struct error *error;
};

static void complain(const struct assignment *assignment, const char *sentence) {
    error_add(assignment->error, ERROR_QUESTION, "%s: %s", assignment->source->name, sentence);
}

static bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

/* A text, choice or name may be written without quotes: a shell takes them away anyway. A word in
 * the place of a number is taken as a text too, so that the complaint asks for a number. */
static bool takes_bare_words(const struct assignment *assignment) {
    const struct row *row = assignment->cursor.row;
    char first = *assignment->value;
    if (row == NULL || assignment->cursor.entered || first == '"') {
        return false;
    }
    bool is_list = first == '(' || first == '[';
    bool is_word = strcmp(assignment->value, "true") != 0 &&
                   strcmp(assignment->value, "false") != 0 && is_letter(first);
    switch (row->type) {
    case ROW_TEXT:
        return assignment->cursor.inside == 0;
    case ROW_WHOLE:
        return row->choices != NULL || is_word;
    case ROW_NAMES:
        return !is_list;
    default:
        return is_word;
    }
}

static struct setting *read_assigned(const struct assignment *assignment) {
    const char *name = assignment->step.name == NULL
                           ? NULL
                           : strndup(assignment->step.name, assignment->step.length);
    struct setting *setting = NULL;
    if (takes_bare_words(assignment)) {
        setting = setting_create(SETTING_TEXT, name, assignment->step.length, assignment->source, 0,
                                 assignment->error);
        if (setting != NULL && !setting_set_text(setting, assignment->value, assignment->error)) {
            setting_free(setting);
            setting = NULL;
        }
    } else if (*assignment->value == '\0') {
        complain(assignment, "there is no value behind the =");
    } else {
        setting = parse_value(assignment->value, name, assignment->source, assignment->error);
    }
    char *copy = NULL;
    memcpy(&copy, &name, sizeof copy);
    free(copy);
    return setting;
}

/* The value of a parameter that nothing was written for, so that one element of it can be set. */
static struct setting *written_default(const struct assignment *assignment,
                                       const struct step *step) {
    const struct row *row = assignment->cursor.row;
    char name[NAME_SIZE];
    (void)snprintf(name, sizeof name, "%.*s", (int)step->length, step->name);
    if (row == NULL) {
        return setting_create(SETTING_GROUP, name, strlen(name), assignment->source, 0,
                              assignment->error);
    }
    bool is_list = row->type == ROW_LIST || row->type == ROW_NUMBERS || row->type == ROW_CURVE ||
                   row->type == ROW_NAMES;
    return is_list && row->fallback_text != NULL
               ? parse_value(row->fallback_text, name, assignment->source, assignment->error)
               : NULL;
}

static void complain_absent(const struct assignment *assignment, const struct setting *parent,
                            const struct step *step) {
    struct text sentence = {0};
    if (step->name == NULL) {
        text_add(&sentence, "there is no [%zu]; there are %zu, counted from [0]", step->index,
                 parent->count);
    } else {
        char word[NAME_SIZE];
        (void)snprintf(word, sizeof word, "%.*s",
                       step->length < NAME_SIZE ? (int)step->length : NAME_SIZE - 1, step->name);
        text_add(&sentence, "there is no %s%s%s", word, parent->name == NULL ? "" : " in ",
                 parent->name == NULL ? "" : parent->name);
        reader_suggest_entry(parent, word, &sentence);
    }
    if (!assignment->tree->incomplete) {
        complain(assignment, text_bytes(&sentence));
    }
    text_free(&sentence);
}

/* The setting of a path below `root`, or NULL. */
static const struct setting *find_path(const struct setting *root, const char *path,
                                       size_t length) {
    const char *rest = path;
    while (root != NULL && (size_t)(rest - path) < length) {
        struct step step;
        root = path_step(&rest, &step) ? setting_step(root, &step) : NULL;
    }
    return root;
}

/* What a change finds where it writes nothing itself: the value of the change before it that does,
 * or of the scenario. Only lists: an element of theirs can be set. */
static const struct setting *found_list(const struct assignment *assignment, size_t length) {
    const struct setting *root = assignment->tree->root;
    const struct setting *changes = setting_member(root, "changes", strlen("changes"));
    const struct setting *found = find_path(root, assignment->amended, length);
    for (size_t k = 0; k < assignment->change; k++) {
        const struct setting *set =
            setting_member(setting_element(changes, k), "set", strlen("set"));
        const struct setting *later =
            set == NULL ? NULL : find_path(set, assignment->amended, length);
        found = later == NULL ? found : later;
    }
    return found != NULL && found->kind == SETTING_LIST ? found : NULL;
}

/* In a change: a group that leads to what is set, or a list that the change takes over. `length`:
 * of the path inside the change up to here. */
static struct setting *amend(const struct assignment *assignment, const struct step *step,
                             size_t length) {
    const struct row *row = assignment->cursor.row;
    const struct setting *list = found_list(assignment, length);
    if (list != NULL) {
        return setting_copy(list, assignment->error);
    }
    bool is_group = row == NULL || row->type == ROW_COLLECTION;
    return is_group ? setting_create(SETTING_GROUP, step->name, step->length, assignment->source, 0,
                                     assignment->error)
                    : NULL;
}

/* One step down, creating the groups and lists that the schema knows. */
static struct setting *descend(const struct assignment *assignment, struct setting *parent,
                               const struct step *step, const char *rest) {
    struct setting *child = setting_step(parent, step);
    if (child != NULL) {
        return child;
    }
    if (assignment->amended != NULL && rest > assignment->amended && step->name != NULL &&
        parent->kind == SETTING_GROUP) {
        child = amend(assignment, step, (size_t)(rest - assignment->amended));
    } else if (step->name != NULL && !assignment->cursor.entered && parent->kind == SETTING_GROUP) {
        child = written_default(assignment, step);
    }
    if (child == NULL) {
        complain_absent(assignment, parent, step);
    } else {
        setting_append(parent, child);
    }
    return child;
}

/* Walks to the parent of the last step. */
static bool walk(struct assignment *assignment, const char *path) {
    struct setting *node = assignment->tree->root;
    assignment->cursor = cursor_start();
    while (*path != '\0') {
        struct text complaint = {0};
        if (!path_step(&path, &assignment->step)) {
            complain(assignment,
                     "a path is written roles.sales.plan or plans.a.components.[0].rate");
            return false;
        }
        if (assignment->amended == NULL && assignment->step.name == NULL) {
            assignment->change = assignment->step.index;
        }
        bool known = cursor_step(&assignment->cursor, &assignment->step, &complaint);
        if (known && assignment->amended == NULL && assignment->cursor.row != NULL &&
            assignment->cursor.row->type == ROW_AMENDMENT) {
            assignment->amended = path;
        }
        if (!known) {
            complain(assignment, text_bytes(&complaint));
        }
        text_free(&complaint);
        assignment->parent = node;
        node = !known          ? NULL
               : *path == '\0' ? node
                               : descend(assignment, node, &assignment->step, path);
        if (node == NULL) {
            return false;
        }
    }
    return true;
}

static void lay_over(struct assignment *assignment) {
    const struct step *step = &assignment->step;
    struct setting *parent = assignment->parent;
    struct setting *old = setting_step(parent, step);
    bool is_group = *assignment->value == '{';
    bool may_create = step->name != NULL && parent->kind == SETTING_GROUP &&
                      (!assignment->cursor.entered || is_group);
    if (old == NULL && !may_create) {
        complain_absent(assignment, parent, step);
        return;
    }
    struct setting *setting = read_assigned(assignment);
    if (setting == NULL) {
        return;
    }
    if (strchr(assignment->cursor.prefix, '.') != NULL && assignment->cursor.inside == 0) {
        parent->source = assignment->source; /* what the group is together is now its doing */
        parent->line = 0;
    }
    if (old == NULL) {
        setting_append(parent, setting);
    } else if (old->kind == SETTING_GROUP && setting->kind == SETTING_GROUP) {
        setting_merge(old, setting);
    } else {
        setting_replace(parent, old, setting);
    }
}

void layers_set(struct tree *tree, const char *assignment, struct error *error) {
    const char *equals = strchr(assignment, '=');
    size_t length = equals == NULL ? 0 : (size_t)(equals - assignment);
    while (length > 0 && assignment[length - 1] == ' ') {
        length--;
    }
    char path[PATH_SIZE];
    char name[PATH_SIZE + 8];
    bool is_plain = true;
    for (size_t i = 0; i < length; i++) {
        is_plain = is_plain && (unsigned char)assignment[i] > 0x20;
    }
    if (length == 0 || length >= sizeof path || !is_plain) {
        error_add(error, ERROR_QUESTION,
                  "--set %.60s: a path and a value are wanted, such as --set "
                  "simulation.years=3",
                  assignment);
        return;
    }
    (void)snprintf(path, sizeof path, "%.*s", (int)length, assignment);
    (void)snprintf(name, sizeof name, "--set %s", path);
    struct assignment set = {.tree = tree,
                             .parent = tree->root,
                             .value = equals + 1 + strspn(equals + 1, " "),
                             .source = tree_source(tree, name, true, error),
                             .error = error};
    if (set.source != NULL && walk(&set, path)) {
        lay_over(&set);
    }
}
