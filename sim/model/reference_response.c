/* What a unit of effort moves in the metrics that plans pay on, within the following months. */
#include "model/account.h"
#include "model/reference.h"
#include "model/reference_book.h"
#include "model/reference_deals.h"

/* What a unit of input in one account adds to the role's measure within 1, 2, ... months. */
static void add_account(const struct slot *slot, const struct book *book, struct role_share share,
                        const struct segment *here, double value, double multiple, double unit,
                        const struct account_response *account, double response[RESPONSE_MONTHS]) {
    double accounts = share.accounts;
    double potential = here->potential.mean * share.size;
    double managed = 0.0; /* a month's revenue is that of the book at its start */
    double states = 0.0;
    double lifetime =
        book->worth > 0.0 ? value * here->contract.margin * multiple / book->worth : 0.0;
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
            moved = part * account->revenue[h];
            break;
        case METRIC_CLV:
            moved = lifetime * account->value[h];
            break;
        case METRIC_CUSTOMER_EQUITY: /* of all customers, not only the own */
            moved = lifetime * account->value[h] * book->share_of_firm;
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

static double all_worth(const struct parameters *parameters, const struct slot *slot) {
    double worth = 0.0;
    for (size_t r = 0; r < parameters->role_count; r++) {
        worth += (double)parameters->roles[r].headcount *
                 reference_book(parameters, r, slot, false).worth;
    }
    return worth;
}

/* Response of the book: sums over the segments that the role owns accounts in. */
static void book_response(const struct parameters *parameters, size_t role, const struct slot *slot,
                          enum activity activity, double response[RESPONSE_MONTHS]) {
    const struct role *self = &parameters->roles[role];
    struct book book = reference_book(parameters, role, slot, true);
    double wacc = parameters->firm.wacc;
    if (slot->metric == METRIC_CUSTOMER_EQUITY && book.worth > 0.0) {
        book.share_of_firm = book.worth / all_worth(parameters, slot);
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
            account_response(here, wacc, input, develop, activity, &account);
            /* input moves by eta times itself */
            add_account(slot, &book, share, here, value, steady_multiple(here, wacc, input),
                        self->effort.response * input, &account, response);
        }
        if (share.supported > 0.0 && activity == DEVELOP) { /* others care for them */
            double care = owners_input(parameters, s);
            double adds = parameters->handover.team.gain * input;
            double value = share.supported * here->potential.mean *
                           aged_account(here, care, care + adds).wallet;
            struct account_response account;
            account_response(here, wacc, care, care + adds, activity, &account);
            add_account(slot, &book, supported_part(share), here, value,
                        steady_multiple(here, wacc, care), self->effort.response * adds, &account,
                        response);
        }
    }
}

static double mean_deals(const struct segment *segment, double deals, enum metric metric) {
    struct deal_law law = reference_deal_law(segment, deals, metric);
    return law.count * law.moment[0];
}

/* Contracts won, hunted ones by leads and odds, free leads by the odds alone. */
static void deals_response(const struct parameters *parameters, size_t role,
                           const struct slot *slot, double response[RESPONSE_MONTHS]) {
    const struct role *self = &parameters->roles[role];
    bool lasting = slot->metric == METRIC_RECURRING_REVENUE || slot->metric == METRIC_PROFIT;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *here = &parameters->segments[s];
        struct deals deals = reference_deals(parameters, role, s);
        double closed[RESPONSE_MONTHS];
        double advanced[RESPONSE_MONTHS]; /* effort finds no more of the free leads */
        if (!slot_counts(parameters, slot, s)) {
            continue;
        }
        double hunted = mean_deals(here, deals.hunted, slot->metric);
        double given = mean_deals(here, deals.given, slot->metric);
        pipeline_impulse(here, closed);
        impulse_closes(here, 0.0, advanced);
        double margin = slot->metric == METRIC_MARGIN || slot->metric == METRIC_PROFIT
                            ? here->contract.margin
                            : 1.0;
        long window = slot->metric == METRIC_PROFIT ? RESPONSE_MONTHS : slot->recurring_months;
        double sold[RESPONSE_MONTHS];
        double paid = 0.0;
        for (int h = 0; h < RESPONSE_MONTHS; h++) {
            sold[h] = margin * self->effort.response * (hunted * closed[h] + given * advanced[h]);
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
