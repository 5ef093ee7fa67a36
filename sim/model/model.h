/* The model made ready: everything that follows from the parameters alone, computed once and read
 * by all threads. Ownership: model_init allocates, model_free frees; the parameters are borrowed.
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/error.h"
#include "model/account.h"
#include "model/career.h"
#include "model/departure.h"
#include "model/employee.h"
#include "model/incentive.h"
#include "model/interest.h"
#include "model/level.h"
#include "model/limits.h"
#include "model/opening.h"
#include "model/parameters.h"
#include "model/recruiting.h"
#include "model/reference.h"
#include "model/vacancy.h"
#include "plan/statement.h"

#include <stdint.h>

static const size_t NO_SEGMENT = SIZE_MAX;
static const size_t NO_COMPONENT = SIZE_MAX;

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
    size_t part;   /* its books */
    size_t origin; /* component before the change that goes on in it, or NO_COMPONENT */
};

/* What grows, 1 at the start: salaries and targets, what others pay, quotas that follow the market.
 */
enum level_of { LEVEL_PAY, LEVEL_MARKET_PAY, LEVEL_QUOTA, LEVEL_COUNT };
enum { LEVELS_FIRST = -36 }; /* of earlier months nobody asks often */

struct role_law {
    const struct role *role;
    const struct plan *plan;
    uint64_t identity;
    size_t first_part; /* books of the components of all plans that the role ever has */
    size_t parts;
    size_t first_seat;
    size_t seats;   /* that have been wanted at some time */
    size_t room;    /* seats up to the next role's: for all changes to come */
    bool concerned; /* the change that brought this model unsettles its people */
    bool plan_ends; /* and ended some component of their plan before */
    double norm;    /* of log skill */
    struct ramp ramp;
    struct tenure_law tenure;
    double effort[ACTIVITY_COUNT];
    double output[ACTIVITY_COUNT];       /* 1 + eta (e - 1) */
    struct incentive incentive;          /* effort dynamic */
    double steady_value[ACTIVITY_COUNT]; /* what gates and multipliers make effort worth */
    double expected_pay;                 /* a year, of the reference person */
    double perceived_pay;
    struct limits *limits;               /* cap and guarantee of the plan; NULL: none */
    double log_worth[SKILL_POINTS];      /* log of what the job pays a year, see job_worth */
    double log_guaranteed[SKILL_POINTS]; /* the same where the plan guarantees pay */
    struct labour_market market;         /* at the start */
    double applicant_mean;               /* talent */
    struct search search;                /* for somebody from outside */
    double failure;                      /* probability that it finds nobody suitable */
    struct career_flow flow;
    struct career_flow next_flow; /* while the stationary one is sought */
    struct career_move move;      /* out of the role */
    struct payroll payroll;
    struct slot_law *slots; /* payroll.slot_count */
    struct component_law *components;
    size_t awards;          /* per person */
    double quota_month;     /* performance measure of the reference person; index: 1 */
    double result_variance; /* of the log of that measure in a month of normal effort; index: 0 */
    double *hunting;        /* by segment: share of acquire time */
    double *fit;            /* by segment */
    bool *owns;             /* by segment */
    bool *supports;         /* by segment */
    struct interest *interest; /* by segment, where rules of coverage may take customers away */
    bool collaborates;         /* wins, owns or takes over customers where there are such rules */
};

struct segment_law {
    const struct segment *segment;
    struct account_law account;
    uint64_t identity;
    size_t first_part;  /* books of the first stage */
    size_t first_stage; /* in a seat's stretch of open deals */
    size_t capacity;
    double churn_odds;   /* at the configured annual churn */
    double conversion;   /* of a lead to a win */
    struct level growth; /* of potentials */
    struct pipeline_outlook outlook;
    size_t rule_roles[RULES_MOST]; /* of the rules of coverage */
};

struct model {
    const struct parameters *parameters;
    size_t months;
    size_t part_count; /* model/parts.h */
    size_t role_count;
    size_t segment_count;
    size_t seat_count;
    size_t stage_count;    /* of all segments */
    size_t component_most; /* of any role's plan */
    size_t award_most;
    size_t slot_most;
    size_t past_most;
    bool has_rules;          /* of coverage, in some segment, now or before a change */
    bool has_support;        /* supporters in some segment */
    bool uses[METRIC_COUNT]; /* some plan or quota looks at it, now or before a change */
    bool needs_values;       /* some plan pays on customer lifetime value */
    bool needs_states;       /* or on wallet share, satisfaction or NPS */
    struct role_law *roles;
    struct segment_law *segments;
    struct level rising[LEVEL_COUNT];
    double *levels; /* LEVEL_COUNT a month from LEVELS_FIRST on */
    struct opening_places start;
    /* Dated changes: a model for each stretch of time, the first owns the later ones. */
    size_t number;               /* changes so far */
    size_t since;                /* first month, from 0 */
    const struct change *change; /* that brought it; NULL: here from the start */
    const struct model *before;
    struct model *later; /* NULL: nothing changes any more */
};

/* A level in a month, which may be negative. */
double model_level(const struct model *model, enum level_of which, long month);

bool model_init(struct model *model, const struct parameters *parameters, struct error *error)
    __attribute__((warn_unused_result));
void model_free(struct model *model);

/* A number that stands for a name, so that draws do not depend on the order of what is named. */
uint64_t name_identity(const char *name);

/* The plan of that name, which there is. */
const struct plan *find_plan(const struct parameters *parameters, const char *name);
/* The model after so many changes. */
const struct model *model_after(const struct model *first, size_t changes);

/* Seats that the role wants filled in a month (from 0). */
long role_headcount(const struct role *role, long month);

#endif
