/* Plans for the tests: the text of a plan, as in a scenario, and a line of facts give payments.
 * Ownership: plan_open and plan_run fill what plan_close and plan_paid_free release.
 *
 * Facts are statements between semicolons; a number may have commas between its thousands:
 *
 *   [scope.]metric[/product] N N ..   measures, one a step; of a second and third person after
 * "and" own N N ..        the own contribution to a common result, one a step deal MONTH N .. deals
 * of a month (from 1), in this order cancel MONTH SOLD N    a deal of N, sold in month SOLD, is
 * cancelled quota N           own quota of a year, where the plan names none start N           the
 * person joins in this month of the fiscal year, from 1 tenure N          months with the firm
 * before the first scale N           of target pay share N           own share of a common result
 *   price N N ..      of a share: at the grant, after one month, ..; the last one stays
 *   cost N            of one option at the grant
 *   step N            months that a value stands for; else the period of the first component
 *   months N          how long; else as long as there are facts
 *   leave good|bad|accelerate    after the last month
 *   at N N ..         results to date after so many months, in place of one for each step
 */
#ifndef TESTS_PLAN_FIXTURE_H
#define TESTS_PLAN_FIXTURE_H

#include "plan/award.h"
#include "plan/statement.h"
#include "scenario/scenario.h"

enum { PLAN_MONTHS = 132, PLAN_PEOPLE = 8 };

/* A plan that the scenario reader has read. */
struct plan_case {
    struct scenario scenario;
    const struct plan *plan;
    struct payroll payroll;
};

/* `text` is what stands between the braces of a plan. */
bool plan_open(struct plan_case *plan_case, const char *text);
void plan_close(struct plan_case *plan_case);

/* What the first person gets in a month. */
struct plan_month {
    struct payment payment; /* leaving included */
    double awards;
    double owed; /* of the draw */
    double bank[COMPONENTS_MOST];
    double quota[COMPONENTS_MOST]; /* of the main measure; 0 when no period ends */
    double attainment[COMPONENTS_MOST];
    struct trace trace;
};

struct plan_paid {
    long step; /* months */
    long months;
    size_t at_count;
    long at[PLAN_MONTHS];
    struct plan_month *month;
};

bool plan_run(const struct plan_case *plan_case, const char *facts, struct plan_paid *paid);
void plan_paid_free(struct plan_paid *paid);

/* Whether the column `result` (pay, quota, attainment, owes, bank, held, or the name of a
 * component: its pay) of these facts is `expected`, numbers one a step; says what is not. */
bool plan_gives(const char *text, const char *facts, const char *result, const char *expected);

/* The same for pay. */
bool plan_pays(const char *text, const char *facts, const char *expected);

/* Whether the steps of the trace of the last month are of these kinds; prints them when not. */
bool plan_traces(const char *text, const char *facts, const enum trace_kind *kinds, size_t count);

#endif
