#include "forecast_fixture.h"
#include "plan/payout.h"
#include "plan/spread.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HISTORIES = 1000000 };

/* One unit of currency for each unit of attainment above the quota of 1. */
static void the_published_cases_are_met(void) {
    struct component above = {
        .type = COMPONENT_COMMISSION, .period = PERIOD_YEAR, .quota = 1, .tiers = {1, {{1, 1}}}};
    struct outlook outlook = normal(1, .3);
    struct forecast forecast = forecast_of(&above, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.lines[0].expected, .1196827, 5e-8);
    CU_ASSERT_DOUBLE_EQUAL(forecast.lines[0].at_mean, 0, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(forecast.lines[0].share_at_quota, .5, 1e-15);
    outlook = normal(.85, .35);
    forecast = forecast_of(&above, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.lines[0].expected, .0772602, 5e-8);
    /* the published .3341175 is cut, not rounded */
    CU_ASSERT_DOUBLE_EQUAL(forecast.lines[0].share_at_quota, .3341175, 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.share_at_quota, .5 * erfc(.15 / .35 / sqrt(2)), 1e-15);
    /* the budget at mean attainment is too small for an accelerator (docs/model.md) */
    struct component twice = above;
    twice.tiers = (struct curve){2, {{0, 1}, {1, 2}}};
    outlook = normal(.9, .25);
    forecast = forecast_of(&twice, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.at_mean, .9, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, .9576, 5e-5);
}

/* Linear pay: mean, standard deviation and quantile in closed form. */
static void linear_pay_has_its_closed_form(void) {
    struct component linear = {.type = COMPONENT_COMMISSION,
                               .period = PERIOD_QUARTER,
                               .quota = 100000,
                               .rate = .05,
                               .credit.share = 1};
    struct outlook outlook = normal(1.1, .3);
    struct forecast forecast = forecast_of(&linear, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 22000, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.at_mean, 22000, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.sd, 2 * .3 * 5000, 1e-6);
    double z = gsl_cdf_ugaussian_Pinv(.9); /* of four independent quarters */
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 22000 + 2 * .3 * 5000 * z, .5);
    linear.quota_basis = QUOTA_YEAR_TO_DATE; /* one draw a year, of four times the quota */
    forecast = forecast_of(&linear, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 22000, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.sd, 4 * .3 * 5000, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 22000 + 4 * .3 * 5000 * z, 1e-6);
    outlook = lognormal(1.1, .3);
    forecast = forecast_of(&linear, 1, 0, &outlook);
    double s = sqrt(log(1 + .3 * .3 / (1.1 * 1.1)));
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, 22000, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.sd, 4 * .3 * 5000, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 22000 * exp(s * z - s * s / 2), 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.share_at_quota,
                           gsl_cdf_lognormal_Q(1, log(1.1) - s * s / 2, s), 1e-12);
}

/* Pay of a component at an attainment by the formula that pays people. */
static double paid(const struct component *component, double quota, double attainment) {
    double reached[SLOT_LISTS + 3] = {attainment};
    const struct period_result result = {.periods = 1,
                                         .scale = 1,
                                         .measure = attainment * quota,
                                         .weighted = attainment * quota,
                                         .quota = quota,
                                         .share = 1,
                                         .attainment = reached};
    return payout_earned(component, 0, &result, NULL);
}

struct integrand {
    const struct component *component;
    const struct attainment *law;
    double centre;
    int power;
};

static double integrand(double x, void *data) {
    const struct integrand *of = data;
    double density;
    if (of->law->law == ATTAINMENT_NORMAL) {
        density = gsl_ran_gaussian_pdf(x - of->law->mean, of->law->sd);
    } else {
        double s = sqrt(log(1 + pow(of->law->sd / of->law->mean, 2)));
        density = gsl_ran_lognormal_pdf(x, log(of->law->mean) - s * s / 2, s);
    }
    double quota = of->component->quota;
    return pow(paid(of->component, quota, x) - of->centre, of->power) * density;
}

/* By quadrature between the breaks; `breaks` ends with the last attainment that counts. */
static double moment(const struct component *component, const struct attainment *law, double centre,
                     int power, const double breaks[], size_t count) {
    gsl_integration_workspace *work = gsl_integration_workspace_alloc(1000);
    struct integrand data = {component, law, centre, power};
    gsl_function function = {integrand, &data};
    double sum = 0;
    for (size_t i = 1; i < count; i++) {
        double part;
        double left;
        (void)gsl_integration_qag(&function, breaks[i - 1], breaks[i], 0, 1e-11, 1000,
                                  GSL_INTEG_GAUSS31, work, &part, &left);
        sum += part;
    }
    gsl_integration_workspace_free(work);
    return sum;
}

/* Against quadrature of the formula that pays people, both laws, one yearly period. */
static void check_quadrature(struct component *component, const double inner[], size_t count) {
    const struct outlook outlooks[4] = {normal(1, .3), normal(.85, .2), lognormal(1, .3),
                                        lognormal(1.2, .8)};
    component->period = PERIOD_YEAR;
    component->credit.share = 1;
    for (int i = 0; i < 4; i++) {
        const struct attainment *law = &outlooks[i].attainment;
        bool is_normal = law->law == ATTAINMENT_NORMAL;
        double breaks[16] = {is_normal ? law->mean - 9 * law->sd : 1e-9};
        memcpy(&breaks[1], inner, count * sizeof inner[0]);
        breaks[count + 1] = is_normal ? law->mean + 9 * law->sd : 60;
        struct forecast forecast = forecast_of(component, 1, 0, &outlooks[i]);
        double mean = moment(component, law, 0, 1, breaks, count + 2);
        double variance = moment(component, law, mean, 2, breaks, count + 2);
        CU_ASSERT_EQUAL(forecast.lines[0].gap, FORECAST_FINE);
        CU_ASSERT_DOUBLE_EQUAL(forecast.lines[0].expected, mean, 1e-6 * (1 + mean));
        CU_ASSERT_DOUBLE_EQUAL(forecast.lines[0].sd, sqrt(variance), 1e-6 * (1 + mean));
        CU_ASSERT_DOUBLE_EQUAL(forecast.lines[0].at_mean,
                               paid(component, component->quota, law->mean), 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, forecast.lines[0].expected, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(forecast.total.sd, forecast.lines[0].sd, 1e-9);
    }
}

static void caps_jumps_and_tiers_agree_with_quadrature(void) {
    struct component curve = {.type = COMPONENT_BONUS,
                              .quota = 500000,
                              .target = 40000,
                              .payout = {4, {{.5, .1}, {1, .6}, {1, 1.2}, {1.5, 2}}},
                              .slope_above = 1.5,
                              .cap = 70000};
    check_quadrature(&curve, (double[]){.5, 1, 1.34375, 1.5}, 4);
    struct component marginal = {.type = COMPONENT_COMMISSION,
                                 .quota = 200000,
                                 .tiers = {3, {{0, .05}, {100000, .07}, {250000, .09}}}};
    check_quadrature(&marginal, (double[]){1e-8, .5, 1.25}, 3);
    struct component retroactive = marginal;
    retroactive.tier_rule = TIERS_RETROACTIVE;
    check_quadrature(&retroactive, (double[]){1e-8, .5, 1.25}, 3);
    struct component threshold = {.type = COMPONENT_COMMISSION,
                                  .quota = 100000,
                                  .rate = .08,
                                  .threshold = 80000,
                                  .cap = 5000};
    check_quadrature(&threshold, (double[]){.8, 1.425}, 2);
    threshold.threshold_rule = THRESHOLD_FIRST_EURO;
    threshold.cap = 9000;
    check_quadrature(&threshold, (double[]){.8, 1.125}, 2);
    struct component individual = {
        .type = COMPONENT_COMMISSION, .quota = 300000, .target = 30000, .cap = 36000};
    check_quadrature(&individual, (double[]){1.2}, 1);
}

static void a_falling_curve_keeps_its_cap(void) {
    struct component hill = {.type = COMPONENT_BONUS,
                             .quota = 1,
                             .target = 10000,
                             .payout = {3, {{.4, 0}, {1, 2}, {1.6, 0}}},
                             .cap = 12000};
    check_quadrature(&hill, (double[]){.4, .76, 1, 1.24, 1.6}, 5);
    struct outlook outlook = normal(1, .3); /* not monotone: P(pay <= y) on both slopes */
    struct forecast forecast = forecast_of(&hill, 1, 0, &outlook);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 12000, 1e-6);
    hill.cap = 0;
    forecast = forecast_of(&hill, 1, 0, &outlook);
    double half = gsl_cdf_ugaussian_Pinv(.55) * .3; /* a tenth is within half of the top */
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 20000 * (1 - half / .6), 1e-6);
}

static void gates_and_factors_of_the_same_measure_are_exact(void) {
    struct gate gate = {.metric = METRIC_NEW_REVENUE, .at_least = .9, .quota = 120000};
    struct multiplier multiplier = {.metric = METRIC_NEW_REVENUE,
                                    .factor = {3, {{0, .8}, {1, 1}, {1.3, 1.5}}},
                                    .between = BETWEEN_STEPS};
    struct component component = {.type = COMPONENT_COMMISSION,
                                  .metric = METRIC_NEW_REVENUE,
                                  .quota = 100000,
                                  .rate = .1,
                                  .gates = &gate,
                                  .gate_count = 1,
                                  .multipliers = &multiplier,
                                  .multiplier_count = 1,
                                  .period = PERIOD_YEAR,
                                  .cap = 15000};
    struct outlook outlook = normal(1.1, .3);
    struct forecast forecast = forecast_of(&component, 1, 0, &outlook);
    /* from 1.08 on 10,000 A, from 1.3 on 1.5 times that: at the cap at once */
    double a = (1.08 - 1.1) / .3;
    double b = (1.3 - 1.1) / .3;
    double between = gsl_cdf_ugaussian_P(b) - gsl_cdf_ugaussian_P(a);
    double mean =
        10000 * (1.1 * between + .3 * (gsl_ran_ugaussian_pdf(a) - gsl_ran_ugaussian_pdf(b))) +
        15000 * gsl_cdf_ugaussian_Q(b);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.expected, mean, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.at_mean, 11000, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(forecast.total.reserve, 15000, 1e-6);
}

/* ---- against a million years, drawn and paid by the formula of a period */

struct sample {
    double *years;
    double mean;
    double sd;
};

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void close_sample(struct sample *sample) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < HISTORIES; i++) {
        sum += sample->years[i];
    }
    sample->mean = sum / HISTORIES;
    for (int i = 0; i < HISTORIES; i++) {
        squares += pow(sample->years[i] - sample->mean, 2);
    }
    sample->sd = sqrt(squares / (HISTORIES - 1));
    qsort(sample->years, HISTORIES, sizeof sample->years[0], by_size);
}

/* Mean within five standard errors; the reserve within the order statistics five standard errors
 * around the 90th percentile; the sd within five times 1/sqrt(2n), twice that for heavy tails. */
static void check_sample(const struct forecast_line *line, struct sample *sample) {
    close_sample(sample);
    double error = sample->sd / sqrt(HISTORIES);
    int rank = (int)(.9 * HISTORIES);
    int spread = (int)(5 * sqrt(.9 * .1 * HISTORIES));
    double step = 2e-4 * sample->sd;
    CU_ASSERT_DOUBLE_EQUAL(line->expected, sample->mean, 5 * error);
    CU_ASSERT_DOUBLE_EQUAL(line->sd, sample->sd, 10 * sample->sd / sqrt(2.0 * HISTORIES));
    CU_ASSERT(line->reserve >= sample->years[rank - spread] - step);
    CU_ASSERT(line->reserve <= sample->years[rank + spread] + step);
    free(sample->years);
}

static struct sample open_sample(void) {
    struct sample sample = {.years = calloc(HISTORIES, sizeof(double))};
    CU_ASSERT_PTR_NOT_NULL_FATAL(sample.years);
    return sample;
}

/* Pay of one whole period from attainments by slot. */
static double period_pay(const struct component *component, double quota,
                         const double *attainment) {
    const struct period_result result = {.periods = 1,
                                         .scale = 1,
                                         .measure = attainment[0] * quota,
                                         .weighted = attainment[0] * quota,
                                         .quota = quota,
                                         .share = 1,
                                         .attainment = attainment};
    return payout_earned(component, 0, &result, NULL);
}

/* Two components on one measure share its attainment; quarters and another measure do not; the
 * second year's worth of cases is cut by the cap of the plan. */
static void sums_over_components_and_quarters_agree_with_a_million_years(void) {
    struct component components[3] = {COMMISSION, BONUS, YEARLY};
    const double caps[2] = {0, 48000};
    for (int cap = 0; cap < 2; cap++) {
        struct outlook outlook = normal(1, .3);
        gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);
        gsl_rng_set(generator, 20240 + (unsigned long)cap);
        struct sample sample = open_sample();
        for (int i = 0; i < HISTORIES; i++) {
            double year = 0;
            for (int q = 0; q < 4; q++) {
                double a[2] = {1 + gsl_ran_gaussian_ziggurat(generator, .3)};
                year += period_pay(&COMMISSION, 98000, a) + period_pay(&BONUS, 98000, a);
            }
            double a[2] = {1 + gsl_ran_gaussian_ziggurat(generator, .3)};
            year += period_pay(&YEARLY, 1, a);
            sample.years[i] = caps[cap] > 0 ? fmin(year, caps[cap]) : year;
        }
        struct forecast forecast = forecast_of(components, 3, caps[cap], &outlook);
        check_sample(&forecast.total, &sample);
        double lines = 0;
        for (int c = 0; c < 3; c++) {
            lines += forecast.lines[c].expected;
        }
        CU_ASSERT(cap == 0 ? fabs(lines - forecast.total.expected) < 1e-6
                           : lines > forecast.total.expected + 1000);
        gsl_rng_free(generator);
    }
}

/* Gate and factor on other measures, a cap after the factor, and a matrix. */
static void other_measures_count_by_their_law(void) {
    struct gate gate = {.metric = METRIC_GROSS_RETENTION, .at_least = .9};
    struct multiplier multiplier = {.metric = METRIC_SATISFACTION,
                                    .factor = {3, {{6, .5}, {8, 1}, {9, 1.4}}}};
    struct matrix_column columns[3] = {{.8, {2, {{.5, 0}, {1, .6}}}},
                                       {1, {3, {{.5, 0}, {1, 1}, {1.5, 2}}}},
                                       {1.2, {3, {{.5, .2}, {1, 1.2}, {1.5, 2.6}}}}};
    struct component gated = BONUS;
    gated.gates = &gate;
    gated.gate_count = 1;
    gated.multipliers = &multiplier;
    gated.multiplier_count = 1;
    gated.cap = 8000;
    struct component matrix = YEARLY;
    matrix.metric = METRIC_MARGIN;
    matrix.payout.count = 0;
    matrix.slope_above = 0;
    matrix.matrix.metric = METRIC_WALLET_SHARE;
    matrix.matrix.quota = .4;
    matrix.matrix.columns = columns;
    matrix.matrix.column_count = 3;
    struct component components[2] = {gated, matrix};
    struct outlook_slot slots[SLOT_LISTS + 2 + SLOT_LISTS] = {{0}};
    slots[slot_multiplier(&gated, 0)] = (struct outlook_slot){.mean = 7.8, .sd = .6};
    struct outlook outlook = lognormal(1, .25);
    outlook.slots = slots;
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(generator, 77);
    double s = sqrt(log(1 + .25 * .25));
    struct sample sample[3] = {open_sample(), open_sample(), open_sample()};
    for (int i = 0; i < HISTORIES; i++) {
        for (int q = 0; q < 4; q++) {
            double a[4] = {gsl_ran_lognormal(generator, -s * s / 2, s), 0,
                           gsl_ran_lognormal(generator, -s * s / 2, s),
                           7.8 + gsl_ran_gaussian_ziggurat(generator, .6)};
            sample[0].years[i] += period_pay(&gated, 98000, a);
        }
        double a[2] = {gsl_ran_lognormal(generator, -s * s / 2, s),
                       gsl_ran_lognormal(generator, -s * s / 2, s)};
        sample[1].years[i] = period_pay(&matrix, 1, a);
        sample[2].years[i] = sample[0].years[i] + sample[1].years[i];
    }
    struct forecast forecast = forecast_of(components, 2, 0, &outlook);
    check_sample(&forecast.lines[0], &sample[0]);
    check_sample(&forecast.lines[1], &sample[1]);
    check_sample(&forecast.total, &sample[2]);
    gsl_rng_free(generator);
}

static const struct test TESTS[] = {
    {"the published cases are met", the_published_cases_are_met},
    {"linear pay has its closed form", linear_pay_has_its_closed_form},
    {"caps, jumps and tiers agree with quadrature", caps_jumps_and_tiers_agree_with_quadrature},
    {"a falling curve keeps its cap", a_falling_curve_keeps_its_cap},
    {"gates and factors of the same measure are exact",
     gates_and_factors_of_the_same_measure_are_exact},
    {"sums over components and quarters agree with a million years",
     sums_over_components_and_quarters_agree_with_a_million_years},
    {"other measures count by their law", other_measures_count_by_their_law},
};

const struct suite suite_forecast = {"forecast", TESTS, sizeof TESTS / sizeof TESTS[0]};
