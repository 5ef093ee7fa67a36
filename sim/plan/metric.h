/* The measures that a pay component may pay on, one row each.
 * Ownership: constant tables. */
#ifndef PLAN_METRIC_H
#define PLAN_METRIC_H

#include <stdbool.h>

enum metric {
    METRIC_NEW_REVENUE,
    METRIC_NEW_CUSTOMERS,
    METRIC_DEALS,
    METRIC_MARGIN,
    METRIC_MARGIN_RATE,
    METRIC_EXPANSION_REVENUE,
    METRIC_BOOKINGS,
    METRIC_MANAGED_REVENUE,
    METRIC_RECURRING_REVENUE,
    METRIC_NET_RETENTION,
    METRIC_GROSS_RETENTION,
    METRIC_RENEWALS,
    METRIC_RENEWAL_RATE,
    METRIC_WALLET_SHARE,
    METRIC_SATISFACTION,
    METRIC_NPS,
    METRIC_CLV,
    METRIC_CUSTOMER_EQUITY,
    METRIC_PROFIT,
    METRIC_TOTAL_RETURN,
    METRIC_RETURN_RANK,
    METRIC_OBJECTIVES,
    METRIC_COUNT
};

/* How a metric adds up over the months of a period, and what its quota means. */
enum metric_kind {
    METRIC_FLOW,  /* months are summed; the quota grows with the length of the period */
    METRIC_INDEX, /* monthly ratios are multiplied; the quota is an index around 1 */
    METRIC_MEAN, /* mean of the months that have a value; without a quota the value itself counts */
    METRIC_END,  /* the last value; likewise */
    METRIC_RATIO /* sum of one flow over the sum of another; likewise */
};

struct metric_row {
    enum metric_kind kind;
    bool money; /* a flow in currency, so that a commission is a share of it */
    const char *meaning;
};

const struct metric_row *metric_row(enum metric metric);
enum metric_kind metric_kind(enum metric metric);

/* Names as written in a plan, in the order of enum metric, ended by NULL. */
extern const char *const METRIC_NAMES[METRIC_COUNT + 1];

/* Measured for the whole firm, whatever the scope says. */
bool metric_of_firm(enum metric metric);

/* A flow that acquisition moves: contracts won. */
bool metric_is_selling(enum metric metric);

#endif
