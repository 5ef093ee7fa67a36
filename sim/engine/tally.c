#include "engine/tally.h"

#include "base/memory.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

bool tally_init(struct tally *tally, const struct roster *roster, size_t products, bool first_mode,
                long first_month, long last_month, struct error *error) {
    tally->roster = roster;
    tally->modes = first_mode ? CREDIT_MODES : 1;
    tally->owners = roster_owners(roster);
    tally->parts = products + 1;
    tally->first_month = first_month;
    tally->months = (size_t)(last_month - first_month + 1);
    size_t cells = tally->modes * tally->owners * tally->parts;
    tally->sums = memory_array(cells, sizeof *tally->sums, "sums of deals", error);
    tally->changes = memory_array(tally->changing ? cells * (tally->months + 1) : 1,
                                  sizeof *tally->changes, "sums of cancellations", error);
    return tally->sums != NULL && tally->changes != NULL;
}

static size_t cell_of(const struct tally *tally, enum credit_mode mode, size_t owner, size_t part) {
    return ((size_t)mode * tally->owners + owner) * tally->parts + part;
}

static struct tally_change *change_of(const struct tally *tally, size_t cell, size_t month) {
    return &tally->changes[cell * (tally->months + 1) + month];
}

void tally_next(struct tally *tally) {
    size_t cells = tally->modes * tally->owners * tally->parts;
    for (size_t c = 0; c < cells; c++) {
        struct tally_sums *sums = &tally->sums[c];
        struct tally_sums next = {.book = sums->book + sums->kept_new + sums->kept_expansion};
        if (tally->changing) {
            const struct tally_change *change = change_of(tally, c, tally->month + 1);
            next.book -= change_of(tally, c, tally->month)->lost;
            for (size_t r = 0; r < tally->recurring_count; r++) {
                next.recurring[r] = sums->recurring[r] + change->recurring[r];
            }
        }
        *sums = next;
    }
    tally->month++;
}

static bool grow(int64_t *sum, int64_t amount) {
    return !__builtin_add_overflow(*sum, amount, sum);
}

int64_t tally_deal(enum metric metric, const struct dealing *dealing, int64_t before,
                   int64_t share) {
    bool is_new = dealing->kind == DEAL_NEW;
    bool is_expansion = dealing->kind == DEAL_EXPANSION;
    int64_t amount = dealing_part(dealing->amount, before, share);
    int64_t count = dealing->amount < 0 ? 0 : share; /* a credit note is no deal */
    switch (metric) {
    case METRIC_NEW_REVENUE:
        return is_new ? amount : 0;
    case METRIC_NEW_CUSTOMERS:
        return is_new ? count : 0;
    case METRIC_DEALS:
        return is_new || is_expansion ? count : 0;
    case METRIC_MARGIN:
        return is_new || is_expansion ? dealing_part(dealing->margin, before, share) : 0;
    case METRIC_EXPANSION_REVENUE:
        return is_expansion ? amount : 0;
    case METRIC_BOOKINGS:
        return is_new || is_expansion ? amount : 0;
    default:
        return 0;
    }
}

/* A part of a deal for one owner and product. */
static bool add_cell(struct tally *tally, size_t cell, const struct dealing *dealing,
                     int64_t before, int64_t share) {
    struct tally_sums *sums = &tally->sums[cell];
    int64_t fresh = tally_deal(METRIC_NEW_REVENUE, dealing, before, share);
    int64_t expansion = tally_deal(METRIC_EXPANSION_REVENUE, dealing, before, share);
    int64_t count = dealing->amount < 0 ? 0 : share;
    bool good = grow(&sums->new_amount, fresh) && grow(&sums->expansion, expansion) &&
                grow(&sums->margin, tally_deal(METRIC_MARGIN, dealing, before, share)) &&
                grow(&sums->new_count, dealing->kind == DEAL_NEW ? count : 0) &&
                grow(&sums->expansion_count, dealing->kind == DEAL_EXPANSION ? count : 0) &&
                grow(&sums->renewals, dealing->kind == DEAL_RENEWAL ? count : 0);
    if (!good || !tally->changing) {
        return good;
    }
    long last = tally->first_month + (long)tally->months - 1;
    size_t lost =
        dealing->cancelled > last ? SIZE_MAX : (size_t)(dealing->cancelled - tally->first_month);
    if (lost != SIZE_MAX) {
        good = grow(&change_of(tally, cell, lost)->lost_count, count);
    }
    if (lost == tally->month) {
        return good; /* it never gets into the book */
    }
    good = good && grow(&sums->kept_new, fresh) && grow(&sums->kept_expansion, expansion);
    if (lost != SIZE_MAX) {
        good = good && grow(&change_of(tally, cell, lost)->lost, fresh + expansion);
    }
    for (size_t r = 0; r < tally->recurring_count && tally->month + 1 <= tally->months; r++) {
        size_t end = tally->month + 1 + (size_t)tally->recurring_months[r];
        end = lost != SIZE_MAX && lost + 1 < end ? lost + 1 : end;
        good = good &&
               grow(&change_of(tally, cell, tally->month + 1)->recurring[r], fresh + expansion);
        if (end <= tally->months) {
            good = good && grow(&change_of(tally, cell, end)->recurring[r], -(fresh + expansion));
        }
    }
    return good;
}

/* A part of a deal for a person and the groups the person is in. */
static bool add_person(struct tally *tally, enum credit_mode mode, size_t payee,
                       const struct dealing *dealing, int64_t before, int64_t share) {
    bool good = true;
    for (int scope = SCOPE_PERSON; scope <= SCOPE_FIRM; scope++) {
        size_t owner = roster_owner(tally->roster, payee, (enum scope)scope);
        if (owner == SIZE_MAX) {
            continue;
        }
        good = good && add_cell(tally, cell_of(tally, mode, owner, 0), dealing, before, share);
        if (dealing->product != SIZE_MAX) {
            good = good && add_cell(tally, cell_of(tally, mode, owner, dealing->product + 1),
                                    dealing, before, share);
        }
    }
    return good;
}

bool tally_add(struct tally *tally, const struct dealing *dealing) {
    int64_t before = 0;
    bool good = true;
    for (size_t i = 0; good && i < dealing->credit_count; i++) {
        uint32_t payee = dealing->credits[i].payee;
        int64_t share = dealing->credits[i].share;
        if (payee != UINT32_MAX) {
            good = add_person(tally, CREDIT_PARTS, payee, dealing, before, share);
        }
        before += share;
    }
    if (tally->modes > 1 && dealing->credits[0].payee != UINT32_MAX) {
        good = good &&
               add_person(tally, CREDIT_FIRST, dealing->credits[0].payee, dealing, 0, MILLIONTHS);
    }
    return good;
}

bool tally_knows(enum metric metric) {
    switch (metric) {
    case METRIC_NEW_REVENUE:
    case METRIC_NEW_CUSTOMERS:
    case METRIC_DEALS:
    case METRIC_MARGIN:
    case METRIC_MARGIN_RATE:
    case METRIC_EXPANSION_REVENUE:
    case METRIC_BOOKINGS:
    case METRIC_MANAGED_REVENUE:
    case METRIC_RECURRING_REVENUE:
    case METRIC_NET_RETENTION:
    case METRIC_GROSS_RETENTION:
    case METRIC_RENEWALS:
    case METRIC_RENEWAL_RATE:
        return true;
    default:
        return false;
    }
}

static double units(int64_t millionths) { return (double)millionths / MILLIONTHS; }

static double recurring(const struct tally *tally, const struct tally_sums *sums, long months) {
    for (size_t r = 0; r < tally->recurring_count; r++) {
        if (tally->recurring_months[r] == months) {
            return units(sums->recurring[r]) / 12.0;
        }
    }
    return 0.0;
}

/* Book at the end over book at the start; 1 when it is empty, never 0 (plan/measure.h). */
static double retention(const struct tally_sums *sums, int64_t end) {
    return sums->book > 0 ? fmax((double)end / (double)sums->book, 1e-6) : 1.0;
}

double tally_value(const struct tally *tally, enum credit_mode mode, size_t owner, size_t part,
                   const struct slot *slot, double *base) {
    size_t cell = cell_of(tally, mode, owner, part);
    const struct tally_sums *sums = &tally->sums[cell];
    static const struct tally_change none = {0};
    const struct tally_change *change =
        tally->changing ? change_of(tally, cell, tally->month) : &none;
    *base = 0.0;
    switch (slot->metric) {
    case METRIC_NEW_REVENUE:
        return units(sums->new_amount);
    case METRIC_NEW_CUSTOMERS:
        return units(sums->new_count);
    case METRIC_DEALS:
        return units(sums->new_count + sums->expansion_count);
    case METRIC_MARGIN:
        return units(sums->margin);
    case METRIC_MARGIN_RATE:
        *base = units(sums->new_amount + sums->expansion);
        return units(sums->margin);
    case METRIC_EXPANSION_REVENUE:
        return units(sums->expansion);
    case METRIC_BOOKINGS:
        return units(sums->new_amount + sums->expansion);
    case METRIC_MANAGED_REVENUE:
        return units(sums->book) / 12.0;
    case METRIC_RECURRING_REVENUE:
        return recurring(tally, sums, slot->recurring_months);
    case METRIC_NET_RETENTION:
        return retention(sums, sums->book + sums->kept_expansion - change->lost);
    case METRIC_GROSS_RETENTION:
        return retention(sums, sums->book - change->lost);
    case METRIC_RENEWALS:
        return units(sums->renewals);
    case METRIC_RENEWAL_RATE:
        *base = units(sums->renewals + change->lost_count);
        return units(sums->renewals);
    default:
        return (double)NAN;
    }
}

void tally_free(struct tally *tally) {
    free(tally->sums);
    free(tally->changes);
    *tally = (struct tally){0};
}
