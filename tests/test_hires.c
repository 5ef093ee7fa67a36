#include "base/statistics.h"
#include "firm_fixture.h"
#include "model/recruiting.h"
#include "test.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <math.h>

enum { HIRES = 40000 };

static void check_mean(const struct moments *moments, double wanted) {
    CU_ASSERT(fabs(moments->mean - wanted) < 5 * moments_standard_error(moments));
}

static struct hiring address(uint64_t who) {
    return (struct hiring){.seed = 5, .replication = 2, .month = 9, .entity = who};
}

/* ---- pools */

static void pools_grow_with_the_square_of_perceived_pay(void) {
    const struct role role = {
        .recruiting = {.pool = 3, .pool_elasticity = 2, .industry = .4, .signal = .4}};
    CU_ASSERT_DOUBLE_EQUAL(labour_market(&role, 1, 0).pool, 3, 0);
    CU_ASSERT_DOUBLE_EQUAL(labour_market(&role, 1.2, 0).pool, 3 * 1.44, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(labour_market(&role, .1, 0).pool, 1, 0); /* somebody applies */
}

/* The odds of experience, not its share, follow pay: it never leaves 0 .. 1. */
static void the_experienced_are_competed_for(void) {
    struct role role = {
        .recruiting = {.pool = 4, .industry = .5, .experience = {.share = .25, .competition = 3}}};
    CU_ASSERT_DOUBLE_EQUAL(labour_market(&role, 1, 0).experienced, .25, 1e-15);
    double odds = 1.0 / 3 * pow(1.1, 3);
    CU_ASSERT_DOUBLE_EQUAL(labour_market(&role, 1.1, 0).experienced, odds / (1 + odds), 1e-14);
    CU_ASSERT(labour_market(&role, .7, 0).experienced < .11);
    role.recruiting.seeks = SEEKS_EXPERIENCED;
    CU_ASSERT_DOUBLE_EQUAL(labour_market(&role, 1.1, 0).suitable, .5 * odds / (1 + odds), 1e-14);
    role.recruiting.seeks = SEEKS_NOVICES;
    CU_ASSERT_DOUBLE_EQUAL(labour_market(&role, 1, 0).suitable, .5 * .75, 1e-14);
}

/* ---- a second condition */

struct order {
    int n;
};

static double largest(double x, void *parameters) {
    int n = ((const struct order *)parameters)->n;
    return x * n * gsl_ran_ugaussian_pdf(x) * pow(gsl_cdf_ugaussian_P(x), n - 1);
}

/* E max of n by quadrature. */
static double maximum_mean(int n) {
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(200);
    struct order order = {n};
    gsl_function function = {largest, &order};
    double mean;
    double error;
    CU_ASSERT_EQUAL(gsl_integration_qagi(&function, 1e-10, 1e-9, 200, space, &mean, &error), 0);
    gsl_integration_workspace_free(space);
    return mean;
}

/* Pools of 3 or 4, each candidate suitable with probability q. */
static void a_second_condition_makes_pools_rare(void) {
    const double q = .3;
    const double part = .4;
    const struct role role = {.recruiting = {.signal = .35, .industry = q}};
    struct labour_market market = {.pool = 3 + part, .suitable = q};
    double failure = (1 - part) * pow(1 - q, 3) + part * pow(1 - q, 4);
    double count = 0;
    double best = 0;
    for (unsigned k = 1; k <= 4; k++) {
        double weight =
            (1 - part) * gsl_ran_binomial_pdf(k, q, 3) + part * gsl_ran_binomial_pdf(k, q, 4);
        count += weight * k / (1 - failure);
        best += weight * maximum_mean((int)k) / (1 - failure);
    }
    struct moments found = {0};
    struct moments counted = {0};
    struct moments talent = {0};
    CU_ASSERT_DOUBLE_EQUAL(search_failure(&market), failure, 1e-14);
    for (uint64_t h = 0; h < HIRES; h++) {
        struct hiring hiring = address(h);
        struct candidate hire = hire_best(&hiring, &role, &market);
        moments_add(&found, hire_found(&hiring, &market));
        moments_add(&counted, hire.count);
        moments_add(&talent, hire.talent);
    }
    check_mean(&found, 1 - failure);
    check_mean(&counted, count);
    check_mean(&talent, .35 * best);
}

/* With w of the choice on culture the best of five is w 1.1630 better there, and less in talent. */
static void culture_in_the_choice_costs_talent(void) {
    const double w = .6;
    const struct role role = {.recruiting = {.signal = .4, .culture = {w, .5}}};
    struct labour_market market = {.pool = 5, .suitable = 1};
    struct moments talent = {0};
    struct moments fit = {0};
    struct moments across = {0};
    for (uint64_t h = 0; h < HIRES; h++) {
        struct hiring hiring = address(h);
        struct candidate hire = hire_best(&hiring, &role, &market);
        moments_add(&talent, hire.talent);
        moments_add(&fit, hire.fit);
        /* across the choice nothing is selected: a standard normal stays one */
        moments_add(&across, pow(sqrt(1 - w * w) * hire.fit - w * hire.expected / .4, 2));
    }
    check_mean(&talent, .4 * sqrt(1 - w * w) * 1.16296);
    check_mean(&fit, w * 1.16296);
    check_mean(&across, 1);
}

/* ---- in the firm */

#define NO_CUSTOMERS "segments.standard.leads.per_hunter=0.0"

struct year {
    double hires;
    double months;
    double candidates;
    double failed;
    double waited;
    double experienced;
    double fit;
    double talent;
    double cost;
    double exits;
    double salary;
};

static struct year play(const char *const sets[], size_t count, uint64_t histories) {
    struct world world;
    struct year year = {0};
    world_open(&world, QUIET, sets, count);
    for (uint64_t h = 0; h < histories; h++) {
        firm_run(&world.firm, 17, h);
        for (size_t month = 0; month < world.model.months; month++) {
            const struct flows *flows = &firm_ledger(&world.firm, month, 1)->flows;
            year.hires += flows->hires;
            year.months += flows->person_months;
            year.candidates += flows->candidates;
            year.failed += flows->searches_failed;
            year.waited += flows->fill_months;
            year.experienced += flows->hires_experienced;
            year.fit += flows->hires_fit;
            year.talent += flows->hires_talent;
            year.cost += flows->hiring_cost;
            year.exits += flows->exits_voluntary;
            year.salary += flows->salary;
        }
    }
    world_close(&world);
    return year;
}

/* A search fails with probability f: f / (1 - f) failures and E T + f / (1 - f) E max(1, T) months
 * for every hire. */
static void rare_knowledge_of_the_industry_keeps_seats_empty(void) {
    const char *const sets[] = {NO_CUSTOMERS,
                                "roles.sales.recruiting.pool=3.0",
                                "roles.sales.recruiting.pool_elasticity=0.0",
                                "roles.sales.recruiting.industry=0.3",
                                "roles.sales.recruiting.days=60.0",
                                "roles.sales.recruiting.days_cv=0.0"};
    struct year year = play(sets, 6, 40);
    double failure = pow(.7, 3);
    double again = failure / (1 - failure);
    double error = sqrt(again * (1 + again) / year.hires);
    CU_ASSERT(year.hires > 3000);
    CU_ASSERT_DOUBLE_EQUAL(year.failed / year.hires, again, 5 * error);
    /* 60 days are 1.97 months: 1 or 2, never 0 */
    double search = 60 * 12.0 / 365;
    CU_ASSERT_DOUBLE_EQUAL(year.waited / year.hires, search * (1 + again), 5 * 2.1 * error);
}

static void the_experienced_start_further_on_and_are_paid_for_it(void) {
    const char *const sets[] = {NO_CUSTOMERS, "roles.sales.recruiting.seeks=\"experienced\"",
                                ("roles.sales.recruiting.experience={share=0.3; months=4.0; "
                                 "premium=0.2;}"),
                                "roles.sales.turnover.annual=0.4"};
    struct year year = play(sets, 4, 10);
    struct year usual = play(sets, 1, 10);
    CU_ASSERT_EQUAL(year.experienced, year.hires);
    CU_ASSERT_EQUAL(usual.experienced, 0);
    CU_ASSERT_DOUBLE_EQUAL(year.salary / year.months, 1.2 * 80000 / 12, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(year.cost / year.hires, 1.2 * .35 * 80000, 1e-6);
    CU_ASSERT(year.failed > 0);
    struct world world;
    world_open(&world, QUIET, sets, 4);
    firm_run(&world.firm, 17, 1);
    double tau = 6 / log(.8 / .05);
    for (size_t seat = 0; seat < 100; seat++) {
        const struct person *person = &world.firm.seats[seat].person;
        CU_ASSERT_DOUBLE_EQUAL(person->ramp_keep, exp(-((double)person->in_role + 4) / tau), 1e-9);
    }
    world_close(&world);
}

/* What others pay as well keeps nobody: 20 % more for experience leaves turnover as it is. */
static void pay_for_experience_does_not_bind(void) {
    const char *const sets[] = {NO_CUSTOMERS, "roles.sales.recruiting.seeks=\"experienced\"",
                                "roles.sales.recruiting.experience={share=0.3; premium=0.5;}",
                                "roles.sales.turnover.annual=0.27"};
    struct year year = play(sets, 4, 40);
    double p = 1 - pow(.73, 1.0 / 12);
    CU_ASSERT_DOUBLE_EQUAL(year.exits / year.months, p, 5 * sqrt(p / year.months));
}

/* E max(0, X - lead) of a lognormal time to fill, to whole months by chance. */
static void recruiting_without_a_pause_shortens_vacancies_at_its_cost(void) {
    const char *const sets[] = {NO_CUSTOMERS,
                                "roles.sales.recruiting.days=91.25",
                                "roles.sales.recruiting.days_cv=0.5",
                                "roles.sales.recruiting.continuous={days=60.8333333; cost=0.03;}",
                                "roles.sales.recruiting.cost=0.0",
                                "roles.sales.turnover.annual=0.4"};
    struct year year = play(sets, 6, 40);
    double sd = sqrt(log(1.25));
    double d = log(3.0 / 2) / sd + sd / 2;
    double wanted = 3 * gsl_cdf_ugaussian_P(d) - 2 * gsl_cdf_ugaussian_P(d - sd);
    CU_ASSERT_DOUBLE_EQUAL(year.waited / year.hires, wanted, 5 * 1.5 / sqrt(year.hires));
    double positions = 100 * 72 * 40;
    CU_ASSERT_DOUBLE_EQUAL(year.cost, positions * .03 * 80000 / 12, 1);
}

/* Misfit fades and its spread is small enough here for the mean to be all: seen fit lowers exits of
 * the first year. */
static void selection_for_culture_keeps_new_hires(void) {
    const char *const blind[] = {NO_CUSTOMERS, "roles.sales.turnover.misfit=0.8",
                                 "roles.sales.turnover.annual=0.4",
                                 "roles.sales.recruiting.culture={weight=0.8; signal=0.0;}"};
    const char *const seeing[] = {NO_CUSTOMERS, "roles.sales.turnover.misfit=0.8",
                                  "roles.sales.turnover.annual=0.4",
                                  "roles.sales.recruiting.culture={weight=0.8; signal=0.6;}"};
    struct year without = play(blind, 4, 20);
    struct year with = play(seeing, 4, 20);
    /* the best of 8: 1.4236 */
    CU_ASSERT_DOUBLE_EQUAL(without.fit / without.hires, 0, 5 / sqrt(without.hires));
    CU_ASSERT_DOUBLE_EQUAL(with.fit / with.hires, .6 * .8 * 1.42360, 5 / sqrt(with.hires));
    double p = without.exits / without.months;
    CU_ASSERT((p - with.exits / with.months) / sqrt(2 * p / with.months) > 5);
}

/* Applicants answer to what talent earns: rate r on normal output m, market and others alike. */
static void a_plan_that_pays_performance_attracts_talent(void) {
    const char *const sets[] = {NO_CUSTOMERS,
                                "plans.fixed.salary=40000.0",
                                ("plans.fixed.components=({type=\"commission\"; "
                                 "metric=\"new_revenue\"; period=\"year\"; rate=0.1;})"),
                                "segments.standard.leads.per_hunter=9.0",
                                "roles.sales.recruiting.selection=2.0",
                                "roles.sales.skill.spread=0.4"};
    const char *const market[] = {
        sets[0], sets[1], sets[2], sets[3], sets[4], sets[5], "roles.sales.market_skill=0.25"};
    struct world world;
    world_open(&world, QUIET, sets, 6);
    double sold = .1 * world.model.roles[0].slots[0].expected_month * 12;
    double wanted = 2 * log((40000 + sold * exp(.24)) / (40000 + sold));
    CU_ASSERT(sold > 5000);
    CU_ASSERT_DOUBLE_EQUAL(world.model.roles[0].applicant_mean, wanted, 1e-9);
    struct moments talent = {0};
    for (uint64_t h = 0; h < 10; h++) {
        firm_start(&world.firm, 3, h);
        for (size_t seat = 0; seat < 100; seat++) {
            if (world.firm.seats[seat].filled) {
                moments_add(&talent, world.firm.seats[seat].person.talent);
            }
        }
    }
    struct labour_market labour = world.model.roles[0].market;
    double whole = floor(labour.pool);
    double best = (1 - labour.pool + whole) * maximum_mean((int)whole) +
                  (labour.pool - whole) * maximum_mean((int)whole + 1);
    check_mean(&talent, wanted + .4 * best);
    world_close(&world);
    world_open(&world, QUIET, market, 7); /* others pay talent too */
    CU_ASSERT_DOUBLE_EQUAL(world.model.roles[0].applicant_mean, wanted - 2 * .25 * .24, 1e-9);
    world_close(&world);
}

static const struct test TESTS[] = {
    {"pools grow with the square of perceived pay", pools_grow_with_the_square_of_perceived_pay},
    {"the experienced are competed for", the_experienced_are_competed_for},
    {"a second condition makes pools rare", a_second_condition_makes_pools_rare},
    {"culture in the choice costs talent", culture_in_the_choice_costs_talent},
    {"rare knowledge of the industry keeps seats empty",
     rare_knowledge_of_the_industry_keeps_seats_empty},
    {"the experienced start further on and are paid for it",
     the_experienced_start_further_on_and_are_paid_for_it},
    {"pay for experience does not bind", pay_for_experience_does_not_bind},
    {"recruiting without a pause shortens vacancies at its cost",
     recruiting_without_a_pause_shortens_vacancies_at_its_cost},
    {"selection for culture keeps new hires", selection_for_culture_keeps_new_hires},
    {"a plan that pays performance attracts talent", a_plan_that_pays_performance_attracts_talent},
};

const struct suite suite_hires = {"hires", TESTS, sizeof TESTS / sizeof TESTS[0]};
