#include "base/mathematics.h"
#include "base/random.h"
#include "plan/curve.h"
#include "plan/payout.h"
#include "plan/valuation.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

/* Pay of so much of a period; an LTIP: of a grant. */
static double earned(const struct component *component, double measure, double quota,
                     double periods) {
    double attainment[2] = {attainment_of(measure, METRIC_FLOW, quota), 0};
    struct period_result result = {.periods = periods,
                                   .scale = 1,
                                   .measure = measure,
                                   .weighted = measure,
                                   .quota = quota,
                                   .share = 1,
                                   .attainment = attainment};
    return payout_earned(component, 0, &result, NULL);
}

static double cents(const struct component *component, double measure, double quota) {
    return payout_round(earned(component, measure, quota, 1));
}

static struct payoff payoff_of(const struct component *component, double quota) {
    struct component credited = *component;
    credited.credit.share = 1;
    const struct valuation around = {.quota = quota, .scale = 1, .factor = 1};
    return valuation_payoff(&credited, &around);
}

static void tiers_are_marginal(void) {
    struct component component = {.type = COMPONENT_COMMISSION,
                                  .tiers = {3, {{0, .05}, {100000, .07}, {250000, .09}}}};
    CU_ASSERT_EQUAL(cents(&component, 180000, 0), 10600.0);
    CU_ASSERT_EQUAL(cents(&component, 100000, 0), 5000.0);
    CU_ASSERT_EQUAL(cents(&component, 350000, 0), 24500.0);
    struct component threshold = {.type = COMPONENT_COMMISSION, .tiers = {1, {{80000, .08}}}};
    CU_ASSERT_EQUAL(cents(&threshold, 120000, 0), 3200.0);
    CU_ASSERT_EQUAL(cents(&threshold, 80000, 0), 0.0);
    struct curve sharing = {2, {{0, .045}, {15e6, .065}}};
    CU_ASSERT_EQUAL(payout_round(curve_tiers(&sharing, 35e6)), 1975000.0);
    struct component flat = {.type = COMPONENT_COMMISSION, .rate = .05};
    CU_ASSERT_EQUAL(cents(&flat, 800000, 0), 40000.0);
}

static void the_curve_pays_its_table(void) {
    const struct curve curve = {3, {{.5, 0}, {1, 1}, {1.5, 2}}};
    const double table[7][2] = {{.49, 0},    {.5, 0},  {.75, .5}, {1, 1},
                                {1.25, 1.5}, {1.5, 2}, {1.8, 2}};
    for (int i = 0; i < 7; i++) {
        CU_ASSERT_DOUBLE_EQUAL(curve_value(&curve, 0, table[i][0]), table[i][1], 1e-14);
    }
    const struct curve jump = {3, {{.5, .1}, {1, .6}, {1, 1.2}}};
    CU_ASSERT_EQUAL(curve_value(&jump, 1.5, .4999), 0.0);
    CU_ASSERT_EQUAL(curve_value(&jump, 1.5, .5), .1);
    CU_ASSERT(curve_value(&jump, 1.5, 1 - 1e-6) < .6);
    CU_ASSERT_DOUBLE_EQUAL(curve_value(&jump, 1.5, 1), 1.2, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(curve_value(&jump, 1.5, (.1 + .2) / .3), 1.2, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(curve_value(&jump, 1.5, (1.1 - .1)), 1.2, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(curve_value(&jump, 1.5, 2), 2.7, 1e-14);
}

static void accelerators_pay_more_above_quota(void) {
    struct component component = {.type = COMPONENT_BONUS,
                                  .period = PERIOD_YEAR,
                                  .target = 100000,
                                  .payout = {3, {{0, 0}, {1, 1}, {1.3, 1.45}}},
                                  .slope_above = 2};
    CU_ASSERT_EQUAL(cents(&component, 650000, 500000), 145000.0);
    CU_ASSERT_EQUAL(cents(&component, 750000, 500000), 185000.0);
    struct component quarterly = {.type = COMPONENT_BONUS,
                                  .period = PERIOD_QUARTER,
                                  .target = 40000,
                                  .payout = {2, {{0, 0}, {1, 1}}},
                                  .slope_above = 2};
    const double sold[4] = {150e3, 400e3, 200e3, 300e3};
    const double paid[4] = {6000, 22000, 8000, 14000};
    for (int q = 0; q < 4; q++) {
        CU_ASSERT_EQUAL(cents(&quarterly, sold[q], 250e3), paid[q]);
    }
    CU_ASSERT_EQUAL(payout_round(earned(&quarterly, 250e3, 250e3, .5)), 5000.0);
}

static void an_ltip_pays_on_the_mean_index(void) {
    struct component component = {.type = COMPONENT_LTIP,
                                  .target = 30000,
                                  .cycle_months = 36,
                                  .payout = {3, {{.8, .5}, {1, 1}, {1.2, 2}}}};
    const double index[5] = {1.0, 1.2, .9, 1.1, .7};
    const double paid[3] = {35000, 40000, 22500};
    for (int c = 0; c < 3; c++) {
        CU_ASSERT_EQUAL(cents(&component, (index[c] + index[c + 1] + index[c + 2]) / 3, 1),
                        paid[c]);
    }
    CU_ASSERT_EQUAL(cents(&component, .79, 1), 0.0);
}

static void grants_vest_after_the_cliff(void) {
    struct component c = {
        .type = COMPONENT_SHARES, .vesting_months = 48, .cliff_months = 12, .step_months = 1};
    CU_ASSERT_EQUAL(payout_vested(&c, 11), 0.0);
    CU_ASSERT_EQUAL(payout_vested(&c, 12), .25);
    CU_ASSERT_DOUBLE_EQUAL(payout_vested(&c, 13), 13.0 / 48, 1e-15);
    CU_ASSERT_EQUAL(payout_vested(&c, 60), 1.0);
    c.step_months = 3;
    CU_ASSERT_EQUAL(payout_vested(&c, 14), .25);
    CU_ASSERT_DOUBLE_EQUAL(payout_vested(&c, 15), 15.0 / 48, 1e-15);
}

/* Expected vested share when people quit at annual rate A. */
static double kept(const struct component *component, double annual) {
    double sum = 0;
    for (long m = 1; m <= 36; m++) {
        sum += (payout_vested(component, m) - payout_vested(component, m - 1)) *
               pow(1 - annual, (double)m / 12);
    }
    return sum;
}

static void quits_take_the_known_share_of_grants(void) {
    struct component cliff = {.vesting_months = 36, .cliff_months = 36, .step_months = 12};
    struct component thirds = {.vesting_months = 36, .cliff_months = 12, .step_months = 12};
    const double wanted[3][3] = {{.1, .729, .8130}, {.2, .512, .6507}, {.3, .343, .5110}};
    for (int i = 0; i < 3; i++) {
        CU_ASSERT_DOUBLE_EQUAL(kept(&cliff, wanted[i][0]), wanted[i][1], 1e-12);
        CU_ASSERT_DOUBLE_EQUAL(kept(&thirds, wanted[i][0]), wanted[i][2], 5.1e-5);
    }
}

static void payments_are_rounded_half_away_from_zero(void) {
    CU_ASSERT_EQUAL(payout_round(.125), .13);
    CU_ASSERT_EQUAL(payout_round(-.125), -.13);
    CU_ASSERT_EQUAL(payout_round(1.005), 1.01);
    CU_ASSERT_EQUAL(payout_round(1.00499), 1.0);
    CU_ASSERT_EQUAL(payout_round(7000.07), 7000.07);
    /* halves of a cent by arithmetic, which binary fractions put a little below */
    CU_ASSERT_EQUAL(payout_round(1.15 * 1.1), 1.27);
    CU_ASSERT_EQUAL(payout_round(1234567890.0 * 0.0345), 42592592.21); /* ...592.205 */
    size_t exact = 0;
    uint64_t row = random_row(1, 1, 1, 1);
    for (uint64_t i = 0; i < 20000; i++) { /* sizes up to 1e10: n + .005 is rounded up */
        double cents = floor(math_exp(random_uniform(row, 2 * i) * 27.6));
        double rate = floor(random_uniform(row, 2 * i + 1) * 64.0 + 1.0) / 64.0;
        double half = (cents + 0.5) / 100.0;
        exact += payout_round(half / rate * rate) == (cents + 1.0) / 100.0;
        exact += payout_round(-(half / rate * rate)) == -(cents + 1.0) / 100.0;
    }
    CU_ASSERT_EQUAL(exact, 40000);
}

static void whole_cents_stay_what_they_are(void) {
    size_t same = 0;
    uint64_t row = random_row(1, 1, 1, 2);
    for (uint64_t i = 0; i < 20000; i++) { /* up to 2e15 cents */
        double cents = floor(math_exp(random_uniform(row, i) * 35.23));
        same += payout_round(cents / 100.0) == cents / 100.0;
        same += payout_round(payout_round(cents / 100.0 + 0.37) - 0.37) == cents / 100.0;
    }
    CU_ASSERT_EQUAL(same, 40000);
}

static void payoffs_agree_with_the_payments(void) {
    const struct component components[3] = {
        {.type = COMPONENT_COMMISSION, .tiers = {2, {{10, .05}, {60, .2}}}},
        {.type = COMPONENT_COMMISSION, .rate = .05},
        {.type = COMPONENT_BONUS,
         .period = PERIOD_QUARTER,
         .target = 40,
         .payout = {4, {{.5, 0}, {1, 1}, {1, 1.3}, {1.4, 2}}},
         .slope_above = .5}};
    for (int c = 0; c < 3; c++) {
        struct payoff payoff = payoff_of(&components[c], 50);
        for (double s = .25; s < 120; s += .5) {
            CU_ASSERT_DOUBLE_EQUAL(payoff_expectation(&payoff, s, 0),
                                   earned(&components[c], s, 50, 1), 1e-12);
        }
    }
}

static void expected_pay_has_its_closed_form(void) {
    struct component above = {.type = COMPONENT_BONUS,
                              .period = PERIOD_YEAR,
                              .target = 1,
                              .payout = {1, {{1, 0}}},
                              .slope_above = 1};
    struct component share = {
        .type = COMPONENT_BONUS, .period = PERIOD_YEAR, .target = 1, .payout = {1, {{1, 1}}}};
    struct component double_above = {.type = COMPONENT_BONUS,
                                     .period = PERIOD_YEAR,
                                     .target = 1,
                                     .payout = {2, {{-10, -10}, {1, 1}}},
                                     .slope_above = 2};
    struct payoff payoff = payoff_of(&above, 1);
    CU_ASSERT_DOUBLE_EQUAL(payoff_expectation(&payoff, 1, .3), .1196827, 5.1e-8);
    CU_ASSERT_DOUBLE_EQUAL(payoff_expectation(&payoff, .85, .35), .0772602, 5.1e-8);
    payoff = payoff_of(&share, 1);
    CU_ASSERT_DOUBLE_EQUAL(payoff_expectation(&payoff, .85, .35), .3341175, 1e-7);
    payoff = payoff_of(&double_above, 1);
    CU_ASSERT_DOUBLE_EQUAL(payoff_expectation(&payoff, .9, 0), .9, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(payoff_expectation(&payoff, .9, .25), .9576, 5.1e-5);
}

static const struct test TESTS[] = {
    {"tiers are marginal", tiers_are_marginal},
    {"the curve pays its table", the_curve_pays_its_table},
    {"accelerators pay more above quota", accelerators_pay_more_above_quota},
    {"an LTIP pays on the mean index", an_ltip_pays_on_the_mean_index},
    {"grants vest after the cliff", grants_vest_after_the_cliff},
    {"quits take the known share of grants", quits_take_the_known_share_of_grants},
    {"payments are rounded half away from zero", payments_are_rounded_half_away_from_zero},
    {"whole cents stay what they are", whole_cents_stay_what_they_are},
    {"payoffs agree with the payments", payoffs_agree_with_the_payments},
    {"expected pay has its closed form", expected_pay_has_its_closed_form},
};

const struct suite suite_payout = {"payout", TESTS, sizeof TESTS / sizeof TESTS[0]};
