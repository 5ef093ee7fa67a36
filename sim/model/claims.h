/* The normal law of what the components of a plan are claimed for together: what falls due in a
 * month of the fiscal year, and from it to the end of the year. Ownership: values only; the plan is
 * borrowed. */
#ifndef MODEL_CLAIMS_H
#define MODEL_CLAIMS_H

#include "model/parameters.h"
#include "model/reference.h"
#include "plan/statement.h"

/* The components of a plan, and how far results of two of them over the same months correlate. */
struct claims {
    const struct plan *plan;
    double together[COMPONENTS_MOST][COMPONENTS_MOST];
};

void claims_make(struct claims *claims, const struct parameters *parameters, size_t role,
                 const struct plan *plan);

/* Months of a component's period; 0: an award. */
long claims_length(const struct component *component);

/* Months from one time at which claims fall due to the next: a guarantee is settled with them. */
long claims_span(const struct plan *plan);

enum { CLAIMS_MOST = 64 }; /* people at once */

/* Moments of a period of every component, for people of so many skills. */
void claims_periods(const struct parameters *parameters, size_t role, const struct plan *plan,
                    const double effort[ACTIVITY_COUNT], const double skill[], size_t count,
                    struct metric_moments period[][COMPONENTS_MOST]);

/* Claims that fall due in a month of the fiscal year; from it to the end of the year. */
struct metric_moments claims_due(const struct claims *claims,
                                 const struct metric_moments period[COMPONENTS_MOST], long month);
struct metric_moments claims_rest(const struct claims *claims,
                                  const struct metric_moments period[COMPONENTS_MOST], long month);

/* P(X < bound); E max(bound - X, 0) */
double claims_below(struct metric_moments law, double bound);
double claims_missing(struct metric_moments law, double bound);

#endif
