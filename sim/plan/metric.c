#include "plan/metric.h"

#include <stddef.h>

static const struct metric_row ROWS[METRIC_COUNT] = {
    [METRIC_NEW_REVENUE] = {METRIC_FLOW, true, "annual value of contracts won and credited"},
    [METRIC_NEW_CUSTOMERS] = {METRIC_FLOW, false, "customers won, a count"},
    [METRIC_DEALS] = {METRIC_FLOW, false,
                      "contracts signed with new and existing customers, a count; simulated: with "
                      "new customers"},
    [METRIC_MARGIN] = {METRIC_FLOW, true, "annual gross margin of new revenue and expansion"},
    [METRIC_MARGIN_RATE] = {METRIC_RATIO, false, "that margin over new revenue and expansion"},
    [METRIC_EXPANSION_REVENUE] = {METRIC_FLOW, true,
                                  "annual value of cross-sales and up-sales in the own book"},
    [METRIC_BOOKINGS] = {METRIC_FLOW, true, "new revenue plus expansion revenue"},
    [METRIC_MANAGED_REVENUE] = {METRIC_FLOW, true, "revenue of the own book in the period"},
    [METRIC_RECURRING_REVENUE] = {METRIC_FLOW, true,
                                  "revenue of the contracts that the person won, in their first "
                                  "recurring_months months"},
    [METRIC_NET_RETENTION] =
        {METRIC_INDEX, false,
         "book at the end over book at the start, same customers, with growth"},
    [METRIC_GROSS_RETENTION] = {METRIC_INDEX, false, "the same without growth"},
    [METRIC_RENEWALS] = {METRIC_FLOW, false, "contracts renewed, a count"},
    [METRIC_RENEWAL_RATE] = {METRIC_RATIO, false, "contracts renewed over contracts due"},
    [METRIC_WALLET_SHARE] = {METRIC_END, false,
                             "revenue of the book over what its customers could spend, at the end"},
    [METRIC_SATISFACTION] = {METRIC_MEAN, false, "mean satisfaction of the book, scale 0 to 10"},
    [METRIC_NPS] = {METRIC_MEAN, false, "net promoter score of the book, -100 to 100"},
    [METRIC_CLV] =
        {METRIC_INDEX, false,
         "customer lifetime value of the book at the end over the start, same customers"},
    [METRIC_CUSTOMER_EQUITY] = {METRIC_INDEX, false,
                                "customer lifetime value of all customers of the firm at the end "
                                "over the start"},
    [METRIC_PROFIT] = {METRIC_FLOW, true, "profit of the firm"},
    [METRIC_TOTAL_RETURN] = {METRIC_INDEX, false, "price of a share at the end over the start"},
    [METRIC_RETURN_RANK] = {METRIC_END, false,
                            "rank of the total return of the last three years among peers, 0 to 1"},
    [METRIC_OBJECTIVES] = {METRIC_MEAN, false,
                           "result of an objective, 1 when met; which one: product"},
};

const char *const METRIC_NAMES[METRIC_COUNT + 1] = {
    [METRIC_NEW_REVENUE] = "new_revenue",
    [METRIC_NEW_CUSTOMERS] = "new_customers",
    [METRIC_DEALS] = "deals",
    [METRIC_MARGIN] = "margin",
    [METRIC_MARGIN_RATE] = "margin_rate",
    [METRIC_EXPANSION_REVENUE] = "expansion_revenue",
    [METRIC_BOOKINGS] = "bookings",
    [METRIC_MANAGED_REVENUE] = "managed_revenue",
    [METRIC_RECURRING_REVENUE] = "recurring_revenue",
    [METRIC_NET_RETENTION] = "net_retention",
    [METRIC_GROSS_RETENTION] = "gross_retention",
    [METRIC_RENEWALS] = "renewals",
    [METRIC_RENEWAL_RATE] = "renewal_rate",
    [METRIC_WALLET_SHARE] = "wallet_share",
    [METRIC_SATISFACTION] = "satisfaction",
    [METRIC_NPS] = "nps",
    [METRIC_CLV] = "clv",
    [METRIC_CUSTOMER_EQUITY] = "customer_equity",
    [METRIC_PROFIT] = "profit",
    [METRIC_TOTAL_RETURN] = "total_return",
    [METRIC_RETURN_RANK] = "return_rank",
    [METRIC_OBJECTIVES] = "objectives",
    [METRIC_COUNT] = NULL,
};

const struct metric_row *metric_row(enum metric metric) { return &ROWS[metric]; }

enum metric_kind metric_kind(enum metric metric) { return ROWS[metric].kind; }

bool metric_is_selling(enum metric metric) {
    return metric == METRIC_NEW_REVENUE || metric == METRIC_NEW_CUSTOMERS ||
           metric == METRIC_DEALS || metric == METRIC_BOOKINGS || metric == METRIC_MARGIN ||
           metric == METRIC_RECURRING_REVENUE;
}

bool metric_of_firm(enum metric metric) {
    return metric == METRIC_PROFIT || metric == METRIC_TOTAL_RETURN ||
           metric == METRIC_RETURN_RANK || metric == METRIC_CUSTOMER_EQUITY;
}
