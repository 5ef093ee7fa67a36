/* Tables of a real start in a scenario: what is wrong with them is said with file and line, what
 * follows from them follows, and the manifest needs them no more. */
#include "opening_fixture.h"
#include "test.h"

#include <string.h>

static const char FIRM[] = OPENING_FIRM OPENING_START;
static const char GOOD_PEOPLE[] = "person,role,start\nanna,kam,2020-01-01\n";
static const char GOOD_ACCOUNTS[] = "account,segment,owner\nA,key,anna\n";

/* The sentences about the three files, with their folder left out; "" when all is well. */
static struct text complaints(const char *scenario, const char *people, const char *accounts,
                              const char *const sets[], size_t set_count) {
    struct opening_files files;
    struct scenario loaded = {0};
    struct error error = {0};
    struct text text = {0};
    opening_folder(&files, scenario, people, accounts);
    size_t skipped = strlen(files.folder) + 1;
    bool good = scenario_load(&loaded, files.scenario, sets, set_count, &error);
    CU_ASSERT_EQUAL(good, error.count == 0);
    for (const char *at = error_text(&error); *at != '\0';) {
        size_t length = strncmp(at, files.folder, skipped - 1) == 0 ? skipped : 0;
        text_add(&text, "%.1s", at + length);
        at += length + (at[length] != '\0');
    }
    scenario_free(&loaded);
    error_free(&error);
    opening_remove(&files);
    return text;
}

static void check(const char *people, const char *accounts, const char *set, const char *wanted) {
    const char *const sets[] = {"segments.key.accounts=1", set};
    struct text said = complaints(FIRM, people, accounts, sets, set == NULL ? 1 : 2);
    if (strstr(text_bytes(&said), wanted) == NULL ||
        (*wanted == '\0' && *text_bytes(&said) != '\0')) {
        (void)fprintf(stderr, "\nsaid:   %swanted: %s\n", text_bytes(&said), wanted);
        CU_FAIL("another sentence");
    }
    text_free(&said);
}

static void good_tables_are_read_without_a_word(void) {
    check(GOOD_PEOPLE, GOOD_ACCOUNTS, NULL, "");
}

static void mistakes_in_people_are_said_with_their_line(void) {
    static const char *const CASES[][2] = {
        {"person,role\nanna,kamm\n",
         "people.csv:2: role: there is no \"kamm\" in roles (did you mean kam?)"},
        {"person,role\nanna,\n", "people.csv:2: role: is empty"},
        {"person,role\nanna,kam\nben,kam\nanna,sales\n",
         "people.csv:4: person: \"anna\" has a row already, in line 2"},
        {"person,role,start\nanna,kam,2026-02-01\n", "people.csv:2: start: is after start.date"},
        {"person,role,start\nanna,kam,1975-01-01\n",
         "people.csv:2: tenure: has been here 612 months, but careers of kam end after 480"},
        {"person,role,plan,salary\nanna,kam,bonuss,1\n",
         "people.csv:2: plan: there is no \"bonuss\" in plans (did you mean bonus?)"},
        {"person,role,salary\nanna,kam,-5\n", "people.csv:2: salary: \"-5\" is negative"},
        {"person,role,attainment\nanna,kam,104\n",
         "people.csv:2: attainment: \"104\" is no attainment from 1 % to 1000 %"},
        {"person,role,start,attainment\nanna,kam,2025-12-15,1\n",
         "people.csv:2: attainment: nobody has attained anything in less than a month"},
        {"person,role,unvested,vests\nanna,kam,500,2025-12-31\n",
         "people.csv:2: vests: an award vests before start.date"},
        {"person,role,unvested,vests\nanna,kam,500,\n",
         "people.csv:2: unvested: \"500\" has no day on which it vests"},
        {"person,role,unvested\nanna,kam,2026-13-01:5\n", "people.csv:2: unvested: \"2026-13-01\""},
        {"person,role,unvested\nanna,kam,2026-12-01:\n",
         "people.csv:2: unvested: \"2026-12-01:\" is not an amount"},
        {"person,role,unvested,vests\nanna,kam,2026-12-01:5,2026-12-01\n",
         "people.csv:2: vests: the list of awards names the days already"},
        {"person,role\n", "people.csv:1: role: there is no row"},
        {"person\nanna\n", "people.csv:2: role: is empty"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        check(CASES[i][0], GOOD_ACCOUNTS, NULL, CASES[i][1]);
    }
}

static void mistakes_in_accounts_are_said_with_their_line(void) {
    static const char *const CASES[][2] = {
        {"account,segment\nA,keyy\n",
         "accounts.csv:2: segment: there is no \"keyy\" in segments (did you mean key?)"},
        {"account,segment,owner\nA,key,ana\n",
         "accounts.csv:2: owner: there is no \"ana\" among the people of the start (did you mean "
         "anna?)"},
        {"account,segment,owner\nA,standard,anna\n",
         "accounts.csv:2: owner: anna is kam, a role that owns no customers of standard; add it to "
         "segments.standard.coverage.owners"},
        {"account,segment\nA,key\nB,key\nA,key\n",
         "accounts.csv:4: account: \"A\" has a row already, in line 2"},
        {"account,segment,potential,revenue\nA,key,100,101\n",
         "accounts.csv:2: revenue: \"101\" is above the potential"},
        {"account,segment,potential,revenue\nA,key,100,99.9\n",
         "accounts.csv:2: revenue: is 0.999 of the potential, but segments.key.wallet.ceiling"},
        {"account,segment,potential\nA,key,0\n", "accounts.csv:2: potential: 0 is no potential"},
        {"account,segment,revenue\nA,key,0\n",
         "accounts.csv:2: revenue: an account without revenue is no customer yet"},
        {"account,segment,renewal\nA,key,2025-12-31\n",
         "accounts.csv:2: renewal: is before start.date"},
        {"account,segment,start\nA,key,2026-01-02\n", "accounts.csv:2: start: is after start.date"},
        {"account,segment,satisfaction\nA,key,11\n",
         "accounts.csv:2: satisfaction: \"11\" is not a rating from 0 to 10"},
        {"account\nA\n", "segment"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        check(GOOD_PEOPLE, CASES[i][0], NULL, CASES[i][1]);
    }
}

static void every_bad_row_of_both_tables_is_listed(void) {
    static const char *const SETS[] = {"segments.key.accounts=1"};
    struct text said =
        complaints(FIRM, "person,role,salary\nanna,kam,x\nben,kam,y\ncleo,kam,5\n",
                   "account,segment,revenue\nA,key,0\nB,key,zero\nC,key,7\n", SETS, 1);
    static const char *const WANTED[] = {"people.csv:2: salary",
                                         "people.csv:3: salary",
                                         "people.csv: 2 of 3 rows are bad; correct them\n",
                                         "accounts.csv:2: revenue",
                                         "accounts.csv:3: revenue",
                                         "accounts.csv: 2 of 3 rows are bad; correct them\n"};
    for (size_t i = 0; i < sizeof WANTED / sizeof *WANTED; i++) {
        CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&said), WANTED[i]));
    }
    text_free(&said);
}

/* As many lines as are wanted, each of them there: names that the scenario does not know, dates and
 * amounts, whatever else is wrong with the row or with others. */
static void everything_wrong_with_a_row_is_said_in_one_go(void) {
    static const char *const SETS[] = {"segments.key.accounts=1"};
    static const char *const WANTED[] = {
        "people.csv:2: Rolle: there is no \"kamm\" in roles (did you mean kam?)",
        "people.csv:2: plan: there is no \"bonuss\" in plans (did you mean bonus?)",
        "people.csv:2: salary: \"-5\" is negative",
        "people.csv:2: vests: an award vests before start.date",
        "people.csv:3: Rolle: there is no \"sale\" in roles (did you mean sales?)",
        "people.csv:4: start: is after start.date",
        "people.csv:5: salary: \"x\"",
        "people.csv:5: unvested: \"7\" has no day on which it vests",
        "people.csv: 4 of 5 rows are bad; correct them\n",
        "accounts.csv:2: segment: there is no \"keyy\" in segments (did you mean key?)",
        "accounts.csv:2: owner: there is no \"Zoe\" among the people of the start",
        "accounts.csv:2: satisfaction: \"11\" is not a rating from 0 to 10",
        "accounts.csv:2: start: is after start.date",
        "accounts.csv:2: renewal: is before start.date",
        "accounts.csv: 1 of 2 rows are bad; correct them\n"};
    struct text said = complaints(FIRM,
                                  "person,Rolle,plan,start,salary,unvested,vests\n"
                                  "anna,kamm,bonuss,2020-01-01,-5,500,2025-06-30\n"
                                  "ben,sale,,,,,\n"
                                  "cleo,kam,,2026-05-01,,,\n"
                                  "dora,kam,,,x,7,\n"
                                  "emil,kam,,,,,\n",
                                  "account,segment,owner,start,renewal,satisfaction\n"
                                  "A,keyy,Zoe,2027-01-01,2025-01-01,11\n"
                                  "B,key,anna,,,\n", /* whose row is bad, but who is there */
                                  SETS, 1);
    size_t count = 0;
    for (const char *at = text_bytes(&said); (at = strchr(at, '\n')) != NULL; at++) {
        count++;
    }
    CU_ASSERT_EQUAL(count, sizeof WANTED / sizeof *WANTED);
    for (size_t i = 0; i < sizeof WANTED / sizeof *WANTED; i++) {
        if (strstr(text_bytes(&said), WANTED[i]) == NULL) {
            (void)fprintf(stderr, "\nsaid:\n%swanted: %s\n", text_bytes(&said), WANTED[i]);
            CU_FAIL("a sentence is missing");
        }
    }
    text_free(&said);
}

static void names_are_doubted_together_unless_a_set_may_mend_them(void) {
    static const char PEOPLE[] = "person,role,plan\nanna,kamm,\nben,kam,bonuss\n";
    static const char ACCOUNTS[] = "account,segment,owner\nA,key,zoe\n";
    static const char *const MENDING[] = {"segments.key.accounts=1", "roles.kam.headcount=2",
                                          "start.staff.[0].role=kam", "start.staff.[1].plan=bonus",
                                          "start.book.[0].owner=ben"};
    struct text said = complaints(FIRM, PEOPLE, ACCOUNTS, MENDING, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&said), "people.csv:2: role: there is no \"kamm\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&said), "people.csv:3: plan: there is no"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&said), "people.csv: 2 of 2 rows are bad"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&said), "accounts.csv:2: owner: there is no \"zoe\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&said), "accounts.csv: 1 of 1 rows are bad"));
    text_free(&said);
    said = complaints(FIRM, PEOPLE, ACCOUNTS, MENDING, sizeof MENDING / sizeof *MENDING);
    CU_ASSERT_STRING_EQUAL(text_bytes(&said), "");
    text_free(&said);
}

/* Where the people cannot be read nobody knows who owners might be. */
static void owners_are_not_doubted_when_people_cannot_be_read(void) {
    static const char *const SETS[] = {"segments.key.accounts=1"};
    static const char *const PEOPLE[] = {"person,role\nanna,kam,too,many\n", "nobody\nanna\n"};
    for (size_t i = 0; i < sizeof PEOPLE / sizeof *PEOPLE; i++) {
        struct text said =
            complaints(FIRM, PEOPLE[i], "account,segment,owner\nA,key,anna\n", SETS, 1);
        CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&said), "people.csv"));
        CU_ASSERT_PTR_NULL(strstr(text_bytes(&said), "among the people of the start"));
        text_free(&said);
    }
}

static void the_day_of_the_tables_is_the_first_of_january(void) {
    check(GOOD_PEOPLE, GOOD_ACCOUNTS, "start.date=2026-07-01",
          "--set start.date: the simulation starts in January");
    check(GOOD_PEOPLE, GOOD_ACCOUNTS, "start.date=soon", "\"soon\"");
    check(GOOD_PEOPLE, GOOD_ACCOUNTS, "start.date=\"\"",
          "start.date: is missing: on which day is the firm as the tables say?");
}

static void a_table_that_is_not_there_is_named_with_its_place(void) {
    check(NULL, GOOD_ACCOUNTS, NULL, "start.people: ");
    check(GOOD_PEOPLE, NULL, NULL, "accounts.csv cannot be read: No such file");
}

static void numbers_that_contradict_a_table_are_errors_with_advice(void) {
    check(GOOD_PEOPLE, GOOD_ACCOUNTS, "roles.kam.headcount=3",
          "--set roles.kam.headcount: is 3 at the start, but that names 1 people of this role; "
          "leave the "
          "headcount out and it follows");
    check(GOOD_PEOPLE, GOOD_ACCOUNTS, "roles.kam.headcount_path=([1,2])",
          "--set roles.kam.headcount_path: is 2 at the start, but that names 1 people");
    check(GOOD_PEOPLE, GOOD_ACCOUNTS, "roles.kam.headcount_path=([2,2])", "");
    check(GOOD_PEOPLE, GOOD_ACCOUNTS, "segments.key.accounts=4",
          "segments.key.accounts: is 4, but start names 1 accounts of this segment");
    check(GOOD_PEOPLE, GOOD_ACCOUNTS, "plans.bonus.salary=0.0", ""); /* nobody's salary is known */
    check("person,role,salary\nanna,kam,5\n", GOOD_ACCOUNTS, "plans.bonus.salary=0.0",
          "people.csv:2: salary: the plan bonus pays no salary to compare this with");
}

/* A second layer in the folder of the first. */
static void load_over(struct scenario *scenario, const char *base, const char *over,
                      const char *const sets[], size_t set_count) {
    struct opening_files files;
    struct error error = {0};
    char path[96];
    opening_folder(&files, base, "person,role\nanna,kam\nben,kam\n", "account,segment\nA,key\n");
    (void)snprintf(path, sizeof path, "%s/over.cfg", files.folder);
    opening_write(path, over);
    bool good = scenario_load(scenario, path, sets, set_count, &error);
    CU_ASSERT_TRUE_FATAL(good);
    CU_ASSERT_STRING_EQUAL(error_text(&error), "");
    error_free(&error);
    CU_ASSERT_EQUAL(unlink(path), 0);
    opening_remove(&files);
}

static void numbers_of_layers_below_follow_the_tables(void) {
    struct scenario scenario;
    load_over(&scenario, OPENING_FIRM, "extends = [ \"firm.cfg\" ];\n" OPENING_START, NULL, 0);
    CU_ASSERT_EQUAL(scenario.parameters.segments[1].accounts, 1); /* 9 below */
    CU_ASSERT_EQUAL(scenario.parameters.roles[1].headcount, 2);
    CU_ASSERT_EQUAL(scenario.parameters.roles[0].headcount, 4);
    CU_ASSERT_EQUAL(scenario.parameters.segments[0].accounts, 40);
    scenario_free(&scenario);
}

static void rows_can_be_set_and_left_out(void) {
    static const char *const SETS[] = {"start.staff.[1].salary=90000.0", "start.book=()",
                                       "segments.key.accounts=9"};
    struct scenario scenario;
    load_over(&scenario, OPENING_FIRM, "extends = [ \"firm.cfg\" ];\n" OPENING_START, SETS, 3);
    CU_ASSERT_EQUAL(scenario.parameters.start.staff[1].salary, 90000.0);
    CU_ASSERT_EQUAL(scenario.parameters.start.book_count, 0);
    scenario_free(&scenario);
}

static void a_list_in_a_layer_above_takes_the_place_of_a_table(void) {
    struct scenario scenario;
    load_over(&scenario, FIRM,
              "extends = [ \"firm.cfg\" ];\n"
              "start = { staff = ( { name = \"zoe\"; role = \"kam\"; } ); };\n"
              "segments = { key = { accounts = 1; }; };\n",
              NULL, 0);
    CU_ASSERT_EQUAL(scenario.parameters.start.staff_count, 1);
    CU_ASSERT_STRING_EQUAL(scenario.parameters.start.staff[0].name, "zoe");
    CU_ASSERT_EQUAL(scenario.parameters.start.staff[0].tenure, -1);
    CU_ASSERT_EQUAL(scenario.parameters.roles[1].headcount, 1);
    CU_ASSERT_STRING_EQUAL(scenario.parameters.start.people, "");
    scenario_free(&scenario);
}

static void the_written_scenario_holds_the_rows_and_needs_no_table(void) {
    static const char *const SETS[] = {"segments.key.accounts=2"};
    static const char PEOPLE[] = "person;role;start;salary;attainment;unvested\n"
                                 "Jürgen Groß;kam;15.03.2020;70.000,10;104,5 %;"
                                 "\"31.12.2026:1.000,5; 31.12.2026:2; 31.12.2027:7\"\n";
    static const char ACCOUNTS[] = "account,segment,owner,potential,revenue,start,renewal\n"
                                   "\"Ä, \"\"B\"\" \\ C\",key,Jürgen Groß,100.1,33.3,2020-01-01,\n"
                                   "D,key,,,,,2026-05-31\n";
    struct opening_files files;
    struct error error = {0};
    struct scenario first = {0};
    struct scenario second = {0};
    char *bytes[2] = {NULL, NULL};
    size_t lengths[2];
    char identities[2][SCENARIO_IDENTITY_SIZE];
    opening_folder(&files, FIRM, PEOPLE, ACCOUNTS);
    CU_ASSERT_TRUE_FATAL(scenario_load(&first, files.scenario, SETS, 1, &error));
    opening_remove(&files);
    for (int i = 0; i < 2; i++) {
        FILE *stream = open_memstream(&bytes[i], &lengths[i]);
        CU_ASSERT_PTR_NOT_NULL_FATAL(stream);
        CU_ASSERT_TRUE(scenario_write(i == 0 ? &first : &second, NULL, stream, &error));
        CU_ASSERT_EQUAL(fclose(stream), 0);
        (void)scenario_start_identity(i == 0 ? &first : &second, identities[i]);
        if (i == 0) {
            char *path = fixture_file(bytes[0], lengths[0]);
            CU_ASSERT_TRUE_FATAL(scenario_load(&second, path, NULL, 0, &error));
            CU_ASSERT_EQUAL(unlink(path), 0);
            free(path);
        }
    }
    CU_ASSERT_STRING_EQUAL(bytes[0], bytes[1]);
    CU_ASSERT_STRING_EQUAL(identities[0], identities[1]);
    CU_ASSERT_EQUAL(strlen(identities[0]), 16);
    const struct opening *start = &second.parameters.start;
    CU_ASSERT_EQUAL(start->staff_count, 1);
    CU_ASSERT_EQUAL(start->book_count, 2);
    CU_ASSERT_EQUAL(start->staff[0].tenure, 69); /* 15 March 2020 to 1 January 2026 */
    CU_ASSERT_EQUAL(start->staff[0].salary, 70000.10);
    CU_ASSERT_EQUAL(start->staff[0].attainment, 1.045);
    CU_ASSERT_EQUAL(start->staff[0].awards.count, 2); /* those of a month are one */
    CU_ASSERT_EQUAL(start->staff[0].awards.points[0].at, 12.0);
    CU_ASSERT_EQUAL(start->staff[0].awards.points[0].value, 1002.5);
    CU_ASSERT_EQUAL(start->staff[0].awards.points[1].at, 24.0);
    CU_ASSERT_STRING_EQUAL(start->book[0].name, "Ä, \"B\" \\ C");
    CU_ASSERT_EQUAL(start->book[0].age, 72);
    CU_ASSERT_EQUAL(start->book[0].renewal, 0);
    CU_ASSERT_EQUAL(start->book[1].renewal, 5);
    CU_ASSERT_EQUAL(start->book[1].age, -1);
    free(bytes[0]);
    free(bytes[1]);
    scenario_free(&first);
    scenario_free(&second);
}

static void who_left_before_is_left_out_with_a_note(void) {
    struct opening_files files;
    struct scenario scenario = {0};
    struct error error = {0};
    static const char *const SETS[] = {"segments.key.accounts=1"};
    opening_folder(&files, FIRM,
                   "person,role,start,end\nanna,kam,2020-01-01,\nben,kam,2019-01-01,2025-12-31\n"
                   "cleo,kam,2019-01-01,2026-03-31\n",
                   GOOD_ACCOUNTS);
    CU_ASSERT_TRUE_FATAL(scenario_load(&scenario, files.scenario, SETS, 1, &error));
    opening_remove(&files);
    CU_ASSERT_EQUAL(scenario.parameters.start.staff_count, 2);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text_bytes(&scenario.notes), "people.csv: 1 who left before start.date"));
    scenario_free(&scenario);
}

static void a_book_unlike_its_segment_is_noted(void) {
    struct opening_files files;
    struct scenario scenario = {0};
    struct error error = {0};
    static const char *const SETS[] = {"segments.key.accounts=1"};
    opening_folder(&files, FIRM, GOOD_PEOPLE, "account,segment,potential\nA,key,900000\n");
    CU_ASSERT_TRUE_FATAL(scenario_load(&scenario, files.scenario, SETS, 1, &error));
    opening_remove(&files);
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&scenario.notes),
                                  "segments.key.potential.mean: the accounts of the start have "
                                  "900000 on average, this segment 200000"));
    scenario_free(&scenario);
}

static const struct test TESTS[] = {
    {"good tables are read without a word", good_tables_are_read_without_a_word},
    {"mistakes in people are said with their line", mistakes_in_people_are_said_with_their_line},
    {"mistakes in accounts are said with their line",
     mistakes_in_accounts_are_said_with_their_line},
    {"every bad row of both tables is listed", every_bad_row_of_both_tables_is_listed},
    {"everything wrong with a row is said in one go",
     everything_wrong_with_a_row_is_said_in_one_go},
    {"names are doubted together unless a --set may mend them",
     names_are_doubted_together_unless_a_set_may_mend_them},
    {"owners are not doubted when people cannot be read",
     owners_are_not_doubted_when_people_cannot_be_read},
    {"the day of the tables is the first of January",
     the_day_of_the_tables_is_the_first_of_january},
    {"a table that is not there is named with its place",
     a_table_that_is_not_there_is_named_with_its_place},
    {"numbers that contradict a table are errors with advice",
     numbers_that_contradict_a_table_are_errors_with_advice},
    {"numbers of layers below follow the tables", numbers_of_layers_below_follow_the_tables},
    {"rows can be set and left out", rows_can_be_set_and_left_out},
    {"a list in a layer above takes the place of a table",
     a_list_in_a_layer_above_takes_the_place_of_a_table},
    {"the written scenario holds the rows and needs no table",
     the_written_scenario_holds_the_rows_and_needs_no_table},
    {"who left before is left out with a note", who_left_before_is_left_out_with_a_note},
    {"a book unlike its segment is noted", a_book_unlike_its_segment_is_noted},
};

const struct suite suite_opening_tables = {"opening tables", TESTS, sizeof TESTS / sizeof *TESTS};
