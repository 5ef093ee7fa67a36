/* Everything that a scenario lends to the model, as plain values that were checked before.
 * Ownership: whoever filled it frees it; the model only reads. */
#ifndef MODEL_PARAMETERS_H
#define MODEL_PARAMETERS_H

#include "model/economy.h"
#include "model/handover.h"
#include "model/market.h"
#include "model/opening.h"
#include "model/role.h"
#include "plan/plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum effort_mode {
    EFFORT_NONE,   /* everybody works as for the salary */
    EFFORT_STATIC, /* as at the start of a fresh period, all the time */
    EFFORT_DYNAMIC /* given what has been reached and the time that is left */
};
extern const char *const EFFORT_MODES[];

enum start_mode {
    START_RUNNING, /* accrued bonus, unvested grants and open wishes as the plan would leave them */
    START_NEW      /* the plans start in month 1 */
};
extern const char *const START_MODES[];

/* Settings that are laid over a scenario. */
struct amendment {
    char *written;                 /* as in a scenario: a group of settings */
    struct parameters *parameters; /* what the scenario is with them */
    bool *touches;                 /* by role: its people work or are paid differently */
};

/* What is different from a month on; changes add up. */
struct change {
    long month; /* from 1 */
    char name[NAME_SIZE];
    double communication;     /* 0..1 */
    double adaptation_months; /* until nobody is unsettled any more */
    struct names concerns;    /* roles whose people are unsettled */
    struct amendment set;
};

struct parameters {
    char name[NAME_SIZE];
    char question[512];
    struct {
        long years;
        long replications;
        uint64_t seed;
        long fiscal_year_start; /* calendar month 1..12; the simulation starts in January */
        long effort;            /* enum effort_mode */
        long start;             /* enum start_mode */
    } simulation;
    struct {
        double social_charges; /* on cash pay */
        double wacc;           /* a year */
        double pay_growth;     /* of salaries and targets, a year */
        struct {
            long month;         /* the firm is sold in this month of the simulation; 0: never */
            long window_months; /* dismissals so long after it make double triggers vest */
        } sale;
    } firm;
    struct economy economy;
    struct opening start; /* empty: drawn */
    struct handover handover;
    struct segment *segments;
    size_t segment_count;
    struct role *roles;
    size_t role_count;
    struct plan *plans;
    size_t plan_count;
    struct change *changes; /* in the order of their months */
    size_t change_count;
};

/* What the change is called: its name, or "month 13". */
const char *change_name(char *buffer, size_t size, const struct change *change);

/* What holds in a month (from 1): the scenario with all changes up to it. */
const struct parameters *parameters_in(const struct parameters *parameters, long month);

#endif
