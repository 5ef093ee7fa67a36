#include "firm_fixture.h"
#include "test.h"

#include <math.h>

static void movers_are_given_the_time_of_a_novice(void) {
    static const char TEXT[] =
        "simulation = { years = 5; };\n"
        "plans = { fixed = { salary = 80000.0; }; };\n"
        "segments = { standard = { accounts = 100;\n"
        "  coverage = { hunters = [\"kam\"]; owners = [\"sales\"]; }; }; };\n"
        "roles = { sales = { plan = \"fixed\"; headcount = 100; market_pay = 80000.0; };\n"
        "  kam = { plan = \"fixed\"; headcount = 0; market_pay = 80000.0;\n"
        "    headcount_path = ( [2, 10] ); ramp = { start = 0.2; months = 60.0; };\n"
        "    dismissal = { floor = 10.0; months = 1; probability = 1.0; notice_months = 0; };\n"
        "    recruiting = { pool = 1.0; days = 0.0; internal = [\"sales\"];\n"
        "      internal_months = 60; }; }; };\n";
    struct world world;
    double moves = 0;
    double dismissals = 0;
    world_open(&world, TEXT, NULL, 0);
    for (uint64_t replication = 0; replication < 10; replication++) {
        firm_run(&world.firm, 2, replication);
        for (size_t month = 0; month < world.model.months; month++) {
            const struct flows *flows = &firm_ledger(&world.firm, month, 2)->flows;
            moves += flows->internal_moves;
            dismissals += flows->exits_involuntary;
        }
    }
    CU_ASSERT(moves > 50);
    CU_ASSERT_EQUAL(dismissals, 0);
    world_close(&world);
}

static void exits_of_peers_count_by_the_team_there_is(void) {
    /* the same history until the team grows */
    const char *const sets[] = {"roles.sales.headcount=20", "roles.sales.turnover.peers=1.0",
                                "roles.sales.headcount_path=([60,200])"};
    struct world small;
    struct world grows;
    double differences = 0;
    double exits = 0;
    world_open(&small, QUIET, sets, 2);
    world_open(&grows, QUIET, sets, 3);
    for (uint64_t replication = 0; replication < 10; replication++) {
        firm_run(&small.firm, 2, replication);
        firm_run(&grows.firm, 2, replication);
        for (size_t month = 0; month < 58; month++) {
            differences += memcmp(firm_ledger(&small.firm, month, 1),
                                  firm_ledger(&grows.firm, month, 1), sizeof(struct ledger)) != 0;
            exits += firm_ledger(&small.firm, month, 1)->flows.exits_voluntary;
        }
    }
    CU_ASSERT(exits > 100);
    CU_ASSERT_EQUAL(differences, 0);
    world_close(&small);
    world_close(&grows);
}

/* Everybody in account management has moved there after five years in sales. */
static void movers_have_got_used_to_the_firm(void) {
    static const char TEXT[] =
        "simulation = { years = 3; };\n"
        "plans = { fixed = { salary = 80000.0; }; };\n"
        "segments = { standard = { accounts = 100;\n"
        "  coverage = { hunters = [\"kam\"]; owners = [\"sales\"]; }; }; };\n"
        "roles = { sales = { plan = \"fixed\"; headcount = 100; market_pay = 80000.0;\n"
        "    turnover = { misfit = 2.0; misfit_months = 6.0; }; };\n"
        "  kam = { plan = \"fixed\"; headcount = 0; market_pay = 80000.0;\n"
        "    headcount_path = ( [2, 10] ); turnover = { misfit = 2.0; misfit_months = 6.0; };\n"
        "    recruiting = { pool = 1.0; days = 0.0; internal = [\"sales\"];\n"
        "      internal_months = 60; }; }; };\n";
    struct world world;
    size_t movers = 0;
    double spread = 0;
    world_open(&world, TEXT, NULL, 0);
    for (uint64_t replication = 0; replication < 10; replication++) {
        firm_run(&world.firm, 2, replication);
        for (size_t seat = 0; seat < world.model.seat_count; seat++) {
            const struct seat *place = &world.firm.seats[seat];
            const struct person *person = &place->person;
            if (place->filled && place->role == 1 && person->tenure > person->in_role) {
                double months = (double)person->tenure;
                CU_ASSERT_DOUBLE_EQUAL(person->misfit_keep, exp(-months / 6), 1e-12);
                spread += (person->misfit + 2) * (person->misfit + 2);
                movers++;
            }
        }
    }
    CU_ASSERT(movers > 50);
    CU_ASSERT(spread > (double)movers); /* four times as many without selection */
    world_close(&world);
}

/* Who retires is paid as a good leaver, who quits is not: one grant of 1000 to everybody. */
static void who_retires_leaves_well(void) {
    static const char *const RULES[2] = {"forfeit", "accelerate"};
    for (int rule = 0; rule < 2; rule++) {
        char plan[256];
        struct world world;
        double paid = 0;
        double retired = 0;
        double quit = 0;
        (void)snprintf(plan, sizeof plan,
                       "plans.fixed.components=({type=\"shares\"; settlement=\"cash\"; "
                       "target=1000.0; vesting_months=60; cliff_months=60; every_months=120; "
                       "good_leaver=\"%s\";})",
                       RULES[rule]);
        const char *const sets[] = {
            plan, "simulation.years=4", "roles.sales.headcount_path=([2,0])",
            "roles.sales.recruiting.days=0.0", "roles.sales.turnover.retirement_months=36.0"};
        world_open(&world, QUIET, sets, 5);
        firm_run(&world.firm, 3, 0);
        for (size_t month = 0; month < 48; month++) {
            const struct flows *flows = &firm_ledger(&world.firm, month, 1)->flows;
            paid += flows->shares_vested;
            retired += flows->retirements;
            quit += flows->exits_voluntary;
        }
        CU_ASSERT_EQUAL(retired + quit, 100);
        CU_ASSERT(retired > 20 && quit > 20);
        CU_ASSERT_DOUBLE_EQUAL(paid, rule == 0 ? 0 : 1000 * retired, 1e-6);
        world_close(&world);
    }
}

static const struct test TESTS[] = {
    {"movers are given the time of a novice", movers_are_given_the_time_of_a_novice},
    {"movers have got used to the firm", movers_have_got_used_to_the_firm},
    {"who retires leaves well", who_retires_leaves_well},
    {"exits of peers count by the team there is", exits_of_peers_count_by_the_team_there_is},
};

const struct suite suite_departures = {"departures", TESTS, sizeof TESTS / sizeof TESTS[0]};
