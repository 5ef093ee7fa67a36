#include "base/statistics.h"
#include "model/recruiting.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

enum { HIRES = 40000 };

static void check_mean(const struct moments *moments, double wanted) {
    CU_ASSERT(fabs(moments->mean - wanted) < 5 * moments_standard_error(moments));
}

static void the_best_of_n_has_the_published_mean(void) {
    const double table[4][2] = {{2, .5642}, {3, .8463}, {5, 1.1630}, {10, 1.5388}};
    for (int i = 0; i < 4; i++) {
        struct moments talent = {0};
        struct moments signal = {0};
        CU_ASSERT_DOUBLE_EQUAL(hire_talent_mean(.4, (unsigned)table[i][0]), .4 * table[i][1], 3e-5);
        for (uint64_t h = 0; h < HIRES; h++) {
            double best;
            moments_add(&talent, hire_talent(3, 1, 7, h, table[i][0], .4, .1, &best));
            moments_add(&signal, best);
        }
        check_mean(&talent, .1 + .4 * table[i][1]);
        check_mean(&signal, table[i][1]);
    }
}

static void pools_between_two_sizes_mix_them(void) {
    struct moments signal = {0};
    for (uint64_t h = 0; h < HIRES; h++) {
        double best;
        (void)hire_talent(3, 1, 7, h, 2.5, .4, 0, &best);
        moments_add(&signal, best);
    }
    check_mean(&signal, (.5642 + .8463) / 2);
}

static void the_mean_hire_has_skill_one(void) {
    double norm = skill_norm(.4, .4, 8);
    struct moments skills[ACTIVITY_COUNT] = {{0}};
    for (uint64_t h = 0; h < HIRES; h++) {
        double best;
        double skill[ACTIVITY_COUNT];
        draw_skills(9, 2, h, hire_talent(9, 2, 3, h, 8, .4, 0, &best), .4, norm, skill);
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
