/* What a sensitivity analysis prints: its results, or with --dry-run what it would simulate.
 * Ownership: only reads. */
#ifndef CLI_SENSITIVITY_PRINT_H
#define CLI_SENSITIVITY_PRINT_H

#include "cli/options.h"
#include "cli/sensitivity_axes.h"
#include "report/sensitivity.h"

/* The options of a command line that another method needs to ask about the same values: each behind
 * " \", a line end and blanks, its value quoted for a shell where it must be. `against` and
 * `metrics` may be NULL; `usual`: the number of histories that need not be told. */
void sensitivity_print_repeated(struct text *text, const struct options *options,
                                const char *against, const char *metrics, uint64_t usual);

/* A word of a shell, quoted where it must be. */
void sensitivity_print_word(struct text *text, const char *word);

/* In the format of the options. */
bool sensitivity_print(const struct options *options, const struct sensitivity_report *report,
                       struct error *error) __attribute__((warn_unused_result));

/* The parameters with their ranges, time and memory, and the folder `path`; `begun`: it may be
 * there already. */
bool sensitivity_print_dry(const struct sensitivity_axes *axes,
                           const struct sensitivity_report *report, const char *path, bool begun,
                           struct error *error) __attribute__((warn_unused_result));

#endif
