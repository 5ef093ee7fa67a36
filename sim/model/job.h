/* What a job pays: pay a year that the plan of a role lets a person expect, what a grant is worth,
 * and how the person values both today.
 * Ownership: values only, but for job_prepare, which fills a table in the model. */
#ifndef MODEL_JOB_H
#define MODEL_JOB_H

#include "model/model.h"

/* Grants of an award a year and person; their value; one option by Black and Scholes. */
double grants_a_year(const struct role_law *law, const struct component *component);
double grant_value(const struct model *model, const struct component *component);
double option_cost(const struct model *model, const struct component *component);

/* Expected pay a year by one component of the plan, of a person whose output is `skill` times the
 * reference, and (when `perceived` is true) as the person values it today. */
double component_pay(const struct model *model, size_t role, const struct component *component,
                     double skill, bool perceived);

/* The same by the whole plan, salary and a guarantee that lasts included. */
double expected_pay(const struct model *model, size_t role, double skill, bool perceived);

/* Tabulates what job_worth reads, for the role's plan and effort. */
void job_prepare(struct model *model, size_t role);

/* Log of what the job pays a year from now on to somebody whose output is e^log_skill times the
 * reference, as the person values it today: grants on joining are past. `tenure`: months in the
 * role, for a guarantee of the first ones. */
double job_worth(const struct role_law *law, double log_skill, long tenure);

#endif
