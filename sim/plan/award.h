/* Awards: grants of long-term incentives, of shares, options and deferred cash; what of them vests,
 * what it is worth and what a leaver keeps.
 * Ownership: values only. */
#ifndef PLAN_AWARD_H
#define PLAN_AWARD_H

#include "plan/measure.h"
#include "plan/plan.h"
#include "plan/trace.h"

#include <stdbool.h>

/* One grant: an open LTIP cycle, or shares, options or cash that vest. */
struct award {
    bool open;
    long age;                 /* completed months since the grant */
    double value;             /* ltip, cash: at target */
    double units;             /* shares and options */
    double price;             /* of a share at the grant */
    double vested;            /* share of the grant */
    double settled;           /* share of the grant that was paid, or exercised */
    double expense;           /* booked so far, of what is not settled */
    struct measured measured; /* ltip */
};

/* Value of a European option at grant per share: Black and Scholes 1973, Merton 1973, no dividend.
 * `rate`, `volatility`: a year, continuous. */
double option_value(double price, double strike, double rate, double volatility, double years);

/* Pay per unit at a price: a share, what it is above the strike price, or the cash of the grant. */
double award_unit_value(const struct component *component, const struct award *award, double price);

/* A new grant of `value` (at target), or of the units that the component names; `unit_cost`: what
 * one option is worth at grant (used by options and SAR only). */
struct award award_grant(const struct component *component, double value, double price,
                         double unit_cost);

/* Whether options and SAR. */
bool award_has_strike(const struct component *component);

/* One month on: shares that have vested are settled at `price`; options that are worth nothing wait
 * until their term. Returns what is paid, rounded to date. An LTIP pays at the end of its cycle,
 * `share` of its target. */
double award_month(const struct component *component, size_t index, struct award *award,
                   double price, double share, struct trace *trace);

/* Somebody leaves under `rule`: what is paid at last; `share`: of an LTIP's target by the result so
 * far. The award is closed. */
double award_leave(const struct component *component, size_t index, struct award *award,
                   enum leaver_rule rule, double price, double share, struct trace *trace);

#endif
