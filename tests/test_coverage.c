/* Which customers a role owns. */
#include "base/mathematics.h"
#include "coverage_fixture.h"
#include "model/coverage.h"
#include "test.h"

#include <math.h>

/* By a plain sum over a fine grid of potentials and ages. */
static void rules_share_out_what_a_lognormal_market_holds(void) {
    const char *const sets[] = {
        "segments.standard.churn.annual=0.2",
        "segments.standard.coverage.rules=({role=\"kam\"; potential=200000.0; age_months=24;}, "
        "{role=\"sales\"; potential=400000.0;}, {role=\"kam\"; potential=100000.0; "
        "age_months=60;})",
        "roles.kam.normal_accounts=60.0"};
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 3);
    const struct parameters *parameters = &world.scenario.parameters;
    enum { GRID = 2000 };
    double count = 0;
    double potential = 0;
    double square = 0;
    double sigma = sqrt(log(2));
    for (int i = 0; i < GRID; i++) {
        double z = -8 + 18 * (i + .5) / GRID;
        double weight = normal_density(z) * 18 / GRID / GRID;
        double p = 150000 * exp(sigma * z - sigma * sigma / 2);
        for (int j = 0; j < GRID; j++) {
            double months = -60 * log(1 - (j + .5) / GRID); /* 12 / .2 on average */
            bool kam = (p >= 200000 && months >= 24) || (p >= 100000 && months >= 60 && p < 400000);
            count += kam ? weight : 0;
            potential += kam ? weight * p : 0;
            square += kam ? weight * p * p : 0;
        }
    }
    struct role_share kam = role_share(parameters, KAM, 0);
    struct role_share sales = role_share(parameters, SALES, 0);
    CU_ASSERT_DOUBLE_EQUAL(kam.accounts, 40 * count, 40 * .002);
    CU_ASSERT_DOUBLE_EQUAL(kam.size, potential / count / 150000, .01);
    CU_ASSERT_DOUBLE_EQUAL(kam.square, square / count / (2 * 150000. * 150000), .01);
    CU_ASSERT_DOUBLE_EQUAL(kam.accounts + sales.accounts, 40, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(kam.accounts * kam.size + sales.accounts * sales.size, 40, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(kam.accounts * kam.square + sales.accounts * sales.square, 40, 1e-9);
    world_close(&world);
}

static void the_firm_starts_with_the_customers_where_the_rules_want_them(void) {
    struct world world;
    struct sample owned = {0};
    world_open(&world, TWO_OWNERS, NULL, 0);
    for (uint64_t replication = 0; replication < 50; replication++) {
        double kam = 0;
        firm_start(&world.firm, 3, replication);
        const struct accounts *accounts = &world.firm.accounts[0];
        for (size_t a = 0; a < accounts->used; a++) {
            size_t role = world.firm.seats[accounts->owner[a]].role;
            CU_ASSERT_EQUAL(role == KAM, accounts->potential[a] >= 200000.0F);
            kam += role == KAM;
        }
        sample_add(&owned, kam);
    }
    double expected = 10 * role_share(&world.scenario.parameters, KAM, 0).accounts;
    CU_ASSERT(fabs(sample_z(&owned, expected)) < 5);
    world_close(&world);
}

static void new_customers_go_where_the_rules_want_them(void) {
    const char *const sets[] = {
        "segments.standard.accounts=50", "segments.standard.prospects=5000",
        "segments.standard.coverage={hunters=[\"kam\"]; owners=[\"sales\"];}"};
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 3);
    run(&world, 5, 0);
    const struct accounts *accounts = &world.firm.accounts[0];
    size_t kept = 0;
    for (size_t a = 0; a < accounts->used; a++) {
        if (accounts->potential[a] > 0 && accounts->coverage[a].since >= 0) {
            bool large = accounts->potential[a] >= 200000.0F;
            CU_ASSERT_EQUAL(world.firm.seats[accounts->owner[a]].role == KAM, large);
            kept += large && accounts->owner[a] == accounts->winner[a];
        }
    }
    CU_ASSERT(kept > 20);
    CU_ASSERT_EQUAL(SUM(&world, handovers), 0); /* they never had another owner */
    world_close(&world);
}

/* Quotas follow the expectation, which therefore has to know who owns which customers. */
static void what_is_expected_of_a_role_is_what_its_customers_bring(void) {
    const char *const sets[] = {
        "segments.standard.churn.annual=0.02", /* as at the start */
        "segments.standard.churn.relationship=0.0", "segments.standard.churn.satisfaction=0.0",
        "roles.kam.normal_accounts=11.0", "segments.standard.wallet.noise=0.0"};
    roles_bring_what_is_expected(sets, 5);
}

#define SMALL                                                                                      \
    "small = { accounts = 120; prospects = 500; coverage = { owners = [\"sales\"];\n"              \
    "  hunters = [\"sales\"]; supporters = [\"team\"];\n"                                          \
    "  rules = ( { role = \"kam\"; revenue = 70000.0; } ); }; };\n"
#define LARGE                                                                                      \
    "large = { accounts = 40; prospects = 200; coverage = { owners = [\"farmer\"];\n"              \
    "  hunters = [\"sales\"]; supporters = [\"team\"];\n"                                          \
    "  rules = ( { role = \"kam\"; potential = 150000.0; age_months = 6; } ); }; };\n"
#define FOUR_ROLES                                                                                 \
    "plans = { p = { salary = 60000.0; components = ( { name = \"c\"; type = \"commission\";\n"    \
    "  metric = \"bookings\"; rate = 0.03; period = \"quarter\"; } ); }; };\n"                     \
    "handover = { overlap = { months = 2; }; credit = { months = 9; former = 0.5; }; };\n"         \
    "roles = { sales = { plan = \"p\"; headcount = 8; market_pay = 80000.0;\n"                     \
    "    turnover = { annual = 0.001; }; };\n"                                                     \
    "  farmer = { plan = \"p\"; headcount = 4; market_pay = 80000.0;\n"                            \
    "    turnover = { annual = 0.001; }; };\n"                                                     \
    "  kam = { plan = \"p\"; headcount = 3; market_pay = 80000.0;\n"                               \
    "    turnover = { annual = 0.001; }; normal_accounts = 8.0; };\n"                              \
    "  team = { plan = \"p\"; headcount = 2; market_pay = 80000.0;\n"                              \
    "    turnover = { annual = 0.001; }; normal_accounts = 30.0; };\n"                             \
    "};\n"

static void the_order_of_segments_with_rules_does_not_matter(void) {
    static const size_t SWAPPED[7] = {0, 1, 2, 3, 4, 6, 5};
    struct world one;
    struct world other;
    world_open(&one, FOUR_ROLES "segments = { " SMALL LARGE " };\n", NULL, 0);
    world_open(&other, FOUR_ROLES "segments = { " LARGE SMALL " };\n", NULL, 0);
    run(&one, 12, 3); /* nobody leaves: successors are found segment by segment */
    run(&other, 12, 3);
    for (size_t month = 0; month < one.model.months; month++) {
        for (size_t group = 1; group < 7; group++) { /* the roles, the segments */
            const double *a = (const double *)firm_ledger(&one.firm, month, group);
            const double *b = (const double *)firm_ledger(&other.firm, month, SWAPPED[group]);
            for (size_t i = 0; i < sizeof(struct ledger) / sizeof(double); i++) {
                /* a sum over the customers of a person in two segments is rounded otherwise */
                CU_ASSERT_DOUBLE_EQUAL(a[i], b[i], 1e-9 * (1 + fabs(a[i])));
            }
        }
    }
    CU_ASSERT(SUM(&one, handovers) > 10);
    CU_ASSERT(SUM(&one, shared_credit) > 0);
    world_close(&one);
    world_close(&other);
}

/* The notes that loading with this setting leaves, or the errors. */
static struct text heard(const char *set) {
    struct scenario scenario = {.path = NULL};
    struct error error = {0};
    struct text text = {0};
    char *path = fixture_file(TWO_OWNERS, strlen(TWO_OWNERS));
    bool loaded = scenario_load(&scenario, path, &set, 1, &error);
    text_add(&text, "%s", loaded ? text_bytes(&scenario.notes) : error_text(&error));
    scenario_free(&scenario);
    error_free(&error);
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
    return text;
}

static bool says(const char *set, const char *sentence) {
    struct text text = heard(set);
    bool found = strstr(text_bytes(&text), sentence) != NULL;
    if (!found) {
        (void)fprintf(stderr, "\n%s\n", text_bytes(&text));
    }
    text_free(&text);
    return found;
}

static bool keeps_quiet(const char *set) {
    struct text text = heard(set);
    bool quiet =
        strstr(text_bytes(&text), "credit") == NULL && strstr(text_bytes(&text), "culture") == NULL;
    text_free(&text);
    return quiet;
}

static void credit_that_is_neither_split_nor_double_is_noted(void) {
    CU_ASSERT_TRUE(says("handover.credit={months=12; former=0.2; owner=0.2;}",
                        "handover.credit: former 0.2 and owner 0.2 sum to 0.4: neither a split (1, "
                        "as .5 and .5) nor double credit (2), so a euro that changes hands counts "
                        "for less than one that does not"));
    CU_ASSERT_TRUE(says("handover.credit={months=12; former=0.6; owner=0.6;}",
                        "sum to 1.2: neither a split (1, as .5 and .5) nor double credit (2), so a "
                        "euro that changes hands counts for more"));
    CU_ASSERT_TRUE(keeps_quiet("handover.credit={months=12; former=0.7; owner=0.3;}"));
    CU_ASSERT_TRUE(keeps_quiet("handover.credit.months=12")); /* double is the default */
}

static void culture_that_nobody_sees_is_noted(void) {
    CU_ASSERT_TRUE(says("roles.kam.recruiting.culture.weight=0.7",
                        "roles.kam.recruiting.culture.weight: the selection sees nothing of who "
                        "fits (culture.signal is 0), so that this only costs talent of hires"));
    CU_ASSERT_TRUE(keeps_quiet("roles.kam.recruiting.culture={weight=0.7; signal=0.3;}"));
    CU_ASSERT_TRUE(keeps_quiet("roles.kam.recruiting.culture={weight=0.0; signal=0.0;}"));
}

static void what_has_no_effect_on_coverage_is_noted(void) {
    CU_ASSERT_TRUE(says("segments.standard.coverage.rules=({role=\"kam\"; age_months=12;}, "
                        "{role=\"sales\"; potential=1000000.0; age_months=24;})",
                        "coverage.rules.[1]: has no effect: [0] comes first and takes everybody "
                        "whom it would; put the rule that asks for more in front"));
    CU_ASSERT_TRUE(says("roles.kam.headcount=0", "nobody works in kam, so that customers wait for "
                                                 "it in vain; set roles.kam.headcount"));
    CU_ASSERT_TRUE(says("handover.credit.former=0.5",
                        "handover.credit.former: has no effect without handover.credit.months"));
    CU_ASSERT_TRUE(says("handover.team.gain=0.5",
                        "has no effect without coverage.supporters in some segment"));
    CU_ASSERT_TRUE(says("segments.standard.coverage.rules=({role=\"kan\";})",
                        "there is no \"kan\" in roles (did you mean kam?)"));
    CU_ASSERT_TRUE(says("segments.standard.coverage.rules=({potential=5.0;})", "role"));
    CU_ASSERT_TRUE(says("handover.loss=2.0", "0..1"));
}

static const struct test TESTS[] = {
    {"rules share out what a lognormal market holds",
     rules_share_out_what_a_lognormal_market_holds},
    {"the firm starts with the customers where the rules want them",
     the_firm_starts_with_the_customers_where_the_rules_want_them},
    {"new customers go where the rules want them", new_customers_go_where_the_rules_want_them},
    {"what is expected of a role is what its customers bring",
     what_is_expected_of_a_role_is_what_its_customers_bring},
    {"the order of segments with rules does not matter",
     the_order_of_segments_with_rules_does_not_matter},
    {"credit that is neither split nor double is noted",
     credit_that_is_neither_split_nor_double_is_noted},
    {"culture that nobody sees is noted", culture_that_nobody_sees_is_noted},
    {"what has no effect on coverage is noted", what_has_no_effect_on_coverage_is_noted},
};

const struct suite suite_coverage = {"coverage", TESTS, sizeof TESTS / sizeof TESTS[0]};
