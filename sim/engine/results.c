#include "engine/results.h"

#include "base/memory.h"
#include "engine/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const double RESULT_PROBABILITY[RESULT_PROBABILITIES] = {.05, .10, .25, .50, .75, .90, .95};

const struct cell *table_month(const struct table *table, size_t series, size_t month) {
    return &table->cells[series * table_periods(table) + month];
}

const struct cell *table_year(const struct table *table, size_t series, size_t year) {
    return table_month(table, series, table->months + year);
}

const struct cell *table_horizon(const struct table *table, size_t series) {
    return table_month(table, series, table->months + table->years);
}

int table_find(const struct table *table, const struct parameters *parameters, const char *name) {
    const char *point = strchr(name, '.');
    size_t length = point == NULL ? strlen(name) : (size_t)(point - name);
    for (size_t s = 0; s < table->series_count; s++) {
        const struct series *series = &table->series[s];
        const char *outcome = OUTCOMES[series->outcome].name;
        if (strlen(outcome) != length || strncmp(outcome, name, length) != 0) {
            continue;
        }
        const char *part = series_part(series, parameters);
        if (point == NULL ? part == NULL : part != NULL && strcmp(part, point + 1) == 0) {
            return (int)s;
        }
    }
    return -1;
}

bool cell_summarise(const struct cell *cell, struct cell_summary *summary, struct error *error) {
    summary->mean = cell->moments.count == 0 ? (double)NAN : cell->moments.mean;
    summary->standard_error = moments_standard_error(&cell->moments);
    return quantiles_read(&cell->quantiles, RESULT_PROBABILITY, summary->quantile,
                          RESULT_PROBABILITIES, error);
}

static bool variant_init(struct results *results, size_t v, const struct scenario *scenario,
                         struct error *error) {
    struct variant *variant = &results->variants[v];
    uint64_t first_block = results->first / BLOCK_REPLICATIONS;
    variant->scenario = scenario;
    if (!table_init(&variant->values, &scenario->parameters, error)) {
        return false;
    }
    table_start(&variant->values, first_block);
    if (v > 0) {
        if (!table_init_differences(&variant->differences, variant, &results->variants[0],
                                    &variant->pairs, error)) {
            return false;
        }
        table_start(&variant->differences, first_block);
    }
    return true;
}

bool results_init(struct results *results, const struct scenario *const scenarios[], size_t count,
                  uint64_t first, struct error *error) {
    *results = (struct results){.variant_count = count, .first = first};
    results->variants = memory_array(count, sizeof *results->variants, "variants", error);
    bool good = results->variants != NULL;
    for (size_t v = 0; good && v < count; v++) {
        good = variant_init(results, v, scenarios[v], error);
    }
    if (!good) {
        results_free(results);
    }
    return good;
}

void results_settle(struct results *results) {
    for (size_t v = 0; v < results->variant_count; v++) {
        table_settle(&results->variants[v].values);
        if (v > 0) {
            table_settle(&results->variants[v].differences);
        }
    }
}

void results_free(struct results *results) {
    for (size_t v = 0; results->variants != NULL && v < results->variant_count; v++) {
        table_free(&results->variants[v].values);
        table_free(&results->variants[v].differences);
        free(results->variants[v].pairs);
    }
    free(results->variants);
    *results = (struct results){0};
}
