#include "model/audit.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "model/parts.h"
#include "model/steps.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The state at the end of the month before. */
struct audit {
    size_t people;
    size_t *live;         /* by segment */
    double *run_rate;     /* by segment */
    size_t *pushed;       /* by segment: deals that wait for next month */
    unsigned *open;       /* by stage of all segments */
    struct award *awards; /* seat x awards */
    double *expensed;     /* seat x components: of what is not settled */
    struct payment *log;  /* months x seats, lent to the firm unless somebody else lends one */
};

/* An open question of the auditor: where and when. */
struct question {
    const struct firm *firm;
    size_t month;
    const char *name; /* of a role or segment, or "the firm" */
};

__attribute__((format(printf, 3, 4))) static void require(const struct question *question,
                                                          bool holds, const char *format, ...) {
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

/* Equal but for rounding: `part` of the larger, and an absolute `least`. */
static bool near(double a, double b, double part, double least) {
    return fabs(a - b) <= part * fmax(fabs(a), fabs(b)) + least;
}

/* Float products of potential and wallet, changed one by one, against their sums in double. */
static const double FLOAT_PART = 1e-5;
static const double DOUBLE_PART = 1e-9;
static const double CENT = 0.01;

/* ---- memory */

bool audit_init(struct firm *firm, struct error *error) {
    const struct model *model = firm->model;
    struct audit *audit = memory_array(1, sizeof *audit, "audits", error);
    firm->audit = audit;
    if (audit == NULL) {
        return false;
    }
    size_t seats = model->seat_count;
    audit->live = memory_array(model->segment_count, sizeof *audit->live, "audits", error);
    audit->run_rate = memory_array(model->segment_count, sizeof(double), "audits", error);
    audit->pushed = memory_array(model->segment_count, sizeof *audit->pushed, "audits", error);
    audit->open = memory_array(model->stage_count, sizeof *audit->open, "audits", error);
    audit->awards = memory_array(seats * model->award_most, sizeof *audit->awards, "audits", error);
    audit->expensed = memory_array(seats * model->component_most, sizeof(double), "audits", error);
    audit->log = memory_array(model->months * seats, sizeof *audit->log, "audits", error);
    return audit->live != NULL && audit->run_rate != NULL && audit->pushed != NULL &&
           audit->open != NULL && audit->awards != NULL && audit->expensed != NULL &&
           audit->log != NULL;
}

void audit_free(struct firm *firm) {
    struct audit *audit = firm->audit;
    if (audit != NULL) {
        free(audit->live);
        free(audit->run_rate);
        free(audit->pushed);
        free(audit->open);
        free(audit->awards);
        free(audit->expensed);
        free(audit->log);
        free(audit);
    }
    firm->audit = NULL;
}

/* ---- counting again */

static size_t count_live(const struct accounts *accounts) {
    size_t live = 0;
    for (size_t a = 0; a < accounts->used; a++) {
        live += accounts->potential[a] > 0.0F;
    }
    return live;
}

static double sum_run_rate(const struct accounts *accounts) {
    double sum = 0.0;
    for (size_t a = 0; a < accounts->used; a++) {
        sum += (double)(accounts->potential[a] * accounts->wallet[a]);
    }
    return sum;
}

static unsigned count_open(const struct firm *firm, size_t stage) {
    unsigned open = 0;
    for (size_t seat = 0; seat < firm->model->seat_count; seat++) {
        open += firm->open_deals[seat * firm->model->stage_count + stage];
    }
    return open;
}

static size_t count_people(const struct firm *firm, size_t first, size_t end) {
    size_t people = 0;
    for (size_t seat = first; seat < end; seat++) {
        people += firm->seats[seat].filled;
    }
    return people;
}

/* What has been expensed of a person's awards of one component that are not settled. */
static double sum_expensed(const struct firm *firm, size_t seat, size_t c) {
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
    audit->people = count_people(firm, 0, model->seat_count);
    for (size_t s = 0; s < model->segment_count; s++) {
        audit->live[s] = firm->accounts[s].live;
        audit->run_rate[s] = sum_run_rate(&firm->accounts[s]);
        audit->pushed[s] = 0;
    }
    for (size_t i = 0; i < firm->pushed_count; i++) {
        audit->pushed[firm->pushed[i].segment]++;
    }
    for (size_t k = 0; k < model->stage_count; k++) {
        audit->open[k] = count_open(firm, k);
    }
    memcpy(audit->awards, firm->awards,
           model->seat_count * model->award_most * sizeof *audit->awards);
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        size_t count = model->roles[firm->seats[seat].role].plan->component_count;
        for (size_t c = 0; c < count; c++) {
            audit->expensed[seat * model->component_most + c] = sum_expensed(firm, seat, c);
        }
    }
}

static bool nobody_left(const struct question *question) {
    const struct flows *all = &firm_ledger(question->firm, question->month, PART_ALL)->flows;
    return all->exits_voluntary + all->exits_involuntary + all->retirements + all->internal_moves ==
           0.0;
}

/* ---- customers */

static void audit_segment_stocks(const struct question *question, size_t s) {
    const struct firm *firm = question->firm;
    const struct ledger *ledger = firm_segment_ledger(firm, question->month, s);
    const struct flows *flows = &ledger->flows;
    size_t live = count_live(&firm->accounts[s]);
    require(question, live == firm->accounts[s].live && ledger->stocks.customers == (double)live,
            "there are %zu customers, but %zu are said to be and %.17g are in the books", live,
            firm->accounts[s].live, ledger->stocks.customers);
    double change = (double)live - (double)firm->audit->live[s];
    require(question, change == flows->customers_won - flows->customers_lost,
            "%.17g customers won less %.17g lost are not the change of %.17g", flows->customers_won,
            flows->customers_lost, change);
    require(question, flows->renewals_due == flows->renewals_kept + flows->customers_lost,
            "%.17g renewals due are not %.17g kept and %.17g customers lost", flows->renewals_due,
            flows->renewals_kept, flows->customers_lost);
    require(question, flows->account_months == (double)firm->audit->live[s],
            "%.17g account-months, but there were %zu customers", flows->account_months,
            firm->audit->live[s]);
}

/* Money in the accounts moves by what the books say was won, grown and lost. */
static void audit_segment_revenue(const struct question *question, size_t s) {
    const struct firm *firm = question->firm;
    const struct ledger *ledger = firm_segment_ledger(firm, question->month, s);
    const struct flows *flows = &ledger->flows;
    double before = firm->audit->run_rate[s];
    double now = sum_run_rate(&firm->accounts[s]);
    require(question, near(now, ledger->stocks.run_rate, FLOAT_PART, CENT),
            "the accounts bring %.17g a year, the books say %.17g", now, ledger->stocks.run_rate);
    double won = flows->new_revenue + flows->discounts; /* at list price */
    double gone = won - ledger->stocks.fresh;           /* again, with an owner */
    double moved = before * math_exp(flows->log_net_retention) + won - gone;
    require(question, near(now, moved, FLOAT_PART, CENT),
            "%.17g a year before, with growth and losses and %.17g won, give %.17g, not %.17g",
            before, won, moved, now);
    /* a month's losses and those by owners that left multiply, they do not add up */
    bool stable = nobody_left(question);
    double kept = before * math_exp(flows->log_gross_retention);
    double lost = flows->contraction + flows->churned_revenue;
    require(
        question, !stable || before - lost <= 0.0 || near(before - lost, kept, FLOAT_PART, CENT),
        "%.17g of %.17g a year are kept, but %.17g are contraction and churn", kept, before, lost);
    double season = firm->model->segments[s].segment->leads.season[question->month % 12];
    double recognised = before / 12.0 * season * firm_demand(firm);
    require(question, near(flows->revenue, recognised, FLOAT_PART, CENT),
            "%.17g of revenue is booked, the accounts bring %.17g", flows->revenue, recognised);
}

/* Customers that a seat owns or supports. */
static long count_served(const struct firm *firm, size_t seat) {
    long served = 0;
    for (size_t s = 0; s < firm->model->segment_count; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        for (size_t a = 0; a < accounts->used; a++) {
            bool alive = accounts->potential[a] > 0.0F;
            served += alive && accounts->owner[a] == (int32_t)seat;
            served += alive && accounts->coverage[a].supporter == (int32_t)seat;
        }
    }
    return served;
}

/* Every customer has one owner or none, and the owners know how many they have; besides them there
 * are those that a former owner still looks after. */
static void audit_owners(const struct question *question) {
    const struct firm *firm = question->firm;
    const struct model *model = firm->model;
    long shared = 0;
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        long served = count_served(firm, seat);
        require(question, served <= firm->seats[seat].accounts,
                "seat %zu has %ld accounts, but only %ld are said to be its own", seat, served,
                firm->seats[seat].accounts);
        shared += firm->seats[seat].accounts - served;
    }
    double overlaps = firm_ledger(firm, question->month, PART_ALL)->flows.overlap_months;
    require(question, (double)shared == overlaps,
            "%ld accounts are served beside those of their own, %.17g are handed over", shared,
            overlaps);
    for (size_t s = 0; s < model->segment_count; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        for (size_t a = 0; a < accounts->used; a++) {
            int32_t owner = accounts->owner[a];
            bool known = owner == NO_OWNER || (owner >= 0 && (size_t)owner < model->seat_count);
            bool alive = accounts->potential[a] > 0.0F;
            require(question, known && (alive || owner == NO_OWNER),
                    "slot %zu of segment %zu, %s, has the owner %d", a, s,
                    alive ? "a customer" : "nobody's", (int)owner);
        }
    }
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
            require(question, intakes[m].here <= intakes[m].came,
                    "%u of the %u who came in month %zu are here", intakes[m].here, intakes[m].came,
                    m + 1);
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
        require(question, here == said, "of those who came to part %zu %zu are here, not %zu",
                part_of_role(p), here, said);
    }
}

/* ---- opportunities */

static void audit_pipeline(const struct question *question, size_t s) {
    const struct firm *firm = question->firm;
    const struct segment_law *law = &firm->model->segments[s];
    const struct flows *all = &firm_segment_ledger(firm, question->month, s)->flows;
    double arrived = all->leads;
    double abandoned = 0.0;
    for (size_t k = 0; k < law->segment->pipeline.stage_count; k++) {
        const struct flows *flows = &firm_stage_ledger(firm, question->month, s, k)->flows;
        double before = firm->audit->open[law->first_stage + k];
        double now = count_open(firm, law->first_stage + k);
        require(question, now == before + arrived - flows->decided - flows->deals_abandoned,
                "stage %zu: %.17g open and %.17g new, less %.17g decided and %.17g abandoned, are "
                "not %.17g",
                k + 1, before, arrived, flows->decided, flows->deals_abandoned, now);
        arrived = flows->advanced;
        abandoned += flows->deals_abandoned;
    }
    require(question, arrived == all->advanced && abandoned == all->deals_abandoned,
            "%.17g won and %.17g abandoned in the stages are not %.17g and %.17g of the segment",
            arrived, abandoned, all->advanced, all->deals_abandoned);
    double closed = 0.0;
    double won = 0.0;
    for (size_t i = 0; i < firm->closing_count; i++) {
        closed += firm->closings[i].segment == s;
        won += firm->closings[i].segment == s && firm->closings[i].won;
    }
    double returned = closed + all->deals_pushed - all->advanced;
    bool full = firm->closing_count == firm->closing_capacity; /* more than there are to be won */
    require(question, full || (returned >= 0.0 && returned <= (double)firm->audit->pushed[s]),
            "%.17g closed and %.17g pushed do not come from %.17g won and at most %zu kept back",
            closed, all->deals_pushed, all->advanced, firm->audit->pushed[s]);
    require(question, won == all->deals && won == all->customers_won,
            "%.17g contracts were won, the books say %.17g deals and %.17g customers", won,
            all->deals, all->customers_won);
}

/* ---- people */

static void audit_people(const struct question *question) {
    const struct firm *firm = question->firm;
    const struct model *model = firm->model;
    const struct flows *flows = &firm_ledger(firm, question->month, PART_ALL)->flows;
    double people = (double)count_people(firm, 0, model->seat_count);
    double exits = flows->exits_voluntary + flows->exits_involuntary + flows->retirements;
    double before = (double)firm->audit->people;
    require(question, people == before + flows->hires - flows->internal_moves - exits,
            "%.17g people, %.17g hires (%.17g from inside) and %.17g exits do not give %.17g",
            before, flows->hires, flows->internal_moves, exits, people);
    require(question, flows->person_months == before, "%.17g person-months of %.17g people",
            flows->person_months, before);
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *law = &model->roles[r];
        double here = (double)count_people(firm, law->first_seat, law->first_seat + law->seats);
        const struct stocks *stocks = &firm_role_ledger(firm, question->month, r)->stocks;
        require(question, stocks->headcount == here, "role %s has %.17g people, not %.17g",
                law->role->name, here, stocks->headcount);
    }
}

/* ---- pay */

static void audit_pay(const struct question *question, size_t r) {
    const struct firm *firm = question->firm;
    const struct role_law *law = &firm->model->roles[r];
    const struct flows *flows = &firm_role_ledger(firm, question->month, r)->flows;
    double total = 0.0;
    for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
        total += firm->audit->log[question->month * firm->model->seat_count + seat].total;
    }
    double booked = flows->commission + flows->bonus + flows->draws;
    require(question, near(total, booked, DOUBLE_PART, CENT),
            "%.17g was paid by the statements, %.17g is in the books", total, booked);
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct flows *line = &firm_component_ledger(firm, question->month, r, c)->flows;
        double paid = 0.0;
        for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
            paid += firm->audit->log[question->month * firm->model->seat_count + seat].line[c];
        }
        require(question, near(paid, line->commission + line->bonus, DOUBLE_PART, CENT),
                "component %s paid %.17g, the books say %.17g", law->plan->components[c].name, paid,
                line->commission + line->bonus);
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
    require(question,
            award->settled >= 0.0 && award->settled <= award->vested + DOUBLE_PART &&
                award->vested <= 1.0 + DOUBLE_PART,
            "an award of %s is settled to %.17g and vested to %.17g of it", terms->name,
            award->settled, award->vested);
    require(question, !ltip || award->age < terms->cycle_months,
            "a cycle of %s is open in its month %ld", terms->name, award->age);
    require(question, award->value >= 0.0 && award->units >= 0.0 && award->expense > -CENT,
            "an award of %s has value %.17g, units %.17g, expense %.17g", terms->name, award->value,
            award->units, award->expense);
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
            sum_expensed(firm, seat, c) - firm->audit->expensed[seat * model->component_most + c];
        outstanding += firm->seats[seat].filled ? award_outstanding(firm, seat, c) : 0.0;
        for (size_t a = 0; a < law->components[c].award_count; a++) {
            require(question, !open[a].open || firm->seats[seat].filled,
                    "nobody sits on seat %zu, which has an open award of %s", seat, terms->name);
            if (open[a].open) {
                audit_award(question, terms, &open[a]);
            }
        }
    }
    const struct flows *flows = &ledger->flows;
    bool gone = flows->lti_granted > granted && !nobody_left(question); /* granted and lost */
    require(question, gone || near(flows->lti_granted, granted, DOUBLE_PART, CENT),
            "%.17g of %s was granted, the awards are %.17g", flows->lti_granted, terms->name,
            granted);
    require(question, near(ledger->stocks.ltip_outstanding, outstanding, DOUBLE_PART, CENT),
            "%.17g of %s is outstanding, the books say %.17g", outstanding, terms->name,
            ledger->stocks.ltip_outstanding);
    bool at_grant = terms->settlement == SETTLEMENT_RSU || terms->settlement == SETTLEMENT_OPTION;
    double paid = flows->ltip_paid + flows->shares_vested;
    require(question,
            (at_grant && terms->type != COMPONENT_LTIP) ||
                near(flows->lti_expense, paid + accrued, 1e-6, CENT * (double)(awards + 1)),
            "%s costs %.17g, but %.17g is paid and %.17g accrued", terms->name, flows->lti_expense,
            paid, accrued);
}

/* ---- the firm */

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
    require(question, near(all->revenue, revenue, DOUBLE_PART, CENT),
            "the segments' revenue is %.17g, the firm's %.17g", revenue, all->revenue);
    require(question, near(paid, pay, DOUBLE_PART, CENT), "the roles are paid %.17g, all %.17g",
            pay, paid);
    require(question,
            near(sold, won, DOUBLE_PART, CENT) && near(all->new_revenue, won, DOUBLE_PART, CENT),
            "the roles sold %.17g, the segments bought %.17g, the firm has %.17g", sold, won,
            all->new_revenue);
    require(question, near(all->profit, margin - costs - discounts, DOUBLE_PART, CENT),
            "a margin of %.17g less costs of %.17g and discounts of %.17g is no profit of %.17g",
            margin, costs, discounts, all->profit);
}

void audit_start(struct firm *firm) {
    size_t cells = firm->model->months * firm->model->seat_count;
    memset(firm->audit->log, 0, cells * sizeof *firm->audit->log);
    if (firm->pay_log == NULL) {
        firm->pay_log = firm->audit->log;
    }
    remember(firm);
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
        audit_segment_stocks(&question, s);
        audit_segment_revenue(&question, s);
        audit_pipeline(&question, s);
    }
    for (size_t r = 0; r < model->role_count; r++) {
        question.name = model->roles[r].role->name;
        if (firm->pay_log == firm->audit->log) {
            audit_pay(&question, r);
        }
        for (size_t c = 0; c < model->roles[r].plan->component_count; c++) {
            if (model->roles[r].components[c].award_count > 0) {
                audit_awards(&question, r, c);
            }
        }
    }
    remember(firm);
}
