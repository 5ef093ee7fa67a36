#include "firm_fixture.h"
#include "test.h"

#include <math.h>

/* For tests of people alone: nobody to sell to, which nobody is judged or paid by in this firm. */
static const char NO_CUSTOMERS[] = "segments.standard.leads.per_hunter=0.0";

static void turnover_is_the_configured_one_in_every_year(void) {
    const char *const sets[] = {"roles.sales.turnover.annual=0.27", "simulation.years=10",
                                NO_CUSTOMERS};
    struct world world;
    world_open(&world, QUIET, sets, 3);
    struct sample first = {0};
    struct sample last = {0};
    double monthly = 1 - pow(1 - .27, 1.0 / 12);
    for (uint64_t replication = 0; replication < 150; replication++) {
        firm_run(&world.firm, 7, replication);
        struct flows early = {0};
        struct flows late = {0};
        for (size_t month = 0; month < 12; month++) {
            const struct flows *a = &firm_ledger(&world.firm, month, 1)->flows;
            const struct flows *b = &firm_ledger(&world.firm, month + 108, 1)->flows;
            early.exits_voluntary += a->exits_voluntary - monthly * a->person_months;
            late.exits_voluntary += b->exits_voluntary - monthly * b->person_months;
        }
        sample_add(&first, early.exits_voluntary);
        sample_add(&last, late.exits_voluntary);
    }
    CU_ASSERT(fabs(sample_z(&first, 0)) < 4);
    CU_ASSERT(fabs(sample_z(&last, 0)) < 4);
    world_close(&world);
}

static void vacancies_leave_the_staffed_share_of_renewal_theory(void) {
    const char *const sets[] = {"roles.sales.turnover.annual=0.35",
                                "roles.sales.turnover.match_spread=0.0",
                                "roles.sales.recruiting.days=90", NO_CUSTOMERS};
    struct world world;
    world_open(&world, QUIET, sets, 4);
    struct sample staffed = {0};
    struct sample fill = {0};
    struct sample first[12] = {{0}}; /* of every month of the first year */
    for (uint64_t replication = 0; replication < 150; replication++) {
        double worked = 0;
        double vacant = 0;
        double waited = 0;
        double hires = 0;
        firm_run(&world.firm, 3, replication);
        for (size_t month = 0; month < world.model.months; month++) {
            const struct flows *flows = &firm_ledger(&world.firm, month, 1)->flows;
            worked += flows->person_months;
            vacant += flows->vacancy_months;
            waited += flows->fill_months;
            hires += flows->hires;
            if (month < 12) {
                sample_add(&first[month], flows->person_months / 100);
            }
        }
        sample_add(&staffed, worked / (worked + vacant));
        sample_add(&fill, waited / hires);
    }
    double p = 1 - pow(1 - .35, 1.0 / 12);
    double d = 90 * 12.0 / 365;
    CU_ASSERT(fabs(sample_z(&fill, d)) < 5);
    /* exits in the last month of a career of 480 months are too rare to matter */
    CU_ASSERT(fabs(sample_z(&staffed, 1 / (1 + p * d))) < 5);
    for (size_t month = 0; month < 12; month++) {
        CU_ASSERT(fabs(sample_z(&first[month], 1 / (1 + p * d))) < 5);
    }
    world_close(&world);
}

static void mean_tenure_is_that_of_a_constant_hazard(void) {
    const char *const sets[] = {
        "roles.sales.turnover.annual=0.27", "roles.sales.turnover.match_spread=0.0",
        "roles.sales.recruiting.days=1", "simulation.years=3", NO_CUSTOMERS};
    struct world world;
    world_open(&world, QUIET, sets, 5);
    double keep = pow(1 - .27, 1.0 / 12);
    double people = 0;
    double months = 0;
    double survival = 1;
    for (int n = 0; n < 480; n++) { /* completed months at the end of a month of those who stay */
        people += survival;
        months += survival * n;
        survival *= keep;
    }
    struct sample tenure = {0};
    for (uint64_t replication = 0; replication < 200; replication++) {
        firm_run(&world.firm, 11, replication);
        const struct stocks *stocks = &firm_ledger(&world.firm, 35, 1)->stocks;
        sample_add(&tenure, stocks->tenure / stocks->headcount);
    }
    /* vacant seats are filled by novices up to a month late, which .2 months cover */
    CU_ASSERT(fabs(sample_mean(&tenure) - months / people) <
              5 * sqrt(sample_variance(&tenure) / tenure.count) + .2);
    world_close(&world);
}

static void wins_and_new_revenue_have_the_moments_of_a_compound_poisson(void) {
    const char *const sets[] = {"roles.sales.turnover.annual=0.001",
                                "roles.sales.skill.spread=0.0",
                                "roles.sales.ramp.start=0.94",
                                "roles.sales.headcount=1",
                                "roles.sales.time={acquire=1.0;develop=0.0;care=0.0}",
                                "segments.standard.leads.per_hunter=9.0",
                                "segments.standard.prospects=20000",
                                "segments.standard.potential.mean=100000.0",
                                "segments.standard.potential.cv=0.8",
                                "segments.standard.wallet.start=0.3",
                                "segments.standard.wallet.start_sd=0.0",
                                "segments.standard.churn.annual=0.99"};
    struct world world;
    world_open(&world, QUIET, sets, 12);
    struct sample wins = {0};
    struct sample revenue = {0};
    for (uint64_t replication = 0; replication < 400; replication++) {
        firm_run(&world.firm, 5, replication);
        for (size_t month = 0; month < world.model.months; month += 12) {
            const struct flows *flows = &firm_ledger(&world.firm, month, 2)->flows;
            sample_add(&wins, flows->deals);
            sample_add(&revenue, flows->new_revenue);
        }
    }
    double mean = 9.0 * .5 * .4;
    double deal = 30000;
    double second = deal * deal * (1 + .8 * .8);
    double n = wins.count;
    CU_ASSERT(fabs(sample_z(&wins, mean)) < 5);
    CU_ASSERT(fabs(sample_z(&revenue, mean * deal)) < 5);
    /* variance of a sample variance: (mu4 - sigma^4) / n; Poisson mu4 = 3 mean^2 + mean */
    CU_ASSERT(fabs(sample_variance(&wins) - mean) < 5 * sqrt((2 * mean * mean + mean) / n));
    double fourth = deal * deal * deal * deal * pow(1 + .8 * .8, 6);
    double variance = mean * second;
    CU_ASSERT(fabs(sample_variance(&revenue) - variance) <
              5 * sqrt((2 * variance * variance + mean * fourth) / n));
    world_close(&world);
}

static void check_conservation(const struct world *world) {
    for (size_t month = 1; month < world->model.months; month++) {
        const struct ledger *was = firm_ledger(&world->firm, month - 1, 0);
        const struct ledger *is = firm_ledger(&world->firm, month, 0);
        const struct flows *f = &is->flows;
        CU_ASSERT_EQUAL(is->stocks.customers,
                        was->stocks.customers + f->customers_won - f->customers_lost);
        CU_ASSERT_EQUAL(is->stocks.headcount, was->stocks.headcount + f->hires - f->internal_moves -
                                                  f->exits_voluntary - f->exits_involuntary -
                                                  f->retirements);
        CU_ASSERT_DOUBLE_EQUAL(f->person_months, was->stocks.headcount, 1e-9);
    }
}

static void customers_and_people_are_conserved(void) {
    static const char *const SCENARIOS[] = {"scenarios/long_term_kam.cfg", "scenarios/hybrid.cfg",
                                            "scenarios/sales_only.cfg", "scenarios/mass_market.cfg",
                                            "scenarios/key_accounts.cfg"};
    for (size_t s = 0; s < sizeof SCENARIOS / sizeof SCENARIOS[0]; s++) {
        struct world world;
        world_load(&world, SCENARIOS[s], NULL);
        firm_run(&world.firm, 2, s);
        check_conservation(&world);
        world_close(&world);
    }
}

static void colleagues_move_into_the_seats_they_are_candidates_for(void) {
    struct world world;
    double moves = 0;
    world_load(&world, "scenarios/hybrid.cfg", "roles.kam.recruiting.internal=[\"sales\"]");
    for (uint64_t replication = 0; replication < 5; replication++) {
        firm_run(&world.firm, 2, replication);
        check_conservation(&world);
        for (size_t month = 0; month < world.model.months; month++) {
            moves += firm_ledger(&world.firm, month, 0)->flows.internal_moves;
        }
    }
    CU_ASSERT(moves > 0);
    world_close(&world);
}

static void unvested_awards_delay_quits_until_they_vest(void) {
    struct world world;
    world_load(&world, "scenarios/long_term_kam.cfg", NULL);
    size_t kam = 0;
    while (strcmp(world.model.roles[kam].role->name, "kam") != 0) {
        kam++;
    }
    double exits[12] = {0};
    for (uint64_t replication = 0; replication < 150; replication++) {
        firm_run(&world.firm, 1, replication);
        for (size_t month = 0; month < world.model.months; month++) {
            exits[month % 12] += firm_ledger(&world.firm, month, 1 + kam)->flows.exits_voluntary;
        }
    }
    double others = 0; /* January to September */
    for (int month = 0; month < 9; month++) {
        others += exits[month] / 9;
    }
    /* grants of January vest and cycles end in December, three years later */
    CU_ASSERT(exits[11] > 1.5 * others);
    CU_ASSERT(exits[10] < .9 * others);
    world_close(&world);
}

/* Mean pay a head and year of the key account managers over some histories. */
static double pay_of_kam(const char *path) {
    struct world world;
    world_load(&world, path, NULL);
    size_t kam = 0;
    while (strcmp(world.model.roles[kam].role->name, "kam") != 0) {
        kam++;
    }
    double pay = 0;
    double people = 0;
    for (uint64_t replication = 0; replication < 40; replication++) {
        firm_run(&world.firm, 1, replication);
        for (size_t month = 0; month < world.model.months; month++) {
            const struct flows *f = &firm_ledger(&world.firm, month, 1 + kam)->flows;
            pay += f->salary + f->commission + f->bonus + f->ltip_paid + f->shares_vested;
            people += f->person_months / 12;
        }
    }
    world_close(&world);
    return pay / people;
}

static void the_plans_of_the_demonstration_pay_alike(void) {
    double bonus = pay_of_kam("scenarios/short_term_bonus.cfg");
    CU_ASSERT_DOUBLE_EQUAL(pay_of_kam("scenarios/long_term_kam.cfg") / bonus, 1, .015);
    CU_ASSERT_DOUBLE_EQUAL(pay_of_kam("scenarios/hybrid.cfg") / bonus, 1, .015);
}

static void a_history_depends_on_seed_and_number_alone(void) {
    struct world one;
    struct world other;
    world_load(&one, "scenarios/hybrid.cfg", NULL);
    world_load(&other, "scenarios/hybrid.cfg", NULL);
    firm_run(&one.firm, 9, 0);
    firm_run(&one.firm, 9, 4);
    firm_run(&other.firm, 9, 4);
    size_t groups = 1 + one.model.role_count + one.model.segment_count;
    CU_ASSERT_EQUAL(memcmp(one.firm.ledgers, other.firm.ledgers,
                           one.model.months * groups * sizeof *one.firm.ledgers),
                    0);
    firm_run(&other.firm, 10, 4);
    CU_ASSERT_NOT_EQUAL(memcmp(one.firm.ledgers, other.firm.ledgers,
                               one.model.months * groups * sizeof *one.firm.ledgers),
                        0);
    world_close(&one);
    world_close(&other);
}

static const struct test TESTS[] = {
    {"turnover is the configured one in every year", turnover_is_the_configured_one_in_every_year},
    {"vacancies leave the staffed share of renewal theory",
     vacancies_leave_the_staffed_share_of_renewal_theory},
    {"mean tenure is that of a constant hazard", mean_tenure_is_that_of_a_constant_hazard},
    {"wins and new revenue have the moments of a compound Poisson",
     wins_and_new_revenue_have_the_moments_of_a_compound_poisson},
    {"customers and people are conserved", customers_and_people_are_conserved},
    {"colleagues move into the seats they are candidates for",
     colleagues_move_into_the_seats_they_are_candidates_for},
    {"unvested awards delay quits until they vest", unvested_awards_delay_quits_until_they_vest},
    {"the plans of the demonstration pay alike", the_plans_of_the_demonstration_pay_alike},
    {"a history depends on seed and number alone", a_history_depends_on_seed_and_number_alone},
};
const struct suite suite_firm = {"firm", TESTS, sizeof TESTS / sizeof TESTS[0]};
