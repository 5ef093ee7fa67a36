#include "base/statistics.h"
#include "model/recruiting.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

enum { HIRES = 40000 };

static void check_mean(const struct moments *moments, double wanted) {
    CU_ASSERT(fabs(moments->mean - wanted) < 5 * moments_standard_error(moments));
}

/* A role with signal .4 and what a test adds. */
static struct role selector(void) {
    return (struct role){.recruiting = {.pool = 8, .signal = .4, .industry = 1}};
}

static struct candidate candidate(const struct role *role, const struct labour_market *market,
                                  uint64_t who) {
    struct hiring hiring = {.seed = 3, .replication = 1, .month = 7, .entity = who};
    return hire_best(&hiring, role, market);
}

static void the_best_of_n_has_the_published_mean(void) {
    const double table[4][2] = {{2, .5642}, {3, .8463}, {5, 1.1630}, {10, 1.5388}};
    const struct role role = selector();
    for (int i = 0; i < 4; i++) {
        struct labour_market market = {.pool = table[i][0], .suitable = 1, .talent = .1};
        struct moments talent = {0};
        struct moments expected = {0};
        for (uint64_t h = 0; h < HIRES; h++) {
            struct candidate best = candidate(&role, &market, h);
            moments_add(&talent, best.talent);
            moments_add(&expected, best.expected);
        }
        check_mean(&talent, .1 + .4 * table[i][1]);
        check_mean(&expected, .1 + .4 * table[i][1]);
    }
}

static void pools_between_two_sizes_mix_them(void) {
    const struct role role = selector();
    struct labour_market market = {.pool = 2.5, .suitable = 1};
    struct moments expected = {0};
    for (uint64_t h = 0; h < HIRES; h++) {
        moments_add(&expected, candidate(&role, &market, h).expected);
    }
    check_mean(&expected, .4 * (.5642 + .8463) / 2);
}

static void the_mean_hire_has_skill_one(void) {
    const struct role role = selector();
    struct labour_market market = {.pool = 8, .suitable = 1};
    double norm = skill_norm(.4, .4, 8);
    struct moments skills[ACTIVITY_COUNT] = {{0}};
    for (uint64_t h = 0; h < HIRES; h++) {
        double skill[ACTIVITY_COUNT];
        draw_skills(9, 2, h, candidate(&role, &market, h).talent, .4, norm, skill);
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            moments_add(&skills[k], skill[k]);
        }
    }
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        check_mean(&skills[k], 1);
    }
}

static void the_ramp_costs_its_integral(void) {
    const double cases[2][2] = {{.2, 6}, {.1, 12}};
    for (int i = 0; i < 2; i++) {
        struct role role = {.ramp = {.start = cases[i][0], .months = cases[i][1]}};
        double missing = 1 - cases[i][0];
        double tau = cases[i][1] / log(missing / .05);
        struct ramp ramp = ramp_law(&role);
        double lost = 0;
        double keep = 1;
        for (int n = 0; n < 600; n++) {
            /* the mean over the month, by the midpoint rule */
            double mean = 0;
            for (int j = 0; j < 100; j++) {
                mean += (1 - missing * exp(-(n + (j + .5) / 100) / tau)) / 100;
            }
            CU_ASSERT_DOUBLE_EQUAL(ramp_productivity(&ramp, keep), mean, 1e-5);
            lost += 1 - ramp_productivity(&ramp, keep);
            keep *= ramp.keep;
        }
        CU_ASSERT_DOUBLE_EQUAL(lost, missing * tau, 1e-10);
    }
}

static const struct test TESTS[] = {
    {"the best of n has the published mean", the_best_of_n_has_the_published_mean},
    {"pools between two sizes mix them", pools_between_two_sizes_mix_them},
    {"the mean hire has skill one", the_mean_hire_has_skill_one},
    {"the ramp costs its integral", the_ramp_costs_its_integral},
};

const struct suite suite_recruiting = {"recruiting", TESTS, sizeof TESTS / sizeof TESTS[0]};
