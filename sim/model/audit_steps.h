/* What the files of the auditor share: the state of the month before, and a question that stops the
 * program when it is not answered as the books say.
 * Ownership: a question borrows the firm. */
#ifndef MODEL_AUDIT_STEPS_H
#define MODEL_AUDIT_STEPS_H

#include "model/audit.h"
#include "model/steps.h"

struct audit_book;

/* A customer at the end of the month before. */
struct audit_customer {
    real potential;
    real wallet;
    int32_t credit;  /* months for which a former owner shares in it */
    int32_t renewal; /* months to the next renewal */
};

/* What customers bring in a month and count for somebody. */
enum {
    AUDIT_BEFORE,
    AUDIT_AFTER,
    AUDIT_KEPT,
    AUDIT_EXPANSION,
    AUDIT_DUE,
    AUDIT_RENEWED,
    AUDIT_SHARES
};
struct audit_share {
    double of[AUDIT_SHARES];
};

/* The state at the end of the month before. */
struct audit {
    size_t people;
    size_t *live;                      /* by segment */
    double *run_rate;                  /* by segment */
    size_t *pushed;                    /* by segment: deals that wait for next month */
    unsigned *open;                    /* by stage of all segments */
    long *served;                      /* by seat: customers that it owns or supports */
    struct audit_book *books;          /* one a model of the firm */
    struct audit_customer **customers; /* by segment, slot */
    size_t *known;                     /* by segment: how many slots */
    /* of this month */
    struct audit_share *credited; /* by seat + 1, in one segment */
    struct audit_share everybody; /* in it */
    double shared;                /* in it, with former owners */
    struct audit_share *owned;    /* by role */
};

/* What is owed under one model at the end of the month before, or after a change of the scenario.
 */
struct audit_book {
    struct award *awards; /* seat x awards */
    double *expensed;     /* seat x components: of what is not settled */
    struct payment *log;  /* seat: payments of this month, lent to the pay book */
};

/* An open question of the auditor: where and when. */
struct question {
    const struct firm *firm;
    size_t month;
    const char *name; /* of a role or segment, or "the firm" */
};

void audit_require(const struct question *question, bool holds, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Equal but for rounding: `part` of the larger, and an absolute `least`. */
bool audit_near(double a, double b, double part, double least);

/* Float products of potential and wallet, changed one by one, against their sums in double. */
static const double FLOAT_PART = 1e-5;
static const double DOUBLE_PART = 1e-9;
static const double CENT = 0.01;

/* Sums over what there is, not over what is written in books. */
size_t audit_count_live(const struct accounts *accounts);
double audit_run_rate(const struct accounts *accounts);
unsigned audit_count_open(const struct firm *firm, size_t stage);
size_t audit_count_people(const struct firm *firm, size_t first, size_t end);
/* What has been expensed of a person's awards of one component that are not settled. */
double audit_expensed(const struct firm *firm, size_t seat, size_t component);
/* Whether everybody of a role (or of all, model/parts.h) who was there this month still is. */
bool audit_nobody_left(const struct question *question, size_t part);

/* audit_customers.c */
void audit_remember_customers(const struct firm *firm);
void audit_owners(const struct question *question);
void audit_segment(const struct question *question, size_t segment);
/* audit_credit.c */
void audit_role_customers(const struct question *question, size_t role);
/* audit_pay.c */
void audit_remember_awards(const struct firm *firm);
void audit_moved(const struct question *question, size_t role);
void audit_role(const struct question *question, size_t role);

#endif
