/* How a year's pay is spread over the people of a role. */
#include "model/steps.h"

double flows_paid(const struct flows *flows) {
    return flows->salary + flows->commission + flows->bonus + flows->draws + flows->ltip_paid +
           flows->shares_vested;
}

/* Shell's sort: no recursion and no memory. */
static void sort(double *values, size_t count) {
    for (size_t gap = count / 2; gap > 0; gap /= 2) {
        for (size_t i = gap; i < count; i++) {
            double value = values[i];
            size_t k = i;
            for (; k >= gap && values[k - gap] > value; k -= gap) {
                values[k] = values[k - gap];
            }
            values[k] = value;
        }
    }
}

/* Ten groups of equal size; somebody on the border of two is in both, in parts. Whole parts of a
 * tenth of a person, so that nothing is lost by rounding. */
static void add_tenths(struct flows *flows, double *pays, size_t count) {
    sort(pays, count);
    for (size_t tenth = 0; tenth < PAY_TENTHS; tenth++) {
        size_t left = count; /* in tenths of a person */
        for (size_t at = tenth * count; left > 0;) {
            size_t part = PAY_TENTHS - at % PAY_TENTHS < left ? PAY_TENTHS - at % PAY_TENTHS : left;
            flows->pay_tenth[tenth] += pays[at / PAY_TENTHS] * (double)part / (double)PAY_TENTHS;
            at += part;
            left -= part;
        }
    }
    flows->pay_years += (double)count;
}

void step_tenths(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    if (fiscal_month(model, (long)month) != 11) {
        return;
    }
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *law = &model->roles[r];
        size_t count = 0;
        for (size_t seat = law->first_seat; seat < law->first_seat + law->room; seat++) {
            struct seat *place = &firm->seats[seat];
            bool whole = month >= 11 && place->person.in_role >= 11;
            if (place->filled && whole) {
                firm->scratch.work[count++] = place->person.year_pay;
            }
            place->person.year_pay = 0.0;
        }
        add_tenths(&firm_role_ledger(firm, month, r)->flows, firm->scratch.work, count);
    }
}
