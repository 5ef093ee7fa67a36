#include "test.h"
#include "timing_fixture.h"

/* A long last stage and quarters; a last stage of a month; a plan that is paid by month. Measured
 * over 400 histories in verify_timing.c. */
static void moved_deals_make_the_peak_that_is_said_of_them(void) {
    struct peaks peaks = peaks_compare("scenarios/evidence/larkin_accelerating.cfg", NULL, 8);
    CU_ASSERT(fabs(sample_z(&peaks.rest, 0)) < 5);
    CU_ASSERT(sqrt(sample_variance(&peaks.rest) / 8) < .03 * sample_mean(&peaks.said));
    peaks = peaks_compare("scenarios/short_term_bonus.cfg", NULL, 10);
    CU_ASSERT(fabs(sample_z(&peaks.rest, 0)) < 5);
    CU_ASSERT(sqrt(sample_variance(&peaks.rest) / 10) < .2 * sample_mean(&peaks.said));
    peaks = peaks_compare("scenarios/short_term_bonus.cfg", MONTHLY_TIERS, 10);
    CU_ASSERT(fabs(sample_z(&peaks.rest, 0)) < 5);
}

/* Everybody's; with the configured hassle of .2. */
#define LINEAR_PAY                                                                                 \
    "({name=\"commission\"; type=\"commission\"; metric=\"new_revenue\"; period=\"month\"; "       \
    "rate=0.08;})"

static void check_nothing_moves(const char *const sets[3], bool pays) {
    struct world world;
    double pay = 0;
    world_set(&world, "scenarios/short_term_bonus.cfg", sets, 3);
    for (uint64_t history = 0; history < 4; history++) {
        struct ledger all = history_of(&world, history);
        CU_ASSERT_EQUAL(outcome_of(&all, "deals_pulled"), 0);
        CU_ASSERT_EQUAL(outcome_of(&all, "deals_pushed"), 0);
        CU_ASSERT_EQUAL(outcome_of(&all, "discounts"), 0);
        CU_ASSERT_EQUAL(outcome_of(&all, "peak_pull"), 0);
        CU_ASSERT_EQUAL(outcome_of(&all, "peak_push"), 0);
        pay += all.flows.commission;
    }
    CU_ASSERT(!pays || pay > 0);
    world_close(&world);
}

static void linear_pay_by_month_moves_no_deal_of_the_default_firm(void) {
    static const char *const LINEAR[3] = {"plans.sales_quarterly_bonus.components=" LINEAR_PAY,
                                          "plans.development_bonus.components=" LINEAR_PAY,
                                          "plans.kam_quarterly_bonus.components=" LINEAR_PAY};
    check_nothing_moves(LINEAR, true);
}

static void without_flexibility_no_deal_of_the_default_firm_moves(void) {
    static const char *const STIFF[3] = {"roles.sales.timing.flexibility=0.0",
                                         "roles.development.timing.flexibility=0.0",
                                         "roles.kam.timing.flexibility=0.0"};
    struct world world;
    world_load(&world, "scenarios/short_term_bonus.cfg", NULL);
    struct ledger all = history_of(&world, 0);
    CU_ASSERT(outcome_of(&all, "deals_pulled") > 0); /* but with it they do */
    CU_ASSERT(outcome_of(&all, "deals_pushed") > 0);
    CU_ASSERT(outcome_of(&all, "discounts") > 0);
    world_close(&world);
    check_nothing_moves(STIFF, false);
}

static const struct test TESTS[] = {
    {"moved deals make the peak that is said of them",
     moved_deals_make_the_peak_that_is_said_of_them},
    {"linear pay by month moves no deal of the default firm",
     linear_pay_by_month_moves_no_deal_of_the_default_firm},
    {"without flexibility no deal of the default firm moves",
     without_flexibility_no_deal_of_the_default_firm_moves},
};
const struct suite suite_timing = {"timing", TESTS, sizeof TESTS / sizeof TESTS[0]};
