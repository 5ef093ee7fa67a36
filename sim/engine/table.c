#include "engine/table.h"

#include "base/memory.h"
#include "model/parts.h"
#include "plan/plan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *series_part(const struct series *series, const struct parameters *parameters) {
    if (series->role >= 0) {
        return parameters->roles[series->role].name;
    }
    return series->segment >= 0 ? parameters->segments[series->segment].name : NULL;
}

/* A list of series in the making; only counts where `series` is NULL. */
struct listing {
    const struct parameters *parameters;
    struct series *series;
    size_t count;
};

static void list(struct listing *listing, struct series series) {
    if (listing->series != NULL) {
        listing->series[listing->count] = series;
    }
    listing->count++;
}

static void list_role(struct listing *listing, size_t o, size_t role) {
    enum outcome_breakdown breakdown = OUTCOMES[o].breakdown;
    list(listing, (struct series){o, (int)role, -1, 0});
    if (breakdown != OUTCOME_COMPONENT && breakdown != OUTCOME_AWARD) {
        return;
    }
    size_t count = part_components(listing->parameters, role);
    for (size_t c = 0; c < count; c++) {
        if (breakdown == OUTCOME_COMPONENT || part_is_award(listing->parameters, role, c)) {
            list(listing, (struct series){o, (int)role, -1, 1 + c});
        }
    }
}

static void list_segment(struct listing *listing, size_t o, size_t segment) {
    list(listing, (struct series){o, -1, (int)segment, 0});
    size_t stages = listing->parameters->segments[segment].pipeline.stage_count;
    for (size_t k = 0; OUTCOMES[o].breakdown == OUTCOME_STAGE && k < stages; k++) {
        list(listing, (struct series){o, -1, (int)segment, 1 + k});
    }
}

static void list_all(struct listing *listing) {
    const struct parameters *parameters = listing->parameters;
    listing->count = 0;
    for (size_t o = 0; o < OUTCOME_COUNT; o++) {
        list(listing, (struct series){o, -1, -1, 0});
        for (size_t r = 0; outcome_by_role(&OUTCOMES[o]) && r < parameters->role_count; r++) {
            list_role(listing, o, r);
        }
        for (size_t s = 0; outcome_by_segment(&OUTCOMES[o]) && s < parameters->segment_count; s++) {
            list_segment(listing, o, s);
        }
    }
}

static bool allocate_cells(struct table *table, struct error *error) {
    table->cells =
        memory_array(table_cells(table), sizeof *table->cells, "cells of the results", error);
    spans_init(&table->spans, table_cells(table), 0);
    return table->cells != NULL;
}

bool table_list(struct table *table, const struct parameters *parameters, struct error *error) {
    size_t years = (size_t)parameters->simulation.years;
    struct listing listing = {.parameters = parameters};
    *table = (struct table){.months = 12 * years, .years = years};
    list_all(&listing);
    table->series =
        memory_array(listing.count, sizeof *table->series, "series of the results", error);
    if (table->series == NULL) {
        return false;
    }
    listing.series = table->series;
    list_all(&listing);
    table->series_count = listing.count;
    return true;
}

bool table_init(struct table *table, const struct parameters *parameters, struct error *error) {
    return table_list(table, parameters, error) && allocate_cells(table, error);
}

bool table_init_horizon(struct table *table, const struct parameters *parameters,
                        const char *const names[], size_t count, struct error *error) {
    struct table all;
    *table = (struct table){0};
    bool good = table_list(&all, parameters, error);
    table->series = memory_array(count, sizeof *table->series, "series of the results", error);
    good = good && table->series != NULL;
    for (size_t n = 0; good && n < count; n++) {
        int found = table_find(&all, parameters, names[n]);
        if (found >= 0) {
            table->series[table->series_count++] = all.series[found];
        }
    }
    table_free(&all);
    return good && allocate_cells(table, error);
}

bool table_init_years(struct table *table, const struct series series[], size_t count, size_t years,
                      struct error *error) {
    *table = (struct table){.years = years, .series_count = count};
    table->series = memory_array(count, sizeof *table->series, "series of the results", error);
    if (table->series == NULL) {
        table->series_count = 0;
        return false;
    }
    memcpy(table->series, series, count * sizeof *series);
    return allocate_cells(table, error);
}

/* The series of the baseline with the name of one of the plan, or -1. */
static int find_baseline(const struct variant *plan, const struct series *series,
                         const struct variant *baseline) {
    struct text name = {0};
    series_name(&name, series, &plan->scenario->parameters);
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

/* The series that counts who comes into the cohort of this one; the count of series: none does. */
static size_t find_cohort(const struct table *table, const struct series *share) {
    size_t wanted = outcome_find(OUTCOMES[share->outcome].cohort);
    size_t s = 0;
    while (s < table->series_count &&
           (table->series[s].outcome != wanted || table->series[s].role != share->role ||
            table->series[s].segment != share->segment || table->series[s].item != share->item)) {
        s++;
    }
    return s;
}

/* Who came early enough to be counted, and how many of them are still there: whole people and
 * customers, whose sums over all replications depend on no order. */
static void add_cohort(struct table *table, size_t s, const double *rows, size_t count) {
    const size_t periods = table_periods(table);
    const size_t lag = OUTCOMES[table->series[s].outcome].cohort_months;
    const size_t cohort = find_cohort(table, &table->series[s]);
    struct cell *cell = &table->cells[s * periods + periods - 1];
    for (size_t r = 0; cohort < table->series_count && r < count; r++) {
        const double *row = rows + r * table_cells(table);
        double share = row[s * periods + periods - 1];
        double came = 0.0;
        for (size_t m = 0; m + lag < table->months; m++) {
            came += row[cohort * periods + m];
        }
        if (share >= 0.0 && came > 0.0) { /* no NaN: somebody came */
            cell->came += (uint64_t)(came + 0.5);
            cell->there += (uint64_t)(share * came + 0.5);
        }
    }
}

/* Cells do not depend on each other, so all replications of a block go into one cell before the
 * next: a cell and its buffer are fetched from memory once a block. */
bool table_add(struct table *table, const double *rows, size_t count, struct error *error) {
    size_t cells = table_cells(table);
    struct moments *moments = spans_begin(&table->spans, error);
    assert(count <= BLOCK_REPLICATIONS);
    if (moments == NULL) {
        return false;
    }
    moments_of_columns(rows, count, cells, moments);
    for (size_t c = 0; c < cells; c++) {
        double values[BLOCK_REPLICATIONS];
        for (size_t r = 0; r < count; r++) {
            values[r] = rows[r * cells + c];
        }
        if (!quantiles_add_all(&table->cells[c].quantiles, values, count, error)) {
            return false;
        }
    }
    for (size_t s = 0; s < table->series_count; s++) {
        if (OUTCOMES[table->series[s].outcome].cohort != NULL) {
            add_cohort(table, s, rows, count);
        }
    }
    spans_end(&table->spans);
    return true;
}

bool table_add_differences(struct table *table, const struct pair *pairs, struct row_block plan,
                           struct row_block baseline, size_t count, struct error *error) {
    size_t periods = table_periods(table);
    struct moments *moments = spans_begin(&table->spans, error);
    assert(count <= BLOCK_REPLICATIONS);
    if (moments == NULL) {
        return false;
    }
    for (size_t c = 0; c < table_cells(table); c++) {
        const struct pair *pair = &pairs[c / periods];
        const double *first = baseline.rows + pair->baseline * periods + c % periods;
        const double *second = plan.rows + pair->plan * periods + c % periods;
        struct cell *cell = &table->cells[c];
        double values[BLOCK_REPLICATIONS];
        for (size_t r = 0; r < count; r++) {
            values[r] = second[r * plan.cells] - first[r * baseline.cells];
            cell->above += values[r] > 0.0; /* false for NaN */
            cell->equal += values[r] == 0.0;
        }
        moments[c] = moments_of(values, count);
        if (!quantiles_add_all(&cell->quantiles, values, count, error)) {
            return false;
        }
    }
    spans_end(&table->spans);
    return true;
}

void table_start(struct table *table, uint64_t first_block) {
    table->spans.first = first_block;
    for (size_t c = 0; c < table_cells(table); c++) {
        table->cells[c].quantiles.first = first_block * BLOCK_REPLICATIONS;
    }
}

void table_settle(struct table *table) {
    for (size_t c = 0; c < table_cells(table); c++) {
        table->cells[c].moments = spans_read(&table->spans, c);
    }
}

bool table_append(struct table *table, struct table *next, struct error *error) {
    assert(table_cells(table) == table_cells(next));
    spans_append(&table->spans, &next->spans);
    for (size_t c = 0; c < table_cells(table); c++) {
        struct cell *cell = &table->cells[c];
        cell->above += next->cells[c].above;
        cell->equal += next->cells[c].equal;
        if (!quantiles_append(&cell->quantiles, &next->cells[c].quantiles, error)) {
            return false;
        }
    }
    return true;
}

bool table_put(struct table *table, struct binary_writer *writer, struct error *error) {
    spans_put(&table->spans, writer);
    for (size_t c = 0; c < table_cells(table); c++) {
        binary_put_number(writer, table->cells[c].above);
        binary_put_number(writer, table->cells[c].equal);
        if (!quantiles_put(&table->cells[c].quantiles, writer, error)) {
            return false;
        }
    }
    return true;
}

bool table_get(struct table *table, struct binary_reader *reader, struct error *error) {
    if (!spans_get(&table->spans, reader, error)) {
        return false;
    }
    for (size_t c = 0; c < table_cells(table); c++) {
        struct cell *cell = &table->cells[c];
        cell->above = binary_get_number(reader);
        cell->equal = binary_get_number(reader);
        if (!quantiles_get(&cell->quantiles, reader, error)) {
            return false;
        }
        if (cell->quantiles.first != table->spans.first * BLOCK_REPLICATIONS) {
            reader->failed = true;
            return false;
        }
    }
    return true;
}

void table_free(struct table *table) {
    size_t cells = table->cells == NULL ? 0 : table_cells(table);
    for (size_t c = 0; c < cells; c++) {
        quantiles_free(&table->cells[c].quantiles);
    }
    spans_free(&table->spans);
    free(table->cells);
    free(table->series);
    *table = (struct table){0};
}
