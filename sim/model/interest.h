/* What a plan pays for having a customer in one's book: the interest that a person has in keeping
 * it (docs/model.md, section 8).
 * Ownership: values only. */
#ifndef MODEL_INTEREST_H
#define MODEL_INTEREST_H

#include "model/parameters.h"

/* Pay a month that one customer brings its owner, as the person values it today. */
struct interest {
    double revenue; /* per unit of its annual revenue */
    double renewal; /* whatever its size */
};

/* Of the reference person of a role in one segment under an effort that is held: the slope of the
 * expected pay of every component in its measure, where it stands in the mean, times what a
 * customer adds to the measure in a month. The quota stays, as handing over does not lower it.
 * Measures that are ratios do not see one customer less; those of the whole firm keep it. `keep`:
 * discount x chance to be here, a month. */
struct interest customer_interest(const struct parameters *parameters, size_t role, size_t segment,
                                  const struct plan *plan, const double effort[ACTIVITY_COUNT],
                                  double keep);

#endif
