#include "pay_fixture.h"
#include "test.h"

#include <math.h>

/* As many customers are won as are lost, and none grows without end. */
#define STILL                                                                                      \
    "segments.standard.leads.per_hunter=40.0", "segments.key.leads.per_hunter=3.4",                \
        "segments.key.potential.innovation=0.0"
enum { STILL_COUNT = 3 };

/* How far the expected pay of a component may lie from the mean of the simulation, as a share of
 * it, where something is left out; all others are the mean but for chance. docs/model.md, "Expected
 * pay", names the reasons. */
struct tolerance {
    const char *plan; /* and, after a slash, the component */
    double share;
    const char *why;
};

static const struct tolerance TOLERANCES[] = {
    {"sales_quota_ceiling/quarterly bonus", 0.10, "the ratchet moves quotas to the results"},
    {"sales_seasonal/bonus to date", 0.14, "valued as if quarters stood alone"},
    {"sales_recurring/commission", 0.20, "churn and growth inside the window are left out"},
    {"sales_team/team bonus", 0.09, "the last team has fewer people than its quota is for"},
    {"sales_presidents_club/president's club", 0.012, "grid"},
    {"sales_presidents_club/quarterly contest", 0.015, "grid"},
    {"profit_sharing/profit share", 0.16, "everybody is counted at market pay"},
};

static double tolerance_of(const char *plan, const char *component) {
    for (size_t i = 0; i < sizeof TOLERANCES / sizeof TOLERANCES[0]; i++) {
        const char *slash = strchr(TOLERANCES[i].plan, '/');
        size_t length = (size_t)(slash - TOLERANCES[i].plan);
        bool fits = TOLERANCES[i].plan[0] == '*' ||
                    (strlen(plan) == length && strncmp(plan, TOLERANCES[i].plan, length) == 0);
        if (fits && strcmp(component, slash + 1) == 0) {
            return TOLERANCES[i].share;
        }
    }
    return 0.0;
}

/* Pay of one component a year and head, in every replication. */
static void sample_plan(struct pay_world *pay, const struct role_law *law, unsigned replications,
                        struct sample *samples) {
    const struct model *model = &pay->world.model;
    size_t r = (size_t)(law - model->roles);
    for (unsigned replication = 0; replication < replications; replication++) {
        double person_months = 0;
        pay_log_clear(pay);
        firm_run(&pay->world.firm, 41, replication);
        for (size_t month = 0; month < model->months; month++) {
            person_months += firm_ledger(&pay->world.firm, month, 1 + r)->flows.person_months;
        }
        for (size_t c = 0; c < law->plan->component_count; c++) {
            double paid = 0;
            for (size_t month = 0; month < model->months; month++) {
                for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
                    paid += pay->log[month * model->seat_count + seat].line[c];
                }
            }
            sample_add(&samples[c], paid * 12 / person_months);
        }
    }
}

static void expected_pay_is_the_mean_of_simulated_pay(void) {
    const char *const sets[] = {CALM, STILL, "simulation.years=1"};
    struct plan_names names;
    size_t exact = 0;
    plan_names_read(&names);
    for (size_t p = 0; p < names.count; p++) {
        struct pay_world pay;
        struct sample samples[COMPONENTS_MOST] = {{0}};
        /* what salespeople are held back or credited takes its time; books change with it */
        bool sells = strcmp(plan_role(names.name[p]), "sales") == 0;
        const struct role_law *law =
            pay_world_plan(&pay, names.name[p], sets, CALM_COUNT + STILL_COUNT + !sells);
        sample_plan(&pay, law, sells ? 24 : 64, samples);
        for (size_t c = 0; c < law->plan->component_count; c++) {
            const struct component *component = &law->plan->components[c];
            if (component_is_award(component)) {
                continue;
            }
            double expected = law->components[c].expected_year;
            double tolerance = tolerance_of(names.name[p], component->name);
            double error = sqrt(sample_variance(&samples[c]) / samples[c].count);
            double off = sample_mean(&samples[c]) - expected;
            bool near = fabs(off) <= tolerance * expected + 5 * error;
            if (!near) {
                (void)fprintf(stderr, "%s/%s: expected %.0f, mean %.0f (%.0f), ratio %.3f\n",
                              names.name[p], component->name, expected, sample_mean(&samples[c]),
                              error, sample_mean(&samples[c]) / expected);
            }
            CU_ASSERT(near);
            CU_ASSERT(expected > 0);
            /* five standard errors must be worth something */
            CU_ASSERT(error < 0.035 * expected);
            exact += tolerance == 0;
        }
        pay_world_close(&pay);
    }
    CU_ASSERT(exact >= 36);
}

/* Every customer's first renewal fails with .5 after 12 months: of what is held back a half, of the
 * rest nothing more when the window of 12 months is over then, and 1/24 of it after 12 of 24. */
static void lost_customers_are_expected_to_cost_pay(void) {
    static const struct {
        const char *hold_back;
        const char *clawback;
        double kept;
    } CASES[] = {
        {"{share=0.8;months=12}", "{months=12;rule=\"pro_rata\"}", 1 - .8 * .5},
        {"{share=0.0;months=12}", "{months=18;rule=\"pro_rata\"}", 1 - .5 * 6 / 18},
        {"{share=0.4;months=12}", "{months=13;rule=\"full\"}", 1 - .5},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        char hold_back[120];
        char clawback[120];
        const char *const sets[] = {CALM,
                                    "segments.standard.churn.annual=0.5",
                                    "segments.standard.churn.satisfaction=0.0",
                                    "segments.standard.churn.relationship=0.0",
                                    "segments.standard.churn.owner_change=0.0",
                                    hold_back,
                                    clawback};
        (void)snprintf(hold_back, sizeof hold_back,
                       "plans.sales_hold_back.components.[0].hold_back=%s", CASES[i].hold_back);
        (void)snprintf(clawback, sizeof clawback,
                       "plans.sales_hold_back.components.[0].clawback=%s", CASES[i].clawback);
        struct pay_world pay;
        const struct role_law *law = pay_world_plan(&pay, "sales_hold_back", sets, CALM_COUNT + 6);
        const struct model *model = &pay.world.model;
        struct slot slot = slot_of(&law->plan->components[0], SLOT_MAIN);
        double won = reference_metric(model->parameters, 0, &slot).mean * 12;
        CU_ASSERT_DOUBLE_EQUAL(law->components[0].expected_year, .09 * won * CASES[i].kept,
                               1e-6 * won);
        struct sample late = {0}; /* the years that know losses of deals of the simulation */
        for (unsigned replication = 0; replication < 30; replication++) {
            double paid = 0;
            pay_log_clear(&pay);
            firm_run(&pay.world.firm, 47, replication);
            for (size_t month = 24; month < model->months; month++) {
                for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
                    paid += pay.log[month * model->seat_count + seat].line[0];
                }
            }
            sample_add(&late, paid / 2 / (double)law->seats);
        }
        double error = sqrt(sample_variance(&late) / late.count);
        CU_ASSERT_DOUBLE_EQUAL(sample_mean(&late), law->components[0].expected_year,
                               5 * error + 0.005 * law->components[0].expected_year);
        CU_ASSERT(error < 0.02 * law->components[0].expected_year);
        pay_world_close(&pay);
    }
}

static void a_pool_that_is_too_small_is_expected_to_be_divided(void) {
    const char *const sets[] = {CALM, "plans.sales_hunter.components.[1].pool=6000.0"};
    struct pay_world pay;
    struct sample samples[COMPONENTS_MOST] = {{0}};
    const struct role_law *law = pay_world_plan(&pay, "sales_hunter", sets, CALM_COUNT + 1);
    CU_ASSERT_DOUBLE_EQUAL(law->components[1].expected_year, 4 * 6000. / 30, 0.01);
    sample_plan(&pay, law, 4, samples);
    CU_ASSERT_DOUBLE_EQUAL(sample_mean(&samples[1]), 4 * 6000. / 30, 2);
    pay_world_close(&pay);
}

/* With a price that stands still a grant is worth what it was granted for. */
static void awards_pay_what_they_are_expected_to(void) {
    static const struct {
        const char *plan;
        double tolerance; /* of LTIP payments: a customer value is taken to move like revenue */
    } PLANS[] = {{"kam_lti", 0},
                 {"kam_mixed", 0},
                 {"kam_wallet", 0},
                 {"kam_rsu", 0},
                 {"kam_virtual_shares", 0},
                 {"kam_retention_bonus", 0},
                 {"kam_customer_value", 0.15}};
    const char *const sets[] = {CALM, STILL, "simulation.years=6",
                                "roles.kam.turnover.gain_median=0.01"};
    for (size_t p = 0; p < sizeof PLANS / sizeof PLANS[0]; p++) {
        struct pay_world pay;
        struct sample ltip = {0};
        struct sample vested = {0};
        double expected_ltip = 0;
        double expected_shares = 0;
        const struct role_law *law =
            pay_world_plan(&pay, PLANS[p].plan, sets, CALM_COUNT + STILL_COUNT + 2);
        size_t r = (size_t)(law - pay.world.model.roles);
        for (size_t c = 0; c < law->plan->component_count; c++) {
            bool is_ltip = law->plan->components[c].type == COMPONENT_LTIP;
            bool is_share = law->plan->components[c].type == COMPONENT_SHARES;
            expected_ltip += is_ltip ? law->components[c].expected_year : 0;
            expected_shares += is_share ? law->components[c].expected_year : 0;
        }
        for (unsigned replication = 0; replication < 16; replication++) {
            double months = 0;
            double paid = 0;
            double shares = 0;
            firm_run(&pay.world.firm, 43, replication);
            for (size_t month = 0; month < pay.world.model.months; month++) {
                const struct flows *flows = &firm_ledger(&pay.world.firm, month, 1 + r)->flows;
                months += flows->person_months;
                paid += flows->ltip_paid;
                shares += flows->shares_vested;
            }
            sample_add(&ltip, paid * 12 / months);
            sample_add(&vested, shares * 12 / months);
        }
        double ltip_error = sqrt(sample_variance(&ltip) / ltip.count);
        double off = sample_mean(&ltip) - expected_ltip;
        double shares_off = sample_mean(&vested) - expected_shares;
        bool near =
            fabs(off) <= PLANS[p].tolerance * expected_ltip + 5 * ltip_error &&
            fabs(shares_off) <= 0.05 * expected_shares; /* some joined less than 36 months ago */
        if (!near) {
            (void)fprintf(stderr, "%s: LTIP expected %.0f, mean %.0f (%.0f); shares %.0f, %.0f\n",
                          PLANS[p].plan, expected_ltip, sample_mean(&ltip), ltip_error,
                          expected_shares, sample_mean(&vested));
        }
        CU_ASSERT(near);
        pay_world_close(&pay);
    }
}

/* Rank uniform on 0..1: .25 below the first point nothing, then .625, 1.5 and 2 on quarters. */
static void performance_shares_are_expected_at_a_uniform_rank(void) {
    struct pay_world pay;
    const char *const sets[] = {CALM};
    const struct role_law *law = pay_world_plan(&pay, "kam_performance_shares", sets, CALM_COUNT);
    CU_ASSERT_DOUBLE_EQUAL(law->components[1].expected_share, .25 * (.625 + 1.5 + 2), 0.01);
    pay_world_close(&pay);
}

static const struct test TESTS[] = {
    {"expected pay is the mean of simulated pay", expected_pay_is_the_mean_of_simulated_pay},
    {"lost customers are expected to cost pay", lost_customers_are_expected_to_cost_pay},
    {"a pool that is too small is expected to be divided",
     a_pool_that_is_too_small_is_expected_to_be_divided},
    {"awards pay what they are expected to", awards_pay_what_they_are_expected_to},
    {"performance shares are expected at a uniform rank",
     performance_shares_are_expected_at_a_uniform_rank},
};

const struct suite suite_pay_expected = {"pay expected", TESTS, sizeof TESTS / sizeof TESTS[0]};
