/* What a comparison of candidates says. */
#include "engine/optimum.h"

#include <math.h>

bool optimum_compared(const struct optimum *optimum) {
    const struct sweep_results *results = &optimum->fresh.results;
    return results->point_count > 1 && results->done_count == results->point_count;
}

bool optimum_keeps(const struct optimum *optimum, size_t point, double confidence) {
    bool keeps = true;
    for (size_t t = optimum->goal_count; t < optimum->target_count; t++) {
        const struct score *score = scores_at(&optimum->fresh, point, t);
        keeps = keeps && target_excess(&optimum->targets[t], score, confidence) <= 0.0;
    }
    return keeps;
}

double optimum_gain(const struct optimum *optimum, size_t point, size_t target,
                    double *standard_error) {
    const struct target *what = &optimum->targets[target];
    if (what->quantile < 0) {
        const struct sweep_cell *cell = sweep_cell(&optimum->fresh.results, point, 0, what->metric);
        *standard_error = cell->difference.standard_error;
        return cell->difference.mean;
    }
    const struct score *one = scores_at(&optimum->fresh, point, target);
    const struct score *base = scores_at(&optimum->fresh, 0, target);
    *standard_error = sqrt(one->standard_error * one->standard_error +
                           base->standard_error * base->standard_error);
    return one->value - base->value;
}

const struct score *optimum_promise(const struct optimum *optimum, size_t point, size_t target) {
    size_t row = point == 0 ? 0 : optimum->rows[optimum->candidates[point - 1]];
    return scores_at(&optimum->searched, row, target);
}

double optimum_luck(const struct optimum *optimum, size_t point, size_t target,
                    double *standard_error) {
    double error;
    double gain = optimum_gain(optimum, point, target, &error);
    double promised =
        optimum_promise(optimum, point, target)->value - optimum_promise(optimum, 0, target)->value;
    double times = (double)optimum->fresh_replications / (double)optimum->replications;
    *standard_error = error * sqrt(1.0 + times);
    return promised - gain;
}

size_t optimum_points(const struct optimum *optimum) {
    size_t done = optimum->searched.results.done_count;
    bool both = optimum->given_exactly && optimum->ask.given != NULL;
    return done > 0 && !both ? done - 1 : done;
}
