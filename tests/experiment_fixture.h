/* Experiments for the tests: a shipped scenario over two years, run without an error.
 * Ownership: the caller frees scenario and results. */
#ifndef TESTS_EXPERIMENT_FIXTURE_H
#define TESTS_EXPERIMENT_FIXTURE_H

#include "engine/experiment.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

static const char BASELINE[] = "scenarios/short_term_bonus.cfg";

static inline void fixture_load(struct scenario *scenario, const char *path) {
    const char *sets[] = {"simulation.years=2"};
    struct error error = {0};
    bool loaded = scenario_load(scenario, path, sets, 1, &error);
    if (!loaded) {
        (void)fprintf(stderr, "%s", error_text(&error));
    }
    CU_ASSERT_TRUE_FATAL(loaded);
}

static inline void fixture_run(const struct experiment *experiment, struct results *results) {
    struct error error = {0};
    bool good = experiment_run(experiment, results, &error);
    CU_ASSERT_TRUE_FATAL(good);
    CU_ASSERT_EQUAL(error.count, 0);
    error_free(&error);
}

#endif
