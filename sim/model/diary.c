#include "model/diary.h"

#include "model/steps.h"

void diary_add(struct diary *diary, const struct entry *entry) {
    if (diary->count < diary->capacity) {
        diary->entries[diary->count] = *entry;
    }
    diary->count++;
}

void firm_note(const struct firm *firm, struct entry entry) {
    if (firm->diary == NULL || entry.month < 0) { /* what starting staff bring along is assumed */
        return;
    }
    entry.occupant = entry.seat < firm->model->seat_count ? firm->seats[entry.seat].occupants : 0;
    entry.number = firm->model->number;
    diary_add(firm->diary, &entry);
}

void firm_note_payment(const struct firm *firm, size_t seat, size_t month,
                       const struct payment *payment) {
    const struct plan *plan = firm->model->roles[firm->seats[seat].role].plan;
    if (firm->diary == NULL) {
        return;
    }
    for (size_t c = 0; c < plan->component_count; c++) {
        if (payment->line[c] != 0.0) {
            firm_note(firm, (struct entry){.month = (long)month,
                                           .kind = ENTRY_LINE,
                                           .seat = seat,
                                           .other = c,
                                           .value = {payment->line[c]}});
        }
    }
    if (payment->draw != 0.0) {
        firm_note(firm, (struct entry){.month = (long)month,
                                       .kind = ENTRY_DRAW,
                                       .seat = seat,
                                       .value = {payment->draw}});
    }
}

void firm_note_decision(const struct firm *firm, size_t seat, long month,
                        const struct forfeits *forfeits, double gain, double waiting) {
    struct entry entry = {
        .month = month, .kind = ENTRY_WEIGHED, .seat = seat, .value = {gain, 0.0, waiting, 0.0}};
    for (size_t d = 1; firm->diary != NULL && d <= forfeits->last; d++) {
        entry.value[1] += forfeits->value[d];
        entry.value[3] += (double)d <= waiting ? forfeits->value[d] : 0.0;
    }
    firm_note(firm, entry);
}
