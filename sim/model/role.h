/* A role as a scenario describes it: headcount, time, skills, pay plan, recruiting and what makes
 * people of the role stay or leave (docs/model.md, sections 3, 4, 6 and 7).
 * Ownership: a struct role owns its levels; the scenario that read it frees them. */
#ifndef MODEL_ROLE_H
#define MODEL_ROLE_H

#include "base/text.h"
#include "model/market.h"
#include "plan/curve.h"

#include <stddef.h>

enum activity { ACQUIRE, DEVELOP, CARE, ACTIVITY_COUNT };
extern const char *const ACTIVITY_NAMES[];

/* Whom a vacancy is for, and how people of other roles come into it. */
enum seeks { SEEKS_ANYBODY, SEEKS_EXPERIENCED, SEEKS_NOVICES };
extern const char *const SEEKS_NAMES[];
enum internal_by {
    INTERNAL_COMPETE,   /* with candidates from outside: the best expected talent */
    INTERNAL_TALENT,    /* first, by what is seen of their talent */
    INTERNAL_ATTAINMENT /* first, by rolling attainment in the role they have */
};
extern const char *const INTERNAL_NAMES[];

struct career_level {
    char name[NAME_SIZE];
    long months;       /* waiting time in the level before */
    double attainment; /* rolling attainment needed */
    double pay_step;   /* raise of salary and targets, share */
};

struct role {
    char name[NAME_SIZE];
    char plan[NAME_SIZE];
    long headcount;
    long team_size;              /* people who form a team, in the order of seats */
    struct curve headcount_path; /* (month from 1, headcount from then on) */
    double market_pay;           /* a year, what the market pays for the role */
    double market_skill;         /* market pay grows with skill^market_skill */
    double normal_accounts;      /* accounts a head that get normal care */
    double load_limit;           /* of normal_accounts: above it nobody takes over more by choice */
    double analytics;            /* 0..1, fit to complex customers */
    struct {
        double acquire;
        double develop;
        double care;
    } time; /* shares of working time, sum 1 */
    struct {
        double spread; /* sd of log skill */
    } skill;
    struct {
        double start;  /* a0, productivity of a novice */
        double months; /* to 95 % of full productivity */
    } ramp;
    struct {
        double cost;         /* c */
        double substitution; /* gamma */
        double response;     /* eta */
        double lowest;       /* bounds of effort, for safety only */
        double highest;
    } effort;
    struct {
        double flexibility;    /* share of the last stage's deals that a discount of 30 % pulls in;
                                  a tenth of this month's deals can be kept back */
        double authority;      /* discount that may be given */
        double hassle;         /* part of the pay that moving a deal costs */
        double loss;           /* of deals that are kept back */
        double over_promising; /* starting satisfaction lost per unit of effort above normal */
    } timing;
    struct {
        double risk_aversion;  /* CARA, per annual pay */
        double present_bias;   /* beta */
        double discount;       /* a year */
        double base_foresight; /* of a higher base of the next periods */
    } preferences;
    struct {
        long metric;           /* enum metric: what the person's attainment is measured on */
        double level;          /* over normal-effort expectation */
        double skill_exponent; /* quota grows with skill^exponent */
        double error;          /* sd of the log error of quota setting */
    } quota;
    struct {
        double annual;            /* voluntary, stationary, at reference pay, nothing to forfeit */
        double pay_elasticity;    /* b_w */
        double talent_slope;      /* q */
        double attainment;        /* b_A */
        double attainment_square; /* b_A2 */
        double overload;          /* log units per unit of mean effort above 1.5 */
        double misfit;            /* sd of cultural misfit, log units, fading */
        double misfit_months;     /* time constant of its fading */
        double peers;             /* log units per tenth of the team that left in 3 months */
        double match_spread;      /* b */
        double match_months;      /* k */
        double gain_median;       /* of the yearly gain of leaving, share of market pay */
        double gain_sigma;        /* sd of its log */
        double persistence;       /* rho: a wish stays from month to month */
        double retirement_months; /* careers end */
    } turnover;
    struct {
        double floor;       /* of rolling attainment */
        long months;        /* in a row below the floor before it can happen */
        double probability; /* a month, then */
        double severance;   /* months of salary */
        long notice_months; /* worked between dismissal and exit */
    } dismissal;
    struct {
        struct career_level *levels;
        size_t level_count;
    } career;
    struct {
        double pool;            /* mean number of candidates at market pay */
        double pool_elasticity; /* of the pool to perceived pay over market pay */
        double signal;          /* correlation of signal and talent */
        double selection;       /* psi_s: applicants' mean talent per log pay of performance */
        double days;            /* mean time to fill */
        double days_cv;
        double cost;     /* per hire, share of annual target pay */
        double industry; /* share of candidates with the knowledge of the industry that is needed */
        long seeks;      /* enum seeks */
        struct {
            double share;       /* of candidates, at market pay */
            double months;      /* on the ramp that they have behind them */
            double premium;     /* of pay, what they cost more, here as elsewhere */
            double competition; /* elasticity of their odds to perceived pay over market pay */
        } experience;
        struct {
            double days; /* of search that have passed when a seat becomes empty */
            double cost; /* a year and position, share of annual target pay */
        } continuous;
        struct {
            double weight; /* of the impression of fit beside that of talent */
            double signal; /* correlation of impression and fit */
        } culture;
        struct names internal;      /* roles whose people are candidates too */
        long internal_months;       /* tenure before they are */
        long internal_by;           /* enum internal_by */
        double internal_signal;     /* correlation of what is seen and talent */
        double internal_attainment; /* rolling attainment that is needed */
        double internal_days;       /* mean time to fill from inside, when they come first */
        double internal_ramp;       /* months on the ramp that they have behind them */
    } recruiting;
    struct {
        double similar;       /* share of accounts taken over by a similar colleague */
        double dissimilar;    /* by a dissimilar colleague; the rest waits for the new hire */
        double kappa_similar; /* damage by successor */
        double kappa_dissimilar;
        double kappa_hire;
        double care_similar; /* care at the start, share of normal */
        double care_dissimilar;
        double care_hire;
        double months_similar; /* time constant to normal care */
        double months_dissimilar;
        double months_hire;
    } succession;
    struct {
        double uncertainty; /* log units of the wish to leave after a change without a word */
        double expectancy;  /* share of the response to the plan that is lost then */
    } change;
};

#endif
