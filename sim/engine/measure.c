#include "engine/measure.h"

#include "base/memory.h"
#include "model/parts.h"

#include <math.h>
#include <stdlib.h>

/* Whose books a series is measured on. */
static size_t part_of(const struct series *series, const struct parameters *parameters) {
    if (series->role >= 0) {
        size_t role = (size_t)series->role;
        return series->item > 0 ? part_of_component(parameters, role, series->item - 1)
                                : part_of_role(role);
    }
    if (series->segment >= 0) {
        size_t segment = (size_t)series->segment;
        return series->item > 0 ? part_of_stage(parameters, segment, series->item - 1)
                                : part_of_segment(parameters, segment);
    }
    return PART_ALL;
}

bool measure_init(struct measure *measure, const struct table *table,
                  const struct parameters *parameters, struct error *error) {
    *measure = (struct measure){
        .table = table,
        .horizon = (size_t)parameters->simulation.years,
        .part_count = part_count(parameters),
    };
    measure->years =
        memory_array(measure->horizon + 1, sizeof *measure->years, "ledgers of years", error);
    measure->trailing =
        memory_array(table->months, sizeof *measure->trailing, "ledgers of trailing months", error);
    measure->parts =
        memory_array(table->series_count, sizeof *measure->parts, "series of the results", error);
    measure->asked =
        memory_array(measure->part_count, sizeof *measure->asked, "parts of a firm", error);
    if (measure->years == NULL || measure->trailing == NULL || measure->parts == NULL ||
        measure->asked == NULL) {
        return false;
    }
    for (size_t s = 0; s < table->series_count; s++) {
        measure->parts[s] = part_of(&table->series[s], parameters);
        measure->asked[measure->parts[s]] = true;
    }
    return true;
}

void measure_free(struct measure *measure) {
    free(measure->years);
    free(measure->trailing);
    free(measure->parts);
    free(measure->asked);
    *measure = (struct measure){0};
}

/* Sums the months of a part to years and the horizon. */
static void sum_years(struct measure *measure, const struct firm *firm, size_t part) {
    size_t years = measure->horizon;
    struct ledger *horizon = &measure->years[years];
    *horizon = (struct ledger){0};
    for (size_t y = 0; y < years; y++) {
        measure->years[y] = (struct ledger){0};
        for (size_t m = 12 * y; m < 12 * y + 12; m++) {
            ledger_append(&measure->years[y], firm_ledger(firm, m, part));
        }
        ledger_append(horizon, &measure->years[y]);
    }
}

/* Sums the `length` months up to each month that has so many. Each window is summed anew: a running
 * sum would carry rounding errors along. */
static void sum_trailing(struct measure *measure, const struct firm *firm, size_t part,
                         size_t length) {
    for (size_t last = length - 1; last < measure->table->months; last++) {
        struct ledger *window = &measure->trailing[last];
        *window = (struct ledger){0};
        for (size_t m = last + 1 - length; m <= last; m++) {
            ledger_append(window, firm_ledger(firm, m, part));
        }
    }
    measure->trailing_months = length;
}

static void measure_months(struct measure *measure, const struct firm *firm, size_t part,
                           const struct outcome *outcome, double *values) {
    size_t trailing = (size_t)outcome->trailing_months;
    if (trailing > 0 && measure->trailing_months != trailing) {
        sum_trailing(measure, firm, part, trailing);
    }
    for (size_t m = 0; m < measure->table->months; m++) {
        if (outcome->yearly || m + 1 < trailing) {
            values[m] = (double)NAN;
        } else {
            values[m] =
                outcome->value(trailing > 0 ? &measure->trailing[m] : firm_ledger(firm, m, part));
        }
    }
}

void measure_firm(struct measure *measure, const struct firm *firm, double *values) {
    const struct table *table = measure->table;
    size_t periods = table_periods(table);
    for (size_t part = 0; part < measure->part_count; part++) {
        if (!measure->asked[part]) {
            continue;
        }
        measure->trailing_months = 0;
        sum_years(measure, firm, part);
        for (size_t s = 0; s < table->series_count; s++) {
            if (measure->parts[s] != part) {
                continue;
            }
            const struct outcome *outcome = &OUTCOMES[table->series[s].outcome];
            double *row = values + s * periods;
            measure_months(measure, firm, part, outcome, row);
            for (size_t y = 0; y < table->years; y++) {
                row[table->months + y] = outcome->value(&measure->years[y]);
            }
            row[table->months + table->years] = outcome->value(&measure->years[measure->horizon]);
        }
    }
}
