#include "cli/cli.h"

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/talk.h"

#include <string.h>

struct command {
    const char *name;
    const char *meaning;
    bool (*execute)(struct options *options, int argc, char **argv, struct error *error);
};

static const struct command COMMANDS[] = {
    {"run", "simulate a scenario: tables and pictures", command_run},
    {"compare", "set pay plans against each other, paired", command_compare},
    {"sweep", "a scenario at many points: tables, lines, heat maps, where plans break even",
     command_sweep},
    {"payout", "what plans pay on actual deals", command_payout},
    {"explain", "what one more unit of effort gains a person of a role", command_explain},
    {"trace", "one history told: the whole firm, or one person month by month", command_trace},
    {"check", "read a scenario and say what is wrong with it", command_check},
    {"parameters", "every parameter with unit, default and range", command_parameters},
    {"outcomes", "every outcome with unit and meaning: the names of --metrics", command_outcomes},
    {"merge", "put the shards of a run together", command_merge},
    {"plot", "draw the pictures of a finished run again", command_plot},
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] };

static const char EXAMPLES[] =
    "\n"
    "  anreiz run scenarios/long_term_kam.cfg\n"
    "  anreiz compare scenarios/short_term_bonus.cfg scenarios/long_term_kam.cfg\n"
    "  anreiz run scenarios/hybrid.cfg --set simulation.years=3 --summary\n"
    "\n"
    "What pay plans do to staff turnover, revenue and customer retention.\n";

static void help_write(struct text *help) {
    text_add(help, "%s\nCommands:\n", EXAMPLES);
    for (size_t n = 0; n < COMMAND_COUNT; n++) {
        text_add(help, "  %-12s %s\n", COMMANDS[n].name, COMMANDS[n].meaning);
    }
    text_add(help, "\n\vEach command explains itself: anreiz run --help");
}

static const struct command *command_find(const char *word, struct error *error) {
    const char *names[COMMAND_COUNT];
    for (size_t n = 0; n < COMMAND_COUNT; n++) {
        names[n] = COMMANDS[n].name;
        if (strcmp(word, names[n]) == 0) {
            return &COMMANDS[n];
        }
    }
    int nearest = text_nearest(word, names, COMMAND_COUNT);
    if (nearest >= 0) {
        error_add(error, ERROR_QUESTION, "unknown command %s (did you mean %s?)", word,
                  names[nearest]);
    } else {
        error_add(error, ERROR_QUESTION, "unknown command %s, see anreiz --help", word);
    }
    return NULL;
}

static void execute(struct options *options, int argc, char **argv, struct error *error) {
    struct text help = {0};
    int index = argc;
    help_write(&help);
    bool going = options_read_before(options, text_bytes(&help), argc, argv, &index, error);
    text_free(&help);
    if (going && index >= argc) {
        error_add(error, ERROR_QUESTION, "which command? See anreiz --help");
    } else if (going) {
        const struct command *command = command_find(argv[index], error);
        if (command != NULL && options->processes.count > 1 && command->execute != command_run) {
            error_add(error, ERROR_QUESTION,
                      "only anreiz run works on several processes: start %s "
                      "without mpirun",
                      command->name);
        } else if (command != NULL) {
            (void)command->execute(options, argc - index, argv + index, error);
        }
    }
}

static int exit_code(enum error_kind kind) {
    switch (kind) {
    case ERROR_NONE:
        return 0;
    case ERROR_FAILURE:
        return 1;
    case ERROR_QUESTION:
        return 2;
    case ERROR_INTERRUPTED:
        return 130;
    }
    return 1;
}

int cli_main(int argc, char **argv) {
    struct error error = {0};
    struct options options = {0};
    struct processes processes = parallel_begin();
    interrupt_watch();
    if (options_init(&options, argc, &error)) {
        options.processes = processes;
        execute(&options, argc, argv, &error);
    }
    (void)output_flush(&error);
    struct talk talk = talk_open(options.quiet, options.verbose);
    /* What all processes have to say about a wrong question, one says. */
    bool said = parallel_most(&processes, processes.rank == 0 && error.kind != ERROR_NONE) != 0;
    if (error.kind == ERROR_FAILURE ||
        (error.kind != ERROR_NONE && (processes.rank == 0 || !said))) {
        talk_error(&talk, &error);
    }
    int code = exit_code(error.kind);
    options_free(&options);
    error_free(&error);
    parallel_end(&processes);
    return code;
}
