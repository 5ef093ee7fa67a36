#include "base/memory.h"
#include "engine/sweep.h"

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

static size_t find_part(const char *part, size_t length, const char *names, size_t size,
                        size_t count) {
    for (size_t n = 0; n < count; n++) {
        const char *name = names + n * size;
        if (strncmp(name, part, length) == 0 && name[length] == '\0') {
            return n;
        }
    }
    return SIZE_MAX;
}

bool sweep_series(const struct parameters *parameters, const char *metric, struct series *series) {
    size_t length = strcspn(metric, ".");
    const char *part = metric[length] == '\0' ? NULL : metric + length + 1;
    for (size_t o = 0; o < OUTCOME_COUNT; o++) {
        const struct outcome *outcome = &OUTCOMES[o];
        if (strlen(outcome->name) != length || strncmp(outcome->name, metric, length) != 0) {
            continue;
        }
        *series = (struct series){o, -1, -1};
        if (part == NULL) {
            return true;
        }
        size_t found = SIZE_MAX;
        if (outcome->breakdown == OUTCOME_ROLE) {
            found = find_part(part, strlen(part), (const char *)parameters->roles,
                              sizeof *parameters->roles, parameters->role_count);
            series->role = (int)found;
        } else if (outcome->breakdown == OUTCOME_SEGMENT) {
            found = find_part(part, strlen(part), (const char *)parameters->segments,
                              sizeof *parameters->segments, parameters->segment_count);
            series->segment = (int)found;
        }
        return found != SIZE_MAX;
    }
    return false;
}

double sweep_memory(const struct sweep *sweep, int threads) {
    double values = (double)sweep->replications * (double)sweep->metric_count * 8.0;
    double points = fmin((double)threads + 1.0, (double)sweep->design->point_count);
    double cells = (double)sweep->design->point_count * (double)sweep->plan_count *
                   (double)sweep->metric_count * sizeof(struct sweep_cell);
    return values * (points * (double)sweep->plan_count + (sweep->baseline < SIZE_MAX)) + cells;
}

void sweep_results_free(struct sweep_results *results) {
    free(results->cells);
    free(results->done);
    *results = (struct sweep_results){0};
}
