/* Firms for the tests: from a text or a scenario of this repository, and samples of what they give.
 * Ownership: fixture functions fill what the caller closes with world_close. */
#ifndef TESTS_FIRM_FIXTURE_H
#define TESTS_FIRM_FIXTURE_H

#include "model/firm.h"
#include "scenario_fixture.h"

#include <math.h>

/* A firm of one role and one segment in which only what a test asks for happens. */
#define QUIET                                                                                      \
    "simulation = { years = 6; effort = \"none\"; start = \"new\"; };\n"                           \
    "economy = { demand = { sd = 0.0; }; market_pay_growth = 0.0; };\n"                            \
    "firm = { pay_growth = 0.0; };\n"                                                              \
    "plans = { fixed = { salary = 80000.0; }; };\n"                                                \
    "segments = { standard = { accounts = 0; prospects = 20000; complexity = 0.0;\n"               \
    "  coverage = { owners = [\"sales\"]; hunters = [\"sales\"]; };\n"                             \
    "  potential = { growth = 0.0; };\n"                                                           \
    "  pipeline = { stages = ( { name = \"a\"; conversion = 0.5; months = 1.0; },\n"               \
    "                          { name = \"b\"; conversion = 0.4; months = 3.0; } ); };\n"          \
    "}; };\n"                                                                                      \
    "roles = { sales = { plan = \"fixed\"; headcount = 100; market_pay = 80000.0;\n"               \
    "  turnover = { attainment = 0.0; misfit = 0.0; peers = 0.0; retirement_months = 480; };\n"    \
    "  dismissal = { probability = 0.0; };\n"                                                      \
    "}; };\n"

struct world {
    struct scenario scenario;
    struct model model;
    struct firm firm;
};

static inline void world_set(struct world *world, const char *path, const char *const sets[],
                             size_t set_count) {
    struct error error = {0};
    *world = (struct world){.scenario = {.path = NULL}};
    bool done = scenario_load(&world->scenario, path, sets, set_count, &error) &&
                model_init(&world->model, &world->scenario.parameters, &error) &&
                firm_init(&world->firm, &world->model, &error);
    if (!done) {
        (void)fputs(error_text(&error), stderr);
    }
    CU_ASSERT_FATAL(done);
}

static inline void world_open(struct world *world, const char *text, const char *const sets[],
                              size_t set_count) {
    char *path = fixture_file(text, strlen(text));
    world_set(world, path, sets, set_count);
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
}

static inline void world_close(struct world *world) {
    firm_free(&world->firm);
    model_free(&world->model);
    scenario_free(&world->scenario);
}

static inline void world_load(struct world *world, const char *path, const char *set) {
    world_set(world, path, &set, set == NULL ? 0 : 1);
}

struct sample {
    double count;
    double sum;
    double squares;
};

static inline void sample_add(struct sample *sample, double value) {
    sample->count += 1;
    sample->sum += value;
    sample->squares += value * value;
}

static inline double sample_mean(const struct sample *sample) {
    return sample->sum / sample->count;
}

static inline double sample_variance(const struct sample *sample) {
    double mean = sample_mean(sample);
    return (sample->squares / sample->count - mean * mean) * sample->count / (sample->count - 1);
}

/* Distance from the expectation in standard errors of the mean over replications. */
static inline double sample_z(const struct sample *sample, double expected) {
    return (sample_mean(sample) - expected) / sqrt(sample_variance(sample) / sample->count);
}

#endif
