/* What a parameter is: one row declares its place in a struct, its path, unit, value when nothing
 * is written, allowed and plausible range, meaning and source. Reading, checking, --set, the
 * manifest and the reference all follow the rows.
 * Ownership: constant tables. Objects that were filled by rows are emptied by schema_free. */
#ifndef SCENARIO_SCHEMA_H
#define SCENARIO_SCHEMA_H

#include "base/text.h"
#include "model/parameters.h"
#include "scenario/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum row_type {
    ROW_NUMBER,     /* double */
    ROW_WHOLE,      /* long; with `choices` the index of a name */
    ROW_SEED,       /* uint64_t */
    ROW_TEXT,       /* char array; with `refers` the name of an entry of that collection */
    ROW_NUMBERS,    /* array of double of fixed length */
    ROW_CURVE,      /* struct curve: a list of [at, value] */
    ROW_NAMES,      /* struct names: texts; with `refers` names of entries of that collection */
    ROW_LIST,       /* pointer and count: a list of groups */
    ROW_COLLECTION, /* pointer and count: a group of named groups */
    ROW_AMENDMENT   /* struct amendment: a group of any parameters of a scenario */
};

struct reader;
struct schema;

struct row {
    const char *path; /* within its struct: the C path and the path in a scenario */
    enum row_type type;
    size_t offset;
    size_t size;                   /* bytes of the field */
    size_t count_offset;           /* list, collection: of its count */
    const struct schema *elements; /* list, collection */
    const char *const *choices;    /* ended by NULL */
    const char *refers;            /* path of a collection */
    bool required;                 /* there is no value when nothing is written */
    bool once;                 /* names a file that is read in: the manifest holds the content */
    bool whole;                /* of a curve: points and values are whole numbers */
    bool jumps;                /* of a curve: two points at the same place are allowed */
    double fallback;           /* when nothing is written: numbers, whole numbers, seeds */
    const char *fallback_text; /* choices and texts as they are, others as in a scenario */
    double lowest;             /* allowed; for lists, names and collections: their length */
    double highest;
    double at_lowest; /* of the points of a curve */
    double at_highest;
    double likely_low; /* plausible; both 0: not stated */
    double likely_high;
    bool settled;        /* known or decided by the firm, or bound to others: no uncertainty of its
                            own, nor has what is below it */
    unsigned kinds;      /* bits of the component types that use it; 0: all */
    const char *lasting; /* why it cannot change at a date; NULL: it can */
    const char *unit;
    const char *meaning; /* a sentence */
    const char *source;
};

struct schema {
    const char *title; /* "role" */
    size_t size;
    bool keyed; /* the struct begins with `char name[NAME_SIZE]`, the name of its group */
    const struct row *rows; /* fields in the order of the struct */
    size_t count;
    /* Fills in what follows from other values and complains about values that do not go together;
     * called when every single value is good. May be NULL. */
    void (*finish)(struct reader *reader, void *object, const struct setting *group,
                   const char *path);
};

extern const struct schema PARAMETERS_SCHEMA;
extern const struct schema SEGMENT_SCHEMA;
extern const struct schema STAGE_SCHEMA;
extern const struct schema COVERAGE_RULE_SCHEMA;
extern const struct schema ROLE_SCHEMA;
extern const struct schema LEVEL_SCHEMA;
extern const struct schema PLAN_SCHEMA;
extern const struct schema COMPONENT_SCHEMA;
extern const struct schema COLUMN_SCHEMA;
extern const struct schema OBJECTIVE_SCHEMA;
extern const struct schema GATE_SCHEMA;
extern const struct schema MULTIPLIER_SCHEMA;
extern const struct schema OPENING_PERSON_SCHEMA;
extern const struct schema OPENING_ACCOUNT_SCHEMA;
extern const struct schema CHANGE_SCHEMA;

/* Declaring rows: {FIELD(role, ramp.months), RANGE(0.1, 120), LIKELY(3, 12), ...}. */
#define ROW_MEMBER(structure, member) (((struct structure *)0)->member)
#define ROW_TYPE(field)                                                                            \
    _Generic((field),                                                                              \
        double: ROW_NUMBER,                                                                        \
        long: ROW_WHOLE,                                                                           \
        uint64_t: ROW_SEED,                                                                        \
        char *: ROW_TEXT,                                                                          \
        double *: ROW_NUMBERS,                                                                     \
        struct curve: ROW_CURVE,                                                                   \
        struct names: ROW_NAMES,                                                                   \
        struct stage *: ROW_LIST,                                                                  \
        struct coverage_rule *: ROW_LIST,                                                                  \
        struct career_level *: ROW_LIST,                                                           \
        struct component *: ROW_LIST,                                                              \
        struct matrix_column *: ROW_LIST,                                                          \
        struct objective *: ROW_LIST,                                                              \
        struct gate *: ROW_LIST,                                                                   \
        struct multiplier *: ROW_LIST,                                                             \
        struct opening_person *: ROW_LIST,                                                         \
        struct opening_account *: ROW_LIST,                                                        \
        struct change *: ROW_LIST,                                                                 \
        struct amendment: ROW_AMENDMENT,                                                               \
        struct segment *: ROW_COLLECTION,                                                          \
        struct role *: ROW_COLLECTION,                                                             \
        struct plan *: ROW_COLLECTION)
#define FIELD(structure, member)                                                                   \
    .path = #member, .type = ROW_TYPE(ROW_MEMBER(structure, member)),                              \
    .offset = offsetof(struct structure, member), .size = sizeof(ROW_MEMBER(structure, member))
#define LIST_FIELD(structure, member, counter, schema)                                             \
    FIELD(structure, member), .count_offset = offsetof(struct structure, counter),                 \
                              .elements = &(schema)
#define RANGE(low, high) .lowest = (low), .highest = (high)
#define POINTS(low, high) .at_lowest = (low), .at_highest = (high)
#define LIKELY(low, high) .likely_low = (low), .likely_high = (high)
#define LASTING(why) .lasting = (why)

/* Where a path leads: into a group, to the row of a parameter, inside its value. */
struct cursor {
    const struct schema *schema;
    const struct row *row;  /* NULL in a group */
    int inside;             /* steps inside the value of `row` */
    char prefix[PATH_SIZE]; /* of the group within `schema` */
    bool entered;           /* the last step led into an entry of a collection or list */
};

struct cursor cursor_start(void);

/* One step on. False when there is no such parameter; `complaint` gets a sentence with the nearest
 * name. Entries of collections are always taken to exist. */
bool cursor_step(struct cursor *cursor, const struct step *step, struct text *complaint);

/* What is wrong with `name` in the group `prefix` ("" at the top) of `schema`, with a suggestion.
 */
void schema_complain_unknown(const struct schema *schema, const char *prefix, const char *name,
                             size_t length, struct text *complaint);

/* The row with this path, or NULL; `is_group` tells whether rows begin with it and a point. */
const struct row *schema_row(const struct schema *schema, const char *path, bool *is_group);

/* The field of a list or collection. */
void *row_elements(const struct row *row, const void *object);
size_t row_count(const struct row *row, const void *object);
void row_set_elements(const struct row *row, void *object, void *elements, size_t count);

/* Frees the lists and collections of an object. */
void schema_free(const struct schema *schema, void *object);

/* "0..1", or the names of a choice. */
void row_allowed(const struct row *row, struct text *text);
size_t row_choice_count(const struct row *row);

#endif
