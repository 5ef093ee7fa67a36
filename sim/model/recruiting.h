/* Talent, skills and recruiting: pools of candidates with noisy signals, the best signal is hired
 * (docs/model.md, sections 3 and 7). Ownership: values only. */
#ifndef MODEL_RECRUITING_H
#define MODEL_RECRUITING_H

#include "model/role.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Part of the sd of log skill that is talent, common to all activities. */
static const double SKILL_COMMON = 0.6;

/* ln E exp(spread (.6 z + .8 eps)) over hires of the reference pool of `pool` candidates whose
 * signal has correlation `signal` with talent z: taken off every log skill, so that the mean hire
 * of the reference pool has skill 1. */
double skill_norm(double spread, double signal, unsigned pool);

/* What a role finds when its pay, as perceived, is `relative` times that of the market. */
struct labour_market {
    double pool;        /* mean candidates of a search: n0 relative^elasticity, at least 1 */
    double suitable;    /* share of them who can be hired at all */
    double experienced; /* share of those with experience */
    double talent;      /* mean of applicants */
};
struct labour_market labour_market(const struct role *role, double relative, double talent);

/* Probability that a search finds nobody suitable; the pool's size is rounded by chance. */
double search_failure(const struct labour_market *market);

/* Where the draws of one hire are addressed. */
struct hiring {
    uint64_t seed;
    uint64_t replication;
    uint64_t month;
    uint64_t entity; /* who the hire will be */
};

bool hire_found(const struct hiring *hiring, const struct labour_market *market);

struct candidate {
    double talent;
    double expected; /* talent that the signal lets expect */
    double fit;      /* impression of culture fit, standard normal among candidates */
    double count;    /* suitable candidates */
    bool experienced;
};

/* The candidate who is hired when somebody suitable was found: the best of the suitable by
 * w fit + sqrt(1 - w^2) signal, w the weight of the culture. */
struct candidate hire_best(const struct hiring *hiring, const struct role *role,
                           const struct labour_market *market);

/* Log skills from talent: spread (.6 z + .8 eps_k) - norm, as factors exp(log skill). */
void draw_skills(uint64_t seed, uint64_t replication, uint64_t entity, double talent, double spread,
                 double norm, double skill[ACTIVITY_COUNT]);

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
