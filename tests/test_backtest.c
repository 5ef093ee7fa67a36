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

static const struct test TESTS[] = {
    {"later years are counted as outcomes are", later_years_are_counted},
    {"bands include their edges", bands_include_their_edges},
};

const struct suite suite_backtest = {"backtest", TESTS, sizeof TESTS / sizeof *TESTS};
