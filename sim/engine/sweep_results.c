#include "base/memory.h"
#include "engine/sweep.h"
#include "engine/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool sweep_results_init(struct sweep_results *results, const struct sweep *sweep,
                        struct error *error) {
    size_t points = sweep->design->point_count;
    *results = (struct sweep_results){.point_count = points,
                                      .plan_count = sweep->plan_count,
                                      .metric_count = sweep->metric_count};
    results->cells = memory_array(points * sweep->plan_count * sweep->metric_count,
                                  sizeof *results->cells, "results of a sweep", error);
    results->done = memory_array(points, sizeof *results->done, "points of a sweep", error);
    return results->cells != NULL && results->done != NULL;
}

struct sweep_cell *sweep_cell(const struct sweep_results *results, size_t point, size_t plan,
                              size_t metric) {
    return &results->cells[(point * results->plan_count + plan) * results->metric_count + metric];
}

size_t sweep_label(const struct sweep *sweep, size_t point) {
    return sweep->as_it_stands ? point : point + 1;
}

bool sweep_series(const struct parameters *parameters, const char *metric, struct series *series) {
    struct table table;
    struct error error = {0};
    int found =
        table_list(&table, parameters, &error) ? table_find(&table, parameters, metric) : -1;
    if (found >= 0) {
        *series = table.series[found];
    }
    table_free(&table);
    error_free(&error);
    return found >= 0;
}

const struct outcome *sweep_outcome(const struct sweep *sweep, size_t metric) {
    struct series series = {0};
    for (size_t s = 0; s < sweep->design->point_count * sweep->plan_count; s++) {
        if (sweep_series(&sweep->scenarios[s]->parameters, sweep->metrics[metric], &series)) {
            break;
        }
    }
    return &OUTCOMES[series.outcome];
}

double sweep_memory(const struct sweep *sweep, int threads) {
    double values = (double)sweep->replications * (double)sweep->metric_count * 8.0;
    double points = fmin((double)threads + 1.0, (double)sweep->design->point_count);
    double cells = (double)sweep->design->point_count * (double)sweep->plan_count *
                   (double)sweep->metric_count * sizeof(struct sweep_cell);
    double kept = 0.0;
    if (sweep->keep != NULL) {
        double years = (double)sweep->scenarios[0]->parameters.simulation.years;
        kept = (double)sweep->replications * (double)sweep->kept_count * (years + 1.0) * 8.0;
    }
    return (values + kept) * points * (double)sweep->plan_count +
           values * (sweep->baseline < SIZE_MAX) + cells;
}

void sweep_results_free(struct sweep_results *results) {
    free(results->cells);
    free(results->done);
    *results = (struct sweep_results){0};
}
