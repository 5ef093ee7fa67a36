/* When the pay for a period is paid, where a part is held back or goes through a bonus bank, and
 * what customers who leave take from it before. Ownership: values only. */
#ifndef MODEL_DEFERRAL_H
#define MODEL_DEFERRAL_H

#include "model/parameters.h"

struct deferral {
    double kept;   /* of pay, by what is held back and taken back when customers leave */
    double held;   /* of what is kept: paid so many months after the period */
    double months; /* of holding back */
    double pays;   /* bank: share of the balance paid a period; 0: no bank */
    double every;  /* months from one payment of the bank to the next */
};

/* Churn is that of customers in the reference state. Awards are paid when they vest: no deferral.
 */
struct deferral deferral_of(const struct parameters *parameters, size_t role,
                            const struct component *component);

/* Value today of a unit of kept pay for a period that ends in so many months: a payment of today
 * counts 1, one of n months later `bias` keep^n. The bank's bounds are left out. */
double deferral_worth(const struct deferral *deferral, double bias, double keep, double months);

#endif
