/* The measures that a pay component may pay on, one row each.
 * Ownership: constant tables. */
#ifndef PLAN_METRIC_H
#define PLAN_METRIC_H

enum metric {
    METRIC_NEW_REVENUE,       /* annual value of contracts won and credited to the person */
    METRIC_NEW_CUSTOMERS,     /* contracts won, a count */
    METRIC_EXPANSION_REVENUE, /* annual value of cross-sales and up-sales in the person's book */
    METRIC_BOOKINGS,          /* new revenue + expansion revenue */
    METRIC_MANAGED_REVENUE,   /* revenue of the person's book in the period */
    METRIC_NET_RETENTION,   /* book at the end over book at the start, same accounts, with growth */
    METRIC_GROSS_RETENTION, /* the same without growth */
    METRIC_COUNT
};

/* How a metric adds up over months. */
enum metric_kind {
    METRIC_FLOW, /* months are summed; the quota grows with the length of the period */
    METRIC_INDEX /* months are multiplied; the quota is an index around 1 */
};

/* Names as written in a plan, in the order of enum metric, ended by NULL. */
extern const char *const METRIC_NAMES[METRIC_COUNT + 1];

enum metric_kind metric_kind(enum metric metric);

#endif
