/* Stopping when means are precise: the interval against GSL, the coverage of the rule by
 * experiments, and an experiment that is stopped. */
#include "engine/experiment.h"
#include "engine/precision.h"
#include "scenario_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

static void intervals_are_those_of_student(void) {
    static const uint64_t COUNTS[] = {32, 128, 1000, 100000};
    for (size_t c = 0; c < sizeof COUNTS / sizeof COUNTS[0]; c++) {
        double n = (double)COUNTS[c];
        const struct moments moments = {.count = COUNTS[c], .squares = 9.0 * (n - 1.0)};
        double wanted = gsl_cdf_tdist_Pinv(0.975, n - 1.0) * 3.0 / sqrt(n) *
                        sqrt(1.0 + PRECISION_CORRECTION / n);
        CU_ASSERT_DOUBLE_EQUAL(precision_half_width(&moments) / wanted, 1.0, 1e-6);
    }
}

static void looks_are_at_whole_blocks_a_few_percent_apart(void) {
    uint64_t last = 0;
    for (uint64_t n = 1; n < 20000; n++) {
        if (!precision_looks(n)) {
            continue;
        }
        CU_ASSERT_EQUAL(n % 8, 0);
        CU_ASSERT(last == 0 ? n == PRECISION_LEAST : n <= last + (last / 16 < 8 ? 8 : last / 16));
        last = n;
    }
    CU_ASSERT(last > 18000);
}

enum law { NORMAL, LOGNORMAL, EXPONENTIAL, BERNOULLI, LAWS };

static double draw(const gsl_rng *generator, enum law law) {
    switch (law) {
    case NORMAL:
        return gsl_ran_gaussian(generator, 1.0);
    case LOGNORMAL:
        return exp(gsl_ran_gaussian(generator, 0.5)) - exp(0.125);
    case EXPONENTIAL:
        return gsl_ran_exponential(generator, 1.0) - 1.0;
    default:
        return gsl_rng_uniform(generator) < 0.2 ? 0.8 : -0.2;
    }
}

/* The share of small experiments whose interval holds the true mean, 0. */
static double coverage(const gsl_rng *generator, enum law law, double half_width, int experiments) {
    int held = 0;
    for (int e = 0; e < experiments; e++) {
        struct moments moments = {0};
        do {
            moments_add(&moments, draw(generator, law));
        } while (!precision_looks(moments.count) ||
                 !(precision_half_width(&moments) <= half_width));
        held += fabs(moments.mean) <= half_width;
    }
    return (double)held / experiments;
}

/* Normal values: .95 less five standard errors of a share. The others are skewed (coefficients 1.8,
 * 2.0 and 1.5), which costs intervals of the mean about a percent at these numbers, also with a
 * fixed number of values (Johnson 1978). */
static void the_rule_holds_its_95_percent(void) {
    static const double DEVIATION[LAWS] = {1.0, 0.6040, 1.0, 0.4};
    static const double SIZES[] = {150.0, 300.0, 800.0};
    enum { EXPERIMENTS = 4000 };
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);
    double slack = 5.0 * sqrt(0.95 * 0.05 / EXPERIMENTS);
    for (enum law law = NORMAL; law < LAWS; law++) {
        for (size_t s = 0; s < sizeof SIZES / sizeof SIZES[0]; s++) {
            double half_width = 1.96 * DEVIATION[law] / sqrt(SIZES[s]);
            double share = coverage(generator, law, half_width, EXPERIMENTS);
            CU_ASSERT(share > 0.95 - slack - (law == NORMAL ? 0.0 : 0.01));
            CU_ASSERT(share < 0.97 + slack);
        }
    }
    gsl_rng_free(generator);
}

static void run(const struct scenario *const *scenarios, size_t count, int threads,
                uint64_t replications, const struct precision *precision, struct results *results) {
    struct error error = {0};
    const struct experiment experiment = {
        .scenarios = scenarios,
        .scenario_count = count,
        .seed = 3,
        .replications = replications,
        .threads = threads,
        .enough = precision == NULL ? NULL : precision_reached,
        .enough_context = precision,
    };
    CU_ASSERT_TRUE_FATAL(experiment_run(&experiment, results, &error));
}

static void an_experiment_ends_at_the_same_history_for_any_threads(void) {
    static const char *const SETS[] = {PAY_SMALL, "simulation.years=1", "simulation.effort=none"};
    static const char *const FILES[] = {"scenarios/short_term_bonus.cfg",
                                        "scenarios/long_term_kam.cfg"};
    struct scenario scenarios[2] = {0};
    const struct scenario *both[] = {&scenarios[0], &scenarios[1]};
    struct error error = {0};
    for (size_t s = 0; s < 2; s++) {
        CU_ASSERT_TRUE_FATAL(
            scenario_load(&scenarios[s], FILES[s], SETS, PAY_SMALL_COUNT + 2, &error));
    }
    for (size_t count = 1; count <= 2; count++) {
        struct results trial;
        run(both, count, 2, 128, NULL, &trial);
        const struct variant *variant = &trial.variants[count - 1];
        const struct table *table = count == 1 ? &variant->values : &variant->differences;
        int series = table_find(table, &variant->scenario->parameters, "turnover");
        double half = precision_half_width(&table_horizon(table, (size_t)series)->moments);
        results_free(&trial);
        /* a fifth narrower than 128 histories give: about 200 */
        const struct precision precision = {{{"turnover", false, 0.8 * half}}, 1};
        uint64_t ended = 0;
        double mean[3] = {0.0};
        for (int threads = 1; threads <= 3; threads++) {
            struct results results;
            run(both, count, threads, 2000, &precision, &results);
            ended = threads == 1 ? results.replications : ended;
            CU_ASSERT_EQUAL(results.replications, ended);
            CU_ASSERT_EQUAL(results.replications_asked, ended);
            CU_ASSERT_FALSE(results.interrupted);
            CU_ASSERT(ended > 128 && ended < 320);
            CU_ASSERT_TRUE(precision_looks(ended));
            mean[threads - 1] = table_horizon(&results.variants[0].values, 0)->moments.mean;
            results_free(&results);
        }
        struct results plain;
        run(both, count, 2, ended, NULL, &plain);
        for (int threads = 1; threads <= 3; threads++) {
            CU_ASSERT_EQUAL(mean[threads - 1],
                            table_horizon(&plain.variants[0].values, 0)->moments.mean);
        }
        results_free(&plain);
    }
    scenario_free(&scenarios[0]);
    scenario_free(&scenarios[1]);
}

static const struct test TESTS[] = {
    {"intervals of the stopping rule are those of Student's t", intervals_are_those_of_student},
    {"the stopping rule looks at whole blocks a few percent apart",
     looks_are_at_whole_blocks_a_few_percent_apart},
    {"the stopping rule holds its 95 percent, also for skewed values",
     the_rule_holds_its_95_percent},
    {"an experiment with a precision ends at the same history for any threads",
     an_experiment_ends_at_the_same_history_for_any_threads},
};

const struct suite suite_precision = {"precision", TESTS, sizeof TESTS / sizeof TESTS[0]};
