/* What is different between two scenarios, parameter by parameter.
 * Ownership: nothing is kept. */
#ifndef SCENARIO_DIFFERENCE_H
#define SCENARIO_DIFFERENCE_H

#include "scenario/schema.h"

/* A line for each parameter that differs, such as `roles.kam.plan: "a" -> "b"`, after `indent`. */
void scenario_differences(const struct parameters *before, const struct parameters *after,
                          const char *indent, struct text *out);

/* Whether a line of these (without indent) is about pay plans, careers, or the name and the
 * question of the scenario. */
bool difference_is_of_pay(const char *line);

/* Whether the change makes something else of the work, the pay, the career or the customers of
 * those who are in the role; how many they are and whom they hire is none of it. */
bool role_differs(const struct parameters *before, const struct parameters *after, size_t role);

#endif
