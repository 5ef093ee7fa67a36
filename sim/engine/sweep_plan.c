#include "engine/sweep_plan.h"

#include "base/memory.h"
#include "engine/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t sweep_value_count(const struct sweep *sweep) {
    return (size_t)sweep->replications * sweep->metric_count;
}

/* The series of these names that the plan has, over the horizon, and where they are kept in every
 * year. */
static void make_shape(struct table *shape, const char *const names[], size_t count,
                       const struct parameters *parameters) {
    for (size_t n = 0; n < count; n++) {
        shape->series_count +=
            sweep_series(parameters, names[n], &shape->series[shape->series_count]);
    }
}

bool sweep_plan_init(struct sweep_plan *plan, const struct sweep *sweep,
                     const struct parameters *parameters, struct error *error) {
    bool keeps = sweep->keep != NULL;
    size_t most = keeps ? sweep->kept_count : sweep->metric_count;
    plan->shape = (struct table){.years = keeps ? (size_t)parameters->simulation.years : 0};
    plan->shape.series = memory_array(most, sizeof(struct series), "metrics of a sweep", error);
    plan->series = memory_array(sweep->metric_count, sizeof(int), "metrics of a sweep", error);
    plan->values =
        memory_array(sweep_value_count(sweep), sizeof(double), "values of replications", error);
    if (plan->shape.series == NULL || plan->series == NULL || plan->values == NULL) {
        return false;
    }
    make_shape(&plan->shape, keeps ? sweep->kept : sweep->metrics, most, parameters);
    for (size_t m = 0; m < sweep->metric_count; m++) {
        plan->series[m] = table_find(&plan->shape, parameters, sweep->metrics[m]);
    }
    return true;
}

bool sweep_plan_model(struct sweep_plan *plan, const struct sweep *sweep,
                      const struct parameters *parameters, struct error *error) {
    if (sweep->keep != NULL) {
        plan->rows = memory_array((size_t)sweep->replications * table_cells(&plan->shape),
                                  sizeof *plan->rows, "values to keep", error);
        if (plan->rows == NULL) {
            return false;
        }
    }
    return model_init(&plan->model, parameters, error);
}

void sweep_plan_free(struct sweep_plan *plan) {
    model_free(&plan->model);
    free(plan->shape.series);
    free(plan->series);
    free(plan->values);
    free(plan->rows);
    *plan = (struct sweep_plan){0};
}

/* The whole horizon is the last period of every series. */
void sweep_plan_keep(struct sweep_plan *plan, const struct sweep *sweep, const double *row,
                     uint64_t replication) {
    double *values = plan->values + (size_t)replication * sweep->metric_count;
    size_t cells = table_cells(&plan->shape);
    if (plan->rows != NULL) {
        memcpy(plan->rows + (size_t)replication * cells, row, cells * sizeof *row);
    }
    for (size_t m = 0; m < sweep->metric_count; m++) {
        size_t last = table_periods(&plan->shape) - 1;
        values[m] = plan->series[m] < 0
                        ? (double)NAN
                        : row[(size_t)plan->series[m] * table_periods(&plan->shape) + last];
    }
}

/* One column of values, less another one when there is one, added to a cell block by block as a
 * run adds them, so that both have the same bytes. */
static bool add_column(const struct sweep *sweep, const double *values, const double *less,
                       size_t metric, struct spans *spans, struct cell *cell, struct error *error) {
    for (uint64_t from = 0; from < sweep->replications; from += BLOCK_REPLICATIONS) {
        struct moments *moments = spans_begin(spans, error);
        double block[BLOCK_REPLICATIONS];
        size_t count = 0;
        if (moments == NULL) {
            return false;
        }
        for (; count < BLOCK_REPLICATIONS && from + count < sweep->replications; count++) {
            size_t at = (from + count) * sweep->metric_count + metric;
            double value = less == NULL ? values[at] : values[at] - less[at];
            cell->above += value > 0.0; /* false for NaN */
            cell->equal += value == 0.0;
            block[count] = value;
            if (!quantiles_add(&cell->quantiles, value, error)) {
                return false;
            }
        }
        *moments = moments_of(block, count);
        spans_end(spans);
    }
    return true;
}

static bool summarise(const struct sweep *sweep, const double *values, const double *less,
                      size_t metric, struct cell_summary *summary, double shares[2],
                      struct error *error) {
    struct cell cell = {0};
    struct spans spans;
    spans_init(&spans, 1, 0);
    bool good = add_column(sweep, values, less, metric, &spans, &cell, error);
    cell.moments = spans_read(&spans, 0);
    good = good && cell_summarise(&cell, summary, error);
    spans_free(&spans);
    quantiles_free(&cell.quantiles);
    double count = (double)cell.moments.count;
    shares[0] = (double)cell.above / count; /* NaN without values */
    shares[1] = (double)cell.equal / count;
    return good;
}

static struct cell_summary nothing(void) {
    struct cell_summary summary = {(double)NAN, (double)NAN, {0}};
    for (size_t q = 0; q < RESULT_PROBABILITIES; q++) {
        summary.quantile[q] = (double)NAN;
    }
    return summary;
}

static bool lower_is_better(const char *metric) {
    for (size_t o = 0; o < OUTCOME_COUNT; o++) {
        size_t length = strlen(OUTCOMES[o].name);
        if (strncmp(OUTCOMES[o].name, metric, length) == 0 &&
            (metric[length] == '\0' || metric[length] == '.')) {
            return OUTCOMES[o].direction == OUTCOME_LOWER_IS_BETTER;
        }
    }
    return false;
}

bool sweep_plan_reduce(const struct sweep_plan *plan, const struct sweep *sweep, const double *less,
                       struct sweep_cell *cells, struct error *error) {
    for (size_t m = 0; m < sweep->metric_count; m++) {
        struct sweep_cell *cell = &cells[m];
        double shares[2];
        cell->difference = nothing();
        cell->better = (double)NAN;
        if (!summarise(sweep, plan->values, NULL, m, &cell->values, shares, error)) {
            return false;
        }
        if (less == NULL) {
            continue;
        }
        if (!summarise(sweep, plan->values, less, m, &cell->difference, shares, error)) {
            return false;
        }
        cell->better = lower_is_better(sweep->metrics[m]) ? 1.0 - shares[0] - shares[1] : shares[0];
    }
    return true;
}
