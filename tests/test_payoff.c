#include "plan/payoff.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_sf_erf.h>
#include <math.h>

static const struct payoff BONUS = {2, {{0, 0, 0}, {1, .2, 0}}};
static const double THETA = 2 / .09; /* (1 / c) / sigma^2, c .5, sigma .3 */

static void the_published_cases_are_met(void) {
    struct marginal m = payoff_marginal(&BONUS, .8, .3, THETA);
    CU_ASSERT_DOUBLE_EQUAL(m.value, .13960113, 6e-9);
    CU_ASSERT_DOUBLE_EQUAL(m.lambda / .5, .36249321, 6e-9);
    m = payoff_marginal(&BONUS, .4 + .8 * .5, .3 * sqrt(.5), THETA);
    CU_ASSERT_DOUBLE_EQUAL(m.value, .12348006, 6e-9);
    CU_ASSERT_DOUBLE_EQUAL(m.lambda / .5, .58733959, 6e-9);
    const struct payoff slopes = {3, {{0, 0, 0}, {.5, 0, .2}, {1, .1, .4}}};
    m = payoff_marginal(&slopes, .8, .3, THETA);
    CU_ASSERT_DOUBLE_EQUAL(m.value, .18094277, 6e-9);
    CU_ASSERT_DOUBLE_EQUAL(m.lambda / .5, .78165737, 6e-9);
    CU_ASSERT_DOUBLE_EQUAL(m.expected, 1.58165737, 6e-9);
}

/* A bonus is paid with the chance to hit the quota, which effort is part of: so much more it is
 * worth when it rises by one. */
static double chance_to_hit(double mean, double sd) {
    const double step = 1e-4;
    const struct payoff more = {2, {{0, 0, 0}, {1, .2 + step, 0}}};
    const struct payoff less = {2, {{0, 0, 0}, {1, .2 - step, 0}}};
    return (payoff_marginal(&more, mean, sd, THETA).value -
            payoff_marginal(&less, mean, sd, THETA).value) /
           (2 * step);
}

/* u weighs what hits by exp(theta times the bonus). */
static double hit_by_normal_law(double mean, double sd) {
    double hit = exp(THETA * .2) * gsl_sf_erf_Q((1 - mean) / sd);
    return hit / (hit + 1 - gsl_sf_erf_Q((1 - mean) / sd));
}

static void the_chance_to_hit_the_quota_is_the_published_one(void) {
    CU_ASSERT_DOUBLE_EQUAL(hit_by_normal_law(.8, .3), .96640098, 1e-8);
    CU_ASSERT_DOUBLE_EQUAL(hit_by_normal_law(.8, .3 * sqrt(.5)), .94680644, 1e-8);
    CU_ASSERT_DOUBLE_EQUAL(chance_to_hit(.8, .3), .96640098, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(chance_to_hit(.8, .3 * sqrt(.5)), .94680644, 1e-6);
}

static void linear_pay_has_its_closed_form(void) {
    const struct payoff linear = {1, {{0, 0, .3}}};
    for (double tau = .5; tau < 12; tau += 1.5) {
        struct marginal m = payoff_marginal(&linear, .8 * tau, .3 * sqrt(tau), THETA);
        CU_ASSERT_DOUBLE_EQUAL(m.lambda, .3, 1e-13);
        CU_ASSERT_DOUBLE_EQUAL(m.value, .3 * .8 * tau + .09 * tau / (2 * .5), 1e-12);
    }
}

static double pay(const struct payoff *payoff, size_t piece, double s) {
    const struct payoff_piece *p = &payoff->pieces[piece];
    return p->value + p->slope * (s - (piece == 0 ? 0 : p->from));
}

/* u, E[X e^(theta w)] and E[w] by Simpson's rule within every piece. */
static void integrate(const struct payoff *payoff, double mean, double sd, double theta,
                      double sums[3]) {
    enum { STEPS = 4000 };
    sums[0] = sums[1] = sums[2] = 0;
    for (size_t p = 0; p < payoff->count; p++) {
        double a = p == 0 ? mean - 14 * sd : fmax(payoff->pieces[p].from, mean - 14 * sd);
        double b = p + 1 == payoff->count ? mean + 14 * sd : payoff->pieces[p + 1].from;
        for (int i = 0; i <= STEPS; i++) {
            double x = a + (b - a) * i / STEPS;
            double z = (x - mean) / sd;
            double weight = (i == 0 || i == STEPS ? 1
                             : i % 2 == 1         ? 4
                                                  : 2) *
                            (b - a) / STEPS / 3 * exp(-z * z / 2) /
                            sqrt(2 * 3.14159265358979323846) / sd;
            double w = pay(payoff, p, x);
            sums[0] += weight * exp(theta * w);
            sums[1] += weight * exp(theta * w) * x;
            sums[2] += weight * w;
        }
    }
}

static void quadrature_agrees_for_any_theta(void) {
    const struct payoff mixed = {4, {{0, 0, .1}, {.5, .1, .2}, {1, .35, .6}, {1.5, .5, 0}}};
    const double thetas[8] = {-30, -3, -1e-3, -1e-7, 1e-7, 1e-3, 3, 30};
    for (int t = 0; t < 8; t++) {
        for (double mean = .3; mean < 2; mean += .4) {
            double sums[3];
            integrate(&mixed, mean, .3, thetas[t], sums);
            struct marginal m = payoff_marginal(&mixed, mean, .3, thetas[t]);
            double value = fabs(thetas[t]) < 1e-6 ? sums[2] : log(sums[0]) / thetas[t];
            CU_ASSERT_DOUBLE_EQUAL(payoff_expectation(&mixed, mean, .3), sums[2], 1e-9);
            CU_ASSERT_DOUBLE_EQUAL(m.value, value, 1e-7);
            CU_ASSERT_DOUBLE_EQUAL(m.expected, sums[1] / sums[0], 1e-8);
            if (fabs(thetas[t]) >= 3) { /* the score identity loses digits near 0 */
                double lambda = (sums[1] / sums[0] - mean) / (.09 * thetas[t]);
                CU_ASSERT_DOUBLE_EQUAL(m.lambda, lambda, 1e-7);
            }
            CU_ASSERT_DOUBLE_EQUAL(payoff_lambda(&mixed, mean, .3, thetas[t]), m.lambda, 1e-13);
        }
    }
}

static void theta_zero_is_the_mean(void) {
    double z = (1 - .8) / .3;
    double density = exp(-z * z / 2) / sqrt(2 * 3.14159265358979323846) / .3;
    const double thetas[3] = {0, 1e-12, -1e-12};
    for (int t = 0; t < 3; t++) {
        struct marginal m = payoff_marginal(&BONUS, .8, .3, thetas[t]);
        CU_ASSERT_DOUBLE_EQUAL(m.value, .2 * .5 * erfc(z / sqrt(2)), 1e-11);
        CU_ASSERT_DOUBLE_EQUAL(m.lambda, .2 * density, 1e-11);
        CU_ASSERT_DOUBLE_EQUAL(payoff_lambda(&BONUS, .8, .3, thetas[t]), .2 * density, 1e-11);
    }
}

/* u = 1 - p + p e^(theta B), p = P(X >= 1), all in logs. */
static void huge_exponents_stay_finite(void) {
    const double cases[6][3] = {/* mean, sd, theta */
                                {.8, .3, 1e4},    {.8, .3, 1e6},     {-4, .02, 1e5},
                                {.9, .0005, 1e5}, {.8, .001, 2.2e6}, {1.3, .05, -1e6}};
    for (int i = 0; i < 6; i++) {
        double mean = cases[i][0];
        double sd = cases[i][1];
        double theta = cases[i][2];
        double z = (1 - mean) / sd;
        double log_p = log(.5) + gsl_sf_log_erfc(z / sqrt(2));
        double log_q = log(.5) + gsl_sf_log_erfc(-z / sqrt(2));
        double high = log_p + theta * .2;
        double top = fmax(high, log_q);
        double log_u = top + log1p(exp(fmin(high, log_q) - top));
        double log_density = -z * z / 2 - .5 * log(2 * 3.14159265358979323846) - log(sd);
        double wanted = theta > 0 ? exp(log_density + theta * .2 - log_u) / theta
                                  : exp(log_density - log_u) / -theta;
        struct marginal m = payoff_marginal(&BONUS, mean, sd, theta);
        CU_ASSERT_DOUBLE_EQUAL(m.value, log_u / theta, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(m.lambda, wanted, 1e-8 * (1 + wanted));
        CU_ASSERT_DOUBLE_EQUAL(payoff_lambda(&BONUS, mean, sd, theta), wanted, 1e-8 * (1 + wanted));
    }
}

static const struct test TESTS[] = {
    {"the published cases of a bonus and of slopes are met", the_published_cases_are_met},
    {"the chance to hit the quota is the published one",
     the_chance_to_hit_the_quota_is_the_published_one},
    {"linear pay has its closed form", linear_pay_has_its_closed_form},
    {"quadrature agrees for any theta", quadrature_agrees_for_any_theta},
    {"theta zero is the mean", theta_zero_is_the_mean},
    {"huge exponents stay finite", huge_exponents_stay_finite},
};

const struct suite suite_payoff = {"payoff", TESTS, sizeof TESTS / sizeof TESTS[0]};
