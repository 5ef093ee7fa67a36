#include "cli/command.h"
#include "cli/design_row.h"
#include "cli/dry_run.h"
#include "cli/loading.h"
#include "cli/metrics.h"
#include "cli/output.h"
#include "cli/simulation.h"
#include "cli/talk.h"
#include "cli/until.h"
#include "cli/writing.h"
#include "report/plots.h"
#include "report/summary.h"

#include <inttypes.h>

/* One run, from the command line to its results. */
struct run {
    struct options *options;
    bool summary;
    bool no_header;
    bool no_plots;
    uint64_t replication; /* only this one, counted from 1; 0: all */
    struct metrics metrics;
    struct until until;
    struct design_row design_row;
    bool dry_run;
    struct scenario scenario;
    struct writing writing;
    bool writes; /* into a folder */
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
    UNTIL_ROWS,
    DESIGN_ROW_ROWS,
    DRY_RUN_ROW,
    OPTIONS_FORMAT_ROW,
    {0}};

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
        good = metrics_read(&run->metrics, value, error);
        break;
    case OPTION_PRECISION:
        good = until_read(&run->until, value, error);
        break;
    case OPTION_MAX_REPLICATIONS:
        good = options_number("max-replications", value, 1, OPTIONS_REPLICATIONS_MOST,
                              &run->until.most, error);
        break;
    case OPTION_DESIGN_FILE:
        run->design_row.file = value;
        break;
    case OPTION_DESIGN_ROW:
        good = options_number("row", value, 1, UINT32_MAX, &run->design_row.row, error);
        break;
    case OPTION_DRY_RUN:
        run->dry_run = true;
        break;
    case OPTION_FORMAT:
        good = options_format(value, &run->options->format, error);
        break;
    case OPTION_REPLICATION:
        good = options_number("replication", value, 1, UINT32_MAX, &run->replication, error);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
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
        "  anreiz run scenarios/hybrid.cfg --precision revenue=0.5% --dry-run\n"
        "  anreiz run scenarios/hybrid.cfg --design points.csv --row 3 --summary\n"
        "  anreiz run results/hybrid --force\n"
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
    if (!rows && (run->metrics.count > 0 || run->no_header)) {
        return error_add(error, ERROR_QUESTION, "%s is for the row that --summary prints",
                         run->no_header ? "--no-header" : "--metrics");
    }
    if (run->summary && run->options->format == FORMAT_JSON) {
        return error_add(error, ERROR_QUESTION,
                         "--summary prints CSV: leave --format json away, "
                         "or --summary");
    }
    if (run->replication > 0 && until_precision(&run->until) != NULL) {
        return error_add(error, ERROR_QUESTION,
                         "--replication simulates one history, --precision as many as are needed: "
                         "leave one of them away");
    }
    return summary_check_metrics(&run->scenario.parameters, run->metrics.names, run->metrics.count,
                                 error) &&
           until_apply(&run->until, run->options, &run->scenario.parameters, error);
}

static void add_folder(const struct run *run, struct text *path) {
    if (run->options->out != NULL) {
        text_add(path, "%s", run->options->out);
        return;
    }
    text_add(path, "results/");
    loading_add_name(path, &run->scenario);
    if (run->replication > 0) {
        text_add(path, "-replication-%" PRIu64, run->replication);
    }
}

static bool open_folder(struct run *run, struct error *error) {
    const struct options *options = run->options;
    struct text path = {0};
    if (!run->writes) {
        return true;
    }
    add_folder(run, &path);
    bool good = !path.failed || error_add(error, ERROR_FAILURE, "not enough memory for a path");
    good = good &&
           writing_open(&run->writing, text_bytes(&path), options->force, &run->scenario, error);
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
        bool usual = run->metrics.count == 0;
        const char *const *metrics = usual ? SUMMARY_METRICS : run->metrics.names;
        size_t count = usual ? SUMMARY_METRIC_COUNT : run->metrics.count;
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
    until_describe(&run->until, &run->results, &text);
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

static bool run_execute(struct run *run, struct error *error) {
    const struct scenario *scenario = &run->scenario;
    const struct simulation simulation = {
        .scenarios = &scenario,
        .scenario_count = 1,
        .replication = run->replication,
        .precision = until_precision(&run->until),
        .writings = run->writes ? &run->writing : NULL,
        .options = run->options,
    };
    if (run->dry_run) {
        struct text path = {0};
        add_folder(run, &path);
        bool told = dry_run_print(&simulation, run->writes ? text_bytes(&path) : NULL, error);
        text_free(&path);
        return told;
    }
    time_t begun = time(NULL);
    bool good = simulation_run(&simulation, &run->talk, &run->results, error);
    if (good && !run->results.interrupted && simulation.precision != NULL) {
        /* what the manifest repeats */
        run->scenario.parameters.simulation.replications = (long)run->results.replications;
        until_say(&run->until, &run->results, &run->talk);
    }
    good = good && (!run->writes || write_folder(run, begun, error)) && print_results(run, error);
    if (good && run->writes) {
        const char *path = run->writing.folder.path;
        talk_say(&run->talk, "%s: tables, summary.json, manifest.cfg", path);
        good = run->no_plots || writing_draw(&run->writing.folder, &run->talk, error);
    }
    return good &&
           simulation_conclude(&run->results,
                               run->writes ? run->writing.folder.path : "what was printed", error);
}

bool command_run(struct options *options, int argc, char **argv, struct error *error) {
    struct run run = {.options = options};
    bool good = options_read(options, &USAGE, &run, argc, argv, error);
    if (good) {
        run.talk = talk_open(options->quiet, options->verbose);
        good = design_row_apply(&run.design_row, options, error) &&
               loading_scenario(&run.scenario, options->arguments[0], options, error);
        if (good && run.scenario.note_count > 0) {
            talk_detail(&run.talk, "%s", text_bytes(&run.scenario.notes));
        }
        run.writes = !run.summary || options->out != NULL;
        good = good && check_question(&run, error) && (run.dry_run || open_folder(&run, error)) &&
               run_execute(&run, error);
    }
    writing_close(&run.writing);
    results_free(&run.results);
    scenario_free(&run.scenario);
    metrics_free(&run.metrics);
    until_free(&run.until);
    design_row_free(&run.design_row);
    return good;
}
