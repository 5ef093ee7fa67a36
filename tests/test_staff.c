#include "firm_fixture.h"
#include "test.h"

#include <math.h>

static void a_falling_headcount_is_met_by_people_leaving(void) {
    const char *const sets[] = {"roles.sales.turnover.annual=0.3", "roles.sales.headcount=40",
                                "roles.sales.headcount_path=([13,20])"};
    struct world world;
    struct sample end = {0};
    world_open(&world, QUIET, sets, 3);
    for (uint64_t replication = 0; replication < 40; replication++) {
        firm_run(&world.firm, 21, replication);
        for (size_t month = 13; month < world.model.months; month++) {
            const struct ledger *was = firm_ledger(&world.firm, month - 1, 1);
            const struct flows *flows = &firm_ledger(&world.firm, month, 1)->flows;
            double left = was->stocks.headcount - flows->exits_voluntary - flows->retirements;
            CU_ASSERT_EQUAL(firm_ledger(&world.firm, month, 1)->stocks.headcount,
                            left + flows->hires); /* nobody is sent away */
            if (left >= 20) { /* whoever leaves is not replaced, wherever he sits */
                CU_ASSERT_EQUAL(flows->hires, 0);
                CU_ASSERT_EQUAL(flows->vacancy_months, 0);
            }
            CU_ASSERT(left + flows->hires <= fmax(left, 20));
            if (was->stocks.headcount < 20) { /* below it every position is sought for */
                CU_ASSERT_EQUAL(flows->person_months + flows->vacancy_months, 20);
            }
        }
        sample_add(&end, firm_ledger(&world.firm, 71, 1)->stocks.headcount);
    }
    CU_ASSERT(sample_mean(&end) > 17 && sample_mean(&end) <= 20.5);
    world_close(&world);
}

static void a_rising_headcount_is_filled(void) {
    const char *const sets[] = {"roles.sales.turnover.annual=0.001", "roles.sales.headcount=5",
                                "roles.sales.headcount_path=([7,12])",
                                "roles.sales.recruiting.days=0"};
    struct world world;
    world_open(&world, QUIET, sets, 4);
    firm_run(&world.firm, 21, 1);
    CU_ASSERT_EQUAL(firm_ledger(&world.firm, 5, 1)->flows.person_months, 5);
    CU_ASSERT_EQUAL(firm_ledger(&world.firm, 6, 1)->flows.person_months, 12);
    world_close(&world);
}

#define SALES                                                                                      \
    "sales = { plan = \"fixed\"; headcount = 60; market_pay = 80000.0;\n"                          \
    "  recruiting = { days = 60.0; }; };\n"
#define KAM                                                                                        \
    "kam = { plan = \"fixed\"; headcount = 30; market_pay = 80000.0;\n"                            \
    "  recruiting = { pool = 1.0; internal = [\"sales\"]; internal_months = 12; }; };\n"
#define TWO_ROLES                                                                                  \
    "simulation = { years = 5; };\n"                                                               \
    "plans = { fixed = { salary = 80000.0; }; };\n"                                                \
    "segments = { standard = { accounts = 0; leads = { per_hunter = 0.0; };\n"                     \
    "  coverage = { owners = [\"sales\"]; }; }; };\n"

static void a_seat_left_by_a_mover_is_empty_as_long_wherever_it_stands(void) {
    struct world one;
    struct world other;
    double moves = 0;
    double differences = 0;
    world_open(&one, TWO_ROLES "roles = { " SALES KAM " };\n", NULL, 0);
    world_open(&other, TWO_ROLES "roles = { " KAM SALES " };\n", NULL, 0);
    for (uint64_t replication = 0; replication < 10; replication++) {
        firm_run(&one.firm, 5, replication);
        firm_run(&other.firm, 5, replication);
        for (size_t month = 0; month < one.model.months; month++) {
            moves += firm_ledger(&one.firm, month, 0)->flows.internal_moves;
            for (size_t role = 0; role < 2; role++) {
                differences +=
                    memcmp(firm_ledger(&one.firm, month, 1 + role),
                           firm_ledger(&other.firm, month, 2 - role), sizeof(struct ledger)) != 0;
            }
        }
    }
    CU_ASSERT(moves > 100);
    CU_ASSERT_EQUAL(differences, 0);
    world_close(&one);
    world_close(&other);
}

static const struct test TESTS[] = {
    {"a falling headcount is met by people leaving", a_falling_headcount_is_met_by_people_leaving},
    {"a rising headcount is filled", a_rising_headcount_is_filled},
    {"a seat left by a mover is empty as long wherever it stands",
     a_seat_left_by_a_mover_is_empty_as_long_wherever_it_stands},
};

const struct suite suite_staff = {"staff", TESTS, sizeof TESTS / sizeof TESTS[0]};
