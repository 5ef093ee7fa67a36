#include "model/job.h"

#include "base/mathematics.h"
#include "model/deferral.h"
#include "model/expectation.h"
#include "model/period_pay.h"
#include "plan/award.h"
#include "plan/payout.h"

double option_cost(const struct model *model, const struct component *component) {
    const struct economy *economy = &model->parameters->economy;
    return option_value(economy->share.price, component->strike * economy->share.price,
                        economy->share.rate, economy->share.volatility,
                        (double)component->term_months / 12.0);
}

double grant_value(const struct model *model, const struct component *component) {
    if (component->units <= 0.0) {
        return component->target;
    }
    return component->units * (award_has_strike(component)
                                   ? option_cost(model, component)
                                   : model->parameters->economy.share.price);
}

/* beta delta^months: what one unit in so many months is worth today to somebody who stays; the
 * chance of leaving is not taken off here, because what leaving forfeits is weighed apart. */
static double perceived_factor(const struct role_law *law, double months) {
    double month = math_power(1.0 + law->role->preferences.discount, -1.0 / 12.0);
    return law->role->preferences.present_bias * math_power(month, months);
}

double certain_share(const struct model *model, const struct role_law *law, double value,
                     double annual_pay, double months) {
    double volatility = model->parameters->economy.share.volatility;
    double variance = math_expm1(volatility * volatility * months / 12.0);
    double certain =
        1.0 - 0.5 * law->role->preferences.risk_aversion * value / annual_pay * variance;
    return certain > 0.0 ? certain : 0.0;
}

/* Adds the part of a grant that is paid in so many months. */
static void add_payment(const struct model *model, const struct role_law *law,
                        const struct component *component, double value, double part, double months,
                        struct perception *perception) {
    bool risky = component->settlement != SETTLEMENT_CASH;
    double later = part * perceived_factor(law, months);
    double certain =
        later * (risky ? certain_share(model, law, value * part, law->expected_pay, months) : 1.0);
    perception->discounted += later;
    perception->certain += certain;
    perception->here += certain * math_power(1.0 - law->tenure.hazard, months);
}

struct perception award_perception(const struct model *model, size_t role,
                                   const struct component *component, double value) {
    const struct role_law *law = &model->roles[role];
    struct perception perception = {0.0, 0.0, 0.0};
    double vested = 0.0;
    if (component->type == COMPONENT_LTIP) {
        add_payment(model, law, component, value, 1.0, (double)component->cycle_months,
                    &perception);
        return perception;
    }
    for (long age = 1; age <= component->vesting_months; age++) {
        double now = payout_vested(component, age);
        if (now > vested) {
            add_payment(model, law, component, value, now - vested, (double)age, &perception);
        }
        vested = now;
    }
    return perception;
}

/* The same for pay of periods: what is held back or goes through a bank waits. */
static double perceived_period(const struct parameters *parameters, size_t role,
                               const struct role_law *law, const struct component *component) {
    struct deferral deferral = deferral_of(parameters, role, component);
    double month = math_power(1.0 + law->role->preferences.discount, -1.0 / 12.0);
    return deferral_worth(&deferral, law->role->preferences.present_bias, month, 0.0);
}

double grants_a_year(const struct role_law *law, const struct component *component) {
    if (component->every_months > 0) {
        return 12.0 / (double)component->every_months;
    }
    return 12.0 * law->tenure.hazard; /* one grant on joining: as many as people join */
}

/* Pay a year by a component, for people of several skills. */
static void component_pays(const struct model *model, size_t role,
                           const struct component *component, const double skill[], size_t count,
                           bool perceived, double pay[]) {
    const struct role_law *law = &model->roles[role];
    if (component->type == COMPONENT_SHARES) {
        double grant = grant_value(model, component);
        double value = grant * grants_a_year(law, component);
        double factor = perceived ? award_perception(model, role, component, grant).certain : 1.0;
        for (size_t i = 0; i < count; i++) {
            pay[i] = value * factor;
        }
        return;
    }
    bool cycle = component->type == COMPONENT_LTIP;
    double waiting =
        perceived && !cycle ? perceived_period(model->parameters, role, law, component) : 1.0;
    expected_period_pays(model->parameters, role, component, skill, count, law->effort, pay);
    for (size_t i = 0; i < count; i++) {
        double factor =
            cycle && perceived ? award_perception(model, role, component, pay[i]).certain : waiting;
        pay[i] = cycle ? pay[i] * factor * grants_a_year(law, component)
                       : pay[i] * factor * 12.0 / component_months(component);
    }
}

double component_pay(const struct model *model, size_t role, const struct component *component,
                     double skill, bool perceived) {
    const struct limits *limits = model->roles[role].limits;
    double pay = 0.0;
    component_pays(model, role, component, &skill, 1, perceived, &pay);
    return limits != NULL && !component_is_award(component)
               ? pay * limits_kept(limits, math_log(skill))
               : pay;
}

double expected_pay(const struct model *model, size_t role, double skill, bool perceived) {
    const struct plan *plan = model->roles[role].plan;
    const struct limits *limits = model->roles[role].limits;
    double pay = plan->salary;
    pay += limits != NULL && limits->usual ? limits_added(limits, math_log(skill)) : 0.0;
    for (size_t c = 0; c < plan->component_count; c++) {
        pay += component_pay(model, role, &plan->components[c], skill, perceived);
    }
    return pay;
}

static bool only_on_joining(const struct component *component) {
    return component_is_award(component) && component->every_months == 0;
}

void job_prepare(struct model *model, size_t role) {
    struct role_law *law = &model->roles[role];
    double skill[SKILL_POINTS];
    double pay[SKILL_POINTS];
    for (int i = 0; i < SKILL_POINTS; i++) {
        skill[i] = math_exp(SKILL_LOWEST + i * SKILL_SPACING);
        pay[i] = law->plan->salary;
    }
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *component = &law->plan->components[c];
        double part[SKILL_POINTS];
        if (only_on_joining(component)) {
            continue;
        }
        component_pays(model, role, component, skill, SKILL_POINTS, true, part);
        for (int i = 0; i < SKILL_POINTS; i++) {
            bool capped = law->limits != NULL && !component_is_award(component);
            pay[i] += capped ? part[i] * law->limits->kept[i] : part[i];
        }
    }
    for (int i = 0; i < SKILL_POINTS; i++) {
        law->log_worth[i] = math_log(pay[i]);
        law->log_guaranteed[i] =
            law->limits != NULL ? math_log(pay[i] + law->limits->added[i]) : law->log_worth[i];
    }
}

double job_worth(const struct role_law *law, double log_skill, long tenure) {
    bool guaranteed = law->limits != NULL && limits_guarantee(law->limits, tenure);
    const double *worth = guaranteed ? law->log_guaranteed : law->log_worth;
    double at = (log_skill - SKILL_LOWEST) / SKILL_SPACING;
    at = at < 0.0 ? 0.0 : at > SKILL_POINTS - 1.0 ? SKILL_POINTS - 1.0 : at;
    size_t i = (size_t)at < SKILL_POINTS - 1 ? (size_t)at : SKILL_POINTS - 2;
    double part = at - (double)i;
    return worth[i] + part * (worth[i + 1] - worth[i]);
}
