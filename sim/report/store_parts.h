/* What the files of the store share; the only header that names SQLite.
 * Ownership: store_row_begin makes a statement, store_row_end ends it. */
#ifndef REPORT_STORE_PARTS_H
#define REPORT_STORE_PARTS_H

#include "report/store.h"

#include <sqlite3.h>

/* A sentence with what SQLite says; false. */
bool store_complain(const struct store *store, const char *doing, struct error *error);

/* Statements without values; `doing` for the sentence: "written". */
bool store_execute(struct store *store, const char *words, const char *doing, struct error *error);

/* A statement while its values are bound, one after the other. */
struct store_row {
    struct store *store;
    sqlite3_stmt *statement;
    int next;
    bool failed;
};

struct store_row store_row_begin(struct store *store, const char *words);
void store_row_text(struct store_row *row, const char *value);
void store_row_whole(struct store_row *row, long long value);
/* SQLite keeps no NaN: it becomes NULL. */
void store_row_number(struct store_row *row, double value);
/* Writes it and begins the next one. */
bool store_row_write(struct store_row *row);
/* Reads the next line of the answer, if there is one. */
bool store_row_read(struct store_row *row);
bool store_row_end(struct store_row *row, const char *doing, struct error *error);

/* A column of the answer; NULL is "" or NaN. */
void store_column_text(const struct store_row *row, int column, struct text *text);
double store_column_number(const struct store_row *row, int column);

/* The run of this key, or 0. */
bool store_find_id(struct store *store, const struct store_key *key, long long *id,
                   struct error *error);

#endif
