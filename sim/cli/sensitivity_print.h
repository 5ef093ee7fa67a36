/* What a sensitivity analysis prints: its results, or with --dry-run what it would simulate.
 * Ownership: only reads. */
#ifndef CLI_SENSITIVITY_PRINT_H
#define CLI_SENSITIVITY_PRINT_H

#include "cli/options.h"
#include "cli/sensitivity_axes.h"
#include "report/sensitivity.h"

/* In the format of the options. */
bool sensitivity_print(const struct options *options, const struct sensitivity_report *report,
                       struct error *error) __attribute__((warn_unused_result));

/* The parameters with their ranges, time and memory, and the folder `path`; `begun`: it may be
 * there already. */
bool sensitivity_print_dry(const struct sensitivity_axes *axes,
                           const struct sensitivity_report *report, const char *path, bool begun,
                           struct error *error) __attribute__((warn_unused_result));

#endif
