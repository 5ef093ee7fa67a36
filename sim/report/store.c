#include "report/store.h"

#include "base/binary.h"
#include "report/format.h"
#include "report/store_schema.h"

#include <inttypes.h>
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* How long a process waits for others; each holds the store for milliseconds. */
enum { PATIENCE_MILLISECONDS = 120000, PAUSE_MILLISECONDS = 20 };

static bool complain(const struct store *store, const char *doing, struct error *error) {
    return error_add(error, ERROR_FAILURE, "%s: the store cannot be %s: %s", store->path, doing,
                     sqlite3_errmsg(store->database));
}

static bool execute(struct store *store, const char *words, const char *doing,
                    struct error *error) {
    return sqlite3_exec(store->database, words, NULL, NULL, NULL) == SQLITE_OK ||
           complain(store, doing, error);
}

/* One whole number. */
static int ask(struct store *store, const char *words, long long *number) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(store->database, words, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        *number = sqlite3_column_int64(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

/* The switch to the write-ahead log needs the file for itself and, where two try it at once, does
 * not wait as everything else does. */
static bool begin_log(struct store *store, struct error *error) {
    int code = SQLITE_BUSY;
    for (int waited = 0; waited < PATIENCE_MILLISECONDS; waited += PAUSE_MILLISECONDS) {
        code = sqlite3_exec(store->database, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if ((code & 0xFF) != SQLITE_BUSY && (code & 0xFF) != SQLITE_LOCKED) {
            break;
        }
        (void)sqlite3_sleep(PAUSE_MILLISECONDS);
    }
    return code == SQLITE_OK || complain(store, "opened", error);
}

/* What tells a store from another database; one transaction sees all three of the same moment. */
struct marks {
    long long application;
    long long version;
    long long tables;
};

static int read_marks(struct store *store, struct marks *marks) {
    *marks = (struct marks){0};
    int code = ask(store, "PRAGMA application_id", &marks->application);
    code = code == SQLITE_OK ? ask(store, "PRAGMA user_version", &marks->version) : code;
    return code == SQLITE_OK ? ask(store, "SELECT count(*) FROM sqlite_master", &marks->tables)
                             : code;
}

/* Is it a store of this version (or an empty file, that becomes one)? To be called within a
 * transaction: otherwise another process may make the store between two of the questions. */
static bool check(struct store *store, bool *empty, struct error *error) {
    struct marks marks;
    int code = read_marks(store, &marks);
    if (code == SQLITE_NOTADB || (code == SQLITE_OK && marks.application != STORE_APPLICATION &&
                                  (marks.tables > 0 || marks.application != 0))) {
        return error_add(error, ERROR_QUESTION,
                         "%s: is not a store of anreiz; name one, or a file that does not exist "
                         "yet",
                         store->path);
    }
    if (code != SQLITE_OK) {
        return complain(store, "read", error);
    }
    *empty = marks.tables == 0;
    if (!*empty && marks.version != STORE_VERSION) {
        return error_add(error, ERROR_QUESTION,
                         "%s: is a store of version %lld, this program knows version %d: use the "
                         "anreiz that made it, or another file",
                         store->path, marks.version, STORE_VERSION);
    }
    return true;
}

/* The first look, before anything is written to a file that may not be ours. */
static bool look(struct store *store, bool *empty, struct error *error) {
    bool good = execute(store, "BEGIN", "read", error) && check(store, empty, error);
    (void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    return good;
}

static bool make_schema(struct store *store, struct error *error) {
    bool empty = false;
    char mark[96];
    (void)snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                   STORE_APPLICATION, STORE_VERSION);
    if (!execute(store, "BEGIN IMMEDIATE", "written", error)) {
        return false;
    }
    if (check(store, &empty, error) && /* another process may have been faster */
        (!empty || (execute(store, STORE_SCHEMA, "written", error) &&
                    execute(store, mark, "written", error))) &&
        execute(store, "COMMIT", "written", error)) {
        return true;
    }
    (void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

bool store_open(struct store *store, const char *path, struct error *error) {
    sqlite3 *database = NULL;
    bool empty = false;
    *store = (struct store){.path = strdup(path)};
    if (store->path == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the store");
    }
    int code = sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    store->database = database;
    if (code != SQLITE_OK) {
        return complain(store, "opened", error);
    }
    (void)sqlite3_busy_timeout(database, PATIENCE_MILLISECONDS);
    if (sqlite3_db_readonly(database, "main") == 1) {
        return error_add(error, ERROR_FAILURE,
                         "%s: the store may not be written: change its permissions or name another "
                         "file",
                         path);
    }
    return look(store, &empty, error) && begin_log(store, error) &&
           (!empty || make_schema(store, error)) &&
           execute(store, "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL", "opened", error);
}

void store_close(struct store *store) {
    (void)sqlite3_close(store->database);
    free(store->path);
    *store = (struct store){0};
}

struct store_key store_key_of(const char *identity) {
    struct store_key key = {.identity = identity};
    struct checksum checksum = {0};
    checksum_add(&checksum, identity, strlen(identity));
    (void)snprintf(key.hash, sizeof key.hash, "%016" PRIx64, checksum_read(&checksum));
    return key;
}

/* A statement while its values are bound, one after the other. */
struct row {
    struct store *store;
    sqlite3_stmt *statement;
    int next;
    bool failed;
};

static struct row row_begin(struct store *store, const char *words) {
    struct row row = {.store = store, .next = 1};
    row.failed = sqlite3_prepare_v2(store->database, words, -1, &row.statement, NULL) != SQLITE_OK;
    return row;
}

static void row_text(struct row *row, const char *value) {
    row->failed =
        sqlite3_bind_text(row->statement, row->next++, value, -1, SQLITE_STATIC) != SQLITE_OK ||
        row->failed;
}

static void row_whole(struct row *row, long long value) {
    row->failed =
        sqlite3_bind_int64(row->statement, row->next++, value) != SQLITE_OK || row->failed;
}

/* SQLite keeps no NaN: it becomes NULL. */
static void row_number(struct row *row, double value) {
    row->failed =
        sqlite3_bind_double(row->statement, row->next++, value) != SQLITE_OK || row->failed;
}

/* Writes it and begins the next one. */
static bool row_write(struct row *row) {
    row->failed = row->failed || sqlite3_step(row->statement) != SQLITE_DONE ||
                  sqlite3_reset(row->statement) != SQLITE_OK;
    row->next = 1;
    return !row->failed;
}

static bool row_end(struct row *row, struct error *error) {
    bool good = !row->failed || complain(row->store, "written", error);
    (void)sqlite3_finalize(row->statement);
    return good;
}

static bool add_run(struct store *store, const struct store_run *run, struct error *error) {
    const struct parameters *parameters =
        &run->results->variants[run->variant].scenario->parameters;
    struct row row = row_begin(
        store, "INSERT INTO runs (hash, name, question, seed, replications, years, version, stored,"
               " scenario, summary) VALUES (?, ?, ?, ?, ?, ?, ?, datetime('now'), ?, ?)");
    row_text(&row, run->key->hash);
    row_text(&row, parameters->name);
    row_text(&row, parameters->question);
    row_whole(&row, (long long)run->results->seed);
    row_whole(&row, (long long)run->results->replications);
    row_whole(&row, (long long)run->results->variants[run->variant].values.years);
    row_text(&row, run->version);
    row_text(&row, run->key->identity);
    row_text(&row, run->summary);
    (void)row_write(&row);
    return row_end(&row, error);
}

static bool add_swept(struct store *store, const struct store_run *run, long long id,
                      struct error *error) {
    struct row row = row_begin(store, "INSERT INTO swept VALUES (?, ?, ?)");
    for (size_t p = 0; p < run->path_count && !row.failed; p++) {
        row_whole(&row, id);
        row_text(&row, run->paths[p]);
        row_text(&row, run->values[p]);
        (void)row_write(&row);
    }
    return row_end(&row, error);
}

/* Years from 1, and 0 for the whole horizon. */
static bool add_series(struct row *row, const struct variant *variant, size_t s, long long id,
                       struct error *error) {
    const struct table *table = &variant->values;
    const struct series *series = &table->series[s];
    const struct parameters *parameters = &variant->scenario->parameters;
    struct text name = {0};
    struct text metric = {0};
    bool good = true;
    format_series(&name, series, parameters);
    format_metric(&metric, series, parameters);
    for (size_t year = 0; good && year <= table->years; year++) {
        struct cell_summary summary;
        good = format_cell(year == 0 ? table_horizon(table, s) : table_year(table, s, year - 1),
                           &summary, error);
        row_whole(row, id);
        row_text(row, text_bytes(&name));
        row_whole(row, (long long)year);
        row_text(row, text_bytes(&metric));
        row_text(row, format_role(series, parameters));
        row_text(row, format_segment(series, parameters));
        row_text(row, OUTCOMES[series->outcome].unit);
        row_number(row, summary.mean);
        row_number(row, summary.standard_error);
        for (size_t q = 0; q < RESULT_PROBABILITIES; q++) {
            row_number(row, summary.quantile[q]);
        }
        good = good && row_write(row);
    }
    text_free(&name);
    text_free(&metric);
    return good;
}

static bool add_results(struct store *store, const struct store_run *run, long long id,
                        struct error *error) {
    const struct variant *variant = &run->results->variants[run->variant];
    struct row row = row_begin(
        store, "INSERT INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bool good = !row.failed;
    for (size_t s = 0; good && s < variant->values.series_count; s++) {
        good = add_series(&row, variant, s, id, error);
    }
    return row_end(&row, error) && good;
}

static bool add_histories(struct store *store, const struct store_run *run, long long id,
                          struct error *error) {
    struct row row = row_begin(store, "INSERT OR IGNORE INTO replications VALUES (?, ?, ?, ?)");
    for (size_t m = 0; m < run->metric_count; m++) {
        for (size_t r = 0; r < run->results->replications && !row.failed; r++) {
            row_whole(&row, id);
            row_text(&row, run->metrics[m]);
            row_whole(&row, (long long)r + 1);
            row_number(&row, run->histories[r * run->metric_count + m]);
            (void)row_write(&row);
        }
    }
    return row_end(&row, error);
}

static bool find_id(struct store *store, const struct store_key *key, long long *id,
                    struct error *error) {
    struct row row =
        row_begin(store, "SELECT id FROM runs WHERE hash = ? AND scenario = ? ORDER BY id LIMIT 1");
    row_text(&row, key->hash);
    row_text(&row, key->identity);
    int code = row.failed ? SQLITE_ERROR : sqlite3_step(row.statement);
    *id = code == SQLITE_ROW ? sqlite3_column_int64(row.statement, 0) : 0;
    bool good = code == SQLITE_ROW || code == SQLITE_DONE || complain(store, "read", error);
    (void)sqlite3_finalize(row.statement);
    return good;
}

static bool remove_run(struct store *store, long long id, struct error *error) {
    struct row row = row_begin(store, "DELETE FROM runs WHERE id = ?");
    row_whole(&row, id);
    (void)row_write(&row);
    return row_end(&row, error);
}

static bool add_all(struct store *store, const struct store_run *run, bool again,
                    struct error *error) {
    long long there = 0;
    if (!find_id(store, run->key, &there, error)) {
        return false;
    }
    if (there != 0 && !again) {
        return true;
    }
    if ((there != 0 && !remove_run(store, there, error)) || !add_run(store, run, error)) {
        return false;
    }
    long long id = sqlite3_last_insert_rowid(store->database);
    return add_swept(store, run, id, error) && add_results(store, run, id, error) &&
           add_histories(store, run, id, error);
}

bool store_add(struct store *store, const struct store_run *run, bool again, struct error *error) {
    if (!execute(store, "BEGIN IMMEDIATE", "written", error)) {
        return false;
    }
    if (add_all(store, run, again, error) && execute(store, "COMMIT", "written", error)) {
        return true;
    }
    (void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

static void add_column(struct text *text, sqlite3_stmt *statement, int column) {
    const unsigned char *bytes = sqlite3_column_text(statement, column);
    text_add(text, "%s", bytes == NULL ? "" : (const char *)bytes);
}

bool store_find(struct store *store, const struct store_key *key, struct store_found *found,
                struct error *error) {
    *found = (struct store_found){0};
    if (!find_id(store, key, &found->id, error) || found->id == 0) {
        return error->kind == ERROR_NONE;
    }
    struct row row = row_begin(store, "SELECT stored, summary FROM runs WHERE id = ?");
    row_whole(&row, found->id);
    int code = row.failed ? SQLITE_ERROR : sqlite3_step(row.statement);
    bool good = code == SQLITE_ROW || complain(store, "read", error);
    if (good) {
        add_column(&found->stored, row.statement, 0);
        add_column(&found->summary, row.statement, 1);
    }
    (void)sqlite3_finalize(row.statement);
    return good;
}

void store_found_free(struct store_found *found) {
    text_free(&found->stored);
    text_free(&found->summary);
    found->id = 0;
}

static double number(sqlite3_stmt *statement, int column) {
    return sqlite3_column_type(statement, column) == SQLITE_NULL
               ? (double)NAN
               : sqlite3_column_double(statement, column);
}

bool store_mean(struct store *store, long long run, const char *series, double *mean,
                double *standard_error, struct error *error) {
    struct row row = row_begin(store, "SELECT mean, standard_error FROM results WHERE run = ? AND "
                                      "series = ? AND year = 0");
    row_whole(&row, run);
    row_text(&row, series);
    int code = row.failed ? SQLITE_ERROR : sqlite3_step(row.statement);
    *mean = code == SQLITE_ROW ? number(row.statement, 0) : (double)NAN;
    *standard_error = code == SQLITE_ROW ? number(row.statement, 1) : (double)NAN;
    bool good = code == SQLITE_ROW || code == SQLITE_DONE || complain(store, "read", error);
    (void)sqlite3_finalize(row.statement);
    return good;
}
