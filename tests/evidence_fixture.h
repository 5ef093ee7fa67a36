/* Published effects of pay plans on effort: what a plan of scenarios/evidence gives, seed by seed.
 * A seed is three histories of a hundred people, the same under every plan.
 * Ownership: values only; the caller owns the arrays. */
#ifndef TESTS_EVIDENCE_FIXTURE_H
#define TESTS_EVIDENCE_FIXTURE_H

#include "firm_fixture.h"

#include <CUnit/CUnit.h>

enum { HISTORIES = 3, WARM_UP = 12 };

/* Means a person-month; money in units of normal output and of target pay. */
struct effect {
    double output;
    double pay;
    double moved; /* deals pulled in and pushed out, share of revenue */
    double discounts;
    double paid_effort;
    double other_effort;
    double month[12]; /* of the fiscal year, share of the mean month */
};

static inline void add_history(const struct world *world, size_t from, struct flows *sum,
                               double month[12]) {
    for (size_t m = from; m < world->model.months; m++) {
        const struct flows *f = &firm_ledger(&world->firm, m, 0)->flows;
        long start = world->model.parameters->simulation.fiscal_year_start - 1;
        sum->person_months += f->person_months;
        sum->new_revenue += f->new_revenue;
        sum->salary += f->salary + f->commission + f->bonus + f->draws;
        sum->pulled_revenue += f->pulled_revenue;
        sum->pushed_revenue += f->pushed_revenue;
        sum->discounts += f->discounts;
        sum->effort[ACQUIRE] += f->effort[ACQUIRE];
        sum->effort[CARE] += f->effort[CARE];
        month[((long)m - start + 12) % 12] += f->new_revenue;
    }
}

static inline struct effect effect_of(const struct flows *sum, const double month[12]) {
    struct effect effect = {.output = sum->new_revenue / sum->person_months / 1e5,
                            .pay = sum->salary / sum->person_months / 1e4,
                            .moved = (sum->pulled_revenue + sum->pushed_revenue) / sum->new_revenue,
                            .discounts = sum->discounts / sum->new_revenue,
                            .paid_effort = sum->effort[ACQUIRE] / sum->person_months,
                            .other_effort = sum->effort[CARE] / sum->person_months};
    for (int m = 0; m < 12; m++) {
        effect.month[m] = 12 * month[m] / sum->new_revenue;
    }
    return effect;
}

/* One effect a seed, from month `from` on. */
static inline void run_plan(const char *name, const char *const sets[], size_t set_count,
                            size_t from, size_t seeds, struct effect *effects) {
    char path[128];
    struct world world = {.scenario = {.path = NULL}};
    struct error error = {0};
    (void)snprintf(path, sizeof path, "scenarios/evidence/%s.cfg", name);
    bool done = scenario_load(&world.scenario, path, sets, set_count, &error) &&
                model_init(&world.model, &world.scenario.parameters, &error) &&
                firm_init(&world.firm, &world.model, &error);
    CU_ASSERT_FATAL(done);
    for (size_t seed = 0; seed < seeds; seed++) {
        struct flows sum = {0};
        double month[12] = {0};
        for (uint64_t h = 0; h < HISTORIES; h++) {
            firm_run(&world.firm, seed + 1, h);
            add_history(&world, from, &sum, month);
        }
        effects[seed] = effect_of(&sum, month);
    }
    world_close(&world);
}

/* Difference of log output between two plans under the same chance. */
static inline struct sample gain(const struct effect *plan, const struct effect *baseline,
                                 size_t seeds) {
    struct sample sample = {0};
    for (size_t s = 0; s < seeds; s++) {
        sample_add(&sample, log(plan[s].output / baseline[s].output));
    }
    return sample;
}

static inline double mean_pay(const struct effect *effects, size_t seeds) {
    double sum = 0;
    for (size_t s = 0; s < seeds; s++) {
        sum += effects[s].pay / (double)seeds;
    }
    return sum;
}

static inline double share_above(const struct effect *plan, const struct effect *baseline,
                                 size_t seeds) {
    double above = 0;
    for (size_t s = 0; s < seeds; s++) {
        above += plan[s].output > baseline[s].output;
    }
    return above / (double)seeds;
}

static inline void say(const char *what, const struct sample *sample) {
    (void)fprintf(stderr, "  %-40s %+.4f +- %.4f\n", what, sample_mean(sample),
                  sqrt(sample_variance(sample) / sample->count));
}

/* Whether the mean as a change in per cent lies inside a band. */
static inline bool inside(const struct sample *sample, double low, double high) {
    double change = 100 * (exp(sample_mean(sample)) - 1);
    return change >= low && change <= high;
}

#endif
