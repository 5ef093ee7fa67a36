/* Sensitivity: the methods on functions whose answers are known in closed form. */
#include "base/mathematics.h"
#include "base/random.h"
#include "engine/sensitivity.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static const double PI = 3.141592653589793;

/* Shares and values of a design of a function on the unit cube. */
struct trial {
    struct sensitivity_question question;
    double *shares;
    double *values;
    struct sensitivity answer;
};

static void evaluate(struct trial *trial, double (*function)(const double share[])) {
    size_t points = sensitivity_points(&trial->question);
    struct error error = {0};
    trial->shares = calloc(points * trial->question.factors, sizeof *trial->shares);
    trial->values = calloc(points, sizeof *trial->values);
    CU_ASSERT_TRUE_FATAL(trial->shares != NULL && trial->values != NULL);
    CU_ASSERT_TRUE_FATAL(sensitivity_design(&trial->question, trial->shares, &error));
    for (size_t p = 0; p < points; p++) {
        trial->values[p] = function(trial->shares + p * trial->question.factors);
    }
    CU_ASSERT_TRUE_FATAL(sensitivity_analyse(&trial->answer, &trial->question, trial->shares,
                                             trial->values, NULL, 1, &error));
}

static void clear(struct trial *trial) {
    free(trial->shares);
    free(trial->values);
    sensitivity_free(&trial->answer);
}

static double value(const struct trial *trial, size_t row, size_t measure) {
    return sensitivity_at(&trial->answer, row, measure)->value;
}

/* Ishigami and Homma 1990, a = 7, b = 0.1. */
static double ishigami(const double share[]) {
    double x[3];
    for (size_t i = 0; i < 3; i++) {
        x[i] = PI * (2.0 * share[i] - 1.0);
    }
    return sin(x[0]) + 7.0 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4.0) * sin(x[0]);
}

static void sobol_indices_of_ishigami_are_the_known_ones(void) {
    static const double FIRST[] = {0.3139, 0.4424, 0.0};
    static const double TOTAL[] = {0.5576, 0.4424, 0.2437};
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct trial trial = {.question = {SENSITIVITY_SOBOL, 3, 2048, seed}};
        evaluate(&trial, ishigami);
        for (size_t f = 0; f < 3; f++) {
            CU_ASSERT_DOUBLE_EQUAL(value(&trial, f, INDEX_FIRST), FIRST[f], 0.015);
            CU_ASSERT_DOUBLE_EQUAL(value(&trial, f, INDEX_TOTAL), TOTAL[f], 0.015);
        }
        size_t order[3];
        sensitivity_order(&trial.answer, order);
        CU_ASSERT(order[0] == 0 && order[1] == 1 && order[2] == 2);
        clear(&trial);
    }
}

enum { G_FACTORS = 8 };
static const double G[G_FACTORS] = {0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};

/* Sobol's g-function as Saltelli et al. 2010 use it. */
static double g_function(const double share[]) {
    double product = 1.0;
    for (size_t f = 0; f < G_FACTORS; f++) {
        product *= (fabs(4.0 * share[f] - 2.0) + G[f]) / (1.0 + G[f]);
    }
    return product;
}

static void sobol_indices_of_the_g_function_are_those_of_its_formula(void) {
    struct trial trial = {.question = {SENSITIVITY_SOBOL, G_FACTORS, 2048, 7}};
    double own[G_FACTORS];
    double all = 1.0;
    evaluate(&trial, g_function);
    for (size_t f = 0; f < G_FACTORS; f++) {
        own[f] = 1.0 / (3.0 * (1.0 + G[f]) * (1.0 + G[f]));
        all *= 1.0 + own[f];
    }
    double sum = 0.0;
    for (size_t f = 0; f < G_FACTORS; f++) {
        double first = own[f] / (all - 1.0);
        double total = own[f] * all / (1.0 + own[f]) / (all - 1.0);
        sum += first;
        CU_ASSERT_DOUBLE_EQUAL(value(&trial, f, INDEX_FIRST), first, 0.015);
        CU_ASSERT_DOUBLE_EQUAL(value(&trial, f, INDEX_TOTAL), total, 0.015);
    }
    CU_ASSERT(sum < 0.95); /* there are interactions to be found */
    clear(&trial);
}

/* Independent pairs of an additive function of three factors whose shares are 1, 4 and 9 of 14. */
static void random_pairs(double values[], size_t size, uint64_t trial) {
    for (size_t j = 0; j < size; j++) {
        double sum[2] = {0.0, 0.0};
        double u[2][3];
        for (size_t f = 0; f < 6; f++) {
            u[f / 3][f % 3] = random_uniform(random_mix(trial, j), f);
            sum[f / 3] += (double)(f % 3 + 1) * u[f / 3][f % 3];
        }
        values[5 * j] = sum[0];
        values[5 * j + 4] = sum[1];
        for (size_t f = 0; f < 3; f++) {
            values[5 * j + f + 1] = sum[0] + (double)(f + 1) * (u[1][f] - u[0][f]);
        }
    }
}

static void bootstrap_intervals_of_indices_cover_them(void) {
    enum { TRIALS = 200, PAIRS = 64 };
    static double values[5 * PAIRS];
    size_t covered[3][2] = {{0}};
    for (uint64_t t = 0; t < TRIALS; t++) {
        const struct sensitivity_question question = {SENSITIVITY_SOBOL, 3, PAIRS, t};
        struct sensitivity answer;
        struct error error = {0};
        random_pairs(values, PAIRS, 1000 + t);
        CU_ASSERT_TRUE_FATAL(
            sensitivity_analyse(&answer, &question, NULL, values, NULL, 1, &error));
        for (size_t f = 0; f < 3; f++) {
            double truth = (double)((f + 1) * (f + 1)) / 14.0;
            for (size_t m = 0; m < 2; m++) {
                const struct sensitivity_estimate *index = sensitivity_at(&answer, f, m);
                covered[f][m] += index->low <= truth && truth <= index->high;
            }
        }
        sensitivity_free(&answer);
    }
    double error = sqrt(0.05 * 0.95 / TRIALS);
    for (size_t f = 0; f < 3; f++) {
        for (size_t m = 0; m < 2; m++) {
            double share = (double)covered[f][m] / TRIALS;
            CU_ASSERT(fabs(share - 0.95) < 5.0 * error);
        }
    }
}

/* The test function of Morris 1991 without its small random coefficients. */
static double morris_function(const double share[]) {
    double w[20];
    double sum = 0.0;
    for (size_t i = 0; i < 20; i++) {
        bool bent = i == 2 || i == 4 || i == 6;
        w[i] = 2.0 * ((bent ? 1.1 * share[i] / (share[i] + 0.1) : share[i]) - 0.5);
    }
    for (size_t i = 0; i < 10; i++) {
        sum += 20.0 * w[i];
        for (size_t j = i + 1; j < 6; j++) {
            sum -= 15.0 * w[i] * w[j];
            for (size_t k = j + 1; k < 5; k++) {
                sum -= 10.0 * w[i] * w[j] * w[k];
                for (size_t l = k + 1; l < 4; l++) {
                    sum += 5.0 * w[i] * w[j] * w[k] * w[l];
                }
            }
        }
    }
    return sum;
}

/* Factors 8 to 10 are linear (2 * 20), 11 to 20 do nothing, 7 is bent: its two steps have known
 * effects and come equally often; the first six interact. */
static void elementary_effects_of_morris_function_are_the_known_ones(void) {
    struct trial trial = {.question = {SENSITIVITY_MORRIS, 20, 40, 3}};
    evaluate(&trial, morris_function);
    for (size_t f = 7; f < 20; f++) {
        double wanted = f < 10 ? 40.0 : 0.0;
        CU_ASSERT_DOUBLE_EQUAL(value(&trial, f, MORRIS_MU_STAR), wanted, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(value(&trial, f, MORRIS_MU), wanted, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(value(&trial, f, MORRIS_SIGMA), 0.0, 1e-9);
    }
    double lower = 40.0 * 1.1 * (2.0 / 3.0) / (2.0 / 3.0 + 0.1) * 1.5;
    double upper = 40.0 * 1.1 * (1.0 / 1.1 - (1.0 / 3.0) / (1.0 / 3.0 + 0.1)) * 1.5;
    CU_ASSERT_DOUBLE_EQUAL(value(&trial, 6, MORRIS_MU), 0.5 * (lower + upper), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(value(&trial, 6, MORRIS_SIGMA),
                           0.5 * (lower - upper) * sqrt(40.0 / 39.0), 1e-9);
    for (size_t f = 0; f < 6; f++) {
        CU_ASSERT(value(&trial, f, MORRIS_SIGMA) > 15.0);
        CU_ASSERT(value(&trial, f, MORRIS_MU_STAR) >= fabs(value(&trial, f, MORRIS_MU)));
    }
    clear(&trial);
}

static double product_of_two(const double share[]) { return share[0] * share[1]; }

static double saddle(const double share[]) { return (share[0] - 0.5) * (share[1] - 0.5); }

/* The effect of one factor is where the other stands: 0, 1/3, 2/3, 1 with equal chances, in a
 * saddle less 1/2. */
static void elementary_effects_of_products_have_their_moments(void) {
    enum { TRAJECTORIES = 400 };
    const double sigma = sqrt(5.0 / 36.0);
    const double error = sigma / sqrt(TRAJECTORIES);
    for (size_t which = 0; which < 2; which++) {
        struct trial trial = {.question = {SENSITIVITY_MORRIS, 2, TRAJECTORIES, 11}};
        evaluate(&trial, which == 0 ? product_of_two : saddle);
        for (size_t f = 0; f < 2; f++) {
            const struct sensitivity_estimate *mu = sensitivity_at(&trial.answer, f, MORRIS_MU);
            double star = value(&trial, f, MORRIS_MU_STAR);
            CU_ASSERT_DOUBLE_EQUAL(mu->value, which == 0 ? 0.5 : 0.0, 5.0 * error);
            CU_ASSERT_DOUBLE_EQUAL(star, which == 0 ? 0.5 : 1.0 / 3.0, 5.0 * error);
            CU_ASSERT_DOUBLE_EQUAL(value(&trial, f, MORRIS_SIGMA), sigma, 0.03);
            CU_ASSERT_DOUBLE_EQUAL(mu->high - mu->low, 2.0 * 1.96 * error, 0.01);
        }
        clear(&trial);
    }
}

static void a_trajectory_moves_every_factor_once_within_its_range(void) {
    const struct sensitivity_question question = {SENSITIVITY_MORRIS, 7, 12, 5};
    double shares[12 * 8 * 7];
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(sensitivity_design(&question, shares, &error));
    for (size_t t = 0; t < 12; t++) {
        size_t moved[7] = {0};
        for (size_t p = 0; p < 8; p++) {
            size_t changes = 0;
            for (size_t f = 0; f < 7; f++) {
                double here = shares[(8 * t + p) * 7 + f];
                CU_ASSERT(here >= 0.0 && here <= 1.0);
                if (p > 0 && here != shares[(8 * t + p - 1) * 7 + f]) {
                    CU_ASSERT_DOUBLE_EQUAL(fabs(here - shares[(8 * t + p - 1) * 7 + f]), 2.0 / 3.0,
                                           1e-15);
                    moved[f]++;
                    changes++;
                }
            }
            CU_ASSERT_EQUAL(changes, p > 0);
        }
        for (size_t f = 0; f < 7; f++) {
            CU_ASSERT_EQUAL(moved[f], 1);
        }
    }
}

enum { SPLIT_TRIALS = 300, OUTER = 40, INNER = 5 };

/* Means and standard errors of OUTER points whose effects have the standard deviation 1, with INNER
 * histories each of standard deviation 2. Normal, or both skewed (exponential). */
static void two_levels(uint64_t trial, bool skewed, double means[], double errors[]) {
    for (size_t p = 0; p < OUTER; p++) {
        double draws[INNER + 1];
        double sum = 0.0;
        double squares = 0.0;
        for (size_t i = 0; i <= INNER; i++) {
            double u = random_uniform(random_mix(trial, p), i);
            draws[i] = skewed ? -math_log(u) : normal_quantile(u);
        }
        for (size_t i = 0; i < INNER; i++) {
            sum += 2.0 * draws[i];
        }
        for (size_t i = 0; i < INNER; i++) {
            squares += (2.0 * draws[i] - sum / INNER) * (2.0 * draws[i] - sum / INNER);
        }
        means[p] = draws[INNER] + sum / INNER;
        errors[p] = sqrt(squares / (INNER - 1) / INNER);
    }
}

/* Mean of the estimated variance of parameters and of chance, and how often the intervals hold. */
static void split_many(bool skewed, double variances[2], double covered[3]) {
    const struct sensitivity_question question = {SENSITIVITY_TWO_LEVEL, 3, OUTER, 1};
    const double truth[3] = {0.2, 1.0, 2.0};
    for (uint64_t t = 0; t < SPLIT_TRIALS; t++) {
        double means[OUTER];
        double errors[OUTER];
        struct sensitivity answer;
        struct error error = {0};
        two_levels(7000 + t, skewed, means, errors);
        CU_ASSERT_TRUE_FATAL(
            sensitivity_analyse(&answer, &question, NULL, means, errors, INNER, &error));
        for (size_t m = 0; m < 3; m++) {
            const struct sensitivity_estimate *estimate = sensitivity_at(&answer, 0, m);
            covered[m] += (estimate->low <= truth[m] && truth[m] <= estimate->high);
            if (m > 0) {
                variances[m - 1] += estimate->value * estimate->value / SPLIT_TRIALS;
            }
        }
        sensitivity_free(&answer);
    }
    for (size_t m = 0; m < 3; m++) {
        covered[m] /= SPLIT_TRIALS;
    }
}

/* Variances of the estimates: 2 / (n - 1) (1 + 4 / R)^2 of the variance between (that of the means,
 * of which what is within is taken off), 2 / (n (R - 1)) 16 of that within. Without taking it off
 * the mean would be 1.8. */
static void two_levels_are_split_without_bias(void) {
    double variances[2] = {0.0, 0.0};
    double covered[3] = {0.0, 0.0, 0.0};
    split_many(false, variances, covered);
    double between = 1.8 * sqrt(2.0 / (OUTER - 1));
    double within = 4.0 * sqrt(2.0 / (OUTER * (INNER - 1)));
    CU_ASSERT_DOUBLE_EQUAL(variances[0], 1.0, 5.0 * between / sqrt(SPLIT_TRIALS));
    CU_ASSERT_DOUBLE_EQUAL(variances[1], 4.0, 5.0 * within / sqrt(SPLIT_TRIALS));
    for (size_t m = 0; m < 3; m++) {
        CU_ASSERT(fabs(covered[m] - 0.95) < 5.0 * sqrt(0.05 * 0.95 / SPLIT_TRIALS));
    }
}

/* The jackknife does not need normal laws; with 40 skewed points it reaches about 90 %. */
static void two_level_intervals_hold_for_skewed_laws(void) {
    double variances[2] = {0.0, 0.0};
    double covered[3] = {0.0, 0.0, 0.0};
    split_many(true, variances, covered);
    for (size_t m = 0; m < 3; m++) {
        CU_ASSERT(covered[m] > 0.80);
    }
}

static void a_tornado_moves_one_factor_at_a_time_to_both_ends(void) {
    const struct sensitivity_question question = {SENSITIVITY_TORNADO, 3, 1, 1};
    const double values[6] = {-1.0, 2.0, 0.5, -4.0, 0.0, 0.0};
    const double errors[6] = {0.1, 0.1, 0.1, 0.1, 0.0, 0.0};
    double shares[6 * 3];
    struct sensitivity answer;
    struct error error = {0};
    size_t order[3];
    CU_ASSERT_EQUAL_FATAL(sensitivity_points(&question), 6);
    CU_ASSERT_TRUE_FATAL(sensitivity_design(&question, shares, &error));
    for (size_t p = 0; p < 6; p++) {
        for (size_t f = 0; f < 3; f++) {
            CU_ASSERT(f == p / 2 ? shares[3 * p + f] == (double)(p % 2) : isnan(shares[3 * p + f]));
        }
    }
    CU_ASSERT_TRUE_FATAL(
        sensitivity_analyse(&answer, &question, shares, values, errors, 10, &error));
    sensitivity_order(&answer, order);
    CU_ASSERT(order[0] == 1 && order[1] == 0 && order[2] == 2);
    CU_ASSERT_DOUBLE_EQUAL(sensitivity_at(&answer, 1, TORNADO_HIGH)->value, -4.0, 0.0);
    CU_ASSERT_DOUBLE_EQUAL(sensitivity_at(&answer, 1, TORNADO_HIGH)->high,
                           -4.0 + 0.1 * gsl_cdf_tdist_Qinv(0.025, 9), 1e-9);
    sensitivity_free(&answer);
}

static double constant(const double share[]) {
    (void)share;
    return 3.0;
}

static double nothing(const double share[]) { return share[0] < 0.5 ? 1.0 : (double)NAN; }

static void what_does_not_vary_has_no_sensitivity_and_what_is_missing_no_number(void) {
    static const enum sensitivity_method METHODS[] = {SENSITIVITY_MORRIS, SENSITIVITY_SOBOL};
    for (size_t m = 0; m < 2; m++) {
        struct trial trial = {.question = {METHODS[m], 2, 8, 1}};
        evaluate(&trial, constant);
        CU_ASSERT_EQUAL(value(&trial, 0, 0), 0.0);
        CU_ASSERT_EQUAL(value(&trial, 1, 1), 0.0);
        clear(&trial);
        evaluate(&trial, nothing);
        CU_ASSERT_TRUE(isnan(value(&trial, 0, 0)));
        clear(&trial);
    }
}

static void too_many_factors_for_sobol_are_refused(void) {
    const struct sensitivity_question question = {SENSITIVITY_SOBOL, 129, 1, 1};
    struct error error = {0};
    CU_ASSERT_FALSE(sensitivity_design(&question, NULL, &error));
    CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
    error_free(&error);
}

static const struct test TESTS[] = {
    {"Sobol indices of the Ishigami function are the known ones",
     sobol_indices_of_ishigami_are_the_known_ones},
    {"Sobol indices of the g-function are those of its formula",
     sobol_indices_of_the_g_function_are_those_of_its_formula},
    {"bootstrap intervals of Sobol indices cover them in 95 of 100 cases",
     bootstrap_intervals_of_indices_cover_them},
    {"elementary effects of Morris' test function are the known ones",
     elementary_effects_of_morris_function_are_the_known_ones},
    {"elementary effects of products have their moments, with and without sign",
     elementary_effects_of_products_have_their_moments},
    {"a trajectory moves every factor once and stays within the ranges",
     a_trajectory_moves_every_factor_once_within_its_range},
    {"two levels of uncertainty are split without bias, with intervals that hold",
     two_levels_are_split_without_bias},
    {"intervals of the two levels hold for skewed laws too",
     two_level_intervals_hold_for_skewed_laws},
    {"a tornado moves one factor at a time to both ends of its range",
     a_tornado_moves_one_factor_at_a_time_to_both_ends},
    {"what does not vary has no sensitivity, and what is missing no number",
     what_does_not_vary_has_no_sensitivity_and_what_is_missing_no_number},
    {"more factors than Sobol points have dimensions for are refused",
     too_many_factors_for_sobol_are_refused},
};

const struct suite suite_sensitivity = {"sensitivity", TESTS, sizeof TESTS / sizeof TESTS[0]};
