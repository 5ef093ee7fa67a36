#include "engine/precision.h"
#include "engine/table.h"
#include "report/format.h"
#include "report/json.h"
#include "report/summary.h"

/* {"mean": ..., ..., "p95": ...} without the closing brace. */
static void json_cell(FILE *stream, const struct cell_summary *summary) {
    (void)fputc('{', stream);
    json_number(stream, "", "mean", summary->mean);
    json_number(stream, ", ", "standard_error", summary->standard_error);
    for (size_t p = 0; p < RESULT_PROBABILITIES; p++) {
        char key[16];
        (void)snprintf(key, sizeof key, "p%.0f", 100.0 * RESULT_PROBABILITY[p]);
        json_number(stream, ", ", key, summary->quantile[p]);
    }
}

/* The run of a store that numbers come from; a table has none then. */
struct stored {
    struct store *store;
    long long run;
};

static bool read_cell(const struct table *table, size_t s, bool last, const struct stored *stored,
                      const struct parameters *parameters, struct cell_summary *summary,
                      struct error *error) {
    struct text name = {0};
    if (stored == NULL) {
        return format_cell(last ? table_year(table, s, table->years - 1) : table_horizon(table, s),
                           summary, error);
    }
    series_name(&name, &table->series[s], parameters);
    bool good = store_summary(stored->store, stored->run, text_bytes(&name),
                              last ? table->years : 0, summary, error);
    text_free(&name);
    return good;
}

static bool json_series(FILE *stream, const struct table *table, size_t s, bool difference,
                        const struct stored *stored, const struct parameters *parameters,
                        struct error *error) {
    const struct series *series = &table->series[s];
    const struct outcome *outcome = &OUTCOMES[series->outcome];
    struct text name = {0};
    format_series(&name, series, parameters);
    (void)fputs("        {\"name\": ", stream);
    json_string(stream, text_bytes(&name));
    text_free(&name);
    (void)fputs(", \"metric\": ", stream);
    format_metric(&name, series, parameters);
    json_string(stream, text_bytes(&name));
    text_free(&name);
    (void)fputs(", \"role\": ", stream);
    json_string(stream, format_role(series, parameters));
    (void)fputs(", \"segment\": ", stream);
    json_string(stream, format_segment(series, parameters));
    (void)fputs(", \"unit\": ", stream);
    json_string(stream, outcome->unit);
    for (int last = 0; last < 2; last++) {
        struct cell_summary summary;
        if (!read_cell(table, s, last, stored, parameters, &summary, error)) {
            return false;
        }
        (void)fprintf(stream, ",\n         \"%s\": ", last ? "last_year" : "horizon");
        json_cell(stream, &summary);
        if (difference) {
            const struct cell *cell =
                last ? table_year(table, s, table->years - 1) : table_horizon(table, s);
            json_number(stream, ", ", "probability_better",
                        format_probability_better(cell, outcome));
        }
        (void)fputc('}', stream);
    }
    (void)fprintf(stream, "}%s\n", s + 1 < table->series_count ? "," : "");
    return true;
}

static bool json_table(FILE *stream, const char *key, const struct table *table, bool difference,
                       const struct stored *stored, const struct parameters *parameters,
                       struct error *error) {
    (void)fprintf(stream, ",\n      \"%s\": [\n", key);
    for (size_t s = 0; s < table->series_count; s++) {
        if (!json_series(stream, table, s, difference, stored, parameters, error)) {
            return false;
        }
    }
    (void)fputs("      ]", stream);
    return true;
}

/* Which run of a store it is, and what was varied in it. */
static void json_origin(FILE *stream, const struct origin *origin) {
    (void)fprintf(stream, ",\n      \"run\": %lld, \"swept\": {", origin->run);
    for (size_t p = 0; p < origin->count; p++) {
        (void)fputs(p == 0 ? "" : ", ", stream);
        json_string(stream, origin->paths[p]);
        (void)fputs(": ", stream);
        json_value(stream, origin->values[p]);
    }
    (void)fputc('}', stream);
}

static bool json_plan(FILE *stream, const struct results *results, size_t v,
                      const struct stored *stored, struct error *error) {
    const struct variant *variant = &results->variants[v];
    const struct parameters *parameters = &variant->scenario->parameters;
    struct text name = {0};
    format_plan(&name, results, v, 0);
    (void)fputs("    { \"scenario\": ", stream);
    json_string(stream, text_bytes(&name));
    text_free(&name);
    (void)fputs(",\n      \"question\": ", stream);
    json_string(stream, parameters->question);
    if (variant->origin != NULL) {
        json_origin(stream, variant->origin);
    }
    bool fine = json_table(stream, "series", &variant->values, false, stored, parameters, error) &&
                (v == 0 || json_table(stream, "differences", &variant->differences, true, NULL,
                                      parameters, error));
    (void)fprintf(stream, "\n    }%s\n", v + 1 < results->variant_count ? "," : "");
    return fine;
}

/* How precise each mean was to be, and is. */
static void json_precision(FILE *stream, const struct results *results) {
    const struct precision *precision = results->precision;
    (void)fputs("  \"precision\": [", stream);
    for (size_t t = 0; t < precision->count; t++) {
        const struct precision_target *target = &precision->targets[t];
        double half;
        double wanted;
        precision_state(target, results, &half, &wanted);
        (void)fprintf(stream, "%s\n    {\"metric\": ", t == 0 ? "" : ",");
        json_string(stream, target->metric);
        json_number(stream, ", ", "asked", target->half_width);
        (void)fprintf(stream, ", \"relative\": %s", target->relative ? "true" : "false");
        json_number(stream, ", ", "half_width_asked", wanted);
        json_number(stream, ", ", "half_width", half);
        (void)fprintf(stream, ", \"reached\": %s}", half <= wanted ? "true" : "false");
    }
    (void)fputs("],\n", stream);
}

/* What stands around the plans. */
struct around {
    const struct verdict *verdict; /* of a comparison, or NULL */
    const struct stored *stored;   /* a run that is not simulated, or NULL */
    bool precision;                /* tell it when it was asked for */
};

static bool print_json(FILE *stream, const struct results *results, const struct around *around,
                       struct error *error) {
    (void)fputs("{ \"scenario\": ", stream);
    json_string(stream, results->variants[0].scenario->parameters.name);
    (void)fprintf(stream,
                  ",\n  \"seed\": %llu,\n  \"replications\": %llu,\n  \"replications_asked\": %llu,"
                  "\n  \"interrupted\": %s,\n  \"years\": %zu,\n",
                  (unsigned long long)results->seed, (unsigned long long)results->replications,
                  (unsigned long long)results->replications_asked,
                  results->interrupted ? "true" : "false", results->variants[0].values.years);
    if (around->precision && results->precision != NULL) {
        json_precision(stream, results);
    }
    (void)fputs("  \"plans\": [\n", stream);
    for (size_t v = 0; v < results->variant_count; v++) {
        if (!json_plan(stream, results, v, around->stored, error)) {
            return false;
        }
    }
    (void)fputs("  ]", stream);
    if (around->verdict != NULL) {
        (void)fputs(",\n  \"decision\": ", stream);
        verdict_print_json(stream, around->verdict);
    }
    (void)fputs("\n}\n", stream);
    return true;
}

bool summary_print_json(FILE *stream, const struct results *results, struct error *error) {
    const struct around around = {.precision = true};
    return print_json(stream, results, &around, error);
}

bool summary_print_verdict(FILE *stream, const struct verdict *verdict, struct error *error) {
    const struct around around = {.verdict = verdict, .precision = true};
    return print_json(stream, verdict->results, &around, error);
}

bool summary_print_stored(FILE *stream, const struct scenario *scenario, struct store *store,
                          long long run, struct error *error) {
    const struct stored stored = {store, run};
    const struct around around = {.stored = &stored};
    struct variant variant = {.scenario = scenario};
    const uint64_t replications = (uint64_t)scenario->parameters.simulation.replications;
    const struct results results = {.variants = &variant,
                                    .variant_count = 1,
                                    .seed = scenario->parameters.simulation.seed,
                                    .replications = replications,
                                    .replications_asked = replications};
    bool good = table_list(&variant.values, &scenario->parameters, error) &&
                print_json(stream, &results, &around, error);
    table_free(&variant.values);
    return good;
}

static bool write_json(const struct folder *folder, const struct results *results,
                       const struct verdict *verdict, struct error *error) {
    struct folder_file file;
    if (!folder_begin(folder, "summary.json", &file, error)) {
        return false;
    }
    const struct around around = {.verdict = verdict};
    if (!print_json(file.stream, results, &around, error)) {
        folder_discard(&file);
        return false;
    }
    return folder_commit(&file, error);
}

bool summary_write_json(const struct folder *folder, const struct results *results,
                        struct error *error) {
    return write_json(folder, results, NULL, error);
}

bool summary_write_verdict(const struct folder *folder, const struct verdict *verdict,
                           struct error *error) {
    return write_json(folder, verdict->results, verdict, error);
}
