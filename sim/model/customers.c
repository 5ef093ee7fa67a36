#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "model/account_rows.h"
#include "model/loads.h"
#include "model/parts.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <assert.h>
#include <math.h>
#include <string.h>

double seat_load(const struct firm *firm, size_t seat) {
    const struct role *role = firm->model->roles[firm->seats[seat].role].role;
    return (double)firm->seats[seat].accounts / role->normal_accounts;
}

bool owner_has_room(const struct firm *firm, size_t seat) {
    const struct role *role = firm->model->roles[firm->seats[seat].role].role;
    return seat_load(firm, seat) < role->load_limit;
}

/* Care and develop productivity of the people on the seats: skill x ramp x effort. */
static void fill_productivity(struct firm *firm) {
    for (size_t seat = 0; seat < firm->model->seat_count; seat++) {
        struct seat *place = &firm->seats[seat];
        const struct person *person = &place->person;
        if (place->filled) {
            double ramp =
                ramp_productivity(&firm->model->roles[place->role].ramp, person->ramp_keep);
            place->care = person->skill[CARE] * ramp * person->output[CARE];
            place->develop = person->skill[DEVELOP] * ramp * person->output[DEVELOP];
        }
    }
}

static void fill_inputs(struct firm *firm, size_t s) {
    firm->care[0] = 0.0F;
    firm->develop[0] = 0.0F;
    for (size_t seat = 0; seat < firm->model->seat_count; seat++) {
        const struct seat *place = &firm->seats[seat];
        const struct role_law *law = &firm->model->roles[place->role];
        double per_account = 0.0;
        if (place->filled) {
            per_account =
                law->fit[s] / owner_load((double)place->accounts, law->role->normal_accounts);
        }
        firm->care[seat + 1] = place->filled ? (real)(per_account * place->care) : 0.0F;
        firm->develop[seat + 1] = place->filled ? (real)(per_account * place->develop) : 0.0F;
    }
}

static void note_lost(const struct firm *firm, size_t month, size_t s) {
    const struct accounts *accounts = &firm->accounts[s];
    for (size_t i = 0; i < accounts->lost_count; i++) {
        const struct lost_account *lost = &accounts->lost[i];
        census_went(firm, part_of_segment(firm->model->parameters, s), lost->won_month);
        size_t owner = lost->owner == NO_OWNER ? firm->model->seat_count : (size_t)lost->owner;
        firm_note(firm, (struct entry){.month = (long)month,
                                       .kind = ENTRY_LOST,
                                       .seat = owner,
                                       .other = s,
                                       .value = {(double)lost->revenue}});
    }
}

void owner_note(const struct firm *firm, size_t month, size_t from, size_t to, double revenue,
                double lost) {
    firm_note(firm, (struct entry){.month = (long)month,
                                   .kind = ENTRY_OWNER,
                                   .seat = from,
                                   .other = to,
                                   .value = {revenue, lost}});
}

void step_customers(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    bool year_end = month % 12 == 11;
    double demand = firm_demand(firm);
    double before_all = 0.0;
    double kept_all = 0.0;
    double after_all = 0.0;
    fill_productivity(firm);
    for (size_t s = 0; s < model->segment_count; s++) {
        const struct segment_law *law = &model->segments[s];
        struct ledger *ledger = firm_segment_ledger(firm, month, s);
        struct care_inputs inputs = {firm->care, firm->develop};
        fill_inputs(firm, s);
        support_inputs(firm, s);
        memset(firm->books[s].owner, 0, (model->seat_count + 1) * sizeof *firm->books[s].owner);
        double before =
            accounts_month(&firm->accounts[s], &law->account, &inputs,
                           firm_row(firm, (long)month, PURPOSE_ACCOUNT_SHOCKS),
                           firm_row(firm, (long)month, PURPOSE_RENEWAL), &firm->books[s], ledger);
        double season = law->segment->leads.season[month % 12];
        double revenue = before / 12.0 * season * demand;
        note_lost(firm, month, s);
        owned_month(firm, s, season * demand / 12.0);
        handover_credit(firm, month, s);
        owned_credit(firm, month, s);
        ledger->flows.revenue += revenue;
        ledger->flows.margin += revenue * law->segment->contract.margin;
        before_all += before;
        kept_all += before * math_exp(ledger->flows.log_gross_retention);
        after_all += before * math_exp(ledger->flows.log_net_retention);
        if (year_end) {
            double wacc = model->parameters->firm.wacc;
            accounts_survey(&firm->accounts[s], law->segment,
                            firm_row(firm, (long)month, PURPOSE_SURVEY), ledger);
            firm->promoters[s] = ledger->stocks.answers > 0.0
                                     ? ledger->stocks.promoters / ledger->stocks.answers
                                     : 0.0;
            ledger->stocks.customer_equity = accounts_equity(&firm->accounts[s], &law->account,
                                                             law->segment->contract.margin, wacc);
        }
    }
    /* the whole firm's retention is that of its sums, not the sum of logs */
    struct ledger *all = firm_ledger(firm, month, 0);
    all->flows.log_gross_retention = before_all > 0.0 ? math_log(kept_all / before_all) : 0.0;
    all->flows.log_net_retention = before_all > 0.0 ? math_log(after_all / before_all) : 0.0;
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        double owned = 0.0;
        for (size_t s = 0; s < model->segment_count; s++) {
            owned += firm->books[s].owner[seat + 1].count;
        }
        firm->seats[seat].accounts = (long)owned;
    }
    handover_overlaps(firm, month);
    support_loads(firm);
    for (size_t s = 0; s < model->segment_count; s++) { /* accounts that lost their owner */
        struct ledger *ledger = firm_segment_ledger(firm, month, s);
        const struct book_sum *owner = firm->books[s].owner;
        double orphans = owner[0].count;
        for (size_t seat = 0; seat < model->seat_count; seat++) {
            orphans += firm->seats[seat].filled ? 0.0 : owner[seat + 1].count;
        }
        ledger->flows.orphan_months += orphans;
    }
}

static size_t new_owner(const struct firm *firm, const struct closing *closing) {
    const struct model *model = firm->model;
    size_t winner = closing->seat;
    bool owns = model->roles[firm->seats[winner].role].owns[closing->segment];
    const struct covered customer = {(double)closing->potential,
                                     (double)(closing->potential * closing->wallet), 0.0};
    size_t role = coverage_role(firm, closing->segment, &customer);
    if ((owns || firm->seats[winner].role == role) && owner_has_room(firm, winner)) {
        return winner;
    }
    if (role < model->role_count && !owns) { /* from the first day: nobody has to hand it over */
        size_t heir = owner_least_loaded(firm, closing->segment, role, model->seat_count);
        if (heir < model->seat_count && owner_has_room(firm, heir)) {
            return heir;
        }
    }
    return owner_least_loaded(firm, closing->segment, model->role_count, model->seat_count);
}

void owner_give(struct firm *firm, struct accounts *accounts, size_t slot, size_t seat) {
    bool owned = seat < firm->model->seat_count;
    accounts->owner[slot] = owned ? (int32_t)seat : NO_OWNER;
    if (owned) {
        firm->seats[seat].accounts++;
        loads_changed(firm, seat);
        owned_moved(firm, seat, 1.0, (double)(accounts->potential[slot] * accounts->wallet[slot]));
    }
}

void owner_take(struct firm *firm, const struct accounts *accounts, size_t slot) {
    int32_t owner = accounts->owner[slot];
    if (owner != NO_OWNER) {
        firm->seats[owner].accounts--;
        loads_changed(firm, (size_t)owner);
        owned_moved(firm, (size_t)owner, -1.0,
                    -(double)(accounts->potential[slot] * accounts->wallet[slot]));
    }
}

/* Who sells harder than normal promises more than is kept: lower satisfaction at the start. */
static double over_promised(const struct firm *firm, const struct closing *closing) {
    const struct seat *place = &firm->seats[closing->seat];
    double pressed = place->person.effort[ACQUIRE] - 1.0;
    double slope = firm->model->roles[place->role].role->timing.over_promising;
    return pressed > 0.0 ? slope * pressed : 0.0;
}

/* What is signed in a month of the quarter; each has a sum of its own, so that none is a difference
 * of rounded ones. */
static double *revenue_of_month(struct flows *flows, long fiscal) {
    return fiscal % 3 == 0   ? &flows->early_revenue
           : fiscal % 3 == 1 ? &flows->middle_revenue
                             : &flows->late_revenue;
}

/* A deal that would have closed in another month, in the peak where it lands. */
static void book_moved(struct firm *firm, size_t month, const struct closing *closing,
                       double list) {
    struct flows *flows = &firm_segment_ledger(firm, month, closing->segment)->flows;
    double weighted = peak_weight(firm->model, (long)month) * closing->value;
    if (closing->pulled) {
        size_t at = closing->seat * firm->model->segment_count + closing->segment;
        flows->peak_pull += weighted;
        firm->pulled[at] += list / closing->chance;
    } else {
        flows->peak_push += weighted;
    }
}

void step_closings(struct firm *firm, size_t month) {
    loads_begin(firm);
    for (size_t c = 0; c < firm->closing_count; c++) {
        struct closing *closing = &firm->closings[c];
        const struct segment_law *law = &firm->model->segments[closing->segment];
        struct accounts *accounts = &firm->accounts[closing->segment];
        struct ledger *ledger = firm_segment_ledger(firm, month, closing->segment);
        double list = (double)(closing->potential * closing->wallet);
        double value = list * (1.0 - closing->discount);
        size_t slot;
        if (accounts->live >= law->capacity || !accounts_take(accounts, closing->id, &slot)) {
            continue; /* nobody is left to be won */
        }
        accounts->potential[slot] = closing->potential;
        accounts->wallet[slot] = closing->wallet;
        accounts->relationship[slot] = (real)law->segment->relationship.start;
        accounts->satisfaction[slot] = (real)-over_promised(firm, closing);
        accounts->churn_odds[slot] = closing->churn_odds;
        accounts->renewal[slot] = law->account.term;
        accounts->coverage[slot].since = (int32_t)month;
        owner_give(firm, accounts, slot, new_owner(firm, closing));
        closing->won = true;
        closing->value = value;
        accounts->winner[slot] = (int32_t)closing->seat;
        accounts->winner_number[slot] = (uint32_t)firm->seats[closing->seat].occupants;
        accounts->won_month[slot] = (int32_t)month;
        accounts->won[slot] = (real)value;
        census_came(firm, part_of_segment(firm->model->parameters, closing->segment), month);
        firm_note(firm, (struct entry){.month = (long)month,
                                       .kind = ENTRY_WON,
                                       .seat = closing->seat,
                                       .other = closing->segment,
                                       .value = {value, closing->discount, closing->pulled}});
        ledger->flows.deals += 1.0;
        ledger->flows.deal_months += closing->months;
        ledger->flows.deals_pulled += closing->pulled;
        ledger->flows.pulled_revenue += closing->pulled ? value : 0.0;
        if (closing->pulled || closing->pushed) {
            book_moved(firm, month, closing, list);
        }
        ledger->flows.discounts += list - value;
        *revenue_of_month(&ledger->flows, fiscal_month(firm->model, (long)month)) += value;
        ledger->flows.customers_won += 1.0;
        ledger->flows.new_revenue += value;
        ledger->stocks.customers += 1.0;
        ledger->stocks.run_rate += list;
        ledger->stocks.fresh += list;
        ledger->stocks.potential += (double)closing->potential;
        ledger->stocks.wallet += (double)closing->wallet;
        ledger->stocks.relationship += law->segment->relationship.start;
    }
    loads_end(firm);
}

static double log_kept(double lost, double whole) {
    double kept = whole > 0.0 ? 1.0 - lost / whole : 1.0;
    return math_log(kept > 1e-12 ? kept : 1e-12);
}

void lose_revenue(struct firm *firm, size_t month, size_t s, struct gone gone) {
    struct ledger *ledger = firm_segment_ledger(firm, month, s);
    struct flows *all = &firm_ledger(firm, month, 0)->flows;
    double here = ledger->stocks.run_rate - ledger->stocks.fresh;
    double everywhere = 0.0;
    for (size_t other = 0; other < firm->model->segment_count; other++) {
        const struct ledger *part = firm_segment_ledger(firm, month, other);
        everywhere += part->stocks.run_rate - part->stocks.fresh;
    }
    if (gone.old > 0.0) {
        ledger->flows.log_gross_retention += log_kept(gone.old, here);
        ledger->flows.log_net_retention += log_kept(gone.old, here);
        all->log_gross_retention += log_kept(gone.old, everywhere);
        all->log_net_retention += log_kept(gone.old, everywhere);
    }
    ledger->flows.contraction += gone.old + gone.fresh;
    ledger->stocks.run_rate -= gone.old + gone.fresh;
    ledger->stocks.fresh -= gone.fresh;
}

void seat_left(struct firm *firm, size_t month, size_t seat) {
    const struct model *model = firm->model;
    const struct role *role = model->roles[firm->seats[seat].role].role;
    uint64_t row = firm_row(firm, (long)month, PURPOSE_SUCCESSOR);
    loads_begin(firm);
    for (size_t s = 0; s < model->segment_count; s++) {
        struct accounts *accounts = &firm->accounts[s];
        struct gone all = {0.0, 0.0};
        for (size_t a = account_rows_owned(accounts, (int32_t)seat, 0); a < accounts->used;
             a = account_rows_owned(accounts, (int32_t)seat, a + 1)) {
            double u = random_uniform(row, accounts->id[a]);
            bool similar = u < role->succession.similar;
            bool passed = u < role->succession.similar + role->succession.dissimilar ||
                          !firm->seats[seat].wanted; /* nobody will come */
            size_t heir = passed ? owner_least_loaded(firm, s, firm->seats[seat].role, seat)
                                 : model->seat_count;
            double before = (double)(accounts->potential[a] * accounts->wallet[a]);
            double *lost = accounts->won_month[a] == (int32_t)month ? &all.fresh : &all.old;
            if (heir == model->seat_count) { /* waits on the empty seat, nobody cares meanwhile */
                double gone =
                    account_change_owner(accounts, a, model->segments[s].segment, (int32_t)seat,
                                         role->succession.kappa_hire, 0.0, 1e9);
                owner_note(firm, month, seat, heir, before, gone);
                *lost += gone;
                continue;
            }
            double gone = account_change_owner(
                accounts, a, model->segments[s].segment, (int32_t)heir,
                similar ? role->succession.kappa_similar : role->succession.kappa_dissimilar,
                similar ? role->succession.care_similar : role->succession.care_dissimilar,
                similar ? role->succession.months_similar : role->succession.months_dissimilar);
            owner_note(firm, month, seat, heir, before, gone);
            *lost += gone;
            firm->seats[seat].accounts--;
            firm->seats[heir].accounts++;
            loads_changed(firm, seat);
            loads_changed(firm, heir);
        }
        lose_revenue(firm, month, s, all);
        owned_gone(firm, seat, all); /* the heirs are of the same role */
        owned_moved(firm, seat, 0.0, -(all.old + all.fresh));
    }
    loads_end(firm);
}

void seat_taken(struct firm *firm, size_t seat) {
    const struct role *role = firm->model->roles[firm->seats[seat].role].role;
    real gap = (real)(1.0 - role->succession.care_hire);
    real keep = (real)math_exp(-1.0 / role->succession.months_hire);
    for (size_t s = 0; s < firm->model->segment_count; s++) {
        struct accounts *accounts = &firm->accounts[s];
        for (size_t a = account_rows_owned(accounts, (int32_t)seat, 0); a < accounts->used;
             a = account_rows_owned(accounts, (int32_t)seat, a + 1)) {
            accounts->care_gap[a] = gap;
            accounts->gap_keep[a] = keep;
        }
    }
}

/* The account's new owner begins with the care of a colleague who did not know it; what its loss of
 * the old owner did to it has been counted then. */
void owner_adopt(struct firm *firm, size_t s, size_t slot, size_t heir) {
    const struct role *role = firm->model->roles[firm->seats[heir].role].role;
    struct accounts *accounts = &firm->accounts[s];
    accounts->care_gap[slot] = (real)(1.0 - role->succession.care_dissimilar);
    accounts->gap_keep[slot] = (real)math_exp(-1.0 / role->succession.months_dissimilar);
    owner_give(firm, accounts, slot, heir);
}

/* Whether some seat is empty for good. */
static bool seats_closed(const struct firm *firm) {
    for (size_t seat = 0; seat < firm->model->seat_count; seat++) {
        if (!firm->seats[seat].filled && !firm->seats[seat].wanted) {
            return true;
        }
    }
    return false;
}

/* Customers of a seat that nobody will take go to its role's colleagues, or to another role that
 * owns here; those who never had an owner wait until somebody has room. */
void step_orphans(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    loads_begin(firm);
    bool closed = seats_closed(firm);
    for (size_t s = 0; s < model->segment_count; s++) {
        struct accounts *accounts = &firm->accounts[s];
        bool room = true;
        if (!closed && account_rows_unowned(accounts) == 0) {
            continue;
        }
        for (size_t a = 0; a < accounts->used; a++) {
            int32_t owner = accounts->owner[a];
            size_t heir = model->seat_count;
            if (accounts->potential[a] <= 0.0F) {
                continue;
            }
            if (owner == NO_OWNER && room) {
                heir = owner_least_loaded(firm, s, model->role_count, model->seat_count);
                room = heir < model->seat_count && owner_has_room(firm, heir);
                heir = room ? heir : model->seat_count;
            } else if (owner != NO_OWNER && !firm->seats[owner].filled &&
                       !firm->seats[owner].wanted) {
                owner_take(firm, accounts, a);
                accounts->owner[a] = NO_OWNER;
                heir = owner_least_loaded(firm, s, firm->seats[owner].role, model->seat_count);
                if (heir == model->seat_count) {
                    heir = owner_least_loaded(firm, s, model->role_count, model->seat_count);
                }
            }
            if (heir < model->seat_count) {
                owner_adopt(firm, s, a, heir);
                owner_note(firm, month, owner == NO_OWNER ? model->seat_count : (size_t)owner, heir,
                           (double)(accounts->potential[a] * accounts->wallet[a]), 0.0);
            }
        }
    }
    loads_end(firm);
}
