#include "cli/command.h"
#include "cli/design_row.h"
#include "cli/dry_run.h"
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
#include <string.h>

enum {
    OPTION_SUMMARY = OPTION_FORMAT + 1,
    OPTION_METRICS,
    OPTION_NO_HEADER,
    OPTION_NO_PLOTS,
    OPTION_REPLICATION,
    OPTION_STORE,
    OPTION_AGAIN
};

static const struct argp_option OPTIONS[] = {
    {"summary", OPTION_SUMMARY, NULL, 0,
     "Print one header and one row; without --out no folder is written", 0},
    {"metrics", OPTION_METRICS, "LIST", 0,
     "Metrics of the summary, separated by commas: turnover.kam,revenue; help lists them", 0},
    {"no-header", OPTION_NO_HEADER, NULL, 0, "Print the row without the header", 0},
    {"no-plots", OPTION_NO_PLOTS, NULL, 0, "Leave the pictures to anreiz plot", 0},
    REPORTING_OPTION_ROWS,
    {"replication", OPTION_REPLICATION, "K", 0, "Simulate only the history with this number", 0},
    UNTIL_ROWS,
    DESIGN_ROW_ROWS,
    DRY_RUN_ROW,
    TERMINAL_ROW,
    {"store", OPTION_STORE, "FILE", 0,
     "Put the run into this store, or show it from there when it has been run before", 0},
    {"again", OPTION_AGAIN, NULL, 0, "Simulate it also when the store has it, and replace it", 0},
    SAVING_OPTION_ROWS,
    OPTIONS_FORMAT_ROW,
    {0}};

/* --metrics help */
static error_t print_outcomes(struct error *error) {
    struct output output;
    if (!output_open(&output, error)) {
        return EINVAL;
    }
    bool good = outcomes_print(output.stream, false, "") ||
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
    case OPTION_STORE:
        run->storing.file = value;
        break;
    case OPTION_AGAIN:
        run->storing.again = true;
        break;
    case OPTION_TERMINAL:
        good = terminal_read(value, &run->terminal, error);
        break;
    case OPTION_FORMAT:
        good = options_format(value, &run->options->format, error);
        break;
    case OPTION_REPLICATION:
        good = options_number("replication", value, 1, UINT32_MAX, &run->replication, error);
        break;
    case OPTION_LANGUAGE:
    case OPTION_NO_REPORT:
        return reporting_read_option(key, value, &run->reporting, error);
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
        "  anreiz run scenarios/hybrid.cfg --precision revenue=0.5% --dry-run\n"
        "  anreiz run scenarios/hybrid.cfg --design points.csv --row 3 --summary\n"
        "  anreiz run scenarios/hybrid.cfg --set roles.kam.headcount=14 --summary \\\n"
        "      --store campaign.sqlite\n"
        "  anreiz run scenarios/hybrid.cfg --terminal dumb\n"
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
    if (!rows && ((run->metrics.count > 0 && run->storing.file == NULL) || run->no_header)) {
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

bool command_run(struct options *options, int argc, char **argv, struct error *error) {
    struct run run = {.options = options};
    bool good = options_read(options, &USAGE, &run, argc, argv, error);
    if (good) {
        run.talk = talk_open(options->quiet || options->processes.rank > 0, options->verbose);
        good = design_row_apply(&run.design_row, options, error) &&
               loading_scenario(&run.scenario, options->arguments[0], options, error);
        loading_notes(&run.scenario, good, options);
        good = good && check_question(&run, error) && run_find(&run, error) &&
               run_look_up(&run, error);
    }
    if (options->processes.count > 1) {
        good = run_together(&run, good, error);
    } else if (good) {
        good = run.dry_run ? run_dry(&run, error)
                           : run.complete ||
                                 ((!run.writes || run_begin(&run, text_bytes(&run.path), error)) &&
                                  (run.complete || run_execute(&run, error)));
    }
    run_free(&run);
    return good;
}
