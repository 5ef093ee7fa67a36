/* Reads a tree of settings into structs, row by row, and collects every complaint on the way.
 * Ownership: the reader borrows the tree; what it fills is freed by schema_free. */
#ifndef SCENARIO_READER_H
#define SCENARIO_READER_H

#include "base/error.h"
#include "base/text.h"
#include "scenario/schema.h"
#include "scenario/tree.h"

#include <stdbool.h>
#include <stddef.h>

struct reader {
    const struct tree *tree;
    struct error *error;
    struct text *notes; /* sentences about values outside of their plausible range */
    size_t note_count;
    size_t bad;         /* values that were complained about, here or when the text was scanned */
    const char *within; /* path of the change that is read, in front of every path; NULL: none */
    struct text *said;  /* with it: sentences that are not said again */
};

/* Fills the zeroed `object` from `group`; false when something was complained about. */
bool reader_read(struct reader *reader, const struct schema *schema, const struct setting *group,
                 const char *path, void *object);

/* Fills one field of any type but list and collection. `path` is that of the value. */
void value_read(struct reader *reader, const struct row *row, const struct setting *setting,
                const char *path, void *field);

/* The text of one value in the syntax of a scenario. */
void value_write(const struct row *row, const void *field, struct text *text);
void point_write(const struct point *point, struct text *text);

/* One complaint: place, path and the sentence, unless the place is spoiled already. */
void reader_complain(struct reader *reader, const struct setting *setting, const char *path,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The same about `below` in `group`, or what there is of it. */
void reader_complain_below(struct reader *reader, const struct setting *group, const char *path,
                           const char *below, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

void reader_note(struct reader *reader, const struct setting *setting, const char *path,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The setting with a dotted path of names below `group`, or NULL; `group` may be NULL. */
const struct setting *reader_find(const struct setting *group, const char *path);

/* " (did you mean NAME?)" or "; there are A, B, C" from the entries of a group. */
void reader_suggest_entry(const struct setting *group, const char *word, struct text *text);

#endif
