/* Values that are kept for the next time: they follow their arguments. */
#include "base/mathematics.h"
#include "model/steps.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

static void values_follow(void) {
    struct kept power = {0};
    struct kept logarithm = {0};
    struct kept exponential = {0};
    static const double NUMBERS[] = {0, 0, 0, 1, 1, 0.5, 0.5, 2, 0.5, 3, 3, 1};
    for (size_t i = 1; i < sizeof NUMBERS / sizeof NUMBERS[0]; i++) {
        double x = NUMBERS[i];
        double y = NUMBERS[i - 1];
        CU_ASSERT_EQUAL(kept_power(&power, x, y), math_power(x, y));
        CU_ASSERT_EQUAL(kept_log(&logarithm, x), math_log(x));
        CU_ASSERT_EQUAL(kept_exp(&exponential, x), math_exp(x));
    }
    CU_ASSERT_TRUE(isnan(kept_log(&logarithm, -1)));
    CU_ASSERT_EQUAL(kept_log(&logarithm, 2), math_log(2));
}

static void values_are_kept(void) {
    struct kept kept = {.x = 2, .y = 0, .value = 17, .known = true};
    CU_ASSERT_EQUAL(kept_exp(&kept, 2), 17);
    CU_ASSERT_EQUAL(kept_power(&kept, 2, 3), math_power(2, 3));
    CU_ASSERT_EQUAL(kept.value, math_power(2, 3));
}

static const struct test TESTS[] = {
    {"a kept value is that of its arguments, also when they change", values_follow},
    {"the same arguments are not computed again", values_are_kept},
};

const struct suite suite_kept = {"kept", TESTS, sizeof TESTS / sizeof TESTS[0]};
