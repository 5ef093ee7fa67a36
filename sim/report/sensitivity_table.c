/* sensitivity.csv and its JSON: the same rows. */
#include "base/memory.h"
#include "report/format.h"
#include "report/json.h"
#include "report/sensitivity.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* One row of the table. */
struct line {
    const struct parameters *parameters;
    struct series series;
    const struct outcome *outcome;
    size_t rank;                    /* from 1 */
    const struct design_axis *axis; /* NULL: all parameters together */
    const char *measure;
    const struct sensitivity_estimate *estimate;
};

static void write_csv(FILE *stream, const struct line *line) {
    const char *const fields[] = {line->outcome->name, format_role(&line->series, line->parameters),
                                  format_segment(&line->series, line->parameters),
                                  line->outcome->unit};
    for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++) {
        format_csv(stream, fields[f]);
        (void)fputc(',', stream);
    }
    (void)fprintf(stream, "%zu,", line->rank);
    format_csv(stream, line->axis == NULL ? "all" : text_bytes(&line->axis->path));
    bool range = line->axis != NULL && line->axis->range;
    format_csv_number(stream, range ? line->axis->low : (double)NAN);
    format_csv_number(stream, range ? line->axis->high : (double)NAN);
    (void)fprintf(stream, ",%s", line->measure);
    format_csv_number(stream, line->estimate->value);
    format_csv_number(stream, line->estimate->low);
    format_csv_number(stream, line->estimate->high);
    (void)fputc('\n', stream);
}

static void write_json(FILE *stream, const struct line *line, bool first) {
    bool range = line->axis != NULL && line->axis->range;
    (void)fprintf(stream, "%s    {\"metric\": \"%s\", \"role\": ", first ? "" : ",\n",
                  line->outcome->name);
    json_string(stream, format_role(&line->series, line->parameters));
    (void)fputs(", \"segment\": ", stream);
    json_string(stream, format_segment(&line->series, line->parameters));
    (void)fprintf(stream, ", \"unit\": \"%s\", \"rank\": %zu, \"parameter\": ", line->outcome->unit,
                  line->rank);
    json_string(stream, line->axis == NULL ? "all" : text_bytes(&line->axis->path));
    json_number(stream, ", ", "low", range ? line->axis->low : (double)NAN);
    json_number(stream, ", ", "high", range ? line->axis->high : (double)NAN);
    (void)fprintf(stream, ", \"measure\": \"%s\"", line->measure);
    json_number(stream, ", ", "value", line->estimate->value);
    json_number(stream, ", ", "interval_low", line->estimate->low);
    json_number(stream, ", ", "interval_high", line->estimate->high);
    (void)fputc('}', stream);
}

static bool write_rows(FILE *stream, const struct sensitivity_report *report, bool json,
                       struct error *error) {
    const struct sensitivity_sweep *analysis = report->analysis;
    const struct sweep *sweep = analysis->sweep;
    enum sensitivity_method method = analysis->question.method;
    size_t *order = memory_array(analysis->axes->count, sizeof *order, "parameters", error);
    bool first = true;
    if (order == NULL) {
        return false;
    }
    for (size_t m = 0; m < sweep->metric_count; m++) {
        const struct sensitivity *answer = &analysis->answers[m];
        struct line line = {.parameters = &sweep->scenarios[sweep->plan_count - 1]->parameters};
        if (!sweep_series(line.parameters, sweep->metrics[m], &line.series)) {
            continue;
        }
        line.outcome = &OUTCOMES[line.series.outcome];
        sensitivity_order(answer, order);
        for (size_t r = 0; r < answer->rows; r++) {
            line.rank = r + 1;
            line.axis = method == SENSITIVITY_TWO_LEVEL ? NULL : &analysis->axes->axes[order[r]];
            for (size_t k = 0; k < sensitivity_measures(method); k++) {
                line.measure = sensitivity_measure(method, k);
                line.estimate = sensitivity_at(answer, order[r], k);
                if (json) {
                    write_json(stream, &line, first);
                } else {
                    write_csv(stream, &line);
                }
                first = false;
            }
        }
    }
    free(order);
    return true;
}

bool sensitivity_report_csv(FILE *stream, const struct sensitivity_report *report,
                            struct error *error) {
    (void)fputs("metric,role,segment,unit,rank,parameter,low,high,measure,value,interval_low,"
                "interval_high\n",
                stream);
    return write_rows(stream, report, false, error);
}

bool sensitivity_report_json(FILE *stream, const struct sensitivity_report *report,
                             struct error *error) {
    const struct sensitivity_sweep *analysis = report->analysis;
    const struct sweep *sweep = analysis->sweep;
    (void)fputs("{\n  \"scenario\": ", stream);
    json_string(stream, sweep->scenarios[sweep->plan_count - 1]->parameters.name);
    (void)fputs(",\n  \"compared_with\": ", stream);
    if (report->compared == NULL) {
        (void)fputs("null", stream);
    } else {
        json_string(stream, report->compared);
    }
    (void)fprintf(stream,
                  ",\n  \"method\": \"%s\",\n  \"parameters\": %zu,\n  \"size\": %zu,\n"
                  "  \"points\": %zu,\n  \"replications\": %" PRIu64 ",\n  \"seed\": %" PRIu64
                  ",\n  \"rows\": [\n",
                  SENSITIVITY_NAMES[analysis->question.method], analysis->axes->count,
                  analysis->question.size, report->results->point_count, sweep->replications,
                  sweep->seed);
    bool good = write_rows(stream, report, true, error);
    (void)fputs("\n  ]\n}\n", stream);
    return good;
}

bool sensitivity_report_write(const struct folder *folder, const struct sensitivity_report *report,
                              struct error *error) {
    struct folder_file file;
    if (!folder_begin(folder, "sensitivity.csv", &file, error)) {
        return false;
    }
    if (!sensitivity_report_csv(file.stream, report, error)) {
        folder_discard(&file);
        return false;
    }
    return folder_commit(&file, error);
}
