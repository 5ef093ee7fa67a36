/* One local search without derivatives: downhill from a point of the unit cube under inequalities.
 * Ownership: everything belongs to the caller, nothing is kept. */
#ifndef ENGINE_DESCENT_H
#define ENGINE_DESCENT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { DESCENT_AXES_MOST = 20 };

enum descent_method {
    DESCENT_PLANES,    /* COBYLA: robust, sees bounds as they are */
    DESCENT_QUADRATICS /* BOBYQA in an augmented Lagrangian: follows curved valleys */
};

struct descent {
    enum descent_method method;
    size_t axis_count;
    size_t bound_count;
    const double *radius; /* by axis: how far the first steps go, at most 1/2 */
    double end;           /* ends when its steps are so small */
    int calls;            /* and after so many */

    /* The value to be made small and those of the bounds (kept where not above 0), of about 1;
     * false ends the search. It is called several times at the same point. */
    bool (*at)(void *context, const double *x, double *value, double *bounds);
    void *context;
};

/* From x, which is where the search ended afterwards. False only without memory. */
bool descent_run(const struct descent *descent, double *x, struct error *error)
    __attribute__((warn_unused_result));

#endif
