/* Means and standard deviations of the metrics that plans pay on. */
#include "base/mathematics.h"
#include "model/reference.h"
#include "model/reference_book.h"
#include "model/reference_deals.h"

#include <math.h>

struct sums {
    double mean;
    double variance;
};

/* What one contract counts in a metric of contracts won. */
static double deal_share(const struct segment *segment, const struct slot *slot) {
    if (slot->metric == METRIC_MARGIN) {
        return segment->contract.margin;
    }
    /* every month the twelfth part of what was won in so many months */
    return slot->metric == METRIC_RECURRING_REVENUE ? (double)slot->recurring_months / 12.0 : 1.0;
}

static struct sums won(const struct parameters *parameters, size_t role, const struct slot *slot) {
    struct sums sums = {0.0, 0.0};
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *here = &parameters->segments[s];
        if (!slot_counts(parameters, slot, s)) {
            continue;
        }
        struct deals deals = reference_deals(parameters, role, s);
        double share = deal_share(here, slot);
        struct deal_law law = reference_deal_law(here, deals.hunted + deals.given, slot->metric);
        sums.mean += share * (law.count * law.moment[0]);
        sums.variance += share * share * (law.count * law.moment[1]);
    }
    return sums;
}

/* Margin less pay of the whole firm at the start; it moves with demand. */
static struct sums firm_profit(const struct parameters *parameters, const struct slot *slot) {
    struct sums profit = {0.0, 0.0};
    for (size_t r = 0; r < parameters->role_count; r++) {
        const struct role *role = &parameters->roles[r];
        double heads = (double)role->headcount;
        for (size_t s = 0; s < parameters->segment_count; s++) {
            struct slot here = *slot;
            here.product = parameters->segments[s].name;
            profit.mean += heads * reference_book(parameters, r, &here, false).revenue *
                           parameters->segments[s].contract.margin / 12.0;
        }
        profit.mean -= heads * role->market_pay * (1.0 + parameters->firm.social_charges) / 12.0;
    }
    double sd = fabs(profit.mean) * parameters->economy.demand.sd;
    profit.variance = sd * sd * 12.0; /* a slow shock: a year moves as one */
    return profit;
}

/* Metrics of the whole firm, and judged ones. */
static struct sums firm_metric(const struct parameters *parameters, size_t role,
                               const struct slot *slot, const struct book *book) {
    const struct economy *economy = &parameters->economy;
    switch (slot->metric) {
    case METRIC_CUSTOMER_EQUITY: /* what is won about makes up for what is lost */
        return (struct sums){1.0, book->variance / (double)parameters->roles[role].headcount};
    case METRIC_PROFIT:
        return firm_profit(parameters, slot);
    case METRIC_TOTAL_RETURN:
        return (struct sums){math_power(1.0 + economy->share.growth, 1.0 / 12.0),
                             economy->share.volatility * economy->share.volatility / 12.0};
    case METRIC_RETURN_RANK: /* uniform */
        return (struct sums){0.5, 1.0 / 12.0};
    default:
        return (struct sums){1.0, 0.0};
    }
}

struct metric_moments reference_metric(const struct parameters *parameters, size_t role,
                                       const struct slot *slot) {
    struct sums sums = {0.0, 0.0};
    struct book book = reference_book(parameters, role, slot, true);
    if (metric_is_selling(slot->metric)) {
        sums = won(parameters, role, slot);
    }
    switch (slot->metric) {
    case METRIC_MARGIN:
        sums.mean += book.margin;
        sums.variance += book.expansion > 0.0 ? book.expansion_variance * book.margin *
                                                    book.margin / (book.expansion * book.expansion)
                                              : 0.0;
        break;
    case METRIC_MARGIN_RATE: {
        struct slot margin = *slot;
        struct slot revenue = *slot;
        margin.metric = METRIC_MARGIN;
        revenue.metric = METRIC_BOOKINGS;
        double booked = reference_metric(parameters, role, &revenue).mean;
        double earned = reference_metric(parameters, role, &margin).mean;
        sums.mean = booked > 0.0 ? earned / booked : 0.0;
        break;
    }
    case METRIC_EXPANSION_REVENUE:
    case METRIC_BOOKINGS:
        sums.mean += book.expansion;
        sums.variance += book.expansion_variance;
        break;
    case METRIC_MANAGED_REVENUE:
        sums.mean = book.revenue / 12.0;
        /* a loss lasts: over a year the sum varies by a third of twelve months' variance */
        sums.variance = sums.mean * sums.mean * book.variance * 12.0 * 12.0 / 3.0;
        break;
    case METRIC_NET_RETENTION:
    case METRIC_CLV:
        sums.mean = 1.0 + book.growth - book.contraction - book.churn;
        sums.variance = book.variance;
        break;
    case METRIC_GROSS_RETENTION:
        sums.mean = 1.0 - book.contraction - book.churn;
        sums.variance = book.variance;
        break;
    case METRIC_RENEWALS:
        sums = (struct sums){book.kept, book.kept};
        break;
    case METRIC_RENEWAL_RATE: {
        double keep = book.due > 0.0 ? book.kept / book.due : 0.0;
        sums = (struct sums){keep, book.due > 0.0 ? keep * (1.0 - keep) / book.due : 0.0};
        break;
    }
    case METRIC_WALLET_SHARE:
        sums.mean = book.potential > 0.0 ? book.revenue / book.potential : 0.0;
        sums.variance = sums.mean * sums.mean * book.variance;
        break;
    case METRIC_SATISFACTION:
    case METRIC_NPS: {
        double accounts = book.accounts > 0.0 ? book.accounts : 1.0;
        double slope = slot->metric == METRIC_NPS ? book.nps_slope / accounts : 1.0;
        sums.mean = (slot->metric == METRIC_NPS ? book.nps : book.rating) / accounts;
        sums.variance = slope * slope * book.rating_variance / (accounts * accounts);
        break;
    }
    case METRIC_CUSTOMER_EQUITY:
    case METRIC_PROFIT:
    case METRIC_TOTAL_RETURN:
    case METRIC_RETURN_RANK:
    case METRIC_OBJECTIVES:
        sums = firm_metric(parameters, role, slot, &book);
        break;
    case METRIC_NEW_REVENUE:
    case METRIC_NEW_CUSTOMERS:
    case METRIC_DEALS:
    case METRIC_RECURRING_REVENUE:
    case METRIC_COUNT:
        break;
    }
    return (struct metric_moments){sums.mean, sqrt(sums.variance)};
}

bool reference_makeup(const struct parameters *parameters, size_t role, const struct slot *slot,
                      struct metric_makeup *makeup) {
    bool book = slot->metric == METRIC_MARGIN || slot->metric == METRIC_BOOKINGS ||
                slot->metric == METRIC_EXPANSION_REVENUE;
    *makeup = (struct metric_makeup){.kinds = 0};
    if (slot->metric == METRIC_RECURRING_REVENUE || !(book || metric_is_selling(slot->metric))) {
        return false;
    }
    for (size_t s = 0; s < parameters->segment_count && s < DEAL_KINDS; s++) {
        const struct segment *here = &parameters->segments[s];
        struct deals deals = reference_deals(parameters, role, s);
        bool looks = metric_is_selling(slot->metric) && slot_counts(parameters, slot, s);
        double share = deal_share(here, slot);
        struct deal_law *law = &makeup->deals[makeup->kinds++];
        *law = reference_deal_law(here, looks ? deals.hunted + deals.given : 0.0, slot->metric);
        law->moment[0] *= share;
        law->moment[1] *= share * share;
        law->moment[2] *= share * share * share;
    }
    if (book) {
        struct book own = reference_book(parameters, role, slot, true);
        double share =
            slot->metric == METRIC_MARGIN && own.expansion > 0.0 ? own.margin / own.expansion : 1.0;
        makeup->book =
            (struct steady_law){share * own.expansion, share * share * own.expansion_variance,
                                share * share * share * own.expansion_third};
    }
    return parameters->segment_count <= DEAL_KINDS;
}

struct metric_moments reference_period(struct metric_moments month, enum metric metric,
                                       double months) {
    switch (metric_kind(metric)) {
    case METRIC_FLOW:
        return (struct metric_moments){month.mean * months, month.sd * sqrt(months)};
    case METRIC_RATIO:
        return (struct metric_moments){month.mean, month.sd / sqrt(months)};
    case METRIC_MEAN: { /* states that keep nine tenths a month: 19 months count as one */
        double shrink = 19.0 / months < 1.0 ? sqrt(19.0 / months) : 1.0;
        return (struct metric_moments){month.mean, month.sd * shrink};
    }
    case METRIC_END:
        return month;
    case METRIC_INDEX:
        break;
    }
    double index = math_power(month.mean, months);
    return (struct metric_moments){index, index * month.sd * sqrt(months)};
}
