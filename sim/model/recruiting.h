/* Talent, skills and recruiting: pools of candidates with noisy signals, the best signal is hired
 * (docs/model.md, sections 3 and 7). Ownership: values only. */
#ifndef MODEL_RECRUITING_H
#define MODEL_RECRUITING_H

#include "model/role.h"

#include <stddef.h>
#include <stdint.h>

/* Part of the sd of log skill that is talent, common to all activities. */
static const double SKILL_COMMON = 0.6;

/* ln E exp(spread (.6 z + .8 eps)) over hires of the reference pool of `pool` candidates whose
 * signal has correlation `signal` with talent z: taken off every log skill, so that the mean hire
 * of the reference pool has skill 1. */
double skill_norm(double spread, double signal, unsigned pool);

/* Mean talent of the best of n by signal: signal E[max n]. */
double hire_talent_mean(double signal, unsigned pool);

/* The talent of the hire for `entity` (an identity): draws the pool size (mean `pool`, rounded by
 * chance, at least 1), the best signal, and the talent behind it. `mean`: applicants' mean talent.
 */
double hire_talent(uint64_t seed, uint64_t replication, uint64_t month, uint64_t entity,
                   double pool, double signal, double mean, double *best_signal);

/* Log skills from talent: spread (.6 z + .8 eps_k) - norm, as factors exp(log skill). */
void draw_skills(uint64_t seed, uint64_t replication, uint64_t entity, double talent, double spread,
                 double norm, double skill[ACTIVITY_COUNT]);

/* Whole months until the seat is filled: lognormal, rounded by chance so that the mean is kept. */
unsigned fill_months(const struct role *role, double u_time, double u_rounding);

/* Productivity in the month after `tenure` completed months: the mean over that month of
 * 1 - (1 - a0) exp(-t / tau), tau = months / ln((1 - a0) / .05); the output lost over a career is
 * exactly (1 - a0) tau months. */
struct ramp {
    double lost; /* (1 - a0) tau (1 - e^(-1/tau)) */
    double keep; /* e^(-1/tau) */
};
struct ramp ramp_law(const struct role *role);
double ramp_productivity(const struct ramp *ramp, double keep_to_tenure);

#endif
