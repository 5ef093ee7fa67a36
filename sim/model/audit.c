#include "model/audit.h"

#include "base/memory.h"
#include "model/audit_steps.h"
#include "model/parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void audit_require(const struct question *question, bool holds, const char *format, ...) {
    if (holds) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)fprintf(stderr, "audit: seed %" PRIu64 ", replication %" PRIu64 ", month %zu, %s: ",
                  question->firm->seed, question->firm->replication + 1, question->month + 1,
                  question->name);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
    abort();
}

bool audit_near(double a, double b, double part, double least) {
    return fabs(a - b) <= part * fmax(fabs(a), fabs(b)) + least;
}

static bool book_init(struct audit_book *book, const struct model *model, struct error *error) {
    size_t seats = model->seat_count;
    book->awards = memory_array(seats * model->award_most, sizeof *book->awards, "audits", error);
    book->expensed = memory_array(seats * model->component_most, sizeof(double), "audits", error);
    book->log = memory_array(seats, sizeof *book->log, "audits", error);
    return book->awards != NULL && book->expensed != NULL && book->log != NULL;
}

bool audit_init(struct firm *firm, struct error *error) {
    const struct model *model = firm->model;
    struct audit *audit = memory_array(1, sizeof *audit, "audits", error);
    firm->audit = audit;
    if (audit == NULL) {
        return false;
    }
    audit->live = memory_array(model->segment_count, sizeof *audit->live, "audits", error);
    audit->run_rate = memory_array(model->segment_count, sizeof(double), "audits", error);
    audit->pushed = memory_array(model->segment_count, sizeof *audit->pushed, "audits", error);
    audit->open = memory_array(model->stage_count, sizeof *audit->open, "audits", error);
    audit->served = memory_array(model->seat_count, sizeof *audit->served, "audits", error);
    audit->books = memory_array(firm->pay_book_count, sizeof *audit->books, "audits", error);
    audit->customers =
        memory_array(model->segment_count, sizeof *audit->customers, "audits", error);
    audit->known = memory_array(model->segment_count, sizeof *audit->known, "audits", error);
    audit->credited = memory_array(model->seat_count + 1, sizeof *audit->credited, "audits", error);
    audit->owned = memory_array(model->role_count, sizeof *audit->owned, "audits", error);
    bool good = audit->customers != NULL && audit->known != NULL && audit->credited != NULL &&
                audit->owned != NULL && audit->live != NULL && audit->run_rate != NULL &&
                audit->pushed != NULL && audit->open != NULL && audit->served != NULL &&
                audit->books != NULL;
    for (size_t s = 0; good && s < model->segment_count; s++) {
        audit->customers[s] =
            memory_array(firm->accounts[s].capacity, sizeof **audit->customers, "audits", error);
        good = audit->customers[s] != NULL;
    }
    for (size_t k = 0; good && k < firm->pay_book_count; k++) {
        good = book_init(&audit->books[k], firm->pay_books[k].model, error);
        firm->pay_books[k].log = audit->books[k].log;
    }
    return good;
}

void audit_free(struct firm *firm) {
    struct audit *audit = firm->audit;
    if (audit != NULL) {
        free(audit->live);
        free(audit->run_rate);
        free(audit->pushed);
        free(audit->open);
        free(audit->served);
        for (size_t s = 0; audit->customers != NULL && s < firm->model->segment_count; s++) {
            free(audit->customers[s]);
        }
        free(audit->customers);
        free(audit->known);
        free(audit->credited);
        free(audit->owned);
        for (size_t k = 0; audit->books != NULL && k < firm->pay_book_count; k++) {
            free(audit->books[k].awards);
            free(audit->books[k].expensed);
            free(audit->books[k].log);
        }
        free(audit->books);
        free(audit);
    }
    firm->audit = NULL;
}

size_t audit_count_live(const struct accounts *accounts) {
    size_t live = 0;
    for (size_t a = 0; a < accounts->used; a++) {
        live += accounts->potential[a] > 0.0F;
    }
    return live;
}

double audit_run_rate(const struct accounts *accounts) {
    double sum = 0.0;
    for (size_t a = 0; a < accounts->used; a++) {
        sum += (double)(accounts->potential[a] * accounts->wallet[a]);
    }
    return sum;
}

unsigned audit_count_open(const struct firm *firm, size_t stage) {
    unsigned open = 0;
    for (size_t seat = 0; seat < firm->model->seat_count; seat++) {
        open += firm->open_deals[seat * firm->model->stage_count + stage];
    }
    return open;
}

size_t audit_count_people(const struct firm *firm, size_t first, size_t end) {
    size_t people = 0;
    for (size_t seat = first; seat < end; seat++) {
        people += firm->seats[seat].filled;
    }
    return people;
}

double audit_expensed(const struct firm *firm, size_t seat, size_t c) {
    const struct component_law *law = &firm->model->roles[firm->seats[seat].role].components[c];
    const struct award *awards = seat_awards(firm, seat, law);
    double sum = 0.0;
    for (size_t a = 0; a < law->award_count; a++) {
        sum += awards[a].open ? awards[a].expense : 0.0;
    }
    return sum;
}

static void remember(struct firm *firm) {
    const struct model *model = firm->model;
    struct audit *audit = firm->audit;
    audit->people = audit_count_people(firm, 0, model->seat_count);
    for (size_t s = 0; s < model->segment_count; s++) {
        audit->live[s] = firm->accounts[s].live;
        audit->run_rate[s] = audit_run_rate(&firm->accounts[s]);
        audit->pushed[s] = 0;
    }
    for (size_t i = 0; i < firm->pushed_count; i++) {
        audit->pushed[firm->pushed[i].segment]++;
    }
    for (size_t k = 0; k < model->stage_count; k++) {
        audit->open[k] = audit_count_open(firm, k);
    }
    audit_remember_customers(firm);
    audit_remember_awards(firm);
    for (size_t k = 0; k < firm->pay_book_count; k++) {
        memset(audit->books[k].log, 0, model->seat_count * sizeof *audit->books[k].log);
    }
}

bool audit_nobody_left(const struct question *question, size_t part) {
    const struct flows *flows = &firm_ledger(question->firm, question->month, part)->flows;
    const struct flows *all = &firm_ledger(question->firm, question->month, PART_ALL)->flows;
    return flows->exits_voluntary + flows->exits_involuntary + flows->retirements +
               all->internal_moves ==
           0.0;
}

/* Who came in a month of the simulation and is still here. */
static void audit_intakes(const struct question *question) {
    const struct firm *firm = question->firm;
    const struct model *model = firm->model;
    for (size_t p = 0; p < model->role_count + model->segment_count; p++) {
        const struct intake *intakes = &firm->intakes[p * model->months];
        size_t here = 0;
        size_t said = 0;
        for (size_t m = 0; m <= question->month; m++) {
            said += intakes[m].here;
            audit_require(question, intakes[m].here <= intakes[m].came,
                          "%u of the %u who came in month %zu are here", intakes[m].here,
                          intakes[m].came, m + 1);
        }
        for (size_t seat = 0; p < model->role_count && seat < model->seat_count; seat++) {
            const struct seat *place = &firm->seats[seat];
            here += place->role == p && place->filled && place->joined >= 0;
        }
        const struct accounts *accounts =
            p < model->role_count ? NULL : &firm->accounts[p - model->role_count];
        for (size_t a = 0; accounts != NULL && a < accounts->used; a++) {
            here += accounts->potential[a] > 0.0F && accounts->won_month[a] >= 0;
        }
        audit_require(question, here == said, "of those who came to part %zu %zu are here, not %zu",
                      part_of_role(p), here, said);
    }
}

static void audit_people(const struct question *question) {
    const struct firm *firm = question->firm;
    const struct model *model = firm->model;
    const struct flows *flows = &firm_ledger(firm, question->month, PART_ALL)->flows;
    double people = (double)audit_count_people(firm, 0, model->seat_count);
    double exits = flows->exits_voluntary + flows->exits_involuntary + flows->retirements;
    double before = (double)firm->audit->people;
    audit_require(question, people == before + flows->hires - flows->internal_moves - exits,
                  "%.17g people, %.17g hires (%.17g from inside) and %.17g exits do not give %.17g",
                  before, flows->hires, flows->internal_moves, exits, people);
    audit_require(question, flows->person_months == before, "%.17g person-months of %.17g people",
                  flows->person_months, before);
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *law = &model->roles[r];
        double here =
            (double)audit_count_people(firm, law->first_seat, law->first_seat + law->seats);
        const struct stocks *stocks = &firm_role_ledger(firm, question->month, r)->stocks;
        audit_require(question, stocks->headcount == here, "role %s has %.17g people, not %.17g",
                      law->role->name, here, stocks->headcount);
    }
}

static void audit_firm(const struct question *question) {
    const struct firm *firm = question->firm;
    const struct model *model = firm->model;
    const struct flows *all = &firm_ledger(firm, question->month, PART_ALL)->flows;
    double pay = 0.0;
    double costs = 0.0;
    double sold = 0.0;
    double revenue = 0.0;
    double margin = 0.0;
    double discounts = 0.0;
    double won = 0.0;
    for (size_t r = 0; r < model->role_count; r++) {
        const struct flows *flows = &firm_role_ledger(firm, question->month, r)->flows;
        double cash = flows->salary + flows->commission + flows->bonus + flows->draws;
        pay += cash;
        costs += cash * (1.0 + model->parameters->firm.social_charges) + flows->lti_expense +
                 flows->severance + flows->hiring_cost + flows->crm_cost + flows->meetings_cost;
        sold += flows->new_revenue;
    }
    for (size_t s = 0; s < model->segment_count; s++) {
        const struct flows *flows = &firm_segment_ledger(firm, question->month, s)->flows;
        revenue += flows->revenue;
        margin += flows->revenue * model->segments[s].segment->contract.margin;
        discounts += flows->discounts;
        won += flows->new_revenue;
    }
    double paid = all->salary + all->commission + all->bonus + all->draws;
    audit_require(question, audit_near(all->revenue, revenue, DOUBLE_PART, CENT),
                  "the segments' revenue is %.17g, the firm's %.17g", revenue, all->revenue);
    audit_require(question, audit_near(paid, pay, DOUBLE_PART, CENT),
                  "the roles are paid %.17g, all %.17g", pay, paid);
    audit_require(question,
                  audit_near(sold, won, DOUBLE_PART, CENT) &&
                      audit_near(all->new_revenue, won, DOUBLE_PART, CENT),
                  "the roles sold %.17g, the segments bought %.17g, the firm has %.17g", sold, won,
                  all->new_revenue);
    audit_require(
        question, audit_near(all->profit, margin - costs - discounts, DOUBLE_PART, CENT),
        "a margin of %.17g less costs of %.17g and discounts of %.17g is no profit of %.17g",
        margin, costs, discounts, all->profit);
}

void audit_start(struct firm *firm) { remember(firm); }

void audit_change(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    struct question question = {firm, month, "the firm"};
    for (size_t r = 0; r < model->role_count; r++) {
        question.name = model->roles[r].role->name;
        audit_moved(&question, r);
    }
    audit_remember_customers(firm);
    audit_remember_awards(firm);
}

void audit_month(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    struct question question = {firm, month, "the firm"};
    audit_people(&question);
    audit_owners(&question);
    audit_intakes(&question);
    audit_firm(&question);
    for (size_t s = 0; s < model->segment_count; s++) {
        question.name = model->segments[s].segment->name;
        audit_segment(&question, s);
    }
    for (size_t r = 0; r < model->role_count; r++) {
        question.name = model->roles[r].role->name;
        audit_role(&question, r);
        audit_role_customers(&question, r);
    }
    remember(firm);
}
