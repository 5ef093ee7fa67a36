/* What the people of the start have accrued before the first month: parts of periods, balances of
 * bonus banks, pay that is held back. */
#include "base/mathematics.h"
#include "model/expectation.h"
#include "model/steps.h"

/* The part of a common result that somebody can expect; who else is there is not known yet. */
static double expected_part(const struct firm *firm, size_t seat,
                            const struct component *component) {
    const struct parameters *parameters = firm->model->parameters;
    size_t role = firm->seats[seat].role;
    double heads = scope_heads(parameters, role, (enum scope)component->scope);
    if (component->share_by != SHARE_SALARY || component->scope != SCOPE_FIRM) {
        return 1.0 / heads;
    }
    double salaries = 0.0;
    for (size_t r = 0; r < parameters->role_count; r++) {
        salaries += (double)parameters->roles[r].headcount * firm->model->roles[r].plan->salary;
    }
    return salaries > 0.0 ? firm->model->roles[role].plan->salary / salaries : 0.0;
}

/* The months of a period that has begun: measures as expected, quotas by their season. */
static void start_period(struct firm *firm, size_t seat, size_t c, long month, long worked) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct component *component = &role->plan->components[c];
    struct statement statement = seat_statement(firm, seat);
    struct component_account *account = &statement.accounts[c];
    double weights = 0.0;
    for (long m = 1; m <= worked; m++) {
        weights += role->payroll.season[c][fiscal_month(firm->model, month - m)];
    }
    for (size_t s = 0; s < slot_count(component); s++) {
        size_t at = role->payroll.slot_first[c] + s;
        const struct slot_law *law = &role->slots[at];
        struct measured *measured = &statement.measured[at];
        if (!slot_used(component, s)) {
            continue;
        }
        enum metric_kind kind = metric_kind(law->slot.metric);
        for (long m = 0; m < worked; m++) {
            double base = kind == METRIC_RATIO ? 1.0 : 0.0;
            measured_add(measured, kind, law->expected_month, base);
        }
        if (kind == METRIC_FLOW) {
            measured->quota = law->quota_year * weights;
        }
    }
    account->months = worked;
    account->weighted = statement.measured[role->payroll.slot_first[c]].sum;
    if (component->share_by == SHARE_CONTRIBUTION) {
        account->own = account->weighted * expected_part(firm, seat, component);
    } else if (component->share_by != SHARE_EACH) {
        account->share = (double)worked * expected_part(firm, seat, component);
    }
}

/* The fiscal year to date: what deal factors look at, and what was paid before this period. */
static void start_year(struct firm *firm, size_t seat, size_t c, long month, long served) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct component *component = &role->plan->components[c];
    struct statement statement = seat_statement(firm, seat);
    struct component_account *account = &statement.accounts[c];
    long length = period_months((enum period)component->period);
    long elapsed = fiscal_month(firm->model, month);
    long worked = served < elapsed ? served : elapsed;
    long current = elapsed % length < worked ? elapsed % length : worked;
    /* claims count before the cap, which leaves this share of them */
    double kept = role->limits != NULL ? limits_kept(role->limits, 0.0) : 1.0;
    double claim_year = kept > 0.0 ? role->components[c].expected_year / kept : 0.0;
    double month_pay = claim_year / 12.0 * pay_scale(firm, seat, month);
    if (metric_kind((enum metric)component->metric) == METRIC_FLOW) {
        account->year_measure =
            role->slots[role->payroll.slot_first[c]].expected_month * (double)worked;
    }
    if (component->quota_basis == QUOTA_YEAR_TO_DATE) {
        account->year_earned = month_pay * (double)(worked - current);
    }
    if (role->plan->cap > 0.0) {
        *statement.year_variable += month_pay * (double)(worked - current);
    }
}

/* A bank that got the expected pay of every period since joining and paid its part of it. */
static void start_bank(struct firm *firm, size_t seat, size_t c, long month, long served) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct component *component = &role->plan->components[c];
    struct statement statement = seat_statement(firm, seat);
    long length = period_months((enum period)component->period);
    long closed = (served - fiscal_month(firm->model, month) % length) / length;
    double keeps = 1.0 - component->bank.pays;
    if (component->bank.pays <= 0.0 || closed <= 0) {
        return;
    }
    double declared =
        role->components[c].expected_year * (double)length / 12.0 * pay_scale(firm, seat, month);
    /* declared x (keeps + keeps^2 + ... + keeps^closed) */
    double balance =
        declared * keeps * (1.0 - math_power(keeps, (double)closed)) / component->bank.pays;
    double highest = component->bank.highest * keeps;
    statement.accounts[c].bank = highest > 0.0 && balance > highest ? highest : balance;
}

/* Periods whose customers have not stayed long enough yet. */
static void start_held(struct firm *firm, size_t seat, size_t c, long month, long served) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct component *component = &role->plan->components[c];
    struct statement statement = seat_statement(firm, seat);
    long length = period_months((enum period)component->period);
    long since = fiscal_month(firm->model, month) % length; /* the last period's end */
    double measure = role->slots[role->payroll.slot_first[c]].expected_month;
    for (size_t p = 0; p < role->payroll.past_count[c]; p++) {
        long worked = served - since < length ? served - since : length;
        if (component->hold_back.share <= 0.0 || since >= component->hold_back.months ||
            worked <= 0 || measure <= 0.0) {
            return;
        }
        double earned = role->components[c].expected_year / 12.0 * (double)worked *
                        pay_scale(firm, seat, month - 1 - since);
        statement.past[role->payroll.past_first[c] + p] =
            (struct past_period){.month = month - 1 - since,
                                 .months = worked,
                                 .measure = measure * (double)worked,
                                 .earned = earned,
                                 .held = earned * component->hold_back.share};
        since += length;
    }
}

static void start_component(struct firm *firm, size_t seat, size_t c, long month, long served) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct component *component = &role->plan->components[c];
    bool to_date = component->quota_basis == QUOTA_YEAR_TO_DATE;
    long length = to_date ? 12 : period_months((enum period)component->period);
    long elapsed = fiscal_month(firm->model, month) % length;
    long worked = served < elapsed ? served : elapsed;
    if (worked > 0) {
        start_period(firm, seat, c, month, worked);
    }
    start_year(firm, seat, c, month, served);
    start_bank(firm, seat, c, month, served);
    start_held(firm, seat, c, month, served);
}

void pay_start(struct firm *firm, size_t seat, long month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    long served = firm->seats[seat].person.in_role + month; /* at that time */
    pay_clear(firm, seat);
    for (size_t c = 0; c < role->plan->component_count; c++) {
        if (!component_is_award(&role->plan->components[c])) {
            start_component(firm, seat, c, month, served);
        }
    }
    if (firm->seats[seat].person.origin == NULL) { /* others hold what they really were promised */
        awards_start(firm, seat, month, served);
    }
}
