/* The curves of who is still there: of a published cohort, of people counted by hand, and cut. */
#include "engine/fit_survival.h"
#include "fit_fixture.h"
#include "test.h"

static void take_curves(struct fit_survival *survival, struct fitting *fitting) {
    CU_ASSERT_TRUE_FATAL(fitting_run(fitting));
    CU_ASSERT_TRUE_FATAL(
        fit_survival_of(survival, &fitting->question, &fitting->findings, &fitting->error));
}

/* High End customers of Fader and Hardie 2007, with their alpha and beta. Nobody is censored, so
 * Greenwood's variance is that of a share, S (1 - S) / n, and that of log S is (1 - S) / (n S). */
static void curves_of_a_cohort_are_those_published(void) {
    static const double SHARES[] = {1.0, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491};
    struct fitting fitting = fitting_of("year,customers\n0,100\n1,86.9\n2,74.3\n3,65.3\n4,59.3\n"
                                        "5,55.1\n6,51.7\n7,49.1\n",
                                        "2025-12-31");
    struct fit_survival survival = {.count = 0};
    fitting.question.cohort = 1000.0;
    take_curves(&survival, &fitting);
    CU_ASSERT_EQUAL_FATAL(survival.count, 1);
    const struct survival_curve *curve = &survival.curves[0];
    CU_ASSERT_TRUE(curve->customers);
    CU_ASSERT_EQUAL_FATAL(curve->count, 8);
    double fitted = 1.0;
    for (size_t i = 0; i < 8; i++) {
        const struct survival_point *point = &curve->points[i];
        CU_ASSERT_EQUAL(point->years, (double)i);
        CU_ASSERT_DOUBLE_EQUAL(point->share, SHARES[i], 1e-12);
        CU_ASSERT_DOUBLE_EQUAL(point->fitted, fitted, 0.0005);
        fitted *= (3.806 + (double)i) / (0.668 + 3.806 + (double)i);
        if (i > 0) {
            double hazard = -log(SHARES[i]);
            double error = sqrt((1.0 - SHARES[i]) / (1000.0 * SHARES[i])) / hazard;
            CU_ASSERT_DOUBLE_EQUAL(point->low, exp(-hazard * exp(1.959964 * error)), 1e-6);
            CU_ASSERT_DOUBLE_EQUAL(point->high, exp(-hazard * exp(-1.959964 * error)), 1e-6);
        }
    }
    fit_survival_free(&survival);
    fitting_free(&fitting);
    fitting = fitting_of("year,customers\n0,100\n1,86.9\n2,74.3\n", "2025-12-31"); /* no cohort */
    take_curves(&survival, &fitting);
    CU_ASSERT_TRUE(isnan(survival.curves[0].points[1].low));
    fit_survival_free(&survival);
    fitting_free(&fitting);
}

/* Ten come on one day; one quits after 40 days, one is dismissed after 80, one quits after 100. */
static void people_leave_as_counted_by_month(void) {
    const double month = 365.2425 / 12.0;
    struct text table = {0};
    text_add(&table, "person,role,start,end,reason\nq,kam,2021-01-01,2021-02-09,quit\n"
                     "d,kam,2021-01-01,2021-03-21,dismissed\nr,kam,2021-01-01,2021-04-10,quit\n");
    for (int i = 0; i < 7; i++) {
        text_add(&table, "p%d,kam,2021-01-01,,\n", i);
    }
    struct fitting fitting = fitting_of(text_bytes(&table), "2021-12-31");
    struct fit_survival survival = {.count = 0};
    text_free(&table);
    take_curves(&survival, &fitting);
    CU_ASSERT_EQUAL_FATAL(survival.count, 1);
    const struct survival_curve *curve = &survival.curves[0];
    /* the twelfth month of the others is not over after 365 days, but they are seven */
    CU_ASSERT_EQUAL_FATAL(curve->count, 13);
    double second = 9.0 + (40.0 - month) / month;
    double fourth = 7.0 + (100.0 - 3.0 * month) / month;
    CU_ASSERT_EQUAL(curve->points[1].share, 1.0);
    CU_ASSERT_DOUBLE_EQUAL(curve->points[2].share, exp(-1.0 / second), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(curve->points[3].share, curve->points[2].share, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(curve->points[4].share, exp(-1.0 / second - 1.0 / fourth), 1e-12);
    double annual = fitting_value(&fitting, "roles.kam.turnover.annual");
    CU_ASSERT_DOUBLE_EQUAL(curve->points[12].fitted, 1.0 - annual, 1e-12);
    CU_ASSERT_TRUE(curve->points[4].low < curve->points[4].share &&
                   curve->points[4].share < curve->points[4].high);
    fit_survival_free(&survival);
    fitting_free(&fitting);
}

static void few_have_no_curve(void) {
    struct fitting fitting = fitting_of(FITTING_PEOPLE, "2021-12-31");
    struct fit_survival survival = {.count = 0};
    take_curves(&survival, &fitting);
    CU_ASSERT_EQUAL(survival.count, 0);
    fit_survival_free(&survival);
    fitting_free(&fitting);
}

static const struct test TESTS[] = {
    {"curves of a cohort are those published", curves_of_a_cohort_are_those_published},
    {"people leave as counted by month", people_leave_as_counted_by_month},
    {"few have no curve", few_have_no_curve},
};

const struct suite suite_fit_survival = {"fit_survival", TESTS, sizeof TESTS / sizeof *TESTS};
