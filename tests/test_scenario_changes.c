/* Dated changes as they are written, read, checked and written again. */
#include "scenario/difference.h"
#include "scenario_fixture.h"
#include "test.h"

#define CHANGED(changes) SMALLEST "changes = (\n" changes ");\n"

static void load_text(struct scenario *scenario, const char *text, const char *const sets[],
                      size_t count) {
    struct error error = {0};
    char *path = fixture_file(text, strlen(text));
    bool good = scenario_load(scenario, path, sets, count, &error);
    if (!good) {
        (void)fprintf(stderr, "\n%s", error_text(&error));
    }
    CU_ASSERT_FATAL(good);
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
}

static void what_cannot_change_is_an_error_that_says_why(void) {
    const char *const LASTING[][2] = {
        {"simulation = { seed = 4; };", "simulation.seed: cannot change at a date: it is about "
                                        "the whole history"},
        {"simulation = { years = 5; };", "simulation.years: cannot change at a date: it is about "
                                         "the whole history"},
        {"firm = { wacc = 0.1; };", "firm.wacc: cannot change at a date: one rate discounts all "
                                    "months"},
        {"economy = { share = { price = 5.0; }; };",
         "economy.share.price: cannot change at a date: it is the price at the start"},
        {"segments = { standard = { accounts = 5; }; };",
         "segments.standard.accounts: cannot change at a date: they are the customers of the "
         "start"},
        {"roles = { sales = { skill = { spread = 0.2; }; }; };",
         "roles.sales.skill.spread: cannot change at a date: people keep their skills"},
        {"changes = ();", "changes: cannot change at a date: a change is another entry of "
                          "changes"},
    };
    for (size_t i = 0; i < sizeof LASTING / sizeof *LASTING; i++) {
        char text[1024];
        char wanted[512];
        (void)snprintf(text, sizeof text, CHANGED("{ month = 5;\n  set = { %s }; }"),
                       LASTING[i][0]);
        (void)snprintf(wanted, sizeof wanted, "6: changes.[0].set.%s", LASTING[i][1]);
        CU_ASSERT(fixture_gives(text, NULL, wanted));
    }
}

static void every_mistake_of_a_change_has_its_line_and_path(void) {
    CU_ASSERT(fixture_gives(
        CHANGED("{ month = 5;\n set = {\n roles = { sales = { plan = \"bace\"; }; }; }; }"), NULL,
        "7: changes.[0].set.roles.sales.plan: there is no \"bace\" in plans (did you mean base?)"));
    CU_ASSERT(fixture_gives(CHANGED("{ month = 5; set = {\n plams = { }; }; }"), NULL,
                            "6: changes.[0].set.plams: there is no parameter plams of a scenario "
                            "(did you mean plans?)"));
    CU_ASSERT(fixture_gives(
        CHANGED("{ month = 5; set = {\n roles = { kam = { plan = \"base\"; }; }; }; }"), NULL,
        "6: changes.[0].set.roles.kam: a change cannot add a role; there are sales; write a new "
        "one in the scenario with headcount = 0, and let the change raise it"));
    CU_ASSERT(fixture_gives(CHANGED("{ month = 5; set = { }; },\n{ month = 5; set = { }; }"), NULL,
                            "6: changes.[1].month: changes stand in the order of their months, "
                            "each in another one; 5 comes after 5"));
    CU_ASSERT(fixture_gives(CHANGED("{ month = 1; set = { }; }"), NULL,
                            "5: changes.[0].month: 1 is not in 2..600"));
    CU_ASSERT(fixture_gives(CHANGED("{ month = 5; }"), NULL,
                            "5: changes.[0].set: is missing: What is different: any settings of "
                            "the scenario that can change at a date"));
    CU_ASSERT(fixture_gives(CHANGED("{ month = 5; set = ( 1 ); }"), NULL,
                            "5: changes.[0].set: a group { ... } of settings is wanted, not a "
                            "list of 1"));
    CU_ASSERT(fixture_gives(
        CHANGED("{ month = 5; set = {\n segments = { standard = { pipeline = {\n stages = ( { "
                "name = \"a\"; conversion = 0.5; months = 2.0; } ); }; }; }; }; }"),
        NULL,
        "7: changes.[0].set.segments.standard.pipeline.stages: has 1 entries, but deals are under "
        "way in 3 stages; their number cannot change at a date"));
    CU_ASSERT(fixture_gives(CHANGED("{ month = 5; set = { }; }"),
                            "changes.[0].set.roles.sales.headcount=-1",
                            "--set changes.[0].set.roles.sales.headcount: -1 is not in 0..1000000 "
                            "(did you mean 1?)"));
}

/* Also of later changes, and each once though later changes build on the earlier ones. */
static void all_mistakes_of_all_changes_are_said_once(void) {
    CU_ASSERT(fixture_gives(
        CHANGED("{ month = 5; set = {\n roles = { sales = { ramp = { months = -1.0; }; }; }; }; "
                "},\n{ month = 6; set = {\n firm = { wacc = 0.1; }; economy = { demand = { sd = "
                "-1.0; }; }; }; }"),
        NULL,
        "6: changes.[0].set.roles.sales.ramp.months: -1 is not in 0.1..120 (did you mean 1?)\n"
        "8: changes.[1].set.firm.wacc: cannot change at a date: one rate discounts all months\n"
        "8: changes.[1].set.economy.demand.sd: -1 is not in 0..2 (did you mean 1?)"));
}

#define STORY                                                                                      \
    CHANGED("{ month = 5; name = \"it's \\\"new\\\"\"; communication = 0.25; concerns = "          \
            "[\"sales\"];\n"                                                                       \
            "  set = { plans = { other = { cap = 5000000000.0; components = ( { name = \"a\";\n"   \
            "    type = \"bonus\"; metric = \"deals\"; target = 1000.0; payout = ( [0.5, 0], [1, " \
            "1] ); } ); }; };\n"                                                                   \
            "    roles = { sales = { plan = \"other\"; headcount_path = (); }; }; };\n"            \
            "}, { month = 9; set = { segments = { standard = { leads = { season =\n"               \
            "  [0.5, 1.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]; }; }; }; roles = { sales = {\n"           \
            "  headcount = 3; }; }; }; }")

static void changes_add_up(void) {
    struct scenario scenario = {0};
    load_text(&scenario, STORY, NULL, 0);
    const struct parameters *start = &scenario.parameters;
    CU_ASSERT_EQUAL_FATAL(start->change_count, 2);
    CU_ASSERT_PTR_EQUAL(parameters_in(start, 4), start);
    const struct parameters *first = parameters_in(start, 5);
    const struct parameters *second = parameters_in(start, 60);
    CU_ASSERT_PTR_EQUAL(parameters_in(start, 8), first);
    CU_ASSERT_PTR_EQUAL(first, start->changes[0].set.parameters);
    CU_ASSERT_STRING_EQUAL(start->roles[0].plan, "base");
    CU_ASSERT_STRING_EQUAL(first->roles[0].plan, "other");
    CU_ASSERT_STRING_EQUAL(second->roles[0].plan, "other");
    CU_ASSERT_EQUAL(first->roles[0].headcount, 10);
    CU_ASSERT_EQUAL(second->roles[0].headcount, 3);
    CU_ASSERT_EQUAL(second->segments[0].leads.season[0], 0.5);
    CU_ASSERT_EQUAL(second->plan_count, 2);
    CU_ASSERT_EQUAL(second->change_count, 0);
    CU_ASSERT_TRUE(start->changes[0].set.touches[0]);
    CU_ASSERT_FALSE(start->changes[1].set.touches[0]); /* headcount is about others */
    CU_ASSERT_EQUAL(start->changes[0].communication, 0.25);
    CU_ASSERT_EQUAL(start->changes[1].communication, 0.5);
    CU_ASSERT_EQUAL(start->changes[1].adaptation_months, 6.0);
    scenario_free(&scenario);
}

static void a_written_change_reads_back_the_same(void) {
    const char *const sets[] = {"changes.[1].set.roles.sales.team_size=4", "changes.[0].month=7"};
    struct scenario first = {0};
    struct scenario second = {0};
    load_text(&first, STORY, sets, 2);
    struct text written = fixture_written(&first);
    load_text(&second, text_bytes(&written), NULL, 0);
    struct text again = fixture_written(&second);
    CU_ASSERT_STRING_EQUAL(text_bytes(&written), text_bytes(&again));
    CU_ASSERT_EQUAL(second.parameters.changes[0].month, 7);
    CU_ASSERT_STRING_EQUAL(second.parameters.changes[0].name, "it's \"new\"");
    for (size_t k = 0; k < 2; k++) {
        const struct change *a = &first.parameters.changes[k];
        const struct change *b = &second.parameters.changes[k];
        struct text differences = {0};
        scenario_differences(a->set.parameters, b->set.parameters, "", &differences);
        CU_ASSERT_STRING_EQUAL(text_bytes(&differences), "");
        text_free(&differences);
        CU_ASSERT_EQUAL(b->set.parameters->roles[0].team_size, k == 1 ? 4 : 8);
    }
    text_free(&written);
    text_free(&again);
    scenario_free(&first);
    scenario_free(&second);
}

static void values_of_a_change_can_be_asked_for(void) {
    struct scenario scenario = {0};
    struct error error = {0};
    struct text value = {0};
    load_text(&scenario, STORY, NULL, 0);
    CU_ASSERT_TRUE(scenario_value(&scenario, "changes.[1].set.roles.sales.plan", &value, &error));
    text_add(&value, " ");
    CU_ASSERT_TRUE(scenario_value(&scenario, "changes.[0].set.plans.other.components.[0].target",
                                  &value, &error));
    CU_ASSERT_STRING_EQUAL(text_bytes(&value), "other 1000");
    CU_ASSERT_FALSE(scenario_value(&scenario, "changes.[0].set", &value, &error));
    error_free(&error);
    text_free(&value);
    scenario_free(&scenario);
}

/* Lists replace each other: the change takes over the one that it finds. */
static void one_element_of_a_list_can_be_set_in_a_change(void) {
    const char *const sets[] = {"plans.base.components=({name=\"c\";type=\"commission\";"
                                "metric=\"deals\";rate=5.0;},{name=\"d\";type=\"commission\";"
                                "metric=\"deals\";rate=7.0;})",
                                "changes.[0].set.plans.base.components.[1].rate=8.0",
                                "changes.[1].set.plans.base.components.[0].rate=6.0"};
    struct scenario scenario = {0};
    load_text(&scenario, CHANGED("{ month = 5; set = { }; }, { month = 7; set = { }; }"), sets, 3);
    const struct parameters *start = &scenario.parameters;
    const double rates[][2] = {{5.0, 7.0}, {5.0, 8.0}, {6.0, 8.0}};
    for (size_t k = 0; k < 3; k++) {
        const struct plan *plan = &parameters_in(start, 4 + 2 * (long)k)->plans[0];
        CU_ASSERT_EQUAL_FATAL(plan->component_count, 2);
        CU_ASSERT_EQUAL(plan->components[0].rate, rates[k][0]);
        CU_ASSERT_EQUAL(plan->components[1].rate, rates[k][1]);
    }
    scenario_free(&scenario);
}

static void differences_are_named_one_by_one(void) {
    struct scenario scenario = {0};
    struct text text = {0};
    load_text(&scenario, STORY, NULL, 0);
    const struct parameters *start = &scenario.parameters;
    scenario_differences(start, start->changes[0].set.parameters, " ", &text);
    CU_ASSERT_STRING_EQUAL(text_bytes(&text),
                           " roles.sales.plan: \"base\" -> \"other\"\n plans.other: new\n");
    text_free(&text);
    scenario_differences(start->changes[0].set.parameters, start->changes[1].set.parameters, "",
                         &text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&text), "roles.sales.headcount: 10 -> 3\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&text), "segments.standard.leads.season: ["));
    text_free(&text);
    scenario_free(&scenario);
}

static void what_has_no_effect_is_noted(void) {
    const char *const sets[] = {"roles.sales.headcount_path=([3, 12])", "simulation.effort=static"};
    struct scenario scenario = {0};
    load_text(&scenario,
              CHANGED("{ month = 5; set = { roles = { sales = { headcount = 3; turnover = { annual "
                      "= 0.9; }; }; }; }; },\n{ month = 99; set = { }; }"),
              sets, 2);
    CU_ASSERT_EQUAL(scenario.note_count, 3);
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&scenario.notes),
                                  "5: changes.[0].set.roles.sales.headcount: no effect: "
                                  "headcount_path says how many from month 3 on; change it\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&scenario.notes),
                                  "changes.[1].month: the simulation ends before, after month "
                                  "60\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&scenario.notes),
                                  "changes.[0].set.roles.sales.turnover.annual: 0.9 is outside of "
                                  "the usual"));
    scenario_free(&scenario);
}

static const struct test TESTS[] = {
    {"what cannot change at a date is an error that says why",
     what_cannot_change_is_an_error_that_says_why},
    {"every mistake of a change has its line and path",
     every_mistake_of_a_change_has_its_line_and_path},
    {"all mistakes of all changes are said once", all_mistakes_of_all_changes_are_said_once},
    {"changes add up", changes_add_up},
    {"a written change reads back the same", a_written_change_reads_back_the_same},
    {"values of a change can be asked for", values_of_a_change_can_be_asked_for},
    {"one element of a list can be set in a change", one_element_of_a_list_can_be_set_in_a_change},
    {"differences are named one by one", differences_are_named_one_by_one},
    {"what has no effect is noted", what_has_no_effect_is_noted},
};

const struct suite suite_scenario_changes = {"dated changes in a scenario", TESTS,
                                             sizeof TESTS / sizeof *TESTS};
