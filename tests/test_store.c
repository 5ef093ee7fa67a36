/* The store: what is put in is what views and look-ups give back, and other files are refused. */
#include "report/store.h"
#include "report/store_schema.h"
#include "report_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <sqlite3.h>

enum { HISTORIES = 4, METRICS = 2 };

static const char *const NAMES[METRICS] = {"npv", "turnover.kam"};

/* Of two runs; the last history of turnover.kam has no value in the first. */
static const double VALUES[2][HISTORIES * METRICS] = {
    {1.0, 0.5, 2.0, 0.25, 3.0, 0.5, 4.0, (double)NAN},
    {2.0, 0.5, 3.0, 0.75, 4.0, 0.25, 3.0, 0.5},
};

static void add(const char *path, const struct fixture *fixture, size_t variant,
                const char *identity, bool again) {
    static const char *const PATHS[] = {"roles.kam.headcount"};
    static const char *const SWEPT[] = {"14"};
    const struct store_key key = store_key_of(identity);
    const struct store_run run = {.key = &key,
                                  .results = &fixture->results,
                                  .variant = variant,
                                  .version = "0.1.0",
                                  .summary = "in short",
                                  .paths = PATHS,
                                  .values = SWEPT,
                                  .path_count = 1,
                                  .metrics = NAMES,
                                  .metric_count = METRICS,
                                  .histories = VALUES[variant]};
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
    CU_ASSERT_EQUAL(ask(path, "SELECT id FROM latest_runs"), 2.0);
    CU_ASSERT_EQUAL(ask(path, "SELECT count(*) FROM results"),
                    (double)(2 * plan->values.series_count * 3));
}

static void views_give_what_was_stored(void) { with_two_runs(check_views); }

static void check_repeats(const char *path, struct fixture *fixture) {
    struct store store;
    struct error error = {0};
    struct store_found found;
    double mean;
    double standard_error;
    const struct store_key one = store_key_of("one");
    const struct store_key other = store_key_of("three");
    CU_ASSERT_STRING_NOT_EQUAL(one.hash, other.hash);
    add(path, fixture, 0, "one", false);
    CU_ASSERT_EQUAL(ask(path, "SELECT count(*) FROM runs"), 2.0);
    CU_ASSERT_TRUE(store_open(&store, path, &error));
    CU_ASSERT_TRUE(store_find(&store, &one, &found, &error));
    CU_ASSERT_EQUAL(found.id, 1);
    CU_ASSERT_STRING_EQUAL(text_bytes(&found.summary), "in short");
    CU_ASSERT_TRUE(store_mean(&store, 1, "turnover.kam", &mean, &standard_error, &error));
    const struct variant *base = &fixture->variants[0];
    int series = table_find(&base->values, &base->scenario->parameters, "turnover.kam");
    const struct cell *cell = table_horizon(&base->values, (size_t)series);
    CU_ASSERT_EQUAL(mean, cell->moments.mean);
    CU_ASSERT_EQUAL(standard_error, moments_standard_error(&cell->moments));
    CU_ASSERT_TRUE(store_mean(&store, 1, "turnover.nobody", &mean, &standard_error, &error));
    CU_ASSERT_TRUE(isnan(mean));
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
}

static void check_refusals(const char *path, struct fixture *fixture) {
    (void)fixture;
    (void)ask(path, "PRAGMA user_version = 2");
    refuse(path, "is a store of version 2, this program knows version 1");
    (void)ask(path, "PRAGMA application_id = 7");
    refuse(path, "is not a store of anreiz");
    refuse("/nowhere/a.sqlite", "cannot be opened");
}

static void other_files_and_versions_are_refused(void) { with_two_runs(check_refusals); }

static const struct test TESTS[] = {
    {"views give what was stored", views_give_what_was_stored},
    {"a repeated run is kept once", a_repeated_run_is_kept_once},
    {"other files and versions are refused", other_files_and_versions_are_refused},
};

const struct suite suite_store = {"store", TESTS, sizeof TESTS / sizeof TESTS[0]};
