/* What each component of a plan adds to the worth of a unit of effort.
 * Ownership: values only. */
#ifndef ENGINE_ATTRIBUTION_H
#define ENGINE_ATTRIBUTION_H

#include "model/incentive.h"

#include <stddef.h>

enum { ATTRIBUTION_STANDINGS = MOTIVE_PARTS };

/* Money for one unit of effort (effort 2 instead of 1) in one month, as the person values it. */
struct worth {
    double inside[ACTIVITY_COUNT]; /* lands in the running period or cycle */
    double later[ACTIVITY_COUNT];  /* in later ones */
};

/* Adds to the parts, by component of the plan, what the standings (at most ATTRIBUTION_STANDINGS,
 * in the order of the motives) are worth to the reference person: incentive_value, divided. */
void attribution_divide(const struct incentive *incentive, const struct standing *standings,
                        size_t count, struct worth *const parts[]);

#endif
