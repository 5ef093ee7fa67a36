/* Careers across roles: how often people move into roles that recruit inside, what that prospect is
 * worth to those who qualify, and how long seats are empty with it (docs/model.md, section 7).
 * Ownership: values only. */
#ifndef MODEL_CAREER_H
#define MODEL_CAREER_H

#include <stdbool.h>

struct model;

/* The stationary flow through the seats of a role. */
struct career_flow {
    double vacancy; /* share of the time that a seat is empty */
    double chance;  /* a month, of somebody from inside who qualifies to move into the role */
    bool inside;    /* most searches find somebody inside */
};

/* The best move out of a role; a chance of 0: there is none. */
struct career_move {
    double months;     /* tenure before it can come */
    double chance;     /* a month, then */
    double raise;      /* perceived pay there over that here, less 1 */
    double attainment; /* rolling attainment that is needed */
};

/* Fills in the flow and the move of every role: openings a month in the stationary state, the part
 * of them that is filled from inside, over the people who qualify. */
void careers_init(struct model *model);

/* Share by which the prospect raises expected pay: the raise, discounted month by month. */
double career_prospect(const struct career_move *move, double tenure, double attainment,
                       double present_bias, double discount);

/* Mean months until the move; below 0: no prospect. */
double career_wait(const struct career_move *move, double tenure, double attainment);

#endif
