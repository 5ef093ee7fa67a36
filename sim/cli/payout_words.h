/* The words of anreiz payout's options: names of plans, periods, numbers, laws.
 * Ownership: who asks for plans frees their numbers. */
#ifndef CLI_PAYOUT_WORDS_H
#define CLI_PAYOUT_WORDS_H

#include "base/error.h"
#include "model/parameters.h"
#include "plan/attainment.h"

#include <stdbool.h>
#include <stddef.h>

struct payout_plans {
    size_t *numbers; /* in the parameters */
    size_t count;
};

/* "P,Q" in this order, each once; NULL names none. */
bool payout_plans_named(struct payout_plans *plans, const struct parameters *parameters,
                        const char *list, struct error *error) __attribute__((warn_unused_result));

/* Those that somebody is on, in the order of the roles. */
bool payout_plans_of_roles(struct payout_plans *plans, const struct parameters *parameters,
                           struct error *error) __attribute__((warn_unused_result));

/* First and last month of 2025-06, or of 2025, 2025-H1, 2025-Q2 of the fiscal year that begins
 * then; of all months when `period` is NULL. `option` is named in the complaint. */
bool payout_read_period(const char *option, const char *period, long fiscal_year_start, long *from,
                        long *to, struct error *error) __attribute__((warn_unused_result));

bool payout_read_number(const char *option, const char *value, double *number, struct error *error)
    __attribute__((warn_unused_result));

/* The same, 0 or more. */
bool payout_read_positive(const char *option, const char *value, double *number,
                          struct error *error) __attribute__((warn_unused_result));

bool payout_read_law(const char *value, enum attainment_law *law, struct error *error)
    __attribute__((warn_unused_result));

#endif
