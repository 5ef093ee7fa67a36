/* What firms' tables say of people, customers, opportunities and sales, gathered to be fitted.
 * Ownership: the caller owns the struct (zeroed is empty) and calls fit_data_free.
 *
 * Days are counted as in data/date.h. */
#ifndef ENGINE_FIT_DATA_H
#define ENGINE_FIT_DATA_H

#include "base/dictionary.h"
#include "data/content.h"
#include "data/opportunities.h"
#include "data/table.h"

#include <stdbool.h>
#include <stddef.h>

enum { FIT_CONTENTS = CONTENT_SALES + 1 };

/* How names of the tables become names of roles and segments. */
struct fit_names {
    const char *role;           /* of rows that name none */
    const char *segment;        /* likewise */
    const char *const *renamed; /* "Name in the table=name_in_the_scenario" */
    size_t renamed_count;
};

/* Time with the firm of one person, or as a customer; somebody may have several. */
struct fit_spell {
    size_t owner; /* the person or customer */
    size_t group; /* role or segment */
    long start;   /* first day */
    bool ended;
    long end;    /* last day */
    bool wished; /* by the person's own wish */
};

struct fit_survivors {
    size_t segment;
    long year;
    double customers;
};

struct fit_move { /* of an opportunity, into a stage */
    size_t opportunity;
    size_t stage; /* of those that are open */
    enum opportunity_state state;
    long day;
};

struct fit_size { /* of a deal with a new customer */
    size_t segment;
    long day;
    double amount; /* above 0 */
};

struct fit_sale { /* of a person in a month */
    size_t person;
    size_t role;
    long month; /* data/date.h */
    double sales;
    double quota; /* NAN: none */
};

struct fit_list { /* of one kind of the structs above */
    void *items;
    size_t count;
    size_t capacity;
};

struct fit_data {
    struct dictionary roles;
    struct dictionary segments;
    struct dictionary stages; /* as the tables write them */
    struct dictionary people; /* of the sales */
    struct dictionary staff;  /* people of the employments */
    struct dictionary customers;
    struct dictionary opportunities;
    struct fit_list employments; /* struct fit_spell */
    struct fit_list lifetimes;   /* struct fit_spell */
    struct fit_list survivors;
    struct fit_list moves;
    struct fit_list sizes; /* of deals, and of opportunities that were won */
    struct fit_list sales;
    struct fit_list segment_of; /* size_t, by opportunity */
    bool has[FIT_CONTENTS];
    bool has_reasons; /* of leaving */
    bool has_sizes_of_deals;
    bool has_last;
    long last; /* day that some table holds */
};

/* Adds a table, whatever it holds. `report` as for table_read; bad rows and names that cannot be
 * those of a role or segment are ERROR_QUESTION. */
bool fit_data_read(struct fit_data *data, const char *path, const struct fit_names *names,
                   const struct table_options *options, struct table_report *report,
                   struct error *error) __attribute__((warn_unused_result));

void fit_data_free(struct fit_data *data);

/* The same where the names are those of other data. */
void fit_data_free_lists(struct fit_data *data);

#endif
