/* The best point of a scenario: what a search finds is what trying everything finds, what it
 * compares is what an experiment gives, and what it says of bounds follows from formulas. */
#include "engine/experiment.h"
#include "engine/optimum.h"
#include "scenario_fixture.h"
#include "test.h"

#include "base/random.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { REPLICATIONS = 8, PLACES = 41 };

static const char *const METRICS[] = {"profit", "pay_cost"};
static const char PATH[] = "roles.sales.headcount";

static bool load_with(struct scenario *scenario, const char *value, struct error *error) {
    char set[64];
    (void)snprintf(set, sizeof set, "%s=%s", PATH, value);
    const char *const sets[] = {PAY_SMALL, "simulation.years=1", "simulation.effort=none", set};
    return scenario_load(scenario, "scenarios/short_term_bonus.cfg", sets, PAY_SMALL_COUNT + 3,
                         error);
}

static bool load(void *context, struct scenario *scenario, const struct design *design,
                 size_t point, bool unchanged, struct error *error) {
    (void)context;
    return load_with(scenario, unchanged ? "9" : design_value(design, point, 0), error);
}

/* Most profit with a mean pay cost of at most `bound`, of 0 to 40 sales people. */
struct question {
    struct scenario scenario;
    struct target targets[2];
    struct optimum optimum;
};

static void ask(struct question *question, double bound, size_t evaluations) {
    struct error error = {0};
    memset(question, 0, sizeof *question);
    CU_ASSERT_TRUE_FATAL(load_with(&question->scenario, "9", &error));
    question->targets[0] = (struct target){"profit", 0, -1, true, (double)NAN};
    question->targets[1] = (struct target){"pay_cost", 1, -1, false, bound};
    struct optimum *optimum = &question->optimum;
    struct design_axis *axis = &optimum->axes.axes[0];
    *axis = (struct design_axis){.range = true, .whole = true, .low = 0, .high = PLACES - 1};
    text_add(&axis->path, "%s", PATH);
    optimum->axes.count = 1;
    optimum->scenario = &question->scenario;
    optimum->targets = question->targets;
    optimum->goal_count = 1;
    optimum->target_count = 2;
    optimum->metrics = METRICS;
    optimum->metric_count = 2;
    optimum->confidence = .5;
    optimum->evaluations = evaluations;
    optimum->seed = 7;
    optimum->replications = REPLICATIONS;
    optimum->fresh_replications = 2 * REPLICATIONS;
    optimum->threads = 2;
    optimum->load = load;
    CU_ASSERT_TRUE_FATAL(optimum_open(optimum, &error));
}

static void drop(struct question *question) {
    optimum_free(&question->optimum);
    scenario_free(&question->scenario);
}

static double mean_of(const struct results *results, size_t variant, const char *metric,
                      bool difference) {
    const struct variant *one = &results->variants[variant];
    const struct table *table = difference ? &one->differences : &one->values;
    int series = table_find(table, &one->scenario->parameters, metric);
    CU_ASSERT_FATAL(series >= 0);
    return table_horizon(table, (size_t)series)->moments.mean;
}

/* Profit and pay cost of every headcount by experiments of their own. */
static void try_all(double profit[PLACES], double pay[PLACES], uint64_t seed) {
    struct scenario *scenarios = calloc(PLACES, sizeof *scenarios);
    const struct scenario *pointers[PLACES];
    struct error error = {0};
    CU_ASSERT_PTR_NOT_NULL_FATAL(scenarios);
    for (int p = 0; p < PLACES; p++) {
        char value[16];
        (void)snprintf(value, sizeof value, "%d", p);
        CU_ASSERT_TRUE_FATAL(load_with(&scenarios[p], value, &error));
        pointers[p] = &scenarios[p];
    }
    const struct experiment experiment = {.scenarios = pointers,
                                          .scenario_count = PLACES,
                                          .seed = seed,
                                          .replications = REPLICATIONS,
                                          .threads = 2};
    struct results results;
    CU_ASSERT_TRUE_FATAL(experiment_run(&experiment, &results, &error));
    for (size_t p = 0; p < PLACES; p++) {
        profit[p] = mean_of(&results, p, "profit", false);
        pay[p] = mean_of(&results, p, "pay_cost", false);
    }
    results_free(&results);
    for (int p = 0; p < PLACES; p++) {
        scenario_free(&scenarios[p]);
    }
    free(scenarios);
}

static int best_of(const double profit[PLACES], const double pay[PLACES], double bound) {
    int best = -1;
    for (int p = 0; p < PLACES; p++) {
        if (pay[p] <= bound && (best < 0 || profit[p] > profit[best])) {
            best = p;
        }
    }
    return best;
}

static void check_best(double bound, int wanted) {
    struct question question;
    struct error error = {0};
    ask(&question, bound, 30);
    CU_ASSERT_TRUE_FATAL(optimum_search(&question.optimum, &error));
    const struct optimum *optimum = &question.optimum;
    CU_ASSERT(optimum_points(optimum) <= 30);
    CU_ASSERT_FALSE(optimum->found.complete);
    CU_ASSERT_EQUAL(optimum->found.points[optimum->candidates[0]].places[0], (uint32_t)wanted);
    drop(&question);
}

static void a_search_finds_what_trying_everything_finds(void) {
    double profit[PLACES];
    double pay[PLACES];
    try_all(profit, pay, 7);
    int free_best = best_of(profit, pay, (double)INFINITY);
    double bound = (pay[free_best / 2] + pay[free_best / 2 + 1]) / 2;
    int bound_best = best_of(profit, pay, bound);
    CU_ASSERT(free_best > 3 && free_best < PLACES - 1); /* not at an end, where any search leads */
    CU_ASSERT(bound_best < free_best);
    check_best(1e12, free_best);
    check_best(bound, bound_best);
}

static void the_comparison_is_that_of_an_experiment_on_other_histories(void) {
    struct question question;
    struct error error = {0};
    ask(&question, 1e12, 25);
    struct optimum *optimum = &question.optimum;
    CU_ASSERT_TRUE_FATAL(optimum_search(optimum, &error));
    CU_ASSERT_TRUE_FATAL(optimum_compare(optimum, &error));
    CU_ASSERT_TRUE_FATAL(optimum_compared(optimum));
    CU_ASSERT_NOT_EQUAL(optimum->fresh_seed, optimum->seed);
    const struct scenario *both[] = {&question.scenario, optimum->fresh.pointers[optimum->chosen]};
    const struct experiment experiment = {.scenarios = both,
                                          .scenario_count = 2,
                                          .seed = optimum->fresh_seed,
                                          .replications = 2 * REPLICATIONS,
                                          .threads = 1};
    struct results results;
    CU_ASSERT_TRUE_FATAL(experiment_run(&experiment, &results, &error));
    double spread;
    for (size_t t = 0; t < 2; t++) {
        CU_ASSERT_EQUAL(optimum_gain(optimum, optimum->chosen, t, &spread),
                        mean_of(&results, 1, METRICS[t], true));
        CU_ASSERT(spread > 0);
        CU_ASSERT_EQUAL(scores_at(&optimum->fresh, 0, t)->value,
                        mean_of(&results, 0, METRICS[t], false));
    }
    /* What the search promised is a difference on its own histories. */
    double luck = optimum_luck(optimum, optimum->chosen, 0, &spread);
    double gain = optimum_gain(optimum, optimum->chosen, 0, &spread);
    double promised =
        optimum_promise(optimum, optimum->chosen, 0)->value - optimum_promise(optimum, 0, 0)->value;
    CU_ASSERT_DOUBLE_EQUAL(luck, promised - gain, 1e-6 * fabs(gain));
    results_free(&results);
    drop(&question);
}

/* The comparison has a least pay cost that lies where the first candidate keeps it by a tenth of a
 * standard error, and the others, with more people to pay, by far. */
static void the_answer_keeps_its_bounds_with_the_confidence_that_was_asked_for(void) {
    struct question question;
    struct error error = {0};
    ask(&question, 1e12, 4 + PLACES);
    struct optimum *optimum = &question.optimum;
    CU_ASSERT_TRUE_FATAL(optimum_search(optimum, &error));
    CU_ASSERT_TRUE_FATAL(optimum_compare(optimum, &error));
    CU_ASSERT_EQUAL(optimum->chosen, 1);
    const struct score *first = scores_at(&optimum->fresh, 1, 1);
    question.targets[1].up = true;
    question.targets[1].bound = first->value - .1 * first->standard_error;
    for (int c = 0; c < 3; c++) {
        static const double CONFIDENCES[] = {.5, .9, 1 - 1e-12};
        scores_free(&optimum->fresh);
        optimum->confidence = CONFIDENCES[c];
        CU_ASSERT_TRUE_FATAL(optimum_compare(optimum, &error));
        CU_ASSERT_TRUE(optimum_keeps(optimum, 1, .5));
        CU_ASSERT_FALSE(optimum_keeps(optimum, 1, .9));
        /* where none is that sure the first stays */
        CU_ASSERT_EQUAL(optimum->chosen == 1, c != 1);
        CU_ASSERT_EQUAL(optimum_keeps(optimum, optimum->chosen, CONFIDENCES[c]), c != 2);
    }
    drop(&question);
}

/* 400 normal values, of which the target knows mean and quantile from their exact law. */
static void probabilities_of_bounds_follow_their_laws(void) {
    enum { COUNT = 400 };
    double values[COUNT];
    struct moments moments = {0};
    for (int v = 0; v < COUNT; v++) { /* the quantiles of a normal law, so nothing is random */
        values[v] = 10 + 2 * gsl_cdf_ugaussian_Pinv((v + .5) / COUNT);
        moments_add(&moments, values[v]);
    }
    double error = moments_standard_error(&moments);
    struct sweep_cell cell = {.values = {.mean = moments.mean, .standard_error = error}};
    cell.values.quantile[5] = values[359]; /* p90 */
    struct target mean = {"x", 0, -1, false, 10.15};
    double copy[COUNT];
    memcpy(copy, values, sizeof copy);
    struct score score = target_score(&mean, &cell, copy, COUNT);
    CU_ASSERT_DOUBLE_EQUAL(score.kept, gsl_cdf_tdist_P((10.15 - moments.mean) / error, COUNT - 1),
                           1e-9);
    CU_ASSERT_DOUBLE_EQUAL(target_excess(&mean, &score, .5), moments.mean - 10.15, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(target_excess(&mean, &score, .95),
                           moments.mean - 10.15 + gsl_cdf_tdist_Qinv(.05, COUNT - 1) * error, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(score.share, gsl_cdf_ugaussian_P(.15 / 2), .003);
    mean.up = true; /* at least: the rest of the probability */
    memcpy(copy, values, sizeof copy);
    struct score other = target_score(&mean, &cell, copy, COUNT);
    CU_ASSERT_DOUBLE_EQUAL(other.kept, 1 - score.kept, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(target_excess(&mean, &other, .5), 10.15 - moments.mean, 1e-12);
    /* The error of p90 is sqrt(p (1 - p) / n) / density there. */
    double z = gsl_cdf_ugaussian_Pinv(.9);
    double density = exp(-z * z / 2) / sqrt(2 * M_PI) / 2;
    struct target quantile = {"x.p90", 0, 5, false, 10 + 2 * gsl_cdf_ugaussian_Pinv(.915)};
    memcpy(copy, values, sizeof copy);
    score = target_score(&quantile, &cell, copy, COUNT);
    CU_ASSERT_EQUAL(score.value, values[359]);
    CU_ASSERT_DOUBLE_EQUAL(score.standard_error, sqrt(.09 / COUNT) / density, .15 * .3);
    CU_ASSERT_DOUBLE_EQUAL(score.share, .915, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(score.kept, gsl_cdf_ugaussian_P(.015 / sqrt(.09 / COUNT)), 1e-6);
}

/* Three histories with the mean 2 and the standard error 1 / sqrt 3: what the margin asks for and
 * the probability that is told are one law, Student's with two degrees of freedom. */
static void a_margin_is_just_kept_where_the_probability_is_the_one_asked_for(void) {
    static const double CONFIDENCES[] = {.6, .9, .95, .999};
    double values[] = {1, 2, 3};
    struct sweep_cell cell = {.values = {.mean = 2, .standard_error = 1 / sqrt(3)}};
    for (size_t c = 0; c < sizeof CONFIDENCES / sizeof CONFIDENCES[0]; c++) {
        double margin = gsl_cdf_tdist_Pinv(CONFIDENCES[c], 2) / sqrt(3);
        for (int up = 0; up < 2; up++) {
            const struct target target = {"x", 0, -1, up, up ? 2 - margin : 2 + margin};
            struct score score = target_score(&target, &cell, values, 3);
            CU_ASSERT_EQUAL(score.histories, 3);
            CU_ASSERT_DOUBLE_EQUAL(score.kept, CONFIDENCES[c], 1e-9);
            CU_ASSERT_DOUBLE_EQUAL(target_excess(&target, &score, CONFIDENCES[c]), 0, 1e-8);
        }
    }
}

/* The same draws 400 times: bounds that hold with 90 % of probability hold in 90 % of cases. */
static void stated_probabilities_come_true(void) {
    enum { CASES = 400, COUNT = 100 };
    int kept[2] = {0, 0};
    for (int c = 0; c < CASES; c++) {
        double values[COUNT];
        struct moments moments = {0};
        uint64_t row = random_row(3, (uint64_t)c, 0, 0);
        for (int v = 0; v < COUNT; v++) {
            values[v] = random_uniform(row, (uint64_t)v);
            moments_add(&moments, values[v]);
        }
        struct sweep_cell cell = {
            .values = {.mean = moments.mean, .standard_error = moments_standard_error(&moments)}};
        const struct target mean = {"x", 0, -1, false, .5};
        const struct target median = {"x.p50", 0, 3, false, .5};
        kept[0] += target_score(&mean, &cell, values, COUNT).kept < .9;
        kept[1] += target_score(&median, &cell, values, COUNT).kept < .9;
    }
    /* The true value is the bound itself: its probability is uniform, 5 standard errors are .075; a
     * median adds the steps of its rank. */
    CU_ASSERT_DOUBLE_EQUAL(kept[0] / (double)CASES, .9, .075);
    CU_ASSERT_DOUBLE_EQUAL(kept[1] / (double)CASES, .9, .1);
}

static void too_few_evaluations_are_told_before_anything_is_simulated(void) {
    struct question question;
    struct error error = {0};
    ask(&question, 1e12, 0);
    CU_ASSERT_EQUAL(question.optimum.evaluations, PLACES); /* all there are is less than usual */
    question.optimum.evaluations = 3;
    question.optimum.axes.axes[0].count = 0;
    CU_ASSERT_FALSE(optimum_open(&question.optimum, &error));
    CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "--max-evaluations 3"));
    error_free(&error);
    drop(&question);
}

/* One history has no standard error: a bound that nothing keeps was once kept by every point. */
static void a_margin_that_is_not_known_keeps_no_bound(void) {
    struct question question;
    struct error error = {0};
    ask(&question, 1.0, 4 + PLACES);
    question.optimum.confidence = .95;
    question.optimum.searched.sweep.replications = 1;
    CU_ASSERT_FALSE(optimum_search(&question.optimum, &error));
    CU_ASSERT_EQUAL(question.optimum.candidate_count, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "for a margin"));
    error_free(&error);
    drop(&question);
}

static const struct test TESTS[] = {
    {"a search finds what trying everything finds", a_search_finds_what_trying_everything_finds},
    {"the comparison is that of an experiment on other histories",
     the_comparison_is_that_of_an_experiment_on_other_histories},
    {"probabilities of bounds follow their laws", probabilities_of_bounds_follow_their_laws},
    {"the answer keeps its bounds with the confidence that was asked for",
     the_answer_keeps_its_bounds_with_the_confidence_that_was_asked_for},
    {"a margin is just kept where the probability is the one asked for",
     a_margin_is_just_kept_where_the_probability_is_the_one_asked_for},
    {"stated probabilities come true", stated_probabilities_come_true},
    {"a margin that is not known keeps no bound", a_margin_that_is_not_known_keeps_no_bound},
    {"too few evaluations are told before anything is simulated",
     too_few_evaluations_are_told_before_anything_is_simulated},
};

const struct suite suite_optimum = {"optimum", TESTS, sizeof TESTS / sizeof TESTS[0]};
