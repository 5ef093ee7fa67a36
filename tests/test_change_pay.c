/* What is owed under a plan when another one takes its place. */
#include "change_fixture.h"
#include "test.h"

#include <math.h>

/* Pays its target whatever happens: its objective is judged as expected. */
#define JUDGED(name, period, target)                                                               \
    "{ name = \"" name "\"; type = \"objectives\"; period = \"" period "\"; target = " target      \
    "; objectives = ( { name = \"o\"; weight = 1.0; } ); }"
/* The same that is never reached. */
#define MISSED                                                                                     \
    "{ name = \"missed\"; type = \"objectives\"; period = \"year\"; target = 1200.0; "             \
    "objectives = ( { name = \"o\"; weight = 1.0; level = ( [0.0, 0.0], [2.0, 0.0] ); } ); }"

static void nobody_left(const struct world *world) {
    for (int month = 1; month <= 48; month++) {
        const struct flows *flows = change_flows(world, month);
        CU_ASSERT_FATAL(flows->exits_voluntary + flows->exits_involuntary + flows->hires == 0.0);
    }
}

static void a_running_period_is_paid_by_months(void) {
    struct world world;
    change_open(&world, "components = ( " JUDGED("bonus", "quarter", "12000.0") " );",
                "components = ( " JUDGED("bonus", "quarter", "24000.0") " );", 5, NULL, 0);
    firm_run(&world.firm, 3, 0);
    nobody_left(&world);
    const double paid[] = {0, 0, 3000, 0, 1000, 4000, 0, 0, 6000, 0, 0, 6000};
    for (int month = 1; month <= 12; month++) {
        CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, month)->bonus, CHANGE_HEADS * paid[month - 1],
                               1e-6);
    }
    world_close(&world);
}

static void what_is_wound_up_is_pay_of_the_year(void) {
    struct world world;
    change_open(&world, "components = ( " JUDGED("bonus", "quarter", "12000.0") " );", "", 5, NULL,
                0);
    firm_run(&world.firm, 3, 0);
    nobody_left(&world);
    for (int year = 1; year <= 4; year++) {
        const struct flows *flows = change_flows(&world, 12 * year);
        double sum = 0.0;
        for (size_t tenth = 0; tenth < PAY_TENTHS; tenth++) {
            sum += flows->pay_tenth[tenth];
        }
        CU_ASSERT_DOUBLE_EQUAL(sum, flows->pay_years * (60000.0 + (year == 1 ? 4000.0 : 0.0)),
                               1e-6);
        CU_ASSERT(year == 1 || flows->pay_years == CHANGE_HEADS);
    }
    CU_ASSERT(change_flows(&world, 12)->pay_years > 0.0);
    world_close(&world);
}

static void a_component_with_the_same_terms_goes_on(void) {
    struct world world;
    change_open(&world,
                "components = ( " JUDGED("gone", "quarter", "1200.0") ", " JUDGED("kept", "quarter",
                                                                                  "12000.0") " );",
                "components = ( " JUDGED("kept", "quarter", "12000.0") ", " JUDGED("new", "quarter",
                                                                                   "24000.0") " );",
                6, NULL, 0);
    firm_run(&world.firm, 3, 0);
    nobody_left(&world);
    const double paid[] = {0, 0, 3300, 0, 0, 200 + 3000 + 2000, 0, 0, 9000, 0, 0, 9000};
    for (int month = 1; month <= 12; month++) {
        CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, month)->bonus, CHANGE_HEADS * paid[month - 1],
                               1e-6);
    }
    world_close(&world);
}

static void a_ranking_pays_its_prizes_by_months(void) {
    struct world world;
    change_open(&world,
                "components = ( { name = \"best\"; type = \"ranking\"; metric = \"new_revenue\"; "
                "period = \"quarter\"; prizes = ( [1, 3000.0] ); } );",
                "", 5, NULL, 0);
    firm_run(&world.firm, 3, 0);
    CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, 3)->bonus, 3000.0, 0.05);
    CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, 5)->bonus, 1000.0, 0.05);
    CU_ASSERT_EQUAL(change_flows(&world, 6)->bonus, 0.0);
    world_close(&world);
}

static void draws_are_taken_back_from_the_pay_of_the_next_plan(void) {
    struct world world;
    change_open(&world,
                "draw = { amount = 1000.0; rule = \"recoverable\"; }; components = ( " MISSED " );",
                "components = ( " JUDGED("pay", "month", "36000.0") " );", 8, NULL, 0);
    firm_run(&world.firm, 3, 0);
    nobody_left(&world);
    for (int month = 1; month <= 12; month++) {
        double draws = month < 8 ? 1000.0 : month < 10 ? -3000.0 : month == 10 ? -1000.0 : 0.0;
        CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, month)->draws, CHANGE_HEADS * draws, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, month)->bonus,
                               CHANGE_HEADS * (month < 8 ? 0.0 : 3000.0), 1e-6);
    }
    world_close(&world);
}

static void a_bonus_bank_goes_on_paying(void) {
    struct world world;
    change_open(&world,
                "components = ( { name = \"bank\"; type = \"objectives\"; period = \"year\"; "
                "target = 10000.0; bank = { pays = 0.5; lowest = 0.0; }; "
                "objectives = ( { name = \"o\"; weight = 1.0; } ); } );",
                "", 19, NULL, 0);
    firm_run(&world.firm, 3, 0);
    nobody_left(&world);
    for (int month = 1; month <= 48; month++) {
        /* declared 10,000 in month 12 and 5,000 for half a year; each pays half of the balance */
        double pays = month == 12   ? 5000.0
                      : month == 19 ? 5000.0
                      : month == 24 ? 2500.0
                      : month == 36 ? 1250.0
                      : month == 48 ? 625.0
                                    : 0.0;
        CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, month)->bonus, CHANGE_HEADS * pays, 1e-6);
    }
    world_close(&world);
}

#define COMMISSION                                                                                 \
    "name = \"commission\"; type = \"commission\"; metric = \"new_revenue\"; "                     \
    "rate = 0.1; period = \"month\"; "

static double sold(const struct world *world, int month) {
    return firm_ledger(&world->firm, (size_t)month - 1, 2)->flows.new_revenue;
}

static void pay_that_is_held_back_is_released_when_it_is_due(void) {
    const char *const sets[] = {"segments.standard.churn.annual=0.0"};
    struct world world;
    change_open(&world,
                "components = ( { " COMMISSION "hold_back = { share = 0.5; months = 6; }; } );", "",
                13, sets, 1);
    firm_run(&world.firm, 3, 0);
    nobody_left(&world);
    for (int month = 1; month <= 48; month++) {
        double now = month <= 12 ? 0.05 * sold(&world, month) : 0.0;
        double late = month > 6 && month <= 18 ? 0.05 * sold(&world, month - 6) : 0.0;
        CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, month)->commission, now + late, 0.2);
    }
    CU_ASSERT(change_stocks(&world, 13)->held_back > 1000.0);
    CU_ASSERT_EQUAL(change_stocks(&world, 18)->held_back, 0.0);
    world_close(&world);
}

/* Commission of month `last` and before that the customers lost this month take back. */
static double taken_back(const struct world *world, int month, int last, int window) {
    const struct accounts *accounts = &world->firm.accounts[0];
    double sum = 0.0;
    for (size_t i = 0; i < accounts->lost_count; i++) {
        const struct lost_account *lost = &accounts->lost[i];
        long age = (long)month - 1 - lost->won_month;
        bool counts = lost->winner != NO_OWNER && lost->won_month < last && age < window;
        sum += counts ? 0.1 * (double)lost->won : 0.0;
    }
    return sum;
}

static void customers_who_leave_take_back_what_the_old_plan_paid(void) {
    const char *const sets[] = {"segments.standard.leads.per_hunter=60.0"};
    struct world world;
    double taken = 0.0;
    change_open(&world,
                "components = ( { " COMMISSION "negative = \"recover\"; "
                "clawback = { months = 12; rule = \"full\"; }; } );",
                "", 13, sets, 1);
    firm_start(&world.firm, 3, 0);
    for (int month = 1; month <= 48; month++) {
        firm_step(&world.firm, (size_t)month - 1);
        double back = taken_back(&world, month, 12, 12);
        taken += month > 12 ? back : 0.0;
        if (month > 12) {
            CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, month)->commission, -back, 0.2);
        }
    }
    nobody_left(&world);
    CU_ASSERT(taken > 10000.0);
    world_close(&world);
}

/* Nothing can be earned back under a plan that has ended: it is owed like an advance. */
static void what_an_old_plan_is_owed_is_taken_from_the_pay_of_today(void) {
    const char *const sets[] = {"segments.standard.leads.per_hunter=200.0",
                                "segments.standard.prospects=2000000",
                                "segments.standard.churn.annual=0.3"};
    struct world world;
    double owed = 0.0;
    double drawn = 0.0;
    change_open(&world,
                "components = ( { " COMMISSION "negative = \"carry\"; "
                "clawback = { months = 12; rule = \"full\"; }; } );",
                "components = ( " JUDGED("pay", "month", "1200000.0") " );", 13, sets, 3);
    firm_start(&world.firm, 3, 0);
    for (int month = 1; month <= 30; month++) {
        firm_step(&world.firm, (size_t)month - 1);
        for (size_t seat = 0; month == 12 && seat < CHANGE_HEADS; seat++) { /* from before */
            const struct component_account *account = &world.firm.accounts_of_pay[seat];
            owed += fmax(0.0, account->paid - account->entitled);
        }
        if (month > 12) {
            owed += taken_back(&world, month, 12, 12);
            drawn -= change_flows(&world, month)->draws;
            CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, month)->commission, 0.0, 1e-9);
            CU_ASSERT_DOUBLE_EQUAL(drawn, owed, 0.5);
        }
    }
    CU_ASSERT(owed > 10000.0);
    world_close(&world);
}

#define DEFERRED                                                                                   \
    "components = ( { name = \"deferred\"; type = \"shares\"; settlement = \"cash\"; "             \
    "target = 3600.0; every_months = 12; vesting_months = 36; cliff_months = 12; "                 \
    "step_months = 12; } );"

static void awards_run_to_their_end_and_no_new_ones_are_granted(void) {
    struct world world;
    change_open(&world, DEFERRED, "", 14, NULL, 0);
    firm_run(&world.firm, 3, 0);
    nobody_left(&world);
    double expense = 0.0;
    for (int month = 1; month <= 48; month++) {
        const struct flows *flows = change_flows(&world, month);
        double granted = month == 1 || month == 13 ? 3600.0 : 0.0;
        double vests = month == 12   ? 1200.0 /* a third a year of the first, then of both */
                       : month == 24 ? 2400.0
                       : month == 36 ? 2400.0
                       : month == 48 ? 1200.0
                                     : 0.0;
        CU_ASSERT_DOUBLE_EQUAL(flows->lti_granted, CHANGE_HEADS * granted, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(flows->shares_vested, CHANGE_HEADS * vests, 1e-6);
        expense += flows->lti_expense;
    }
    CU_ASSERT_DOUBLE_EQUAL(expense, CHANGE_HEADS * 7200.0, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(change_stocks(&world, 36)->ltip_outstanding, CHANGE_HEADS * 1200.0,
                           1e-6);
    CU_ASSERT_EQUAL(change_stocks(&world, 48)->ltip_outstanding, 0.0);
    world_close(&world);
}

/* Deferred cash is vested, forfeited or still outstanding, whatever plan comes. */
static void leavers_forfeit_the_awards_of_the_old_plan(void) {
    const char *const sets[] = {"roles.sales.turnover.annual=0.4", "roles.sales.headcount=60"};
    struct world world;
    change_open(&world, DEFERRED, "", 14, sets, 2);
    double forfeited_late = 0.0;
    for (uint64_t replication = 0; replication < 3; replication++) {
        double granted = 0.0;
        double gone = 0.0;
        double expense = 0.0;
        double paid = 0.0;
        firm_run(&world.firm, 5, replication);
        for (int month = 1; month <= 48; month++) {
            const struct flows *flows = change_flows(&world, month);
            granted += flows->lti_granted;
            gone += flows->shares_vested + flows->lti_forfeited;
            expense += flows->lti_expense;
            paid += flows->shares_vested;
            forfeited_late += month > 14 ? flows->lti_forfeited : 0.0;
        }
        CU_ASSERT_DOUBLE_EQUAL(granted, gone, 1e-3);
        CU_ASSERT_DOUBLE_EQUAL(expense, paid, 1e-3);
    }
    CU_ASSERT(forfeited_late > 10000.0);
    world_close(&world);
}

static void a_performance_cycle_is_paid_by_its_own_terms(void) {
    struct world world;
    change_open(&world,
                "components = ( { name = \"cycle\"; type = \"ltip\"; metric = \"objectives\"; "
                "target = 9000.0; cycle_months = 36; every_months = 12; payout = ( [0.5, 0.5], "
                "[1.0, 1.0] ); } );",
                "components = ( { name = \"cycle\"; type = \"ltip\"; metric = \"objectives\"; "
                "target = 5000.0; cycle_months = 24; every_months = 12; payout = ( [0.5, 0.5], "
                "[1.0, 1.0] ); } );",
                25, NULL, 0);
    firm_run(&world.firm, 3, 0);
    nobody_left(&world);
    for (int month = 1; month <= 48; month++) {
        double pays = month == 36 ? 9000.0 : month == 48 ? 9000.0 + 5000.0 : 0.0;
        CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, month)->ltip_paid, CHANGE_HEADS * pays, 1e-6);
    }
    world_close(&world);
}

/* With an award that vests next month nobody goes for a small gain, with none everybody does. */
static void leaving_still_forfeits_the_awards_of_the_old_plan(void) {
    const char *const sets[] = {"roles.sales.turnover.annual=0.4", "roles.sales.headcount=60"};
    struct world with;
    struct world without;
    struct forfeits forfeits;
    change_open(&with, DEFERRED, "", 14, sets, 2);
    change_open(&without, "", "", 14, sets, 2);
    for (int w = 0; w < 2; w++) {
        struct firm *firm = w == 0 ? &with.firm : &without.firm;
        double sum = 0.0;
        firm_start(firm, 5, 0);
        for (size_t month = 0; month < 20; month++) {
            firm_step(firm, month);
        }
        for (size_t seat = 0; seat < 60; seat++) {
            forfeits = (struct forfeits){.last = 0};
            if (firm->seats[seat].filled) {
                pay_forfeits(firm, seat, 19, &forfeits);
            }
            for (size_t d = 1; d <= forfeits.last; d++) {
                sum += forfeits.value[d];
                CU_ASSERT(forfeits.value[d] == 0.0 || d == 4 || d == 16 || d == 28);
            }
        }
        CU_ASSERT(w == 0 ? sum > 50000.0 : sum == 0.0);
    }
    world_close(&with);
    world_close(&without);
}

#define CYCLES                                                                                     \
    "components = ( { name = \"cycle\"; type = \"ltip\"; metric = \"new_revenue\"; "               \
    "target = 9000.0; cycle_months = 36; every_months = 12; "                                      \
    "payout = ( [0.2, 0.0], [1.0, 1.0], [1.5, 2.0] ); } );"

static const char *const DYNAMIC[] = {"simulation.effort=dynamic"};

/* Standings of the first person in a month (from 0), by the months that are left. */
static size_t cycles_of_first(const struct firm *firm, long month, int left[4],
                              struct standing standings[STANDINGS_MOST]) {
    size_t count = effort_standings(firm, 0, month, standings);
    CU_ASSERT_FATAL(count <= 4);
    for (size_t i = 0; i < count; i++) {
        left[i] = standings[i].left;
    }
    return count;
}

static void a_cycle_counts_from_the_month_of_its_grant(void) {
    struct standing standings[STANDINGS_MOST];
    struct world world;
    int left[4];
    change_open(&world, CYCLES, "", 40, DYNAMIC, 1);
    firm_start(&world.firm, 3, 0);
    for (long month = 0; month < 30; month++) {
        CU_ASSERT_EQUAL(cycles_of_first(&world.firm, month, left, standings),
                        (size_t)month / 12 + 1);
        for (long cycle = 0; cycle <= month / 12; cycle++) { /* one begins in months 0, 12, 24 */
            CU_ASSERT_EQUAL(left[cycle], 36 - (int)(month - 12 * cycle));
        }
        firm_step(&world.firm, (size_t)month);
    }
    world_close(&world);
}

/* What is added now is worth less when no cycle follows than when some do. */
static void cycles_of_an_old_plan_look_no_further(void) {
    struct standing standings[STANDINGS_MOST];
    struct world world;
    change_open(&world, CYCLES, "", 20, DYNAMIC, 1);
    firm_start(&world.firm, 3, 0);
    for (size_t month = 0; month < 22; month++) {
        firm_step(&world.firm, month);
    }
    CU_ASSERT_EQUAL(effort_standings(&world.firm, 0, 22, standings), 0);
    const struct firm old = firm_under(&world.firm, 0);
    size_t count = effort_cycles(&old, 0, 22, standings);
    CU_ASSERT_EQUAL_FATAL(count, 2);
    const struct incentive *incentive = &old.model->roles[old.seats[0].role].incentive;
    double ended[ACTIVITY_COUNT] = {0.0};
    double running[ACTIVITY_COUNT] = {0.0};
    double later[ACTIVITY_COUNT] = {0.0};
    double run_off[ACTIVITY_COUNT] = {0.0};
    incentive_value(incentive, standings, count, 1.0, ended);
    run_off_effort(&world.firm, 0, 22, 1.0, run_off);
    for (size_t i = 0; i < count; i++) {
        CU_ASSERT_TRUE(standings[i].last);
        standings[i].last = false;
    }
    incentive_value(incentive, standings, count, 1.0, running);
    incentive_later(incentive, &standings[1], 1.0, later); /* the youngest */
    CU_ASSERT(later[ACQUIRE] > 0.01 * running[ACQUIRE]);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        CU_ASSERT_DOUBLE_EQUAL(ended[k], running[k] - later[k], 1e-9 * fabs(running[k]));
        CU_ASSERT_EQUAL(run_off[k], ended[k]);
    }
    world_close(&world);
}

static const struct test TESTS[] = {
    {"what is wound up is pay of the year", what_is_wound_up_is_pay_of_the_year},
    {"a cycle counts for effort from the month of its grant",
     a_cycle_counts_from_the_month_of_its_grant},
    {"cycles of an old plan look no further than their end", cycles_of_an_old_plan_look_no_further},
    {"a running period is paid by months when another plan begins",
     a_running_period_is_paid_by_months},
    {"a component with the same terms goes on in the next plan",
     a_component_with_the_same_terms_goes_on},
    {"a ranking pays its prizes by months when it ends", a_ranking_pays_its_prizes_by_months},
    {"draws are taken back from the pay of the next plan",
     draws_are_taken_back_from_the_pay_of_the_next_plan},
    {"a bonus bank goes on paying after its plan has ended", a_bonus_bank_goes_on_paying},
    {"pay that is held back is released when it is due",
     pay_that_is_held_back_is_released_when_it_is_due},
    {"customers who leave take back what the old plan paid for them",
     customers_who_leave_take_back_what_the_old_plan_paid},
    {"what an old plan is owed is taken from the pay of today",
     what_an_old_plan_is_owed_is_taken_from_the_pay_of_today},
    {"awards run to their end and no new ones are granted",
     awards_run_to_their_end_and_no_new_ones_are_granted},
    {"leavers forfeit the awards of the old plan", leavers_forfeit_the_awards_of_the_old_plan},
    {"a performance cycle is paid by its own terms", a_performance_cycle_is_paid_by_its_own_terms},
    {"leaving still forfeits the awards of the old plan",
     leaving_still_forfeits_the_awards_of_the_old_plan},
};

const struct suite suite_change_pay = {"pay at a dated change", TESTS,
                                       sizeof TESTS / sizeof *TESTS};
