/* Key account managers pay where customers are few, large and complex, salespeople where they are
 * many, small and simple: the signs at the two ends of scenarios/data/break_even.csv, and that the
 * difference of profit goes one way along both of its axes. */
#include "data/rows.h"
#include "engine/experiment.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The points of the table: from few to many customers, within each from simple to complex. */
enum { SIZES = 5, COMPLEXITIES = 5, HISTORIES = 50, COLUMNS_MOST = 16 };

/* Profit of five years by history: of salespeople and of key account managers. */
struct place {
    double profit[2][HISTORIES];
};
static struct place places[SIZES][COMPLEXITIES];

static bool keep(void *context, size_t variant, uint64_t replication, const struct table *table,
                 const double *values, struct error *error) {
    struct place *place = context;
    (void)error;
    for (size_t s = 0; s < table->series_count; s++) {
        if (strcmp(OUTCOMES[table->series[s].outcome].name, "profit") == 0) {
            place->profit[variant][replication] = values[(s + 1) * table_periods(table) - 1];
            return true; /* the first is that of everybody */
        }
    }
    return false;
}

static void simulate(const struct rows *rows, size_t row, struct place *place) {
    static const char *const PATHS[2] = {"scenarios/greentech_sales.cfg",
                                         "scenarios/greentech.cfg"};
    struct scenario scenarios[2] = {{.path = NULL}, {.path = NULL}};
    const struct scenario *both[2] = {&scenarios[0], &scenarios[1]};
    char texts[COLUMNS_MOST][96];
    const char *sets[COLUMNS_MOST];
    struct results results;
    struct error error = {0};
    CU_ASSERT_FATAL(rows->columns <= COLUMNS_MOST);
    for (size_t c = 0; c < rows->columns; c++) {
        (void)snprintf(texts[c], sizeof texts[c], "%s=%s", rows_name(rows, c),
                       rows_cell(rows, row, c));
        sets[c] = texts[c];
    }
    for (size_t v = 0; v < 2; v++) {
        CU_ASSERT_TRUE_FATAL(scenario_load(&scenarios[v], PATHS[v], sets, rows->columns, &error));
    }
    const struct experiment experiment = {.scenarios = both,
                                          .scenario_count = 2,
                                          .seed = 23,
                                          .replications = HISTORIES,
                                          .row = keep,
                                          .row_context = place};
    CU_ASSERT_TRUE_FATAL(experiment_run(&experiment, &results, &error));
    results_free(&results);
    scenario_free(&scenarios[0]);
    scenario_free(&scenarios[1]);
}

static void simulate_all(void) {
    static bool done;
    struct rows rows;
    struct error error = {0};
    if (done) {
        return;
    }
    CU_ASSERT_TRUE_FATAL(rows_read(&rows, "scenarios/data/break_even.csv", &error));
    CU_ASSERT_EQUAL_FATAL(rows.count, (size_t)SIZES * COMPLEXITIES);
    for (size_t p = 0; p < rows.count; p++) {
        simulate(&rows, p, &places[p / COMPLEXITIES][p % COMPLEXITIES]);
    }
    rows_free(&rows);
    done = true;
}

/* What key account managers earn more at `one`, less what they earn more at `other` (NULL: 0), in
 * standard errors of its mean over histories that meet the same chance. */
static double errors_above(const struct place *one, const struct place *other) {
    double sum = 0.0;
    double squares = 0.0;
    for (size_t h = 0; h < HISTORIES; h++) {
        double value = one->profit[1][h] - one->profit[0][h];
        value -= other == NULL ? 0.0 : other->profit[1][h] - other->profit[0][h];
        sum += value;
        squares += value * value;
    }
    double mean = sum / HISTORIES;
    double variance = (squares / HISTORIES - mean * mean) * HISTORIES / (HISTORIES - 1);
    return mean / sqrt(variance / HISTORIES);
}

static void key_account_managers_pay_at_one_end_and_salespeople_at_the_other(void) {
    simulate_all();
    double few_and_complex = errors_above(&places[0][COMPLEXITIES - 1], NULL);
    double many_and_simple = errors_above(&places[SIZES - 1][0], NULL);
    (void)fprintf(stderr,
                  "  few, large, complex %+.1f standard errors; many, small, simple %+.1f\n",
                  few_and_complex, many_and_simple);
    CU_ASSERT(few_and_complex > 5);
    CU_ASSERT(many_and_simple < -5);
}

static void they_pay_the_more_the_more_complex_the_product(void) {
    simulate_all();
    for (size_t s = 0; s < SIZES; s++) {
        for (size_t c = 1; c < COMPLEXITIES; c++) {
            double above = errors_above(&places[s][c], &places[s][c - 1]);
            (void)fprintf(stderr, "  size %zu, complexity %zu over %zu: %+.1f\n", s, c, c - 1,
                          above);
            CU_ASSERT(above > 5);
        }
    }
}

static void they_pay_the_more_the_fewer_and_larger_the_customers(void) {
    simulate_all();
    for (size_t s = 1; s < SIZES; s++) {
        for (size_t c = 0; c < COMPLEXITIES; c++) {
            double above = errors_above(&places[s - 1][c], &places[s][c]);
            (void)fprintf(stderr, "  complexity %zu, size %zu over %zu: %+.1f\n", c, s - 1, s,
                          above);
            CU_ASSERT(above > 5);
        }
    }
}

static const struct test TESTS[] = {
    {"key account managers pay at one end and salespeople at the other",
     key_account_managers_pay_at_one_end_and_salespeople_at_the_other},
    {"key account managers pay the more the more complex the product",
     they_pay_the_more_the_more_complex_the_product},
    {"key account managers pay the more the fewer and larger the customers",
     they_pay_the_more_the_fewer_and_larger_the_customers},
};

const struct suite suite_break_even = {"break even", TESTS, sizeof TESTS / sizeof TESTS[0]};
