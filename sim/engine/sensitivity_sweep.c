#include "engine/sensitivity_sweep.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

bool sensitivity_sweep_design(struct sensitivity_sweep *analysis, struct design *design,
                              const struct text base[], struct error *error) {
    const struct sensitivity_question *question = &analysis->question;
    const enum design_kind kind = DESIGN_TORNADO + (enum design_kind)question->method;
    size_t points = sensitivity_points(question);
    if (points + 1 > DESIGN_POINTS_MOST) {
        return error_add(error, ERROR_QUESTION,
                         "%zu points are too many, at most %d are simulated; take fewer parameters "
                         "or a smaller --size",
                         points, DESIGN_POINTS_MOST);
    }
    analysis->shares =
        memory_array(points * question->factors, sizeof *analysis->shares, "points", error);
    if (analysis->shares == NULL || !sensitivity_design(question, analysis->shares, error) ||
        !design_of_shares(design, kind, analysis->axes, analysis->shares, points, base, error)) {
        return false;
    }
    for (size_t s = 0; s < points * question->factors; s++) {
        double share = analysis->shares[s];
        analysis->shares[s] =
            isnan(share) ? share
                         : design_share(&analysis->axes->axes[s % question->factors], share);
    }
    return true;
}

const struct cell_summary *sensitivity_sweep_cell(const struct sensitivity_sweep *analysis,
                                                  const struct sweep_results *results, size_t point,
                                                  size_t metric) {
    size_t plans = analysis->sweep->plan_count;
    const struct sweep_cell *cell = sweep_cell(results, point, plans - 1, metric);
    return plans > 1 ? &cell->difference : &cell->values;
}

/* Values and standard errors of the points behind the first; of a tornado their changes against it,
 * history by history where there is one plan. */
static void take_values(const struct sensitivity_sweep *analysis,
                        const struct sweep_results *results, size_t metric, double values[],
                        double errors[]) {
    bool changes = analysis->question.method == SENSITIVITY_TORNADO;
    double middle = sensitivity_sweep_cell(analysis, results, 0, metric)->mean;
    for (size_t p = 1; p < results->point_count; p++) {
        const struct cell_summary *cell = sensitivity_sweep_cell(analysis, results, p, metric);
        values[p - 1] = cell->mean;
        errors[p - 1] = cell->standard_error;
        if (changes && analysis->sweep->plan_count > 1) {
            values[p - 1] = cell->mean - middle;
            errors[p - 1] =
                (double)NAN; /* that of the difference of two differences is not known */
        } else if (changes) {
            cell = &sweep_cell(results, p, 0, metric)->difference;
            values[p - 1] = cell->mean;
            errors[p - 1] = cell->standard_error;
        }
    }
}

bool sensitivity_sweep_analyse(struct sensitivity_sweep *analysis,
                               const struct sweep_results *results, struct error *error) {
    const struct sweep *sweep = analysis->sweep;
    size_t points = results->point_count - 1;
    double *values = memory_array(points, sizeof *values, "values of points", error);
    double *errors = memory_array(points, sizeof *errors, "values of points", error);
    analysis->answers =
        memory_array(sweep->metric_count, sizeof *analysis->answers, "analyses", error);
    bool good = values != NULL && errors != NULL && analysis->answers != NULL;
    for (size_t m = 0; good && m < sweep->metric_count; m++) {
        take_values(analysis, results, m, values, errors);
        good = sensitivity_analyse(&analysis->answers[m], &analysis->question, analysis->shares,
                                   values, errors, sweep->replications, error);
    }
    free(values);
    free(errors);
    return good;
}

void sensitivity_sweep_free(struct sensitivity_sweep *analysis) {
    for (size_t m = 0; analysis->answers != NULL && m < analysis->sweep->metric_count; m++) {
        sensitivity_free(&analysis->answers[m]);
    }
    free(analysis->answers);
    free(analysis->shares);
    *analysis = (struct sensitivity_sweep){0};
}
