#include "cli/cli.h"

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/talk.h"

#include <string.h>

/* Right margin of argp's pages, and where the meaning of a command begins. */
enum { MARGIN = 78, INDENT = 15 };

/* argp would continue a long line at the left, where commands stand. */
static void write_meaning(struct text *help, const char *meaning) {
    size_t column = INDENT;
    while (*meaning != '\0') {
        size_t length = strcspn(meaning, " ");
        if (column > INDENT && column + 1 + length > MARGIN) {
            text_add(help, "\n%*s", INDENT, "");
            column = INDENT;
        }
        text_add(help, "%s%.*s", column == INDENT ? "" : " ", (int)length, meaning);
        column += length + (column > INDENT);
        meaning += length;
        meaning += strspn(meaning, " ");
    }
    text_add(help, "\n");
}

static void help_write(struct text *help) {
    text_add(help, "%s\nCommands:\n", COMMANDS_EXAMPLES);
    for (size_t n = 0; n < COMMAND_COUNT; n++) {
        text_add(help, "  %-*s", INDENT - 2, COMMANDS[n].name);
        write_meaning(help, COMMANDS[n].meaning);
    }
    text_add(help, "\n\vEach command explains itself: anreiz run --help");
}

/* "help" and "help run" are the words of other programs for --help and run --help. */
static void understand_help(int argc, char **argv) {
    static char option[] = "--help";
    if (argc >= 2 && argc <= 3 && strcmp(argv[1], "help") == 0) {
        argv[1] = argc == 3 ? argv[2] : option;
        argv[argc - 1] = option;
    }
}

static void execute(struct options *options, int argc, char **argv, struct error *error) {
    struct text help = {0};
    int index = argc;
    understand_help(argc, argv);
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
