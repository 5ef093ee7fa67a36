#include "base/memory.h"
#include "cli/command.h"
#include "cli/loading.h"
#include "cli/output.h"
#include "cli/saving.h"
#include "cli/simulation.h"
#include "cli/talk.h"
#include "cli/writing.h"
#include "report/plots.h"
#include "report/summary.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One run, from the command line to its results. */
struct run {
    struct options *options;
    bool summary;
    bool no_header;
    bool no_plots;
    uint64_t replication; /* only this one, counted from 1; 0: all */
    char *metric_list;    /* a copy of the value of --metrics, cut at its commas */
    const char **metrics;
    size_t metric_count;
    struct scenario scenario;
    const struct scenario *pointer; /* to it */
    struct writing writing;
    bool writes; /* into a folder */
    struct saving_options saving_options;
    struct saving saving;
    bool complete; /* --resume found that nothing is left to do */
    struct talk talk;
    struct results results;
};

enum {
    OPTION_SUMMARY = OPTION_FORMAT + 1,
    OPTION_METRICS,
    OPTION_NO_HEADER,
    OPTION_NO_PLOTS,
    OPTION_REPLICATION
};

static const struct argp_option OPTIONS[] = {
    {"summary", OPTION_SUMMARY, NULL, 0,
     "Print one header and one row; without --out no folder is written", 0},
    {"metrics", OPTION_METRICS, "LIST", 0,
     "Metrics of the summary, separated by commas: turnover.kam,revenue", 0},
    {"no-header", OPTION_NO_HEADER, NULL, 0, "Print the row without the header", 0},
    {"no-plots", OPTION_NO_PLOTS, NULL, 0, "Leave the pictures to anreiz plot", 0},
    {"replication", OPTION_REPLICATION, "K", 0, "Simulate only the history with this number", 0},
    SAVING_OPTION_ROWS,
    OPTIONS_FORMAT_ROW,
    {0}};

/* "a,b" becomes the list {"a", "b"}. */
static bool read_metrics(struct run *run, const char *value, struct error *error) {
    size_t most = 1;
    for (const char *letter = value; *letter != 0; letter++) {
        most += *letter == ',';
    }
    free(run->metric_list);
    free(run->metrics);
    run->metric_count = 0;
    run->metric_list = strdup(value);
    run->metrics = memory_array(most, sizeof *run->metrics, "metrics", error);
    if (run->metric_list == NULL || run->metrics == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the list of metrics");
    }
    char *rest = run->metric_list;
    for (char *name = strsep(&rest, ","); name != NULL; name = strsep(&rest, ",")) {
        if (*name == 0) {
            return error_add(error, ERROR_QUESTION,
                             "--metrics %s: write names separated by single commas, such as "
                             "turnover,revenue",
                             value);
        }
        run->metrics[run->metric_count++] = name;
    }
    return true;
}

static error_t read_own(int key, char *value, struct argp_state *state) {
    struct run *run = state->input;
    struct error *error = run->options->error;
    bool good = true;
    switch (key) {
    case OPTION_SUMMARY:
        run->summary = true;
        break;
    case OPTION_NO_HEADER:
        run->no_header = true;
        break;
    case OPTION_NO_PLOTS:
        run->no_plots = true;
        break;
    case OPTION_METRICS:
        good = read_metrics(run, value, error);
        break;
    case OPTION_FORMAT:
        good = options_format(value, &run->options->format, error);
        break;
    case OPTION_REPLICATION:
        good = options_number("replication", value, 1, UINT32_MAX, &run->replication, error);
        break;
    default:
        return saving_read_option(key, value, &run->saving_options, error);
    }
    return good ? 0 : EINVAL;
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz run",
    .arguments = "SCENARIO",
    .examples =
        "\n"
        "  anreiz run scenarios/long_term_kam.cfg\n"
        "  anreiz run scenarios/hybrid.cfg --replications 200 --out /tmp/hybrid\n"
        "  for s in 1 2 3; do anreiz run scenarios/hybrid.cfg --seed $s --summary; done\n"
        "  anreiz run results/hybrid --force\n"
        "  anreiz run scenarios/hybrid.cfg --replications 1000000 --resume\n"
        "\n"
        "Simulates a scenario and leaves tables and pictures in results/NAME. The folder of a "
        "finished run may stand for a scenario: its manifest.cfg is then run.\n",
    .notes = "Exit code: 0 done, 1 could not, 2 wrong question, 130 interrupted (what was finished "
             "is kept and marked).",
    .arguments_least = 1,
    .arguments_most = 1,
    .own = &ARGP,
};

static bool check_question(struct run *run, struct error *error) {
    bool rows = run->summary || run->options->format == FORMAT_CSV;
    if (!rows && (run->metrics != NULL || run->no_header)) {
        return error_add(error, ERROR_QUESTION, "%s is for the row that --summary prints",
                         run->no_header ? "--no-header" : "--metrics");
    }
    if (run->summary && run->options->format == FORMAT_JSON) {
        return error_add(error, ERROR_QUESTION,
                         "--summary prints CSV: leave --format json away, "
                         "or --summary");
    }
    return run->metrics == NULL ||
           summary_check_metrics(&run->scenario.parameters, run->metrics, run->metric_count, error);
}

/* Shards and what can be resumed live in a folder, and are of all replications. */
static bool check_saving(const struct run *run, struct error *error) {
    const struct saving_options *asked = &run->saving_options;
    bool shard = asked->shards > 0;
    if (shard && (run->summary || run->options->format != FORMAT_TABLE)) {
        return error_add(error, ERROR_QUESTION,
                         "--shard: the numbers of a part alone are not printed; anreiz merge prints "
                         "those of all (leave --summary and --format away)");
    }
    if ((asked->resume || asked->checkpoint_given) && !run->writes) {
        return error_add(error, ERROR_QUESTION,
                         "%s needs a folder: --summary writes one with --out DIR",
                         asked->resume ? "--resume" : "--checkpoint");
    }
    if (run->replication > 0 && (shard || asked->resume)) {
        return error_add(error, ERROR_QUESTION,
                         "--replication simulates a single history, which can be neither cut into "
                         "shards nor resumed");
    }
    if (asked->resume && run->options->force) {
        return error_add(error, ERROR_QUESTION,
                         "--resume keeps what is in the folder, --force replaces it: choose one");
    }
    return true;
}

static bool begin_folder(struct run *run, const char *path, struct error *error) {
    struct saving *saving = &run->saving;
    enum saving_found found = FOUND_NOTHING;
    bool resume = run->saving_options.resume;
    run->pointer = &run->scenario;
    if (!saving_init(saving, &run->saving_options, &run->pointer, 1, error) ||
        (resume && !saving_look(saving, path, &found, error))) {
        return false;
    }
    saving->talk = &run->talk;
    saving->writings = &run->writing;
    saving->folder = &run->writing.folder;
    run->complete = found == FOUND_COMPLETE;
    if (run->complete) {
        talk_say(&run->talk, "%s: this run is finished, nothing is left to do", path);
        return true;
    }
    if (found == FOUND_STATE) {
        const struct state_plan *plan = &saving->state.plans[0];
        return writing_continue(&run->writing, path, &run->scenario, plan->row_bytes, plan->row_sum,
                                error);
    }
    return writing_open(&run->writing, path, run->options->force || resume, &run->scenario, error);
}

static bool open_folder(struct run *run, struct error *error) {
    const struct options *options = run->options;
    struct text path = {0};
    run->writes = !run->summary || options->out != NULL;
    if (!check_saving(run, error)) {
        return false;
    }
    if (!run->writes) {
        return true;
    }
    if (options->out != NULL) {
        text_add(&path, "%s", options->out);
    } else {
        text_add(&path, "results/");
        loading_add_name(&path, &run->scenario);
        if (run->replication > 0) {
            text_add(&path, "-replication-%" PRIu64, run->replication);
        }
        if (run->saving_options.shards > 0) {
            text_add(&path, "-shard-%" PRIu64 "-of-%" PRIu64, run->saving_options.shard,
                     run->saving_options.shards);
        }
    }
    bool good = !path.failed || error_add(error, ERROR_FAILURE, "not enough memory for a path");
    good = good && begin_folder(run, text_bytes(&path), error);
    text_free(&path);
    return good;
}

static bool write_folder(struct run *run, time_t begun, struct error *error) {
    const struct folder *folder = &run->writing.folder;
    return writing_results(&run->writing, &run->results, 0, run->replication, error) &&
           plots_write(folder, &run->results, error) &&
           writing_log(folder, run->options, &run->results, begun, error);
}

static bool print_row(struct run *run, FILE *file, struct error *error) {
    struct swept swept;
    bool good = loading_swept(&swept, run->options, &run->scenario, error);
    if (good) {
        const char *const *metrics = run->metrics == NULL ? SUMMARY_METRICS : run->metrics;
        size_t count = run->metrics == NULL ? SUMMARY_METRIC_COUNT : run->metric_count;
        const struct summary_columns columns = {
            .names = swept.names, .values = swept.values, .count = swept.count};
        if (!run->no_header) {
            summary_header(file, &columns, metrics, count);
        }
        good = summary_row(file, &run->results, 0, &columns, metrics, count, error);
    }
    loading_swept_free(&swept);
    return good;
}

static bool print_text(struct run *run, FILE *file, struct error *error) {
    struct text text = {0};
    bool good = summary_text_run(&text, &run->results, error);
    (void)fputs(text_bytes(&text), file);
    text_free(&text);
    return good;
}

static bool print_results(struct run *run, struct error *error) {
    struct output output;
    bool good = true;
    if (!output_open(&output, error)) {
        return false;
    }
    if (run->summary || run->options->format == FORMAT_CSV) {
        good = print_row(run, output.stream, error);
    } else if (run->options->format == FORMAT_JSON) {
        good = summary_print_json(output.stream, &run->results, error);
    } else {
        good = print_text(run, output.stream, error);
    }
    return output_print(&output, good, error);
}

static bool finish_shard(struct run *run, time_t begun, struct error *error) {
    const struct state *state = &run->saving.state;
    const char *path = run->writing.folder.path;
    if (!writing_shard(&run->writing, &run->results, 0, state, error) ||
        !writing_log(&run->writing.folder, run->options, &run->results, begun, error)) {
        return false;
    }
    if (state->begin < state->end) {
        talk_say(&run->talk,
                 "%s: shard %" PRIu64 "/%" PRIu64 ", replications %" PRIu64 " to %" PRIu64
                 " of %" PRIu64,
                 path, state->shard, state->shards, state->begin + 1,
                 state->begin + run->results.replications, state->asked);
    } else {
        talk_say(&run->talk, "%s: shard %" PRIu64 "/%" PRIu64 ", which has no replications", path,
                 state->shard, state->shards);
    }
    return simulation_conclude(&run->results, path, true, error);
}

static bool run_execute(struct run *run, struct error *error) {
    const struct scenario *scenario = &run->scenario;
    const struct simulation simulation = {
        .scenarios = &scenario,
        .scenario_count = 1,
        .replication = run->replication,
        .writings = run->writes ? &run->writing : NULL,
        .saving = run->writes && run->replication == 0 ? &run->saving : NULL,
        .options = run->options,
    };
    time_t begun = time(NULL);
    bool resumable = simulation.saving != NULL;
    bool good = simulation_run(&simulation, &run->talk, &run->results, error);
    if (good && resumable && (run->results.interrupted || run->saving_options.shards > 0)) {
        good = saving_save(&run->saving, &run->results, error);
    }
    if (good && run->saving_options.shards > 0) {
        return finish_shard(run, begun, error);
    }
    good = good && (!run->writes || write_folder(run, begun, error)) && print_results(run, error) &&
           (!resumable || run->results.interrupted || saving_forget(&run->saving, error));
    if (good && run->writes) {
        const char *path = run->writing.folder.path;
        talk_say(&run->talk, "%s: tables, summary.json, manifest.cfg", path);
        good = run->no_plots || writing_draw(&run->writing.folder, &run->talk, error);
    }
    return good &&
           simulation_conclude(&run->results,
                               run->writes ? run->writing.folder.path : "what was printed",
                               resumable, error);
}

bool command_run(struct options *options, int argc, char **argv, struct error *error) {
    struct run run = {.options = options};
    bool good = options_read(options, &USAGE, &run, argc, argv, error);
    if (good) {
        run.talk = talk_open(options->quiet, options->verbose);
        good = loading_scenario(&run.scenario, options->arguments[0], options, error);
        if (good && run.scenario.note_count > 0) {
            talk_detail(&run.talk, "%s", text_bytes(&run.scenario.notes));
        }
        good = good && check_question(&run, error) && open_folder(&run, error) &&
               (run.complete || run_execute(&run, error));
    }
    saving_close(&run.saving);
    writing_close(&run.writing);
    results_free(&run.results);
    scenario_free(&run.scenario);
    free(run.metrics);
    free(run.metric_list);
    return good;
}
