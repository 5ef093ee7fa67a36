#include "base/mathematics.h"
#include "base/random.h"
#include "base/statistics.h"
#include "firm_fixture.h"
#include "model/career.h"
#include "test.h"

#include <math.h>

static void check_mean(const struct moments *moments, double wanted) {
    CU_ASSERT(fabs(moments->mean - wanted) < 5 * moments_standard_error(moments));
}

#define FIRM                                                                                       \
    "simulation = { years = 8; effort = \"none\"; start = \"new\"; };\n"                           \
    "economy = { demand = { sd = 0.0; }; market_pay_growth = 0.0; };\n"                            \
    "firm = { pay_growth = 0.0; };\n"                                                              \
    "plans = { fixed = { salary = 80000.0; }; more = { salary = 100000.0; }; };\n"                 \
    "segments = { standard = { accounts = 0; prospects = 200000;\n"                                \
    "  coverage = { hunters = [\"sales\"]; owners = [\"kam\"]; };\n"                               \
    "  leads = { per_hunter = 5.0; }; churn = { annual = 0.9; }; }; };\n"
#define PEOPLE                                                                                     \
    "  turnover = { attainment = 0.0; misfit = 0.0; peers = 0.0; match_spread = 0.0;\n"            \
    "    talent_slope = 0.0; gain_sigma = 0.0; gain_median = 10.0; };\n"                           \
    "  dismissal = { probability = 0.0; };\n"
#define TWO                                                                                        \
    FIRM "roles = {\n"                                                                             \
         "sales = { plan = \"fixed\"; headcount = 60; market_pay = 80000.0;\n" PEOPLE "};\n"       \
         "kam = { plan = \"fixed\"; headcount = 20; market_pay = 80000.0;\n" PEOPLE                \
         "  time = { acquire = 0.0; develop = 0.5; care = 0.5; };\n"                               \
         "  recruiting = { internal = [\"sales\"]; internal_months = 12; }; }; };\n"

static void who_comes_and_goes_is_the_change_of_headcount(void) {
    const char *const policies[] = {"compete", "talent", "attainment"};
    for (int i = 0; i < 3; i++) {
        char by[64];
        (void)snprintf(by, sizeof by, "roles.kam.recruiting.internal_by=\"%s\"", policies[i]);
        const char *const sets[] = {by,
                                    "roles.kam.recruiting.industry=0.4",
                                    "roles.sales.recruiting.seeks=\"experienced\"",
                                    "roles.sales.recruiting.experience.share=0.4",
                                    "roles.sales.recruiting.continuous.days=30.0",
                                    "roles.sales.headcount_path=([20,40],[50,70])"};
        struct world world;
        double moves = 0;
        double failed = 0;
        world_open(&world, TWO, sets, 6);
        for (uint64_t replication = 0; replication < 20; replication++) {
            firm_run(&world.firm, 23, replication);
            for (size_t month = 1; month < world.model.months; month++) {
                const struct ledger *was = firm_ledger(&world.firm, month - 1, 0);
                const struct ledger *is = firm_ledger(&world.firm, month, 0);
                const struct flows *f = &is->flows;
                double left = f->exits_voluntary + f->exits_involuntary + f->retirements;
                CU_ASSERT_EQUAL(f->hires - f->internal_moves - left,
                                is->stocks.headcount - was->stocks.headcount);
                const struct ledger *kam = firm_ledger(&world.firm, month, 2);
                left = kam->flows.exits_voluntary + kam->flows.retirements;
                CU_ASSERT_EQUAL(kam->flows.hires - left,
                                kam->stocks.headcount -
                                    firm_ledger(&world.firm, month - 1, 2)->stocks.headcount);
                moves += f->internal_moves;
                failed += f->searches_failed;
            }
        }
        CU_ASSERT(moves > 50 && failed > 50);
        world_close(&world);
    }
}

/* log skill = s (.6 z + .8 e): skills of a person correlate by .36. */
static void skills_correlate_by_the_share_of_talent(void) {
    struct moments acquire = {0};
    struct moments product = {0};
    for (uint64_t who = 0; who < 100000; who++) {
        double skill[ACTIVITY_COUNT];
        double talent = normal_quantile(random_uniform(77, who));
        draw_skills(4, 1, who, talent, .25, 0, skill);
        moments_add(&acquire, pow(log(skill[ACQUIRE]) / .25, 2));
        moments_add(&product, log(skill[ACQUIRE]) * log(skill[CARE]) / .0625);
    }
    check_mean(&acquire, 1);
    check_mean(&product, .36);
}

/* Mean skills of key account managers in the last year. */
static void promoted(struct world *world, uint64_t history, double skill[3], struct flows *all) {
    firm_run(&world->firm, 29, history);
    struct flows sum = {0};
    for (size_t month = 0; month < world->model.months; month++) {
        const struct flows *f = &firm_ledger(&world->firm, month, 2)->flows;
        all->hires += f->hires;
        all->internal_moves += f->internal_moves;
        for (int k = 0; month >= 84 && k < 3; k++) {
            sum.skill[k] += f->skill[k];
        }
        sum.person_months += month >= 84 ? f->person_months : 0;
    }
    for (int k = 0; k < 3; k++) {
        skill[k] = sum.skill[k] / sum.person_months;
    }
}

/* The best seller is chosen for one skill: others come along by .36 of it only. */
static void the_best_seller_is_no_better_key_account_manager(void) {
    const char *const sets[] = {"roles.kam.recruiting.internal_by=\"talent\"",
                                "roles.kam.turnover.annual=0.3",
                                "roles.sales.skill.spread=0.4",
                                "roles.kam.skill.spread=0.4",
                                "segments.standard.leads.per_hunter=300.0",
                                "roles.kam.recruiting.internal_by=\"attainment\""};
    struct world by_talent;
    struct world by_attainment;
    struct moments care = {0};
    struct moments seller = {0};
    struct flows all = {0};
    world_open(&by_talent, TWO, sets, 5);
    world_open(&by_attainment, TWO, sets + 1, 5);
    for (uint64_t history = 0; history < 40; history++) {
        double talent[3];
        double attainment[3];
        promoted(&by_talent, history, talent, &all);
        promoted(&by_attainment, history, attainment, &all);
        moments_add(&care, talent[CARE] - attainment[CARE]);
        moments_add(&seller, log(attainment[ACQUIRE]) - log(attainment[CARE]));
    }
    CU_ASSERT(all.internal_moves > .95 * all.hires);
    CU_ASSERT(care.mean > 5 * moments_standard_error(&care));
    CU_ASSERT(seller.mean > 5 * moments_standard_error(&seller));
    world_close(&by_talent);
    world_close(&by_attainment);
}

/* Moves over the months of those who qualify, in a firm without a trend. */
static void moves_are_as_frequent_as_the_prospect_says(void) {
    const char *const sets[] = {"roles.kam.recruiting.internal_by=\"talent\"",
                                "roles.kam.recruiting.internal_days=0.0",
                                "roles.kam.recruiting.internal_months=24",
                                "roles.sales.turnover.pay_elasticity=0.0",
                                "roles.kam.turnover.annual=0.3",
                                "roles.sales.headcount=800",
                                "roles.kam.headcount=80",
                                "segments.standard.leads.per_hunter=0.0"};
    struct world world;
    struct sample chance = {0};
    world_open(&world, TWO, sets, 8);
    for (uint64_t replication = 0; replication < 40; replication++) {
        double moves = 0;
        double qualified = 0;
        firm_start(&world.firm, 31, replication);
        for (size_t month = 0; month < world.model.months; month++) {
            firm_step(&world.firm, month);
            for (size_t seat = 0; month >= 48 && seat < 800; seat++) {
                const struct seat *place = &world.firm.seats[seat];
                qualified += place->filled && place->person.tenure >= 24;
            }
            moves += month >= 48 ? firm_ledger(&world.firm, month, 2)->flows.internal_moves : 0;
        }
        sample_add(&chance, moves / (qualified + moves));
    }
    double said = world.model.roles[0].move.chance;
    CU_ASSERT_EQUAL(said, 0); /* no raise, no prospect */
    said = world.model.roles[1].flow.chance;
    CU_ASSERT(said > 0);
    CU_ASSERT(fabs(sample_z(&chance, said)) < 5);
    world_close(&world);
}

static void a_prospect_is_its_raise_in_the_month_it_may_come(void) {
    const struct career_move move = {24, .03, .25, .9};
    double month = pow(1.15, -1.0 / 12);
    double sum = 0;
    for (int n = 1; n < 3000; n++) {
        sum += .03 * pow(.97, n - 1) * pow(month, 14 + n) * .87 * .25;
    }
    CU_ASSERT_DOUBLE_EQUAL(career_prospect(&move, 10, 1, .87, .15), sum, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(career_wait(&move, 10, 1), 14 + 1 / .03, 1e-12);
    CU_ASSERT_EQUAL(career_prospect(&move, 10, .89, .87, .15), 0);
    CU_ASSERT(career_wait(&move, 10, .89) < 0);
    CU_ASSERT(career_wait(&(struct career_move){0, 0, 0, 0}, 10, 1) < 0);
}

/* Expected pay rises by the prospect, and wishes to leave fall by the elasticity; their gain is so
 * large that nobody waits. */
static void the_prospect_of_a_better_role_keeps_people(void) {
    const char *const sets[] = {"roles.kam.recruiting.internal_by=\"talent\"",
                                "roles.kam.recruiting.internal_months=0", "roles.kam.plan=\"more\"",
                                "roles.kam.market_pay=100000.0", "roles.kam.turnover.annual=0.5"};
    struct world world;
    struct sample excess = {0.0, 0.0, 0.0};
    world_open(&world, TWO, sets, 5);
    const struct career_move *move = &world.model.roles[0].move;
    CU_ASSERT_DOUBLE_EQUAL(move->raise, .25, 1e-12);
    CU_ASSERT(move->chance > .005);
    double month = pow(1.15, -1.0 / 12);
    double prospect = .87 * .25 * move->chance * month / (1 - (1 - move->chance) * month);
    double usual = 1 - pow(1 - .27, 1.0 / 12);
    double hazard = 1 - exp(log(1 - usual) * exp(-2.5 * log(1 + prospect)));
    CU_ASSERT(hazard < .95 * usual);
    for (uint64_t replication = 0; replication < 60; replication++) {
        double exits = 0;
        firm_run(&world.firm, 37, replication);
        for (size_t m = 0; m < world.model.months; m++) {
            const struct flows *f = &firm_ledger(&world.firm, m, 1)->flows;
            exits += f->exits_voluntary - hazard * f->person_months;
        }
        sample_add(&excess, exits);
    }
    CU_ASSERT(fabs(sample_z(&excess, 0)) < 5);
    world_close(&world);
}

/* With a gain of leaving that is small the raise to come is worth the wait. */
static void a_raise_to_come_is_forfeited_by_leaving(void) {
    const char *const sets[] = {"roles.kam.recruiting.internal_by=\"talent\"",
                                "roles.kam.recruiting.internal_months=0",
                                "roles.kam.plan=\"more\"",
                                "roles.kam.market_pay=100000.0",
                                "roles.kam.turnover.annual=0.5",
                                "roles.sales.turnover.pay_elasticity=0.0",
                                "roles.sales.turnover.gain_median=0.01"};
    struct world world;
    double exits[2] = {0, 0};
    for (int with = 0; with < 2; with++) {
        world_open(&world, TWO, sets, with ? 7 : 0);
        for (uint64_t replication = 0; replication < 5; replication++) {
            firm_run(&world.firm, 37, replication);
            for (size_t m = 0; m < world.model.months; m++) {
                exits[with] += firm_ledger(&world.firm, m, 1)->flows.exits_voluntary;
            }
        }
        world_close(&world);
    }
    CU_ASSERT(exits[0] > 400);
    CU_ASSERT_EQUAL(exits[1], 0);
}

static void people_from_inside_come_first_and_soon_when_there_are_any(void) {
    const char *const soon[] = {
        "roles.kam.recruiting.internal_by=\"talent\"", "roles.kam.recruiting.internal_days=0.0",
        "roles.kam.recruiting.days=200.0", "roles.kam.recruiting.internal_ramp=3.0"};
    const char *const never[] = {soon[0], soon[1], soon[2],
                                 "roles.kam.recruiting.internal_months=480"};
    struct world world;
    static struct flows sum[2];
    for (int i = 0; i < 2; i++) {
        world_open(&world, TWO, i == 0 ? soon : never, 4);
        for (uint64_t replication = 0; replication < 10; replication++) {
            firm_run(&world.firm, 41, replication);
            for (size_t m = 24; m < world.model.months; m++) {
                const struct flows *f = &firm_ledger(&world.firm, m, 2)->flows;
                sum[i].hires += f->hires;
                sum[i].internal_moves += f->internal_moves;
                sum[i].fill_months += f->fill_months;
                sum[i].hiring_cost += f->hiring_cost;
            }
        }
        world_close(&world);
    }
    CU_ASSERT(sum[0].hires > 200);
    CU_ASSERT_EQUAL(sum[0].internal_moves, sum[0].hires);
    CU_ASSERT_EQUAL(sum[0].fill_months, 0);
    CU_ASSERT_EQUAL(sum[0].hiring_cost, 0);
    CU_ASSERT_EQUAL(sum[1].internal_moves, 0);
    CU_ASSERT_DOUBLE_EQUAL(sum[1].fill_months / sum[1].hires, 200 * 12.0 / 365,
                           5 * 3.4 / sqrt(sum[1].hires));
}

static const struct test TESTS[] = {
    {"who comes and goes is the change of headcount",
     who_comes_and_goes_is_the_change_of_headcount},
    {"skills correlate by the share of talent", skills_correlate_by_the_share_of_talent},
    {"the best seller is no better key account manager",
     the_best_seller_is_no_better_key_account_manager},
    {"moves are as frequent as the prospect says", moves_are_as_frequent_as_the_prospect_says},
    {"a prospect is its raise in the month it may come",
     a_prospect_is_its_raise_in_the_month_it_may_come},
    {"the prospect of a better role keeps people", the_prospect_of_a_better_role_keeps_people},
    {"a raise to come is forfeited by leaving", a_raise_to_come_is_forfeited_by_leaving},
    {"people from inside come first and soon when there are any",
     people_from_inside_come_first_and_soon_when_there_are_any},
};

const struct suite suite_career = {"career", TESTS, sizeof TESTS / sizeof TESTS[0]};
