#include "engine/sweep_effect.h"

#include <math.h>
#include <string.h>

static bool same_number(double one, double other) {
    return one == other || (isnan(one) && isnan(other));
}

static bool same_cell(const struct sweep_cell *one, const struct sweep_cell *other) {
    bool same = same_number(one->values.mean, other->values.mean) &&
                same_number(one->values.standard_error, other->values.standard_error);
    for (size_t q = 0; same && q < RESULT_PROBABILITIES; q++) {
        same = same_number(one->values.quantile[q], other->values.quantile[q]);
    }
    return same;
}

static bool same_results(const struct sweep *sweep, const struct sweep_results *results, size_t one,
                         size_t other) {
    for (size_t plan = 0; plan < sweep->plan_count; plan++) {
        for (size_t m = 0; m < sweep->metric_count; m++) {
            if (!same_cell(sweep_cell(results, one, plan, m),
                           sweep_cell(results, other, plan, m))) {
                return false;
            }
        }
    }
    return true;
}

static bool differ_only_in(const struct design *design, size_t one, size_t other, size_t axis) {
    for (size_t a = 0; a < design->axis_count; a++) {
        bool same = strcmp(design_value(design, one, a), design_value(design, other, a)) == 0;
        if (same == (a == axis)) {
            return false;
        }
    }
    return true;
}

bool sweep_without_effect(const struct sweep *sweep, const struct sweep_results *results,
                          size_t axis) {
    bool any = false;
    if (sweep->own_chance || results->point_count > SWEEP_EFFECT_POINTS) {
        return false;
    }
    for (size_t p = 0; p < results->point_count; p++) {
        for (size_t q = 0; q < p; q++) {
            if (results->done[p] && results->done[q] && differ_only_in(sweep->design, p, q, axis)) {
                any = true;
                if (!same_results(sweep, results, p, q)) {
                    return false;
                }
            }
        }
    }
    return any;
}
