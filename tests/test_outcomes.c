/* Outcomes against formulas: cycle length, conversion, survival; and the parts of sums. */
#include "firm_fixture.h"
#include "model/outcome.h"
#include "model/parts.h"
#include "test.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* One role that sells in one segment, stages of 1 and 3 months, nobody leaves. */
static const char *const SELLING[] = {"roles.sales.turnover.annual=0.001",
                                      "roles.sales.headcount=20",
                                      "segments.standard.leads.per_hunter=9.0",
                                      "segments.standard.churn.annual=0.5", "simulation.years=2"};
enum { SELLING_COUNT = sizeof SELLING / sizeof SELLING[0] };

static void a_deal_takes_the_months_of_its_stages_from_the_first_month_on(void) {
    struct world world;
    struct sample first = {0};
    struct sample later = {0};
    world_open(&world, QUIET, SELLING, SELLING_COUNT);
    for (uint64_t replication = 0; replication < 60; replication++) {
        firm_run(&world.firm, 21, replication);
        for (size_t month = 0; month < 24; month++) {
            const struct flows *flows = &firm_ledger(&world.firm, month, 2)->flows;
            sample_add(month == 0 ? &first : &later, flows->deal_months - 4.0 * flows->deals);
        }
    }
    CU_ASSERT(first.count > 0.0 && fabs(first.sum) < 1e-6); /* the start has the mean ages */
    CU_ASSERT(fabs(sample_z(&later, 0.0)) < 5.0);
    CU_ASSERT(sample_variance(&later) > 0.0);
    world_close(&world);
}

static void conversion_is_that_of_the_stages_and_their_product(void) {
    struct world world;
    struct sample stages[2] = {0};
    struct sample whole = {0};
    world_open(&world, QUIET, SELLING, SELLING_COUNT);
    const double chance[2] = {0.5, 0.4};
    const struct parameters *parameters = &world.scenario.parameters;
    for (uint64_t replication = 0; replication < 30; replication++) {
        firm_run(&world.firm, 22, replication);
        for (size_t month = 0; month < 24; month++) {
            for (size_t k = 0; k < 2; k++) {
                const struct ledger *stage =
                    firm_ledger(&world.firm, month, part_of_stage(parameters, 0, k));
                /* the skills of people are drawn: against their own chance only on average */
                sample_add(&stages[k], stage->flows.advanced - chance[k] * stage->flows.decided);
            }
            const struct flows *all = &firm_ledger(&world.firm, month, 2)->flows;
            sample_add(&whole, all->advanced - 0.2 * all->decided);
        }
    }
    CU_ASSERT(fabs(sample_mean(&stages[0])) < 5.0 * sqrt(sample_variance(&stages[0]) / 720));
    CU_ASSERT(fabs(sample_mean(&stages[1])) < 5.0 * sqrt(sample_variance(&stages[1]) / 720));
    CU_ASSERT(fabs(sample_mean(&whole)) < 5.0 * sqrt(sample_variance(&whole) / 720));
    world_close(&world);
}

static void customers_survive_as_the_shifted_beta_geometric_law_says(void) {
    static const char *const SETS[] = {
        "roles.sales.turnover.annual=0.001",        "roles.sales.headcount=20",
        "segments.standard.churn.beta_a=0.8",       "segments.standard.churn.beta_b=2.4",
        "segments.standard.churn.satisfaction=0",   "segments.standard.churn.relationship=0",
        "segments.standard.churn.owner_change=0",   "simulation.years=6",
        "segments.standard.contract.term_months=12"};
    struct world world;
    struct sample samples[SURVIVAL_YEARS] = {0};
    world_open(&world, QUIET, SETS, sizeof SETS / sizeof SETS[0]);
    for (uint64_t replication = 0; replication < 40; replication++) {
        firm_run(&world.firm, 23, replication);
        for (size_t y = 0; y < SURVIVAL_YEARS; y++) {
            double survival = gsl_sf_beta(0.8, 2.4 + (double)y + 1.0) / gsl_sf_beta(0.8, 2.4);
            double excess = 0.0;
            double customers = 0.0;
            for (size_t month = 0; month < world.model.months; month++) {
                const struct flows *flows = &firm_ledger(&world.firm, month, 2)->flows;
                excess += flows->cohort_kept[y] - survival * flows->cohort[y];
                customers += flows->cohort[y];
                CU_ASSERT_FATAL(month >= 12 * (y + 1) || flows->cohort[y] == 0.0);
            }
            CU_ASSERT(customers > 0.0);
            sample_add(&samples[y], excess);
        }
    }
    for (size_t y = 0; y < SURVIVAL_YEARS; y++) {
        CU_ASSERT(fabs(sample_z(&samples[y], 0.0)) < 5.0);
    }
    world_close(&world);
}

static void people_survive_as_a_constant_hazard_says(void) {
    static const char *const SETS[] = {"roles.sales.turnover.annual=0.27",
                                       "roles.sales.turnover.match_spread=0.0",
                                       "roles.sales.recruiting.days=20"};
    struct world world;
    struct sample samples[SURVIVAL_YEARS] = {0};
    struct sample novices = {0};
    world_open(&world, QUIET, SETS, 3);
    double hazard = 1.0 - pow(1.0 - 0.27, 1.0 / 12.0);
    for (uint64_t replication = 0; replication < 60; replication++) {
        double excess[SURVIVAL_YEARS] = {0};
        double novice = 0.0;
        firm_run(&world.firm, 24, replication);
        for (size_t month = 0; month < world.model.months; month++) {
            const struct flows *flows = &firm_ledger(&world.firm, month, 1)->flows;
            for (size_t y = 0; y < SURVIVAL_YEARS; y++) {
                excess[y] += flows->stayers[y] - pow(0.73, (double)y + 1.0) * flows->joiners[y];
            }
            novice += flows->novice_exits - hazard * flows->novice_months;
        }
        for (size_t y = 0; y < SURVIVAL_YEARS; y++) {
            sample_add(&samples[y], excess[y]);
        }
        sample_add(&novices, novice);
    }
    for (size_t y = 0; y < SURVIVAL_YEARS; y++) {
        CU_ASSERT(fabs(sample_z(&samples[y], 0.0)) < 5.0);
    }
    CU_ASSERT(fabs(sample_z(&novices, 0.0)) < 5.0);
    world_close(&world);
}

static double value_of(const char *name, const struct ledger *ledger) {
    size_t outcome = outcome_find(name);
    CU_ASSERT_FATAL(outcome < OUTCOME_COUNT);
    return OUTCOMES[outcome].value(ledger);
}

/* Sums the value over the components of a role. */
static double components_of(const struct world *world, size_t month, size_t role,
                            const char *name) {
    const struct parameters *parameters = &world->scenario.parameters;
    double sum = 0.0;
    for (size_t c = 0; c < role_plan(parameters, role)->component_count; c++) {
        sum += value_of(name,
                        firm_ledger(&world->firm, month, part_of_component(parameters, role, c)));
    }
    return sum;
}

static void the_parts_of_outcomes_add_up(void) {
    static const char *const SPLIT[] = {"new_revenue", "customers_won", "deals"};
    static const char *const AWARDS[] = {"lti_granted", "lti_vested", "lti_forfeited",
                                         "ltip_outstanding"};
    struct world world;
    double awards = 0.0;
    world_load(&world, "scenarios/hybrid.cfg", NULL);
    const struct parameters *parameters = &world.scenario.parameters;
    firm_run(&world.firm, 5, 3);
    for (size_t month = 0; month < world.model.months; month++) {
        for (size_t r = 0; r < parameters->role_count; r++) {
            const struct ledger *role = firm_ledger(&world.firm, month, part_of_role(r));
            CU_ASSERT_DOUBLE_EQUAL(value_of("pay", role),
                                   role->flows.salary + role->flows.draws +
                                       components_of(&world, month, r, "pay"),
                                   1e-6);
            for (size_t a = 0; a < 4; a++) {
                awards += value_of(AWARDS[a], role);
                CU_ASSERT_DOUBLE_EQUAL(value_of(AWARDS[a], role),
                                       components_of(&world, month, r, AWARDS[a]), 1e-6);
            }
        }
        for (size_t i = 0; i < 3; i++) { /* by role and by segment the same is split */
            double all = value_of(SPLIT[i], firm_ledger(&world.firm, month, PART_ALL));
            for (size_t r = 0; r < parameters->role_count; r++) {
                all -= value_of(SPLIT[i], firm_ledger(&world.firm, month, part_of_role(r)));
            }
            CU_ASSERT_DOUBLE_EQUAL(all, 0.0, 1e-6);
        }
    }
    CU_ASSERT(awards > 0.0);
    world_close(&world);
}

static void classes_of_attainment_are_shares_of_all_and_end_at_the_quota(void) {
    static const char *const CLASSES[] = {"attainment_below_50", "attainment_50_to_80",
                                          "attainment_80_to_100", "attainment_100_to_120",
                                          "attainment_from_120"};
    struct world world;
    world_load(&world, "scenarios/hybrid.cfg", NULL);
    firm_run(&world.firm, 6, 1);
    for (size_t part = 0; part <= world.scenario.parameters.role_count; part++) {
        const struct ledger *ledger = firm_ledger(&world.firm, 23, part);
        double sum = 0.0;
        for (size_t c = 0; c < 5; c++) {
            sum += value_of(CLASSES[c], ledger);
        }
        CU_ASSERT_DOUBLE_EQUAL(sum, 1.0, 1e-12);
        CU_ASSERT_DOUBLE_EQUAL(value_of(CLASSES[3], ledger) + value_of(CLASSES[4], ledger),
                               value_of("share_at_quota", ledger), 1e-12);
    }
    world_close(&world);
}

static void every_outcome_has_its_own_name_and_a_sentence(void) {
    CU_ASSERT_PTR_NOT_NULL(OUTCOMES[0].topic);
    for (size_t o = 0; o < OUTCOME_COUNT; o++) {
        CU_ASSERT_EQUAL(outcome_find(OUTCOMES[o].name), o); /* the first of its name */
        CU_ASSERT_PTR_NULL(strchr(OUTCOMES[o].name, '.'));  /* a point begins a role or segment */
        CU_ASSERT(strlen(OUTCOMES[o].meaning) > 6);
        CU_ASSERT(strlen(OUTCOMES[o].unit) > 1);
    }
    CU_ASSERT_EQUAL(outcome_find("pay."), OUTCOME_COUNT);
}

static const struct test TESTS[] = {
    {"a deal takes the months of its stages, from the first month on",
     a_deal_takes_the_months_of_its_stages_from_the_first_month_on},
    {"conversion is that of the stages and their product",
     conversion_is_that_of_the_stages_and_their_product},
    {"customers survive as the shifted beta-geometric law says",
     customers_survive_as_the_shifted_beta_geometric_law_says},
    {"people survive as a constant hazard says", people_survive_as_a_constant_hazard_says},
    {"the parts of outcomes add up", the_parts_of_outcomes_add_up},
    {"classes of attainment are shares of all and end at the quota",
     classes_of_attainment_are_shares_of_all_and_end_at_the_quota},
    {"every outcome has its own name and a sentence",
     every_outcome_has_its_own_name_and_a_sentence},
};

const struct suite suite_outcomes = {"outcomes", TESTS, sizeof TESTS / sizeof TESTS[0]};
