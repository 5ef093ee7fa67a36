#include "cli/command.h"
#include "cli/loading.h"
#include "cli/output.h"
#include "cli/talk.h"
#include "cli/writing.h"
#include "engine/explanation.h"
#include "report/worth.h"

#include <string.h>

/* One explanation, from the command line to its table and picture. */
struct explaining {
    struct options *options;
    const char *role; /* NULL: not given */
    bool no_plots;
    uint64_t month; /* of the simulation; 0: not given */
    struct scenario scenario;
    struct explanation explanation;
    struct talk talk;
};

enum { OPTION_ROLE = OPTION_FORMAT + 1, OPTION_NO_PLOTS, OPTION_MONTH };

static const struct argp_option OPTIONS[] = {
    {"role", OPTION_ROLE, "ROLE", 0, "Whose gain; the only role need not be named", 0},
    {"month", OPTION_MONTH, "M", 0,
     "With dated changes: the plan of this month of the simulation, 1 when not given", 0},
    {"no-plots", OPTION_NO_PLOTS, NULL, 0, "Leave the picture to anreiz plot", 0},
    OPTIONS_FORMAT_ROW,
    {0}};

static error_t read_own(int key, char *value, struct argp_state *state) {
    struct explaining *explaining = state->input;
    switch (key) {
    case OPTION_ROLE:
        explaining->role = value;
        return 0;
    case OPTION_MONTH:
        return options_number("month", value, 1, UINT32_MAX, &explaining->month,
                              explaining->options->error)
                   ? 0
                   : EINVAL;
    case OPTION_NO_PLOTS:
        explaining->no_plots = true;
        return 0;
    case OPTION_FORMAT:
        return options_format(value, &explaining->options->format, explaining->options->error)
                   ? 0
                   : EINVAL;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz explain",
    .arguments = "SCENARIO",
    .examples =
        "\n"
        "  anreiz explain scenarios/long_term_kam.cfg --role kam\n"
        "  anreiz explain scenarios/hybrid.cfg --role sales --out /tmp/sales\n"
        "  anreiz explain scenarios/plan_change.cfg --role kam --month 13\n"
        "  anreiz explain my.cfg --role kam --set plans.kam_lti.salary=60000 \\\n"
        "      --format csv\n"
        "\n"
        "Shows what a person of a role gains from one more unit of each activity, month by month "
        "and component by component, how much effort answers, and what the plan is worth. With "
        "--out it also draws effort against attainment and months left.\n",
    .notes = "Nothing is simulated: it is about the reference person of the role. Exit code: 0 "
             "done, 1 could not, 2 wrong question.",
    .arguments_least = 1,
    .arguments_most = 1,
    .own = &ARGP,
};

static bool find_role(const struct explaining *explaining, size_t *role, struct error *error) {
    const struct parameters *parameters = &explaining->scenario.parameters;
    *role = 0;
    if (explaining->role == NULL && parameters->role_count == 1) {
        return true;
    }
    return loading_role(parameters, explaining->role, role, error);
}

/* The scenario as it is in the month that was asked for. */
static bool find_month(const struct explaining *explaining, const struct parameters **parameters,
                       struct error *error) {
    const struct parameters *start = &explaining->scenario.parameters;
    long months = start->simulation.years * 12;
    if (explaining->month > (uint64_t)months) {
        return error_add(error, ERROR_QUESTION,
                         "--month %llu: the simulation has %ld months; name one of them",
                         (unsigned long long)explaining->month, months);
    }
    *parameters = parameters_in(start, explaining->month == 0 ? 1 : (long)explaining->month);
    return true;
}

static bool draw(struct explaining *explaining, struct error *error) {
    struct folder folder = {0};
    if (!explaining->explanation.grid.exists) {
        talk_say(&explaining->talk,
                 "No picture: nothing that the plan pays can be moved by effort");
        return true;
    }
    bool good =
        folder_create(&folder, explaining->options->out, explaining->options->force, error) &&
        plots_write_effort(&folder, &explaining->explanation, error) &&
        (explaining->no_plots || writing_draw(&folder, &explaining->talk, error));
    writing_close_folder(&folder);
    return good;
}

/* Which of several plans it is about. */
static void print_change(FILE *stream, const struct explaining *explaining) {
    const struct parameters *start = &explaining->scenario.parameters;
    const struct change *last = NULL;
    for (size_t k = 0; k < start->change_count; k++) {
        const struct change *change = &start->changes[k];
        last = change->month <= (long)explaining->month ? change : last;
    }
    if (last != NULL) {
        (void)fprintf(stream, "As it is in month %llu, after the change of month %ld.\n\n",
                      (unsigned long long)explaining->month, last->month);
    } else if (start->change_count > 0) {
        (void)fprintf(stream,
                      "As it is until month %ld; --month %ld shows it after the change then.\n\n",
                      start->changes[0].month - 1, start->changes[0].month);
    }
}

static bool print(const struct explaining *explaining, struct error *error) {
    struct output output;
    if (!output_open(&output, error)) {
        return false;
    }
    switch (explaining->options->format) {
    case FORMAT_CSV:
        worth_print_csv(output.stream, &explaining->explanation);
        break;
    case FORMAT_JSON:
        worth_print_json(output.stream, &explaining->explanation);
        break;
    case FORMAT_TABLE:
        print_change(output.stream, explaining);
        worth_print(output.stream, &explaining->explanation);
        break;
    }
    return output_print(&output, true, error);
}

bool command_explain(struct options *options, int argc, char **argv, struct error *error) {
    struct explaining explaining = {.options = options};
    const struct parameters *parameters = NULL;
    size_t role;
    if (!options_read(options, &USAGE, &explaining, argc, argv, error)) {
        return false;
    }
    explaining.talk = talk_open(options->quiet, options->verbose);
    bool good = loading_scenario(&explaining.scenario, options->arguments[0], options, error);
    loading_notes(&explaining.scenario, good, options);
    good = good && find_role(&explaining, &role, error) &&
           find_month(&explaining, &parameters, error) &&
           explanation_init(&explaining.explanation, parameters, role, error) &&
           print(&explaining, error) && (options->out == NULL || draw(&explaining, error));
    explanation_free(&explaining.explanation);
    scenario_free(&explaining.scenario);
    return good;
}
