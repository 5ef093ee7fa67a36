#include "cli/storing.h"

#include "base/memory.h"
#include "cli/loading.h"
#include "cli/version.h"
#include "engine/table.h"
#include "report/format.h"
#include "report/summary.h"

#include <stdlib.h>

/* Kept of every history without --metrics: what the summary shows, and what compare decides by. */
static const char USUAL[] = "turnover,revenue,net_retention,pay_cost,profit,customer_equity,npv";

/* The manifest names the files of a real start; what they hold counts. */
static bool describe(struct storing *storing, const struct scenario *scenario,
                     struct error *error) {
    char *bytes = NULL;
    size_t length = 0;
    char start[SCENARIO_IDENTITY_SIZE];
    text_free(&storing->identity);
    FILE *stream = open_memstream(&bytes, &length);
    bool good = stream != NULL && scenario_write_used(scenario, NULL, stream, error);
    good = (stream == NULL || fclose(stream) == 0) && good;
    if (good) {
        text_add(&storing->identity, "# anreiz %s %s %s\n%s", version_number(), version_commit(),
                 scenario_start_identity(scenario, start), bytes);
    }
    free(bytes);
    if ((!good || storing->identity.failed) && error->kind == ERROR_NONE) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the scenario to store");
    }
    return good;
}

static bool find_series(struct storing *storing, const struct parameters *parameters,
                        struct error *error) {
    struct table table;
    bool good = table_list(&table, parameters, error);
    for (size_t m = 0; good && m < storing->metrics.count; m++) {
        int series = table_find(&table, parameters, storing->metrics.names[m]);
        good = series >= 0 || error_add(error, ERROR_QUESTION, "--metrics: %s is not a metric",
                                        storing->metrics.names[m]);
        storing->series[m] = (size_t)(series < 0 ? 0 : series);
    }
    table_free(&table);
    return good;
}

bool storing_open(struct storing *storing, const struct scenario *scenario,
                  const struct metrics *metrics, bool look, struct error *error) {
    struct text list = {0};
    for (size_t m = 0; m < metrics->count; m++) {
        text_add(&list, "%s%s", m == 0 ? "" : ",", metrics->names[m]);
    }
    bool good =
        metrics_read(&storing->metrics, metrics->count == 0 ? USUAL : text_bytes(&list), error);
    text_free(&list);
    if (!good) {
        return false;
    }
    storing->series =
        memory_array(storing->metrics.count, sizeof *storing->series, "metrics", error);
    if (storing->series == NULL || !find_series(storing, &scenario->parameters, error) ||
        !store_open(&storing->store, storing->file, error) || !describe(storing, scenario, error)) {
        return false;
    }
    const struct store_key key = store_key_of(text_bytes(&storing->identity));
    return !look || storing->again || store_find(&storing->store, &key, &storing->found, error);
}

bool storing_row(struct storing *storing, const struct table *table, const double *values,
                 struct error *error) {
    void *array = storing->values;
    if (!memory_grow(&array, &storing->capacity, storing->used + storing->metrics.count,
                     sizeof *storing->values, "values to store", error)) {
        return false;
    }
    storing->values = array;
    for (size_t m = 0; m < storing->metrics.count; m++) { /* the whole horizon is last */
        storing->values[storing->used++] =
            values[(storing->series[m] + 1) * table_periods(table) - 1];
    }
    return true;
}

bool storing_add(struct storing *storing, const struct results *results,
                 const struct options *options, const char *summary, struct error *error) {
    const struct scenario *scenario = results->variants[0].scenario;
    struct swept swept = {0};
    bool good = describe(storing, scenario, error) && /* --precision has set the replications */
                loading_swept(&swept, options, scenario, error);
    if (good) {
        const struct store_key key = store_key_of(text_bytes(&storing->identity));
        const struct store_run run = {
            .key = &key,
            .results = results,
            .version = version_number(),
            .summary = summary,
            .paths = swept.names,
            .values = swept.values,
            .path_count = swept.count,
            .metrics = storing->metrics.names,
            .metric_count = storing->metrics.count,
            .histories = storing->values,
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
        double mean;
        double standard_error;
        good = store_mean(&storing->store, storing->found.id, metrics[m], &mean, &standard_error,
                          error);
        format_csv_number(stream, mean);
        format_csv_number(stream, standard_error);
    }
    (void)fputc('\n', stream);
    loading_swept_free(&swept);
    return good;
}

void storing_close(struct storing *storing) {
    store_found_free(&storing->found);
    store_close(&storing->store);
    metrics_free(&storing->metrics);
    text_free(&storing->identity);
    free(storing->series);
    free(storing->values);
    *storing = (struct storing){0};
}
