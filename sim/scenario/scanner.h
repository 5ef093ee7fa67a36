/* The state of a first look at the raw text of a scenario, and its words: names, numbers and texts
 * without quotes. Only for scan.c.
 * Ownership: a scanner borrows the text; scan_text frees its list of names. */
#ifndef SCENARIO_SCANNER_H
#define SCENARIO_SCANNER_H

#include "base/error.h"
#include "scenario/scan.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    SCOPES_MOST = 16,
    NAMES_IN_GROUP_MOST = 5000,
    COMPLAINTS_MOST = 40 /* in one file; noise would give thousands */
};

struct scope {
    char closing;
    unsigned line;     /* of the opening bracket */
    size_t first_name; /* of the group in `names` */
};

struct written_name {
    const char *bytes;
    size_t length;
    unsigned line;
};

enum last_token {
    LAST_OPENING, /* also = and the beginning of the file */
    LAST_NAME,
    LAST_NUMBER,
    LAST_TEXT,
    LAST_VALUE, /* any other value, also a closing bracket */
    LAST_SEPARATOR
};

struct scanner {
    char *text;
    size_t length;
    size_t at;
    unsigned line;
    const struct source *source;
    struct scan *scan;
    struct error *error;
    struct scope scopes[SCOPES_MOST]; /* the first is the file */
    size_t depth;                     /* of the innermost one */
    struct written_name *names;       /* of all open groups */
    size_t name_count;
    size_t name_capacity;
    bool wants_value; /* behind = or : */
    enum last_token last;
    size_t separator; /* where the last one is */
    size_t complaints;
    bool hopeless;
};

/* Adds a sentence about a line and marks the line. */
void scanner_complain(struct scanner *scanner, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

bool scanner_is_space(char byte);
bool scanner_is_word(char byte);
bool scanner_in_list(const struct scanner *scanner);

/* Puts a harmless value in the place of one that was complained about. */
void scanner_overwrite(struct scanner *scanner, size_t from, size_t to, char first);

/* Reads a name, a number or a text without quotes. */
void scanner_word(struct scanner *scanner);

#endif
