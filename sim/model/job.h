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

/* Certainty equivalent of an amount paid in shares in so many months, over its mean: a lognormal
 * price, to second order, against the pay of a year. One law for what people are promised and for
 * what they would forfeit (docs/model.md, section 6). */
double certain_share(const struct model *model, const struct role_law *law, double value,
                     double annual_pay, double months);

/* What one unit of a grant of so much value is worth today to the reference person. */
struct perception {
    double discounted; /* by present bias and discount, to somebody who stays */
    double certain;    /* of that the certainty equivalent: perceived pay */
    double here;       /* of that times the chance to be here when it is paid */
};
struct perception award_perception(const struct model *model, size_t role,
                                   const struct component *component, double value);

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
