#include "model/firm.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "base/random.h"
#include "model/audit.h"
#include "model/loads.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <stdlib.h>
#include <string.h>

uint64_t firm_row(const struct firm *firm, long month, uint64_t purpose) {
    if (month == firm->keyed_month) {
        struct known_row *known = &firm->rows[(purpose + (purpose >> 16U) * 7U) % KNOWN_ROWS];
        if (known->month_key != firm->month_key || known->purpose != purpose + 1) {
            *known = (struct known_row){firm->month_key, purpose + 1,
                                        random_purpose_row(firm->month_key, purpose)};
        }
        return known->row;
    }
    return random_row(firm->seed, firm->replication, (uint64_t)(month + MONTH_OFFSET), purpose);
}

static void key_month(struct firm *firm, long month) {
    firm->keyed_month = month;
    firm->month_key =
        random_month_key(firm->seed, firm->replication, (uint64_t)(month + MONTH_OFFSET));
}

struct ledger *firm_role_ledger(const struct firm *firm, size_t month, size_t role) {
    return firm_ledger(firm, month, 1 + role);
}

struct ledger *firm_segment_ledger(const struct firm *firm, size_t month, size_t segment) {
    return firm_ledger(firm, month, 1 + firm->model->role_count + segment);
}

struct ledger *firm_component_ledger(const struct firm *firm, size_t month, size_t role,
                                     size_t component) {
    return firm_ledger(firm, month, firm->model->roles[role].components[component].part);
}

struct ledger *firm_stage_ledger(const struct firm *firm, size_t month, size_t segment,
                                 size_t stage) {
    return firm_ledger(firm, month, firm->model->segments[segment].first_part + stage);
}

long fiscal_month(const struct model *model, long month) {
    long start = model->parameters->simulation.fiscal_year_start - 1;
    long fiscal = (month - start) % 12;
    return fiscal < 0 ? fiscal + 12 : fiscal;
}

double pay_level(const struct model *model, long month) {
    return model_level(model, LEVEL_PAY, month);
}

double market_pay_level(const struct model *model, long month) {
    return model_level(model, LEVEL_MARKET_PAY, month);
}

struct array {
    void *array; /* the pointer that gets it */
    size_t count;
    size_t size;
};

/* `zero`: else nothing of them is read that was not written before. */
static bool allocate(const struct array *arrays, size_t count, bool zero, struct error *error) {
    for (size_t a = 0; a < count; a++) {
        const char *what = "entries of a firm";
        void *array = zero ? memory_array(arrays[a].count, arrays[a].size, what, error)
                           : memory_room(arrays[a].count, arrays[a].size, what, error);
        if (array == NULL) {
            return false;
        }
        memcpy(arrays[a].array, &array, sizeof array);
    }
    return true;
}

static bool pay_book_init(struct pay_book *book, const struct model *model, struct error *error) {
    size_t seats = model->seat_count;
    const struct array ARRAYS[] = {
        {&book->accounts, seats * model->component_most, sizeof *book->accounts},
        {&book->measured, seats * model->slot_most, sizeof *book->measured},
        {&book->past, seats * model->past_most, sizeof *book->past},
        {&book->draw_owed, seats, sizeof(double)},
        {&book->year_variable, seats, sizeof(double)},
        {&book->awards, seats * model->award_most, sizeof *book->awards},
        {&book->since, model->role_count * model->component_most, sizeof *book->since},
        {&book->runs_off, model->role_count, sizeof *book->runs_off},
    };
    book->model = model;
    return allocate(ARRAYS, sizeof ARRAYS / sizeof ARRAYS[0], true, error);
}

static void pay_book_free(struct pay_book *book) {
    free(book->accounts);
    free(book->measured);
    free(book->past);
    free(book->draw_owed);
    free(book->year_variable);
    free(book->awards);
    free(book->since);
    free(book->runs_off);
}

static bool pay_books_init(struct firm *firm, struct error *error) {
    const struct model *model = firm->first;
    size_t count = 1;
    for (const struct model *later = model->later; later != NULL; later = later->later) {
        count++;
    }
    firm->pay_books = memory_array(count, sizeof *firm->pay_books, "plans of a firm", error);
    firm->pay_book_count = firm->pay_books == NULL ? 0 : count;
    for (size_t k = 0; k < firm->pay_book_count; k++, model = model->later) {
        if (!pay_book_init(&firm->pay_books[k], model, error)) {
            return false;
        }
    }
    return firm->pay_books != NULL;
}

void firm_use(struct firm *firm, size_t number) {
    const struct pay_book *book = &firm->pay_books[number];
    firm->model = book->model;
    firm->accounts_of_pay = book->accounts;
    firm->measured = book->measured;
    firm->past = book->past;
    firm->draw_owed = book->draw_owed;
    firm->year_variable = book->year_variable;
    firm->awards = book->awards;
}

struct firm firm_under(const struct firm *firm, size_t number) {
    struct firm view = *firm;
    firm_use(&view, number);
    view.pay_log = NULL;
    return view;
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

/* Room for what any of the models needs. */
struct most {
    size_t slots;
    size_t components;
    size_t capacity; /* of a segment */
    size_t closings;
    size_t queue;
};

static struct most most_of(const struct firm *firm, size_t segment) {
    struct most most = {0};
    for (const struct model *model = firm->first; model != NULL; model = model->later) {
        size_t all = 0;
        for (size_t s = 0; s < model->segment_count; s++) {
            all += model->segments[s].capacity;
        }
        most.slots = larger(most.slots, model->slot_most);
        most.components = larger(most.components, model->component_most);
        most.capacity = larger(most.capacity, model->segments[segment].capacity);
        most.closings = larger(most.closings, 64 + all); /* nobody wins more than there are */
        most.queue = larger(most.queue, model->has_rules || model->has_support ? all : 0);
    }
    return most;
}

static bool firm_arrays(struct firm *firm, struct error *error) {
    const struct model *model = firm->model;
    struct most most = most_of(firm, 0);
    size_t seats = model->seat_count;
    size_t owners = seats + 1;
    firm->closing_capacity = most.closings;
    const struct array ARRAYS[] = {
        {&firm->seats, seats, sizeof *firm->seats},
        {&firm->rows, KNOWN_ROWS, sizeof *firm->rows},
        {&firm->scratch.values, most.slots, sizeof(double)},
        {&firm->scratch.bases, most.slots, sizeof(double)},
        {&firm->scratch.quotas, most.slots, sizeof(double)},
        {&firm->scratch.shares, most.components, sizeof(double)},
        {&firm->scratch.statements, seats, sizeof *firm->scratch.statements},
        {&firm->scratch.work, seats * 2, sizeof(double)},
        {&firm->open_deals, seats * model->stage_count, sizeof *firm->open_deals},
        {&firm->advance, seats * model->segment_count, sizeof *firm->advance},
        {&firm->lead, seats * model->segment_count, sizeof *firm->lead},
        {&firm->care, owners, sizeof *firm->care},
        {&firm->develop, owners, sizeof *firm->develop},
        {&firm->readings, METRIC_COUNT * (model->segment_count + 1) * owners,
         sizeof *firm->readings},
        {&firm->share_prices, model->months + 1, sizeof(double)},
        {&firm->exits, model->role_count * 3, sizeof(double)},
        {&firm->promoters, model->segment_count, sizeof(double)},
        {&firm->owned, model->role_count, sizeof *firm->owned},
        {&firm->open_months, seats * model->stage_count, sizeof(double)},
        {&firm->pulled, seats * model->segment_count, sizeof(double)},
        {&firm->intakes, (model->role_count + model->segment_count) * model->months,
         sizeof *firm->intakes},
    };
    const struct array ROOM[] = {
        {&firm->closings, firm->closing_capacity, sizeof *firm->closings},
        {&firm->pushed, firm->closing_capacity, sizeof *firm->pushed},
        {&firm->queue, most.queue, sizeof *firm->queue},
        {&firm->ledgers, model->months * model->part_count, sizeof *firm->ledgers},
    };
    return allocate(ARRAYS, sizeof ARRAYS / sizeof ARRAYS[0], true, error) &&
           allocate(ROOM, sizeof ROOM / sizeof ROOM[0], false, error);
}

bool firm_init(struct firm *firm, const struct model *model, struct error *error) {
    *firm = (struct firm){.model = model, .first = model};
    firm->accounts =
        memory_array(model->segment_count, sizeof *firm->accounts, "segments of a firm", error);
    firm->books =
        memory_array(model->segment_count, sizeof *firm->books, "segments of a firm", error);
    bool done = firm->accounts != NULL && firm->books != NULL && pay_books_init(firm, error) &&
                firm_arrays(firm, error) && loads_init(firm, error);
    for (size_t s = 0; done && s < model->segment_count; s++) {
        firm->books[s].owner = memory_array(model->seat_count + 1, sizeof *firm->books[s].owner,
                                            "owners of accounts", error);
        done = firm->books[s].owner != NULL &&
               accounts_init(&firm->accounts[s], most_of(firm, s).capacity, error);
    }
#ifdef ANREIZ_AUDIT
    done = done && audit_init(firm, error);
#endif
    if (!done) {
        firm_free(firm);
        return false;
    }
    change_start(firm);
    return true;
}

void firm_free(struct firm *firm) {
#ifdef ANREIZ_AUDIT
    audit_free(firm);
#endif
    for (size_t s = 0; firm->accounts != NULL && s < firm->model->segment_count; s++) {
        accounts_free(&firm->accounts[s]);
    }
    for (size_t s = 0; firm->books != NULL && s < firm->model->segment_count; s++) {
        free(firm->books[s].owner);
    }
    loads_free(firm);
    free(firm->accounts);
    free(firm->books);
    free(firm->seats);
    free(firm->rows);
    for (size_t k = 0; k < firm->pay_book_count; k++) {
        pay_book_free(&firm->pay_books[k]);
    }
    free(firm->pay_books);
    free(firm->scratch.values);
    free(firm->scratch.bases);
    free(firm->scratch.quotas);
    free(firm->scratch.shares);
    free(firm->scratch.statements);
    free(firm->scratch.work);
    free(firm->open_deals);
    free(firm->open_months);
    free(firm->pulled);
    free(firm->advance);
    free(firm->lead);
    free(firm->intakes);
    free(firm->care);
    free(firm->develop);
    free(firm->readings);
    free(firm->share_prices);
    free(firm->closings);
    free(firm->pushed);
    free(firm->queue);
    free(firm->exits);
    free(firm->promoters);
    free(firm->owned);
    free(firm->ledgers);
    *firm = (struct firm){0};
}

void firm_start(struct firm *firm, uint64_t seed, uint64_t replication) {
    const struct model *model = firm->first;
    size_t intakes = (model->role_count + model->segment_count) * model->months;
    change_start(firm);
    firm->seed = seed;
    firm->replication = replication;
    key_month(firm, 0);
    memset(firm->ledgers, 0, model->months * model->part_count * sizeof *firm->ledgers);
    memset(firm->intakes, 0, intakes * sizeof *firm->intakes);
    firm->demand = 0.0;
    firm->recession_left = 0;
    firm->share_price = 1.0;
    firm->share_prices[0] = 1.0;
    firm->profit_trail = 0.0;
    firm->profit_known = false;
    firm->pushed_count = 0;
    memset(firm->pulled, 0, model->seat_count * model->segment_count * sizeof *firm->pulled);
    for (size_t r = 0; r < model->role_count; r++) {
        for (size_t m = 0; m < 3; m++) { /* as many exits as usual before the start */
            firm->exits[r * 3 + m] = model->roles[r].tenure.hazard;
        }
    }
    start_staff(firm);
    start_customers(firm);
    start_pipeline(firm);
#ifdef ANREIZ_AUDIT
    audit_start(firm);
#endif
}

/* Customer equity is known at month end; costs make the profit of the month. */
static void step_books(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    const struct parameters *parameters = model->parameters;
    struct ledger *all = firm_ledger(firm, month, 0);
    double age = (double)(month + 1) / 12.0;
    double discount = math_power(1.0 + parameters->firm.wacc, -age);
    for (size_t s = 0; s < model->segment_count; s++) {
        struct ledger *ledger = firm_segment_ledger(firm, month, s);
        ledger->flows.months = 1.0;
        ledger->stocks.customer_equity_discounted = ledger->stocks.customer_equity * discount;
    }
    double log_gross = all->flows.log_gross_retention; /* of the sums, set with the customers */
    double log_net = all->flows.log_net_retention;
    for (size_t r = 0; r < model->role_count; r++) {
        struct ledger *ledger = firm_role_ledger(firm, month, r);
        struct flows *flows = &ledger->flows;
        flows->months = 1.0;
        flows->social_charges = parameters->firm.social_charges *
                                (flows->salary + flows->commission + flows->bonus + flows->draws);
        if (model->roles[r].collaborates) {
            const struct handover *handover = &parameters->handover;
            double years = flows->person_months / 12.0 * pay_level(model, (long)month);
            flows->crm_cost = years * handover->shared_crm.use * handover->shared_crm.cost;
            flows->meetings_cost = years * handover->meetings.use * handover->meetings.cost;
        }
        ledger_add(all, ledger);
    }
    for (size_t s = 0; s < model->segment_count; s++) {
        ledger_add(all, firm_segment_ledger(firm, month, s));
    }
    struct flows *flows = &all->flows;
    double start = flows->account_months;
    double stayed = start > 0.0 ? 1.0 - flows->customers_lost / start : 1.0;
    flows->log_logo_retention = math_log(stayed > 1e-12 ? stayed : 1e-12);
    flows->log_gross_retention = log_gross;
    flows->log_net_retention = log_net;
    flows->months = 1.0;
    flows->profit = flows->margin - flows->salary - flows->commission - flows->bonus -
                    flows->draws - flows->lti_expense - flows->social_charges - flows->severance -
                    flows->hiring_cost - flows->discounts - flows->crm_cost - flows->meetings_cost;
    flows->discounted_profit = flows->profit * discount;
    all->stocks.share_price = firm->share_price;
}

void firm_step(struct firm *firm, size_t month) {
    key_month(firm, (long)month);
    if (firm->model->later != NULL && firm->model->later->since == month) {
        step_change(firm, month);
#ifdef ANREIZ_AUDIT
        audit_change(firm, month);
#endif
    }
    owned_clear(firm);
    step_economy(firm, month);
    step_effort(firm, month);
    step_pipeline(firm, month);  /* existing deals move, new leads come in at month end */
    step_timing(firm, month);    /* of what closes at the end of a measurement period */
    step_customers(firm, month); /* care, growth, renewals */
#ifdef ANREIZ_AUDIT
    audit_credit(firm, month);
#endif
    step_closings(firm, month); /* deals won become customers, of next month on */
    step_measures(firm, month);
    step_pay(firm, month);
    step_tenths(firm, month);
    step_departures(firm, month);
    step_recruiting(firm, month);
    if (firm->model->number > 0 && firm->model->since == month) {
        step_coverage(firm, month);
    }
    step_handovers(firm, month); /* to the role that the rules of coverage name */
    step_orphans(firm, month);
    step_support(firm);       /* by account development */
    step_census(firm, month); /* who and what is still here */
    step_books(firm, month);
    step_owned(firm, month); /* by the roles' people, and sold: the sums have it already */
#ifdef ANREIZ_AUDIT
    audit_month(firm, month);
#endif
}

void firm_run(struct firm *firm, uint64_t seed, uint64_t replication) {
    firm_start(firm, seed, replication);
    for (size_t month = 0; month < firm->model->months; month++) {
        firm_step(firm, month);
    }
}
