#include "report/format.h"
#include "report/optimum.h"

#include <math.h>
#include <string.h>

enum { NAME = 32, CELL = 12, CELL_WIDEST = 24, DIFFERENCE = 20, GOAL = 18 };

const char *optimum_unit(const struct optimum *optimum, size_t target) {
    struct series series = {0};
    const char *name = optimum->metrics[optimum->targets[target].metric];
    return sweep_series(&optimum->scenario->parameters, name, &series)
               ? OUTCOMES[series.outcome].unit
               : "";
}

static void add_difference(struct text *text, const char *unit, double value, bool sign) {
    char buffer[FORMAT_DIFFERENCE_SIZE];
    text_add(text, "%s", format_difference(buffer, unit, value, sign));
}

void optimum_text_target(struct text *text, const struct optimum *optimum, size_t target) {
    const struct target *what = &optimum->targets[target];
    char bound[FORMAT_SIZE];
    if (target < optimum->goal_count) {
        text_add(text, "%s, to be %s", what->words, what->up ? "large" : "small");
    } else {
        text_add(text, "%s %s %s", what->words, what->up ? "at least" : "at most",
                 format_value(bound, optimum_unit(optimum, target), what->bound));
    }
}

void optimum_text_broken(struct text *text, const struct optimum *optimum, size_t candidate) {
    bool compared = optimum_compared(optimum);
    bool first = true;
    for (size_t t = optimum->goal_count; t < optimum->target_count; t++) {
        const struct score *score = compared ? scores_at(&optimum->fresh, candidate + 1, t)
                                             : optimum_promise(optimum, candidate + 1, t);
        char value[FORMAT_SIZE];
        if (!(target_excess(&optimum->targets[t], score, 0.5) <= 0.0)) {
            text_add(text, "%s", first ? "" : "; ");
            optimum_text_target(text, optimum, t);
            text_add(text, " (it is %s)",
                     format_value(value, optimum_unit(optimum, t), score->value));
            first = false;
        }
    }
}

static void add_cell(struct text *text, const char *cell, int width) {
    text_add(text, "  ");
    text_add_cell(text, cell, -width);
}

static void add_name(struct text *text, const char *name) {
    text_add(text, "  ");
    text_add_cell(text, name, NAME);
}

static void add_histories(struct text *text, uint64_t count) {
    char buffer[FORMAT_SIZE];
    text_add(text, "%s", format_histories(buffer, count));
}

void optimum_text_head(struct text *text, const struct optimum *optimum) {
    char points[FORMAT_SIZE];
    long years = optimum->scenario->parameters.simulation.years;
    format_clean(text, optimum->scenario->parameters.name, 60);
    text_add(text, ": at most %s points, ", format_count(points, optimum->evaluations));
    add_histories(text, optimum->replications);
    text_add(text, " of %ld year%s each, seed %llu\n", years, years == 1 ? "" : "s",
             (unsigned long long)optimum->seed);
    for (size_t t = 0; t < optimum->target_count; t++) {
        text_add(text, t == 0 ? "Wanted: " : "; ");
        optimum_text_target(text, optimum, t);
    }
    if (optimum->confidence > 0.5 && optimum->target_count > optimum->goal_count) {
        text_add(text, "; bounds with a margin for %.3g %%", 100.0 * optimum->confidence);
    }
    text_add(text, ".\n");
}

static void add_search(struct text *text, const struct optimum *optimum) {
    char points[FORMAT_SIZE];
    size_t count = optimum_points(optimum);
    text_add(text, "%s point%s simulated", format_count(points, count),
             count == 1 ? " was" : "s were");
    if (optimum->found.complete && !optimum->interrupted) {
        text_add(text, ", all that there are");
    } else if (optimum->found.exhausted) {
        text_add(text, "; the search ended at --max-evaluations, more may find a better one");
    }
    text_add(text, ".\n");
    if (optimum->wrong_count > 0) {
        text_add(text, "%zu further point%s no scenario, such as: %s\n", optimum->wrong_count,
                 optimum->wrong_count == 1 ? " was" : "s were", text_bytes(&optimum->wrong));
    }
}

/* ---- one goal */

/* Of a value of an axis, cut for people. */
static void add_value(struct text *text, const struct design *design, size_t point, size_t axis,
                      int width) {
    struct text value = {0};
    format_clean(&value, design_value(design, point, axis), CELL_WIDEST);
    add_cell(text, text_bytes(&value), width);
    text_free(&value);
}

/* That all values of an axis at the points of the comparison need. */
static int width_of(const struct design *design, size_t axis, int least) {
    int width = least;
    for (size_t p = 0; p < design->point_count; p++) {
        int characters = text_width(design_value(design, p, axis));
        width = characters > width ? characters : width;
    }
    return width < CELL_WIDEST || least > CELL_WIDEST ? width : CELL_WIDEST;
}

static void add_table(struct text *text, const struct optimum *optimum, size_t best) {
    const struct design *design = &optimum->fresh.design;
    int width = CELL;
    for (size_t a = 0; a < design->axis_count; a++) {
        width = width_of(design, a, width);
    }
    text_add(text, "\nOn ");
    add_histories(text, optimum->fresh_replications);
    text_add(text, " that the search has not seen (seed %llu):\n",
             (unsigned long long)optimum->fresh_seed);
    add_name(text, "");
    add_cell(text, "as it stands", width);
    add_cell(text, "best found", width);
    add_cell(text, "difference", DIFFERENCE);
    text_add(text, "\n");
    for (size_t a = 0; a < design->axis_count; a++) {
        add_name(text, text_bytes(&design->paths[a]));
        add_value(text, design, 0, a, width);
        add_value(text, design, best, a, width);
        text_add(text, "\n");
    }
    for (size_t t = 0; t < optimum->target_count; t++) {
        const char *unit = optimum_unit(optimum, t);
        char value[FORMAT_SIZE];
        struct text name = {0};
        struct text gain = {0};
        double error;
        double difference = optimum_gain(optimum, best, t, &error);
        optimum_text_target(&name, optimum, t);
        add_name(text, text_bytes(&name));
        add_cell(text, format_value(value, unit, scores_at(&optimum->fresh, 0, t)->value), width);
        add_cell(text, format_value(value, unit, scores_at(&optimum->fresh, best, t)->value),
                 width);
        add_difference(&gain, unit, difference, true);
        text_add(&gain, " ± ");
        add_difference(&gain, unit, error, false);
        add_cell(text, text_bytes(&gain), DIFFERENCE);
        text_add(text, "\n");
        text_free(&name);
        text_free(&gain);
    }
    text_add(text, "± is the standard error.\n");
}

/* "With roles.kam.headcount=12, npv is 3.1 M instead of 2.9 M: ..." */
static void add_sentence(struct text *text, const struct optimum *optimum, size_t best) {
    const struct target *goal = &optimum->targets[0];
    const char *unit = optimum_unit(optimum, 0);
    char value[FORMAT_SIZE];
    char base[FORMAT_SIZE];
    double error;
    double gain = optimum_gain(optimum, best, 0, &error);
    double better = goal->up ? gain : -gain;
    double half = target_interval(error, optimum->fresh_replications);
    text_add(text, "\nWith ");
    design_describe(&optimum->fresh.design, best, text);
    text_add(text, ", %s is %s instead of %s: ", goal->words,
             format_value(value, unit, scores_at(&optimum->fresh, best, 0)->value),
             format_value(base, unit, scores_at(&optimum->fresh, 0, 0)->value));
    if (gain == 0.0 && !(error > 0.0)) {
        text_add(text, "the same as the scenario as it stands.\n");
        return;
    }
    text_add(text, better > half    ? "better by "
                   : better < -half ? "WORSE than the scenario as it stands, by "
                                    : "which may be chance; the difference is ");
    bool sure = fabs(gain) > half;
    add_difference(text, unit, sure ? fabs(gain) : gain, !sure);
    text_add(text, " (95 %% interval ");
    add_difference(text, unit, sure ? fabs(gain) - half : gain - half, !sure);
    text_add(text, " to ");
    add_difference(text, unit, sure ? fabs(gain) + half : gain + half, !sure);
    text_add(text, ").\n");
    if (goal->quantile < 0) {
        const struct sweep_cell *cell = sweep_cell(&optimum->fresh.results, best, 0, goal->metric);
        if (isfinite(cell->better)) {
            text_add(text, "It is better in %.0f %% of the histories.\n", 100.0 * cell->better);
        }
    }
}

/* The best of many is the one that chance favoured, too. */
static void add_curse(struct text *text, const struct optimum *optimum, size_t best) {
    const char *unit = optimum_unit(optimum, 0);
    double error;
    double luck = optimum_luck(optimum, best, 0, &error);
    text_add(text, "On its own histories the search saw a difference of ");
    add_difference(text, unit,
                   optimum_promise(optimum, best, 0)->value - optimum_promise(optimum, 0, 0)->value,
                   true);
    text_add(text, "; ");
    add_difference(text, unit, luck, true);
    text_add(text, " of it (95 %%: ± ");
    add_difference(text, unit, target_interval(error, optimum->replications), false);
    text_add(text, ") was their luck.\n");
}

static void add_bounds(struct text *text, const struct optimum *optimum, size_t best) {
    bool doubtful = false;
    for (size_t t = optimum->goal_count; t < optimum->target_count; t++) {
        const struct score *score = scores_at(&optimum->fresh, best, t);
        optimum_text_target(text, optimum, t);
        if (isnan(score->kept)) {
            text_add(text, ": too few histories have a value to say whether it is kept.\n");
            continue;
        }
        if (score->kept > 0.999) {
            text_add(text, ": kept, with a probability above 99.9 %%");
        } else if (score->kept < 0.001) {
            text_add(text, ": NOT kept, with a probability above 99.9 %%");
        } else {
            text_add(text, ": kept with a probability of %.1f %%", 100.0 * score->kept);
        }
        text_add(text, " (single histories: %.0f %% of them).\n", 100.0 * score->share);
        doubtful = doubtful || score->kept < 0.9;
    }
    if (doubtful && optimum->confidence <= 0.5) {
        text_add(text, "An optimum often lies where a bound just holds; --confidence 0.95 keeps a "
                       "margin.\n");
    }
}

/* A best value at the end of its range asks for a wider one. */
static void add_ends(struct text *text, const struct optimum *optimum, size_t best) {
    const struct optimise_point *point = &optimum->found.points[optimum->candidates[best - 1]];
    for (size_t a = 0; a < optimum->axes.count; a++) {
        const struct optimise_axis *axis = &optimum->lattice[a];
        if (!axis->choice && (point->places[a] == 0 || point->places[a] == axis->last)) {
            text_add(text,
                     "%s lies at the %s end of its range: a wider one may hold a better "
                     "point.\n",
                     text_bytes(&optimum->axes.axes[a].path),
                     point->places[a] == 0 ? "lower" : "upper");
        }
    }
}

static void add_others(struct text *text, const struct optimum *optimum) {
    const char *unit = optimum_unit(optimum, 0);
    for (size_t p = 1; p <= optimum->candidate_count; p++) {
        char value[FORMAT_SIZE];
        const struct score *score = scores_at(&optimum->fresh, p, 0);
        if (p == optimum->chosen) {
            continue;
        }
        text_add(text, "Next: ");
        design_describe(&optimum->fresh.design, p, text);
        text_add(text, ": %s %s", optimum->targets[0].words,
                 format_value(value, unit, score->value));
        for (size_t t = optimum->goal_count; t < optimum->target_count; t++) {
            text_add(text, ", %s %s", optimum->targets[t].words,
                     format_value(value, optimum_unit(optimum, t),
                                  scores_at(&optimum->fresh, p, t)->value));
        }
        text_add(text, "\n");
    }
}

/* ---- two goals */

static void add_goal(struct text *text, const struct optimum *optimum, size_t point, size_t goal) {
    const char *unit = optimum_unit(optimum, goal);
    const struct score *score = scores_at(&optimum->fresh, point, goal);
    char value[FORMAT_SIZE];
    char error[FORMAT_SIZE];
    struct text cell = {0};
    text_add(&cell, "%s ± %s", format_value(value, unit, score->value),
             format_value(error, unit, score->standard_error));
    add_cell(text, text_bytes(&cell), GOAL);
    text_free(&cell);
}

static void add_front(struct text *text, const struct optimum *optimum) {
    const struct design *design = &optimum->fresh.design;
    text_add(text, "\nThe front between the goals, on ");
    add_histories(text, optimum->fresh_replications);
    text_add(text, " that the search has not seen (seed %llu):\n",
             (unsigned long long)optimum->fresh_seed);
    text_add(text, "%14s", "");
    for (size_t g = 0; g < optimum->goal_count; g++) {
        add_cell(text, optimum->targets[g].words, GOAL);
    }
    for (size_t a = 0; a < design->axis_count; a++) {
        const char *path = text_bytes(&design->paths[a]);
        add_cell(text, path, width_of(design, a, text_width(path)));
    }
    text_add(text, "\n");
    for (size_t p = 0; p < design->point_count; p++) {
        text_add(text, p == 0 ? "  as it stands" : "  %12zu", p);
        for (size_t g = 0; g < optimum->goal_count; g++) {
            add_goal(text, optimum, p, g);
        }
        for (size_t a = 0; a < design->axis_count; a++) {
            int least = text_width(text_bytes(&design->paths[a]));
            add_value(text, design, p, a, width_of(design, a, least));
        }
        text_add(text, p > 0 && !optimum_on_front(optimum, p) ? "  off the front here\n" : "\n");
    }
    text_add(text, "± is the standard error. From one point to the next one goal is paid for with "
                   "the other.\n");
}

/* "pay_cost at most 5.20 M: NOT kept at 2 (12.0 %), 3 (41.5 %); the scenario as it stands keeps
 * it." Beside a point stands the probability that it keeps the bound. */
static void add_front_bounds(struct text *text, const struct optimum *optimum) {
    for (size_t t = optimum->goal_count; t < optimum->target_count; t++) {
        double least = 1.0;
        size_t broken = 0;
        optimum_text_target(text, optimum, t);
        text_add(text, ": ");
        for (size_t p = 1; p <= optimum->candidate_count; p++) {
            const struct score *score = scores_at(&optimum->fresh, p, t);
            least = fmin(least, score->kept);
            if (!(target_excess(&optimum->targets[t], score, 0.5) <= 0.0)) {
                text_add(text, "%s%zu (%.1f %%)", broken++ == 0 ? "NOT kept at " : ", ", p,
                         100.0 * score->kept);
            }
        }
        if (broken == 0) {
            text_add(text, "kept at all of them, with a probability of at least %.1f %%",
                     100.0 * least);
        }
        bool itself =
            target_excess(&optimum->targets[t], scores_at(&optimum->fresh, 0, t), 0.5) <= 0.0;
        text_add(text, ";\nthe scenario as it stands %s it.\n", itself ? "keeps" : "does NOT keep");
    }
}

static void add_best_so_far(struct text *text, const struct optimum *optimum) {
    text_add(text, "INTERRUPTED: nothing was compared on other histories.\n");
    for (size_t c = 0; c < optimum->candidate_count; c++) {
        text_add(text, optimum->goal_count > 1 ? "Front so far: "
                       : c == 0                ? "Best so far: "
                                               : "Next: ");
        design_describe(&optimum->searched.design, optimum->rows[optimum->candidates[c]], text);
        for (size_t t = 0; t < optimum->target_count; t++) {
            char value[FORMAT_SIZE];
            text_add(text, "%s %s %s", t == 0 ? ":" : ",", optimum->targets[t].words,
                     format_value(value, optimum_unit(optimum, t),
                                  optimum_promise(optimum, c + 1, t)->value));
        }
        text_add(text, "\n");
    }
}

void optimum_text(struct text *text, const struct optimum *optimum) {
    optimum_text_head(text, optimum);
    add_search(text, optimum);
    if (!optimum_compared(optimum)) {
        add_best_so_far(text, optimum);
        return;
    }
    const struct optimise_point *first = &optimum->found.points[optimum->candidates[0]];
    if (!optimise_keeps(first, optimum->ask.bound_count)) {
        text_add(text, "NO POINT KEEPS ALL BOUNDS; what follows breaks them least.\n");
    }
    if (optimum->goal_count > 1 && first->front) {
        add_front(text, optimum);
        add_front_bounds(text, optimum);
        return;
    }
    add_table(text, optimum, optimum->chosen);
    add_sentence(text, optimum, optimum->chosen);
    add_curse(text, optimum, optimum->chosen);
    add_bounds(text, optimum, optimum->chosen);
    add_ends(text, optimum, optimum->chosen);
    add_others(text, optimum);
}
