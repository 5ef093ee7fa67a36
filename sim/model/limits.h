/* What the cap of a plan and its guarantee leave of variable pay: of its expectation, and of one
 * more unit of what is measured.
 * Ownership: limits_init allocates, limits_free frees; a plan without either has none, NULL. */
#ifndef MODEL_LIMITS_H
#define MODEL_LIMITS_H

#include "base/error.h"
#include "model/incentive.h"
#include "model/parameters.h"
#include "model/reference.h"
#include "plan/statement.h"

#include <stdbool.h>

enum { SKILL_POINTS = 33 }; /* of log skill, from SKILL_LOWEST by SKILL_SPACING */
extern const double SKILL_LOWEST;
extern const double SKILL_SPACING;

struct limits {
    const struct plan *plan;
    double cap;                 /* of claims in a fiscal year; 0: none */
    double guarantee;           /* of the claims that fall due together; 0: none */
    long months;                /* of it, from joining; 0: always */
    bool usual;                 /* it lasts for longer than people stay on average */
    bool alone;                 /* one measure of one component is all: bounds bend its payoff */
    double scaled;              /* share of the claims that grows with the level of pay */
    double claim_year;          /* claims of the reference person, before the cap */
    double kept[SKILL_POINTS];  /* of claims, below the cap */
    double added[SKILL_POINTS]; /* by the guarantee to somebody who has it, a year */
    struct metric_moments due[12][SKILL_POINTS];  /* claims of a month of the fiscal year */
    struct metric_moments rest[12][SKILL_POINTS]; /* from it to the end of the year */
};

/* `effort`: held all the time; `stay`: monthly probability to be here. */
bool limits_init(struct limits **limits, const struct parameters *parameters, size_t role,
                 const struct plan *plan, const double effort[ACTIVITY_COUNT], double stay,
                 struct error *error) __attribute__((warn_unused_result));
void limits_free(struct limits *limits);

/* Whether the guarantee holds after so many months in the role. */
bool limits_guarantee(const struct limits *limits, long tenure);

/* Share of the claims that the cap leaves, and what the guarantee adds a year. */
double limits_kept(const struct limits *limits, double log_skill);
double limits_added(const struct limits *limits, double log_skill);

/* What the reference person loses of a unit of every component in a fresh period: the chance that
 * the cap is reached, or that the guarantee is paid anyway. Zeros without limits. `capped`: the
 * former alone. */
void limits_lost(const struct parameters *parameters, size_t role, const struct plan *plan,
                 const double effort[ACTIVITY_COUNT], double stay, double lost[COMPONENTS_MOST],
                 double *capped);

/* Where a person stands with them. */
struct limited {
    double log_output; /* skill and ramp, over the reference */
    double claimed;    /* in the fiscal year so far */
    double level;      /* of target pay, 1 at the start */
    long month;        /* of the fiscal year */
    long tenure;       /* in the role */
};

/* Sets the bounds of what the standings are paid, and what is lost of them. */
void limits_set(const struct limits *limits, const struct incentive *incentive,
                const struct limited *person, struct standing *standings, size_t count);

#endif
