/* What a fit reads: tables of any kind, and the scenario that the estimates are for.
 * Ownership: data and scenario belong to the caller, who frees them. */
#ifndef CLI_FIT_INPUT_H
#define CLI_FIT_INPUT_H

#include "cli/options.h"
#include "cli/talk.h"
#include "engine/fit_data.h"
#include "scenario/scenario.h"

struct fit_input {
    const char *const *paths;
    size_t count;
    const struct fit_names *names;
    bool skip_bad_rows;
};

/* Reads all tables and says what was noted; bad rows are said even with --quiet when they stop it.
 */
bool fit_input_read(struct fit_data *data, const struct fit_input *input, struct talk *talk,
                    struct error *error) __attribute__((warn_unused_result));

/* The scenario, which has every role and segment of the data: otherwise the fit would add ones
 * without a plan. */
bool fit_input_scenario(struct scenario *scenario, const char *named, const struct options *options,
                        const struct fit_data *data, struct error *error)
    __attribute__((warn_unused_result));

#endif
