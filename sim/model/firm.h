/* One firm and one history of it: people, customers, pipeline and books, month by month.
 * Ownership: firm_init allocates everything for the largest history there can be, firm_free frees;
 * a step allocates nothing and cannot fail. One firm serves one thread. */
#ifndef MODEL_FIRM_H
#define MODEL_FIRM_H

#include "base/error.h"
#include "model/account.h"
#include "model/books.h"
#include "model/diary.h"
#include "model/employee.h"
#include "model/model.h"
#include "plan/award.h"
#include "plan/statement.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for the seat that is being paid, and for people who are ranked together. */
struct pay_scratch {
    double *values; /* by slot */
    double *bases;
    double *quotas;
    double *shares;               /* by component */
    struct statement *statements; /* by seat */
    double *work;                 /* two a seat */
};

/* People who joined a role, or customers of a segment won, in the same month. */
struct intake {
    unsigned came;
    unsigned here; /* of them still */
};

/* What the people of a role own, and what counts for them, in a month (owned.c). */
struct owned {
    double customers; /* now */
    double run_rate;
    double customers_start; /* at the start of the month; what follows is of them */
    double lost;
    double before; /* annual revenue then */
    double after;  /* when the month had changed it, of those who stayed */
    double kept;   /* before less contraction and churn */
    double expansion;
    double churned;  /* as they left */
    double not_kept; /* of the lost: before less contraction */
    double due;      /* renewals */
    double renewed;
    double revenue; /* recognised, currency */
    struct {
        double old; /* annual revenue that went with owners, of customers of the start */
        double fresh;
    } gone;
    struct {
        double shared; /* currency, as former owners */
        double revenue;
        double expansion;
        double renewals;
    } credited;
    double pushed; /* deals kept back */
};

/* A random row of this month that has been made already. */
struct known_row {
    uint64_t month_key;
    uint64_t purpose; /* one more than it; 0: none */
    uint64_t row;
};
enum { KNOWN_ROWS = 64 };

/* What has been promised and not paid yet under the plans of one model. */
struct pay_book {
    const struct model *model;
    struct component_account *accounts; /* seat x components */
    struct measured *measured;          /* seat x slots */
    struct past_period *past;           /* seat x periods that may still change */
    double *draw_owed;                  /* seat */
    double *year_variable;              /* seat */
    struct award *awards;
    long *since;    /* role x components: first month of the component; LONG_MIN: always there */
    bool *runs_off; /* by role: something of a plan that has ended */
    struct payment *log; /* seat, lent by the auditor to see a month's payments, else NULL */
};

struct loads;

struct firm {
    const struct model *model;  /* of this month */
    const struct model *first;  /* of the start */
    struct pay_book *pay_books; /* one a model; the pointers that follow are those of this month */
    size_t pay_book_count;
    uint64_t seed;
    uint64_t replication;
    long keyed_month; /* for which the key of random rows is kept */
    uint64_t month_key;
    struct known_row *rows;                    /* KNOWN_ROWS, by purpose */
    struct accounts *accounts;                 /* one a segment */
    struct seat *seats;                        /* model->seat_count */
    struct component_account *accounts_of_pay; /* seat x components */
    struct measured *measured;                 /* seat x slots */
    struct past_period *past;                  /* seat x periods that may still change */
    double *draw_owed;                         /* seat */
    double *year_variable;                     /* seat */
    struct award *awards;
    struct pay_scratch scratch; /* of the seat that is being paid */
    unsigned *open_deals;       /* seat x stages of all segments */
    struct kept *advance; /* seat x segments: powers of ability that open and new deals take */
    struct kept *lead;
    double *open_months;    /* since their leads came, summed over the open deals */
    double *pulled;         /* seat x segments: annual value of deals pulled in that would still be
                             * in the last stage, over the chance to win them */
    struct intake *intakes; /* (roles, segments) x months: who came then */
    real *care;             /* inputs of the current segment, seat + 1 */
    real *develop;
    struct loads *loads;      /* loads.h */
    struct book_sums *books;  /* of the month, by segment; seat + 1 */
    struct owned *owned;      /* of the month, by role */
    struct reading *readings; /* metrics x (all, segments) x (no owner, seats) */
    struct closing *closings; /* of this month */
    size_t closing_count;
    size_t closing_capacity;
    struct closing *pushed; /* kept back for the next month */
    size_t pushed_count;
    struct waiting *queue; /* customers whom rules of coverage give to another role */
    double *exits;         /* role x 3 months: share of the team that left */
    double demand;         /* log demand shock */
    long recession_left;   /* months */
    double share_price;    /* 1 at the start */
    double *share_prices;  /* at the end of the month before, by month; [0]: the start */
    double profit_trail;   /* exponential mean of monthly profit */
    bool profit_known;
    double *promoters;       /* share at the last survey, by segment */
    struct payment *pay_log; /* months x seats when somebody wants to see it, else NULL */
    struct diary *diary;     /* lent when somebody wants to read it, else NULL */
    struct audit *audit;     /* NULL but where the auditor is compiled in */
    struct ledger *ledgers;  /* months x parts (model/parts.h) */
};

bool firm_init(struct firm *firm, const struct model *model, struct error *error)
    __attribute__((warn_unused_result));
void firm_free(struct firm *firm);

/* Simulates one history; the ledgers of all months are then in firm->ledgers. */
void firm_run(struct firm *firm, uint64_t seed, uint64_t replication);

/* The same month by month, for those who want to look in between: firm_start, then firm_step for
 * month 0, 1, ... */
void firm_start(struct firm *firm, uint64_t seed, uint64_t replication);
void firm_step(struct firm *firm, size_t month);

/* The ledger of a month (from 0) and a part (model/parts.h): 0 all, 1 + r role r, 1 + roles + s
 * segment s, then components and stages. */
static inline struct ledger *firm_ledger(const struct firm *firm, size_t month, size_t part) {
    return &firm->ledgers[month * firm->model->part_count + part];
}

#endif
