/* Roles that support the owners of customers. */
#include "coverage_fixture.h"
#include "model/reference.h"
#include "test.h"

#include <math.h>

#define TEAM                                                                                       \
    "segments.standard.coverage={owners=[\"sales\"]; supporters=[\"kam\"]; rules=();}",            \
        "segments.standard.churn.annual=0.02", "segments.standard.churn.relationship=0.0",         \
        "segments.standard.churn.satisfaction=0.0", "segments.standard.wallet.noise=0.0",          \
        "handover.team.gain=0.3"

static void a_development_team_adds_its_part_to_the_owners_input(void) {
    const char *const sets[] = {TEAM, "roles.kam.load_limit=1.0"}; /* 200 of 400, load 1 */
    struct world world;
    world_open(&world, TWO_OWNERS, sets, 7);
    firm_start(&world.firm, 5, 0);
    const struct accounts *accounts = &world.firm.accounts[0];
    for (size_t seat = 0; seat < world.model.seat_count; seat++) {
        world.firm.seats[seat].person.ramp_keep = 0;
        CU_ASSERT_EQUAL(world.firm.seats[seat].accounts,
                        world.firm.seats[seat].role == SALES ? 40 : 20);
    }
    firm_step(&world.firm, 0);
    size_t supported = 0;
    double with = 0;
    int32_t latest = INT32_MIN;
    int32_t earliest = INT32_MAX;
    for (size_t a = 0; a < accounts->used; a++) {
        bool helped = accounts->support[a] > 0;
        int32_t since = accounts->coverage[a].since;
        CU_ASSERT_DOUBLE_EQUAL((double)accounts->support[a], helped ? .3 : 0, 1e-6);
        supported += helped;
        latest = helped && since > latest ? since : latest;
        earliest = !helped && since < earliest ? since : earliest;
        with += helped ? (double)accounts->expansion[a] : 0;
    }
    CU_ASSERT(supported >= 197 && supported <= 200);
    CU_ASSERT(latest <= earliest + 1);
    double credited = 0;
    double total = 0;
    for (size_t owner = 0; owner <= world.model.seat_count; owner++) {
        bool team = owner > 0 && world.firm.seats[owner - 1].role == KAM;
        credited += team ? world.firm.books[0].owner[owner].expansion : 0;
        total += world.firm.books[0].owner[owner].expansion;
    }
    CU_ASSERT_DOUBLE_EQUAL(credited, with, 1e-3 * with);
    /* everybody together has booked what was booked */
    CU_ASSERT_DOUBLE_EQUAL(total, flows_of(&world, 0, 0)->expansion_revenue, 1e-6 * total);
    world_close(&world);
}

static void what_is_expected_of_a_team_is_what_it_brings(void) {
    const char *const sets[] = {TEAM, "roles.kam.load_limit=1.0"};
    roles_bring_what_is_expected(sets, 7);
}

/* Effort of the team counts where it works: a unit of develop effort adds eta x gain to the input
 * of each supported customer. */
static void a_team_is_moved_by_what_its_effort_adds(void) {
    /* customers are in the steady state from the start */
    const char *const sets[] = {TEAM, "roles.kam.load_limit=1.0",
                                "segments.standard.wallet={start=0.5949152542; start_sd=0.0;}",
                                "segments.standard.relationship.start=0.6"};
    struct world world;
    double moved[RESPONSE_MONTHS];
    struct slot slot = {.metric = METRIC_EXPANSION_REVENUE, .scope = SCOPE_PERSON, .product = ""};
    world_open(&world, TWO_OWNERS, sets, 9);
    reference_response(&world.scenario.parameters, KAM, &slot, DEVELOP, moved);
    /* the first month's gain: g r (w_max - w) P a unit of input, of 20 customers */
    double r = .6;
    double up = .035 * (1 + .3) * r;
    double w = .9 * up / (up + .035 * (1 - r));
    double unit = .035 * r * (.9 - w) * 150000 * 20;
    CU_ASSERT_DOUBLE_EQUAL(moved[0], .34 * .3 * unit, 1e-3 * unit);
    reference_response(&world.scenario.parameters, KAM, &slot, CARE, moved);
    CU_ASSERT_EQUAL(moved[RESPONSE_MONTHS - 1], 0);
    world_close(&world);
}

static const struct test TESTS[] = {
    {"a development team adds its part to the owner's input",
     a_development_team_adds_its_part_to_the_owners_input},
    {"what is expected of a team is what it brings", what_is_expected_of_a_team_is_what_it_brings},
    {"a team is moved by what its effort adds", a_team_is_moved_by_what_its_effort_adds},
};

const struct suite suite_support = {"support", TESTS, sizeof TESTS / sizeof TESTS[0]};
