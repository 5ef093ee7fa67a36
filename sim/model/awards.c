/* Long-term awards of simulated people: grants, vesting, payment, expense, what leavers keep. */
#include "model/steps.h"
#include "plan/award.h"
#include "plan/payout.h"

#include <math.h>

struct award *seat_awards(const struct firm *firm, size_t seat, const struct component_law *law) {
    return &firm->awards[seat * firm->model->award_most + law->award_first];
}

double award_price(const struct firm *firm) {
    return firm->share_price * firm->model->parameters->economy.share.price;
}

static bool grant_month(const struct model *model, const struct component *terms, long month,
                        long tenure) {
    if (terms->every_months == 0) {
        return tenure == 0;
    }
    long start = model->parameters->simulation.fiscal_year_start - 1;
    long every = terms->every_months;
    return ((month - start) % every + every) % every == 0;
}

bool award_granted(const struct firm *firm, size_t seat, const struct component_law *law,
                   long month) {
    /* a grant on joining belongs to the role */
    return law->award_count > 0 &&
           grant_month(firm->model, law->terms, month, firm->seats[seat].person.in_role);
}

static bool is_ltip(const struct component_law *law) { return law->terms->type == COMPONENT_LTIP; }

/* Value of a unit as the firm expenses it: real shares and options at the grant, the rest today. */
static double expensed_unit(const struct component_law *law, const struct award *award,
                            double price) {
    switch ((enum settlement)law->terms->settlement) {
    case SETTLEMENT_RSU:
        return award->price;
    case SETTLEMENT_OPTION:
        return award->units > 0.0 ? award->value / award->units : 0.0;
    case SETTLEMENT_CASH:
    case SETTLEMENT_PHANTOM:
    case SETTLEMENT_SAR:
        break;
    }
    return award_unit_value(law->terms, award, price);
}

/* Share of the target that the result so far earns: an LTIP's curve at its attainment to date. */
static double ltip_share(const struct firm *firm, size_t seat, const struct component_law *law,
                         const struct award *award) {
    const struct component *terms = law->terms;
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct slot_law *slot = &role->slots[role->payroll.slot_first[law - role->components]];
    enum metric_kind kind = metric_kind(slot->slot.metric);
    double value = measured_value(&award->measured, kind);
    double quota = kind == METRIC_FLOW ? award->measured.quota : slot->slot.quota;
    if (terms->metric == METRIC_OBJECTIVES) {
        value = slot->expected_month;
    }
    return payout_share(terms, attainment_of(value, kind, quota), 0.0);
}

static double price_ratio(const struct component_law *law, const struct award *award,
                          double price) {
    return law->terms->settlement == SETTLEMENT_CASH ? 1.0 : price / award->price;
}

/* The books of a month that an award counts in: its role's and its component's. */
struct award_books {
    struct flows *role;
    struct flows *component;
};

static struct award_books award_books(const struct firm *firm, size_t seat, size_t component,
                                      size_t month) {
    size_t role = firm->seats[seat].role;
    return (struct award_books){&firm_role_ledger(firm, month, role)->flows,
                                &firm_component_ledger(firm, month, role, component)->flows};
}

static void book_grant(struct award_books books, double value) {
    books.role->lti_granted += value;
    books.component->lti_granted += value;
}

static void book_paid(struct award_books books, bool ltip, double paid) {
    *(ltip ? &books.role->ltip_paid : &books.role->shares_vested) += paid;
    *(ltip ? &books.component->ltip_paid : &books.component->shares_vested) += paid;
}

static void book_expense(struct award_books books, double expense) {
    books.role->lti_expense += expense;
    books.component->lti_expense += expense;
}

static void book_forfeited(struct award_books books, double value) {
    books.role->lti_forfeited += value;
    books.component->lti_forfeited += value;
}

void awards_grant(struct firm *firm, size_t seat, size_t month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    double price = award_price(firm);
    for (size_t c = 0; c < role->plan->component_count; c++) {
        const struct component_law *law = &role->components[c];
        if (!award_granted(firm, seat, law, (long)month)) {
            continue;
        }
        struct award *awards = seat_awards(firm, seat, law);
        size_t a = 0;
        while (a < law->award_count && awards[a].open) {
            a++;
        }
        if (a < law->award_count) {
            double value = law->terms->target * pay_scale(firm, seat, (long)month);
            awards[a] = award_grant(law->terms, value, price, law->option_cost * firm->share_price);
            book_grant(award_books(firm, seat, c, month), awards[a].value);
            firm_note(firm, (struct entry){.month = (long)month,
                                           .kind = ENTRY_GRANTED,
                                           .seat = seat,
                                           .other = c,
                                           .value = {awards[a].value, awards[a].units}});
        }
    }
}

static void measure_ltip(struct firm *firm, size_t seat, const struct component_law *law,
                         struct award *award, size_t month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct slot_law *slot = &role->slots[role->payroll.slot_first[law - role->components]];
    enum metric_kind kind = metric_kind(slot->slot.metric);
    if (slot->slot.metric == METRIC_OBJECTIVES) {
        return; /* judged at the end, as expected */
    }
    struct reading reading = measure_read(firm, seat, slot, month);
    measured_add(&award->measured, kind, reading.value, reading.base);
    if (kind == METRIC_FLOW) {
        award->measured.quota +=
            slot->slot.quota > 0.0
                ? slot->slot.quota / (double)law->terms->cycle_months
                : slot->quota_year / 12.0 * firm_quota(firm, seat, slot->slot.metric, (long)month);
    }
}

/* Expense to date of what is not settled: straight over the time to vesting. */
static double accrued(const struct component_law *law, const struct award *award, double price) {
    if (is_ltip(law)) {
        return award->value * law->expected_share * (double)award->age /
               (double)law->terms->cycle_months * price_ratio(law, award, price);
    }
    double worked = (double)award->age / (double)law->terms->vesting_months;
    worked = worked > 1.0 ? 1.0 : worked;
    worked = worked > award->settled ? worked - award->settled : 0.0;
    return award->units * worked * expensed_unit(law, award, price);
}

static void note_award(const struct firm *firm, size_t seat, const struct component_law *law,
                       size_t month, enum entry_kind kind, double value) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    if (value != 0.0) {
        firm_note(firm, (struct entry){.month = (long)month,
                                       .kind = kind,
                                       .seat = seat,
                                       .other = (size_t)(law - role->components),
                                       .value = {value}});
    }
}

static void month_of_award(struct firm *firm, size_t seat, const struct component_law *law,
                           struct award *award, size_t month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    struct award_books books = award_books(firm, seat, (size_t)(law - role->components), month);
    double price = award_price(firm);
    bool ltip = is_ltip(law);
    bool sold = law->terms->trigger == TRIGGER_SINGLE &&
                firm->model->parameters->firm.sale.month == (long)month + 1;
    double before = award->settled;
    if (ltip) {
        measure_ltip(firm, seat, law, award, month);
    }
    double share = ltip ? ltip_share(firm, seat, law, award) : 0.0;
    double paid = award_month(law->terms, 0, award, price, share, NULL);
    if (sold && award->open) {
        paid += award_leave(law->terms, 0, award, LEAVER_ACCELERATE, price, share, NULL);
    }
    double settled = award->units * (award->settled - before) * expensed_unit(law, award, price);
    double due = award->open ? accrued(law, award, price) : 0.0;
    book_expense(books, (ltip ? paid : settled) + due - award->expense);
    award->expense = due;
    book_paid(books, ltip, paid);
    note_award(firm, seat, law, month, ENTRY_AWARD, paid);
}

void awards_month(struct firm *firm, size_t seat, size_t month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    for (size_t c = 0; c < role->plan->component_count; c++) {
        const struct component_law *law = &role->components[c];
        struct award *awards = seat_awards(firm, seat, law);
        for (size_t a = 0; a < law->award_count; a++) {
            if (awards[a].open) {
                month_of_award(firm, seat, law, &awards[a], month);
            }
        }
    }
}

static enum leaver_rule leaver_rule(const struct firm *firm, const struct component *terms,
                                    size_t month, enum exit_reason reason) {
    long sale = firm->model->parameters->firm.sale.month - 1;
    long window = firm->model->parameters->firm.sale.window_months;
    bool after_sale = sale >= 0 && (long)month >= sale && (long)month < sale + window;
    if (reason == EXIT_INVOLUNTARY && terms->trigger == TRIGGER_DOUBLE && after_sale) {
        return LEAVER_ACCELERATE;
    }
    return (enum leaver_rule)(reason == EXIT_RETIREMENT ? terms->good_leaver : terms->leaver);
}

static double award_value(const struct firm *firm, const struct component_law *law,
                          const struct award *award) {
    double price = award_price(firm);
    if (is_ltip(law)) {
        return award->value * law->expected_share * price_ratio(law, award, price);
    }
    return award->units * (1.0 - award->settled) * award_unit_value(law->terms, award, price);
}

void awards_leave(struct firm *firm, size_t seat, size_t month, enum exit_reason reason) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    double price = award_price(firm);
    for (size_t c = 0; c < role->plan->component_count; c++) {
        const struct component_law *law = &role->components[c];
        struct award *awards = seat_awards(firm, seat, law);
        struct award_books books = award_books(firm, seat, c, month);
        for (size_t a = 0; a < law->award_count; a++) {
            struct award *award = &awards[a];
            if (!award->open) {
                continue;
            }
            bool ltip = is_ltip(law);
            double value = award_value(firm, law, award);
            double before = award->settled;
            double paid =
                award_leave(law->terms, 0, award, leaver_rule(firm, law->terms, month, reason),
                            price, ltip ? ltip_share(firm, seat, law, award) : 0.0, NULL);
            /* what has vested of options stays an expense even when it is lost */
            bool option = law->terms->settlement == SETTLEMENT_OPTION;
            double earned =
                option && award->vested > award->settled ? award->vested : award->settled;
            double settled = award->units * (earned - before) * expensed_unit(law, award, price);
            book_expense(books, (ltip ? paid : settled) - award->expense);
            book_forfeited(books, value > paid ? value - paid : 0.0);
            book_paid(books, ltip, paid);
            note_award(firm, seat, law, month, ENTRY_AWARD, paid);
            note_award(firm, seat, law, month, ENTRY_FORFEITED, value > paid ? value - paid : 0.0);
        }
    }
}

void awards_start(struct firm *firm, size_t seat, long month, long tenure) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    double start = firm->model->parameters->economy.share.price;
    for (size_t c = 0; c < role->plan->component_count; c++) {
        const struct component_law *law = &role->components[c];
        const struct component *terms = law->terms;
        long length = is_ltip(law) ? terms->cycle_months : terms->vesting_months;
        struct award *awards = seat_awards(firm, seat, law);
        size_t a = 0;
        for (long age = 1; law->award_count > 0 && age < length && age <= tenure; age++) {
            if (a == law->award_count ||
                !grant_month(firm->model, terms, month - age, tenure - age)) {
                continue;
            }
            double value = terms->target * pay_scale(firm, seat, month - age);
            struct award *award = &awards[a++];
            *award = award_grant(terms, value, start, law->option_cost);
            award->age = age;
            award->vested = award->settled = is_ltip(law) ? 0.0 : payout_vested(terms, age);
            if (is_ltip(law)) {
                const struct slot_law *slot = &role->slots[role->payroll.slot_first[c]];
                enum metric_kind kind = metric_kind(slot->slot.metric);
                for (long m = 0; m < age; m++) {
                    measured_add(&award->measured, kind, slot->expected_month, 1.0);
                }
                award->measured.quota =
                    slot->slot.quota > 0.0
                        ? slot->slot.quota * (double)age / (double)terms->cycle_months
                        : slot->quota_year / 12.0 * (double)age;
            }
            award->expense = accrued(law, award, start);
        }
    }
}

void awards_clear(const struct firm *firm, size_t seat) {
    for (size_t a = 0; a < firm->model->award_most; a++) {
        firm->awards[seat * firm->model->award_most + a] = (struct award){0};
    }
}

double award_outstanding(const struct firm *firm, size_t seat, size_t component) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct component_law *law = &role->components[component];
    const struct award *awards = seat_awards(firm, seat, law);
    double sum = 0.0;
    for (size_t a = 0; a < law->award_count; a++) {
        sum += awards[a].open ? award_value(firm, law, &awards[a]) : 0.0;
    }
    return sum;
}
