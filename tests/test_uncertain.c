/* The uncertain parameters of a scenario: which they are and how far their ranges go. */
#include "scenario/uncertain.h"
#include "scenario_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>

/* The list of a scenario of the repository. */
struct fixture {
    struct scenario scenario;
    struct uncertain_list list;
};

static void load(struct fixture *fixture, const char *const sets[], size_t count) {
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(
        scenario_load(&fixture->scenario, "scenarios/long_term_kam.cfg", sets, count, &error));
    CU_ASSERT_TRUE_FATAL(uncertain_list(&fixture->list, &fixture->scenario, &error));
}

static void clear(struct fixture *fixture) {
    uncertain_free(&fixture->list);
    scenario_free(&fixture->scenario);
}

static const struct uncertain *find(const struct fixture *fixture, const char *path) {
    for (size_t i = 0; i < fixture->list.count; i++) {
        if (strcmp(text_bytes(&fixture->list.items[i].path), path) == 0) {
            return &fixture->list.items[i];
        }
    }
    return NULL;
}

static void check(const struct fixture *fixture, const char *path, double low, double high) {
    const struct uncertain *item = find(fixture, path);
    CU_ASSERT_PTR_NOT_NULL_FATAL(item);
    CU_ASSERT_DOUBLE_EQUAL(item->low, low, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(item->high, high, 1e-12);
}

/* Usual 0.03..0.3, 0.1..0.9, 0.8..0.98, -3.5..-1, 2..20; what is set is kept within. */
static void ranges_are_the_usual_ones_about_the_value(void) {
    const char *sets[] = {"segments.key.churn.annual=0.05", "segments.key.contract.margin=0.05",
                          "economy.demand.persistence=0.9", "roles.kam.turnover.pay_elasticity=-4",
                          "roles.kam.recruiting.days=35"};
    struct fixture fixture = {0};
    load(&fixture, sets, 5);
    check(&fixture, "segments.key.churn.annual", 0.03, 0.1);
    check(&fixture, "segments.key.contract.margin", 0.05, 0.1);
    check(&fixture, "economy.demand.persistence", 0.8, 0.98);
    check(&fixture, "roles.kam.turnover.pay_elasticity", -4.0, -1.0);
    check(&fixture, "roles.kam.recruiting.days", 30.0, 70.0);
    for (size_t i = 0; i < fixture.list.count; i++) {
        const struct uncertain *item = &fixture.list.items[i];
        CU_ASSERT(item->low < item->high && item->low <= item->value && item->value <= item->high);
    }
    clear(&fixture);
}

static void whole_numbers_have_whole_ranges(void) {
    const char *sets[] = {"roles.kam.headcount=13"};
    struct fixture fixture = {0};
    load(&fixture, sets, 1);
    check(&fixture, "roles.kam.headcount", 7.0, 26.0);
    CU_ASSERT_TRUE(find(&fixture, "roles.kam.headcount")->whole);
    clear(&fixture);
}

static void what_the_firm_decides_is_settled_and_what_nobody_uses_is_left_out(void) {
    struct fixture fixture = {0};
    load(&fixture, NULL, 0);
    CU_ASSERT_TRUE(find(&fixture, "roles.kam.headcount")->settled);
    CU_ASSERT_TRUE(find(&fixture, "plans.kam_lti.salary")->settled);
    CU_ASSERT_FALSE(find(&fixture, "roles.kam.turnover.annual")->settled);
    CU_ASSERT_PTR_NULL(find(&fixture, "plans.kam_mixed.salary"));
    CU_ASSERT_PTR_NULL(find(&fixture, "simulation.seed"));
    for (size_t i = 0; i < fixture.list.count; i++) {
        const char *path = text_bytes(&fixture.list.items[i].path);
        CU_ASSERT(strncmp(path, "plans.", 6) != 0 || fixture.list.items[i].settled);
    }
    clear(&fixture);
}

static void groups_hold_what_is_below_them(void) {
    struct uncertain item = {0};
    text_add(&item.path, "roles.kam.turnover.annual");
    CU_ASSERT_TRUE(uncertain_within(&item, "roles.kam.turnover.annual"));
    CU_ASSERT_TRUE(uncertain_within(&item, "roles.kam"));
    CU_ASSERT_FALSE(uncertain_within(&item, "roles.ka"));
    CU_ASSERT_FALSE(uncertain_within(&item, "roles.kam.turnover.annual.more"));
    text_free(&item.path);
}

static void without_unused_plans_a_scenario_says_the_same(void) {
    struct fixture all = {0};
    struct fixture used = {0};
    struct text value = {0};
    struct error error = {0};
    load(&all, NULL, 0);
    load(&used, NULL, 0);
    uncertain_free(&used.list);
    scenario_drop_unused(&used.scenario);
    CU_ASSERT_TRUE_FATAL(uncertain_list(&used.list, &used.scenario, &error));
    CU_ASSERT(used.scenario.parameters.plan_count < all.scenario.parameters.plan_count);
    CU_ASSERT_EQUAL_FATAL(used.list.count, all.list.count);
    for (size_t i = 0; i < all.list.count; i++) {
        CU_ASSERT_STRING_EQUAL(text_bytes(&used.list.items[i].path),
                               text_bytes(&all.list.items[i].path));
        CU_ASSERT_EQUAL(used.list.items[i].value, all.list.items[i].value);
    }
    CU_ASSERT_TRUE(scenario_value(&used.scenario, "plans.kam_lti.salary", &value, &error));
    CU_ASSERT_FALSE(scenario_value(&used.scenario, "plans.kam_mixed.salary", &value, &error));
    error_free(&error);
    text_free(&value);
    clear(&all);
    clear(&used);
}

static const struct test TESTS[] = {
    {"ranges of uncertain parameters are the usual ones, about the value of the scenario",
     ranges_are_the_usual_ones_about_the_value},
    {"uncertain whole numbers have whole ranges", whole_numbers_have_whole_ranges},
    {"what the firm decides is settled, and plans that nobody is paid by are left out",
     what_the_firm_decides_is_settled_and_what_nobody_uses_is_left_out},
    {"without the plans that nobody is paid by a scenario says the same",
     without_unused_plans_a_scenario_says_the_same},
    {"groups of uncertain parameters hold what is below them", groups_hold_what_is_below_them},
};

const struct suite suite_uncertain = {"uncertain", TESTS, sizeof TESTS / sizeof TESTS[0]};
