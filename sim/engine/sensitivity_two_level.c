/* Two levels of uncertainty: an analysis of variance with one random effect, the point of the
 * parameters (S. R. Searle, G. Casella and C. E. McCulloch, "Variance Components", 1992, chapter
 * 3), with intervals by jackknife over the points (J. N. Arvesen and T. H. Schmitz, Biometrics 26
 * (1970) 677), which do not need normal laws. */
#include "base/mathematics.h"
#include "base/student.h"
#include "engine/sensitivity_parts.h"

#include <math.h>

/* Sums over the points, from which those without one of them follow. */
struct sums {
    double count;
    double mean;    /* of the means */
    double squares; /* of their deviations */
    double within;  /* of the variances within the points */
};

enum { LOG_BETWEEN, LOG_WITHIN, LOG_RATIO, JACKKNIVES };

/* Logarithms of the mean squares between (over the replications) and within points, and of what is
 * their ratio F but for the replications. */
static void logarithms(const struct sums *sums, double logs[JACKKNIVES]) {
    logs[LOG_BETWEEN] = math_log(sums->squares / (sums->count - 1.0));
    logs[LOG_WITHIN] = math_log(sums->within / sums->count);
    logs[LOG_RATIO] = logs[LOG_BETWEEN] - logs[LOG_WITHIN];
}

/* The sums without one point of this mean and variance. */
static struct sums without(const struct sums *sums, double mean, double within) {
    double rest = mean - sums->mean;
    double fewer = sums->count - 1.0;
    return (struct sums){.count = fewer,
                         .mean = sums->mean - rest / fewer,
                         .squares = sums->squares - rest * rest * sums->count / fewer,
                         .within = sums->within - within};
}

static void jackknife(const struct sums *sums, const double means[], const double errors[],
                      double replications, double half[JACKKNIVES], double centre[JACKKNIVES]) {
    double whole[JACKKNIVES];
    double sum[JACKKNIVES] = {0};
    double squares[JACKKNIVES] = {0};
    double count = sums->count;
    logarithms(sums, whole);
    for (int pass = 0; pass < 2; pass++) { /* the mean of the pseudo-values, then their spread */
        for (size_t p = 0; (double)p < count; p++) {
            struct sums left = without(sums, means[p], errors[p] * errors[p] * replications);
            double logs[JACKKNIVES];
            logarithms(&left, logs);
            for (int k = 0; k < JACKKNIVES; k++) {
                double pseudo = count * whole[k] - (count - 1.0) * logs[k];
                if (pass == 0) {
                    sum[k] += pseudo;
                } else {
                    squares[k] += (pseudo - sum[k] / count) * (pseudo - sum[k] / count);
                }
            }
        }
    }
    double t = student_quantile(0.025, count - 1.0);
    for (int k = 0; k < JACKKNIVES; k++) {
        centre[k] = sum[k] / count;
        half[k] = t * sqrt(squares[k] / (count - 1.0) / count);
    }
}

/* Of the variance of one history the part that parameters bring, from the ratio of the variance
 * between means to that within points: the variance between is without within / replications. */
static double share_of(double ratio, double replications) {
    double between = fmax(ratio - 1.0 / replications, 0.0);
    return between / (between + 1.0);
}

static struct sensitivity_estimate deviation(double value, double low, double high) {
    return (struct sensitivity_estimate){sqrt(fmax(value, 0.0)), sqrt(fmax(low, 0.0)),
                                         sqrt(fmax(high, 0.0))};
}

/* Without any chance, or with nothing but chance in the same means, there is no logarithm. */
static void plain(struct sensitivity_estimate estimates[], double between, double within) {
    double share = between > 0.0 ? between / (between + within) : 0.0;
    estimates[SPLIT_SHARE] = (struct sensitivity_estimate){share, share, share};
    estimates[SPLIT_PARAMETERS] = deviation(between, between, between);
    estimates[SPLIT_CHANCE] = deviation(within, within, within);
}

void two_level_analyse(struct sensitivity *sensitivity, size_t points, const double means[],
                       const double errors[], uint64_t replications) {
    struct sensitivity_estimate *estimates = sensitivity->estimates;
    struct sums sums = {.count = (double)points};
    double inside = (double)replications;
    for (size_t p = 0; p < points; p++) {
        sums.mean += means[p] / sums.count;
        sums.within += errors[p] * errors[p] * inside;
    }
    for (size_t p = 0; p < points; p++) {
        sums.squares += (means[p] - sums.mean) * (means[p] - sums.mean);
    }
    double of_means = sums.squares / (sums.count - 1.0);
    double within = sums.within / sums.count;
    double between = of_means - within / inside;
    double mean_half = student_quantile(0.025, sums.count - 1.0) * sqrt(of_means / sums.count);
    estimates[SPLIT_MEAN] =
        (struct sensitivity_estimate){sums.mean, sums.mean - mean_half, sums.mean + mean_half};
    if (!(within > 0.0) || !(of_means > 0.0)) {
        plain(estimates, between, within);
        return;
    }
    double half[JACKKNIVES];
    double centre[JACKKNIVES];
    jackknife(&sums, means, errors, inside, half, centre);
    estimates[SPLIT_SHARE] = (struct sensitivity_estimate){
        share_of(of_means / within, inside),
        share_of(math_exp(centre[LOG_RATIO] - half[LOG_RATIO]), inside),
        share_of(math_exp(centre[LOG_RATIO] + half[LOG_RATIO]), inside)};
    estimates[SPLIT_PARAMETERS] =
        deviation(between, math_exp(centre[LOG_BETWEEN] - half[LOG_BETWEEN]) - within / inside,
                  math_exp(centre[LOG_BETWEEN] + half[LOG_BETWEEN]) - within / inside);
    estimates[SPLIT_CHANCE] = deviation(within, math_exp(centre[LOG_WITHIN] - half[LOG_WITHIN]),
                                        math_exp(centre[LOG_WITHIN] + half[LOG_WITHIN]));
}
