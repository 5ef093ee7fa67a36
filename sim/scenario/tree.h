/* Settings as they were written: a tree of named values, each knowing the file and line it came
 * from, so that layers can be merged and every complaint can name its place.
 * Ownership: a setting owns its children and its texts; a struct tree owns its settings and the
 * names of its sources, tree_free frees both. */
#ifndef SCENARIO_TREE_H
#define SCENARIO_TREE_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum { PATH_SIZE = 512 }; /* bytes of a dotted path in a message, with the 0 */

enum setting_kind {
    SETTING_GROUP,
    SETTING_LIST, /* a list ( ) or an array [ ]: there is no difference here */
    SETTING_NUMBER,
    SETTING_WHOLE,
    SETTING_TEXT,
    SETTING_BOOLEAN
};

/* Where settings come from: a file, or one --set. */
struct source {
    struct source *next;
    bool command_line; /* has no lines */
    bool table;        /* its settings are cells of rows, and their names columns */
    char *name;        /* the path of the file, or "--set PATH" */
};

struct setting {
    enum setting_kind kind;
    bool spoiled; /* there was a complaint about its line already: say nothing more about it */
    bool yields;  /* gives way to the number of rows of a table (opening_tables.h) */
    unsigned line;
    const struct source *source;
    char *name; /* NULL in a list */
    union {
        double number;
        long long whole; /* also of a boolean */
        char *text;
    } value;
    struct setting *first; /* of the children of a group or list */
    struct setting *last;
    struct setting *next;
    size_t count; /* of children */
};

struct tree {
    struct setting *root;
    struct source *sources;
    bool incomplete; /* a layer could not be read, so nothing may be called missing */
};

/* One step of a path such as plans.kam.components.[1].target. */
struct step {
    const char *name; /* NULL: an index */
    size_t length;
    size_t index;
};

struct source *tree_source(struct tree *tree, const char *name, bool command_line,
                           struct error *error);
void tree_free(struct tree *tree);

/* A setting without children; `name` may be NULL. NULL when there is no memory. */
struct setting *setting_create(enum setting_kind kind, const char *name, size_t length,
                               const struct source *source, unsigned line, struct error *error);
bool setting_set_text(struct setting *setting, const char *text, struct error *error)
    __attribute__((warn_unused_result));
void setting_append(struct setting *parent, struct setting *child);

/* The same again, with everything below it; NULL when there is no memory. */
struct setting *setting_copy(const struct setting *setting, struct error *error);

void setting_free(struct setting *setting);

/* The child with this name, or at this index; NULL when there is none. */
struct setting *setting_member(const struct setting *group, const char *name, size_t length);
struct setting *setting_element(const struct setting *list, size_t index);
struct setting *setting_step(const struct setting *parent, const struct step *step);

/* Puts the children of `over` over those of `base`: groups merge, everything else replaces and
 * keeps its place in the order. Takes `over` and frees what is left of it. */
void setting_merge(struct setting *base, struct setting *over);

/* Takes `child` out of its parent; the caller owns it. */
void setting_detach(struct setting *parent, struct setting *child);

/* Puts `child` in the place of `old`, which is freed. */
void setting_replace(struct setting *parent, struct setting *old, struct setting *child);

/* Reads the next step of a path and moves `*path` behind it. False at a malformed step; an empty
 * rest is for the caller to notice. */
bool path_step(const char **path, struct step *step);

/* "file:line: " or "--set path: ". */
void setting_place(const struct setting *setting, struct text *text);

/* The value as a person would write it, shortened, for messages. */
void setting_describe(const struct setting *setting, struct text *text);

/* The settings of a group in the syntax of a scenario, a line each (in write.c). */
void setting_write(const struct setting *group, struct text *text);

/* Like snprintf of "%s.%.*s" or "%s.[%zu]"; an empty parent gives no point. */
void path_join(char path[PATH_SIZE], const char *parent, const struct step *step);

#endif
