/* What the shipped markets come to in a firm with its departures, vacancies and ramps, against the
 * published ranges that do hold (configs/markets.cfg). */
#include "firm_fixture.h"
#include "model/outcome.h"
#include "model/steps.h"
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { HISTORIES = 400, YEARS = 5 };

/* Of one segment and year. */
struct realised {
    double churn; /* mean */
    double nps;   /* mean */
    double nrr;   /* median */
};

static double value_of(const char *name, const struct ledger *ledger) {
    size_t outcome = outcome_find(name);
    CU_ASSERT_FATAL(outcome < OUTCOME_COUNT);
    return OUTCOMES[outcome].value(ledger);
}

static int by_size(const void *a, const void *b) {
    double first = *(const double *)a;
    double second = *(const double *)b;
    return (first > second) - (first < second);
}

/* standard is segment 0, key segment 1. */
static void realise(const char *effort, struct realised found[2][YEARS]) {
    static double nrr[2][YEARS][HISTORIES];
    struct world world;
    char set[40];
    (void)snprintf(set, sizeof set, "simulation.effort=%s", effort);
    world_load(&world, "scenarios/short_term_bonus.cfg", set);
    for (size_t s = 0; s < 2; s++) {
        for (size_t y = 0; y < YEARS; y++) {
            found[s][y] = (struct realised){0};
        }
    }
    for (size_t history = 0; history < HISTORIES; history++) {
        firm_run(&world.firm, 1, history);
        for (size_t s = 0; s < 2; s++) {
            for (size_t y = 0; y < YEARS; y++) {
                struct ledger year = {.flows = {.months = 0.0}};
                for (size_t month = 12 * y; month < 12 * y + 12; month++) {
                    ledger_append(&year, firm_segment_ledger(&world.firm, month, s));
                }
                found[s][y].churn += (1 - value_of("logo_retention", &year)) / HISTORIES;
                found[s][y].nps += value_of("nps", &year) / HISTORIES;
                nrr[s][y][history] = value_of("net_retention", &year);
            }
        }
    }
    CU_ASSERT_STRING_EQUAL(world.scenario.parameters.segments[1].name, "key");
    world_close(&world);
    for (size_t s = 0; s < 2; s++) {
        for (size_t y = 0; y < YEARS; y++) {
            qsort(nrr[s][y], HISTORIES, sizeof(double), by_size);
            found[s][y].nrr = (nrr[s][y][HISTORIES / 2 - 1] + nrr[s][y][HISTORIES / 2]) / 2;
            printf("\n    %-8s %-8s year %zu: churn %.3f, NPS %.1f, median NRR %.3f", effort,
                   s == 0 ? "standard" : "key", y + 1, found[s][y].churn, found[s][y].nps,
                   found[s][y].nrr);
        }
    }
}

static void churn_lies_in_the_published_ranges(struct realised found[2][YEARS]) {
    for (size_t y = 0; y < YEARS; y++) {
        CU_ASSERT(found[0][y].churn > .15 && found[0][y].churn < .30);
        CU_ASSERT(found[1][y].churn > .03 && found[1][y].churn < .10);
    }
}

/* Standard errors are .1 % for churn, .35 for NPS and .2 % for NRR. */
static void people_who_answer_to_their_plan_keep_the_key_market_in_range(void) {
    struct realised found[2][YEARS];
    realise("dynamic", found);
    churn_lies_in_the_published_ranges(found);
    for (size_t y = 0; y < YEARS; y++) {
        CU_ASSERT(found[1][y].nps > 15 && found[1][y].nps < 43); /* standard: 12 to 13 */
        CU_ASSERT(fabs(found[1][y].nrr - 1.02) < .04);
    }
}

/* NPS falls below 15 there, and net retention to .96. */
static void people_with_normal_effort_keep_churn_in_range(void) {
    struct realised found[2][YEARS];
    realise("none", found);
    churn_lies_in_the_published_ranges(found);
}

static const struct test TESTS[] = {
    {"people who answer to their plan keep the key market in the published ranges",
     people_who_answer_to_their_plan_keep_the_key_market_in_range},
    {"people with normal effort keep churn in the published ranges",
     people_with_normal_effort_keep_churn_in_range},
};

const struct suite suite_markets = {"markets", TESTS, sizeof TESTS / sizeof TESTS[0]};
