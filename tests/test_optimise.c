/* The search against problems with known answers: published test problems, a noisy function under
 * the same chance, and the best rate of Holmstrom and Milgrom from the project's own effort. */
#include "engine/optimise.h"

#include "base/random.h"
#include "effort_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

enum { FINE = 1000000 };

/* A function over a box: fills goals and excess from x; false where it has no value. */
struct problem {
    bool (*at)(const double *x, double *goals, double *excess);
    struct optimise_axis axes[4];
    double low[4], high[4];
    struct optimise ask;
    struct optimise_results results;
    size_t computed;
    sig_atomic_t stop;
    size_t stop_after;
};

static double coordinate(const struct problem *problem, const uint32_t *places, size_t axis) {
    double share = places[axis] / (double)problem->axes[axis].last;
    return problem->low[axis] + share * (problem->high[axis] - problem->low[axis]);
}

static bool evaluate(void *context, struct optimise_point *const points[], size_t count,
                     struct error *error) {
    struct problem *problem = context;
    (void)error;
    for (size_t p = 0; p < count; p++) {
        double x[4];
        for (size_t a = 0; a < problem->ask.axis_count; a++) {
            x[a] = coordinate(problem, points[p]->places, a);
        }
        points[p]->valid = problem->at(x, points[p]->goals, points[p]->excess);
        if (++problem->computed == problem->stop_after) {
            problem->stop = 1;
        }
    }
    return true;
}

static struct problem problem_of(bool (*at)(const double *, double *, double *), size_t axes,
                                 double low, double high, size_t bounds) {
    struct problem problem = {.at = at};
    for (size_t a = 0; a < axes; a++) {
        problem.axes[a].last = FINE;
        problem.low[a] = low;
        problem.high[a] = high;
    }
    problem.ask =
        (struct optimise){.axis_count = axes, .goal_count = 1, .bound_count = bounds, .seed = 3};
    return problem;
}

/* Solves it; the best point's coordinates go to x. */
static const struct optimise_point *solve(struct problem *problem, double *x) {
    struct error error = {0};
    problem->ask.axes = problem->axes;
    problem->ask.evaluate = evaluate;
    problem->ask.context = problem;
    problem->ask.stop = &problem->stop;
    if (problem->ask.evaluations == 0) {
        problem->ask.evaluations =
            optimise_usual(problem->axes, problem->ask.axis_count, problem->ask.goal_count);
    }
    CU_ASSERT_TRUE_FATAL(optimise_run(&problem->ask, &problem->results, &error));
    CU_ASSERT_EQUAL(error.count, 0);
    CU_ASSERT_EQUAL(problem->computed, problem->results.count);
    CU_ASSERT(problem->results.count <= problem->ask.evaluations);
    const double ones[4] = {1, 1, 1, 1};
    const struct optimise_point *best = &problem->results.points[0];
    for (size_t p = 1; p < problem->results.count; p++) {
        const struct optimise_point *point = &problem->results.points[p];
        best = optimise_before(point, best, 0, ones, problem->ask.bound_count) ? point : best;
    }
    for (size_t a = 0; a < problem->ask.axis_count; a++) {
        x[a] = coordinate(problem, best->places, a);
    }
    return best;
}

/* Rosenbrock's valley within the unit disk: f = 0.0457 at (0.7864, 0.6177), as the documentation of
 * many optimisers has it. */
static bool rosenbrock(const double *x, double *goals, double *excess) {
    goals[0] = 100 * pow(x[1] - x[0] * x[0], 2) + pow(1 - x[0], 2);
    excess[0] = x[0] * x[0] + x[1] * x[1] - 1;
    return true;
}

static void rosenbrocks_valley_in_a_disk_has_its_published_optimum(void) {
    struct problem problem = problem_of(rosenbrock, 2, -1, 1, 1);
    double x[4];
    problem.ask.evaluations = 400;
    const struct optimise_point *best = solve(&problem, x);
    CU_ASSERT(best->excess[0] <= 0);
    CU_ASSERT_DOUBLE_EQUAL(best->goals[0], .0457, .002);
    CU_ASSERT_DOUBLE_EQUAL(x[0], .7864, .01);
    CU_ASSERT_DOUBLE_EQUAL(x[1], .6177, .015);
    optimise_free(&problem.results);
}

/* Rosen and Suzuki 1965 (Hock and Schittkowski 43): -44 at (0, 1, 2, -1), two of the three bounds
 * hold with equality. */
static bool rosen_suzuki(const double *x, double *goals, double *excess) {
    double a = x[0], b = x[1], c = x[2], d = x[3];
    goals[0] = a * a + b * b + 2 * c * c + d * d - 5 * a - 5 * b - 21 * c + 7 * d;
    excess[0] = a * a + b * b + c * c + d * d + a - b + c - d - 8;
    excess[1] = a * a + 2 * b * b + c * c + 2 * d * d - a - d - 10;
    excess[2] = 2 * a * a + b * b + c * c + 2 * a - b - d - 5;
    return true;
}

static void rosen_and_suzukis_problem_has_its_published_optimum(void) {
    static const double SOLUTION[4] = {0, 1, 2, -1};
    struct problem problem = problem_of(rosen_suzuki, 4, -3, 3, 3);
    double x[4];
    problem.ask.evaluations = 300;
    const struct optimise_point *best = solve(&problem, x);
    CU_ASSERT(optimise_keeps(best, 3));
    CU_ASSERT_DOUBLE_EQUAL(best->goals[0], -44, .1);
    for (int a = 0; a < 4; a++) {
        CU_ASSERT_DOUBLE_EQUAL(x[a], SOLUTION[a], .1);
    }
    optimise_free(&problem.results);
}

/* Mean over 100 draws of (x - draw)^2, which under the same chance has its lowest value exactly at
 * the mean of the draws, though a single draw is 30 times as noisy as what is looked for. */
enum { DRAWS = 100 };
static double draw(int number) {
    return 4 * random_uniform(random_row(1, 0, 0, 0), (uint64_t)number);
}

static bool noisy(const double *x, double *goals, double *excess) {
    (void)excess;
    goals[0] = 0;
    for (int i = 0; i < DRAWS; i++) {
        goals[0] += pow(x[0] - draw(i), 2) / DRAWS;
    }
    return true;
}

static void under_the_same_chance_the_optimum_of_the_sample_is_found(void) {
    struct problem problem = problem_of(noisy, 1, -3, 9, 0);
    double x[4];
    double mean = 0;
    for (int i = 0; i < DRAWS; i++) {
        mean += draw(i) / DRAWS;
    }
    (void)solve(&problem, x);
    CU_ASSERT_DOUBLE_EQUAL(x[0], mean, .02);
    CU_ASSERT(problem.results.count < 60);
    optimise_free(&problem.results);
}

/* Output less its pay, and what the pay is worth to the person, as a plan with this rate makes
 * them: cost c, aversion a, sd s. */
static bool surplus(const double *x, double *goals, double *excess) {
    static const double COST = .5, AVERSION = 2, SD = .5;
    const struct payoff linear = {1, {{0, 0, x[0]}}};
    double variance = SD * SD;
    double theta = (1 / COST - AVERSION * variance) / variance;
    struct setting setting;
    setting_open(&setting, COST, AVERSION);
    setting_add(&setting, 1, 1, SD, &linear);
    struct standing here = standing_of(0, 1, 0);
    double effort = setting_value(&setting, &here, 1) / COST;
    goals[0] = -((1 - x[0]) * (1 + effort) + payoff_marginal(&linear, 1, SD, theta).value);
    (void)excess;
    return true;
}

/* Holmstrom and Milgrom 1987: 1 / (1 + a c s^2). */
static void the_best_rate_is_that_of_holmstrom_and_milgrom(void) {
    struct problem problem = problem_of(surplus, 1, .01, 1, 0);
    double x[4];
    (void)solve(&problem, x);
    CU_ASSERT_DOUBLE_EQUAL(x[0], 1 / (1 + 2 * .5 * .25), .005);
    optimise_free(&problem.results);
}

/* Headcounts and a plan: 0 is best at 3, 1 and 2 are worse by more than whole numbers can win; the
 * continuous optimum 6.6, 2.4 rounds to what breaks the bound. */
static bool staffing(const double *x, double *goals, double *excess) {
    goals[0] = pow(x[0] - 6.6, 2) + pow(x[1] - 2.4, 2) + 3 * fabs(x[2] - 1);
    excess[0] = x[0] + x[1] - 9;
    return true;
}

static void whole_numbers_and_choices_are_searched_as_such(void) {
    struct problem problem = problem_of(staffing, 3, 0, 100, 1);
    double x[4];
    problem.axes[0].last = problem.axes[1].last = 100; /* a place is 1 */
    problem.axes[2] = (struct optimise_axis){.last = 2, .choice = true};
    problem.high[2] = 2;
    (void)solve(&problem, x);
    CU_ASSERT_DOUBLE_EQUAL(x[0], 7, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(x[1], 2, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(x[2], 1, 1e-9);
    CU_ASSERT_FALSE(problem.results.complete);
    optimise_free(&problem.results);
    /* Few enough to compute them all. */
    problem.axes[0].last = problem.axes[1].last = 4;
    problem.low[0] = problem.low[1] = 0;
    problem.high[0] = problem.high[1] = 8;
    problem.computed = 0;
    problem.ask.evaluations = 75;
    (void)solve(&problem, x);
    CU_ASSERT_EQUAL(problem.results.count, 75);
    CU_ASSERT_TRUE(problem.results.complete);
    CU_ASSERT_FALSE(problem.results.exhausted);
    CU_ASSERT_DOUBLE_EQUAL(x[0], 6, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(x[1], 2, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(x[2], 1, 1e-9);
    optimise_free(&problem.results);
}

/* The last of six plans is the worst but where the others have their optimum. */
static bool late_bloomer(const double *x, double *goals, double *excess) {
    double away = pow(x[0] - 63, 2);
    (void)excess;
    goals[0] = away + x[1];
    if (x[1] > 4.5) {
        goals[0] = away < 4.5 ? -20 : away + 500;
    }
    return true;
}

static void other_choices_are_tried_at_the_best_point(void) {
    struct problem problem = problem_of(late_bloomer, 2, 0, 100, 0);
    double x[4];
    problem.axes[0].last = 100;
    problem.axes[1] = (struct optimise_axis){.last = 5, .choice = true};
    problem.high[1] = 5;
    const struct optimise_point *best = solve(&problem, x);
    CU_ASSERT_FALSE(problem.results.complete);
    CU_ASSERT_EQUAL(best->goals[0], -20);
    optimise_free(&problem.results);
}

/* Two valleys, the deeper one at -2: a single descent from the middle of the box ends at 2. */
static bool two_valleys(const double *x, double *goals, double *excess) {
    (void)excess;
    goals[0] = pow(x[0] * x[0] - 4, 2) / 16 + .1 * x[0] + pow(x[1], 2) / 9;
    return true;
}

static void the_deeper_of_two_valleys_is_found(void) {
    struct problem problem = problem_of(two_valleys, 2, -3, 3, 0);
    uint32_t shallow[2] = {FINE / 6 * 5, FINE / 2};
    double x[4];
    problem.ask.given = shallow;
    (void)solve(&problem, x);
    CU_ASSERT_EQUAL(problem.results.points[0].places[0], shallow[0]);
    CU_ASSERT_DOUBLE_EQUAL(x[0], -2.02, .1);
    optimise_free(&problem.results);
}

/* Where there is no scenario at all (a third of the box), and where none keeps the bound. */
static bool holes(const double *x, double *goals, double *excess) {
    goals[0] = pow(x[0] - .5, 2) + pow(x[1] - .7, 2);
    excess[0] = .3 + pow(x[0] - .4, 2);
    return x[0] + x[1] < 1.6 && x[0] > .1;
}

static void points_without_values_and_impossible_bounds_do_no_harm(void) {
    struct problem problem = problem_of(holes, 2, 0, 1, 0);
    double x[4];
    (void)solve(&problem, x);
    CU_ASSERT_DOUBLE_EQUAL(x[0], .5, .02);
    CU_ASSERT_DOUBLE_EQUAL(x[1], .7, .02);
    optimise_free(&problem.results);
    problem.ask.bound_count = 1;
    problem.computed = 0;
    const struct optimise_point *best = solve(&problem, x);
    CU_ASSERT_FALSE(optimise_keeps(best, 1));
    CU_ASSERT_DOUBLE_EQUAL(x[0], .4, .02); /* what breaks it least */
    optimise_free(&problem.results);
}

/* Schaffer 1985: x^2 and (x - 2)^2; the front is where sqrt(f1) + sqrt(f2) = 2. The second axis
 * only does harm. */
static bool schaffer(const double *x, double *goals, double *excess) {
    (void)excess;
    goals[0] = x[0] * x[0] + x[1];
    goals[1] = (x[0] - 2) * (x[0] - 2) + x[1];
    return true;
}

static void the_front_of_schaffers_problem_is_covered(void) {
    struct problem problem = problem_of(schaffer, 2, -4, 6, 0);
    double x[4];
    double widest = 0;
    problem.low[1] = 0;
    problem.ask.goal_count = 2;
    (void)solve(&problem, x);
    size_t front = 0;
    for (double level = 0; level < 4; level += .5) { /* every level of the first has a point near */
        double nearest = (double)INFINITY;
        for (size_t p = 0; p < problem.results.count; p++) {
            const struct optimise_point *point = &problem.results.points[p];
            nearest = point->front ? fmin(nearest, fabs(point->goals[0] - level)) : nearest;
        }
        widest = fmax(widest, nearest);
    }
    CU_ASSERT(widest < .5);
    for (size_t p = 0; p < problem.results.count; p++) {
        const struct optimise_point *point = &problem.results.points[p];
        if (point->front) {
            front++;
            CU_ASSERT(sqrt(point->goals[0]) + sqrt(point->goals[1]) < 2.1);
        }
        for (size_t q = 0; point->front && q < problem.results.count; q++) {
            const struct optimise_point *other = &problem.results.points[q];
            CU_ASSERT_FALSE(other->goals[0] < point->goals[0] && other->goals[1] < point->goals[1]);
        }
    }
    CU_ASSERT(front >= 8);
    optimise_free(&problem.results);
}

static void an_interrupted_search_keeps_its_points(void) {
    struct problem whole = problem_of(rosenbrock, 2, -1, 1, 1);
    struct problem part = whole;
    double x[4];
    part.stop_after = 31;
    (void)solve(&whole, x);
    (void)solve(&part, x);
    CU_ASSERT_FALSE(whole.results.interrupted);
    CU_ASSERT_TRUE(part.results.interrupted);
    CU_ASSERT_EQUAL(part.results.count, 31);
    for (size_t p = 0; p < part.results.count; p++) { /* and the same question goes the same way */
        CU_ASSERT_EQUAL(memcmp(part.results.points[p].places, whole.results.points[p].places,
                               2 * sizeof(uint32_t)),
                        0);
    }
    optimise_free(&whole.results);
    optimise_free(&part.results);
}

static void no_point_is_computed_twice(void) {
    struct problem problem = problem_of(rosenbrock, 2, -1, 1, 1);
    double x[4];
    problem.axes[0].last = problem.axes[1].last = 40;
    (void)solve(&problem, x);
    for (size_t p = 0; p < problem.results.count; p++) {
        for (size_t q = 0; q < p; q++) {
            CU_ASSERT_NOT_EQUAL(memcmp(problem.results.points[p].places,
                                       problem.results.points[q].places, 2 * sizeof(uint32_t)),
                                0);
        }
    }
    optimise_free(&problem.results);
}

static const struct test TESTS[] = {
    {"Rosenbrock's valley in a disk has its published optimum",
     rosenbrocks_valley_in_a_disk_has_its_published_optimum},
    {"Rosen and Suzuki's problem has its published optimum",
     rosen_and_suzukis_problem_has_its_published_optimum},
    {"under the same chance the optimum of the sample is found",
     under_the_same_chance_the_optimum_of_the_sample_is_found},
    {"the best rate is that of Holmstrom and Milgrom",
     the_best_rate_is_that_of_holmstrom_and_milgrom},
    {"whole numbers and choices are searched as such",
     whole_numbers_and_choices_are_searched_as_such},
    {"other choices are tried at the best point", other_choices_are_tried_at_the_best_point},
    {"the deeper of two valleys is found", the_deeper_of_two_valleys_is_found},
    {"points without values and impossible bounds do no harm",
     points_without_values_and_impossible_bounds_do_no_harm},
    {"the front of Schaffer's problem is covered", the_front_of_schaffers_problem_is_covered},
    {"an interrupted search keeps its points", an_interrupted_search_keeps_its_points},
    {"no point is computed twice", no_point_is_computed_twice},
};

const struct suite suite_optimise = {"optimise", TESTS, sizeof TESTS / sizeof TESTS[0]};
