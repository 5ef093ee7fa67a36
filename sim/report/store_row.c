#include "report/store_parts.h"

#include <math.h>

struct store_row store_row_begin(struct store *store, const char *words) {
    struct store_row row = {.store = store, .next = 1};
    row.failed = sqlite3_prepare_v2(store->database, words, -1, &row.statement, NULL) != SQLITE_OK;
    return row;
}

void store_row_text(struct store_row *row, const char *value) {
    row->failed =
        sqlite3_bind_text(row->statement, row->next++, value, -1, SQLITE_STATIC) != SQLITE_OK ||
        row->failed;
}

void store_row_whole(struct store_row *row, long long value) {
    row->failed =
        sqlite3_bind_int64(row->statement, row->next++, value) != SQLITE_OK || row->failed;
}

void store_row_number(struct store_row *row, double value) {
    row->failed =
        sqlite3_bind_double(row->statement, row->next++, value) != SQLITE_OK || row->failed;
}

bool store_row_write(struct store_row *row) {
    row->failed = row->failed || sqlite3_step(row->statement) != SQLITE_DONE ||
                  sqlite3_reset(row->statement) != SQLITE_OK;
    row->next = 1;
    return !row->failed;
}

bool store_row_read(struct store_row *row) {
    int code = row->failed ? SQLITE_ERROR : sqlite3_step(row->statement);
    row->failed = code != SQLITE_ROW && code != SQLITE_DONE;
    return code == SQLITE_ROW;
}

bool store_row_end(struct store_row *row, const char *doing, struct error *error) {
    bool good = !row->failed || store_complain(row->store, doing, error);
    (void)sqlite3_finalize(row->statement);
    return good;
}

void store_column_text(const struct store_row *row, int column, struct text *text) {
    const unsigned char *bytes = sqlite3_column_text(row->statement, column);
    text_add(text, "%s", bytes == NULL ? "" : (const char *)bytes);
}

double store_column_number(const struct store_row *row, int column) {
    return sqlite3_column_type(row->statement, column) == SQLITE_NULL
               ? (double)NAN
               : sqlite3_column_double(row->statement, column);
}
