/* How many people and customers are still there after so long, as the tables show it and as the
 * fitted law says it. Ownership: the caller owns the struct (zeroed is empty) and calls
 * fit_survival_free; names are those of the data. */
#ifndef ENGINE_FIT_SURVIVAL_H
#define ENGINE_FIT_SURVIVAL_H

#include "engine/findings.h"
#include "engine/fit.h"

#include <stdbool.h>
#include <stddef.h>

struct survival_point {
    double years; /* since they came */
    double share; /* still there, as seen */
    double low;   /* interval of 95 %; NAN: none */
    double high;
    double fitted; /* by the law of the findings; NAN: they have none */
};

struct survival_curve {
    const char *name; /* of the role or segment */
    bool customers;
    struct survival_point *points; /* from the beginning, 0 years, on */
    size_t count;
};

struct fit_survival {
    struct survival_curve *curves; /* roles, then segments */
    size_t count;
    size_t capacity;
};

/* Fewer than so many who are watched say nothing: a curve ends before. */
enum { FIT_SURVIVAL_LEAST = 5 };

/* People by months: the cumulated rate of leaving by their own wish (Nelson 1969, Aalen 1978), to
 * which who came before the window contributes from it on. Customers by years, as they are fitted:
 * the share that is left of each (the actuarial life table). Intervals by Greenwood 1926, of the
 * logarithm of the cumulated rate. */
bool fit_survival_of(struct fit_survival *survival, const struct fit_question *question,
                     const struct findings *findings, struct error *error)
    __attribute__((warn_unused_result));

void fit_survival_free(struct fit_survival *survival);

#endif
