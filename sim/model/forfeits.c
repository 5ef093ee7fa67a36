/* What somebody who leaves now would lose, and when it would have been paid. */
#include "base/mathematics.h"
#include "model/job.h"
#include "model/steps.h"
#include "plan/award.h"
#include "plan/payout.h"

static bool keeps_part(long rule) { return rule == LEAVER_PRO_RATA || rule == LEAVER_ACCELERATE; }

/* Paid in shares an amount counts by its certainty equivalent. */
static double certain_value(const struct firm *firm, size_t seat, long month,
                            const struct component *terms, double value, double months) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    return terms->settlement == SETTLEMENT_CASH
               ? value
               : value *
                     certain_share(firm->model, role, value, pay_annual(firm, seat, month), months);
}

static void share_forfeits(const struct firm *firm, size_t seat, long month,
                           const struct component_law *law, const struct award *award,
                           struct forfeits *forfeits) {
    const struct component *terms = law->terms;
    double vested = award->vested;
    double worked = (double)award->age / (double)terms->vesting_months;
    double unit = award_unit_value(terms, award, award_price(firm));
    if (award_has_strike(terms) && award->units > 0.0) {
        /* an option is worth at least what it cost at the grant's price relation */
        double paid = award->value / award->units * award_price(firm) / award->price;
        unit = unit > paid ? unit : paid;
    }
    if (terms->leaver == LEAVER_ACCELERATE) {
        return;
    }
    if (terms->leaver == LEAVER_PRO_RATA && worked > vested) {
        vested = worked; /* paid to a leaver too */
    }
    for (long age = award->age + 1; age <= terms->vesting_months; age++) {
        double now = payout_vested(terms, age);
        if (now <= vested) {
            continue;
        }
        double months = (double)(age - award->age);
        double value = award->units * (now - vested) * unit;
        forfeits_add(forfeits, months, certain_value(firm, seat, month, terms, value, months));
        vested = now;
    }
    if (terms->leaver == LEAVER_FORFEIT_ALL && award->vested > award->settled) {
        forfeits_add(forfeits, 1.0, award->units * (award->vested - award->settled) * unit);
    }
}

void award_forfeits(const struct firm *firm, size_t seat, long month,
                    const struct component_law *law, struct forfeits *forfeits) {
    const struct component *terms = law->terms;
    const struct award *awards = seat_awards(firm, seat, law);
    for (size_t a = 0; a < law->award_count; a++) {
        if (!awards[a].open) {
            continue;
        }
        if (terms->type == COMPONENT_SHARES) {
            share_forfeits(firm, seat, month, law, &awards[a], forfeits);
            continue;
        }
        /* a pro-rata rule pays the leaver the part that was worked */
        double worked = (double)awards[a].age / (double)terms->cycle_months;
        double lost = terms->leaver == LEAVER_ACCELERATE ? 0.0
                      : terms->leaver == LEAVER_PRO_RATA ? 1.0 - worked
                                                         : 1.0;
        double months = (double)(terms->cycle_months - awards[a].age);
        double value = awards[a].value * law->expected_share * lost;
        forfeits_add(forfeits, months, certain_value(firm, seat, month, terms, value, months));
    }
}

void late_forfeits(const struct firm *firm, size_t seat, long month, size_t c,
                   struct forfeits *forfeits) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct component *terms = &role->plan->components[c];
    const struct component_account *account =
        &firm->accounts_of_pay[seat * firm->model->component_most + c];
    long length = period_months((enum period)terms->period);
    long elapsed = (fiscal_month(firm->model, month) + 1) % length;
    if (keeps_part(terms->leaver)) {
        return;
    }
    for (size_t p = 0; p < role->payroll.past_count[c]; p++) {
        const struct past_period *past =
            &firm->past[seat * firm->model->past_most + role->payroll.past_first[c] + p];
        double left = (double)(past->month + terms->hold_back.months - month);
        forfeits_add(forfeits, left > 1.0 ? left : 1.0, past->held);
    }
    forfeits_add(forfeits, (double)(length - elapsed), account->bank * terms->bank.pays);
    forfeits_add(forfeits, (double)(2 * length - elapsed),
                 account->bank * (1.0 - terms->bank.pays));
}

/* Accrued so far in a period that is not over, by joiners from joining, by all from the day on
 * which the component began. */
static void period_forfeits(const struct firm *firm, size_t seat, long month, size_t c,
                            struct forfeits *forfeits) {
    const struct model *model = firm->model;
    size_t r = firm->seats[seat].role;
    const struct role_law *role = &model->roles[r];
    const struct component *terms = &role->plan->components[c];
    long length = period_months((enum period)terms->period);
    long elapsed = (fiscal_month(model, month) + 1) % length;
    long served = firm->seats[seat].person.in_role + (month < 0 ? month : 0) + 1;
    long worked = served < elapsed ? served : elapsed;
    long since = firm->pay_books[model->number].since[r * model->component_most + c];
    worked = since > month - worked + 1 ? month - since + 1 : worked;
    if (keeps_part(terms->leaver)) {
        return;
    }
    if (worked > 0) {
        forfeits_add(forfeits, (double)(length - elapsed),
                     role->components[c].expected_year / 12.0 * (double)worked *
                         pay_scale(firm, seat, month));
    }
    late_forfeits(firm, seat, month, c, forfeits);
}

void pay_forfeits(const struct firm *firm, size_t seat, long month, struct forfeits *forfeits) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    for (size_t c = 0; c < role->plan->component_count; c++) {
        if (component_is_award(&role->plan->components[c])) {
            award_forfeits(firm, seat, month, &role->components[c], forfeits);
        } else {
            period_forfeits(firm, seat, month, c, forfeits);
        }
    }
    promises_forfeits(firm, seat, month, forfeits);
    if (firm->model->number > 0) {
        run_off_forfeits(firm, seat, month, forfeits);
    }
}
