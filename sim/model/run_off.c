/* What plans that have ended still owe: awards run to their end under their own terms, pay that is
 * held back and balances of banks are paid when they are due, and what customers take back is
 * taken. Each is the usual code, lent a view of the firm under the model of that time. */
#include "model/steps.h"

/* The next model back, counted down from `*number`, whose plan still owes something to the role of
 * the seat; false when there is none. */
static bool next_ended(const struct firm *firm, size_t seat, size_t *number) {
    size_t role = firm->seats[seat].role;
    while (*number > 0) {
        (*number)--;
        if (firm->pay_books[*number].runs_off[role]) {
            return true;
        }
    }
    return false;
}

bool run_off_exists(const struct firm *firm, size_t seat) {
    size_t number = firm->model->number;
    return next_ended(firm, seat, &number);
}

static const struct role_law *law_of(const struct firm *firm, size_t seat) {
    return &firm->model->roles[firm->seats[seat].role];
}

/* A bank goes on paying at the end of every period until it is empty. */
static bool bank_pays(const struct firm *old, const struct component *component,
                      const struct component_account *account, size_t month) {
    long length = period_months((enum period)component->period);
    return !component_is_award(component) && account->bank != 0.0 &&
           (fiscal_month(old->model, (long)month) + 1) % length == 0;
}

void run_off_claim(struct firm *firm, size_t seat, size_t month) {
    for (size_t number = firm->model->number; next_ended(firm, seat, &number);) {
        struct firm old = firm_under(firm, number);
        const struct role_law *role = law_of(&old, seat);
        struct statement statement = seat_statement(&old, seat);
        for (size_t c = 0; c < role->plan->component_count; c++) {
            struct component_account *account = &statement.accounts[c];
            if (role->payroll.past_count[c] > 0) {
                cancel_deals(&old, seat, c, &statement, (long)month);
            }
            account->claim = 0.0;
            account->closes = bank_pays(&old, &role->plan->components[c], account, month);
        }
    }
}

/* What is owed to the firm is taken from pay under the plan of today. */
static void pass_on_debt(const struct firm *firm, const struct firm *old, size_t seat) {
    firm->draw_owed[seat] += old->draw_owed[seat];
    old->draw_owed[seat] = 0.0;
}

void run_off_settle(struct firm *firm, size_t seat, size_t month) {
    for (size_t number = firm->model->number; next_ended(firm, seat, &number);) {
        struct firm old = firm_under(firm, number);
        const struct role_law *role = law_of(&old, seat);
        struct ledger *ledger = firm_role_ledger(firm, month, firm->seats[seat].role);
        struct statement statement = seat_statement(&old, seat);
        struct month_facts facts = plain_facts(&old, seat, (long)month);
        struct payment payment = statement_wind_up(&role->payroll, &statement, &facts, NULL);
        book_payment(&old, month, old.seats[seat].role, &payment);
        log_payment(&old, seat, month, &payment);
        for (size_t c = 0; c < role->plan->component_count; c++) {
            ledger->stocks.held_back += payment.held[c];
        }
        awards_month(&old, seat, month);
        pass_on_debt(firm, &old, seat);
    }
}

void run_off_leaver(struct firm *firm, size_t seat, size_t month, enum exit_reason reason) {
    for (size_t number = firm->model->number; next_ended(firm, seat, &number);) {
        struct firm old = firm_under(firm, number);
        const struct role_law *role = law_of(&old, seat);
        struct statement statement = seat_statement(&old, seat);
        struct month_facts facts = plain_facts(&old, seat, (long)month);
        struct payment payment =
            statement_leave(&role->payroll, &statement, &facts, reason == EXIT_RETIREMENT, NULL);
        book_payment(&old, month, old.seats[seat].role, &payment);
        log_payment(&old, seat, month, &payment);
        awards_leave(&old, seat, month, reason);
    }
}

void run_off_forfeits(const struct firm *firm, size_t seat, long month, struct forfeits *forfeits) {
    for (size_t number = firm->model->number; next_ended(firm, seat, &number);) {
        const struct firm old = firm_under(firm, number);
        const struct role_law *role = law_of(&old, seat);
        for (size_t c = 0; c < role->plan->component_count; c++) {
            if (component_is_award(&role->plan->components[c])) {
                award_forfeits(&old, seat, month, &role->components[c], forfeits);
            } else {
                late_forfeits(&old, seat, month, c, forfeits);
            }
        }
    }
}

void run_off_effort(const struct firm *firm, size_t seat, long month, double level,
                    double value[ACTIVITY_COUNT]) {
    for (size_t number = firm->model->number; next_ended(firm, seat, &number);) {
        const struct firm old = firm_under(firm, number);
        struct standing standings[STANDINGS_MOST];
        size_t count = effort_cycles(&old, seat, month, standings);
        incentive_value(&law_of(&old, seat)->incentive, standings, count, level, value);
    }
}

void run_off_clear(const struct firm *firm, size_t seat) {
    for (size_t number = 0; number < firm->model->number; number++) {
        const struct firm old = firm_under(firm, number);
        pay_clear_now(&old, seat);
    }
}
