#include "forecast_fixture.h"
#include "plan/payout.h"
#include "plan/spread.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

static void factors_of_deals_follow_the_year(void) {
    struct component component = COMMISSION;
    component.tiers.count = 0;
    component.rate = .06;
    component.quota = 100000;
    component.deal_factors = (struct curve){2, {{1, 1.25}, {1.2, 2}}};
    const struct plan plan = {.components = &component, .component_count = 1};
    struct outlook outlook = normal(1, .2);
    const double years[4] = {.8, 1, 1.1, 1.5};
    double pays[4];
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(forecast_at(&plan, &outlook, years, pays, 4, &error));
    for (int y = 0; y < 4; y++) { /* deal by deal, each a hundred-thousandth of the quota */
        double sum = 0;
        for (int d = 0; d < (int)(years[y] * 1e5 + .5); d++) {
            sum += 4 * .06 * curve_step(&component.deal_factors, 1, (d + .5) / 1e5);
        }
        CU_ASSERT_DOUBLE_EQUAL(pays[y], sum, 1e-6);
    }
    struct forecast forecast = forecast_of(&component, 1, 0, &outlook);
    double wanted = above(1, .2, 0) + .25 * above(1, .2, 1) + .75 * above(1, .2, 1.2);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 24000 * wanted, 1e-6);
    component.deal_factors = (struct curve){1, {{.5, 1}}}; /* the year is one draw all the same */
    forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.sd, 24000 * .2, 1);
    component.threshold = 10;
    forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_EQUAL(forecast.lines[0].gap, FORECAST_DEALS);
}

static void ranks_are_equally_likely(void) {
    struct component component = {.type = COMPONENT_RANKING,
                                  .metric = METRIC_NEW_REVENUE,
                                  .period = PERIOD_YEAR,
                                  .prizes = {2, {{1, 5000}, {2, 3000}}}};
    struct outlook outlook = normal(1, .3);
    struct forecast forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_EQUAL(forecast.lines[0].gap, FORECAST_NEEDS_PEOPLE);
    outlook.people = 10;
    forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 800, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.at_mean, 800, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.sd, sqrt(3.4e6 - 640000), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 3000, 1e-6); /* exactly nine of ten */
    component.prizes = (struct curve){3, {{1, 5000}, {2, 4000}, {3, 3000}}};
    forecast = forecast_of(&component, 1, 0, &outlook); /* .1 + .1 + .7 is not .9 in binary */
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 4000, 1e-6);
    component.prizes.count = 0;
    component.top_share = .25;
    component.target = 6000;
    component.period = PERIOD_QUARTER; /* 1,500 for 3 of 10, four times */
    forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 4 * .3 * 1500, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.sd, sqrt(4 * .3 * .7) * 1500, 1e-9);
    /* P(at most 2 of 4) = .9163 */
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 3000, 2);
}

static void objectives_add_their_levels(void) {
    struct objective objectives[2] = {
        {.name = "launch", .metric = METRIC_OBJECTIVES, .weight = 2, .expected = .8},
        {.metric = METRIC_NET_RETENTION, .weight = 3, .level = {2, {{.9, 0}, {1, 1}}}}};
    struct component component = {.type = COMPONENT_OBJECTIVES,
                                  .period = PERIOD_YEAR,
                                  .target = 10000,
                                  .objectives = objectives,
                                  .objective_count = 2};
    struct outlook outlook = normal(1, .3);
    struct forecast forecast = forecast_of(&component, 1, 0, &outlook);
    double level = (above(1, .3, .9) - above(1, .3, 1)) / .1;
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 10000 * (.4 * .8 + .6 * level), 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.at_mean, 10000 * (.4 * .8 + .6), 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 9200, 2);
    CU_ASSERT_TRUE(isnan(forecast.lines[0].share_at_quota));
    component.payout = (struct curve){2, {{.5, 0}, {1, 1}}};
    forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_EQUAL(forecast.lines[0].gap, FORECAST_RESULTS);
    component.objective_count = 1; /* what is judged is known: .8, so .6 of the target */
    forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 6000, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.at_mean, 6000, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.sd, 0, 1e-9);
}

static void cycles_that_end_every_year_are_paid_every_year(void) {
    struct component component = {.type = COMPONENT_LTIP,
                                  .metric = METRIC_NET_RETENTION,
                                  .target = 9000,
                                  .payout = {3, {{.8, 0}, {1, 1}, {1.2, 2}}},
                                  .cycle_months = 36,
                                  .every_months = 12};
    struct outlook outlook = normal(1, .1);
    struct forecast forecast = forecast_of(&component, 1, 100, &outlook); /* no cap on awards */
    double mean = 9000 * (above(1, .1, .8) - above(1, .1, 1.2)) / .2;
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, mean, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.at_mean, 9000, 1e-9);
    double z = gsl_cdf_ugaussian_Pinv(.9);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 9000 * (1 + .1 * z / .2), 1e-5);
    component.every_months = 6;
    forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 2 * mean, 1e-6);
    component.every_months = 24;
    forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_EQUAL(forecast.lines[0].gap, FORECAST_SELDOM);
    CU_ASSERT_EQUAL(forecast.total.expected, 0);
}

static void a_common_result_is_shared(void) {
    struct component component = BONUS;
    component.scope = SCOPE_TEAM;
    component.share_by = SHARE_EQUAL;
    component.period = PERIOD_YEAR;
    component.cap = 5000;
    component.cap_place = CAP_BEFORE_MULTIPLIER;
    struct outlook_slot slots[SLOT_LISTS] = {{.heads = 4}};
    struct outlook outlook = normal(1, .3);
    struct forecast forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_EQUAL(forecast.lines[0].gap, FORECAST_NEEDS_PEOPLE);
    outlook.slots = slots; /* of 17,500: 4,375 at quota; 5,000 is reached at 8/7 of the target */
    forecast = forecast_of(&component, 1, 0, &outlook);
    double top = 1 + .3333 / 7;
    double mean = 4375 * ((above(1, .3, .5) - above(1, .3, 1)) / .5 +
                          (above(1, .3, 1) - above(1, .3, top)) / .3333);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, mean, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.at_mean, 4375, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 5000, 1e-6);
}

static void what_is_missing_is_said(void) {
    struct outlook outlook = normal(1, .3);
    struct component tiers = COMMISSION;
    struct forecast forecast = forecast_of(&tiers, 1, 0, &outlook);
    CU_ASSERT_EQUAL(forecast.lines[0].gap, FORECAST_NEEDS_QUOTA);
    struct component pair[2] = {COMMISSION, BONUS}; /* the quota of the other one */
    forecast = forecast_of(pair, 2, 0, &outlook);
    CU_ASSERT_EQUAL(forecast.lines[0].gap, FORECAST_FINE);
    CU_ASSERT_DOUBLE_EQUAL(forecast.lines[0].at_mean, 4 * (3600 + .07 * 8000), 1e-9);
    struct component individual = COMMISSION; /* target over quota: attainment is enough */
    individual.tiers.count = 0;
    individual.target = 20000;
    forecast = forecast_of(&individual, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 20000, 1e-6);
    struct component liked = YEARLY;
    liked.metric = METRIC_SATISFACTION;
    forecast = forecast_of(&liked, 1, 0, &outlook);
    CU_ASSERT_EQUAL(forecast.lines[0].gap, FORECAST_NEEDS_LEVEL);
    struct component shares = {.type = COMPONENT_SHARES, .target = 5000};
    forecast = forecast_of(&shares, 1, 0, &outlook);
    CU_ASSERT_EQUAL(forecast.lines[0].gap, FORECAST_SHARES);
    struct component rich = BONUS;
    rich.bank.pays = .5;
    rich.season[3] = 2;
    struct text words = {0};
    forecast_left_out(&rich, &words);
    CU_ASSERT_STRING_EQUAL(text_bytes(&words), "bonus bank, season of the quota");
    text_free(&words);
}

/* At the edge of a retroactive tier the lower rate holds, and nothing is a chance. */
static void without_chance_the_plan_pays_its_budget(void) {
    struct component component = {.type = COMPONENT_COMMISSION,
                                  .period = PERIOD_QUARTER,
                                  .quota = 100000,
                                  .tier_rule = TIERS_RETROACTIVE,
                                  .tiers = {2, {{0, .05}, {100000, .07}}}};
    struct outlook outlook = normal(1, 0);
    struct forecast forecast = forecast_of(&component, 1, 15000, &outlook);
    CU_ASSERT_EQUAL(forecast.lines[0].expected, 20000);
    CU_ASSERT_EQUAL(forecast.lines[0].reserve, 20000);
    CU_ASSERT_EQUAL(forecast.total.expected, 15000);
    CU_ASSERT_EQUAL(forecast.total.at_mean, 15000);
    CU_ASSERT_EQUAL(forecast.total.sd, 0);
    CU_ASSERT_EQUAL(forecast.total.share_at_quota, 1);
    outlook = normal(1, 1e-9); /* the limit from above pays either rate with probability 1/2 */
    forecast = forecast_of(&component, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 24000, 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.at_mean, 20000, 1e-9);
}

static const struct test TESTS[] = {
    {"factors of deals follow the year", factors_of_deals_follow_the_year},
    {"ranks are equally likely", ranks_are_equally_likely},
    {"objectives add their levels", objectives_add_their_levels},
    {"cycles that end every year are paid every year",
     cycles_that_end_every_year_are_paid_every_year},
    {"a common result is shared", a_common_result_is_shared},
    {"what is missing is said", what_is_missing_is_said},
    {"without chance the plan pays its budget", without_chance_the_plan_pays_its_budget},
};

const struct suite suite_forecast_components = {"forecast_components", TESTS,
                                                sizeof TESTS / sizeof TESTS[0]};
