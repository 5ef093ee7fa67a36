#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "engine/fit_interval.h"
#include "engine/fit_sbg.h"
#include "engine/fit_spread.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* ---- intervals */

static void gamma_law_agrees_with_gsl(void) {
    const double shapes[] = {0.5, 1.0, 2.5, 10.0, 63.0, 1000.0, 250000.0};
    const double probabilities[] = {0.001, 0.025, 0.3, 0.5, 0.975, 0.999};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        for (size_t p = 0; p < sizeof probabilities / sizeof *probabilities; p++) {
            double x = fit_gamma_quantile(probabilities[p], shapes[s]);
            double p_of_x = gsl_cdf_gamma_P(x, shapes[s], 1.0);
            CU_ASSERT_DOUBLE_EQUAL(p_of_x, probabilities[p], 1e-10);
            CU_ASSERT_DOUBLE_EQUAL(fit_gamma_distribution(x, shapes[s]), p_of_x, 1e-10);
        }
    }
    CU_ASSERT_EQUAL(fit_gamma_distribution(0.0, 3.0), 0.0);
    CU_ASSERT_DOUBLE_EQUAL(fit_chi_square_quantile(0.95, 1.0), 3.841458820694124, 1e-9);
}

/* Garwood 1936 as in the tables of the Poisson law. */
static void counts_have_the_intervals_of_the_tables(void) {
    const double table[4][3] = {
        {0, 0.0, 3.6889}, {1, 0.0253, 5.5716}, {10, 4.7954, 18.3904}, {100, 81.3640, 121.6266}};
    for (size_t i = 0; i < 4; i++) {
        struct interval interval = fit_poisson(table[i][0]);
        CU_ASSERT_DOUBLE_EQUAL(interval.low, table[i][1], 5e-4);
        CU_ASSERT_DOUBLE_EQUAL(interval.high, table[i][2], 5e-4);
    }
}

/* Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29. */
static void shares_have_the_published_intervals(void) {
    const double table[4][4] = {{81, 263, 0.2553, 0.3662},
                                {15, 148, 0.0624, 0.1605},
                                {0, 20, 0.0, 0.1611},
                                {1, 29, 0.0061, 0.1718}};
    for (size_t i = 0; i < 4; i++) {
        struct interval interval = fit_wilson(table[i][0], table[i][1]);
        CU_ASSERT_DOUBLE_EQUAL(interval.low, table[i][2], 6e-5);
        CU_ASSERT_DOUBLE_EQUAL(interval.high, table[i][3], 6e-5);
    }
    CU_ASSERT_EQUAL(fit_wilson(20.0, 20.0).high, 1.0);
}

static void durations_follow_the_closed_form_of_censored_times(void) {
    /* Four people for 1, 2, 3 and 4 years; the first and the third left. */
    struct fit_duration fit = fit_duration_of(2.0, 10.0);
    CU_ASSERT_DOUBLE_EQUAL(fit.rate, 0.2, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(fit.mean, 5.0, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(fit.rate_interval.low, 0.02422, 5e-6); /* .2422 and 7.2247 of ten */
    CU_ASSERT_DOUBLE_EQUAL(fit.rate_interval.high, 0.72247, 5e-5);
    CU_ASSERT_DOUBLE_EQUAL(fit.mean_interval.low, 1.0 / fit.rate_interval.high, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(fit_probability_within(fit.rate, 1.0), 1.0 - exp(-0.2), 1e-15);
    fit = fit_duration_of(0.0, 10.0);
    CU_ASSERT_EQUAL(fit.rate_interval.low, 0.0);
    CU_ASSERT_TRUE(isinf(fit.mean) && isinf(fit.mean_interval.high));
}

/* Whether so many hits of `sets` are what intervals of 95 % have, within five standard errors. */
static bool covers(unsigned hits, unsigned sets, bool may_be_more) {
    double share = (double)hits / sets;
    double error = sqrt(0.95 * 0.05 / sets);
    return share > 0.95 - 5.0 * error && (may_be_more || share < 0.95 + 5.0 * error);
}

static bool inside(struct interval interval, double value) {
    return interval.low <= value && value <= interval.high;
}

/* Fifty people who come over five years and are seen until the end of them. Exact intervals of a
 * count cover at least as often as they say; here the time is a chance too. */
static void turnover_is_recovered_and_its_intervals_cover(void) {
    enum { SETS = 1000, PEOPLE = 50 };
    const double rate = 0.3;
    unsigned hits = 0;
    double sum = 0.0;
    for (uint64_t set = 0; set < SETS; set++) {
        uint64_t row = random_row(11, set, 0, 0);
        double events = 0.0;
        double time = 0.0;
        for (uint64_t i = 0; i < PEOPLE; i++) {
            double seen = 5.0 * random_uniform(row, 2 * i);
            double stay = exponential_quantile(random_uniform(row, 2 * i + 1), 1.0 / rate);
            events += stay < seen;
            time += fmin(stay, seen);
        }
        struct fit_duration fit = fit_duration_of(events, time);
        hits += inside(fit.rate_interval, rate);
        sum += fit.rate;
    }
    /* about 24 exits a set: the rate has a relative error of .2 a set, a bias of the order 1/24 */
    CU_ASSERT_DOUBLE_EQUAL(sum / SETS, rate, rate * (1.0 / 24.0 + 5.0 * 0.2 / sqrt(SETS)));
    CU_ASSERT_TRUE(covers(hits, SETS, true));
}

static void sizes_of_deals_are_recovered_and_their_intervals_cover(void) {
    enum { SETS = 1000, DEALS = 40 };
    unsigned means = 0;
    unsigned cvs = 0;
    for (uint64_t set = 0; set < SETS; set++) {
        uint64_t row = random_row(12, set, 0, 0);
        double values[DEALS];
        struct fit_lognormal fit;
        for (uint64_t i = 0; i < DEALS; i++) {
            values[i] = lognormal_quantile(random_uniform(row, i), 45000.0, 0.8);
        }
        CU_ASSERT_TRUE_FATAL(fit_lognormal_of(&fit, values, DEALS));
        means += inside(fit.mean_interval, 45000.0);
        cvs += inside(fit.cv_interval, 0.8);
    }
    CU_ASSERT_TRUE(covers(means, SETS, false));
    CU_ASSERT_TRUE(covers(cvs, SETS, false));
}

static void sizes_follow_the_formulas_of_the_lognormal_law(void) {
    const double values[3] = {exp(1.0), exp(2.0), exp(3.0)}; /* logs: mean 2, variance 1 */
    struct fit_lognormal fit;
    CU_ASSERT_TRUE(fit_lognormal_of(&fit, values, 3));
    CU_ASSERT_DOUBLE_EQUAL(fit.mean, exp(2.5), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(fit.cv, sqrt(exp(1.0) - 1.0), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(fit.cv_interval.low,
                           sqrt(exp(2.0 / gsl_cdf_chisq_Pinv(0.975, 2.0)) - 1.0), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(fit.mean_interval.low,
                           exp(2.5 - gsl_cdf_tdist_Qinv(0.025, 2.0) * sqrt(1.0 / 3.0 + 0.25)),
                           1e-9);
    CU_ASSERT_FALSE(fit_lognormal_of(&fit, values, 2));
    const double same[4] = {5.0, 5.0, 5.0, 5.0};
    CU_ASSERT_FALSE(fit_lognormal_of(&fit, same, 4));
}

/* ---- customers */

/* Fader and Hardie 2007, table 1: High End, per cent that are still there after so many years. */
static const double HIGH_END[13] = {100.0, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7,
                                    49.1,  46.8, 44.5, 42.7, 40.9, 39.4};

static void high_end_customers_give_the_published_estimates(void) {
    double lost[7];
    double kept[7];
    struct fit_sbg fit;
    for (size_t t = 0; t < 7; t++) {
        lost[t] = 10.0 * (HIGH_END[t] - HIGH_END[t + 1]);
        kept[t] = 10.0 * HIGH_END[t + 1];
    }
    CU_ASSERT_TRUE_FATAL(fit_sbg_of(&fit, &(struct life_table){lost, kept, 7}));
    CU_ASSERT_DOUBLE_EQUAL(fit.a, 0.668, 0.0005);
    CU_ASSERT_DOUBLE_EQUAL(fit.b, 3.806, 0.0005);
    CU_ASSERT_TRUE(fit.spread);
    double error = 0.0;
    for (size_t t = 8; t <= 12; t++) {
        error += fabs(fit_sbg_survival(fit.a, fit.b, t) - HIGH_END[t] / 100.0) / 5.0;
    }
    CU_ASSERT_DOUBLE_EQUAL(error, 0.0119, 0.00005);
    CU_ASSERT_DOUBLE_EQUAL(fit_sbg_discounted_lifetime(0.668, 3.806, 0.1), 5.9226, 0.00005);
}

static void survival_is_that_of_the_beta_function(void) {
    const double published[13] = {1.0,    0.8507, 0.7469, 0.6698, 0.6100, 0.5619, 0.5223,
                                  0.4889, 0.4605, 0.4358, 0.4142, 0.3951, 0.3780};
    for (size_t t = 0; t <= 12; t++) {
        CU_ASSERT_DOUBLE_EQUAL(fit_sbg_survival(0.668, 3.806, t), published[t], 0.00006);
        double b = lgamma(3.806 + (double)t) - lgamma(0.668 + 3.806 + (double)t) - lgamma(3.806) +
                   lgamma(0.668 + 3.806);
        CU_ASSERT_DOUBLE_EQUAL(fit_sbg_survival(0.668, 3.806, t), exp(b), 1e-12);
    }
}

/* Expected counts of 1000 customers are exactly those of the law: its parameters come back. */
static void exact_counts_give_back_their_parameters(void) {
    const double laws[3][2] = {{0.668, 3.806}, {2.0, 10.0}, {0.3, 0.9}};
    for (size_t l = 0; l < 3; l++) {
        double lost[12];
        double kept[12];
        struct fit_sbg fit;
        for (size_t t = 0; t < 12; t++) {
            kept[t] = 1000.0 * fit_sbg_survival(laws[l][0], laws[l][1], t + 1);
            lost[t] = 1000.0 * fit_sbg_survival(laws[l][0], laws[l][1], t) - kept[t];
        }
        CU_ASSERT_TRUE_FATAL(fit_sbg_of(&fit, &(struct life_table){lost, kept, 12}));
        CU_ASSERT_DOUBLE_EQUAL(fit.a / laws[l][0], 1.0, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(fit.b / laws[l][1], 1.0, 1e-6);
        CU_ASSERT_TRUE(inside(fit.a_interval, fit.a) && inside(fit.b_interval, fit.b));
    }
}

/* Against a search of the likelihood on a grid, which knows nothing of slopes. */
static double plain_likelihood(const double lost[], const double kept[], size_t years, double a,
                               double b) {
    double sum = 0.0;
    for (size_t t = 0; t < years; t++) {
        sum += lost[t] * log(a / (a + b + (double)t)) +
               kept[t] * log((b + (double)t) / (a + b + (double)t));
    }
    return sum;
}

static void no_point_of_a_grid_is_more_likely_and_edges_are_where_likelihood_falls(void) {
    const double lost[5] = {30.0, 12.0, 9.0, 4.0, 5.0};
    const double kept[5] = {100.0, 75.0, 60.0, 50.0, 20.0}; /* some were seen for less long */
    struct fit_sbg fit;
    CU_ASSERT_TRUE_FATAL(fit_sbg_of(&fit, &(struct life_table){lost, kept, 5}));
    double best = plain_likelihood(lost, kept, 5, fit.a, fit.b);
    double at_low = -1e9;
    double at_high = -1e9;
    CU_ASSERT_DOUBLE_EQUAL(best, fit.log_likelihood, 1e-9);
    for (int i = -300; i <= 300; i++) {
        for (int j = -40; j <= 40; j++) {
            double a = fit.a * exp(i / 60.0);
            double b = fit.b * exp(i / 60.0 + j / 400.0);
            CU_ASSERT_TRUE(plain_likelihood(lost, kept, 5, a, b) <= best + 1e-12);
        }
        double b = fit.b * exp(i / 60.0);
        at_low = fmax(at_low, plain_likelihood(lost, kept, 5, fit.a_interval.low, b));
        at_high = fmax(at_high, plain_likelihood(lost, kept, 5, fit.a_interval.high, b));
    }
    /* Half of the 95 % point of chi-square; the grid of b is a sixtieth wide. */
    CU_ASSERT_DOUBLE_EQUAL(best - at_low, 1.9207, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(best - at_high, 1.9207, 0.01);
}

static void customers_who_are_all_alike_show_no_spread(void) {
    double lost[8];
    double kept[8];
    double left = 1000.0;
    struct fit_sbg fit;
    for (size_t t = 0; t < 8; t++) {
        lost[t] = 0.2 * left;
        kept[t] = left = 0.8 * left;
    }
    CU_ASSERT_TRUE(fit_sbg_of(&fit, &(struct life_table){lost, kept, 8}));
    CU_ASSERT_FALSE(fit.spread);
    CU_ASSERT_DOUBLE_EQUAL(fit.constant, 0.2, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(fit.a / (fit.a + fit.b), 0.2, 1e-4);
    const double nobody[2] = {0.0, 0.0};
    CU_ASSERT_FALSE(fit_sbg_of(&fit, &(struct life_table){nobody, kept, 2}));
    CU_ASSERT_EQUAL(fit.constant, 0.0);
    CU_ASSERT_FALSE(fit_sbg_of(&fit, &(struct life_table){nobody, nobody, 2}));
    CU_ASSERT_EQUAL(fit.at_risk, 0.0);
}

/* 400 customers who came in one of the last eight years, each year as likely. */
static void draw_customers(uint64_t set, double a, double b, double lost[8], double kept[8]) {
    uint64_t row = random_row(13, set, 0, 0);
    for (size_t t = 0; t < 8; t++) {
        lost[t] = 0.0;
        kept[t] = 0.0;
    }
    for (uint64_t i = 0; i < 400; i++) {
        double churn = beta_quantile(random_uniform(row, 2 * i), a, b);
        double stay = log(random_uniform(row, 2 * i + 1)) / log1p(-churn);
        for (size_t t = 0; t < 1 + i % 8; t++) {
            if (stay < (double)t + 1.0) {
                lost[t] += 1.0;
                break;
            }
            kept[t] += 1.0;
        }
    }
}

static void churn_is_recovered_and_its_intervals_cover(void) {
    enum { SETS = 300 };
    unsigned first = 0;
    unsigned second = 0;
    double sum = 0.0;
    for (uint64_t set = 0; set < SETS; set++) {
        double lost[8];
        double kept[8];
        struct fit_sbg fit;
        draw_customers(set, 0.668, 3.806, lost, kept);
        CU_ASSERT_TRUE_FATAL(fit_sbg_of(&fit, &(struct life_table){lost, kept, 8}));
        first += inside(fit.a_interval, 0.668);
        second += inside(fit.b_interval, 3.806);
        sum += log(fit.a) / SETS;
    }
    CU_ASSERT_TRUE(covers(first, SETS, false));
    CU_ASSERT_TRUE(covers(second, SETS, false));
    CU_ASSERT_DOUBLE_EQUAL(sum, log(0.668), 0.15); /* log a has an error of about .4 a set */
}

/* ---- people */

/* 25 people, 24 months of about three deals each; season, and people of different skill. */
static struct fit_spread draw_panel(uint64_t set, double spread) {
    enum { PEOPLE = 25, MONTHS = 24 };
    static struct panel_month panel[PEOPLE * MONTHS];
    uint64_t row = random_row(14, set, 0, 0);
    uint64_t draw = 0;
    struct fit_spread fit;
    struct error error = {0};
    for (size_t p = 0; p < PEOPLE; p++) {
        double skill = exp(spread * normal_quantile(random_uniform(row, draw++)));
        for (size_t m = 0; m < MONTHS; m++) {
            double season = m % 12 == 11 ? 1.8 : 1.0;
            unsigned deals = poisson_quantile(random_uniform(row, draw++), 3.0 * skill * season);
            double sales = 0.0;
            for (unsigned d = 0; d < deals; d++) {
                sales += lognormal_quantile(random_uniform(row, draw++), 1.0, 0.8);
            }
            panel[p * MONTHS + m] = (struct panel_month){p, m, sales};
        }
    }
    CU_ASSERT_TRUE(fit_spread_of(&fit, panel, PEOPLE * MONTHS, PEOPLE, MONTHS, &error));
    CU_ASSERT_EQUAL(fit.people, PEOPLE);
    error_free(&error);
    return fit;
}

static void skill_is_recovered_and_its_intervals_cover(void) {
    enum { SETS = 200 };
    unsigned hits = 0;
    unsigned zeros = 0;
    double sum = 0.0;
    for (uint64_t set = 0; set < SETS; set++) {
        struct fit_spread fit = draw_panel(set, 0.4);
        hits += inside(fit.interval, 0.4);
        sum += fit.spread * fit.spread / SETS;
        zeros += draw_panel(SETS + set, 0.0).spread > 0.15;
    }
    CU_ASSERT_TRUE(covers(hits, SETS, false));
    /* a variance from 25 people has a relative error of about .32 a set */
    CU_ASSERT_DOUBLE_EQUAL(sum, 0.16, 5.0 * 0.16 * 0.32 / sqrt(SETS));
    CU_ASSERT_TRUE(zeros < 10); /* chance alone is not taken for skill */
}

static void people_with_too_few_months_are_left_out(void) {
    enum { COUNT = 3 * 8 + 2 };
    struct panel_month panel[COUNT];
    struct fit_spread fit;
    struct error error = {0};
    size_t count = 0;
    for (size_t p = 0; p < 3; p++) {
        for (size_t m = 0; m < 8; m++) {
            panel[count++] = (struct panel_month){p, m, exp2((double)p)}; /* 1, 2 and 4 */
        }
    }
    panel[count++] = (struct panel_month){3, 8, 100.0};
    panel[count++] = (struct panel_month){3, 9, 200.0};
    CU_ASSERT_TRUE(fit_spread_of(&fit, panel, count, 4, 10, &error));
    CU_ASSERT_EQUAL(fit.people, 3);
    CU_ASSERT_EQUAL(fit.months, 24);
    CU_ASSERT_EQUAL(fit.left_out, 1);
    CU_ASSERT_DOUBLE_EQUAL(fit.within, 0.0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(fit.spread, log(2.0), 1e-12); /* the sd of log 1, log 2, log 4 */
    error_free(&error);
}

static const struct test TESTS[] = {
    {"the gamma law agrees with GSL", gamma_law_agrees_with_gsl},
    {"counts have the intervals of the Poisson tables", counts_have_the_intervals_of_the_tables},
    {"shares have the published Wilson intervals", shares_have_the_published_intervals},
    {"durations follow the closed form of censored times",
     durations_follow_the_closed_form_of_censored_times},
    {"turnover is recovered and its intervals cover",
     turnover_is_recovered_and_its_intervals_cover},
    {"sizes of deals are recovered and their intervals cover",
     sizes_of_deals_are_recovered_and_their_intervals_cover},
    {"sizes of deals follow the formulas of the lognormal law",
     sizes_follow_the_formulas_of_the_lognormal_law},
    {"Fader and Hardie's High End customers give the published estimates",
     high_end_customers_give_the_published_estimates},
    {"survival is the ratio of beta functions", survival_is_that_of_the_beta_function},
    {"exact counts give back the parameters of their law", exact_counts_give_back_their_parameters},
    {"no point of a grid is more likely, and intervals end where the likelihood has fallen",
     no_point_of_a_grid_is_more_likely_and_edges_are_where_likelihood_falls},
    {"customers who are all alike show no spread", customers_who_are_all_alike_show_no_spread},
    {"churn is recovered and its intervals cover", churn_is_recovered_and_its_intervals_cover},
    {"the spread of skill is recovered and its intervals cover",
     skill_is_recovered_and_its_intervals_cover},
    {"people with too few months are left out", people_with_too_few_months_are_left_out},
};

const struct suite suite_fit = {"fit", TESTS, sizeof TESTS / sizeof *TESTS};
