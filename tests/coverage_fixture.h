/* Firms in which customers have owners of two roles: what tests of coverage, handover and support
 * begin with.
 * Ownership: the caller closes the world. */
#ifndef TESTS_COVERAGE_FIXTURE_H
#define TESTS_COVERAGE_FIXTURE_H

#include "firm_fixture.h"

/* Salespeople who own everybody, and a second role that a rule may name; nothing else happens. */
#define TWO_OWNERS                                                                                 \
    "simulation = { years = 3; effort = \"static\"; start = \"new\"; };\n"                         \
    "economy = { demand = { sd = 0.0; }; market_pay_growth = 0.0; };\n"                            \
    "firm = { pay_growth = 0.0; };\n"                                                              \
    "plans = { fixed = { salary = 80000.0; };\n"                                                   \
    "  booked = { salary = 60000.0; components = ( { name = \"c\"; type = \"commission\";\n"       \
    "    metric = \"bookings\"; rate = 0.05; period = \"month\"; } ); }; };\n"                     \
    "segments = { standard = { accounts = 400; prospects = 100; complexity = 0.0;\n"               \
    "  coverage = { owners = [\"sales\"];\n"                                                       \
    "    rules = ( { role = \"kam\"; potential = 200000.0; } ); };\n"                              \
    "  potential = { mean = 150000.0; cv = 1.0; growth = 0.0; };\n"                                \
    "  leads = { referrals = 0.0; }; }; };\n"                                                      \
    "roles = { sales = { plan = \"fixed\"; headcount = 10; market_pay = 80000.0;\n"                \
    "    normal_accounts = 40.0; skill = { spread = 0.0; }; turnover = { annual = 0.001; };\n"     \
    "    dismissal = { probability = 0.0; }; };\n"                                                 \
    "  kam = { plan = \"fixed\"; headcount = 10; market_pay = 80000.0; normal_accounts = 20.0;\n"  \
    "    skill = { spread = 0.0; }; ramp = { start = 0.949; months = 0.1; };\n"                    \
    "    turnover = { annual = 0.001; }; dismissal = { probability = 0.0; };\n"                    \
    "    recruiting = { days = 0.0; }; }; };\n"

/* The second role begins in month 4, so that everybody whom it gets is handed over. */
#define KAM_LATER "roles.kam.headcount=0", "roles.kam.headcount_path=([4,10])"

enum { SALES, KAM };

static inline struct flows *flows_of(const struct world *world, size_t month, size_t group) {
    return &firm_ledger(&world->firm, month, group)->flows;
}

/* Everybody young enough not to retire. */
static inline void begin(struct world *world, uint64_t seed, uint64_t replication) {
    firm_start(&world->firm, seed, replication);
    for (size_t seat = 0; seat < world->model.seat_count; seat++) {
        world->firm.seats[seat].person.tenure = 24;
    }
}

static inline void run(struct world *world, uint64_t seed, uint64_t replication) {
    begin(world, seed, replication);
    for (size_t month = 0; month < world->model.months; month++) {
        firm_step(&world->firm, month);
    }
}

static inline double sum_of(const struct world *world, size_t field) {
    double sum = 0;
    for (size_t month = 0; month < world->model.months; month++) {
        sum += *(const double *)((const char *)flows_of(world, month, 0) + field);
    }
    return sum;
}
#define SUM(world, member) sum_of(world, offsetof(struct flows, member))

/* What the seats of a role book in the first year as expansion, a month and head. */
static inline struct sample booked_by(struct world *world, size_t role, double *expected) {
    struct sample sample = {0};
    const struct role_law *law = &world->model.roles[role];
    struct slot slot = {.metric = METRIC_EXPANSION_REVENUE, .scope = SCOPE_PERSON, .product = ""};
    *expected = reference_metric(&world->scenario.parameters, role, &slot).mean;
    for (uint64_t replication = 0; replication < 60; replication++) {
        double sum = 0;
        begin(world, 7, replication);
        for (size_t seat = 0; seat < world->model.seat_count; seat++) {
            world->firm.seats[seat].person.ramp_keep = 0;
        }
        for (size_t month = 0; month < 12; month++) {
            firm_step(&world->firm, month);
            for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
                sum += world->firm.books[0].owner[seat + 1].expansion;
            }
        }
        sample_add(&sample, sum / 12 / (double)law->seats);
    }
    return sample;
}

static inline void roles_bring_what_is_expected(const char *const sets[], size_t set_count) {
    struct world world;
    world_open(&world, TWO_OWNERS, sets, set_count);
    for (size_t role = SALES; role <= KAM; role++) {
        double expected;
        struct sample booked = booked_by(&world, role, &expected);
        double error = sqrt(sample_variance(&booked) / 60);
        CU_ASSERT(error < .02 * expected);
        CU_ASSERT(fabs(sample_mean(&booked) - expected) < .015 * expected + 5 * error);
    }
    world_close(&world);
}

#endif
