/* A row of a table of a real start, a person or a customer, turned into a group of settings.
 * Ownership: what is made belongs to the list that is filled; everything else is borrowed. */
#ifndef SCENARIO_OPENING_ROWS_H
#define SCENARIO_OPENING_ROWS_H

#include "base/dictionary.h"
#include "base/error.h"
#include "base/text.h"
#include "data/accounts.h"
#include "data/people.h"
#include "scenario/tree.h"

#include <stdbool.h>

/* The reading of one table. */
struct filling {
    struct tree *tree;
    struct source *source; /* the table */
    struct setting *list;
    struct date date; /* first day of the simulation */
    const char *path;
    long left;                /* people who left before it */
    long taken;               /* rows, good or bad */
    bool naming;              /* names that the scenario does not know are complained about, too */
    struct dictionary people; /* names that owners may have; the filling frees it */
    bool people_known;
    struct error *error;
};

/* For people_read and accounts_read, `user` is the struct filling: appends the row to the list, or
 * complains of everything that cannot be so on the first day; true, so that all rows are looked
 * at. */
bool filling_take_person(void *user, const struct person_row *person);
bool filling_take_account(void *user, const struct account_row *account);

/* " (did you mean NAME?)" or what else to do about an owner who is not among these people. */
void filling_unknown_owner(const struct dictionary *people, const char *owner,
                           struct text *sentence);

#endif
