#include "firm_fixture.h"
#include "test.h"

#include <math.h>

static struct flows *segment_flows(const struct world *world, size_t month, size_t segment) {
    return &firm_ledger(&world->firm, month, 1 + world->model.role_count + segment)->flows;
}

static struct stocks *segment_stocks(const struct world *world, size_t month, size_t segment) {
    return &firm_ledger(&world->firm, month, 1 + world->model.role_count + segment)->stocks;
}

/* Customers to whom nothing happens but a change of owner. */
#define UNCHANGING                                                                                 \
    "segments.standard.accounts=400", "segments.standard.leads.per_hunter=0.0",                    \
        "segments.standard.leads.referrals=0.0", "segments.standard.churn.annual=0.0",             \
        "segments.standard.wallet.growth=0.0", "segments.standard.wallet.leak=0.0",                \
        "segments.standard.wallet.noise=0.0"

static void leads_dry_up_with_the_prospects_there_are(void) {
    const char *const sets[] = {
        "segments.standard.prospects=10",        "segments.standard.leads.per_hunter=4.0",
        "segments.standard.leads.referrals=0.0", "roles.sales.headcount=20",
        "roles.sales.skill.spread=0.0",          "roles.sales.ramp.start=0.949",
        "roles.sales.turnover.annual=0.001",     "segments.standard.churn.annual=0.0"};
    struct world world;
    world_open(&world, QUIET, sets, 8);
    struct sample leads = {0};
    for (uint64_t replication = 0; replication < 100; replication++) {
        firm_run(&world.firm, 4, replication);
        sample_add(&leads, segment_flows(&world, 0, 0)->leads);
        for (size_t month = 0; month < world.model.months; month++) {
            CU_ASSERT(segment_stocks(&world, month, 0)->customers <= 10);
        }
        CU_ASSERT_EQUAL(segment_stocks(&world, world.model.months - 1, 0)->customers, 10);
        CU_ASSERT_EQUAL(segment_flows(&world, world.model.months - 1, 0)->leads, 0);
    }
    /* 20 hunters find 4 leads a .75 of their time while nobody is served yet */
    CU_ASSERT(fabs(sample_z(&leads, 20 * 4 * .75)) < 5);
    world_close(&world);
}

static void revenue_that_goes_with_an_owner_counts_in_retention(void) {
    const char *const sets[] = {UNCHANGING, "roles.sales.turnover.annual=0.4",
                                "roles.sales.headcount=20"};
    struct world world;
    world_open(&world, QUIET, sets, 9);
    firm_run(&world.firm, 6, 0);
    size_t losses = 0;
    for (size_t month = 1; month < world.model.months; month++) {
        double before = segment_stocks(&world, month - 1, 0)->run_rate;
        double after = segment_stocks(&world, month, 0)->run_rate;
        for (size_t group = 0; group < 3; group += 2) { /* the firm, its segment */
            const struct flows *flows = &firm_ledger(&world.firm, month, group)->flows;
            CU_ASSERT_DOUBLE_EQUAL(exp(flows->log_net_retention), after / before, 1e-6);
            CU_ASSERT_DOUBLE_EQUAL(exp(flows->log_gross_retention), after / before, 1e-6);
            CU_ASSERT_DOUBLE_EQUAL(flows->contraction, before - after, 1e-6 * before);
        }
        losses += after < before * (1 - 1e-4);
    }
    CU_ASSERT(losses > 20);
    world_close(&world);
}

#define STANDARD                                                                                   \
    "standard = { accounts = 100; prospects = 500;\n"                                              \
    "  coverage = { owners = [\"sales\"]; hunters = [\"sales\"]; }; };\n"
#define KEY                                                                                        \
    "key = { accounts = 30; prospects = 100; complexity = 0.8; churn = { annual = 0.1; };\n"       \
    "  coverage = { owners = [\"kam\"]; hunters = [\"kam\", \"sales\"]; };\n"                      \
    "  pipeline = { stages = ( { name = \"only\"; conversion = 0.2; months = 6.0; } ); }; };\n"
#define TWO_ROLES                                                                                  \
    "simulation = { years = 5; };\n"                                                               \
    "plans = { fixed = { salary = 80000.0; }; };\n"                                                \
    "roles = { sales = { plan = \"fixed\"; headcount = 6; market_pay = 80000.0; };\n"              \
    "          kam = { plan = \"fixed\"; headcount = 3; market_pay = 80000.0; }; };\n"

static void the_order_of_segments_does_not_matter(void) {
    static const size_t SWAPPED[5] = {0, 1, 2, 4, 3};
    struct world one;
    struct world other;
    world_open(&one, TWO_ROLES "segments = { " STANDARD KEY " };\n", NULL, 0);
    world_open(&other, TWO_ROLES "segments = { " KEY STANDARD " };\n", NULL, 0);
    firm_run(&one.firm, 12, 3);
    firm_run(&other.firm, 12, 3);
    for (size_t month = 0; month < one.model.months; month++) {
        for (size_t group = 1; group < 5; group++) { /* the roles, the segments */
            CU_ASSERT_EQUAL(memcmp(firm_ledger(&one.firm, month, group),
                                   firm_ledger(&other.firm, month, SWAPPED[group]),
                                   sizeof(struct ledger)),
                            0);
        }
    }
    CU_ASSERT(segment_flows(&one, 59, 0)->leads > 0);
    CU_ASSERT(segment_stocks(&one, 59, 1)->open_deals > 0);
    world_close(&one);
    world_close(&other);
}

static void owners_are_charged_with_living_customers_alone(void) {
    const char *const sets[] = {"segments.standard.accounts=400",
                                "segments.standard.churn.annual=0.6",
                                "segments.standard.contract.term_months=1",
                                "segments.standard.leads.per_hunter=0.0",
                                "segments.standard.leads.referrals=0.0",
                                "roles.sales.headcount=20",
                                "simulation.years=1"};
    struct world world;
    world_open(&world, QUIET, sets, 7);
    for (uint64_t replication = 0; replication < 20; replication++) {
        long owned = 0;
        firm_run(&world.firm, 8, replication);
        for (size_t seat = 0; seat < world.model.seat_count; seat++) {
            owned += world.firm.seats[seat].accounts;
        }
        CU_ASSERT(segment_flows(&world, 11, 0)->customers_lost > 0);
        CU_ASSERT_EQUAL((double)owned, segment_stocks(&world, 11, 0)->customers);
    }
    world_close(&world);
}

static void a_seat_that_is_given_up_passes_its_customers_on(void) {
    const char *const sets[] = {UNCHANGING,
                                "roles.sales.turnover.annual=0.4",
                                "roles.sales.headcount=20",
                                "roles.sales.headcount_path=([2,1])",
                                "roles.sales.recruiting.days=0",
                                "roles.sales.succession.similar=0.0",
                                "roles.sales.succession.dissimilar=0.0",
                                "simulation.years=1"};
    struct world world;
    world_open(&world, QUIET, sets, 14);
    for (uint64_t replication = 0; replication < 20; replication++) {
        firm_run(&world.firm, 8, replication);
        const struct accounts *accounts = &world.firm.accounts[0];
        size_t changed = 0;
        size_t without = 0;
        double orphans = 0;
        for (size_t month = 1; month < 12; month++) {
            orphans += segment_flows(&world, month, 0)->orphan_months;
        }
        for (size_t a = 0; a < accounts->used; a++) {
            without += !world.firm.seats[accounts->owner[a]].filled;
            /* at once to a colleague: less is lost than with somebody hired later */
            CU_ASSERT(accounts->kappa[a] == 0.0F || accounts->kappa[a] == .75F);
            changed += accounts->kappa[a] > 0;
        }
        CU_ASSERT_EQUAL(orphans, 0);
        CU_ASSERT_EQUAL(without, 0);
        CU_ASSERT(changed > 0);
    }
    world_close(&world);
}

/* The search for a new owner is given up when the path falls. */
static void customers_of_a_seat_that_stays_empty_find_an_owner(void) {
    const char *const sets[] = {UNCHANGING,
                                "roles.sales.turnover.annual=0.5",
                                "roles.sales.headcount=20",
                                "roles.sales.headcount_path=([7,2])",
                                "roles.sales.recruiting.days=300",
                                "roles.sales.succession.similar=0.0",
                                "roles.sales.succession.dissimilar=0.0",
                                "simulation.years=1"};
    struct world world;
    double waited = 0;
    world_open(&world, QUIET, sets, 14);
    for (uint64_t replication = 0; replication < 20; replication++) {
        firm_run(&world.firm, 8, replication);
        double orphans = 0;
        waited += segment_flows(&world, 5, 0)->orphan_months;
        for (size_t month = 6; month < 12; month++) {
            orphans += segment_flows(&world, month, 0)->orphan_months;
        }
        CU_ASSERT_EQUAL(orphans, 0);
    }
    CU_ASSERT(waited > 0);
    world_close(&world);
}

static void customers_without_an_owner_go_to_whoever_has_room(void) {
    /* 5 people whose load is 1.25 with 10 customers: nobody takes an eleventh */
    const char *const sets[] = {UNCHANGING,
                                "segments.standard.accounts=45",
                                "roles.sales.turnover.annual=0.001",
                                "roles.sales.headcount=0",
                                "roles.sales.headcount_path=([4,5])",
                                "roles.sales.normal_accounts=8.0",
                                "roles.sales.recruiting.days=0",
                                "simulation.years=1"};
    struct world world;
    world_open(&world, QUIET, sets, 14);
    firm_run(&world.firm, 8, 0);
    CU_ASSERT_EQUAL(segment_flows(&world, 2, 0)->orphan_months, 45);
    CU_ASSERT_EQUAL(segment_flows(&world, 3, 0)->orphan_months, 0);
    for (size_t seat = 0; seat < 5; seat++) {
        CU_ASSERT_EQUAL(world.firm.seats[seat].accounts, 9);
    }
    world_close(&world);
    struct world full;
    const char *more[14];
    memcpy(more, sets, sizeof sets);
    more[7] = "segments.standard.accounts=60";
    world_open(&full, QUIET, more, 14);
    firm_run(&full.firm, 8, 0);
    for (size_t month = 3; month < 12; month++) {
        CU_ASSERT_EQUAL(segment_flows(&full, month, 0)->orphan_months, 10);
    }
    world_close(&full);
}

static const struct test TESTS[] = {
    {"leads dry up with the prospects there are", leads_dry_up_with_the_prospects_there_are},
    {"revenue that goes with an owner counts in retention",
     revenue_that_goes_with_an_owner_counts_in_retention},
    {"the order of segments does not matter", the_order_of_segments_does_not_matter},
    {"owners are charged with living customers alone",
     owners_are_charged_with_living_customers_alone},
    {"a seat that is given up passes its customers on",
     a_seat_that_is_given_up_passes_its_customers_on},
    {"customers of a seat that stays empty find an owner",
     customers_of_a_seat_that_stays_empty_find_an_owner},
    {"customers without an owner go to whoever has room",
     customers_without_an_owner_go_to_whoever_has_room},
};

const struct suite suite_customers = {"customers", TESTS, sizeof TESTS / sizeof TESTS[0]};
