/* The deals of a file in the order of their dates, in memory that does not grow with the file when
 * it is in that order already: it is read twice, first to see what is in it, then to play it.
 * Ownership: the caller owns the struct, calls dealings_free, and keeps path, roster and products
 * for as long; deals are lent to the callback for the time of the call. */
#ifndef ENGINE_DEALINGS_H
#define ENGINE_DEALINGS_H

#include "base/dictionary.h"
#include "data/deals.h"
#include "engine/roster.h"

#include <stdint.h>

struct dealing_credit {
    uint32_t payee; /* UINT32_MAX: nobody */
    uint32_t share; /* millionths */
};

struct dealing {
    long line;
    long month;
    int day;
    enum deal_kind kind;
    size_t product; /* of the watched ones; SIZE_MAX: another */
    int64_t amount; /* millionths; likewise margin */
    int64_t margin;
    long cancelled; /* month; LONG_MAX: never */
    size_t credit_count;
    struct dealing_credit credits[CREDITS_MOST];
};

struct dealings {
    const char *path;
    const struct table_options *options;
    struct roster *roster;
    const struct dictionary *products; /* that plans name */
    long first_month;
    long last_month; /* before the first: there are no deals */
    long rows;
    bool in_order;
    long without_margin;         /* new and expansion deals */
    long first_without_margin;   /* line */
    bool *product_seen;          /* by product */
    struct dictionary strangers; /* people whom the roster does not list */
    struct stranger {
        long line; /* first of theirs */
        long deals;
    } * strangers_of;
    size_t stranger_capacity;
};

/* Reads the file for the first time. False when rows are bad. People of the deals are added to the
 * roster unless it is listed. */
bool dealings_survey(struct dealings *dealings, struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

/* Gives every deal to `deal` in the order of dates, and of lines within a day. The payee of a
 * stranger is UINT32_MAX. `deal` returns false to stop, with a sentence in `error`. */
bool dealings_play(const struct dealings *dealings,
                   bool (*deal)(void *user, const struct dealing *dealing), void *user,
                   struct error *error) __attribute__((warn_unused_result));

/* The part of an amount that belongs to `share` millionths behind the first `before`: the parts of
 * a deal sum to all of it exactly. */
int64_t dealing_part(int64_t amount, int64_t before, int64_t share);

void dealings_free(struct dealings *dealings);

#endif
