/* A pay plan as it is written in a scenario: a salary and an ordered list of components.
 * Ownership: a struct plan owns its components; the scenario that read it frees them. */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "base/text.h"
#include "plan/curve.h"
#include "plan/metric.h"

#include <stddef.h>

enum component_type {
    COMPONENT_COMMISSION, /* rate or tiers on a metric, paid every period */
    COMPONENT_BONUS,      /* target pay times a curve of attainment, every period */
    COMPONENT_LTIP,       /* cash after a performance cycle; cycles overlap */
    COMPONENT_SHARES      /* shares or phantom shares that vest */
};
extern const char *const COMPONENT_TYPES[];

enum share_settlement {
    SHARES_RSU,    /* expense fixed at the price of the grant */
    SHARES_PHANTOM /* paid in cash at the price of vesting, expense trued up to it */
};
extern const char *const SHARE_SETTLEMENTS[];

enum leaver_rule {
    LEAVER_FORFEIT, /* must be employed at the date of payment: what is not paid yet is lost */
    LEAVER_PRO_RATA /* paid for the part of the period or cycle that was worked */
};
extern const char *const LEAVER_RULES[];

enum period { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR };
extern const char *const PERIOD_NAMES[];
int period_months(enum period period);

struct component {
    char name[NAME_SIZE]; /* in tables and pictures */
    long type;            /* enum component_type */
    long metric;          /* enum metric */
    long period;          /* enum period: of measurement and payment */
    double rate;          /* commission: share of the metric, when there are no tiers */
    struct curve tiers;   /* commission: (from per period, rate) */
    double target;        /* bonus: pay a year at attainment 1; ltip, shares: value of one grant */
    struct curve payout;  /* bonus, ltip: (attainment, share of the target) */
    double slope_above;   /* of payout beyond its last point */
    double quota;         /* per period; 0: the role's own quota rule (an index metric: 1) */
    long cycle_months;    /* ltip: length of a performance cycle */
    long every_months;    /* ltip, shares: months between grants */
    long vesting_months;  /* shares: until everything has vested */
    long cliff_months;    /* shares: nothing vests before */
    long step_months;     /* shares: months between vesting dates after the cliff */
    long settlement;      /* enum share_settlement */
    long leaver;          /* enum leaver_rule */
};

struct plan {
    char name[NAME_SIZE];
    char meaning[256]; /* when firms use it, a sentence */
    double salary;     /* a year */
    struct component *components;
    size_t component_count;
};

#endif
