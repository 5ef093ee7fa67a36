#include "report/tables.h"

#include "base/memory.h"
#include "base/text.h"
#include "report/format.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char DISTRIBUTION[] = "mean,standard_error,p5,p10,p25,p50,p75,p90,p95";

/* "monthly.csv", or "monthly-2.csv" for the second plan of several. */
static void file_name(char name[64], const char *start, size_t variant, size_t variant_count) {
    if (variant_count > 1) {
        (void)snprintf(name, 64, "%s-%zu.csv", start, variant + 1);
    } else {
        (void)snprintf(name, 64, "%s.csv", start);
    }
}

static void write_summary(FILE *stream, const struct cell_summary *summary) {
    format_csv_number(stream, summary->mean);
    format_csv_number(stream, summary->standard_error);
    for (size_t p = 0; p < RESULT_PROBABILITIES; p++) {
        format_csv_number(stream, summary->quantile[p]);
    }
}

static void write_key(FILE *stream, const struct series *series,
                      const struct parameters *parameters) {
    struct text metric = {0};
    format_metric(&metric, series, parameters);
    format_csv(stream, text_bytes(&metric));
    text_free(&metric);
    (void)fputc(',', stream);
    format_csv(stream, format_role(series, parameters));
    (void)fputc(',', stream);
    format_csv(stream, format_segment(series, parameters));
}

/* The rows of one series: its months, or its years. */
static bool write_series(FILE *stream, const struct variant *variant, size_t series, bool monthly,
                         struct error *error) {
    const struct table *table = &variant->values;
    size_t periods = monthly ? table->months : table->years;
    for (size_t p = 0; p < periods; p++) {
        struct cell_summary summary;
        const struct cell *cell =
            monthly ? table_month(table, series, p) : table_year(table, series, p);
        if (!format_cell(cell, &summary, error)) {
            return false;
        }
        write_key(stream, &table->series[series], &variant->scenario->parameters);
        (void)fprintf(stream, ",%zu,", p + 1);
        format_csv(stream, OUTCOMES[table->series[series].outcome].unit);
        write_summary(stream, &summary);
        (void)fputc('\n', stream);
    }
    return true;
}

static bool write_periods(const struct folder *folder, const struct results *results,
                          size_t variant, bool monthly, struct error *error) {
    const struct variant *plan = &results->variants[variant];
    struct folder_file file;
    char name[64];
    file_name(name, monthly ? "monthly" : "annual", variant, results->variant_count);
    if (!folder_begin(folder, name, &file, error)) {
        return false;
    }
    (void)fprintf(file.stream, "metric,role,segment,%s,unit,%s\n", monthly ? "month" : "year",
                  DISTRIBUTION);
    bool fine = true;
    for (size_t s = 0; fine && s < plan->values.series_count; s++) {
        if (!monthly || !OUTCOMES[plan->values.series[s].outcome].yearly) {
            fine = write_series(file.stream, plan, s, monthly, error);
        }
    }
    if (!fine) {
        folder_discard(&file);
        return false;
    }
    return folder_commit(&file, error);
}

bool tables_write_monthly(const struct folder *folder, const struct results *results,
                          size_t variant, struct error *error) {
    return write_periods(folder, results, variant, true, error);
}

bool tables_write_annual(const struct folder *folder, const struct results *results, size_t variant,
                         struct error *error) {
    return write_periods(folder, results, variant, false, error);
}

/* "month-1", ..., "year-1", ..., "horizon" */
static void write_period(FILE *stream, const struct table *table, size_t period) {
    if (period < table->months) {
        (void)fprintf(stream, ",month-%zu,", period + 1);
    } else if (period < table->months + table->years) {
        (void)fprintf(stream, ",year-%zu,", period - table->months + 1);
    } else {
        (void)fputs(",horizon,", stream);
    }
}

/* One row of comparison.csv. */
static bool write_difference(FILE *stream, const struct results *results, const char *plan,
                             const struct variant *variant, const struct series *series,
                             size_t period, const struct cell *const cells[3],
                             struct error *error) {
    const struct cell *difference = cells[2];
    const struct outcome *outcome = &OUTCOMES[series->outcome];
    struct cell_summary summary;
    if (!format_cell(difference, &summary, error)) {
        return false;
    }
    struct text baseline = {0};
    format_plan(&baseline, results, 0, 0);
    write_key(stream, series, &variant->scenario->parameters);
    write_period(stream, &variant->differences, period);
    format_csv(stream, outcome->unit);
    (void)fputc(',', stream);
    format_csv(stream, text_bytes(&baseline));
    (void)fputc(',', stream);
    format_csv(stream, plan);
    text_free(&baseline);
    format_csv_number(stream, format_mean(cells[0]));
    format_csv_number(stream, format_mean(cells[1]));
    write_summary(stream, &summary);
    format_csv_number(stream, format_probability_better(difference, outcome));
    format_csv_number(stream, format_share(difference->equal, difference->moments.count));
    double unpaired = moments_variance(&cells[0]->moments) + moments_variance(&cells[1]->moments);
    format_csv_number(stream, unpaired > 0.0
                                  ? 1.0 - moments_variance(&difference->moments) / unpaired
                                  : (double)NAN);
    (void)fputc('\n', stream);
    return true;
}

static bool write_plan_differences(FILE *stream, const struct results *results, size_t variant,
                                   struct error *error) {
    const struct variant *plan = &results->variants[variant];
    const struct variant *baseline = &results->variants[0];
    const struct table *differences = &plan->differences;
    size_t periods = table_periods(differences);
    struct text name = {0};
    format_plan(&name, results, variant, 0);
    bool fine = true;
    for (size_t s = 0; fine && s < differences->series_count; s++) {
        struct text key = {0};
        format_series(&key, &differences->series[s], &plan->scenario->parameters);
        int first =
            table_find(&baseline->values, &baseline->scenario->parameters, text_bytes(&key));
        int second = table_find(&plan->values, &plan->scenario->parameters, text_bytes(&key));
        text_free(&key);
        bool yearly = OUTCOMES[differences->series[s].outcome].yearly;
        for (size_t p = yearly ? differences->months : 0;
             fine && first >= 0 && second >= 0 && p < periods; p++) {
            const struct cell *const cells[3] = {
                &baseline->values.cells[(size_t)first * periods + p],
                &plan->values.cells[(size_t)second * periods + p],
                &differences->cells[s * periods + p],
            };
            fine = write_difference(stream, results, text_bytes(&name), plan,
                                    &differences->series[s], p, cells, error);
        }
    }
    text_free(&name);
    return fine;
}

bool tables_write_comparison(const struct folder *folder, const struct results *results,
                             struct error *error) {
    struct folder_file file;
    if (!folder_begin(folder, "comparison.csv", &file, error)) {
        return false;
    }
    (void)fputs("metric,role,segment,period,unit,baseline,plan,baseline_mean,plan_mean,difference,"
                "standard_error,p5,p10,p25,p50,p75,p90,p95,probability_better,probability_equal,"
                "variance_removed\n",
                file.stream);
    bool fine = true;
    for (size_t v = 1; fine && v < results->variant_count; v++) {
        fine = write_plan_differences(file.stream, results, v, error);
    }
    if (!fine) {
        folder_discard(&file);
        return false;
    }
    return folder_commit(&file, error);
}

bool replications_begin(struct replications_table *table, const struct folder *folder,
                        const struct scenario *const *scenarios, size_t scenario_count,
                        struct error *error) {
    *table = (struct replications_table){.scenarios = scenarios};
    table->files =
        memory_array(scenario_count, sizeof *table->files, "the tables of replications", error);
    table->headed =
        memory_array(scenario_count, sizeof *table->headed, "the tables of replications", error);
    bool fine = table->files != NULL && table->headed != NULL;
    for (size_t s = 0; fine && s < scenario_count; s++) {
        char name[64];
        file_name(name, "replications", s, scenario_count);
        fine = folder_begin(folder, name, &table->files[s], error);
        table->scenario_count = s + 1;
    }
    if (!fine) {
        replications_free(table);
    }
    return fine;
}

bool replications_continue(struct replications_table *table, const struct folder *folder,
                           const struct scenario *const *scenarios, uint64_t length, uint64_t sum,
                           struct error *error) {
    *table = (struct replications_table){.scenarios = scenarios};
    table->files = memory_array(1, sizeof *table->files, "the tables of replications", error);
    table->headed = memory_array(1, sizeof *table->headed, "the tables of replications", error);
    if (table->files == NULL || table->headed == NULL ||
        !folder_continue(folder, "replications.csv", length, sum, table->files, error)) {
        replications_free(table);
        return false;
    }
    table->scenario_count = 1;
    table->headed[0] = length > 0;
    return true;
}

static void write_header(struct replications_table *table, size_t variant,
                         const struct table *shape) {
    FILE *stream = table->files[variant].stream;
    (void)fputs("replication", stream);
    for (size_t s = 0; s < shape->series_count; s++) {
        struct text name = {0};
        format_series(&name, &shape->series[s], &table->scenarios[variant]->parameters);
        (void)fputc(',', stream);
        format_csv(stream, text_bytes(&name));
        text_free(&name);
    }
    (void)fputc('\n', stream);
    table->headed[variant] = true;
}

void replications_head(struct replications_table *table, size_t variant,
                       const struct table *shape) {
    if (!table->headed[variant]) {
        write_header(table, variant, shape);
    }
}

bool replications_row(void *context, size_t variant, uint64_t replication,
                      const struct table *shape, const double *values, struct error *error) {
    struct replications_table *table = context;
    FILE *stream = table->files[variant].stream;
    size_t periods = table_periods(shape);
    replications_head(table, variant, shape);
    errno = 0;
    (void)fprintf(stream, "%llu", (unsigned long long)replication + 1);
    for (size_t s = 0; s < shape->series_count; s++) {
        format_csv_number(stream, values[(s + 1) * periods - 1]); /* the whole horizon is last */
    }
    (void)fputc('\n', stream);
    if (ferror(stream)) { /* say so now, not after the hours that remain */
        return error_add(error, ERROR_FAILURE, "%s/%s: cannot write it: %s",
                         table->files[variant].folder->path, table->files[variant].name,
                         strerror(errno != 0 ? errno : EIO));
    }
    return true;
}

bool replications_finish(struct replications_table *table, const struct results *results,
                         struct error *error) {
    bool fine = true;
    for (size_t s = 0; fine && s < table->scenario_count; s++) {
        if (s < results->variant_count) { /* it may have stopped before the first one */
            replications_head(table, s, &results->variants[s].values);
        }
        fine = folder_commit(&table->files[s], error);
    }
    return fine;
}

void replications_leave(struct replications_table *table) {
    for (size_t s = 0; s < table->scenario_count; s++) {
        folder_leave(&table->files[s]);
    }
    replications_free(table);
}

void replications_free(struct replications_table *table) {
    for (size_t s = 0; s < table->scenario_count; s++) {
        folder_discard(&table->files[s]);
    }
    free(table->files);
    free(table->headed);
    *table = (struct replications_table){0};
}
