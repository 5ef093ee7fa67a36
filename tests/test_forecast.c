#include "cli/payout_expected.h"
#include "plan/forecast.h"
#include "plan/payout.h"
#include "plan/spread.h"
#include "scenario_fixture.h"
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

static struct forecast forecast_of(struct component *components, size_t count, double cap,
                                   const struct outlook *outlook) {
    struct plan plan = {.components = components, .component_count = count, .cap = cap};
    struct forecast forecast;
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(forecast_plan(&plan, outlook, &forecast, &error));
    error_free(&error);
    return forecast;
}

static struct outlook normal(double mean, double sd) {
    return (struct outlook){.attainment = {ATTAINMENT_NORMAL, mean, sd}};
}

static struct outlook lognormal(double mean, double sd) {
    return (struct outlook){.attainment = {ATTAINMENT_LOGNORMAL, mean, sd}};
}

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

static const struct component COMMISSION = {.type = COMPONENT_COMMISSION,
                                            .metric = METRIC_NEW_REVENUE,
                                            .period = PERIOD_QUARTER,
                                            .credit.share = 1,
                                            .tiers = {2, {{0, .04}, {90000, .07}}}};
static const struct component BONUS = {.type = COMPONENT_BONUS,
                                       .metric = METRIC_NEW_REVENUE,
                                       .period = PERIOD_QUARTER,
                                       .credit.share = 1,
                                       .quota = 98000,
                                       .target = 17500,
                                       .payout = {3, {{.5, 0}, {1, 1}, {1.3333, 2}}}};
static const struct component YEARLY = {.type = COMPONENT_BONUS,
                                        .metric = METRIC_NET_RETENTION,
                                        .period = PERIOD_YEAR,
                                        .credit.share = 1,
                                        .target = 9000,
                                        .payout = {3, {{.8, 0}, {1, 1}, {1, 1.3}}},
                                        .slope_above = 2};

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

/* ---- further components */

/* E max(A - at, 0), A normal. */
static double above(double mean, double sd, double at) {
    double z = (at - mean) / sd;
    return sd * gsl_ran_ugaussian_pdf(z) - (at - mean) * gsl_cdf_ugaussian_Q(z);
}

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

/* ---- the documentation's example */

static struct text file_text(const char *path) {
    struct text text = {0};
    FILE *file = fopen(path, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    for (int byte = getc(file); byte != EOF; byte = getc(file)) {
        text_add(&text, "%c", byte);
    }
    CU_ASSERT_EQUAL(fclose(file), 0);
    return text;
}

/* What payout_expected prints. */
static struct text printed(const struct scenario *scenario, const struct expected_options *options,
                           const char *complaint) {
    struct error error = {0};
    char path[] = "/tmp/anreiz-test-XXXXXX";
    size_t plan = 0;
    (void)fflush(stdout);
    int screen = dup(STDOUT_FILENO);
    int file = mkstemp(path);
    CU_ASSERT_FATAL(screen >= 0 && file >= 0 && dup2(file, STDOUT_FILENO) >= 0);
    bool good = payout_expected(scenario, &plan, 1, options, &error);
    CU_ASSERT_FATAL(dup2(screen, STDOUT_FILENO) >= 0);
    CU_ASSERT_EQUAL(good, complaint == NULL);
    if (complaint != NULL) {
        CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
        CU_ASSERT_STRING_EQUAL(error_text(&error), complaint);
    }
    (void)close(screen);
    (void)close(file);
    struct text text = file_text(path);
    CU_ASSERT_EQUAL(unlink(path), 0);
    error_free(&error);
    return text;
}

/* The plans of the documentation in the smallest firm. */
static void load_example(struct scenario *scenario, const char *plan) {
    struct text docs = file_text("docs/expected_pay.md");
    struct text source = {0};
    struct error error = {0};
    const char *begin = strstr(text_bytes(&docs), "plans = {");
    CU_ASSERT_PTR_NOT_NULL_FATAL(begin);
    const char *end = strstr(begin, "```");
    CU_ASSERT_PTR_NOT_NULL_FATAL(end);
    text_add(&source,
             "segments = { standard = { prospects = 1000000; leads = { per_hunter = 4.0; }; "
             "coverage = { owners = [\"sales\"]; hunters = [\"sales\"]; }; }; };\n"
             "roles = { sales = { plan = \"%s\"; }; };\n%.*s",
             plan, (int)(end - begin), begin);
    char *path = fixture_file(text_bytes(&source), source.length);
    CU_ASSERT_TRUE_FATAL(scenario_load(scenario, path, NULL, 0, &error));
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
    text_free(&source);
    text_free(&docs);
    error_free(&error);
}

static void the_example_of_the_documentation_is_what_it_prints(void) {
    struct scenario scenario = {0};
    struct expected_options options = expected_options_of();
    load_example(&scenario, "accelerator");
    options.mean = .9;
    options.sd = .25;
    struct text table = printed(&scenario, &options, NULL);
    struct text docs = file_text("docs/expected_pay.md");
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&docs), text_bytes(&table)));
    /* and what it prints is right: a year of four quarters of 10,000 and 2,000 at target */
    double bonus = 40000 * (above(.9, .25, 0) + above(.9, .25, 1));
    options.format = FORMAT_CSV;
    struct text csv = printed(&scenario, &options, NULL);
    const char *row = strstr(text_bytes(&csv), "accelerator,component,bonus,");
    CU_ASSERT_PTR_NOT_NULL_FATAL(row);
    CU_ASSERT_DOUBLE_EQUAL(strtod(row + strlen("accelerator,component,bonus,"), NULL), bonus, 1e-6);
    row = strstr(text_bytes(&csv), "accelerator,total,,");
    CU_ASSERT_PTR_NOT_NULL_FATAL(row);
    CU_ASSERT_DOUBLE_EQUAL(strtod(row + strlen("accelerator,total,,"), NULL),
                           60000 + .9 * 8000 + bonus, 1e-6);
    text_free(&csv);
    text_free(&table);
    text_free(&docs);
    scenario_free(&scenario);
}

static void wrong_options_and_missing_quotas_are_questions(void) {
    struct scenario scenario = {0};
    struct expected_options options = expected_options_of();
    load_example(&scenario, "accelerator");
    options.mean = 0;
    options.sd = -1;
    struct text nothing =
        printed(&scenario, &options,
                "--attainment-mean: 0 is not above 0 and at most 100; 1 is the quota\n"
                "--attainment-sd: -1 is not in 0..100; 0.3 is 30 % of the quota\n");
    CU_ASSERT_EQUAL(nothing.length, 0);
    text_free(&nothing);
    options = expected_options_of();
    scenario.parameters.plans[0].component_count = 1; /* the commission alone, without a quota */
    scenario.parameters.plans[0].components[0].quota = 0;
    struct text table = printed(&scenario, &options, NULL); /* the role's */
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&table), "those of role sales"));
    text_free(&table);
    (void)snprintf(scenario.parameters.roles[0].plan, NAME_SIZE, "other");
    nothing = printed(&scenario, &options,
                      "plan accelerator: commission needs a quota, as it pays currency for each "
                      "unit of its metric; write its quota, or let a role of the scenario use the "
                      "plan\n");
    CU_ASSERT_EQUAL(nothing.length, 0);
    text_free(&nothing);
    scenario.parameters.plans[0].component_count = 2;
    scenario_free(&scenario);
}

/* The files of --out: the same numbers, and a picture that gnuplot, where there is one, can draw.
 */
static void files_hold_the_table_and_the_curve(void) {
    struct scenario scenario = {0};
    struct expected_options options = expected_options_of();
    char folder[] = "/tmp/anreiz-test-XXXXXX";
    char path[64];
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    load_example(&scenario, "accelerator");
    options.out = folder;
    options.quiet = true;
    options.format = FORMAT_CSV;
    struct text csv = printed(&scenario, &options, NULL);
    (void)snprintf(path, sizeof path, "%s/expected_pay.csv", folder);
    struct text written = file_text(path);
    CU_ASSERT_STRING_EQUAL(text_bytes(&written), text_bytes(&csv));
    (void)snprintf(path, sizeof path, "%s/payout_curve.dat", folder);
    struct text data = file_text(path);
    int rows = 0;
    for (const char *at = text_bytes(&data); *at != 0; at += strcspn(at, "\n") + 1) {
        char *rest = NULL;
        double attainment = strtod(at, &rest);
        if (*at == '#') {
            continue;
        }
        double density = strtod(rest, &rest);
        double pay = strtod(rest, &rest);
        double twice = attainment > 1 ? attainment - 1 : 0;
        CU_ASSERT_DOUBLE_EQUAL(density, gsl_ran_gaussian_pdf(attainment - 1, .3), 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(pay, 48000 * attainment + 40000 * twice, 1e-6);
        rows++;
    }
    CU_ASSERT_EQUAL(rows, 601);
    static const char *const FILES[] = {"expected_pay.csv", "payout_curve.dat", "payout_curve.gp",
                                        "payout_curve.png", "payout_curve.svg", "style.gp"};
    for (size_t f = 0; f < sizeof FILES / sizeof FILES[0]; f++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, FILES[f]);
        bool there = unlink(path) == 0;
        CU_ASSERT(there || strstr(FILES[f], ".png") != NULL || strstr(FILES[f], ".svg") != NULL);
    }
    CU_ASSERT_EQUAL(rmdir(folder), 0);
    text_free(&csv);
    text_free(&written);
    text_free(&data);
    scenario_free(&scenario);
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
    {"factors of deals follow the year", factors_of_deals_follow_the_year},
    {"ranks are equally likely", ranks_are_equally_likely},
    {"objectives add their levels", objectives_add_their_levels},
    {"cycles that end every year are paid every year",
     cycles_that_end_every_year_are_paid_every_year},
    {"a common result is shared", a_common_result_is_shared},
    {"what is missing is said", what_is_missing_is_said},
    {"without chance the plan pays its budget", without_chance_the_plan_pays_its_budget},
    {"the example of the documentation is what it prints",
     the_example_of_the_documentation_is_what_it_prints},
    {"files hold the table and the curve", files_hold_the_table_and_the_curve},
    {"wrong options and missing quotas are questions",
     wrong_options_and_missing_quotas_are_questions},
};

const struct suite suite_forecast = {"forecast", TESTS, sizeof TESTS / sizeof TESTS[0]};
