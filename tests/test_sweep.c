/* Sweeps: what a point gives is what a run or a comparison of its scenarios gives; the same for any
 * threads and any number of beginnings. */
#include "engine/crossing.h"
#include "engine/experiment.h"
#include "engine/histories.h"
#include "engine/sweep.h"
#include "engine/table.h"
#include "scenario_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 5, REPLICATIONS = 19, METRICS = 3 };

static const char *const NAMES[METRICS] = {"profit", "turnover.kam", "revenue.key"};
static const char PATH[] = "roles.kam.turnover.annual";
static const char *const VALUES[POINTS] = {"0.13", "0.05", "0.15", "0.25", "0.4"};

/* A sweep of one or two plans; the first point is the scenario as it stands. */
struct fixture {
    struct scenario scenarios[2 * POINTS];
    const struct scenario *pointers[2 * POINTS];
    struct design design;
    struct sweep sweep;
    struct sweep_results results;
    sig_atomic_t stop;
    size_t stop_after; /* points */
    size_t told;
};

static void load(struct scenario *scenario, const char *path, const char *value) {
    char set[64];
    (void)snprintf(set, sizeof set, "%s=%s", PATH, value);
    const char *sets[] = {PAY_SMALL, "simulation.years=2", "simulation.effort=none", set};
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(scenario_load(scenario, path, sets, PAY_SMALL_COUNT + 3, &error));
}

static bool count_point(void *context, size_t point, struct error *error) {
    struct fixture *fixture = context;
    (void)error;
    CU_ASSERT_TRUE(fixture->results.done[point]);
    fixture->told++;
    if (fixture->told == fixture->stop_after) {
        __atomic_store_n(&fixture->stop, 1, __ATOMIC_RELAXED);
    }
    return true;
}

static void make(struct fixture *fixture, size_t plans) {
    static const char *const FILES[] = {"scenarios/short_term_bonus.cfg",
                                        "scenarios/long_term_kam.cfg"};
    struct error error = {0};
    memset(fixture, 0, sizeof *fixture);
    CU_ASSERT_TRUE_FATAL(design_allocate(&fixture->design, 1, POINTS, &error));
    text_add(&fixture->design.paths[0], "%s", PATH);
    for (size_t p = 0; p < POINTS; p++) {
        text_add(&fixture->design.values[p], "%s", VALUES[p]);
        for (size_t v = 0; v < plans; v++) {
            load(&fixture->scenarios[p * plans + v], FILES[v], VALUES[p]);
            fixture->pointers[p * plans + v] = &fixture->scenarios[p * plans + v];
        }
    }
    fixture->sweep = (struct sweep){.design = &fixture->design,
                                    .as_it_stands = plans == 1,
                                    .baseline = plans == 1 ? 0 : SIZE_MAX,
                                    .scenarios = fixture->pointers,
                                    .plan_count = plans,
                                    .metrics = NAMES,
                                    .metric_count = METRICS,
                                    .seed = 5,
                                    .replications = REPLICATIONS,
                                    .threads = 2,
                                    .stop = &fixture->stop,
                                    .point = count_point,
                                    .point_context = fixture};
    CU_ASSERT_TRUE_FATAL(sweep_results_init(&fixture->results, &fixture->sweep, &error));
}

static void clear(struct fixture *fixture) {
    for (size_t s = 0; s < 2 * POINTS; s++) {
        scenario_free(&fixture->scenarios[s]);
    }
    design_free(&fixture->design);
    sweep_results_free(&fixture->results);
}

static void run(struct fixture *fixture) {
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(sweep_run(&fixture->sweep, &fixture->results, &error));
    CU_ASSERT_EQUAL(error.count, 0);
    error_free(&error);
}

static bool same_summary(const struct cell_summary *summary, const struct cell *cell) {
    struct cell_summary wanted;
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(cell_summarise(cell, &wanted, &error));
    return memcmp(summary, &wanted, sizeof wanted) == 0;
}

/* The cells of a point against an experiment of two scenarios. */
static void check_pair(const struct fixture *fixture, const struct scenario *first,
                       const struct scenario *second, size_t point) {
    const struct scenario *both[] = {first, second};
    const struct experiment experiment = {.scenarios = both,
                                          .scenario_count = 2,
                                          .seed = 5,
                                          .replications = REPLICATIONS,
                                          .threads = 1};
    struct results results;
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(experiment_run(&experiment, &results, &error));
    const struct variant *variant = &results.variants[1];
    for (size_t m = 0; m < METRICS; m++) {
        const struct sweep_cell *cell =
            sweep_cell(&fixture->results, point, fixture->sweep.plan_count - 1, m);
        int own = table_find(&variant->values, &second->parameters, NAMES[m]);
        int paired = table_find(&variant->differences, &second->parameters, NAMES[m]);
        CU_ASSERT_FATAL(own >= 0 && paired >= 0);
        const struct cell *difference = table_horizon(&variant->differences, (size_t)paired);
        CU_ASSERT_TRUE(same_summary(&cell->values, table_horizon(&variant->values, (size_t)own)));
        CU_ASSERT_TRUE(same_summary(&cell->difference, difference));
        uint64_t below = difference->moments.count - difference->above - difference->equal;
        double better = (double)(m == 1 ? below : difference->above) / REPLICATIONS;
        CU_ASSERT_DOUBLE_EQUAL(cell->better, better, 1e-12);
    }
    results_free(&results);
}

static void a_point_is_what_a_comparison_with_the_baseline_gives(void) {
    static struct fixture fixture;
    make(&fixture, 1);
    run(&fixture);
    CU_ASSERT_EQUAL(fixture.results.done_count, POINTS);
    CU_ASSERT_EQUAL(fixture.told, POINTS);
    CU_ASSERT_FALSE(fixture.results.interrupted);
    for (size_t p = 1; p < POINTS; p += 2) {
        check_pair(&fixture, fixture.pointers[0], fixture.pointers[p], p);
    }
    CU_ASSERT_TRUE(isnan(sweep_cell(&fixture.results, 0, 0, 0)->difference.mean));
    clear(&fixture);
}

static void with_two_plans_the_second_is_compared_at_each_point(void) {
    static struct fixture fixture;
    make(&fixture, 2);
    run(&fixture);
    for (size_t p = 0; p < POINTS; p += 2) {
        check_pair(&fixture, fixture.pointers[2 * p], fixture.pointers[2 * p + 1], p);
    }
    CU_ASSERT_TRUE(isnan(sweep_cell(&fixture.results, 1, 0, 0)->difference.mean));
    clear(&fixture);
}

static bool same_results(const struct fixture *one, const struct fixture *other) {
    size_t cells = POINTS * one->sweep.plan_count * METRICS;
    return memcmp(one->results.cells, other->results.cells, cells * sizeof *one->results.cells) ==
               0 &&
           memcmp(one->results.done, other->results.done, POINTS) == 0;
}

static void any_number_of_threads_gives_the_same_bytes(void) {
    static struct fixture one;
    static struct fixture many;
    make(&one, 1);
    one.sweep.threads = 1;
    run(&one);
    for (int threads = 2; threads <= 7; threads += 5) {
        make(&many, 1);
        many.sweep.threads = threads;
        run(&many);
        CU_ASSERT_TRUE(same_results(&one, &many));
        clear(&many);
    }
    make(&many, 1); /* the comparison can fail: another seed gives other numbers */
    many.sweep.seed = 6;
    run(&many);
    CU_ASSERT_FALSE(same_results(&one, &many));
    clear(&many);
    clear(&one);
}

static void an_interrupted_sweep_goes_on_to_the_same_bytes(void) {
    static struct fixture whole;
    static struct fixture parts;
    make(&whole, 1);
    run(&whole);
    make(&parts, 1);
    parts.stop_after = 2;
    run(&parts);
    CU_ASSERT_TRUE(parts.results.interrupted);
    CU_ASSERT(parts.results.done_count >= 2 && parts.results.done_count < POINTS);
    CU_ASSERT_FALSE(same_results(&whole, &parts));
    parts.stop = 0;
    parts.stop_after = 0;
    run(&parts);
    CU_ASSERT_FALSE(parts.results.interrupted);
    CU_ASSERT_TRUE(same_results(&whole, &parts));
    clear(&whole);
    clear(&parts);
}

static void a_metric_that_a_plan_lacks_is_no_number(void) {
    static const char *const LACKING[] = {"profit", "turnover.nobody", "revenue.nowhere"};
    static struct fixture fixture;
    make(&fixture, 1);
    fixture.sweep.metrics = LACKING;
    run(&fixture);
    CU_ASSERT_TRUE(isfinite(sweep_cell(&fixture.results, 1, 0, 0)->values.mean));
    CU_ASSERT_TRUE(isnan(sweep_cell(&fixture.results, 1, 0, 1)->values.mean));
    CU_ASSERT_TRUE(isnan(sweep_cell(&fixture.results, 1, 0, 2)->difference.mean));
    clear(&fixture);
}

static double mean_of(const struct fixture *fixture, size_t point) {
    return sweep_cell(&fixture->results, point, 0, 0)->values.mean;
}

/* Those of a point with its own chance are the histories behind those of the points before it: here
 * the second half of twice as many. */
static void points_with_chance_of_their_own_meet_further_histories(void) {
    static struct fixture shared;
    static struct fixture own;
    static struct fixture twice;
    make(&shared, 1);
    make(&own, 1);
    make(&twice, 1);
    own.sweep.baseline = SIZE_MAX;
    own.sweep.own_chance = true;
    twice.sweep.replications = 2 * REPLICATIONS;
    run(&shared);
    run(&own);
    run(&twice);
    CU_ASSERT_EQUAL(mean_of(&own, 0), mean_of(&shared, 0));
    CU_ASSERT_NOT_EQUAL(mean_of(&own, 1), mean_of(&shared, 1));
    CU_ASSERT_DOUBLE_EQUAL(0.5 * (mean_of(&shared, 1) + mean_of(&own, 1)) / mean_of(&twice, 1), 1.0,
                           1e-12);
    clear(&shared);
    clear(&own);
    clear(&twice);
}

/* A difference of 0.2 - value with a half interval of 0.05, on points in any order. */
static void plans_break_even_where_the_line_is_zero(void) {
    static struct fixture fixture;
    struct crossing crossings[3];
    make(&fixture, 2);
    for (size_t p = 0; p < POINTS; p++) {
        struct sweep_cell *cell = sweep_cell(&fixture.results, p, 1, 0);
        cell->difference.mean = 0.2 - strtod(VALUES[p], NULL);
        cell->difference.standard_error = 0.06 / 1.959963984540054;
        fixture.results.done[p] = true;
    }
    CU_ASSERT_EQUAL_FATAL(sweep_crossings(&fixture.sweep, &fixture.results, 0, crossings, 3), 1);
    CU_ASSERT_DOUBLE_EQUAL(crossings[0].at, 0.2, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(crossings[0].low, 0.14, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(crossings[0].high, 0.26, 1e-12);
    for (size_t p = 0; p < POINTS; p++) {
        sweep_cell(&fixture.results, p, 1, 0)->difference.standard_error = 1.0;
    }
    CU_ASSERT_EQUAL(sweep_crossings(&fixture.sweep, &fixture.results, 0, crossings, 3), 1);
    CU_ASSERT_TRUE(isnan(crossings[0].low) && isnan(crossings[0].high));
    for (size_t p = 0; p < POINTS; p++) {
        sweep_cell(&fixture.results, p, 1, 0)->difference.mean += 1.0;
    }
    CU_ASSERT_EQUAL(sweep_crossings(&fixture.sweep, &fixture.results, 0, crossings, 3), 0);
    clear(&fixture);
}

/* What a sweep hands over, and gets back: in turns all, and those whose number leaves a rest. */
enum { CELLS = METRICS * 3 };
struct memory {
    double rows[2 * POINTS][REPLICATIONS * CELLS];
    bool known[2 * POINTS];
    size_t keeps;
    size_t recalls;
    size_t plans;
    size_t forgets; /* every so-manieth; 0: all */
};

static bool keep(void *context, size_t point, size_t plan, const struct table *shape,
                 const double *rows, struct error *error) {
    struct memory *memory = context;
    size_t at = point * memory->plans + plan;
    (void)error;
    CU_ASSERT_EQUAL_FATAL(table_cells(shape), CELLS);
    CU_ASSERT_EQUAL(shape->years, 2);
    memcpy(memory->rows[at], rows, sizeof memory->rows[at]);
    memory->known[at] = true;
    memory->keeps++;
    return true;
}

static bool recall(void *context, size_t point, size_t plan, double *values, bool *known,
                   struct error *error) {
    struct memory *memory = context;
    size_t at = point * memory->plans + plan;
    (void)error;
    *known = memory->known[at] && memory->forgets > 0 && at % memory->forgets != 0;
    for (size_t v = 0; *known && v < REPLICATIONS * METRICS; v++) {
        values[v] = memory->rows[at][3 * v + 2];
    }
    memory->recalls += *known;
    return true;
}

static void make_with_memory(struct fixture *fixture, struct memory *memory, size_t plans) {
    make(fixture, plans);
    fixture->sweep.keep = keep;
    fixture->sweep.recall = recall;
    fixture->sweep.keep_context = memory;
    fixture->sweep.kept = NAMES;
    fixture->sweep.kept_count = METRICS;
    memory->plans = plans;
    memory->keeps = 0;
    memory->recalls = 0;
}

static void what_is_recalled_gives_the_same_bytes(void) {
    static struct fixture without;
    static struct fixture with;
    for (size_t plans = 1; plans <= 2; plans++) {
        static struct memory memory;
        memory = (struct memory){0};
        make(&without, plans);
        run(&without);
        make_with_memory(&with, &memory, plans);
        run(&with);
        CU_ASSERT_EQUAL(memory.keeps, POINTS * plans);
        CU_ASSERT_TRUE(same_results(&without, &with));
        clear(&with);
        memory.forgets = 3; /* points 0 and 3, or plans 0, 3, 6, 9: baselines among them */
        make_with_memory(&with, &memory, plans);
        run(&with);
        CU_ASSERT_EQUAL(memory.keeps, plans == 1 ? 2 : 4);
        CU_ASSERT_EQUAL(memory.recalls + memory.keeps, POINTS * plans);
        CU_ASSERT_TRUE(same_results(&without, &with));
        CU_ASSERT_EQUAL(with.told, POINTS);
        clear(&with);
        memory.rows[1][2] += 1.0; /* the comparison can fail: other values, other cells */
        make_with_memory(&with, &memory, plans);
        run(&with);
        CU_ASSERT_FALSE(same_results(&without, &with));
        clear(&with);
        clear(&without);
    }
}

static bool same_cell(const struct cell *one, const struct cell *other) {
    struct cell_summary summary;
    struct error error = {0};
    CU_ASSERT_TRUE(cell_summarise(one, &summary, &error));
    return same_summary(&summary, other) && one->above == other->above &&
           one->equal == other->equal;
}

static void kept_histories_make_the_results_of_an_experiment(void) {
    static struct fixture fixture;
    static struct memory memory;
    make_with_memory(&fixture, &memory, 2);
    run(&fixture);
    const struct experiment experiment = {.scenarios = fixture.pointers,
                                          .scenario_count = 2,
                                          .seed = 5,
                                          .replications = REPLICATIONS,
                                          .threads = 1};
    struct results wanted;
    struct results made;
    struct error error = {0};
    struct series series[METRICS];
    for (size_t m = 0; m < METRICS; m++) {
        CU_ASSERT_TRUE(sweep_series(&fixture.scenarios[0].parameters, NAMES[m], &series[m]));
    }
    const struct table shape = {.series = series, .series_count = METRICS, .years = 2};
    const struct histories histories[] = {{&shape, memory.rows[0]}, {&shape, memory.rows[1]}};
    CU_ASSERT_TRUE_FATAL(experiment_run(&experiment, &wanted, &error));
    CU_ASSERT_TRUE_FATAL(
        histories_results(&made, fixture.pointers, histories, 2, 5, REPLICATIONS, &error));
    for (size_t v = 0; v < 2; v++) {
        const struct parameters *parameters = &fixture.scenarios[v].parameters;
        for (int d = 0; d <= (v > 0); d++) {
            const struct table *one = d ? &made.variants[v].differences : &made.variants[v].values;
            const struct table *other =
                d ? &wanted.variants[v].differences : &wanted.variants[v].values;
            for (size_t m = 0; m < METRICS; m++) {
                size_t at = (size_t)table_find(other, parameters, NAMES[m]);
                CU_ASSERT_EQUAL(table_find(one, parameters, NAMES[m]), (int)m);
                CU_ASSERT_TRUE(same_cell(table_year(one, m, 0), table_year(other, at, 0)));
                CU_ASSERT_TRUE(same_cell(table_year(one, m, 1), table_year(other, at, 1)));
                CU_ASSERT_TRUE(same_cell(table_horizon(one, m), table_horizon(other, at)));
            }
        }
    }
    results_free(&made);
    results_free(&wanted);
    clear(&fixture);
}

static const struct test TESTS[] = {
    {"a point of a sweep is what a comparison with the baseline gives",
     a_point_is_what_a_comparison_with_the_baseline_gives},
    {"with two plans the second is compared with the first at each point",
     with_two_plans_the_second_is_compared_at_each_point},
    {"any number of threads gives a sweep the same bytes",
     any_number_of_threads_gives_the_same_bytes},
    {"an interrupted sweep goes on to the same bytes",
     an_interrupted_sweep_goes_on_to_the_same_bytes},
    {"a metric that a plan lacks is no number", a_metric_that_a_plan_lacks_is_no_number},
    {"points with a chance of their own meet histories that no point before has met",
     points_with_chance_of_their_own_meet_further_histories},
    {"plans break even where the line through the differences is zero",
     plans_break_even_where_the_line_is_zero},
    {"what is recalled gives a sweep the same bytes", what_is_recalled_gives_the_same_bytes},
    {"kept histories make the results of an experiment",
     kept_histories_make_the_results_of_an_experiment},
};

const struct suite suite_sweep = {"sweep", TESTS, sizeof TESTS / sizeof TESTS[0]};
