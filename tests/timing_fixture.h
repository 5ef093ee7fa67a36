/* Firms in which deals are moved, beside the same firms in which nobody moves any.
 * Ownership: values only; worlds are closed where they are opened. */
#ifndef TESTS_TIMING_FIXTURE_H
#define TESTS_TIMING_FIXTURE_H

#include "firm_fixture.h"
#include "model/outcome.h"

#include <CUnit/CUnit.h>

/* A commission by month with steep tiers for sales of the default firm. */
#define MONTHLY_TIERS                                                                              \
    "plans.sales_quarterly_bonus.components=({name=\"tiers\"; type=\"commission\"; "               \
    "metric=\"new_revenue\"; period=\"month\"; tiers=([0, 0.0], [30000, 0.1], [60000, 0.3]);})"

/* Over histories: the peak less that of the firm that moves nothing, what is said of it, and the
 * difference of both. */
struct peaks {
    struct sample gained;
    struct sample said;
    struct sample rest;
};

static inline double outcome_of(const struct ledger *ledger, const char *name) {
    return OUTCOMES[outcome_find(name)].value(ledger);
}

/* The whole of a history. */
static inline struct ledger history_of(struct world *world, uint64_t history) {
    struct ledger sum = {.flows = {.months = 0}};
    firm_run(&world->firm, 5, history);
    for (size_t m = 0; m < world->model.months; m++) {
        ledger_append(&sum, firm_ledger(&world->firm, m, 0));
    }
    return sum;
}

/* `set`: one more setting of both firms, or NULL. */
static inline struct peaks peaks_compare(const char *path, const char *set, uint64_t histories) {
    static const char *const NOBODY[] = {
        "roles.sales.timing.flexibility=0.0", "roles.development.timing.flexibility=0.0",
        "roles.kam.timing.flexibility=0.0", "roles.rep.timing.flexibility=0.0"};
    struct peaks peaks = {.gained = {.count = 0}};
    struct world moving;
    struct world still;
    const char *sets[4] = {set};
    size_t own = set == NULL ? 0 : 1;
    size_t count = own;
    bool default_firm = strstr(path, "evidence") == NULL;
    for (size_t r = default_firm ? 0 : 3; r < (default_firm ? 3 : 4); r++) {
        sets[count++] = NOBODY[r];
    }
    world_set(&moving, path, sets, own);
    world_set(&still, path, sets, count);
    for (uint64_t history = 0; history < histories; history++) {
        struct ledger with = history_of(&moving, history);
        struct ledger without = history_of(&still, history);
        double gained = outcome_of(&with, "peak") - outcome_of(&without, "peak");
        double said = outcome_of(&with, "peak_pull") + outcome_of(&with, "peak_push");
        CU_ASSERT_DOUBLE_EQUAL(said + outcome_of(&with, "peak_effort"), outcome_of(&with, "peak"),
                               1e-3);
        CU_ASSERT_EQUAL(outcome_of(&without, "peak_pull"), 0);
        CU_ASSERT_EQUAL(outcome_of(&without, "peak_push"), 0);
        sample_add(&peaks.gained, gained);
        sample_add(&peaks.said, said);
        sample_add(&peaks.rest, gained - said);
    }
    world_close(&moving);
    world_close(&still);
    return peaks;
}

#endif
