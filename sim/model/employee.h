/* A seat and the person on it: identity, skills, learned match, wish to leave.
 * Ownership: values. */
#ifndef MODEL_EMPLOYEE_H
#define MODEL_EMPLOYEE_H

#include "model/opening.h"
#include "model/role.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct person {
    uint64_t entity; /* (role, seat, occupant): does not depend on what else happened */
    long tenure;     /* completed months with the firm */
    long in_role;    /* completed months in the role */
    double talent;   /* z, standard normal in the population */
    double skill[ACTIVITY_COUNT];
    double effort[ACTIVITY_COUNT]; /* of this month; 1 is what is done for the salary */
    double output[ACTIVITY_COUNT]; /* 1 + eta (effort - 1) */
    double ramp_keep;              /* e^(-tenure in role / tau) */
    double match;                  /* posterior mean, learned */
    double misfit;                 /* log units, fading */
    double misfit_keep;
    double quota_error; /* factor */
    double gain;        /* of leaving, share of market pay a year; 0: no wish */
    long notice;        /* months of work left after a dismissal, -1: none */
    size_t level;       /* career levels reached */
    long level_months;
    double level_factor;  /* of pay */
    double pay_factor;    /* the person's own, over what the plan pays at this level */
    double market_factor; /* what others pay too: for experience */
    double fit;           /* to the culture, standard normal among candidates */
    const struct opening_person *origin; /* here from a real start, with what was promised then */
    double attainment_measure;           /* rolling 12-month sums, index metrics: of logs */
    double attainment_quota;
    double year_measure; /* fiscal year to date; index metrics: of logs */
    double year_quota;
    double year_pay;  /* received in the fiscal year to date */
    long below_floor; /* months in a row */
};

/* A function of numbers that seldom change, with what it gave for the last ones. */
struct kept {
    double x;
    double y;
    double value;
    bool known;
};

/* Of the person on a seat; nothing has to be forgotten when somebody else comes. */
struct kept_values {
    struct kept quota_skill[2]; /* its power in quotas: selling, and the others */
    struct kept log_skill;
    struct kept log_relative; /* pay */
    struct kept reaction;     /* to pay, by talent */
};

struct seat {
    size_t role;
    uint64_t identity;
    uint64_t occupants; /* how many have sat here */
    long joined;        /* month in which the last of them came, -1: there from the start */
    bool filled;
    bool wanted;       /* empty, and somebody is sought for it */
    bool due;          /* to be filled this month */
    bool inside;       /* the search is among people of other roles */
    long vacant_left;  /* months until it is filled */
    long vacant_since; /* months empty so far */
    long accounts;     /* owned */
    double care;       /* productivity of the month, as `develop` */
    double develop;
    struct person person;
    struct kept_values kept;
};

#endif
