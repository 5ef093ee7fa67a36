#include "pay_fixture.h"
#include "test.h"

#include <math.h>

/* What a role was paid a year and head in the months from .. to - 1. */
static double paid_in(const struct pay_world *pay, const struct role_law *law, size_t from,
                      size_t to) {
    double paid = 0;
    double person_months = 0;
    for (size_t month = from; month < to; month++) {
        size_t r = (size_t)(law - pay->world.model.roles);
        const struct flows *flows = &firm_ledger(&pay->world.firm, month, 1 + r)->flows;
        paid += flows->commission + flows->bonus;
        person_months += flows->person_months;
    }
    return paid * 12 / person_months;
}

/* The fiscal year begins in July: the first six months end a year that has begun without us. */
static void the_first_fiscal_year_pays_what_later_ones_pay(void) {
    static const struct {
        const char *plan;
        const char *set;
    } CASES[] = {
        {"sales_bonus_bank", "simulation.fiscal_year_start=1"},
        {"sales_bonus_bank", "simulation.fiscal_year_start=7"},
        {"sales_hold_back", "simulation.fiscal_year_start=1"},
        {"sales_hold_back", "simulation.fiscal_year_start=6"},
        {"sales_seasonal", "simulation.fiscal_year_start=7"},
        {"sales_team", "simulation.fiscal_year_start=9"},
        {"sales_large_deals", "simulation.fiscal_year_start=7"},
        {"profit_sharing", "simulation.fiscal_year_start=7"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const char *const sets[] = {CALM, CASES[i].set};
        struct pay_world pay;
        struct sample first = {0};
        struct sample later = {0};
        const struct role_law *law = pay_world_plan(&pay, CASES[i].plan, sets, CALM_COUNT + 1);
        for (unsigned replication = 0; replication < 24; replication++) {
            firm_run(&pay.world.firm, 81, replication);
            sample_add(&first, paid_in(&pay, law, 0, 12));
            sample_add(&later, paid_in(&pay, law, 12, 48));
        }
        double error =
            sqrt(sample_variance(&first) / first.count + sample_variance(&later) / later.count);
        double off = sample_mean(&first) - sample_mean(&later);
        /* expected pay, by which the start is filled, is off by a normal law's part of it */
        bool near = fabs(off) < 5 * error + 0.04 * sample_mean(&later);
        if (!near) {
            (void)fprintf(stderr, "%s, %s: first %.0f, later %.0f (%.0f)\n", CASES[i].plan,
                          CASES[i].set, sample_mean(&first), sample_mean(&later), error);
        }
        CU_ASSERT(near);
        CU_ASSERT(error < 0.03 * sample_mean(&later));
        pay_world_close(&pay);
    }
}

/* As much is held back in the first month as in any other. */
static void held_back_pay_is_there_from_the_start(void) {
    const char *const sets[] = {CALM};
    struct pay_world pay;
    struct sample first = {0};
    struct sample last = {0};
    const struct role_law *law = pay_world_plan(&pay, "sales_hold_back", sets, CALM_COUNT);
    for (unsigned replication = 0; replication < 24; replication++) {
        firm_run(&pay.world.firm, 83, replication);
        size_t r = (size_t)(law - pay.world.model.roles);
        sample_add(&first, firm_ledger(&pay.world.firm, 0, 1 + r)->stocks.held_back);
        sample_add(&last, firm_ledger(&pay.world.firm, 36, 1 + r)->stocks.held_back);
    }
    CU_ASSERT_DOUBLE_EQUAL(sample_mean(&first), sample_mean(&last),
                           5 * sqrt(sample_variance(&last) / last.count) +
                               0.07 * sample_mean(&last));
    CU_ASSERT(sample_mean(&first) > 100000);
    pay_world_close(&pay);
}

/* Whatever the firm's memory held before. */
static void a_history_does_not_depend_on_the_one_before(void) {
    static const char *const PLANS[] = {"sales_team", "profit_sharing", "sales_hold_back",
                                        "sales_bonus_bank", "kam_rsu"};
    const char *const sets[] = {PAY_SMALL, "simulation.fiscal_year_start=6"};
    for (size_t p = 0; p < sizeof PLANS / sizeof PLANS[0]; p++) {
        struct pay_world pay;
        (void)pay_world_plan(&pay, PLANS[p], sets, PAY_SMALL_COUNT + 1);
        const struct model *model = &pay.world.model;
        size_t size = model->months * (1 + model->role_count + model->segment_count) *
                      sizeof *pay.world.firm.ledgers;
        struct ledger *kept = malloc(size);
        CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
        firm_run(&pay.world.firm, 9, 1);
        memcpy(kept, pay.world.firm.ledgers, size);
        firm_run(&pay.world.firm, 9, 2);
        firm_run(&pay.world.firm, 9, 1);
        CU_ASSERT_EQUAL(memcmp(kept, pay.world.firm.ledgers, size), 0);
        free(kept);
        pay_world_close(&pay);
    }
}

/* A share by salary of a firm with other salaries: own salary over all. */
static void a_part_of_the_common_result_is_expected_at_the_start(void) {
    const char *const sets[] = {PAY_SMALL, "simulation.fiscal_year_start=6"};
    struct pay_world pay;
    const struct role_law *law = pay_world_plan(&pay, "profit_sharing", sets, PAY_SMALL_COUNT + 1);
    firm_start(&pay.world.firm, 9, 1);
    double salaries = 9 * 49800. + 3 * 70000 + 5 * 76500; /* sales, development, kam_mixed */
    for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
        struct statement statement = seat_statement(&pay.world.firm, seat);
        CU_ASSERT_DOUBLE_EQUAL(statement.accounts[0].share,
                               (double)statement.accounts[0].months * 70000 / salaries, 1e-9);
        CU_ASSERT(statement.accounts[0].months <= 7);
    }
    pay_world_close(&pay);
}

/* Customers of the start that are younger than their owner's time in the role were won by them. */
static void young_customers_have_been_won_by_their_owners(void) {
    const char *const sets[] = {PAY_SMALL, "roles.sales.turnover.annual=0.2"};
    struct pay_world pay;
    size_t won = 0;
    size_t old = 0;
    pay_world_open(&pay, "scenarios/hybrid.cfg", sets, PAY_SMALL_COUNT + 1);
    const struct firm *firm = &pay.world.firm;
    firm_start(&pay.world.firm, 9, 1);
    for (size_t s = 0; s < 2; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        for (size_t a = 0; a < accounts->used; a++) {
            const struct seat *place = &firm->seats[accounts->owner[a]];
            old += accounts->winner[a] == NO_OWNER;
            if (accounts->winner[a] != NO_OWNER) {
                CU_ASSERT_EQUAL(accounts->winner[a], accounts->owner[a]);
                CU_ASSERT_EQUAL(accounts->winner_number[a], place->occupants);
                CU_ASSERT(accounts->won_month[a] < 0);
                CU_ASSERT(place->person.in_role + accounts->won_month[a] >= 0);
                CU_ASSERT(accounts->won[a] > 0);
                won++;
            }
        }
    }
    CU_ASSERT(won > 20 && old > 20);
    pay_world_close(&pay);
}

static const struct test TESTS[] = {
    {"the first fiscal year pays what later ones pay",
     the_first_fiscal_year_pays_what_later_ones_pay},
    {"held-back pay is there from the start", held_back_pay_is_there_from_the_start},
    {"a history does not depend on the one before", a_history_does_not_depend_on_the_one_before},
    {"a part of the common result is expected at the start",
     a_part_of_the_common_result_is_expected_at_the_start},
    {"young customers have been won by their owners",
     young_customers_have_been_won_by_their_owners},
};

const struct suite suite_pay_start = {"pay start", TESTS, sizeof TESTS / sizeof TESTS[0]};
