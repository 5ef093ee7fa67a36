/* A plan cannot silently mean nothing: what has no effect is noted, what contradicts is an error.
 */
#include "plan_fixture.h"
#include "scenario_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>

/* Whether the notes of the plan are `wanted` without place, one a line. */
static bool notes(const char *text, const char *wanted) {
    struct plan_case plan_case = {0};
    struct text got = {0};
    bool opened = plan_open(&plan_case, text);
    for (const char *at = text_bytes(&plan_case.scenario.notes); opened && *at != '\0';) {
        size_t line = strcspn(at, "\n");
        const char *path = strstr(at, "plans.base.");
        size_t skipped = path == NULL ? 0 : (size_t)(path - at) + strlen("plans.base.");
        text_add(&got, "%.*s\n", (int)(line - skipped), at + skipped);
        at += line + 1;
    }
    bool same = opened && strcmp(text_bytes(&got), wanted) == 0;
    if (!same) {
        (void)fprintf(stderr, "\nwanted: %s\ngot:    %s", wanted, text_bytes(&got));
    }
    text_free(&got);
    plan_close(&plan_case);
    return same;
}

/* Whether the plan is refused with `sentence` somewhere in the error. */
static bool refuses(const char *text, const char *sentence) {
    struct text scenario = {0};
    text_add(&scenario,
             "segments = { standard = { coverage = { owners = [\"sales\"]; }; }; };\n"
             "roles = { sales = { plan = \"base\"; }; };\nplans = { base = { %s }; };\n",
             text);
    struct text errors = fixture_errors(text_bytes(&scenario), scenario.length, NULL);
    bool found = strstr(text_bytes(&errors), sentence) != NULL;
    if (!found) {
        (void)fprintf(stderr, "\nwanted: %s\ngot:    %s", sentence, text_bytes(&errors));
    }
    text_free(&errors);
    text_free(&scenario);
    return found;
}

#define COMMISSION "components = ( { type = \"commission\"; metric = \"new_revenue\"; "
#define BONUS                                                                                      \
    "components = ( { type = \"bonus\"; metric = \"net_retention\"; target = 1000; "               \
    "payout = ( [0, 0], [1, 1] ); "

static void what_matters_only_with_something_else_is_noted(void) {
    CU_ASSERT(notes(COMMISSION "rate = 0.1; } );", ""));
    CU_ASSERT(notes(COMMISSION "rate = 0.1; tier_rule = \"retroactive\"; quota = 5; "
                               "threshold_rule = \"first_euro\"; } );",
                    "components.[0].tier_rule: has no effect without tiers\n"
                    "components.[0].threshold_rule: has no effect without a threshold\n"
                    "components.[0].quota: has no effect on a commission with a rate or tiers and "
                    "without deal_factors\n"));
    CU_ASSERT(notes(COMMISSION "rate = 0.1; quota = 5; deal_factors = ( [1, 2] ); } );", ""));
    CU_ASSERT(notes(COMMISSION "rate = 0.1; bank = { carry_years = 2; }; clawback = { rule = "
                               "\"full\"; }; } );",
                    "components.[0].bank.carry_years: has no effect without bank.pays\n"
                    "components.[0].clawback.rule: has no effect without clawback.months\n"));
    CU_ASSERT(notes(BONUS "ratchet = { up = 0.5; }; quota_ramp = ( [1, 0], [3, 1] ); } );",
                    "components.[0].quota_ramp: has no effect without the quota of a flow\n"
                    "components.[0].ratchet.up: has no effect on a metric that is no flow\n"));
    CU_ASSERT(notes(BONUS "quota_ramp = ( [1, 0], [3, 1] ); gates = ( { metric = "
                          "\"new_revenue\"; } ); } );",
                    ""));
    CU_ASSERT(notes("draw = { months = 3; };", "draw.months: has no effect without draw.amount\n"));
    CU_ASSERT(notes("on_target = 100000; mix = 0.6;" COMMISSION "weight = 0.5; } );",
                    "on_target: the weights of the components sum to 0.5, so that target pay is "
                    "80000\n"));
}

static void what_pays_nothing_is_noted(void) {
    CU_ASSERT(notes("components = ( { type = \"bonus\"; metric = \"nps\"; target = 1000; "
                    "payout = ( [0, 0], [1, 0] ); } );",
                    "components.[0].payout: pays nothing anywhere\n"));
    CU_ASSERT(notes("components = ( { type = \"bonus\"; metric = \"nps\"; target = 1000; "
                    "payout = ( [1, 0] ); slope_above = 1; } );",
                    ""));
    CU_ASSERT(notes("components = ( { type = \"ranking\"; metric = \"nps\"; leaver = "
                    "\"pro_rata\"; prizes = ( [1, 0] ); } );",
                    "components.[0].leaver: has no effect on a ranking: prizes are for who is "
                    "there\ncomponents.[0].prizes: pays nothing anywhere\n"));
    CU_ASSERT(notes(COMMISSION "rate = 0.1; product = \"core\"; } );",
                    "components.[0]: no segment is called \"core\": the simulation has no such "
                    "product\n"));
    CU_ASSERT(notes(COMMISSION "rate = 0.1; product = \"standard\"; } );", ""));
}

static void contradictions_are_refused(void) {
    CU_ASSERT(refuses(COMMISSION "rate = 0.1; pool = 500; quota_basis = \"year_to_date\"; } );",
                      "a pool divides what a period pays"));
    CU_ASSERT(refuses(COMMISSION "rate = 0.1; multipliers = ( { metric = \"nps\"; } ); } );",
                      "a multiplier needs points"));
    CU_ASSERT(refuses("components = ( { type = \"ranking\"; metric = \"nps\"; "
                      "prizes = ( [1, 100], [1.5, 50] ); } );",
                      "1.5 is no rank"));
    CU_ASSERT(refuses("components = ( { type = \"commission\"; metric = \"recurring_revenue\"; "
                      "rate = 0.1; clawback = { months = 12; }; } );",
                      "there are no single deals"));
}

/* Every parameter is written, and none of them becomes a note. */
static void a_written_plan_has_the_same_notes(void) {
    static const char *const TEXTS[] = {
        "components = ( { type = \"shares\"; target = 1000; } );",
        "components = ( { type = \"ltip\"; metric = \"new_revenue\"; target = 1000; payout = "
        "( [0, 0], [1, 1] ); } );",
        "components = ( { type = \"ranking\"; metric = \"nps\"; prizes = ( [1, 100] ); } );",
        "components = ( { type = \"objectives\"; target = 100; objectives = ( { name = \"a\"; } ); "
        "} );",
        COMMISSION "rate = 0.1; } );",
        BONUS "} );"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct plan_case plan_case = {0};
        struct scenario again = {0};
        struct error error = {0};
        CU_ASSERT_FATAL(plan_open(&plan_case, TEXTS[i]));
        struct text written = fixture_written(&plan_case.scenario);
        char *path = fixture_file(text_bytes(&written), written.length);
        CU_ASSERT(scenario_load(&again, path, NULL, 0, &error));
        CU_ASSERT_EQUAL(again.note_count, 0);
        CU_ASSERT_STRING_EQUAL(text_bytes(&again.notes), "");
        CU_ASSERT_EQUAL(unlink(path), 0);
        free(path);
        text_free(&written);
        scenario_free(&again);
        error_free(&error);
        plan_close(&plan_case);
    }
}

static const struct test TESTS[] = {
    {"what matters only with something else is noted",
     what_matters_only_with_something_else_is_noted},
    {"what pays nothing is noted", what_pays_nothing_is_noted},
    {"contradictions are refused", contradictions_are_refused},
    {"a written plan has the same notes", a_written_plan_has_the_same_notes},
};

const struct suite suite_plans_notes = {"plans_notes", TESTS, sizeof TESTS / sizeof TESTS[0]};
