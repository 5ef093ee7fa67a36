/* Pay of real people on real deals: plans go through the months of the data, one statement a
 * person (plan/statement.h), and leave lines of whole cents.
 * Ownership: the caller owns question and results (zeroed is empty) and calls payday_free; what the
 * question points to must outlive the results. */
#ifndef ENGINE_PAYDAY_H
#define ENGINE_PAYDAY_H

#include "engine/dealings.h"
#include "engine/gauges.h"
#include "engine/roster.h"
#include "model/parameters.h"
#include "plan/trace.h"

/* Who is on which plan: one plan for everybody, or each on the own. */
struct pay_scheme {
    const char *name;
    size_t *plans; /* by payee: number in parameters.plans */
};

struct payday_question {
    const struct parameters *parameters;
    const struct roster *roster;
    const struct dealings *dealings;
    const struct gauges *gauges;
    const struct dictionary *products; /* that the plans name */
    const struct pay_scheme *schemes;
    size_t scheme_count;
    long first_month;
    long last_month;
    long paid_from; /* payments and bookings of earlier months are not counted; 0: all are */
    size_t traced;  /* payee; SIZE_MAX: nobody */
    long trace_from;
    long trace_to;
};

enum pay_kind {
    PAY_LINE,    /* paid for a component */
    PAY_SPLIT,   /* share in the pay for deals, from the first person to the others */
    PAY_DRAW,    /* advanced, or taken back */
    PAY_HELD,    /* not paid: held back at the end */
    PAY_ACCRUED, /* not paid: earned so far in periods that are not finished */
    PAY_OWED,    /* not paid: advances to be earned back */
    PAY_KINDS
};
extern const char *const PAY_KIND_NAMES[PAY_KINDS];

/* Kinds that are money on the way to the person. */
bool pay_kind_is_paid(enum pay_kind kind);

struct pay_line {
    uint32_t scheme;
    uint32_t payee;
    uint32_t plan;
    uint32_t component; /* the plan's count: of no component */
    enum pay_kind kind;
    long month;
    int64_t cents;
};

/* The traced person's part in a deal. */
struct traced_deal {
    struct dealing deal;
    int64_t before; /* share in front of the own */
    int64_t share;
};

/* One month of the traced person under one scheme: stretches of the lists below. */
struct traced_month {
    size_t scheme;
    long month;
    double scale; /* of target pay */
    size_t first_step;
    size_t steps;
    size_t left_out; /* steps for which there was no room */
};

struct payday_results {
    struct pay_line *lines; /* by month, scheme, person */
    size_t line_count;
    size_t line_capacity;
    int64_t bookings; /* millionths */
    struct unpaid {   /* by payee: deals in months that do not count for them */
        long deals;
        int64_t amount; /* millionths */
    } * unpaid;
    long earlier;         /* deals before paid_from: they count only for what runs on */
    long later;           /* deals after the last month: they are not looked at */
    long cancelled_later; /* deals cancelled after the last month */
    struct trace_step *steps;
    size_t step_count;
    size_t step_capacity;
    struct traced_month *months;
    size_t month_count;
    size_t month_capacity;
    struct traced_deal *deals; /* of the traced person: sold or cancelled in the traced months */
    size_t deal_count;
    size_t deal_capacity;
};

/* Says everything that the plans need and the data do not have. */
bool payday_check(const struct payday_question *question, struct error *error)
    __attribute__((warn_unused_result));

bool payday_run(const struct payday_question *question, struct payday_results *results,
                struct error *error) __attribute__((warn_unused_result));

void payday_free(struct payday_results *results);

/* The first month whose payments count. */
long payday_first_paid(const struct payday_question *question);

/* 0 .. 11 */
int payday_fiscal_month(const struct parameters *parameters, long month);

/* Sum of the targets of a plan's components, a year, that a person's own target replaces; 0 when a
 * commission on money is paid by a rate, because then targets are not all of the variable target
 * pay. */
double payday_plan_target(const struct plan *plan);

/* Whether a component's slot takes the quota of people.csv when it names none. */
bool payday_takes_quota(const struct component *component, size_t slot);

#endif
