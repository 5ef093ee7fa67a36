/* The steps of a firm's month, in the order in which firm.c takes them; one file a step.
 * Ownership: they change the firm they are lent; nothing is allocated. */
#ifndef MODEL_STEPS_H
#define MODEL_STEPS_H

#include "model/firm.h"

/* A deal closed this month: the customer that it will be. */
struct closing {
    size_t segment;
    size_t seat; /* of the winner */
    uint64_t id;
    float potential;
    float wallet;
    float churn_odds;
};

/* The row of a purpose in a month of this history; months may be negative (before the start). */
uint64_t firm_row(const struct firm *firm, long month, uint64_t purpose);

struct ledger *firm_role_ledger(const struct firm *firm, size_t month, size_t role);
struct ledger *firm_segment_ledger(const struct firm *firm, size_t month, size_t segment);

/* Month of the fiscal year, 0 .. 11, of a month that may be negative. */
long fiscal_month(const struct model *model, long month);

/* Level of salaries and targets in a month, 1 at the start; the same for the market's pay. */
double pay_level(const struct model *model, long month);
double market_pay_level(const struct model *model, long month);

/* Factor of demand in a month from the shock and a recession. */
double firm_demand(const struct firm *firm);

/* economy.c */
void step_economy(struct firm *firm, size_t month);
/* pipeline.c */
void step_pipeline(struct firm *firm, size_t month);
void start_pipeline(struct firm *firm);
/* customers.c */
void step_customers(struct firm *firm, size_t month);
void step_closings(struct firm *firm, size_t month);
void start_customers(struct firm *firm);
void seat_left(struct firm *firm, size_t month, size_t seat); /* accounts find successors */
void seat_taken(struct firm *firm, size_t seat); /* accounts that waited meet the new owner */
void step_orphans(struct firm *firm); /* accounts for which nobody is sought find an owner */
/* pay.c */
void step_pay(struct firm *firm, size_t month);
void pay_start(struct firm *firm, size_t seat,
               long month); /* awards as the plan would have left them */
void pay_clear(struct firm *firm, size_t seat);
void pay_leaver(struct firm *firm, size_t month, size_t seat);
void pay_forfeits(const struct firm *firm, size_t seat, long month, struct forfeits *forfeits);
double pay_annual(const struct firm *firm, size_t seat, long month); /* expected, of the person */
/* departures.c */
void step_departures(struct firm *firm, size_t month);
void start_wish(struct firm *firm, size_t seat);
/* staff.c */
void step_recruiting(struct firm *firm, size_t month);
void start_staff(struct firm *firm);
void seat_vacated(struct firm *firm, size_t month, size_t seat);

#endif
