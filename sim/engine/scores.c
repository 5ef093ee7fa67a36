#include "engine/scores.h"

#include "base/memory.h"

#include <stdlib.h>

static void take_values(void *context, size_t point, size_t plan, const double *values) {
    struct scores *scores = context;
    const struct sweep *sweep = &scores->sweep;
    for (size_t t = 0; t < scores->target_count; t++) {
        const struct target *target = &scores->targets[t];
        for (size_t r = 0; r < sweep->replications; r++) {
            scores->column[r] = values[r * sweep->metric_count + target->metric];
        }
        scores->scores[point * scores->target_count + t] =
            target_score(target, sweep_cell(&scores->results, point, plan, target->metric),
                         scores->column, (size_t)sweep->replications);
    }
}

/* Until points are added the design has none; its arrays have room for all. */
static void set_count(struct scores *scores, size_t count) {
    scores->design.point_count = count;
    scores->results.point_count = count;
}

bool scores_open(struct scores *scores, const struct design_axes *axes, size_t most,
                 struct error *error) {
    struct sweep *sweep = &scores->sweep;
    if (!design_allocate(&scores->design, axes->count, most, error)) {
        return false;
    }
    scores->design.kind = DESIGN_FILE;
    for (size_t a = 0; a < axes->count; a++) {
        text_add(&scores->design.paths[a], "%s", text_bytes(&axes->axes[a].path));
    }
    scores->most = most;
    sweep->design = &scores->design;
    sweep->plan_count = 1;
    sweep->values = take_values;
    sweep->values_context = scores;
    bool good = sweep_results_init(&scores->results, sweep, error);
    scores->scenarios = memory_array(most, sizeof *scores->scenarios, "scenarios", error);
    scores->pointers = memory_array(most, sizeof *scores->pointers, "scenarios", error);
    scores->scores =
        memory_array(most * scores->target_count, sizeof *scores->scores, "statistics", error);
    scores->column = memory_array((size_t)sweep->replications, sizeof(double), "values", error);
    sweep->scenarios = scores->pointers;
    set_count(scores, 0);
    return good && scores->scenarios != NULL && scores->pointers != NULL &&
           scores->scores != NULL && scores->column != NULL;
}

bool scores_add(struct scores *scores, const struct design_axes *axes, const uint32_t *places,
                struct text *values, struct error *error) {
    struct design *design = &scores->design;
    size_t point = design->point_count;
    struct text *row = &design->values[point * design->axis_count];
    bool failed = false;
    for (size_t a = 0; a < design->axis_count; a++) {
        text_free(&row[a]);
        if (places != NULL) {
            design_add_step(&row[a], &axes->axes[a], places[a]);
        } else {
            row[a] = values[a];
            values[a] = (struct text){0};
        }
        failed = failed || row[a].failed;
    }
    if (failed) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the values of a point");
    }
    if (!scores->load(scores->load_context, &scores->scenarios[point], design, point,
                      places == NULL, error)) {
        scenario_free(&scores->scenarios[point]);
        return false;
    }
    scores->pointers[point] = &scores->scenarios[point];
    set_count(scores, point + 1);
    return true;
}

bool scores_run(struct scores *scores, struct error *error) {
    double seconds = scores->results.seconds;
    bool good = scores->results.done_count == scores->results.point_count ||
                sweep_run(&scores->sweep, &scores->results, error);
    scores->results.seconds += seconds;
    return good;
}

const struct score *scores_at(const struct scores *scores, size_t point, size_t target) {
    return &scores->scores[point * scores->target_count + target];
}

void scores_free(struct scores *scores) {
    size_t points = scores->design.point_count;
    for (size_t p = 0; p < points; p++) {
        scenario_free(&scores->scenarios[p]);
    }
    set_count(scores, scores->most); /* texts of a point that was not added, too */
    design_free(&scores->design);
    sweep_results_free(&scores->results);
    free(scores->scenarios);
    free(scores->pointers);
    free(scores->scores);
    free(scores->column);
    *scores = (struct scores){0};
}
