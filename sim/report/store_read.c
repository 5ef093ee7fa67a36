#include "base/memory.h"
#include "report/store_parts.h"

#include <stdlib.h>
#include <string.h>

bool store_find_id(struct store *store, const struct store_key *key, long long *id,
                   struct error *error) {
    struct store_row row = store_row_begin(
        store, "SELECT id FROM runs WHERE hash = ? AND scenario = ? ORDER BY id LIMIT 1");
    store_row_text(&row, key->hash);
    store_row_text(&row, key->identity);
    *id = store_row_read(&row) ? sqlite3_column_int64(row.statement, 0) : 0;
    return store_row_end(&row, "read", error);
}

bool store_find(struct store *store, const struct store_key *key, struct store_found *found,
                struct error *error) {
    *found = (struct store_found){0};
    if (!store_find_id(store, key, &found->id, error) || found->id == 0) {
        return error->kind == ERROR_NONE;
    }
    struct store_row row = store_row_begin(store, "SELECT stored, summary FROM runs WHERE id = ?");
    store_row_whole(&row, found->id);
    if (store_row_read(&row)) {
        store_column_text(&row, 0, &found->stored);
        store_column_text(&row, 1, &found->summary);
    }
    return store_row_end(&row, "read", error);
}

void store_found_free(struct store_found *found) {
    text_free(&found->stored);
    text_free(&found->summary);
    found->id = 0;
}

bool store_mean(struct store *store, long long run, const char *series, struct store_mean *mean,
                struct error *error) {
    struct store_row row =
        store_row_begin(store, "SELECT mean, standard_error FROM results WHERE run = ? AND "
                               "series = ? AND year = 0");
    store_row_whole(&row, run);
    store_row_text(&row, series);
    mean->there = store_row_read(&row);
    mean->mean = store_column_number(&row, 0);
    mean->standard_error = store_column_number(&row, 1);
    return store_row_end(&row, "read", error);
}

bool store_summary(struct store *store, long long run, const char *series, size_t year,
                   struct cell_summary *summary, struct error *error) {
    struct store_row row = store_row_begin(
        store, "SELECT mean, standard_error, p5, p10, p25, p50, p75, p90, p95 FROM results WHERE "
               "run = ? AND series = ? AND year = ?");
    store_row_whole(&row, run);
    store_row_text(&row, series);
    store_row_whole(&row, (long long)year);
    (void)store_row_read(&row);
    summary->mean = store_column_number(&row, 0);
    summary->standard_error = store_column_number(&row, 1);
    for (size_t q = 0; q < RESULT_PROBABILITIES; q++) {
        summary->quantile[q] = store_column_number(&row, 2 + (int)q);
    }
    return store_row_end(&row, "read", error);
}

bool store_keeps(struct store *store, long long run, const char *series, bool *there,
                 struct error *error) {
    struct store_row row =
        store_row_begin(store, "SELECT 1 FROM histories WHERE run = ? AND series = ?");
    store_row_whole(&row, run);
    store_row_text(&row, series);
    *there = store_row_read(&row);
    return store_row_end(&row, "read", error);
}

static void read_numbers(const unsigned char *bytes, double *values, size_t count) {
    for (size_t n = 0; n < count; n++) {
        uint64_t bits = 0;
        for (unsigned b = 0; b < sizeof bits; b++) {
            bits |= (uint64_t)*bytes++ << (8U * b);
        }
        memcpy(&values[n], &bits, sizeof bits);
    }
}

bool store_history(struct store *store, long long run, const char *series, double *values,
                   size_t count, bool *there, struct error *error) {
    struct store_row row =
        store_row_begin(store, "SELECT numbers FROM histories WHERE run = ? AND series = ?");
    store_row_whole(&row, run);
    store_row_text(&row, series);
    *there = store_row_read(&row);
    bool whole = true;
    if (*there) {
        const unsigned char *bytes = sqlite3_column_blob(row.statement, 0);
        whole = (size_t)sqlite3_column_bytes(row.statement, 0) == count * sizeof(double) &&
                bytes != NULL;
        if (whole) {
            read_numbers(bytes, values, count);
        }
    }
    return store_row_end(&row, "read", error) &&
           (whole || error_add(error, ERROR_FAILURE,
                               "%s: run %lld is not as it was stored, its histories of %s have "
                               "another length: delete the run (DELETE FROM runs WHERE id = %lld)",
                               store->path, run, series, run));
}

bool store_scenario(struct store *store, long long run, struct text *scenario,
                    struct error *error) {
    struct store_row row = store_row_begin(store, "SELECT scenario FROM runs WHERE id = ?");
    store_row_whole(&row, run);
    if (store_row_read(&row)) {
        store_column_text(&row, 0, scenario);
    }
    return store_row_end(&row, "read", error);
}

bool store_values(struct store *store, long long run, struct store_values *values,
                  struct error *error) {
    struct store_row row =
        store_row_begin(store, "SELECT path, value FROM swept WHERE run = ? ORDER BY path");
    bool good = true;
    store_row_whole(&row, run);
    while (good && store_row_read(&row)) {
        void *array = values->texts;
        good = memory_grow(&array, &values->capacity, 2 * values->count + 2, sizeof(struct text),
                           "swept values", error);
        values->texts = array;
        if (good) {
            struct text *pair = &values->texts[2 * values->count++];
            pair[0] = (struct text){0};
            pair[1] = (struct text){0};
            store_column_text(&row, 0, &pair[0]);
            store_column_text(&row, 1, &pair[1]);
        }
    }
    return store_row_end(&row, "read", error) && good;
}

void store_values_free(struct store_values *values) {
    for (size_t n = 0; n < 2 * values->count; n++) {
        text_free(&values->texts[n]);
    }
    free(values->texts);
    *values = (struct store_values){0};
}
