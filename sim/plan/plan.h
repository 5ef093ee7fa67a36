/* A pay plan as it is written in a scenario: a salary and an ordered list of components.
 * Ownership: a struct plan owns its components, and they their lists; the scenario that read it
 * frees them. */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "base/text.h"
#include "plan/curve.h"
#include "plan/metric.h"

#include <stdbool.h>
#include <stddef.h>

enum component_type {
    COMPONENT_COMMISSION, /* rate or tiers on a metric, every period */
    COMPONENT_BONUS,      /* target pay times a curve of attainment, every period */
    COMPONENT_OBJECTIVES, /* target pay times weighted results of objectives, every period */
    COMPONENT_RANKING,    /* prizes by rank, every period */
    COMPONENT_LTIP,       /* after a performance cycle; cycles overlap */
    COMPONENT_SHARES      /* shares, options or deferred cash that vest */
};
extern const char *const COMPONENT_TYPES[];

enum scope { SCOPE_PERSON, SCOPE_TEAM, SCOPE_ROLE, SCOPE_FIRM };
extern const char *const SCOPE_NAMES[];

enum period { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR };
extern const char *const PERIOD_NAMES[];
int period_months(enum period period);

enum quota_basis { QUOTA_PERIOD, QUOTA_YEAR_TO_DATE };
extern const char *const QUOTA_BASES[];

enum tier_rule { TIERS_MARGINAL, TIERS_RETROACTIVE };
extern const char *const TIER_RULES[];
enum tier_edge { EDGE_LOWER, EDGE_UPPER }; /* the tier that an amount on the edge belongs to */
extern const char *const TIER_EDGES[];
enum threshold_rule { THRESHOLD_ABOVE, THRESHOLD_FIRST_EURO };
extern const char *const THRESHOLD_RULES[];
enum edge_rule { EDGE_REACHED, EDGE_EXCEEDED }; /* a threshold or jump counts at >= or at > */
extern const char *const EDGE_RULES[];
enum between { BETWEEN_STRAIGHT, BETWEEN_STEPS };
extern const char *const BETWEEN_RULES[];
enum cap_place { CAP_AFTER_MULTIPLIER, CAP_BEFORE_MULTIPLIER };
extern const char *const CAP_PLACES[];
enum split_rule { SPLIT_CREDIT, SPLIT_MONEY };
extern const char *const SPLIT_RULES[];

/* How a result that several people have together is paid out. */
enum share_rule {
    SHARE_EACH,        /* everybody gets the whole amount */
    SHARE_EQUAL,       /* divided by heads */
    SHARE_SALARY,      /* divided by salaries */
    SHARE_CONTRIBUTION /* divided by what each contributed to the measure */
};
extern const char *const SHARE_RULES[];

/* What happens when the entitlement to date is less than what has been paid. */
enum negative_rule {
    NEGATIVE_CARRY,  /* nothing is paid until the component has earned it back */
    NEGATIVE_RECOVER /* the difference is taken from this payment */
};
extern const char *const NEGATIVE_RULES[];

enum proration { PRORATE_MONTHS, PRORATE_NONE };
extern const char *const PRORATIONS[];
enum clawback_rule { CLAWBACK_FULL, CLAWBACK_PRO_RATA };
extern const char *const CLAWBACK_RULES[];

enum settlement {
    SETTLEMENT_CASH,    /* the value of the grant */
    SETTLEMENT_RSU,     /* shares: expense fixed at the price of the grant */
    SETTLEMENT_PHANTOM, /* cash at the price of vesting, expense trued up to it */
    SETTLEMENT_OPTION,  /* right to buy at the strike price */
    SETTLEMENT_SAR      /* cash for what the price is above the strike price */
};
extern const char *const SETTLEMENTS[];

enum leaver_rule {
    LEAVER_FORFEIT,     /* what is not paid or vested yet is lost */
    LEAVER_FORFEIT_ALL, /* vested options that were not exercised too */
    LEAVER_PRO_RATA,    /* paid for the part of the period or cycle that was worked */
    LEAVER_ACCELERATE   /* all of it vests now */
};
extern const char *const LEAVER_RULES[];

/* Change of control: what vests at once. */
enum trigger {
    TRIGGER_NONE,
    TRIGGER_SINGLE, /* the sale of the firm */
    TRIGGER_DOUBLE  /* the sale and a dismissal soon after */
};
extern const char *const TRIGGERS[];

enum draw_rule { DRAW_RECOVERABLE, DRAW_NON_RECOVERABLE };
extern const char *const DRAW_RULES[];

/* All of a component's gates must be reached. */
struct gate {
    long metric;
    long scope;
    char product[NAME_SIZE];
    double quota;
    double at_least; /* attainment */
};

struct multiplier {
    long metric;
    long scope;
    char product[NAME_SIZE];
    double quota;
    struct curve factor; /* (attainment, factor) */
    long between;        /* enum between */
};

struct objective {
    char name[NAME_SIZE];
    long metric;
    long scope;
    char product[NAME_SIZE];
    double quota;
    double weight;      /* share of the target, relative to the sum of the weights */
    struct curve level; /* (attainment, level); empty: the attainment itself */
    double expected;    /* result of a named objective in the simulation */
};

/* One column of a matrix: the payout curve when the second measure is at `at`. */
struct matrix_column {
    double at;
    struct curve payout;
};

struct component {
    char name[NAME_SIZE];    /* in tables and pictures */
    long type;               /* enum component_type */
    long metric;             /* enum metric */
    long scope;              /* enum scope: whose result */
    char product[NAME_SIZE]; /* only deals of this product (simulated: segment); "": all */
    long period;             /* enum period: of measurement and payment */
    struct {
        double share;         /* of the measure that counts */
        double most_per_deal; /* currency; 0: no limit */
        long split;           /* enum split_rule */
    } credit;
    double rate;        /* commission: share of the metric, when there are no tiers */
    struct curve tiers; /* commission: (from per period, rate) */
    long tier_rule;
    long tier_edge;
    double threshold; /* commission: of the metric per period */
    long threshold_rule;
    struct curve deal_factors; /* commission: (attainment of the year before the deal, factor) */
    long recurring_months;     /* recurring_revenue: months after the deal */
    double most_units;         /* per person and period; 0: no limit */
    double pool;               /* currency a period for all persons together; 0: no limit */
    double target;             /* a year at attainment 1; ltip, shares: value of one grant */
    double weight;             /* share of the plan's variable target pay, in place of `target` */
    struct curve payout;       /* (attainment, share of the target) */
    double slope_above;        /* of payout beyond its last point */
    long edge;                 /* enum edge_rule: of payout, threshold and gates */
    struct {
        long metric;
        long scope;
        char product[NAME_SIZE];
        double quota;
        long between;
        struct matrix_column *columns; /* in place of payout */
        size_t column_count;
    } matrix;
    struct objective *objectives;
    size_t objective_count;
    struct curve prizes; /* ranking: (rank, currency) */
    double top_share;    /* ranking: this share of the people gets `target` */
    double quota;        /* per period; 0: the role's own quota rule (no flow: 1) */
    long quota_basis;
    double season[12];       /* weights of the months of the fiscal year in a yearly quota */
    struct curve quota_ramp; /* (month with the firm, share of the quota) */
    struct {
        double up;   /* of what was above the quota into the next one */
        double down; /* of what was missing */
    } ratchet;
    struct gate *gates;
    size_t gate_count;
    struct multiplier *multipliers;
    size_t multiplier_count;
    double cap; /* currency a period; 0: none */
    long cap_place;
    long share_by; /* enum share_rule */
    struct {
        double pays;      /* share of the balance paid each period; 0: no bank */
        double lowest;    /* of the balance, currency */
        double highest;   /* 0: no limit */
        long carry_years; /* a negative balance is forgiven after so long; 0: never */
    } bank;
    struct {
        double share; /* of the pay */
        long months;
    } hold_back; /* until the customer has stayed */
    struct {
        long months; /* window after the sale; 0: none */
        long rule;   /* enum clawback_rule */
    } clawback;
    long negative;       /* enum negative_rule */
    long proration;      /* enum proration */
    long cycle_months;   /* ltip: length of a performance cycle */
    long every_months;   /* ltip, shares: months between grants; 0: one grant on joining */
    long vesting_months; /* shares: until everything has vested */
    long cliff_months;   /* shares: nothing vests before */
    long step_months;    /* shares: months between vesting dates after the cliff */
    long settlement;     /* enum settlement */
    double units;        /* shares or options of one grant, in place of `target` */
    double strike;       /* over the price at the grant: 1 is at the money */
    long term_months;    /* options: may be exercised so long after the grant */
    long leaver;         /* enum leaver_rule: who quits or is dismissed */
    long good_leaver;    /* enum leaver_rule: who retires */
    long trigger;        /* enum trigger */
};

struct plan {
    char name[NAME_SIZE];
    char meaning[256]; /* when firms use it, a sentence */
    double salary;     /* a year */
    double on_target;  /* salary and variable target pay a year, with `mix` in place of salary */
    double mix;        /* share of salary in it */
    double cap;        /* of variable pay in a fiscal year, currency; 0: none */
    struct {
        double amount; /* a month; 0: none */
        long rule;     /* enum draw_rule */
        long months;   /* from joining; 0: always */
    } draw;
    struct component *components;
    size_t component_count;
};

/* Cash, shares and options that are granted, in contrast to pay for a period. */
static inline bool component_is_award(const struct component *component) {
    return component->type == COMPONENT_LTIP || component->type == COMPONENT_SHARES;
}

#endif
