#include "cli/command.h"
#include "cli/loading.h"
#include "cli/output.h"
#include "engine/history.h"
#include "report/story.h"

#include <stdlib.h>

/* One history, from the command line to its story. */
struct tracing {
    struct options *options;
    uint64_t replication; /* from 1; 0: not given */
    const char *employee; /* NULL: the whole firm */
    uint64_t above;
    bool above_given;
    struct scenario scenario;
    struct history history;
};

enum { OPTION_REPLICATION = OPTION_FORMAT + 1, OPTION_EMPLOYEE, OPTION_ABOVE };

static const struct argp_option OPTIONS[] = {
    {"replication", OPTION_REPLICATION, "K", 0, "The number of the history, 1 when not given", 0},
    {"employee", OPTION_EMPLOYEE, "NAME", 0,
     "One person: sales-3 is the first on the third seat of sales, sales-3.2 the second; or a name "
     "of start.people",
     0},
    {"above", OPTION_ABOVE, "AMOUNT", 0,
     "Leave out customers of less annual revenue (half a percent of the firm's when not given)", 0},
    OPTIONS_FORMAT_ROW,
    {0}};

static error_t read_own(int key, char *value, struct argp_state *state) {
    struct tracing *tracing = state->input;
    struct error *error = tracing->options->error;
    bool good = true;
    switch (key) {
    case OPTION_REPLICATION:
        good = options_number("replication", value, 1, UINT32_MAX, &tracing->replication, error);
        break;
    case OPTION_EMPLOYEE:
        tracing->employee = value;
        break;
    case OPTION_ABOVE:
        good = options_number("above", value, 0, UINT32_MAX, &tracing->above, error);
        tracing->above_given = true;
        break;
    case OPTION_FORMAT:
        good = options_format(value, &tracing->options->format, error);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return good ? 0 : EINVAL;
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz trace",
    .arguments = "SCENARIO",
    .examples =
        "\n"
        "  anreiz trace scenarios/long_term_kam.cfg --replication 7\n"
        "  anreiz trace scenarios/long_term_kam.cfg --replication 7 --employee kam-3\n"
        "  anreiz trace scenarios/our_five_kam.cfg --employee amira.haddad\n"
        "  anreiz trace results/hybrid --employee sales-3.2 --format csv\n"
        "\n"
        "Tells one simulated history: who was hired, promoted, dismissed and left, which "
        "customers came and went; or month by month what one person did, earned and weighed "
        "before leaving or staying. It is the history that a run has under the same number.\n",
    .notes = "Exit code: 0 done, 1 could not, 2 wrong question.",
    .arguments_least = 1,
    .arguments_most = 1,
    .own = &ARGP,
};

static bool tell(const struct tracing *tracing, struct error *error) {
    struct story story = {.history = &tracing->history,
                          .alone = tracing->employee != NULL,
                          .above = tracing->above_given ? (double)tracing->above
                                                        : story_size(&tracing->history)};
    struct output output;
    if (story.alone &&
        !history_find(&tracing->history, tracing->employee, &story.employee, error)) {
        return false;
    }
    if (!output_open(&output, error)) {
        return false;
    }
    switch (tracing->options->format) {
    case FORMAT_CSV:
        story_print_csv(output.stream, &story);
        break;
    case FORMAT_JSON:
        story_print_json(output.stream, &story);
        break;
    case FORMAT_TABLE:
        story_print(output.stream, &story);
        break;
    }
    return output_print(&output, true, error);
}

bool command_trace(struct options *options, int argc, char **argv, struct error *error) {
    struct tracing tracing = {.options = options};
    if (!options_read(options, &USAGE, &tracing, argc, argv, error)) {
        return false;
    }
    if (options->out != NULL) {
        return error_add(error, ERROR_QUESTION,
                         "--out: a trace is printed and writes no folder; write anreiz trace ... > "
                         "%s",
                         options->out);
    }
    tracing.replication += tracing.replication == 0;
    bool good = loading_scenario(&tracing.scenario, options->arguments[0], options, error);
    loading_notes(&tracing.scenario, good, options);
    good =
        good &&
        history_init(&tracing.history, &tracing.scenario.parameters, tracing.replication, error) &&
        tell(&tracing, error);
    history_free(&tracing.history);
    scenario_free(&tracing.scenario);
    return good;
}
