/* What is counted at month end: who is still here of those who came, opportunities that are open,
 * awards that are outstanding, revenue under contract. */
#include "model/parts.h"
#include "model/steps.h"

/* Roles and segments have intakes, in the order of their books. */
static struct intake *intake_of(const struct firm *firm, size_t part, size_t month) {
    return &firm->intakes[(part - part_of_role(0)) * firm->model->months + month];
}

void census_came(const struct firm *firm, size_t part, size_t month) {
    struct intake *intake = intake_of(firm, part, month);
    intake->came++;
    intake->here++;
}

void census_went(const struct firm *firm, size_t part, long month) {
    if (month >= 0) { /* not there from the start */
        intake_of(firm, part, (size_t)month)->here--;
    }
}

/* Who came 1, 2, ... years ago to the month, and how many of them are still here. */
static void count_intakes(const struct firm *firm, size_t part, size_t month, double *came,
                          double *here) {
    for (size_t y = 0; y < SURVIVAL_YEARS && 12 * (y + 1) <= month; y++) {
        const struct intake *intake = intake_of(firm, part, month - 12 * (y + 1));
        came[y] = intake->came;
        here[y] = intake->here;
    }
}

/* Awards under one plan of a role. */
static void count_plan(const struct firm *firm, size_t r, size_t month) {
    const struct role_law *law = &firm->model->roles[r];
    for (size_t c = 0; c < law->plan->component_count; c++) {
        struct ledger *ledger = firm_component_ledger(firm, month, r, c);
        for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
            if (law->components[c].award_count > 0 && firm->seats[seat].filled) {
                ledger->stocks.ltip_outstanding += award_outstanding(firm, seat, c);
            }
        }
    }
}

static void count_awards(const struct firm *firm, size_t r, size_t month) {
    const struct role_law *law = &firm->model->roles[r];
    struct stocks *all = &firm_role_ledger(firm, month, r)->stocks;
    count_plan(firm, r, month);
    for (size_t number = 0; number < firm->model->number; number++) {
        if (firm->pay_books[number].runs_off[r]) {
            const struct firm old = firm_under(firm, number);
            count_plan(&old, r, month);
        }
    }
    for (size_t part = law->first_part; part < law->first_part + law->parts; part++) {
        struct ledger *ledger = firm_ledger(firm, month, part);
        ledger->flows.months = 1.0;
        all->ltip_outstanding += ledger->stocks.ltip_outstanding;
    }
    for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
        if (firm->seats[seat].filled) {
            all->ltip_outstanding += promises_outstanding(firm, seat, (long)month);
        }
    }
}

static void count_open_deals(const struct firm *firm, size_t s, size_t month) {
    const struct model *model = firm->model;
    const struct segment_law *law = &model->segments[s];
    struct stocks *all = &firm_segment_ledger(firm, month, s)->stocks;
    for (size_t k = 0; k < law->segment->pipeline.stage_count; k++) {
        struct ledger *ledger = firm_stage_ledger(firm, month, s, k);
        ledger->flows.months = 1.0;
        for (size_t seat = 0; seat < model->seat_count; seat++) {
            ledger->stocks.open_deals +=
                firm->open_deals[seat * model->stage_count + law->first_stage + k];
        }
        all->open_deals += ledger->stocks.open_deals;
    }
}

void step_census(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    for (size_t r = 0; r < model->role_count; r++) {
        struct flows *flows = &firm_role_ledger(firm, month, r)->flows;
        count_intakes(firm, part_of_role(r), month, flows->joiners, flows->stayers);
        count_awards(firm, r, month);
    }
    for (size_t s = 0; s < model->segment_count; s++) {
        struct ledger *ledger = firm_segment_ledger(firm, month, s);
        count_intakes(firm, part_of_segment(model->parameters, s), month, ledger->flows.cohort,
                      ledger->flows.cohort_kept);
        count_open_deals(firm, s, month);
        if (month % 12 == 11) {
            ledger->stocks.contracted = accounts_contracted(&firm->accounts[s]);
        }
    }
}
