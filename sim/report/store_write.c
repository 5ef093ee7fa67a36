#include "base/memory.h"
#include "engine/table.h"
#include "report/format.h"
#include "report/store_parts.h"

#include <stdlib.h>
#include <string.h>

/* "sales=quarterly kam=kam_lti" */
static void add_plans(struct text *plans, const struct parameters *parameters) {
    for (size_t r = 0; r < parameters->role_count; r++) {
        text_add(plans, "%s%s=%s", r == 0 ? "" : " ", parameters->roles[r].name,
                 parameters->roles[r].plan);
    }
}

static bool add_run(struct store *store, const struct store_run *run, struct error *error) {
    const struct parameters *parameters =
        &run->results->variants[run->variant].scenario->parameters;
    struct text plans = {0};
    struct store_row row =
        store_row_begin(store, "INSERT INTO runs (hash, name, question, plans, seed, replications,"
                               " years, version, revision, stored, scenario, summary)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, datetime('now'), ?, ?)");
    add_plans(&plans, parameters);
    store_row_text(&row, run->key->hash);
    store_row_text(&row, parameters->name);
    store_row_text(&row, parameters->question);
    store_row_text(&row, text_bytes(&plans));
    store_row_whole(&row, (long long)run->results->seed);
    store_row_whole(&row, (long long)run->results->replications);
    store_row_whole(&row, (long long)run->results->variants[run->variant].values.years);
    store_row_text(&row, run->version);
    store_row_text(&row, run->revision);
    store_row_text(&row, run->key->identity);
    store_row_text(&row, run->summary);
    (void)store_row_write(&row);
    text_free(&plans);
    return store_row_end(&row, "written", error);
}

static bool renew_run(struct store *store, const struct store_run *run, long long id,
                      struct error *error) {
    struct store_row row = store_row_begin(
        store, "UPDATE runs SET stored = datetime('now'), summary = ? WHERE id = ?");
    store_row_text(&row, run->summary);
    store_row_whole(&row, id);
    (void)store_row_write(&row);
    return store_row_end(&row, "written", error);
}

static bool add_swept(struct store *store, const struct store_swept *swept, long long id,
                      struct error *error) {
    struct store_row row = store_row_begin(store, "INSERT OR IGNORE INTO swept VALUES (?, ?, ?)");
    for (size_t p = 0; p < swept->count && !row.failed; p++) {
        store_row_whole(&row, id);
        store_row_text(&row, swept->paths[p]);
        store_row_text(&row, swept->values[p]);
        (void)store_row_write(&row);
    }
    return store_row_end(&row, "written", error);
}

/* Years from 1, and 0 for the whole horizon. */
static bool add_series(struct store_row *row, const struct variant *variant, size_t s, long long id,
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
        store_row_whole(row, id);
        store_row_text(row, text_bytes(&name));
        store_row_whole(row, (long long)year);
        store_row_text(row, text_bytes(&metric));
        store_row_text(row, format_role(series, parameters));
        store_row_text(row, format_segment(series, parameters));
        store_row_text(row, OUTCOMES[series->outcome].unit);
        store_row_number(row, summary.mean);
        store_row_number(row, summary.standard_error);
        for (size_t q = 0; q < RESULT_PROBABILITIES; q++) {
            store_row_number(row, summary.quantile[q]);
        }
        good = good && store_row_write(row);
    }
    text_free(&name);
    text_free(&metric);
    return good;
}

static bool add_results(struct store *store, const struct store_run *run, long long id, bool again,
                        struct error *error) {
    const struct variant *variant = &run->results->variants[run->variant];
    struct store_row row =
        store_row_begin(store, again ? "INSERT OR REPLACE INTO results"
                                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                     : "INSERT OR IGNORE INTO results"
                                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bool good = !row.failed;
    for (size_t s = 0; good && s < variant->values.series_count; s++) {
        good = add_series(&row, variant, s, id, error);
    }
    return store_row_end(&row, "written", error) && good;
}

/* The horizon of each history, for SQL. */
static void add_replications(struct store_row *row, const struct store_run *run, size_t s,
                             const char *name, long long id) {
    size_t cells = table_cells(run->kept);
    size_t horizon = (s + 1) * table_periods(run->kept) - 1;
    for (size_t r = 0; r < run->results->replications && !row->failed; r++) {
        store_row_whole(row, id);
        store_row_text(row, name);
        store_row_whole(row, (long long)r + 1);
        store_row_number(row, run->rows[r * cells + horizon]);
        (void)store_row_write(row);
    }
}

/* All of a history's numbers, bit by bit, for this program. */
static void add_numbers(struct store_row *row, const struct store_run *run, size_t s,
                        const char *name, long long id, unsigned char *bytes) {
    size_t cells = table_cells(run->kept);
    size_t periods = table_periods(run->kept);
    size_t used = 0;
    for (size_t r = 0; r < run->results->replications; r++) {
        for (size_t p = 0; p < periods; p++) {
            uint64_t bits;
            memcpy(&bits, &run->rows[r * cells + s * periods + p], sizeof bits);
            for (unsigned b = 0; b < sizeof bits; b++) {
                bytes[used++] = (unsigned char)(bits >> (8U * b));
            }
        }
    }
    store_row_whole(row, id);
    store_row_text(row, name);
    row->failed =
        sqlite3_bind_blob64(row->statement, row->next++, bytes, used, SQLITE_STATIC) != SQLITE_OK ||
        row->failed;
    (void)store_row_write(row);
}

static bool add_histories(struct store *store, const struct store_run *run, long long id,
                          bool again, struct error *error) {
    const struct parameters *parameters =
        &run->results->variants[run->variant].scenario->parameters;
    struct store_row values =
        store_row_begin(store, again ? "INSERT OR REPLACE INTO replications VALUES (?, ?, ?, ?)"
                                     : "INSERT OR IGNORE INTO replications VALUES (?, ?, ?, ?)");
    struct store_row numbers =
        store_row_begin(store, again ? "INSERT OR REPLACE INTO histories VALUES (?, ?, ?)"
                                     : "INSERT OR IGNORE INTO histories VALUES (?, ?, ?)");
    unsigned char *bytes = memory_array(table_periods(run->kept) * run->results->replications,
                                        sizeof(double), "histories to store", error);
    for (size_t s = 0; bytes != NULL && s < run->kept->series_count; s++) {
        struct text name = {0};
        format_series(&name, &run->kept->series[s], parameters);
        add_replications(&values, run, s, text_bytes(&name), id);
        add_numbers(&numbers, run, s, text_bytes(&name), id, bytes);
        text_free(&name);
    }
    bool good = bytes != NULL;
    free(bytes);
    good = store_row_end(&values, "written", error) && good;
    return store_row_end(&numbers, "written", error) && good;
}

static bool add_all(struct store *store, const struct store_run *run, bool again,
                    struct error *error) {
    long long id = 0;
    if (!store_find_id(store, run->key, &id, error)) {
        return false;
    }
    if (id == 0) {
        if (!add_run(store, run, error)) {
            return false;
        }
        id = sqlite3_last_insert_rowid(store->database);
    } else if (again && !renew_run(store, run, id, error)) {
        return false;
    }
    return add_swept(store, &run->swept, id, error) && add_results(store, run, id, again, error) &&
           add_histories(store, run, id, again, error);
}

/* Ends a transaction. */
static bool finish(struct store *store, bool good, struct error *error) {
    if (good && store_execute(store, "COMMIT", "written", error)) {
        return true;
    }
    (void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

bool store_add(struct store *store, const struct store_run *run, bool again, struct error *error) {
    return store_execute(store, "BEGIN IMMEDIATE", "written", error) &&
           finish(store, add_all(store, run, again, error), error);
}

/* Whether it is known of the run already, so that nothing has to be written. */
static bool knows(struct store *store, long long run, const char *path) {
    struct store_row row = store_row_begin(store, "SELECT 1 FROM swept WHERE run = ? AND path = ?");
    struct error none = {0};
    store_row_whole(&row, run);
    store_row_text(&row, path);
    bool known = store_row_read(&row);
    (void)!store_row_end(&row, "read", &none);
    error_free(&none);
    return known;
}

bool store_add_swept(struct store *store, long long run, const struct store_swept *swept,
                     struct error *error) {
    bool known = true;
    for (size_t p = 0; known && p < swept->count; p++) {
        known = knows(store, run, swept->paths[p]);
    }
    return known || (store_execute(store, "BEGIN IMMEDIATE", "written", error) &&
                     finish(store, add_swept(store, swept, run, error), error));
}
