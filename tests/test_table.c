/* What the values of a history are made of: series, months, years and the horizon. */
#include "experiment_fixture.h"
#include "model/books.h"
#include "model/firm.h"
#include "model/model.h"
#include "model/parts.h"
#include "test.h"

#include <math.h>

static double cell_mean(const struct table *table, const struct parameters *parameters,
                        const char *name, size_t period) {
    int series = table_find(table, parameters, name);
    CU_ASSERT_FATAL(series >= 0);
    return table->cells[(size_t)series * table_periods(table) + period].moments.mean;
}

/* Against the books of the same history, added up here. */
static void test_periods(void) {
    struct scenario scenario = {0};
    fixture_load(&scenario, BASELINE);
    const struct parameters *parameters = &scenario.parameters;
    const struct scenario *one[] = {&scenario};
    struct results results = {0};
    struct experiment experiment = {
        .scenarios = one, .scenario_count = 1, .seed = 2, .replications = 1};
    fixture_run(&experiment, &results);
    const struct table *table = &results.variants[0].values;
    CU_ASSERT_EQUAL_FATAL(table->months, 24);
    CU_ASSERT_EQUAL_FATAL(table->years, 2);

    struct error error = {0};
    struct model model = {0};
    struct firm firm = {0};
    CU_ASSERT_TRUE_FATAL(model_init(&model, parameters, &error));
    CU_ASSERT_TRUE_FATAL(firm_init(&firm, &model, &error));
    firm_run(&firm, 2, 0);
    double revenue = 0.0;
    double second_year = 0.0;
    double exits = 0.0;
    double people = 0.0;
    for (size_t m = 0; m < 24; m++) {
        const struct flows *flows = &firm_ledger(&firm, m, 0)->flows;
        revenue += flows->revenue;
        second_year += m >= 12 ? flows->revenue : 0.0;
        bool window = m >= 3 && m < 15; /* the 12 months up to month 14 */
        exits += window ? flows->exits_voluntary + flows->exits_involuntary : 0.0;
        people += window ? flows->person_months : 0.0;
        CU_ASSERT_EQUAL(cell_mean(table, parameters, "revenue", m), flows->revenue);
    }
    CU_ASSERT(revenue > 0.0);
    CU_ASSERT_DOUBLE_EQUAL(cell_mean(table, parameters, "revenue", 25), second_year,
                           1e-12 * revenue);
    CU_ASSERT_DOUBLE_EQUAL(cell_mean(table, parameters, "revenue", 26), revenue, 1e-12 * revenue);
    CU_ASSERT_DOUBLE_EQUAL(cell_mean(table, parameters, "turnover_trailing", 14),
                           12.0 * exits / people, 1e-12);
    int trailing = table_find(table, parameters, "turnover_trailing");
    int yearly = table_find(table, parameters, "share_at_quota");
    CU_ASSERT_FATAL(trailing >= 0 && yearly >= 0);
    CU_ASSERT_EQUAL(table_month(table, (size_t)trailing, 10)->moments.count, 0);
    CU_ASSERT_EQUAL(table_month(table, (size_t)trailing, 11)->moments.count, 1);
    CU_ASSERT_EQUAL(table_month(table, (size_t)yearly, 23)->moments.count, 0);
    CU_ASSERT_EQUAL(table_year(table, (size_t)yearly, 1)->moments.count, 1);

    /* Roles and segments have books of their own. */
    struct text name = {0};
    text_add(&name, "pay.%s", parameters->roles[parameters->role_count - 1].name);
    const struct ledger *role = firm_ledger(&firm, 5, parameters->role_count);
    CU_ASSERT_DOUBLE_EQUAL(cell_mean(table, parameters, text_bytes(&name), 5),
                           role->flows.salary + role->flows.commission + role->flows.bonus +
                               role->flows.ltip_paid + role->flows.shares_vested,
                           1e-9);
    text_free(&name);
    text_add(&name, "revenue.%s", parameters->segments[0].name);
    CU_ASSERT_EQUAL(cell_mean(table, parameters, text_bytes(&name), 5),
                    firm_ledger(&firm, 5, 1 + parameters->role_count)->flows.revenue);
    text_free(&name);
    firm_free(&firm);
    model_free(&model);
    results_free(&results);
    scenario_free(&scenario);
}

static void test_names(void) {
    struct scenario scenario = {0};
    fixture_load(&scenario, BASELINE);
    const struct parameters *parameters = &scenario.parameters;
    const struct scenario *one[] = {&scenario};
    struct results results = {0};
    struct experiment experiment = {.scenarios = one, .scenario_count = 1, .replications = 0};
    fixture_run(&experiment, &results);
    const struct table *table = &results.variants[0].values;
    size_t expected = 0;
    for (size_t o = 0; o < OUTCOME_COUNT; o++) {
        expected += 1;
        expected += outcome_by_role(&OUTCOMES[o]) ? parameters->role_count : 0;
        expected += outcome_by_segment(&OUTCOMES[o]) ? parameters->segment_count : 0;
        for (size_t r = 0; r < parameters->role_count; r++) {
            const struct plan *plan = role_plan(parameters, r);
            for (size_t c = 0; c < plan->component_count; c++) {
                expected += OUTCOMES[o].breakdown == OUTCOME_COMPONENT;
                expected += OUTCOMES[o].breakdown == OUTCOME_AWARD &&
                            component_is_award(&plan->components[c]);
            }
        }
        for (size_t s = 0; s < parameters->segment_count; s++) {
            expected += OUTCOMES[o].breakdown == OUTCOME_STAGE
                            ? parameters->segments[s].pipeline.stage_count
                            : 0;
        }
    }
    CU_ASSERT_EQUAL(table->series_count, expected);
    int role = table_find(table, parameters, "turnover");
    CU_ASSERT_FATAL(role >= 0);
    CU_ASSERT_EQUAL(table->series[role].role, -1);
    CU_ASSERT_STRING_EQUAL(OUTCOMES[table->series[role].outcome].name, "turnover");
    struct text name = {0};
    text_add(&name, "turnover.%s", parameters->roles[0].name);
    role = table_find(table, parameters, text_bytes(&name));
    text_free(&name);
    CU_ASSERT_FATAL(role >= 0);
    CU_ASSERT_EQUAL(table->series[role].role, 0);
    CU_ASSERT_EQUAL(table_find(table, parameters, "turnove"), -1);
    CU_ASSERT_EQUAL(table_find(table, parameters, "turnover."), -1);
    CU_ASSERT_EQUAL(table_find(table, parameters, "turnover.nobody"), -1);
    CU_ASSERT_EQUAL(table_find(table, parameters, ""), -1);

    struct error error = {0};
    struct cell_summary summary;
    CU_ASSERT_TRUE(cell_summarise(&table->cells[0], &summary, &error));
    CU_ASSERT_TRUE(isnan(summary.mean));
    CU_ASSERT_TRUE(isnan(summary.quantile[3]));
    results_free(&results);
    results_free(&results); /* a zeroed struct is fine */
    scenario_free(&scenario);
}

static const struct test TESTS[] = {
    {"months, years, trailing months and the horizon add up the books", test_periods},
    {"series are found by name, and empty cells have no value", test_names},
};

const struct suite suite_table = {"table", TESTS, sizeof TESTS / sizeof TESTS[0]};
