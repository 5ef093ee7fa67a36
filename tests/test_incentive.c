#include "effort_fixture.h"
#include "firm_fixture.h"
#include "model/effort.h"
#include "model/expectation.h"
#include "programme.h"
#include "test.h"

static const struct payoff BONUS = {2, {{0, 0, 0}, {1, .2, 0}}};

/* The published cases: sigma .3, c .5, mu .8, one period; e* = worth / cost. Half a period is a
 * month of two, in which a unit of effort adds and costs half as much. */
static void the_designed_cases_follow_from_standings(void) {
    struct setting setting;
    const struct payoff slopes = {3, {{0, 0, 0}, {.5, 0, .2}, {1, .1, .4}}};
    setting_open(&setting, .5, 0);
    setting_add(&setting, 1, .8, .3, &BONUS);
    struct standing start = standing_of(0, 1, 0);
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &start, 1) / .5, .36249321, 1e-8);
    setting_open(&setting, .5, 0);
    setting_add(&setting, 1, .8, .3, &slopes);
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &start, 1) / .5, .78165737, 1e-8);
    setting_open(&setting, 1, 0); /* a month's rate x is e / 2: 1/2 .5 e^2 / 2 = 1/2 1 x^2 */
    setting_add(&setting, 2, .4, .3 * sqrt(.5), &BONUS);
    struct standing half = standing_of(0, 1, .4);
    CU_ASSERT_DOUBLE_EQUAL(2 * setting_value(&setting, &half, 1), .58733959, 1e-8);
    struct standing whole = standing_of(0, 2, 0);
    CU_ASSERT_DOUBLE_EQUAL(2 * setting_value(&setting, &whole, 1), .36249321, 1e-8);
}

static void linear_pay_is_worth_its_rate_whatever_has_been_reached(void) {
    struct setting setting;
    const struct payoff linear = {1, {{0, 0, .3}}};
    setting_open(&setting, .5, 2);
    setting_add(&setting, 12, .8, .3, &linear);
    for (int left = 1; left <= 12; left++) {
        for (double so_far = -2; so_far < 20; so_far += 3) {
            struct standing here = standing_of(0, left, so_far);
            CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &here, 1), .3, 1e-12);
        }
    }
}

/* Pay of the last month counts in full, a later one beta keep^months. */
static void later_pay_is_worth_less(void) {
    struct setting setting;
    const struct payoff linear = {1, {{0, 0, .3}}};
    setting_open(&setting, .5, 0);
    setting.role.preferences.present_bias = .87;
    setting.incentive.keep = .96;
    setting_add(&setting, 12, .8, .3, &linear);
    for (int left = 1; left <= 12; left++) {
        struct standing here = standing_of(0, left, 1);
        double seen = left == 1 ? 1 : .87 * pow(.96, left - 1);
        CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &here, 1), .3 * seen, 1e-12);
    }
}

/* What lands in the next periods earns what a unit is worth there, when it is paid there. */
static void what_lands_later_earns_later_periods(void) {
    struct setting setting;
    const struct payoff linear = {1, {{0, 0, .3}}};
    setting_open(&setting, .5, 0);
    setting.role.preferences.present_bias = .87;
    setting.incentive.keep = .96;
    struct motive *motive = setting_add(&setting, 3, .8, .3, &linear);
    for (int h = 1; h <= MOTIVE_MONTHS; h++) {
        motive->response[ACQUIRE][h] = h < 6 ? .1 * h : .5; /* a tenth lands each month */
    }
    motive_complete(&setting.incentive, motive, 0, 0, motive->months);
    struct standing two_left = standing_of(0, 2, 0);
    double worth = .2 * .87 * .96 + .3 * .87 * pow(.96, 4); /* months 1, 2 and 3, 4, 5 */
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &two_left, 1), .3 * worth, 1e-12);
    struct standing one_left = standing_of(0, 1, 0);
    worth = .1 + .3 * .87 * pow(.96, 3) + .1 * .87 * pow(.96, 6);
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &one_left, 1), .3 * worth, 1e-12);
}

/* Cycles of half a year that begin every quarter: the youngest looks ahead to those that follow,
 * an older one has been followed already. */
static void the_youngest_cycle_looks_ahead(void) {
    struct setting setting;
    const struct payoff linear = {1, {{0, 0, .3}}};
    setting_open(&setting, .5, 0);
    setting.role.preferences.present_bias = .87;
    setting.incentive.keep = .96;
    struct motive *motive = setting_add(&setting, 6, .8, .3, &linear);
    for (int h = 1; h <= MOTIVE_MONTHS; h++) {
        motive->response[ACQUIRE][h] = h < 7 ? .1 * h : .7;
    }
    motive_complete(&setting.incentive, motive, 0, 0, 3);
    struct standing older = standing_of(0, 2, 0);
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &older, 1), .3 * .2 * .87 * .96, 1e-12);
    struct standing youngest = standing_of(0, 5, 0); /* the next ones begin after 2 and 5 months */
    double worth = .5 * pow(.96, 4) + (.7 - .2) * pow(.96, 7) + (.7 - .5) * pow(.96, 10);
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &youngest, 1), .3 * .87 * worth, 1e-12);
    struct standing both[] = {older, youngest};
    CU_ASSERT_DOUBLE_EQUAL(
        setting_value(&setting, both, 2),
        setting_value(&setting, &older, 1) + setting_value(&setting, &youngest, 1), 1e-12);
}

/* A state counts again at every end; what a ratio gains is lost where it is the base. */
static void states_count_again_and_a_higher_base_takes_away(void) {
    const struct role blind = {.preferences = {.base_foresight = 0}};
    const struct role half = {.preferences = {.base_foresight = .5}};
    CU_ASSERT_DOUBLE_EQUAL(response_between(&blind, METRIC_END, .02, .015), .015, 0);
    CU_ASSERT_DOUBLE_EQUAL(response_between(&blind, METRIC_MEAN, .02, .05), .05 - .02, 0);
    CU_ASSERT_DOUBLE_EQUAL(response_between(&blind, METRIC_INDEX, .02, .015), 0, 0);
    CU_ASSERT_DOUBLE_EQUAL(response_between(&half, METRIC_INDEX, .02, .015), -.0025, 1e-15);
    struct setting setting;
    const struct payoff linear = {1, {{0, 0, .3}}};
    setting_open(&setting, .5, 0);
    setting.role.preferences.base_foresight = 1;
    setting.role.preferences.present_bias = .87;
    setting.incentive.keep = .96;
    struct motive *motive = setting_add(&setting, 12, 1.01, .03, &linear);
    motive->kind = METRIC_INDEX;
    for (int h = 1; h <= MOTIVE_MONTHS; h++) {
        motive->response[ACQUIRE][h] = h <= 12 ? .02 : h <= 24 ? .015 : 0;
    }
    motive_complete(&setting.incentive, motive, 0, 0, 12);
    struct standing last_month = standing_of(0, 1, 1);
    double worth = .02 - .005 * .87 * pow(.96, 12) - .015 * .87 * pow(.96, 24);
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &last_month, 1), .3 * worth, 1e-12);
}

/* Where a function of one number has its top, by ternary search. */
static double top(double (*f)(const void *context, double x), const void *context, double low,
                  double high) {
    for (int i = 0; i < 200; i++) {
        double third = (high - low) / 3;
        if (f(context, low + third) < f(context, high - third)) {
            low += third;
        } else {
            high -= third;
        }
    }
    return (low + high) / 2;
}

struct contract {
    double cost;
    double aversion;
    double sd;
};

/* Output less its pay, and what the pay is worth to the person. */
static double surplus_of_rate(const void *context, double rate) {
    const struct contract *contract = context;
    const struct payoff linear = {1, {{0, 0, rate}}};
    double variance = contract->sd * contract->sd;
    double theta = (1 / contract->cost - contract->aversion * variance) / variance;
    struct setting setting;
    setting_open(&setting, contract->cost, contract->aversion);
    setting_add(&setting, 1, 1, contract->sd, &linear);
    struct standing here = standing_of(0, 1, 0);
    double x = setting_value(&setting, &here, 1) / contract->cost;
    return (1 - rate) * (1 + x) + payoff_marginal(&linear, 1, contract->sd, theta).value;
}

static void the_best_rate_is_that_of_holmstrom_and_milgrom(void) {
    const struct contract contracts[4] = {{.5, 1, .3}, {.5, 4, .6}, {2, 2, 1}, {.15, .1, .2}};
    for (int i = 0; i < 4; i++) {
        const struct contract *c = &contracts[i];
        double wanted = 1 / (1 + c->aversion * c->cost * c->sd * c->sd);
        CU_ASSERT_DOUBLE_EQUAL(top(surplus_of_rate, c, 0, 1), wanted, 1e-6);
    }
}

/* Two tasks, each with a measure of its own, substitutes in the cost of effort. */
struct tasks {
    double shares[ACTIVITY_COUNT];
    double cost;
    double substitution;
    double aversion;
    double variance[2];
    double benefit[2];
    double rates[2];
    int chosen; /* the rate that is being searched */
};

static double cost_matrix(const struct tasks *t, int j, int k) { /* Y = 1 */
    return t->cost * ((j == k ? (1 - t->substitution) * t->shares[j] : 0) +
                      t->substitution * t->shares[j] * t->shares[k]);
}

static double surplus_of_tasks(const void *context, double rate) {
    struct tasks t = *(const struct tasks *)context;
    struct setting setting;
    double value[ACTIVITY_COUNT] = {0};
    double x[ACTIVITY_COUNT];
    t.rates[t.chosen] = rate;
    setting_open(&setting, t.cost, t.aversion);
    struct standing standings[2];
    for (size_t k = 0; k < 2; k++) {
        const struct payoff linear = {1, {{0, 0, t.rates[k]}}};
        struct motive *motive = setting_add(&setting, 1, 1, sqrt(t.variance[k]), &linear);
        motive->measure = k;
        for (int h = 1; h <= MOTIVE_MONTHS; h++) {
            motive->response[ACQUIRE][h] = k == 0;
            motive->response[DEVELOP][h] = k == 1;
        }
        motive_complete(&setting.incentive, motive, 0, 0, motive->months);
        standings[k] = standing_of(k, 1, 0);
    }
    incentive_value(&setting.incentive, standings, 2, 1, value);
    effort_solve(t.shares, t.cost, t.substitution, 1, value, x);
    double surplus = 0;
    for (int j = 0; j < 2; j++) {
        surplus += t.benefit[j] * x[j] - .5 * t.aversion * t.variance[j] * t.rates[j] * t.rates[j];
        for (int k = 0; k < 2; k++) {
            surplus -= .5 * x[j] * cost_matrix(&t, j, k) * x[k];
        }
    }
    return surplus;
}

static const struct tasks TASKS = {{.6, .4, 0}, .5,     .3, 2, {.3, .5},
                                   {.8, .5},    {0, 0}, 0}; /* as many as the shares say */

static void the_best_rates_of_two_tasks_are_those_of_the_matrix_formula(void) {
    struct tasks t = TASKS;
    for (int round = 0; round < 40; round++) {
        for (t.chosen = 0; t.chosen < 2; t.chosen++) {
            t.rates[t.chosen] = top(surplus_of_tasks, &t, -2, 2);
        }
    }
    double m[2][2]; /* I + a C Sigma */
    for (int j = 0; j < 2; j++) {
        for (int k = 0; k < 2; k++) {
            m[j][k] = (j == k) + t.aversion * cost_matrix(&t, j, k) * t.variance[k];
        }
    }
    double det = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    CU_ASSERT_DOUBLE_EQUAL(t.rates[0], (m[1][1] * .8 - m[0][1] * .5) / det, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(t.rates[1], (m[0][0] * .5 - m[1][0] * .8) / det, 1e-6);
}

static void a_substitute_that_cannot_be_measured_lowers_the_best_rate(void) {
    struct tasks t = TASKS;
    double rate = top(surplus_of_tasks, &t, -2, 2); /* the other task's rate is 0 */
    double c11 = cost_matrix(&t, 0, 0);
    double c12 = cost_matrix(&t, 0, 1);
    double c22 = cost_matrix(&t, 1, 1);
    double wanted = (.8 - .5 * c12 / c22) / (1 + 2 * .3 * (c11 - c12 * c12 / c22));
    CU_ASSERT_DOUBLE_EQUAL(rate, wanted, 1e-6);
    t.benefit[1] = 0; /* the same person, and a task that nobody misses */
    CU_ASSERT(top(surplus_of_tasks, &t, -2, 2) > rate + .05);
}

static const struct payoff JUMP = {2, {{0, 0, 0}, {3, 1.15, 0}}};

/* A quarter with a bonus at 3, a month's drift 1: last month, effort by what has been reached. */
static void people_give_up_sprint_and_coast(void) {
    struct setting setting;
    setting_open(&setting, 3, 0);
    setting_add(&setting, 3, 1, .4, &JUMP);
    const double reached[5] = {0, 1.6, 1.9, 3.2, 5};
    double worth[5];
    for (int i = 0; i < 5; i++) {
        struct standing here = standing_of(0, 1, reached[i]);
        worth[i] = setting_value(&setting, &here, 1);
    }
    CU_ASSERT(worth[0] < .01 * worth[2]); /* hopeless */
    CU_ASSERT(worth[1] > worth[3]);       /* near it: the goal gradient */
    CU_ASSERT(worth[3] < .02 * worth[2]); /* it is safe */
    CU_ASSERT(worth[4] < 1e-12);
    double before = 0;
    for (double s = .4; s < 1.7; s += .1) { /* the nearer, the more */
        struct standing here = standing_of(0, 1, s);
        double now = setting_value(&setting, &here, 1);
        CU_ASSERT(now > before);
        before = now;
    }
    for (int left = 3; left > 1; left--) { /* on schedule, the end draws nearer */
        struct standing here = standing_of(0, left, 3 - left);
        struct standing next = standing_of(0, left - 1, 4 - left);
        CU_ASSERT(setting_value(&setting, &next, 1) > setting_value(&setting, &here, 1));
    }
}

static void an_accelerator_keeps_people_going_and_a_cap_stops_them(void) {
    struct setting setting;
    const struct payoff accelerated = {3, {{0, 0, 0}, {1.5, 0, .4}, {3, .6, .8}}};
    const struct payoff capped = {4, {{0, 0, 0}, {1.5, 0, .4}, {3, .6, .8}, {4, 1.4, 0}}};
    struct standing above = standing_of(0, 1, 5);
    struct standing early = standing_of(0, 3, 0);
    setting_open(&setting, 3, 0);
    setting_add(&setting, 3, 1, .4, &accelerated);
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &above, 1), .8, 1e-6);
    double open = setting_value(&setting, &early, 1);
    setting_open(&setting, 3, 0);
    setting_add(&setting, 3, 1, .4, &capped);
    CU_ASSERT(setting_value(&setting, &above, 1) < 1e-6);
    CU_ASSERT(setting_value(&setting, &early, 1) < open);
}

/* With hardly any noise effort is worth its cost or not: a gap d costs 1/2 c d^2. */
static void without_noise_a_bonus_is_worth_the_effort_that_it_pays_for(void) {
    const double sds[3] = {.05, .02, .01};
    const struct payoff jump = {2, {{0, 0, 0}, {1.6, 1, 0}}};
    for (int i = 0; i < 3; i++) {
        struct setting setting;
        setting_open(&setting, 3, 0); /* up to d = sqrt(2 / 3) = .816 */
        setting_add(&setting, 1, 1, sds[i], &jump);
        struct standing near = standing_of(0, 1, 0);
        CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &near, 1) / 3, .6, .6 * sds[i]);
        struct standing far = standing_of(0, 1, -.3);
        CU_ASSERT(setting_value(&setting, &far, 1) / 3 < 1e-3);
    }
}

/* In the last month a quarter's and a year's bonus are one payoff. */
static void payoffs_that_end_together_are_one(void) {
    struct setting setting;
    const struct payoff year = {2, {{0, 0, 0}, {12, 1, .4}}};
    setting_open(&setting, 3, 0);
    setting_add(&setting, 3, 1, .4, &JUMP);
    setting_add(&setting, 12, 1, .4, &year);
    struct standing both[2] = {standing_of(0, 1, 2), standing_of(1, 1, 10.9)};
    const struct payoff sum = {3, {{0, 0, 0}, {1, 1.15, 0}, {1.1, 2.15, .4}}};
    double wanted = payoff_marginal(&sum, 1, .4, 1 / 3. / .16).lambda;
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, both, 2), wanted, 1e-10);
}

/* The text's rule for payoffs that overlap, written out. */
static void overlapping_payoffs_count_with_each_other(void) {
    struct setting setting;
    const struct payoff year = {2, {{0, 0, 0}, {12, 1, .4}}};
    const struct payoff rate = {1, {{0, 0, .2}}};
    double theta = 1 / 3. / .16;
    setting_open(&setting, 3, 0);
    setting_add(&setting, 3, 1, .4, &JUMP);
    setting_add(&setting, 12, 1, .4, &year);
    setting_add(&setting, 1, 1, .4, &rate);
    double fresh = payoff_marginal(&JUMP, 3, .4 * sqrt(3), theta).lambda;
    double far =
        payoff_marginal(&year, 3.5 + 8 + theta * (.2 + fresh) * 8 * .16, .4 * sqrt(8), theta)
            .lambda;
    double near =
        payoff_marginal(&JUMP, .7 + 2 + theta * (.2 + far) * 2 * .16, .4 * sqrt(2), theta).lambda;
    struct standing all[3] = {standing_of(0, 2, .7), standing_of(1, 8, 3.5), standing_of(2, 1, 0)};
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, all, 3), near + far + .2, 1e-10);
}

/* A quarter's bonus at four deals a month: sd = sqrt((1 + cv^2) / 4) of a month's mean, cv 1. */
static void the_formula_is_nearly_the_best_that_can_be_done(void) {
    const struct payoff curve = {4, {{0, 0, 0}, {1.6, 0, .4}, {3.3, .7, .6}, {4.4, 1.3, 0}}};
    const struct payoff jump = {2, {{0, 0, 0}, {3.27, 1.15, 0}}};
    const struct payoff *const payoffs[2] = {&curve, &jump};
    for (int i = 0; i < 2; i++) {
        struct setting setting;
        struct programme programme = {1, sqrt(.5), 1 / .341, 1 / 6., 3, 10, payoffs[i]};
        setting_open(&setting, programme.cost, programme.aversion);
        setting_add(&setting, 3, programme.drift, programme.sd, payoffs[i]);
        double best = programme_solve(&programme, NULL, NULL).value;
        double none = programme_solve(&programme, idle, NULL).value;
        double here = programme_solve(&programme, closed, &setting).value;
        CU_ASSERT(best - none > .05);
        CU_ASSERT(here > best - (i == 0 ? .0001 : .0015) * (best - none));
        CU_ASSERT(here < best + 1e-6);
    }
}

/* A straight bonus s from nothing: a unit above the quota comes back as s G of later pay. */
static void above_a_quota_that_ratchets_people_hold_back(void) {
    struct setting setting;
    const struct payoff straight = {1, {{0, 0, .3}}};
    setting_open(&setting, 3, 0);
    setting.role.preferences.present_bias = .87;
    setting.incentive.keep = .96;
    struct motive *motive = setting_add(&setting, 3, 1, .4, &straight);
    motive->stretches = true;
    motive->quota = 3;
    struct standing above = standing_of(0, 1, 6);
    struct standing below = standing_of(0, 1, -3);
    above.quota = 3;
    below.quota = 3;
    double plain = setting_value(&setting, &above, 1);
    motive_complete(&setting.incentive, motive, .7, .5, motive->months);
    double d = pow(.96, 3);
    double g = .87 * d / (1 - (1 - .6) * d);
    CU_ASSERT_DOUBLE_EQUAL(plain, .3, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &above, 1), .3 * (1 - .7 * g), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &below, 1), .3 * (1 - .5 * g), 1e-9);
    motive_complete(&setting.incentive, motive, 0, 0, motive->months);
    CU_ASSERT_EQUAL(setting_value(&setting, &above, 1), plain);
    CU_ASSERT_EQUAL(motive->left, 1);
}

/* Two bonuses on the product of the only segment are bonuses on everything. */
static void components_on_the_same_product_are_one_measure(void) {
    static const char *const PRODUCTS[2] = {"", "product = \"standard\";"};
    double worth[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        char plan[1024];
        (void)snprintf(plan, sizeof plan,
                       "plans = { fixed = { salary = 60000.0; components = (\n"
                       "  { name = \"q\"; type = \"bonus\"; metric = \"new_revenue\"; %s\n"
                       "    period = \"quarter\"; target = 20000.0;\n"
                       "    payout = ([0.8, 0.0], [1.0, 1.0], [1.4, 3.0]); },\n"
                       "  { name = \"y\"; type = \"bonus\"; metric = \"new_revenue\"; %s\n"
                       "    period = \"year\"; target = 10000.0;\n"
                       "    payout = ([1.0, 1.0], [1.2, 2.0]); } ); }; };\n",
                       PRODUCTS[i], PRODUCTS[i]);
        char text[4096];
        const char *old = strstr(QUIET, "plans = ");
        const char *rest = strchr(old, '\n') + 1;
        (void)snprintf(text, sizeof text, "%.*s%s%s", (int)(old - QUIET), QUIET, plan, rest);
        const char *const sets[] = {"simulation.effort=dynamic", "simulation.years=1"};
        struct world world;
        world_open(&world, text, sets, 2);
        const struct incentive *incentive = &world.model.roles[0].incentive;
        CU_ASSERT_EQUAL_FATAL(incentive->count, 2);
        CU_ASSERT_EQUAL(incentive->motives[0].measure, incentive->motives[1].measure);
        struct standing both[2] = {standing_of(0, 2, 0), standing_of(1, 5, 0)};
        for (int m = 0; m < 2; m++) {
            both[m].quota = incentive->motives[m].quota;
            both[m].so_far = .5 * both[m].quota;
        }
        double value[ACTIVITY_COUNT] = {0};
        incentive_value(incentive, both, 2, 1, value);
        worth[i] = value[ACQUIRE];
        world_close(&world);
    }
    CU_ASSERT(worth[0] > 0);
    CU_ASSERT_DOUBLE_EQUAL(worth[1], worth[0], 1e-9 * worth[0]);
}

/* Thetas of 1e3 and more, near 0 and negative; noise of nearly nothing; no quota. */
static void every_worth_is_finite(void) {
    const struct payoff mixed = {4, {{0, 0, .1}, {.5, .1, .2}, {1, .35, .6}, {1.5, .65, 0}}};
    const double costs[4] = {1e-3, .5, 50, 1e6};
    const double aversions[4] = {0, 2, 1 / (.5 * .09), 1e3}; /* the third: theta 0 at cost .5 */
    const double sds[4] = {.3, 1e-2, 1e-5, 1e-9};
    for (int n = 0; n < 64; n++) {
        struct setting setting;
        setting_open(&setting, costs[n % 4], aversions[n / 4 % 4]);
        setting_add(&setting, 3, .3, sds[n / 16], &mixed);
        setting_add(&setting, 12, .3, sds[n / 16], &BONUS)->stretches = true;
        for (int left = 1; left <= 3; left++) {
            for (double so_far = -5; so_far < 6; so_far += .37) {
                struct standing both[2] = {standing_of(0, left, so_far),
                                           standing_of(1, left + 3, so_far)};
                double worth = setting_value(&setting, both, 2);
                CU_ASSERT(isfinite(worth) && worth > -1e-9);
            }
        }
    }
}

static const struct test TESTS[] = {
    {"the designed cases follow from standings", the_designed_cases_follow_from_standings},
    {"linear pay is worth its rate whatever has been reached",
     linear_pay_is_worth_its_rate_whatever_has_been_reached},
    {"later pay is worth less", later_pay_is_worth_less},
    {"what lands later earns later periods", what_lands_later_earns_later_periods},
    {"the youngest cycle looks ahead to those that follow", the_youngest_cycle_looks_ahead},
    {"states count again and a higher base takes away",
     states_count_again_and_a_higher_base_takes_away},
    {"the best rate is that of Holmstrom and Milgrom",
     the_best_rate_is_that_of_holmstrom_and_milgrom},
    {"the best rates of two tasks are those of the matrix formula",
     the_best_rates_of_two_tasks_are_those_of_the_matrix_formula},
    {"a substitute that cannot be measured lowers the best rate",
     a_substitute_that_cannot_be_measured_lowers_the_best_rate},
    {"people give up, sprint and coast", people_give_up_sprint_and_coast},
    {"an accelerator keeps people going and a cap stops them",
     an_accelerator_keeps_people_going_and_a_cap_stops_them},
    {"without noise a bonus is worth the effort that it pays for",
     without_noise_a_bonus_is_worth_the_effort_that_it_pays_for},
    {"payoffs that end together are one", payoffs_that_end_together_are_one},
    {"overlapping payoffs count with each other", overlapping_payoffs_count_with_each_other},
    {"the formula is nearly the best that can be done",
     the_formula_is_nearly_the_best_that_can_be_done},
    {"above a quota that ratchets people hold back", above_a_quota_that_ratchets_people_hold_back},
    {"components on the same product are one measure",
     components_on_the_same_product_are_one_measure},
    {"every worth is finite", every_worth_is_finite},
};

const struct suite suite_incentive = {"incentive", TESTS, sizeof TESTS / sizeof TESTS[0]};
