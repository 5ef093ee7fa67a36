#include "cli/compare_store.h"

#include "base/memory.h"
#include "cli/metrics.h"
#include "cli/output.h"
#include "cli/stored_origins.h"
#include "cli/stored_runs.h"
#include "cli/terminal.h"
#include "cli/writing.h"
#include "engine/table.h"
#include "report/format.h"
#include "report/plots.h"
#include "report/summary.h"
#include "report/tables.h"
#include "report/verdict.h"

#include <stdlib.h>
#include <string.h>

/* One comparison while it is made. */
struct comparing {
    const struct compare_store *question;
    struct stored_runs runs;
    struct stored_origins origins;
    struct results results;
    struct decision_tally tally;
    struct decision decision;
    size_t outcome;
};

static struct verdict make_verdict(const struct comparing *comparing) {
    return (struct verdict){&comparing->results, &comparing->decision,
                            &OUTCOMES[comparing->outcome], comparing->question->metric};
}

/* Why a run cannot be compared by the metric: it is none, or its histories were not kept. */
static bool complain_metric(const struct comparing *comparing, size_t n, struct error *error) {
    const struct stored_runs *runs = &comparing->runs;
    const char *metric = comparing->question->metric;
    struct error wrong = {0};
    struct text kept = {0};
    long long id = runs->choice.entries[n].id;
    if (!summary_check_metrics(&runs->scenarios[n].parameters, &metric, 1, &wrong)) {
        const char *rest = strchr(error_text(&wrong), ':'); /* its sentence names --metrics */
        (void)error_add(error, ERROR_QUESTION, "--metric, in run %lld%.*s", id,
                        rest == NULL ? 0 : (int)strcspn(rest, "\n"), rest);
    } else if (metrics_decides(metric, error)) {
        for (size_t s = 0; s < runs->shapes[n].series_count; s++) {
            text_add(&kept, "%s", s == 0 ? "" : ", ");
            series_name(&kept, &runs->shapes[n].series[s], &runs->scenarios[n].parameters);
        }
        (void)error_add(error, ERROR_QUESTION,
                        "--metric %s: run %lld keeps the histories of %s; those of %s are added by "
                        "the command that made the run with --metrics %s --again",
                        metric, id, text_bytes(&kept), metric, metric);
    }
    text_free(&kept);
    error_free(&wrong);
    return false;
}

/* One value of the metric from each run in every history. */
static bool decide(struct comparing *comparing, struct error *error) {
    const struct stored_runs *runs = &comparing->runs;
    size_t *at = memory_array(runs->count, sizeof *at, "runs", error);
    double *values = memory_array(runs->count, sizeof *values, "runs", error);
    bool good = at != NULL && values != NULL;
    for (size_t n = 0; good && n < runs->count; n++) {
        const struct table *shape = &runs->shapes[n];
        int series = table_find(shape, &runs->scenarios[n].parameters, comparing->question->metric);
        good = series >= 0 || complain_metric(comparing, n, error);
        if (good) {
            at[n] = ((size_t)series + 1) * table_periods(shape) - 1;
            comparing->outcome = shape->series[series].outcome;
        }
    }
    good = good && metrics_decides(comparing->question->metric, error) &&
           decision_tally_init(&comparing->tally, runs->count,
                               OUTCOMES[comparing->outcome].direction == OUTCOME_LOWER_IS_BETTER,
                               error);
    for (size_t r = 0; good && r < comparing->results.replications; r++) {
        for (size_t n = 0; n < runs->count; n++) {
            values[n] = runs->rows[n][r * table_cells(&runs->shapes[n]) + at[n]];
        }
        decision_tally_add(&comparing->tally, values);
    }
    free(at);
    free(values);
    return good &&
           decision_make(&comparing->decision, &comparing->tally, comparing->results.seed, error);
}

/* Every path that was swept in some of the runs, each once. */
static size_t list_paths(const struct stored_runs *runs, const char *paths[]) {
    size_t count = 0;
    for (size_t n = 0; n < runs->count; n++) {
        for (size_t p = 0; p < runs->swept[n].count; p++) {
            const char *path = text_bytes(&runs->swept[n].texts[2 * p]);
            size_t known = 0;
            while (known < count && strcmp(paths[known], path) != 0) {
                known++;
            }
            if (known == count) {
                paths[count++] = path;
            }
        }
    }
    return count;
}

static const char *value_of(const struct store_values *values, const char *path) {
    for (size_t p = 0; p < values->count; p++) {
        if (strcmp(text_bytes(&values->texts[2 * p]), path) == 0) {
            return text_bytes(&values->texts[2 * p + 1]);
        }
    }
    return "";
}

/* Header and one row a run. */
static bool print_rows(const struct comparing *comparing, FILE *file, struct error *error) {
    const struct stored_runs *runs = &comparing->runs;
    size_t most = 0;
    for (size_t n = 0; n < runs->count; n++) {
        most += runs->swept[n].count;
    }
    const char **paths = memory_array(most, sizeof *paths, "swept paths", error);
    const char **values = memory_array(most, sizeof *values, "swept values", error);
    bool good = paths != NULL && values != NULL;
    const size_t count = good ? list_paths(runs, paths) : 0;
    const struct summary_columns columns = {.names = paths, .values = values, .count = count};
    for (size_t n = 0; good && n < runs->count; n++) {
        for (size_t p = 0; p < count; p++) {
            values[p] = value_of(&runs->swept[n], paths[p]);
        }
        if (n == 0) {
            summary_header(file, &columns, SUMMARY_METRICS, SUMMARY_METRIC_COUNT);
        }
        good = summary_row(file, &comparing->results, n, &columns, SUMMARY_METRICS,
                           SUMMARY_METRIC_COUNT, error);
    }
    free(paths);
    free(values);
    return good;
}

/* Which run is which plan of the tables, where names alone do not tell. */
static void add_runs(struct text *text, const struct comparing *comparing) {
    const struct stored_runs *runs = &comparing->runs;
    for (size_t n = 0; n < runs->count; n++) {
        const struct store_entry *entry = &runs->choice.entries[n];
        text_add(text, "run %lld: ", entry->id);
        format_clean(text, text_bytes(&entry->name), 0);
        text_add(text, "%s", entry->swept.length == 0 ? "" : ", ");
        format_clean(text, text_bytes(&entry->swept), 0);
        text_add(text, "%s\n", n == 0 ? " (baseline)" : "");
    }
    text_add(text, "\n");
}

static bool print_text(const struct comparing *comparing, FILE *file, struct error *error) {
    const struct verdict verdict = make_verdict(comparing);
    struct text text = {0};
    if (stored_origins_marked(&comparing->origins)) {
        add_runs(&text, comparing);
    }
    bool good = summary_text_verdict(&text, &verdict, comparing->question->options->verbose, error);
    terminal_print(file, text_bytes(&text));
    text_free(&text);
    return good;
}

static bool print_results(const struct comparing *comparing, struct error *error) {
    const struct verdict verdict = make_verdict(comparing);
    struct output output;
    bool good = true;
    if (!output_open(&output, error)) {
        return false;
    }
    switch (comparing->question->options->format) {
    case FORMAT_CSV:
        good = print_rows(comparing, output.stream, error);
        break;
    case FORMAT_JSON:
        good = summary_print_verdict(output.stream, &verdict, error);
        break;
    case FORMAT_TABLE:
        good = print_text(comparing, output.stream, error);
        break;
    }
    return output_print(&output, good, error);
}

/* The same for those who print rows or JSON, or see names that tell. */
static void tell_runs(const struct comparing *comparing) {
    const struct stored_runs *runs = &comparing->runs;
    if (comparing->question->options->format == FORMAT_TABLE &&
        stored_origins_marked(&comparing->origins)) {
        return;
    }
    for (size_t n = 0; n < runs->count; n++) {
        const struct store_entry *entry = &runs->choice.entries[n];
        const char *swept = text_bytes(&entry->swept);
        talk_say(comparing->question->talk, "(%zu) run %lld: %s%s%s%s", n + 1, entry->id,
                 text_bytes(&entry->name), *swept == '\0' ? "" : ", ", swept,
                 n == 0 ? " (baseline)" : "");
    }
}

static bool write_folder(struct comparing *comparing, time_t begun, struct error *error) {
    const struct compare_store *question = comparing->question;
    const struct verdict verdict = make_verdict(comparing);
    struct folder folder = {0};
    bool good = folder_create(&folder, question->options->out, question->options->force, error);
    if (good) {
        folder.language = question->reporting->language;
        good = tables_write_comparison(&folder, &comparing->results, error) &&
               verdict_write_tables(&folder, &verdict, error) &&
               summary_write_verdict(&folder, &verdict, error) &&
               plots_write_style(&folder, error) && verdict_plot(&folder, &verdict, error) &&
               reporting_write_comparison(question->reporting, &folder, &verdict, error) &&
               writing_log(&folder, question->options, &comparing->results, begun, error);
    }
    if (good) {
        talk_say(
            question->talk,
            "%s: comparison.csv, decision.csv, decision_pairs.csv, summary.json%s; a store has "
            "years, not months: pictures over time come from anreiz compare with scenarios",
            folder.path, reporting_said(question->reporting));
        good = question->no_plots || writing_draw(&folder, question->talk, error);
    }
    writing_close_folder(&folder);
    return good;
}

bool compare_store_check(const struct compare_store *question, bool simulates,
                         struct error *error) {
    const struct options *options = question->options;
    if (question->file == NULL && question->where != NULL) {
        return error_add(error, ERROR_QUESTION,
                         "--where chooses runs of a store: add --store FILE");
    }
    if (question->file == NULL) {
        return options->argument_count >= 2 ||
               error_add(error, ERROR_QUESTION,
                         "something is missing: two scenarios or more, or --store FILE; see "
                         "anreiz compare --help");
    }
    if (options->argument_count > 0) {
        return error_add(error, ERROR_QUESTION,
                         "%s: --store compares the runs that --where finds in it; leave the "
                         "scenario away, or --store",
                         options->arguments[0]);
    }
    return !simulates ||
           error_add(error, ERROR_QUESTION,
                     "--store compares runs as they were stored: leave --set, --seed, "
                     "--replications, --precision, --max-replications, --dry-run and --terminal "
                     "away; --where chooses, as in --where 'seed = 2'");
}

bool compare_store(const struct compare_store *question, struct error *error) {
    struct comparing comparing = {.question = question};
    struct stored_runs *runs = &comparing.runs;
    time_t begun = time(NULL);
    bool good = stored_runs_choose(runs, question->file, question->where, question->most, error) &&
                stored_runs_load(runs, error) &&
                histories_results(&comparing.results, runs->pointers, runs->histories, runs->count,
                                  (uint64_t)runs->choice.entries[0].seed,
                                  (uint64_t)runs->choice.entries[0].replications, error) &&
                stored_origins_mark(&comparing.origins, runs, &comparing.results, error) &&
                decide(&comparing, error);
    if (good) {
        tell_runs(&comparing);
        good = print_results(&comparing, error) &&
               (question->options->out == NULL || write_folder(&comparing, begun, error));
    }
    decision_free(&comparing.decision);
    decision_tally_free(&comparing.tally);
    results_free(&comparing.results);
    stored_origins_free(&comparing.origins);
    stored_runs_close(runs);
    return good;
}
