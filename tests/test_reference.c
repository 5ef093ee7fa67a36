#include "model/effort.h"
#include "model/reference.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

static void effort_solves_the_known_cases(void) {
    const double shares[3][3] = {{1, 0, 0}, {.75, .25, 0}, {.75, .10, .15}};
    const double wanted[3][3] = {{.272, 0, 0}, {.40152, -.11657, 0}, {.40152, -.11657, -.11657}};
    const double value[3] = {.34 * .4 * 7000, 0, 0};
    for (int i = 0; i < 3; i++) {
        double extra[3];
        effort_solve(shares[i], .5, .3, 7000, value, extra);
        for (int k = 0; k < 3; k++) {
            CU_ASSERT_DOUBLE_EQUAL(extra[k], wanted[i][k], 6e-6);
        }
    }
}

static void the_cost_matrix_times_effort_is_the_value(void) {
    const double w[3] = {.25, .40, .35};
    const double value[3] = {30, -5, 80};
    const double c = .15;
    const double gamma = .3;
    const double pay = 7750;
    double x[3];
    effort_solve(w, c, gamma, pay, value, x);
    double sum = w[0] * x[0] + w[1] * x[1] + w[2] * x[2];
    for (int k = 0; k < 3; k++) {
        CU_ASSERT_DOUBLE_EQUAL(c * pay * ((1 - gamma) * w[k] * x[k] + gamma * w[k] * sum), value[k],
                               1e-10);
    }
}

static void impulse(const double months[3], double conversion, double closed[RESPONSE_MONTHS]) {
    struct stage stages[3] = {{.conversion = conversion, .months = months[0]},
                              {.conversion = conversion, .months = months[1]},
                              {.conversion = conversion, .months = months[2]}};
    struct segment segment = {.pipeline = {.lead_share = .5, .stages = stages, .stage_count = 3}};
    pipeline_impulse(&segment, closed);
}

static void the_pipeline_closes_an_impulse_as_published(void) {
    static const double CYCLES[3][3] = {{1, 1, 1}, {3, 5, 4}, {4, 8, 6}};
    const double wanted[3][4] = {
        {.167, .333, .5, 1}, {.167, .208, .248, .293}, {.167, .194, .221, .249}};
    const double year[3] = {1, .725, .534};
    for (int i = 0; i < 3; i++) {
        double closed[RESPONSE_MONTHS];
        double other[RESPONSE_MONTHS];
        impulse(CYCLES[i], .4, closed);
        impulse(CYCLES[i], .05, other);
        for (int h = 0; h < 4; h++) {
            CU_ASSERT_DOUBLE_EQUAL(closed[h], wanted[i][h], 5.1e-4);
        }
        CU_ASSERT_DOUBLE_EQUAL(closed[11], year[i], 5.1e-4);
        CU_ASSERT_DOUBLE_EQUAL(closed[RESPONSE_MONTHS - 1], 1, 1e-4);
        for (int h = 0; h < RESPONSE_MONTHS; h++) {
            CU_ASSERT_EQUAL(closed[h], other[h]);
        }
    }
}

static struct segment key_segment(void) {
    return (struct segment){
        .potential = {.mean = 600e3, .cv = .7, .growth = .025, .innovation = .04},
        .contract = {.term_months = 12},
        .churn = {.annual = .05, .satisfaction = .5, .relationship = 2, .owner_change = .4},
        .wallet = {.start = .45, .start_sd = .1, .ceiling = .9, .growth = .035, .leak = .035},
        .satisfaction = {.mean = 8, .sd = .7, .persistence = .9, .care = .08, .rating_sd = 1.8},
        .relationship = {.investment = .075, .decay = .05, .owner_share = .5, .wallet_share = .15}};
}

/* The text's rounded figures hold within .0025 only; the equations themselves, at the steady
 * account (r .6, w .54), hold exactly: a gain of g r (w_max - w) / w that decays by g r + l (1 -
 * r). */
static void an_accounts_impulse_is_that_of_the_equations(void) {
    static const int MONTHS[5] = {3, 6, 12, 24, 36};
    const double develop[5] = {.015, .013, .011, .007, .004};
    const double care[5] = {.007, .011, .014, .013, .011};
    struct segment segment = key_segment();
    double revenue[RESPONSE_MONTHS];
    double expansion[RESPONSE_MONTHS];
    account_impulse(&segment, 1, 1, DEVELOP, revenue, expansion);
    for (int h = 1; h <= 36; h++) {
        CU_ASSERT_DOUBLE_EQUAL(revenue[h - 1], .014 * pow(.965, h - 1), 1e-6);
    }
    for (int i = 0; i < 5; i++) {
        CU_ASSERT_DOUBLE_EQUAL(revenue[MONTHS[i] - 1], develop[i], .0025);
    }
    account_impulse(&segment, 1, 1, CARE, revenue, expansion);
    int peak = 0;
    for (int h = 0; h < 36; h++) {
        peak = revenue[h] > revenue[peak] ? h : peak;
    }
    CU_ASSERT(peak >= 11 && peak <= 23); /* care pays after a year */
    for (int i = 0; i < 5; i++) {
        CU_ASSERT_DOUBLE_EQUAL(revenue[MONTHS[i] - 1], care[i], .0025);
    }
}

static void the_steady_account_is_the_equations(void) {
    struct segment segment = key_segment();
    struct steady_account at = steady_account(&segment, 1, 1);
    CU_ASSERT_DOUBLE_EQUAL(at.relationship, .6, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(at.wallet, .54, 1e-12); /* .9 .6 / (.6 + .4) as g = l */
    CU_ASSERT_DOUBLE_EQUAL(at.satisfaction, 0, 1e-12);
}

static const struct test TESTS[] = {
    {"effort solves the known cases", effort_solves_the_known_cases},
    {"the cost matrix times effort is the value", the_cost_matrix_times_effort_is_the_value},
    {"the pipeline closes an impulse as published", the_pipeline_closes_an_impulse_as_published},
    {"an account's impulse is that of the equations", an_accounts_impulse_is_that_of_the_equations},
    {"the steady account is that of the equations", the_steady_account_is_the_equations},
};

const struct suite suite_reference = {"reference", TESTS, sizeof TESTS / sizeof TESTS[0]};
