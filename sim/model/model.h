/* The model made ready: everything that follows from the parameters alone, computed once and read
 * by all threads. Ownership: model_init allocates, model_free frees; the parameters are borrowed.
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/error.h"
#include "model/account.h"
#include "model/departure.h"
#include "model/employee.h"
#include "model/incentive.h"
#include "model/opening.h"
#include "model/parameters.h"
#include "model/recruiting.h"
#include "model/reference.h"
#include "plan/statement.h"

#include <stdint.h>

static const size_t NO_SEGMENT = SIZE_MAX;

/* What one slot of a plan measures, for the reference person. */
struct slot_law {
    struct slot slot;
    size_t segment;        /* that the product names; the segment count: all; or NO_SEGMENT */
    double quota_year;     /* flow: at the start; others: what is written */
    double expected_month; /* mean measure under the role's effort; index: monthly ratio */
};

struct component_law {
    const struct component *terms;
    double grant_value;    /* of one award at the start, currency */
    double option_cost;    /* of one option at grant, Black-Scholes */
    double expected_share; /* of the target: what somebody who stays can expect */
    double expected_year;  /* expected pay a year */
    double perceived_year; /* the same as the person values it today */
    size_t award_first;    /* in the person's stretch of awards */
    size_t award_count;
};

enum { SKILL_POINTS = 33 }; /* of log skill, from -2 to 2 */

struct role_law {
    const struct role *role;
    const struct plan *plan;
    uint64_t identity;
    size_t first_seat;
    size_t seats;
    double norm; /* of log skill */
    struct ramp ramp;
    struct tenure_law tenure;
    double effort[ACTIVITY_COUNT];
    double output[ACTIVITY_COUNT];       /* 1 + eta (e - 1) */
    struct incentive incentive;          /* effort dynamic */
    double steady_value[ACTIVITY_COUNT]; /* what gates and multipliers make effort worth */
    double expected_pay;                 /* a year, of the reference person */
    double perceived_pay;
    double log_worth[SKILL_POINTS]; /* log of what the job pays a year, see job_worth */
    double pool;                    /* mean candidates */
    double applicant_mean;          /* talent */
    struct payroll payroll;
    struct slot_law *slots; /* payroll.slot_count */
    struct component_law *components;
    size_t awards;          /* per person */
    double quota_month;     /* performance measure of the reference person; index: 1 */
    double result_variance; /* of the log of that measure in a month of normal effort; index: 0 */
    double *hunting;        /* by segment: share of acquire time */
    double *fit;            /* by segment */
    bool *owns;             /* by segment */
};

struct segment_law {
    const struct segment *segment;
    struct account_law account;
    uint64_t identity;
    size_t first_stage; /* in a seat's stretch of open deals */
    size_t capacity;
    double churn_odds; /* at the configured annual churn */
    double conversion; /* of a lead to a win */
    struct pipeline_outlook outlook;
};

struct model {
    const struct parameters *parameters;
    size_t months;
    size_t role_count;
    size_t segment_count;
    size_t seat_count;
    size_t stage_count;    /* of all segments */
    size_t component_most; /* of any role's plan */
    size_t award_most;
    size_t slot_most;
    size_t past_most;
    bool uses[METRIC_COUNT]; /* some plan or quota looks at it */
    bool needs_values;       /* some plan pays on customer lifetime value */
    bool needs_states;       /* or on wallet share, satisfaction or NPS */
    struct role_law *roles;
    struct segment_law *segments;
    double *levels; /* LEVEL_COUNT a month from LEVELS_FIRST on */
    struct opening_places start;
};

/* What grows with the years or months, 1 at the start. */
enum level { LEVEL_PAY, LEVEL_MARKET_PAY, LEVEL_QUOTA, LEVEL_COUNT };
enum { LEVELS_FIRST = -36 }; /* of earlier months nobody asks often */

/* A level in a month, which may be negative. */
double model_level(const struct model *model, enum level level, long month);

bool model_init(struct model *model, const struct parameters *parameters, struct error *error)
    __attribute__((warn_unused_result));
void model_free(struct model *model);

/* A number that stands for a name, so that draws do not depend on the order of what is named. */
uint64_t name_identity(const char *name);

/* The plan of that name, which there is. */
const struct plan *find_plan(const struct parameters *parameters, const char *name);

/* Seats that the role wants filled in a month (from 0). */
long role_headcount(const struct role *role, long month);

/* Grants of an award a year and person; their value; one option by Black and Scholes. */
double grants_a_year(const struct role_law *law, const struct component *component);
double grant_value(const struct model *model, const struct component *component);
double option_cost(const struct model *model, const struct component *component);

/* Expected pay a year of a person whose output is `skill` times the reference, and (when
 * `perceived` is true) as the person values it today. */
double expected_pay(const struct model *model, size_t role, double skill, bool perceived);

/* Log of what the job pays a year from now on to somebody whose output is e^log_skill times the
 * reference, as the person values it today: grants on joining are past. */
double job_worth(const struct role_law *law, double log_skill);

#endif
