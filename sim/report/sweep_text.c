#include "report/sweep_text.h"

#include "base/memory.h"
#include "engine/crossing.h"
#include "engine/sweep_effect.h"
#include "report/format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 80,
    LABEL = 5, /* of a point */
    AXES_SHOWN = 4,
    AXES_NAMED = 6, /* of those that are not shown */
    AXIS_WIDEST = 22,
    MEAN = 9,
    COMPARED = 28, /* mean, difference and its error */
    METRICS_MOST = 6,
    ALL_POINTS = 40, /* beyond, only the best are printed */
    BEST_POINTS = 10,
    CROSSINGS_MOST = 4
};

static const struct parameters *first_parameters(const struct sweep *sweep) {
    return &sweep->scenarios[0]->parameters;
}

const char *sweep_text_compared(const struct sweep *sweep, enum language language,
                                struct text *text) {
    if (sweep->plan_count > 1) {
        struct text name = {0};
        format_clean(&name, first_parameters(sweep)->name, 40);
        words_add(text, language, WORD_SWEEP_SAME_POINT, WORDS(text_bytes(&name)));
        text_free(&name);
    } else if (sweep->baseline >= sweep->design->point_count) {
        return NULL;
    } else if (sweep->as_it_stands && sweep->baseline == 0) {
        text_add(text, "%s", words_in(language, WORD_SWEEP_AS_IT_STANDS));
    } else {
        char number[FORMAT_SIZE];
        (void)snprintf(number, sizeof number, "%zu", sweep_label(sweep, sweep->baseline));
        words_add(text, language, WORD_SWEEP_POINT, WORDS(number));
    }
    return text_bytes(text);
}

/* The last `steps` steps of a path. */
static const char *path_end(const char *path, int steps) {
    const char *end = path + strlen(path);
    while (end > path) {
        if (end[-1] == '.' && --steps == 0) {
            break;
        }
        end--;
    }
    return end;
}

void sweep_text_axis(struct text *text, const struct sweep *sweep, size_t axis) {
    const struct design *design = sweep->design;
    const char *path = text_bytes(&design->paths[axis]);
    int steps = 2;
    for (bool shared = true; shared; steps++) {
        const char *end = path_end(path, steps);
        shared = false;
        for (size_t a = 0; end > path && a < design->axis_count; a++) {
            shared = shared || (a != axis &&
                                strcmp(path_end(text_bytes(&design->paths[a]), steps), end) == 0);
        }
    }
    text_add(text, "%s", path_end(path, steps - 1));
}

void sweep_text_head(struct text *text, const struct sweep *sweep) {
    char points[FORMAT_SIZE];
    char histories[FORMAT_SIZE];
    struct text compared = {0};
    const struct parameters *parameters = first_parameters(sweep);
    long years = parameters->simulation.years;
    (void)format_count(points, sweep->design->point_count - sweep->as_it_stands);
    (void)format_histories(histories, sweep->replications);
    format_clean(text, sweep->scenarios[sweep->plan_count - 1]->parameters.name, 60);
    text_add(text, ": %s points, %s of %ld year%s each, seed %llu\n", points, histories, years,
             years == 1 ? "" : "s", (unsigned long long)sweep->seed);
    if (sweep_text_compared(sweep, LANGUAGE_ENGLISH, &compared) != NULL) {
        text_add(text, "Differences are those to %s; all points meet the same chance.\n",
                 text_bytes(&compared));
    }
    text_free(&compared);
}

/* The columns of the printed table. */
struct columns {
    size_t axes;
    int axis_width[AXES_SHOWN];
    size_t metrics[METRICS_MOST];
    size_t metric_count;
    bool compared;
    size_t plan;
};

/* How a name that is too wide for its column is cut: the end of a path tells most, then both of its
 * ends, then its number among the axes. */
enum cut { CUT_BEGIN, CUT_MIDDLE, CUT_NUMBERED };

static void add_cut_name(struct text *text, const struct sweep *sweep, size_t axis, int width,
                         enum cut cut) {
    struct text name = {0};
    sweep_text_axis(&name, sweep, axis);
    const char *bytes = text_bytes(&name);
    const char *end = bytes + strlen(bytes);
    if (text_width(bytes) <= width) {
        text_add(text, "%s", bytes);
    } else if (cut == CUT_BEGIN) {
        text_add(text, "…%s", end - (width - 1));
    } else if (cut == CUT_MIDDLE) {
        int tail = (width - 1) / 2;
        text_add(text, "%.*s…%s", width - 1 - tail, bytes, end - tail);
    } else {
        struct text number = {0};
        text_add(&number, "(%zu)…", axis + 1);
        text_add(text, "%s%s", text_bytes(&number),
                 end - (width - text_width(text_bytes(&number))));
        text_free(&number);
    }
    text_free(&name);
}

/* Whether another column has the same name when all are cut like this. */
static bool is_shared(const struct sweep *sweep, const struct columns *columns, size_t axis,
                      enum cut cut) {
    struct text own = {0};
    bool shared = false;
    add_cut_name(&own, sweep, axis, columns->axis_width[axis], cut);
    for (size_t a = 0; a < columns->axes; a++) {
        struct text other = {0};
        add_cut_name(&other, sweep, a, columns->axis_width[a], cut);
        shared = shared || (a != axis && strcmp(text_bytes(&own), text_bytes(&other)) == 0);
        text_free(&other);
    }
    text_free(&own);
    return shared;
}

static void add_axis_name(struct text *text, const struct sweep *sweep,
                          const struct columns *columns, size_t axis) {
    struct text name = {0};
    enum cut cut = CUT_BEGIN;
    while (cut < CUT_NUMBERED && is_shared(sweep, columns, axis, cut)) {
        cut++;
    }
    add_cut_name(&name, sweep, axis, columns->axis_width[axis], cut);
    text_add_cell(text, text_bytes(&name), -columns->axis_width[axis]);
    text_free(&name);
}

static struct columns columns_of(const struct sweep *sweep) {
    struct columns columns = {.plan = sweep->plan_count - 1};
    int left = WIDTH - LABEL;
    columns.compared = sweep->plan_count > 1 || sweep->baseline < sweep->design->point_count;
    columns.axes = sweep->design->axis_count < AXES_SHOWN ? sweep->design->axis_count : AXES_SHOWN;
    for (size_t a = 0; a < columns.axes; a++) {
        struct text name = {0};
        sweep_text_axis(&name, sweep, a);
        int width = text_width(text_bytes(&name));
        text_free(&name);
        for (size_t p = 0; p < sweep->design->point_count; p++) {
            int value = text_width(design_value(sweep->design, p, a));
            width = value > width ? value : width;
        }
        int most = columns.axes > 2 ? 14 : AXIS_WIDEST;
        columns.axis_width[a] = width > most ? most : width;
        left -= columns.axis_width[a] + 2;
    }
    int each = columns.compared ? COMPARED + 2 : 16;
    for (size_t m = 0; m < sweep->metric_count && columns.metric_count < METRICS_MOST; m++) {
        if (columns.metric_count == 0 || left >= each) {
            columns.metrics[columns.metric_count++] = m;
            left -= each;
        }
    }
    return columns;
}

static void add_heading(struct text *text, const struct sweep *sweep,
                        const struct columns *columns) {
    text_add(text, "\npoint");
    for (size_t a = 0; a < columns->axes; a++) {
        text_add(text, "  ");
        add_axis_name(text, sweep, columns, a);
    }
    for (size_t m = 0; m < columns->metric_count; m++) {
        struct text name = {0};
        text_add(&name, "%s%s", sweep->metrics[columns->metrics[m]],
                 columns->compared ? ", difference" : "");
        text_add(text, "  ");
        text_add_cell(text, text_bytes(&name), columns->compared ? -COMPARED : -14);
        text_free(&name);
    }
    text_add(text, "\n");
}

/* "+1.2 pp ± 0.3" */
static void add_difference(struct text *text, const char *unit, const struct cell_summary *cell) {
    char mean[FORMAT_DIFFERENCE_SIZE];
    char error[FORMAT_DIFFERENCE_SIZE];
    struct text whole = {0};
    if (isfinite(cell->mean)) {
        double near = cell->standard_error;
        (void)format_difference_near(mean, unit, cell->mean, near, true);
        (void)format_difference_near(error, unit, near, near, false);
        error[strcspn(error, "p")] = '\0'; /* the unit once */
        text_add(&whole, "%s ± %s", mean, error);
    } else {
        text_add(&whole, "-");
    }
    text_add_cell(text, text_bytes(&whole), MEAN - COMPARED);
    text_free(&whole);
}

static void add_point(struct text *text, const struct sweep *sweep,
                      const struct sweep_results *results, const struct columns *columns,
                      size_t point) {
    text_add(text, "%*zu", LABEL, sweep_label(sweep, point));
    for (size_t a = 0; a < columns->axes; a++) {
        struct text value = {0};
        format_clean(&value, design_value(sweep->design, point, a), (size_t)columns->axis_width[a]);
        text_add(text, "  ");
        text_add_cell(text, text_bytes(&value), -columns->axis_width[a]);
        text_free(&value);
    }
    for (size_t m = 0; m < columns->metric_count; m++) {
        char mean[FORMAT_SIZE];
        const struct sweep_cell *cell =
            sweep_cell(results, point, columns->plan, columns->metrics[m]);
        const char *unit = sweep_outcome(sweep, columns->metrics[m])->unit;
        text_add(text, "  ");
        text_add_cell(text, format_value(mean, unit, cell->values.mean),
                      columns->compared ? -MEAN : -14);
        if (columns->compared) {
            add_difference(text, unit, &cell->difference);
        }
    }
    text_add(text, "\n");
}

/* The finished points, the best by the first metric first when there are too many to print. */
static size_t choose_points(const struct sweep *sweep, const struct sweep_results *results,
                            const struct columns *columns, size_t chosen[]) {
    size_t count = 0;
    bool all = results->done_count <= ALL_POINTS;
    bool low = sweep_outcome(sweep, 0)->direction == OUTCOME_LOWER_IS_BETTER;
    for (size_t p = 0; p < results->point_count; p++) {
        if (!results->done[p]) {
            continue;
        }
        double value = sweep_cell(results, p, columns->plan, 0)->values.mean;
        size_t at = count++;
        while (!all && at > 0) {
            double other = sweep_cell(results, chosen[at - 1], columns->plan, 0)->values.mean;
            if (!(low ? value < other : value > other)) {
                break;
            }
            chosen[at] = chosen[at - 1];
            at--;
        }
        chosen[at] = p;
        count = !all && count > BEST_POINTS ? BEST_POINTS : count;
    }
    return count;
}

void sweep_text_crossings(struct text *text, enum language language, const struct sweep *sweep,
                          const struct sweep_results *results, size_t metric, const char *label) {
    struct crossing crossings[CROSSINGS_MOST];
    struct text axis = {0};
    size_t count = sweep_crossings(sweep, results, metric, crossings, CROSSINGS_MOST);
    sweep_text_axis(&axis, sweep, 0);
    for (size_t c = 0; c < count; c++) {
        const double numbers[] = {crossings[c].at, crossings[c].low, crossings[c].high};
        char plain[FORMAT_SIZE];
        char shown[3][WORDS_SIZE];
        for (size_t n = 0; n < 3; n++) {
            (void)words_number(shown[n], language, format_number(plain, numbers[n]));
        }
        bool within = isfinite(crossings[c].low) && isfinite(crossings[c].high);
        words_add(text, language, within ? WORD_SWEEP_ANSWER_EVEN : WORD_SWEEP_ANSWER_EVEN_OPEN,
                  WORDS(label, text_bytes(&axis), shown[0], shown[1], shown[2]));
        text_add(text, "\n");
    }
    text_free(&axis);
}

/* Axes and metrics for which the screen has no columns. */
static void add_left_out(struct text *text, const struct sweep *sweep,
                         const struct columns *columns) {
    size_t axes = sweep->design->axis_count;
    for (size_t a = columns->axes; a < axes && a < columns->axes + AXES_NAMED; a++) {
        text_add(text, "%s%s", a == columns->axes ? "Varied too, in sweep.csv: " : ", ",
                 text_bytes(&sweep->design->paths[a]));
    }
    if (axes > columns->axes + AXES_NAMED) {
        text_add(text, " and %zu more", axes - columns->axes - AXES_NAMED);
    }
    text_add(text, "%s", columns->axes < axes ? "\n" : "");
    for (size_t m = columns->metric_count; m < sweep->metric_count; m++) {
        text_add(text, "%s%s", m == columns->metric_count ? "In sweep.csv too: " : ", ",
                 sweep->metrics[m]);
    }
    text_add(text, "%s", columns->metric_count < sweep->metric_count ? "\n" : "");
}

/* Parameters that change nothing of what is told. */
static void add_without_effect(struct text *text, const struct sweep *sweep,
                               const struct sweep_results *results) {
    size_t count = 0;
    for (size_t a = 0; a < sweep->design->axis_count; a++) {
        if (sweep_without_effect(sweep, results, a)) {
            text_add(text, "%s%s", count++ == 0 ? "No effect at all on these metrics: " : ", ",
                     text_bytes(&sweep->design->paths[a]));
        }
    }
    text_add(text, "%s", count > 0 ? "\n" : "");
}

bool sweep_text(struct text *text, const struct sweep *sweep, const struct sweep_results *results,
                struct error *error) {
    const struct columns columns = columns_of(sweep);
    size_t *chosen = memory_array(results->point_count + 1, sizeof *chosen, "points", error);
    if (chosen == NULL) {
        return false;
    }
    sweep_text_head(text, sweep);
    if (results->interrupted) {
        text_add(text, "INTERRUPTED: %zu of %zu points are done\n", results->done_count,
                 results->point_count);
    }
    add_heading(text, sweep, &columns);
    size_t count = choose_points(sweep, results, &columns, chosen);
    for (size_t p = 0; p < count; p++) {
        add_point(text, sweep, results, &columns, chosen[p]);
    }
    if (count < results->done_count) {
        text_add(text, "The %zu points with the best %s; all are in sweep.csv.\n", count,
                 sweep->metrics[0]);
    }
    text_add(text, "\nMeans over the whole horizon%s.\n",
             columns.compared ? ", differences ± standard error, history by history" : "");
    add_left_out(text, sweep, &columns);
    add_without_effect(text, sweep, results);
    for (size_t m = 0; m < sweep->metric_count && m < METRICS_MOST; m++) {
        sweep_text_crossings(text, LANGUAGE_ENGLISH, sweep, results, m, sweep->metrics[m]);
    }
    free(chosen);
    return true;
}
