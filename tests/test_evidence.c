#include "evidence_fixture.h"
#include "plan/valuation.h"
#include "test.h"

#include <gsl/gsl_randist.h>

/* The quick ones of docs/evidence_effort.md; the others stand in verify_effort.c. */
enum { SEEDS = 5 };

static void linear_pay_sells_more_than_quota_ceiling_and_ratchet_at_the_same_cost(void) {
    static struct effect old[SEEDS];
    static struct effect line[SEEDS];
    run_plan("misra_nair_quota", NULL, 0, WARM_UP, SEEDS, old);
    run_plan("misra_nair_linear", NULL, 0, WARM_UP, SEEDS, line);
    struct sample gains = gain(line, old, SEEDS);
    CU_ASSERT(inside(&gains, 6, 12));
    CU_ASSERT_EQUAL(share_above(line, old, SEEDS), 1);
    CU_ASSERT_DOUBLE_EQUAL(mean_pay(line, SEEDS) / mean_pay(old, SEEDS), 1, .01);
}

static void linear_pay_moves_no_deals(void) {
    static const char *const PLANS[4] = {"chung_linear", "oyer_linear", "larkin_linear",
                                         "kishore_commission"};
    for (int p = 0; p < 4; p++) {
        struct effect effect;
        run_plan(PLANS[p], NULL, 0, 0, 1, &effect);
        CU_ASSERT_EQUAL(effect.moved, 0);
        CU_ASSERT_EQUAL(effect.discounts, 0);
        CU_ASSERT(effect.paid_effort > 1.1);
    }
}

/* Pay of a plan over its target: with attainment N(.9, .25), and in the simulation, where about 13
 * equal deals a year are Poisson. */
static void check_jensen(const char *name, double normal) {
    char path[64];
    struct world world;
    struct sample pay = {0};
    (void)snprintf(path, sizeof path, "scenarios/evidence/%s.cfg", name);
    world_load(&world, path, NULL);
    const struct component *bonus = &world.model.roles[0].plan->components[0];
    struct valuation around = {.quota = 1, .scale = 1, .factor = 1};
    struct payoff payoff = valuation_payoff(bonus, &around);
    CU_ASSERT_DOUBLE_EQUAL(payoff_expectation(&payoff, .9, .25) / bonus->target, normal, 5e-5);
    double expected = 0;
    for (unsigned deals = 0; deals < 80; deals++) {
        double attainment = .9 / 12.96 * deals;
        expected += gsl_ran_poisson_pdf(deals, 12.96) *
                    (attainment + (bonus->slope_above - 1) * fmax(attainment - 1, 0));
    }
    size_t seats = world.model.seat_count;
    size_t last = world.model.months - 1;
    struct payment *log = calloc(world.model.months * seats, sizeof *log);
    CU_ASSERT_PTR_NOT_NULL_FATAL(log);
    for (uint64_t history = 0; history < 60; history++) {
        memset(log, 0, world.model.months * seats * sizeof *log);
        world.firm.pay_log = log;
        firm_run(&world.firm, 3, history);
        for (size_t seat = 0; seat < seats; seat++) { /* who was there all of the last year */
            if (world.firm.seats[seat].filled && world.firm.seats[seat].person.in_role >= 12) {
                sample_add(&pay, log[last * seats + seat].line[0] / bonus->target);
            }
        }
    }
    free(log);
    CU_ASSERT(fabs(sample_z(&pay, expected)) < 4);
    CU_ASSERT_DOUBLE_EQUAL(sample_mean(&pay), normal, .01);
    world_close(&world);
}

static void a_budget_at_mean_attainment_is_too_small_for_an_accelerator(void) {
    check_jensen("jensen_linear", .9);
    check_jensen("jensen_accelerator", .9576);
}

static const struct test TESTS[] = {
    {"linear pay sells more than quota, ceiling and ratchet at the same cost",
     linear_pay_sells_more_than_quota_ceiling_and_ratchet_at_the_same_cost},
    {"linear pay moves no deals", linear_pay_moves_no_deals},
    {"a budget at mean attainment is too small for an accelerator",
     a_budget_at_mean_attainment_is_too_small_for_an_accelerator},
};
const struct suite suite_evidence = {"evidence", TESTS, sizeof TESTS / sizeof TESTS[0]};
