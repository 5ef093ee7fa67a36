/* Revenue from month to month by its flows, and what roles own of it. */
#include "firm_fixture.h"
#include "model/outcome.h"
#include "model/parts.h"
#include "test.h"

#include <math.h>
#include <string.h>

enum { YEARS = 2, MONTHS = 12 * YEARS };

static double value_of(const struct ledger *ledger, const char *name) {
    size_t o = outcome_find(name);
    CU_ASSERT_FATAL(o < OUTCOME_COUNT);
    return OUTCOMES[o].value(ledger);
}

/* What the flows of a period make of the annual revenue at its start. */
static double bridge(const struct ledger *ledger) {
    return value_of(ledger, "new_revenue") + value_of(ledger, "discounts") +
           value_of(ledger, "expansion_revenue") + value_of(ledger, "market_growth") -
           value_of(ledger, "contraction") - value_of(ledger, "churned_revenue");
}

static void check_bridge(const struct firm *firm, size_t part, double start) {
    double before = start;
    for (size_t year = 0; year < YEARS; year++) {
        struct ledger sum = {.flows = {.months = 0.0}};
        double first = before;
        for (size_t month = 12 * year; month < 12 * year + 12; month++) {
            const struct ledger *ledger = firm_ledger(firm, month, part);
            double now = value_of(ledger, "run_rate");
            CU_ASSERT_DOUBLE_EQUAL(now - before, bridge(ledger), 1e-9 * now + 0.01);
            ledger_append(&sum, ledger);
            before = now;
        }
        CU_ASSERT_DOUBLE_EQUAL(before - first, bridge(&sum), 1e-9 * before + 0.01);
        CU_ASSERT(fabs(value_of(&sum, "market_growth")) > 100.0);
    }
}

static double revenue_now(const struct accounts *accounts) {
    double sum = 0.0;
    for (size_t a = 0; a < accounts->used; a++) {
        sum += (double)(accounts->potential[a] * accounts->wallet[a]);
    }
    return sum;
}

static void flows_lead_from_the_revenue_of_a_month_to_that_of_the_next(void) {
    static const char *const SCENARIOS[] = {"scenarios/hybrid.cfg",
                                            "scenarios/handover_shared.cfg"};
    for (size_t i = 0; i < sizeof SCENARIOS / sizeof SCENARIOS[0]; i++) {
        struct world world;
        double start[4];
        double all = 0.0;
        world_load(&world, SCENARIOS[i], "simulation.years=2");
        firm_start(&world.firm, 3, 1);
        for (size_t s = 0; s < world.model.segment_count; s++) {
            start[s] = revenue_now(&world.firm.accounts[s]);
            all += start[s];
        }
        for (size_t month = 0; month < MONTHS; month++) {
            firm_step(&world.firm, month);
        }
        for (size_t s = 0; s < world.model.segment_count; s++) {
            check_bridge(&world.firm, part_of_segment(world.model.parameters, s), start[s]);
        }
        check_bridge(&world.firm, PART_ALL, all);
        world_close(&world);
    }
}

/* With neither growth of the market nor chance the flow is a month's growth of potential that meets
 * its growth of wallet: a product of two small numbers. With growth alone it is that of potential.
 */
static void the_market_gives_what_its_parameters_say(void) {
    static const double GROWTH[] = {0.0, 0.06};
    for (size_t i = 0; i < 2; i++) {
        const char *const sets[] = {i == 0 ? "segments.standard.potential.growth=0.0"
                                           : "segments.standard.potential.growth=0.06",
                                    "segments.standard.wallet.noise=0.0",
                                    "segments.standard.accounts=400", "simulation.years=1",
                                    "simulation.start=\"running\""};
        struct world world;
        world_open(&world, QUIET, sets, 5);
        firm_start(&world.firm, 5, 0);
        for (size_t month = 0; month < 12; month++) {
            double before = revenue_now(&world.firm.accounts[0]);
            firm_step(&world.firm, month);
            const struct ledger *ledger = firm_ledger(&world.firm, month, 2);
            double growth = value_of(ledger, "market_growth");
            CU_ASSERT(before > 1e6);
            CU_ASSERT_DOUBLE_EQUAL(growth, before * GROWTH[i] / 12.0, 2e-4 * before);
        }
        world_close(&world);
    }
}

/* One role owns all that there is in one segment: its outcomes are those of the segment. */
static void a_role_that_owns_everything_has_the_outcomes_of_the_segment(void) {
    static const char *const NAMES[] = {
        "revenue",           "run_rate",           "contraction",
        "churned_revenue",   "market_growth",      "customers",
        "customers_lost",    "logo_retention",     "gross_retention",
        "net_retention",     "renewals_due",       "renewals_kept",
        "expansion_revenue", "discounts",          "deals_pulled",
        "credited_revenue",  "credited_expansion", "credited_renewals"};
    struct world world;
    struct ledger role = {.flows = {.months = 0.0}};
    struct ledger segment = {.flows = {.months = 0.0}};
    double exits = 0.0;
    world_set(&world, "scenarios/our_five_kam.cfg",
              (const char *const[]){"simulation.years=2", "roles.kam.load_limit=9.0",
                                    "roles.kam.turnover.annual=0.4"},
              3);
    firm_run(&world.firm, 2, 1);
    CU_ASSERT_EQUAL_FATAL(world.model.role_count, 1);
    CU_ASSERT_EQUAL_FATAL(world.model.segment_count, 1);
    for (size_t month = 0; month < MONTHS; month++) {
        ledger_append(&role, firm_ledger(&world.firm, month, part_of_role(0)));
        ledger_append(&segment,
                      firm_ledger(&world.firm, month, part_of_segment(world.model.parameters, 0)));
    }
    exits = role.flows.exits_voluntary + role.flows.exits_involuntary;
    CU_ASSERT(exits > 0.0); /* contraction with owners who left is among what is compared */
    CU_ASSERT(segment.flows.customers_lost > 0.0);
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        double mine = value_of(&role, NAMES[i]);
        double whole = value_of(&segment, NAMES[i]);
        CU_ASSERT_DOUBLE_EQUAL(mine, whole, 1e-9 * fabs(whole) + 1e-6);
        if (!(fabs(mine - whole) <= 1e-9 * fabs(whole) + 1e-6)) {
            (void)fprintf(stderr, "%s: %.17g, %.17g\n", NAMES[i], mine, whole);
        }
    }
    world_close(&world);
}

/* Customers at the end of a month by the role that owns them, and those of no one. */
static void roles_add_up_to_the_firm_but_for_what_no_one_owns(void) {
    static const char *const FLOWS[] = {"expansion_revenue", "churned_revenue", "customers_lost",
                                        "renewals_due",      "contraction",     "market_growth",
                                        "renewals_kept"};
    static const char *const SCENARIOS[] = {"scenarios/handover_shared.cfg",
                                            "scenarios/handover_team.cfg"};
    for (size_t i = 0; i < 2; i++) {
        struct world world;
        double unowned = 0.0;
        double credited = 0.0;
        double owned = 0.0;
        world_load(&world, SCENARIOS[i], "simulation.years=2");
        firm_start(&world.firm, 4, 2);
        for (size_t month = 0; month < MONTHS; month++) {
            bool nobody = unowned > 0.0;
            firm_step(&world.firm, month);
            const struct accounts *accounts = &world.firm.accounts[0];
            double customers = 0.0;
            double sums[sizeof FLOWS / sizeof FLOWS[0]] = {0.0};
            unowned = 0.0;
            for (size_t a = 0; a < accounts->used; a++) {
                unowned += accounts->potential[a] > 0.0F && accounts->owner[a] == NO_OWNER;
            }
            for (size_t r = 0; r < world.model.role_count; r++) {
                const struct ledger *ledger = firm_ledger(&world.firm, month, part_of_role(r));
                customers += value_of(ledger, "customers");
                credited += value_of(ledger, "credited_expansion");
                owned += value_of(ledger, "expansion_revenue");
                for (size_t f = 0; f < sizeof FLOWS / sizeof FLOWS[0]; f++) {
                    sums[f] += value_of(ledger, FLOWS[f]);
                }
            }
            const struct ledger *all = firm_ledger(&world.firm, month, PART_ALL);
            CU_ASSERT_EQUAL(customers + unowned, value_of(all, "customers"));
            for (size_t f = 0; !nobody && f < sizeof FLOWS / sizeof FLOWS[0]; f++) {
                double whole = value_of(all, FLOWS[f]);
                CU_ASSERT_DOUBLE_EQUAL(sums[f], whole, 1e-9 * fabs(whole) + 1e-6);
            }
        }
        CU_ASSERT(credited > 1.02 * owned); /* who shares and who supports comes on top */
        world_close(&world);
    }
}

static const struct test TESTS[] = {
    {"flows lead from the revenue of a month to that of the next",
     flows_lead_from_the_revenue_of_a_month_to_that_of_the_next},
    {"the market gives what its parameters say", the_market_gives_what_its_parameters_say},
    {"a role that owns everything has the outcomes of the segment",
     a_role_that_owns_everything_has_the_outcomes_of_the_segment},
    {"roles add up to the firm but for what no one owns",
     roles_add_up_to_the_firm_but_for_what_no_one_owns},
};

const struct suite suite_owned = {"owned", TESTS, sizeof TESTS / sizeof TESTS[0]};
