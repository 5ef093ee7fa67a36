#include "scenario/tree.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct source *tree_source(struct tree *tree, const char *name, bool command_line,
                           struct error *error) {
    struct source *source = calloc(1, sizeof *source);
    char *copy = strdup(name);
    if (source == NULL || copy == NULL) {
        free(source);
        free(copy);
        error_add(error, ERROR_FAILURE, "not enough memory for the name of %s", name);
        return NULL;
    }
    *source = (struct source){.next = tree->sources, .command_line = command_line, .name = copy};
    tree->sources = source;
    return source;
}

void tree_free(struct tree *tree) {
    setting_free(tree->root);
    while (tree->sources != NULL) {
        struct source *source = tree->sources;
        tree->sources = source->next;
        free(source->name);
        free(source);
    }
    *tree = (struct tree){0};
}

struct setting *setting_create(enum setting_kind kind, const char *name, size_t length,
                               const struct source *source, unsigned line, struct error *error) {
    struct setting *setting = calloc(1, sizeof *setting);
    char *copy = setting == NULL || name == NULL ? NULL : strndup(name, length);
    if (setting == NULL || (name != NULL && copy == NULL)) {
        free(setting);
        error_add(error, ERROR_FAILURE, "not enough memory for the settings");
        return NULL;
    }
    *setting = (struct setting){.kind = kind, .name = copy, .source = source, .line = line};
    return setting;
}

bool setting_set_text(struct setting *setting, const char *text, struct error *error) {
    setting->value.text = strdup(text);
    return setting->value.text != NULL ||
           error_add(error, ERROR_FAILURE, "not enough memory for the settings");
}

void setting_append(struct setting *parent, struct setting *child) {
    child->next = NULL;
    if (parent->last == NULL) {
        parent->first = child;
    } else {
        parent->last->next = child;
    }
    parent->last = child;
    parent->count++;
}

void setting_free(struct setting *setting) {
    if (setting == NULL) {
        return;
    }
    for (struct setting *child = setting->first; child != NULL;) {
        struct setting *next = child->next;
        setting_free(child);
        child = next;
    }
    if (setting->kind == SETTING_TEXT) {
        free(setting->value.text);
    }
    free(setting->name);
    free(setting);
}

struct setting *setting_copy(const struct setting *setting, struct error *error) {
    size_t length = setting->name == NULL ? 0 : strlen(setting->name);
    struct setting *copy =
        setting_create(setting->kind, setting->name, length, setting->source, setting->line, error);
    if (copy == NULL) {
        return NULL;
    }
    copy->spoiled = setting->spoiled;
    if (setting->kind == SETTING_TEXT) {
        if (!setting_set_text(copy, setting->value.text, error)) {
            setting_free(copy);
            return NULL;
        }
    } else {
        copy->value = setting->value;
    }
    for (const struct setting *child = setting->first; child != NULL; child = child->next) {
        struct setting *below = setting_copy(child, error);
        if (below == NULL) {
            setting_free(copy);
            return NULL;
        }
        setting_append(copy, below);
    }
    return copy;
}

struct setting *setting_member(const struct setting *group, const char *name, size_t length) {
    if (group->kind != SETTING_GROUP) {
        return NULL;
    }
    struct setting *child = group->first;
    while (child != NULL &&
           (strncmp(child->name, name, length) != 0 || child->name[length] != '\0')) {
        child = child->next;
    }
    return child;
}

struct setting *setting_element(const struct setting *list, size_t index) {
    if (list->kind != SETTING_LIST || index >= list->count) {
        return NULL;
    }
    struct setting *child = list->first;
    for (size_t i = 0; i < index; i++) {
        child = child->next;
    }
    return child;
}

struct setting *setting_step(const struct setting *parent, const struct step *step) {
    return step->name == NULL ? setting_element(parent, step->index)
                              : setting_member(parent, step->name, step->length);
}

static struct setting **link_to(struct setting *parent, const struct setting *child) {
    struct setting **link = &parent->first;
    while (*link != child) {
        link = &(*link)->next;
    }
    return link;
}

static void find_last(struct setting *parent) {
    parent->last = parent->first;
    while (parent->last != NULL && parent->last->next != NULL) {
        parent->last = parent->last->next;
    }
}

void setting_detach(struct setting *parent, struct setting *child) {
    *link_to(parent, child) = child->next;
    child->next = NULL;
    parent->count--;
    find_last(parent);
}

void setting_replace(struct setting *parent, struct setting *old, struct setting *child) {
    child->next = old->next;
    *link_to(parent, old) = child;
    find_last(parent);
    setting_free(old);
}

void setting_merge(struct setting *base, struct setting *over) {
    base->source = over->source; /* what is still wrong is wrong in the last layer */
    base->line = over->line;
    base->spoiled = base->spoiled || over->spoiled;
    for (struct setting *child = over->first; child != NULL;) {
        struct setting *next = child->next;
        struct setting *old = setting_member(base, child->name, strlen(child->name));
        if (old == NULL) {
            setting_append(base, child);
        } else if (old->kind == SETTING_GROUP && child->kind == SETTING_GROUP) {
            setting_merge(old, child);
        } else {
            setting_replace(base, old, child);
        }
        child = next;
    }
    over->first = NULL;
    setting_free(over);
}

bool path_step(const char **path, struct step *step) {
    const char *at = *path;
    *step = (struct step){0};
    if (*at == '[') {
        const char *digit = at + 1;
        for (; *digit >= '0' && *digit <= '9' && digit - at <= 6; digit++) {
            step->index = step->index * 10 + (size_t)(*digit - '0');
        }
        if (digit == at + 1 || *digit != ']') {
            return false;
        }
        at = digit + 1;
    } else {
        step->name = at;
        step->length = strcspn(at, ".[]");
        at += step->length;
        if (step->length == 0) {
            return false;
        }
    }
    if (*at == '.') {
        at++;
        if (*at == '\0') {
            return false;
        }
    } else if (*at != '\0' && *at != '[') {
        return false;
    }
    *path = at;
    return true;
}

void setting_place(const struct setting *setting, struct text *text) {
    const struct source *source = setting->source;
    if (source == NULL) {
        return;
    }
    if (source->command_line || setting->line == 0) {
        text_add(text, "%s: ", source->name);
    } else {
        text_add(text, "%s:%u: ", source->name, setting->line);
    }
}

enum { DESCRIBED_LONGEST = 40 };

static void describe_text(const char *bytes, struct text *text) {
    size_t length = strlen(bytes);
    size_t shown = length <= DESCRIBED_LONGEST ? length : DESCRIBED_LONGEST;
    while (shown > 0 && shown < length && ((unsigned char)bytes[shown] & 0xC0) == 0x80) {
        shown--; /* not through the middle of a character */
    }
    text_add(text, "\"");
    for (size_t i = 0; i < shown; i++) {
        text_add(text, "%c", (unsigned char)bytes[i] < 0x20 || bytes[i] == 0x7F ? '?' : bytes[i]);
    }
    text_add(text, "%s\"", shown < length ? "..." : "");
}

void setting_describe(const struct setting *setting, struct text *text) {
    char buffer[32];
    switch (setting->kind) {
    case SETTING_GROUP:
        text_add(text, "a group { }");
        break;
    case SETTING_LIST:
        text_add(text, "a list of %zu", setting->count);
        break;
    case SETTING_NUMBER:
        text_add(text, "%s", text_number(buffer, setting->value.number, false));
        break;
    case SETTING_WHOLE:
        text_add(text, "%lld", setting->value.whole);
        break;
    case SETTING_TEXT:
        describe_text(setting->value.text, text);
        break;
    case SETTING_BOOLEAN:
        text_add(text, "%s", setting->value.whole != 0 ? "true" : "false");
        break;
    }
}

void path_join(char path[PATH_SIZE], const char *parent, const struct step *step) {
    enum { PARENT_MOST = 470, NAME_MOST = 400, INDEX_ROOM = 40 };
    size_t length = strnlen(parent, PARENT_MOST);
    memmove(path, parent, length); /* `parent` may be `path` */
    path[length] = '\0';
    if (step->name == NULL) {
        (void)snprintf(path + length, PATH_SIZE - length, "%s[%zu]", length > 0 ? "." : "",
                       step->index);
        return;
    }
    size_t room = PATH_SIZE - INDEX_ROOM - length;
    size_t most = room < NAME_MOST ? room : NAME_MOST;
    if (length > 0) {
        path[length++] = '.';
    }
    size_t name = strnlen(step->name, step->length < most ? step->length : most);
    memcpy(path + length, step->name, name);
    path[length + name] = '\0';
}
