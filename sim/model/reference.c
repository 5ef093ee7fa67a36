#include "model/reference.h"

#include "base/mathematics.h"
#include "model/account.h"

#include <math.h>

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
    double bond = wallet_relationship(segment, steady.relationship);
    double up = segment->wallet.growth * develop * bond;
    double down = segment->wallet.leak * (1.0 - bond);
    steady.wallet =
        up + down > 0.0 ? segment->wallet.ceiling * up / (up + down) : segment->wallet.start;
    return steady;
}

struct steady_account reference_account(const struct segment *segment, double care,
                                        double develop) {
    struct steady_account at = steady_account(segment, care, develop);
    if (at.wallet <= 0.0) {
        at.wallet = segment->wallet.start > WALLET_LOWEST ? segment->wallet.start : WALLET_LOWEST;
    }
    return at;
}

double pipeline_conversion(const struct segment *segment) {
    double product = 1.0;
    for (size_t k = 0; k < segment->pipeline.stage_count; k++) {
        product *= segment->pipeline.stages[k].conversion;
    }
    return product;
}

/* Accounts a head over all segments, those of others that are supported too, which share the care
 * and develop time of the owner. */
static double accounts_owned(const struct parameters *parameters, size_t role) {
    double owned = 0.0;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        struct role_share share = role_share(parameters, role, s);
        owned += share.accounts + share.supported;
    }
    return owned;
}

double normal_input(const struct parameters *parameters, size_t role, size_t segment) {
    const struct role *self = &parameters->roles[role];
    double owned = accounts_owned(parameters, role);
    return owned > 0.0 ? role_fit(self, &parameters->segments[segment]) /
                             owner_load(owned, self->normal_accounts)
                       : 0.0;
}

double support_input(const struct parameters *parameters, size_t segment) {
    double input = 0.0;
    double accounts = (double)parameters->segments[segment].accounts;
    if (parameters->segments[segment].coverage.supporters.count == 0 || accounts <= 0.0) {
        return 0.0;
    }
    for (size_t r = 0; r < parameters->role_count; r++) {
        double heads = (double)parameters->roles[r].headcount;
        double supported = heads * role_share(parameters, r, segment).supported;
        input += supported / accounts * parameters->handover.team.gain *
                 normal_input(parameters, r, segment);
    }
    return input;
}

double owners_input(const struct parameters *parameters, size_t segment) {
    double accounts = 0.0;
    double sum = 0.0;
    for (size_t r = 0; r < parameters->role_count; r++) {
        double here =
            (double)parameters->roles[r].headcount * role_share(parameters, r, segment).accounts;
        accounts += here;
        sum += here * normal_input(parameters, r, segment);
    }
    return accounts > 0.0 ? sum / accounts : 1.0;
}

void impulse_closes(const struct segment *segment, double leads, double closed[RESPONSE_MONTHS]) {
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

/* Who is never lost is worth without end; as a factor that cancels in a relative change. */
static const double DENOMINATOR_LOWEST = 1e-9;

double lifetime_multiple(double month_keep, double wacc) {
    double quarter = month_keep * month_keep * month_keep;
    double half = quarter * quarter;
    double left = 1.0 + wacc - half * half;
    return (1.0 + wacc) / (left > DENOMINATOR_LOWEST ? left : DENOMINATOR_LOWEST);
}

/* Odds that a contract which is due is not renewed. */
static double odds_at(const struct segment *segment, double odds, double satisfaction,
                      double relationship, double reference) {
    return odds * math_exp(-segment->churn.satisfaction * satisfaction -
                           segment->churn.relationship * (relationship - reference));
}

/* A due contract is renewed by 1 / (1 + odds); an equal part is due every month. */
static double month_keep(const struct segment *segment, double odds) {
    return math_power(1.0 / (1.0 + odds), 1.0 / (double)segment->contract.term_months);
}

double steady_multiple(const struct segment *segment, double wacc, double care) {
    struct steady_account at = steady_account(segment, care, 1.0);
    double odds = odds_at(segment, renewal_odds(segment, segment->churn.annual), at.satisfaction,
                          at.relationship, relationship_reference(segment));
    return lifetime_multiple(month_keep(segment, odds), wacc);
}

void account_response(const struct segment *segment, double wacc, double care, double develop,
                      enum activity activity, struct account_response *response) {
    struct steady_account start = reference_account(segment, care, develop);
    double reference = relationship_reference(segment);
    double odds = renewal_odds(segment, segment->churn.annual);
    /* a small step, divided out again, so that the response is the derivative */
    const double step = 1e-4;
    struct account_response path[2];
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
            double bond = wallet_relationship(segment, r);
            double gain = segment->wallet.growth * d * bond * (segment->wallet.ceiling - w);
            double innovated =
                reference > 0.0 ? p * segment->potential.innovation / 12.0 * bond / reference : 0.0;
            total += survival * (p * gain + w * innovated);
            w += gain - segment->wallet.leak * (1.0 - bond) * w;
            r += segment->relationship.investment * c * (1.0 - r) - segment->relationship.decay * r;
            s = segment->satisfaction.persistence * s +
                segment->satisfaction.care * math_log(c > 0.05 ? c : 0.05);
            p += innovated;
            double keep = month_keep(segment, odds_at(segment, odds, s, r, reference));
            survival *= keep;
            path[run].revenue[month] = p * w * survival;
            path[run].value[month] = p * w * survival * lifetime_multiple(keep, wacc);
            path[run].expansion[month] = total;
            path[run].wallet[month] = w;
            path[run].satisfaction[month] = s;
            path[run].survival[month] = survival;
        }
    }
    for (int month = 0; month < RESPONSE_MONTHS; month++) {
        response->revenue[month] = (path[1].revenue[month] / path[0].revenue[month] - 1.0) / step;
        response->value[month] = (path[1].value[month] / path[0].value[month] - 1.0) / step;
        response->expansion[month] =
            (path[1].expansion[month] - path[0].expansion[month]) / step / start.wallet;
        response->wallet[month] = (path[1].wallet[month] - path[0].wallet[month]) / step;
        response->satisfaction[month] =
            (path[1].satisfaction[month] - path[0].satisfaction[month]) / step;
        response->survival[month] =
            (path[1].survival[month] / path[0].survival[month] - 1.0) / step;
    }
}

void pipeline_outlook(const struct segment *segment, struct pipeline_outlook *outlook) {
    size_t stages = segment->pipeline.stage_count;
    *outlook = (struct pipeline_outlook){0};
    for (size_t first = 0; first < stages; first++) {
        double place[OUTLOOK_STAGES] = {0.0};
        double closed = 0.0;
        place[first] = 1.0;
        for (int h = 1; h <= OUTLOOK_MONTHS; h++) {
            double moved = 0.0; /* existing deals move at most one stage a month */
            for (size_t k = 0; k < stages; k++) {
                const struct stage *stage = &segment->pipeline.stages[k];
                double leaving = place[k] / stage->months;
                place[k] += moved - leaving;
                moved = leaving * stage->conversion;
            }
            closed += moved;
            outlook->open[first][h] = closed;
        }
    }
    for (int h = 1; h <= OUTLOOK_MONTHS; h++) { /* a lead of month j has h - j months to close */
        for (int j = 1; j < h; j++) {
            outlook->fresh[h] += outlook->open[0][h - j];
        }
    }
}
