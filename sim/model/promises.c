/* Awards that people of a real start hold when it begins: amounts that are paid on their month to
 * whoever is still there. They follow from the person alone, so nothing is kept about them. */
#include "model/departure.h"
#include "model/steps.h"
#include "plan/payout.h"

static const struct curve *promised(const struct firm *firm, size_t seat) {
    static const struct curve NONE = {.count = 0};
    const struct opening_person *origin = firm->seats[seat].person.origin;
    return origin == NULL ? &NONE : &origin->awards;
}

static void note(const struct firm *firm, size_t seat, size_t month, enum entry_kind kind,
                 double value) {
    size_t components = firm->model->roles[firm->seats[seat].role].plan->component_count;
    firm_note(firm, (struct entry){.month = (long)month,
                                   .kind = kind,
                                   .seat = seat,
                                   .other = components, /* none of the plan's */
                                   .value = {value}});
}

/* The expense of an award is spread evenly from the start to its vesting, whoever booked what
 * before it; of a month the part that it adds. */
void promises_month(const struct firm *firm, size_t seat, size_t month, struct flows *flows) {
    const struct curve *awards = promised(firm, seat);
    double age = (double)month + 1.0;
    for (size_t a = 0; a < awards->count; a++) {
        double months = awards->points[a].at;
        double value = payout_round(awards->points[a].value);
        if (age <= months) {
            flows->lti_expense += value / months;
        }
        if (age == months) {
            flows->ltip_paid += value;
            note(firm, seat, month, ENTRY_AWARD, value);
        }
    }
}

/* Who retires, or goes to another role on good terms, is paid at once; others lose it. */
void promises_leave(const struct firm *firm, size_t seat, size_t month, enum exit_reason reason,
                    struct flows *flows) {
    const struct curve *awards = promised(firm, seat);
    double age = (double)month + 1.0;
    bool keeps = reason == EXIT_RETIREMENT;
    for (size_t a = 0; a < awards->count; a++) {
        double months = awards->points[a].at;
        double value = payout_round(awards->points[a].value);
        if (age >= months) {
            continue;
        }
        flows->lti_expense += (keeps ? value : 0.0) - value * age / months;
        *(keeps ? &flows->ltip_paid : &flows->lti_forfeited) += value;
        note(firm, seat, month, keeps ? ENTRY_AWARD : ENTRY_FORFEITED, value);
    }
}

void promises_forfeits(const struct firm *firm, size_t seat, long month,
                       struct forfeits *forfeits) {
    const struct curve *awards = promised(firm, seat);
    for (size_t a = 0; a < awards->count; a++) {
        double left = awards->points[a].at - (double)(month + 1);
        if (left >= 1.0) {
            forfeits_add(forfeits, left, payout_round(awards->points[a].value));
        }
    }
}

double promises_outstanding(const struct firm *firm, size_t seat, long month) {
    const struct curve *awards = promised(firm, seat);
    double sum = 0.0;
    for (size_t a = 0; a < awards->count; a++) {
        sum += awards->points[a].at > (double)(month + 1) ? payout_round(awards->points[a].value)
                                                          : 0.0;
    }
    return sum;
}
