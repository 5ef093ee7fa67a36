#include "plan/metric.h"

#include <stddef.h>

const char *const METRIC_NAMES[METRIC_COUNT + 1] = {
    [METRIC_NEW_REVENUE] = "new_revenue",
    [METRIC_NEW_CUSTOMERS] = "new_customers",
    [METRIC_EXPANSION_REVENUE] = "expansion_revenue",
    [METRIC_BOOKINGS] = "bookings",
    [METRIC_MANAGED_REVENUE] = "managed_revenue",
    [METRIC_NET_RETENTION] = "net_retention",
    [METRIC_GROSS_RETENTION] = "gross_retention",
    [METRIC_COUNT] = NULL,
};

enum metric_kind metric_kind(enum metric metric) {
    return metric == METRIC_NET_RETENTION || metric == METRIC_GROSS_RETENTION ? METRIC_INDEX
                                                                              : METRIC_FLOW;
}
