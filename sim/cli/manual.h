/* The manual pages, in roff: of the program, of its commands from their usages, and of the format
 * of scenarios from the rows of the parameters.
 * Ownership: only reads; texts belong to the caller, who looks at `failed`. */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "cli/commands.h"

#include "base/text.h"

void manual_of_program(struct text *page);
void manual_of_command(struct text *page, const struct command *command, const struct usage *usage);
void manual_of_scenarios(struct text *page);

#endif
