#include "scenario_fixture.h"
#include "test.h"

static const char FIRM[] = "tests/data/scenario/firm.cfg";

/* The text of the value at `path` after one assignment; the error when it failed. */
static bool set_gives(const char *set, const char *path, const char *wanted) {
    struct scenario scenario = {0};
    struct error error = {0};
    struct text text = {0};
    const char *sets[] = {set};
    bool good = scenario_load(&scenario, FIRM, sets, 1, &error) &&
                scenario_value(&scenario, path, &text, &error);
    text_add(&text, "%s", error_text(&error));
    bool same = good == (error.count == 0) && strcmp(text_bytes(&text), wanted) == 0;
    if (!same) {
        (void)fprintf(stderr, "\n%s wanted: %s\ngot: %s\n", set, wanted, text_bytes(&text));
    }
    text_free(&text);
    error_free(&error);
    scenario_free(&scenario);
    return same;
}

static void set_changes_any_value(void) {
    CU_ASSERT_TRUE(set_gives("simulation.years=3", "simulation.years", "3"));
    CU_ASSERT_TRUE(set_gives("simulation.years = 3", "simulation.years", "3"));
    CU_ASSERT_TRUE(set_gives("simulation.seed=5e9", "simulation.seed", "5000000000"));
    CU_ASSERT_TRUE(set_gives("simulation.effort=none", "simulation.effort", "none"));
    CU_ASSERT_TRUE(set_gives("simulation.effort=\"none\"", "simulation.effort", "none"));
    CU_ASSERT_TRUE(set_gives("name=My 1st run", "name", "My 1st run"));
    CU_ASSERT_TRUE(set_gives("roles.kam.plan=quarterly", "roles.kam.plan", "quarterly"));
    CU_ASSERT_TRUE(set_gives("roles.kam.turnover.annual=.1", "roles.kam.turnover.annual", "0.1"));
    CU_ASSERT_TRUE(set_gives("roles.kam.turnover={annual=.1}", "roles.kam.turnover.annual", "0.1"));
    CU_ASSERT_TRUE(set_gives("segments.standard.coverage.owners=sales",
                             "segments.standard.coverage.owners", "[\"sales\"]"));
    CU_ASSERT_TRUE(set_gives("segments.standard.coverage.owners.[1]=sales",
                             "segments.standard.coverage.owners",
                             "--set segments.standard.coverage.owners.[1]: \"sales\" is named "
                             "twice; once is enough\n"));
    CU_ASSERT_TRUE(set_gives("roles.kam.time={acquire=0.3;care=0.3;}", "roles.kam.time.develop",
                             "0.4")); /* groups merge */
}

static void set_reaches_into_lists(void) {
    CU_ASSERT_TRUE(
        set_gives("plans.lti.components.[1].target=7", "plans.lti.components.[1].target", "7"));
    CU_ASSERT_TRUE(
        set_gives("plans.lti.components[1].target=7", "plans.lti.components.[1].target", "7"));
    CU_ASSERT_TRUE(set_gives("plans.lti.components.[0].payout.[1].[1]=1.5",
                             "plans.lti.components.[0].payout", "([0.8, 0.0], [1.06, 1.5])"));
    CU_ASSERT_TRUE(set_gives("plans.lti.components.[0].payout=([0,0],[1,1])",
                             "plans.lti.components.[0].payout", "([0.0, 0.0], [1.0, 1.0])"));
    /* The stages are defaults here. */
    CU_ASSERT_TRUE(set_gives("segments.standard.pipeline.stages.[0].conversion=0.3",
                             "segments.standard.pipeline.stages.[0].conversion", "0.3"));
    CU_ASSERT_TRUE(set_gives("segments.standard.pipeline.stages.[0].conversion=0.3",
                             "segments.standard.pipeline.stages.[2].conversion", "0.25"));
    CU_ASSERT_TRUE(set_gives("plans.lti.components.[2].target=7", "name",
                             "--set plans.lti.components.[2].target: there is no [2]; there are 2, "
                             "counted from [0]\n"));
}

static void set_wins_in_order(void) {
    static const char *const SETS[] = {"roles.new={plan=\"lti\"}", "roles.new.headcount=3",
                                       "roles.new.headcount=4"};
    struct scenario scenario = {0};
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(scenario_load(&scenario, FIRM, SETS, 3, &error));
    CU_ASSERT_EQUAL(scenario.parameters.role_count, 3);
    CU_ASSERT_STRING_EQUAL(scenario.parameters.roles[2].name, "new");
    CU_ASSERT_EQUAL(scenario.parameters.roles[2].headcount, 4);
    scenario_free(&scenario);
}

static void wrong_sets_name_themselves(void) {
    CU_ASSERT_TRUE(set_gives("roles.kma.headcount=3", "name",
                             "--set roles.kma.headcount: there is no kma in roles (did you mean "
                             "kam?)\n"));
    CU_ASSERT_TRUE(set_gives("roles.kam.headcont=3", "name",
                             "--set roles.kam.headcont: there is no parameter headcont of a role "
                             "(did you mean headcount?)\n"));
    CU_ASSERT_TRUE(set_gives("roles.kam.headcount=3.5", "name",
                             "--set roles.kam.headcount: 3.5 is no whole number (did you mean "
                             "4?)\n"));
    CU_ASSERT_TRUE(set_gives("roles.kam.headcount=ten", "name",
                             "--set roles.kam.headcount: a whole number is wanted, not \"ten\"\n"));
    CU_ASSERT_TRUE(set_gives("roles.kam.headcount=", "name",
                             "--set roles.kam.headcount: there is no value behind the =\n"));
    CU_ASSERT_TRUE(set_gives("firm.wacc=1,5", "name",
                             "--set firm.wacc: 1,5: write numbers with a decimal point: 1.5\n"));
    CU_ASSERT_TRUE(set_gives("firm.wacc=10%", "name",
                             "--set firm.wacc: 10%: write it without the percent sign, as a share: "
                             "0.1\n"));
    CU_ASSERT_TRUE(set_gives("simulation.seed=5000000000", "name",
                             "--set simulation.seed: 5000000000 is too large to be written without "
                             "an L at its end: write 5000000000L or 5e9\n"));
    CU_ASSERT_TRUE(
        set_gives("firm.wacc=0.1;x=3", "name", "--set firm.wacc: 0.1;x=3 is not one value\n"));
    CU_ASSERT_TRUE(set_gives("roles.kam.time.care=0.3", "name",
                             "--set roles.kam.time.care: roles.kam.time: the shares of time sum to "
                             "0.95, not 1 (did you mean care = 0.35?)\n"));
    CU_ASSERT_TRUE(set_gives("roles.kam.plan=none", "name",
                             "--set roles.kam.plan: there is no \"none\" in plans; there are "
                             "quarterly, lti, unused\n"));
    CU_ASSERT_TRUE(set_gives("years", "name",
                             "--set years: a path and a value are wanted, such as --set "
                             "simulation.years=3\n"));
}

/* Paths and values from pieces: an error or not, but never a crash. */
static void odd_sets_are_survived(void) {
    static const char *const PIECES[] = {
        "roles",    ".",          "kam", "=",        "[",      "]",  "0",      "plan",
        "plans",    "lti",        "{",   "}",        "(",      ")",  ";",      "\"",
        "payout",   "components", "1",   ",",        "%",      "\n", "season", "segments",
        "standard", "leads",      "@",   "turnover", "annual", "\\"};
    uint64_t state = 11;
    for (int round = 0; round < 3000; round++) {
        struct text set = {0};
        text_add(&set, "%s",
                 round % 4 == 0   ? "plans.lti.components."
                 : round % 4 == 1 ? "roles.kam."
                 : round % 4 == 2 ? "segments.standard.leads.season="
                                  : "");
        for (int i = 0; i < round % 13; i++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            text_add(&set, "%s", PIECES[(state >> 33U) % (sizeof PIECES / sizeof *PIECES)]);
        }
        struct scenario scenario = {0};
        struct error error = {0};
        const char *sets[] = {text_bytes(&set)};
        bool good = scenario_load(&scenario, FIRM, sets, 1, &error);
        CU_ASSERT_EQUAL(good, error.count == 0);
        CU_ASSERT(error.length < 20000);
        scenario_free(&scenario);
        error_free(&error);
        text_free(&set);
    }
}

static const struct test TESTS[] = {
    {"--set changes any value", set_changes_any_value},
    {"--set reaches into lists, also of defaults", set_reaches_into_lists},
    {"a later --set wins", set_wins_in_order},
    {"errors of --set name it in place of a file", wrong_sets_name_themselves},
    {"odd assignments are survived", odd_sets_are_survived},
};

const struct suite suite_scenario_set = {"scenario_set", TESTS, sizeof TESTS / sizeof *TESTS};
