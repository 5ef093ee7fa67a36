/* A row of a table of a real start, a person or a customer, turned into a group of settings.
 * Ownership: what is made belongs to the list that is filled; everything else is borrowed. */
#ifndef SCENARIO_OPENING_ROWS_H
#define SCENARIO_OPENING_ROWS_H

#include "base/error.h"
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
    long left; /* people who left before it */
    struct error *error;
};

/* A complaint about a column in a line of the table. */
void filling_complain(struct filling *filling, long line, const char *column, const char *sentence);

/* For people_read and accounts_read, `user` is the struct filling: appends the row to the list, or
 * complains of what cannot be so on the first day; true, so that all rows are looked at. */
bool filling_take_person(void *user, const struct person_row *person);
bool filling_take_account(void *user, const struct account_row *account);

#endif
