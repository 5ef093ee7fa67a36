#include "cli/backtesting.h"
#include "cli/command.h"
#include "cli/fit_input.h"
#include "cli/fit_output.h"
#include "cli/reporting.h"
#include "cli/talk.h"
#include "cli/writing.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RENAMED_MOST = 64, STAGES_NAMED_MOST = 32, FILES_MOST = 16 };

/* One fit, from the command line to its results. */
struct fit_command {
    struct options *options;
    struct fit_names names;
    const char *renamed[RENAMED_MOST];
    const char *stage_list; /* value of --stages */
    char *stage_words;      /* cut into names */
    const char *stages[STAGES_NAMED_MOST];
    const char *scenario_name;
    bool skip_bad_rows;
    bool no_plots;
    bool has_from;
    bool has_until;
    bool has_split;
    struct date from;
    struct date until;
    struct date split; /* of --backtest */
    struct fit_question question;
    struct fit_data data;
    struct scenario scenario;
    struct findings findings;
    struct backtesting backtesting;
    struct reporting reporting;
    struct folder folder;
    struct talk talk;
};

enum {
    OPTION_ROLE = OPTION_FORMAT + 1,
    OPTION_SEGMENT,
    OPTION_NAME,
    OPTION_FROM,
    OPTION_UNTIL,
    OPTION_COHORT,
    OPTION_HUNTERS,
    OPTION_STAGES,
    OPTION_SCENARIO,
    OPTION_BACKTEST,
    OPTION_SKIP_BAD_ROWS,
    OPTION_NO_PLOTS
};

static const struct argp_option OPTIONS[] = {
    {"role", OPTION_ROLE, "NAME", 0, "Role of rows that name none; sales", 0},
    {"segment", OPTION_SEGMENT, "NAME", 0, "Segment of rows that name none; standard", 0},
    {"name", OPTION_NAME, "'OLD=NEW'", 0,
     "A role or segment of the tables and what the scenario calls it; any number of times", 0},
    {"from", OPTION_FROM, "DATE", 0,
     "Who left, and what leads came, before this day is not in the tables: count from it on", 0},
    {"until", OPTION_UNTIL, "DATE", 0, "The day up to which the tables tell; the last day in them",
     0},
    {"cohort", OPTION_COHORT, "N", 0,
     "Customers behind the first row of a table of survival that holds shares", 0},
    {"hunters", OPTION_HUNTERS, "N", 0, "Full-time people who hunted for the leads of the pipeline",
     0},
    {"stages", OPTION_STAGES, "A,B,...", 0,
     "Stages of the pipeline in order; otherwise the order is found", 0},
    {"scenario", OPTION_SCENARIO, "SCENARIO", 0,
     "What the estimates are for: its roles and segments, its wallet shares", 0},
    {"backtest", OPTION_BACKTEST, "DATE", 0,
     "Fit to the days before this first of a month and hold the scenario, so fitted, against the "
     "whole years from then on",
     0},
    {"skip-bad-rows", OPTION_SKIP_BAD_ROWS, NULL, 0, "Leave rows out that cannot be read", 0},
    {"no-plots", OPTION_NO_PLOTS, NULL, 0, "Leave the pictures to anreiz plot", 0},
    {"language", OPTION_LANGUAGE, "en|de", 0, "Language of the pictures (en)", 0},
    OPTIONS_FORMAT_ROW,
    {0}};

static bool read_day(const char *option, const char *value, struct date *day, struct error *error) {
    struct text complaint = {0};
    if (!date_read(value, day, &complaint)) {
        (void)error_add(error, ERROR_QUESTION, "--%s: \"%s\" %s", option, value,
                        text_bytes(&complaint));
        text_free(&complaint);
        return false;
    }
    return true;
}

static bool read_positive(const char *option, const char *value, double *number,
                          struct error *error) {
    char *end = NULL;
    *number = strtod(value, &end);
    return (end != value && *end == '\0' && *number > 0.0 && *number <= 1e9) ||
           error_add(error, ERROR_QUESTION, "--%s %s: not a number above 0 and up to 1e9", option,
                     value);
}

static bool read_renaming(struct fit_command *command, const char *value) {
    const char *equals = strrchr(value, '=');
    if (equals == NULL || equals == value || equals[1] == '\0') {
        return error_add(command->options->error, ERROR_QUESTION,
                         "--name %s: write OLD=NEW, for example --name 'Account Executive=sales'",
                         value);
    }
    if (command->names.renamed_count == RENAMED_MOST) {
        return error_add(command->options->error, ERROR_QUESTION, "--name: at most %d times",
                         RENAMED_MOST);
    }
    command->renamed[command->names.renamed_count++] = value;
    return true;
}

static error_t read_own(int key, char *value, struct argp_state *state) {
    struct fit_command *command = state->input;
    struct error *error = command->options->error;
    bool good = true;
    switch (key) {
    case OPTION_ROLE:
        command->names.role = value;
        break;
    case OPTION_SEGMENT:
        command->names.segment = value;
        break;
    case OPTION_NAME:
        good = read_renaming(command, value);
        break;
    case OPTION_FROM:
        command->has_from = true;
        good = read_day("from", value, &command->from, error);
        break;
    case OPTION_UNTIL:
        command->has_until = true;
        good = read_day("until", value, &command->until, error);
        break;
    case OPTION_COHORT:
        good = read_positive("cohort", value, &command->question.cohort, error);
        break;
    case OPTION_HUNTERS:
        good = read_positive("hunters", value, &command->question.hunters, error);
        break;
    case OPTION_STAGES:
        command->stage_list = value;
        break;
    case OPTION_SCENARIO:
        command->scenario_name = value;
        break;
    case OPTION_BACKTEST:
        command->has_split = true;
        good = read_day("backtest", value, &command->split, error);
        break;
    case OPTION_SKIP_BAD_ROWS:
        command->skip_bad_rows = true;
        break;
    case OPTION_NO_PLOTS:
        command->no_plots = true;
        break;
    case OPTION_LANGUAGE:
        return reporting_read_option(key, value, &command->reporting, error);
    case OPTION_FORMAT:
        good = options_format(value, &command->options->format, error);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return good ? 0 : EINVAL;
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz fit",
    .arguments = "DATA.csv ...",
    .examples =
        "\n"
        "  anreiz fit hr.csv >configs/fitted.cfg\n"
        "  anreiz fit hr.csv customers.csv crm.csv sales.csv --until 2025-12-31 \\\n"
        "      --out results/fitted\n"
        "  anreiz fit hr.csv --name 'Account Executive=sales' --from 2020-01-01\n"
        "  anreiz fit hr.csv customers.csv --scenario scenarios/hybrid.cfg \\\n"
        "      --backtest 2024-01-01\n"
        "  anreiz fit survival.csv --cohort 1000 --segment key --format csv\n"
        "\n"
        "Estimates from data, as a configuration that a scenario extends: turnover and headcount "
        "from an HR file, churn from customers or a table of survival, pipeline, leads and the "
        "size of deals from a CRM export, spread of skill and attainment from monthly sales. Each "
        "estimate has its interval of 95 %; what the data could not tell is said. What a table "
        "holds is told by its columns; docs/fit.md says which. --backtest says how well the "
        "scenario foretells years that it has not seen: coverage of its bands and bias.\n",
    .notes =
        "Exit code: 0 done, 1 could not, 2 wrong question, bad rows among them, 130 stopped by "
        "Ctrl-C (with --backtest; nothing of it is kept).",
    .arguments_least = 1,
    .arguments_most = FILES_MOST,
    .own = &ARGP,
};

/* "a,b,c" into its names, without blanks around them. */
static bool cut_stages(struct fit_command *command, struct error *error) {
    if (command->stage_list == NULL) {
        return true;
    }
    command->stage_words = strdup(command->stage_list);
    if (command->stage_words == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the names of stages");
    }
    char *rest = NULL;
    for (char *word = strtok_r(command->stage_words, ",", &rest); word != NULL;
         word = strtok_r(NULL, ",", &rest)) {
        size_t stage = 0;
        word += strspn(word, " ");
        for (size_t end = strlen(word); end > 0 && word[end - 1] == ' '; end--) {
            word[end - 1] = '\0';
        }
        if (!dictionary_find(&command->data.stages, word, &stage)) {
            int nearest = dictionary_nearest(&command->data.stages, word);
            return error_add(error, ERROR_QUESTION, "--stages: no table has the stage \"%s\"%s%s%s",
                             word, nearest < 0 ? "" : " (did you mean ",
                             nearest < 0 ? "" : command->data.stages.names[nearest],
                             nearest < 0 ? "" : "?)");
        }
        if (command->question.stage_count == STAGES_NAMED_MOST) {
            return error_add(error, ERROR_QUESTION, "--stages: at most %d", STAGES_NAMED_MOST);
        }
        command->stages[command->question.stage_count++] = word;
    }
    command->question.stages = command->stages;
    return true;
}

/* The last day that the tables tell of. */
static long last_day(const struct fit_command *command) {
    return command->has_until       ? date_day(command->until)
           : command->data.has_last ? command->data.last
                                    : 0;
}

/* From which day to which; a table of survival needs none. */
static bool set_window(struct fit_command *command, struct error *error) {
    struct fit_question *question = &command->question;
    long last = last_day(command);
    question->from = command->has_from ? date_day(command->from) : LONG_MIN;
    question->until = command->has_split ? date_day(command->split) - 1 : last;
    if (command->data.has_last && !command->has_until) {
        struct text day = {0};
        date_add_day(&day, last);
        talk_say(&command->talk,
                 "the tables are taken to tell of all days up to %s, the last in them; say "
                 "otherwise with --until",
                 text_bytes(&day));
        text_free(&day);
    }
    return question->from <= question->until || !command->data.has_last ||
           error_add(error, ERROR_QUESTION,
                     "--from is after the last day that is looked at; nothing is left");
}

static bool load_scenario(struct fit_command *command, struct error *error) {
    const struct options *options = command->options;
    if (command->scenario_name == NULL) {
        if (command->has_split) {
            return error_add(
                error, ERROR_QUESTION,
                "--backtest simulates a scenario with what is fitted; name it, such as "
                "--scenario scenarios/hybrid.cfg");
        }
        return options->set_count == 0 ||
               error_add(error, ERROR_QUESTION,
                         "--set changes a scenario; name it with --scenario");
    }
    command->question.parameters = &command->scenario.parameters;
    return fit_input_scenario(&command->scenario, command->scenario_name, options, &command->data,
                              error);
}

static bool estimate(struct fit_command *command, struct error *error) {
    const struct options *options = command->options;
    const struct fit_input input = {options->arguments, options->argument_count, &command->names,
                                    command->skip_bad_rows};
    return fit_input_read(&command->data, &input, &command->talk, error) &&
           cut_stages(command, error) && load_scenario(command, error) &&
           set_window(command, error) && fit(&command->findings, &command->question, error) &&
           (command->findings.count > 0 ||
            error_add(error, ERROR_QUESTION,
                      "the tables tell nothing of these days: is --until, --from or the kind of "
                      "deals right?"));
}

/* The folder comes after all that can be wrong with the question, and before what takes long. */
static bool backtest(struct fit_command *command, struct error *error) {
    const struct backtesting_question question = {.options = command->options,
                                                  .scenario_name = command->scenario_name,
                                                  .findings = &command->findings,
                                                  .fit = &command->question,
                                                  .split = command->split,
                                                  .last = last_day(command)};
    struct backtesting *backtesting = &command->backtesting;
    return (!command->has_split ||
            backtesting_begin(backtesting, &question, &command->talk, error)) &&
           fit_output_begin(command->options, &command->folder, error) &&
           (!command->has_split || backtesting_run(backtesting, &question, &command->talk, error));
}

static bool deliver(struct fit_command *command, struct error *error) {
    const struct fit_results results = {
        .options = command->options,
        .question = &command->question,
        .findings = &command->findings,
        .backtesting = command->has_split ? &command->backtesting : NULL,
        .no_plots = command->no_plots,
    };
    command->folder.language = command->reporting.language;
    return fit_output_write(&results, &command->folder, error) &&
           fit_output_print(&results, error) &&
           fit_output_draw(&results, &command->folder, &command->talk, error);
}

bool command_fit(struct options *options, int argc, char **argv, struct error *error) {
    struct fit_command command = {.options = options,
                                  .names = {.role = "sales", .segment = "standard"}};
    command.names.renamed = command.renamed;
    command.question.data = &command.data;
    bool good = options_read(options, &USAGE, &command, argc, argv, error);
    if (good) {
        command.talk = talk_open(options->quiet, options->verbose);
        good = estimate(&command, error) && backtest(&command, error) && deliver(&command, error);
    }
    writing_close_folder(&command.folder);
    backtesting_free(&command.backtesting);
    findings_free(&command.findings);
    fit_data_free(&command.data);
    scenario_free(&command.scenario);
    free(command.stage_words);
    return good;
}
