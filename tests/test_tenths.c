/* What the tenths of the people of a role are paid, against the payments one by one; what is signed
 * in which month of the quarter, against the books month by month. */
#include "model/outcome.h"
#include "pay_fixture.h"
#include "test.h"

#include <stdlib.h>

static int compare(const void *a, const void *b) {
    double first = *(const double *)a;
    double second = *(const double *)b;
    return (first > second) - (first < second);
}

/* The same number for every person ten times, so that a tenth of the numbers is a tenth of the
 * people. Nobody leaves, everybody is paid the salary of the plan. */
static size_t pays_of_year(const struct pay_world *pay, const struct role_law *law, size_t last,
                           double *pays) {
    size_t count = 0;
    for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
        double sum = law->plan->salary;
        for (size_t month = last - 11; month <= last; month++) {
            sum += pay->log[month * pay->world.model.seat_count + seat].total;
        }
        for (int copy = 0; copy < PAY_TENTHS; copy++) {
            pays[count++] = sum;
        }
    }
    qsort(pays, count, sizeof *pays, compare);
    return law->seats;
}

static double exits(const struct world *world, size_t r) {
    double sum = 0.0;
    for (size_t month = 0; month < world->model.months; month++) {
        const struct flows *flows = &firm_role_ledger(&world->firm, month, r)->flows;
        sum += flows->exits_voluntary + flows->exits_involuntary + flows->retirements;
    }
    return sum;
}

static void tenths_hold_a_tenth_of_the_people_each_lowest_paid_first(void) {
    static const char *const SETS[CALM_COUNT + 1] = {CALM, "roles.sales.headcount=23"};
    struct pay_world pay;
    const struct role_law *law =
        pay_world_plan(&pay, "sales_commission", SETS, sizeof SETS / sizeof SETS[0]);
    size_t r = (size_t)(law - pay.world.model.roles);
    double *pays = calloc(law->seats * PAY_TENTHS, sizeof *pays);
    CU_ASSERT_PTR_NOT_NULL_FATAL(pays);
    firm_run(&pay.world.firm, 3, 0);
    CU_ASSERT_EQUAL_FATAL(exits(&pay.world, r), 0.0);
    for (size_t month = 11; month < pay.world.model.months; month += 12) {
        const struct ledger *ledger = firm_role_ledger(&pay.world.firm, month, r);
        size_t people = pays_of_year(&pay, law, month, pays);
        CU_ASSERT_EQUAL(ledger->flows.pay_years, (double)people);
        for (size_t tenth = 0; tenth < PAY_TENTHS; tenth++) {
            char name[32];
            double mean = 0.0;
            for (size_t i = 0; i < people; i++) {
                mean += pays[tenth * people + i] / (double)people;
            }
            (void)snprintf(name, sizeof name, "pay_tenth_%zu", tenth + 1);
            double told = OUTCOMES[outcome_find(name)].value(ledger);
            CU_ASSERT_DOUBLE_EQUAL(told, mean, 1e-6 * mean);
        }
        CU_ASSERT(pays[0] < pays[people * PAY_TENTHS - 1]);
    }
    free(pays);
    pay_world_close(&pay);
}

static void tenths_hold_awards_and_everything_else_that_was_paid(void) {
    static const char *const SETS[CALM_COUNT + 1] = {CALM, "roles.kam.headcount=6"};
    struct pay_world pay;
    const struct role_law *law = pay_world_plan(&pay, "kam_lti", SETS, CALM_COUNT + 1);
    size_t r = (size_t)(law - pay.world.model.roles);
    double awards = 0.0;
    firm_run(&pay.world.firm, 4, 0); /* a history in which nobody leaves */
    CU_ASSERT_EQUAL_FATAL(exits(&pay.world, r), 0.0);
    double paid = 0.0;
    for (size_t month = 0; month < pay.world.model.months; month++) {
        const struct flows *flows = &firm_role_ledger(&pay.world.firm, month, r)->flows;
        double tenths = 0.0;
        paid += flows->salary + flows->commission + flows->bonus + flows->draws + flows->ltip_paid +
                flows->shares_vested;
        awards += flows->ltip_paid + flows->shares_vested;
        for (size_t tenth = 0; tenth < PAY_TENTHS; tenth++) {
            tenths += flows->pay_tenth[tenth];
        }
        CU_ASSERT_DOUBLE_EQUAL(tenths, month % 12 == 11 ? paid : 0.0, 1e-6 * paid);
        paid = month % 12 == 11 ? 0.0 : paid;
    }
    CU_ASSERT(awards > 0.0);
    pay_world_close(&pay);
}

static void only_whole_fiscal_years_in_the_role_count(void) {
    static const char *const STARTS[] = {"simulation.fiscal_year_start=1",
                                         "simulation.fiscal_year_start=4"};
    for (size_t s = 0; s < 2; s++) {
        struct world world;
        double changes = 0.0;
        world_load(&world, "scenarios/short_term_bonus.cfg", STARTS[s]);
        firm_run(&world.firm, 5, 0);
        for (size_t month = 0; month < 24; month++) {
            const struct flows *flows = &firm_role_ledger(&world.firm, month, 0)->flows;
            bool whole = month >= 11; /* the first fiscal year may have begun before the start */
            CU_ASSERT_EQUAL(flows->pay_years, whole ? flows->full_years : 0.0);
            changes += flows->hires;
        }
        CU_ASSERT(changes > 0.0);
        world_close(&world);
    }
}

static void shares_signed_are_those_of_the_months_of_the_quarters(void) {
    static const char *const NAMES[] = {"signed_first", "signed_second", "signed_last"};
    struct world world;
    double signed_in[3] = {0.0};
    struct ledger year = {.flows = {.months = 0.0}};
    world_load(&world, "scenarios/short_term_bonus.cfg", "simulation.fiscal_year_start=2");
    firm_run(&world.firm, 7, 0);
    for (size_t month = 0; month < 12; month++) {
        const struct ledger *ledger = firm_segment_ledger(&world.firm, month, 0);
        signed_in[(month + 11) % 3] += ledger->flows.new_revenue; /* the year begins in month 1 */
        ledger_append(&year, ledger);
    }
    double all = signed_in[0] + signed_in[1] + signed_in[2];
    CU_ASSERT_FATAL(all > 0.0);
    for (size_t k = 0; k < 3; k++) {
        CU_ASSERT_DOUBLE_EQUAL(OUTCOMES[outcome_find(NAMES[k])].value(&year), signed_in[k] / all,
                               1e-9);
    }
    world_close(&world);
}

/* In units of which sums are rounded: deals of the first and last months only. */
static void nothing_signed_in_a_month_of_the_quarters_is_exactly_none(void) {
    const double early = 0.1 * 250000.0;
    const double late = 1e6 / 3.0;
    struct ledger year = {.flows = {.months = 12.0}};
    for (size_t deal = 0; deal < 100; deal++) { /* in the order of time */
        year.flows.early_revenue += early / (double)(deal + 1);
        year.flows.new_revenue += early / (double)(deal + 1);
        year.flows.late_revenue += late / (double)(deal + 3);
        year.flows.new_revenue += late / (double)(deal + 3);
    }
    CU_ASSERT_EQUAL(OUTCOMES[outcome_find("signed_second")].value(&year), 0.0);
    CU_ASSERT_DOUBLE_EQUAL(OUTCOMES[outcome_find("peak")].value(&year),
                           1.5 * year.flows.late_revenue - 0.5 * year.flows.new_revenue, 1e-6);
}

static const struct test TESTS[] = {
    {"tenths hold a tenth of the people each, lowest paid first",
     tenths_hold_a_tenth_of_the_people_each_lowest_paid_first},
    {"tenths hold awards and everything else that was paid",
     tenths_hold_awards_and_everything_else_that_was_paid},
    {"only whole fiscal years in the role count", only_whole_fiscal_years_in_the_role_count},
    {"shares signed are those of the months of the quarters",
     shares_signed_are_those_of_the_months_of_the_quarters},
    {"nothing signed in a month of the quarters is exactly none",
     nothing_signed_in_a_month_of_the_quarters_is_exactly_none},
};

const struct suite suite_tenths = {"tenths", TESTS, sizeof TESTS / sizeof TESTS[0]};
