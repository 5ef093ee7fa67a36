/* Firms that change at a date: one role on plan `first`, later on plan `second`, in a calm world.
 * Ownership: change_open fills what the caller closes with world_close. */
#ifndef TESTS_CHANGE_FIXTURE_H
#define TESTS_CHANGE_FIXTURE_H

#include "firm_fixture.h"
#include "model/steps.h"

#include <stdio.h>

enum { CHANGE_HEADS = 10, CHANGE_TEXT = 4096 };

/* Ten people who stay and work as for the salary; they win customers who may leave every month. */
#define CHANGE_FIRM                                                                                \
    "simulation = { years = 4; effort = \"none\"; start = \"new\"; };\n"                           \
    "economy = { demand = { sd = 0.0; }; market_pay_growth = 0.0; share = { volatility = 0.0;\n"   \
    "  growth = 0.0; loading = 0.0; }; };\n"                                                       \
    "firm = { pay_growth = 0.0; };\n"                                                              \
    "segments = { standard = { accounts = 0; prospects = 20000; complexity = 0.0;\n"               \
    "  coverage = { owners = [\"sales\"]; hunters = [\"sales\"]; };\n"                             \
    "  potential = { growth = 0.0; }; leads = { per_hunter = 8.0; };\n"                            \
    "  contract = { term_months = 1; };\n"                                                         \
    "  churn = { annual = 0.7; satisfaction = 0.0; relationship = 0.0; };\n"                       \
    "}; };\n"                                                                                      \
    "roles = { sales = { plan = \"first\"; headcount = 10; market_pay = 80000.0;\n"                \
    "  turnover = { annual = 0.001; attainment = 0.0; misfit = 0.0; peers = 0.0;\n"                \
    "    pay_elasticity = 0.0; retirement_months = 1200.0; };\n"                                   \
    "  dismissal = { probability = 0.0; };\n"                                                      \
    "}; };\n"

/* `first` and `second`: what stands in the plans. The change is in `month` (from 1). */
static inline void change_open(struct world *world, const char *first, const char *second,
                               int month, const char *const sets[], size_t set_count) {
    char text[CHANGE_TEXT];
    int length = snprintf(text, sizeof text,
                          CHANGE_FIRM "plans = { first = { salary = 60000.0; %s };\n"
                                      "second = { salary = 60000.0; %s }; };\n"
                                      "changes = ( { month = %d; communication = 1.0; set = {\n"
                                      "  roles = { sales = { plan = \"second\"; }; }; }; } );\n",
                          first, second, month);
    CU_ASSERT_FATAL(length > 0 && (size_t)length < sizeof text);
    world_open(world, text, sets, set_count);
}

/* Books of the role in a month (from 1). */
static inline const struct flows *change_flows(const struct world *world, int month) {
    return &firm_ledger(&world->firm, (size_t)month - 1, 1)->flows;
}

static inline const struct stocks *change_stocks(const struct world *world, int month) {
    return &firm_ledger(&world->firm, (size_t)month - 1, 1)->stocks;
}

#endif
