/* A market segment as a scenario describes it (docs/model.md, sections 1 and 2).
 * Ownership: a struct segment owns its stages; the scenario that read it frees them. */
#ifndef MODEL_MARKET_H
#define MODEL_MARKET_H

#include "base/text.h"

#include <stddef.h>

enum { NAMES_MOST = 8, RULES_MOST = 8 };

struct names {
    size_t count;
    char name[NAMES_MOST][NAME_SIZE];
};

struct stage {
    char name[NAME_SIZE];
    double conversion; /* probability to advance when an opportunity leaves the stage */
    double months;     /* mean months in the stage, at least 1 */
};

/* Customers that meet all of it belong to the role. */
struct coverage_rule {
    char role[NAME_SIZE];
    double potential;  /* at least, currency a year; 0: any */
    double revenue;    /* at least, currency a year; 0: any */
    double age_months; /* customers at least so long; 0: any */
};

struct segment {
    char name[NAME_SIZE];
    long accounts;     /* customers at the start */
    long prospects;    /* possible customers that are not yet served at the start */
    double complexity; /* 0..1: how much analytical skill decides the effect of a role here */
    struct {
        struct names hunters;        /* roles that win customers here */
        struct names owners;         /* roles that own customers here, by their normal load */
        double hunting_weight;       /* of this segment in the acquire time of a role that hunts in
                                        several */
        struct names supporters;     /* roles that develop customers of other owners here */
        struct coverage_rule *rules; /* the first that a customer meets says whose it is */
        size_t rule_count;
    } coverage;
    struct {
        double mean; /* annual spend potential of an account, currency */
        double cv;
        double growth;     /* of the market a year */
        double innovation; /* growth a year from joint innovation at the reference relationship */
    } potential;
    struct {
        double per_hunter; /* leads a month of a ramped full-time hunter of skill 1 */
        double season[12]; /* weights of calendar months, mean 1 */
        double referrals;  /* leads a year per promoter */
        double partner;    /* leads a month that need no hunter */
    } leads;
    struct {
        double lead_share; /* part of effort and skill that acts on new leads */
        struct stage *stages;
        size_t stage_count;
    } pipeline;
    struct {
        long term_months; /* 1: may be cancelled every month */
        double margin;    /* gross margin, share of revenue */
    } contract;
    struct {
        double annual; /* probability a year at the reference state */
        double beta_a; /* propensity of accounts ~ Beta(a, b) when both are above 0 */
        double beta_b;
        double satisfaction; /* b_s, log odds per unit of satisfaction */
        double relationship; /* b_r, log odds per unit of relationship */
        double owner_change; /* b_o, log odds after a change of owner in the last 12 months */
    } churn;
    struct {
        double start; /* wallet share of a new account */
        double start_sd;
        double ceiling;
        double growth;       /* g, a month at normal develop input */
        double leak;         /* l, a month without relationship */
        double noise;        /* sd a month */
        double independence; /* part that goes on as at the reference relationship, 0..1 */
    } wallet;
    struct {
        double mean;        /* rating 0..10 */
        double sd;          /* stationary, centred scale */
        double persistence; /* rho_s a month */
        double care;        /* psi, effect of ln(care input) */
        double owner_shock; /* lost at an owner change, times kappa */
        double rating_sd;   /* of a rating in the survey: state and answer together */
    } satisfaction;
    struct {
        double start;        /* of a new account */
        double investment;   /* i, a month at normal care */
        double decay;        /* delta, a month */
        double owner_share;  /* phi_o: share that belongs to the owner's person */
        double wallet_share; /* chi: wallet that goes with it */
    } relationship;
};

#endif
