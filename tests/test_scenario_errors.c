#include "scenario_fixture.h"
#include "test.h"

#include <sys/stat.h>

/* A line behind the smallest scenario, so that it is line 4, and its one error. */
struct mistake {
    const char *line;
    const char *error;
};

static void check(const struct mistake *mistakes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct text text = {0};
        text_add(&text, "%s%s\n", SMALLEST, mistakes[i].line);
        CU_ASSERT_TRUE(fixture_gives(text_bytes(&text), NULL, mistakes[i].error));
        text_free(&text);
    }
}
#define CHECK(mistakes) check(mistakes, sizeof(mistakes) / sizeof *(mistakes))

static void traps_of_the_syntax_have_a_way_out(void) {
    static const struct mistake MISTAKES[] = {
        {"simulation = { seed = 5000000000; };",
         "4: 5000000000 is too large to be written without an L at its end: write 5000000000L or "
         "5e9"},
        {"simulation = { seed = 2147483648; };",
         "4: 2147483648 is too large to be written without an L at its end: write 2147483648L"},
        {"simulation = { seed = 0xFFFFFFFF; };",
         "4: 0xFFFFFFFF is too large to be written without an L at its end: write 0xFFFFFFFFL"},
        {"simulation = { seed = 2147483647; };", ""},
        {"simulation = { seed = 5000000000L; };", ""},
        {"simulation = { seed = 5e9; };", ""},
        {"simulation = { seed = 9223372036854775808L; };",
         "4: 9223372036854775808L is beyond 9223372036854775807, the largest whole number; write "
         "a smaller one"},
        {"firm = { wacc = 0,09; };", "4: 0,09: write numbers with a decimal point: 0.09"},
        {"firm = { wacc = 9%; };", "4: 9%: write it without the percent sign, as a share: 0.09"},
        {"firm = { wacc = 9 %; };", "4: 9%: write it without the percent sign, as a share: 0.09"},
        {"firm = { wacc = 1e999; };",
         "4: 1e999 is too large for a number; the largest is about 1.8e308"},
        {"firm = { wacc = nan; };", "4: nan is no value; numbers are finite"},
        {"firm = { wacc = .; };",
         "4: . is no number; write digits with a decimal point, such as 1.5 or 2e6, or put a text "
         "in quotes"},
        {"firm = { wacc = 1.5.5; };",
         "4: 1.5.5 is no number; write numbers without separators: 155"},
        {"simulation = { replications = 1_000; };",
         "4: 1_000 is no number; write numbers without separators: 1000"},
        {"simulation = { replications = 1,000,000; };",
         "4: 1,000,000: write numbers without separators: 1000000"},
        {"simulation = { replications = 50k; };", "4: 50k is no number; write 50000"},
        {"simulation = { effort = none; };", "4: a text stands in quotes: write \"none\""},
        {"name = my first run;", "4: a text stands in quotes: write \"my first run\""},
        {"name = \xE2\x80\x9Crun\xE2\x80\x9D;",
         "4: \xE2\x80\x9Crun\xE2\x80\x9D is not understood; a text stands in plain quotes: "
         "\"text\""},
        {"@include \"x.cfg\"",
         "4: what @include reads could not be overridden; use extends = [ \"file.cfg\" ]; at the "
         "top of the file"},
        {"firm = { wacc = 0.1; wacc = 0.2; };",
         "4: wacc is set a second time in this group (first in line 4); keep one"},
        {"firm { wacc = 0.1; };", "4: a setting is written firm = { ... };"},
        {"firm = { wacc = ; };", "4: there is no value before ;"},
        {"firm = { wacc = 0.1;", "4: the bracket that opens here is never closed; a } is missing"},
        {"firm = ( 0.1 };", "4: } does not close the bracket of line 4"},
        {"};", "4: } closes nothing"},
        {"name = \"abc;", "4: the text that begins here has no closing quote on its line"},
        {"/* never ended", "4: the comment that begins here with /* has no */"},
        {"name = \"a\" = 3;", "4: there is no name before ="},
        {"firm = = 3;", "4: there is no name before ="},
        {"extends = (\"a\" 3);", "4: a comma is missing between two entries of a list"},
        {"extends = [\"a\" \"b\"];", "4: a comma is missing between two entries of a list"},
        {"firm = { wacc = 0.1;; };", "4: there is nothing before ;"},
        {"name # why\n5;", "5: a setting is written name = value;"},
        {"name & \"a\";", "4: a setting is written name = value;"},
        {"name =", "5: the last setting has no value"},
        {"# comment \" { \n// 1,5 {\n/* 10% \n } */ name = \"a # b // 1,5\";", ""},
        {"firm = { wacc = 0.1, pay_growth = 0.01 };", ""},
        {"name = \"one \" \"two\";", ""},
        {"firm : { wacc : 0.1 };", ""},
    };
    CHECK(MISTAKES);
}

static void wrong_values_name_place_and_suggestion(void) {
    static const struct mistake MISTAKES[] = {
        {"firm = { wacc = 15; };", "4: firm.wacc: 15 is not in 0..1 (did you mean 0.15?)"},
        {"firm = { wacc = 1; };", ""}, /* a whole number where a number is wanted */
        {"simulation = { years = 0.5; };",
         "4: simulation.years: 0.5 is no whole number (did you mean 1?)"},
        {"simulation = { years = 5e0; };", ""},
        {"simulation = { years = 51; };", "4: simulation.years: 51 is not in 1..50"},
        {"simulation = { years = \"5\"; };",
         "4: simulation.years: a whole number is wanted, not \"5\" (write 5 without quotes)"},
        {"simulation = { years = true; };",
         "4: simulation.years: a whole number is wanted, not true"},
        {"simulation = { years = (5); };",
         "4: simulation.years: a whole number is wanted, not a list of 1"},
        {"simulation = { seed = -1; };", "4: simulation.seed: -1 is not in 0..9223372036854775807"},
        {"simulation = { effort = \"statik\"; };",
         "4: simulation.effort: one of none, static, dynamic is wanted, not \"statik\" (did you "
         "mean "
         "static?)"},
        {"simulation = { effort = 1; };",
         "4: simulation.effort: one of \"none\", ... is wanted, not 1"},
        {"simulation = 5;", "4: simulation: a group { ... } of settings is wanted, not 5"},
        {"simulaton = { };",
         "4: simulaton: there is no parameter simulaton of a scenario (did you mean simulation?)"},
        {"firm = { wacf = 0.1; };",
         "4: firm.wacf: there is no parameter wacf in firm (did you mean wacc?)"},
        {"seed = 1;",
         "4: seed: there is no parameter seed of a scenario (did you mean simulation.seed of a "
         "scenario?)"},
        {"name = 5;", "4: name: a text in quotes is wanted, not 5"},
        {"name = \"0123456789012345678901234567890123456789012345678901234567890123\";",
         "4: name: the text has 64 bytes; at most 63 fit"},
        {"name = \"a\\nb\";", "4: name: the text has control characters or is not UTF-8"},
        {"name = \"\\xFF\";", "4: name: the text has control characters or is not UTF-8"},
        {"extends = 5;", "4: extends: a list of texts in quotes is wanted: [\"...\", \"...\"]"},
        {"remove = [\"roles.kam\"];",
         "4: remove: there is no roles.kam to take out; there is none at all"},
    };
    CHECK(MISTAKES);
}

/* The smallest scenario with other lines for segment, role and plan. */
static bool scenario_gives(const char *segment, const char *role, const char *plan,
                           const char *error) {
    struct text text = {0};
    text_add(&text, "segments = { a = { coverage = { owners = [\"s\"]; }; %s }; };\n", segment);
    text_add(&text, "roles = { s = { plan = \"p\"; %s }; };\n", role);
    text_add(&text, "plans = { p = { %s }; };\n", plan);
    bool good = fixture_gives(text_bytes(&text), NULL, error);
    text_free(&text);
    return good;
}

static void segments_must_be_whole(void) {
    static const struct mistake MISTAKES[] = {
        {"pipeline = { stages = (); };", "1: segments.a.pipeline.stages: has 0 entries; 1..16 are "
                                         "allowed"},
        {"leads = { season = [1, 1]; };",
         "1: segments.a.leads.season: a list of 12 numbers [a, b, ...] is wanted, not a list of 2"},
        {"leads = { season = [2,2,2,2,2,2,2,2,2,2,2,2]; };",
         "1: segments.a.leads.season: the mean of the twelve weights is 2, not 1; in the same "
         "proportions: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"},
        {"leads = { season = [1, 1,1,1,1,1,1,1,1,1,1,1.00001]; };", ""},
        {"churn = { beta_a = 0.668; };",
         "1: segments.a.churn.beta_b: is 0, but beta_a is not; set both above 0, or both to 0"},
        {"churn = { beta_a = 0.668; beta_b = 3.806; };", ""},
        {"wallet = { start = 0.95; };",
         "1: segments.a.wallet.start: 0.95 is above wallet.ceiling, which is 0.9"},
        {"relationship = { investment = 0; decay = 0; };",
         "1: segments.a.relationship.investment: investment and decay are both 0, so there is no "
         "reference relationship; set one of them above 0"},
        {"pipeline = { stages = ( { name = \"x\"; conversion = 0.5; } ); };",
         "1: segments.a.pipeline.stages.[0].months: is missing: Mean time that an opportunity "
         "stays in the stage"},
        {"pipeline = { stages = ( name = \"x\" ); };",
         "1: the settings of an entry of a list stand in braces: ( { name = ... } )"},
    };
    for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++) {
        CU_ASSERT_TRUE(scenario_gives(MISTAKES[i].line, "", "", MISTAKES[i].error));
    }
    CU_ASSERT_TRUE(fixture_gives("segments = { a = { prospects = 0; coverage = { owners = \"s\"; "
                                 "hunters = \"s\"; }; }; };\nroles = { s = { plan = \"p\"; }; };\n"
                                 "plans = { p = { }; };\n",
                                 NULL,
                                 "1: segments.a.prospects: roles hunt here (coverage.hunters), so "
                                 "at least 1 is needed"));
    CU_ASSERT_TRUE(fixture_gives("segments = { a = { coverage = { owners = \"s\"; hunters = \"s\"; "
                                 "hunting_weight = 0; }; }; };\n"
                                 "roles = { s = { plan = \"p\"; }; };\nplans = { p = { }; };\n",
                                 NULL,
                                 "1: segments.a.coverage.hunting_weight: s hunts only where the "
                                 "weight is 0; set one above 0"));
    CU_ASSERT_TRUE(fixture_gives("segments = { a = { coverage = { owners = []; }; }; };\n"
                                 "roles = { s = { plan = \"p\"; }; };\nplans = { p = { }; };\n",
                                 NULL,
                                 "1: segments.a.coverage.owners: has 0 names; 1..8 are allowed"));
}

static void roles_must_be_whole(void) {
    static const struct mistake MISTAKES[] = {
        {"time = { care = 0.2; };",
         "2: roles.s.time: the shares of time sum to 1.05, not 1 (did you mean care = 0.15?)"},
        {"time = { acquire = 1; develop = 1; care = 0; };",
         "2: roles.s.time: the shares of time sum to 2, not 1; in the same proportions: acquire = "
         "0.5, develop = 0.5, care = 0"},
        {"time = { acquire = 0.7; develop = 0.1; care = 0.2; };", ""},
        {"succession = { similar = 0.6; dissimilar = 0.5; };",
         "2: roles.s.succession: similar and dissimilar sum to 1.1; together they are at most 1"},
        {"recruiting = { internal = [\"s\"]; };",
         "2: roles.s.recruiting.internal: a role does not recruit from itself; take \"s\" out"},
        {"recruiting = { seeks = \"experienced\"; };",
         "2: roles.s.recruiting.seeks: no candidate has experience; set "
         "recruiting.experience.share above 0, or seek \"anybody\""},
        {"recruiting = { seeks = \"novices\"; experience = { share = 1.0; }; };",
         "2: roles.s.recruiting.seeks: every candidate has experience; set "
         "recruiting.experience.share below 1, or seek \"anybody\""},
        {"recruiting = { internal = [\"t\"]; };",
         "2: roles.s.recruiting.internal.[0]: there is no \"t\" in roles (did you mean s?)"},
        {"headcount_path = ( [13, 5], [13, 6] );",
         "2: roles.s.headcount_path.[1]: points ascend; 13 comes after 13"},
        {"headcount_path = ( [13, 5.5] );",
         "2: roles.s.headcount_path.[0].[1]: 5.5 is no whole number (did you mean 6?)"},
        {"headcount_path = [13, 5];",
         "2: roles.s.headcount_path.[0]: a pair [at, value] is wanted, not 13\n"
         "2: roles.s.headcount_path.[1]: a pair [at, value] is wanted, not 5"},
        {"headcount = 1000001;", "2: roles.s.headcount: 1000001 is not in 0..1000000"},
        {"turnover_annual = 0.2;",
         "2: roles.s.turnover_annual: there is no parameter turnover_annual of a role (did you "
         "mean turnover.annual of a role?)"},
    };
    for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++) {
        CU_ASSERT_TRUE(scenario_gives("", MISTAKES[i].line, "", MISTAKES[i].error));
    }
}

static void plans_must_be_whole(void) {
    static const struct mistake MISTAKES[] = {
        {"{ type = \"commission\"; metric = \"new_revenue\"; rate = 1.5; }",
         "3: plans.p.components.[0].rate: 1.5 is not in 0..1 (did you mean 0.015?)"},
        {"{ type = \"commission\"; metric = \"new_customers\"; rate = 500; }", ""},
        {"{ type = \"commission\"; metric = \"new_revenue\"; }",
         "3: plans.p.components.[0].rate: a commission needs a rate above 0, such as rate = 0.05, "
         "or tiers, or a target for a rate of target over quota"},
        {"{ type = \"commission\"; rate = 0.05; }",
         "3: plans.p.components.[0].metric: is missing: a component of type commission says what "
         "it is paid on"},
        {"{ type = \"commission\"; metric = \"net_retention\"; rate = 0.05; }",
         "3: plans.p.components.[0].metric: net_retention does not add up over months, and a "
         "commission is paid on money or counts; use a bonus"},
        {"{ type = \"bonus\"; metric = \"bookings\"; payout = ([1, 1]); }",
         "3: plans.p.components.[0].target: a component of type bonus needs a target above 0, the "
         "pay a year at attainment 1"},
        {"{ type = \"bonus\"; metric = \"bookings\"; target = 1; }",
         "3: plans.p.components.[0].payout: a component of type bonus needs a payout curve, such "
         "as payout = ( [0.5, 0], [1, 1] )"},
        {"{ type = \"bonus\"; metric = \"bookings\"; target = 1; payout = ([1,0],[1,1],[1,2]); }",
         "3: plans.p.components.[0].payout.[2]: points ascend; 1 comes after 1 (two points at one "
         "place make a jump)"},
        {"{ type = \"bonus\"; metric = \"bookings\"; target = 1; payout = ([1,0],[1,1]); }", ""},
        {"{ type = \"shares\"; target = 1; cliff_months = 48; }",
         "3: plans.p.components.[0].cliff_months: 48 is longer than vesting_months, which is 36"},
        {"{ type = \"shares\"; target = 1; cliff_months = 6; }",
         "3: plans.p.components.[0].step_months: the 30 months from the cliff to the end of "
         "vesting do not divide into steps of 12 (did you mean 1?)"},
        {"{ type = \"shares\"; target = 1; vesting_months = 0; }",
         "3: plans.p.components.[0].vesting_months: 0 is not in 1..240"},
        {"{ type = \"ltip\"; metric = \"bookings\"; target = 1; cycle_months = 30; "
         "payout = ([1, 1]); }",
         "3: plans.p.components.[0].cycle_months: 30 is no multiple of 12 (did you mean 36?)"},
        {"{ metric = \"bookings\"; }",
         "3: plans.p.components.[0].type: is missing: What it is: a commission on a metric, a "
         "bonus on attainment of a quota, weighted objectives, prizes by rank, a long-term "
         "incentive plan with overlapping cycles, or shares, options and deferred cash that vest; "
         "there are commission, bonus, objectives, ranking, ltip, shares"},
        {"{ name = \"a\"; type = \"ltip\"; metric = \"clv\"; target = 1; cycle_months = 60; "
         "every_months = 1; payout = ([1, 1]); }, { name = \"b\"; type = \"ltip\"; "
         "metric = \"clv\"; target = 1; cycle_months = 96; every_months = 1; "
         "payout = ([1, 1]); }, { name = \"c\"; type = \"ltip\"; metric = \"clv\"; target = 1; "
         "every_months = 0; payout = ([1, 1]); }, { name = \"d\"; type = \"bonus\"; "
         "metric = \"clv\"; target = 1; payout = ([1, 1]); }",
         ""},
        {"{ name = \"a\"; type = \"ltip\"; metric = \"clv\"; target = 1; cycle_months = 60; "
         "every_months = 1; payout = ([1, 1]); }, { name = \"b\"; type = \"ltip\"; "
         "metric = \"clv\"; target = 1; cycle_months = 108; every_months = 1; "
         "payout = ([1, 1]); }",
         "3: plans.p.components.[1].every_months: 170 periods and cycles of the plan could be open "
         "at a time, and there may be 160; most are of b: grant it less often, such as "
         "every_months = 12, or shorten cycle_months"},
        {"{ type = \"shares\"; target = 1; }, { type = \"shares\"; target = 2; }",
         "3: plans.p.components.[1].name: [0] is called \"shares\" too; write a name for each"},
    };
    for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++) {
        struct text text = {0};
        text_add(&text, "components = ( %s );", MISTAKES[i].line);
        CU_ASSERT_TRUE(scenario_gives("", "", text_bytes(&text), MISTAKES[i].error));
        text_free(&text);
    }
}

static void references_must_exist(void) {
    CU_ASSERT_TRUE(fixture_gives("segments = { a = { coverage = { owners = [\"sale\"]; }; }; };\n"
                                 "roles = { sales = { plan = \"bas\"; }; kam = { }; };\n"
                                 "plans = { base = { }; };\n",
                                 NULL,
                                 "1: segments.a.coverage.owners.[0]: there is no \"sale\" in roles "
                                 "(did you mean sales?)\n"
                                 "2: roles.sales.plan: there is no \"bas\" in plans (did you mean "
                                 "base?)\n"
                                 "2: roles.kam.plan: is missing: The pay plan of the role, by its "
                                 "name; there are base"));
    CU_ASSERT_TRUE(fixture_gives("segments = { all = { coverage = { owners = [\"s\"]; }; }; };\n"
                                 "roles = { s = { plan = \"p\"; }; };\nplans = { p = { }; };\n",
                                 NULL,
                                 "1: segments.all: tables use the name \"all\" for totals; choose "
                                 "another one"));
}

static void all_mistakes_are_reported_at_once(void) {
    CU_ASSERT_TRUE(fixture_gives(
        SMALLEST "firm = { wacc = 0,1;\n"
                 "pay_growth = 20; };\n"
                 "economy = { share = { growht = 1; };\n"
                 "recession = { months = 2.5; }; };\n"
                 "simulation = { seed = 3000000000; };\n",
        NULL,
        "4: 0,1: write numbers with a decimal point: 0.1\n"
        "8: 3000000000 is too large to be written without an L at its end: write 3000000000L or "
        "3e9\n"
        "6: economy.share.growht: there is no parameter growht in economy.share (did you mean "
        "growth?)\n"
        "5: firm.pay_growth: 20 is not in -0.5..0.5 (did you mean 0.2?)\n"
        "7: economy.recession.months: 2.5 is no whole number (did you mean 3?)"));
}

static void write_file(const char *folder, const char *name, const char *bytes) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    (void)fputs(bytes, file);
    CU_ASSERT_EQUAL(fclose(file), 0);
}

static bool file_gives(const char *path, const char *error_part) {
    struct scenario scenario = {0};
    struct error error = {0};
    bool loaded = scenario_load(&scenario, path, NULL, 0, &error);
    bool good =
        !loaded && error.kind == ERROR_QUESTION && strstr(error_text(&error), error_part) != NULL;
    if (!good) {
        (void)fprintf(stderr, "\nwanted: %s\ngot:    %s", error_part, error_text(&error));
    }
    error_free(&error);
    scenario_free(&scenario);
    return good;
}

static void broken_chains_of_files_are_named(void) {
    static const char *const NAMES[] = {"a.cfg", "b.cfg", "c.cfg", "market.cfg"};
    char folder[] = "/tmp/anreiz-test-XXXXXX";
    char path[256];
    char wanted[512];
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    write_file(folder, "a.cfg", "extends = [\"b.cfg\"];\n");
    write_file(folder, "b.cfg", "\nextends = [\"c.cfg\"];\n");
    write_file(folder, "c.cfg", "extends = \"x/../a.cfg\";\n");
    write_file(folder, "market.cfg", "extends = \"markt.cfg\";\n");
    (void)snprintf(path, sizeof path, "%s/a.cfg", folder);
    (void)snprintf(wanted, sizeof wanted,
                   "%s/c.cfg:1: extends: a file cannot extend itself: %s/a.cfg -> %s/b.cfg -> "
                   "%s/c.cfg -> %s/a.cfg\n",
                   folder, folder, folder, folder, folder);
    CU_ASSERT_TRUE(file_gives(path, wanted));
    (void)snprintf(path, sizeof path, "%s/market.cfg", folder);
    (void)snprintf(wanted, sizeof wanted,
                   "%s/market.cfg:1: extends: there is no file %s/markt.cfg (did you mean "
                   "%s/market.cfg?); markt.cfg does not come with the program either (",
                   folder, folder, folder);
    CU_ASSERT_TRUE(file_gives(path, wanted));
    (void)snprintf(path, sizeof path, "%s/d.cfg", folder);
    CU_ASSERT_TRUE(file_gives(path, "there is no file "));
    CU_ASSERT_TRUE(file_gives(folder, " is a folder; name a scenario file in it"));
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, NAMES[i]);
        CU_ASSERT_EQUAL(unlink(path), 0);
    }
    CU_ASSERT_EQUAL(rmdir(folder), 0);
}

static void unreadable_files_give_one_short_error(void) {
    static const char ZERO[] = "a = 1;\n\0b = 2;\n";
    struct text errors = fixture_errors(ZERO, sizeof ZERO - 1, NULL);
    CU_ASSERT_STRING_EQUAL(text_bytes(&errors),
                           "2: byte 0x00 is no text; this is not a scenario file\n");
    text_free(&errors);
    size_t length = 10000000;
    char *noise = malloc(length);
    CU_ASSERT_PTR_NOT_NULL_FATAL(noise);
    memset(noise, '\n', length);
    errors = fixture_errors(noise, length, NULL);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text_bytes(&errors), "is larger than 4 MB; this is not a scenario file\n"));
    CU_ASSERT(errors.length < 200);
    text_free(&errors);
    memset(noise, '(', length);
    memcpy(noise, "a = ", 4);
    errors = fixture_errors(noise, 1000000, NULL);
    CU_ASSERT_STRING_EQUAL(text_bytes(&errors), "1: brackets are nested more than 15 deep\n");
    text_free(&errors);
    free(noise);
}

static void other_editors_are_forgiven(void) {
    CU_ASSERT_TRUE(fixture_gives("\xEF\xBB\xBF" SMALLEST, NULL, ""));
    CU_ASSERT_TRUE(fixture_gives(SMALLEST "# the end", NULL, ""));
    CU_ASSERT_TRUE(fixture_gives("# Windows\r\n" SMALLEST "\r\n", NULL, ""));
}

/* Whatever is in a file: no crash, and an error of at most some screens. */
static void junk_is_survived(void) {
    static const char *const PIECES[] = {
        "roles",   "=",      "{",          "}",    "(",        ")",          "[",        "]",
        ";",       ",",      "\"",         "\n",   "1",        ".",          "%",        "/*",
        "*/",      "#",      "sales",      " ",    "@include", "plan",       ":",        "0x",
        "L",       "e9",     "segments",   "\\",   "-",        "plans",      "\xC3\xBC", "a",
        "extends", "remove", "5000000000", "true", "1,5",      "components", "all"};
    uint64_t state = 7;
    for (int round = 0; round < 3000; round++) {
        struct text text = {0};
        text_add(&text, "%s", round % 3 == 0 ? SMALLEST : "");
        for (int i = 0; i < round % 60; i++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            text_add(&text, "%s", PIECES[(state >> 33U) % (sizeof PIECES / sizeof *PIECES)]);
        }
        struct text errors = fixture_errors(text_bytes(&text), text.length, NULL);
        CU_ASSERT(errors.length < 20000);
        text_free(&errors);
        text_free(&text);
    }
}

/* One byte of a good scenario is changed at a time. */
static void every_damaged_byte_is_survived(void) {
    FILE *file = fopen("tests/data/scenario/firm.cfg", "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    char bytes[4096];
    size_t length = fread(bytes, 1, sizeof bytes, file);
    CU_ASSERT_EQUAL(fclose(file), 0);
    CU_ASSERT_FATAL(length > 1000 && length < sizeof bytes);
    uint64_t state = 3;
    for (size_t i = 0; i < length; i++) {
        char kept = bytes[i];
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        bytes[i] = "\"{}()[];,=.5x\n%-"[state >> 60U];
        struct text errors = fixture_errors(bytes, length, NULL);
        CU_ASSERT(errors.length < 20000);
        text_free(&errors);
        bytes[i] = kept;
    }
}

static const struct test TESTS[] = {
    {"the traps of the syntax have a way out", traps_of_the_syntax_have_a_way_out},
    {"wrong values name place, value and suggestion", wrong_values_name_place_and_suggestion},
    {"segments must be whole", segments_must_be_whole},
    {"roles must be whole", roles_must_be_whole},
    {"plans must be whole", plans_must_be_whole},
    {"references must exist", references_must_exist},
    {"all mistakes are reported at once", all_mistakes_are_reported_at_once},
    {"broken chains of files are named", broken_chains_of_files_are_named},
    {"unreadable files give one short error", unreadable_files_give_one_short_error},
    {"byte order marks, Windows line ends and unended lines are forgiven",
     other_editors_are_forgiven},
    {"junk is survived", junk_is_survived},
    {"every damaged byte is survived", every_damaged_byte_is_survived},
};

const struct suite suite_scenario_errors = {"scenario_errors", TESTS, sizeof TESTS / sizeof *TESTS};
