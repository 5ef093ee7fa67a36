#include "model/economy.h"

#include "base/distribution.h"
#include "base/mathematics.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <math.h>

double firm_demand(const struct firm *firm) {
    const struct economy *economy = &firm->model->parameters->economy;
    double level = math_exp(firm->demand - 0.5 * economy->demand.sd * economy->demand.sd);
    return firm->recession_left > 0 ? level * (1.0 - economy->recession.depth) : level;
}

/* Geometric Brownian motion; `loading` times the last month's profit against its trailing mean. */
static void step_share_price(struct firm *firm, size_t month, double shock) {
    const struct economy *economy = &firm->model->parameters->economy;
    double surprise = 0.0;
    if (month > 0) {
        double profit = firm_ledger(firm, month - 1, 0)->flows.profit;
        if (!firm->profit_known) {
            firm->profit_trail = profit;
            firm->profit_known = true;
        }
        double scale = fabs(firm->profit_trail);
        surprise = scale > 0.0 ? (profit - firm->profit_trail) / scale / 12.0 : 0.0;
        surprise = fmin(fmax(surprise, -1.0), 1.0);
        firm->profit_trail += (profit - firm->profit_trail) / 12.0;
    }
    double sd = economy->share.volatility / sqrt(12.0);
    double drift = math_log(1.0 + economy->share.growth) / 12.0 - 0.5 * sd * sd;
    firm->share_price *= math_exp(drift + sd * shock + economy->share.loading * surprise);
}

void step_economy(struct firm *firm, size_t month) {
    const struct economy *economy = &firm->model->parameters->economy;
    long now = (long)month;
    double shock = normal_quantile(random_uniform(firm_row(firm, now, PURPOSE_DEMAND), 0));
    double rho = economy->demand.persistence;
    firm->demand = month == 0
                       ? economy->demand.sd * shock
                       : rho * firm->demand + economy->demand.sd * sqrt(1.0 - rho * rho) * shock;
    firm->recession_left -= firm->recession_left > 0;
    double chance = monthly_probability(economy->recession.probability);
    bool dated = economy->recession.month == now + 1;
    bool by_chance = random_uniform(firm_row(firm, now, PURPOSE_RECESSION), 0) < chance;
    if (dated || (by_chance && firm->recession_left == 0)) { /* a dated one prolongs another */
        firm->recession_left = economy->recession.months;
    }
    step_share_price(firm, month,
                     normal_quantile(random_uniform(firm_row(firm, now, PURPOSE_SHARE_PRICE), 0)));
}
