/* Why somebody was paid what: every step with the clause of the plan that it comes from.
 * Ownership: only reads what the payday left; the text belongs to the caller. */
#ifndef REPORT_PAYOUT_TRACE_H
#define REPORT_PAYOUT_TRACE_H

#include "report/payout_tables.h"
#include "scenario/scenario.h"

/* The months that were traced, scheme by scheme. */
void payout_trace(struct text *text, const struct payout *payout, const struct scenario *scenario);

/* The clauses (paths below the component, or below the plan when the step is the plan's) behind a
 * step, NULL at their end. `item`: of a list. */
enum { CLAUSES_MOST = 4, CLAUSE_SIZE = 48 };
size_t payout_clauses(const struct component *component, const struct trace_step *step,
                      char clauses[CLAUSES_MOST][CLAUSE_SIZE]);

#endif
