/* optimum.cfg: a scenario that extends another one and changes some of its values.
 * Ownership: writes to a stream of the caller, keeps nothing. */
#ifndef CLI_OPTIMIZE_SCENARIO_H
#define CLI_OPTIMIZE_SCENARIO_H

#include "cli/options.h"
#include "engine/scores.h"
#include "report/folder.h"

#include <stdio.h>

/* The scenario of a point: what the options' --set and the point's values change of the scenario
 * that the options name. Where a changed value is part of a list, which a scenario can only replace
 * as a whole, or the path of a table, all parameters are written instead. `comment` may have
 * several lines. */
bool optimize_scenario_write(FILE *file, const struct folder *folder, const struct options *options,
                             const struct scores *scores, size_t point, const char *comment,
                             struct error *error) __attribute__((warn_unused_result));

#endif
