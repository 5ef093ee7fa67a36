/* What deals add up to, month by month: for every owner (engine/roster.h) and product, in whole
 * millionths, so that sums depend neither on order nor on how a deal is cut into rows.
 * Ownership: the caller owns the struct, calls tally_free and keeps the roster for as long. */
#ifndef ENGINE_TALLY_H
#define ENGINE_TALLY_H

#include "engine/dealings.h"
#include "engine/roster.h"
#include "plan/measure.h"

enum { RECURRING_MOST = 8 }; /* different lengths of recurring revenue at a time */

/* Whose deal it is when several people have a part in it. */
enum credit_mode {
    CREDIT_PARTS, /* each person's part */
    CREDIT_FIRST, /* all of it is the first person's */
    CREDIT_MODES
};

/* Amounts of one owner and product; counts are millionths too, as a deal's parts are. */
struct tally_sums {
    int64_t new_amount; /* of this month, as all but the book */
    int64_t expansion;
    int64_t margin;
    int64_t new_count;
    int64_t expansion_count;
    int64_t renewals;
    int64_t kept_new; /* not cancelled within the month */
    int64_t kept_expansion;
    int64_t book; /* a year's value of the contracts in force at the beginning of the month */
    int64_t recurring[RECURRING_MOST]; /* likewise, in their first so many months */
};

/* What happens in a later month to the contracts of one owner and product. */
struct tally_change {
    int64_t lost; /* value of contracts */
    int64_t lost_count;
    int64_t recurring[RECURRING_MOST];
};

struct tally {
    const struct roster *roster;
    size_t modes; /* 2 when some plan pays the first person for all of a deal */
    size_t owners;
    size_t parts; /* all products, then the watched ones */
    long first_month;
    size_t months;
    size_t month; /* from 0 */
    long recurring_months[RECURRING_MOST];
    size_t recurring_count;
    struct tally_sums *sums;
    struct tally_change *changes; /* by month */
    bool changing;                /* some plan looks at books or recurring revenue */
};

/* Sets the sizes; recurring_months and changing are set before. */
bool tally_init(struct tally *tally, const struct roster *roster, size_t products, bool first_mode,
                long first_month, long last_month, struct error *error)
    __attribute__((warn_unused_result));

/* Goes on to the next month. */
void tally_next(struct tally *tally);

/* A deal of the current month. False when a sum is beyond 64 bits. */
bool tally_add(struct tally *tally, const struct dealing *dealing)
    __attribute__((warn_unused_result));

/* Whether deals tell the metric at all. */
bool tally_knows(enum metric metric);

/* This month's value of a slot (and the denominator of a ratio), after all its deals. `part`: 0
 * all products, then as watched. */
double tally_value(const struct tally *tally, enum credit_mode mode, size_t owner, size_t part,
                   const struct slot *slot, double *base);

/* What one deal, or the part of somebody, counts in a metric of contracts, millionths. */
int64_t tally_deal(enum metric metric, const struct dealing *dealing, int64_t before,
                   int64_t share);

void tally_free(struct tally *tally);

#endif
