#include "model/reference_book.h"

#include "base/mathematics.h"
#include "model/account.h"

#include <math.h>
#include <string.h>

enum { AGES = 32 };

bool slot_counts(const struct parameters *parameters, const struct slot *slot, size_t segment) {
    if (*slot->product == '\0' || slot->metric == METRIC_OBJECTIVES) {
        return true;
    }
    return strcmp(parameters->segments[segment].name, slot->product) == 0;
}

struct aged_account aged_account(const struct segment *segment, double care, double develop) {
    struct steady_account steady = reference_account(segment, care, develop);
    double years = coverage_years(segment);
    double reference = relationship_reference(segment);
    double innovation = reference > 0.0 ? segment->potential.innovation / 12.0 / reference : 0.0;
    double odds = renewal_odds(segment, segment->churn.annual) *
                  math_exp(-segment->churn.satisfaction * steady.satisfaction);
    double nearer = 12.0 * (segment->relationship.investment * care + segment->relationship.decay);
    double steady_bond = wallet_relationship(segment, steady.relationship);
    double pull = 12.0 * (segment->wallet.growth * develop * steady_bond +
                          segment->wallet.leak * (1.0 - steady_bond));
    double term = (double)segment->contract.term_months;
    struct aged_account mean = {0};
    for (int i = 0; i < AGES; i++) { /* ages of the same probability */
        double age = -years * math_log((i + 0.5) / AGES);
        double r = steady.relationship +
                   (segment->relationship.start - steady.relationship) * math_exp(-nearer * age);
        double w = steady.wallet + (segment->wallet.start - steady.wallet) * math_exp(-pull * age);
        double bond = wallet_relationship(segment, r);
        double keep = 1.0 / (1.0 + odds * math_exp(-segment->churn.relationship * (r - reference)));
        mean.wallet += w / AGES;
        mean.expansion += (segment->wallet.growth * develop * bond * (segment->wallet.ceiling - w) +
                           w * innovation * bond) /
                          AGES;
        mean.contraction += segment->wallet.leak * (1.0 - bond) * w / AGES;
        mean.churn += (1.0 - keep) / term * w / AGES; /* an equal part is due every month */
        mean.kept += keep / AGES;
    }
    return mean;
}

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

static void add_customers(const struct segment *here, struct role_share share, double wacc,
                          double care, double develop, struct book *book, struct rates *rates) {
    double accounts = share.accounts;
    struct aged_account aged = aged_account(here, care, develop);
    double potential = here->potential.mean * share.size;
    double value = potential * aged.wallet;
    double revenue = accounts * value;
    /* mean square over squared mean; as lognormal sizes of the same spread have it, the third
     * moment
     */
    double cv = here->potential.cv;
    double spread = (1.0 + cv * cv) * share.square / (share.size * share.size);
    double square = spread - 1.0;
    double up = potential * aged.expansion;
    double hazard = aged.churn / aged.wallet;
    double noise = here->wallet.noise / aged.wallet;
    double due = accounts / (double)here->contract.term_months;
    book->accounts += accounts;
    book->potential += accounts * potential;
    book->revenue += revenue;
    book->worth += revenue * here->contract.margin * steady_multiple(here, wacc, care);
    book->expansion += accounts * up;
    book->margin += accounts * up * here->contract.margin;
    book->due += due;
    book->kept += due * aged.kept;
    add_survey(here, reference_account(here, care, develop), accounts, book);
    /* accounts differ by potential; that is what makes a book's expansion uncertain */
    book->expansion_variance += accounts * up * up * square;
    book->expansion_third += accounts * up * up * up * square * square * (3.0 + square);
    rates->growth += accounts * up + revenue * here->potential.growth / 12.0;
    rates->contraction += accounts * potential * aged.contraction;
    rates->churn += revenue * hazard;
    rates->variance += accounts * value * value * spread * (hazard + noise * noise);
}

struct role_share supported_part(struct role_share share) {
    return (struct role_share){.accounts = share.supported, .size = 1.0, .square = 1.0};
}

struct book reference_book(const struct parameters *parameters, size_t role,
                           const struct slot *slot, bool supported) {
    struct book book = {0};
    struct rates rates = {0.0, 0.0, 0.0, 0.0};
    double wacc = parameters->firm.wacc;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *here = &parameters->segments[s];
        struct role_share share = role_share(parameters, role, s);
        if (!slot_counts(parameters, slot, s)) {
            continue;
        }
        if (share.accounts > 0.0) {
            double input = normal_input(parameters, role, s);
            double develop = input + support_input(parameters, s);
            add_customers(here, share, wacc, input, develop, &book, &rates);
        }
        if (supported && share.supported > 0.0) {
            double input = owners_input(parameters, s);
            double develop =
                input + parameters->handover.team.gain * normal_input(parameters, role, s);
            add_customers(here, supported_part(share), wacc, input, develop, &book, &rates);
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
