/* Tables of a sensitivity analysis and what they say in a sentence, at most 80 columns. */
#include "base/memory.h"
#include "report/format.h"
#include "report/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Half an interval of an index beyond which no share is told. */
static const double WIDE = 0.2;

enum { PATH = 33, RANGE = 12, ROWS_MOST = 20, NEXT_MOST = 6 };

const struct outcome *sensitivity_outcome(const struct sensitivity_report *report, size_t metric) {
    const struct sweep *sweep = report->analysis->sweep;
    struct series series = {0};
    (void)sweep_series(&sweep->scenarios[sweep->plan_count - 1]->parameters, sweep->metrics[metric],
                       &series);
    return &OUTCOMES[series.outcome];
}

bool sensitivity_is_idle(const struct sensitivity *answer, size_t row) {
    bool idle = answer->method != SENSITIVITY_TWO_LEVEL;
    for (size_t m = 0; m < sensitivity_measures(answer->method); m++) {
        idle = idle && sensitivity_at(answer, row, m)->value == 0.0;
    }
    return idle;
}

void sensitivity_report_head(struct text *text, const struct sensitivity_report *report) {
    char points[FORMAT_SIZE];
    char histories[FORMAT_SIZE];
    const struct sensitivity_sweep *analysis = report->analysis;
    const struct sweep *sweep = analysis->sweep;
    const struct parameters *parameters = &sweep->scenarios[sweep->plan_count - 1]->parameters;
    size_t factors = analysis->axes->count;
    long years = parameters->simulation.years;
    format_clean(text, parameters->name, 40);
    text_add(text, ": %s, %zu parameter%s, %s points,\n%s histor%s of %ld year%s each, seed %llu",
             SENSITIVITY_NAMES[analysis->question.method], factors, factors == 1 ? "" : "s",
             format_count(points, sweep->design->point_count),
             format_count(histories, sweep->replications), sweep->replications == 1 ? "y" : "ies",
             years, years == 1 ? "" : "s", (unsigned long long)sweep->seed);
    text_add(text, sweep->own_chance ? "; every point meets its own chance\n"
                                     : "; all points meet the same chance\n");
    if (report->compared != NULL) {
        struct text clean = {0};
        format_clean(&clean, report->compared, 40);
        text_add(text, "Values are what it has more than %s under the same chance.\n",
                 text_bytes(&clean));
        text_free(&clean);
    }
}

/* A value, or a difference of two, of which per cent become percentage points. */
static const char *write_value(char buffer[FORMAT_SIZE], const char *unit, double value,
                               bool difference) {
    (void)format_value(buffer, unit, value);
    char *mark = difference ? strchr(buffer, '%') : NULL;
    if (mark != NULL) {
        (void)strcpy(mark, "pp");
    }
    return buffer;
}

static void add_cell(struct text *text, const char *unit, double value) {
    char buffer[FORMAT_SIZE];
    text_add(text, " %7s", format_value(buffer, unit, value));
}

/* A change, which may be "-12.5 pp", and what is beside it, which is never negative. */
static void add_change(struct text *text, const char *unit, double change, double beside) {
    char buffer[FORMAT_SIZE];
    text_add(text, " %8s", write_value(buffer, unit, change, true));
    text_add(text, " %7s", write_value(buffer, unit, beside, true));
}

/* Half the width of an interval. */
static double half(const struct sensitivity_estimate *estimate) {
    return 0.5 * (estimate->high - estimate->low);
}

static void add_heading(struct text *text, enum sensitivity_method method) {
    static const char *const COLUMNS[SENSITIVITY_METHODS][4] = {
        {"at low", "±", "at high", "±"},
        {"mu*", "±", "mu", "sigma"},
        {"total", "95 % from", "to", "first"},
        {NULL},
    };
    static const int WIDTHS[SENSITIVITY_METHODS][4] = {
        {8, 7, 8, 7}, {8, 7, 8, 7}, {7, 9, 5, 7}, {0}};
    text_add(text, "%-*s %-*s", PATH, "parameter", RANGE, "range");
    for (size_t c = 0; c < 4; c++) {
        const char *name = COLUMNS[method][c];
        bool sign = strcmp(name, "±") == 0; /* two bytes, one column */
        text_add(text, " %*s", WIDTHS[method][c] + sign, name);
    }
    text_add(text, "\n");
}

/* An end of a range in few digits: 0.0125, 46500. */
static void add_end(struct text *text, double end) {
    bool large = fabs(end) >= 1e4 && fabs(end) < 1e9;
    text_add(text, large ? "%.0f" : "%.4g", end);
}

/* A path can be copied: one that is too long stands in a line of its own, and so does a range. */
static void add_parameter(struct text *text, const struct design_axis *axis) {
    const char *path = text_bytes(&axis->path);
    struct text range = {0};
    if (axis->range) {
        add_end(&range, axis->low);
        text_add(&range, ":");
        add_end(&range, axis->high);
    } else {
        text_add(&range, "%zu values", axis->count);
    }
    if (strlen(path) > PATH || strlen(text_bytes(&range)) > RANGE) {
        text_add(text, "%-*s %s\n%*s", PATH, path, text_bytes(&range), PATH + 1 + RANGE, "");
    } else {
        text_add(text, "%-*s %-*s", PATH, path, RANGE, text_bytes(&range));
    }
    text_free(&range);
}

static void add_row(struct text *text, const struct sensitivity_report *report, size_t metric,
                    size_t row) {
    const struct sensitivity *answer = &report->analysis->answers[metric];
    const struct sensitivity_estimate *first = sensitivity_at(answer, row, 0);
    const struct sensitivity_estimate *second = sensitivity_at(answer, row, 1);
    const struct design_axis *axis = &report->analysis->axes->axes[row];
    const char *unit = sensitivity_outcome(report, metric)->unit;
    add_parameter(text, axis);
    switch (answer->method) {
    case SENSITIVITY_TORNADO:
        add_change(text, unit, first->value, half(first));
        add_change(text, unit, second->value, half(second));
        break;
    case SENSITIVITY_MORRIS:
        add_change(text, unit, first->value, half(first));
        add_change(text, unit, second->value, sensitivity_at(answer, row, MORRIS_SIGMA)->value);
        break;
    case SENSITIVITY_SOBOL:
        add_cell(text, "share", first->value);
        add_cell(text, "share", first->low);
        add_cell(text, "share", first->high);
        add_cell(text, "share", second->value);
        break;
    case SENSITIVITY_TWO_LEVEL:
    case SENSITIVITY_METHODS:
        break;
    }
    text_add(text, "\n");
}

/* How many of the first rows make up four fifths of all effects. */
static size_t vital(const struct sensitivity *answer, const size_t order[]) {
    double all = 0.0;
    double sum = 0.0;
    size_t count = 0;
    for (size_t r = 0; r < answer->rows; r++) {
        all += sensitivity_at(answer, r, 0)->value;
    }
    while (count < answer->rows && sum < 0.8 * all) {
        sum += sensitivity_at(answer, order[count++], 0)->value;
    }
    return count;
}

static void add_ranked_sentence(struct text *text, const struct sensitivity_report *report,
                                size_t metric, const size_t order[]) {
    char one[FORMAT_SIZE];
    char other[FORMAT_SIZE];
    const struct sensitivity *answer = &report->analysis->answers[metric];
    const struct design_axis *axis = &report->analysis->axes->axes[order[0]];
    const char *name = report->analysis->sweep->metrics[metric];
    const char *unit = sensitivity_outcome(report, metric)->unit;
    const struct sensitivity_estimate *first = sensitivity_at(answer, order[0], 0);
    const struct sensitivity_estimate *second = sensitivity_at(answer, order[0], 1);
    double alone = 0.0;
    size_t few = 0;
    text_add(text, "%s hangs most on %s:\n", name, text_bytes(&axis->path));
    switch (answer->method) {
    case SENSITIVITY_TORNADO:
        text_add(text, "at the low end of its range it changes by %s, at the high end by %s.\n",
                 write_value(one, unit, first->value, true),
                 write_value(other, unit, second->value, true));
        break;
    case SENSITIVITY_MORRIS:
        few = vital(answer, order);
        text_add(text,
                 "over its whole range it moves by %s in the mean. %zu of %zu parameters %s\n"
                 "up four fifths of all effects.\n",
                 write_value(one, unit, first->value, true), few, answer->rows,
                 few == 1 ? "makes" : "make");
        break;
    case SENSITIVITY_SOBOL:
        if (half(first) > WIDE) {
            text_add(text, "the intervals are wide, a larger --size narrows them.\n");
            break;
        }
        for (size_t r = 0; r < answer->rows; r++) {
            alone += sensitivity_at(answer, r, INDEX_FIRST)->value;
        }
        text_add(text,
                 "it alone explains %s of the variance, %s with what it does together with\n"
                 "others; %s of the variance is such joint effects.\n",
                 format_value(one, "share", fmax(second->value, 0.0)),
                 format_value(other, "share", first->value),
                 format_value((char[FORMAT_SIZE]){0}, "share", fmin(fmax(1.0 - alone, 0.0), 1.0)));
        break;
    case SENSITIVITY_TWO_LEVEL:
    case SENSITIVITY_METHODS:
        break;
    }
}

/* What ± is, and why there is none. */
static void add_meaning(struct text *text, const struct sensitivity_report *report,
                        const struct sensitivity *answer, size_t first, size_t shown) {
    if (shown == 0 || answer->method == SENSITIVITY_SOBOL) {
        return;
    }
    if (isfinite(half(sensitivity_at(answer, first, 0)))) {
        text_add(text, "± is half of the 95 %% interval.\n");
    } else if (report->compared != NULL) {
        text_add(text, "No ±: changes of a difference are not paired history by history.\n");
    } else {
        text_add(text, "No ±: it takes two histories a point at least, see --replications.\n");
    }
}

static void add_ranked(struct text *text, const struct sensitivity_report *report, size_t metric,
                       const size_t order[]) {
    const struct sensitivity *answer = &report->analysis->answers[metric];
    size_t idle = 0;
    size_t shown = 0;
    add_heading(text, answer->method);
    for (size_t r = 0; r < answer->rows; r++) {
        if (sensitivity_is_idle(answer, order[r])) {
            idle++;
        } else if (shown < ROWS_MOST) {
            add_row(text, report, metric, order[r]);
            shown++;
        }
    }
    if (shown + idle < answer->rows) {
        text_add(text, "The first %zu; all are in sensitivity.csv.\n", shown);
    }
    add_meaning(text, report, answer, order[0], shown);
    if (idle > 0) {
        text_add(text, "%zu of %zu parameters %s no effect at all.\n", idle, answer->rows,
                 idle == 1 ? "has" : "have");
    }
    if (shown > 0) {
        add_ranked_sentence(text, report, metric, order);
    }
}

static void add_estimate(struct text *text, const char *label, const char *unit,
                         const struct sensitivity_estimate *estimate) {
    char value[FORMAT_SIZE];
    char low[FORMAT_SIZE];
    char high[FORMAT_SIZE];
    text_add(text, "  %-44s %9s  (%s to %s)\n", label, format_value(value, unit, estimate->value),
             format_value(low, unit, estimate->low), format_value(high, unit, estimate->high));
}

/* As much as the whole interval of the share says. */
static const char *what_data_would_do(const struct sensitivity_estimate *share) {
    if (share->low > 0.5) {
        return ": better data about them would narrow it most.";
    }
    if (share->high < 0.25) {
        return ": better data about them would narrow it little.";
    }
    return share->high - share->low < 0.25
               ? ": better data about them would narrow it in part."
               : ". The interval of that share is too wide to\nsay what better data about them "
                 "would do: a larger --size tells.";
}

static void add_split(struct text *text, const struct sensitivity_report *report, size_t metric) {
    const struct sensitivity *answer = &report->analysis->answers[metric];
    const char *unit = sensitivity_outcome(report, metric)->unit;
    const char *name = report->analysis->sweep->metrics[metric];
    const struct sensitivity_estimate *share = sensitivity_at(answer, 0, SPLIT_SHARE);
    char parameters[FORMAT_SIZE];
    char chance[FORMAT_SIZE];
    add_estimate(text, "mean over all parameters", unit, sensitivity_at(answer, 0, SPLIT_MEAN));
    add_estimate(text, "standard deviation by the parameters", unit,
                 sensitivity_at(answer, 0, SPLIT_PARAMETERS));
    add_estimate(text, "standard deviation by chance", unit,
                 sensitivity_at(answer, 0, SPLIT_CHANCE));
    add_estimate(text, "share of the parameters in the variance", "share", share);
    text_add(text,
             "%s of what is uncertain about %s is not knowing the\nparameters, %s is chance%s\n",
             format_value(parameters, "share", share->value), name,
             format_value(chance, "share", 1.0 - share->value), what_data_would_do(share));
}

static bool has_value(const struct sensitivity *answer) {
    bool any = false;
    for (size_t r = 0; r < answer->rows; r++) {
        any = any || isfinite(sensitivity_at(answer, r, 0)->value);
    }
    return any;
}

/* The command that follows a screening. */
static void add_next(struct text *text, const struct sensitivity_report *report,
                     const size_t order[]) {
    const struct sensitivity_sweep *analysis = report->analysis;
    const struct sensitivity *answer = &analysis->answers[0];
    if (answer->method != SENSITIVITY_MORRIS || answer->rows <= NEXT_MOST) {
        return;
    }
    text_add(text,
             "\nNext, the shares of these in the variance of %s:\nanreiz sensitivity %s "
             "--method sobol",
             analysis->sweep->metrics[0], report->named);
    for (size_t r = 0; r < NEXT_MOST; r++) {
        const struct design_axis *axis = &analysis->axes->axes[order[r]];
        text_add(text, " \\\n    --vary '%s", text_bytes(&axis->path));
        if (axis->range) {
            text_add(text, "=%.10g:%.10g'", axis->low, axis->high);
        } else {
            for (size_t v = 0; v < axis->count; v++) {
                text_add(text, "%s%s", v == 0 ? "=" : ",", text_bytes(&axis->values[v]));
            }
            text_add(text, "'");
        }
    }
    text_add(text, "%s\n", report->repeated);
}

bool sensitivity_report_text(struct text *text, const struct sensitivity_report *report,
                             struct error *error) {
    const struct sensitivity_sweep *analysis = report->analysis;
    const struct sweep *sweep = analysis->sweep;
    size_t *order = memory_array(analysis->axes->count, sizeof *order, "parameters", error);
    if (order == NULL) {
        return false;
    }
    sensitivity_report_head(text, report);
    for (size_t m = 0; m < sweep->metric_count; m++) {
        const struct sensitivity *answer = &analysis->answers[m];
        const char *unit = sensitivity_outcome(report, m)->unit;
        char value[FORMAT_SIZE];
        double middle = sensitivity_sweep_cell(analysis, report->results, 0, m)->mean;
        text_add(text, "\n%s (%s), %s as the scenario stands\n", sweep->metrics[m], unit,
                 write_value(value, unit, middle, report->compared != NULL));
        if (!has_value(answer)) {
            text_add(text, "It has no value at some points.\n");
        } else if (answer->method == SENSITIVITY_TWO_LEVEL) {
            add_split(text, report, m);
        } else {
            sensitivity_order(answer, order);
            add_ranked(text, report, m, order);
        }
    }
    sensitivity_order(&analysis->answers[0], order);
    if (has_value(&analysis->answers[0])) {
        add_next(text, report, order);
    }
    free(order);
    return true;
}
