/* Effort that follows from the text of a plan (docs/model.md, section 4), modes none and static:
 * the marginal value of a fresh period, held all the time.
 * Ownership: values only. */
#ifndef MODEL_EFFORT_H
#define MODEL_EFFORT_H

#include "model/parameters.h"

#include <stdbool.h>

/* Extra effort x = e - 1 for marginal values v_k = sum_j lambda_j R_jk (money a month per unit of
 * effort in activity k): x = C^-1 v with C = c Y [(1 - gamma) D + gamma w w'], D = diag(w).
 * `shares`: working time w_k, activities with share 0 get 0; `pay`: target pay a month Y. */
void effort_solve(const double shares[ACTIVITY_COUNT], double cost, double substitution, double pay,
                  const double value[ACTIVITY_COUNT], double extra[ACTIVITY_COUNT]);

/* The static effort e_k of a role under its plan. `stay`: monthly probability to be here. */
void effort_static(const struct parameters *parameters, size_t role, const struct plan *plan,
                   double stay, double effort[ACTIVITY_COUNT]);

/* Value of effort through gates and multipliers alone, in money a month per unit of effort, of a
 * component or (its number is the plan's count) of all. */
void effort_steady(const struct parameters *parameters, size_t role, const struct plan *plan,
                   size_t component, double stay, double value[ACTIVITY_COUNT]);

#endif
