#include "engine/table.h"

#include "base/memory.h"

#include <stdlib.h>

const char *series_part(const struct series *series, const struct parameters *parameters) {
    if (series->role >= 0) {
        return parameters->roles[series->role].name;
    }
    return series->segment >= 0 ? parameters->segments[series->segment].name : NULL;
}

/* Roles or segments of an outcome in addition to everybody. */
static size_t part_count(const struct outcome *outcome, const struct parameters *parameters) {
    switch (outcome->breakdown) {
    case OUTCOME_ROLE:
        return parameters->role_count;
    case OUTCOME_SEGMENT:
        return parameters->segment_count;
    case OUTCOME_FIRM:
        break;
    }
    return 0;
}

static bool allocate_cells(struct table *table, struct error *error) {
    table->cells =
        memory_array(table_cells(table), sizeof *table->cells, "cells of the results", error);
    return table->cells != NULL;
}

bool table_init(struct table *table, const struct parameters *parameters, struct error *error) {
    size_t years = (size_t)parameters->simulation.years;
    size_t most = 0;
    for (size_t o = 0; o < OUTCOME_COUNT; o++) {
        most += 1 + part_count(&OUTCOMES[o], parameters);
    }
    *table = (struct table){.months = 12 * years, .years = years};
    table->series = memory_array(most, sizeof *table->series, "series of the results", error);
    if (table->series == NULL) {
        return false;
    }
    for (size_t o = 0; o < OUTCOME_COUNT; o++) {
        table->series[table->series_count++] = (struct series){o, -1, -1};
        bool by_role = OUTCOMES[o].breakdown == OUTCOME_ROLE;
        for (size_t p = 0; p < part_count(&OUTCOMES[o], parameters); p++) {
            table->series[table->series_count++] =
                (struct series){o, by_role ? (int)p : -1, by_role ? -1 : (int)p};
        }
    }
    return allocate_cells(table, error);
}

/* The series of the baseline with the name of one of the plan, or -1. */
static int find_baseline(const struct variant *plan, const struct series *series,
                         const struct variant *baseline) {
    const char *part = series_part(series, &plan->scenario->parameters);
    struct text name = {0};
    text_add(&name, "%s%s%s", OUTCOMES[series->outcome].name, part == NULL ? "" : ".",
             part == NULL ? "" : part);
    int found = table_find(&baseline->values, &baseline->scenario->parameters, text_bytes(&name));
    text_free(&name);
    return found;
}

bool table_init_differences(struct table *table, const struct variant *plan,
                            const struct variant *baseline, struct pair **pairs,
                            struct error *error) {
    const struct table *values = &plan->values;
    *table = (struct table){.months = values->months, .years = values->years};
    table->series =
        memory_array(values->series_count, sizeof *table->series, "series of differences", error);
    *pairs = memory_array(values->series_count, sizeof **pairs, "pairs of series", error);
    if (table->series == NULL || *pairs == NULL) {
        return false;
    }
    for (size_t s = 0; s < values->series_count; s++) {
        int found = find_baseline(plan, &values->series[s], baseline);
        if (found >= 0) {
            (*pairs)[table->series_count] = (struct pair){s, (size_t)found};
            table->series[table->series_count++] = values->series[s];
        }
    }
    return allocate_cells(table, error);
}

static bool cell_add(struct cell *cell, double value, struct error *error) {
    moments_add(&cell->moments, value);
    return quantiles_add(&cell->quantiles, value, error);
}

/* Cells do not depend on each other, so all replications of a block go into one cell before the
 * next: a cell and its buffer are fetched from memory once a block. */
bool table_add(struct table *table, const double *rows, size_t count, struct error *error) {
    size_t cells = table_cells(table);
    for (size_t c = 0; c < cells; c++) {
        for (size_t r = 0; r < count; r++) {
            if (!cell_add(&table->cells[c], rows[r * cells + c], error)) {
                return false;
            }
        }
    }
    return true;
}

static bool cell_add_difference(struct cell *cell, double difference, struct error *error) {
    cell->above += difference > 0.0; /* false for NaN */
    cell->equal += difference == 0.0;
    return cell_add(cell, difference, error);
}

bool table_add_differences(struct table *table, const struct pair *pairs, struct row_block plan,
                           struct row_block baseline, size_t count, struct error *error) {
    size_t periods = table_periods(table);
    for (size_t s = 0; s < table->series_count; s++) {
        const double *first = baseline.rows + pairs[s].baseline * periods;
        const double *second = plan.rows + pairs[s].plan * periods;
        for (size_t p = 0; p < periods; p++) {
            struct cell *cell = &table->cells[s * periods + p];
            for (size_t r = 0; r < count; r++) {
                double difference = second[r * plan.cells + p] - first[r * baseline.cells + p];
                if (!cell_add_difference(cell, difference, error)) {
                    return false;
                }
            }
        }
    }
    return true;
}

void table_free(struct table *table) {
    size_t cells = table->cells == NULL ? 0 : table_cells(table);
    for (size_t c = 0; c < cells; c++) {
        quantiles_free(&table->cells[c].quantiles);
    }
    free(table->cells);
    free(table->series);
    *table = (struct table){0};
}
