#include "base/mathematics.h"
#include "firm_fixture.h"
#include "model/reference.h"
#include "test.h"

#include <math.h>

/* Ten hunters of fit .7 in steady work: hunted leads, leads from partners and by referral. */
static const char *const HUNTERS[] = {"segments.standard.accounts=400",
                                      "segments.standard.prospects=1000000",
                                      "segments.standard.complexity=0.5",
                                      "segments.standard.leads.per_hunter=4.0",
                                      "segments.standard.leads.partner=30.0",
                                      "segments.standard.leads.referrals=1.2",
                                      "segments.standard.satisfaction.mean=8.0",
                                      "segments.standard.satisfaction.rating_sd=1.8",
                                      "roles.sales.headcount=10",
                                      "roles.sales.skill.spread=0.0",
                                      "roles.sales.ramp.start=0.949",
                                      "roles.sales.turnover.annual=0.001",
                                      "simulation.years=1"};
enum { HUNTERS_COUNT = sizeof HUNTERS / sizeof HUNTERS[0] };

/* A person's own result in a metric. */
#define SLOT(measured)                                                                             \
    ((struct slot){                                                                                \
        .metric = (measured), .scope = SCOPE_PERSON, .product = "", .recurring_months = 12})

static void leads_that_need_no_hunter_are_expected(void) {
    struct world world;
    struct sample deals = {0};
    double hunted = 4 * .75 * .7 * .5 * .4;
    double promoters = .5 * erfc(.5 / 1.8 / sqrt(2));
    double given = (30 + .1 * 400 * promoters) / 10 * sqrt(.7) * .5 * .4;
    world_open(&world, QUIET, HUNTERS, HUNTERS_COUNT);
    const struct parameters *parameters = &world.scenario.parameters;
    struct metric_moments month = reference_metric(parameters, 0, &SLOT(METRIC_NEW_CUSTOMERS));
    CU_ASSERT_DOUBLE_EQUAL(month.mean, hunted + given, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(month.sd, sqrt(hunted + given), 1e-6);
    for (uint64_t replication = 0; replication < 400; replication++) {
        firm_run(&world.firm, 31, replication);
        sample_add(&deals, firm_ledger(&world.firm, 0, 2)->flows.deals);
    }
    CU_ASSERT(fabs(sample_z(&deals, 10 * (hunted + given))) < 5);
    world_close(&world);
}

/* Deals from free leads go with A to the power .5, hunted ones with A, and A with effort by .34. */
static void effort_finds_no_more_leads_that_need_no_hunter(void) {
    struct world world;
    double response[RESPONSE_MONTHS];
    double hunted = 4 * .75 * .7 * .5 * .4;
    double promoters = .5 * erfc(.5 / 1.8 / sqrt(2));
    double given = (30 + .1 * 400 * promoters) / 10 * sqrt(.7) * .5 * .4;
    world_open(&world, QUIET, HUNTERS, HUNTERS_COUNT);
    reference_response(&world.scenario.parameters, 0, &SLOT(METRIC_NEW_CUSTOMERS), ACQUIRE,
                       response);
    CU_ASSERT_DOUBLE_EQUAL(response[RESPONSE_MONTHS - 1], .34 * (hunted + .5 * given), 1e-6);
    /* what closes at once is already in the last of the two stages */
    CU_ASSERT_DOUBLE_EQUAL(response[0], .34 * (.25 * hunted + .25 * given), 1e-6);
    world_close(&world);
}

/* Ages are exponential with mean 1 / churn, and an account of age t is away from its steady state
 * by e^(-kt) of what it was away when it was won: means of the book are those of e^(-kt). */
static void a_nearly_empty_book_is_expected_to_get_twice_the_care(void) {
    const char *const sets[] = {
        "segments.standard.accounts=100",           "roles.sales.headcount=10",
        "roles.sales.normal_accounts=40.0",         "segments.standard.potential.mean=1200.0",
        "segments.standard.churn.annual=0.2",       "segments.standard.churn.satisfaction=0.0",
        "segments.standard.churn.relationship=0.0", "segments.standard.relationship.start=0.3",
        "segments.standard.wallet.start=0.3"};
    struct world world;
    world_open(&world, QUIET, sets, 9); /* g = l = .035, i .075, delta .05, ceiling .9 */
    const struct parameters *parameters = &world.scenario.parameters;
    double r = .15 / (.15 + .05);
    double w = .9 * 2 * r / (2 * r + 1 - r);
    double away_r = (.3 - r) / (1 + 12 * (.15 + .05) / .2);
    double k_w = 12 * (.035 * 2 * r + .035 * (1 - r));
    double away_w = (.3 - w) / (1 + k_w / .2);
    double away_both = (.3 - r) * (.3 - w) / (1 + (12 * (.15 + .05) + k_w) / .2);
    double wallet = w + away_w;
    double both = r * w + r * away_w + w * away_r + away_both; /* E[r w] */
    double revenue = reference_metric(parameters, 0, &SLOT(METRIC_MANAGED_REVENUE)).mean;
    double expansion = reference_metric(parameters, 0, &SLOT(METRIC_EXPANSION_REVENUE)).mean;
    double gross = reference_metric(parameters, 0, &SLOT(METRIC_GROSS_RETENTION)).mean;
    CU_ASSERT_DOUBLE_EQUAL(revenue, 10 * 100 * wallet, .002 * revenue);
    CU_ASSERT_DOUBLE_EQUAL(expansion, 10 * 1200 * .035 * 2 * ((r + away_r) * .9 - both),
                           .002 * expansion);
    /* contracts of 12 months: a twelfth is due every month */
    CU_ASSERT_DOUBLE_EQUAL(gross, 1 - .2 / 12 - .035 * (wallet - both) / wallet, 1e-4);
    world_close(&world);
}

/* Many customers a head and a role that does not quite fit, without chance in what becomes of a
 * customer. Owners retire, but are replaced at once and without harm. */
#define STEADY                                                                                     \
    "segments.standard.accounts=4000", "segments.standard.complexity=0.5",                         \
        "segments.standard.leads.per_hunter=0.0", "segments.standard.leads.referrals=0.0",         \
        "segments.standard.wallet.noise=0.0", "segments.standard.satisfaction.sd=0.0",             \
        "segments.standard.relationship.start=0.0", "segments.standard.wallet.start_sd=0.0",       \
        "segments.standard.wallet.start=0.3", "roles.sales.normal_accounts=25.0",                  \
        "roles.sales.ramp={start=0.94;months=0.1}", "roles.sales.turnover.annual=0.001",           \
        "segments.standard.relationship.owner_share=0.0",                                          \
        "segments.standard.satisfaction.owner_shock=0.0", "roles.sales.recruiting.days=0.0",       \
        "roles.sales.succession.similar=0.0", "roles.sales.succession.dissimilar=0.0",             \
        "roles.sales.succession.care_hire=1.0"
enum { STEADY_COUNT = 18 };

/* An account of age t years differs from the steady state by the factor e^(-12 k t), k the rate at
 * which it comes nearer; ages are exponential with mean 1 / churn. */
static void starting_customers_are_as_old_as_churn_lets_them_be(void) {
    const char *const sets[] = {STEADY, "roles.sales.skill.spread=0.0",
                                "segments.standard.churn.annual=0.3", "simulation.years=1",
                                "segments.standard.churn.relationship=0.0"};
    double input = .7 / 1.6; /* fit .7, 40 customers a head where 25 are normal */
    double steady = .075 * input / (.075 * input + .05);
    double k = .075 * input + .05;
    double mean = steady * (1 - (1 - k) / (1 + 12 * k / .3)); /* after the first month */
    double spread = steady * sqrt(1 / (1 + 24 * k / .3));     /* at most: E e^(-24 k t) */
    struct world world;
    world_open(&world, QUIET, sets, STEADY_COUNT + 4);
    firm_run(&world.firm, 17, 0);
    const struct stocks *stocks = &firm_ledger(&world.firm, 0, 2)->stocks;
    CU_ASSERT_DOUBLE_EQUAL(stocks->relationship / stocks->customers, mean,
                           5 * spread / sqrt(stocks->customers));
    /* one novice among the hundred would make 3e-5 */
    CU_ASSERT_DOUBLE_EQUAL(stocks->satisfaction / stocks->customers, .08 / .1 * log(input), 1e-4);
    world_close(&world);
}

/* The same with skills that differ between owners: the mean of the book neither rises nor falls. */
static void starting_customers_are_what_their_owners_keep(void) {
    const char *const sets[] = {
        STEADY, "roles.sales.skill.spread=0.4", "segments.standard.churn.annual=0.0",
        "segments.standard.relationship.start=0.4", "segments.standard.wallet.start=0.2"};
    struct world world;
    struct sample drift[3] = {{0}};
    world_open(&world, QUIET, sets, STEADY_COUNT + 4);
    for (uint64_t replication = 0; replication < 40; replication++) {
        firm_run(&world.firm, 17, replication);
        const struct stocks *first = &firm_ledger(&world.firm, 0, 2)->stocks;
        const struct stocks *last = &firm_ledger(&world.firm, 71, 2)->stocks;
        sample_add(&drift[0], (last->relationship - first->relationship) / first->customers);
        sample_add(&drift[1], (last->wallet - first->wallet) / first->customers);
        sample_add(&drift[2], (last->satisfaction - first->satisfaction) / first->customers);
    }
    for (int i = 0; i < 3; i++) {
        CU_ASSERT(fabs(sample_z(&drift[i], 0)) < 5);
    }
    world_close(&world);
}

static void a_wallet_that_cannot_grow_leaves_all_expectations_finite(void) {
    const char *const sets[] = {"segments.standard.accounts=200",
                                "segments.standard.wallet.growth=0.0",
                                "segments.standard.wallet.start=0.0",
                                "roles.sales.headcount=10",
                                "simulation.years=1",
                                "simulation.effort=static"};
    struct world world;
    for (size_t part = 0; part < 3; part++) { /* no growth; no relationship; neither */
        const char *some[6];
        memcpy(some, sets, sizeof sets);
        some[1] = part == 1 ? "segments.standard.relationship.investment=0.0" : sets[1];
        some[2] = part == 2 ? "segments.standard.relationship.investment=0.0" : sets[2];
        world_open(&world, QUIET, some, 6);
        for (int metric = 0; metric < METRIC_COUNT; metric++) {
            const struct parameters *parameters = &world.scenario.parameters;
            struct metric_moments month =
                reference_metric(parameters, 0, &SLOT((enum metric)metric));
            CU_ASSERT(isfinite(month.mean) && (month.mean >= 0 || metric == METRIC_PROFIT));
            CU_ASSERT(isfinite(month.sd) && month.sd >= 0);
            for (int k = 0; k < ACTIVITY_COUNT; k++) {
                double response[RESPONSE_MONTHS];
                reference_response(parameters, 0, &SLOT((enum metric)metric), (enum activity)k,
                                   response);
                for (int h = 0; h < RESPONSE_MONTHS; h++) {
                    CU_ASSERT(isfinite(response[h]));
                }
            }
        }
        world_close(&world);
    }
}

#define TWO_SEGMENTS                                                                               \
    "simulation = { years = 1; };\n"                                                               \
    "plans = { fixed = { salary = 80000.0; }; };\n"                                                \
    "segments = { good = { accounts = 100; prospects = 0; complexity = 0.0;\n"                     \
    "    coverage = { owners = [\"kam\"]; rules = (); };\n"                                        \
    "    churn = { annual = 0.05; }; contract = { term_months = 12; margin = 0.5; }; };\n"         \
    "  poor = { accounts = 300; prospects = 0; complexity = 0.0;\n"                                \
    "    coverage = { owners = [\"kam\"]; rules = (); };\n"                                        \
    "    churn = { annual = 0.3; }; contract = { term_months = 1; margin = 0.2; }; }; };\n"        \
    "roles = { kam = { plan = \"fixed\"; headcount = 10; market_pay = 80000.0;\n"                  \
    "    normal_accounts = 40.0; }; };\n"

static void response_of(const struct parameters *parameters, enum metric metric,
                        const char *product, double response[RESPONSE_MONTHS]) {
    const struct slot slot = {.metric = metric, .scope = SCOPE_PERSON, .product = product};
    reference_response(parameters, 0, &slot, CARE, response);
}

/* Lifetime values add up, so the customers of a segment count in a book by their share of its
 * value: revenue, times margin, times 1.09 / (1.09 - retention). One of ten people has a tenth of
 * all that the firm has. */
static void customers_count_by_their_lifetime_value(void) {
    struct world world;
    double all[RESPONSE_MONTHS];
    double good[RESPONSE_MONTHS];
    double poor[RESPONSE_MONTHS];
    double firm[RESPONSE_MONTHS];
    world_open(&world, TWO_SEGMENTS, NULL, 0);
    const struct parameters *parameters = &world.scenario.parameters;
    struct slot slot = {.metric = METRIC_MANAGED_REVENUE, .scope = SCOPE_PERSON};
    slot.product = "good";
    double worth_good = .5 * reference_metric(parameters, 0, &slot).mean * 1.09 / (1.09 - .95);
    slot.product = "poor";
    double worth_poor = .2 * reference_metric(parameters, 0, &slot).mean * 1.09 / (1.09 - .7);
    double share = worth_good / (worth_good + worth_poor);
    CU_ASSERT(share > .3 && share < .9);
    response_of(parameters, METRIC_CLV, "", all);
    response_of(parameters, METRIC_CLV, "good", good);
    response_of(parameters, METRIC_CLV, "poor", poor);
    response_of(parameters, METRIC_CUSTOMER_EQUITY, "", firm);
    CU_ASSERT(good[0] > 0 && poor[0] > 1.5 * good[0]);
    for (int h = 0; h < RESPONSE_MONTHS; h++) {
        CU_ASSERT_DOUBLE_EQUAL(all[h], share * good[h] + (1 - share) * poor[h], 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(firm[h], all[h] / 10, 1e-9);
    }
    world_close(&world);
}

static const struct test TESTS[] = {
    {"customers count by their lifetime value", customers_count_by_their_lifetime_value},
    {"leads that need no hunter are expected", leads_that_need_no_hunter_are_expected},
    {"effort finds no more leads that need no hunter",
     effort_finds_no_more_leads_that_need_no_hunter},
    {"a nearly empty book is expected to get twice the care",
     a_nearly_empty_book_is_expected_to_get_twice_the_care},
    {"starting customers are as old as churn lets them be",
     starting_customers_are_as_old_as_churn_lets_them_be},
    {"starting customers are what their owners keep",
     starting_customers_are_what_their_owners_keep},
    {"a wallet that cannot grow leaves all expectations finite",
     a_wallet_that_cannot_grow_leaves_all_expectations_finite},
};

const struct suite suite_expectation = {"expectation", TESTS, sizeof TESTS / sizeof TESTS[0]};
