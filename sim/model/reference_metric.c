/* Means, standard deviations and responses of the metrics that plans pay on. */
#include "base/distribution.h"
#include "base/mathematics.h"
#include "model/account.h"
#include "model/reference.h"

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

/* Booked expansion of an account in steady state, a month, as annual value per unit of revenue. */
static double steady_expansion(const struct segment *segment, struct steady_account at,
                               double develop) {
    double reference = relationship_reference(segment);
    double gain = segment->wallet.growth * develop * at.relationship *
                  (segment->wallet.ceiling - at.wallet) / at.wallet;
    double innovation =
        reference > 0.0 ? segment->potential.innovation / 12.0 * at.relationship / reference : 0.0;
    return gain + innovation;
}

struct sums {
    double mean;
    double variance;
};

static void add_deals(const struct segment *segment, double deals, bool as_count,
                      struct sums *sums) {
    double mean = segment->potential.mean;
    double start = segment->wallet.start;
    double sd = segment->wallet.start_sd;
    double square = mean * mean * (1.0 + segment->potential.cv * segment->potential.cv) *
                    (start * start + sd * sd);
    sums->mean += as_count ? deals : deals * mean * start;
    sums->variance += as_count ? deals : deals * square;
}

/* Whether a slot looks at a segment: a product that names another one does not. */
static bool counts(const struct parameters *parameters, const struct slot *slot, size_t segment) {
    if (*slot->product == '\0' || slot->metric == METRIC_OBJECTIVES) {
        return true;
    }
    return strcmp(parameters->segments[segment].name, slot->product) == 0;
}

/* The reference person's book; sums over accounts, revenue is annual. */
struct book {
    double accounts;
    double potential;
    double revenue;
    struct sums expansion; /* booked a month, annual value */
    double margin;         /* of it */
    double growth;         /* expansion and market, share of revenue a month */
    double contraction;    /* share of revenue a month */
    double churn;          /* share of revenue a month */
    double variance;       /* of the monthly ratio */
    double due;            /* renewals a month */
    double kept;
    double rating; /* sum over accounts */
    double rating_variance;
    double nps;
    double nps_slope;     /* of the sum of NPS per point of rating */
    double share_of_firm; /* own revenue over that of all */
};

static void add_survey(const struct segment *segment, struct steady_account at, double accounts,
                       struct book *book) {
    double sd = segment->satisfaction.rating_sd;
    double rating = segment->satisfaction.mean + sd * at.satisfaction;
    double state = sd * segment->satisfaction.sd;
    double promoter = (rating - 8.5) / sd;
    double detractor = (6.5 - rating) / sd;
    book->rating += accounts * rating;
    book->rating_variance += accounts * state * state;
    book->nps +=
        accounts * 100.0 * (normal_distribution(promoter) - normal_distribution(detractor));
    book->nps_slope +=
        accounts * 100.0 * (normal_density(promoter) + normal_density(detractor)) / sd;
}

/* Sums of the monthly ratios, weighted by revenue. */
struct rates {
    double growth;
    double contraction;
    double churn;
    double variance;
};

static void add_customers(const struct segment *here, struct role_share share, double care,
                          double develop, struct book *book, struct rates *rates) {
    double accounts = share.accounts;
    struct steady_account at = reference_account(here, care, develop);
    double potential = here->potential.mean * share.size;
    double value = potential * at.wallet;
    double revenue = accounts * value;
    double spread =
        (1.0 + here->potential.cv * here->potential.cv) * share.square / (share.size * share.size);
    double up = steady_expansion(here, at, develop);
    double hazard = reference_churn(here);
    double noise = here->wallet.noise / at.wallet;
    double due = accounts / (double)here->contract.term_months;
    book->accounts += accounts;
    book->potential += accounts * potential;
    book->revenue += revenue;
    book->expansion.mean += revenue * up;
    book->margin += revenue * up * here->contract.margin;
    book->due += due;
    book->kept += due / (1.0 + renewal_odds(here, here->churn.annual));
    add_survey(here, at, accounts, book);
    /* accounts differ by potential; that is what makes a book's expansion uncertain */
    book->expansion.variance += accounts * value * up * value * up * (spread - 1.0);
    rates->growth += revenue * (up + here->potential.growth / 12.0);
    rates->contraction +=
        revenue * here->wallet.leak * (1.0 - at.relationship); /* l (1 - r) w P, annual */
    rates->churn += revenue * hazard;
    rates->variance += accounts * value * value * spread * (hazard + noise * noise);
}

/* Customers of others whom the role supports: all sizes alike. */
static struct role_share supported_part(struct role_share share) {
    return (struct role_share){.accounts = share.supported, .size = 1.0, .square = 1.0};
}

/* With `supported` the customers of others count too whom the role develops beside them. */
static struct book reference_book(const struct parameters *parameters, size_t role,
                                  const struct slot *slot, bool supported) {
    struct book book = {0};
    struct rates rates = {0.0, 0.0, 0.0, 0.0};
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *here = &parameters->segments[s];
        struct role_share share = role_share(parameters, role, s);
        if (!counts(parameters, slot, s)) {
            continue;
        }
        if (share.accounts > 0.0) {
            double input = normal_input(parameters, role, s);
            double develop = input + support_input(parameters, s);
            add_customers(here, share, input, develop, &book, &rates);
        }
        if (supported && share.supported > 0.0) {
            double input = owners_input(parameters, s);
            double develop =
                input + parameters->handover.team.gain * normal_input(parameters, role, s);
            add_customers(here, supported_part(share), input, develop, &book, &rates);
        }
    }
    if (book.revenue > 0.0) {
        book.growth = rates.growth / book.revenue;
        book.contraction = rates.contraction / book.revenue;
        book.churn = rates.churn / book.revenue;
        book.variance = rates.variance / (book.revenue * book.revenue);
    }
    return book;
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
        if (!counts(parameters, slot, s)) {
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
        sums.variance += book.expansion.mean > 0.0
                             ? book.expansion.variance * book.margin * book.margin /
                                   (book.expansion.mean * book.expansion.mean)
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
        sums.mean += book.expansion.mean;
        sums.variance += book.expansion.variance;
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
        if (!counts(parameters, slot, s)) {
            continue;
        }
        double input = normal_input(parameters, role, s);
        if (share.accounts > 0.0) {
            double develop = input + support_input(parameters, s);
            double value = share.accounts * (here->potential.mean * share.size) *
                           reference_account(here, input, develop).wallet;
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
                           reference_account(here, care, care + adds).wallet;
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
        if (!counts(parameters, slot, s)) {
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
