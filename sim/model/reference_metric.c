/* Means, standard deviations and responses of the metrics that plans pay on. */
#include "base/mathematics.h"
#include "model/account.h"
#include "model/reference.h"
#include "model/reference_book.h"

#include <math.h>
#include <string.h>

/* Leads a month for each hunter in a segment that need no hunter: from partners and by referral. */
static double free_leads(const struct parameters *parameters, size_t segment) {
    const struct segment *here = &parameters->segments[segment];
    double promoters = reference_promoters(here) * (double)here->accounts;
    double leads = here->leads.partner + here->leads.referrals / 12.0 * promoters;
    double hunters = 0.0;
    for (size_t r = 0; r < parameters->role_count; r++) {
        if (role_share(parameters, r, segment).hunting > 0.0) {
            hunters += (double)parameters->roles[r].headcount;
        }
    }
    return hunters > 0.0 ? leads / hunters : 0.0;
}

struct sums {
    double mean;
    double variance;
};

/* Deals a month of the reference person in one segment: what is hunted is linear in the fit, what
 * comes by itself only has to be advanced. */
struct deals {
    double hunted;
    double given;
};

static struct deals normal_deals(const struct parameters *parameters, size_t role, size_t segment) {
    const struct role *self = &parameters->roles[role];
    const struct segment *here = &parameters->segments[segment];
    double share = role_share(parameters, role, segment).hunting;
    double fit = role_fit(self, here);
    double conversion = pipeline_conversion(here);
    if (share <= 0.0) {
        return (struct deals){0.0, 0.0};
    }
    return (struct deals){
        .hunted = here->leads.per_hunter * self->time.acquire * share * fit * conversion,
        .given = free_leads(parameters, segment) * conversion *
                 math_power(fit, 1.0 - here->pipeline.lead_share),
    };
}

/* Annual values of the contracts with new customers, or 1 for each of them. */
static struct deal_law deals_of(const struct segment *segment, double deals, bool as_count) {
    struct deal_law law = deal_law_lognormal(deals, segment->potential.mean, segment->potential.cv);
    double start = segment->wallet.start;
    double variance = segment->wallet.start_sd * segment->wallet.start_sd;
    law.moment[0] *= start;
    law.moment[1] *= start * start + variance;
    law.moment[2] *= start * (start * start + 3.0 * variance);
    return as_count ? (struct deal_law){deals, {1.0, 1.0, 1.0}} : law;
}

static void add_deals(const struct segment *segment, double deals, bool as_count,
                      struct sums *sums) {
    struct deal_law law = deals_of(segment, deals, as_count);
    sums->mean += law.count * law.moment[0];
    sums->variance += law.count * law.moment[1];
}

/* What one contract counts in a metric of contracts won. */
static double deal_share(const struct segment *segment, const struct slot *slot) {
    if (slot->metric == METRIC_MARGIN) {
        return segment->contract.margin;
    }
    /* every month the twelfth part of what was won in so many months */
    return slot->metric == METRIC_RECURRING_REVENUE ? (double)slot->recurring_months / 12.0 : 1.0;
}

static bool is_count(enum metric metric) {
    return metric == METRIC_NEW_CUSTOMERS || metric == METRIC_DEALS;
}

static struct sums won(const struct parameters *parameters, size_t role, const struct slot *slot) {
    struct sums sums = {0.0, 0.0};
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *here = &parameters->segments[s];
        struct sums part = {0.0, 0.0};
        if (!slot_counts(parameters, slot, s)) {
            continue;
        }
        struct deals deals = normal_deals(parameters, role, s);
        double share = deal_share(here, slot);
        add_deals(here, deals.hunted + deals.given, is_count(slot->metric), &part);
        sums.mean += share * part.mean;
        sums.variance += share * share * part.variance;
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
        struct deals deals = normal_deals(parameters, role, s);
        bool looks = metric_is_selling(slot->metric) && slot_counts(parameters, slot, s);
        double share = deal_share(here, slot);
        struct deal_law *law = &makeup->deals[makeup->kinds++];
        *law = deals_of(here, looks ? deals.hunted + deals.given : 0.0, is_count(slot->metric));
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

/* What a unit of input in one account adds to the role's measure within 1, 2, ... months. */
static void add_account(const struct slot *slot, const struct book *book, struct role_share share,
                        const struct segment *here, double value, double unit,
                        const struct account_response *account, double response[RESPONSE_MONTHS]) {
    double accounts = share.accounts;
    double potential = here->potential.mean * share.size;
    double managed = 0.0; /* a month's revenue is that of the book at its start */
    double states = 0.0;
    double sd = here->satisfaction.rating_sd;
    for (int h = 0; h < RESPONSE_MONTHS; h++) {
        double part = value / book->revenue;
        double moved = 0.0;
        states += sd * account->satisfaction[h] * accounts / book->accounts;
        switch (slot->metric) {
        case METRIC_EXPANSION_REVENUE:
        case METRIC_BOOKINGS:
            moved = value * account->expansion[h];
            break;
        case METRIC_MARGIN:
            moved = value * account->expansion[h] * here->contract.margin;
            break;
        case METRIC_MANAGED_REVENUE:
            moved = value * managed;
            break;
        case METRIC_PROFIT:
            moved = value * managed * here->contract.margin;
            break;
        case METRIC_NET_RETENTION:
        case METRIC_CLV:
            moved = part * account->revenue[h];
            break;
        case METRIC_CUSTOMER_EQUITY: /* of all customers, not only the own */
            moved = part * account->revenue[h] * book->share_of_firm;
            break;
        case METRIC_GROSS_RETENTION:
            moved = part * (account->revenue[h] - account->expansion[h]);
            break;
        case METRIC_RENEWALS: /* every loss that did not happen is one renewal more */
            moved = accounts * account->survival[h];
            break;
        case METRIC_RENEWAL_RATE:
            moved = accounts * account->survival[h] / book->due;
            break;
        case METRIC_WALLET_SHARE:
            moved = account->wallet[h] * accounts * potential / book->potential;
            break;
        case METRIC_SATISFACTION:
            moved = states;
            break;
        case METRIC_NPS:
            moved = states * book->nps_slope / book->accounts;
            break;
        default:
            break;
        }
        managed += account->revenue[h] / 12.0;
        response[h] += unit * moved;
    }
}

static double all_revenue(const struct parameters *parameters, const struct slot *slot) {
    double revenue = 0.0;
    for (size_t r = 0; r < parameters->role_count; r++) {
        revenue += (double)parameters->roles[r].headcount *
                   reference_book(parameters, r, slot, false).revenue;
    }
    return revenue;
}

/* Response of the book: sums over the segments that the role owns accounts in. */
static void book_response(const struct parameters *parameters, size_t role, const struct slot *slot,
                          enum activity activity, double response[RESPONSE_MONTHS]) {
    const struct role *self = &parameters->roles[role];
    struct book book = reference_book(parameters, role, slot, true);
    if (slot->metric == METRIC_CUSTOMER_EQUITY && book.revenue > 0.0) {
        book.share_of_firm = book.revenue / all_revenue(parameters, slot);
    }
    for (size_t s = 0; s < parameters->segment_count && book.revenue > 0.0; s++) {
        const struct segment *here = &parameters->segments[s];
        struct role_share share = role_share(parameters, role, s);
        if (!slot_counts(parameters, slot, s)) {
            continue;
        }
        double input = normal_input(parameters, role, s);
        if (share.accounts > 0.0) {
            double develop = input + support_input(parameters, s);
            double value = share.accounts * (here->potential.mean * share.size) *
                           aged_account(here, input, develop).wallet;
            struct account_response account;
            account_response(here, input, develop, activity, &account);
            /* input moves by eta times itself */
            add_account(slot, &book, share, here, value, self->effort.response * input, &account,
                        response);
        }
        if (share.supported > 0.0 && activity == DEVELOP) { /* others care for them */
            double care = owners_input(parameters, s);
            double adds = parameters->handover.team.gain * input;
            double value = share.supported * here->potential.mean *
                           aged_account(here, care, care + adds).wallet;
            struct account_response account;
            account_response(here, care, care + adds, activity, &account);
            add_account(slot, &book, supported_part(share), here, value,
                        self->effort.response * adds, &account, response);
        }
    }
}

/* Contracts won, hunted ones by leads and odds, free leads by the odds alone. */
static void deals_response(const struct parameters *parameters, size_t role,
                           const struct slot *slot, double response[RESPONSE_MONTHS]) {
    const struct role *self = &parameters->roles[role];
    bool lasting = slot->metric == METRIC_RECURRING_REVENUE || slot->metric == METRIC_PROFIT;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *here = &parameters->segments[s];
        struct deals deals = normal_deals(parameters, role, s);
        struct sums hunted = {0.0, 0.0};
        struct sums given = {0.0, 0.0};
        double closed[RESPONSE_MONTHS];
        double advanced[RESPONSE_MONTHS]; /* effort finds no more of the free leads */
        if (!slot_counts(parameters, slot, s)) {
            continue;
        }
        add_deals(here, deals.hunted, is_count(slot->metric), &hunted);
        add_deals(here, deals.given, is_count(slot->metric), &given);
        pipeline_impulse(here, closed);
        impulse_closes(here, 0.0, advanced);
        double margin = slot->metric == METRIC_MARGIN || slot->metric == METRIC_PROFIT
                            ? here->contract.margin
                            : 1.0;
        long window = slot->metric == METRIC_PROFIT ? RESPONSE_MONTHS : slot->recurring_months;
        double sold[RESPONSE_MONTHS];
        double paid = 0.0;
        for (int h = 0; h < RESPONSE_MONTHS; h++) {
            sold[h] = margin * self->effort.response *
                      (hunted.mean * closed[h] + given.mean * advanced[h]);
            double ended = h >= window ? sold[h - window] : 0.0;
            paid += (sold[h] - ended) / 12.0; /* a contract pays every month of its window */
            response[h] += lasting ? paid : sold[h];
        }
    }
}

void reference_response(const struct parameters *parameters, size_t role, const struct slot *slot,
                        enum activity activity, double response[RESPONSE_MONTHS]) {
    for (int h = 0; h < RESPONSE_MONTHS; h++) {
        response[h] = 0.0;
    }
    if (activity != ACQUIRE) {
        book_response(parameters, role, slot, activity, response);
    } else if (metric_is_selling(slot->metric) || slot->metric == METRIC_PROFIT) {
        deals_response(parameters, role, slot, response);
    }
}
