/* What the reference person of a role can expect to measure before a period begins: the law of what
 * a slot of a component measures, and its quota.
 * Ownership: values only. */
#ifndef MODEL_EXPECTATION_H
#define MODEL_EXPECTATION_H

#include "model/parameters.h"
#include "model/reference.h"
#include "plan/measure.h"

/* Months over which a component measures: its period, or its cycle. */
double component_months(const struct component *component);

/* People whose result a scope counts together, on average over the simulation's start. */
double scope_heads(const struct parameters *parameters, size_t role, enum scope scope);

/* What a response counts in a period of so many months: a mean or ratio divides by them. */
double response_share(enum metric metric, double months);

/* What an effort of today adds to a period to come, as the role sees it, from its response until
 * that period begins and until it ends: what lands between; of a state at the end all of it; of a
 * ratio to the begin, which rises too, so much as the role foresees. */
double response_between(const struct role *role, enum metric_kind kind, double begins, double ends);

/* Months from the begin of one period (or cycle, of an award) of so many months to that of the
 * next; 0 when none follows. */
int component_every(const struct component *component, int months);

/* Mean and standard deviation of what a slot measures over `months` under an effort held all the
 * time (flows: in the steady state; others: from a fresh period), per unit of credit. */
struct metric_moments expected_measure(const struct parameters *parameters, size_t role,
                                       const struct slot *slot, double months,
                                       const double effort[ACTIVITY_COUNT]);

/* The same of one slot of a component: judged objectives are what the plan expects of them. */
struct metric_moments expected_slot(const struct parameters *parameters, size_t role,
                                    const struct component *component, size_t slot, double months,
                                    const double effort[ACTIVITY_COUNT]);

/* The law of the same, of a person whose output is `skill` times the reference (flows): deals one
 * by one, what the book adds, or normal. */
void expected_law(const struct parameters *parameters, size_t role, const struct slot *slot,
                  double months, double skill, const double effort[ACTIVITY_COUNT],
                  struct period_law *law);

/* The same in two steps, for many skills: what is the same for all of them, and the law of one. */
struct law_base {
    bool by_deals; /* or by moments alone */
    bool by_share;
    double cases; /* by share: of a few contracts */
    struct metric_moments moments;
    struct metric_makeup makeup;
    double extra[ACTIVITY_COUNT]; /* by deals: what effort adds a month */
};
void law_base_make(struct law_base *base, const struct parameters *parameters, size_t role,
                   const struct slot *slot, double months, const double effort[ACTIVITY_COUNT]);
void law_base_law(const struct law_base *base, double months, double skill, struct period_law *law);

/* Quota of one period for the reference person; 1 or what is written for what is no flow. */
double expected_quota(const struct parameters *parameters, size_t role, const struct slot *slot,
                      double months);

#endif
