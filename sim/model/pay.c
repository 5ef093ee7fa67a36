#include "base/mathematics.h"
#include "model/steps.h"
#include "plan/payout.h"

#include <assert.h>
#include <math.h>

struct statement seat_statement(const struct firm *firm, size_t seat) {
    const struct model *model = firm->model;
    return (struct statement){.accounts = &firm->accounts_of_pay[seat * model->component_most],
                              .measured = &firm->measured[seat * model->slot_most],
                              .past = &firm->past[seat * model->past_most],
                              .draw_owed = &firm->draw_owed[seat],
                              .year_variable = &firm->year_variable[seat]};
}

static double quota_level(const struct firm *firm, long month) {
    return model_level(firm->model, LEVEL_QUOTA, month);
}

/* A person's quota over the reference's: by skill and the error in setting it. */
static double quota_factor(const struct firm *firm, size_t seat, enum metric metric) {
    struct seat *place = &firm->seats[seat];
    const struct role *role = firm->model->roles[place->role].role;
    bool selling = metric_is_selling(metric);
    double skill = place->person.skill[selling ? ACQUIRE : DEVELOP];
    return kept_power(&place->kept.quota_skill[selling], skill, role->quota.skill_exponent) *
           place->person.quota_error;
}

double firm_quota(const struct firm *firm, size_t seat, enum metric metric, long month) {
    return quota_factor(firm, seat, metric) * quota_level(firm, month);
}

double pay_scale(const struct firm *firm, size_t seat, long month) {
    const struct person *person = &firm->seats[seat].person;
    return pay_level(firm->model, month) * person->level_factor * person->pay_factor;
}

/* A year, without the growth that all have. */
static double own_salary(const struct firm *firm, size_t seat) {
    const struct seat *place = &firm->seats[seat];
    return firm->model->roles[place->role].plan->salary * place->person.level_factor *
           place->person.pay_factor;
}

static double own_share(const struct firm *firm, size_t seat, const struct component *component) {
    struct group group = measure_group(firm, seat, (enum scope)component->scope);
    double heads = 0.0;
    double salaries = 0.0;
    for (size_t other = group.first; other < group.end; other++) {
        const struct seat *place = &firm->seats[other];
        heads += place->filled;
        salaries += place->filled ? own_salary(firm, other) : 0.0;
    }
    double salary = own_salary(firm, seat);
    return component->share_by == SHARE_SALARY ? (salaries > 0.0 ? salary / salaries : 0.0)
                                               : 1.0 / heads;
}

static void fill_component(const struct firm *firm, size_t seat, size_t c, size_t month,
                           double level) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct component *component = &role->plan->components[c];
    const struct pay_scratch *scratch = &firm->scratch;
    for (size_t s = 0; s < slot_count(component); s++) {
        size_t at = role->payroll.slot_first[c] + s;
        const struct slot_law *law = &role->slots[at];
        enum metric metric = law->slot.metric;
        if (!slot_used(component, s)) {
            continue;
        }
        if (metric == METRIC_OBJECTIVES) { /* judged: as expected */
            scratch->values[at] = law->expected_month;
            continue;
        }
        struct reading reading = measure_read(firm, seat, law, month);
        scratch->values[at] = reading.value;
        scratch->bases[at] = reading.base;
        bool ruled = metric_kind(metric) == METRIC_FLOW && law->slot.quota <= 0.0;
        bool own = law->slot.scope == SCOPE_PERSON && !metric_of_firm(metric);
        scratch->quotas[at] =
            ruled ? law->quota_year * level * (own ? quota_factor(firm, seat, metric) : 1.0) : 0.0;
    }
    if (component->share_by == SHARE_CONTRIBUTION) {
        struct slot_law own = role->slots[role->payroll.slot_first[c]];
        own.slot.scope = SCOPE_PERSON;
        scratch->shares[c] = measure_read(firm, seat, &own, month).value;
    } else if (component->share_by != SHARE_EACH) {
        scratch->shares[c] = own_share(firm, seat, component);
    }
}

struct month_facts plain_facts(const struct firm *firm, size_t seat, long month) {
    const struct pay_scratch *scratch = &firm->scratch;
    return (struct month_facts){.month = month,
                                .fiscal_month = (int)fiscal_month(firm->model, month),
                                .tenure = firm->seats[seat].person.in_role,
                                .scale = pay_scale(firm, seat, month),
                                .values = scratch->values,
                                .bases = scratch->bases,
                                .quotas = scratch->quotas,
                                .shares = scratch->shares};
}

static struct month_facts seat_facts(const struct firm *firm, size_t seat, size_t month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    double level = quota_level(firm, (long)month);
    for (size_t c = 0; c < role->plan->component_count; c++) {
        if (!component_is_award(&role->plan->components[c])) {
            fill_component(firm, seat, c, month, level);
        }
    }
    return plain_facts(firm, seat, (long)month);
}

/* What a deal counts in a metric of contracts won. */
static double deal_amount(enum metric metric, double value, double margin) {
    switch (metric) {
    case METRIC_NEW_CUSTOMERS:
    case METRIC_DEALS:
        return 1.0;
    case METRIC_MARGIN:
        return value * margin;
    default:
        return value;
    }
}

/* Deals of the month one by one, where the plan looks at them. */
static void credit_deals(struct firm *firm, size_t seat, size_t c, struct statement *statement,
                         const struct month_facts *facts) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct slot_law *law = &role->slots[role->payroll.slot_first[c]];
    double rest = measure_read(firm, seat, law, (size_t)facts->month).value;
    for (size_t i = 0; i < firm->closing_count; i++) {
        const struct closing *closing = &firm->closings[i];
        bool counts =
            closing->won && closing->seat == seat &&
            (law->segment == firm->model->segment_count || law->segment == closing->segment);
        if (counts) {
            double margin = firm->model->segments[closing->segment].segment->contract.margin;
            double amount = deal_amount(law->slot.metric, closing->value, margin);
            rest -= amount;
            statement_deal(&role->payroll, statement, c, amount, facts, NULL);
        }
    }
    bool grows = law->slot.metric == METRIC_BOOKINGS || law->slot.metric == METRIC_MARGIN;
    if (grows && rest > 0.005) { /* what existing customers bought in addition: one deal */
        statement_deal(&role->payroll, statement, c, rest, facts, NULL);
    }
}

void cancel_deals(struct firm *firm, size_t seat, size_t c, struct statement *statement,
                  long month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    const struct slot_law *law = &role->slots[role->payroll.slot_first[c]];
    for (size_t s = 0; s < firm->model->segment_count; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        double margin = firm->model->segments[s].segment->contract.margin;
        if (law->segment != firm->model->segment_count && law->segment != s) {
            continue;
        }
        for (size_t i = 0; i < accounts->lost_count; i++) {
            const struct lost_account *lost = &accounts->lost[i];
            if (lost->winner == (int32_t)seat &&
                lost->winner_number == (uint32_t)firm->seats[seat].occupants) {
                statement_cancel(&role->payroll, statement, c, lost->won_month,
                                 deal_amount(law->slot.metric, (double)lost->won, margin), month);
            }
        }
    }
}

/* Measures of the month and claims of the periods that end. */
static void claim_seat(struct firm *firm, size_t seat, size_t month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    struct statement statement = seat_statement(firm, seat);
    struct month_facts facts = seat_facts(firm, seat, month);
    for (size_t c = 0; c < role->plan->component_count; c++) {
        if (component_sees_deals(&role->plan->components[c])) {
            credit_deals(firm, seat, c, &statement, &facts);
        }
        if (role->payroll.past_count[c] > 0) {
            cancel_deals(firm, seat, c, &statement, (long)month);
        }
    }
    statement_month(&role->payroll, &statement, &facts);
    statement_claim(&role->payroll, &statement, &facts, false, NULL);
}

void resolve_role(struct firm *firm, size_t r, size_t month) {
    const struct role_law *role = &firm->model->roles[r];
    const struct pay_scratch *scratch = &firm->scratch;
    for (size_t c = 0; c < role->plan->component_count; c++) {
        const struct component *component = &role->plan->components[c];
        bool ranks = component->type == COMPONENT_RANKING;
        size_t count = 0;
        if (!ranks && component->pool <= 0.0) {
            continue;
        }
        for (size_t seat = role->first_seat; seat < role->first_seat + role->seats; seat++) {
            struct statement statement = seat_statement(firm, seat);
            if (firm->seats[seat].filled && statement.accounts[c].closes) {
                scratch->statements[count++] = statement;
            }
        }
        if (ranks && count > 0) {
            long length = period_months((enum period)component->period);
            long elapsed = fiscal_month(firm->model, (long)month) % length + 1;
            double part = (double)elapsed / (double)length; /* 1 but at a change of plan */
            statement_rank(&role->payroll, c, scratch->statements, count,
                           pay_level(firm->model, (long)month), scratch->work, NULL, 0);
            for (size_t i = 0; i < count; i++) {
                scratch->statements[i].accounts[c].claim *= part;
            }
        }
        if (component->pool > 0.0 && count > 0) {
            statement_pool(&role->payroll, c, scratch->statements, count, NULL, 0);
        }
    }
}

void book_payment(const struct firm *firm, size_t month, size_t r, const struct payment *payment) {
    const struct plan *plan = firm->model->roles[r].plan;
    struct flows *flows = &firm_role_ledger(firm, month, r)->flows;
    for (size_t c = 0; c < plan->component_count; c++) {
        struct flows *line = &firm_component_ledger(firm, month, r, c)->flows;
        bool commission = plan->components[c].type == COMPONENT_COMMISSION;
        *(commission ? &flows->commission : &flows->bonus) += payment->line[c];
        *(commission ? &line->commission : &line->bonus) += payment->line[c];
    }
    flows->draws += payment->draw;
}

static void payment_add(struct payment *log, const struct payment *payment) {
    for (size_t c = 0; c < COMPONENTS_MOST; c++) {
        log->line[c] += payment->line[c];
    }
    log->draw += payment->draw;
    log->total += payment->total;
}

void log_payment(struct firm *firm, size_t seat, size_t month, const struct payment *payment) {
    struct payment *log = firm->pay_books[firm->model->number].log;
    firm_note_payment(firm, seat, month, payment);
    if (log != NULL) {
        payment_add(&log[seat], payment);
    }
    if (firm->pay_log != NULL) {
        payment_add(&firm->pay_log[month * firm->model->seat_count + seat], payment);
    }
}

/* Somebody's full fiscal year against quota. */
static void count_year(const struct person *person, bool index, struct flows *flows) {
    double quota = index ? 1.0 : person->year_quota;
    double measure = index ? math_exp(person->year_measure) : person->year_measure;
    size_t class = 0;
    while (class < ATTAINMENT_CLASSES - 1 && measure >= ATTAINMENT_BOUNDS[class] * quota) {
        class ++;
    }
    flows->full_years += 1.0;
    flows->attained[class] += 1.0;
    flows->at_quota +=
        index ? person->year_measure >= 0.0 : person->year_measure >= person->year_quota;
}

/* Rolling and yearly attainment on the role's own measure; novices by their ramp. */
static void measure_attainment(struct firm *firm, size_t seat, size_t month, struct flows *flows) {
    const struct role_law *law = &firm->model->roles[firm->seats[seat].role];
    struct person *person = &firm->seats[seat].person;
    enum metric metric = (enum metric)law->role->quota.metric;
    bool index = metric_kind(metric) == METRIC_INDEX;
    struct slot_law own = {
        .slot = {.metric = metric, .scope = SCOPE_PERSON, .product = "", .recurring_months = 12},
        .segment = firm->model->segment_count};
    double measure = measure_read(firm, seat, &own, month).value;
    double quota =
        index
            ? 0.0
            : law->quota_month * quota_factor(firm, seat, metric) * quota_level(firm, (long)month) *
                  (metric_is_selling(metric) ? ramp_productivity(&law->ramp, person->ramp_keep)
                                             : 1.0);
    measure = index ? math_log(measure) : measure;
    const double keep = 11.0 / 12.0;
    person->attainment_measure = person->attainment_measure * keep + measure;
    person->attainment_quota = person->attainment_quota * keep + quota;
    person->year_measure += measure;
    person->year_quota += quota;
    if (fiscal_month(firm->model, (long)month) == 11) {
        if (person->in_role >= 11) {
            count_year(person, index, flows);
        }
        person->year_measure = 0.0;
        person->year_quota = 0.0;
    }
}

/* One of twelve instalments, rounded to date: twelve of them are the year's salary to the cent. */
static double month_salary(double annual, size_t month) {
    double elapsed = (double)(month % 12);
    return payout_round(annual * (elapsed + 1.0) / 12.0) - payout_round(annual * elapsed / 12.0);
}

static void settle_seat(struct firm *firm, size_t seat, size_t month) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    struct ledger *ledger = firm_role_ledger(firm, month, firm->seats[seat].role);
    struct statement statement = seat_statement(firm, seat);
    struct month_facts facts = plain_facts(firm, seat, (long)month);
    double before = flows_paid(&ledger->flows);
    if (firm->model->number > 0) {
        run_off_settle(firm, seat, month);
    }
    struct payment payment = statement_settle(&role->payroll, &statement, &facts, NULL);
    book_payment(firm, month, firm->seats[seat].role, &payment);
    log_payment(firm, seat, month, &payment);
    double salary = month_salary(role->plan->salary * pay_scale(firm, seat, (long)month), month);
    ledger->flows.salary += salary;
    firm_note(firm,
              (struct entry){
                  .month = (long)month, .kind = ENTRY_SALARY, .seat = seat, .value = {salary}});
    for (size_t c = 0; c < role->plan->component_count; c++) {
        ledger->stocks.held_back += payment.held[c];
    }
    awards_month(firm, seat, month);
    promises_month(firm, seat, month, &ledger->flows);
    firm->seats[seat].person.year_pay += flows_paid(&ledger->flows) - before;
    measure_attainment(firm, seat, month, &ledger->flows);
}

void step_pay(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        if (firm->seats[seat].filled) {
            awards_grant(firm, seat, month);
            claim_seat(firm, seat, month);
            if (firm->model->number > 0) {
                run_off_claim(firm, seat, month);
            }
        }
    }
    for (size_t r = 0; r < model->role_count; r++) {
        resolve_role(firm, r, month);
    }
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        if (firm->seats[seat].filled) {
            settle_seat(firm, seat, month);
        }
    }
}

void pay_clear_now(const struct firm *firm, size_t seat) {
    const struct model *model = firm->model;
    struct statement statement = seat_statement(firm, seat);
    for (size_t c = 0; c < model->component_most; c++) {
        statement.accounts[c] = (struct component_account){0};
    }
    for (size_t s = 0; s < model->slot_most; s++) {
        statement.measured[s] = (struct measured){0};
    }
    for (size_t p = 0; p < model->past_most; p++) {
        statement.past[p] = (struct past_period){0};
    }
    *statement.draw_owed = 0.0;
    *statement.year_variable = 0.0;
    awards_clear(firm, seat);
}

void pay_clear(const struct firm *firm, size_t seat) {
    pay_clear_now(firm, seat);
    if (firm->model->number > 0) {
        run_off_clear(firm, seat);
    }
}

/* What has been accrued is taken back or paid as the leaver rules say. */
void pay_leaver(struct firm *firm, size_t month, size_t seat, enum exit_reason reason) {
    const struct role_law *role = &firm->model->roles[firm->seats[seat].role];
    struct statement statement = seat_statement(firm, seat);
    struct month_facts facts = plain_facts(firm, seat, (long)month);
    struct payment payment =
        statement_leave(&role->payroll, &statement, &facts, reason == EXIT_RETIREMENT, NULL);
    book_payment(firm, month, firm->seats[seat].role, &payment);
    log_payment(firm, seat, month, &payment);
    awards_leave(firm, seat, month, reason);
    promises_leave(firm, seat, month, reason,
                   &firm_role_ledger(firm, month, firm->seats[seat].role)->flows);
    if (firm->model->number > 0) {
        run_off_leaver(firm, seat, month, reason);
    }
    pay_clear(firm, seat);
}

double pay_annual(const struct firm *firm, size_t seat, long month) {
    return firm->model->roles[firm->seats[seat].role].expected_pay * pay_scale(firm, seat, month);
}
