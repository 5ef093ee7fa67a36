/* --precision and --max-replications: simulating until means are precise enough.
 * Ownership: the caller owns the struct (zeroed is "not asked for") and calls until_free. */
#ifndef CLI_UNTIL_H
#define CLI_UNTIL_H

#include "base/text.h"
#include "cli/options.h"
#include "cli/talk.h"
#include "engine/precision.h"

struct until {
    struct precision precision;
    char *words[PRECISION_TARGETS]; /* names of the metrics */
    uint64_t most;                  /* --max-replications; 0: not given */
};

/* For the parsers of commands that simulate. */
#define UNTIL_ROWS                                                                                 \
    {"precision",                                                                                  \
     OPTION_PRECISION,                                                                             \
     "METRIC=WIDTH",                                                                               \
     0,                                                                                            \
     "Simulate until the mean is known to within WIDTH (0.5% or 20000) in 95 of 100 cases",        \
     0},                                                                                           \
    {                                                                                              \
        "max-replications", OPTION_MAX_REPLICATIONS, "N", 0, "... but not more than so many", 0    \
    }
enum { OPTION_PRECISION = 0x300, OPTION_MAX_REPLICATIONS };

/* "revenue=0.5%" */
bool until_read(struct until *until, const char *value, struct error *error)
    __attribute__((warn_unused_result));

/* Whether the options fit together and the scenario has the metrics; with --precision the number of
 * replications becomes the most there may be. */
bool until_apply(const struct until *until, const struct options *options,
                 struct parameters *parameters, struct error *error)
    __attribute__((warn_unused_result));

/* NULL when nothing was asked for. */
const struct precision *until_precision(const struct until *until);

/* A line for each metric: what was reached after how many histories. */
void until_describe(const struct until *until, const struct results *results, struct text *text);

/* On stderr what was not reached, also with --quiet. */
void until_say(const struct until *until, const struct results *results, struct talk *talk);

void until_free(struct until *until);

#endif
