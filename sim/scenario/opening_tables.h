/* Tables of the people and customers of a real start, turned into the settings of a scenario, each
 * of which knows its file and line.
 * Ownership: what is read is added to the tree. */
#ifndef SCENARIO_OPENING_TABLES_H
#define SCENARIO_OPENING_TABLES_H

#include "base/error.h"
#include "base/text.h"
#include "scenario/tree.h"

#include <stdbool.h>

/* Reads the tables that start.people and start.accounts name, counted from start.date, into
 * start.staff and start.book, and lets the headcount of their roles and the accounts of their
 * segments follow these lists where the scenario leaves that to them. `notes` get sentences, each
 * ended by a newline, `note_count` their number. After a complaint the tree is incomplete.
 * Everything wrong with a row is said at once, also that the scenario does not know a name; that is
 * left to the reader when one of `sets`, which are laid over the rows later, may change it. */
void opening_tables_read(struct tree *tree, const char *const sets[], size_t set_count,
                         struct text *notes, size_t *note_count, struct error *error);

/* Marks what gives way to tables: `over` is about to be laid over `base`. A list that `over` writes
 * itself takes the place of a table that `base` names. */
void opening_tables_merge(struct setting *base, const struct setting *over);

/* Whether --set changes which tables are read, so that it comes before the reading. */
bool opening_tables_chooses(const char *assignment);

#endif
