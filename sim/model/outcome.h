/* The outcomes of a simulation, one row each: name, unit, meaning and how to get it from the
 * books. Tables, headers, docs, pictures, --metrics and comparison share these rows.
 * Ownership: constant tables. */
#ifndef MODEL_OUTCOME_H
#define MODEL_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

struct ledger;

enum outcome_breakdown {
    OUTCOME_FIRM,      /* only for the whole firm */
    OUTCOME_ROLE,      /* for all and for each role */
    OUTCOME_COMPONENT, /* also for each component of a role's plan */
    OUTCOME_AWARD,     /* also for each component of a role's plan that is a long-term award */
    OUTCOME_SEGMENT,   /* for all and for each segment */
    OUTCOME_STAGE,     /* also for each stage of a segment's pipeline */
    OUTCOME_BOTH       /* for all, for each role and for each segment */
};

enum outcome_direction { OUTCOME_NEUTRAL, OUTCOME_HIGHER_IS_BETTER, OUTCOME_LOWER_IS_BETTER };

struct outcome {
    const char *name;
    const char *unit;    /* "share", "share a year", "currency", "people", ... */
    const char *meaning; /* a sentence */
    enum outcome_breakdown breakdown;
    enum outcome_direction direction;
    bool yearly;         /* not measured monthly: months hold no value (NaN) */
    int trailing_months; /* monthly value over this many months up to the month; 0: the month */
    double (*value)(const struct ledger *ledger); /* NaN where it is not defined (nobody there) */
    const char *cohort; /* of a share of those who came so many months before who are still there:
                           the outcome that counts who comes; NULL: it is no such share */
    size_t cohort_months;
    const char *topic; /* heading over this row and those below; NULL: that of the row above */
};

extern const struct outcome OUTCOMES[];
extern const size_t OUTCOME_COUNT;

/* What an outcome is broken down by. */
bool outcome_by_role(const struct outcome *outcome);
bool outcome_by_segment(const struct outcome *outcome);

/* Index of the outcome with this name, or OUTCOME_COUNT. */
size_t outcome_find(const char *name);

#endif
