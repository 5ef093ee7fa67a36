/* Firms that try the plans of configs/plans.cfg one by one, and their payments.
 * Ownership: payroll_world_open fills what the caller closes with payroll_world_close. */
#ifndef TESTS_PAY_FIXTURE_H
#define TESTS_PAY_FIXTURE_H

#include "firm_fixture.h"
#include "model/steps.h"

#include <stdio.h>

/* The firm of hybrid.cfg with nothing but the luck of the measures: everybody is the reference
 * person, stays, and works as usual; prices and demand stand still. */
#define CALM_ROLE(role)                                                                            \
    "roles." role ".skill.spread=0.0", "roles." role ".quota.error=0.0",                           \
        "roles." role ".turnover={annual=0.001;misfit=0.0;retirement_months=1200.0}",              \
        "roles." role ".dismissal.probability=0.0", "roles." role ".ramp={start=0.94;months=0.1}", \
        "roles." role ".recruiting.days=0.0"
#define CALM                                                                                       \
    "simulation.effort=\"none\"", "simulation.years=4", "economy.demand.sd=0.0",                   \
        "economy.market_pay_growth=0.0", "economy.share={growth=0.0;volatility=0.0;loading=0.0}",  \
        "firm.pay_growth=0.0", "segments.standard.potential.growth=0.0",                           \
        "segments.key.potential.growth=0.0", "segments.standard.prospects=200000",                 \
        "segments.key.prospects=20000", CALM_ROLE("sales"), CALM_ROLE("development"),              \
        CALM_ROLE("kam")
enum { CALM_COUNT = 28 };

struct pay_world {
    struct world world;
    struct payment *log; /* months x seats */
};

/* The role that a plan of the library is meant for, by the beginning of its name. */
static inline const char *plan_role(const char *plan) {
    return strncmp(plan, "sales_", 6) == 0 ? "sales"
           : strncmp(plan, "kam_", 4) == 0 ? "kam"
                                           : "development";
}

static inline void pay_world_open(struct pay_world *pay, const char *scenario,
                                  const char *const sets[], size_t set_count) {
    struct error error = {0};
    struct world *world = &pay->world;
    *world = (struct world){.scenario = {.path = NULL}};
    bool done = scenario_load(&world->scenario, scenario, sets, set_count, &error) &&
                model_init(&world->model, &world->scenario.parameters, &error) &&
                firm_init(&world->firm, &world->model, &error);
    if (!done) {
        (void)fputs(error_text(&error), stderr);
    }
    CU_ASSERT_FATAL(done);
    pay->log = calloc(world->model.months * world->model.seat_count, sizeof *pay->log);
    CU_ASSERT_PTR_NOT_NULL_FATAL(pay->log);
    world->firm.pay_log = pay->log;
}

static inline void pay_world_close(struct pay_world *pay) {
    free(pay->log);
    world_close(&pay->world);
}

/* The firm of hybrid.cfg with `plan` for its role; returns that role. */
static inline const struct role_law *pay_world_plan(struct pay_world *pay, const char *plan,
                                                    const char *const sets[], size_t set_count) {
    const char *all[40];
    char set[160];
    CU_ASSERT_FATAL(set_count < 40);
    (void)snprintf(set, sizeof set, "roles.%s.plan=\"%s\"", plan_role(plan), plan);
    memcpy(all, sets, set_count * sizeof *sets);
    all[set_count] = set;
    pay_world_open(pay, "scenarios/hybrid.cfg", all, set_count + 1);
    const struct model *model = &pay->world.model;
    size_t r = 0;
    while (strcmp(model->roles[r].role->name, plan_role(plan)) != 0) {
        r++;
    }
    return &model->roles[r];
}

static inline void pay_log_clear(struct pay_world *pay) {
    const struct model *model = &pay->world.model;
    memset(pay->log, 0, model->months * model->seat_count * sizeof *pay->log);
}

/* Names of the plans in configs/plans.cfg. */
struct plan_names {
    size_t count;
    char name[80][NAME_SIZE];
};

static inline void plan_names_read(struct plan_names *names) {
    struct scenario scenario = {0};
    struct error error = {0};
    CU_ASSERT_FATAL(scenario_load(&scenario, "scenarios/hybrid.cfg", NULL, 0, &error));
    names->count = scenario.parameters.plan_count;
    CU_ASSERT_FATAL(names->count <= 80);
    for (size_t p = 0; p < names->count; p++) {
        (void)snprintf(names->name[p], NAME_SIZE, "%s", scenario.parameters.plans[p].name);
    }
    scenario_free(&scenario);
}

#endif
