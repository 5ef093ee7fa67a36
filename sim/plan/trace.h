/* The steps by which a plan arrives at an amount, in their order, for people who ask why.
 * Ownership: the caller owns the trace; the payout engine fills it, or gets NULL and is faster. */
#ifndef PLAN_TRACE_H
#define PLAN_TRACE_H

#include <stddef.h>

enum trace_kind {
    TRACE_CREDIT,     /* value: of the deal, by: share, result: credited */
    TRACE_MEASURE,    /* item: slot; result: the measure of the period */
    TRACE_QUOTA,      /* item: slot; value: of one period, by: periods, result */
    TRACE_ATTAINMENT, /* item: slot; value: measure, by: quota, result */
    TRACE_UNITS,      /* value: units, by: most, result: counted */
    TRACE_THRESHOLD,  /* value: measure, by: threshold, result: what counts */
    TRACE_RATE,       /* value: what counts, by: rate, result */
    TRACE_TIERS,      /* value: what counts, by: mean rate, result */
    TRACE_FACTORS,    /* value: measure, by: mean deal factor, result: weighted */
    TRACE_CURVE,      /* value: attainment, result: share of the target */
    TRACE_MATRIX,     /* value: attainment, by: second measure, result: share of the target */
    TRACE_OBJECTIVE,  /* item; value: level, by: weight, result: their product */
    TRACE_TARGET,     /* value: share of the target, by: target of the period, result */
    TRACE_RANK,       /* value: measure, by: rank, result: prize */
    TRACE_SHARED,     /* value: amount for the group, by: own share, result */
    TRACE_GATE,       /* item; value: attainment, by: at least, result: amount after it */
    TRACE_MULTIPLIER, /* item; value: attainment, by: factor, result: amount after it */
    TRACE_CAP,        /* value: amount, by: cap, result */
    TRACE_POOL,       /* value: claim, by: share that the pool covers, result */
    TRACE_TO_DATE,    /* value: earned this year, by: before, result: this period */
    TRACE_PLAN_CAP,   /* value: amount, by: share left under the cap, result */
    TRACE_DRAW,       /* value: earned, by: guaranteed, result: advance */
    TRACE_BANK,       /* value: declared, by: balance before payment, result: paid */
    TRACE_HOLD_BACK,  /* value: amount, by: share held, result: paid now */
    TRACE_RELEASE,    /* value: released, result: amount with it */
    TRACE_CLAWBACK,   /* value: taken back, result: amount after it */
    TRACE_AWARD,      /* value: of the grant, by: factor, result */
    TRACE_ROUNDING,   /* value: entitlement to date, by: paid before, result: payment */
    TRACE_RECOVERY    /* value: pay above the draw, by: owed, result: taken */
};

struct trace_step {
    enum trace_kind kind;
    size_t component; /* of the plan; its count for the whole plan */
    size_t item;      /* of a list in the component */
    double value;
    double by;
    double result;
};

enum { TRACE_STEPS = 512 };

struct trace {
    size_t count; /* steps beyond TRACE_STEPS are counted, not kept */
    struct trace_step steps[TRACE_STEPS];
};

/* Does nothing when `trace` is NULL. */
void trace_add(struct trace *trace, enum trace_kind kind, size_t component, size_t item,
               double value, double by, double result);

#endif
