/* The mean of the model: what a reference person (skill 1, past the ramp) of a role produces in a
 * month at normal effort, how uncertain that is, and what one more unit of effort in one activity
 * moves within the following months. Computed once from the parameters, no chance.
 * Ownership: values only. */
#ifndef MODEL_REFERENCE_H
#define MODEL_REFERENCE_H

#include "model/parameters.h"

enum { RESPONSE_MONTHS = 120 };

/* The steady state of an account under constant inputs (docs/model.md, section 2). */
struct steady_account {
    double satisfaction;
    double relationship;
    double wallet;
};
struct steady_account steady_account(const struct segment *segment, double care, double develop);

/* Fit of a role to a segment: 1 - complexity (1 - analytics). */
double role_fit(const struct role *role, const struct segment *segment);

/* Accounts owned over the normal number, at least .5: a nearly empty book does not multiply the
 * care that its few accounts get. */
double owner_load(double accounts, double normal_accounts);

/* Share of promoters among customers at mean satisfaction: ratings that round to 9 or 10. */
double reference_promoters(const struct segment *segment);

/* What a role does in one segment. */
struct role_share {
    double hunting;  /* share of the role's acquire time, 0: does not hunt here */
    double accounts; /* owned per head at the start, 0: owns none here */
};
struct role_share role_share(const struct parameters *parameters, size_t role, size_t segment);

/* A metric of the reference person: a month's mean and standard deviation (independent months).
 * Index metrics: the monthly ratio. */
struct metric_moments {
    double mean;
    double sd;
};
struct metric_moments reference_metric(const struct parameters *parameters, size_t role,
                                       enum metric metric);

/* Mean and standard deviation of the metric over `months`. */
struct metric_moments reference_period(struct metric_moments month, enum metric metric,
                                       double months);

/* R_k(H): what one unit of effort above normal in activity `activity`, held for one month, adds to
 * the metric within H = 1 .. RESPONSE_MONTHS months (that month included): response[H-1]. */
void reference_response(const struct parameters *parameters, size_t role, enum metric metric,
                        enum activity activity, double response[RESPONSE_MONTHS]);

/* Cumulative share of a one-month impulse of acquire effort that has closed after 1, 2, ...
 * months, half through leads and half through advance odds by `lead_share`. */
void pipeline_impulse(const struct segment *segment, double closed[RESPONSE_MONTHS]);

/* Relative change of an account's annual revenue after 1, 2, ... months (survival included), and
 * of its booked expansion summed until then, per unit of care or develop input in one month. The
 * account starts at the steady state and keeps its owner. */
void account_impulse(const struct segment *segment, double care, double develop,
                     enum activity activity, double revenue[RESPONSE_MONTHS],
                     double expansion[RESPONSE_MONTHS]);

/* Wins a month of a full-time reference hunter per lead: the product of the conversions. */
double pipeline_conversion(const struct segment *segment);

/* Churn hazard a month in the reference state. */
double reference_churn(const struct segment *segment);

#endif
