#include "effort_fixture.h"
#include "model/job.h"
#include "pay_fixture.h"
#include "programme.h"
#include "test.h"

#include <limits.h>

/* ---- a payoff between bounds */

static void a_clamped_payoff_pays_between_its_bounds(void) {
    static const struct payoff PAYOFFS[] = {
        {1, {{0, 2, .5}}},
        {3, {{0, 0, 0}, {1, 3, 2}, {4, 1, -1}}},
        {4, {{0, 5, -1}, {2, 1, 4}, {3, 9, 0}, {5, 2, 1}}},
    };
    static const double BOUNDS[][2] = {{1, 4},
                                       {-(double)INFINITY, 2.5},
                                       {3, (double)INFINITY},
                                       {2, 2},
                                       {-(double)INFINITY, (double)INFINITY}};
    for (size_t p = 0; p < sizeof PAYOFFS / sizeof PAYOFFS[0]; p++) {
        for (size_t b = 0; b < sizeof BOUNDS / sizeof BOUNDS[0]; b++) {
            struct payoff bent = PAYOFFS[p];
            payoff_clamp(&bent, BOUNDS[b][0], BOUNDS[b][1]);
            for (double x = -9.03; x < 20; x += .17) {
                double pays = payoff_expectation(&PAYOFFS[p], x, 0);
                pays = pays < BOUNDS[b][0] ? BOUNDS[b][0] : pays;
                pays = pays > BOUNDS[b][1] ? BOUNDS[b][1] : pays;
                CU_ASSERT_DOUBLE_EQUAL(payoff_expectation(&bent, x, 0), pays, 1e-12);
            }
        }
    }
}

/* A sum over a fine grid of the normal law. */
static void the_mean_square_of_pay_is_that_of_a_sum_over_its_law(void) {
    static const struct payoff PAYOFF = {3, {{0, 0, 0}, {1, 3, 2}, {4, 9, -1}}};
    struct period_law law;
    double square = 0;
    const double step = 1e-4;
    period_law_normal(&law, 2, 1.5);
    for (double z = -8 + step / 2; z < 8; z += step) {
        double pays = payoff_expectation(&PAYOFF, 2 + 1.5 * z, 0);
        square += pays * pays * exp(-z * z / 2) * step / sqrt(2 * acos(-1));
    }
    CU_ASSERT_DOUBLE_EQUAL(period_law_square(&law, &PAYOFF), square, 1e-3);
}

/* ---- expected pay */

/* As many customers are won as are lost, and none grows without end. */
#define STILL "segments.standard.leads.per_hunter=40.0", "segments.key.leads.per_hunter=3.4"
#define PLAN "plans.sales_guaranteed."
#define BONUS                                                                                      \
    PLAN "components=({name=\"commission\";type=\"commission\";metric=\"new_revenue\";"            \
         "period=\"month\";rate=0.05},{name=\"bonus\";type=\"bonus\";metric=\"new_customers\";"    \
         "period=\"quarter\";target=12000.0;payout=([0.5,0.0],[1.0,1.0]);slope_above=2.0})"
#define YEARLY                                                                                     \
    PLAN "components=({name=\"bonus\";type=\"bonus\";metric=\"new_revenue\";period=\"year\";"      \
         "target=20000.0;payout=([0.5,0.0],[1.0,1.0]);slope_above=2.0})"
#define GUARANTEE(amount) PLAN "draw={amount=" amount ";rule=\"non_recoverable\";months=0}"
#define NO_DRAW PLAN "draw.amount=0.0"

struct pay_case {
    const char *sets[3];
    double tolerance; /* of the pay, for what is taken to be normal */
};

static const struct pay_case CASES[] = {
    {{PLAN "cap=0.0", GUARANTEE("2500.0")}, 0},
    {{PLAN "cap=25000.0", NO_DRAW}, .005},
    {{PLAN "cap=0.0", GUARANTEE("2000.0"), BONUS}, .02},
    {{PLAN "cap=28000.0", GUARANTEE("1500.0"), BONUS}, .02},
    {{PLAN "cap=22000.0", NO_DRAW, YEARLY}, 0},
    {{PLAN "cap=0.0", GUARANTEE("1500.0"), YEARLY}, 0},
};

static const struct role_law *open_case(struct pay_world *pay, const struct pay_case *here) {
    const char *sets[CALM_COUNT + 8] = {CALM, STILL, "simulation.years=1"};
    size_t count = CALM_COUNT + 3;
    for (size_t s = 0; s < 3 && here->sets[s] != NULL; s++) {
        sets[count++] = here->sets[s];
    }
    return pay_world_plan(pay, "sales_guaranteed", sets, count);
}

/* Variable pay a year and head in every replication: components, and what is added to them. */
static void sample_year(struct pay_world *pay, const struct role_law *law, unsigned replications,
                        struct sample *lines, struct sample *draws) {
    const struct model *model = &pay->world.model;
    size_t r = (size_t)(law - model->roles);
    for (unsigned replication = 0; replication < replications; replication++) {
        double months = 0;
        double line = 0;
        double draw = 0;
        pay_log_clear(pay);
        firm_run(&pay->world.firm, 43, replication);
        for (size_t month = 0; month < model->months; month++) {
            months += firm_ledger(&pay->world.firm, month, 1 + r)->flows.person_months;
            for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
                const struct payment *paid = &pay->log[month * model->seat_count + seat];
                draw += paid->draw;
                line += paid->total - paid->draw;
            }
        }
        sample_add(lines, line * 12 / months);
        sample_add(draws, draw * 12 / months);
    }
}

static void expected_pay_with_cap_and_guarantee_is_the_mean_of_simulated_pay(void) {
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct pay_world pay;
        struct sample lines = {0};
        struct sample draws = {0};
        const struct role_law *law = open_case(&pay, &CASES[i]);
        double expected = 0;
        for (size_t c = 0; c < law->plan->component_count; c++) {
            expected += law->components[c].expected_year;
        }
        double added = law->expected_pay - law->plan->salary - expected;
        sample_year(&pay, law, 16, &lines, &draws);
        double line_error = sqrt(sample_variance(&lines) / lines.count);
        double draw_error = sqrt(sample_variance(&draws) / draws.count);
        double open = CASES[i].tolerance * (expected + added);
        CU_ASSERT_DOUBLE_EQUAL(sample_mean(&lines), expected, 5 * line_error + open);
        CU_ASSERT_DOUBLE_EQUAL(sample_mean(&draws), added, 5 * draw_error + open + 1e-6);
        CU_ASSERT(line_error < .045 * expected);
        pay_world_close(&pay);
    }
}

/* ---- effort and the wish */

struct answer {
    double extra; /* effort to acquire above normal: of a plan as a whole, and simulated */
    double dynamic;
    double worth;  /* log of perceived pay */
    double joined; /* the same of somebody who has just joined */
};

static struct answer answer_to(const char *limit) {
    const char *const fixed[] = {"roles.sales.plan=\"sales_guaranteed\"",
                                 "simulation.effort=\"static\"", "simulation.years=1", limit};
    const char *const moves[] = {"roles.sales.plan=\"sales_guaranteed\"",
                                 "simulation.effort=\"dynamic\"", "simulation.years=1", limit};
    struct answer answer = {0};
    struct world world;
    world_set(&world, "scenarios/short_term_bonus.cfg", fixed, 4);
    const struct role_law *law = world.model.roles;
    CU_ASSERT_STRING_EQUAL_FATAL(law->role->name, "sales");
    answer.extra = law->effort[ACQUIRE] - 1;
    answer.worth = job_worth(law, 0, LONG_MAX);
    answer.joined = job_worth(law, 0, 0);
    world_close(&world);
    world_set(&world, "scenarios/short_term_bonus.cfg", moves, 4);
    double people = 0;
    firm_run(&world.firm, 1, 0);
    law = world.model.roles;
    for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
        if (world.firm.seats[seat].filled) {
            answer.dynamic += world.firm.seats[seat].person.effort[ACQUIRE] - 1;
            people++;
        }
    }
    answer.dynamic /= people;
    world_close(&world);
    return answer;
}

static void a_low_cap_takes_effort_and_pay(void) {
    struct answer high = answer_to(PLAN "cap=70000.0");
    struct answer mean = answer_to(PLAN "cap=30000.0");
    struct answer low = answer_to(PLAN "cap=100.0");
    CU_ASSERT(high.extra > .2 && high.dynamic > .2);
    CU_ASSERT(mean.extra < .8 * high.extra && mean.extra > .05 * high.extra);
    CU_ASSERT(low.extra < .01 && low.dynamic < .01);
    CU_ASSERT(low.extra > -.01 && low.dynamic > -.01);
    /* 49,800 of salary; a hundred more at most */
    CU_ASSERT(low.worth >= log(49800) && low.worth <= log(49900));
    CU_ASSERT(high.worth > mean.worth && mean.worth > low.worth);
}

static void a_high_guarantee_takes_effort_and_the_wish_to_leave(void) {
    struct answer none = answer_to(NO_DRAW);
    struct answer high = answer_to(GUARANTEE("20000.0"));
    struct answer first =
        answer_to(PLAN "draw={amount=20000.0;rule=\"non_recoverable\";months=12}");
    CU_ASSERT(none.extra > .2 && none.dynamic > .2);
    CU_ASSERT(high.extra < .01 && high.dynamic < .01);
    CU_ASSERT_DOUBLE_EQUAL(high.worth, log(49800 + 240000), 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(high.joined, high.worth, 0);
    /* of the first year: only who has just joined counts on it */
    CU_ASSERT_DOUBLE_EQUAL(first.worth, none.worth, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(first.joined, high.joined, 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(first.extra, none.extra, 1e-9);
}

/* A draw that is paid back is an advance. */
static void an_advance_changes_neither(void) {
    struct answer none = answer_to(NO_DRAW);
    struct answer advance = answer_to(PLAN "draw={amount=1500.0;rule=\"recoverable\";months=0}");
    CU_ASSERT_EQUAL(advance.extra, none.extra);
    CU_ASSERT_EQUAL(advance.worth, none.worth);
}

/* ---- against programmes */

enum { MONTHS = 12 };
static const double RATE = .4;
static const double DRIFT = .8;
static const double SD = .6;

static struct component commission = {
    .type = COMPONENT_COMMISSION, .metric = METRIC_NEW_REVENUE, .period = PERIOD_MONTH, .rate = .4};

struct capped {
    struct setting setting;
    struct limits limits;
};

/* Effort of a monthly commission under a cap of the year, month by month. */
static double answer_capped(const void *context, int left, double so_far) {
    const struct capped *capped = context;
    struct standing here = standing_of(0, 1, 0);
    const struct limited person = {
        .claimed = RATE * so_far, .level = 1, .month = MONTHS - left, .tenure = 99};
    limits_set(&capped->limits, &capped->setting.incentive, &person, &here, 1);
    return setting_value(&capped->setting, &here, 1) / capped->setting.role.effort.cost;
}

/* What the rule misses of the gain of the best effort, for a year's cap at so much of mean pay. */
static void the_rule_for_a_cap_comes_near_the_best_effort(void) {
    static struct capped capped;
    const struct plan plan = {.components = &commission, .component_count = 1};
    const struct payoff linear = {1, {{0, 0, RATE}}};
    for (double share = .9; share < 1.35; share += .1) {
        double cap = share * RATE * DRIFT * MONTHS;
        const struct payoff year = {2, {{0, 0, RATE}, {cap / RATE, cap, 0}}};
        capped = (struct capped){.limits = {.plan = &plan, .cap = cap, .alone = true}};
        for (int month = 0; month < MONTHS; month++) {
            for (int i = 0; i < SKILL_POINTS; i++) {
                double left = MONTHS - month;
                capped.limits.rest[month][i] =
                    (struct metric_moments){RATE * DRIFT * left, RATE * SD * sqrt(left)};
            }
        }
        setting_open(&capped.setting, 2, 0);
        setting_add(&capped.setting, 1, DRIFT, SD, &linear);
        const struct programme programme = {.drift = DRIFT,
                                            .sd = SD,
                                            .cost = capped.setting.role.effort.cost,
                                            .months = MONTHS,
                                            .cells = 12,
                                            .payoff = &year};
        struct programme_worth best = programme_solve(&programme, NULL, NULL);
        struct programme_worth rule = programme_solve(&programme, answer_capped, &capped);
        struct programme_worth none = programme_solve(&programme, idle, NULL);
        double missed = (best.value - rule.value) / (best.value - none.value);
        CU_ASSERT(missed > -1e-6 && missed < .001);
        CU_ASSERT_DOUBLE_EQUAL(rule.effort, best.effort, .02 * best.effort);
    }
}

/* The same as a bent payoff: a guarantee of the month is max(pay, guarantee), which has a formula
 * of its own. */
static void a_guarantee_of_one_commission_is_its_bent_payoff(void) {
    const struct payoff linear = {1, {{0, 0, RATE}}};
    for (double least = .1; least < .8; least += .2) {
        const struct payoff bent = {2, {{0, least, 0}, {least / RATE, least, RATE}}};
        struct setting plain;
        struct setting other;
        setting_open(&plain, 2, 0);
        setting_add(&plain, 1, DRIFT, SD, &linear);
        setting_open(&other, 2, 0);
        setting_add(&other, 1, DRIFT, SD, &bent);
        struct standing here = standing_of(0, 1, 0);
        double formula = setting_value(&other, &here, 1);
        here.least = least;
        double worth = setting_value(&plain, &here, 1);
        CU_ASSERT_DOUBLE_EQUAL(worth, formula, 1e-12);
        CU_ASSERT(worth < RATE);
        here.lost = 1;
        CU_ASSERT_DOUBLE_EQUAL(setting_value(&plain, &here, 1), 0, 1e-12);
    }
}

/* Beyond the cap of a year nothing is gained by bringing a month's deals forward or keeping them
 * back, but for the next year's cap at its end. */
static void beyond_the_cap_only_the_next_year_is_worth_waiting_for(void) {
    static struct capped capped;
    const struct plan plan = {.components = &commission, .component_count = 1};
    const struct payoff linear = {1, {{0, 0, RATE}}};
    capped = (struct capped){.limits = {.plan = &plan, .cap = 1, .alone = true}};
    setting_open(&capped.setting, 2, 0);
    setting_add(&capped.setting, 1, DRIFT, SD, &linear);
    for (int i = 0; i < SKILL_POINTS; i++) {
        for (int month = 0; month < MONTHS; month++) {
            capped.limits.rest[month][i] = (struct metric_moments){.5, .5};
        }
    }
    for (long month = 0; month < MONTHS; month++) {
        for (int beyond = 0; beyond < 2; beyond++) {
            struct standing here = standing_of(0, 1, 0);
            const struct limited person = {
                .claimed = beyond ? 1.5 : .5, .level = 1, .month = month, .tenure = 99};
            struct payoff payoff;
            double next = 0;
            limits_set(&capped.limits, &capped.setting.incentive, &person, &here, 1);
            CU_ASSERT_EQUAL(
                incentive_payoff_now(&capped.setting.incentive, &here, 1, 1, &payoff, &next), 1);
            double now = payoff_expectation(&payoff, .1, 0);
            if (month == 11) { /* room of .5, and a year that begins anew */
                CU_ASSERT_DOUBLE_EQUAL(now, beyond ? 0 : .1 * RATE, 1e-12);
                CU_ASSERT_DOUBLE_EQUAL(payoff_expectation(&payoff, 9, 0), beyond ? 0 : .5, 1e-12);
                CU_ASSERT_DOUBLE_EQUAL(next, RATE, 1e-12);
            } else { /* a unit is worth the same in both months */
                CU_ASSERT_DOUBLE_EQUAL(next, now / .1, 1e-12);
                CU_ASSERT(beyond ? now == 0 : now > .3 * .1 * RATE && now < .7 * .1 * RATE);
            }
        }
    }
}

static const struct test TESTS[] = {
    {"a clamped payoff pays between its bounds", a_clamped_payoff_pays_between_its_bounds},
    {"the mean square of pay is that of a sum over its law",
     the_mean_square_of_pay_is_that_of_a_sum_over_its_law},
    {"expected pay with cap and guarantee is the mean of simulated pay",
     expected_pay_with_cap_and_guarantee_is_the_mean_of_simulated_pay},
    {"a low cap takes effort and pay", a_low_cap_takes_effort_and_pay},
    {"a high guarantee takes effort and the wish to leave",
     a_high_guarantee_takes_effort_and_the_wish_to_leave},
    {"an advance changes neither", an_advance_changes_neither},
    {"the rule for a cap comes near the best effort",
     the_rule_for_a_cap_comes_near_the_best_effort},
    {"beyond the cap only the next year is worth waiting for",
     beyond_the_cap_only_the_next_year_is_worth_waiting_for},
    {"a guarantee of one commission is its bent payoff",
     a_guarantee_of_one_commission_is_its_bent_payoff},
};

const struct suite suite_limits = {"limits", TESTS, sizeof TESTS / sizeof TESTS[0]};
