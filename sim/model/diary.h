/* A diary of one history: what happened to whom and when, event by event, for people who ask why.
 * Ownership: the caller owns the entries and lends the diary to a firm, which only adds; without
 * one (NULL) nothing is written, and with one nothing else changes: no draw, no result. */
#ifndef MODEL_DIARY_H
#define MODEL_DIARY_H

#include <stddef.h>
#include <stdint.h>

enum entry_kind {
    ENTRY_START,     /* here from the start: tenure in months, talent */
    ENTRY_HIRED,     /* months the seat was empty, talent, 1 with experience */
    ENTRY_MOVED_IN,  /* from the role of seat `other`: months the seat was empty, talent */
    ENTRY_MOVED_OUT, /* to seat `other`; the tenure */
    ENTRY_MONTH,     /* effort by activity, rolling attainment, tenure */
    ENTRY_WON,       /* customer of segment `other`: annual value, discount, 1 when pulled in */
    ENTRY_PUSHED,    /* the same kept back for a month: annual value at list, 1 when that lost it */
    ENTRY_SALARY,    /* currency */
    ENTRY_LINE,      /* of component `other`: currency */
    ENTRY_DRAW,      /* advanced, or taken back: currency */
    ENTRY_GRANTED,   /* award of component `other`: value, units */
    ENTRY_AWARD, /* paid or vested of component `other` (their count: promised before the start):
                    value */
    ENTRY_FORFEITED, /* award of component `other` (as above) lost by leaving: expected value */
    ENTRY_WISH,      /* a wish to leave arrived: gain a year as share of pay, hazard */
    ENTRY_WISH_GONE, /* it went away: gain as above */
    ENTRY_WEIGHED,   /* the wish against what leaving forfeits: gain a year, sum of forfeits, months
                        to   the payment that pays for waiting (-1: none does), forfeits paid until
                        then
                      */
    ENTRY_PROMOTED,  /* level reached, raise */
    ENTRY_NOTICE,    /* dismissed: months of notice, severance */
    ENTRY_EXIT,      /* reason (enum exit_reason), tenure */
    ENTRY_LOST,      /* customer of segment `other`, owned by the seat: annual revenue */
    ENTRY_HANDED,    /* customer handed over to seat `other`: annual revenue, months since the rule
                        was met, of them held back, revenue expected to be lost within a year */
    ENTRY_CHANGE,    /* of the scenario; by nobody: number of the change */
    ENTRY_CHANGED,   /* the person's plan, work, career or customers: 1 when it unsettles */
    ENTRY_OWNER /* customer passed on to seat `other` (seat count: waits for a successor): annual
                   revenue before, part of it lost */
};

enum { ENTRY_VALUES = 5 };

struct entry {
    long month;
    enum entry_kind kind;
    size_t seat;       /* the seat count: nobody */
    size_t number;     /* changes of the scenario so far: whose plan `other` is a component of */
    uint64_t occupant; /* of the seat, from 1 */
    size_t other;
    double value[ENTRY_VALUES];
};

struct diary {
    struct entry *entries;
    size_t capacity;
    size_t count; /* entries beyond the capacity are counted only */
};

void diary_add(struct diary *diary, const struct entry *entry);

#endif
