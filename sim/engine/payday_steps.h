/* What the parts of engine/payday.c share: the state of a payday and the steps of a month.
 * Ownership: payday.c allocates and frees; the steps only work on it. */
#ifndef ENGINE_PAYDAY_STEPS_H
#define ENGINE_PAYDAY_STEPS_H

#include "engine/payday.h"
#include "engine/tally.h"
#include "plan/award.h"
#include "plan/statement.h"

/* A plan made ready. */
struct plan_law {
    const struct plan *plan;
    bool used;
    struct payroll payroll;
    size_t *parts; /* by slot: product in the tally */
    size_t award_first[COMPONENTS_MOST];
    size_t award_count[COMPONENTS_MOST];
    size_t award_total;
    double target; /* payday_plan_target */
};

/* One scheme under way; stretches by payee. */
struct scheme_state {
    const struct pay_scheme *scheme;
    struct component_account *accounts;
    struct measured *measured;
    struct past_period *past;
    struct award *awards;
    double *draw_owed;
    double *year_variable;
    struct trace trace; /* of the traced person and month */
};

/* Deals of somebody that were cancelled, alike in all of this. */
struct cancelled {
    long sold;
    long cancelled;
    uint32_t payee;
    size_t product; /* SIZE_MAX: another */
    enum credit_mode mode;
    enum deal_kind kind;
    int64_t amount; /* millionths, as the others */
    int64_t margin;
    int64_t count;
};

/* What a person owes another out of the pay of a running period: the measure of the other's parts.
 */
struct owed_part {
    size_t scheme;
    size_t component;
    uint32_t from;
    uint32_t to;
    int64_t measure; /* millionths */
};

struct payday {
    const struct payday_question *question;
    struct payday_results *results;
    struct error *error;
    struct tally tally;
    long month;
    struct plan_law *laws;
    struct scheme_state *states;
    size_t component_most, slot_most, past_most, award_most;
    double *values, *bases, *quotas, *shares; /* facts of a person and month */
    double *owner_quota, *owner_heads;        /* of the people employed this month */
    struct statement *group;                  /* of a ranking or pool */
    double *work;
    struct cancelled *cancelled;
    size_t cancelled_count, cancelled_capacity;
    struct dictionary cancelled_keys;
    bool cancelled_alone; /* a plan limits the credit of a deal: each stays by itself */
    struct owed_part *parts;
    size_t part_count, part_capacity;
    struct dictionary part_keys;
};

/* payday.c */
struct statement payday_statement(const struct payday *payday, const struct scheme_state *state,
                                  size_t payee);
const struct plan_law *payday_law(const struct payday *payday, const struct scheme_state *state,
                                  size_t payee);
/* The trace when this is the traced person in a traced month, or NULL. */
struct trace *payday_trace(const struct payday *payday, struct scheme_state *state, size_t payee);
bool payday_pay(struct payday *payday, const struct scheme_state *state, size_t payee, size_t plan,
                size_t component, enum pay_kind kind, double amount)
    __attribute__((warn_unused_result));

/* payday_begin.c */
bool payday_begin(struct payday *payday) __attribute__((warn_unused_result));
void payday_end(struct payday *payday);

/* payday_facts.c: `values` of the month are read when it is over only. */
void payday_groups(struct payday *payday);
struct month_facts payday_facts(const struct payday *payday, const struct scheme_state *state,
                                size_t payee, bool values);
double payday_scale(const struct payday *payday, const struct plan_law *law, size_t payee);
double payday_slot(const struct payday *payday, const struct plan_law *law, size_t payee, size_t c,
                   size_t s, double *base);
double payday_quota(const struct payday *payday, size_t payee, const struct component *component,
                    size_t s);

/* payday_deals.c */
bool payday_deal(struct payday *payday, const struct dealing *dealing)
    __attribute__((warn_unused_result));
void payday_cancel(const struct payday *payday, const struct scheme_state *state);
void payday_cancel_leaver(const struct payday *payday, const struct scheme_state *state,
                          size_t payee);
/* Shares what was paid for a measure with the others who had a part in it. */
bool payday_split(struct payday *payday, const struct scheme_state *state, size_t payee, size_t c,
                  double pay, double measure) __attribute__((warn_unused_result));

/* payday_awards.c */
void payday_award_places(struct plan_law *law, long months);
void payday_grant(const struct payday *payday, const struct scheme_state *state, size_t payee);
bool payday_awards(struct payday *payday, struct scheme_state *state, size_t payee, bool leaves)
    __attribute__((warn_unused_result));

#endif
