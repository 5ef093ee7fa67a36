#include "engine/sensitivity.h"

#include "base/memory.h"
#include "base/random.h"
#include "base/statistics.h"
#include "base/student.h"
#include "engine/sensitivity_parts.h"
#include "model/purpose.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

const char *const SENSITIVITY_NAMES[] = {"tornado", "morris", "sobol", "two-level"};

static const char *const MEASURES[SENSITIVITY_METHODS][SENSITIVITY_MEASURES_MOST] = {
    {"at_low", "at_high"},
    {"mu_star", "mu", "sigma"},
    {"total", "first"},
    {"share_parameters", "sd_parameters", "sd_chance", "mean"},
};

size_t sensitivity_measures(enum sensitivity_method method) {
    size_t count = 0;
    while (count < SENSITIVITY_MEASURES_MOST && MEASURES[method][count] != NULL) {
        count++;
    }
    return count;
}

const char *sensitivity_measure(enum sensitivity_method method, size_t measure) {
    return MEASURES[method][measure];
}

size_t sensitivity_points(const struct sensitivity_question *question) {
    switch (question->method) {
    case SENSITIVITY_TORNADO:
        return 2 * question->factors;
    case SENSITIVITY_MORRIS:
        return question->size * (question->factors + 1);
    case SENSITIVITY_SOBOL:
        return question->size * (question->factors + 2);
    case SENSITIVITY_TWO_LEVEL:
    case SENSITIVITY_METHODS:
        break;
    }
    return question->size;
}

static void tornado_design(const struct sensitivity_question *question, double shares[]) {
    size_t factors = question->factors;
    for (size_t at = 0; at < 2 * factors * factors; at++) {
        size_t point = at / factors;
        shares[at] = at % factors == point / 2 ? (double)(point % 2) : (double)NAN;
    }
}

static void draws_design(const struct sensitivity_question *question, double shares[]) {
    for (size_t p = 0; p < question->size; p++) {
        uint64_t row = random_row(question->seed, p, DRAW_POINTS, PURPOSE_DESIGN);
        for (size_t f = 0; f < question->factors; f++) {
            shares[p * question->factors + f] = random_uniform(row, f);
        }
    }
}

bool sensitivity_design(const struct sensitivity_question *question, double shares[],
                        struct error *error) {
    switch (question->method) {
    case SENSITIVITY_TORNADO:
        tornado_design(question, shares);
        break;
    case SENSITIVITY_MORRIS:
        morris_design(question, shares);
        break;
    case SENSITIVITY_SOBOL:
        if (question->factors > SENSITIVITY_SOBOL_FACTORS_MOST) {
            return error_add(error, ERROR_QUESTION,
                             "--method sobol takes at most %d parameters, not %zu; find those that "
                             "matter with --method morris first, and name them with --vary",
                             SENSITIVITY_SOBOL_FACTORS_MOST, question->factors);
        }
        sobol_indices_design(question, shares);
        break;
    case SENSITIVITY_TWO_LEVEL:
    case SENSITIVITY_METHODS:
        draws_design(question, shares);
        break;
    }
    return true;
}

/* Few histories: Student's law. */
static void tornado_analyse(struct sensitivity *sensitivity, const double values[],
                            const double errors[], uint64_t replications) {
    double times =
        replications < 2 ? (double)NAN : student_quantile(0.025, (double)replications - 1.0);
    for (size_t p = 0; p < 2 * sensitivity->rows; p++) {
        double half = times * errors[p];
        sensitivity->estimates[p] =
            (struct sensitivity_estimate){values[p], values[p] - half, values[p] + half};
    }
}

/* Where the model has no value, no row has one. */
static bool any_missing(const double values[], size_t points) {
    for (size_t p = 0; p < points; p++) {
        if (!isfinite(values[p])) {
            return true;
        }
    }
    return false;
}

bool sensitivity_analyse(struct sensitivity *sensitivity,
                         const struct sensitivity_question *question, const double shares[],
                         const double values[], const double errors[], uint64_t replications,
                         struct error *error) {
    size_t measures = sensitivity_measures(question->method);
    *sensitivity = (struct sensitivity){.method = question->method, .rows = question->factors};
    if (question->method == SENSITIVITY_TWO_LEVEL) {
        sensitivity->rows = 1;
    }
    sensitivity->estimates = memory_array(sensitivity->rows * measures,
                                          sizeof *sensitivity->estimates, "sensitivities", error);
    if (sensitivity->estimates == NULL) {
        return false;
    }
    if (question->method != SENSITIVITY_TORNADO &&
        any_missing(values, sensitivity_points(question))) {
        for (size_t e = 0; e < sensitivity->rows * measures; e++) {
            sensitivity->estimates[e] =
                (struct sensitivity_estimate){(double)NAN, (double)NAN, (double)NAN};
        }
        return true;
    }
    switch (question->method) {
    case SENSITIVITY_TORNADO:
        tornado_analyse(sensitivity, values, errors, replications);
        break;
    case SENSITIVITY_MORRIS:
        return morris_analyse(sensitivity, question, shares, values, error);
    case SENSITIVITY_SOBOL:
        return sobol_indices_analyse(sensitivity, question, values, error);
    case SENSITIVITY_TWO_LEVEL:
    case SENSITIVITY_METHODS:
        two_level_analyse(sensitivity, question->size, values, errors, replications);
        break;
    }
    return true;
}

const struct sensitivity_estimate *sensitivity_at(const struct sensitivity *sensitivity, size_t row,
                                                  size_t measure) {
    return &sensitivity->estimates[row * sensitivity_measures(sensitivity->method) + measure];
}

/* What rows are ordered by: of a tornado the distance between the furthest of both ends and the
 * middle. */
static double importance(const struct sensitivity *sensitivity, size_t row) {
    double value = sensitivity_at(sensitivity, row, 0)->value;
    if (sensitivity->method != SENSITIVITY_TORNADO) {
        return value;
    }
    double high = sensitivity_at(sensitivity, row, TORNADO_HIGH)->value;
    return fmax(fmax(value, high), 0.0) - fmin(fmin(value, high), 0.0);
}

/* By insertion: few rows, and equal ones stay in their order; no value comes last. */
void sensitivity_order(const struct sensitivity *sensitivity, size_t order[]) {
    for (size_t row = 0; row < sensitivity->rows; row++) {
        double own = importance(sensitivity, row);
        size_t at = row;
        while (at > 0 && (own > importance(sensitivity, order[at - 1]) ||
                          (isfinite(own) && !isfinite(importance(sensitivity, order[at - 1]))))) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = row;
    }
}

void sensitivity_free(struct sensitivity *sensitivity) {
    free(sensitivity->estimates);
    *sensitivity = (struct sensitivity){0};
}

void bootstrap_places(size_t places[], size_t count, uint64_t seed, uint64_t sample) {
    uint64_t row = random_row(seed, sample, DRAW_BOOTSTRAP, PURPOSE_DESIGN);
    for (size_t i = 0; i < count; i++) {
        places[i] = (size_t)(random_uniform(row, i) * (double)count);
    }
}

void bootstrap_interval(double samples[], size_t count, struct sensitivity_estimate *estimate) {
    numbers_sort(samples, count);
    double low = 0.025 * (double)(count - 1);
    size_t at = (size_t)low;
    double part = low - (double)at;
    size_t mirror = count - 1 - at;
    estimate->low = samples[at] + part * (samples[at + 1] - samples[at]);
    estimate->high = samples[mirror] - part * (samples[mirror] - samples[mirror - 1]);
}
