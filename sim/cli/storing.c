#include "cli/storing.h"

#include "base/memory.h"
#include "cli/loading.h"
#include "cli/version.h"
#include "engine/table.h"
#include "report/format.h"
#include "report/summary.h"

#include <stdlib.h>
#include <string.h>

/* What compare decides by without --metric. */
static const char DECIDING[] = "npv";

bool storing_metrics(struct metrics *metrics, const struct scenario *scenario,
                     struct error *error) {
    struct text list = {0};
    for (size_t m = 0; m < metrics->count; m++) {
        text_add(&list, "%s,", metrics->names[m]);
    }
    bool good = summary_add_metrics(&list, scenario, error);
    text_add(&list, "%s", DECIDING);
    good = good && (!list.failed ||
                    error_add(error, ERROR_FAILURE, "not enough memory for the metrics to store"));
    good = good && metrics_read(metrics, text_bytes(&list), error);
    text_free(&list);
    return good;
}

bool storing_identity(struct text *identity, const struct scenario *scenario, struct error *error) {
    char *bytes = NULL;
    size_t length = 0;
    char start[SCENARIO_IDENTITY_SIZE];
    text_free(identity);
    FILE *stream = open_memstream(&bytes, &length);
    bool good = stream != NULL && scenario_write_used(scenario, NULL, stream, error);
    good = (stream == NULL || fclose(stream) == 0) && good;
    if (good) {
        text_add(identity, "# anreiz %s %s %s\n%s", version_number(), version_commit(),
                 scenario_start_identity(scenario, start), bytes);
    }
    free(bytes);
    if ((!good || identity->failed) && error->kind == ERROR_NONE) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the scenario to store");
    }
    return good;
}

/* The series of the metrics, each once, and where they are in the tables of a run. */
static bool find_series(struct storing *storing, const struct parameters *parameters,
                        const struct metrics *metrics, struct error *error) {
    struct table *kept = &storing->kept;
    struct table all;
    bool good = table_list(&all, parameters, error);
    *kept = (struct table){.years = (size_t)parameters->simulation.years};
    kept->series = memory_array(metrics->count, sizeof *kept->series, "series", error);
    storing->series = memory_array(metrics->count, sizeof *storing->series, "series", error);
    good = good && kept->series != NULL && storing->series != NULL;
    for (size_t m = 0; good && m < metrics->count; m++) {
        int series = table_find(&all, parameters, metrics->names[m]);
        if (series >= 0 && table_find(kept, parameters, metrics->names[m]) < 0) {
            storing->series[kept->series_count] = (size_t)series;
            kept->series[kept->series_count++] = all.series[series];
        }
    }
    table_free(&all);
    return good;
}

static struct store_swept as_stored(const struct swept *swept) {
    return (struct store_swept){swept->names, swept->values, swept->count};
}

/* What JSON needs: every series of a run. */
static bool has_all(struct storing *storing, const struct scenario *scenario, bool *all,
                    struct error *error) {
    struct table table;
    bool good = table_list(&table, &scenario->parameters, error);
    *all = true;
    for (size_t s = 0; good && *all && s < table.series_count; s++) {
        struct text name = {0};
        struct store_mean mean;
        series_name(&name, &table.series[s], &scenario->parameters);
        good = store_mean(&storing->store, storing->found.id, text_bytes(&name), &mean, error);
        *all = good && mean.there;
        text_free(&name);
    }
    table_free(&table);
    return good;
}

/* What was found counts only with all that is asked for; a sweep stores fewer series. */
static bool check_found(struct storing *storing, const struct scenario *scenario,
                        const struct metrics *metrics, const struct options *options,
                        struct error *error) {
    long long id = storing->found.id;
    for (size_t m = 0; m < metrics->count; m++) {
        struct store_mean mean;
        if (!store_mean(&storing->store, id, metrics->names[m], &mean, error)) {
            return false;
        }
        if (!mean.there) {
            storing->found.id = 0;
            return true;
        }
    }
    bool all = true;
    if (options->format == FORMAT_JSON && !has_all(storing, scenario, &all, error)) {
        return false;
    }
    if (!all) {
        storing->found.id = 0;
        return true;
    }
    struct swept swept;
    bool good = loading_swept(&swept, options, scenario, error);
    const struct store_swept values = as_stored(&swept);
    good = good && store_add_swept(&storing->store, id, &values, error);
    loading_swept_free(&swept);
    return good;
}

bool storing_open(struct storing *storing, const struct scenario *scenario,
                  const struct metrics *metrics, const struct options *options, bool look,
                  struct error *error) {
    struct metrics all = {0};
    struct text list = {0};
    for (size_t m = 0; m < metrics->count; m++) {
        text_add(&list, "%s%s", m == 0 ? "" : ",", metrics->names[m]);
    }
    bool good = (metrics->count == 0 || metrics_read(&all, text_bytes(&list), error)) &&
                storing_metrics(&all, scenario, error) &&
                find_series(storing, &scenario->parameters, &all, error) &&
                store_open(&storing->store, storing->file, error) &&
                storing_identity(&storing->identity, scenario, error);
    text_free(&list);
    metrics_free(&all);
    if (!good || !look || storing->again) {
        return good;
    }
    const struct store_key key = store_key_of(text_bytes(&storing->identity));
    return store_find(&storing->store, &key, &storing->found, error) &&
           (storing->found.id == 0 || check_found(storing, scenario, metrics, options, error));
}

bool storing_row(struct storing *storing, const struct table *table, const double *values,
                 struct error *error) {
    void *array = storing->rows;
    size_t periods = table_periods(&storing->kept);
    if (!memory_grow(&array, &storing->capacity, storing->used + table_cells(&storing->kept),
                     sizeof *storing->rows, "values to store", error)) {
        return false;
    }
    storing->rows = array;
    for (size_t s = 0; s < storing->kept.series_count; s++) { /* the years and the horizon */
        memcpy(&storing->rows[storing->used],
               &values[storing->series[s] * table_periods(table) + table->months],
               periods * sizeof *values);
        storing->used += periods;
    }
    return true;
}

bool storing_add(struct storing *storing, const struct results *results,
                 const struct options *options, const char *summary, struct error *error) {
    const struct scenario *scenario = results->variants[0].scenario;
    struct swept swept = {0};
    bool good = storing_identity(&storing->identity, scenario,
                                 error) && /* --precision has set the replications */
                loading_swept(&swept, options, scenario, error);
    if (good) {
        const struct store_key key = store_key_of(text_bytes(&storing->identity));
        const struct store_run run = {
            .key = &key,
            .results = results,
            .version = version_number(),
            .revision = version_commit(),
            .summary = summary,
            .swept = as_stored(&swept),
            .kept = &storing->kept,
            .rows = storing->rows,
        };
        good = store_add(&storing->store, &run, storing->again, error);
    }
    loading_swept_free(&swept);
    return good;
}

bool storing_print_row(struct storing *storing, const struct scenario *scenario,
                       const struct options *options, const char *const metrics[],
                       size_t metric_count, FILE *stream, struct error *error) {
    struct swept swept = {0};
    struct text name = {0};
    bool good = loading_swept(&swept, options, scenario, error);
    format_clean(&name, scenario->parameters.name, 0);
    format_csv(stream, text_bytes(&name));
    text_free(&name);
    (void)fprintf(stream, ",%llu,%llu", (unsigned long long)scenario->parameters.simulation.seed,
                  (unsigned long long)scenario->parameters.simulation.replications);
    for (size_t c = 0; good && c < swept.count; c++) {
        (void)fputc(',', stream);
        format_csv(stream, swept.values[c]);
    }
    for (size_t m = 0; good && m < metric_count; m++) {
        struct store_mean mean;
        good = store_mean(&storing->store, storing->found.id, metrics[m], &mean, error);
        format_csv_number(stream, mean.mean);
        format_csv_number(stream, mean.standard_error);
    }
    (void)fputc('\n', stream);
    loading_swept_free(&swept);
    return good;
}

void storing_close(struct storing *storing) {
    store_found_free(&storing->found);
    store_close(&storing->store);
    table_free(&storing->kept);
    text_free(&storing->identity);
    free(storing->series);
    free(storing->rows);
    *storing = (struct storing){0};
}
