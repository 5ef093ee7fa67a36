/* What a plan is expected to pay in a year when attainment is a chance: mean, standard deviation
 * and the budget that suffices in nine of ten years, against the pay at mean attainment
 * (docs/expected_pay.md).
 * Ownership: a forecast is a value; an outlook borrows its arrays. */
#ifndef PLAN_FORECAST_H
#define PLAN_FORECAST_H

#include "base/error.h"
#include "base/text.h"
#include "plan/attainment.h"
#include "plan/statement.h"

#include <stdbool.h>

/* What is known of the measure of a slot beside its attainment; zeros: nothing. */
struct outlook_slot {
    double quota; /* of one period, for what the plan writes no quota */
    double mean;  /* of one period, of a measure that counts as it is, without a quota */
    double sd;
    double heads; /* people whose results the slot counts together */
};

struct outlook {
    struct attainment attainment;     /* of every measure with a quota, each period anew */
    const struct outlook_slot *slots; /* by component, then slot; NULL: nothing is known */
    double people;                    /* who are ranked together; 0: not known */
};

/* Slots of all components of a plan. */
size_t forecast_slots(const struct plan *plan);

/* Why a component is not forecast. */
enum forecast_gap {
    FORECAST_FINE,
    FORECAST_NEEDS_QUOTA,  /* of its own or of a role */
    FORECAST_NEEDS_LEVEL,  /* a measure without quota: what a role expects of it */
    FORECAST_NEEDS_PEOPLE, /* who share or are ranked: a role */
    FORECAST_SHARES,       /* vests with time, not with attainment */
    FORECAST_SELDOM,       /* cycles do not end in every year alike */
    FORECAST_DEALS,        /* factors of deals that go into tiers, thresholds or caps of a period */
    FORECAST_RESULTS       /* one curve or cap over the results of several objectives */
};
extern const char *const FORECAST_GAPS[]; /* half a sentence each, after the component's name */

struct forecast_line {
    enum forecast_gap gap; /* with one the numbers are 0 */
    double expected;       /* currency a year, as all that follow */
    double at_mean;        /* every measure at its mean in every period */
    double sd;
    double reserve;        /* P90: suffices in nine of ten years, or for nine of ten people */
    double share_at_quota; /* P(attainment >= 1) in one period; NAN: no quota */
};

struct forecast {
    size_t count;
    struct forecast_line lines[COMPONENTS_MOST];
    struct forecast_line total; /* variable pay, after the plan's cap */
};

/* Elements of a component that a forecast does not count, as words joined by ", "; "" for none. */
void forecast_left_out(const struct component *component, struct text *words);

/* False without memory only. */
bool forecast_plan(const struct plan *plan, const struct outlook *outlook,
                   struct forecast *forecast, struct error *error)
    __attribute__((warn_unused_result));

/* pays[i]: variable pay of a year in which every measure with a quota ends every period at
 * attainments[i]. False without memory only. */
bool forecast_at(const struct plan *plan, const struct outlook *outlook, const double attainments[],
                 double pays[], size_t count, struct error *error)
    __attribute__((warn_unused_result));

#endif
