/* An explanation for programs: rows of CSV, or JSON. */
#include "report/format.h"
#include "report/json.h"
#include "report/worth.h"

#include <math.h>

static const char *role_name(const struct explanation *explanation) {
    return explanation->parameters->roles[explanation->role].name;
}

static const char *plan_name(const struct explanation *explanation) {
    return explanation->model.roles[explanation->role].plan->name;
}

/* ---- CSV */

/* One row; what does not apply is NULL, 0 or NaN. */
struct row {
    const char *component;
    const char *item;
    const char *activity;
    size_t month; /* from 1 */
    int left;
    double attainment;
    const char *unit;
    double value;
};

static void csv_row(FILE *stream, const struct explanation *explanation, const struct row *row) {
    const char *const names[] = {explanation->parameters->name,
                                 role_name(explanation),
                                 plan_name(explanation),
                                 row->component,
                                 row->item,
                                 row->activity};
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
        (void)fputs(n == 0 ? "" : ",", stream);
        format_csv(stream, names[n] == NULL ? "" : names[n]);
    }
    format_csv_number(stream, row->month == 0 ? (double)NAN : (double)row->month);
    format_csv_number(stream, row->left == 0 ? (double)NAN : (double)row->left);
    format_csv_number(stream, row->attainment);
    (void)fprintf(stream, ",%s", row->unit);
    format_csv_number(stream, row->value);
    (void)fputs("\n", stream);
}

static void csv_pay(FILE *stream, const struct explanation *explanation,
                    const struct explained_component *component) {
    struct row row = {
        .component = component->terms->name, .attainment = (double)NAN, .unit = "currency a year"};
    const struct {
        const char *item;
        double value;
    } AMOUNTS[] = {{"target_pay", component->target},
                   {"expected_pay", component->expected},
                   {"discounted_pay", component->discounted},
                   {"perceived_pay", component->perceived},
                   {"surviving_pay", component->surviving}};
    for (size_t a = 0; a < sizeof AMOUNTS / sizeof AMOUNTS[0]; a++) {
        row.item = AMOUNTS[a].item;
        row.value = AMOUNTS[a].value;
        csv_row(stream, explanation, &row);
    }
    if (component->option_cost > 0.0) {
        row.item = "option_cost";
        row.unit = "currency";
        row.value = component->option_cost;
        csv_row(stream, explanation, &row);
    }
}

static void csv_worth(FILE *stream, const struct explanation *explanation,
                      const struct explained_component *component) {
    struct row row = {
        .component = component->terms->name, .attainment = (double)NAN, .unit = "currency"};
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        row.activity = ACTIVITY_NAMES[k];
        for (size_t month = 0; month < explanation->months; month++) {
            row.month = month + 1;
            row.left = component->left[month];
            row.item = "worth_inside";
            row.value = component->months[month].inside[k];
            csv_row(stream, explanation, &row);
            row.item = "worth_later";
            row.value = component->months[month].later[k];
            csv_row(stream, explanation, &row);
            row.item = "worth_gates";
            row.value = component->steady[k];
            csv_row(stream, explanation, &row);
        }
    }
}

void worth_print_csv(FILE *stream, const struct explanation *explanation) {
    const struct effort_grid *grid = &explanation->grid;
    (void)fputs("scenario,role,plan,component,item,activity,month,months_left,attainment,unit,"
                "value\n",
                stream);
    for (size_t c = 0; c < explanation->component_count; c++) {
        csv_pay(stream, explanation, &explanation->components[c]);
    }
    double guarantee = explanation_guarantee(explanation);
    if (guarantee > 0.0) {
        csv_row(stream, explanation,
                &(struct row){.item = "guarantee",
                              .attainment = (double)NAN,
                              .unit = "currency a year",
                              .value = guarantee});
    }
    for (size_t c = 0; c < explanation->component_count; c++) {
        csv_worth(stream, explanation, &explanation->components[c]);
    }
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        for (size_t month = 0; month < explanation->months; month++) {
            const struct explained_month *total = &explanation->total[month];
            csv_row(stream, explanation,
                    &(struct row){.item = "worth",
                                  .activity = ACTIVITY_NAMES[k],
                                  .month = month + 1,
                                  .attainment = (double)NAN,
                                  .unit = "currency",
                                  .value = total->value[k]});
            csv_row(stream, explanation,
                    &(struct row){.item = "effort",
                                  .activity = ACTIVITY_NAMES[k],
                                  .month = month + 1,
                                  .attainment = (double)NAN,
                                  .unit = "1 = normal",
                                  .value = total->effort[k]});
        }
    }
    for (int left = grid->period; grid->exists && left >= 1; left--) {
        for (size_t step = 0; step < EXPLANATION_STEPS; step++) {
            csv_row(stream, explanation,
                    &(struct row){.item = "effort_by_attainment",
                                  .activity = ACTIVITY_NAMES[grid->activity],
                                  .left = left,
                                  .attainment = explanation_attainment(grid, step),
                                  .unit = "1 = normal",
                                  .value = explanation_effort(grid, left, step)});
        }
    }
}

/* ---- JSON */

/* {"acquire": ..., "develop": ..., "care": ...} */
static void json_activities(FILE *stream, const char *key, const double value[ACTIVITY_COUNT]) {
    (void)fprintf(stream, ", \"%s\": {", key);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        json_number(stream, k == 0 ? "" : ", ", ACTIVITY_NAMES[k], value[k]);
    }
    (void)fputs("}", stream);
}

static void json_component(FILE *stream, const struct explanation *explanation, size_t c) {
    const struct explained_component *component = &explanation->components[c];
    const struct component *terms = component->terms;
    (void)fputs("    {\"name\": ", stream);
    json_string(stream, terms->name);
    (void)fprintf(stream, ", \"type\": \"%s\", \"metric\": \"%s\"", COMPONENT_TYPES[terms->type],
                  METRIC_NAMES[terms->metric]);
    json_number(stream, ",\n     ", "target", component->target);
    json_number(stream, ", ", "expected", component->expected);
    json_number(stream, ", ", "discounted", component->discounted);
    json_number(stream, ", ", "perceived", component->perceived);
    json_number(stream, ", ", "surviving", component->surviving);
    if (component->option_cost > 0.0) {
        json_number(stream, ", ", "option_cost", component->option_cost);
        json_number(stream, ", ", "options", component->units);
    }
    (void)fprintf(stream, ",\n     \"moved_by_effort\": %s", component->moved ? "true" : "false");
    if (!component->moved) {
        (void)fputs(", \"because\": ", stream);
        json_string(stream, component->because);
    }
    json_activities(stream, "worth_gates", component->steady);
    (void)fputs(",\n     \"months\": [\n", stream);
    for (size_t month = 0; month < explanation->months; month++) {
        (void)fprintf(stream, "      {\"month\": %zu, \"months_left\": %d", month + 1,
                      component->left[month]);
        json_activities(stream, "worth_inside", component->months[month].inside);
        json_activities(stream, "worth_later", component->months[month].later);
        (void)fprintf(stream, "}%s\n", month + 1 < explanation->months ? "," : "");
    }
    (void)fprintf(stream, "     ]}%s\n", c + 1 < explanation->component_count ? "," : "");
}

static void json_grid(FILE *stream, const struct effort_grid *grid) {
    (void)fprintf(stream, "  \"grid\": {\"activity\": \"%s\", \"metric\": \"%s\", \"rows\": [\n",
                  ACTIVITY_NAMES[grid->activity], METRIC_NAMES[grid->measured.metric]);
    for (int left = grid->period; left >= 1; left--) {
        for (size_t step = 0; step < EXPLANATION_STEPS; step++) {
            bool last = left == 1 && step + 1 == EXPLANATION_STEPS;
            (void)fprintf(stream, "    {\"months_left\": %d", left);
            json_number(stream, ", ", "attainment", explanation_attainment(grid, step));
            json_number(stream, ", ", "effort", explanation_effort(grid, left, step));
            (void)fprintf(stream, "}%s\n", last ? "" : ",");
        }
    }
    (void)fputs("  ]},\n", stream);
}

void worth_print_json(FILE *stream, const struct explanation *explanation) {
    (void)fputs("{ \"scenario\": ", stream);
    json_string(stream, explanation->parameters->name);
    (void)fputs(",\n  \"role\": ", stream);
    json_string(stream, role_name(explanation));
    (void)fputs(",\n  \"plan\": ", stream);
    json_string(stream, plan_name(explanation));
    json_number(stream, ",\n  ", "salary",
                explanation->model.roles[explanation->role].plan->salary);
    double guarantee = explanation_guarantee(explanation);
    if (guarantee > 0.0) {
        json_number(stream, ",\n  ", "guarantee", guarantee);
    }
    (void)fputs(",\n  \"components\": [\n", stream);
    for (size_t c = 0; c < explanation->component_count; c++) {
        json_component(stream, explanation, c);
    }
    (void)fputs("  ],\n", stream);
    if (explanation->grid.exists) {
        json_grid(stream, &explanation->grid);
    }
    (void)fputs("  \"months\": [\n", stream);
    for (size_t month = 0; month < explanation->months; month++) {
        (void)fprintf(stream, "    {\"month\": %zu", month + 1);
        json_activities(stream, "worth", explanation->total[month].value);
        json_activities(stream, "effort", explanation->total[month].effort);
        (void)fprintf(stream, "}%s\n", month + 1 < explanation->months ? "," : "");
    }
    (void)fputs("  ]\n}\n", stream);
}
