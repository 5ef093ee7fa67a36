#include "base/memory.h"
#include "cli/command.h"
#include "cli/compare_store.h"
#include "cli/dry_run.h"
#include "cli/loading.h"
#include "cli/metrics.h"
#include "cli/output.h"
#include "cli/reporting.h"
#include "cli/simulation.h"
#include "cli/talk.h"
#include "cli/terminal.h"
#include "cli/until.h"
#include "cli/writing.h"
#include "report/plots.h"
#include "report/summary.h"
#include "report/verdict.h"

#include <stdlib.h>
#include <string.h>

enum { PLANS_MOST = 32, PLANS_IN_NAME = 3 };

/* One comparison, from the command line to its results; the arrays hold one element a plan, the
 * first is the baseline. */
struct comparison {
    struct options *options;
    bool no_plots;
    struct reporting reporting;
    bool dry_run;
    enum terminal_drawing terminal;
    struct until until;
    size_t count;
    struct scenario *scenarios;
    const struct scenario **pointers; /* to them, as the experiment wants it */
    struct writing *writings;         /* a sub-folder each */
    struct folder folder;
    struct talk talk;
    struct results results;
    const char *metric; /* that decides */
    const char *store;  /* file of --store, or NULL */
    const char *where;
    struct decision_rows rows;
    struct decision decision;
};

enum { OPTION_NO_PLOTS = OPTION_FORMAT + 1, OPTION_METRIC, OPTION_STORE, OPTION_WHERE };

/* What decides when nobody says: the money of the whole horizon and what is left at its end. */
static const char METRIC[] = "npv";

static const struct argp_option OPTIONS[] = {
    {"no-plots", OPTION_NO_PLOTS, NULL, 0, "Leave the pictures to anreiz plot", 0},
    REPORTING_OPTION_ROWS,
    {"metric", OPTION_METRIC, "METRIC", 0,
     "What the best plan is chosen by (npv); anreiz outcomes lists the names", 0},
    {"store", OPTION_STORE, "FILE", 0, "Compare runs of this store instead of scenarios", 0},
    {"where", OPTION_WHERE, "EXPRESSION", 0,
     "Which runs of the store: SQL over name, plans, seed, swept paths, ... (docs/store.md)", 0},
    UNTIL_ROWS,
    DRY_RUN_ROW,
    TERMINAL_ROW,
    OPTIONS_FORMAT_ROW,
    {0}};

static error_t read_own(int key, char *value, struct argp_state *state) {
    struct comparison *comparison = state->input;
    struct options *options = comparison->options;
    switch (key) {
    case OPTION_NO_PLOTS:
        comparison->no_plots = true;
        return 0;
    case OPTION_DRY_RUN:
        comparison->dry_run = true;
        return 0;
    case OPTION_TERMINAL:
        return terminal_read(value, &comparison->terminal, options->error) ? 0 : EINVAL;
    case OPTION_STORE:
        comparison->store = value;
        return 0;
    case OPTION_WHERE:
        comparison->where = value;
        return 0;
    case OPTION_METRIC:
        comparison->metric = value;
        return 0;
    case OPTION_PRECISION:
        return until_read(&comparison->until, value, options->error) ? 0 : EINVAL;
    case OPTION_MAX_REPLICATIONS:
        return options_number("max-replications", value, 1, OPTIONS_REPLICATIONS_MOST,
                              &comparison->until.most, options->error)
                   ? 0
                   : EINVAL;
    case OPTION_FORMAT:
        return options_format(value, &options->format, options->error) ? 0 : EINVAL;
    default:
        return reporting_read_option(key, value, &comparison->reporting, options->error);
    }
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz compare",
    .arguments = "SCENARIO|RUN SCENARIO|RUN ...\n--store FILE [--where EXPRESSION]",
    .examples =
        "\n"
        "  anreiz compare scenarios/short_term_bonus.cfg scenarios/long_term_kam.cfg\n"
        "  anreiz compare scenarios/short_term_bonus.cfg scenarios/hybrid.cfg \\\n"
        "      --precision profit=0.1%\n"
        "  anreiz compare results/short_term_bonus results/hybrid --no-plots\n"
        "  anreiz compare scenarios/*.cfg --metric turnover.kam\n"
        "  anreiz compare --store campaign.sqlite --where \"name LIKE '%kam'\"\n"
        "  anreiz compare --store campaign.sqlite --where 'roles.kam.headcount >= 14'\n"
        "\n"
        "Sets pay plans against each other, the first is the baseline. All meet the same "
        "histories of chance: seed and replications are the baseline's. A finished run is "
        "simulated again from its manifest.cfg, so that the pairing is exact. At the end it "
        "says which plan is the best by --metric, how sure that is and what a wrong choice "
        "costs. With --store nothing is simulated: runs that run and sweep have stored are "
        "compared, the oldest is the baseline, and only with --out a folder is written.\n",
    .notes = "Exit code: 0 done, 1 could not, 2 wrong question, 130 interrupted (what was finished "
             "is kept and marked).",
    .arguments_least = 0, /* with --store; two otherwise */
    .arguments_most = PLANS_MOST,
    .own = &ARGP,
};

static bool allocate(struct comparison *comparison, struct error *error) {
    size_t count = comparison->options->argument_count;
    comparison->scenarios = memory_array(count, sizeof *comparison->scenarios, "scenarios", error);
    comparison->pointers = memory_array(count, sizeof(const struct scenario *), "scenarios", error);
    comparison->writings = memory_array(count, sizeof *comparison->writings, "folders", error);
    if (comparison->scenarios == NULL || comparison->pointers == NULL ||
        comparison->writings == NULL) {
        return false;
    }
    comparison->count = count;
    return true;
}

/* Does the plan have the metric, and is more or less of it better? */
static bool check_metric(const struct comparison *comparison, size_t plan, struct error *error) {
    const char *metric = comparison->metric;
    struct error wrong = {0};
    if (!summary_check_metrics(&comparison->scenarios[plan].parameters, &metric, 1, &wrong)) {
        const char *rest = strchr(error_text(&wrong), ':'); /* its sentence names --metrics */
        (void)error_add(error, ERROR_QUESTION, "--metric, in %s%.*s",
                        comparison->options->arguments[plan],
                        rest == NULL ? 0 : (int)strcspn(rest, "\n"), rest);
        error_free(&wrong);
        return false;
    }
    return metrics_decides(metric, error);
}

/* All are read before the first error is reported, so that one call shows what is wrong. */
static bool load(struct comparison *comparison, struct error *error) {
    const struct options *options = comparison->options;
    const struct parameters *baseline = &comparison->scenarios[0].parameters;
    bool good = true;
    for (size_t n = 0; n < comparison->count; n++) {
        comparison->pointers[n] = &comparison->scenarios[n];
        good = loading_scenario(&comparison->scenarios[n], options->arguments[n], options, error) &&
               good;
    }
    loading_notes(comparison->scenarios, good ? comparison->count : 0, options);
    good = good &&
           until_apply(&comparison->until, options, &comparison->scenarios[0].parameters, error);
    for (size_t n = 1; good && n < comparison->count; n++) {
        struct parameters *other = &comparison->scenarios[n].parameters;
        other->simulation.seed = baseline->simulation.seed;
        other->simulation.replications = baseline->simulation.replications;
        if (other->simulation.years != baseline->simulation.years) {
            good = error_add(error, ERROR_QUESTION,
                             "%s runs %ld years, the baseline %s %ld: a comparison needs the same "
                             "horizon, add --set simulation.years=%ld",
                             options->arguments[n], other->simulation.years, options->arguments[0],
                             baseline->simulation.years, baseline->simulation.years);
        }
    }
    loading_differences(comparison->pointers, good ? comparison->count : 0, options);
    for (size_t n = 0; good && n < comparison->count; n++) {
        good = check_metric(comparison, n, error);
    }
    return good && decision_rows_init(&comparison->rows, comparison->pointers, comparison->count,
                                      comparison->metric, error);
}

static bool same_folder(const struct scenario *one, const struct scenario *other) {
    struct text first = {0};
    struct text second = {0};
    loading_add_name(&first, one);
    loading_add_name(&second, other);
    bool same = strcmp(text_bytes(&first), text_bytes(&second)) == 0;
    text_free(&first);
    text_free(&second);
    return same;
}

/* The name of a plan's sub-folder: its scenario's; as soon as two plans share a name, each gets
 * its number in front. */
static void add_plan_name(struct text *path, const struct comparison *comparison, size_t plan) {
    bool numbered = false;
    for (size_t n = 1; n < comparison->count; n++) {
        for (size_t earlier = 0; earlier < n; earlier++) {
            numbered =
                numbered || same_folder(&comparison->scenarios[earlier], &comparison->scenarios[n]);
        }
    }
    if (numbered) {
        text_add(path, "%zu-", plan + 1);
    }
    loading_add_name(path, &comparison->scenarios[plan]);
}

static void add_default_folder(struct text *path, const struct comparison *comparison) {
    text_add(path, "results/compare");
    for (size_t n = 0; n < comparison->count && n < PLANS_IN_NAME; n++) {
        text_add(path, "-");
        loading_add_name(path, &comparison->scenarios[n]);
    }
    if (comparison->count > PLANS_IN_NAME) {
        text_add(path, "-and-%zu-more", comparison->count - PLANS_IN_NAME);
    }
}

/* For --force later: the folders below that are ours. */
static bool list_folders(const struct comparison *comparison, struct error *error) {
    struct folder_file file;
    if (!folder_begin(&comparison->folder, FOLDER_LIST, &file, error)) {
        return false;
    }
    for (size_t n = 0; n < comparison->count; n++) {
        struct text name = {0};
        add_plan_name(&name, comparison, n);
        (void)fprintf(file.stream, "%s\n", text_bytes(&name));
        text_free(&name);
    }
    return folder_commit(&file, error);
}

static void add_folder(struct text *path, const struct comparison *comparison) {
    if (comparison->options->out != NULL) {
        text_add(path, "%s", comparison->options->out);
    } else {
        add_default_folder(path, comparison);
    }
}

static bool open_folders(struct comparison *comparison, struct error *error) {
    const struct options *options = comparison->options;
    struct text path = {0};
    add_folder(&path, comparison);
    bool good = !path.failed &&
                folder_create(&comparison->folder, text_bytes(&path), options->force, error) &&
                list_folders(comparison, error);
    for (size_t n = 0; good && n < comparison->count; n++) {
        struct text below = {0};
        text_add(&below, "%s/", text_bytes(&path));
        add_plan_name(&below, comparison, n);
        good = !below.failed && writing_open(&comparison->writings[n], text_bytes(&below),
                                             options->force, comparison->pointers[n], error);
        text_free(&below);
    }
    text_free(&path);
    if (!good && error->kind == ERROR_NONE) {
        error_add(error, ERROR_FAILURE, "not enough memory for a path");
    }
    return good;
}

static struct verdict make_verdict(const struct comparison *comparison) {
    return (struct verdict){&comparison->results, &comparison->decision,
                            &OUTCOMES[comparison->rows.outcome], comparison->metric};
}

static bool write_folders(struct comparison *comparison, time_t begun, struct error *error) {
    const struct results *results = &comparison->results;
    const struct verdict verdict = make_verdict(comparison);
    bool good = true;
    comparison->folder.language = comparison->reporting.language;
    for (size_t n = 0; good && n < comparison->count; n++) {
        struct folder *folder = &comparison->writings[n].folder;
        const struct results view = writing_view(results, n);
        folder->language = comparison->reporting.language;
        good = writing_results(&comparison->writings[n], results, n, 0, error) &&
               reporting_write_run(&comparison->reporting, folder, &view, error);
    }
    return good && tables_write_comparison(&comparison->folder, results, error) &&
           verdict_write_tables(&comparison->folder, &verdict, error) &&
           summary_write_verdict(&comparison->folder, &verdict, error) &&
           plots_write(&comparison->folder, results, error) &&
           verdict_plot(&comparison->folder, &verdict, error) &&
           reporting_write_comparison(&comparison->reporting, &comparison->folder, &verdict,
                                      error) &&
           writing_log(&comparison->folder, comparison->options, results, begun, error);
}

/* Header and one row a plan. */
static bool print_rows(const struct comparison *comparison, FILE *file, struct error *error) {
    bool good = true;
    for (size_t n = 0; good && n < comparison->count; n++) {
        struct swept swept;
        good = loading_swept(&swept, comparison->options, comparison->pointers[n], error);
        const struct summary_columns columns = {
            .names = swept.names, .values = swept.values, .count = swept.count};
        if (good && n == 0) {
            summary_header(file, &columns, SUMMARY_METRICS, SUMMARY_METRIC_COUNT);
        }
        good = good && summary_row(file, &comparison->results, n, &columns, SUMMARY_METRICS,
                                   SUMMARY_METRIC_COUNT, error);
        loading_swept_free(&swept);
    }
    return good;
}

static bool print_text(const struct comparison *comparison, FILE *file, struct error *error) {
    struct text text = {0};
    const struct verdict verdict = make_verdict(comparison);
    bool good = summary_text_verdict(&text, &verdict, comparison->options->verbose, error);
    until_describe(&comparison->until, &comparison->results, &text);
    terminal_print(file, text_bytes(&text));
    text_free(&text);
    return good;
}

static bool print_results(const struct comparison *comparison, struct error *error) {
    const struct verdict verdict = make_verdict(comparison);
    struct output output;
    bool good = true;
    if (!output_open(&output, error)) {
        return false;
    }
    switch (comparison->options->format) {
    case FORMAT_CSV:
        good = print_rows(comparison, output.stream, error);
        break;
    case FORMAT_JSON:
        good = summary_print_verdict(output.stream, &verdict, error);
        break;
    case FORMAT_TABLE:
        good = print_text(comparison, output.stream, error);
        break;
    }
    return output_print(&output, good, error);
}

/* Nothing is simulated with --store, nor drawn below the table. */
static bool check_store(const struct comparison *comparison, const struct compare_store *question,
                        struct error *error) {
    const struct options *options = comparison->options;
    bool simulates = options->set_count > 0 || options->seed_given || options->replications > 0 ||
                     until_precision(&comparison->until) != NULL || comparison->until.most > 0 ||
                     comparison->dry_run || comparison->terminal != TERMINAL_NONE;
    return compare_store_check(question, simulates, error);
}

static struct compare_store store_question(struct comparison *comparison) {
    return (struct compare_store){
        .file = comparison->store,
        .where = comparison->where,
        .metric = comparison->metric,
        .most = PLANS_MOST,
        .options = comparison->options,
        .talk = &comparison->talk,
        .no_plots = comparison->no_plots,
        .reporting = &comparison->reporting,
    };
}

static bool check_terminal(const struct comparison *comparison, struct error *error) {
    return comparison->terminal == TERMINAL_NONE ||
           (comparison->options->format == FORMAT_TABLE && !comparison->dry_run) ||
           error_add(error, ERROR_QUESTION,
                     "--terminal draws below the table of a comparison: leave --format and "
                     "--dry-run away");
}

static bool compare_execute(struct comparison *comparison, struct error *error) {
    const struct simulation simulation = {
        .decision = &comparison->rows,
        .scenarios = comparison->pointers,
        .scenario_count = comparison->count,
        .precision = until_precision(&comparison->until),
        .writings = comparison->writings,
        .options = comparison->options,
    };
    if (comparison->dry_run) {
        struct text path = {0};
        add_folder(&path, comparison);
        bool told = dry_run_print(&simulation, text_bytes(&path), error);
        text_free(&path);
        return told;
    }
    time_t begun = time(NULL);
    bool good = simulation_run(&simulation, &comparison->talk, &comparison->results, error);
    if (good && !comparison->results.interrupted && simulation.precision != NULL) {
        for (size_t n = 0; n < comparison->count; n++) { /* what the manifests repeat */
            comparison->scenarios[n].parameters.simulation.replications =
                (long)comparison->results.replications;
        }
        until_say(&comparison->until, &comparison->results, &comparison->talk);
    }
    good = good &&
           decision_make(&comparison->decision, &comparison->rows.tally, comparison->results.seed,
                         error) &&
           write_folders(comparison, begun, error) && print_results(comparison, error);
    good = good && terminal_draw(comparison->terminal, &comparison->folder, &comparison->results,
                                 &comparison->talk, error);
    if (good) {
        const char *path = comparison->folder.path;
        talk_say(&comparison->talk,
                 "%s: comparison.csv, decision.csv, summary.json, a folder for each plan%s", path,
                 reporting_said(&comparison->reporting));
        good =
            (comparison->no_plots || writing_draw(&comparison->folder, &comparison->talk, error)) &&
            simulation_conclude(&comparison->results, path, false, error);
    }
    return good;
}

static void comparison_free(struct comparison *comparison) {
    results_free(&comparison->results);
    decision_free(&comparison->decision);
    decision_rows_free(&comparison->rows);
    for (size_t n = 0; n < comparison->count; n++) {
        writing_close(&comparison->writings[n]);
        scenario_free(&comparison->scenarios[n]);
    }
    writing_close_folder(&comparison->folder);
    until_free(&comparison->until);
    free(comparison->writings);
    free(comparison->pointers);
    free(comparison->scenarios);
}

bool command_compare(struct options *options, int argc, char **argv, struct error *error) {
    struct comparison comparison = {.options = options, .metric = METRIC};
    bool stored = false;
    bool good = options_read(options, &USAGE, &comparison, argc, argv, error);
    if (good) {
        comparison.talk = talk_open(options->quiet, options->verbose);
        const struct compare_store question = store_question(&comparison);
        good = check_store(&comparison, &question, error) && check_terminal(&comparison, error);
        stored = good && question.file != NULL;
        good = good && (!stored || compare_store(&question, error));
    }
    if (good && !stored) {
        good = allocate(&comparison, error) && load(&comparison, error) &&
               (comparison.dry_run || open_folders(&comparison, error)) &&
               compare_execute(&comparison, error);
    }
    comparison_free(&comparison);
    return good;
}
