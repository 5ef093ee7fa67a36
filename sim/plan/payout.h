/* What a component of a plan pays for one period: rates, tiers, curves, objectives, gates,
 * multipliers and caps, in their order.
 * Ownership: pure functions. */
#ifndef PLAN_PAYOUT_H
#define PLAN_PAYOUT_H

#include "plan/measure.h"
#include "plan/plan.h"
#include "plan/trace.h"

/* What a person reached in a period. */
struct period_result {
    double periods;           /* worked part of a period; to date in a year: so many periods */
    double scale;             /* of target pay: its growth, the career level, the person */
    double measure;           /* main measure, credited */
    double weighted;          /* commission: the same with the factors of its deals */
    double quota;             /* of the main measure; 0: none */
    double share;             /* own share of a result that several have together */
    const double *attainment; /* by slot */
};

/* Pay of a commission, bonus or set of objectives before everything that depends on other
 * components, other people and time: curve or tiers, gate, multiplier, cap. Not rounded. */
double payout_earned(const struct component *component, size_t index,
                     const struct period_result *result, struct trace *trace);

/* Share of the target at an attainment; `second` is the attainment of a matrix' other measure. */
double payout_share(const struct component *component, double attainment, double second);

/* Whether a gate of the component is passed at this attainment of its measure. */
bool payout_gate_open(const struct component *component, size_t gate, double attainment);

/* The factor of a multiplier at this attainment of its measure. */
double payout_multiplier(const struct multiplier *multiplier, double attainment);

/* Target of one period: the annual target times months/12; of an award the value of one grant. */
double payout_period_target(const struct component *component);

/* Share of a grant that has vested `age_months` after it: 0 before the cliff, the straight share
 * at the cliff, then in steps, 1 at the end. */
double payout_vested(const struct component *component, long age_months);

/* Prize of rank 1, 2, ... of `count` people: as listed, or the target inside the top share. */
double payout_prize(const struct component *component, double target, size_t rank, size_t count);

/* Prizes of a ranking for `count` people with these measures (ties share the prizes of their
 * ranks); `target`: prize of everybody in the top share, of one period. */
void payout_ranking(const struct component *component, double target, const double *measures,
                    size_t count, double *prizes);

/* Half away from zero, to the cent; a hair (1e-7 cent) below one half counts as the half. */
double payout_round(double amount);

#endif
