#include "plan/award.h"

#include "base/mathematics.h"
#include "plan/payout.h"

#include <math.h>

double option_value(double price, double strike, double rate, double volatility, double years) {
    double discounted = strike * math_exp(-rate * years);
    double sd = volatility * sqrt(years);
    if (sd <= 0.0 || strike <= 0.0) {
        return price > discounted ? price - discounted : 0.0;
    }
    double d1 = math_log(price / discounted) / sd + 0.5 * sd;
    return price * normal_distribution(d1) - discounted * normal_distribution(d1 - sd);
}

bool award_has_strike(const struct component *component) {
    return component->settlement == SETTLEMENT_OPTION || component->settlement == SETTLEMENT_SAR;
}

double award_unit_value(const struct component *component, const struct award *award,
                        double price) {
    switch ((enum settlement)component->settlement) {
    case SETTLEMENT_CASH:
        return award->price;
    case SETTLEMENT_RSU:
    case SETTLEMENT_PHANTOM:
        return price;
    case SETTLEMENT_OPTION:
    case SETTLEMENT_SAR:
        break;
    }
    double above = price - component->strike * award->price;
    return above > 0.0 ? above : 0.0;
}

struct award award_grant(const struct component *component, double value, double price,
                         double unit_cost) {
    struct award award = {.open = true, .value = value, .price = price};
    if (component->units > 0.0) {
        award.units = component->units;
        award.value = component->units * (award_has_strike(component) ? unit_cost : price);
    } else {
        double cost = award_has_strike(component) ? unit_cost : price;
        award.units = cost > 0.0 ? value / cost : 0.0;
    }
    return award;
}

/* Settles up to `vested` of the grant; rounded to date, so that instalments sum to the whole. */
static double settle(const struct component *component, size_t index, struct award *award,
                     double vested, double price, struct trace *trace) {
    double unit = award_unit_value(component, award, price);
    double amount = payout_round(payout_round(award->units * vested * unit) -
                                 payout_round(award->units * award->settled * unit));
    trace_add(trace, TRACE_AWARD, index, (size_t)award->age, award->units, vested - award->settled,
              amount);
    award->settled = vested;
    return amount;
}

double award_month(const struct component *component, size_t index, struct award *award,
                   double price, double share, struct trace *trace) {
    award->age++;
    if (component->type == COMPONENT_LTIP) {
        if (award->age < component->cycle_months) {
            return 0.0;
        }
        double ratio = component->settlement == SETTLEMENT_CASH ? 1.0 : price / award->price;
        double amount = payout_round(award->value * share * ratio);
        trace_add(trace, TRACE_AWARD, index, (size_t)award->age, award->value, share * ratio,
                  amount);
        award->open = false;
        award->vested = award->settled = 1.0;
        return amount;
    }
    award->vested = payout_vested(component, award->age);
    bool expires = award->age >= component->term_months;
    bool waits =
        award_has_strike(component) && award_unit_value(component, award, price) <= 0.0 && !expires;
    double amount = 0.0;
    if (award->vested > award->settled && !waits) {
        amount = settle(component, index, award, award->vested, price, trace);
    }
    award->open = award->settled < 1.0 || award->vested < 1.0;
    return amount;
}

double award_leave(const struct component *component, size_t index, struct award *award,
                   enum leaver_rule rule, double price, double share, struct trace *trace) {
    bool ltip = component->type == COMPONENT_LTIP;
    long length = ltip ? component->cycle_months : component->vesting_months;
    double worked = award->age < length ? (double)award->age / (double)length : 1.0;
    double keeps = award->vested; /* what has vested stays, settled or not */
    switch (rule) {
    case LEAVER_FORFEIT:
        break;
    case LEAVER_FORFEIT_ALL:
        keeps = award->settled;
        break;
    case LEAVER_PRO_RATA:
        keeps = worked > keeps ? worked : keeps;
        break;
    case LEAVER_ACCELERATE:
        keeps = 1.0;
        break;
    }
    award->open = false;
    if (ltip) {
        double ratio = component->settlement == SETTLEMENT_CASH ? 1.0 : price / award->price;
        double amount = payout_round(award->value * share * ratio * keeps);
        trace_add(trace, TRACE_AWARD, index, (size_t)award->age, award->value,
                  share * ratio * keeps, amount);
        award->settled = keeps;
        return amount;
    }
    return keeps > award->settled ? settle(component, index, award, keeps, price, trace) : 0.0;
}
