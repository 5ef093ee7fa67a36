/* The store: what is put in is what views and look-ups give back, and other files are refused. */
#include "report/store.h"
#include "report/store_schema.h"
#include "report_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <sqlite3.h>

enum { HISTORIES = 4, METRICS = 2, YEARS = 2, PERIODS = YEARS + 1 };

static const char *const NAMES[METRICS] = {"npv", "turnover.kam"};

/* Two years and the horizon of both metrics in two runs; the last history of turnover.kam has no
 * value in the first run. */
static const double VALUES[2][HISTORIES * METRICS * PERIODS] = {
    {0.5, 0.5, 1.0, 0.4, 0.6, 0.5, 0.5, 1.5, 2.0, 0.2, 0.3,  0.25,
     1.5, 1.5, 3.0, 0.4, 0.6, 0.5, 2.0, 2.0, 4.0, 0.1, -0.0, (double)NAN},
    {1.0, 1.0, 2.0, 0.4, 0.6, 0.5,  1.0, 2.0, 3.0, 0.7, 0.8, 0.75,
     2.0, 2.0, 4.0, 0.2, 0.3, 0.25, 2.0, 1.0, 3.0, 0.4, 0.6, 0.5},
};

static void add(const char *path, const struct fixture *fixture, size_t variant,
                const char *identity, bool again) {
    static const char *const PATHS[] = {"roles.kam.headcount"};
    const char *const SWEPT[] = {variant == 0 ? "9" : "14"};
    const struct store_key key = store_key_of(identity);
    const struct variant *from = &fixture->variants[variant];
    struct series series[METRICS];
    for (size_t m = 0; m < METRICS; m++) {
        int found = table_find(&from->values, &from->scenario->parameters, NAMES[m]);
        series[m] = from->values.series[found];
    }
    const struct table kept = {.series = series, .series_count = METRICS, .years = YEARS};
    const struct store_run run = {.key = &key,
                                  .results = &fixture->results,
                                  .variant = variant,
                                  .version = "0.1.0",
                                  .revision = "abc",
                                  .summary = "in short",
                                  .swept = {PATHS, SWEPT, 1},
                                  .kept = &kept,
                                  .rows = VALUES[variant]};
    struct store store;
    struct error error = {0};
    CU_ASSERT_TRUE(store_open(&store, path, &error));
    CU_ASSERT_TRUE(store_add(&store, &run, again, &error));
    CU_ASSERT_STRING_EQUAL(error_text(&error), "");
    store_close(&store);
}

/* One number from a store, by a connection of its own. */
static double ask(const char *path, const char *words) {
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &database), SQLITE_OK);
    CU_ASSERT_EQUAL(sqlite3_prepare_v2(database, words, -1, &statement, NULL), SQLITE_OK);
    double number =
        sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_double(statement, 0) : (double)NAN;
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(database);
    return number;
}

static void with_two_runs(void (*check)(const char *path, struct fixture *fixture)) {
    static const char *const PLANS[] = {"base", "plan"};
    static struct fixture fixture;
    char folder[64];
    char path[96];
    fixture_make(&fixture, PLANS, 2, 2, HISTORIES);
    fixture_folder(folder);
    (void)snprintf(path, sizeof path, "%s/a.sqlite", folder);
    add(path, &fixture, 0, "one", false);
    add(path, &fixture, 1, "two", false);
    check(path, &fixture);
    fixture_free(&fixture);
    fixture_clear(folder);
}

/* npv: 1, 1, 1, -1: mean .5, standard error .5; turnover: 0, .5, -.25: mean 1/12. */
static void check_views(const char *path, struct fixture *fixture) {
    const struct variant *plan = &fixture->variants[1];
    int series = table_find(&plan->values, &plan->scenario->parameters, "turnover.kam");
    const struct cell *year = table_year(&plan->values, (size_t)series, 1);
    const struct cell *whole = table_horizon(&plan->values, (size_t)series);
    CU_ASSERT_DOUBLE_EQUAL(ask(path, "SELECT difference FROM paired_differences WHERE baseline = 1 "
                                     "AND run = 2 AND series = 'npv'"),
                           0.5, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(ask(path, "SELECT standard_error FROM paired_differences WHERE "
                                     "baseline = 1 AND run = 2 AND series = 'npv'"),
                           0.5, 1e-12);
    CU_ASSERT_EQUAL(ask(path, "SELECT share_higher FROM paired_differences WHERE baseline = 1 "
                              "AND run = 2 AND series = 'npv'"),
                    0.75);
    CU_ASSERT_EQUAL(ask(path, "SELECT histories FROM paired_differences WHERE baseline = 1 "
                              "AND run = 2 AND series = 'turnover.kam'"),
                    3.0);
    CU_ASSERT_DOUBLE_EQUAL(ask(path, "SELECT difference FROM paired_differences WHERE "
                                     "baseline = 1 AND run = 2 AND series = 'turnover.kam'"),
                           1.0 / 12.0, 1e-12);
    CU_ASSERT_EQUAL(ask(path, "SELECT mean FROM means WHERE run = 2 AND series = 'turnover.kam'"),
                    whole->moments.mean);
    CU_ASSERT_EQUAL(ask(path, "SELECT mean FROM means_by_year WHERE name = 'plan' AND year = 2 AND "
                              "series = 'turnover.kam'"),
                    year->moments.mean);
    CU_ASSERT_EQUAL(ask(path, "SELECT role = 'kam' AND metric = 'turnover' AND segment = 'all' "
                              "FROM results WHERE run = 1 AND series = 'turnover.kam'"),
                    1.0);
    CU_ASSERT_EQUAL(ask(path, "SELECT swept = 'roles.kam.headcount=14' FROM latest_runs"), 1.0);
    CU_ASSERT_EQUAL(ask(path, "SELECT plans = 'sales=plan kam=plan development=plan' AND "
                              "revision = 'abc' FROM latest_runs"),
                    1.0);
    /* numbers, not texts: 9 comes before 14 */
    CU_ASSERT_EQUAL(ask(path, "SELECT run FROM curves WHERE path = 'roles.kam.headcount' AND "
                              "series = 'turnover.kam' ORDER BY value LIMIT 1"),
                    1.0);
    CU_ASSERT_EQUAL(ask(path, "SELECT mean FROM curves WHERE value = 14 AND "
                              "series = 'turnover.kam' AND others IS NULL"),
                    whole->moments.mean);
    CU_ASSERT_EQUAL(ask(path, "SELECT id FROM latest_runs"), 2.0);
    CU_ASSERT_EQUAL(ask(path, "SELECT count(*) FROM results"),
                    (double)(2 * plan->values.series_count * 3));
}

static void views_give_what_was_stored(void) { with_two_runs(check_views); }

static void check_repeats(const char *path, struct fixture *fixture) {
    struct store store;
    struct error error = {0};
    struct store_found found;
    struct store_mean mean;
    const struct store_key one = store_key_of("one");
    const struct store_key other = store_key_of("three");
    CU_ASSERT_STRING_NOT_EQUAL(one.hash, other.hash);
    add(path, fixture, 0, "one", false);
    CU_ASSERT_EQUAL(ask(path, "SELECT count(*) FROM runs"), 2.0);
    CU_ASSERT_TRUE(store_open(&store, path, &error));
    CU_ASSERT_TRUE(store_find(&store, &one, &found, &error));
    CU_ASSERT_EQUAL(found.id, 1);
    CU_ASSERT_STRING_EQUAL(text_bytes(&found.summary), "in short");
    CU_ASSERT_TRUE(store_mean(&store, 1, "turnover.kam", &mean, &error));
    const struct variant *base = &fixture->variants[0];
    int series = table_find(&base->values, &base->scenario->parameters, "turnover.kam");
    const struct cell *cell = table_horizon(&base->values, (size_t)series);
    CU_ASSERT_TRUE(mean.there);
    CU_ASSERT_EQUAL(mean.mean, cell->moments.mean);
    CU_ASSERT_EQUAL(mean.standard_error, moments_standard_error(&cell->moments));
    CU_ASSERT_TRUE(store_mean(&store, 1, "turnover.nobody", &mean, &error));
    CU_ASSERT_FALSE(mean.there);
    CU_ASSERT_TRUE(isnan(mean.mean));
    store_found_free(&found);
    struct store_key collision = other; /* another run that has the same hash by chance */
    memcpy(collision.hash, one.hash, sizeof one.hash);
    CU_ASSERT_TRUE(store_find(&store, &collision, &found, &error));
    CU_ASSERT_EQUAL(found.id, 0);
    store_close(&store);
    double before = ask(path, "SELECT count(*) FROM results");
    add(path, fixture, 0, "one", true);
    CU_ASSERT_EQUAL(ask(path, "SELECT count(*) FROM runs"), 2.0);
    CU_ASSERT_EQUAL(ask(path, "SELECT count(*) FROM results"), before);
    CU_ASSERT_EQUAL(ask(path, "SELECT count(*) FROM replications"), 2.0 * HISTORIES * METRICS);
}

static void a_repeated_run_is_kept_once(void) { with_two_runs(check_repeats); }

static void refuse(const char *path, const char *why) {
    struct store store;
    struct error error = {0};
    CU_ASSERT_FALSE(store_open(&store, path, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), why));
    store_close(&store);
    error_free(&error);
    error = (struct error){0};
    CU_ASSERT_FALSE(store_open_reading(&store, path, &error));
    CU_ASSERT(error_text(&error)[0] != 0);
    store_close(&store);
    error_free(&error);
}

static void check_refusals(const char *path, struct fixture *fixture) {
    (void)fixture;
    (void)ask(path, "PRAGMA user_version = 1");
    refuse(path, "is a store of version 1, this program knows version 2");
    (void)ask(path, "PRAGMA user_version = 3");
    refuse(path, "is a store of version 3, this program knows version 2");
    (void)ask(path, "PRAGMA application_id = 7");
    refuse(path, "is not a store of anreiz");
    refuse("/nowhere/a.sqlite", "cannot be opened");
}

static void other_files_and_versions_are_refused(void) { with_two_runs(check_refusals); }

/* Every bit comes back, also of what SQL cannot hold. */
static void check_numbers(const char *path, struct fixture *fixture) {
    struct store store;
    struct error error = {0};
    double values[HISTORIES * PERIODS];
    bool there = false;
    (void)fixture;
    CU_ASSERT_TRUE(store_open_reading(&store, path, &error));
    CU_ASSERT_TRUE(
        store_history(&store, 1, "turnover.kam", values, HISTORIES * PERIODS, &there, &error));
    CU_ASSERT_TRUE(there);
    for (size_t r = 0; r < HISTORIES; r++) {
        CU_ASSERT_EQUAL(memcmp(&values[r * PERIODS], &VALUES[0][(r * METRICS + 1) * PERIODS],
                               PERIODS * sizeof *values),
                        0);
    }
    CU_ASSERT_TRUE(store_history(&store, 1, "revenue", values, 1, &there, &error));
    CU_ASSERT_FALSE(there);
    CU_ASSERT_FALSE(store_history(&store, 1, "npv", values, 1, &there, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "is not as it was stored"));
    error_free(&error);
    store_close(&store);
}

static void histories_come_back_bit_by_bit(void) { with_two_runs(check_numbers); }

/* The runs that an expression finds, as digits of a number: 12 is runs 1 and 2; -1: refused. */
static int choose(const char *path, const char *where, const char *why) {
    struct store store;
    struct store_choice choice;
    struct error error = {0};
    int found = 0;
    CU_ASSERT_TRUE_FATAL(store_open_reading(&store, path, &error));
    if (store_choose(&store, where, &choice, &error)) {
        CU_ASSERT_EQUAL(choice.stored, 2);
        for (size_t n = 0; n < choice.count; n++) {
            found = 10 * found + (int)choice.entries[n].id;
        }
    } else {
        found = -1;
        CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
        CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), why));
    }
    error_free(&error);
    store_choice_free(&choice);
    store_close(&store);
    return found;
}

static void check_choices(const char *path, struct fixture *fixture) {
    (void)fixture;
    CU_ASSERT_EQUAL(choose(path, NULL, ""), 12);
    CU_ASSERT_EQUAL(choose(path, "name = 'plan'", ""), 2);
    CU_ASSERT_EQUAL(choose(path, "name = 'nobody'", ""), 0);
    CU_ASSERT_EQUAL(choose(path, "plans LIKE '%kam=plan%' AND seed = 1 AND years = 2", ""), 12);
    CU_ASSERT_EQUAL(choose(path,
                           "version = '0.1.0' AND revision = 'abc' AND replications = 4 AND "
                           "stored > '2000' AND question <> ''",
                           ""),
                    12);
    /* a swept path with and without quotes, as a number, not as a text */
    CU_ASSERT_EQUAL(choose(path, "roles.kam.headcount < 10", ""), 1);
    CU_ASSERT_EQUAL(choose(path, "\"roles.kam.headcount\" > 10", ""), 2);
    CU_ASSERT_EQUAL(choose(path, "swept = 'roles.kam.headcount=9' -- only this", ""), 1);
    CU_ASSERT_EQUAL(choose(path, "roles.kam.head = 9", "roles.kam.headcount"), -1);
    CU_ASSERT_EQUAL(choose(path, "\"roles.kam.head\" = 9", "no such column"), -1);
    CU_ASSERT_EQUAL(choose(path, "name =", "syntax error"), -1);
}

static void an_expression_chooses_runs(void) { with_two_runs(check_choices); }

static void check_harm(const char *path, struct fixture *fixture) {
    (void)fixture;
    CU_ASSERT_EQUAL(choose(path, "1); DELETE FROM runs; --", "more than one expression"), -1);
    CU_ASSERT_EQUAL(choose(path, "1; DELETE FROM runs", "--where"), -1);
    CU_ASSERT_EQUAL(choose(path, "load_extension('x')", "--where"), -1);
    CU_ASSERT_EQUAL(choose(path,
                           "id IN (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM "
                           "n) SELECT i FROM n)",
                           "--where"),
                    -1);
    CU_ASSERT_EQUAL(choose(path, "id IN (SELECT 1 FROM pragma_user_version)", "--where"), -1);
    CU_ASSERT_EQUAL(ask(path, "SELECT count(*) FROM runs"), 2.0);
}

static void an_expression_can_only_read(void) { with_two_runs(check_harm); }

/* A path is added to a run that is found by another question. */
static void check_swept(const char *path, struct fixture *fixture) {
    static const char *const PATHS[] = {"roles.kam.headcount", "roles.kam.plan"};
    static const char *const VALUE[] = {"9", "plan"};
    const struct store_swept swept = {PATHS, VALUE, 2};
    struct store store;
    struct store_values values = {0};
    struct error error = {0};
    (void)fixture;
    CU_ASSERT_TRUE(store_open(&store, path, &error));
    CU_ASSERT_TRUE(store_add_swept(&store, 1, &swept, &error));
    CU_ASSERT_TRUE(store_values(&store, 1, &values, &error));
    CU_ASSERT_EQUAL_FATAL(values.count, 2);
    CU_ASSERT_STRING_EQUAL(text_bytes(&values.texts[0]), "roles.kam.headcount");
    CU_ASSERT_STRING_EQUAL(text_bytes(&values.texts[1]), "9");
    CU_ASSERT_STRING_EQUAL(text_bytes(&values.texts[3]), "plan");
    store_values_free(&values);
    store_close(&store);
}

static void what_was_swept_is_added_to_a_run_that_is_there(void) { with_two_runs(check_swept); }

static const struct test TESTS[] = {
    {"views give what was stored", views_give_what_was_stored},
    {"a repeated run is kept once", a_repeated_run_is_kept_once},
    {"other files and versions are refused", other_files_and_versions_are_refused},
    {"histories come back bit by bit", histories_come_back_bit_by_bit},
    {"an expression chooses runs", an_expression_chooses_runs},
    {"an expression can only read", an_expression_can_only_read},
    {"what was swept is added to a run that is there",
     what_was_swept_is_added_to_a_run_that_is_there},
};

const struct suite suite_store = {"store", TESTS, sizeof TESTS / sizeof TESTS[0]};
