/* Staying and leaving: wishes to leave and their hazard, what leaving forfeits, the rule that
 * weighs both, and the stationary law that calibrates the configured turnover (docs/model.md,
 * section 6). Ownership: tenure_law_init allocates, tenure_law_free frees; the rest are values. */
#ifndef MODEL_DEPARTURE_H
#define MODEL_DEPARTURE_H

#include "base/error.h"
#include "base/real.h"
#include "model/role.h"

#include <stdbool.h>
#include <stddef.h>

enum { MATCH_POINTS = 73, FORFEITS_MONTHS = 480 }; /* 480: the longest wait, for a career level */

/* The stationary law of (tenure, learned match) at reference pay with nothing to forfeit. */
struct tenure_law {
    double intercept; /* b0 of the log hazard */
    double hazard;    /* voluntary exits per person-month in the stationary state */
    size_t months;    /* careers end after so many */
    double *tenure;   /* months: cumulative probability of a tenure of 0 .. n months */
    real *match;      /* months x MATCH_POINTS: cumulative law of the match at that tenure */
};

bool tenure_law_init(struct tenure_law *law, const struct role *role, struct error *error)
    __attribute__((warn_unused_result));
void tenure_law_free(struct tenure_law *law);

/* Draws from the law: completed months of tenure, then the match at that tenure. */
size_t tenure_law_tenure(const struct tenure_law *law, double u);
double tenure_law_match(const struct tenure_law *law, size_t tenure, double u);

/* Standard deviation of the step of the learned match from tenure n - 1 to n months: the posterior
 * mean is a martingale with variance b^2 n / (n + k). */
double match_step(const struct role *role, size_t tenure);

/* Monthly probability from an annual one: 1 - (1 - A)^(1/12). */
double monthly_probability(double annual);

/* The hazard that a wish to leave arrives this month: 1 - exp(-exp(log_hazard)). */
double wish_hazard(double log_hazard);

/* Whether a uniform is below that hazard. */
bool wish_arrives(double log_hazard, double uniform);

/* What leaving now would forfeit: values at the certainty equivalent, by months until payment. */
struct forfeits {
    size_t last; /* month with the last payment; 0: none */
    double value[FORFEITS_MONTHS + 1];
};

/* Adds one amount; amounts of 0 or less are left out. Payments are at ends of months, 1 or later.
 */
void forfeits_add(struct forfeits *forfeits, double months, double value);

/* Months until the first payment date that pays for waiting until then, -1 when none does:
 * sum over d_i <= d_j of beta D^d_i V_i >= gain a(d_j), a(d) = (1 - D^d) / (12 (1 - D)),
 * D = (1 + discount)^(-1/12); `gain` is the yearly gain of leaving in currency. */
double waiting_months(const struct forfeits *forfeits, double gain, double present_bias,
                      double discount);

#endif
