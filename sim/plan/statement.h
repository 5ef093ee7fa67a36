/* One person's running account of a plan: measures add up month by month, periods close, claims
 * become payments. The order of evaluation is that of docs/plans.md; every amount that is paid, to
 * simulated people or to real ones, comes from here.
 * Ownership: a payroll borrows the plan; a statement borrows the caller's arrays, one stretch a
 * person, all zeroed at the start. Nothing is allocated. */
#ifndef PLAN_STATEMENT_H
#define PLAN_STATEMENT_H

#include "plan/measure.h"
#include "plan/plan.h"
#include "plan/trace.h"

#include <stdbool.h>
#include <stddef.h>

enum { COMPONENTS_MOST = 32, LIST_MOST = 16 };

/* A plan made ready: where the stretches of its components lie in a person's arrays. */
struct payroll {
    const struct plan *plan;
    size_t slot_first[COMPONENTS_MOST];
    size_t past_first[COMPONENTS_MOST];
    size_t past_count[COMPONENTS_MOST];
    double season[COMPONENTS_MOST][12]; /* monthly weights, mean 1 */
    size_t slot_count;
    size_t past_total;
};

struct payroll payroll_of(const struct plan *plan);

/* Running state of one component. */
struct component_account {
    long months;           /* worked in the period (or year) to date */
    double weighted;       /* commission: measure with the factors of its deals */
    double share;          /* sum over months of the own share of a common result */
    double own;            /* sum of the own contribution to a common result */
    double year_measure;   /* fiscal year to date, for deal factors */
    long year_skipped;     /* first months of the fiscal year that counted under another plan */
    double year_earned;    /* year-to-date quota: earned before this period */
    double closed_measure; /* year-to-date quota: measured before this period */
    double growth;         /* ratchet: growth of the quota since the start */
    double entitled;       /* fiscal year to date, and what was left over before */
    double paid;           /* in whole cents */
    double bank;
    long bank_negative;    /* fiscal years that ended with a negative balance */
    long open_months;      /* since the last period ended, or since joining */
    double cancelled;      /* credited since then and cancelled already */
    double cancelled_paid; /* the same times the part that clawback takes */
    double taken;          /* clawback of this month */
    double claim;          /* of this month */
    bool closes;
};

/* A past period's pay that hold-back or clawback may still change. */
struct past_period {
    long month;     /* its last */
    long months;    /* that were worked in it; 0: nothing here yet */
    double measure; /* credited in it */
    double earned;
    double held;
};

struct statement {
    struct component_account *accounts; /* by component */
    struct measured *measured;          /* payroll.slot_count */
    struct past_period *past;           /* payroll.past_total */
    double *draw_owed;                  /* advanced and not taken back yet */
    double *year_variable;              /* claims of the fiscal year, before the plan cap */
};

/* One month of one person. */
struct month_facts {
    long month;           /* absolute */
    int fiscal_month;     /* 0 .. 11 */
    long tenure;          /* months completed before this one */
    double scale;         /* of target pay */
    const double *values; /* by slot: this month's flow, ratio's numerator, index, ...; NAN: none */
    const double *bases;  /* by slot: denominator of a ratio */
    const double *quotas; /* by slot: own quota of a year where the plan names none */
    const double *shares; /* by component: own share of a common result; contribution: own value */
};

/* Whether the component must see single deals: `statement_deal` then takes the place of its main
 * measure's value. */
bool component_sees_deals(const struct component *component);

/* A deal of this month, in the order of time; `amount` in the unit of the metric. */
void statement_deal(const struct payroll *payroll, struct statement *statement, size_t component,
                    double amount, const struct month_facts *facts, struct trace *trace);

/* Adds a month to the measures of all components, after its deals. */
void statement_month(const struct payroll *payroll, struct statement *statement,
                     const struct month_facts *facts);

/* A contract that was credited with `amount` in month `sold` has been cancelled in this month:
 * before it, or in a period that is not over, its part of that period's pay is never paid. */
void statement_cancel(const struct payroll *payroll, struct statement *statement, size_t component,
                      long sold, double amount, long month);

/* Claims of the components whose period ends this month: accounts[c].closes and .claim. The claim
 * of a ranking is its measure: `statement_rank` must follow. With `now` all periods end. */
void statement_claim(const struct payroll *payroll, struct statement *statement,
                     const struct month_facts *facts, bool now, struct trace *trace);

/* What everybody's claims give together: prizes of a ranking, a pool that is not enough for all.
 * `statements`: of the people that share component `component`. `work`: 2 x count doubles. */
void statement_rank(const struct payroll *payroll, size_t component, struct statement *statements,
                    size_t count, double scale, double *work, struct trace *trace, size_t traced);
void statement_pool(const struct payroll *payroll, size_t component, struct statement *statements,
                    size_t count, struct trace *trace, size_t traced);

/* What is paid this month, in whole cents. */
struct payment {
    double line[COMPONENTS_MOST]; /* by component; awards 0 */
    double held[COMPONENTS_MOST]; /* of them still held back at the end of the month */
    double draw;                  /* advanced, or taken back (negative) */
    double total;                 /* lines and draw */
};

/* Plan cap, draw, bank, hold-back, clawback, rounding, recovery of draws; closes the periods. */
struct payment statement_settle(const struct payroll *payroll, struct statement *statement,
                                const struct month_facts *facts, struct trace *trace);

/* The same under a plan that has ended: what it still owes is paid when it is due, and what is owed
 * to it goes to `draw_owed`. There is no new draw. */
struct payment statement_wind_up(const struct payroll *payroll, struct statement *statement,
                                 const struct month_facts *facts, struct trace *trace);

/* The last payment of somebody who leaves after this month's settlement: running periods, held-back
 * amounts and bank balances as the leaver rules say. */
struct payment statement_leave(const struct payroll *payroll, struct statement *statement,
                               const struct month_facts *facts, bool good, struct trace *trace);

#endif
