/* The contracts that a reference person wins in a month: how many, and the law of their values.
 * Ownership: values only. */
#ifndef MODEL_REFERENCE_DEALS_H
#define MODEL_REFERENCE_DEALS_H

#include "model/reference.h"

/* Deals a month of the reference person in one segment: what is hunted is linear in the fit, what
 * comes by itself only has to be advanced. */
struct deals {
    double hunted;
    double given;
};

struct deals reference_deals(const struct parameters *parameters, size_t role, size_t segment);

/* Annual values of so many contracts with new customers, or 1 for each where the metric counts
 * contracts. */
struct deal_law reference_deal_law(const struct segment *segment, double deals, enum metric metric);

#endif
