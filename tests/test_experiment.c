/* Experiments: the same results for any number of threads, paired differences, and a run that is
 * stopped. */
#include "experiment_fixture.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char OTHER[] = "scenarios/long_term_kam.cfg";

/* Every number of a table in one list, so that tables can be compared by bytes. */
static double *flatten(const struct table *table, size_t *bytes) {
    size_t cells = table->series_count * table_periods(table);
    const size_t each = sizeof(struct cell_summary) / sizeof(double) + 3;
    double *numbers = calloc(cells * each + 1, sizeof *numbers);
    CU_ASSERT_PTR_NOT_NULL_FATAL(numbers);
    for (size_t c = 0; c < cells; c++) {
        struct error error = {0};
        struct cell_summary summary;
        CU_ASSERT_TRUE_FATAL(cell_summarise(&table->cells[c], &summary, &error));
        double *to = numbers + c * each;
        memcpy(to, &summary, sizeof summary);
        to[each - 3] = (double)table->cells[c].moments.count;
        to[each - 2] = (double)table->cells[c].above;
        to[each - 1] = (double)table->cells[c].equal;
    }
    *bytes = cells * each * sizeof *numbers;
    return numbers;
}

static bool same_table(const struct table *one, const struct table *other) {
    size_t one_bytes = 0;
    size_t other_bytes = 0;
    double *first = flatten(one, &one_bytes);
    double *second = flatten(other, &other_bytes);
    bool same = one_bytes == other_bytes && memcmp(first, second, one_bytes) == 0;
    free(first);
    free(second);
    return same;
}

static bool same_results(const struct results *one, const struct results *other) {
    bool same =
        one->variant_count == other->variant_count && one->replications == other->replications;
    for (size_t v = 0; same && v < one->variant_count; v++) {
        same = same_table(&one->variants[v].values, &other->variants[v].values) &&
               same_table(&one->variants[v].differences, &other->variants[v].differences);
    }
    return same;
}

/* Checks the order of rows and keeps those of one replication of the first variant. */
struct listener {
    uint64_t rows;
    uint64_t variants;
    uint64_t first;
    uint64_t keep;
    double *kept;
    size_t bytes;
    uint64_t stop_after; /* rows */
    sig_atomic_t stop;
    uint64_t fail_after; /* rows */
    bool ordered;
};

static bool listen(void *context, size_t variant, uint64_t replication, const struct table *table,
                   const double *values, struct error *error) {
    struct listener *listener = context;
    listener->ordered = listener->ordered && variant == listener->rows % listener->variants &&
                        replication == listener->first + listener->rows / listener->variants;
    listener->rows++;
    if (variant == 0 && replication == listener->keep) {
        listener->bytes = table->series_count * table_periods(table) * sizeof *values;
        listener->kept = malloc(listener->bytes);
        CU_ASSERT_PTR_NOT_NULL_FATAL(listener->kept);
        memcpy(listener->kept, values, listener->bytes);
    }
    if (listener->rows == listener->stop_after) {
        __atomic_store_n(&listener->stop, 1, __ATOMIC_RELAXED);
    }
    if (listener->rows == listener->fail_after) {
        return error_add(error, ERROR_FAILURE, "the disk is full");
    }
    return true;
}

static void count_progress(void *context, uint64_t done, uint64_t asked) {
    uint64_t *last = context;
    CU_ASSERT(done > *last);
    CU_ASSERT(done <= asked);
    *last = done;
}

static void test_threads(void) {
    struct scenario scenarios[2] = {0};
    fixture_load(&scenarios[0], BASELINE);
    fixture_load(&scenarios[1], OTHER);
    const struct scenario *both[] = {&scenarios[0], &scenarios[1]};
    struct results results[3] = {0};
    for (int threads = 1; threads <= 3; threads++) {
        struct listener listener = {.variants = 2, .keep = UINT64_MAX, .ordered = true};
        uint64_t last = 0;
        struct experiment experiment = {.scenarios = both,
                                        .scenario_count = 2,
                                        .seed = 7,
                                        .replications = 27,
                                        .threads = threads,
                                        .row = listen,
                                        .row_context = &listener,
                                        .progress = count_progress,
                                        .progress_context = &last};
        fixture_run(&experiment, &results[threads - 1]);
        CU_ASSERT_TRUE(listener.ordered);
        CU_ASSERT_EQUAL(listener.rows, 54);
        CU_ASSERT_EQUAL(last, 27);
        CU_ASSERT_EQUAL(results[threads - 1].replications, 27);
        CU_ASSERT_FALSE(results[threads - 1].interrupted);
    }
    CU_ASSERT_TRUE(same_results(&results[0], &results[1]));
    CU_ASSERT_TRUE(same_results(&results[0], &results[2]));
    /* The comparison can fail: another plan gives other numbers. */
    CU_ASSERT_FALSE(same_table(&results[0].variants[0].values, &results[0].variants[1].values));
    for (int i = 0; i < 3; i++) {
        results_free(&results[i]);
    }
    scenario_free(&scenarios[0]);
    scenario_free(&scenarios[1]);
}

static void test_alone(void) {
    struct scenario scenario = {0};
    fixture_load(&scenario, BASELINE);
    const struct scenario *one[] = {&scenario};
    struct listener among = {.variants = 1, .keep = 13, .ordered = true};
    struct listener alone = {.variants = 1, .keep = 13, .first = 13, .ordered = true};
    struct listener next = {.variants = 1, .keep = 14, .first = 14, .ordered = true};
    struct listener *listeners[] = {&among, &alone, &next};
    const uint64_t counts[] = {20, 1, 1};
    for (size_t i = 0; i < 3; i++) {
        struct results results = {0};
        struct experiment experiment = {.scenarios = one,
                                        .scenario_count = 1,
                                        .seed = 3,
                                        .first_replication = listeners[i]->first,
                                        .replications = counts[i],
                                        .threads = 2,
                                        .row = listen,
                                        .row_context = listeners[i]};
        fixture_run(&experiment, &results);
        CU_ASSERT_TRUE(listeners[i]->ordered);
        CU_ASSERT_PTR_NOT_NULL_FATAL(listeners[i]->kept);
        results_free(&results);
    }
    CU_ASSERT_EQUAL_FATAL(among.bytes, alone.bytes);
    CU_ASSERT_EQUAL(memcmp(among.kept, alone.kept, among.bytes), 0);
    CU_ASSERT_NOT_EQUAL(memcmp(next.kept, alone.kept, alone.bytes), 0);
    for (size_t i = 0; i < 3; i++) {
        free(listeners[i]->kept);
    }
    scenario_free(&scenario);
}

static void test_itself(void) {
    struct scenario scenario = {0};
    fixture_load(&scenario, BASELINE);
    const struct scenario *twice[] = {&scenario, &scenario};
    struct results results = {0};
    struct experiment experiment = {
        .scenarios = twice, .scenario_count = 2, .seed = 1, .replications = 12, .threads = 2};
    fixture_run(&experiment, &results);
    const struct table *values = &results.variants[0].values;
    const struct table *differences = &results.variants[1].differences;
    CU_ASSERT_EQUAL(results.variants[0].differences.series_count, 0);
    CU_ASSERT_EQUAL_FATAL(differences->series_count, values->series_count);
    size_t counted = 0;
    for (size_t c = 0; c < values->series_count * table_periods(values); c++) {
        const struct cell *cell = &differences->cells[c];
        counted += cell->moments.count;
        CU_ASSERT_EQUAL(cell->moments.count, values->cells[c].moments.count);
        CU_ASSERT_EQUAL(cell->equal, cell->moments.count);
        CU_ASSERT_EQUAL(cell->above, 0);
        CU_ASSERT_EQUAL(cell->moments.mean, 0.0);
        CU_ASSERT_EQUAL(cell->moments.squares, 0.0);
    }
    CU_ASSERT(counted > 0);
    results_free(&results);
    scenario_free(&scenario);
}

/* The mean of a difference is the difference of the means when no value is missing. */
static void test_difference(void) {
    struct scenario scenarios[2] = {0};
    fixture_load(&scenarios[0], BASELINE);
    fixture_load(&scenarios[1], OTHER);
    const struct scenario *both[] = {&scenarios[0], &scenarios[1]};
    struct results results = {0};
    struct experiment experiment = {
        .scenarios = both, .scenario_count = 2, .seed = 5, .replications = 10, .threads = 1};
    fixture_run(&experiment, &results);
    const struct table *values = &results.variants[1].values;
    const struct table *differences = &results.variants[1].differences;
    const struct parameters *plan = &scenarios[1].parameters;
    int first = table_find(&results.variants[0].values, &scenarios[0].parameters, "pay");
    int second = table_find(values, plan, "pay");
    int paired = table_find(differences, plan, "pay");
    CU_ASSERT_FATAL(first >= 0 && second >= 0 && paired >= 0);
    double baseline = table_horizon(&results.variants[0].values, (size_t)first)->moments.mean;
    double other = table_horizon(values, (size_t)second)->moments.mean;
    const struct cell *cell = table_horizon(differences, (size_t)paired);
    CU_ASSERT_EQUAL(cell->moments.count, 10);
    CU_ASSERT_NOT_EQUAL(other, baseline);
    CU_ASSERT_DOUBLE_EQUAL(cell->moments.mean, other - baseline, 1e-9 * baseline);
    results_free(&results);
    scenario_free(&scenarios[0]);
    scenario_free(&scenarios[1]);
}

static void test_stop(void) {
    struct scenario scenario = {0};
    fixture_load(&scenario, BASELINE);
    const struct scenario *one[] = {&scenario};
    struct listener listener = {
        .variants = 1, .keep = UINT64_MAX, .stop_after = 10, .ordered = true};
    struct results stopped = {0};
    struct experiment experiment = {.scenarios = one,
                                    .scenario_count = 1,
                                    .seed = 9,
                                    .replications = 4000,
                                    .threads = 2,
                                    .stop = &listener.stop,
                                    .row = listen,
                                    .row_context = &listener};
    fixture_run(&experiment, &stopped);
    CU_ASSERT_TRUE(stopped.interrupted);
    CU_ASSERT_TRUE(listener.ordered);
    CU_ASSERT_EQUAL(stopped.replications_asked, 4000);
    CU_ASSERT(stopped.replications >= 16);
    CU_ASSERT(stopped.replications < 200);
    CU_ASSERT_EQUAL(stopped.replications, listener.rows);

    struct results shorter = {0};
    experiment.replications = stopped.replications;
    experiment.stop = NULL;
    experiment.row = NULL;
    experiment.threads = 1;
    fixture_run(&experiment, &shorter);
    CU_ASSERT_FALSE(shorter.interrupted);
    CU_ASSERT_TRUE(same_results(&stopped, &shorter));
    results_free(&stopped);
    results_free(&shorter);

    struct results nothing = {0};
    experiment.stop = &listener.stop;
    fixture_run(&experiment, &nothing);
    CU_ASSERT_TRUE(nothing.interrupted);
    CU_ASSERT_EQUAL(nothing.replications, 0);
    CU_ASSERT_EQUAL(nothing.variants[0].values.cells[0].moments.count, 0);
    results_free(&nothing);
    scenario_free(&scenario);
}

static void test_failure(void) {
    struct scenario scenario = {0};
    fixture_load(&scenario, BASELINE);
    const struct scenario *one[] = {&scenario};
    struct listener listener = {
        .variants = 1, .keep = UINT64_MAX, .fail_after = 11, .ordered = true};
    struct results results = {0};
    struct error error = {0};
    struct experiment experiment = {.scenarios = one,
                                    .scenario_count = 1,
                                    .seed = 9,
                                    .replications = 4000,
                                    .threads = 2,
                                    .row = listen,
                                    .row_context = &listener};
    CU_ASSERT_FALSE(experiment_run(&experiment, &results, &error));
    CU_ASSERT_EQUAL(listener.rows, 11);
    CU_ASSERT_EQUAL(error.kind, ERROR_FAILURE);
    CU_ASSERT_STRING_EQUAL(error_text(&error), "the disk is full\n");
    CU_ASSERT_PTR_NULL(results.variants);
    results_free(&results);
    error_free(&error);
    scenario_free(&scenario);
}

static void test_horizons(void) {
    struct scenario scenarios[2] = {0};
    fixture_load(&scenarios[0], BASELINE);
    fixture_load(&scenarios[1], BASELINE);
    scenarios[1].parameters.simulation.years = 3;
    const struct scenario *both[] = {&scenarios[0], &scenarios[1]};
    struct results results = {0};
    struct error error = {0};
    struct experiment experiment = {.scenarios = both, .scenario_count = 2, .replications = 1};
    CU_ASSERT_FALSE(experiment_run(&experiment, &results, &error));
    CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "needs the same horizon"));
    CU_ASSERT_PTR_NULL(results.variants);
    error_free(&error);
    scenario_free(&scenarios[0]);
    scenario_free(&scenarios[1]);
}

static void test_horizon_only(void) {
    struct scenario scenarios[2] = {0};
    fixture_load(&scenarios[0], BASELINE);
    fixture_load(&scenarios[1], OTHER);
    const struct scenario *both[] = {&scenarios[0], &scenarios[1]};
    const char *const names[] = {"profit", "unheard_of", "turnover.kam", "conversion.key"};
    struct results results[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        struct experiment experiment = {.scenarios = both,
                                        .scenario_count = 2,
                                        .seed = 7,
                                        .replications = 11,
                                        .only = {names, i == 0 ? 0 : 4}};
        fixture_run(&experiment, &results[i]);
    }
    for (size_t v = 0; v < 2; v++) {
        const struct variant *all = &results[0].variants[v];
        const struct variant *few = &results[1].variants[v];
        CU_ASSERT_EQUAL_FATAL(few->values.series_count, 3);
        CU_ASSERT_EQUAL(table_periods(&few->values), 1);
        for (size_t n = 0; n < 4; n += n == 0 ? 2 : 1) {
            for (size_t paired = 0; paired <= v; paired++) {
                const struct table *one = paired ? &all->differences : &all->values;
                const struct table *other = paired ? &few->differences : &few->values;
                int from = table_find(one, &scenarios[v].parameters, names[n]);
                int to = table_find(other, &scenarios[v].parameters, names[n]);
                CU_ASSERT_TRUE_FATAL(from >= 0 && to >= 0);
                struct table first = {.series_count = 1,
                                      .cells = one->cells +
                                               (table_horizon(one, (size_t)from) - one->cells)};
                struct table second = {.series_count = 1, .cells = other->cells + to};
                CU_ASSERT_TRUE(same_table(&first, &second));
                CU_ASSERT_EQUAL(second.cells->moments.count, 11);
            }
        }
    }
    results_free(&results[0]);
    results_free(&results[1]);
    scenario_free(&scenarios[0]);
    scenario_free(&scenarios[1]);
}

static const struct test TESTS[] = {
    {"one, two and three threads give the same bytes, rows in order", test_threads},
    {"a replication alone is the one inside a run", test_alone},
    {"a scenario compared to itself differs by exactly nothing", test_itself},
    {"the mean of the differences is the difference of the means", test_difference},
    {"a stopped run is the prefix of a longer one", test_stop},
    {"a row that cannot be written ends the run as a failure", test_failure},
    {"different horizons are refused", test_horizons},
    {"outcomes asked for over the horizon alone have the bytes of a whole run", test_horizon_only},
};

const struct suite suite_experiment = {"experiment", TESTS, sizeof TESTS / sizeof TESTS[0]};
