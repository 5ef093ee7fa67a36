/* The commands, one file each: run (command_run.c), compare (command_compare.c), ... A further one
 * is one more file, its line here and its row in commands.c.
 * Ownership: the caller owns options and argv; a command keeps nothing. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/error.h"
#include "cli/options.h"

#include <stdbool.h>

/* argv[0] is the command's own word, what follows is still to be read; `options` holds what stood
 * before it. False when something is in `error`, and when there was nothing to do but help. */
bool command_run(struct options *options, int argc, char **argv, struct error *error);
bool command_compare(struct options *options, int argc, char **argv, struct error *error);
bool command_sweep(struct options *options, int argc, char **argv, struct error *error);
bool command_sensitivity(struct options *options, int argc, char **argv, struct error *error);
bool command_optimize(struct options *options, int argc, char **argv, struct error *error);
bool command_fit(struct options *options, int argc, char **argv, struct error *error);
bool command_payout(struct options *options, int argc, char **argv, struct error *error);
bool command_explain(struct options *options, int argc, char **argv, struct error *error);
bool command_trace(struct options *options, int argc, char **argv, struct error *error);
bool command_check(struct options *options, int argc, char **argv, struct error *error);
bool command_parameters(struct options *options, int argc, char **argv, struct error *error);
bool command_outcomes(struct options *options, int argc, char **argv, struct error *error);
bool command_merge(struct options *options, int argc, char **argv, struct error *error);
bool command_new(struct options *options, int argc, char **argv, struct error *error);
bool command_manual(struct options *options, int argc, char **argv, struct error *error);
bool command_completion(struct options *options, int argc, char **argv, struct error *error);
bool command_plot(struct options *options, int argc, char **argv, struct error *error);

#endif
