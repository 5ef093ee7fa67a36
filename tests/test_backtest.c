/* What a backtest holds a scenario against: later years counted from tables, and bands. */
#include "test.h"
#include "engine/backtest.h"
#include "fit_fixture.h"

static bool observed(const struct backtest *backtest, const char *name, size_t year,
                     double wanted) {
    for (size_t i = 0; i < backtest->count; i++) {
        const struct backtest_row *row = &backtest->rows[i];
        if (strcmp(row->name, name) == 0 && row->year == year) {
            return fabs(row->observed - wanted) < 1e-9;
        }
    }
    return false;
}

static void later_years_are_counted(void) {
    CU_ASSERT_EQUAL(
        backtest_years(date_day((struct date){2021, 1, 1}), date_day((struct date){2022, 12, 31})),
        2);
    CU_ASSERT_EQUAL(
        backtest_years(date_day((struct date){2021, 1, 1}), date_day((struct date){2022, 12, 30})),
        1);
    struct fitting fitting = fitting_of(FITTING_PEOPLE, "2019-12-31");
    struct backtest backtest = {.count = 0};
    CU_ASSERT_TRUE(fitting_take(&fitting,
                                "customer,start,end\na,2018-01-01,2020-06-30\nb,2020-02-01,\n"
                                "c,2021-01-01,2021-12-31\n",
                                &FITTING_NAMES));
    CU_ASSERT_TRUE(fitting_take(&fitting, FITTING_MOVES, &FITTING_NAMES));
    fitting.question.data = &fitting.data;
    CU_ASSERT_TRUE(backtest_observe(&backtest, &fitting.question,
                                    date_day((struct date){2020, 1, 1}), 6, &fitting.error));
    CU_ASSERT_TRUE(observed(&backtest, "turnover_voluntary.kam", 0, 365.2425 / (366.0 + 366.0)));
    CU_ASSERT_TRUE(observed(&backtest, "turnover_voluntary.kam", 1, 0.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers.standard", 0, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers_won.standard", 0, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers_lost.standard", 0, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers.standard", 1, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers_won.standard", 1, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers_lost.standard", 1, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "leads.standard", 5, 5.0));
    CU_ASSERT_TRUE(observed(&backtest, "conversion.standard", 5, 0.5)); /* two of four */
    CU_ASSERT_TRUE(observed(&backtest, "deals.standard", 5, 2.0));
    CU_ASSERT_TRUE(observed(&backtest, "average_deal.standard", 5, 750.0));
    CU_ASSERT_TRUE(observed(&backtest, "new_revenue.standard", 5, 1500.0));
    CU_ASSERT_FALSE(observed(&backtest, "leads.standard", 0, 0.0)); /* there is nothing to see */
    backtest_free(&backtest);
    fitting_free(&fitting);
}

static void bands_include_their_edges(void) {
    struct backtest_row row = {.simulated = {.quantile = {1, 2, 3, 4, 5, 6, 7}}};
    const struct {
        double at;
        bool half;
        bool ninety;
    } places[] = {{0.9, false, false}, {1.0, false, true}, {3.0, true, true},
                  {5.0, true, true},   {5.1, false, true}, {7.1, false, false}};
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        row.observed = places[p].at;
        CU_ASSERT_EQUAL(backtest_in_half(&row), places[p].half);
        CU_ASSERT_EQUAL(backtest_in_ninety(&row), places[p].ninety);
    }
}

/* Five leave of nine in every history: the band is one point, and 5/9 lies in it. */
static void shares_that_equal_an_edge_are_inside(void) {
    struct backtest_row row = {.observed = 5.0 / 9.0};
    struct quantiles quantiles = {0};
    const double probability[] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
    struct error error = {0};
    for (int i = 0; i < 40; i++) {
        CU_ASSERT_TRUE(quantiles_add(&quantiles, 5.0 / 9.0, &error));
    }
    CU_ASSERT_TRUE(quantiles_read(&quantiles, probability, row.simulated.quantile, 7, &error));
    quantiles_free(&quantiles);
    CU_ASSERT_TRUE(backtest_in_half(&row));
    CU_ASSERT_TRUE(backtest_in_ninety(&row));
    row.observed = 5.0 / 9.0 * (1.0 + 1e-6);
    CU_ASSERT_FALSE(backtest_in_ninety(&row));
}

/* 99 histories have 1 .. 99 in every year, so type 7 quantiles are 5.9 and 94.1, 25.5 and 74.5, and
 * the mean is 50; 1, 3 .. 99 happened: 44 of them lie in the 90 % band, 24 in the other. */
static void coverage_and_bias_are_those_of_known_values(void) {
    enum { YEARS = 50, HISTORIES = 99 };
    static const struct parameters NONE;
    struct series everybody = {.outcome = 0, .role = -1, .segment = -1};
    const struct table table = {.series = &everybody, .series_count = 1, .years = YEARS};
    for (int shift = 0; shift <= 30; shift += 30) {
        struct error error = {0};
        struct backtest backtest = {.rows = calloc(YEARS, sizeof *backtest.rows), .count = YEARS};
        CU_ASSERT_PTR_NOT_NULL_FATAL(backtest.rows);
        for (size_t y = 0; y < YEARS; y++) {
            struct backtest_row *row = &backtest.rows[y];
            (void)snprintf(row->name, sizeof row->name, "%s", OUTCOMES[0].name);
            row->year = y;
            row->observed = 1.0 + 2.0 * (double)y;
        }
        CU_ASSERT_TRUE_FATAL(backtest_find(&backtest, &table, &NONE, &error));
        for (int i = 0; i < HISTORIES; i++) {
            double values[YEARS + 1];
            for (size_t y = 0; y <= YEARS; y++) {
                values[y] = 1.0 + (double)(i * 37 % HISTORIES + shift);
            }
            CU_ASSERT_TRUE(backtest_add(&backtest, &table, values, &error));
        }
        CU_ASSERT_TRUE_FATAL(backtest_conclude(&backtest, &error));
        CU_ASSERT_EQUAL_FATAL(backtest.score_count, 1);
        const struct backtest_score *score = &backtest.scores[0];
        CU_ASSERT_EQUAL(score->years, YEARS);
        /* moved by 30: 37 .. 99 lie in 35.9 .. 124.1, and 57 .. 99 in 55.5 .. 104.5 */
        CU_ASSERT_EQUAL(score->in_ninety, shift == 0 ? 44 : 32);
        CU_ASSERT_EQUAL(score->in_half, shift == 0 ? 24 : 22);
        CU_ASSERT_DOUBLE_EQUAL(score->observed, 50.0, 1e-12);
        CU_ASSERT_DOUBLE_EQUAL(score->simulated - score->observed, shift, 1e-10);
        backtest_free(&backtest);
    }
}

static const struct test TESTS[] = {
    {"later years are counted as outcomes are", later_years_are_counted},
    {"bands include their edges", bands_include_their_edges},
    {"coverage and bias are those of known values", coverage_and_bias_are_those_of_known_values},
    {"shares that equal an edge of a band are inside", shares_that_equal_an_edge_are_inside},
};

const struct suite suite_backtest = {"backtest", TESTS, sizeof TESTS / sizeof *TESTS};
