/* The steps of a firm's month, in the order in which firm.c takes them; one file a step.
 * Ownership: they change the firm they are lent; nothing is allocated. */
#ifndef MODEL_STEPS_H
#define MODEL_STEPS_H

#include "model/coverage.h"
#include "model/firm.h"

/* A deal closed this month: the customer that it will be. */
struct closing {
    size_t segment;
    size_t seat; /* of the winner */
    uint64_t id;
    real potential;
    real wallet;
    real churn_odds;
    bool won;          /* there was still somebody to be won */
    double value;      /* annual, credited */
    uint64_t occupant; /* of the seat */
    double discount;   /* share of the first year's price */
    bool pulled;       /* closed earlier than it would have */
    bool pushed;       /* or later */
    double chance;     /* of a pulled one: by which its value waits in firm->pulled */
    double months;     /* from the lead to the close */
};

/* A metric of a month: a flow, or numerator and denominator of a ratio, an index or a mean. */
struct reading {
    double value;
    double base;
};

/* A customer that a rule of coverage gives to another role, or that could be supported. */
struct waiting {
    uint64_t id;
    size_t segment;
    size_t slot;
    size_t role;
    int32_t waited;
    real potential;
};

/* Annual revenue that went with an owner. */
struct gone {
    double old; /* of customers that were there at the start of the month */
    double fresh;
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
struct ledger *firm_component_ledger(const struct firm *firm, size_t month, size_t role,
                                     size_t component);
struct ledger *firm_stage_ledger(const struct firm *firm, size_t month, size_t segment,
                                 size_t stage);

/* Month of the fiscal year, 0 .. 11, of a month that may be negative. */
long fiscal_month(const struct model *model, long month);

/* Level of salaries and targets in a month, 1 at the start; the same for the market's pay. */
double pay_level(const struct model *model, long month);
double market_pay_level(const struct model *model, long month);

/* Factor of demand in a month from the shock and a recession. */
double firm_demand(const struct firm *firm);

/* kept.c: mathematics of the same numbers month after month */
double kept_power(struct kept *kept, double x, double y);
double kept_log(struct kept *kept, double x);
double kept_exp(struct kept *kept, double x);
/* pipeline.c, for deals that close out of turn */
enum { PULLED_ORDINAL = 2048 };
struct selling {
    double leads;   /* productivity A on new leads */
    double advance; /* and on the odds to advance a stage, so that steady output is linear in A */
};
struct moves {
    unsigned left;     /* opportunities that left a stage */
    unsigned advanced; /* of them, to the next stage or to a contract */
};
void pipeline_count(struct firm *firm, size_t month, size_t s, size_t stage, struct moves moves);
struct selling seat_selling(const struct firm *firm, const struct seat *seat, size_t s);
/* `months`: since the lead came. */
void close_deal(struct firm *firm, size_t month, size_t s, size_t seat, unsigned ordinal,
                double months);
/* timing.c */
void step_timing(struct firm *firm, size_t month);
void timing_return(struct firm *firm); /* deals that were kept back close now */
/* Weight of a month's new revenue in the peak at the ends of fiscal quarters. */
double peak_weight(const struct model *model, long month);
/* Deals pulled in that would have been decided this month are taken off the peak. */
void timing_settle(struct firm *firm, size_t month, size_t seat, size_t s, double advance);
/* exertion.c */
enum { STANDINGS_MOST = MOTIVE_PARTS };
/* Running periods and open cycles of a person's plan, the one that is granted this month among
 * them. */
size_t effort_standings(const struct firm *firm, size_t seat, long month,
                        struct standing standings[STANDINGS_MOST]);
/* Only those of the person's contracts won whose period ends this month. */
size_t effort_deadlines(const struct firm *firm, size_t seat, long month,
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
/* census.c */
void census_came(const struct firm *firm, size_t part, size_t month);
void census_went(const struct firm *firm, size_t part, long month); /* who came in that month */
void step_census(struct firm *firm, size_t month);
/* owned.c */
void owned_clear(struct firm *firm); /* a month begins */
/* Once a segment's customers have lived the month, before credit is shared; `recognised`: of a
 * year's revenue. */
void owned_month(struct firm *firm, size_t s, double recognised);
void owned_credit(struct firm *firm, size_t month, size_t s); /* once it is shared */
/* Customers come to a seat, or go from it, with their annual revenue. */
void owned_moved(const struct firm *firm, size_t seat, double customers, double revenue);
void owned_gone(const struct firm *firm, size_t seat, struct gone gone); /* with an owner */
void step_owned(struct firm *firm, size_t month); /* after the sums of the books */
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
double seat_load(const struct firm *firm, size_t seat); /* accounts over normal ones */
bool owner_has_room(const struct firm *firm, size_t seat);
void owner_give(struct firm *firm, struct accounts *accounts, size_t slot, size_t seat);
/* From its owner, who stays in the slot until somebody else is given it. */
void owner_take(struct firm *firm, const struct accounts *accounts, size_t slot);
/* To somebody who did not know the account and follows nobody. */
void owner_adopt(struct firm *firm, size_t s, size_t slot, size_t heir);
void owner_note(const struct firm *firm, size_t month, size_t from, size_t to, double revenue,
                double lost);
/* Counts against the month's retention like any other loss, unless it came this month. */
void lose_revenue(struct firm *firm, size_t month, size_t s, struct gone gone);
void seat_left(struct firm *firm, size_t month, size_t seat); /* accounts find successors */
void seat_taken(struct firm *firm, size_t seat); /* accounts that waited meet the new owner */
/* Accounts for which nobody is sought find an owner. */
void step_orphans(struct firm *firm, size_t month);
/* handovers.c */
/* The role that the rules of coverage name for a customer; the role count: none. */
size_t coverage_role(const struct firm *firm, size_t s, const struct covered *customer);
void step_handovers(struct firm *firm, size_t month);
/* Orders a queue as a heap, and takes the first out of `count`. */
void queue_order(struct waiting *queue, size_t count);
struct waiting queue_take(struct waiting *queue, size_t count);
bool start_coverage(struct firm *firm); /* whether customers of the start changed hands */
void handover_credit(struct firm *firm, size_t month, size_t s); /* to those who handed over */
void handover_overlaps(struct firm *firm, size_t month);
/* support.c */
void step_support(struct firm *firm); /* who has room supports customers of others */
void support_inputs(struct firm *firm, size_t s);
void support_loads(struct firm *firm);
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
/* Components are booked by themselves and, in their role, by their type; prizes with the bonuses.
 */
void book_payment(const struct firm *firm, size_t month, size_t r, const struct payment *payment);
void log_payment(struct firm *firm, size_t seat, size_t month, const struct payment *payment);
void pay_leaver(struct firm *firm, size_t month, size_t seat, enum exit_reason reason);
double pay_scale(const struct firm *firm, size_t seat, long month);  /* of salary and targets */
double pay_annual(const struct firm *firm, size_t seat, long month); /* expected, of the person */
/* tenths.c */
double flows_paid(const struct flows *flows); /* received: cash, awards paid and shares vested */
void step_tenths(struct firm *firm, size_t month); /* after pay: who was paid how much in a year */
/* A person's quota of a flow over the reference person's at the start. */
double firm_quota(const struct firm *firm, size_t seat, enum metric metric, long month);
/* awards.c */
/* Whether a person gets a new award this month, which counts it from its begin. */
bool award_granted(const struct firm *firm, size_t seat, const struct component_law *law,
                   long month);
void awards_grant(struct firm *firm, size_t seat, size_t month);
void awards_month(struct firm *firm, size_t seat, size_t month);
void awards_leave(struct firm *firm, size_t seat, size_t month, enum exit_reason reason);
void awards_start(struct firm *firm, size_t seat, long month, long tenure);
void awards_clear(const struct firm *firm, size_t seat);
double award_outstanding(const struct firm *firm, size_t seat, size_t component);
double award_price(const struct firm *firm); /* of a share, currency */
struct award *seat_awards(const struct firm *firm, size_t seat, const struct component_law *law);
/* promises.c: awards that people of a real start were promised before it */
void promises_month(const struct firm *firm, size_t seat, size_t month, struct flows *flows);
void promises_leave(const struct firm *firm, size_t seat, size_t month, enum exit_reason reason,
                    struct flows *flows);
void promises_forfeits(const struct firm *firm, size_t seat, long month, struct forfeits *forfeits);
double promises_outstanding(const struct firm *firm, size_t seat, long month);
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
/* hires.c */
/* A candidate from outside for a seat that will be filled. */
struct candidate outside_candidate(const struct firm *firm, size_t seat, long month);
void search_start(struct firm *firm, size_t seat, long month); /* for somebody on an empty seat */
void seat_fill(struct firm *firm, size_t month, size_t seat);  /* or the search starts over */
/* arrival.c: pay, skills and attainment of a person of a real start, once tenure and level are set
 */
void arrive(struct firm *firm, size_t seat, const struct opening_person *known);
/* departures.c */
double seat_attainment(const struct firm *firm, const struct seat *place); /* rolling */
void step_departures(struct firm *firm, size_t month);
void start_wish(struct firm *firm, size_t seat);
/* staff.c */
void step_recruiting(struct firm *firm, size_t month);
void start_staff(struct firm *firm);
void seat_occupy(struct firm *firm, size_t seat, const struct candidate *candidate);
void seat_vacated(struct firm *firm, size_t month, size_t seat);

#endif
