#include "engine/decision_rows.h"

#include "base/memory.h"
#include "engine/table.h"

#include <assert.h>
#include <stdlib.h>

static bool find_series(struct decision_rows *rows, const struct parameters *parameters,
                        size_t variant, const char *metric, struct error *error) {
    struct table table;
    bool good = table_list(&table, parameters, error);
    if (good) {
        int series = table_find(&table, parameters, metric);
        assert(series >= 0);
        rows->series[variant] = (size_t)series;
        rows->outcome = table.series[series].outcome;
    }
    table_free(&table);
    return good;
}

bool decision_rows_init(struct decision_rows *rows, const struct scenario *const scenarios[],
                        size_t count, const char *metric, struct error *error) {
    *rows = (struct decision_rows){0};
    rows->series = memory_array(count, sizeof *rows->series, "plans", error);
    rows->values = memory_array(count, sizeof *rows->values, "plans", error);
    bool good = rows->series != NULL && rows->values != NULL;
    for (size_t v = 0; good && v < count; v++) {
        good = find_series(rows, &scenarios[v]->parameters, v, metric, error);
    }
    return good &&
           decision_tally_init(&rows->tally, count,
                               OUTCOMES[rows->outcome].direction == OUTCOME_LOWER_IS_BETTER, error);
}

void decision_rows_add(struct decision_rows *rows, size_t variant, const struct table *table,
                       const double *values) {
    rows->values[variant] =
        values[(rows->series[variant] + 1) * table_periods(table) - 1]; /* the horizon is last */
    if (variant + 1 == rows->tally.plans) {
        decision_tally_add(&rows->tally, rows->values);
    }
}

void decision_rows_free(struct decision_rows *rows) {
    decision_tally_free(&rows->tally);
    free(rows->series);
    free(rows->values);
    *rows = (struct decision_rows){0};
}
