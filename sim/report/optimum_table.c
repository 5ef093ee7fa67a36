#include "report/format.h"
#include "report/json.h"
#include "report/optimum.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Whether the words of a target stood there before: one column is enough. */
static bool is_first(const struct optimum *optimum, size_t target) {
    for (size_t t = 0; t < target; t++) {
        if (strcmp(optimum->targets[t].words, optimum->targets[target].words) == 0) {
            return false;
        }
    }
    return true;
}

static void write_paths(FILE *stream, const struct optimum *optimum) {
    for (size_t a = 0; a < optimum->axes.count; a++) {
        (void)fputc(',', stream);
        format_csv(stream, text_bytes(&optimum->axes.axes[a].path));
    }
}

static void write_values(FILE *stream, const struct design *design, size_t point) {
    for (size_t a = 0; a < design->axis_count; a++) {
        (void)fputc(',', stream);
        format_csv(stream, design_value(design, point, a));
    }
}

static void write_found(FILE *stream, const struct optimum *optimum, size_t point) {
    const struct optimise_point *found = &optimum->found.points[point];
    size_t row = optimum->rows[point];
    for (size_t a = 0; a < optimum->axes.count; a++) {
        struct text value = {0};
        design_add_step(&value, &optimum->axes.axes[a], found->places[a]);
        (void)fputc(',', stream);
        format_csv(stream, text_bytes(&value));
        text_free(&value);
    }
    (void)fprintf(stream, ",%d,%d", found->valid, optimise_keeps(found, optimum->ask.bound_count));
    if (optimum->goal_count > 1) {
        (void)fprintf(stream, ",%d", found->front);
    }
    for (size_t t = 0; t < optimum->target_count; t++) {
        if (is_first(optimum, t)) {
            const struct score *score = found->valid ? scores_at(&optimum->searched, row, t) : NULL;
            format_csv_number(stream, score == NULL ? (double)NAN : score->value);
            format_csv_number(stream, score == NULL ? (double)NAN : score->standard_error);
        }
    }
    (void)fputc('\n', stream);
}

void optimum_table_points(FILE *stream, const struct optimum *optimum) {
    (void)fputs("point", stream);
    write_paths(stream, optimum);
    (void)fputs(",valid,keeps_bounds", stream);
    (void)fputs(optimum->goal_count > 1 ? ",front" : "", stream);
    for (size_t t = 0; t < optimum->target_count; t++) {
        if (is_first(optimum, t)) {
            const char *words = optimum->targets[t].words;
            (void)fprintf(stream, ",%s,%s_standard_error", words, words);
        }
    }
    (void)fputc('\n', stream);
    for (size_t p = 0; p < optimum->found.count; p++) {
        if (optimum->rows[p] == SIZE_MAX || optimum->searched.results.done[optimum->rows[p]]) {
            (void)fprintf(stream, "%zu", p + 1);
            write_found(stream, optimum, p);
        }
    }
}

/* A candidate's row: names and values, the same for CSV and JSON. */
enum { ROW_NUMBERS = 9 };
static const char *const ROW_NAMES[ROW_NUMBERS] = {
    "bound",
    "search",
    "search_standard_error",
    "value",
    "standard_error",
    "difference",
    "difference_standard_error",
    "probability_kept",
    "share_of_histories",
};

static void fill_row(const struct optimum *optimum, size_t point, size_t target,
                     double numbers[ROW_NUMBERS]) {
    const struct score *fresh = scores_at(&optimum->fresh, point, target);
    const struct score *search = optimum_promise(optimum, point, target);
    double error = (double)NAN;
    numbers[0] = optimum->targets[target].bound;
    numbers[1] = search->value;
    numbers[2] = search->standard_error;
    numbers[3] = fresh->value;
    numbers[4] = fresh->standard_error;
    numbers[5] = point == 0 ? (double)NAN : optimum_gain(optimum, point, target, &error);
    numbers[6] = error;
    numbers[7] = fresh->kept;
    numbers[8] = fresh->share;
}

static const char *kind_of(const struct optimum *optimum, size_t target) {
    const struct target *what = &optimum->targets[target];
    bool goal = target < optimum->goal_count;
    return goal ? (what->up ? "maximize" : "minimize") : (what->up ? "at_least" : "at_most");
}

static bool is_chosen(const struct optimum *optimum, size_t point) {
    return optimum->goal_count == 1 && point > 0 && point == optimum->chosen;
}

void optimum_table_candidates(FILE *stream, const struct optimum *optimum) {
    (void)fputs("candidate", stream);
    write_paths(stream, optimum);
    (void)fputs(",chosen,target,kind,unit", stream);
    for (size_t n = 0; n < ROW_NUMBERS; n++) {
        (void)fprintf(stream, ",%s", ROW_NAMES[n]);
    }
    (void)fputs(",keeps_bounds\n", stream);
    for (size_t p = 0; p < optimum->fresh.design.point_count; p++) {
        for (size_t t = 0; t < optimum->target_count; t++) {
            double numbers[ROW_NUMBERS];
            (void)fprintf(stream, "%zu", p);
            write_values(stream, &optimum->fresh.design, p);
            (void)fprintf(stream, ",%d,%s,%s,%s", is_chosen(optimum, p), optimum->targets[t].words,
                          kind_of(optimum, t), optimum_unit(optimum, t));
            fill_row(optimum, p, t, numbers);
            for (size_t n = 0; n < ROW_NUMBERS; n++) {
                format_csv_number(stream, numbers[n]);
            }
            (void)fprintf(stream, ",%d\n", optimum_keeps(optimum, p, 0.5));
        }
    }
}

static double small(const struct optimum *optimum, size_t point, size_t goal) {
    double value = scores_at(&optimum->fresh, point, goal)->value;
    return optimum->targets[goal].up ? -value : value;
}

bool optimum_answers(const struct optimum *optimum) {
    if (!optimum_compared(optimum)) {
        return optimum->candidate_count > 0 &&
               optimise_keeps(&optimum->found.points[optimum->candidates[0]],
                              optimum->ask.bound_count);
    }
    if (optimum->goal_count == 1) {
        return optimum_keeps(optimum, optimum->chosen, 0.5);
    }
    for (size_t p = 1; p < optimum->fresh.design.point_count; p++) {
        if (optimum_keeps(optimum, p, 0.5)) {
            return true;
        }
    }
    return false;
}

bool optimum_on_front(const struct optimum *optimum, size_t point) {
    if (!optimum_keeps(optimum, point, 0.5)) {
        return false;
    }
    for (size_t p = 0; p < optimum->fresh.design.point_count; p++) {
        bool no_worse = small(optimum, p, 0) <= small(optimum, point, 0) &&
                        small(optimum, p, 1) <= small(optimum, point, 1);
        bool better = small(optimum, p, 0) < small(optimum, point, 0) ||
                      small(optimum, p, 1) < small(optimum, point, 1);
        if (no_worse && better && optimum_keeps(optimum, p, 0.5)) {
            return false;
        }
    }
    return true;
}

void optimum_table_pareto(FILE *stream, const struct optimum *optimum) {
    (void)fputs("candidate", stream);
    write_paths(stream, optimum);
    for (size_t g = 0; g < optimum->goal_count; g++) {
        const char *words = optimum->targets[g].words;
        (void)fprintf(stream, ",%s,%s_low,%s_high", words, words, words);
    }
    (void)fputs(",front\n", stream);
    for (size_t p = 1; p < optimum->fresh.design.point_count; p++) {
        (void)fprintf(stream, "%zu", p);
        write_values(stream, &optimum->fresh.design, p);
        for (size_t g = 0; g < optimum->goal_count; g++) {
            const struct score *score = scores_at(&optimum->fresh, p, g);
            double half = target_interval(score->standard_error, optimum->fresh_replications);
            format_csv_number(stream, score->value);
            format_csv_number(stream, score->value - half);
            format_csv_number(stream, score->value + half);
        }
        (void)fprintf(stream, ",%d\n", optimum_on_front(optimum, p));
    }
}

static void write_point(FILE *stream, const struct design *design, size_t point) {
    (void)fputc('{', stream);
    for (size_t a = 0; a < design->axis_count; a++) {
        (void)fputs(a == 0 ? "" : ", ", stream);
        json_string(stream, text_bytes(&design->paths[a]));
        (void)fputs(": ", stream);
        json_value(stream, design_value(design, point, a));
    }
    (void)fputc('}', stream);
}

static void write_candidate(FILE *stream, const struct optimum *optimum, size_t point) {
    (void)fprintf(stream,
                  "    {\"candidate\": %zu, \"chosen\": %s, \"keeps_bounds\": %s, \"values\": ",
                  point, is_chosen(optimum, point) ? "true" : "false",
                  optimum_keeps(optimum, point, 0.5) ? "true" : "false");
    write_point(stream, &optimum->fresh.design, point);
    if (optimum->goal_count > 1) {
        (void)fprintf(stream, ", \"front\": %s",
                      point > 0 && optimum_on_front(optimum, point) ? "true" : "false");
    }
    (void)fputs(", \"targets\": [", stream);
    for (size_t t = 0; t < optimum->target_count; t++) {
        double numbers[ROW_NUMBERS];
        (void)fprintf(stream, "%s\n      {\"target\": ", t == 0 ? "" : ",");
        json_string(stream, optimum->targets[t].words);
        (void)fprintf(stream, ", \"kind\": \"%s\", \"unit\": \"%s\"", kind_of(optimum, t),
                      optimum_unit(optimum, t));
        fill_row(optimum, point, t, numbers);
        for (size_t n = 0; n < ROW_NUMBERS; n++) {
            json_number(stream, ", ", ROW_NAMES[n], numbers[n]);
        }
        (void)fputc('}', stream);
    }
    (void)fputs("]}", stream);
}

void optimum_table_json(FILE *stream, const struct optimum *optimum) {
    bool compared = optimum_compared(optimum);
    (void)fputs("{\n  \"scenario\": ", stream);
    json_string(stream, optimum->scenario->parameters.name);
    (void)fprintf(
        stream,
        ",\n  \"seed\": %" PRIu64 ",\n  \"replications\": %" PRIu64 ",\n  \"fresh_seed\": %" PRIu64
        ",\n  \"fresh_replications\": %" PRIu64
        ",\n  \"evaluations\": %zu,\n  \"evaluations_most\": %zu,\n"
        "  \"complete\": %s,\n  \"exhausted\": %s,\n  \"interrupted\": %s,\n"
        "  \"invalid_points\": %zu,\n  \"keeps_bounds\": %s,\n",
        optimum->seed, optimum->replications, optimum->fresh_seed, optimum->fresh_replications,
        optimum_points(optimum), optimum->evaluations, optimum->found.complete ? "true" : "false",
        optimum->found.exhausted ? "true" : "false", optimum->interrupted ? "true" : "false",
        optimum->wrong_count, optimum_answers(optimum) ? "true" : "false");
    if (!compared && optimum->candidate_count > 0) {
        (void)fputs("  \"best_so_far\": ", stream);
        write_point(stream, &optimum->searched.design, optimum->rows[optimum->candidates[0]]);
        (void)fputs(",\n", stream);
    }
    (void)fputs("  \"candidates\": [\n", stream);
    for (size_t p = 0; compared && p < optimum->fresh.design.point_count; p++) {
        (void)fputs(p == 0 ? "" : ",\n", stream);
        write_candidate(stream, optimum, p);
    }
    (void)fputs("\n  ]\n}\n", stream);
}
