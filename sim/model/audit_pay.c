/* The auditor of pay: statements, books of components, long-term awards. */
#include "model/audit_steps.h"
#include "model/parts.h"

#include <string.h>

void audit_remember_awards(const struct firm *firm) {
    for (size_t k = 0; k < firm->pay_book_count; k++) {
        const struct firm view = firm_under(firm, k);
        const struct model *model = view.model;
        struct audit_book *book = &firm->audit->books[k];
        memcpy(book->awards, view.awards,
               model->seat_count * model->award_most * sizeof *book->awards);
        for (size_t seat = 0; seat < model->seat_count; seat++) {
            size_t count = model->roles[firm->seats[seat].role].plan->component_count;
            for (size_t c = 0; c < count; c++) {
                book->expensed[seat * model->component_most + c] = audit_expensed(&view, seat, c);
            }
        }
    }
}

/* Paid this month under the plans of one model; `component`: of it, or NO_COMPONENT: in all. */
static double paid_by(const struct firm *firm, size_t number, size_t r, size_t component) {
    const struct role_law *law = &firm->model->roles[r];
    const struct payment *log = firm->audit->books[number].log;
    double sum = 0.0;
    for (size_t seat = law->first_seat; seat < law->first_seat + law->room; seat++) {
        sum += component == NO_COMPONENT ? log[seat].total : log[seat].line[component];
    }
    return sum;
}

/* The component of a role's plan in one model that has these books, or NO_COMPONENT. */
static size_t component_of(const struct model *model, size_t r, size_t part) {
    const struct role_law *law = &model->roles[r];
    for (size_t c = 0; c < law->plan->component_count; c++) {
        if (law->components[c].part == part) {
            return c;
        }
    }
    return NO_COMPONENT;
}

static const char *name_of(const struct question *question, size_t r, size_t part) {
    const struct firm *firm = question->firm;
    return part_component_name(firm->first->parameters, r, part - firm->model->roles[r].first_part);
}

static void audit_pay(const struct question *question, size_t r) {
    const struct firm *firm = question->firm;
    const struct flows *flows = &firm_role_ledger(firm, question->month, r)->flows;
    double total = 0.0;
    for (size_t k = 0; k <= firm->model->number; k++) {
        total += paid_by(firm, k, r, NO_COMPONENT);
    }
    double booked = flows->commission + flows->bonus + flows->draws;
    audit_require(question, audit_near(total, booked, DOUBLE_PART, CENT),
                  "%.17g was paid by the statements, %.17g is in the books", total, booked);
}

static void audit_line(const struct question *question, size_t r, size_t part) {
    const struct firm *firm = question->firm;
    const struct flows *line = &firm_ledger(firm, question->month, part)->flows;
    double paid = 0.0;
    for (size_t k = 0; k <= firm->model->number; k++) {
        size_t c = component_of(firm->pay_books[k].model, r, part);
        paid += c == NO_COMPONENT ? 0.0 : paid_by(firm, k, r, c);
    }
    audit_require(question, audit_near(paid, line->commission + line->bonus, DOUBLE_PART, CENT),
                  "component %s paid %.17g, the books say %.17g", name_of(question, r, part), paid,
                  line->commission + line->bonus);
}

/* Awards that were granted, and that ended, in the month on a seat. */
struct changes {
    double granted;
    size_t count;
};

static struct changes award_changes(const struct firm *firm, size_t seat, size_t c) {
    const struct component_law *law = &firm->model->roles[firm->seats[seat].role].components[c];
    size_t first = seat * firm->model->award_most + law->award_first;
    const struct award *last = firm->audit->books[firm->model->number].awards;
    struct changes changes = {0.0, 0};
    for (size_t a = 0; a < law->award_count; a++) {
        const struct award *now = &firm->awards[first + a];
        const struct award *before = &last[first + a];
        changes.count += now->open || before->open;
        if (now->open && (!before->open || now->age <= before->age)) {
            changes.granted += now->value;
        }
    }
    return changes;
}

static void audit_award(const struct question *question, const struct component *terms,
                        const struct award *award) {
    bool ltip = terms->type == COMPONENT_LTIP;
    audit_require(question,
                  award->settled >= 0.0 && award->settled <= award->vested + DOUBLE_PART &&
                      award->vested <= 1.0 + DOUBLE_PART,
                  "an award of %s is settled to %.17g and vested to %.17g of it", terms->name,
                  award->settled, award->vested);
    audit_require(question, !ltip || award->age < terms->cycle_months,
                  "a cycle of %s is open in its month %ld", terms->name, award->age);
    audit_require(question, award->value >= 0.0 && award->units >= 0.0 && award->expense > -CENT,
                  "an award of %s has value %.17g, units %.17g, expense %.17g", terms->name,
                  award->value, award->units, award->expense);
}

/* Awards of one component, over all plans of a role that have it. */
struct awards {
    double granted;
    double accrued;
    double outstanding;
    size_t count;
    bool at_grant; /* some of them are expensed at the value of the grant */
};

/* Adds those under one plan; the firm is seen under its model. */
static void add_awards(const struct question *question, const struct firm *firm, size_t r, size_t c,
                       struct awards *awards) {
    const struct model *model = firm->model;
    const struct role_law *law = &model->roles[r];
    const struct component *terms = law->components[c].terms;
    const double *expensed = firm->audit->books[model->number].expensed;
    double granted = 0.0;
    size_t count = 0;
    for (size_t seat = law->first_seat; seat < law->first_seat + law->room; seat++) {
        struct changes changes = award_changes(firm, seat, c);
        const struct award *open = seat_awards(firm, seat, &law->components[c]);
        granted += changes.granted;
        count += changes.count;
        awards->accrued +=
            audit_expensed(firm, seat, c) - expensed[seat * model->component_most + c];
        awards->outstanding += firm->seats[seat].filled ? award_outstanding(firm, seat, c) : 0.0;
        for (size_t a = 0; a < law->components[c].award_count; a++) {
            audit_require(question, !open[a].open || firm->seats[seat].filled,
                          "nobody sits on seat %zu, which has an open award of %s", seat,
                          terms->name);
            if (open[a].open) {
                audit_award(question, terms, &open[a]);
            }
        }
    }
    bool ended = model != question->firm->model;
    audit_require(question, !ended || firm->pay_books[model->number].runs_off[r] || count == 0,
                  "%zu awards of %s are open under a plan of which nothing runs off", count,
                  terms->name);
    audit_require(question, !ended || granted == 0.0,
                  "%.17g of %s was granted after its plan had ended", granted, terms->name);
    awards->count += count;
    awards->granted += granted;
    awards->at_grant |=
        (terms->settlement == SETTLEMENT_RSU || terms->settlement == SETTLEMENT_OPTION) &&
        terms->type != COMPONENT_LTIP;
}

/* What was granted is open or has ended; the expense of what settles in cash is what is paid and
 * what has been accrued since. */
static void audit_awards(const struct question *question, size_t r, size_t part) {
    const struct firm *firm = question->firm;
    const struct ledger *ledger = firm_ledger(firm, question->month, part);
    const char *name = name_of(question, r, part);
    struct awards awards = {.count = 0};
    for (size_t k = 0; k <= firm->model->number; k++) {
        const struct firm view = firm_under(firm, k);
        size_t c = component_of(view.model, r, part);
        if (c != NO_COMPONENT && view.model->roles[r].components[c].award_count > 0) {
            add_awards(question, &view, r, c, &awards);
        }
    }
    const struct flows *flows = &ledger->flows;
    /* granted and lost, or vested at once because the firm was sold */
    bool sold = firm->model->parameters->firm.sale.month == (long)question->month + 1;
    bool gone = flows->lti_granted > awards.granted &&
                (sold || !audit_nobody_left(question, part_of_role(r)));
    audit_require(
        question, gone || audit_near(flows->lti_granted, awards.granted, DOUBLE_PART, CENT),
        "%.17g of %s was granted, the awards are %.17g", flows->lti_granted, name, awards.granted);
    audit_require(
        question,
        audit_near(ledger->stocks.ltip_outstanding, awards.outstanding, DOUBLE_PART, CENT),
        "%.17g of %s is outstanding, the books say %.17g", awards.outstanding, name,
        ledger->stocks.ltip_outstanding);
    double paid = flows->ltip_paid + flows->shares_vested;
    audit_require(question,
                  awards.at_grant || audit_near(flows->lti_expense, paid + awards.accrued, 1e-6,
                                                CENT * (double)(awards.count + 1)),
                  "%s costs %.17g, but %.17g is paid and %.17g accrued", name, flows->lti_expense,
                  paid, awards.accrued);
}

void audit_role(const struct question *question, size_t role) {
    const struct role_law *law = &question->firm->model->roles[role];
    audit_pay(question, role);
    for (size_t part = law->first_part; part < law->first_part + law->parts; part++) {
        audit_line(question, role, part);
        audit_awards(question, role, part);
    }
}

/* Open awards of a component under all plans. */
struct owed {
    double count;
    double value;
    double units;
    double months; /* since the grant */
    double expense;
};

static struct owed owed_in(const struct firm *firm, size_t r, size_t part, bool before) {
    struct owed owed = {.count = 0.0};
    size_t books = firm->model->number + !before;
    for (size_t k = 0; k < books; k++) {
        const struct model *model = firm->pay_books[k].model;
        const struct role_law *law = &model->roles[r];
        const struct award *awards =
            before ? firm->audit->books[k].awards : firm->pay_books[k].awards;
        size_t c = component_of(model, r, part);
        for (size_t seat = law->first_seat; seat < law->first_seat + law->room; seat++) {
            for (size_t a = 0; c != NO_COMPONENT && a < law->components[c].award_count; a++) {
                const struct award *award =
                    &awards[seat * model->award_most + law->components[c].award_first + a];
                owed.count += award->open;
                owed.value += award->open ? award->value : 0.0;
                owed.units += award->open ? award->units : 0.0;
                owed.months += award->open ? (double)award->age : 0.0;
                owed.expense += award->open ? award->expense : 0.0;
            }
        }
    }
    return owed;
}

/* A change neither takes awards away nor gives any: they go on, or run off. */
void audit_moved(const struct question *question, size_t role) {
    const struct firm *firm = question->firm;
    const struct role_law *law = &firm->model->roles[role];
    for (size_t part = law->first_part; part < law->first_part + law->parts; part++) {
        struct owed was = owed_in(firm, role, part, true);
        struct owed is = owed_in(firm, role, part, false);
        audit_require(question,
                      is.count == was.count && is.months == was.months &&
                          audit_near(is.value, was.value, DOUBLE_PART, CENT) &&
                          audit_near(is.units, was.units, DOUBLE_PART, CENT) &&
                          audit_near(is.expense, was.expense, DOUBLE_PART, CENT),
                      "%g awards of %s of %.17g before the change, %g of %.17g after it", was.count,
                      name_of(question, role, part), was.value, is.count, is.value);
    }
}
