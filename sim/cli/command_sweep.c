#include "base/memory.h"
#include "cli/command.h"
#include "cli/dry_run.h"
#include "cli/interrupt.h"
#include "cli/loading.h"
#include "cli/metrics.h"
#include "cli/output.h"
#include "cli/reporting.h"
#include "cli/sweep_axes.h"
#include "cli/sweep_folder.h"
#include "cli/sweep_points.h"
#include "cli/sweep_storing.h"
#include "cli/talk.h"
#include "cli/writing.h"
#include "report/format.h"
#include "report/summary.h"
#include "report/sweep_plots.h"
#include "report/sweep_table.h"
#include "report/sweep_text.h"

#include <stdlib.h>
#include <string.h>

/* One sweep, from the command line to its results. */
struct sweeping {
    struct options *options;
    struct design_axes axes;
    const char *design_word; /* of --design; NULL: grid */
    uint64_t points;         /* of --points; 0: not given */
    const char *baseline_word;
    const char *against;
    struct metrics metrics;
    bool resume;
    bool dry_run;
    bool no_plots;
    struct reporting reporting;
    struct scenario plans[SWEEP_PLANS_MOST]; /* as they stand */
    const struct scenario *plan_pointers[SWEEP_PLANS_MOST];
    const char *plan_names[SWEEP_PLANS_MOST]; /* as the user named them */
    struct design design;
    struct sweep_points scenarios;
    struct sweep sweep;
    struct sweep_results results;
    struct sweep_folder folder;
    struct sweep_storing storing;
    struct talk talk;
};

enum {
    OPTION_VARY = OPTION_FORMAT + 1,
    OPTION_DESIGN,
    OPTION_POINTS,
    OPTION_BASELINE,
    OPTION_AGAINST,
    OPTION_METRICS,
    OPTION_RESUME_SWEEP,
    OPTION_NO_PLOTS,
    OPTION_STORE,
    OPTION_AGAIN
};

static const struct argp_option OPTIONS[] = {
    {"vary", OPTION_VARY, "PATH=LOW:HIGH:N|PATH=A,B,...", 0,
     "A parameter and its values; any number of times", 0},
    {"design", OPTION_DESIGN, "grid|latin|sobol|FILE", 0,
     "How the points are laid; FILE: a table with a column for each path", 0},
    {"points", OPTION_POINTS, "N", 0, "Number of points of latin and sobol", 0},
    {"metrics", OPTION_METRICS, "LIST", 0,
     "Metrics, separated by commas: profit,turnover.kam; the first ones are drawn", 0},
    {"baseline", OPTION_BASELINE, "scenario|none|K", 0,
     "Compare every point with the scenario as it stands (the default) or with point K", 0},
    {"against", OPTION_AGAINST, "SCENARIO", 0,
     "Run this scenario too at every point, and compare it with the first", 0},
    {"resume", OPTION_RESUME_SWEEP, NULL, 0, "Go on with an interrupted sweep", 0},
    {"store", OPTION_STORE, "FILE", 0,
     "Put every point into this store as a run; points that it has are not simulated", 0},
    {"again", OPTION_AGAIN, NULL, 0, "Simulate also the points that the store has", 0},
    {"no-plots", OPTION_NO_PLOTS, NULL, 0, "Leave the pictures to anreiz plot", 0},
    REPORTING_OPTION_ROWS,
    DRY_RUN_ROW,
    OPTIONS_FORMAT_ROW,
    {0}};

static error_t read_own(int key, char *value, struct argp_state *state) {
    struct sweeping *sweeping = state->input;
    struct error *error = sweeping->options->error;
    bool good = true;
    switch (key) {
    case OPTION_VARY:
        good = sweep_axes_add(&sweeping->axes, value, error);
        break;
    case OPTION_DESIGN:
        sweeping->design_word = value;
        break;
    case OPTION_POINTS:
        good = options_number("points", value, 1, DESIGN_POINTS_MOST, &sweeping->points, error);
        break;
    case OPTION_METRICS:
        good = metrics_read(&sweeping->metrics, value, error);
        break;
    case OPTION_BASELINE:
        sweeping->baseline_word = value;
        break;
    case OPTION_AGAINST:
        sweeping->against = value;
        break;
    case OPTION_RESUME_SWEEP:
        sweeping->resume = true;
        break;
    case OPTION_STORE:
        sweeping->storing.file = value;
        break;
    case OPTION_AGAIN:
        sweeping->storing.again = true;
        break;
    case OPTION_NO_PLOTS:
        sweeping->no_plots = true;
        break;
    case OPTION_DRY_RUN:
        sweeping->dry_run = true;
        break;
    case OPTION_FORMAT:
        good = options_format(value, &sweeping->options->format, error);
        break;
    default:
        return reporting_read_option(key, value, &sweeping->reporting, error);
    }
    return good ? 0 : EINVAL;
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz sweep",
    .arguments = "SCENARIO",
    .examples =
        "\n"
        "  anreiz sweep scenarios/long_term_kam.cfg \\\n"
        "      --vary roles.kam.turnover.annual=0.05:0.3:6\n"
        "  anreiz sweep scenarios/hybrid.cfg --vary roles.kam.headcount=8:16:5 \\\n"
        "      --vary roles.kam.plan=kam_mixed,kam_lti,kam_quarterly_bonus\n"
        "  anreiz sweep scenarios/greentech_sales.cfg \\\n"
        "      --against scenarios/greentech.cfg \\\n"
        "      --vary roles.kam.normal_accounts=3:7:5 \\\n"
        "      --vary segments.key.complexity=0.2:1:5\n"
        "  anreiz sweep scenarios/hybrid.cfg --design sobol --points 64 \\\n"
        "      --vary roles.kam.effort.response=0.1:0.6 \\\n"
        "      --vary roles.sales.turnover.annual=0.1:0.4\n"
        "  anreiz sweep scenarios/hybrid.cfg --vary roles.kam.headcount=8:16:5 \\\n"
        "      --store campaign.sqlite\n"
        "\n"
        "Simulates a scenario at many points under the same chance: a table, line plots for one "
        "axis, heat maps with the break-even line for two. A path is what --set takes: also "
        "elements of lists (plans.kam_lti.components.[0].target), headcounts, plans by name.\n",
    .notes = "Exit code: 0 done, 1 could not, 2 wrong question, 130 interrupted (finished points "
             "are kept; --resume goes on, --store finds them).",
    .arguments_least = 1,
    .arguments_most = 1,
    .own = &ARGP,
};

static enum design_kind design_kind(const char *word) {
    enum design_kind kind = DESIGN_GRID;
    while (word != NULL && kind != DESIGN_FILE && strcmp(DESIGN_NAMES[kind], word) != 0) {
        kind++;
    }
    return kind;
}

static bool make_design(struct sweeping *sweeping, struct error *error) {
    enum design_kind kind = design_kind(sweeping->design_word);
    uint64_t seed = sweeping->plans[0].parameters.simulation.seed;
    if (kind == DESIGN_FILE && sweeping->axes.count > 0) {
        return error_add(error, ERROR_QUESTION,
                         "--design %s: the file tells what is varied; leave --vary away, or the "
                         "file (other designs: grid, latin, sobol)",
                         sweeping->design_word);
    }
    if (kind != DESIGN_FILE && sweeping->axes.count == 0) {
        return error_add(error, ERROR_QUESTION,
                         "what is to be varied? For example --vary "
                         "roles.kam.turnover.annual=0.1:0.3:5, see anreiz sweep --help");
    }
    if (sweeping->points > 0 && (kind == DESIGN_FILE || kind == DESIGN_GRID)) {
        return error_add(error, ERROR_QUESTION,
                         "--points is for --design latin and sobol; a %s tells its points itself",
                         DESIGN_NAMES[kind]);
    }
    return kind == DESIGN_FILE ? sweep_axes_file(&sweeping->design, sweeping->design_word, error)
                               : design_make(&sweeping->design, kind, &sweeping->axes,
                                             (size_t)sweeping->points, seed, error);
}

/* What the points are compared with. */
static bool set_baseline(struct sweeping *sweeping, struct error *error) {
    struct sweep *sweep = &sweeping->sweep;
    const char *word = sweeping->baseline_word;
    uint64_t point = 0;
    sweep->baseline = SIZE_MAX;
    if (sweeping->against != NULL) {
        return word == NULL ||
               error_add(error, ERROR_QUESTION,
                         "--baseline and --against do not go together: with --against the two "
                         "scenarios are compared at each point");
    }
    if (word != NULL && strcmp(word, "none") == 0) {
        return true;
    }
    if (word == NULL || strcmp(word, "scenario") == 0) {
        sweep->as_it_stands = true;
        sweep->baseline = 0;
        return sweep_points_prepend(&sweeping->design, &sweeping->plans[0], error);
    }
    struct error wrong = {0};
    bool good = options_number("baseline", word, 1, sweeping->design.point_count, &point, &wrong);
    error_free(&wrong);
    sweep->baseline = (size_t)point - 1;
    return good || error_add(error, ERROR_QUESTION,
                             "--baseline %s: write scenario, none, or the number of a point from "
                             "1 to %zu",
                             word, sweeping->design.point_count);
}

/* Both plans of a point need the same horizon. */
static bool check_years(const struct sweeping *sweeping, struct error *error) {
    const struct sweep *sweep = &sweeping->sweep;
    for (size_t p = 0; sweep->plan_count > 1 && p < sweep->design->point_count; p++) {
        long first = sweep->scenarios[2 * p]->parameters.simulation.years;
        long second = sweep->scenarios[2 * p + 1]->parameters.simulation.years;
        if (first != second) {
            return error_add(error, ERROR_QUESTION,
                             "%s runs %ld years, %s %ld: a comparison needs the same horizon, add "
                             "--set simulation.years=%ld",
                             sweeping->plan_names[1], second, sweeping->plan_names[0], first,
                             first);
        }
    }
    return true;
}

static bool load_plans(struct sweeping *sweeping, struct error *error) {
    const struct options *options = sweeping->options;
    bool good = true;
    sweeping->plan_names[0] = options->arguments[0];
    sweeping->plan_names[1] = sweeping->against;
    sweeping->sweep.plan_count = sweeping->against == NULL ? 1 : 2;
    for (size_t p = 0; p < sweeping->sweep.plan_count; p++) {
        sweeping->plan_pointers[p] = &sweeping->plans[p];
        good =
            loading_scenario(&sweeping->plans[p], sweeping->plan_names[p], options, error) && good;
    }
    loading_notes(sweeping->plans, good ? sweeping->sweep.plan_count : 0, options);
    return good;
}

static bool choose_metrics(struct sweeping *sweeping, struct error *error) {
    struct sweep *sweep = &sweeping->sweep;
    struct metrics *metrics = &sweeping->metrics;
    bool given = metrics->count > 0;
    if (!given && !metrics_usual(metrics, &sweeping->plans[0].parameters, error)) {
        return false;
    }
    sweep->metrics = metrics->names;
    sweep->metric_count = metrics->count;
    return !given || summary_check_metrics(&sweeping->plans[0].parameters, metrics->names,
                                           metrics->count, error);
}

/* Everything that can be wrong with the question is said here, before anything is simulated. */
static bool ask(struct sweeping *sweeping, struct error *error) {
    struct sweep *sweep = &sweeping->sweep;
    const struct options *options = sweeping->options;
    if (!sweep_storing_check(&sweeping->storing, sweeping->dry_run, error) ||
        !load_plans(sweeping, error) || !choose_metrics(sweeping, error) ||
        !make_design(sweeping, error) || !set_baseline(sweeping, error) ||
        !sweep_points_load(&sweeping->scenarios, &sweeping->design, sweep->as_it_stands,
                           sweeping->plan_names, sweep->plan_count, options, error)) {
        return false;
    }
    const struct parameters *parameters = &sweeping->plans[0].parameters;
    sweep->design = &sweeping->design;
    sweep->scenarios = sweeping->scenarios.pointers;
    sweep->seed = parameters->simulation.seed;
    sweep->replications = (uint64_t)parameters->simulation.replications;
    sweep->threads = options->threads;
    sweep->stop = interrupt_flag();
    return check_years(sweeping, error);
}

static void add_folder(const struct sweeping *sweeping, struct text *path) {
    if (sweeping->options->out != NULL) {
        text_add(path, "%s", sweeping->options->out);
        return;
    }
    text_add(path, "results/sweep-");
    loading_add_name(path, &sweeping->plans[0]);
    if (sweeping->against != NULL) {
        text_add(path, "-against-");
        loading_add_name(path, &sweeping->plans[1]);
    }
}

static bool open_folder(struct sweeping *sweeping, struct error *error) {
    struct text path = {0};
    add_folder(sweeping, &path);
    sweeping->folder.sweep = &sweeping->sweep;
    sweeping->folder.results = &sweeping->results;
    sweeping->folder.plans = sweeping->plan_pointers;
    sweeping->folder.options = sweeping->options;
    bool good = !path.failed || error_add(error, ERROR_FAILURE, "not enough memory for a path");
    good = good && sweep_results_init(&sweeping->results, &sweeping->sweep, error) &&
           sweep_folder_open(&sweeping->folder, text_bytes(&path), sweeping->resume, error);
    text_free(&path);
    return good;
}

static bool print_results(struct sweeping *sweeping, struct error *error) {
    const struct sweep *sweep = &sweeping->sweep;
    struct output output;
    struct text text = {0};
    bool good = true;
    if (!output_open(&output, error)) {
        return false;
    }
    switch (sweeping->options->format) {
    case FORMAT_CSV:
        sweep_table_print(output.stream, sweep, &sweeping->results);
        break;
    case FORMAT_JSON:
        sweep_table_json(output.stream, sweep, &sweeping->results);
        break;
    case FORMAT_TABLE:
        good = sweep_text(&text, sweep, &sweeping->results, error);
        (void)fputs(text_bytes(&text), output.stream);
        text_free(&text);
        break;
    }
    return output_print(&output, good, error);
}

static bool simulate(struct sweeping *sweeping, struct error *error) {
    struct sweep *sweep = &sweeping->sweep;
    struct sweep_results *results = &sweeping->results;
    sweep_storing_ask(&sweeping->storing, results);
    if (results->done_count > 0) {
        talk_say(&sweeping->talk, "%zu of %zu points are done already", results->done_count,
                 results->point_count);
    }
    sweep->point = sweep_folder_point;
    sweep->point_context = &sweeping->folder;
    sweep->progress = talk_progress;
    sweep->progress_context = &sweeping->talk;
    talk_progress_begin(&sweeping->talk, sweeping->plans[0].parameters.name,
                        (results->point_count - results->done_count) * sweep->replications);
    bool good = sweep_run(sweep, results, error);
    talk_progress_end(&sweeping->talk);
    sweep_storing_tell(&sweeping->storing, results, &sweeping->talk);
    if (good && results->done_count == 0) {
        return error_add(error, ERROR_INTERRUPTED,
                         "interrupted before the first point was finished, nothing is kept");
    }
    return good;
}

static bool execute(struct sweeping *sweeping, struct error *error) {
    time_t begun = time(NULL);
    const struct sweep_results *results = &sweeping->results;
    struct folder *folder = &sweeping->folder.folder;
    folder->language = sweeping->reporting.language;
    if (!simulate(sweeping, error) || !sweep_folder_finish(&sweeping->folder, begun, error) ||
        !sweep_plots_write(folder, &sweeping->sweep, results, error) ||
        !reporting_write_sweep(&sweeping->reporting, folder, &sweeping->sweep, results, error) ||
        !print_results(sweeping, error)) {
        return false;
    }
    talk_say(&sweeping->talk, "%s: sweep.csv, design.csv, manifest.cfg%s", folder->path,
             reporting_said(&sweeping->reporting));
    if (results->interrupted) {
        return error_add(error, ERROR_INTERRUPTED,
                         "interrupted after %zu of %zu points; they are kept in %s, the same "
                         "command with --resume does the others",
                         results->done_count, results->point_count, folder->path);
    }
    return sweeping->no_plots || writing_draw(folder, &sweeping->talk, error);
}

static bool print_dry_run(struct sweeping *sweeping, struct error *error) {
    const struct sweep *sweep = &sweeping->sweep;
    struct estimate estimate;
    struct output output;
    struct text text = {0};
    struct text path = {0};
    char all[FORMAT_SIZE];
    if (!estimate_sweep(&estimate, sweep, error)) {
        return false;
    }
    if (*interrupt_flag()) {
        return error_add(error, ERROR_INTERRUPTED, "interrupted");
    }
    uint64_t histories = sweep->design->point_count * sweep->plan_count * sweep->replications;
    sweep_text_head(&text, sweep);
    text_add(&text, "%s in all\n", format_histories(all, histories));
    dry_run_describe(&text, &estimate);
    add_folder(sweeping, &path);
    dry_run_folder(&text, text_bytes(&path), sweeping->options->force || sweeping->resume);
    bool good = output_open(&output, error);
    if (good) {
        (void)fputs(text_bytes(&text), output.stream);
        good = output_print(&output, true, error);
    }
    text_free(&text);
    text_free(&path);
    return good;
}

static void sweeping_free(struct sweeping *sweeping) {
    sweep_storing_close(&sweeping->storing);
    sweep_folder_close(&sweeping->folder);
    sweep_results_free(&sweeping->results);
    sweep_points_free(&sweeping->scenarios);
    design_free(&sweeping->design);
    axes_free(&sweeping->axes);
    metrics_free(&sweeping->metrics);
    for (size_t p = 0; p < SWEEP_PLANS_MOST; p++) {
        scenario_free(&sweeping->plans[p]);
    }
}

bool command_sweep(struct options *options, int argc, char **argv, struct error *error) {
    struct sweeping sweeping = {.options = options};
    bool good = options_read(options, &USAGE, &sweeping, argc, argv, error);
    if (good) {
        sweeping.talk = talk_open(options->quiet, options->verbose);
        good = ask(&sweeping, error) &&
               (sweeping.dry_run ? print_dry_run(&sweeping, error)
                                 : sweep_storing_open(&sweeping.storing, &sweeping.sweep,
                                                      sweeping.plan_pointers, options, error) &&
                                       open_folder(&sweeping, error) && execute(&sweeping, error));
    }
    sweeping_free(&sweeping);
    return good;
}
