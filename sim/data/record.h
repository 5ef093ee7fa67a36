/* The row of a table that is being read: the texts of its fields, by index.
 * Ownership: the caller owns the record (zeroed is empty) and calls record_free; texts are lent
 * until the next change. */
#ifndef DATA_RECORD_H
#define DATA_RECORD_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A text in the bytes of a record. */
struct field {
    size_t from;
    size_t length; /* as in the file; of a longer one than was kept, only the beginning is there */
};

struct record {
    char *bytes; /* the texts, each ended by a 0 */
    size_t used;
    size_t capacity;
    struct field *fields;
    size_t field_capacity;
};

/* Blanks, also those that do not break, and line ends are taken off both ends of a text. */
void record_trim(const char **bytes, size_t *length);

/* Keeps a text, of which at most the first `longest` + 1 bytes. */
bool record_keep(struct record *record, size_t index, const char *bytes, size_t length,
                 size_t longest, struct error *error) __attribute__((warn_unused_result));

const char *record_text(const struct record *record, size_t index); /* of an index that is kept */

void record_free(struct record *record);

#endif
