/* What plans pay on real deals, as tables for people, rows and JSON for programs.
 * Ownership: only reads what the payday left; streams and folders belong to the caller. */
#ifndef REPORT_PAYOUT_TABLES_H
#define REPORT_PAYOUT_TABLES_H

#include "base/text.h"
#include "engine/payday_compare.h"
#include "report/folder.h"

#include <stdio.h>

/* What is reported. */
struct payout {
    const struct payday_question *question;
    const struct payday_results *results;
    const struct payday_totals *totals;
};

/* Plan by plan totals and people; with several schemes people and tenths side by side. */
void payout_text(struct text *text, const struct payout *payout);

/* plan,person,month,component,kind,amount */
void payout_csv(FILE *stream, const struct payout *payout);

/* Totals, comparisons and, when `payments`, all payments. */
void payout_json(FILE *stream, const struct payout *payout, bool payments);

/* payments.csv, people.csv, comparison.csv and summary.json. */
bool payout_write(const struct folder *folder, const struct payout *payout, struct error *error)
    __attribute__((warn_unused_result));

/* The name of a line's component: that of the plan, or draw. */
const char *payout_component(const struct payout *payout, const struct pay_line *line);

/* Totals of one component of a scheme's plan; component as in struct pay_line. */
struct component_total {
    size_t payments;
    int64_t cents;
};
struct component_total payout_total(const struct payout *payout, size_t scheme, size_t plan,
                                    size_t component, enum pay_kind kind);

#endif
