/* The coverage of the stopping rule on the model: many small experiments, each on histories of its
 * own. */
#include "engine/experiment.h"
#include "engine/precision.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HISTORIES = 220000, METRICS = 3 };
static const char *const NAMES[METRICS] = {"turnover", "revenue", "profit"};

static bool keep(void *context, size_t variant, uint64_t replication, const struct table *table,
                 const double *values, struct error *error) {
    double(*kept)[METRICS] = context;
    static const int NONE = -1;
    (void)variant;
    (void)error;
    for (size_t m = 0; m < METRICS; m++) {
        int series = NONE;
        for (size_t s = 0; s < table->series_count && series < 0; s++) {
            if (strcmp(OUTCOMES[table->series[s].outcome].name, NAMES[m]) == 0) {
                series = (int)s; /* the first is that of everybody */
            }
        }
        kept[replication][m] = values[((size_t)series + 1) * table_periods(table) - 1];
    }
    return true;
}

/* A firm of a few people for one year: its turnover is a small whole number over a headcount, its
 * revenue and profit are skewed. */
static void simulate(double (*kept)[METRICS]) {
    static const char *const SETS[] = {
        "simulation.years=1",      "simulation.effort=none",
        "roles.sales.headcount=5", "roles.development.headcount=2",
        "roles.kam.headcount=2",   "segments.standard.accounts=60",
        "segments.key.accounts=6",
    };
    struct scenario scenario = {0};
    const struct scenario *one[] = {&scenario};
    struct results results;
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(scenario_load(&scenario, "scenarios/short_term_bonus.cfg", SETS,
                                       sizeof SETS / sizeof SETS[0], &error));
    const struct experiment experiment = {.scenarios = one,
                                          .scenario_count = 1,
                                          .seed = 11,
                                          .replications = HISTORIES,
                                          .row = keep,
                                          .row_context = kept};
    CU_ASSERT_TRUE_FATAL(experiment_run(&experiment, &results, &error));
    results_free(&results);
    scenario_free(&scenario);
}

static void the_rule_holds_on_the_model(void) {
    double(*kept)[METRICS] = calloc(HISTORIES, sizeof *kept);
    CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
    simulate(kept);
    for (size_t m = 0; m < METRICS; m++) {
        struct moments all = {0};
        for (size_t r = 0; r < HISTORIES; r++) {
            moments_add(&all, kept[r][m]);
        }
        /* so narrow that about 200 histories are needed */
        double half_width = 1.96 * sqrt(moments_variance(&all) / 200.0);
        int experiments = 0;
        int held = 0;
        struct moments moments = {0};
        for (size_t r = 0; r < HISTORIES; r++) {
            moments_add(&moments, kept[r][m]);
            if (precision_looks(moments.count) && precision_half_width(&moments) <= half_width) {
                experiments++;
                held += fabs(moments.mean - all.mean) <= half_width;
                moments = (struct moments){0};
            }
        }
        double share = (double)held / experiments;
        double slack = 5.0 * sqrt(0.95 * 0.05 / experiments);
        (void)printf("precision of %s: %d experiments, coverage %.4f\n", NAMES[m], experiments,
                     share);
        CU_ASSERT(experiments >= 1000);
        CU_ASSERT(share > 0.95 - 0.01 - slack);
        CU_ASSERT(share < 0.95 + 0.01 + slack);
    }
    free(kept);
}

static const struct test TESTS[] = {
    {"the stopping rule holds its 95 percent on the model", the_rule_holds_on_the_model},
};

const struct suite suite_verify_precision = {"precision on the model", TESTS,
                                             sizeof TESTS / sizeof TESTS[0]};
