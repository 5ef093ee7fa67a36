/* The auditor of pay: statements, books of components, long-term awards. */
#include "model/audit_steps.h"
#include "model/parts.h"

static void audit_pay(const struct question *question, size_t r) {
    const struct firm *firm = question->firm;
    const struct role_law *law = &firm->model->roles[r];
    const struct flows *flows = &firm_role_ledger(firm, question->month, r)->flows;
    double total = 0.0;
    for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
        total += firm->audit->log[question->month * firm->model->seat_count + seat].total;
    }
    double booked = flows->commission + flows->bonus + flows->draws;
    audit_require(question, audit_near(total, booked, DOUBLE_PART, CENT),
                  "%.17g was paid by the statements, %.17g is in the books", total, booked);
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct flows *line = &firm_component_ledger(firm, question->month, r, c)->flows;
        double paid = 0.0;
        for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
            paid += firm->audit->log[question->month * firm->model->seat_count + seat].line[c];
        }
        audit_require(question, audit_near(paid, line->commission + line->bonus, DOUBLE_PART, CENT),
                      "component %s paid %.17g, the books say %.17g", law->plan->components[c].name,
                      paid, line->commission + line->bonus);
    }
}

/* Awards that were granted, and that ended, in the month on a seat. */
struct changes {
    double granted;
    size_t count;
};

static struct changes award_changes(const struct firm *firm, size_t seat, size_t c) {
    const struct component_law *law = &firm->model->roles[firm->seats[seat].role].components[c];
    size_t first = seat * firm->model->award_most + law->award_first;
    struct changes changes = {0.0, 0};
    for (size_t a = 0; a < law->award_count; a++) {
        const struct award *now = &firm->awards[first + a];
        const struct award *before = &firm->audit->awards[first + a];
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

/* What was granted is open or has ended; the expense of what settles in cash is what is paid and
 * what has been accrued since. */
static void audit_awards(const struct question *question, size_t r, size_t c) {
    const struct firm *firm = question->firm;
    const struct model *model = firm->model;
    const struct role_law *law = &model->roles[r];
    const struct component *terms = law->components[c].terms;
    const struct ledger *ledger = firm_component_ledger(firm, question->month, r, c);
    double granted = 0.0;
    double accrued = 0.0;
    double outstanding = 0.0;
    size_t awards = 0;
    for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
        struct changes changes = award_changes(firm, seat, c);
        const struct award *open = seat_awards(firm, seat, &law->components[c]);
        granted += changes.granted;
        awards += changes.count;
        accrued +=
            audit_expensed(firm, seat, c) - firm->audit->expensed[seat * model->component_most + c];
        outstanding += firm->seats[seat].filled ? award_outstanding(firm, seat, c) : 0.0;
        for (size_t a = 0; a < law->components[c].award_count; a++) {
            audit_require(question, !open[a].open || firm->seats[seat].filled,
                          "nobody sits on seat %zu, which has an open award of %s", seat,
                          terms->name);
            if (open[a].open) {
                audit_award(question, terms, &open[a]);
            }
        }
    }
    const struct flows *flows = &ledger->flows;
    /* granted and lost, or vested at once because the firm was sold */
    bool sold = model->parameters->firm.sale.month == (long)question->month + 1;
    bool gone =
        flows->lti_granted > granted && (sold || !audit_nobody_left(question, part_of_role(r)));
    audit_require(question, gone || audit_near(flows->lti_granted, granted, DOUBLE_PART, CENT),
                  "%.17g of %s was granted, the awards are %.17g", flows->lti_granted, terms->name,
                  granted);
    audit_require(question,
                  audit_near(ledger->stocks.ltip_outstanding, outstanding, DOUBLE_PART, CENT),
                  "%.17g of %s is outstanding, the books say %.17g", outstanding, terms->name,
                  ledger->stocks.ltip_outstanding);
    bool at_grant = terms->settlement == SETTLEMENT_RSU || terms->settlement == SETTLEMENT_OPTION;
    double paid = flows->ltip_paid + flows->shares_vested;
    audit_require(
        question,
        (at_grant && terms->type != COMPONENT_LTIP) ||
            audit_near(flows->lti_expense, paid + accrued, 1e-6, CENT * (double)(awards + 1)),
        "%s costs %.17g, but %.17g is paid and %.17g accrued", terms->name, flows->lti_expense,
        paid, accrued);
}

void audit_role(const struct question *question, size_t role) {
    const struct firm *firm = question->firm;
    const struct role_law *law = &firm->model->roles[role];
    if (firm->pay_log == firm->audit->log) { /* nobody else wants to see the payments */
        audit_pay(question, role);
    }
    for (size_t c = 0; c < law->plan->component_count; c++) {
        if (law->components[c].award_count > 0) {
            audit_awards(question, role, c);
        }
    }
}
