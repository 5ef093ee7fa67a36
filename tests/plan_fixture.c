#include "plan_fixture.h"

#include "plan/payout.h"
#include "plan_facts.h"
#include "scenario_fixture.h"

#include <ctype.h>
#include <math.h>

enum { SLOTS_MOST = 512, PAST_MOST = 512 };

/* ---- plans */

bool plan_open(struct plan_case *plan_case, const char *text) {
    struct text scenario = {0};
    struct error error = {0};
    text_add(&scenario,
             "segments = { standard = { coverage = { owners = [\"sales\"]; }; }; };\n"
             "roles = { sales = { plan = \"base\"; }; };\n"
             "plans = { base = {\n%s\n}; };\n",
             text);
    char *path = fixture_file(text_bytes(&scenario), scenario.length);
    *plan_case = (struct plan_case){0};
    bool loaded = scenario_load(&plan_case->scenario, path, NULL, 0, &error);
    if (loaded) {
        plan_case->plan = &plan_case->scenario.parameters.plans[0];
        plan_case->payroll = payroll_of(plan_case->plan);
    } else {
        facts_complain("the plan is not read:", error_text(&error));
    }
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
    text_free(&scenario);
    error_free(&error);
    return loaded;
}

void plan_close(struct plan_case *plan_case) { scenario_free(&plan_case->scenario); }

void plan_paid_free(struct plan_paid *paid) {
    free(paid->month);
    *paid = (struct plan_paid){0};
}

/* ---- paying */

struct runner {
    const struct plan_case *plan_case;
    const struct facts *facts;
    struct plan_paid *paid;
    struct component_account accounts[PLAN_PEOPLE][COMPONENTS_MOST];
    struct measured measured[PLAN_PEOPLE][SLOTS_MOST];
    struct past_period past[PLAN_PEOPLE][PAST_MOST];
    double owed[PLAN_PEOPLE];
    double year_variable[PLAN_PEOPLE];
    struct award awards[COMPONENTS_MOST][PLAN_MONTHS];
    double values[SLOTS_MOST];
    double bases[SLOTS_MOST];
    double quotas[SLOTS_MOST];
    double shares[COMPONENTS_MOST];
};

static struct statement statement_of(struct runner *runner, size_t person) {
    return (struct statement){.accounts = runner->accounts[person],
                              .measured = runner->measured[person],
                              .past = runner->past[person],
                              .draw_owed = &runner->owed[person],
                              .year_variable = &runner->year_variable[person]};
}

static struct month_facts facts_of(struct runner *runner, size_t person, long month) {
    const struct facts *facts = runner->facts;
    const struct payroll *payroll = &runner->plan_case->payroll;
    for (size_t c = 0; c < payroll->plan->component_count; c++) {
        const struct component *component = &payroll->plan->components[c];
        for (size_t s = 0; s < slot_count(component); s++) {
            struct slot slot = slot_of(component, s);
            runner->values[payroll->slot_first[c] + s] = facts_value(facts, person, &slot, month);
            runner->bases[payroll->slot_first[c] + s] = 1.0;
            runner->quotas[payroll->slot_first[c] + s] = facts->quota;
        }
        runner->shares[c] =
            component->share_by == SHARE_CONTRIBUTION ? facts->own[month] : facts->share;
    }
    return (struct month_facts){.month = month,
                                .fiscal_month = (int)((facts->start + month) % 12),
                                .tenure = facts->tenure + month,
                                .scale = facts->scale,
                                .values = runner->values,
                                .bases = runner->bases,
                                .quotas = runner->quotas,
                                .shares = runner->shares};
}

static void claim_person(struct runner *runner, size_t person, long month, struct trace *trace) {
    const struct facts *facts = runner->facts;
    const struct payroll *payroll = &runner->plan_case->payroll;
    struct statement statement = statement_of(runner, person);
    struct month_facts month_facts = facts_of(runner, person, month);
    for (size_t c = 0; c < payroll->plan->component_count; c++) {
        for (size_t e = 0; person == 0 && e < facts->event_count; e++) {
            const struct event *event = &facts->events[e];
            bool counts = payroll->plan->components[c].metric == METRIC_NEW_CUSTOMERS;
            double amount = counts ? 1.0 : event->amount;
            if (event->month != month) {
                continue;
            }
            if (event->cancels && payroll->past_count[c] > 0) {
                statement_cancel(payroll, &statement, c, event->sold, amount, month);
            } else if (!event->cancels && component_sees_deals(&payroll->plan->components[c])) {
                statement_deal(payroll, &statement, c, amount, &month_facts, trace);
            }
        }
    }
    statement_month(payroll, &statement, &month_facts);
    statement_claim(payroll, &statement, &month_facts, false, trace);
}

static void resolve(struct runner *runner, struct trace *trace) {
    const struct payroll *payroll = &runner->plan_case->payroll;
    struct statement statements[PLAN_PEOPLE];
    double work[2 * PLAN_PEOPLE];
    size_t people = (size_t)runner->facts->people;
    for (size_t p = 0; p < people; p++) {
        statements[p] = statement_of(runner, p);
    }
    for (size_t c = 0; c < payroll->plan->component_count; c++) {
        const struct component *component = &payroll->plan->components[c];
        if (!runner->accounts[0][c].closes) {
            continue;
        }
        if (component->type == COMPONENT_RANKING) {
            statement_rank(payroll, c, statements, people, runner->facts->scale, work, trace, 0);
        }
        if (component->pool > 0.0) {
            statement_pool(payroll, c, statements, people, trace, 0);
        }
    }
}

static double ltip_share(const struct component *component, const struct award *award) {
    if (component->type != COMPONENT_LTIP) {
        return 0.0;
    }
    struct slot slot = slot_of(component, SLOT_MAIN);
    enum metric_kind kind = metric_kind(slot.metric);
    double quota = kind == METRIC_FLOW ? award->measured.quota : slot.quota;
    double value = measured_value(&award->measured, kind);
    return payout_share(component, attainment_of(value, kind, quota), 0.0);
}

static double award_of_month(struct runner *runner, size_t c, long grant, long month,
                             struct trace *trace) {
    const struct facts *facts = runner->facts;
    const struct component *component = &runner->plan_case->plan->components[c];
    struct award *award = &runner->awards[c][grant];
    double price = facts_price(facts, month + 1);
    if (grant == month) {
        *award = award_grant(component, component->target * facts->scale, facts_price(facts, month),
                             facts->cost);
    }
    if (!award->open) {
        return 0.0;
    }
    if (component->type == COMPONENT_LTIP) {
        struct slot slot = slot_of(component, SLOT_MAIN);
        enum metric_kind kind = metric_kind(slot.metric);
        measured_add(&award->measured, kind, facts_value(facts, 0, &slot, month), 1.0);
        award->measured.quota +=
            slot.quota > 0.0 ? slot.quota / (double)component->cycle_months : facts->quota / 12.0;
    }
    double paid = award_month(component, c, award, price, ltip_share(component, award), trace);
    if (facts->leaves && month + 1 == runner->paid->months && award->open) {
        long rule = facts->accelerated ? (long)LEAVER_ACCELERATE
                    : facts->good      ? component->good_leaver
                                       : component->leaver;
        paid += award_leave(component, c, award, (enum leaver_rule)rule, price,
                            ltip_share(component, award), trace);
    }
    return paid;
}

static double awards_of_month(struct runner *runner, long month, struct trace *trace) {
    const struct plan *plan = runner->plan_case->plan;
    double paid = 0.0;
    for (size_t c = 0; c < plan->component_count; c++) {
        const struct component *component = &plan->components[c];
        for (long g = 0; component_is_award(component) && g <= month; g++) {
            bool granted = component->every_months == 0 ? g == 0 : g % component->every_months == 0;
            paid += granted ? award_of_month(runner, c, g, month, trace) : 0.0;
        }
    }
    return paid;
}

static void note_trace(struct plan_month *result, size_t from) {
    for (size_t i = from; i < result->trace.count && i < TRACE_STEPS; i++) {
        const struct trace_step *step = &result->trace.steps[i];
        if (step->item == SLOT_MAIN && step->kind == TRACE_QUOTA) {
            result->quota[step->component] = step->result;
        }
        if (step->item == SLOT_MAIN && step->kind == TRACE_ATTAINMENT) {
            result->attainment[step->component] = step->result;
        }
    }
}

static void month_of(struct runner *runner, long month) {
    const struct facts *facts = runner->facts;
    const struct payroll *payroll = &runner->plan_case->payroll;
    struct plan_month *result = &runner->paid->month[month];
    for (long p = 0; p < facts->people; p++) {
        claim_person(runner, (size_t)p, month, p == 0 ? &result->trace : NULL);
    }
    resolve(runner, &result->trace);
    for (long p = facts->people; p-- > 0;) {
        struct statement statement = statement_of(runner, (size_t)p);
        struct month_facts month_facts = facts_of(runner, (size_t)p, month);
        bool own = p == 0;
        struct payment payment =
            statement_settle(payroll, &statement, &month_facts, own ? &result->trace : NULL);
        if (!own) {
            continue;
        }
        result->payment = payment;
        if (facts->leaves && month + 1 == runner->paid->months) {
            struct payment last =
                statement_leave(payroll, &statement, &month_facts, facts->good, &result->trace);
            for (size_t c = 0; c < COMPONENTS_MOST; c++) {
                result->payment.line[c] += last.line[c];
            }
            result->payment.draw += last.draw;
            result->payment.total += last.total;
        }
        result->owed = runner->owed[0];
        for (size_t c = 0; c < COMPONENTS_MOST; c++) {
            result->bank[c] = runner->accounts[0][c].bank;
        }
    }
    result->awards = awards_of_month(runner, month, &result->trace);
    note_trace(result, 0);
}

bool plan_run(const struct plan_case *plan_case, const char *text, struct plan_paid *paid) {
    const struct plan *plan = plan_case->plan;
    struct facts *facts = calloc(1, sizeof *facts);
    struct runner *runner = calloc(1, sizeof *runner);
    *paid = (struct plan_paid){.step = 1};
    if (plan->component_count > 0 && !component_is_award(&plan->components[0])) {
        paid->step = period_months((enum period)plan->components[0].period);
    }
    paid->month = calloc(PLAN_MONTHS, sizeof *paid->month);
    bool good = facts != NULL && runner != NULL && paid->month != NULL &&
                plan_case->payroll.slot_count <= SLOTS_MOST &&
                plan_case->payroll.past_total <= PAST_MOST;
    if (good) {
        *facts = (struct facts){.scale = 1.0, .share = 1.0, .start = 1, .people = 1, .cost = 1.0};
        good = facts_read(text, facts, paid);
        facts->start -= 1;
    }
    if (good) {
        *runner = (struct runner){.plan_case = plan_case, .facts = facts, .paid = paid};
        for (long month = 0; month < paid->months; month++) {
            month_of(runner, month);
        }
    }
    free(facts);
    free(runner);
    return good;
}

/* ---- results */

static double result_of_month(const struct plan_case *plan_case, const struct plan_month *month,
                              const char *result, bool *known) {
    *known = true;
    if (strcmp(result, "pay") == 0) {
        return month->payment.total + month->awards;
    }
    if (strcmp(result, "owes") == 0) {
        return month->owed;
    }
    if (strcmp(result, "bank") == 0) {
        return month->bank[0];
    }
    if (strcmp(result, "held") == 0) {
        return month->payment.held[0];
    }
    if (strcmp(result, "quota") == 0) {
        return month->quota[0];
    }
    if (strcmp(result, "attainment") == 0) {
        return month->attainment[0];
    }
    for (size_t c = 0; c < plan_case->plan->component_count; c++) {
        if (strcmp(result, plan_case->plan->components[c].name) == 0) {
            return month->payment.line[c];
        }
    }
    *known = false;
    return 0.0;
}

/* The result of months first + 1 .. last: payments are summed, states and quotas are the last. */
static double result_between(const struct plan_case *plan_case, const struct plan_paid *paid,
                             const char *result, long first, long last) {
    static const char *const STATES[] = {"owes", "bank", "held", "quota", "attainment", NULL};
    bool state = facts_name(result, STATES) >= 0;
    bool known = true;
    double sum = 0.0;
    for (long m = state ? last - 1 : first; m < last; m++) {
        sum += result_of_month(plan_case, &paid->month[m], result, &known);
    }
    return payout_round(sum);
}

static bool compare(const struct plan_case *plan_case, const struct plan_paid *paid,
                    const char *facts, const char *result, const char *expected) {
    size_t count = paid->at_count > 0 ? paid->at_count
                                      : (size_t)((paid->months + paid->step - 1) / paid->step);
    struct text got = {0};
    bool same = true;
    const char *at = expected;
    for (size_t i = 0; i < count; i++) {
        long first = paid->at_count > 0 ? 0 : (long)i * paid->step;
        long last = paid->at_count > 0 ? paid->at[i] : first + paid->step;
        double value = result_between(plan_case, paid, result, first,
                                      last < paid->months ? last : paid->months);
        text_add(&got, "%s%.2f", i == 0 ? "" : " ", value);
        char word[64];
        int length = 0;
        double number = 0.0;
        bool read = sscanf(at, " %63s%n", word, &length) == 1 && facts_number(word, &number);
        at += read ? length : 0;
        same = same && read && number == value;
    }
    while (isspace((unsigned char)*at)) {
        at++;
    }
    same = same && *at == '\0' && count > 0;
    if (!same) {
        (void)fprintf(stderr, "\nfacts:  %s\n%s: %s\nwanted: %s\n", facts, result, text_bytes(&got),
                      expected);
    }
    text_free(&got);
    return same;
}

bool plan_gives(const char *text, const char *facts, const char *result, const char *expected) {
    struct plan_case plan_case = {0};
    struct plan_paid paid = {0};
    bool known = false;
    bool good = plan_open(&plan_case, text) && plan_run(&plan_case, facts, &paid);
    if (good) {
        (void)result_of_month(&plan_case, &paid.month[0], result, &known);
        good = known ? compare(&plan_case, &paid, facts, result, expected)
                     : facts_complain("there is no result", result);
    }
    plan_paid_free(&paid);
    plan_close(&plan_case);
    return good;
}

bool plan_pays(const char *text, const char *facts, const char *expected) {
    return plan_gives(text, facts, "pay", expected);
}

bool plan_traces(const char *text, const char *facts, const enum trace_kind *kinds, size_t count) {
    struct plan_case plan_case = {0};
    struct plan_paid paid = {0};
    bool good = plan_open(&plan_case, text) && plan_run(&plan_case, facts, &paid);
    if (good) {
        const struct trace *trace = &paid.month[paid.months - 1].trace;
        good = trace->count == count;
        for (size_t i = 0; i < count && i < trace->count; i++) {
            good = good && trace->steps[i].kind == kinds[i];
        }
        for (size_t i = 0; !good && i < trace->count; i++) {
            const struct trace_step *step = &trace->steps[i];
            (void)fprintf(stderr, "\n%zu: kind %d, component %zu, item %zu: %g by %g gives %g", i,
                          (int)step->kind, step->component, step->item, step->value, step->by,
                          step->result);
        }
    }
    plan_paid_free(&paid);
    plan_close(&plan_case);
    return good;
}
