#include "report/sweep_table.h"

#include "data/rows.h"
#include "report/format.h"
#include "report/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SUMMARY_NUMBERS = 2 + RESULT_PROBABILITIES, CELL_NUMBERS = 2 * SUMMARY_NUMBERS + 1 };

static const char *const NUMBER_NAMES[CELL_NUMBERS] = {
    "mean",
    "standard_error",
    "p5",
    "p10",
    "p25",
    "p50",
    "p75",
    "p90",
    "p95",
    "difference",
    "difference_standard_error",
    "difference_p5",
    "difference_p10",
    "difference_p25",
    "difference_p50",
    "difference_p75",
    "difference_p90",
    "difference_p95",
    "probability_better",
};

/* Where a number of a cell is, in the order of the names. */
static double *cell_number(struct sweep_cell *cell, size_t number) {
    if (number == CELL_NUMBERS - 1) {
        return &cell->better;
    }
    struct cell_summary *summary = number < SUMMARY_NUMBERS ? &cell->values : &cell->difference;
    size_t at = number % SUMMARY_NUMBERS;
    return at == 0   ? &summary->mean
           : at == 1 ? &summary->standard_error
                     : &summary->quantile[at - 2];
}

static const struct parameters *parameters_at(const struct sweep *sweep, size_t point,
                                              size_t plan) {
    return &sweep->scenarios[point * sweep->plan_count + plan]->parameters;
}

static void write_names(FILE *stream, const struct sweep *sweep) {
    (void)fputs("point", stream);
    for (size_t a = 0; a < sweep->design->axis_count; a++) {
        (void)fputc(',', stream);
        format_csv(stream, text_bytes(&sweep->design->paths[a]));
    }
}

static void write_values(FILE *stream, const struct sweep *sweep, size_t point) {
    (void)fprintf(stream, "%zu", sweep_label(sweep, point));
    for (size_t a = 0; a < sweep->design->axis_count; a++) {
        (void)fputc(',', stream);
        format_csv(stream, design_value(sweep->design, point, a));
    }
}

void sweep_table_design(FILE *stream, const struct sweep *sweep) {
    write_names(stream, sweep);
    (void)fputc('\n', stream);
    for (size_t p = sweep->as_it_stands; p < sweep->design->point_count; p++) {
        write_values(stream, sweep, p);
        (void)fputc('\n', stream);
    }
}

/* A row of the table: which point, plan and metric, and what they are called. */
struct row {
    size_t point;
    size_t plan;
    size_t metric;
    const struct parameters *parameters;
    struct series series;
    struct sweep_cell *cell;
};

/* The next row of the points that are done, in the order of the table; a zeroed `row` and
 * `*begun` false begin. */
static bool next_row(const struct sweep *sweep, const struct sweep_results *results,
                     struct row *row, bool *begun) {
    for (;;) {
        row->metric += *begun;
        *begun = true;
        if (row->metric == sweep->metric_count) {
            row->metric = 0;
            row->plan++;
        }
        if (row->plan == sweep->plan_count) {
            row->plan = 0;
            row->point++;
        }
        if (row->point == sweep->design->point_count) {
            return false;
        }
        row->parameters = parameters_at(sweep, row->point, row->plan);
        row->cell = sweep_cell(results, row->point, row->plan, row->metric);
        if (results->done[row->point] &&
            sweep_series(row->parameters, sweep->metrics[row->metric], &row->series)) {
            return true;
        }
    }
}

void sweep_table_print(FILE *stream, const struct sweep *sweep,
                       const struct sweep_results *results) {
    struct row row = {0};
    bool begun = false;
    write_names(stream, sweep);
    (void)fputs(",plan,metric,role,segment,unit", stream);
    for (size_t n = 0; n < CELL_NUMBERS; n++) {
        (void)fprintf(stream, ",%s", NUMBER_NAMES[n]);
    }
    (void)fputc('\n', stream);
    while (next_row(sweep, results, &row, &begun)) {
        write_values(stream, sweep, row.point);
        const struct outcome *outcome = &OUTCOMES[row.series.outcome];
        const char *const fields[] = {row.parameters->name, outcome->name,
                                      format_role(&row.series, row.parameters),
                                      format_segment(&row.series, row.parameters), outcome->unit};
        for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++) {
            (void)fputc(',', stream);
            format_csv(stream, fields[f]);
        }
        for (size_t n = 0; n < CELL_NUMBERS; n++) {
            format_csv_number(stream, *cell_number(row.cell, n));
        }
        (void)fputc('\n', stream);
    }
}

bool sweep_table_write(const struct folder *folder, const struct sweep *sweep,
                       const struct sweep_results *results, struct error *error) {
    struct folder_file file;
    if (!folder_begin(folder, "sweep.csv", &file, error)) {
        return false;
    }
    sweep_table_print(file.stream, sweep, results);
    return folder_commit(&file, error);
}

static void write_object(FILE *stream, const struct sweep *sweep, const struct row *row) {
    const struct outcome *outcome = &OUTCOMES[row->series.outcome];
    (void)fprintf(stream, "    {\"point\": %zu, \"values\": {", sweep_label(sweep, row->point));
    for (size_t a = 0; a < sweep->design->axis_count; a++) {
        (void)fputs(a == 0 ? "" : ", ", stream);
        json_string(stream, text_bytes(&sweep->design->paths[a]));
        (void)fputs(": ", stream);
        json_value(stream, design_value(sweep->design, row->point, a));
    }
    (void)fputs("}, \"plan\": ", stream);
    json_string(stream, row->parameters->name);
    (void)fprintf(stream, ", \"metric\": \"%s\", \"role\": ", outcome->name);
    json_string(stream, format_role(&row->series, row->parameters));
    (void)fputs(", \"segment\": ", stream);
    json_string(stream, format_segment(&row->series, row->parameters));
    (void)fprintf(stream, ", \"unit\": \"%s\"", outcome->unit);
    for (size_t n = 0; n < CELL_NUMBERS; n++) {
        json_number(stream, ", ", NUMBER_NAMES[n], *cell_number(row->cell, n));
    }
    (void)fputc('}', stream);
}

void sweep_table_json(FILE *stream, const struct sweep *sweep,
                      const struct sweep_results *results) {
    struct row row = {0};
    bool begun = false;
    bool first = true;
    (void)fputs("{\n  \"scenario\": ", stream);
    json_string(stream, parameters_at(sweep, 0, sweep->plan_count - 1)->name);
    (void)fputs(",\n  \"compared_with\": ", stream);
    if (sweep->plan_count > 1) {
        json_string(stream, parameters_at(sweep, 0, 0)->name);
    } else if (sweep->baseline < sweep->design->point_count) {
        (void)fprintf(stream, "%zu", sweep_label(sweep, sweep->baseline));
    } else {
        (void)fputs("null", stream);
    }
    (void)fprintf(stream,
                  ",\n  \"seed\": %" PRIu64 ",\n  \"replications\": %" PRIu64
                  ",\n  \"interrupted\": %s,\n  \"rows\": [\n",
                  sweep->seed, sweep->replications, results->interrupted ? "true" : "false");
    while (next_row(sweep, results, &row, &begun)) {
        (void)fputs(first ? "" : ",\n", stream);
        write_object(stream, sweep, &row);
        first = false;
    }
    (void)fputs("\n  ]\n}\n", stream);
}

static bool complain(const char *path, struct error *error) {
    return error_add(error, ERROR_QUESTION,
                     "%s: this is not the table of an interrupted sweep of these points; begin "
                     "again with --force",
                     path);
}

/* Whether a row of the file is the one that is expected, but for its numbers. */
static bool same_row(const struct rows *rows, size_t at, const struct sweep *sweep,
                     const struct row *row) {
    const char *const fields[] = {row->parameters->name, OUTCOMES[row->series.outcome].name,
                                  format_role(&row->series, row->parameters),
                                  format_segment(&row->series, row->parameters)};
    size_t axes = sweep->design->axis_count;
    bool same = true;
    for (size_t a = 0; a < axes; a++) {
        same = same &&
               strcmp(rows_cell(rows, at, a + 1), design_value(sweep->design, row->point, a)) == 0;
    }
    for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++) {
        same = same && strcmp(rows_cell(rows, at, axes + 1 + f), fields[f]) == 0;
    }
    return same;
}

static bool read_numbers(const struct rows *rows, size_t at, size_t from, struct sweep_cell *cell) {
    for (size_t n = 0; n < CELL_NUMBERS; n++) {
        const char *text = rows_cell(rows, at, from + n);
        char *end = NULL;
        double value = strtod(text, &end);
        if (*end != '\0') {
            return false;
        }
        *cell_number(cell, n) = end == text ? (double)NAN : value;
    }
    return true;
}

/* Marks the points that the file names. */
static bool mark_points(const struct rows *rows, const struct sweep *sweep,
                        struct sweep_results *results) {
    for (size_t r = 0; r < rows->count; r++) {
        char *end = NULL;
        unsigned long label = strtoul(rows_cell(rows, r, 0), &end, 10);
        size_t point = sweep->as_it_stands ? label : label - 1; /* 0 - 1 is beyond all points */
        if (*end != '\0' || point >= sweep->design->point_count) {
            return false;
        }
        results->done_count += !results->done[point];
        results->done[point] = true;
    }
    return true;
}

static bool take_rows(const struct rows *rows, const struct sweep *sweep,
                      struct sweep_results *results) {
    size_t before = 1 + sweep->design->axis_count + 5;
    struct row row = {0};
    bool begun = false;
    size_t at = 0;
    if (rows->columns != before + CELL_NUMBERS || !mark_points(rows, sweep, results)) {
        return false;
    }
    for (; next_row(sweep, results, &row, &begun); at++) {
        if (at == rows->count || !same_row(rows, at, sweep, &row) ||
            !read_numbers(rows, at, before, row.cell)) {
            return false;
        }
    }
    return at == rows->count;
}

bool sweep_table_read(const char *path, const struct sweep *sweep, struct sweep_results *results,
                      struct error *error) {
    struct rows rows;
    if (!rows_read(&rows, path, error)) {
        return false;
    }
    bool good = take_rows(&rows, sweep, results) || complain(path, error);
    rows_free(&rows);
    return good;
}
