/* Everything that a scenario lends to the model, as plain values that were checked before.
 * Ownership: whoever filled it frees it; the model only reads. */
#ifndef MODEL_PARAMETERS_H
#define MODEL_PARAMETERS_H

#include "model/economy.h"
#include "model/market.h"
#include "model/opening.h"
#include "model/role.h"
#include "plan/plan.h"

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
    struct segment *segments;
    size_t segment_count;
    struct role *roles;
    size_t role_count;
    struct plan *plans;
    size_t plan_count;
};

#endif
