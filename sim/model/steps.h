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
    bool won;          /* there was still somebody to be won */
    double value;      /* annual, credited */
    uint64_t occupant; /* of the seat */
    double discount;   /* share of the first year's price */
    bool pulled;       /* closed earlier than it would have */
};

/* A metric of a month: a flow, or numerator and denominator of a ratio, an index or a mean. */
struct reading {
    double value;
    double base;
};

/* Seats [first, end). */
struct group {
    size_t first;
    size_t end;
};

enum exit_reason { EXIT_VOLUNTARY, EXIT_INVOLUNTARY, EXIT_RETIREMENT };

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

/* pipeline.c, for deals that close out of turn */
enum { PULLED_ORDINAL = 2048 };
struct selling {
    double leads;   /* productivity A on new leads */
    double advance; /* and on the odds to advance a stage, so that steady output is linear in A */
};
struct selling seat_selling(const struct firm *firm, const struct seat *seat, size_t s);
void close_deal(struct firm *firm, size_t month, size_t s, size_t seat, unsigned ordinal);
/* timing.c */
void step_timing(struct firm *firm, size_t month);
void timing_return(struct firm *firm); /* deals that were kept back close now */
/* exertion.c */
enum { STANDINGS_MOST = 4 * MOTIVE_PARTS };
size_t effort_standings(const struct firm *firm, size_t seat, long month,
                        struct standing standings[STANDINGS_MOST]);
/* Open cycles of awards only: what plans that have ended still make worth an effort. */
size_t effort_cycles(const struct firm *firm, size_t seat, long month,
                     struct standing standings[STANDINGS_MOST]);
void step_effort(struct firm *firm, size_t month);
void effort_start(struct firm *firm, size_t seat); /* as at the start of a fresh period */
/* diary.c: the occupant is filled in; nothing happens without a diary, or before the start */
void firm_note(const struct firm *firm, struct entry entry);
void firm_note_payment(const struct firm *firm, size_t seat, size_t month,
                       const struct payment *payment);
void firm_note_decision(const struct firm *firm, size_t seat, long month,
                        const struct forfeits *forfeits, double gain, double waiting);
/* firm.c */
/* Makes a model and what is owed under it that of the firm. */
void firm_use(struct firm *firm, size_t number);
/* The same firm under an earlier model, to settle what was promised then; a borrowed view: whatever
 * is not an array is lost with it. */
struct firm firm_under(const struct firm *firm, size_t number);
/* change.c */
void change_start(struct firm *firm);                /* nothing has changed yet */
void step_change(struct firm *firm, size_t month);   /* on to the next model */
void step_coverage(struct firm *firm, size_t month); /* customers whom a change gives to others */
double unsettled(const struct firm *firm, size_t seat, long month); /* 0..1, by recent changes */
/* run_off.c: what plans that ended still owe to the person on a seat */
bool run_off_exists(const struct firm *firm, size_t seat);
void run_off_claim(struct firm *firm, size_t seat, size_t month);
void run_off_settle(struct firm *firm, size_t seat, size_t month);
void run_off_leaver(struct firm *firm, size_t seat, size_t month, enum exit_reason reason);
void run_off_forfeits(const struct firm *firm, size_t seat, long month, struct forfeits *forfeits);
void run_off_effort(const struct firm *firm, size_t seat, long month, double level,
                    double value[ACTIVITY_COUNT]);
void run_off_clear(const struct firm *firm, size_t seat);
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
/* Accounts for which nobody is sought find an owner. */
void step_orphans(struct firm *firm, size_t month);
/* measures.c */
void step_measures(struct firm *firm, size_t month);
struct group measure_group(const struct firm *firm, size_t seat, enum scope scope);
/* What the plan of the person on a seat sees of a measure: an index as its ratio, a mean or level
 * as such (NAN: nothing to measure), a ratio as numerator and denominator. */
struct reading measure_read(const struct firm *firm, size_t seat, const struct slot_law *law,
                            size_t month);
/* pay.c */
void step_pay(struct firm *firm, size_t month);
struct statement seat_statement(const struct firm *firm, size_t seat);
void pay_clear(const struct firm *firm, size_t seat);
void pay_clear_now(const struct firm *firm, size_t seat); /* but not what plans before still owe */
/* Everything about a seat and month but its measures. */
struct month_facts plain_facts(const struct firm *firm, size_t seat, long month);
/* Customers lost this month that the person on the seat won. */
void cancel_deals(struct firm *firm, size_t seat, size_t c, struct statement *statement,
                  long month);
/* Rankings and pools: everybody with the same plan of a role whose period ends. */
void resolve_role(struct firm *firm, size_t r, size_t month);
/* Components are booked by their type; prizes with the bonuses. */
void book_payment(const struct role_law *role, const struct payment *payment, struct flows *flows);
void log_payment(struct firm *firm, size_t seat, size_t month, const struct payment *payment);
void pay_leaver(struct firm *firm, size_t month, size_t seat, enum exit_reason reason);
double pay_scale(const struct firm *firm, size_t seat, long month);  /* of salary and targets */
double pay_annual(const struct firm *firm, size_t seat, long month); /* expected, of the person */
/* A person's quota of a flow over the reference person's at the start. */
double firm_quota(const struct firm *firm, size_t seat, enum metric metric, long month);
/* awards.c */
void awards_grant(struct firm *firm, size_t seat, long month, struct flows *flows);
void awards_month(struct firm *firm, size_t seat, size_t month, struct flows *flows);
void awards_leave(struct firm *firm, size_t seat, size_t month, enum exit_reason reason,
                  struct flows *flows);
void awards_start(struct firm *firm, size_t seat, long month, long tenure);
void awards_clear(const struct firm *firm, size_t seat);
double awards_outstanding(const struct firm *firm, size_t seat);
double award_price(const struct firm *firm); /* of a share, currency */
struct award *seat_awards(const struct firm *firm, size_t seat, const struct component_law *law);
/* accruals.c */
/* What somebody who was here before `month` has accrued by then, as the plan would have left it. */
void pay_start(struct firm *firm, size_t seat, long month);
/* forfeits.c */
void award_forfeits(const struct firm *firm, size_t seat, long month,
                    const struct component_law *law, struct forfeits *forfeits);
/* Held back, and in the bank. */
void late_forfeits(const struct firm *firm, size_t seat, long month, size_t c,
                   struct forfeits *forfeits);
void pay_forfeits(const struct firm *firm, size_t seat, long month, struct forfeits *forfeits);
/* departures.c */
void step_departures(struct firm *firm, size_t month);
void start_wish(struct firm *firm, size_t seat);
/* staff.c */
void step_recruiting(struct firm *firm, size_t month);
void start_staff(struct firm *firm);
void seat_vacated(struct firm *firm, size_t month, size_t seat);

#endif
