#include "base/random.h"
#include "base/statistics.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

/* Mean and sample variance in two passes of long double. */
static void two_passes(const double values[], size_t count, double *mean, double *variance) {
    long double sum = 0.0L;
    for (size_t i = 0; i < count; i++) {
        sum += (long double)values[i];
    }
    long double middle = sum / (long double)count;
    long double squares = 0.0L;
    for (size_t i = 0; i < count; i++) {
        squares += ((long double)values[i] - middle) * ((long double)values[i] - middle);
    }
    *mean = (double)middle;
    *variance = (double)(squares / (long double)(count - 1));
}

static void moments_agree_with_two_passes(void) {
    enum { COUNT = 5000 };
    const double shifts[3] = {0.0, -3.0, 1e9};
    for (size_t s = 0; s < 3; s++) {
        static double values[COUNT];
        struct moments moments = {0};
        for (size_t i = 0; i < COUNT; i++) {
            values[i] = shifts[s] + random_uniform(1, i);
            moments_add(&moments, values[i]);
        }
        double mean;
        double variance;
        two_passes(values, COUNT, &mean, &variance);
        CU_ASSERT_EQUAL(moments.count, COUNT);
        CU_ASSERT_DOUBLE_EQUAL(moments.mean, mean, 1e-14 * (1.0 + fabs(shifts[s])));
        CU_ASSERT_DOUBLE_EQUAL(moments_variance(&moments) / variance, 1.0,
                               1e-12 * (1.0 + fabs(shifts[s])));
        CU_ASSERT_DOUBLE_EQUAL(moments_standard_error(&moments), sqrt(variance / COUNT), 1e-6);
    }
}

static void moments_of_known_values(void) {
    struct moments moments = {0};
    const double values[8] = {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0};
    for (size_t i = 0; i < 8; i++) {
        moments_add(&moments, values[i]);
    }
    CU_ASSERT_DOUBLE_EQUAL(moments.mean, 5.0, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(moments_variance(&moments), 32.0 / 7.0, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(moments_standard_error(&moments), sqrt(4.0 / 7.0), 1e-14);
}

static void moments_of_too_few_values_are_nan(void) {
    struct moments moments = {0};
    CU_ASSERT(isnan(moments_variance(&moments)));
    CU_ASSERT(isnan(moments_standard_error(&moments)));
    moments_add(&moments, 3.0);
    CU_ASSERT_EQUAL(moments.mean, 3.0);
    CU_ASSERT(isnan(moments_variance(&moments)));
    moments_add(&moments, 3.0);
    CU_ASSERT_EQUAL(moments_variance(&moments), 0.0);
}

static void moments_leave_out_nan(void) {
    struct moments moments = {0};
    moments_add(&moments, 1.0);
    moments_add(&moments, (double)NAN);
    moments_add(&moments, 3.0);
    CU_ASSERT_EQUAL(moments.count, 2);
    CU_ASSERT_EQUAL(moments.mean, 2.0);
    CU_ASSERT_EQUAL(moments_variance(&moments), 2.0);
}

/* In any grouping, also with parts without values. */
static void moments_of_parts_are_those_of_the_whole(void) {
    enum { COUNT = 1003 };
    static double values[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = 1e6 + random_uniform(9, i);
    }
    const size_t cuts[4] = {0, 0, 8, 700};
    for (size_t c = 0; c < 4; c++) {
        double mean;
        double variance;
        struct moments both = moments_merge(moments_of(values, cuts[c]),
                                            moments_of(values + cuts[c], COUNT - cuts[c]));
        two_passes(values, COUNT, &mean, &variance);
        CU_ASSERT_EQUAL(both.count, COUNT);
        CU_ASSERT_DOUBLE_EQUAL(both.mean, mean, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(moments_variance(&both) / variance, 1.0, 1e-9);
    }
    const double equal[7] = {0.1, 0.1, (double)NAN, 0.1, 0.1, 0.1, 0.1};
    struct moments moments = moments_merge(moments_of(equal, 7), moments_of(equal, 3));
    CU_ASSERT_EQUAL(moments.count, 8);
    CU_ASSERT_EQUAL(moments.mean, 0.1);
    CU_ASSERT_EQUAL(moments.squares, 0.0);
    moments = moments_of(equal + 2, 1);
    CU_ASSERT_EQUAL(moments.count, 0);
}

static void columns_have_the_moments_of_each(void) {
    enum { ROWS = 8, CELLS = 150 };
    static double rows[ROWS * CELLS];
    struct moments moments[CELLS];
    for (size_t i = 0; i < ROWS * CELLS; i++) {
        double u = random_uniform(11, i);
        size_t cell = i % CELLS;
        rows[i] = cell % 5 == 0              ? 7.25
                  : u < (double)cell / CELLS ? (double)NAN
                  : cell == 1                ? (double)INFINITY
                                             : 1e6 + u;
    }
    for (size_t count = 1; count <= ROWS; count++) {
        moments_of_columns(rows, count, CELLS, moments);
        for (size_t cell = 0; cell < CELLS; cell++) {
            double column[ROWS];
            for (size_t r = 0; r < count; r++) {
                column[r] = rows[r * CELLS + cell];
            }
            struct moments wanted = moments_of(column, count);
            CU_ASSERT_EQUAL(moments[cell].count, wanted.count);
            CU_ASSERT_EQUAL(isnan(moments[cell].mean), isnan(wanted.mean));
            CU_ASSERT(isnan(wanted.mean) || moments[cell].mean == wanted.mean);
            CU_ASSERT_EQUAL(isnan(moments[cell].squares), isnan(wanted.squares));
            CU_ASSERT(isnan(wanted.squares) || moments[cell].squares == wanted.squares);
        }
    }
}

static const struct test TESTS[] = {
    {"moments agree with two passes in long double", moments_agree_with_two_passes},
    {"moments of eight values are the textbook's", moments_of_known_values},
    {"moments of too few values are nan", moments_of_too_few_values_are_nan},
    {"moments leave out nan", moments_leave_out_nan},
    {"moments of parts are those of the whole", moments_of_parts_are_those_of_the_whole},
    {"columns of a table have the moments of each", columns_have_the_moments_of_each},
};

const struct suite suite_statistics = {"statistics", TESTS, sizeof TESTS / sizeof TESTS[0]};
