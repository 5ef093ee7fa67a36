/* Designs: grids by arithmetic, Latin hypercubes by their definition, Sobol points against GSL and
 * by the properties of a net. */
#include "engine/design.h"
#include "engine/sobol.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void add_range(struct design_axes *axes, const char *path, double low, double high,
                      size_t count, bool whole) {
    struct design_axis *axis = &axes->axes[axes->count++];
    *axis = (struct design_axis){.range = true, .whole = whole, .low = low, .high = high};
    axis->count = count;
    text_add(&axis->path, "%s", path);
}

static void add_list(struct design_axes *axes, const char *path, const char *const values[],
                     size_t count) {
    struct design_axis *axis = &axes->axes[axes->count++];
    *axis = (struct design_axis){.count = count};
    axis->values = calloc(count, sizeof *axis->values);
    CU_ASSERT_PTR_NOT_NULL_FATAL(axis->values);
    text_add(&axis->path, "%s", path);
    for (size_t v = 0; v < count; v++) {
        text_add(&axis->values[v], "%s", values[v]);
    }
}

static void make(struct design *design, enum design_kind kind, const struct design_axes *axes,
                 size_t points, uint64_t seed) {
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(design_make(design, kind, axes, points, seed, &error));
    CU_ASSERT_STRING_EQUAL(error_text(&error), "");
    error_free(&error);
}

static double value(const struct design *design, size_t point, size_t axis) {
    double number = (double)NAN;
    CU_ASSERT_TRUE(design_number(design, point, axis, &number));
    return number;
}

static void grids_hold_every_combination(void) {
    static const char *const WORDS[] = {"a", "b"};
    static const char *const WANTED[][3] = {
        {"0.1", "8", "a"}, {"0.1", "8", "b"}, {"0.1", "11", "a"}, {"0.1", "11", "b"},
        {"0.2", "8", "a"}, {"0.2", "8", "b"}, {"0.2", "11", "a"}, {"0.2", "11", "b"},
        {"0.3", "8", "a"}, {"0.3", "8", "b"}, {"0.3", "11", "a"}, {"0.3", "11", "b"},
    };
    struct design_axes axes = {0};
    struct design design;
    add_range(&axes, "x", 0.1, 0.3, 3, false);
    add_range(&axes, "y", 8.0, 11.0, 2, true);
    add_list(&axes, "z", WORDS, 2);
    make(&design, DESIGN_GRID, &axes, 0, 1);
    CU_ASSERT_EQUAL_FATAL(design.point_count, 12);
    for (size_t p = 0; p < 12; p++) {
        for (size_t a = 0; a < 3; a++) {
            CU_ASSERT_STRING_EQUAL(design_value(&design, p, a), WANTED[p][a]);
        }
    }
    struct text text = {0};
    design_describe(&design, 3, &text);
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), "x=0.1, y=11, z=b");
    text_free(&text);
    design_free(&design);
    axes_free(&axes);
}

static void impossible_designs_are_refused(void) {
    struct design_axes axes = {0};
    struct design design;
    struct error error = {0};
    add_range(&axes, "x", 1.0, 3.0, 4, true);
    CU_ASSERT_FALSE(design_make(&design, DESIGN_GRID, &axes, 0, 1, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "only 3 whole numbers"));
    error_free(&error);
    CU_ASSERT_FALSE(design_make(&design, DESIGN_SOBOL, &axes, 8, 1, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "LOW:HIGH"));
    error_free(&error);
    axes.axes[0].count = 0;
    CU_ASSERT_FALSE(design_make(&design, DESIGN_GRID, &axes, 0, 1, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "LOW:HIGH:NUMBER"));
    error_free(&error);
    CU_ASSERT_FALSE(design_make(&design, DESIGN_LATIN, &axes, 0, 1, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "--points"));
    error_free(&error);
    axes_free(&axes);
}

/* Every stratum of every axis holds one point. */
static bool is_stratified(const struct design *design, size_t axis) {
    size_t count = design->point_count;
    char *seen = calloc(count, 1);
    size_t hit = 0;
    for (size_t p = 0; p < count; p++) {
        size_t stratum = (size_t)floor(value(design, p, axis) * (double)count);
        if (stratum < count && !seen[stratum]) {
            seen[stratum] = 1;
            hit++;
        }
    }
    free(seen);
    return hit == count;
}

static void latin_hypercubes_have_a_point_in_every_stratum(void) {
    enum { POINTS = 200, AXES = 6 };
    struct design_axes axes = {0};
    struct design one;
    struct design other;
    for (size_t a = 0; a < AXES; a++) {
        char path[] = {(char)('a' + a), '\0'};
        add_range(&axes, path, 0.0, 1.0, 0, false);
    }
    make(&one, DESIGN_LATIN, &axes, POINTS, 1);
    make(&other, DESIGN_LATIN, &axes, POINTS, 2);
    for (size_t a = 0; a < AXES; a++) {
        CU_ASSERT_TRUE(is_stratified(&one, a));
        CU_ASSERT_TRUE(is_stratified(&other, a));
        for (size_t b = 0; b < a; b++) { /* axes know nothing of each other: sd 1 / sqrt(n) */
            double sum = 0.0;
            for (size_t p = 0; p < POINTS; p++) {
                sum += 12.0 * (value(&one, p, a) - 0.5) * (value(&one, p, b) - 0.5);
            }
            CU_ASSERT(fabs(sum / POINTS) < 5.0 / sqrt(POINTS));
        }
    }
    CU_ASSERT_STRING_NOT_EQUAL(design_value(&one, 0, 0), design_value(&other, 0, 0));
    design_free(&one);
    design_free(&other);
    axes_free(&axes);
}

static void whole_numbers_and_words_come_equally_often(void) {
    static const char *const WORDS[] = {"a", "b", "c"};
    static const enum design_kind KINDS[] = {DESIGN_LATIN, DESIGN_SOBOL};
    for (size_t k = 0; k < 2; k++) {
        struct design_axes axes = {0};
        struct design design;
        int whole[4] = {0};
        int words[3] = {0};
        add_range(&axes, "x", 5.0, 8.0, 0, true);
        add_list(&axes, "y", WORDS, 3);
        make(&design, KINDS[k], &axes, 64, 3);
        for (size_t p = 0; p < 64; p++) {
            int number = (int)value(&design, p, 0);
            CU_ASSERT_FATAL(number >= 5 && number <= 8);
            whole[number - 5]++;
            words[design_value(&design, p, 1)[0] - 'a']++;
        }
        for (int n = 0; n < 4; n++) {
            CU_ASSERT_EQUAL(whole[n], 16);
        }
        for (int n = 0; n < 3; n++) {
            CU_ASSERT(words[n] >= 20 && words[n] <= 23);
        }
        design_free(&design);
        axes_free(&axes);
    }
}

/* Sobol's first two dimensions are the same whoever gives the direction numbers. */
static void the_first_two_sobol_dimensions_are_those_of_gsl(void) {
    gsl_qrng *generator = gsl_qrng_alloc(gsl_qrng_sobol, 2);
    uint32_t directions[2][SOBOL_BITS];
    sobol_directions(0, directions[0]);
    sobol_directions(1, directions[1]);
    for (uint32_t point = 1; point <= 5000; point++) { /* GSL leaves the corner out */
        double wanted[2];
        (void)gsl_qrng_get(generator, wanted);
        for (size_t d = 0; d < 2; d++) {
            CU_ASSERT_EQUAL(sobol_coordinate(directions[d], point) * 0x1p-32, wanted[d]);
        }
    }
    gsl_qrng_free(generator);
}

/* With valid direction numbers the first 2^k points are one in each of 2^k intervals. */
static void every_sobol_dimension_is_stratified(void) {
    for (size_t d = 0; d < SOBOL_DIMENSIONS; d++) {
        uint32_t directions[SOBOL_BITS];
        sobol_directions(d, directions);
        for (unsigned k = 1; k <= 10; k++) {
            static char seen[1 << 10];
            size_t hit = 0;
            memset(seen, 0, sizeof seen);
            for (uint32_t p = 0; p < UINT32_C(1) << k; p++) {
                uint32_t cell = sobol_coordinate(directions, p) >> (32U - k);
                hit += !seen[cell];
                seen[cell] = 1;
            }
            CU_ASSERT_EQUAL(hit, (size_t)1 << k);
        }
    }
}

/* The hash of all directions that a separate program took from the published file
 * new-joe-kuo-6.21201 by equation (3) of the paper. */
static void the_sobol_numbers_are_the_published_ones(void) {
    uint64_t hash = 0;
    for (size_t d = 1; d < SOBOL_DIMENSIONS; d++) {
        uint32_t directions[SOBOL_BITS];
        sobol_directions(d, directions);
        for (size_t i = 0; i < SOBOL_BITS; i++) {
            hash = hash * UINT64_C(6364136223846793005) + directions[i] + 1;
        }
    }
    CU_ASSERT_EQUAL(hash, UINT64_C(0xe85990b38d7c3dcf));
}

enum { PRODUCT_DIMENSIONS = 20 };

/* How wrong the mean of a product of factors of mean 1 is, with our points or those of GSL, set
 * into the middle of their cells. */
static double product_error(bool own, size_t dimensions, uint32_t points) {
    uint32_t directions[PRODUCT_DIMENSIONS][SOBOL_BITS];
    gsl_qrng *generator = gsl_qrng_alloc(gsl_qrng_sobol, PRODUCT_DIMENSIONS);
    double sum = 0.0;
    for (size_t d = 0; d < PRODUCT_DIMENSIONS; d++) {
        sobol_directions(d, directions[d]);
    }
    for (uint32_t p = 0; p < points; p++) {
        double u[PRODUCT_DIMENSIONS] = {0};
        double product = 1.0;
        if (p > 0) { /* GSL leaves the corner out */
            (void)gsl_qrng_get(generator, u);
        }
        for (size_t d = 0; d < dimensions; d++) {
            double x = own ? sobol_coordinate(directions[d], p) * 0x1p-32 : u[d];
            product *= 0.5 + x + 0.5 / points;
        }
        sum += product;
    }
    gsl_qrng_free(generator);
    return fabs(sum / points - 1.0);
}

/* Chance would be wrong by sqrt((13/12)^d - 1) / sqrt(n). */
static void sobol_points_integrate_much_better_than_chance(void) {
    enum { MANY = 16384 };
    for (size_t d = 5; d <= PRODUCT_DIMENSIONS; d += 5) {
        double chance = sqrt((pow(13.0 / 12.0, (double)d) - 1.0) / MANY);
        CU_ASSERT(product_error(true, d, MANY) < 0.25 * chance);
        CU_ASSERT(product_error(false, d, MANY) < 0.25 * chance);
    }
}

/* The shift keeps the net: one value in each interval of every axis. */
static void sobol_designs_fill_every_axis(void) {
    struct design_axes axes = {0};
    struct design design;
    struct design other;
    for (size_t a = 0; a < SOBOL_DIMENSIONS; a++) {
        char path[16];
        (void)snprintf(path, sizeof path, "x%zu", a);
        add_range(&axes, path, 0.0, 1.0, 0, false);
    }
    make(&design, DESIGN_SOBOL, &axes, 64, 1);
    make(&other, DESIGN_SOBOL, &axes, 64, 2);
    for (size_t a = 0; a < SOBOL_DIMENSIONS; a++) {
        CU_ASSERT_TRUE(is_stratified(&design, a));
    }
    CU_ASSERT_STRING_NOT_EQUAL(design_value(&design, 0, 0), design_value(&other, 0, 0));
    design_free(&design);
    design_free(&other);
    axes_free(&axes);
}

static const struct test TESTS[] = {
    {"grids hold every combination, the last axis fastest", grids_hold_every_combination},
    {"impossible designs are refused with what to write", impossible_designs_are_refused},
    {"Latin hypercubes have a point in every stratum of every axis",
     latin_hypercubes_have_a_point_in_every_stratum},
    {"whole numbers and words of a design come equally often",
     whole_numbers_and_words_come_equally_often},
    {"the first two Sobol dimensions are those of GSL",
     the_first_two_sobol_dimensions_are_those_of_gsl},
    {"every Sobol dimension is stratified", every_sobol_dimension_is_stratified},
    {"the Sobol numbers are those that Joe and Kuo published",
     the_sobol_numbers_are_the_published_ones},
    {"Sobol points integrate over up to 20 dimensions at least four times better than chance",
     sobol_points_integrate_much_better_than_chance},
    {"Sobol designs fill every axis evenly for any seed", sobol_designs_fill_every_axis},
};

const struct suite suite_design = {"design", TESTS, sizeof TESTS / sizeof TESTS[0]};
