/* Why a person of a role works as much as they do: what one more unit of effort gains through each
 * component of the plan, month by month, the effort that answers, and what the plan is worth.
 * Ownership: explanation_init allocates, explanation_free frees and accepts a zeroed struct; the
 * parameters are borrowed. No chance is in it: everything is about the reference person of the role
 * (skill 1, past the ramp), who keeps pace with the quota. */
#ifndef ENGINE_EXPLANATION_H
#define ENGINE_EXPLANATION_H

#include "base/error.h"
#include "engine/attribution.h"
#include "model/incentive.h"
#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>

/* Attainments in the grid of efforts, so that quarters lie on it; lines that are shown of it. */
enum { EXPLANATION_STEPS = 61, EXPLANATION_LINES = 6 };

struct explained_component {
    const struct component *terms;
    bool moved;          /* by effort */
    const char *because; /* a sentence without its end, when it is not */
    double target;       /* a year; an award's grants of a year at target */
    double expected;     /* a year */
    double discounted;   /* a year, what is deferred valued today: present bias and discount */
    double perceived;    /* of that the certainty equivalent */
    double surviving;    /* of that times the chance to be here when it is paid */
    double option_cost;  /* options: Black and Scholes, of one at the grant; else 0 */
    double units;        /* options: of one grant */
    double steady[ACTIVITY_COUNT]; /* worth through gates and multipliers, the same every month */
    struct worth *months;          /* explanation.months */
    int *left;                     /* months to the next payment, this one included; 0: none */
};

struct explained_month {
    double value[ACTIVITY_COUNT]; /* worth of all components */
    double effort[ACTIVITY_COUNT];
};

/* Effort in one activity by what has been reached and by the months that are left. */
struct effort_grid {
    bool exists; /* false: effort moves nothing that is paid */
    enum activity activity;
    struct slot measured;   /* the measure whose attainment varies */
    int period;             /* months; lines are for 1 .. period months left */
    double lowest, highest; /* attainment to date, of the quota pro rata */
    double *effort;         /* period x EXPLANATION_STEPS, one month left first */
};

struct explanation {
    const struct parameters *parameters;
    size_t role;
    struct model model;
    struct incentive incentive;
    size_t months; /* after so many, everything repeats */
    size_t component_count;
    struct explained_component *components;
    struct explained_month *total;
    struct effort_grid grid;
    double held[ACTIVITY_COUNT]; /* what the simulation uses when effort is not dynamic */
};

bool explanation_init(struct explanation *explanation, const struct parameters *parameters,
                      size_t role, struct error *error) __attribute__((warn_unused_result));
void explanation_free(struct explanation *explanation);

/* What a guarantee of the plan adds for the reference person, a year; 0 without one that lasts for
 * longer than people stay on average. */
double explanation_guarantee(const struct explanation *explanation);

/* Attainment to date at a step of the grid. */
double explanation_attainment(const struct effort_grid *grid, size_t step);

/* Effort with so many months left (1 .. period) at a step of the grid. */
double explanation_effort(const struct effort_grid *grid, int left, size_t step);

/* What 100 % in the grid are: "the quota pro rata", ... */
const char *explanation_pace(const struct effort_grid *grid);

/* The months left that are worth showing, most first; returns how many. */
size_t explanation_lines(const struct effort_grid *grid, int left[EXPLANATION_LINES]);

#endif
