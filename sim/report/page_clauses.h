/* A pay plan in words of the trade: one sentence or a few a clause, in the order of the plan.
 * Ownership: a struct clauses belongs to its caller, who calls clauses_free. */
#ifndef REPORT_PAGE_CLAUSES_H
#define REPORT_PAGE_CLAUSES_H

#include "plan/plan.h"
#include "report/page_parts.h"

enum { CLAUSES_IN_PLAN = 48 };

struct clauses {
    struct text text[CLAUSES_IN_PLAN];
    size_t count;
};

void clauses_of(struct clauses *clauses, const struct page *page, const struct plan *plan);
/* The career that goes with it. */
void clauses_add_career(struct clauses *clauses, const struct page *page, const struct role *role);
bool clauses_have(const struct clauses *clauses, const char *text);
void clauses_free(struct clauses *clauses);

#endif
