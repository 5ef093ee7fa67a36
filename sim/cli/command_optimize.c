#include "base/memory.h"
#include "cli/command.h"
#include "cli/dry_run.h"
#include "cli/interrupt.h"
#include "cli/loading.h"
#include "cli/optimize_files.h"
#include "cli/optimize_words.h"
#include "cli/output.h"
#include "cli/sweep_axes.h"
#include "cli/sweep_points.h"
#include "cli/talk.h"
#include "cli/writing.h"
#include "report/format.h"
#include "report/optimum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The comparison is made once, with so many times the histories of a point of the search. */
enum { FRESH_TIMES = 4 };

/* One optimisation, from the command line to its results. */
struct optimizing {
    struct options *options;
    struct wishes wishes;
    const char *vary[DESIGN_AXES_MOST]; /* as they were written, for the manifest */
    const char *bounds[WISHES_MOST];
    size_t bound_count;
    uint64_t evaluations;
    uint64_t fresh;
    double confidence;
    bool dry_run;
    bool no_plots;
    struct scenario scenario; /* as it stands */
    struct optimum optimum;
    struct folder folder;
    struct talk talk;
};

enum {
    OPTION_VARY = OPTION_FORMAT + 1,
    OPTION_MAXIMIZE,
    OPTION_MINIMIZE,
    OPTION_SUBJECT_TO,
    OPTION_CONFIDENCE,
    OPTION_MAX_EVALUATIONS,
    OPTION_FINAL_REPLICATIONS,
    OPTION_NO_PLOTS
};

static const struct argp_option OPTIONS[] = {
    {"vary", OPTION_VARY, "PATH=LOW:HIGH|PATH=A,B,...", 0,
     "A parameter that may change, and within what; any number of times", 0},
    {"maximize", OPTION_MAXIMIZE, "METRIC", 0,
     "What is to be large: npv, profit.p10; a second goal gives the front between the two", 0},
    {"minimize", OPTION_MINIMIZE, "METRIC", 0, "What is to be small: turnover.kam", 0},
    {"subject-to", OPTION_SUBJECT_TO, "BOUND", 0,
     "What must hold: 'turnover<=0.15', 'pay_cost.p90<=4.2e6'; any number of times", 0},
    {"confidence", OPTION_CONFIDENCE, "P", 0,
     "Keep bounds with this probability, .5 (the estimate keeps them) to .999", 0},
    {"max-evaluations", OPTION_MAX_EVALUATIONS, "N", 0, "Points to simulate at most", 0},
    {"final-replications", OPTION_FINAL_REPLICATIONS, "N", 0,
     "Histories of the comparison at the end (4 times --replications)", 0},
    {"no-plots", OPTION_NO_PLOTS, NULL, 0, "Leave the pictures to anreiz plot", 0},
    DRY_RUN_ROW,
    OPTIONS_FORMAT_ROW,
    {0}};

static bool read_confidence(struct optimizing *optimizing, const char *value, struct error *error) {
    char *end = NULL;
    double confidence = strtod(value, &end);
    if (end == value || *end != '\0' || !(confidence >= 0.5 && confidence <= 0.999)) {
        return error_add(error, ERROR_QUESTION,
                         "--confidence %s: a probability from 0.5 to 0.999, such as 0.95", value);
    }
    optimizing->confidence = confidence;
    return true;
}

static bool read_vary(struct optimizing *optimizing, const char *value, struct error *error) {
    struct design_axes *axes = &optimizing->optimum.axes;
    if (!sweep_axes_add(axes, value, error)) {
        return false;
    }
    optimizing->vary[axes->count - 1] = value;
    return true;
}

static bool read_bound(struct optimizing *optimizing, const char *value, struct error *error) {
    if (!wishes_add_bound(&optimizing->wishes, value, error)) {
        return false;
    }
    optimizing->bounds[optimizing->bound_count++] = value;
    return true;
}

static error_t read_own(int key, char *value, struct argp_state *state) {
    struct optimizing *optimizing = state->input;
    struct error *error = optimizing->options->error;
    bool good = true;
    switch (key) {
    case OPTION_VARY:
        good = read_vary(optimizing, value, error);
        break;
    case OPTION_MAXIMIZE:
    case OPTION_MINIMIZE:
        good = wishes_add_goal(&optimizing->wishes, value, key == OPTION_MAXIMIZE, error);
        break;
    case OPTION_SUBJECT_TO:
        good = read_bound(optimizing, value, error);
        break;
    case OPTION_CONFIDENCE:
        good = read_confidence(optimizing, value, error);
        break;
    case OPTION_MAX_EVALUATIONS:
        good = options_number("max-evaluations", value, 1, DESIGN_POINTS_MOST,
                              &optimizing->evaluations, error);
        break;
    case OPTION_FINAL_REPLICATIONS:
        good = options_number("final-replications", value, 2, OPTIONS_REPLICATIONS_MOST,
                              &optimizing->fresh, error);
        break;
    case OPTION_NO_PLOTS:
        optimizing->no_plots = true;
        break;
    case OPTION_DRY_RUN:
        optimizing->dry_run = true;
        break;
    case OPTION_FORMAT:
        good = options_format(value, &optimizing->options->format, error);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return good ? 0 : EINVAL;
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz optimize",
    .arguments = "SCENARIO",
    .examples =
        "\n"
        "  anreiz optimize scenarios/long_term_kam.cfg --maximize npv \\\n"
        "      --vary roles.kam.headcount=8:20 --subject-to 'turnover.kam<=0.15'\n"
        "  anreiz optimize scenarios/hybrid.cfg --maximize profit.p10 \\\n"
        "      --vary roles.kam.plan=kam_mixed,kam_lti \\\n"
        "      --vary roles.kam.headcount=8:20 \\\n"
        "      --subject-to 'pay_cost.p90<=3e7' --confidence 0.95\n"
        "  anreiz optimize scenarios/long_term_kam.cfg --maximize npv \\\n"
        "      --minimize turnover.kam --vary roles.kam.headcount=8:20\n"
        "\n"
        "Searches the values that are best for a goal under bounds, all points under the same "
        "chance, and compares the best with the scenario as it stands on histories that the "
        "search has not seen. A statistic is METRIC for the mean, or METRIC.p5, .p10, .p25, .p50, "
        ".p75, .p90, .p95. Whole numbers stay whole; names and lists of values are tried one by "
        "one. Two goals give the front between them. The best scenario is written as "
        "optimum.cfg.\n",
    .notes =
        "Exit code: 0 done, 1 could not, 2 wrong question, 130 interrupted (the best so far is "
        "kept).",
    .arguments_least = 1,
    .arguments_most = 1,
    .own = &ARGP,
};

static bool load(void *context, struct scenario *scenario, const struct design *design,
                 size_t point, bool unchanged, struct error *error) {
    const struct options *options = context;
    return sweep_points_one(scenario, design, point, unchanged, options->arguments[0], options,
                            error);
}

/* Everything that can be wrong with the question is said here, before anything is simulated. */
static bool ask(struct optimizing *optimizing, struct error *error) {
    struct optimum *optimum = &optimizing->optimum;
    struct options *options = optimizing->options;
    struct wishes *wishes = &optimizing->wishes;
    if (optimum->axes.count == 0) {
        return error_add(error, ERROR_QUESTION,
                         "what may be changed? For example --vary roles.kam.headcount=8:20, see "
                         "anreiz optimize --help");
    }
    if (!loading_scenario(&optimizing->scenario, options->arguments[0], options, error) ||
        !wishes_complete(wishes, &optimizing->scenario.parameters, error)) {
        return false;
    }
    loading_notes(&optimizing->scenario, 1, options);
    const struct parameters *parameters = &optimizing->scenario.parameters;
    optimum->scenario = &optimizing->scenario;
    optimum->targets = wishes->targets;
    optimum->goal_count = wishes->goal_count;
    optimum->target_count = wishes->count;
    optimum->metrics = wishes->metrics;
    optimum->metric_count = wishes->metric_count;
    optimum->confidence = optimizing->confidence;
    optimum->evaluations = (size_t)optimizing->evaluations;
    optimum->seed = parameters->simulation.seed;
    optimum->replications = (uint64_t)parameters->simulation.replications;
    optimum->fresh_replications =
        optimizing->fresh > 0 ? optimizing->fresh : FRESH_TIMES * optimum->replications;
    optimum->threads = options->threads;
    optimum->stop = interrupt_flag();
    optimum->load = load;
    optimum->load_context = options;
    optimum->progress = talk_progress;
    optimum->progress_context = &optimizing->talk;
    return optimum_open(optimum, error);
}

static void add_folder(const struct optimizing *optimizing, struct text *path) {
    if (optimizing->options->out != NULL) {
        text_add(path, "%s", optimizing->options->out);
        return;
    }
    text_add(path, "results/optimize-");
    loading_add_name(path, &optimizing->scenario);
}

static bool open_folder(struct optimizing *optimizing, struct error *error) {
    struct text path = {0};
    add_folder(optimizing, &path);
    bool good = !path.failed || error_add(error, ERROR_FAILURE, "not enough memory for a path");
    good = good &&
           folder_create(&optimizing->folder, text_bytes(&path), optimizing->options->force, error);
    text_free(&path);
    return good;
}

static bool write_files(const struct optimizing *optimizing, time_t begun, struct error *error) {
    const struct optimize_question question = {optimizing->vary, optimizing->optimum.axes.count,
                                               optimizing->bounds, optimizing->bound_count};
    return optimize_files_write(&optimizing->folder, &optimizing->optimum, optimizing->options,
                                &question, begun, error);
}

/* What the search found is on the disk before the comparison begins. */
static bool search(struct optimizing *optimizing, time_t begun, struct error *error) {
    struct optimum *optimum = &optimizing->optimum;
    talk_progress_begin(&optimizing->talk, optimizing->scenario.parameters.name,
                        optimum_replications(optimum));
    bool good = optimum_search(optimum, error) &&
                (optimum->interrupted ||
                 (write_files(optimizing, begun, error) && optimum_compare(optimum, error)));
    talk_progress_end(&optimizing->talk);
    if (good && optimum->candidate_count == 0) {
        return error_add(error, ERROR_INTERRUPTED,
                         "interrupted before the first point was finished, nothing is kept");
    }
    return good;
}

static bool print_results(const struct optimizing *optimizing, struct error *error) {
    const struct optimum *optimum = &optimizing->optimum;
    struct output output;
    struct text text = {0};
    if (!output_open(&output, error)) {
        return false;
    }
    switch (optimizing->options->format) {
    case FORMAT_CSV:
        optimum_table_candidates(output.stream, optimum);
        break;
    case FORMAT_JSON:
        optimum_table_json(output.stream, optimum);
        break;
    case FORMAT_TABLE:
        optimum_text(&text, optimum);
        (void)fputs(text_bytes(&text), output.stream);
        break;
    }
    bool good = !text.failed || error_add(error, ERROR_FAILURE, "not enough memory for a text");
    text_free(&text);
    return output_print(&output, good, error);
}

/* A program that reads no text must learn it, too. */
static void warn_of_bounds(struct optimizing *optimizing) {
    const struct optimum *optimum = &optimizing->optimum;
    struct text broken = {0};
    if (!optimum_answers(optimum) && optimizing->options->format != FORMAT_TABLE) {
        size_t best = optimum_compared(optimum) && optimum->chosen > 0 ? optimum->chosen - 1 : 0;
        optimum_text_broken(&broken, optimum, best);
        talk_warn(&optimizing->talk, "%s: no answer to what was asked, it breaks %s",
                  optimum->goal_count > 1 ? "optimum-1.cfg, ..." : "optimum.cfg",
                  text_bytes(&broken));
        text_free(&broken);
    }
}

static bool execute(struct optimizing *optimizing, struct error *error) {
    time_t begun = time(NULL);
    const struct optimum *optimum = &optimizing->optimum;
    const struct folder *folder = &optimizing->folder;
    if (!search(optimizing, begun, error) || !write_files(optimizing, begun, error) ||
        !optimum_plots_write(folder, optimum, error) || !print_results(optimizing, error)) {
        return false;
    }
    warn_of_bounds(optimizing);
    talk_say(&optimizing->talk, "%s: %s, optimize.csv%s, manifest.cfg", folder->path,
             optimum->goal_count > 1 ? "optimum-1.cfg, ..." : "optimum.cfg",
             optimum_compared(optimum) ? ", candidates.csv" : "");
    if (optimum->interrupted) {
        return error_add(error, ERROR_INTERRUPTED,
                         "interrupted after %zu points; the best so far is kept in %s, but it has "
                         "not been compared on other histories",
                         optimum_points(optimum), folder->path);
    }
    return optimizing->no_plots || writing_draw(folder, &optimizing->talk, error);
}

/* From the first points of the search, as if all of it were like them. */
static bool estimate(struct optimizing *optimizing, struct estimate *estimate,
                     struct error *error) {
    struct optimum *optimum = &optimizing->optimum;
    struct scores *searched = &optimum->searched;
    uint32_t places[DESIGN_AXES_MOST] = {0};
    for (size_t corner = 0; corner < 3; corner++) { /* both ends and the middle */
        struct error none = {0};
        for (size_t a = 0; a < optimum->axes.count; a++) {
            places[a] = (uint32_t)(optimum->lattice[a].last * corner / 2);
        }
        if (searched->design.point_count < searched->most) {
            (void)!scores_add(searched, &optimum->axes, places, NULL, &none);
        }
        error_free(&none);
    }
    if (!estimate_sweep(estimate, &searched->sweep, error)) {
        return false;
    }
    double points = (double)searched->design.point_count;
    double all = (double)optimum_replications(optimum) / (double)optimum->replications;
    estimate->seconds *= all / points;
    estimate->bytes *=
        fmax((double)optimum->fresh_replications / (double)optimum->replications, 1.0);
    return true;
}

static bool print_dry_run(struct optimizing *optimizing, struct error *error) {
    struct estimate guess;
    struct text text = {0};
    struct text path = {0};
    char all[FORMAT_SIZE];
    if (!estimate(optimizing, &guess, error)) {
        return false;
    }
    if (*interrupt_flag()) {
        return error_add(error, ERROR_INTERRUPTED, "interrupted");
    }
    optimum_text_head(&text, &optimizing->optimum);
    text_add(&text, "at most %s in all\n",
             format_histories(all, optimum_replications(&optimizing->optimum)));
    dry_run_describe(&text, &guess);
    add_folder(optimizing, &path);
    dry_run_folder(&text, text_bytes(&path), optimizing->options->force);
    bool good = output_text(&text, error);
    text_free(&text);
    text_free(&path);
    return good;
}

bool command_optimize(struct options *options, int argc, char **argv, struct error *error) {
    struct optimizing optimizing = {.options = options, .confidence = 0.5};
    bool good = options_read(options, &USAGE, &optimizing, argc, argv, error);
    if (good) {
        optimizing.talk = talk_open(options->quiet, options->verbose);
        good = ask(&optimizing, error) && (optimizing.dry_run ? print_dry_run(&optimizing, error)
                                                              : open_folder(&optimizing, error) &&
                                                                    execute(&optimizing, error));
    }
    writing_close_folder(&optimizing.folder);
    optimum_free(&optimizing.optimum);
    wishes_free(&optimizing.wishes);
    scenario_free(&optimizing.scenario);
    return good;
}
