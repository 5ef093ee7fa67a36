/* Exits of the scenarios on leaving, month by month, over many histories.
 * Ownership: values. */
#ifndef TESTS_LEAVING_FIXTURE_H
#define TESTS_LEAVING_FIXTURE_H

#include "cohort.h"
#include "firm_fixture.h"

enum { LEAVING_MONTHS = 120, HISTORIES_MOST = 1000 };

/* Voluntary exits and people by month and history. */
struct exits {
    size_t months;
    size_t histories;
    double people[LEAVING_MONTHS]; /* sums over histories */
    double count[LEAVING_MONTHS][HISTORIES_MOST];
};

static inline void leaving_open(struct world *world, const char *name, const char *const sets[],
                                size_t set_count) {
    struct error error = {0};
    struct text path = {0};
    text_add(&path, "scenarios/evidence/%s.cfg", name);
    *world = (struct world){.scenario = {.path = NULL}};
    bool done = scenario_load(&world->scenario, text_bytes(&path), sets, set_count, &error) &&
                model_init(&world->model, &world->scenario.parameters, &error) &&
                firm_init(&world->firm, &world->model, &error);
    if (!done) {
        (void)fputs(error_text(&error), stderr);
    }
    CU_ASSERT_FATAL(done);
    text_free(&path);
}

/* Runs a scenario of scenarios/evidence with settings. */
static inline void exits_run(struct exits *exits, const char *name, const char *const sets[],
                             size_t set_count, size_t histories) {
    struct world world;
    leaving_open(&world, name, sets, set_count);
    *exits = (struct exits){.months = world.model.months, .histories = histories};
    CU_ASSERT_FATAL(exits->months <= LEAVING_MONTHS && histories <= HISTORIES_MOST);
    for (size_t h = 0; h < histories; h++) {
        firm_run(&world.firm, 11, h);
        for (size_t t = 0; t < exits->months; t++) {
            const struct flows *flows = &firm_ledger(&world.firm, t, 1)->flows;
            exits->people[t] += flows->person_months;
            exits->count[t][h] = flows->exits_voluntary;
        }
    }
    world_close(&world);
}

/* Exits of months [from, to) of one history. */
static inline double exits_of(const struct exits *exits, size_t history, size_t from, size_t to) {
    double sum = 0;
    for (size_t t = from; t < to; t++) {
        sum += exits->count[t][history];
    }
    return sum;
}

static inline struct sample exits_sample(const struct exits *exits, size_t from, size_t to) {
    struct sample sample = {0};
    for (size_t h = 0; h < exits->histories; h++) {
        sample_add(&sample, exits_of(exits, h, from, to));
    }
    return sample;
}

/* Person-months of [from, to) over all histories. */
static inline double exits_people(const struct exits *exits, size_t from, size_t to) {
    double sum = 0;
    for (size_t t = from; t < to; t++) {
        sum += exits->people[t];
    }
    return sum;
}

struct ratio {
    double value;
    double error; /* standard */
};

/* Exits of months [from, to) in one run over those of another, history by history. */
static inline struct ratio exits_ratio(const struct exits *above, const struct exits *below,
                                       size_t from, size_t to) {
    double a = 0;
    double b = 0;
    double squares = 0;
    size_t n = above->histories;
    for (size_t h = 0; h < n; h++) {
        a += exits_of(above, h, from, to);
        b += exits_of(below, h, from, to);
    }
    for (size_t h = 0; h < n; h++) {
        double residual = exits_of(above, h, from, to) - a / b * exits_of(below, h, from, to);
        squares += residual * residual;
    }
    return (struct ratio){a / b, sqrt(squares) / b};
}

/* Hazard of some months over that of others, both marked by month; Poisson error. */
static inline struct ratio exits_months_ratio(const struct exits *exits, const bool *above,
                                              const bool *below) {
    double count[2] = {0};
    double people[2] = {0};
    for (size_t t = 0; t < exits->months; t++) {
        for (int side = 0; side < 2; side++) {
            if ((side == 0 ? above : below)[t]) {
                count[side] += exits_sample(exits, t, t + 1).sum;
                people[side] += exits->people[t];
            }
        }
    }
    double value = count[0] / people[0] / (count[1] / people[1]);
    return (struct ratio){value, value * sqrt(1 / count[0] + 1 / count[1])};
}

#endif
