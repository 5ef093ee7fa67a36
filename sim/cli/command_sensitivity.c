#include "base/memory.h"
#include "cli/command.h"
#include "cli/dry_run.h"
#include "cli/interrupt.h"
#include "cli/loading.h"
#include "cli/metrics.h"
#include "cli/reporting.h"
#include "cli/sensitivity_print.h"
#include "cli/sweep_folder.h"
#include "cli/sweep_points.h"
#include "cli/talk.h"
#include "cli/writing.h"
#include "engine/sensitivity_sweep.h"
#include "report/summary.h"

#include <stdlib.h>
#include <string.h>

/* One analysis, from the command line to its results. */
struct analysing {
    struct options *options;
    struct sensitivity_axes axes;
    enum sensitivity_method method;
    uint64_t size; /* of --size; 0: not given */
    const char *against;
    struct metrics metrics;
    const char *metrics_asked; /* of --metrics; NULL: not given */
    struct text named;         /* for the next command */
    struct text repeated;
    struct reporting reporting; /* its language */
    bool resume;
    bool dry_run;
    bool no_plots;
    struct scenario plans[SWEEP_PLANS_MOST]; /* as they stand */
    const struct scenario *plan_pointers[SWEEP_PLANS_MOST];
    const char *plan_names[SWEEP_PLANS_MOST]; /* as the user named them */
    struct design design;
    struct sweep_points scenarios;
    struct sweep sweep;
    struct sensitivity_sweep analysis;
    struct sweep_results results;
    struct sweep_folder folder;
    struct talk talk;
};

enum {
    OPTION_METHOD = OPTION_FORMAT + 1,
    OPTION_SIZE,
    OPTION_VARY,
    OPTION_EXCEPT,
    OPTION_METRICS,
    OPTION_AGAINST,
    OPTION_RESUME_ANALYSIS,
    OPTION_NO_PLOTS
};

/* Means under the same chance need few histories to be told apart. */
enum { REPLICATIONS_USUAL = 100 };

/* Trajectories, pairs of points, draws when nothing is said. */
static const uint64_t SIZES_USUAL[SENSITIVITY_METHODS] = {1, 12, 64, 64};

/* The jackknife of two-level leaves out one draw after the other: of fewer its intervals say
 * nothing, of two there are none. */
enum { DRAWS_LEAST = 8 };

static const char METRICS_USUAL[] = "npv,customer_equity,revenue,turnover";

static const struct argp_option OPTIONS[] = {
    {"method", OPTION_METHOD, "morris|sobol|tornado|two-level", 0,
     "Screening (the default), shares of the variance, one parameter at a time, or parameters "
     "against chance",
     0},
    {"vary", OPTION_VARY, "PATH[=LOW:HIGH]", 0,
     "A parameter or a group of them (all uncertain ones are the default); any number of times", 0},
    {"except", OPTION_EXCEPT, "PATH", 0, "Leave out a parameter or a group; any number of times",
     0},
    {"size", OPTION_SIZE, "N", 0,
     "Trajectories of morris (12), pairs of points of sobol (64), draws of two-level (64)", 0},
    {"metrics", OPTION_METRICS, "LIST", 0,
     "Metrics, separated by commas; the first one is drawn (npv)", 0},
    {"against", OPTION_AGAINST, "SCENARIO", 0,
     "Analyse what this scenario has more than the first under the same chance", 0},
    {"resume", OPTION_RESUME_ANALYSIS, NULL, 0, "Go on with an interrupted analysis", 0},
    {"no-plots", OPTION_NO_PLOTS, NULL, 0, "Leave the picture to anreiz plot", 0},
    {"language", OPTION_LANGUAGE, "en|de", 0, "Language of the picture (en)", 0},
    DRY_RUN_ROW,
    OPTIONS_FORMAT_ROW,
    {0}};

static bool read_method(struct analysing *analysing, const char *value, struct error *error) {
    for (size_t m = 0; m < SENSITIVITY_METHODS; m++) {
        if (strcmp(value, SENSITIVITY_NAMES[m]) == 0) {
            analysing->method = (enum sensitivity_method)m;
            return true;
        }
    }
    int nearest = text_nearest(value, SENSITIVITY_NAMES, SENSITIVITY_METHODS);
    return error_add(error, ERROR_QUESTION,
                     "--method %s: it is one of morris, sobol, tornado, two-level%s%s%s", value,
                     nearest >= 0 ? " (did you mean " : "",
                     nearest >= 0 ? SENSITIVITY_NAMES[nearest] : "", nearest >= 0 ? "?)" : "");
}

static error_t read_own(int key, char *value, struct argp_state *state) {
    struct analysing *analysing = state->input;
    struct error *error = analysing->options->error;
    bool good = true;
    switch (key) {
    case OPTION_METHOD:
        good = read_method(analysing, value, error);
        break;
    case OPTION_VARY:
    case OPTION_EXCEPT:
        good = sensitivity_axes_word(&analysing->axes, key == OPTION_VARY, value, error);
        break;
    case OPTION_SIZE:
        good = options_number("size", value, 2, DESIGN_POINTS_MOST, &analysing->size, error);
        break;
    case OPTION_METRICS:
        good = metrics_read(&analysing->metrics, value, error);
        analysing->metrics_asked = value;
        break;
    case OPTION_AGAINST:
        analysing->against = value;
        break;
    case OPTION_RESUME_ANALYSIS:
        analysing->resume = true;
        break;
    case OPTION_NO_PLOTS:
        analysing->no_plots = true;
        break;
    case OPTION_DRY_RUN:
        analysing->dry_run = true;
        break;
    case OPTION_FORMAT:
        good = options_format(value, &analysing->options->format, error);
        break;
    case OPTION_LANGUAGE:
        return reporting_read_option(key, value, &analysing->reporting, error);
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return good ? 0 : EINVAL;
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz sensitivity",
    .arguments = "SCENARIO",
    .examples =
        "\n"
        "  anreiz sensitivity scenarios/long_term_kam.cfg \\\n"
        "      --vary roles.kam --vary segments.key\n"
        "  anreiz sensitivity scenarios/long_term_kam.cfg \\\n"
        "      --method tornado --vary roles.kam\n"
        "  anreiz sensitivity scenarios/long_term_kam.cfg --method sobol --size 128 \\\n"
        "      --vary segments.key.churn.annual \\\n"
        "      --vary roles.kam.turnover.annual=0.06:0.2\n"
        "  anreiz sensitivity scenarios/long_term_kam.cfg \\\n"
        "      --method two-level --metrics npv\n"
        "  anreiz sensitivity scenarios/short_term_bonus.cfg \\\n"
        "      --against scenarios/long_term_kam.cfg\n"
        "\n"
        "Which parameters matter? Every one is varied over its plausible range, or over the range "
        "that you give: morris finds the few that matter among many, sobol tells their shares of "
        "the variance, tornado moves one at a time, two-level sets what is not known against "
        "chance.\n",
    .notes = "Without --replications a point has 100 histories. Exit code: 0 done, 1 could not, 2 "
             "wrong question, 130 interrupted (finished points are kept; --resume goes on).",
    .arguments_least = 1,
    .arguments_most = 1,
    .own = &ARGP,
};

static bool load_plans(struct analysing *analysing, struct error *error) {
    struct options *options = analysing->options;
    bool told = options->replications > 0;
    bool good = true;
    for (size_t s = 0; s < options->set_count; s++) {
        told = told || strncmp(options->sets[s], "simulation.replications=", 24) == 0;
    }
    options->replications = told ? options->replications : REPLICATIONS_USUAL;
    analysing->plan_names[0] = options->arguments[0];
    analysing->plan_names[1] = analysing->against;
    analysing->sweep.plan_count = analysing->against == NULL ? 1 : 2;
    for (size_t p = 0; p < analysing->sweep.plan_count; p++) {
        analysing->plan_pointers[p] = &analysing->plans[p];
        good = loading_scenario(&analysing->plans[p], analysing->plan_names[p], options, error) &&
               good;
    }
    loading_notes(analysing->plans, good ? analysing->sweep.plan_count : 0, options);
    long first = analysing->plans[0].parameters.simulation.years;
    long second = analysing->plans[1].parameters.simulation.years;
    if (good && analysing->against != NULL && first != second) {
        good = error_add(error, ERROR_QUESTION,
                         "%s runs %ld years, %s %ld: a comparison needs the same horizon, add "
                         "--set simulation.years=%ld",
                         analysing->against, second, analysing->plan_names[0], first, first);
    }
    return good;
}

static bool choose_metrics(struct analysing *analysing, struct error *error) {
    struct metrics *metrics = &analysing->metrics;
    bool good = true;
    if (metrics->count == 0 && !metrics_read(metrics, METRICS_USUAL, error)) {
        return false;
    }
    for (size_t p = 0; p < analysing->sweep.plan_count; p++) {
        good = summary_check_metrics(&analysing->plans[p].parameters, metrics->names,
                                     metrics->count, error) &&
               good;
    }
    analysing->sweep.metrics = metrics->names;
    analysing->sweep.metric_count = metrics->count;
    return good;
}

static bool make_design(struct analysing *analysing, struct error *error) {
    const struct parameters *first = &analysing->plans[0].parameters;
    if (analysing->method == SENSITIVITY_TORNADO && analysing->size > 0) {
        return error_add(error, ERROR_QUESTION,
                         "--size is not for tornado: each parameter goes to both ends of its "
                         "range");
    }
    if (analysing->method == SENSITIVITY_TWO_LEVEL && first->simulation.replications < 2) {
        return error_add(error, ERROR_QUESTION,
                         "--method two-level needs at least two histories a point to see chance: "
                         "--replications 100");
    }
    if (analysing->method == SENSITIVITY_TWO_LEVEL && analysing->size > 0 &&
        analysing->size < DRAWS_LEAST) {
        return error_add(error, ERROR_QUESTION,
                         "--size %d: --method two-level needs at least %d draws of the parameters "
                         "to tell how uncertain their share is (64 are usual)",
                         (int)analysing->size, DRAWS_LEAST);
    }
    if (!sensitivity_axes_choose(&analysing->axes, analysing->plan_pointers,
                                 analysing->sweep.plan_count, error)) {
        return false;
    }
    analysing->analysis.sweep = &analysing->sweep;
    analysing->analysis.axes = &analysing->axes.axes;
    analysing->analysis.question = (struct sensitivity_question){
        .method = analysing->method,
        .factors = analysing->axes.axes.count,
        .size = (size_t)(analysing->size > 0 ? analysing->size : SIZES_USUAL[analysing->method]),
        .seed = first->simulation.seed};
    return sensitivity_sweep_design(&analysing->analysis, &analysing->design, analysing->axes.base,
                                    error) &&
           sweep_points_prepend(&analysing->design, &analysing->plans[0], error);
}

/* The first sentences of many that are much alike, and what to do. */
static void complain(struct error *wrong, struct error *error) {
    enum { SENTENCES = 3 };
    const char *at = error_text(wrong);
    for (size_t s = 0; s < SENTENCES && *at != '\0'; s++) {
        size_t length = strcspn(at, "\n");
        (void)error_add(error, wrong->kind, "%.*s", (int)length, at);
        at += length + (at[length] == '\n');
    }
    (void)error_add(error, wrong->kind,
                    "%zu complaints in all: give a parameter that contradicts others a range with "
                    "--vary PATH=LOW:HIGH, or leave it out with --except PATH",
                    wrong->count);
    error_free(wrong);
}

/* Everything that can be wrong with the question is said here, before anything is simulated. */
static bool ask(struct analysing *analysing, struct error *error) {
    struct sweep *sweep = &analysing->sweep;
    const struct options *options = analysing->options;
    if (!load_plans(analysing, error) || !choose_metrics(analysing, error) ||
        !make_design(analysing, error)) {
        return false;
    }
    struct error wrong = {0};
    if (!sweep_points_load(&analysing->scenarios, &analysing->design, true, analysing->plan_names,
                           sweep->plan_count, options, &wrong)) {
        complain(&wrong, error);
        return false;
    }
    const struct parameters *first = &analysing->plans[0].parameters;
    sweep->design = &analysing->design;
    sweep->as_it_stands = true;
    sweep->baseline =
        analysing->method == SENSITIVITY_TORNADO && sweep->plan_count == 1 ? 0 : SIZE_MAX;
    sweep->own_chance = analysing->method == SENSITIVITY_TWO_LEVEL;
    sweep->scenarios = analysing->scenarios.pointers;
    sweep->seed = first->simulation.seed;
    sweep->replications = (uint64_t)first->simulation.replications;
    sweep->threads = options->threads;
    sweep->stop = interrupt_flag();
    return true;
}

static void add_folder(const struct analysing *analysing, struct text *path) {
    if (analysing->options->out != NULL) {
        text_add(path, "%s", analysing->options->out);
        return;
    }
    text_add(path, "results/%s-", SENSITIVITY_NAMES[analysing->method]);
    loading_add_name(path, &analysing->plans[0]);
    if (analysing->against != NULL) {
        text_add(path, "-against-");
        loading_add_name(path, &analysing->plans[1]);
    }
}

static bool open_folder(struct analysing *analysing, struct error *error) {
    struct text path = {0};
    add_folder(analysing, &path);
    analysing->folder.sweep = &analysing->sweep;
    analysing->folder.results = &analysing->results;
    analysing->folder.plans = analysing->plan_pointers;
    analysing->folder.options = analysing->options;
    bool good = !path.failed || error_add(error, ERROR_FAILURE, "not enough memory for a path");
    good = good && sweep_results_init(&analysing->results, &analysing->sweep, error) &&
           sweep_folder_open(&analysing->folder, text_bytes(&path), analysing->resume, error);
    text_free(&path);
    return good;
}

static struct sensitivity_report report_of(const struct analysing *analysing) {
    return (struct sensitivity_report){
        .analysis = &analysing->analysis,
        .results = &analysing->results,
        .compared = analysing->against == NULL ? NULL : analysing->plans[0].parameters.name,
        .named = text_bytes(&analysing->named),
        .repeated = text_bytes(&analysing->repeated)};
}

static bool simulate(struct analysing *analysing, struct error *error) {
    struct sweep *sweep = &analysing->sweep;
    struct sweep_results *results = &analysing->results;
    if (results->done_count > 0) {
        talk_say(&analysing->talk, "%zu of %zu points are done already", results->done_count,
                 results->point_count);
    }
    sweep->point = sweep_folder_point;
    sweep->point_context = &analysing->folder;
    sweep->progress = talk_progress;
    sweep->progress_context = &analysing->talk;
    talk_progress_begin(&analysing->talk, analysing->plans[0].parameters.name,
                        (results->point_count - results->done_count) * sweep->replications);
    bool good = sweep_run(sweep, results, error);
    talk_progress_end(&analysing->talk);
    if (good && results->done_count == 0) {
        return error_add(error, ERROR_INTERRUPTED,
                         "interrupted before the first point was finished, nothing is kept");
    }
    return good;
}

static bool execute(struct analysing *analysing, struct error *error) {
    time_t begun = time(NULL);
    const struct sweep_results *results = &analysing->results;
    const struct folder *folder = &analysing->folder.folder;
    if (analysing->axes.off > 0) {
        talk_say(&analysing->talk,
                 "%zu parameters stand at 0 and are left out; --vary "
                 "PATH=LOW:HIGH varies one of them",
                 analysing->axes.off);
    }
    if (!simulate(analysing, error) || !sweep_folder_finish(&analysing->folder, begun, error)) {
        return false;
    }
    if (results->interrupted) {
        return error_add(error, ERROR_INTERRUPTED,
                         "interrupted after %zu of %zu points, which say nothing yet; they are "
                         "kept in %s, the same command with --resume does the others",
                         results->done_count, results->point_count, folder->path);
    }
    sensitivity_print_word(&analysing->named, analysing->plan_names[0]);
    sensitivity_print_repeated(&analysing->repeated, analysing->options, analysing->against,
                               analysing->metrics_asked, REPLICATIONS_USUAL);
    const struct sensitivity_report report = report_of(analysing);
    analysing->folder.folder.language = analysing->reporting.language;
    if (!sensitivity_sweep_analyse(&analysing->analysis, results, error) ||
        !sensitivity_report_write(folder, &report, error) ||
        !sensitivity_report_plot(folder, &report, error) ||
        !sensitivity_print(analysing->options, &report, error)) {
        return false;
    }
    talk_say(&analysing->talk, "%s: sensitivity.csv, sweep.csv, design.csv, manifest.cfg",
             folder->path);
    return analysing->no_plots || writing_draw(folder, &analysing->talk, error);
}

static bool print_dry_run(const struct analysing *analysing, struct error *error) {
    const struct sensitivity_report report = report_of(analysing);
    struct text path = {0};
    add_folder(analysing, &path);
    bool good = sensitivity_print_dry(&analysing->axes, &report, text_bytes(&path),
                                      analysing->options->force || analysing->resume, error);
    text_free(&path);
    return good;
}

static void analysing_free(struct analysing *analysing) {
    sweep_folder_close(&analysing->folder);
    sensitivity_sweep_free(&analysing->analysis);
    sweep_results_free(&analysing->results);
    sweep_points_free(&analysing->scenarios);
    design_free(&analysing->design);
    sensitivity_axes_free(&analysing->axes);
    metrics_free(&analysing->metrics);
    text_free(&analysing->named);
    text_free(&analysing->repeated);
    for (size_t p = 0; p < SWEEP_PLANS_MOST; p++) {
        scenario_free(&analysing->plans[p]);
    }
}

bool command_sensitivity(struct options *options, int argc, char **argv, struct error *error) {
    struct analysing *analysing = memory_array(1, sizeof *analysing, "an analysis", error);
    if (analysing == NULL) {
        return false;
    }
    analysing->options = options;
    analysing->method = SENSITIVITY_MORRIS;
    bool good = options_read(options, &USAGE, analysing, argc, argv, error);
    if (good) {
        analysing->talk = talk_open(options->quiet, options->verbose);
        good = ask(analysing, error) &&
               (analysing->dry_run ? print_dry_run(analysing, error)
                                   : open_folder(analysing, error) && execute(analysing, error));
    }
    analysing_free(analysing);
    free(analysing);
    return good;
}
