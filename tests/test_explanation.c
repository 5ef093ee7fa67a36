#include "base/mathematics.h"
#include "engine/explanation.h"
#include "firm_fixture.h"
#include "model/job.h"
#include "model/reference.h"
#include "model/steps.h"
#include "report/worth.h"
#include "test.h"

#include <math.h>

/* Somebody who does not discount and hardly ever leaves: .00008 a month, so that pay of two years
 * on counts .998 and more. */
static const double STAYS = 3e-3;
static const char *const PATIENT[] = {
    "simulation.effort=\"dynamic\"",        "roles.sales.preferences.present_bias=1.0",
    "roles.sales.preferences.discount=0.0", "roles.sales.preferences.risk_aversion=0.0",
    "roles.sales.turnover.annual=0.001",    "roles.sales.effort.cost=0.5",
    "roles.sales.effort.substitution=0.3",  "roles.sales.effort.response=0.34"};
enum { PATIENT_COUNT = sizeof PATIENT / sizeof PATIENT[0], SETS_MOST = 16 };

/* Components as a scenario writes them. */
#define COMMISSION(period, rate) NAMED_COMMISSION("c", period, rate)
#define NAMED_COMMISSION(name, period, rate)                                                       \
    "{ name = \"" name "\"; type = \"commission\"; metric = \"new_revenue\"; period = \"" period   \
    "\"; rate = " rate "; }"
#define QUARTERLY_BONUS                                                                            \
    "{ name = \"b\"; type = \"bonus\"; metric = \"new_revenue\"; period = \"quarter\"; "           \
    "target = 20000.0; payout = ( [0.5, 0.0], [1.0, 1.0], [1.3, 2.0] ); }"

struct explained {
    struct world world;
    struct explanation explanation;
};

/* The first role under a plan of these components, with further settings. */
static void explain(struct explained *explained, const char *components, const char *const more[],
                    size_t more_count) {
    const char *sets[SETS_MOST];
    char plan[1024];
    struct error error = {0};
    (void)snprintf(plan, sizeof plan, "plans.fixed.components=( %s )", components);
    memcpy(sets, PATIENT, sizeof PATIENT);
    sets[PATIENT_COUNT] = plan;
    for (size_t s = 0; s < more_count; s++) {
        sets[PATIENT_COUNT + 1 + s] = more[s];
    }
    world_open(&explained->world, QUIET, sets, PATIENT_COUNT + 1 + more_count);
    bool done =
        explanation_init(&explained->explanation, &explained->world.scenario.parameters, 0, &error);
    (void)fputs(error_text(&error), stderr);
    CU_ASSERT_FATAL(done);
}

static void close_explained(struct explained *explained) {
    explanation_free(&explained->explanation);
    world_close(&explained->world);
}

/* What the reference hunter wins a month: leads x conversion x potential x wallet. */
static double won_a_month(const struct explained *explained) {
    const struct parameters *parameters = &explained->world.scenario.parameters;
    const struct segment *segment = &parameters->segments[0];
    return segment->leads.per_hunter * parameters->roles[0].time.acquire * .5 * .4 *
           segment->potential.mean * segment->wallet.start;
}

static double whole(const struct worth *worth, int activity) {
    return worth->inside[activity] + worth->later[activity];
}

/* Effort of one month closes eta mu more, sooner or later, and each unit of it pays the rate. */
static void a_unit_of_effort_under_linear_pay_is_worth_rate_times_response(void) {
    static const char *const PERIODS[] = {COMMISSION("month", "0.1"), COMMISSION("quarter", "0.1"),
                                          COMMISSION("year", "0.1")};
    for (size_t p = 0; p < 3; p++) {
        struct explained explained;
        explain(&explained, PERIODS[p], NULL, 0);
        double expected = .1 * .34 * won_a_month(&explained);
        const struct explanation *explanation = &explained.explanation;
        CU_ASSERT_EQUAL(explanation->months, p == 0 ? 1 : p == 1 ? 3 : 12);
        for (size_t month = 0; month < explanation->months; month++) {
            const struct worth *worth = &explanation->components[0].months[month];
            CU_ASSERT_DOUBLE_EQUAL(whole(worth, ACQUIRE), expected, STAYS * expected);
            CU_ASSERT_EQUAL(whole(worth, CARE), 0.0);
            CU_ASSERT_EQUAL(explanation->components[0].left[month],
                            (int)(explanation->months - month));
        }
        close_explained(&explained);
    }
}

/* Half of an impulse acts on the odds, in equal parts on two stages: a quarter closes at once, the
 * rest after a quarter that ends this month. */
static void what_lands_after_the_period_is_told_apart(void) {
    struct explained explained;
    explain(&explained, COMMISSION("quarter", "0.1"), NULL, 0);
    double all = .1 * .34 * won_a_month(&explained);
    const struct worth *last = &explained.explanation.components[0].months[2];
    CU_ASSERT_DOUBLE_EQUAL(last->inside[ACQUIRE], .25 * all, STAYS * all);
    CU_ASSERT_DOUBLE_EQUAL(last->later[ACQUIRE], .75 * all, STAYS * all);
    close_explained(&explained);
}

/* docs/model.md, section 4: c .5, gamma .3, eta .34, slope .4 of the pay on the first activity. */
static void effort_is_the_worked_example_of_the_model(void) {
    static const struct {
        const char *time;
        double effort[2];
    } CASES[] = {{"roles.sales.time={ acquire = 1.0; develop = 0.0; care = 0.0; }", {1.272, 1.0}},
                 {"roles.sales.time={ acquire = 0.75; develop = 0.25; care = 0.0; }",
                  {1.40152, 1 - .11657}}};
    for (size_t n = 0; n < 2; n++) {
        struct explained explained;
        char leads[64];
        const char *more[] = {CASES[n].time, leads};
        (void)snprintf(leads, sizeof leads, "segments.standard.leads.per_hunter=1.0");
        explain(&explained, COMMISSION("month", "0.1"), more, 2);
        double wanted = .4 * 80000 / 12 / (.1 * won_a_month(&explained));
        close_explained(&explained);
        (void)snprintf(leads, sizeof leads, "segments.standard.leads.per_hunter=%.17g", wanted);
        explain(&explained, COMMISSION("month", "0.1"), more, 2);
        for (int k = 0; k < 2; k++) {
            CU_ASSERT_DOUBLE_EQUAL(explained.explanation.total[0].effort[k], CASES[n].effort[k],
                                   .4 * STAYS);
        }
        close_explained(&explained);
    }
}

static void components_on_one_measure_share_what_they_are_worth_together(void) {
    struct explained whole_one;
    struct explained halves;
    explain(&whole_one, COMMISSION("quarter", "0.08") ", " QUARTERLY_BONUS, NULL, 0);
    explain(&halves,
            COMMISSION("quarter", "0.04") ", " QUARTERLY_BONUS
                                          ", " NAMED_COMMISSION("d", "quarter", "0.04"),
            NULL, 0);
    const struct explanation *one = &whole_one.explanation;
    const struct explanation *two = &halves.explanation;
    for (size_t month = 0; month < 3; month++) {
        double first = whole(&two->components[0].months[month], ACQUIRE);
        double bonus = whole(&two->components[1].months[month], ACQUIRE);
        double last = whole(&two->components[2].months[month], ACQUIRE);
        CU_ASSERT_DOUBLE_EQUAL(first, last, 1e-9 * first);
        CU_ASSERT_DOUBLE_EQUAL(first + bonus + last, one->total[month].value[ACQUIRE],
                               1e-9 * one->total[month].value[ACQUIRE]);
    }
    close_explained(&whole_one);
    close_explained(&halves);
}

static void the_whole_is_what_the_model_makes_people_answer_to(void) {
    struct explained explained;
    explain(&explained, COMMISSION("quarter", "0.04") ", " QUARTERLY_BONUS, NULL, 0);
    const struct explanation *explanation = &explained.explanation;
    const struct incentive *incentive = &explained.world.model.roles[0].incentive;
    CU_ASSERT_EQUAL_FATAL(incentive->count, 2);
    for (int month = 0; month < 3; month++) {
        struct standing standings[2];
        double value[ACTIVITY_COUNT] = {0.0};
        for (size_t m = 0; m < 2; m++) {
            standings[m] = (struct standing){.motive = m,
                                             .left = 3 - month,
                                             .so_far = incentive->motives[m].quota * month / 3,
                                             .quota = incentive->motives[m].quota,
                                             .ahead = (double)NAN,
                                             .output = 1.0};
        }
        incentive_value(incentive, standings, 2, 1.0, value);
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            CU_ASSERT_DOUBLE_EQUAL(explanation->total[month].value[k], value[k],
                                   1e-9 * fabs(value[k]));
        }
    }
    close_explained(&explained);
}

static void linear_pay_asks_for_the_same_effort_wherever_one_stands(void) {
    struct explained explained;
    explain(&explained, COMMISSION("quarter", "0.1"), NULL, 0);
    const struct effort_grid *grid = &explained.explanation.grid;
    CU_ASSERT_FATAL(grid->exists);
    CU_ASSERT_EQUAL(grid->activity, ACQUIRE);
    CU_ASSERT_EQUAL(grid->period, 3);
    for (int left = 1; left <= 3; left++) {
        for (size_t step = 0; step < EXPLANATION_STEPS; step++) {
            CU_ASSERT_DOUBLE_EQUAL(explanation_effort(grid, left, step),
                                   explained.explanation.total[0].effort[ACQUIRE], .4 * STAYS);
        }
    }
    close_explained(&explained);
}

/* Effort is highest near the goal, gives up when it is out of reach and rests when it is won. */
static void the_grid_shows_the_pull_of_a_goal(void) {
    static const char *const MORE[] = {"segments.standard.leads.per_hunter=200.0"};
    struct explained explained;
    explain(&explained,
            "{ name = \"goal\"; type = \"bonus\"; metric = \"new_revenue\"; period = \"year\"; "
            "target = 20000.0; payout = ( [0.99, 0.0], [1.0, 1.0] ); }",
            MORE, 1);
    const struct effort_grid *grid = &explained.explanation.grid;
    size_t at_pace = (EXPLANATION_STEPS - 1) * 2 / 3;
    CU_ASSERT_FATAL(grid->exists);
    CU_ASSERT_DOUBLE_EQUAL(explanation_attainment(grid, 0), 0.0, 0);
    CU_ASSERT_DOUBLE_EQUAL(explanation_attainment(grid, at_pace), 1.0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(explanation_attainment(grid, EXPLANATION_STEPS - 1), 1.5, 1e-12);
    CU_ASSERT(explanation_effort(grid, 3, at_pace) > explanation_effort(grid, 3, 0) + .02);
    CU_ASSERT(explanation_effort(grid, 3, at_pace) >
              explanation_effort(grid, 3, EXPLANATION_STEPS - 1) + .02);
    for (int left = 1; left <= 12; left++) {
        CU_ASSERT_DOUBLE_EQUAL(explanation_effort(grid, left, at_pace),
                               explained.explanation.total[12 - left].effort[ACQUIRE], 1e-12);
    }
    close_explained(&explained);
}

static void what_effort_cannot_move_is_said_with_its_reason(void) {
    struct explained explained;
    explain(
        &explained,
        COMMISSION(
            "quarter",
            "0.1") ", "
                   "{ name = \"shares\"; type = \"shares\"; target = 5000.0; settlement = \"rsu\"; "
                   "vesting_months = 36; cliff_months = 12; step_months = 12; every_months = 12; "
                   "}, "
                   "{ name = \"judged\"; type = \"bonus\"; metric = \"objectives\"; period = "
                   "\"year\"; "
                   "target = 5000.0; payout = ( [0.5, 0.0], [1.0, 1.0] ); }",
        NULL, 0);
    const struct explained_component *components = explained.explanation.components;
    CU_ASSERT_TRUE(components[0].moved);
    CU_ASSERT_FALSE(components[1].moved);
    CU_ASSERT_FALSE(components[2].moved);
    CU_ASSERT_PTR_NOT_NULL(strstr(components[1].because, "share price"));
    CU_ASSERT_PTR_NOT_NULL(strstr(components[2].because, "judge"));
    close_explained(&explained);
    explain(&explained, "", NULL, 0);
    CU_ASSERT_FALSE(explained.explanation.grid.exists);
    CU_ASSERT_EQUAL(explained.explanation.total[0].effort[ACQUIRE], 1.0);
    close_explained(&explained);
}

/* Three-year cash at beta .87: .572 of its face at a discount of .15, .619 at .12. */
static void deferred_cash_is_perceived_as_published(void) {
    static const char *const DISCOUNTS[] = {"roles.sales.preferences.discount=0.15",
                                            "roles.sales.preferences.discount=0.12"};
    static const double SHARES[] = {.572, .619};
    for (size_t d = 0; d < 2; d++) {
        const char *more[] = {"roles.sales.preferences.present_bias=0.87", DISCOUNTS[d]};
        struct explained explained;
        explain(&explained,
                "{ name = \"cash\"; type = \"shares\"; target = 9000.0; settlement = \"cash\"; "
                "vesting_months = 36; cliff_months = 36; step_months = 12; every_months = 12; }",
                more, 2);
        const struct explained_component *cash = &explained.explanation.components[0];
        CU_ASSERT_DOUBLE_EQUAL(cash->target, 9000.0, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(cash->expected, 9000.0, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(cash->perceived / cash->expected, SHARES[d], 5e-4);
        CU_ASSERT_EQUAL(cash->discounted, cash->perceived); /* nothing is uncertain */
        close_explained(&explained);
    }
}

/* A third of a grant of 9,000 vests after one, two and three years, against a pay of 89,000. A CARA
 * person (3 per annual pay) takes half the aversion times the variance of the price off, everybody
 * beta and 12 % a year, and a fifth have left after a year. */
static const char THIRDS[] = "{ name = \"rsu\"; type = \"shares\"; settlement = \"rsu\"; "
                             "target = 9000.0; vesting_months = 36; cliff_months = 12; "
                             "step_months = 12; every_months = 12; }";

static double certainty(double volatility, double amount, double years) {
    return fmax(0, 1 - .5 * 3 * amount / 89000 * (exp(volatility * volatility * years) - 1));
}

static void open_thirds(struct explained *explained, double volatility) {
    char price[64];
    const char *more[] = {price, "roles.sales.preferences.risk_aversion=3.0",
                          "roles.sales.preferences.present_bias=0.87",
                          "roles.sales.preferences.discount=0.12",
                          "roles.sales.turnover.annual=0.2"};
    (void)snprintf(price, sizeof price, "economy.share.volatility=%.2f", volatility);
    explain(explained, THIRDS, more, sizeof more / sizeof more[0]);
}

static void shares_are_perceived_by_discount_risk_and_staying(void) {
    static const double VOLATILITIES[] = {0, .3, 1, 1.5};
    for (size_t v = 0; v < sizeof VOLATILITIES / sizeof VOLATILITIES[0]; v++) {
        struct explained explained;
        open_thirds(&explained, VOLATILITIES[v]);
        const struct explained_component *shares = &explained.explanation.components[0];
        double discounted = 0;
        double certain = 0;
        double here = 0;
        for (int year = 1; year <= 3; year++) {
            double later = 3000 * .87 * pow(1.12, -year);
            discounted += later;
            certain += later * certainty(VOLATILITIES[v], 3000, year);
            here += later * certainty(VOLATILITIES[v], 3000, year) * pow(.8, year);
        }
        CU_ASSERT_DOUBLE_EQUAL(shares->expected, 9000, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(shares->discounted, discounted, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(shares->perceived, certain, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(shares->surviving, here, 1e-3);
        /* what the wish to leave looks at is what is shown */
        const struct role_law *law = &explained.world.model.roles[0];
        CU_ASSERT_DOUBLE_EQUAL(law->perceived_pay, 80000 + certain, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(job_worth(law, 0, 60), log(80000 + certain), 1e-9);
        close_explained(&explained);
    }
}

/* What leaving forfeits is valued by the same law, at today's price. */
static void shares_that_would_be_forfeited_count_alike(void) {
    struct explained explained;
    open_thirds(&explained, 1);
    struct firm *firm = &explained.world.firm;
    firm_start(firm, 3, 0);
    firm_step(firm, 0);
    const struct role_law *law = &explained.world.model.roles[0];
    const struct award *award = seat_awards(firm, 0, &law->components[0]);
    struct forfeits forfeits = {.last = 0};
    pay_forfeits(firm, 0, 0, &forfeits);
    double amount = award->units / 3 * award_price(firm);
    for (long year = 1; year <= 3; year++) {
        long months = 12 * year - award->age;
        double wanted = amount * certainty(1, amount, (double)months / 12);
        CU_ASSERT(wanted > 0 && wanted < amount);
        CU_ASSERT_DOUBLE_EQUAL(forfeits.value[months], wanted, 1e-6 * amount);
    }
    close_explained(&explained);
}

/* A cycle of three years granted every month, on a straight line: all 36 are shown, each with what
 * a unit of effort still moves until its end. */
static void all_cycles_that_are_open_are_shown(void) {
    static const char *const BOOK[] = {"segments.standard.accounts=400",
                                       "segments.standard.churn.annual=0.002",
                                       "roles.sales.headcount=10"};
    struct explained explained;
    double response[RESPONSE_MONTHS];
    double wanted = 0;
    explain(&explained,
            "{ name = \"many\"; type = \"ltip\"; metric = \"net_retention\"; target = 100.0; "
            "payout = ( [0.0, 0.0], [30.0, 30.0] ); cycle_months = 36; every_months = 1; }",
            BOOK, 3);
    const struct explanation *explanation = &explained.explanation;
    reference_response(explanation->parameters, 0, &explanation->incentive.motives[0].measured,
                       CARE, response);
    for (int left = 1; left <= 36; left++) {
        double waiting = pow(explanation->incentive.keep, left - 1);
        waiting *= left > 1 ? explanation->incentive.role->preferences.present_bias : 1.0;
        wanted += 100 * waiting * response[left - 1];
    }
    CU_ASSERT(wanted > 0);
    CU_ASSERT_DOUBLE_EQUAL(explanation->total[0].value[CARE], wanted, 1e-6 * wanted);
    close_explained(&explained);
}

/* Hull, Options, Futures and Other Derivatives: S 42, K 40, r 10 %, volatility 20 %, half a year:
 * 4.76. */
static void options_show_what_they_cost_at_the_grant(void) {
    static const char *const MORE[] = {"economy.share.price=42.0", "economy.share.rate=0.1",
                                       "economy.share.volatility=0.2"};
    struct explained explained;
    explain(&explained,
            "{ name = \"options\"; type = \"shares\"; settlement = \"option\"; units = 100.0; "
            "strike = 0.95238095238095238; term_months = 6; vesting_months = 6; cliff_months = 6; "
            "step_months = 6; every_months = 12; }",
            MORE, 3);
    const struct explained_component *options = &explained.explanation.components[0];
    CU_ASSERT_DOUBLE_EQUAL(options->option_cost, 4.76, .005);
    CU_ASSERT_DOUBLE_EQUAL(options->units, 100.0, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(options->target, 476.0, .5);
    close_explained(&explained);
}

static void few_lines_stand_for_many_months(void) {
    struct effort_grid grid = {.period = 3};
    int left[EXPLANATION_LINES];
    CU_ASSERT_EQUAL(explanation_lines(&grid, left), 3);
    CU_ASSERT_EQUAL(left[0], 3);
    CU_ASSERT_EQUAL(left[2], 1);
    for (grid.period = 7; grid.period <= 120; grid.period++) {
        size_t lines = explanation_lines(&grid, left);
        CU_ASSERT(lines >= 4 && lines <= EXPLANATION_LINES);
        CU_ASSERT_EQUAL(left[0], grid.period);
        CU_ASSERT_EQUAL(left[lines - 1], 1);
        for (size_t l = 1; l < lines; l++) {
            CU_ASSERT(left[l] < left[l - 1]);
        }
    }
}

static const struct test TESTS[] = {
    {"a unit of effort under linear pay is worth rate times response",
     a_unit_of_effort_under_linear_pay_is_worth_rate_times_response},
    {"what lands after the period is told apart", what_lands_after_the_period_is_told_apart},
    {"effort is the worked example of the model", effort_is_the_worked_example_of_the_model},
    {"components on one measure share what they are worth together",
     components_on_one_measure_share_what_they_are_worth_together},
    {"the whole is what the model makes people answer to",
     the_whole_is_what_the_model_makes_people_answer_to},
    {"linear pay asks for the same effort wherever one stands",
     linear_pay_asks_for_the_same_effort_wherever_one_stands},
    {"the grid shows the pull of a goal", the_grid_shows_the_pull_of_a_goal},
    {"what effort cannot move is said with its reason",
     what_effort_cannot_move_is_said_with_its_reason},
    {"deferred cash is perceived as published", deferred_cash_is_perceived_as_published},
    {"shares are perceived by discount, risk and staying",
     shares_are_perceived_by_discount_risk_and_staying},
    {"shares that would be forfeited count alike", shares_that_would_be_forfeited_count_alike},
    {"all cycles that are open are shown", all_cycles_that_are_open_are_shown},
    {"options show what they cost at the grant", options_show_what_they_cost_at_the_grant},
    {"few lines stand for many months", few_lines_stand_for_many_months},
};

const struct suite suite_explanation = {"explanation", TESTS, sizeof TESTS / sizeof TESTS[0]};
