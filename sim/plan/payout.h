/* The payout engine: what a component of a plan pays on a measure, exact to the cent, and what it
 * vests. The same functions pay simulated people, value a plan beforehand and tell what one more
 * unit is worth. Ownership: pure functions. */
#ifndef PLAN_PAYOUT_H
#define PLAN_PAYOUT_H

#include "plan/payoff.h"
#include "plan/plan.h"

/* Pay of a commission or bonus for one period, or of an LTIP cycle, before rounding. `quota`: of
 * the period (unused by a commission); `scale`: growth of pay since the start, times the part of
 * the period that counts. */
double payout_earned(const struct component *component, double measure, double quota, double scale);

/* The same as a function of the measure, for `payoff_expectation` and `payoff_marginal`. */
struct payoff payout_payoff(const struct component *component, double quota, double scale);

/* The target of one period or cycle: bonus: annual target times months/12; ltip: the grant. */
double payout_period_target(const struct component *component);

/* Share of a grant that has vested `age_months` after it: 0 before the cliff, the straight share
 * at the cliff, then in steps, 1 at the end. */
double payout_vested(const struct component *component, long age_months);

/* Half away from zero, to the cent; a hair (1e-7 cent) below one half counts as the half. */
double payout_round(double amount);

#endif
