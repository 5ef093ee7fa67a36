/* Screening of a scenario: elementary effects where a parameter has only a few places. */
#include "engine/sensitivity_sweep.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AXES = 5, TRAJECTORIES = 12 };

static struct design_axis *add_axis(struct design_axes *axes, const char *path) {
    struct design_axis *axis = &axes->axes[axes->count++];
    *axis = (struct design_axis){0};
    text_add(&axis->path, "%s", path);
    return axis;
}

static void add_range(struct design_axes *axes, const char *path, double low, double high,
                      bool whole) {
    struct design_axis *axis = add_axis(axes, path);
    axis->range = true;
    axis->whole = whole;
    axis->low = low;
    axis->high = high;
}

/* The numbers 0 .. count-1. */
static void add_list(struct design_axes *axes, const char *path, size_t count) {
    struct design_axis *axis = add_axis(axes, path);
    axis->count = count;
    axis->values = calloc(count, sizeof *axis->values);
    CU_ASSERT_PTR_NOT_NULL_FATAL(axis->values);
    for (size_t v = 0; v < count; v++) {
        text_add(&axis->values[v], "%zu", v);
    }
}

/* A sum in which every axis counts 5 for each unit: its effect over the whole range is 5 times its
 * length, whatever places it has, and does not vary. */
static void effects_are_those_of_the_whole_range_whatever_places_it_has(void) {
    static const double LENGTHS[AXES] = {1, 4, 1, 2, 0.37};
    struct design_axes axes = {0};
    struct design design;
    struct sensitivity answer;
    struct error error = {0};
    struct text base[AXES] = {{0}};
    double values[TRAJECTORIES * (AXES + 1)] = {0};
    struct sensitivity_sweep analysis = {.question = {SENSITIVITY_MORRIS, AXES, TRAJECTORIES, 3},
                                         .axes = &axes};
    add_range(&axes, "two", 10, 11, true);
    add_range(&axes, "five", 2, 6, true);
    add_list(&axes, "pair", 2);
    add_list(&axes, "triple", 3);
    add_range(&axes, "real", 0.13, 0.5, false);
    CU_ASSERT_TRUE_FATAL(sensitivity_sweep_design(&analysis, &design, base, &error));
    for (size_t p = 0; p < design.point_count; p++) {
        for (size_t a = 0; a < AXES; a++) {
            double number = 0;
            CU_ASSERT_TRUE(design_number(&design, p, a, &number));
            values[p] += 5 * number;
        }
    }
    CU_ASSERT_TRUE_FATAL(
        sensitivity_analyse(&answer, &analysis.question, analysis.shares, values, NULL, 1, &error));
    for (size_t a = 0; a < AXES; a++) {
        double wanted = 5 * LENGTHS[a];
        CU_ASSERT_DOUBLE_EQUAL(sensitivity_at(&answer, a, MORRIS_MU_STAR)->value, wanted, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(sensitivity_at(&answer, a, MORRIS_MU)->value, wanted, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(sensitivity_at(&answer, a, MORRIS_SIGMA)->value, 0, 1e-9);
    }
    sensitivity_free(&answer);
    free(analysis.shares);
    design_free(&design);
    axes_free(&axes);
}

static const struct test TESTS[] = {
    {"effects are those of the whole range, whatever places it has",
     effects_are_those_of_the_whole_range_whatever_places_it_has},
};

const struct suite suite_screening = {"screening", TESTS, sizeof TESTS / sizeof TESTS[0]};
