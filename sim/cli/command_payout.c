#include "cli/command.h"
#include "cli/loading.h"
#include "cli/output.h"
#include "cli/payout_data.h"
#include "cli/payout_expected.h"
#include "cli/payout_words.h"
#include "cli/talk.h"
#include "cli/version.h"
#include "cli/writing.h"
#include "report/payout_tables.h"
#include "report/payout_text.h"
#include "report/payout_trace.h"

#include <stdlib.h>

/* One payout, from the command line to its results. */
struct payout_command {
    struct options *options;
    struct payout_files files;
    const char *plan_list; /* value of --plan, NULL: none */
    const char *from;      /* NULL: of the tables */
    const char *to;
    const char *person;
    const char *period;
    bool trace;
    bool expected;
    struct expected_options law;
    bool law_given; /* some option of --expected */
    struct payout_plans plans;
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
    OPTION_FROM,
    OPTION_TO,
    OPTION_TRACE,
    OPTION_PERSON,
    OPTION_PERIOD,
    OPTION_SKIP_BAD_ROWS,
    OPTION_EXPECTED,
    OPTION_MEAN,
    OPTION_SD,
    OPTION_LAW,
    OPTION_DEAL_COUNT,
    OPTION_DEAL_CV,
    OPTION_NO_PLOTS
};

static const struct argp_option OPTIONS[] = {
    {"plan", OPTION_PLAN, "P,Q,...", 0,
     "Pay everybody by each of these plans of the scenario; without it everybody is on the own", 0},
    {"deals", OPTION_DEALS, "FILE", 0, "The deals: date, person, amount, ...", 0},
    {"people", OPTION_PEOPLE, "FILE", 0, "The people: team, plan, start, end, quota, ...", 0},
    {"measures", OPTION_MEASURES, "FILE", 0, "What deals cannot tell: month, metric, value", 0},
    {"from", OPTION_FROM, "2025-Q4", 0,
     "First month that is paid, with or without deals: 2025-10, or 2025-Q4, 2025-H2 or 2025 of the "
     "fiscal year that begins then; earlier deals count for the year to date",
     0},
    {"to", OPTION_TO, "2025-Q4", 0, "Last month that is paid, likewise; later deals are left out",
     0},
    {"trace", OPTION_TRACE, NULL, 0, "Show every step to the pay of one person", 0},
    {"person", OPTION_PERSON, "NAME", 0, "The person of the trace", 0},
    {"period", OPTION_PERIOD, "2025-Q2", 0,
     "The time of the trace: 2025-06, or 2025-Q2 or 2025 of the fiscal year that begins then", 0},
    {"skip-bad-rows", OPTION_SKIP_BAD_ROWS, NULL, 0, "Leave rows out that cannot be read", 0},
    {"expected", OPTION_EXPECTED, NULL, 0,
     "Without deals: what the plans are expected to pay when attainment is a chance", 0},
    {"attainment-mean", OPTION_MEAN, "X", 0, "Mean of the attainment of a period; 1", 0},
    {"attainment-sd", OPTION_SD, "X", 0, "Its standard deviation; 0.3", 0},
    {"law", OPTION_LAW, "normal|lognormal|deals", 0,
     "Its law; deals: the sum of a few deals, a period without any among them", 0},
    {"deal-count", OPTION_DEAL_COUNT, "X", 0, "With --law deals: their mean number a period", 0},
    {"deal-cv", OPTION_DEAL_CV, "X", 0, "Standard deviation of a deal over its mean; 1", 0},
    {"no-plots", OPTION_NO_PLOTS, NULL, 0, "With --expected --out: leave the picture undrawn", 0},
    OPTIONS_FORMAT_ROW,
    {0}};

/* Options of --expected. */
static bool read_law(struct payout_command *command, int key, const char *value) {
    struct error *error = command->options->error;
    command->law_given = true;
    switch (key) {
    case OPTION_MEAN:
        return payout_read_number("attainment-mean", value, &command->law.mean, error);
    case OPTION_SD:
        command->law.sd_given = true;
        return payout_read_number("attainment-sd", value, &command->law.sd, error);
    case OPTION_DEAL_COUNT:
        return payout_read_positive("deal-count", value, &command->law.deals, error);
    case OPTION_DEAL_CV:
        return payout_read_positive("deal-cv", value, &command->law.deal_cv, error);
    case OPTION_LAW:
        return payout_read_law(value, &command->law.law, error);
    default:
        command->law.no_plots = true;
        return true;
    }
}

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
    case OPTION_FROM:
        command->from = value;
        break;
    case OPTION_TO:
        command->to = value;
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
    case OPTION_EXPECTED:
        command->expected = true;
        break;
    case OPTION_MEAN:
    case OPTION_SD:
    case OPTION_LAW:
    case OPTION_DEAL_COUNT:
    case OPTION_DEAL_CV:
    case OPTION_NO_PLOTS:
        good = read_law(command, key, value);
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
        "      --from 2025-Q3 --to 2025-Q3\n"
        "  anreiz payout scenarios/hybrid.cfg --deals deals.csv --people people.csv \\\n"
        "      --trace --person anna.weber --period 2025-Q2\n"
        "  anreiz payout scenarios/hybrid.cfg --plan kam_quarterly_bonus --expected\n"
        "  anreiz payout scenarios/hybrid.cfg --plan kam_quarterly_bonus --expected \\\n"
        "      --law deals --deal-count 2\n"
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

/* Without --plan those of the scenario's roles. */
static bool expect(struct payout_command *command, struct error *error) {
    const struct options *options = command->options;
    command->law.format = options->format;
    command->law.out = options->out;
    command->law.force = options->force;
    command->law.quiet = options->quiet;
    command->law.verbose = options->verbose;
    return (command->plans.count > 0 ||
            payout_plans_of_roles(&command->plans, &command->scenario.parameters, error)) &&
           payout_expected(&command->scenario, command->plans.numbers, command->plans.count,
                           &command->law, error);
}

static bool check_options(const struct payout_command *command, struct error *error) {
    const struct options *options = command->options;
    const struct payout_files *files = &command->files;
    if (!command->expected && command->law_given) {
        return error_add(error, ERROR_QUESTION,
                         "--attainment-mean, --attainment-sd, --law, --deal-count, --deal-cv and "
                         "--no-plots are for --expected");
    }
    if (command->expected) {
        bool data = files->deals != NULL || files->people != NULL || files->measures != NULL ||
                    files->skip_bad_rows || command->trace || command->person != NULL ||
                    command->period != NULL || command->from != NULL || command->to != NULL;
        return !data || error_add(error, ERROR_QUESTION,
                                  "--expected asks without deals: leave the tables, --from, --to "
                                  "and --trace away, or --expected");
    }
    if (files->deals == NULL) {
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
    if (!payout_read_period("period", command->period,
                            command->scenario.parameters.simulation.fiscal_year_start,
                            &question->trace_from, &question->trace_to, error)) {
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
                                       .last_month = data->last_month,
                                       .paid_from = data->paid_from};
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

static bool pay_deals(struct payout_command *command, struct error *error) {
    const struct parameters *parameters = &command->scenario.parameters;
    return payout_data_read(&command->data, &command->files, parameters, &command->talk, error) &&
           payout_data_bound(&command->data, command->from, command->to,
                             parameters->simulation.fiscal_year_start, error) &&
           payout_data_schemes(&command->data, parameters, command->plans.numbers,
                               command->plans.count, error) &&
           pay(command, error);
}

bool command_payout(struct options *options, int argc, char **argv, struct error *error) {
    struct payout_command command = {.options = options, .law = expected_options_of()};
    bool good = options_read(options, &USAGE, &command, argc, argv, error) &&
                check_options(&command, error);
    if (good) {
        command.talk = talk_open(options->quiet, options->verbose);
        good = loading_scenario(&command.scenario, options->arguments[0], options, error);
        loading_notes(&command.scenario, good, options);
        good = good &&
               payout_plans_named(&command.plans, &command.scenario.parameters, command.plan_list,
                                  error) &&
               (command.expected ? expect(&command, error) : pay_deals(&command, error));
    }
    writing_close_folder(&command.folder);
    payday_totals_free(&command.totals);
    payday_free(&command.results);
    payout_data_free(&command.data);
    scenario_free(&command.scenario);
    free(command.plans.numbers);
    return good;
}
