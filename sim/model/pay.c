#include "base/mathematics.h"
#include "model/purpose.h"
#include "model/steps.h"
#include "plan/payout.h"

#include <math.h>

static struct component_state *seat_states(const struct firm *firm, size_t seat) {
    return &firm->states[seat * firm->model->component_most];
}

static struct award *component_awards(const struct firm *firm, size_t seat,
                                      const struct component_law *component) {
    return &firm->awards[seat * firm->model->award_most + component->award_first];
}

/* What the person on a seat did this month in terms of a metric; an index: the monthly ratio. */
static double month_measure(const struct firm *firm, size_t seat, enum metric metric) {
    const struct book_sums *books = &firm->books;
    double before = books->before[seat + 1];
    switch (metric) {
    case METRIC_NEW_REVENUE:
        return firm->new_revenue[seat];
    case METRIC_NEW_CUSTOMERS:
        return firm->new_customers[seat];
    case METRIC_EXPANSION_REVENUE:
        return books->expansion[seat + 1];
    case METRIC_BOOKINGS:
        return firm->new_revenue[seat] + books->expansion[seat + 1];
    case METRIC_MANAGED_REVENUE:
        return before / 12.0;
    case METRIC_NET_RETENTION:
        return before > 0.0 ? fmax(books->after[seat + 1] / before, 1e-6) : 1.0;
    case METRIC_GROSS_RETENTION:
        return before > 0.0 ? fmax(books->kept[seat + 1] / before, 1e-6) : 1.0;
    case METRIC_COUNT:
        break;
    }
    return 0.0;
}

/* Growth of quotas that follow the market: expectations rise as potentials do. */
static double quota_level(const struct firm *firm, long month) {
    const struct parameters *parameters = firm->model->parameters;
    double growth = 0.0;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        growth += parameters->segments[s].potential.growth / (double)parameters->segment_count;
    }
    return math_power(1.0 + growth, (double)month / 12.0);
}

/* A person's quota of a month for a component: the reference's, by skill, error and market. */
static double month_quota(const struct firm *firm, size_t seat, const struct component_law *law,
                          long month) {
    const struct person *person = &firm->seats[seat].person;
    const struct role *role = firm->model->roles[firm->seats[seat].role].role;
    if (law->terms->quota > 0.0) { /* written in the plan: the same for everybody */
        return law->quota_month;
    }
    bool selling = law->terms->metric == METRIC_NEW_REVENUE ||
                   law->terms->metric == METRIC_NEW_CUSTOMERS ||
                   law->terms->metric == METRIC_BOOKINGS;
    double skill = person->skill[selling ? ACQUIRE : DEVELOP];
    return law->quota_month * math_power(skill, role->quota.skill_exponent) * person->quota_error *
           quota_level(firm, month);
}

static double pay_scale(const struct firm *firm, size_t seat, long month) {
    return pay_level(firm->model, month) * firm->seats[seat].person.level_factor;
}

/* One month of a commission or bonus; pays at the end of its period. */
static double pay_periodic(struct firm *firm, size_t seat, const struct component_law *law,
                           struct component_state *state, long month) {
    const struct component *terms = law->terms;
    bool index = metric_kind((enum metric)terms->metric) == METRIC_INDEX;
    double measure = month_measure(firm, seat, (enum metric)terms->metric);
    state->measure =
        index ? (state->months == 0 ? 1.0 : state->measure) * measure : state->measure + measure;
    state->quota = index ? law->quota_month : state->quota + month_quota(firm, seat, law, month);
    state->months++;
    long length = period_months((enum period)terms->period);
    if ((fiscal_month(firm->model, month) + 1) % length != 0) {
        return 0.0;
    }
    double part = (double)state->months / (double)length; /* joiners: target and quota pro rata */
    double paid = payout_round(
        payout_earned(terms, state->measure, state->quota, pay_scale(firm, seat, month) * part));
    *state = (struct component_state){0};
    return paid;
}

static void open_award(struct award *awards, size_t count, double value, double price) {
    for (size_t a = 0; a < count; a++) {
        if (!awards[a].open) {
            awards[a] =
                (struct award){.open = true, .value = value, .price = price, .measure = 1.0};
            return;
        }
    }
}

/* Current value over the value at the grant: phantom shares follow the price, so do RSU for the
 * person; the firm expenses RSU at the price of the grant. */
static double price_ratio(const struct firm *firm, const struct award *award) {
    return firm->share_price / award->price;
}

static bool is_index(const struct component *terms) {
    return metric_kind((enum metric)terms->metric) == METRIC_INDEX;
}

static void measure_award(struct firm *firm, size_t seat, const struct component_law *law,
                          struct award *award, long month) {
    double measure = month_measure(firm, seat, (enum metric)law->terms->metric);
    if (is_index(law->terms)) {
        award->measure *= measure;
        award->quota = law->quota_month;
    } else {
        award->measure = (award->age == 0 ? 0.0 : award->measure) + measure;
        award->quota += month_quota(firm, seat, law, month);
    }
}

/* One month of an LTIP's cycles: measured every month, paid when the cycle ends. */
static double pay_ltip(struct firm *firm, size_t seat, const struct component_law *law,
                       struct flows *flows, long month) {
    struct award *awards = component_awards(firm, seat, law);
    double paid = 0.0;
    for (size_t a = 0; a < law->award_count; a++) {
        struct award *award = &awards[a];
        if (!award->open) {
            continue;
        }
        measure_award(firm, seat, law, award, month);
        award->age++;
        double expected = award->value * law->expected_share;
        double due = expected * (double)award->age / (double)law->terms->cycle_months;
        if (award->age >= law->terms->cycle_months) {
            double scale = award->value / law->terms->target;
            due = payout_round(payout_earned(law->terms, award->measure, award->quota, scale));
            paid += due;
            award->open = false;
        }
        flows->lti_expense += due - award->expense;
        award->expense = due;
    }
    return paid;
}

static double pay_shares(struct firm *firm, size_t seat, const struct component_law *law,
                         struct flows *flows) {
    struct award *awards = component_awards(firm, seat, law);
    bool phantom = law->terms->settlement == SHARES_PHANTOM;
    double paid = 0.0;
    for (size_t a = 0; a < law->award_count; a++) {
        struct award *award = &awards[a];
        if (!award->open) {
            continue;
        }
        award->age++;
        double ratio = price_ratio(firm, award);
        double share = payout_vested(law->terms, award->age);
        double vests = award->value * (share - award->vested);
        /* rounded to date, so that the instalments sum to the whole */
        double amount = payout_round(award->value * share * ratio) -
                        payout_round(award->value * award->vested * ratio);
        /* phantom: what has vested was paid at its price, the rest is accrued at today's */
        double accrued = (double)award->age / (double)law->terms->vesting_months - share;
        double due = (accrued > 0.0 ? award->value * accrued : 0.0) * (phantom ? ratio : 1.0);
        flows->lti_expense += (phantom ? amount : vests) + due - award->expense;
        award->expense = due; /* accrued beyond what has vested */
        award->vested = share;
        paid += amount;
        award->open = share < 1.0;
    }
    return paid;
}

static bool grant_month(const struct model *model, const struct component *terms, long month) {
    long start = model->parameters->simulation.fiscal_year_start - 1;
    long every = terms->every_months;
    return ((month - start) % every + every) % every == 0;
}

static void grant_awards(struct firm *firm, size_t seat, long month, struct flows *flows) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    for (size_t c = 0; c < role->plan->component_count; c++) {
        const struct component_law *law = &role->components[c];
        if (law->award_count == 0 || !grant_month(firm->model, law->terms, month)) {
            continue;
        }
        double value = law->terms->target * pay_scale(firm, seat, month);
        open_award(component_awards(firm, seat, law), law->award_count, value, firm->share_price);
        flows->lti_granted += value;
    }
}

/* Rolling and yearly attainment on the role's own measure; novices by their ramp. */
static void measure_attainment(struct firm *firm, size_t seat, size_t month, struct flows *flows) {
    const struct role_law *law = &firm->model->roles[firm->seats[seat].role];
    struct person *person = &firm->seats[seat].person;
    enum metric metric = (enum metric)law->role->quota.metric;
    bool index = metric_kind(metric) == METRIC_INDEX;
    double measure = month_measure(firm, seat, metric);
    bool selling =
        metric == METRIC_NEW_REVENUE || metric == METRIC_NEW_CUSTOMERS || metric == METRIC_BOOKINGS;
    double quota = index ? 0.0
                         : law->quota_month *
                               math_power(person->skill[selling ? ACQUIRE : DEVELOP],
                                          law->role->quota.skill_exponent) *
                               person->quota_error * quota_level(firm, (long)month) *
                               (selling ? ramp_productivity(&law->ramp, person->ramp_keep) : 1.0);
    measure = index ? math_log(measure) : measure;
    const double keep = 11.0 / 12.0;
    person->attainment_measure = person->attainment_measure * keep + measure;
    person->attainment_quota = person->attainment_quota * keep + quota;
    person->year_measure += measure;
    person->year_quota += quota;
    if (fiscal_month(firm->model, (long)month) == 11) {
        if (person->tenure >= 11) {
            flows->full_years += 1.0;
            flows->at_quota +=
                index ? person->year_measure >= 0.0 : person->year_measure >= person->year_quota;
        }
        person->year_measure = 0.0;
        person->year_quota = 0.0;
    }
}

static double outstanding(const struct firm *firm, size_t seat) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    double sum = 0.0;
    for (size_t c = 0; c < role->plan->component_count; c++) {
        const struct component_law *law = &role->components[c];
        const struct award *awards = component_awards(firm, seat, law);
        for (size_t a = 0; a < law->award_count; a++) {
            if (awards[a].open) {
                sum += law->terms->type == COMPONENT_LTIP
                           ? awards[a].value * law->expected_share
                           : awards[a].value * (1.0 - awards[a].vested) *
                                 price_ratio(firm, &awards[a]);
            }
        }
    }
    return sum;
}

/* One of twelve instalments, rounded to date: twelve of them are the year's salary to the cent. */
static double month_salary(double annual, size_t month) {
    double elapsed = (double)(month % 12);
    return payout_round(annual * (elapsed + 1.0) / 12.0) - payout_round(annual * elapsed / 12.0);
}

void step_pay(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        if (!firm->seats[seat].filled) {
            continue;
        }
        const struct role_law *role = &model->roles[firm->seats[seat].role];
        struct ledger *ledger = firm_role_ledger(firm, month, firm->seats[seat].role);
        struct flows *flows = &ledger->flows;
        struct component_state *states = seat_states(firm, seat);
        grant_awards(firm, seat, (long)month, flows);
        flows->salary +=
            month_salary(role->plan->salary * pay_scale(firm, seat, (long)month), month);
        for (size_t c = 0; c < role->plan->component_count; c++) {
            const struct component_law *law = &role->components[c];
            switch ((enum component_type)law->terms->type) {
            case COMPONENT_COMMISSION:
                flows->commission += pay_periodic(firm, seat, law, &states[c], (long)month);
                break;
            case COMPONENT_BONUS:
                flows->bonus += pay_periodic(firm, seat, law, &states[c], (long)month);
                break;
            case COMPONENT_LTIP:
                flows->ltip_paid += pay_ltip(firm, seat, law, flows, (long)month);
                break;
            case COMPONENT_SHARES:
                flows->shares_vested += pay_shares(firm, seat, law, flows);
                break;
            }
        }
        measure_attainment(firm, seat, month, flows);
        ledger->stocks.ltip_outstanding += outstanding(firm, seat);
    }
}

void pay_clear(struct firm *firm, size_t seat) {
    const struct model *model = firm->model;
    for (size_t c = 0; c < model->component_most; c++) {
        seat_states(firm, seat)[c] = (struct component_state){0};
    }
    for (size_t a = 0; a < model->award_most; a++) {
        firm->awards[seat * model->award_most + a] = (struct award){0};
    }
}

void pay_start(struct firm *firm, size_t seat, long month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    pay_clear(firm, seat);
    for (size_t c = 0; c < role->plan->component_count; c++) {
        const struct component_law *law = &role->components[c];
        const struct component *terms = law->terms;
        bool ltip = terms->type == COMPONENT_LTIP;
        long length = ltip ? terms->cycle_months : terms->vesting_months;
        long tenure = firm->seats[seat].person.tenure + month; /* at that time */
        if (law->award_count == 0) { /* in the middle of a period when the year starts elsewhere */
            long elapsed =
                fiscal_month(firm->model, month) % period_months((enum period)terms->period);
            long worked = tenure < elapsed ? tenure : elapsed;
            bool index = is_index(terms);
            seat_states(firm, seat)[c] = (struct component_state){
                .months = worked,
                .measure = index ? math_power(law->expected_month, (double)worked)
                                 : law->expected_month * (double)worked,
                .quota = index ? law->quota_month : law->quota_month * (double)worked};
        }
        for (long age = 1; law->award_count > 0 && age < length && age <= tenure; age++) {
            if (!grant_month(firm->model, terms, month - age)) {
                continue;
            }
            struct award *awards = component_awards(firm, seat, law);
            size_t a = 0;
            while (awards[a].open) {
                a++;
            }
            double value = terms->target * pay_scale(firm, seat, month - age);
            double part = (double)age / (double)length;
            double vested = ltip ? 0.0 : payout_vested(terms, age);
            double measure = is_index(terms) ? math_power(law->expected_month, (double)age)
                                             : (double)age * law->expected_month;
            double quota = is_index(terms) ? law->quota_month : (double)age * law->quota_month;
            awards[a] = (struct award){.open = true,
                                       .age = age,
                                       .value = value,
                                       .price = 1.0,
                                       .measure = measure,
                                       .quota = quota,
                                       .vested = vested};
            awards[a].expense = ltip ? value * law->expected_share * part
                                     : value * (part > vested ? part - vested : 0.0);
        }
    }
}

/* What has been accrued is taken back; a pro-rata rule pays its part. */
void pay_leaver(struct firm *firm, size_t month, size_t seat) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    struct flows *flows = &firm_role_ledger(firm, month, firm->seats[seat].role)->flows;
    for (size_t c = 0; c < role->plan->component_count; c++) {
        const struct component_law *law = &role->components[c];
        struct component_state *state = &seat_states(firm, seat)[c];
        struct award *awards = component_awards(firm, seat, law);
        bool pays = law->terms->leaver == LEAVER_PRO_RATA;
        if (pays && state->months > 0) {
            double part =
                (double)state->months / (double)period_months((enum period)law->terms->period);
            double amount = payout_round(payout_earned(law->terms, state->measure, state->quota,
                                                       pay_scale(firm, seat, (long)month) * part));
            *(law->terms->type == COMPONENT_COMMISSION ? &flows->commission : &flows->bonus) +=
                amount;
        }
        for (size_t a = 0; a < law->award_count; a++) {
            struct award *award = &awards[a];
            if (!award->open) {
                continue;
            }
            double amount = 0.0;
            double expensed = 0.0;
            double value = law->terms->type == COMPONENT_LTIP
                               ? award->value * law->expected_share
                               : award->value * (1.0 - award->vested) * price_ratio(firm, award);
            if (pays && law->terms->type == COMPONENT_LTIP) {
                double part = (double)award->age / (double)law->terms->cycle_months;
                amount = payout_round(payout_earned(law->terms, award->measure, award->quota,
                                                    award->value / law->terms->target * part));
                expensed = amount;
                flows->ltip_paid += amount;
            } else if (pays) {
                double part = (double)award->age / (double)law->terms->vesting_months;
                double extra = part > award->vested ? part - award->vested : 0.0;
                bool phantom = law->terms->settlement == SHARES_PHANTOM;
                amount = payout_round(award->value * extra * price_ratio(firm, award));
                expensed = phantom ? amount : award->value * extra; /* RSU: price of the grant */
                flows->shares_vested += amount;
            }
            flows->lti_expense += expensed - award->expense;
            flows->lti_forfeited += value > amount ? value - amount : 0.0;
            award->open = false;
        }
    }

    pay_clear(firm, seat);
}

double pay_annual(const struct firm *firm, size_t seat, long month) {
    return firm->model->roles[firm->seats[seat].role].expected_pay * pay_scale(firm, seat, month);
}

static void share_forfeits(const struct firm *firm, size_t seat, long month,
                           const struct component_law *law, const struct award *award,
                           struct forfeits *forfeits) {
    const struct role *role = firm->model->roles[firm->seats[seat].role].role;
    double volatility = firm->model->parameters->economy.share.volatility;
    double annual = pay_annual(firm, seat, month);
    double vested = award->vested;
    double worked = (double)award->age / (double)law->terms->vesting_months;
    if (law->terms->leaver == LEAVER_PRO_RATA && worked > vested) {
        vested = worked; /* paid to a leaver too */
    }
    for (long age = award->age + 1; age <= law->terms->vesting_months; age++) {
        double now = payout_vested(law->terms, age);
        if (now <= vested) {
            continue;
        }
        double months = (double)(age - award->age);
        double value = award->value * (now - vested) * price_ratio(firm, award);
        /* certainty equivalent of a lognormal price, to second order */
        double variance = math_expm1(volatility * volatility * months / 12.0);
        double certain = 1.0 - 0.5 * role->preferences.risk_aversion * value / annual * variance;
        forfeits_add(forfeits, months, value * (certain > 0.0 ? certain : 0.0));
        vested = now;
    }
}

void pay_forfeits(const struct firm *firm, size_t seat, long month, struct forfeits *forfeits) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    for (size_t c = 0; c < role->plan->component_count; c++) {
        const struct component_law *law = &role->components[c];
        const struct component *terms = law->terms;
        if (law->award_count == 0) { /* accrued so far in a period that is not over */
            long length = period_months((enum period)terms->period);
            long elapsed = (fiscal_month(firm->model, month) + 1) % length;
            long served = firm->seats[seat].person.tenure + (month < 0 ? month : 0) + 1;
            long worked = served < elapsed ? served : elapsed; /* joiners accrue from joining */
            if (worked > 0 && terms->leaver == LEAVER_FORFEIT) {
                forfeits_add(forfeits, (double)(length - elapsed),
                             law->expected_year / 12.0 * (double)worked *
                                 pay_scale(firm, seat, month));
            }
            continue;
        }
        const struct award *awards = component_awards(firm, seat, law);
        for (size_t a = 0; a < law->award_count; a++) {
            if (!awards[a].open) {
                continue;
            }
            if (terms->type == COMPONENT_SHARES) {
                share_forfeits(firm, seat, month, law, &awards[a], forfeits);
            } else { /* a pro-rata rule pays the leaver the part that was worked */
                double worked = (double)awards[a].age / (double)terms->cycle_months;
                double lost = terms->leaver == LEAVER_PRO_RATA ? 1.0 - worked : 1.0;
                forfeits_add(forfeits, (double)(terms->cycle_months - awards[a].age),
                             awards[a].value * law->expected_share * lost);
            }
        }
    }
}
