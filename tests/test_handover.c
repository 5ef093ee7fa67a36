/* Customers who change owners: loss, waiting, delay, shared success, what working together costs.
 */
#include "coverage_fixture.h"
#include "model/audit.h"
#include "model/handover.h"
#include "test.h"

#include <math.h>

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

/* Contracts of twice the term of their segment: none is due in the month in which a term is left.
 */
static void a_contract_that_is_not_due_is_no_renewal_to_share(void) {
    static const char *const SETS[] = {"handover.credit.months=6"};
    struct world world;
    world_open(&world, TWO_OWNERS, SETS, 1);
    begin(&world, 5, 0);
    struct firm *firm = &world.firm;
    struct accounts *accounts = &firm->accounts[0];
    int32_t term = world.model.segments[0].account.term;
    for (size_t a = 0; a < accounts->used; a++) {
        accounts->renewal[a] = term + 1;
        accounts->coverage[a].credit = 6;
        accounts->coverage[a].partner = 0;
        accounts->coverage[a].partner_number = (uint32_t)firm->seats[0].occupants;
    }
    audit_start(firm); /* takes the firm for what it is now */
    firm_step(firm, 0);
    CU_ASSERT_EQUAL(accounts->renewal[0], term);
    CU_ASSERT(firm->books[0].owner[1].before > 0);
    CU_ASSERT_EQUAL(firm->books[0].owner[1].due, 0);
    CU_ASSERT_EQUAL(firm->books[0].owner[1].renewed, 0);
    world_close(&world);
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

static const struct test TESTS[] = {
    {"every measure spares its part of the loss", every_measure_spares_its_part_of_the_loss},
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
    {"a contract that is not due is no renewal to share",
     a_contract_that_is_not_due_is_no_renewal_to_share},
    {"former owners are paid for shared success", former_owners_are_paid_for_shared_success},
    {"working together costs what it says", working_together_costs_what_it_says},
    {"overlap takes the time of both", overlap_takes_the_time_of_both},
};

const struct suite suite_handover = {"handover", TESTS, sizeof TESTS / sizeof TESTS[0]};
