#include "base/distribution.h"
#include "base/mathematics.h"
#include "firm_fixture.h"
#include "model/coverage.h"
#include "model/handover.h"
#include "model/reference.h"
#include "test.h"

#include <math.h>

/* Salespeople who own everybody, and a second role that a rule may name; nothing else happens. */
#define TWO_OWNERS                                                                                 \
    "simulation = { years = 3; effort = \"static\"; start = \"new\"; };\n"                         \
    "economy = { demand = { sd = 0.0; }; market_pay_growth = 0.0; };\n"                            \
    "firm = { pay_growth = 0.0; };\n"                                                              \
    "plans = { fixed = { salary = 80000.0; };\n"                                                   \
    "  booked = { salary = 60000.0; components = ( { name = \"c\"; type = \"commission\";\n"       \
    "    metric = \"bookings\"; rate = 0.05; period = \"month\"; } ); }; };\n"                     \
    "segments = { standard = { accounts = 400; prospects = 100; complexity = 0.0;\n"               \
    "  coverage = { owners = [\"sales\"];\n"                                                       \
    "    rules = ( { role = \"kam\"; potential = 200000.0; } ); };\n"                              \
    "  potential = { mean = 150000.0; cv = 1.0; growth = 0.0; };\n"                                \
    "  leads = { referrals = 0.0; }; }; };\n"                                                      \
    "roles = { sales = { plan = \"fixed\"; headcount = 10; market_pay = 80000.0;\n"                \
    "    normal_accounts = 40.0; skill = { spread = 0.0; }; turnover = { annual = 0.001; };\n"     \
    "    dismissal = { probability = 0.0; }; };\n"                                                 \
    "  kam = { plan = \"fixed\"; headcount = 10; market_pay = 80000.0; normal_accounts = 20.0;\n"  \
    "    skill = { spread = 0.0; }; ramp = { start = 0.949; months = 0.1; };\n"                    \
    "    turnover = { annual = 0.001; }; dismissal = { probability = 0.0; };\n"                    \
    "    recruiting = { days = 0.0; }; }; };\n"

/* The second role begins in month 4, so that everybody whom it gets is handed over. */
#define KAM_LATER "roles.kam.headcount=0", "roles.kam.headcount_path=([4,10])"

enum { SALES, KAM };

static struct flows *flows_of(const struct world *world, size_t month, size_t group) {
    return &firm_ledger(&world->firm, month, group)->flows;
}

/* Everybody young enough not to retire. */
static void begin(struct world *world, uint64_t seed, uint64_t replication) {
    firm_start(&world->firm, seed, replication);
    for (size_t seat = 0; seat < world->model.seat_count; seat++) {
        world->firm.seats[seat].person.tenure = 24;
    }
}

static void run(struct world *world, uint64_t seed, uint64_t replication) {
    begin(world, seed, replication);
    for (size_t month = 0; month < world->model.months; month++) {
        firm_step(&world->firm, month);
    }
}

static double sum_of(const struct world *world, size_t field) {
    double sum = 0;
    for (size_t month = 0; month < world->model.months; month++) {
        sum += *(const double *)((const char *)flows_of(world, month, 0) + field);
    }
    return sum;
}
#define SUM(world, member) sum_of(world, offsetof(struct flows, member))

static void every_measure_spares_its_part_of_the_loss(void) {
    struct handover handover = {.loss = .3};
    handover.shared_crm.effect = .3;
    handover.meetings.effect = .2;
    handover.overlap.effect = .1;
    CU_ASSERT_DOUBLE_EQUAL(handover_loss(&handover, false), .3, 1e-15);
    handover.shared_crm.use = 1;
    CU_ASSERT_DOUBLE_EQUAL(handover_loss(&handover, false), .21, 1e-15);
    handover.meetings.use = .5;
    CU_ASSERT_DOUBLE_EQUAL(handover_loss(&handover, false), .18, 1e-15);
    handover.overlap.months = 2;
    CU_ASSERT_DOUBLE_EQUAL(handover_loss(&handover, false), .12, 1e-15);
    handover.overlap.months = 9; /* as three */
    CU_ASSERT_DOUBLE_EQUAL(handover_loss(&handover, false), .09, 1e-15);
    handover.meetings.effect = 1;
    CU_ASSERT_EQUAL(handover_loss(&handover, false), 0);
}

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

static void a_handover_costs_relationship_and_satisfaction(void) {
    const char *const sets[] = {KAM_LATER, "handover.shared_crm.use=1.0",
                                "segments.standard.satisfaction.sd=0.0"};
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 4);
    begin(&world, 5, 0);
    struct accounts *accounts = &world.firm.accounts[0];
    double relationship[400];
    int32_t owner[400];
    size_t moved = 0;
    for (size_t month = 0; month < 8; month++) {
        for (size_t a = 0; a < accounts->used; a++) {
            relationship[a] = (double)accounts->relationship[a];
            owner[a] = accounts->owner[a];
        }
        firm_step(&world.firm, month);
        for (size_t a = 0; a < accounts->used; a++) {
            if (accounts->owner[a] == NO_OWNER || accounts->owner[a] == owner[a]) {
                continue;
            }
            /* one month with a ramped owner whose load is 1, then 1 - .3 (1 - .3) is left */
            double care = 40. / 40;
            double r = relationship[a];
            CU_ASSERT_DOUBLE_EQUAL((double)accounts->relationship[a],
                                   .79 * (r + .075 * care * (1 - r) - .05 * r), .01);
            CU_ASSERT(accounts->satisfaction[a] < -.1F);
            CU_ASSERT_EQUAL(accounts->coverage[a].partner, owner[a]);
            moved++;
        }
    }
    CU_ASSERT(moved > 50);
    CU_ASSERT_EQUAL((double)moved, SUM(&world, handovers));
    world_close(&world);
}

/* 100 places for 400 who meet the rule; five more people are there from month 13 on. */
static void customers_wait_until_there_is_room(void) {
    const char *const sets[] = {"segments.standard.coverage.rules=({role=\"kam\";})",
                                "roles.kam.headcount=5",
                                "roles.kam.headcount_path=([13,10])",
                                "roles.kam.load_limit=1.0",
                                "segments.standard.churn.annual=0.0",
                                "segments.standard.potential.growth=0.0"};
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 6);
    begin(&world, 5, 0);
    const struct accounts *accounts = &world.firm.accounts[0];
    for (size_t month = 0; month < 24; month++) {
        float waiting = 0;
        double place = 1e30;
        firm_step(&world.firm, month);
        double owned = 0;
        for (size_t a = 0; a < accounts->used; a++) {
            bool kam = world.firm.seats[accounts->owner[a]].role == KAM;
            owned += kam;
            if (kam && (double)accounts->potential[a] < place) {
                place = (double)accounts->potential[a];
            }
            if (!kam && accounts->potential[a] > waiting) {
                waiting = accounts->potential[a];
            }
        }
        double room = month < 11 ? 100 : 200;
        CU_ASSERT_EQUAL(owned, room);
        CU_ASSERT_EQUAL(firm_ledger(&world.firm, month, 0)->stocks.handover_queue, 400 - room);
        CU_ASSERT((double)waiting <= place); /* equally long: the largest first */
    }
    CU_ASSERT_EQUAL(SUM(&world, handovers), 100);
    CU_ASSERT_EQUAL(SUM(&world, handover_wait), 100 * 11);
    CU_ASSERT_EQUAL(SUM(&world, handover_held), 0);
    world_close(&world);
}

static void who_waits_longest_is_first(void) {
    const char *const sets[] = {"segments.standard.coverage.rules=({role=\"kam\"; age_months=36;})",
                                "roles.kam.headcount=0", "roles.kam.headcount_path=([13,1])",
                                "roles.kam.load_limit=1.0", "segments.standard.churn.annual=0.0"};
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 5);
    begin(&world, 5, 0);
    const struct accounts *accounts = &world.firm.accounts[0];
    for (size_t month = 0; month < 13; month++) {
        firm_step(&world.firm, month);
    }
    int32_t young = INT32_MIN; /* those who were taken met the rule before those who were not */
    int32_t old = INT32_MAX;
    double taken = 0;
    for (size_t a = 0; a < accounts->used; a++) {
        bool kam = world.firm.seats[accounts->owner[a]].role == KAM;
        int32_t met = accounts->coverage[a].since + 36 > 0 ? accounts->coverage[a].since + 36 : 0;
        taken += kam;
        if (kam) {
            young = met > young ? met : young;
        } else {
            old = met < old ? met : old;
        }
    }
    CU_ASSERT_EQUAL(taken, 20);
    CU_ASSERT(young <= old);
    world_close(&world);
}

/* Customers in the mean of the model, all handed over in one month: with the loss and without. */
static void the_expected_loss_is_what_the_year_after_loses(void) {
    const char *const sets[] = {KAM_LATER,
                                "segments.standard.coverage.rules=({role=\"kam\";})",
                                "roles.kam.normal_accounts=40.0",
                                "segments.standard.churn.annual=0.005", /* the load stays */
                                "segments.standard.contract.term_months=6",
                                "handover.loss=0.3"};
    const char *without[7];
    struct world world;
    struct world kept;
    struct sample gap = {0};
    memcpy(without, sets, sizeof sets);
    without[6] = "handover.loss=0.0";
    world_open(&world, TWO_OWNERS, sets, 7);
    world_open(&kept, TWO_OWNERS, without, 7);
    double stake = 0;
    for (uint64_t replication = 0; replication < 100; replication++) {
        double lost = 0;
        run(&world, 8, replication);
        run(&kept, 8, replication);
        double expected = SUM(&world, handover_loss);
        for (size_t month = 3; month < 15; month++) {
            lost += flows_of(&kept, month, 0)->revenue - flows_of(&world, month, 0)->revenue;
        }
        CU_ASSERT_EQUAL(SUM(&world, handovers), SUM(&kept, handovers));
        CU_ASSERT_EQUAL(SUM(&kept, handover_loss), 0);
        sample_add(&gap, lost - expected);
        stake += expected / 100;
    }
    CU_ASSERT(stake > 1e5);
    CU_ASSERT(fabs(sample_mean(&gap)) < 5 * sqrt(sample_variance(&gap) / 100));
    CU_ASSERT(sqrt(sample_variance(&gap) / 100) < .02 * stake);
    world_close(&world);
    world_close(&kept);
}

static double mean_delay(const char *plan, const char *rate, const char *credit,
                         const char *effort) {
    const char *const sets[] = {KAM_LATER, plan, rate, credit, effort};
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 6);
    run(&world, 5, 0);
    double handovers = SUM(&world, handovers);
    double held = SUM(&world, handover_held);
    CU_ASSERT(handovers > 50);
    world_close(&world);
    return held / handovers;
}

static void who_is_paid_on_a_customer_holds_it_back(void) {
    const char *same = "handover.credit.months=0";
    const char *rate = "plans.booked.components.[0].rate=0.05";
    const char *booked = "roles.sales.plan=\"booked\"";
    const char *answers = "simulation.effort=\"static\"";
    double low = mean_delay(booked, "plans.booked.components.[0].rate=0.06", same, answers);
    double high = mean_delay(booked, "plans.booked.components.[0].rate=0.18", same, answers);
    CU_ASSERT(low > 1);
    CU_ASSERT(high > 2 * low);
    CU_ASSERT_EQUAL(mean_delay("roles.sales.plan=\"fixed\"", rate, same, answers), 0);
    CU_ASSERT_EQUAL(
        mean_delay(booked, "plans.booked.components.[0].metric=\"new_revenue\"", same, answers), 0);
    CU_ASSERT_EQUAL(mean_delay(booked, rate, same, "simulation.effort=\"none\""), 0);
}

static void double_credit_leaves_no_reason_to_hold_back(void) {
    const char *rate = "plans.booked.components.[0].rate=0.05";
    const char *booked = "roles.sales.plan=\"booked\"";
    const char *answers = "simulation.effort=\"static\"";
    double none = mean_delay(booked, rate, "handover.credit.months=0", answers);
    double half =
        mean_delay(booked, rate, "handover.credit={months=12; former=0.5; owner=0.5;}", answers);
    CU_ASSERT_EQUAL(mean_delay(booked, rate, "handover.credit.months=12", answers), 0);
    CU_ASSERT(half > 0 && half < .6 * none);
    /* credit that ends before the pay from the customer does */
    double brief = mean_delay(booked, rate, "handover.credit={months=1; former=0.5;}", answers);
    CU_ASSERT(brief > half && brief <= none);
}

/* The commission of one customer a month, from its equations: expansion of the mean account, which
 * begins here in its steady state. */
static void the_delay_is_the_pay_over_the_pressure(void) {
    const char *const sets[] = {"roles.sales.plan=\"booked\"", "segments.standard.potential.cv=0.0",
                                "segments.standard.wallet={start=0.54; start_sd=0.0;}",
                                "segments.standard.relationship.start=0.6",
                                ("segments.standard.coverage.rules=({role=\"kam\"; "
                                 "age_months=600;})")};
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 5);
    const struct role_law *law = &world.model.roles[SALES];
    double r = .075 / .125;
    double w = .9 * r / (r + (1 - r));
    double expansion = .035 * r * (.9 - w) / w;
    CU_ASSERT_DOUBLE_EQUAL(law->interest[0].revenue, .05 * expansion, 1e-4 * .05 * expansion);
    CU_ASSERT_EQUAL(law->interest[0].renewal, 0);
    struct handover handover = {.pressure = .01};
    CU_ASSERT_TRUE(handover_withheld(&handover, 199, 0, 6000)); /* 60, 120, 180, then 240 */
    CU_ASSERT_TRUE(handover_withheld(&handover, 199, 2, 6000));
    CU_ASSERT_FALSE(handover_withheld(&handover, 199, 3, 6000));
    CU_ASSERT_FALSE(handover_withheld(&handover, 0, 0, 6000));
    world_close(&world);
}

/* Annual revenue in everybody's books less that of all customers. */
static double surplus(const char *credit, double *shared) {
    const char *const sets[] = {KAM_LATER, credit, "segments.standard.churn.annual=0.3"};
    struct world world;
    double extra = 0;
    world_open(&world, TWO_OWNERS, sets, 4);
    begin(&world, 5, 0);
    for (size_t month = 0; month < 36; month++) {
        firm_step(&world.firm, month);
        const struct book_sums *books = &world.firm.books[0];
        for (size_t owner = 1; owner <= world.model.seat_count; owner++) {
            extra += books->owner[owner].before / 12;
        }
        extra -= flows_of(&world, month, 0)->revenue;
    }
    *shared = SUM(&world, shared_credit);
    world_close(&world);
    return extra;
}

static void shared_success_counts_for_both(void) {
    double shared;
    double twice = surplus("handover.credit.months=6", &shared);
    CU_ASSERT(shared > 1e6);
    CU_ASSERT_DOUBLE_EQUAL(twice / shared, 1, 1e-6);
    double split = surplus("handover.credit={months=6; former=0.4; owner=0.6;}", &shared);
    CU_ASSERT(shared > 4e5);
    CU_ASSERT(fabs(split) < 1e-6 * shared);
    CU_ASSERT(fabs(surplus("handover.credit.months=0", &shared)) < 1);
    CU_ASSERT_EQUAL(shared, 0);
}

static void former_owners_are_paid_for_shared_success(void) {
    double commission[2];
    for (int i = 0; i < 2; i++) {
        const char *const sets[] = {
            KAM_LATER, "roles.sales.plan=\"booked\"", "handover.pressure=10.0",
            i == 0 ? "handover.credit.months=0" : "handover.credit.months=12"};
        struct world world;
        world_open(&world, TWO_OWNERS, sets, 5);
        run(&world, 5, 0);
        commission[i] = 0;
        for (size_t month = 4; month < 15; month++) {
            commission[i] += flows_of(&world, month, 1)->commission;
        }
        world_close(&world);
    }
    CU_ASSERT(commission[1] > 1.3 * commission[0]);
}

static void working_together_costs_what_it_says(void) {
    const char *const plain[] = {"handover.shared_crm.effect=0.0", "handover.meetings.effect=0.0"};
    const char *const used[] = {"handover.shared_crm={use=1.0; effect=0.0; cost=1000.0;}",
                                "handover.meetings={use=0.5; effect=0.0; cost=600.0;}"};
    struct world without;
    struct world with;
    world_open(&without, TWO_OWNERS, plain, 2);
    world_open(&with, TWO_OWNERS, used, 2);
    run(&without, 5, 0);
    run(&with, 5, 0);
    CU_ASSERT_DOUBLE_EQUAL(SUM(&with, crm_cost), 3 * 20 * 1000., 1200); /* short vacancies */
    CU_ASSERT_DOUBLE_EQUAL(SUM(&with, meetings_cost), 3 * 20 * 300., 400);
    CU_ASSERT_DOUBLE_EQUAL(SUM(&without, profit) - SUM(&with, profit),
                           SUM(&with, crm_cost) + SUM(&with, meetings_cost), 1e-3);
    CU_ASSERT_EQUAL(SUM(&without, crm_cost), 0);
    world_close(&without);
    world_close(&with);
}

static void overlap_takes_the_time_of_both(void) {
    const char *const sets[] = {KAM_LATER, "handover.overlap.months=3",
                                "segments.standard.churn.annual=0.0"};
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 4);
    begin(&world, 5, 0);
    for (size_t month = 0; month < 10; month++) {
        double loads = 0;
        firm_step(&world.firm, month);
        for (size_t seat = 0; seat < world.model.seat_count; seat++) {
            loads += (double)world.firm.seats[seat].accounts;
        }
        double both = flows_of(&world, month, 0)->overlap_months;
        double now = flows_of(&world, month, 0)->handovers;
        CU_ASSERT_EQUAL(loads, 400 + both);
        CU_ASSERT_EQUAL(both > 0, month >= 3 && month < 6);
        CU_ASSERT_EQUAL(now > 0, month == 2);
    }
    CU_ASSERT_EQUAL(SUM(&world, overlap_months), 3 * SUM(&world, handovers));
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

/* What the seats of a role book in the first year as expansion, a month and head. */
static struct sample booked_by(struct world *world, size_t role, double *expected) {
    struct sample sample = {0};
    const struct role_law *law = &world->model.roles[role];
    struct slot slot = {.metric = METRIC_EXPANSION_REVENUE, .scope = SCOPE_PERSON, .product = ""};
    *expected = reference_metric(&world->scenario.parameters, role, &slot).mean;
    for (uint64_t replication = 0; replication < 60; replication++) {
        double sum = 0;
        begin(world, 7, replication);
        for (size_t seat = 0; seat < world->model.seat_count; seat++) {
            world->firm.seats[seat].person.ramp_keep = 0;
        }
        for (size_t month = 0; month < 12; month++) {
            firm_step(&world->firm, month);
            for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
                sum += world->firm.books[0].owner[seat + 1].expansion;
            }
        }
        sample_add(&sample, sum / 12 / (double)law->seats);
    }
    return sample;
}

/* Quotas follow the expectation, which therefore has to know who owns which customers. */
static void what_is_expected_of_a_role_is_what_its_customers_bring(void) {
    const char *const sets[] = {
        "segments.standard.churn.annual=0.02", /* as at the start */
        "segments.standard.churn.relationship=0.0", "segments.standard.churn.satisfaction=0.0",
        "roles.kam.normal_accounts=11.0", "segments.standard.wallet.noise=0.0"};
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 5);
    for (size_t role = SALES; role <= KAM; role++) {
        double expected;
        struct sample booked = booked_by(&world, role, &expected);
        double error = sqrt(sample_variance(&booked) / 60);
        CU_ASSERT(error < .02 * expected);
        CU_ASSERT(fabs(sample_mean(&booked) - expected) < .015 * expected + 5 * error);
    }
    world_close(&world);
}

#define TEAM                                                                                       \
    "segments.standard.coverage={owners=[\"sales\"]; supporters=[\"kam\"]; rules=();}",            \
        "segments.standard.churn.annual=0.02", "segments.standard.churn.relationship=0.0",         \
        "segments.standard.churn.satisfaction=0.0", "segments.standard.wallet.noise=0.0",          \
        "handover.team.gain=0.3"

static void a_development_team_adds_its_part_to_the_owners_input(void) {
    const char *const sets[] = {TEAM, "roles.kam.load_limit=1.0"}; /* 200 of 400, load 1 */
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 7);
    firm_start(&world.firm, 5, 0);
    const struct accounts *accounts = &world.firm.accounts[0];
    for (size_t seat = 0; seat < world.model.seat_count; seat++) {
        world.firm.seats[seat].person.ramp_keep = 0;
        CU_ASSERT_EQUAL(world.firm.seats[seat].accounts,
                        world.firm.seats[seat].role == SALES ? 40 : 20);
    }
    firm_step(&world.firm, 0);
    size_t supported = 0;
    double with = 0;
    int32_t latest = INT32_MIN;
    int32_t earliest = INT32_MAX;
    for (size_t a = 0; a < accounts->used; a++) {
        bool helped = accounts->support[a] > 0;
        int32_t since = accounts->coverage[a].since;
        CU_ASSERT_DOUBLE_EQUAL((double)accounts->support[a], helped ? .3 : 0, 1e-6);
        supported += helped;
        latest = helped && since > latest ? since : latest;
        earliest = !helped && since < earliest ? since : earliest;
        with += helped ? (double)accounts->expansion[a] : 0;
    }
    CU_ASSERT(supported >= 197 && supported <= 200);
    CU_ASSERT(latest <= earliest + 1);
    double credited = 0;
    double total = 0;
    for (size_t owner = 0; owner <= world.model.seat_count; owner++) {
        bool team = owner > 0 && world.firm.seats[owner - 1].role == KAM;
        credited += team ? world.firm.books[0].owner[owner].expansion : 0;
        total += world.firm.books[0].owner[owner].expansion;
    }
    CU_ASSERT_DOUBLE_EQUAL(credited, with, 1e-3 * with);
    /* everybody together has booked what was booked */
    CU_ASSERT_DOUBLE_EQUAL(total, flows_of(&world, 0, 0)->expansion_revenue, 1e-6 * total);
    world_close(&world);
}

static void what_is_expected_of_a_team_is_what_it_brings(void) {
    const char *const sets[] = {TEAM, "roles.kam.load_limit=1.0"};
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 7);
    for (size_t role = SALES; role <= KAM; role++) {
        double expected;
        struct sample booked = booked_by(&world, role, &expected);
        double error = sqrt(sample_variance(&booked) / 60);
        CU_ASSERT(error < .02 * expected);
        CU_ASSERT(fabs(sample_mean(&booked) - expected) < .015 * expected + 5 * error);
    }
    world_close(&world);
}

/* Effort of the team counts where it works: a unit of develop effort adds eta x gain to the input
 * of each supported customer. */
static void a_team_is_moved_by_what_its_effort_adds(void) {
    /* customers are in the steady state from the start */
    const char *const sets[] = {TEAM, "roles.kam.load_limit=1.0",
                                "segments.standard.wallet={start=0.5949152542; start_sd=0.0;}",
                                "segments.standard.relationship.start=0.6"};
    struct world world;
    double moved[RESPONSE_MONTHS];
    struct slot slot = {.metric = METRIC_EXPANSION_REVENUE, .scope = SCOPE_PERSON, .product = ""};
    world_open(&world, TWO_OWNERS, sets, 9);
    reference_response(&world.scenario.parameters, KAM, &slot, DEVELOP, moved);
    /* the first month's gain: g r (w_max - w) P a unit of input, of 20 customers */
    double r = .6;
    double up = .035 * (1 + .3) * r;
    double w = .9 * up / (up + .035 * (1 - r));
    double unit = .035 * r * (.9 - w) * 150000 * 20;
    CU_ASSERT_DOUBLE_EQUAL(moved[0], .34 * .3 * unit, 1e-3 * unit);
    reference_response(&world.scenario.parameters, KAM, &slot, CARE, moved);
    CU_ASSERT_EQUAL(moved[RESPONSE_MONTHS - 1], 0);
    world_close(&world);
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

/* Whether loading with these settings leaves a note, or an error, with this sentence. */
static bool says(const char *set, const char *sentence) {
    struct scenario scenario = {.path = NULL};
    struct error error = {0};
    char *path = fixture_file(TWO_OWNERS, strlen(TWO_OWNERS));
    bool loaded = scenario_load(&scenario, path, &set, 1, &error);
    bool found =
        strstr(loaded ? text_bytes(&scenario.notes) : error_text(&error), sentence) != NULL;
    if (!found) {
        (void)fprintf(stderr, "\n%s%s\n", text_bytes(&scenario.notes), error_text(&error));
    }
    scenario_free(&scenario);
    error_free(&error);
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
    return found;
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
    {"every measure spares its part of the loss", every_measure_spares_its_part_of_the_loss},
    {"rules share out what a lognormal market holds",
     rules_share_out_what_a_lognormal_market_holds},
    {"the firm starts with the customers where the rules want them",
     the_firm_starts_with_the_customers_where_the_rules_want_them},
    {"a handover costs relationship and satisfaction",
     a_handover_costs_relationship_and_satisfaction},
    {"customers wait until there is room", customers_wait_until_there_is_room},
    {"who waits longest is first", who_waits_longest_is_first},
    {"the expected loss is what the year after loses",
     the_expected_loss_is_what_the_year_after_loses},
    {"who is paid on a customer holds it back", who_is_paid_on_a_customer_holds_it_back},
    {"double credit leaves no reason to hold back", double_credit_leaves_no_reason_to_hold_back},
    {"the delay is the pay over the pressure", the_delay_is_the_pay_over_the_pressure},
    {"shared success counts for both", shared_success_counts_for_both},
    {"former owners are paid for shared success", former_owners_are_paid_for_shared_success},
    {"working together costs what it says", working_together_costs_what_it_says},
    {"overlap takes the time of both", overlap_takes_the_time_of_both},
    {"new customers go where the rules want them", new_customers_go_where_the_rules_want_them},
    {"what is expected of a role is what its customers bring",
     what_is_expected_of_a_role_is_what_its_customers_bring},
    {"a development team adds its part to the owner's input",
     a_development_team_adds_its_part_to_the_owners_input},
    {"what is expected of a team is what it brings", what_is_expected_of_a_team_is_what_it_brings},
    {"a team is moved by what its effort adds", a_team_is_moved_by_what_its_effort_adds},
    {"the order of segments with rules does not matter",
     the_order_of_segments_with_rules_does_not_matter},
    {"what has no effect on coverage is noted", what_has_no_effect_on_coverage_is_noted},
};

const struct suite suite_coverage = {"coverage", TESTS, sizeof TESTS / sizeof TESTS[0]};
