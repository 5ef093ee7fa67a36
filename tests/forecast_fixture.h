/* Forecasts of plans that tests make up.
 * Ownership: values only. */
#ifndef TESTS_FORECAST_FIXTURE_H
#define TESTS_FORECAST_FIXTURE_H

#include "plan/forecast.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

static inline struct forecast forecast_of(struct component *components, size_t count, double cap,
                                          const struct outlook *outlook) {
    struct plan plan = {.components = components, .component_count = count, .cap = cap};
    struct forecast forecast;
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(forecast_plan(&plan, outlook, &forecast, &error));
    error_free(&error);
    return forecast;
}

static inline struct outlook normal(double mean, double sd) {
    return (struct outlook){.attainment = {.law = ATTAINMENT_NORMAL, .mean = mean, .sd = sd}};
}

static inline struct outlook lognormal(double mean, double sd) {
    return (struct outlook){.attainment = {.law = ATTAINMENT_LOGNORMAL, .mean = mean, .sd = sd}};
}

/* E max(A - at, 0), A normal. */
static inline double above(double mean, double sd, double at) {
    double z = (at - mean) / sd;
    return sd * gsl_ran_ugaussian_pdf(z) - (at - mean) * gsl_cdf_ugaussian_Q(z);
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

#endif
