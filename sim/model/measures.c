/* What everybody reached this month in terms of the metrics that plans pay on. */
#include "base/distribution.h"
#include "base/mathematics.h"
#include "model/steps.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Readings are kept for all customers and for each segment, by owner or winner, of the metrics that
 * some plan looks at. */
static struct reading *reading_of(const struct firm *firm, size_t part, size_t owner,
                                  enum metric metric) {
    size_t owners = firm->model->seat_count + 1;
    size_t parts = firm->model->segment_count + 1;
    return &firm->readings[((size_t)metric * parts + part) * owners + owner];
}

static void add(struct firm *firm, size_t s, size_t owner, enum metric metric, double value,
                double base) {
    if (!firm->model->uses[metric]) {
        return;
    }
    for (size_t part = 0; part <= 1; part++) {
        struct reading *reading = reading_of(firm, part == 0 ? 0 : s + 1, owner, metric);
        reading->value += value;
        reading->base += base;
    }
}

static void read_closings(struct firm *firm) {
    for (size_t i = 0; i < firm->closing_count; i++) {
        const struct closing *closing = &firm->closings[i];
        if (!closing->won) {
            continue;
        }
        size_t s = closing->segment;
        size_t winner = closing->seat + 1;
        double margin = firm->model->segments[s].segment->contract.margin * closing->value;
        add(firm, s, winner, METRIC_NEW_REVENUE, closing->value, 0.0);
        add(firm, s, winner, METRIC_NEW_CUSTOMERS, 1.0, 0.0);
        add(firm, s, winner, METRIC_DEALS, 1.0, 0.0);
        add(firm, s, winner, METRIC_BOOKINGS, closing->value, 0.0);
        add(firm, s, winner, METRIC_MARGIN, margin, 0.0);
        add(firm, s, winner, METRIC_MARGIN_RATE, margin, closing->value);
    }
}

static void read_books(struct firm *firm, size_t s) {
    const struct book_sums *books = &firm->books[s];
    double margin = firm->model->segments[s].segment->contract.margin;
    for (size_t owner = 0; owner <= firm->model->seat_count; owner++) {
        double expansion = books->owner[owner].expansion;
        double before = books->owner[owner].before;
        add(firm, s, owner, METRIC_EXPANSION_REVENUE, expansion, 0.0);
        add(firm, s, owner, METRIC_BOOKINGS, expansion, 0.0);
        add(firm, s, owner, METRIC_MARGIN, expansion * margin, 0.0);
        add(firm, s, owner, METRIC_MARGIN_RATE, expansion * margin, expansion);
        add(firm, s, owner, METRIC_MANAGED_REVENUE, before / 12.0, 0.0);
        add(firm, s, owner, METRIC_NET_RETENTION, books->owner[owner].after, before);
        add(firm, s, owner, METRIC_GROSS_RETENTION, books->owner[owner].kept, before);
        add(firm, s, owner, METRIC_RENEWALS, books->owner[owner].renewed, 0.0);
        add(firm, s, owner, METRIC_RENEWAL_RATE, books->owner[owner].renewed,
            books->owner[owner].due);
    }
}

/* Wallet share, satisfaction and expected NPS of the book: a pass over all accounts. */
static void read_states(struct firm *firm, size_t s) {
    const struct accounts *accounts = &firm->accounts[s];
    const struct segment *segment = firm->model->segments[s].segment;
    double total = segment->satisfaction.rating_sd;
    double state = segment->satisfaction.sd;
    double answer = total * sqrt(fmax(0.0, 1.0 - state * state));
    for (size_t a = 0; a < accounts->used; a++) {
        double potential = (double)accounts->potential[a];
        if (potential <= 0.0) {
            continue;
        }
        size_t owner = (size_t)accounts->owner[a] + 1;
        double rating = segment->satisfaction.mean + total * (double)accounts->satisfaction[a];
        double promoter =
            answer > 0.0 ? normal_distribution((rating - 8.5) / answer) : rating >= 8.5;
        double detractor =
            answer > 0.0 ? normal_distribution((6.5 - rating) / answer) : rating < 6.5;
        add(firm, s, owner, METRIC_WALLET_SHARE, potential * (double)accounts->wallet[a],
            potential);
        add(firm, s, owner, METRIC_SATISFACTION, rating, 1.0);
        add(firm, s, owner, METRIC_NPS, 100.0 * (promoter - detractor), 1.0);
    }
}

/* Customer lifetime value now and at the end of last month, same customers; lost ones count 0. */
static void read_values(struct firm *firm, size_t s, double *before, double *now) {
    struct accounts *accounts = &firm->accounts[s];
    const struct segment_law *law = &firm->model->segments[s];
    double margin = law->segment->contract.margin;
    double wacc = firm->model->parameters->firm.wacc;
    for (size_t a = 0; a < accounts->used; a++) {
        double was = (double)accounts->value[a];
        double is = account_value(accounts, &law->account, a, margin, wacc);
        if (was > 0.0) {
            add(firm, s, (size_t)accounts->owner[a] + 1, METRIC_CLV, is, was);
        }
        *before += was;
        *now += is;
        accounts->value[a] = (real)is;
    }
    for (size_t i = 0; i < accounts->lost_count; i++) {
        double was = (double)accounts->lost[i].value;
        add(firm, s, (size_t)accounts->lost[i].owner + 1, METRIC_CLV, 0.0, was);
        *before += was;
    }
}

/* Rank of the total return of the last three years among very many peers whose shares follow the
 * same law without the firm's own surprises: the normal law of their log returns. */
static double return_rank(const struct firm *firm, size_t month) {
    const struct economy *economy = &firm->model->parameters->economy;
    size_t months = month + 1 < 36 ? month + 1 : 36;
    double then = firm->share_prices[month + 1 - months];
    double sd = economy->share.volatility * sqrt((double)months / 12.0);
    double drift = (math_log(1.0 + economy->share.growth) -
                    0.5 * economy->share.volatility * economy->share.volatility) *
                   (double)months / 12.0;
    double gain = math_log(firm->share_price / then) - drift;
    return sd > 0.0 ? normal_distribution(gain / sd) : 0.5;
}

static void read_firm(struct firm *firm, size_t month, double before, double now) {
    struct reading *profit = reading_of(firm, 0, 0, METRIC_PROFIT);
    struct reading *price = reading_of(firm, 0, 0, METRIC_TOTAL_RETURN);
    struct reading *rank = reading_of(firm, 0, 0, METRIC_RETURN_RANK);
    struct reading *equity = reading_of(firm, 0, 0, METRIC_CUSTOMER_EQUITY);
    /* the books of this month are not closed yet; before the first there is what is expected */
    struct slot slot = {.metric = METRIC_PROFIT, .scope = SCOPE_FIRM, .product = ""};
    profit->value = month > 0 ? firm_ledger(firm, month - 1, 0)->flows.profit
                              : reference_metric(firm->model->parameters, 0, &slot).mean;
    *price = (struct reading){firm->share_price, firm->share_prices[month]};
    *rank = (struct reading){return_rank(firm, month), 1.0};
    *equity = (struct reading){now, before};
    firm->share_prices[month + 1] = firm->share_price;
}

void step_measures(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    double before = 0.0;
    double now = 0.0;
    size_t count = (model->segment_count + 1) * (model->seat_count + 1);
    for (size_t metric = 0; metric < METRIC_COUNT; metric++) {
        if (model->uses[metric]) {
            memset(&firm->readings[metric * count], 0, count * sizeof *firm->readings);
        }
    }
    read_closings(firm);
    for (size_t s = 0; s < model->segment_count; s++) {
        read_books(firm, s);
        if (model->needs_states) {
            read_states(firm, s);
        }
        if (model->needs_values) {
            read_values(firm, s, &before, &now);
        }
    }
    read_firm(firm, month, before, now);
}

/* Seats whose results a scope counts together with those of one seat. */
struct group measure_group(const struct firm *firm, size_t seat, enum scope scope) {
    const struct model *model = firm->model;
    const struct role_law *role = &model->roles[firm->seats[seat].role];
    size_t first = role->first_seat;
    size_t team = (size_t)role->role->team_size;
    size_t end = first + role->seats;
    switch (scope) {
    case SCOPE_PERSON:
        return (struct group){seat, seat + 1};
    case SCOPE_TEAM:
        first += (seat - first) / team * team;
        return (struct group){first, first + team < end ? first + team : end};
    case SCOPE_ROLE:
        return (struct group){first, end};
    case SCOPE_FIRM:
        break;
    }
    return (struct group){0, model->seat_count};
}

/* Revenue this month of the contracts that the person on a seat won less than `months` ago. */
static double recurring(const struct firm *firm, size_t part, size_t seat, long months,
                        size_t month) {
    double revenue = 0.0;
    for (size_t s = 0; s < firm->model->segment_count; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        for (size_t a = 0; (part == 0 || part == s + 1) && a < accounts->used; a++) {
            bool mine = accounts->winner[a] == (int32_t)seat &&
                        accounts->winner_number[a] == (uint32_t)firm->seats[seat].occupants;
            if (mine && (long)month - accounts->won_month[a] < months) {
                revenue += (double)(accounts->potential[a] * accounts->wallet[a]) / 12.0;
            }
        }
    }
    return revenue;
}

struct reading measure_read(const struct firm *firm, size_t seat, const struct slot_law *law,
                            size_t month) {
    const struct model *model = firm->model;
    enum metric metric = law->slot.metric;
    size_t part = law->segment < model->segment_count ? law->segment + 1 : 0;
    struct reading sum = {0.0, 0.0};
    assert(model->uses[metric] || metric_of_firm(metric)); /* others are not kept */
    if (metric_of_firm(metric)) {
        sum = *reading_of(firm, 0, 0, metric);
    } else if (law->segment != NO_SEGMENT) {
        struct group group = measure_group(firm, seat, law->slot.scope);
        size_t first = law->slot.scope == SCOPE_FIRM ? 0 : group.first + 1; /* 0: no owner */
        for (size_t owner = first; owner < group.end + 1; owner++) {
            if (metric == METRIC_RECURRING_REVENUE) {
                sum.value += owner == 0 ? 0.0
                                        : recurring(firm, part, owner - 1,
                                                    law->slot.recurring_months, month);
                continue;
            }
            const struct reading *reading = reading_of(firm, part, owner, metric);
            sum.value += reading->value;
            sum.base += reading->base;
        }
    }
    switch (metric_kind(metric)) {
    case METRIC_INDEX: /* an empty book neither grows nor shrinks */
        sum.value = sum.base > 0.0 ? fmax(sum.value / sum.base, 1e-6) : 1.0;
        break;
    case METRIC_MEAN:
    case METRIC_END:
        sum.value = sum.base > 0.0 ? sum.value / sum.base : (double)NAN;
        break;
    case METRIC_FLOW:
    case METRIC_RATIO:
        break;
    }
    return sum;
}
