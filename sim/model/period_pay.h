/* What one period of a component can be expected to pay the reference person of a role: the curve
 * against the law of its measure, the mean of its gates and multipliers, what holding back and
 * clawback leave.
 * Ownership: values only. */
#ifndef MODEL_PERIOD_PAY_H
#define MODEL_PERIOD_PAY_H

#include "model/parameters.h"
#include "model/reference.h"
#include "plan/valuation.h"

/* Everything around the main measure of a component. */
struct valuation expected_around(const struct parameters *parameters, size_t role,
                                 const struct component *component, double scale,
                                 const double effort[ACTIVITY_COUNT]);

/* Expected pay of one period (of one grant of an LTIP) for a person whose output is `skill` times
 * the reference; not shares. Gates, multipliers and a matrix' second measure enter by their mean.
 */
double expected_period_pay(const struct parameters *parameters, size_t role,
                           const struct component *component, double skill,
                           const double effort[ACTIVITY_COUNT]);

/* The same for `count` people, pay[i] at skill[i]: what is the same for all is computed once. */
void expected_period_pays(const struct parameters *parameters, size_t role,
                          const struct component *component, const double skill[], size_t count,
                          const double effort[ACTIVITY_COUNT], double pay[]);

/* Mean and standard deviation of the same. */
void expected_period_moments(const struct parameters *parameters, size_t role,
                             const struct component *component, const double skill[], size_t count,
                             const double effort[ACTIVITY_COUNT], struct metric_moments pay[]);

/* Expected pay of one period of a component with a single measure, where less than `least` counts
 * as that, and more than `most` as that. */
double expected_period_between(const struct parameters *parameters, size_t role,
                               const struct component *component, double skill,
                               const double effort[ACTIVITY_COUNT], double least, double most);

#endif
