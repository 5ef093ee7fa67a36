#include "model/deferral.h"

#include "base/mathematics.h"
#include "model/account.h"
#include "model/expectation.h"

#include <string.h>

/* Shares of the pay for a contract that are kept when customers may leave at their renewals. */
struct kept {
    double all;
    double held; /* of them, what is held back and released */
};

/* What is held back is lost with customers of one segment, and clawback takes from the rest.
 * Periods end `offset` months after the sale. */
static struct kept kept_pay(const struct component *component, const struct segment *segment,
                            long offset) {
    double churn = 1.0 - 1.0 / (1.0 + renewal_odds(segment, segment->churn.annual));
    double held = component->hold_back.share;
    long window = component->clawback.months;
    long release = held > 0.0 ? component->hold_back.months + offset : 0;
    long term = segment->contract.term_months;
    double stays = 1.0;
    struct kept kept = {1.0, held};
    for (long age = term; age <= release || age < window; age += term) {
        double lost = stays * churn;
        double now = age <= release ? held : 0.0;
        double left = age >= window ? 0.0
                      : component->clawback.rule == CLAWBACK_FULL
                          ? 1.0
                          : 1.0 - (double)age / (double)window;
        stays -= lost;
        kept.all -= lost * (now + (1.0 - now) * left);
        kept.held -= lost * now;
    }
    return kept;
}

/* The same for all contracts that the role wins, at the churn of a customer in the reference
 * state. */
static struct kept kept_by_role(const struct parameters *parameters, size_t role,
                                const struct component *component) {
    long length = period_months((enum period)component->period);
    double all = 0.0;
    struct kept sum = {0.0, 0.0};
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *segment = &parameters->segments[s];
        struct slot slot = slot_of(component, SLOT_MAIN);
        if (*slot.product != '\0' && strcmp(slot.product, segment->name) != 0) {
            continue;
        }
        slot.product = segment->name;
        double won = reference_metric(parameters, role, &slot).mean;
        for (long offset = 0; offset < length; offset++) {
            struct kept kept = kept_pay(component, segment, offset);
            all += won;
            sum.all += won * kept.all;
            sum.held += won * kept.held;
        }
    }
    return all > 0.0 ? (struct kept){sum.all / all, sum.held / all}
                     : (struct kept){1.0, component->hold_back.share};
}

struct deferral deferral_of(const struct parameters *parameters, size_t role,
                            const struct component *component) {
    struct deferral deferral = {.kept = 1.0};
    if (component_is_award(component)) {
        return deferral;
    }
    deferral.pays = component->bank.pays;
    deferral.every = (double)period_months((enum period)component->period);
    if (component->hold_back.share > 0.0 || component->clawback.months != 0) {
        struct kept kept = kept_by_role(parameters, role, component);
        deferral.kept = kept.all;
        deferral.held = kept.all > 0.0 ? kept.held / kept.all : 0.0;
        deferral.months = (double)component->hold_back.months;
    }
    return deferral;
}

static double waiting(double bias, double keep, double months) {
    return months > 0.0 ? bias * math_power(keep, months) : 1.0;
}

/* Of a payment of the bank, or of a period without one. */
static double payment_worth(const struct deferral *deferral, double bias, double keep,
                            double months) {
    double now = waiting(bias, keep, months);
    if (deferral->held <= 0.0) {
        return now;
    }
    double later = waiting(bias, keep, months + deferral->months);
    return (1.0 - deferral->held) * now + deferral->held * later;
}

/* The bank pays p, then p (1 - p), p (1 - p)^2 and so on: a geometric sum once all are waited for.
 */
double deferral_worth(const struct deferral *deferral, double bias, double keep, double months) {
    double first = payment_worth(deferral, bias, keep, months);
    if (deferral->pays <= 0.0 || deferral->pays >= 1.0) {
        return first;
    }
    double ratio = (1.0 - deferral->pays) * math_power(keep, deferral->every);
    double second = payment_worth(deferral, bias, keep, months + deferral->every);
    return deferral->pays * (first + (1.0 - deferral->pays) * second / (1.0 - ratio));
}
