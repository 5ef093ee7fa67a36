#include "base/memory.h"
#include "cli/command.h"
#include "cli/loading.h"
#include "cli/output.h"
#include "cli/payout_data.h"
#include "cli/talk.h"
#include "cli/version.h"
#include "cli/writing.h"
#include "report/payout_tables.h"
#include "report/payout_text.h"
#include "report/payout_trace.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* One payout, from the command line to its results. */
struct payout_command {
    struct options *options;
    struct payout_files files;
    const char *plan_list; /* value of --plan, NULL: none */
    const char *person;
    const char *period;
    bool trace;
    size_t *plans; /* numbers in the scenario */
    size_t plan_count;
    struct scenario scenario;
    struct payout_data data;
    struct payday_results results;
    struct payday_totals totals;
    struct folder folder;
    struct talk talk;
};

enum {
    OPTION_PLAN = OPTION_FORMAT + 1,
    OPTION_DEALS,
    OPTION_PEOPLE,
    OPTION_MEASURES,
    OPTION_TRACE,
    OPTION_PERSON,
    OPTION_PERIOD,
    OPTION_SKIP_BAD_ROWS
};

static const struct argp_option OPTIONS[] = {
    {"plan", OPTION_PLAN, "P,Q,...", 0,
     "Pay everybody by each of these plans of the scenario; without it everybody is on the own", 0},
    {"deals", OPTION_DEALS, "FILE", 0, "The deals: date, person, amount, ...", 0},
    {"people", OPTION_PEOPLE, "FILE", 0, "The people: team, plan, start, end, quota, ...", 0},
    {"measures", OPTION_MEASURES, "FILE", 0, "What deals cannot tell: month, metric, value", 0},
    {"trace", OPTION_TRACE, NULL, 0, "Show every step to the pay of one person", 0},
    {"person", OPTION_PERSON, "NAME", 0, "The person of the trace", 0},
    {"period", OPTION_PERIOD, "2025-Q2", 0,
     "The time of the trace: 2025-06, or 2025-Q2 or 2025 of the fiscal year that begins then", 0},
    {"skip-bad-rows", OPTION_SKIP_BAD_ROWS, NULL, 0, "Leave rows out that cannot be read", 0},
    OPTIONS_FORMAT_ROW,
    {0}};

static error_t read_own(int key, char *value, struct argp_state *state) {
    struct payout_command *command = state->input;
    bool good = true;
    switch (key) {
    case OPTION_PLAN:
        command->plan_list = value;
        break;
    case OPTION_DEALS:
        command->files.deals = value;
        break;
    case OPTION_PEOPLE:
        command->files.people = value;
        break;
    case OPTION_MEASURES:
        command->files.measures = value;
        break;
    case OPTION_TRACE:
        command->trace = true;
        break;
    case OPTION_PERSON:
        command->person = value;
        break;
    case OPTION_PERIOD:
        command->period = value;
        break;
    case OPTION_SKIP_BAD_ROWS:
        command->files.skip_bad_rows = true;
        break;
    case OPTION_FORMAT:
        good = options_format(value, &command->options->format, command->options->error);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return good ? 0 : EINVAL;
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz payout",
    .arguments = "SCENARIO",
    .examples =
        "\n"
        "  anreiz payout scenarios/hybrid.cfg --deals deals.csv --people people.csv\n"
        "  anreiz payout scenarios/hybrid.cfg --deals deals.csv --people people.csv \\\n"
        "      --plan sales_quarterly_bonus,sales_commission --out results/new_plan\n"
        "  anreiz payout scenarios/hybrid.cfg --deals deals.csv --people people.csv \\\n"
        "      --trace --person anna.weber --period 2025-Q2\n"
        "\n"
        "What plans of a scenario pay on actual deals: person by person, month by month, to the "
        "cent. Several plans are set side by side, with who wins and who loses. The tables are CSV "
        "as programs export it; docs/payout.md says what is read and how it is counted.\n",
    .notes = "Exit code: 0 done, 1 could not, 2 wrong question, bad rows among them (nothing is "
             "paid then).",
    .arguments_least = 1,
    .arguments_most = 1,
    .own = &ARGP,
};

static bool check_options(const struct payout_command *command, struct error *error) {
    const struct options *options = command->options;
    if (command->files.deals == NULL) {
        return error_add(error, ERROR_QUESTION,
                         "--deals FILE is missing: the deals to pay, such as --deals "
                         "scenarios/data/deals.csv");
    }
    if (!command->trace && (command->person != NULL || command->period != NULL)) {
        return error_add(error, ERROR_QUESTION, "%s is for --trace",
                         command->person != NULL ? "--person" : "--period");
    }
    if (command->trace && options->format != FORMAT_TABLE) {
        return error_add(error, ERROR_QUESTION,
                         "--trace is a text; leave --format away, or --trace");
    }
    return true;
}

static bool find_plan(struct payout_command *command, const char *name, struct error *error) {
    const struct parameters *parameters = &command->scenario.parameters;
    struct dictionary names = {0};
    size_t number;
    bool good = true;
    for (size_t n = 0; good && n < parameters->plan_count; n++) {
        good = dictionary_add(&names, parameters->plans[n].name, &number, error);
    }
    if (good && !dictionary_find(&names, name, &number)) {
        int nearest = dictionary_nearest(&names, name);
        struct text known = {0};
        for (size_t n = 0; n < names.count; n++) {
            text_add(&known, "%s%s", n == 0 ? "" : ", ", names.names[n]);
        }
        good = error_add(
            error, ERROR_QUESTION, "--plan %s: the scenario has no such plan%s%s%s; it has %s",
            name, nearest < 0 ? "" : " (did you mean ", nearest < 0 ? "" : names.names[nearest],
            nearest < 0 ? "" : "?)", text_bytes(&known));
        text_free(&known);
    }
    for (size_t i = 0; good && i < command->plan_count; i++) {
        if (command->plans[i] == number) {
            good = error_add(error, ERROR_QUESTION, "--plan names %s twice", name);
        }
    }
    if (good) {
        command->plans[command->plan_count++] = number;
    }
    dictionary_free(&names);
    return good;
}

static bool find_plans(struct payout_command *command, struct error *error) {
    if (command->plan_list == NULL) {
        return true;
    }
    char *list = strdup(command->plan_list);
    command->plans =
        memory_array(strlen(command->plan_list) + 1, sizeof *command->plans, "plans", error);
    bool good = command->plans != NULL &&
                (list != NULL || error_add(error, ERROR_FAILURE, "not enough memory for names"));
    char *rest = list;
    for (char *name = good ? strsep(&rest, ",") : NULL; good && name != NULL;
         name = strsep(&rest, ",")) {
        good = find_plan(command, name, error);
    }
    free(list);
    return good;
}

/* 2025, 2025-Q2, 2025-H1 of a fiscal year, 2025-06. */
static bool read_period(const struct payout_command *command, long *from, long *to,
                        struct error *error) {
    const char *period = command->period;
    long start = command->scenario.parameters.simulation.fiscal_year_start - 1;
    char *end = NULL;
    if (period == NULL) {
        *from = LONG_MIN;
        *to = LONG_MAX;
        return true;
    }
    long year = strlen(period) >= 4 ? strtol(period, &end, 10) : 0;
    bool good = year >= 1900 && year < 2200 && end == period + 4;
    long number =
        good && end[0] == '-' ? strtol(end + 1 + (end[1] == 'Q' || end[1] == 'H'), &end, 10) : 0;
    bool whole = good && period[4] == '\0';
    bool quarter = good && !whole && period[5] == 'Q';
    bool half = good && !whole && period[5] == 'H';
    long most = quarter ? 4 : half ? 2 : 12;
    if (!good || (!whole && (*end != '\0' || period[4] != '-' || number < 1 || number > most))) {
        return error_add(error, ERROR_QUESTION,
                         "--period %s: write a month 2025-06, a quarter 2025-Q2, a half 2025-H1 or "
                         "a year 2025",
                         period);
    }
    long length = quarter ? 3 : half ? 6 : 1;
    *from = year * 12 + (whole             ? start
                         : quarter || half ? start + (number - 1) * length
                                           : number - 1);
    *to = *from + (whole ? 12 : length) - 1;
    return true;
}

static bool find_traced(const struct payout_command *command, struct payday_question *question,
                        struct error *error) {
    const struct dictionary *names = &command->data.roster.names;
    char first[MONTH_SIZE];
    char last[MONTH_SIZE];
    question->traced = SIZE_MAX;
    if (!command->trace) {
        return true;
    }
    if (command->person == NULL && names->count > 1) {
        return error_add(error, ERROR_QUESTION,
                         "--trace is about one of %zu people: say whom, such as --person %s",
                         names->count, names->names[0]);
    }
    if (command->person == NULL) {
        question->traced = 0;
    } else if (!dictionary_find(names, command->person, &question->traced)) {
        int nearest = dictionary_nearest(names, command->person);
        return error_add(error, ERROR_QUESTION, "--person %s: there is nobody of this name%s%s%s",
                         command->person, nearest < 0 ? "" : " (did you mean ",
                         nearest < 0 ? "" : names->names[nearest], nearest < 0 ? "" : "?)");
    }
    if (!read_period(command, &question->trace_from, &question->trace_to, error)) {
        return false;
    }
    if (question->trace_from > question->last_month || question->trace_to < question->first_month) {
        return error_add(error, ERROR_QUESTION, "--period %s: the data are of %s to %s",
                         command->period, payout_month(first, question->first_month),
                         payout_month(last, question->last_month));
    }
    return true;
}

static bool write_manifest(const struct payout_command *command, struct error *error) {
    struct folder_file file = {0};
    if (!folder_begin(&command->folder, "manifest.cfg", &file, error)) {
        return false;
    }
    if (!scenario_write(&command->scenario,
                        "The scenario of this payout: its plans are the terms that were paid.",
                        file.stream, error)) {
        folder_discard(&file);
        return false;
    }
    (void)fprintf(file.stream, "\nmanifest = {\n  version = \"%s\";\n  commit = \"%s\";\n};\n",
                  version_number(), version_commit());
    return folder_commit(&file, error);
}

static bool print_results(const struct payout_command *command, const struct payout *payout,
                          struct error *error) {
    struct output output;
    struct text text = {0};
    if (!output_open(&output, error)) {
        return false;
    }
    if (command->trace) {
        payout_trace(&text, payout, &command->scenario);
    } else if (command->options->format == FORMAT_CSV) {
        payout_csv(output.stream, payout);
    } else if (command->options->format == FORMAT_JSON) {
        payout_json(output.stream, payout, true);
    } else {
        payout_text(&text, payout);
    }
    bool good = !text.failed || error_add(error, ERROR_FAILURE, "not enough memory for the text");
    (void)fputs(text_bytes(&text), output.stream);
    text_free(&text);
    return output_print(&output, good, error);
}

static bool pay(struct payout_command *command, struct error *error) {
    const struct parameters *parameters = &command->scenario.parameters;
    struct payout_data *data = &command->data;
    struct payday_question question = {.parameters = parameters,
                                       .roster = &data->roster,
                                       .dealings = &data->dealings,
                                       .gauges = &data->gauges,
                                       .products = &data->products,
                                       .schemes = data->schemes,
                                       .scheme_count = data->scheme_count,
                                       .first_month = data->first_month,
                                       .last_month = data->last_month};
    const struct payout payout = {&question, &command->results, &command->totals};
    const char *out = command->options->out;
    if (!find_traced(command, &question, error) || !payday_check(&question, error) ||
        (out != NULL && !folder_create(&command->folder, out, command->options->force, error)) ||
        !payday_run(&question, &command->results, error) ||
        !payday_totals(&command->totals, &question, &command->results, error)) {
        return false;
    }
    payout_data_notes(data, &question, &command->results, &command->talk);
    if (out != NULL &&
        (!payout_write(&command->folder, &payout, error) || !write_manifest(command, error))) {
        return false;
    }
    return print_results(command, &payout, error);
}

bool command_payout(struct options *options, int argc, char **argv, struct error *error) {
    struct payout_command command = {.options = options};
    bool good = options_read(options, &USAGE, &command, argc, argv, error) &&
                check_options(&command, error);
    if (good) {
        command.talk = talk_open(options->quiet, options->verbose);
        good = loading_scenario(&command.scenario, options->arguments[0], options, error) &&
               find_plans(&command, error) &&
               payout_data_read(&command.data, &command.files, &command.scenario.parameters,
                                &command.talk, error) &&
               payout_data_schemes(&command.data, &command.scenario.parameters, command.plans,
                                   command.plan_count, error) &&
               pay(&command, error);
    }
    writing_close_folder(&command.folder);
    payday_totals_free(&command.totals);
    payday_free(&command.results);
    payout_data_free(&command.data);
    scenario_free(&command.scenario);
    free(command.plans);
    return good;
}
