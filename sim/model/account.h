/* The customers of one segment as a structure of arrays, and what happens to them in a month:
 * satisfaction, relationship, wallet, potential, renewal (docs/model.md, section 2).
 * Ownership: accounts_init allocates for the most customers there can be, accounts_free frees;
 * nothing is allocated in a month. */
#ifndef MODEL_ACCOUNT_H
#define MODEL_ACCOUNT_H

#include "base/error.h"
#include "base/real.h"
#include "model/books.h"
#include "model/market.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NO_OWNER = -1 };
enum { OWNER_CHANGE_MONTHS = 12 }; /* an owner change raises churn for this long */

/* Who shares in a customer beside its owner, and its way to another one. */
struct coverage {
    int32_t since;           /* month in which it was won; negative: before the start */
    int32_t waited;          /* months since it met the rule of another role than its owner's */
    int32_t offered;         /* of them with room there: its owner holds it back */
    int32_t partner;         /* seat that handed it over, or NO_OWNER */
    uint32_t partner_number; /* occupant of the seat */
    int32_t credit;          /* months for which the partner is still credited */
    int32_t supporter;       /* seat that develops it beside the owner, or NO_OWNER */
    int32_t overlap;         /* months for which the partner still looks after it too */
};

/* A customer that was lost this month: who won it, when and with what. */
struct lost_account {
    int32_t owner;
    int32_t winner;         /* seat, or NO_OWNER when it was there from the start */
    uint32_t winner_number; /* occupant of the seat */
    int32_t won_month;
    real won;         /* annual value credited then */
    real value;       /* customer lifetime value at the end of last month */
    real revenue;     /* annual, at the start of the month */
    real expansion;   /* booked in the month */
    real contraction; /* of the month, too */
    real after;       /* annual revenue that it left with */
    struct coverage coverage;
};

struct accounts {
    size_t capacity; /* a multiple of 32 */
    size_t used;     /* slots 0 .. used-1 have been taken at some time */
    size_t live;
    size_t free_count; /* dead slots below `used`, taken first */
    uint32_t *free_slots;
    /* one entry a slot; a dead slot has potential 0 and owner NO_OWNER */
    uint64_t *id;
    real *potential;
    real *wallet;
    real *satisfaction; /* centred: 0 is the reference */
    real *relationship;
    real *churn_odds; /* of one renewal at the reference state */
    real *care_gap;   /* part of normal care that is missing while a new owner learns the account */
    real *gap_keep;   /* factor of the gap from month to month */
    real *kappa;      /* damage of the last owner change, 0: none in the last 12 months */
    int32_t *owner;   /* seat, or NO_OWNER */
    int32_t *renewal; /* months to the next renewal */
    int32_t *changed; /* months since the owner changed */
    int32_t *winner;  /* seat that won it, NO_OWNER: there from the start */
    uint32_t *winner_number;
    int32_t *won_month;
    real *won; /* annual value credited then */
    struct coverage *coverage;
    real *support; /* develop input that somebody else adds to the owner's */
    real *value;   /* customer lifetime value at the end of last month, where a plan pays on it */
    /* of this month */
    real *before;      /* annual revenue at the start of the month */
    real *expansion;   /* booked, annual value */
    real *contraction; /* annual value */
    uint32_t *due;     /* slots whose renewal was due this month, ascending */
    size_t due_count;
    struct lost_account *lost;
    size_t lost_count;
};

/* Constants of a month's update, prepared once from a segment. */
struct account_law {
    real persistence; /* of satisfaction */
    real care_effect;
    real satisfaction_noise;
    real investment;
    real decay;
    real growth;
    real leak;
    real ceiling;
    real wallet_noise;
    real market;     /* growth of potential a month */
    real innovation; /* at relationship 1, a month */
    real bond;       /* growth, leak and innovation go by bond r + bond_firm */
    real bond_firm;
    real b_satisfaction;
    real b_relationship;
    real b_owner;
    real reference;               /* relationship at normal care */
    real satisfaction_correction; /* b_s^2 var(s) / 2 */
    int32_t term;
};

/* Inputs per seat: index seat + 1, so that entry 0 is "no owner" and holds zeros. */
struct care_inputs {
    const real *care;
    const real *develop;
};

/* What the accounts of one owner add up to in a month: one line of the cache. */
struct book_sum {
    _Alignas(64) double before;
    double after; /* same accounts at the end, lost ones 0 */
    double kept;  /* before less contraction and churn */
    double expansion;
    double count; /* accounts */
    double due;   /* renewals */
    double renewed;
};

struct book_sums {
    struct book_sum *owner; /* seat + 1 */
};

bool accounts_init(struct accounts *accounts, size_t capacity, struct error *error)
    __attribute__((warn_unused_result));
void accounts_free(struct accounts *accounts);
void accounts_clear(struct accounts *accounts);

struct account_law account_law(const struct segment *segment);

/* Relationship at normal care, i / (i + delta). */
double relationship_reference(const struct segment *segment);

/* The relationship that counts for wallet and innovation: the own, in part the reference. */
double wallet_relationship(const struct segment *segment, double relationship);

/* Odds to churn at one renewal for an account with annual churn probability `annual`. */
double renewal_odds(const struct segment *segment, double annual);

/* Takes a free slot and clears it; false when the market is exhausted. */
bool accounts_take(struct accounts *accounts, uint64_t id, size_t *slot);

/* One month of all accounts. `row_shock`, `row_renewal`: rows of random draws. `ledger` gets the
 * customers' flows and stocks but recognised revenue, which is the returned sum of potential x
 * wallet before the month's losses (annual), to be multiplied by season and demand over 12. */
double accounts_month(struct accounts *accounts, const struct account_law *law,
                      const struct care_inputs *inputs, uint64_t row_shock, uint64_t row_renewal,
                      const struct book_sums *sums, struct ledger *ledger);

/* Yearly survey: answers of all customers into the ledger's stocks. */
void accounts_survey(const struct accounts *accounts, const struct segment *segment,
                     uint64_t row_survey, struct ledger *ledger);

/* Customer lifetime value of one account (0 for a dead slot), the same formula. */
double account_value(const struct accounts *accounts, const struct account_law *law, size_t slot,
                     double margin, double wacc);

/* Sum over customers of margin x (1 + d) / (1 + d - retention) at today's hazard. */
double accounts_equity(const struct accounts *accounts, const struct account_law *law,
                       double margin, double wacc);

/* Revenue of all customers until their next renewals, currency. */
double accounts_contracted(const struct accounts *accounts);

/* An owner has left or handed over: the part of relationship and wallet that was personal goes
 * (docs/model.md, "Owner leaves"); returns the annual revenue lost with it. `start` of normal care,
 * growing back with `months`. */
double account_change_owner(struct accounts *accounts, size_t slot, const struct segment *segment,
                            int32_t owner, double kappa, double start, double months);

#endif
