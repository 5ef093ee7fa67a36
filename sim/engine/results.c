#include "engine/results.h"

#include "base/memory.h"
#include "engine/table.h"
#include "model/parts.h"

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

const char *series_item(const struct series *series, const struct parameters *parameters) {
    if (series->item == 0) {
        return NULL;
    }
    return series->role >= 0
               ? part_component_name(parameters, (size_t)series->role, series->item - 1)
               : parameters->segments[series->segment].pipeline.stages[series->item - 1].name;
}

void series_name(struct text *text, const struct series *series,
                 const struct parameters *parameters) {
    const char *part = series_part(series, parameters);
    const char *item = series_item(series, parameters);
    text_add(text, "%s", OUTCOMES[series->outcome].name);
    if (part != NULL) {
        text_add(text, ".%s", part);
    }
    if (item != NULL) {
        text_add(text, ".%s", item);
    }
}

/* Moves `*rest` past a word and the point behind it; NULL after the last word, and for NULL words
 * only there. */
static bool take_word(const char **rest, const char *word) {
    if (word == NULL || *rest == NULL) {
        return word == NULL;
    }
    size_t length = strlen(word);
    if (strncmp(*rest, word, length) != 0 || ((*rest)[length] != '.' && (*rest)[length] != 0)) {
        return false;
    }
    *rest = (*rest)[length] == '.' ? *rest + length + 1 : NULL;
    return true;
}

int table_find(const struct table *table, const struct parameters *parameters, const char *name) {
    for (size_t s = 0; s < table->series_count; s++) {
        const struct series *series = &table->series[s];
        const char *rest = name;
        if (take_word(&rest, OUTCOMES[series->outcome].name) &&
            take_word(&rest, series_part(series, parameters)) &&
            take_word(&rest, series_item(series, parameters)) && rest == NULL) {
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
                         struct horizon_only only, struct error *error) {
    struct variant *variant = &results->variants[v];
    uint64_t first_block = results->first / BLOCK_REPLICATIONS;
    variant->scenario = scenario;
    if (!(only.count == 0 ? table_init(&variant->values, &scenario->parameters, error)
                          : table_init_horizon(&variant->values, &scenario->parameters,
                                               only.metrics, only.count, error))) {
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
    return results_init_horizon(results, scenarios, count, first, (struct horizon_only){0}, error);
}

bool results_init_horizon(struct results *results, const struct scenario *const scenarios[],
                          size_t count, uint64_t first, struct horizon_only only,
                          struct error *error) {
    *results = (struct results){.variant_count = count, .first = first};
    results->variants = memory_array(count, sizeof *results->variants, "variants", error);
    bool good = results->variants != NULL;
    for (size_t v = 0; good && v < count; v++) {
        good = variant_init(results, v, scenarios[v], only, error);
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
