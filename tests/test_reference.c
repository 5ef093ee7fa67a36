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

/* At the steady account (r .6, w .54, s 0) develop adds g r (w_max - w) to the wallet at once,
 * which then decays by g r + l (1 - r). */
static void a_developed_account_follows_the_closed_form(void) {
    struct segment segment = key_segment();
    double revenue[RESPONSE_MONTHS];
    double expansion[RESPONSE_MONTHS];
    account_impulse(&segment, 1, 1, DEVELOP, revenue, expansion);
    for (int h = 1; h <= RESPONSE_MONTHS; h++) {
        CU_ASSERT_DOUBLE_EQUAL(revenue[h - 1], .014 * pow(.965, h - 1), 1e-8);
    }
}

/* Care adds psi to satisfaction and i (1 - r) = .03 to the relationship, which decay by rho and by
 * 1 - i - delta = .875. Wallet and potential follow the relationship of the month before; churn,
 * .05 a year, the satisfaction and relationship of the month itself. All are geometric sums. */
static double care_closed_form(int months) {
    double relationship = .03;
    double past = (1 - pow(.875, months - 1)) / (1 - .875);
    double wallet = (.035 * (.9 - .54) + .035 * .54) * relationship *
                    (pow(.965, months - 1) - pow(.875, months - 1)) / (.965 - .875);
    double potential = .04 / 12 / .6 * relationship * past / (1 + .04 / 12);
    double satisfactions = .08 * (1 - pow(.9, months)) / (1 - .9);
    double relationships = relationship * (1 - pow(.875, months)) / (1 - .875);
    double survival = .05 / 12 * (.5 * satisfactions + 2 * relationships);
    return wallet / .54 + potential + survival;
}

static void a_cared_for_account_follows_the_closed_form(void) {
    struct segment segment = key_segment();
    segment.potential.growth = 0; /* the response leaves the growth of the market out */
    double revenue[RESPONSE_MONTHS];
    double expansion[RESPONSE_MONTHS];
    account_impulse(&segment, 1, 1, CARE, revenue, expansion);
    int peak = 0;
    for (int h = 1; h <= RESPONSE_MONTHS; h++) {
        CU_ASSERT_DOUBLE_EQUAL(revenue[h - 1], care_closed_form(h), 1e-6);
        peak = revenue[h - 1] > revenue[peak] ? h - 1 : peak;
    }
    CU_ASSERT(peak >= 11 && peak <= 23); /* care pays after a year */
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
    {"a developed account follows the closed form", a_developed_account_follows_the_closed_form},
    {"a cared for account follows the closed form", a_cared_for_account_follows_the_closed_form},
    {"the steady account is that of the equations", the_steady_account_is_the_equations},
};

const struct suite suite_reference = {"reference", TESTS, sizeof TESTS / sizeof TESTS[0]};
