/* The mean of the model: what a reference person (skill 1, past the ramp) of a role produces in a
 * month at normal effort, how uncertain that is, and what one more unit of effort in one activity
 * moves within the following months. Computed once from the parameters, no chance.
 * Ownership: values only. */
#ifndef MODEL_REFERENCE_H
#define MODEL_REFERENCE_H

#include "model/coverage.h"
#include "model/parameters.h"
#include "plan/measure.h"
#include "plan/period_law.h"

enum { RESPONSE_MONTHS = 120 };

/* The steady state of an account under constant inputs (docs/model.md, section 2). */
struct steady_account {
    double satisfaction;
    double relationship;
    double wallet;
};
struct steady_account steady_account(const struct segment *segment, double care, double develop);

/* The account that stands for a book: in its steady state, but as it is won where the steady wallet
 * is 0 because nothing grows it: a share of nothing could not be related to anything. */
struct steady_account reference_account(const struct segment *segment, double care, double develop);

/* Fit of a role to a segment: 1 - complexity (1 - analytics). */
double role_fit(const struct role *role, const struct segment *segment);

/* Accounts owned over the normal number, at least .5: a nearly empty book does not multiply the
 * care that its few accounts get. */
double owner_load(double accounts, double normal_accounts);

/* Share of promoters among customers at mean satisfaction: ratings that round to 9 or 10. */
double reference_promoters(const struct segment *segment);

/* Care input of a reference person's account at normal effort; develop input is the same but for
 * what supporting roles add. */
double normal_input(const struct parameters *parameters, size_t role, size_t segment);

/* Develop input that supporting roles add to a customer of the segment on average; what owners give
 * to theirs, on average over the roles. */
double support_input(const struct parameters *parameters, size_t segment);
double owners_input(const struct parameters *parameters, size_t segment);

/* A metric of the reference person: a month's mean and standard deviation (independent months).
 * Index metrics: the monthly ratio. */
struct metric_moments {
    double mean;
    double sd;
};
struct metric_moments reference_metric(const struct parameters *parameters, size_t role,
                                       const struct slot *slot);

/* A month of a metric of contracts and expansion: the deals, a kind for every segment, and what the
 * own book adds, the same accounts every month. */
enum { DEAL_KINDS = 8 };
struct metric_makeup {
    struct deal_law deals[DEAL_KINDS];
    size_t kinds;
    struct steady_law book;
};

/* False for metrics that are not made up so, and for more segments than DEAL_KINDS. */
bool reference_makeup(const struct parameters *parameters, size_t role, const struct slot *slot,
                      struct metric_makeup *makeup);

/* Mean and standard deviation of the metric over `months`. */
struct metric_moments reference_period(struct metric_moments month, enum metric metric,
                                       double months);

/* R_k(H): what one unit of effort above normal in activity `activity`, held for one month, adds to
 * the metric within H = 1 .. RESPONSE_MONTHS months (that month included): response[H-1]. Means and
 * ratios: to the sum over the months, to be divided by their number. Share prices and judged
 * objectives do not respond. */
void reference_response(const struct parameters *parameters, size_t role, const struct slot *slot,
                        enum activity activity, double response[RESPONSE_MONTHS]);

/* What an open pipeline will close at normal effort. */
enum { OUTLOOK_MONTHS = 36, OUTLOOK_STAGES = 16 };
struct pipeline_outlook {
    double open[OUTLOOK_STAGES]
               [OUTLOOK_MONTHS + 1]; /* an opportunity in this stage, within h months */
    double
        fresh[OUTLOOK_MONTHS + 1]; /* of one new lead at the end of each month, within h months */
};
void pipeline_outlook(const struct segment *segment, struct pipeline_outlook *outlook);

/* Cumulative share of a one-month impulse of acquire effort that has closed after 1, 2, ...
 * months, half through leads and half through advance odds by `lead_share`. */
void pipeline_impulse(const struct segment *segment, double closed[RESPONSE_MONTHS]);

/* The same when `leads` of the impulse enters as new leads. */
void impulse_closes(const struct segment *segment, double leads, double closed[RESPONSE_MONTHS]);

/* Response of an account to one unit of care or develop input in one month, after 1, 2, ... months.
 * The account starts at the steady state and keeps its owner. */
struct account_response {
    double revenue[RESPONSE_MONTHS];      /* relative change of annual revenue, survival included */
    double value[RESPONSE_MONTHS];        /* the same of customer lifetime value */
    double expansion[RESPONSE_MONTHS];    /* booked until then, per annual revenue of the start */
    double wallet[RESPONSE_MONTHS];       /* absolute */
    double satisfaction[RESPONSE_MONTHS]; /* absolute */
    double survival[RESPONSE_MONTHS];     /* relative */
};
void account_response(const struct segment *segment, double wacc, double care, double develop,
                      enum activity activity, struct account_response *response);

/* Customer lifetime value per unit of a year's margin when the customer stays for a month with this
 * probability: (1 + wacc) / (1 + wacc - retention), as account_value has it. */
double lifetime_multiple(double month_keep, double wacc);

/* The same of an account in its steady state. */
double steady_multiple(const struct segment *segment, double wacc, double care);

/* Wins a month of a full-time reference hunter per lead: the product of the conversions. */
double pipeline_conversion(const struct segment *segment);

#endif
