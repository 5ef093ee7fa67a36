/* The books: what is counted in a month for the firm, each role and each segment.
 * Ownership: the caller owns the ledgers; values only. */
#ifndef MODEL_BOOKS_H
#define MODEL_BOOKS_H

#include <stddef.h>

enum { SURVIVAL_YEARS = 5, ATTAINMENT_CLASSES = 5, PAY_TENTHS = 10 };

/* Upper bounds of the classes of yearly attainment, all but the last. */
extern const double ATTAINMENT_BOUNDS[ATTAINMENT_CLASSES - 1];

/* Sums over the months of a ledger. Every field is a double. */
struct flows {
    double months;
    /* people */
    double person_months;
    double vacancy_months;
    double exits_voluntary;
    double exits_involuntary;
    double retirements;
    double hires;
    double internal_moves;
    double promotions;        /* career levels reached */
    double hires_experienced; /* of those from outside */
    double hires_talent;      /* sums over hires */
    double hires_skill;
    double hires_fit;  /* of those from outside */
    double candidates; /* suitable ones, of hires from outside */
    double searches_failed;
    double fill_months;
    double wishes;                       /* that arrived */
    double attainment;                   /* sum over person-months of rolling attainment */
    double full_years;                   /* persons measured at the end of a fiscal year */
    double at_quota;                     /* of them at or above quota */
    double attained[ATTAINMENT_CLASSES]; /* of them by class, lowest first */
    double novice_months;                /* person-months in the first year in the role */
    double novice_exits;
    double joiners[SURVIVAL_YEARS]; /* who joined the role 1, 2, ... years ago to the month */
    double stayers[SURVIVAL_YEARS]; /* of them still in it */
    double effort[3];               /* sums over person-months */
    double skill[3];
    double pay_years; /* people whose pay of a whole fiscal year was counted at its end */
    double pay_tenth[PAY_TENTHS]; /* what they were paid in it, lowest paid tenth of a role first */
    /* pay and its cost, currency */
    double salary;
    double commission;
    double bonus; /* prizes of rankings too */
    double draws; /* advanced less taken back */
    double ltip_paid;
    double shares_vested; /* value at vesting */
    double lti_granted;   /* target value of grants */
    double lti_forfeited; /* expected value of unvested awards at exit */
    double lti_expense;   /* accrued to vesting, trued up */
    double severance;
    double hiring_cost;
    double social_charges;
    double crm_cost; /* of working together */
    double meetings_cost;
    /* customers */
    double leads;
    double decided;         /* opportunities that left a stage; of a segment: its pipeline */
    double advanced;        /* of them to the next stage; of a segment: won */
    double deals_abandoned; /* opportunities that went with the person who had them */
    double deal_months;     /* from lead to close, summed over deals */
    double deals;
    double deals_pulled;   /* closed early at the end of a measurement period */
    double deals_pushed;   /* kept back for the next period */
    double pulled_revenue; /* annual value of them */
    double pushed_revenue;
    double peak_pull;         /* of deals pulled in: where they land less where they would have */
    double peak_push;         /* of deals pushed out, likewise; both as the peak weighs months */
    double discounts;         /* given to close early, currency */
    double new_revenue;       /* annual value */
    double early_revenue;     /* of it in the first months of quarters */
    double middle_revenue;    /* in the second */
    double late_revenue;      /* in the last */
    double expansion_revenue; /* annual value booked */
    double contraction;       /* annual value */
    double churned_revenue;   /* annual value of lost accounts, as they left */
    double market_growth;     /* annual value: what the market and chance change */
    double customers_won;
    double customers_lost;
    double cohort[SURVIVAL_YEARS];      /* customers won 1, 2, ... years ago to the month */
    double cohort_kept[SURVIVAL_YEARS]; /* of them still customers */
    double renewals_due;
    double renewals_kept;
    double account_months;
    double orphan_months;      /* account-months without an owner */
    double handovers;          /* customers handed over to another role */
    double handover_wait;      /* months that they had met the rule */
    double handover_held;      /* of them held back by their owner while there was room */
    double handover_loss;      /* expected in the next 12 months, currency */
    double overlap_months;     /* account-months that a former owner looked after too */
    double shared_credit;      /* revenue that counted for a former owner, currency */
    double credited_revenue;   /* that counted for people, as often as it did, currency */
    double credited_expansion; /* annual value */
    double credited_renewals;
    double revenue; /* recognised, currency */
    double margin;
    double log_logo_retention; /* sums of monthly logs */
    double log_gross_retention;
    double log_net_retention;
    /* firm */
    double profit;
    double discounted_profit;
};

/* At the end of the last month of a ledger. Every field is a double. */
struct stocks {
    double headcount;
    double seats;
    double tenure;           /* sum over people, months */
    double held_back;        /* pay that waits for customers to stay */
    double ltip_outstanding; /* expected value of unvested awards and open cycles */
    double customers;
    double run_rate; /* annual revenue of the book */
    double fresh;    /* of it of customers won this month */
    double wallet;   /* sums over customers */
    double potential;
    double satisfaction;
    double relationship;
    double handover_queue; /* customers who wait to be handed over */
    double open_deals;
    double promoters; /* of the last survey */
    double detractors;
    double answers;
    double contracted; /* revenue until the next renewals, currency */
    double customer_equity;
    double customer_equity_discounted;
    double share_price;
};

struct ledger {
    struct flows flows;
    struct stocks stocks;
};

/* Adds what one role or segment counted to the whole firm's ledger of the same month. */
void ledger_add(struct ledger *total, const struct ledger *part);

/* Appends a later month: flows are summed, stocks replaced. */
void ledger_append(struct ledger *period, const struct ledger *month);

#endif
