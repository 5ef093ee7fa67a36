/* Whether two components of plans are the same terms, written twice.
 * Ownership: only reads. Components must have been filled from zeroed memory. */
#ifndef PLAN_SAME_H
#define PLAN_SAME_H

#include "plan/plan.h"

#include <stdbool.h>

bool component_same(const struct component *a, const struct component *b);

#endif
