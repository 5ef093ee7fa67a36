/* The numbers of a scenario that might as well be others: what a sensitivity analysis varies.
 * Ownership: the caller owns the list (zeroed is empty) and calls uncertain_free. */
#ifndef SCENARIO_UNCERTAIN_H
#define SCENARIO_UNCERTAIN_H

#include "scenario/scenario.h"

/* A parameter with a plausible range (LIKELY of its row). The range is that of the row, widened to
 * hold the value of the scenario and narrowed to between half and twice a positive value, because
 * the row spans all firms and the scenario is about one. */
struct uncertain {
    struct text path;
    bool whole;
    bool settled; /* known or decided by the firm, such as a headcount or the terms of a plan, or
                     bound to other parameters: varied only when it is named */
    double value; /* of the scenario */
    double low;
    double high;
};

struct uncertain_list {
    struct uncertain *items; /* in the order of the rows */
    size_t count;
};

/* All of them, but for plans that nobody is paid by, what the type of a component never looks at,
 * and single people and customers of a real start. */
bool uncertain_list(struct uncertain_list *list, const struct scenario *scenario,
                    struct error *error) __attribute__((warn_unused_result));

/* Whether `path` is that of the parameter or of a group above it. */
bool uncertain_within(const struct uncertain *item, const char *path);

void uncertain_free(struct uncertain_list *list);

#endif
