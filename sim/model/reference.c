#include "model/reference.h"

#include "base/mathematics.h"
#include "model/account.h"

#include <math.h>
#include <string.h>

static const double LOAD_LOWEST = 0.5;
static const double WALLET_LOWEST = 0.01; /* of a new account */

double owner_load(double accounts, double normal_accounts) {
    double load = accounts / normal_accounts;
    return load > LOAD_LOWEST ? load : LOAD_LOWEST;
}

double reference_promoters(const struct segment *segment) {
    return normal_distribution((segment->satisfaction.mean - 8.5) /
                               segment->satisfaction.rating_sd);
}

double role_fit(const struct role *role, const struct segment *segment) {
    return 1.0 - segment->complexity * (1.0 - role->analytics);
}

struct steady_account steady_account(const struct segment *segment, double care, double develop) {
    struct steady_account steady;
    double rho = segment->satisfaction.persistence;
    double i = segment->relationship.investment * care;
    steady.satisfaction =
        segment->satisfaction.care * math_log(care > 0.05 ? care : 0.05) / (1.0 - rho);
    steady.relationship = i > 0.0 ? i / (i + segment->relationship.decay) : 0.0;
    double up = segment->wallet.growth * develop * steady.relationship;
    double down = segment->wallet.leak * (1.0 - steady.relationship);
    steady.wallet =
        up + down > 0.0 ? segment->wallet.ceiling * up / (up + down) : segment->wallet.start;
    return steady;
}

/* The account that stands for a book: in its steady state, but as it is won where the steady wallet
 * is 0 because nothing grows it: a share of nothing could not be related to anything. */
static struct steady_account reference_account(const struct segment *segment, double care,
                                               double develop) {
    struct steady_account at = steady_account(segment, care, develop);
    if (at.wallet <= 0.0) {
        at.wallet = segment->wallet.start > WALLET_LOWEST ? segment->wallet.start : WALLET_LOWEST;
    }
    return at;
}

static bool names_have(const struct names *names, const char *name) {
    for (size_t n = 0; n < names->count; n++) {
        if (strcmp(names->name[n], name) == 0) {
            return true;
        }
    }
    return false;
}

struct role_share role_share(const struct parameters *parameters, size_t role, size_t segment) {
    const struct role *self = &parameters->roles[role];
    const struct segment *here = &parameters->segments[segment];
    struct role_share share = {0.0, 0.0};
    double weights = 0.0;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *other = &parameters->segments[s];
        if (names_have(&other->coverage.hunters, self->name)) {
            weights += other->coverage.hunting_weight;
        }
    }
    if (names_have(&here->coverage.hunters, self->name) && weights > 0.0) {
        share.hunting = here->coverage.hunting_weight / weights;
    }
    double places = 0.0; /* accounts with normal care that all owner roles here can serve */
    for (size_t r = 0; r < parameters->role_count; r++) {
        const struct role *other = &parameters->roles[r];
        if (names_have(&here->coverage.owners, other->name)) {
            places += (double)other->headcount * other->normal_accounts;
        }
    }
    if (names_have(&here->coverage.owners, self->name) && places > 0.0) {
        share.accounts = (double)here->accounts * self->normal_accounts / places;
    }
    return share;
}

double pipeline_conversion(const struct segment *segment) {
    double product = 1.0;
    for (size_t k = 0; k < segment->pipeline.stage_count; k++) {
        product *= segment->pipeline.stages[k].conversion;
    }
    return product;
}

double reference_churn(const struct segment *segment) {
    double keep = 1.0 / (1.0 + renewal_odds(segment, segment->churn.annual));
    return 1.0 - math_power(keep, 1.0 / (double)segment->contract.term_months);
}

/* Accounts a head over all segments, which share the care and develop time of the owner. */
static double accounts_owned(const struct parameters *parameters, size_t role) {
    double owned = 0.0;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        owned += role_share(parameters, role, s).accounts;
    }
    return owned;
}

/* Care input of a reference person's account at normal effort; develop input is the same. */
static double normal_input(const struct parameters *parameters, size_t role, size_t segment) {
    const struct role *self = &parameters->roles[role];
    double owned = accounts_owned(parameters, role);
    return owned > 0.0 ? role_fit(self, &parameters->segments[segment]) /
                             owner_load(owned, self->normal_accounts)
                       : 0.0;
}

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

/* Revenue, expansion and monthly ratios of the reference person's book. */
struct book {
    double revenue; /* a year */
    struct sums expansion;
    double growth;      /* expansion and market, share of revenue a month */
    double contraction; /* share of revenue a month */
    double churn;       /* share of revenue a month */
    double variance;    /* of the monthly ratio */
};

static struct book reference_book(const struct parameters *parameters, size_t role) {
    struct book book = {0};
    double growth = 0.0;
    double contraction = 0.0;
    double churn = 0.0;
    double variance = 0.0;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *here = &parameters->segments[s];
        double accounts = role_share(parameters, role, s).accounts;
        if (accounts <= 0.0) {
            continue;
        }
        double input = normal_input(parameters, role, s);
        struct steady_account at = reference_account(here, input, input);
        double value = here->potential.mean * at.wallet;
        double revenue = accounts * value;
        double spread = 1.0 + here->potential.cv * here->potential.cv;
        double up = steady_expansion(here, at, input);
        double hazard = reference_churn(here);
        double noise = here->wallet.noise / at.wallet;
        book.revenue += revenue;
        book.expansion.mean += revenue * up;
        /* accounts differ by potential; that is what makes a book's expansion uncertain */
        book.expansion.variance += accounts * value * up * value * up * (spread - 1.0);
        growth += revenue * (up + here->potential.growth / 12.0);
        contraction +=
            revenue * here->wallet.leak * (1.0 - at.relationship); /* l (1 - r) w P, annual */
        churn += revenue * hazard;
        variance += accounts * value * value * spread * (hazard + noise * noise);
    }
    if (book.revenue > 0.0) {
        book.growth = growth / book.revenue;
        book.contraction = contraction / book.revenue;
        book.churn = churn / book.revenue;
        book.variance = variance / (book.revenue * book.revenue);
    }
    return book;
}

struct metric_moments reference_metric(const struct parameters *parameters, size_t role,
                                       enum metric metric) {
    struct sums sums = {0.0, 0.0};
    struct book book = reference_book(parameters, role);
    bool new_deals =
        metric == METRIC_NEW_REVENUE || metric == METRIC_BOOKINGS || metric == METRIC_NEW_CUSTOMERS;
    for (size_t s = 0; new_deals && s < parameters->segment_count; s++) {
        struct deals deals = normal_deals(parameters, role, s);
        add_deals(&parameters->segments[s], deals.hunted + deals.given,
                  metric == METRIC_NEW_CUSTOMERS, &sums);
    }
    switch (metric) {
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
        sums.mean = 1.0 + book.growth - book.contraction - book.churn;
        sums.variance = book.variance;
        break;
    case METRIC_GROSS_RETENTION:
        sums.mean = 1.0 - book.contraction - book.churn;
        sums.variance = book.variance;
        break;
    case METRIC_NEW_REVENUE:
    case METRIC_NEW_CUSTOMERS:
    case METRIC_COUNT:
        break;
    }
    return (struct metric_moments){sums.mean, sqrt(sums.variance)};
}

struct metric_moments reference_period(struct metric_moments month, enum metric metric,
                                       double months) {
    if (metric_kind(metric) == METRIC_FLOW) {
        return (struct metric_moments){month.mean * months, month.sd * sqrt(months)};
    }
    double index = math_power(month.mean, months);
    return (struct metric_moments){index, index * month.sd * sqrt(months)};
}

/* `leads`: the part of the impulse that enters as new leads. */
static void impulse_closes(const struct segment *segment, double leads,
                           double closed[RESPONSE_MONTHS]) {
    size_t stages = segment->pipeline.stage_count;
    const struct stage *stage = segment->pipeline.stages;
    double extra[64] = {0}; /* additional opportunities per stage beyond steady output 1 */
    double odds_share = (1.0 - segment->pipeline.lead_share) / (double)stages;
    double total = 0.0;
    /* all flows are counted in wins: an opportunity in stage k is worth the product of the later
     * conversions, so an impulse of 1 % on every advance adds 1 % of the flow at every stage */
    for (int month = 0; month < RESPONSE_MONTHS; month++) {
        double closing = 0.0;
        double moved[65] = {0};
        for (size_t k = 0; k < stages && k < 64; k++) {
            double leaving = extra[k] / stage[k].months;
            extra[k] -= leaving;
            moved[k + 1] = leaving + (month == 0 ? odds_share : 0.0);
        }
        for (size_t k = 1; k < stages && k < 64; k++) {
            extra[k] += moved[k];
        }
        closing = moved[stages < 64 ? stages : 64];
        if (month == 0) {
            extra[0] += leads; /* new leads enter at month end */
        }
        total += closing;
        closed[month] = total;
    }
}

void pipeline_impulse(const struct segment *segment, double closed[RESPONSE_MONTHS]) {
    impulse_closes(segment, segment->pipeline.lead_share, closed);
}

void account_impulse(const struct segment *segment, double care, double develop,
                     enum activity activity, double revenue[RESPONSE_MONTHS],
                     double expansion[RESPONSE_MONTHS]) {
    struct steady_account start = reference_account(segment, care, develop);
    double reference = relationship_reference(segment);
    double odds = renewal_odds(segment, segment->churn.annual);
    double term = (double)segment->contract.term_months;
    /* a small step, divided out again, so that the response is the derivative */
    const double step = 1e-4;
    double path[2][RESPONSE_MONTHS];
    double booked[2][RESPONSE_MONTHS];
    for (int run = 0; run < 2; run++) {
        double s = start.satisfaction;
        double r = start.relationship;
        double w = start.wallet;
        double p = 1.0;
        double survival = 1.0;
        double total = 0.0;
        for (int month = 0; month < RESPONSE_MONTHS; month++) {
            bool pushed = run == 1 && month == 0;
            double c = care + (pushed && activity == CARE ? step : 0.0);
            double d = develop + (pushed && activity == DEVELOP ? step : 0.0);
            double gain = segment->wallet.growth * d * r * (segment->wallet.ceiling - w);
            double innovated =
                reference > 0.0 ? p * segment->potential.innovation / 12.0 * r / reference : 0.0;
            total += survival * (p * gain + w * innovated);
            w += gain - segment->wallet.leak * (1.0 - r) * w;
            r += segment->relationship.investment * c * (1.0 - r) - segment->relationship.decay * r;
            s = segment->satisfaction.persistence * s +
                segment->satisfaction.care * math_log(c > 0.05 ? c : 0.05);
            p += innovated;
            double today = odds * math_exp(-segment->churn.satisfaction * s -
                                           segment->churn.relationship * (r - reference));
            survival *= math_power(1.0 / (1.0 + today), 1.0 / term);
            path[run][month] = p * w * survival;
            booked[run][month] = total;
        }
    }
    for (int month = 0; month < RESPONSE_MONTHS; month++) {
        revenue[month] = (path[1][month] / path[0][month] - 1.0) / step;
        expansion[month] = (booked[1][month] - booked[0][month]) / step / start.wallet;
    }
}

/* Response of the book: sums over the segments that the role owns accounts in. */
static void book_response(const struct parameters *parameters, size_t role, enum metric metric,
                          enum activity activity, double response[RESPONSE_MONTHS]) {
    const struct role *self = &parameters->roles[role];
    struct book book = reference_book(parameters, role);
    for (size_t s = 0; s < parameters->segment_count && book.revenue > 0.0; s++) {
        const struct segment *here = &parameters->segments[s];
        double accounts = role_share(parameters, role, s).accounts;
        if (accounts <= 0.0) {
            continue;
        }
        double input = normal_input(parameters, role, s);
        double value =
            accounts * here->potential.mean * reference_account(here, input, input).wallet;
        double revenue[RESPONSE_MONTHS];
        double expansion[RESPONSE_MONTHS];
        account_impulse(here, input, input, activity, revenue, expansion);
        double managed = 0.0;
        for (int h = 0; h < RESPONSE_MONTHS; h++) {
            double unit = self->effort.response * input; /* input moves by eta times itself */
            managed += revenue[h] / 12.0;
            double moved = metric == METRIC_MANAGED_REVENUE ? value * managed
                           : metric == METRIC_NET_RETENTION ? value / book.revenue * revenue[h]
                           : metric == METRIC_GROSS_RETENTION
                               ? value / book.revenue * (revenue[h] - expansion[h])
                               : value * expansion[h];
            response[h] += unit * moved;
        }
    }
}

void reference_response(const struct parameters *parameters, size_t role, enum metric metric,
                        enum activity activity, double response[RESPONSE_MONTHS]) {
    const struct role *self = &parameters->roles[role];
    for (int h = 0; h < RESPONSE_MONTHS; h++) {
        response[h] = 0.0;
    }
    bool new_deals =
        metric == METRIC_NEW_REVENUE || metric == METRIC_BOOKINGS || metric == METRIC_NEW_CUSTOMERS;
    if (activity == ACQUIRE && new_deals) {
        for (size_t s = 0; s < parameters->segment_count; s++) {
            const struct segment *here = &parameters->segments[s];
            struct deals deals = normal_deals(parameters, role, s);
            struct sums hunted = {0.0, 0.0};
            struct sums given = {0.0, 0.0};
            double closed[RESPONSE_MONTHS];
            double advanced[RESPONSE_MONTHS]; /* effort finds no more of the free leads */
            add_deals(here, deals.hunted, metric == METRIC_NEW_CUSTOMERS, &hunted);
            add_deals(here, deals.given, metric == METRIC_NEW_CUSTOMERS, &given);
            pipeline_impulse(here, closed);
            impulse_closes(here, 0.0, advanced);
            for (int h = 0; h < RESPONSE_MONTHS; h++) {
                response[h] +=
                    self->effort.response * (hunted.mean * closed[h] + given.mean * advanced[h]);
            }
        }
    }
    if (activity != ACQUIRE && metric != METRIC_NEW_REVENUE && metric != METRIC_NEW_CUSTOMERS) {
        book_response(parameters, role, metric, activity, response);
    }
}
