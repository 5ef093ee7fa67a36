#include "cli/commands.h"

#include "base/text.h"
#include "cli/command.h"

#include <string.h>

const struct command COMMANDS[] = {
    {"run", "simulate a scenario: tables and pictures", command_run},
    {"compare", "set pay plans against each other, paired", command_compare},
    {"sweep", "a scenario at many points: tables, lines, heat maps, where plans break even",
     command_sweep},
    {"sensitivity", "which parameters matter: screening, shares of the variance, tornado",
     command_sensitivity},
    {"optimize", "the best values under bounds, or the front between two goals", command_optimize},
    {"fit", "what data tell: turnover, churn, pipeline, deals and skill as a configuration",
     command_fit},
    {"payout", "what plans pay on actual deals", command_payout},
    {"explain", "what one more unit of effort gains a person of a role", command_explain},
    {"trace", "one history told: the whole firm, or one person month by month", command_trace},
    {"check", "read a scenario and say what is wrong with it", command_check},
    {"parameters", "every parameter with unit, default and range", command_parameters},
    {"outcomes", "every outcome with unit and meaning: the names of --metrics", command_outcomes},
    {"merge", "put the shards of a run together", command_merge},
    {"new", "write a commented scenario to start from", command_new},
    {"plot", "draw the pictures of a finished run again", command_plot},
    {"manual", "the manual pages of the commands and of scenarios", command_manual},
    {"completion", "let a shell complete commands, options, parameters, metrics",
     command_completion},
};
enum { ROWS = sizeof COMMANDS / sizeof COMMANDS[0] };
const size_t COMMAND_COUNT = ROWS;

const char COMMANDS_EXAMPLES[] =
    "\n"
    "  anreiz run scenarios/long_term_kam.cfg\n"
    "  anreiz compare scenarios/short_term_bonus.cfg scenarios/long_term_kam.cfg\n"
    "  anreiz run scenarios/hybrid.cfg --set simulation.years=3 --summary\n"
    "\n"
    "What pay plans do to staff turnover, revenue and customer retention.\n";

const struct command *command_find(const char *word, struct error *error) {
    const char *names[ROWS];
    for (size_t n = 0; n < ROWS; n++) {
        names[n] = COMMANDS[n].name;
        if (strcmp(word, names[n]) == 0) {
            return &COMMANDS[n];
        }
    }
    int nearest = text_nearest(word, names, ROWS);
    if (nearest >= 0) {
        error_add(error, ERROR_QUESTION, "unknown command %s (did you mean %s?)", word,
                  names[nearest]);
    } else {
        error_add(error, ERROR_QUESTION, "unknown command %s, see anreiz --help", word);
    }
    return NULL;
}

/* A command reads its command line first; here that only takes note of its usage. */
const struct usage *command_usage(const struct command *command, struct error *error) {
    struct options options = {0};
    char word[NAME_SIZE];
    char *argv[] = {word, NULL};
    (void)snprintf(word, sizeof word, "%s", command->name);
    if (!options_init(&options, 1, error)) {
        return NULL;
    }
    const struct usage *usage = NULL;
    options.only_usage = &usage;
    (void)command->execute(&options, 1, argv, error);
    options_free(&options);
    return usage;
}
