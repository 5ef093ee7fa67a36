/* Customers whom the rules of coverage give to another role: the queue for room there, owners who
 * hold back, the handover itself and the credit after it (docs/model.md, section 8). */
#include "base/mathematics.h"
#include "model/handover.h"
#include "model/loads.h"
#include "model/steps.h"

#include <math.h>

enum { STAKE_MONTHS = 12 };

size_t coverage_role(const struct firm *firm, size_t s, const struct covered *customer) {
    const struct segment_law *law = &firm->model->segments[s];
    size_t rules = law->segment->coverage.rule_count;
    size_t k = rules > 0 ? coverage_rule(law->segment, customer) : 0;
    return k < rules ? law->rule_roles[k] : firm->model->role_count;
}

/* First come, first served; among those of the same month the largest first. */
static bool is_before(const struct waiting *a, const struct waiting *b) {
    if (a->waited != b->waited) {
        return a->waited > b->waited;
    }
    return a->potential > b->potential || (a->potential >= b->potential && a->id < b->id);
}

static void sift_down(struct waiting *heap, size_t at, size_t count) {
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count) {
            return;
        }
        child += child + 1 < count && is_before(&heap[child + 1], &heap[child]);
        if (!is_before(&heap[child], &heap[at])) {
            return;
        }
        struct waiting moved = heap[at];
        heap[at] = heap[child];
        heap[child] = moved;
        at = child;
    }
}

void queue_order(struct waiting *queue, size_t count) {
    for (size_t at = count / 2; at-- > 0;) {
        sift_down(queue, at, count);
    }
}

struct waiting queue_take(struct waiting *queue, size_t count) {
    struct waiting first = queue[0];
    queue[0] = queue[count - 1];
    sift_down(queue, 0, count - 1);
    return first;
}

/* Everybody whom the rules give to another role than the owner's, as a heap. */
static size_t collect(struct firm *firm, long month) {
    size_t count = 0;
    for (size_t s = 0; s < firm->model->segment_count; s++) {
        struct accounts *accounts = &firm->accounts[s];
        if (firm->model->segments[s].segment->coverage.rule_count == 0) {
            continue;
        }
        for (size_t a = 0; a < accounts->used; a++) {
            struct coverage *coverage = &accounts->coverage[a];
            double potential = (double)accounts->potential[a];
            if (potential <= 0.0) {
                continue;
            }
            const struct covered customer = {potential,
                                             (double)(accounts->potential[a] * accounts->wallet[a]),
                                             (double)(month - coverage->since)};
            size_t role = coverage_role(firm, s, &customer);
            int32_t owner = accounts->owner[a];
            if (role == firm->model->role_count ||
                (owner != NO_OWNER && firm->seats[owner].role == role)) {
                coverage->waited = 0;
                coverage->offered = 0;
                continue;
            }
            firm->queue[count++] = (struct waiting){
                accounts->id[a], s, a, role, coverage->waited, accounts->potential[a]};
        }
    }
    queue_order(firm->queue, count);
    return count;
}

/* Expected revenue of the next twelve months from here on under normal care of the new owner. */
static double expected_revenue(const struct firm *firm, const struct waiting *one, double input,
                               double r, double s) {
    const struct accounts *accounts = &firm->accounts[one->segment];
    const struct account_law *law = &firm->model->segments[one->segment].account;
    double p = (double)accounts->potential[one->slot];
    double w = (double)accounts->wallet[one->slot];
    double ceiling = (double)law->ceiling;
    double here = 1.0;
    double revenue = 0.0;
    long due = accounts->renewal[one->slot];
    for (int month = 1; month <= STAKE_MONTHS; month++) {
        revenue += here * p * w / 12.0;
        double gain = (double)law->growth * input * r * (ceiling - w);
        w += (gain > 0.0 ? gain : 0.0) - (double)law->leak * (1.0 - r) * w;
        p += p * ((double)law->market + (double)law->innovation * r);
        s = (double)law->persistence * s +
            (double)law->care_effect * math_log(input > 0.05 ? input : 0.05);
        r += (double)law->investment * input * (1.0 - r) - (double)law->decay * r;
        if (month == due) {
            double odds = (double)accounts->churn_odds[one->slot] *
                          math_exp(-(double)law->b_satisfaction * s -
                                   (double)law->b_relationship * (r - (double)law->reference) +
                                   (double)(law->b_owner * accounts->kappa[one->slot]) -
                                   (double)law->satisfaction_correction);
            here /= 1.0 + odds;
            due += law->term;
        }
    }
    return revenue;
}

/* What the relationship suffers, and what it is expected to cost within a year. */
static double suffer(struct firm *firm, const struct waiting *one) {
    struct accounts *accounts = &firm->accounts[one->segment];
    const struct role_law *law = &firm->model->roles[one->role];
    double lost = handover_loss(&firm->model->parameters->handover,
                                accounts->coverage[one->slot].supporter != NO_OWNER);
    double r = (double)accounts->relationship[one->slot];
    double s = (double)accounts->satisfaction[one->slot];
    double input = law->fit[one->segment];
    double stake = expected_revenue(firm, one, input, r, s) -
                   expected_revenue(firm, one, input, r * (1.0 - lost), s - lost);
    accounts->relationship[one->slot] = (real)(r * (1.0 - lost));
    accounts->satisfaction[one->slot] = (real)(s - lost);
    return stake;
}

/* From somebody who stays: both keep it for the months of overlap. */
static void hand_over(struct firm *firm, size_t month, const struct waiting *one, size_t heir) {
    const struct handover *handover = &firm->model->parameters->handover;
    struct accounts *accounts = &firm->accounts[one->segment];
    struct coverage *coverage = &accounts->coverage[one->slot];
    struct flows *flows = &firm_segment_ledger(firm, month, one->segment)->flows;
    int32_t owner = accounts->owner[one->slot];
    double revenue = (double)(accounts->potential[one->slot] * accounts->wallet[one->slot]);
    long credit = handover->credit.months - coverage->offered;
    coverage->partner = NO_OWNER;
    coverage->credit = 0;
    coverage->overlap = 0;
    owner_take(firm, accounts, one->slot);
    if (owner != NO_OWNER && firm->seats[owner].filled) {
        double stake = suffer(firm, one);
        flows->handover_loss += stake;
        firm_note(firm, (struct entry){.month = (long)month,
                                       .kind = ENTRY_HANDED,
                                       .seat = (size_t)owner,
                                       .other = heir,
                                       .value = {revenue, (double)coverage->waited,
                                                 (double)coverage->offered, stake}});
        coverage->partner = owner;
        coverage->partner_number = (uint32_t)firm->seats[owner].occupants;
        coverage->credit = credit > 0 ? (int32_t)credit : 0;
        coverage->overlap = (int32_t)handover->overlap.months;
        accounts->care_gap[one->slot] = 0.0F;
        owner_give(firm, accounts, one->slot, heir);
    } else { /* what is lost with an owner who left has been counted then */
        owner_note(firm, month, owner == NO_OWNER ? firm->model->seat_count : (size_t)owner, heir,
                   revenue, 0.0);
        owner_adopt(firm, one->segment, one->slot, heir);
    }
    flows->handovers += 1.0;
    flows->handover_wait += (double)coverage->waited;
    flows->handover_held += (double)coverage->offered;
    coverage->waited = 0;
    coverage->offered = 0;
}

/* An owner holds a customer back while it brings more than the former owner's credit would. */
static bool holds_back(const struct firm *firm, const struct waiting *one) {
    const struct handover *handover = &firm->model->parameters->handover;
    const struct accounts *accounts = &firm->accounts[one->segment];
    int32_t owner = accounts->owner[one->slot];
    if (owner == NO_OWNER || !firm->seats[owner].filled) {
        return false;
    }
    const struct role_law *law = &firm->model->roles[firm->seats[owner].role];
    const struct interest *interest = &law->interest[one->segment];
    int32_t offered = accounts->coverage[one->slot].offered;
    double revenue = (double)(accounts->potential[one->slot] * accounts->wallet[one->slot]);
    double shared = offered < handover->credit.months ? handover->credit.former : 0.0;
    double gain = (interest->revenue * revenue + interest->renewal) * (1.0 - shared);
    return handover_withheld(handover, gain, offered, law->role->market_pay / 12.0);
}

void step_handovers(struct firm *firm, size_t month) {
    if (!firm->model->has_rules) {
        return;
    }
    size_t count = collect(firm, (long)month);
    loads_begin(firm);
    while (count > 0) {
        struct waiting one = queue_take(firm->queue, count--);
        struct coverage *coverage = &firm->accounts[one.segment].coverage[one.slot];
        size_t heir = owner_least_loaded(firm, one.segment, one.role, firm->model->seat_count);
        bool room = heir < firm->model->seat_count && owner_has_room(firm, heir);
        if (room && !holds_back(firm, &one)) {
            hand_over(firm, month, &one, heir);
            continue;
        }
        coverage->waited++;
        coverage->offered += room;
        firm_segment_ledger(firm, month, one.segment)->stocks.handover_queue += 1.0;
    }
    loads_end(firm);
}

/* Customers of the start are where the rules want them, as far as there is room. */
bool start_coverage(struct firm *firm) {
    bool moved = false;
    size_t count = firm->model->has_rules ? collect(firm, -1) : 0;
    loads_begin(firm);
    while (count > 0) {
        struct waiting one = queue_take(firm->queue, count--);
        struct accounts *accounts = &firm->accounts[one.segment];
        size_t heir = owner_least_loaded(firm, one.segment, one.role, firm->model->seat_count);
        if (heir == firm->model->seat_count || !owner_has_room(firm, heir)) {
            continue;
        }
        owner_take(firm, accounts, one.slot);
        owner_give(firm, accounts, one.slot, heir);
        moved = true;
    }
    loads_end(firm);
    step_support(firm);
    return moved || firm->model->has_support;
}

/* The seat of who handed a customer over and is still there; the seat count: nobody. */
static size_t partner_of(const struct firm *firm, const struct coverage *coverage) {
    size_t seat =
        coverage->partner == NO_OWNER ? firm->model->seat_count : (size_t)coverage->partner;
    bool there = seat < firm->model->seat_count && firm->seats[seat].filled &&
                 (uint32_t)firm->seats[seat].occupants == coverage->partner_number;
    return there ? seat : firm->model->seat_count;
}

/* A month of one customer. */
struct results {
    double before;
    double after;
    double kept;
    double expansion;
    double due;
    double renewed;
};

static void books_add(const struct book_sums *books, size_t owner, const struct results *results,
                      double share) {
    books->owner[owner].before += share * results->before;
    books->owner[owner].after += share * results->after;
    books->owner[owner].kept += share * results->kept;
    books->owner[owner].expansion += share * results->expansion;
    books->owner[owner].due += share * results->due;
    books->owner[owner].renewed += share * results->renewed;
}

/* A customer's month counts for its owner, who handed it over and who supports it; what counts more
 * than once is taken off again where nobody owns, so that sums over everybody stay what they are.
 */
static void share(struct firm *firm, size_t s, int32_t owner, const struct coverage *coverage,
                  const struct results *results, struct flows *flows) {
    const struct handover *handover = &firm->model->parameters->handover;
    const struct book_sums *books = &firm->books[s];
    size_t partner = partner_of(firm, coverage);
    if (coverage->credit > 0 && partner < firm->model->seat_count) {
        books_add(books, partner + 1, results, handover->credit.former);
        books_add(books, (size_t)owner + 1, results, handover->credit.owner - 1.0);
        books_add(books, 0, results, 1.0 - handover->credit.owner - handover->credit.former);
        double revenue = handover->credit.former * results->before / 12.0;
        flows->shared_credit += revenue;
        firm->owned[firm->seats[partner].role].credited.shared += revenue;
    }
    if (coverage->supporter != NO_OWNER) {
        books_add(books, (size_t)coverage->supporter + 1, results, 1.0);
        books_add(books, 0, results, -1.0);
    }
}

void handover_credit(struct firm *firm, size_t month, size_t s) {
    struct accounts *accounts = &firm->accounts[s];
    struct flows *flows = &firm_segment_ledger(firm, month, s)->flows;
    size_t at = 0; /* in the list of those whose renewal was due, which is in their order */
    if (!firm->model->has_rules && !firm->model->has_support) {
        return;
    }
    for (size_t i = 0; i < accounts->lost_count; i++) {
        const struct lost_account *lost = &accounts->lost[i];
        struct results results = {
            .before = (double)lost->revenue, .expansion = (double)lost->expansion, .due = 1.0};
        share(firm, s, lost->owner, &lost->coverage, &results, flows);
    }
    for (size_t a = 0; a < accounts->used; a++) {
        struct coverage *coverage = &accounts->coverage[a];
        while (at < accounts->due_count && accounts->due[at] < a) {
            at++;
        }
        if (coverage->credit <= 0 && coverage->supporter == NO_OWNER) {
            continue;
        }
        double before = (double)accounts->before[a];
        double renewed = at < accounts->due_count && accounts->due[at] == a ? 1.0 : 0.0;
        struct results results = {before,
                                  (double)(accounts->potential[a] * accounts->wallet[a]),
                                  before - (double)accounts->contraction[a],
                                  (double)accounts->expansion[a],
                                  renewed,
                                  renewed};
        share(firm, s, accounts->owner[a], coverage, &results, flows);
        coverage->credit -= coverage->credit > 0;
    }
}

void handover_overlaps(struct firm *firm, size_t month) {
    for (size_t s = 0; firm->model->has_rules && s < firm->model->segment_count; s++) {
        struct accounts *accounts = &firm->accounts[s];
        for (size_t a = 0; a < accounts->used; a++) {
            struct coverage *coverage = &accounts->coverage[a];
            if (coverage->overlap <= 0) {
                continue;
            }
            size_t partner = partner_of(firm, coverage);
            if (partner < firm->model->seat_count) {
                firm->seats[partner].accounts++;
                firm_segment_ledger(firm, month, s)->flows.overlap_months += 1.0;
            }
            coverage->overlap--;
        }
    }
}
