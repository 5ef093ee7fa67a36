/* How many leads come in a month: from the first day that is looked at, or that a table tells of.
 * Ownership: the caller owns the findings; the rest is lent. */
#ifndef ENGINE_FIT_LEADS_H
#define ENGINE_FIT_LEADS_H

#include "engine/fit.h"

/* The leads of a segment between the days that are looked at. */
struct fit_leads {
    double count;
    long first; /* day of the first of them; of no meaning without one */
};

/* Adds segments.*.leads.per_hunter, or leads.* where nobody says how many hunted. */
bool fit_leads(struct findings *findings, const struct fit_question *question,
               const struct fit_leads *seen, const char *segment, struct error *error)
    __attribute__((warn_unused_result));

#endif
