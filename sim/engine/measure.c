#include "engine/measure.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

bool measure_init(struct measure *measure, const struct table *table,
                  const struct parameters *parameters, struct error *error) {
    *measure = (struct measure){
        .table = table,
        .role_count = parameters->role_count,
        .group_count = 1 + parameters->role_count + parameters->segment_count,
    };
    measure->years =
        memory_array(table->years + 1, sizeof *measure->years, "ledgers of years", error);
    measure->trailing =
        memory_array(table->months, sizeof *measure->trailing, "ledgers of trailing months", error);
    return measure->years != NULL && measure->trailing != NULL;
}

void measure_free(struct measure *measure) {
    free(measure->years);
    free(measure->trailing);
    *measure = (struct measure){0};
}

/* The ledger that a series is measured on, as firm_ledger counts them. */
static size_t group_of(const struct measure *measure, const struct series *series) {
    if (series->role >= 0) {
        return 1 + (size_t)series->role;
    }
    return series->segment >= 0 ? 1 + measure->role_count + (size_t)series->segment : 0;
}

/* Sums the months of a group to years and the horizon. */
static void sum_years(struct measure *measure, const struct firm *firm, size_t group) {
    size_t years = measure->table->years;
    struct ledger *horizon = &measure->years[years];
    *horizon = (struct ledger){0};
    for (size_t y = 0; y < years; y++) {
        measure->years[y] = (struct ledger){0};
        for (size_t m = 12 * y; m < 12 * y + 12; m++) {
            ledger_append(&measure->years[y], firm_ledger(firm, m, group));
        }
        ledger_append(horizon, &measure->years[y]);
    }
}

/* Sums the `length` months up to each month that has so many. Each window is summed anew: a running
 * sum would carry rounding errors along. */
static void sum_trailing(struct measure *measure, const struct firm *firm, size_t group,
                         size_t length) {
    for (size_t last = length - 1; last < measure->table->months; last++) {
        struct ledger *window = &measure->trailing[last];
        *window = (struct ledger){0};
        for (size_t m = last + 1 - length; m <= last; m++) {
            ledger_append(window, firm_ledger(firm, m, group));
        }
    }
    measure->trailing_months = length;
}

static void measure_months(struct measure *measure, const struct firm *firm, size_t group,
                           const struct outcome *outcome, double *values) {
    size_t trailing = (size_t)outcome->trailing_months;
    if (trailing > 0 && measure->trailing_months != trailing) {
        sum_trailing(measure, firm, group, trailing);
    }
    for (size_t m = 0; m < measure->table->months; m++) {
        if (outcome->yearly || m + 1 < trailing) {
            values[m] = (double)NAN;
        } else {
            values[m] =
                outcome->value(trailing > 0 ? &measure->trailing[m] : firm_ledger(firm, m, group));
        }
    }
}

void measure_firm(struct measure *measure, const struct firm *firm, double *values) {
    const struct table *table = measure->table;
    size_t periods = table_periods(table);
    for (size_t group = 0; group < measure->group_count; group++) {
        measure->trailing_months = 0;
        sum_years(measure, firm, group);
        for (size_t s = 0; s < table->series_count; s++) {
            if (group_of(measure, &table->series[s]) != group) {
                continue;
            }
            const struct outcome *outcome = &OUTCOMES[table->series[s].outcome];
            double *row = values + s * periods;
            measure_months(measure, firm, group, outcome, row);
            for (size_t y = 0; y <= table->years; y++) {
                row[table->months + y] = outcome->value(&measure->years[y]);
            }
        }
    }
}
