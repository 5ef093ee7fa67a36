#include "base/memory.h"
#include "cli/command.h"
#include "cli/loading.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/simulation.h"
#include "cli/talk.h"
#include "cli/writing.h"
#include "report/outcomes.h"
#include "report/summary.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

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
     "Metrics of the summary, separated by commas: turnover.kam,revenue; help lists them", 0},
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

/* --metrics help */
static error_t print_outcomes(struct error *error) {
    struct output output;
    if (!output_open(&output, error)) {
        return EINVAL;
    }
    bool good = outcomes_print(output.stream, false) ||
                error_add(error, ERROR_FAILURE, "the outcomes could not be printed");
    return output_print(&output, good, error) ? OPTIONS_ANSWERED : EINVAL;
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
        if (strcmp(value, "help") == 0) {
            return print_outcomes(error);
        }
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

bool command_run(struct options *options, int argc, char **argv, struct error *error) {
    struct run run = {.options = options};
    bool good = options_read(options, &USAGE, &run, argc, argv, error);
    if (good) {
        run.talk = talk_open(options->quiet || options->processes.rank > 0, options->verbose);
        good = loading_scenario(&run.scenario, options->arguments[0], options, error);
        if (good && run.scenario.note_count > 0) {
            talk_detail(&run.talk, "%s", text_bytes(&run.scenario.notes));
        }
        good = good && check_question(&run, error) && run_find(&run, error);
    }
    if (options->processes.count > 1) {
        good = run_together(&run, good, error);
    } else if (good) {
        good = (!run.writes || run_begin(&run, text_bytes(&run.path), error)) &&
               (run.complete || run_execute(&run, error));
    }
    run_free(&run);
    return good;
}
