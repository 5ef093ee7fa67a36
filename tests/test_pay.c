#include "pay_fixture.h"
#include "test.h"

#include <math.h>

/* Every plan of the library: at least fifteen, each with a sentence, none with a note. */
static void the_library_says_when_each_plan_is_used(void) {
    struct scenario scenario = {0};
    struct error error = {0};
    CU_ASSERT_FATAL(scenario_load(&scenario, "scenarios/hybrid.cfg", NULL, 0, &error));
    CU_ASSERT(scenario.parameters.plan_count >= 15);
    CU_ASSERT_EQUAL(scenario.note_count, 0);
    for (size_t p = 0; p < scenario.parameters.plan_count; p++) {
        const char *meaning = scenario.parameters.plans[p].meaning;
        size_t length = strlen(meaning);
        CU_ASSERT(length > 20 && length < sizeof scenario.parameters.plans[p].meaning - 1);
        CU_ASSERT(length > 0 && meaning[length - 1] == '.');
        CU_ASSERT(scenario.parameters.plans[p].component_count > 0);
    }
    scenario_free(&scenario);
}

/* What a role was paid: by the tables, and by the log of all payments. */
struct totals {
    double commission;
    double bonus;
    double draws;
    double exits;
    double hires;
};

static struct totals totals_of_tables(const struct pay_world *pay, size_t role) {
    struct totals totals = {0};
    for (size_t month = 0; month < pay->world.model.months; month++) {
        const struct flows *flows = &firm_ledger(&pay->world.firm, month, 1 + role)->flows;
        totals.commission += flows->commission;
        totals.bonus += flows->bonus;
        totals.draws += flows->draws;
        totals.exits += flows->exits_voluntary + flows->exits_involuntary + flows->retirements;
        totals.hires += flows->hires;
    }
    return totals;
}

static struct totals totals_of_log(const struct pay_world *pay, size_t role) {
    const struct model *model = &pay->world.model;
    const struct role_law *law = &model->roles[role];
    struct totals totals = {0};
    for (size_t month = 0; month < model->months; month++) {
        for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
            const struct payment *payment = &pay->log[month * model->seat_count + seat];
            double sum = payment->draw;
            for (size_t c = 0; c < law->plan->component_count; c++) {
                bool commission = law->plan->components[c].type == COMPONENT_COMMISSION;
                *(commission ? &totals.commission : &totals.bonus) += payment->line[c];
                sum += payment->line[c];
                /* whole cents */
                CU_ASSERT_DOUBLE_EQUAL(payment->line[c] * 100, round(payment->line[c] * 100), 1e-5);
            }
            totals.draws += payment->draw;
            CU_ASSERT_DOUBLE_EQUAL(payment->total, sum, 1e-6);
        }
    }
    return totals;
}

static void tables_hold_the_sum_of_all_payments(void) {
    const char *const sets[] = {PAY_SMALL};
    struct plan_names names;
    plan_names_read(&names);
    for (size_t p = 0; p < names.count; p++) {
        struct pay_world pay;
        (void)pay_world_plan(&pay, names.name[p], sets, PAY_SMALL_COUNT);
        firm_run(&pay.world.firm, 5, p);
        double exits = 0;
        double hires = 0;
        double paid = 0;
        for (size_t r = 0; r < pay.world.model.role_count; r++) {
            struct totals tables = totals_of_tables(&pay, r);
            struct totals log = totals_of_log(&pay, r);
            CU_ASSERT_DOUBLE_EQUAL(tables.commission, log.commission, 0.001);
            CU_ASSERT_DOUBLE_EQUAL(tables.bonus, log.bonus, 0.001);
            CU_ASSERT_DOUBLE_EQUAL(tables.draws, log.draws, 0.001);
            exits += tables.exits;
            hires += tables.hires;
            paid += log.commission + log.bonus;
        }
        CU_ASSERT(exits > 0 && hires > 0 && paid > 0);
        pay_world_close(&pay);
    }
}

/* ---- a second set of statements for all people of a role, fed with what the month recorded */

struct replay {
    struct pay_world pay;
    const struct role_law *law;
    struct payroll payroll;
    struct component_account *accounts; /* seat x components */
    struct measured *measured;
    struct past_period *past;
    double *draw_owed;
    double *year_variable;
    struct month_facts *facts;
    double *values; /* seat x slots */
    double *bases;
    double *quotas;
    double *shares; /* seat x components */
    struct seat *before;
    struct payment *payment;
    double traced; /* sum of what the traces say was paid */
    double logged;
    size_t leavers;
};

static struct statement replay_statement(struct replay *replay, size_t n) {
    const struct payroll *payroll = &replay->payroll;
    return (struct statement){.accounts = &replay->accounts[n * replay->law->plan->component_count],
                              .measured = &replay->measured[n * payroll->slot_count],
                              .past = &replay->past[n * payroll->past_total],
                              .draw_owed = &replay->draw_owed[n],
                              .year_variable = &replay->year_variable[n]};
}

static void *zeroes(size_t count, size_t size) {
    void *array = calloc(count + 1, size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(array);
    return array;
}

static void replay_open(struct replay *replay, const char *plan, const char *const sets[],
                        size_t set_count) {
    *replay = (struct replay){.traced = 0};
    replay->law = pay_world_plan(&replay->pay, plan, sets, set_count);
    replay->payroll = payroll_of(replay->law->plan);
    size_t seats = replay->law->seats;
    size_t components = replay->law->plan->component_count;
    size_t slots = replay->payroll.slot_count;
    replay->accounts = zeroes(seats * components, sizeof *replay->accounts);
    replay->measured = zeroes(seats * slots, sizeof *replay->measured);
    replay->past = zeroes(seats * replay->payroll.past_total, sizeof *replay->past);
    replay->draw_owed = zeroes(seats, sizeof(double));
    replay->year_variable = zeroes(seats, sizeof(double));
    replay->facts = zeroes(seats, sizeof *replay->facts);
    replay->values = zeroes(seats * slots, sizeof(double));
    replay->bases = zeroes(seats * slots, sizeof(double));
    replay->quotas = zeroes(seats * slots, sizeof(double));
    replay->shares = zeroes(seats * components, sizeof(double));
    replay->before = zeroes(seats, sizeof *replay->before);
    replay->payment = zeroes(seats, sizeof *replay->payment);
}

static void replay_close(struct replay *replay) {
    void *const ARRAYS[] = {replay->accounts,  replay->measured,      replay->past,
                            replay->draw_owed, replay->year_variable, replay->facts,
                            replay->values,    replay->bases,         replay->quotas,
                            replay->shares,    replay->before,        replay->payment};
    for (size_t a = 0; a < sizeof ARRAYS / sizeof ARRAYS[0]; a++) {
        free(ARRAYS[a]);
    }
    pay_world_close(&replay->pay);
}

static void replay_clear(struct replay *replay, size_t n) {
    struct statement statement = replay_statement(replay, n);
    memset(statement.accounts, 0, replay->law->plan->component_count * sizeof *statement.accounts);
    memset(statement.measured, 0, replay->payroll.slot_count * sizeof *statement.measured);
    memset(statement.past, 0, replay->payroll.past_total * sizeof *statement.past);
    *statement.draw_owed = 0;
    *statement.year_variable = 0;
}

/* Who is there, their tenure, quotas and parts: as they are when the month begins. */
static void record_people(struct replay *replay, size_t month) {
    const struct firm *firm = &replay->pay.world.firm;
    const struct role_law *law = replay->law;
    size_t components = law->plan->component_count;
    size_t slots = replay->payroll.slot_count;
    for (size_t n = 0; n < law->seats; n++) {
        size_t seat = law->first_seat + n;
        replay->before[n] = firm->seats[seat];
        replay->facts[n] = (struct month_facts){
            .month = (long)month,
            .fiscal_month = (int)(month % 12),
            .tenure = firm->seats[seat].person.in_role,
            .scale = pow(1 + replay->pay.world.scenario.parameters.firm.pay_growth,
                         (double)(month / 12)),
            .values = &replay->values[n * slots],
            .bases = &replay->bases[n * slots],
            .quotas = &replay->quotas[n * slots],
            .shares = &replay->shares[n * components]};
        for (size_t c = 0; c < components; c++) {
            const struct component *component = &law->plan->components[c];
            double heads = 0;
            double salaries = 0;
            struct group group = measure_group(firm, seat, (enum scope)component->scope);
            for (size_t other = group.first; other < group.end; other++) {
                const struct seat *place = &firm->seats[other];
                heads += place->filled;
                salaries += place->filled ? firm->model->roles[place->role].plan->salary : 0;
            }
            replay->shares[n * components + c] =
                component->share_by == SHARE_SALARY ? law->plan->salary / salaries : 1 / heads;
            for (size_t s = 0; s < slot_count(component); s++) {
                size_t at = replay->payroll.slot_first[c] + s;
                const struct slot_law *slot = &law->slots[at];
                bool own = slot->slot.scope == SCOPE_PERSON && !metric_of_firm(slot->slot.metric);
                replay->quotas[n * slots + at] =
                    metric_kind(slot->slot.metric) != METRIC_FLOW ? 0
                    : own
                        ? slot->quota_year * firm_quota(firm, seat, slot->slot.metric, (long)month)
                        : slot->quota_year *
                              firm_quota(firm, seat, slot->slot.metric, (long)month) /
                              firm_quota(firm, seat, slot->slot.metric, 0) /* growth alone */;
            }
        }
    }
}

/* Deals and losses one by one, and the measures of the month, from what the firm recorded. */
static void replay_measures(struct replay *replay, size_t n, size_t month, struct trace *trace) {
    const struct firm *firm = &replay->pay.world.firm;
    const struct role_law *law = replay->law;
    struct statement statement = replay_statement(replay, n);
    struct month_facts *facts = &replay->facts[n];
    size_t seat = law->first_seat + n;
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *component = &law->plan->components[c];
        for (size_t s = 0; s < slot_count(component); s++) {
            size_t at = replay->payroll.slot_first[c] + s;
            bool judged = law->slots[at].slot.metric == METRIC_OBJECTIVES;
            struct reading reading = {judged ? law->slots[at].expected_month : 0, 0};
            if (!judged && slot_used(component, s)) {
                reading = measure_read(firm, seat, &law->slots[at], month);
            }
            replay->values[n * replay->payroll.slot_count + at] = reading.value;
            replay->bases[n * replay->payroll.slot_count + at] = reading.base;
        }
        if (component->share_by == SHARE_CONTRIBUTION) {
            struct slot_law own = law->slots[replay->payroll.slot_first[c]];
            own.slot.scope = SCOPE_PERSON;
            replay->shares[n * law->plan->component_count + c] =
                measure_read(firm, seat, &own, month).value;
        }
        for (size_t i = 0; component_sees_deals(component) && i < firm->closing_count; i++) {
            const struct closing *closing = &firm->closings[i];
            if (closing->won && closing->seat == seat) {
                statement_deal(&replay->payroll, &statement, c, closing->value, facts, trace);
            }
        }
        for (size_t s = 0; replay->payroll.past_count[c] > 0 && s < firm->model->segment_count;
             s++) {
            for (size_t i = 0; i < firm->accounts[s].lost_count; i++) {
                const struct lost_account *lost = &firm->accounts[s].lost[i];
                if (lost->winner == (int32_t)seat &&
                    lost->winner_number == replay->before[n].occupants) {
                    statement_cancel(&replay->payroll, &statement, c, lost->won_month,
                                     (double)lost->won, (long)month);
                }
            }
        }
    }
    statement_month(&replay->payroll, &statement, facts);
}

/* What a trace says was paid: the last step of every line, and the draw. */
static double trace_paid(const struct trace *trace) {
    double paid = 0;
    CU_ASSERT_FATAL(trace->count <= TRACE_STEPS);
    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_step *step = &trace->steps[i];
        paid += step->kind == TRACE_ROUNDING || step->kind == TRACE_DRAW ? step->result
                : step->kind == TRACE_RECOVERY ? -round(step->result * 100) / 100
                                               : 0;
    }
    return paid;
}

static void replay_settle(struct replay *replay, size_t n, size_t month, struct trace *trace) {
    const struct firm *firm = &replay->pay.world.firm;
    const struct role_law *law = replay->law;
    size_t seat = law->first_seat + n;
    struct statement statement = replay_statement(replay, n);
    const struct seat *was = &replay->before[n];
    const struct seat *is = &firm->seats[seat];
    struct payment paid = statement_settle(&replay->payroll, &statement, &replay->facts[n], trace);
    if (!is->filled || is->person.entity != was->person.entity) {
        bool retires = was->person.tenure + 1 >= (long)law->tenure.months;
        struct payment last =
            statement_leave(&replay->payroll, &statement, &replay->facts[n], retires, trace);
        for (size_t c = 0; c < law->plan->component_count; c++) {
            paid.line[c] += last.line[c];
        }
        paid.total += last.total;
        replay_clear(replay, n);
        replay->leavers++;
    }
    const struct payment *log = &replay->pay.log[month * firm->model->seat_count + seat];
    for (size_t c = 0; c < law->plan->component_count; c++) {
        CU_ASSERT_DOUBLE_EQUAL(paid.line[c], log->line[c], 1e-6);
    }
    CU_ASSERT_DOUBLE_EQUAL(paid.draw, log->draw, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(trace_paid(trace), log->total, 1e-6);
    replay->traced += trace_paid(trace);
    replay->logged += log->total;
}

static void replay_month(struct replay *replay, size_t month) {
    static struct trace traces[64];
    const struct plan *plan = replay->law->plan;
    struct statement together[64];
    size_t who[64];
    double work[128];
    CU_ASSERT_FATAL(replay->law->seats <= 64);
    for (size_t n = 0; n < replay->law->seats; n++) {
        traces[n].count = 0;
        if (replay->before[n].filled) {
            struct statement statement = replay_statement(replay, n);
            replay_measures(replay, n, month, &traces[n]);
            statement_claim(&replay->payroll, &statement, &replay->facts[n], false, &traces[n]);
        }
    }
    for (size_t c = 0; c < plan->component_count; c++) {
        size_t count = 0;
        for (size_t n = 0; n < replay->law->seats; n++) {
            together[count] = replay_statement(replay, n);
            who[count] = n;
            count += replay->before[n].filled && together[count].accounts[c].closes;
        }
        if (count > 0 && plan->components[c].type == COMPONENT_RANKING) {
            statement_rank(&replay->payroll, c, together, count, replay->facts[0].scale, work,
                           &traces[who[0]], 0);
        }
        if (count > 0 && plan->components[c].pool > 0) {
            statement_pool(&replay->payroll, c, together, count, &traces[who[0]], 0);
        }
    }
    for (size_t n = 0; n < replay->law->seats; n++) {
        if (replay->before[n].filled) {
            replay_settle(replay, n, month, &traces[n]);
        }
    }
}

/* All people of the role, month by month, joiners and leavers too. */
static void payments_are_what_the_traces_of_recorded_facts_say(void) {
    const char *const come_and_go[] = {PAY_SMALL, "simulation.start=\"new\"",
                                       "roles.development.turnover.annual=0.5",
                                       "roles.kam.turnover.annual=0.5"};
    /* whoever leaves takes a part of the revenue along after the month was measured, so that
     * recurring revenue can be read again only where nobody does */
    const char *const stay[] = {
        PAY_SMALL, "simulation.start=\"new\"",
        "roles.sales.turnover={annual=0.001;retirement_months=1200.0}",
        "roles.development.turnover={annual=0.001;retirement_months=1200.0}",
        "roles.sales.dismissal.probability=0.0"};
    struct plan_names names;
    plan_names_read(&names);
    for (size_t p = 0; p < names.count; p++) {
        struct replay replay;
        bool stays = strcmp(names.name[p], "sales_recurring") == 0;
        replay_open(&replay, names.name[p], stays ? stay : come_and_go,
                    PAY_SMALL_COUNT + (stays ? 4 : 3));
        struct firm *firm = &replay.pay.world.firm;
        size_t r = (size_t)(replay.law - replay.pay.world.model.roles);
        unsigned failures = CU_get_number_of_failures();
        firm_start(firm, stays ? 6 : 5, p);
        for (size_t month = 0; month < replay.pay.world.model.months; month++) {
            record_people(&replay, month);
            firm_step(firm, month);
            replay_month(&replay, month);
        }
        struct totals tables = totals_of_tables(&replay.pay, r);
        CU_ASSERT_DOUBLE_EQUAL(tables.commission + tables.bonus + tables.draws, replay.traced,
                               0.001);
        CU_ASSERT_DOUBLE_EQUAL(replay.traced, replay.logged, 0.001);
        CU_ASSERT(stays ? replay.leavers == 0 : replay.leavers > 1);
        CU_ASSERT(replay.traced > 0 || component_is_award(&replay.law->plan->components[0]));
        if (CU_get_number_of_failures() > failures) {
            (void)fprintf(stderr, "%s: traces %.2f, log %.2f, %zu leavers\n", names.name[p],
                          replay.traced, replay.logged, replay.leavers);
        }
        replay_close(&replay);
    }
}

static void months_taken_one_by_one_are_the_history(void) {
    const char *const sets[] = {PAY_SMALL};
    struct pay_world pay;
    pay_world_open(&pay, "scenarios/hybrid.cfg", sets, PAY_SMALL_COUNT);
    const struct model *model = &pay.world.model;
    size_t size = model->months * (1 + model->role_count + model->segment_count) *
                  sizeof *pay.world.firm.ledgers;
    struct ledger *kept = malloc(size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
    firm_run(&pay.world.firm, 9, 3);
    memcpy(kept, pay.world.firm.ledgers, size);
    firm_run(&pay.world.firm, 9, 4);
    firm_start(&pay.world.firm, 9, 3);
    for (size_t month = 0; month < model->months; month++) {
        firm_step(&pay.world.firm, month);
    }
    CU_ASSERT_EQUAL(memcmp(kept, pay.world.firm.ledgers, size), 0);
    free(kept);
    pay_world_close(&pay);
}

static const struct test TESTS[] = {
    {"the library says when each plan is used", the_library_says_when_each_plan_is_used},
    {"tables hold the sum of all payments", tables_hold_the_sum_of_all_payments},
    {"payments are what the traces of recorded facts say",
     payments_are_what_the_traces_of_recorded_facts_say},
    {"months taken one by one are the history", months_taken_one_by_one_are_the_history},
};

const struct suite suite_pay = {"pay", TESTS, sizeof TESTS / sizeof TESTS[0]};
