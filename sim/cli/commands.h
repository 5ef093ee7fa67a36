/* The list of commands, one row each: the program, its manual and its completion follow from it.
 * Ownership: a constant table. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "base/error.h"
#include "cli/options.h"

#include <stdbool.h>
#include <stddef.h>

struct command {
    const char *name;
    const char *meaning;
    bool (*execute)(struct options *options, int argc, char **argv, struct error *error);
};

extern const struct command COMMANDS[];
extern const size_t COMMAND_COUNT;

/* The examples that the help of the program begins with. */
extern const char COMMANDS_EXAMPLES[];

/* NULL when there is no such command; the error says which was meant. */
const struct command *command_find(const char *word, struct error *error);

/* How a command is used; it is not executed. NULL without memory. */
const struct usage *command_usage(const struct command *command, struct error *error);

#endif
