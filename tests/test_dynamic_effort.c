#include "firm_fixture.h"
#include "model/effort.h"
#include "model/reference.h"
#include "model/steps.h"
#include "test.h"

#include <stdlib.h>

/* The quiet firm under a plan of its own: text of its components. */
static void plan_open(struct world *world, const char *components, const char *const sets[],
                      size_t set_count) {
    char text[4096];
    const char *plans = strstr(QUIET, "plans = ");
    const char *rest = strchr(plans, '\n') + 1;
    (void)snprintf(text, sizeof text,
                   "%.*splans = { fixed = { salary = 60000.0; components = (%s); }; };\n%s",
                   (int)(plans - QUIET), QUIET, components, rest);
    world_open(world, text, sets, set_count);
}

/* People alike, six deals a month each, nobody leaves; the fiscal year starts in February. */
#define ALIKE                                                                                      \
    "simulation.effort=dynamic", "simulation.years=1", "simulation.fiscal_year_start=2",           \
        "segments.standard.leads.per_hunter=40.0", "segments.standard.leads.referrals=0.0",        \
        "segments.standard.prospects=20000", "segments.standard.potential.cv=0.5",                 \
        "roles.sales.skill.spread=0.0", "roles.sales.quota.error=0.0",                             \
        "roles.sales.ramp={start=0.94;months=0.1}", "roles.sales.turnover.annual=0.001",           \
        "roles.sales.quota.level=0.8"
enum { ALIKE_COUNT = 12 };

static const char COMMISSION[] =
    "{ name = \"c\"; type = \"commission\"; metric = \"new_revenue\"; period = \"quarter\";"
    "  rate = 0.002; }";

static double mean_effort(const struct world *world, size_t month, int activity) {
    const struct flows *flows = &firm_ledger(&world->firm, month, 1)->flows;
    return flows->effort[activity] / flows->person_months;
}

static void linear_pay_that_is_never_discounted_gives_the_same_effort_every_month(void) {
    const char *const sets[] = {ALIKE, "roles.sales.preferences={present_bias=1.0;discount=0.0}"};
    struct world world;
    plan_open(&world, COMMISSION, sets, ALIKE_COUNT + 1);
    firm_run(&world.firm, 3, 0);
    double first = mean_effort(&world, 0, ACQUIRE) - 1;
    CU_ASSERT(first > .05);
    for (size_t month = 0; month < world.model.months; month++) {
        /* staying is a little less than certain: .001 a year */
        CU_ASSERT_DOUBLE_EQUAL(mean_effort(&world, month, ACQUIRE) - 1, first, .002 * first);
    }
    world_close(&world);
}

/* Under present bias a month in which its own deals are paid is worth more than one before. */
static void linear_pay_later_gives_less_effort_before(void) {
    const char *const sets[] = {ALIKE};
    struct world world;
    plan_open(&world, COMMISSION, sets, ALIKE_COUNT);
    firm_run(&world.firm, 3, 0);
    /* quarters end in January, April, July, October */
    CU_ASSERT(mean_effort(&world, 3, ACQUIRE) > mean_effort(&world, 2, ACQUIRE));
    CU_ASSERT(mean_effort(&world, 2, ACQUIRE) > mean_effort(&world, 1, ACQUIRE));
    CU_ASSERT(mean_effort(&world, 4, ACQUIRE) < mean_effort(&world, 3, ACQUIRE));
    world_close(&world);
}

static void where_nothing_can_be_earned_dynamic_is_none_to_the_last_bit(void) {
    const char *const none[] = {"simulation.years=2"};
    const char *const dynamic[] = {"simulation.years=2", "simulation.effort=dynamic"};
    struct world one;
    struct world other;
    world_open(&one, QUIET, none, 1);
    world_open(&other, QUIET, dynamic, 2);
    firm_run(&one.firm, 9, 4);
    firm_run(&other.firm, 9, 4);
    size_t ledgers = one.model.months * (1 + one.model.role_count + one.model.segment_count);
    CU_ASSERT_EQUAL(
        memcmp(one.firm.ledgers, other.firm.ledgers, ledgers * sizeof *one.firm.ledgers), 0);
    world_close(&one);
    world_close(&other);
}

static const char CURVE[] =
    "{ name = \"b\"; type = \"bonus\"; metric = \"new_revenue\"; period = \"quarter\";"
    "  target = 16000.0; payout = ([0.5, 0.0], [1.0, 1.0], [1.3333, 2.0]); }";

/* Extra effort of a reference person at the start of a period. */
static void fresh_effort(const struct role_law *law, double extra[ACTIVITY_COUNT]) {
    const double shares[ACTIVITY_COUNT] = {law->role->time.acquire, law->role->time.develop,
                                           law->role->time.care};
    const struct motive *motive = &law->incentive.motives[0];
    struct standing fresh = {
        .left = motive->months, .quota = motive->quota, .ahead = (double)NAN, .output = 1};
    double value[ACTIVITY_COUNT] = {0};
    incentive_value(&law->incentive, &fresh, 1, 1, value);
    effort_solve(shares, law->role->effort.cost, law->role->effort.substitution,
                 law->role->market_pay / 12, value, extra);
}

/* Static effort is the mean over the months of a fresh period: without discounting it is what
 * dynamic effort starts with, up to the lag, which counts in the noise that effort faces. */
static void static_effort_is_how_a_fresh_period_begins(void) {
    const char *const sets[] = {ALIKE, "roles.sales.preferences={present_bias=1.0;discount=0.0}"};
    const char *const plans[2] = {COMMISSION, CURVE};
    for (int p = 0; p < 2; p++) {
        struct world world;
        double extra[ACTIVITY_COUNT];
        plan_open(&world, plans[p], sets, ALIKE_COUNT + 1);
        const struct role_law *law = &world.model.roles[0];
        fresh_effort(law, extra);
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            double tolerance = p == 0 ? .005 : .1;
            CU_ASSERT_DOUBLE_EQUAL(extra[k], law->effort[k] - 1,
                                   tolerance * fabs(law->effort[k] - 1));
        }
        world_close(&world);
    }
}

/* Effort in the last month of a quarter by what has been reached before it, as a share of quota. */
struct reach {
    struct sample effort[3];
    double idle; /* effort for what lands in the quarters after this one alone */
};

static double effort_for_later(const struct role_law *law) {
    const struct role *role = law->role;
    const double shares[ACTIVITY_COUNT] = {role->time.acquire, role->time.develop, role->time.care};
    const struct motive *motive = &law->incentive.motives[0];
    double worth = motive->left * motive_worth(&law->incentive, motive, motive->quota, 1, 0, 1);
    double value[ACTIVITY_COUNT];
    double extra[ACTIVITY_COUNT];
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        value[k] = worth * motive->later[k][1];
    }
    effort_solve(shares, role->effort.cost, role->effort.substitution, role->market_pay / 12, value,
                 extra);
    return extra[ACQUIRE];
}

static struct reach efforts_by_reach(const char *components, const double bounds[3][2],
                                     const char *set) {
    const char *const sets[] = {ALIKE, set};
    struct reach reach = {0};
    struct world world;
    plan_open(&world, components, sets, ALIKE_COUNT + (set != NULL));
    const struct model *model = &world.model;
    reach.idle = effort_for_later(&model->roles[0]);
    for (uint64_t replication = 0; replication < 30; replication++) {
        firm_run(&world.firm, 7, replication);
        step_effort(&world.firm, 12); /* January: the last month of a quarter */
        for (size_t seat = 0; seat < model->seat_count; seat++) {
            const struct measured *measured = &world.firm.measured[seat * model->slot_most];
            double reached = measured->sum / (measured->quota / 12 * 1.5); /* two of three months */
            for (int b = 0; b < 3; b++) {
                if (world.firm.seats[seat].filled && reached >= bounds[b][0] &&
                    reached < bounds[b][1]) {
                    sample_add(&reach.effort[b], world.firm.seats[seat].person.effort[ACQUIRE] - 1);
                }
            }
        }
    }
    world_close(&world);
    return reach;
}

static const double FAR_NEAR_OVER[3][2] = {{0, .3}, {.6, .8}, {1.15, 9}};

static void simulated_people_give_up_sprint_and_coast(void) {
    static const char JUMP[] =
        "{ name = \"b\"; type = \"bonus\"; metric = \"new_revenue\"; period = \"quarter\";"
        "  target = 20000.0; payout = ([1.0, 1.0]); }";
    static const char ACCELERATED[] =
        "{ name = \"b\"; type = \"bonus\"; metric = \"new_revenue\"; period = \"quarter\";"
        "  target = 20000.0; payout = ([1.0, 1.0]); slope_above = 5.0; }";
    struct reach jump = efforts_by_reach(JUMP, FAR_NEAR_OVER, NULL);
    for (int b = 0; b < 3; b++) {
        CU_ASSERT_FATAL(jump.effort[b].count > 30);
    }
    CU_ASSERT(jump.idle > .05);
    CU_ASSERT(sample_mean(&jump.effort[0]) < 1.1 * jump.idle);
    CU_ASSERT(sample_mean(&jump.effort[1]) > 1.5 * jump.idle);
    CU_ASSERT_DOUBLE_EQUAL(sample_mean(&jump.effort[2]), jump.idle, .05 * jump.idle);
    struct reach accelerated = efforts_by_reach(ACCELERATED, FAR_NEAR_OVER, NULL);
    CU_ASSERT(sample_mean(&accelerated.effort[2]) > sample_mean(&accelerated.effort[0]));
    CU_ASSERT(sample_mean(&accelerated.effort[2]) > 1.2 * accelerated.idle);
}

static void simulated_people_stop_above_a_cap(void) {
    static const char OPEN[] =
        "{ name = \"b\"; type = \"bonus\"; metric = \"new_revenue\"; period = \"quarter\";"
        "  target = 16000.0; payout = ([0.5, 0.0], [1.0, 1.0]); slope_above = 2.0; }";
    static const char CAPPED[] =
        "{ name = \"b\"; type = \"bonus\"; metric = \"new_revenue\"; period = \"quarter\";"
        "  target = 16000.0; cap = 4200.0;"
        "  payout = ([0.5, 0.0], [1.0, 1.0]); slope_above = 2.0; }"; /* a quarter: 4,000 */
    struct reach open = efforts_by_reach(OPEN, FAR_NEAR_OVER, NULL);
    struct reach capped = efforts_by_reach(CAPPED, FAR_NEAR_OVER, NULL);
    CU_ASSERT_FATAL(open.effort[2].count > 30 && capped.effort[2].count > 30);
    CU_ASSERT(sample_mean(&open.effort[2]) > 1.2 * open.idle);
    CU_ASSERT_DOUBLE_EQUAL(sample_mean(&capped.effort[2]), capped.idle, .05 * capped.idle);
}

static void simulated_people_hold_back_above_a_quota_that_ratchets(void) {
    static const char RATCHET[] =
        "{ name = \"b\"; type = \"bonus\"; metric = \"new_revenue\"; period = \"quarter\";"
        "  target = 16000.0; payout = ([0.5, 0.0], [1.0, 1.0]); slope_above = 2.0;"
        "  ratchet = { up = 0.0; down = 0.0; }; }";
    struct reach fixed = efforts_by_reach(RATCHET, FAR_NEAR_OVER, NULL);
    struct reach ratchet = efforts_by_reach(RATCHET, FAR_NEAR_OVER,
                                            "plans.fixed.components.[0].ratchet={up=0.7;down=0.5}");
    CU_ASSERT_FATAL(ratchet.effort[2].count > 30);
    /* G is about .87 / .6 of what is lost later, .7 of it above the quota: nothing is left */
    CU_ASSERT(sample_mean(&ratchet.effort[2]) < .3 * sample_mean(&fixed.effort[2]));
}

/* Mean effort of the key account managers in the second and third year. */
static void effort_of_kam(const char *path, double effort[ACTIVITY_COUNT]) {
    struct world world;
    double people = 0;
    world_load(&world, path, "simulation.effort=dynamic");
    size_t kam = 0;
    while (strcmp(world.model.roles[kam].role->name, "kam") != 0) {
        kam++;
    }
    effort[ACQUIRE] = effort[DEVELOP] = effort[CARE] = 0;
    for (uint64_t replication = 0; replication < 20; replication++) {
        firm_run(&world.firm, 1, replication);
        for (size_t month = 12; month < 36; month++) {
            const struct flows *flows = &firm_ledger(&world.firm, month, 1 + kam)->flows;
            people += flows->person_months;
            for (int k = 0; k < ACTIVITY_COUNT; k++) {
                effort[k] += flows->effort[k];
            }
        }
    }
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        effort[k] /= people;
    }
    world_close(&world);
}

static void long_term_pay_on_the_book_feeds_the_care_that_a_quarter_starves(void) {
    double bonus[ACTIVITY_COUNT];
    double term[ACTIVITY_COUNT];
    effort_of_kam("scenarios/short_term_bonus.cfg", bonus);
    effort_of_kam("scenarios/long_term_kam.cfg", term);
    CU_ASSERT(term[CARE] > bonus[CARE] + .2);
    CU_ASSERT(term[ACQUIRE] < bonus[ACQUIRE] - .2);
    CU_ASSERT(bonus[CARE] < bonus[DEVELOP]);
    CU_ASSERT(term[CARE] > term[DEVELOP]);
}

/* Every number of every ledger over some histories. */
static void check_finite(struct world *world, uint64_t replications) {
    size_t groups = 1 + world->model.role_count + world->model.segment_count;
    size_t count = world->model.months * groups * (sizeof(struct ledger) / sizeof(double));
    for (uint64_t replication = 0; replication < replications; replication++) {
        firm_run(&world->firm, 5, replication);
        const double *numbers = &world->firm.ledgers[0].flows.months;
        size_t broken = 0;
        for (size_t i = 0; i < count; i++) {
            broken += isfinite(numbers[i]) ? 0 : 1;
        }
        CU_ASSERT_EQUAL(broken, 0);
    }
}

static void every_shipped_plan_gives_finite_months(void) {
    static const char *const PLANS[] = {
        "sales_quarterly_bonus", "sales_commission", "development_bonus", "development_shared",
        "kam_quarterly_bonus",   "kam_lti",          "kam_mixed"};
    static const char *const CORNERS[] = {"roles.kam.effort.cost=0.01",
                                          "roles.kam.preferences.risk_aversion=100.0",
                                          "roles.sales.quota.level=0.05"};
    for (size_t p = 0; p < sizeof PLANS / sizeof PLANS[0]; p++) {
        for (size_t corner = 0; corner < 3; corner++) {
            char sets[3][64];
            const char *all[5] = {sets[0], sets[1], sets[2], "simulation.effort=dynamic",
                                  CORNERS[corner]};
            const char *const roles[3] = {"sales", "development", "kam"};
            struct error error = {0};
            struct world world = {.scenario = {.path = NULL}};
            for (int r = 0; r < 3; r++) {
                (void)snprintf(sets[r], sizeof sets[r], "roles.%s.plan=%s", roles[r], PLANS[p]);
            }
            /* the first: as shipped */
            size_t set_count = corner == 0 ? 4 : 5;
            CU_ASSERT_FATAL(scenario_load(&world.scenario, "scenarios/short_term_bonus.cfg", all,
                                          set_count, &error));
            CU_ASSERT_FATAL(model_init(&world.model, &world.scenario.parameters, &error));
            CU_ASSERT_FATAL(firm_init(&world.firm, &world.model, &error));
            check_finite(&world, corner == 0 ? 20 : 4);
            world_close(&world);
        }
    }
}

static void a_quota_of_nothing_gives_finite_months(void) {
    static const char RAMP[] =
        "{ name = \"b\"; type = \"bonus\"; metric = \"new_revenue\"; period = \"quarter\";"
        "  target = 16000.0; payout = ([0.5, 0.0], [1.0, 1.0]); slope_above = 2.0;"
        "  quota_ramp = ([1, 0.0], [239, 0.0], [240, 1.0]); }";
    const char *const sets[] = {ALIKE};
    struct world world;
    plan_open(&world, RAMP, sets, ALIKE_COUNT);
    check_finite(&world, 5);
    world_close(&world);
}

/* Cycles on a straight line, one granted every month: each that is open adds its slope times what a
 * unit of effort still moves until its end, perceived today. */
static void every_open_cycle_counts_for_effort(void) {
    static const int CYCLES[3] = {12, 36, 120};
    const char *const sets[] = {ALIKE, "segments.standard.accounts=400",
                                "segments.standard.churn.annual=0.002", "roles.sales.headcount=10",
                                "simulation.start=running"};
    for (int c = 0; c < 3; c++) {
        const int cycle = CYCLES[c];
        struct standing standings[STANDINGS_MOST];
        struct world world;
        char plan[512];
        (void)snprintf(plan, sizeof plan,
                       "{ name = \"many\"; type = \"ltip\"; metric = \"net_retention\";"
                       "  target = 100.0; payout = ( [0.0, 0.0], [30.0, 30.0] );"
                       "  cycle_months = %d; every_months = 1; }",
                       cycle);
        plan_open(&world, plan, sets, ALIKE_COUNT + 4);
        firm_start(&world.firm, 3, 0);
        size_t seat = 0;
        while (seat < world.model.seat_count && world.firm.seats[seat].person.tenure < cycle) {
            seat++;
        }
        CU_ASSERT_FATAL(seat < world.model.seat_count);
        size_t count = effort_standings(&world.firm, seat, 0, standings);
        CU_ASSERT_EQUAL(count, (size_t)cycle);
        const struct role_law *law = &world.model.roles[0];
        const struct slot slot = slot_of(&law->plan->components[0], SLOT_MAIN);
        double response[RESPONSE_MONTHS];
        double value[ACTIVITY_COUNT] = {0.0};
        double wanted = 0.0;
        reference_response(&world.scenario.parameters, 0, &slot, CARE, response);
        for (int left = 1; left <= cycle; left++) {
            double waiting = pow(law->incentive.keep, left - 1);
            waiting *= left > 1 ? law->role->preferences.present_bias : 1.0;
            wanted += 100 * waiting * response[left - 1];
        }
        incentive_value(&law->incentive, standings, count, 1.0, value);
        CU_ASSERT(wanted > 0);
        CU_ASSERT_DOUBLE_EQUAL(value[CARE], wanted, 1e-6 * wanted);
        world_close(&world);
    }
}

static const struct test TESTS[] = {
    {"every open cycle counts for effort", every_open_cycle_counts_for_effort},
    {"linear pay that is never discounted gives the same effort every month",
     linear_pay_that_is_never_discounted_gives_the_same_effort_every_month},
    {"linear pay later gives less effort before", linear_pay_later_gives_less_effort_before},
    {"where nothing can be earned dynamic is none to the last bit",
     where_nothing_can_be_earned_dynamic_is_none_to_the_last_bit},
    {"static effort is how a fresh period begins", static_effort_is_how_a_fresh_period_begins},
    {"simulated people give up, sprint and coast", simulated_people_give_up_sprint_and_coast},
    {"simulated people stop above a cap", simulated_people_stop_above_a_cap},
    {"simulated people hold back above a quota that ratchets",
     simulated_people_hold_back_above_a_quota_that_ratchets},
    {"long-term pay on the book feeds the care that a quarter starves",
     long_term_pay_on_the_book_feeds_the_care_that_a_quarter_starves},
    {"every shipped plan gives finite months", every_shipped_plan_gives_finite_months},
    {"a quota of nothing gives finite months", a_quota_of_nothing_gives_finite_months},
};

const struct suite suite_dynamic_effort = {"dynamic effort", TESTS, sizeof TESTS / sizeof TESTS[0]};
