/* Completion of the command line by shells: scripts from the usages of the commands, which ask the
 * program for the words that depend on a scenario.
 * Ownership: only reads; texts and streams belong to the caller. */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "cli/commands.h"

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

/* "bash", "zsh", "fish" and NULL. */
extern const char *const COMPLETION_SHELLS[];

/* The script for a shell of that list. */
bool completion_script(struct text *script, const char *shell, struct error *error)
    __attribute__((warn_unused_result));

#endif
