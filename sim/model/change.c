/* Dated changes (docs/model.md, section 8): the firm goes on under another model and takes along
 * its people, customers, deals and everything that is owed. */
#include "base/mathematics.h"
#include "model/loads.h"
#include "model/steps.h"

#include <limits.h>
#include <string.h>

void change_start(struct firm *firm) {
    for (size_t k = 0; k < firm->pay_book_count; k++) {
        struct pay_book *book = &firm->pay_books[k];
        for (size_t r = 0; r < book->model->role_count; r++) {
            book->runs_off[r] = false;
        }
        for (size_t i = 0; i < book->model->role_count * book->model->component_most; i++) {
            book->since[i] = LONG_MIN;
        }
    }
    firm_use(firm, 0);
}

double unsettled(const struct firm *firm, size_t seat, long month) {
    const struct seat *place = &firm->seats[seat];
    double sum = 0.0;
    for (const struct model *model = firm->model; model->change != NULL; model = model->before) {
        double elapsed = (double)(month - (long)model->since);
        bool was_here = (double)place->person.in_role > elapsed;
        double months = model->change->adaptation_months;
        if (model->roles[place->role].concerned && was_here && elapsed < months) {
            sum += (1.0 - model->change->communication) * (1.0 - elapsed / months);
        }
    }
    return sum < 1.0 ? sum : 1.0;
}

/* A component that goes on takes everything along: measures, past periods, open awards. */
static void move_component(struct firm *firm, struct firm *old, size_t seat, size_t c) {
    const struct role_law *is = &firm->model->roles[firm->seats[seat].role];
    const struct role_law *was = &old->model->roles[firm->seats[seat].role];
    size_t origin = is->components[c].origin;
    struct statement to = seat_statement(firm, seat);
    struct statement from = seat_statement(old, seat);
    struct award *awards = seat_awards(firm, seat, &is->components[c]);
    struct award *awards_before = seat_awards(old, seat, &was->components[origin]);
    to.accounts[c] = from.accounts[origin];
    from.accounts[origin] = (struct component_account){0};
    for (size_t s = 0; s < slot_count(&is->plan->components[c]); s++) {
        struct measured *measured = &from.measured[was->payroll.slot_first[origin] + s];
        to.measured[is->payroll.slot_first[c] + s] = *measured;
        *measured = (struct measured){0};
    }
    for (size_t p = 0; p < is->payroll.past_count[c]; p++) {
        struct past_period *past = &from.past[was->payroll.past_first[origin] + p];
        to.past[is->payroll.past_first[c] + p] = *past;
        *past = (struct past_period){0};
    }
    for (size_t a = 0; a < is->components[c].award_count; a++) {
        awards[a] = awards_before[a];
        awards_before[a] = (struct award){0};
    }
}

/* Nothing is measured any more; what is held back, owed or in the bank stays. */
static void stop_measuring(struct firm *old, size_t seat) {
    const struct role_law *was = &old->model->roles[old->seats[seat].role];
    struct statement statement = seat_statement(old, seat);
    for (size_t c = 0; c < was->plan->component_count; c++) {
        const struct component_account *account = &statement.accounts[c];
        statement.accounts[c] = (struct component_account){.entitled = account->entitled,
                                                           .paid = account->paid,
                                                           .bank = account->bank,
                                                           .bank_negative = account->bank_negative};
    }
    for (size_t s = 0; s < was->payroll.slot_count; s++) {
        statement.measured[s] = (struct measured){0};
    }
}

/* Running periods of components that end are paid by months, as of the month before. */
static void close_plan(struct firm *firm, struct firm *old, size_t r, size_t month) {
    const struct role_law *was = &old->model->roles[r];
    long last = (long)month - 1;
    for (size_t seat = was->first_seat; seat < was->first_seat + was->seats; seat++) {
        struct statement statement = seat_statement(old, seat);
        struct month_facts facts = plain_facts(old, seat, last);
        if (firm->seats[seat].filled) {
            statement_claim(&was->payroll, &statement, &facts, true, NULL);
        }
    }
    resolve_role(old, r, (size_t)last);
    for (size_t seat = was->first_seat; seat < was->first_seat + was->seats; seat++) {
        struct statement statement = seat_statement(old, seat);
        struct month_facts facts = plain_facts(old, seat, last);
        bool due = false;
        for (size_t c = 0; c < was->plan->component_count; c++) {
            due |= statement.accounts[c].closes;
        }
        if (firm->seats[seat].filled && due) {
            struct payment payment = statement_wind_up(&was->payroll, &statement, &facts, NULL);
            const struct flows *flows = &firm_role_ledger(old, month, r)->flows;
            double before = flows_paid(flows);
            book_payment(old, month, r, &payment);
            log_payment(old, seat, month, &payment);
            firm->seats[seat].person.year_pay += flows_paid(flows) - before;
        }
        stop_measuring(old, seat);
    }
}

static void change_plan(struct firm *firm, struct firm *old, size_t r, size_t month) {
    const struct role_law *is = &firm->model->roles[r];
    const struct role_law *was = &old->model->roles[r];
    struct pay_book *book = &firm->pay_books[firm->model->number];
    struct pay_book *before = &firm->pay_books[old->model->number];
    for (size_t c = 0; c < is->plan->component_count; c++) {
        size_t origin = is->components[c].origin;
        book->since[r * firm->model->component_most + c] =
            origin == NO_COMPONENT ? (long)month
                                   : before->since[r * old->model->component_most + origin];
    }
    before->runs_off[r] = is->plan_ends;
    for (size_t seat = is->first_seat; seat < is->first_seat + is->room; seat++) {
        pay_clear_now(firm, seat);
        for (size_t c = 0; c < is->plan->component_count; c++) {
            if (is->components[c].origin != NO_COMPONENT) {
                move_component(firm, old, seat, c);
            } else {
                firm->accounts_of_pay[seat * firm->model->component_most + c].year_skipped =
                    fiscal_month(firm->model, (long)month);
            }
        }
    }
    if (is->plan_ends) {
        close_plan(firm, old, r, month);
    }
    bool same_plan = strcmp(is->plan->name, was->plan->name) == 0;
    for (size_t seat = is->first_seat; seat < is->first_seat + is->room; seat++) {
        firm->draw_owed[seat] = old->draw_owed[seat];
        old->draw_owed[seat] = 0.0;
        /* a cap of the year goes on with its plan, another plan begins its own */
        firm->year_variable[seat] = same_plan ? old->year_variable[seat] : 0.0;
        old->year_variable[seat] = 0.0;
    }
}

/* What of a person is measured in other terms from now on. */
static void change_person(struct person *person, const struct role_law *was,
                          const struct role_law *is) {
    if (was->role->career.level_count == 0 && is->role->career.level_count > 0) {
        person->level_months = 0; /* waiting begins with the career */
    }
    if (was->role->quota.metric != is->role->quota.metric) {
        bool index = metric_kind((enum metric)is->role->quota.metric) == METRIC_INDEX;
        person->attainment_measure = index ? 0.0 : 12.0 * is->quota_month;
        person->attainment_quota = index ? 0.0 : 12.0 * is->quota_month;
        person->year_measure = 0.0;
        person->year_quota = 0.0;
    }
}

/* Churn of the customers of today under other contracts. Those who came with a propensity of their
 * own keep it. */
static void change_contracts(struct firm *firm, const struct model *before, size_t s) {
    const struct segment_law *was = &before->segments[s];
    const struct segment_law *is = &firm->model->segments[s];
    struct accounts *accounts = &firm->accounts[s];
    bool own = is->segment->churn.beta_a > 0.0;
    double ratio =
        (double)is->segment->contract.term_months / (double)was->segment->contract.term_months;
    if (was->churn_odds == is->churn_odds && ratio == 1.0) {
        return;
    }
    for (size_t a = 0; a < accounts->used; a++) {
        if (!own) {
            accounts->churn_odds[a] = (real)is->churn_odds;
        } else if (ratio != 1.0) {
            double keep = math_power(1.0 / (1.0 + (double)accounts->churn_odds[a]), ratio);
            accounts->churn_odds[a] = (real)((1.0 - keep) / keep);
        }
    }
}

static struct covered covered_customer(const struct accounts *accounts, size_t slot, long month) {
    return (struct covered){(double)accounts->potential[slot],
                            (double)(accounts->potential[slot] * accounts->wallet[slot]),
                            (double)(month - accounts->coverage[slot].since)};
}

/* Who waits for another role than before waits anew, and nobody supports without a mandate. Credit
 * and overlap that were agreed on at a handover go on. */
static void change_coverage(struct firm *firm, const struct firm *old, size_t s, size_t month) {
    struct accounts *accounts = &firm->accounts[s];
    for (size_t a = 0; a < accounts->used; a++) {
        struct coverage *coverage = &accounts->coverage[a];
        if (accounts->potential[a] <= 0.0F) {
            continue;
        }
        const struct covered customer = covered_customer(accounts, a, (long)month);
        if (coverage_role(old, s, &customer) != coverage_role(firm, s, &customer)) {
            coverage->waited = 0;
            coverage->offered = 0;
        }
        if (coverage->supporter != NO_OWNER) {
            struct seat *place = &firm->seats[coverage->supporter];
            if (!firm->model->roles[place->role].supports[s]) {
                place->accounts--;
                coverage->supporter = NO_OWNER;
                accounts->support[a] = 0.0F;
            }
        }
    }
}

/* Whether the role owns customers of the segment, at least those that a rule gives it. */
static bool may_own(const struct model *model, size_t role, size_t s) {
    const struct segment_law *law = &model->segments[s];
    bool may = model->roles[role].owns[s];
    for (size_t k = 0; k < law->segment->coverage.rule_count; k++) {
        may |= law->rule_roles[k] == role;
    }
    return may;
}

/* Who takes over from a role that owns nothing here any more; the seat count: nobody. */
static size_t heir_of(const struct firm *firm, size_t s, size_t slot, size_t month) {
    const struct model *model = firm->model;
    const struct covered customer = covered_customer(&firm->accounts[s], slot, (long)month);
    size_t role = coverage_role(firm, s, &customer);
    size_t heir = role < model->role_count ? owner_least_loaded(firm, s, role, model->seat_count)
                                           : model->seat_count;
    if (heir < model->seat_count && owner_has_room(firm, heir)) {
        return heir;
    }
    return owner_least_loaded(firm, s, model->role_count, model->seat_count);
}

static void pass_on(struct firm *firm, size_t month, size_t s, size_t slot, size_t heir,
                    struct gone *gone) {
    struct accounts *accounts = &firm->accounts[s];
    size_t owner = (size_t)accounts->owner[slot];
    const struct role *role = firm->model->roles[firm->seats[owner].role].role;
    double before = (double)(accounts->potential[slot] * accounts->wallet[slot]);
    owner_take(firm, accounts, slot);
    if (!firm->seats[owner]
             .filled) { /* what is lost with an owner who left has been counted then */
        owner_note(firm, month, owner, heir, before, 0.0);
        owner_adopt(firm, s, slot, heir);
        return;
    }
    double lost =
        account_change_owner(accounts, slot, firm->model->segments[s].segment, (int32_t)heir,
                             role->succession.kappa_dissimilar, role->succession.care_dissimilar,
                             role->succession.months_dissimilar);
    owner_give(firm, accounts, slot, heir);
    owner_note(firm, month, owner, heir, before, lost);
    struct gone mine = {0.0, 0.0};
    *(accounts->won_month[slot] == (int32_t)month ? &mine.fresh : &mine.old) = lost;
    gone->old += mine.old;
    gone->fresh += mine.fresh;
    owned_gone(firm, owner, mine);
}

void step_coverage(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    loads_begin(firm);
    for (size_t s = 0; s < model->segment_count; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        struct gone gone = {0.0, 0.0};
        for (size_t a = 0; a < accounts->used; a++) {
            int32_t owner = accounts->owner[a];
            if (owner == NO_OWNER || may_own(model, firm->seats[owner].role, s)) {
                continue;
            }
            size_t heir = heir_of(firm, s, a, month);
            if (heir < model->seat_count) { /* better the owner of before than none */
                pass_on(firm, month, s, a, heir, &gone);
            }
        }
        lose_revenue(firm, month, s, gone);
    }
    loads_end(firm);
}

static void note_change(const struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    firm_note(firm, (struct entry){.month = (long)month,
                                   .kind = ENTRY_CHANGE,
                                   .seat = model->seat_count,
                                   .value = {(double)model->number}});
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        if (firm->seats[seat].filled && model->roles[firm->seats[seat].role].concerned) {
            firm_note(firm, (struct entry){.month = (long)month,
                                           .kind = ENTRY_CHANGED,
                                           .seat = seat,
                                           .value = {unsettled(firm, seat, (long)month)}});
        }
    }
}

void step_change(struct firm *firm, size_t month) {
    const struct model *before = firm->model;
    firm_use(firm, before->number + 1);
    note_change(firm, month);
    struct firm old = firm_under(firm, before->number);
    for (size_t r = 0; r < before->role_count; r++) {
        const struct role_law *is = &firm->model->roles[r];
        change_plan(firm, &old, r, month);
        for (size_t seat = is->first_seat; seat < is->first_seat + is->room; seat++) {
            change_person(&firm->seats[seat].person, &before->roles[r], is);
        }
    }
    for (size_t s = 0; s < before->segment_count; s++) {
        change_contracts(firm, before, s);
        change_coverage(firm, &old, s, month);
    }
}
