/* What a component measures: its main measure and those of its matrix, gates, multipliers and
 * objectives, each in a slot, added up over the months of a period.
 * Ownership: values only. */
#ifndef PLAN_MEASURE_H
#define PLAN_MEASURE_H

#include "plan/plan.h"

enum { SLOT_MAIN = 0, SLOT_MATRIX = 1, SLOT_LISTS = 2 };

/* What one slot measures. */
struct slot {
    enum metric metric;
    enum scope scope;
    const char *product; /* "": all */
    double quota;        /* per period; 0: the rule of the role, or none */
    long recurring_months;
};

/* Slots: main, matrix, then gates, multipliers, objectives. Awards have the main one only. */
size_t slot_count(const struct component *component);
struct slot slot_of(const struct component *component, size_t slot);
size_t slot_gate(size_t gate);
size_t slot_multiplier(const struct component *component, size_t multiplier);
size_t slot_objective(const struct component *component, size_t objective);

/* Whether the component looks at the slot at all. */
bool slot_used(const struct component *component, size_t slot);

/* Payoffs that a person can have open at a time, running periods and cycles, and the most of a
 * whole plan: room for a cycle of ten years granted every month beside other components. A scenario
 * with more is refused. */
enum { PAYOFFS_MOST = 160 };
size_t payoffs_open(const struct component *component);

/* A measure to date. Begins zeroed. */
struct measured {
    double sum;   /* flow, mean: sum; index: product, 0 before the first month; end: the last;
                     ratio: sum of the numerator */
    double base;  /* ratio: sum of the denominator; mean: months with a value */
    double quota; /* yearly quotas of the months, each times its season weight */
};

/* Adds a month; a NAN is a month without a value. `base`: a ratio's denominator. */
void measured_add(struct measured *measured, enum metric_kind kind, double value, double base);

/* The measure to date; 0 without any value (index: 1). */
double measured_value(const struct measured *measured, enum metric_kind kind);

/* Measure over quota; a measure without quota counts as it is. A flow's quota of 0 (the first
 * months of a ramp) counts as reached. */
double attainment_of(double value, enum metric_kind kind, double quota);

#endif
