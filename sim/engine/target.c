#include "engine/target.h"

#include "base/statistics.h"
#include "base/student.h"

#include <math.h>

static const double NORMAL = 1e6; /* degrees of freedom at which Student's law is the normal one */

static double quantile_error(const double *sorted, size_t count, double probability) {
    double n = (double)count;
    double spread = sqrt(n * probability * (1.0 - probability));
    double low = fmax(floor(n * probability - spread), 1.0);
    double high = fmin(floor(n * probability + spread) + 1.0, n);
    return (sorted[(size_t)high - 1] - sorted[(size_t)low - 1]) / 2.0;
}

static size_t count_within(const struct target *target, const double *values, size_t count) {
    size_t within = 0;
    for (size_t v = 0; v < count; v++) {
        within += target->up ? values[v] >= target->bound : values[v] <= target->bound;
    }
    return within;
}

/* P(the true value is on the right side), from how many standard errors it is. */
static double surely(double distance, double error, double degrees) {
    return error > 0.0 ? student_tail(-distance / error, degrees) : distance >= 0.0 ? 1.0 : 0.0;
}

struct score target_score(const struct target *target, const struct sweep_cell *cell,
                          double *values, size_t count) {
    size_t real = 0;
    for (size_t v = 0; v < count; v++) {
        if (!isnan(values[v])) {
            values[real++] = values[v];
        }
    }
    const struct cell_summary *summary = &cell->values;
    bool mean = target->quantile < 0;
    struct score score = {
        .value = mean ? summary->mean : summary->quantile[target->quantile],
        .standard_error = summary->standard_error,
        .kept = (double)NAN,
        .share = (double)NAN,
        .histories = real,
    };
    if (real < 2) {
        return score;
    }
    double n = (double)real;
    if (!mean) {
        numbers_sort(values, real);
        score.standard_error = quantile_error(values, real, RESULT_PROBABILITY[target->quantile]);
    }
    if (isnan(target->bound)) {
        return score;
    }
    score.share = (double)count_within(target, values, real) / n;
    if (mean) {
        double distance = target->up ? score.value - target->bound : target->bound - score.value;
        score.kept = surely(distance, score.standard_error, n - 1.0);
    } else {
        /* A quantile is at most the bound when at least its share of all histories is. */
        double probability = RESULT_PROBABILITY[target->quantile];
        double needed = target->up ? 1.0 - probability : probability;
        score.kept =
            surely(score.share - needed, sqrt(probability * (1.0 - probability) / n), NORMAL);
    }
    return score;
}

double target_excess(const struct target *target, const struct score *score, double confidence) {
    double beyond = score->value - target->bound;
    double margin = 0.0;
    if (confidence > 0.5 && score->histories < 2) {
        margin = (double)NAN;
    } else if (confidence > 0.5) {
        double degrees = target->quantile < 0 ? (double)score->histories - 1.0 : NORMAL;
        margin = student_quantile(1.0 - confidence, degrees) * score->standard_error;
    }
    return (target->up ? -beyond : beyond) + margin;
}

double target_interval(double standard_error, uint64_t histories) {
    return histories < 2 ? (double)NAN
                         : student_quantile(0.025, (double)histories - 1.0) * standard_error;
}
