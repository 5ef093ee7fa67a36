#include "report/worth.h"

#include "report/format.h"

#include <math.h>
#include <string.h>

enum { COLUMNS = 80, NAME_WIDTH = 34, ROW_SIZE = 160 };

static const struct role *role_of(const struct explanation *explanation) {
    return &explanation->parameters->roles[explanation->role];
}

static const struct plan *plan_of(const struct explanation *explanation) {
    return explanation->model.roles[explanation->role].plan;
}

/* A name in a column of its own. */
static void print_name(FILE *stream, const char *name, int width) {
    struct text clean = {0};
    format_clean(&clean, name, (size_t)width);
    (void)fprintf(stream, "%s%*s", text_bytes(&clean), width - text_width(text_bytes(&clean)), "");
    text_free(&clean);
}

static void print_clean(FILE *stream, const char *name, size_t widest) {
    struct text clean = {0};
    format_clean(&clean, name, widest);
    (void)fputs(text_bytes(&clean), stream);
    text_free(&clean);
}

static void print_head(FILE *stream, const struct explanation *explanation) {
    const struct role *role = role_of(explanation);
    const char *mode = EFFORT_MODES[explanation->parameters->simulation.effort];
    (void)fputs("What does one more unit of effort gain a person of role ", stream);
    print_clean(stream, role->name, COLUMNS - 58);
    (void)fputs("?\nplan ", stream);
    print_clean(stream, plan_of(explanation)->name, 32);
    (void)fputs(", scenario ", stream);
    print_clean(stream, explanation->parameters->name, 30);
    (void)fprintf(
        stream,
        "\n\nA unit is one month of effort 2 instead of 1 in one activity; 1 is what is "
        "done\nfor the salary. Amounts are currency as the person values them: pay of "
        "later\nmonths counts %.2f times, less %.0f %% a year and the chance to have left "
        "by then.\nThe person has skill 1, is past the ramp and keeps pace with the "
        "quota,\nor with what can be expected where there is none.\n",
        role->preferences.present_bias, 100.0 * role->preferences.discount);
    if (explanation->parameters->simulation.effort != EFFORT_DYNAMIC) {
        (void)fprintf(
            stream,
            "simulation.effort is \"%s\", which holds effort at %.2f %.2f %.2f (acquire,\n"
            "develop, care); what follows is what \"dynamic\" does.\n",
            mode, explanation->held[0], explanation->held[1], explanation->held[2]);
    }
}

static void print_pay_line(FILE *stream, const char *name, const char *type, double target,
                           double expected, double perceived) {
    print_name(stream, name, NAME_WIDTH);
    (void)fprintf(stream, " %-11s", type);
    if (target > 0.0) {
        (void)fprintf(stream, " %10.0f", target);
    } else {
        (void)fprintf(stream, " %10s", "-");
    }
    (void)fprintf(stream, " %10.0f %10.0f\n", expected, perceived);
}

/* Awards: what each step on the way from expected to perceived pay takes off. */
static void print_deferred(FILE *stream, const struct explanation *explanation) {
    (void)fprintf(stream, "\n%-*s %10s %10s %10s %10s\n", NAME_WIDTH, "Deferred pay a year",
                  "expected", "discounted", "perceived", "if here");
    for (size_t c = 0; c < explanation->component_count; c++) {
        const struct explained_component *component = &explanation->components[c];
        if (component_is_award(component->terms)) {
            print_name(stream, component->terms->name, NAME_WIDTH);
            (void)fprintf(stream, " %10.0f %10.0f %10.0f %10.0f\n", component->expected,
                          component->discounted, component->perceived, component->surviving);
        }
    }
    (void)fputs("Discounted: by present bias and discount. Perceived: of that, what is paid in\n"
                "shares less for its risk. If here: times the chance to be here when it is paid.\n",
                stream);
}

/* What the amounts take from the plan's own cap, and of a draw. */
static void print_limits(FILE *stream, const struct explanation *explanation) {
    const struct plan *plan = plan_of(explanation);
    const struct limits *limits = explanation->model.roles[explanation->role].limits;
    if (plan->cap > 0.0) {
        (void)fprintf(stream,
                      "The cap of %.0f a year leaves %.1f %% of what is earned. One more unit\n"
                      "counts as far as the year may end below it.\n",
                      plan->cap, 100.0 * limits_kept(limits, 0.0));
    }
    if (plan->draw.amount <= 0.0) {
        return;
    }
    if (plan->draw.rule == DRAW_RECOVERABLE) {
        (void)fputs("The draw is an advance: it is paid back, and not in these numbers.\n", stream);
    } else if (limits->usual) {
        (void)fputs("Below the guarantee one more unit is worth nothing.\n", stream);
    } else {
        (void)fprintf(stream,
                      "The guarantee of the first %ld months is not in these numbers: who has it "
                      "gains\nnothing below it, and expects %.0f more a year.\n",
                      plan->draw.months, limits_added(limits, 0.0));
    }
}

static void print_pay(FILE *stream, const struct explanation *explanation) {
    const struct plan *plan = plan_of(explanation);
    double expected = 0.0;
    double perceived = 0.0;
    bool options = false;
    bool kept_waiting = false;
    bool awarded = false;
    (void)fprintf(stream, "\n%-*s %-11s %10s %10s %10s\n", NAME_WIDTH, "Pay a year, currency", "",
                  "target", "expected", "perceived");
    print_pay_line(stream, "salary", "", 0.0, plan->salary, plan->salary);
    for (size_t c = 0; c < explanation->component_count; c++) {
        const struct explained_component *component = &explanation->components[c];
        print_pay_line(stream, component->terms->name, COMPONENT_TYPES[component->terms->type],
                       component->target, component->expected, component->perceived);
        expected += component->expected;
        perceived += component->perceived;
        options |= component->option_cost > 0.0;
        kept_waiting |= component_is_award(component->terms) ||
                        component->terms->hold_back.share > 0.0 ||
                        component->terms->bank.pays > 0.0;
        awarded |= component_is_award(component->terms);
    }
    double guarantee = explanation_guarantee(explanation);
    if (guarantee > 0.0) {
        print_pay_line(stream, "guarantee", "", 0.0, guarantee, guarantee);
    }
    print_pay_line(stream, "all", "", 0.0, plan->salary + expected + guarantee,
                   plan->salary + perceived + guarantee);
    (void)fputs("Perceived is deferred pay as somebody who stays values it today.\n", stream);
    if (kept_waiting) {
        (void)fputs("Expected is what one gets who stays until deferred pay is paid. Who "
                    "leaves\nbefore gets less or nothing, so people cost less on average: "
                    "pay_cost of a run.\n",
                    stream);
    }
    if (awarded) {
        print_deferred(stream, explanation);
    }
    print_limits(stream, explanation);
    for (size_t c = 0; options && c < explanation->component_count; c++) {
        const struct explained_component *component = &explanation->components[c];
        if (component->option_cost > 0.0) {
            print_name(stream, component->terms->name, NAME_WIDTH);
            (void)fprintf(stream, " %.1f a grant, each costs %.2f (Black-Scholes)\n",
                          component->units, component->option_cost);
        }
    }
}

/* Rows that read the same for several months in a row stand once: "4-6". */
struct rows {
    FILE *stream;
    size_t first; /* month of the pending row, from 1 */
    size_t last;
    char pending[ROW_SIZE];
};

static void rows_flush(struct rows *rows) {
    char label[48];
    if (rows->first == 0) {
        return;
    }
    if (rows->first == rows->last) {
        (void)snprintf(label, sizeof label, "%zu", rows->first);
    } else {
        (void)snprintf(label, sizeof label, "%zu-%zu", rows->first, rows->last);
    }
    (void)fprintf(rows->stream, "%7s%s\n", label, rows->pending);
    rows->first = 0;
}

static void rows_add(struct rows *rows, size_t month, const char *row) {
    if (rows->first > 0 && strcmp(rows->pending, row) == 0) {
        rows->last = month;
        return;
    }
    rows_flush(rows);
    rows->first = rows->last = month;
    (void)snprintf(rows->pending, sizeof rows->pending, "%s", row);
}

static void print_component(FILE *stream, const struct explanation *explanation,
                            const struct explained_component *component) {
    const struct component *terms = component->terms;
    struct rows rows = {.stream = stream};
    bool steady = false;
    bool monthly = false;
    (void)fputs("\n", stream);
    print_clean(stream, terms->name, 36);
    (void)fprintf(stream, ", %s", COMPONENT_TYPES[terms->type]);
    if (terms->type != COMPONENT_OBJECTIVES) {
        (void)fprintf(stream, " on %s", METRIC_NAMES[terms->metric]);
    }
    (void)fputs(": worth of a unit\n  month  left", stream);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        (void)fprintf(stream, " %9s   later", ACTIVITY_NAMES[k]);
        steady |= component->steady[k] != 0.0;
    }
    (void)fputs("\n", stream);
    for (size_t month = 0; month < explanation->months; month++) {
        const struct worth *worth = &component->months[month];
        char row[ROW_SIZE];
        int used = snprintf(row, sizeof row, "%6d", component->left[month]);
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            used += snprintf(row + used, sizeof row - (size_t)used, " %9.0f %7.0f",
                             worth->inside[k], worth->later[k]);
        }
        if (component->left[month] > 0) {
            monthly = true;
            rows_add(&rows, month + 1, row);
        }
    }
    rows_flush(&rows);
    if (steady) {
        (void)fprintf(stream, "%13s", monthly ? "gates etc." : "every month");
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            (void)fprintf(stream, " %9.0f %7s", component->steady[k], "");
        }
        (void)fputs("\n", stream);
    }
}

static void print_unmoved(FILE *stream, const struct explanation *explanation) {
    bool any = false;
    for (size_t c = 0; c < explanation->component_count; c++) {
        const struct explained_component *component = &explanation->components[c];
        if (component->moved) {
            continue;
        }
        (void)fputs(any ? "" : "\nNot moved by effort\n", stream);
        any = true;
        (void)fputs("  ", stream);
        print_clean(stream, component->terms->name, 60);
        (void)fprintf(stream, ":\n    %s\n", component->because);
    }
}

static void print_total(FILE *stream, const struct explanation *explanation) {
    struct rows rows = {.stream = stream};
    (void)fprintf(stream, "\n%-7s%33s %39s\n  month", "All", "worth of a unit",
                  "effort that answers");
    for (int n = 0; n < 2 * ACTIVITY_COUNT; n++) {
        (void)fprintf(stream, "%s%11s", n == ACTIVITY_COUNT ? "      " : "",
                      ACTIVITY_NAMES[n % ACTIVITY_COUNT]);
    }
    (void)fputs("\n", stream);
    for (size_t month = 0; month < explanation->months; month++) {
        const struct explained_month *total = &explanation->total[month];
        char row[ROW_SIZE];
        int used = 0;
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            used += snprintf(row + used, sizeof row - (size_t)used, "%11.0f", total->value[k]);
        }
        used += snprintf(row + used, sizeof row - (size_t)used, "      ");
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            used += snprintf(row + used, sizeof row - (size_t)used, "%11.2f", total->effort[k]);
        }
        rows_add(&rows, month + 1, row);
    }
    rows_flush(&rows);
}

/* The bounds of effort are for safety: whoever reads an effort that they hold should know. */
static bool is_bound(const struct role *role, double effort) {
    return effort <= role->effort.lowest || effort >= role->effort.highest;
}

static void print_bounds(FILE *stream, const struct explanation *explanation) {
    const struct role *role = role_of(explanation);
    const struct effort_grid *grid = &explanation->grid;
    bool bound = false;
    for (size_t month = 0; month < explanation->months; month++) {
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            bound |= is_bound(role, explanation->total[month].effort[k]);
        }
    }
    for (int left = 1; left <= grid->period; left++) {
        for (size_t step = 0; step < EXPLANATION_STEPS; step++) {
            bound |= is_bound(role, explanation_effort(grid, left, step));
        }
    }
    if (bound) {
        (void)fprintf(stream,
                      "\n%.2f and %.2f are the bounds of the role, effort.lowest and "
                      "effort.highest.\n",
                      role->effort.lowest, role->effort.highest);
    }
}

static void print_grid(FILE *stream, const struct explanation *explanation) {
    const struct effort_grid *grid = &explanation->grid;
    int left[EXPLANATION_LINES];
    if (!grid->exists) {
        (void)fputs("\nNothing that this plan pays can be moved by effort.\n", stream);
        return;
    }
    size_t lines = explanation_lines(grid, left);
    size_t every = (size_t)rint((EXPLANATION_STEPS - 1) * 0.25 / (grid->highest - grid->lowest));
    (void)fprintf(stream, "\nEffort to %s by %s to date (100 %%: %s)\n",
                  ACTIVITY_NAMES[grid->activity], METRIC_NAMES[grid->measured.metric],
                  explanation_pace(grid));
    (void)fprintf(stream, "%11s", "months left");
    for (size_t l = 0; l < lines; l++) {
        (void)fprintf(stream, "%9d", left[l]);
    }
    (void)fputs("\n", stream);
    for (size_t step = 0; step < EXPLANATION_STEPS; step += every) {
        (void)fprintf(stream, "%10.0f%%", 100.0 * explanation_attainment(grid, step));
        for (size_t l = 0; l < lines; l++) {
            (void)fprintf(stream, "%9.2f", explanation_effort(grid, left[l], step));
        }
        (void)fputs("\n", stream);
    }
}

void worth_print(FILE *stream, const struct explanation *explanation) {
    print_head(stream, explanation);
    print_pay(stream, explanation);
    for (size_t c = 0; c < explanation->component_count; c++) {
        if (explanation->components[c].moved) {
            print_component(stream, explanation, &explanation->components[c]);
        }
    }
    print_unmoved(stream, explanation);
    if (explanation->grid.exists) {
        print_total(stream, explanation);
    }
    print_grid(stream, explanation);
    if (explanation->grid.exists) {
        print_bounds(stream, explanation);
    }
}
