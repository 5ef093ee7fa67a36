/* Expected pay of plans as a table for people, CSV and JSON.
 * Ownership: only reads; the stream is the caller's. */
#ifndef REPORT_EXPECTED_PAY_H
#define REPORT_EXPECTED_PAY_H

#include "plan/forecast.h"

#include <stdio.h>

/* One plan: its text and its forecast under the law that all share. */
struct expected_plan {
    const struct plan *plan;
    const char *role; /* whose quotas hold where the plan writes none; NULL: none */
    struct forecast forecast;
};

struct expected_pay {
    struct attainment attainment;
    const struct expected_plan *plans;
    size_t count;
};

/* "normal, mean 1, standard deviation 0.3" */
void expected_pay_law(struct text *text, const struct attainment *attainment);

void expected_pay_table(const struct expected_pay *pay, FILE *stream);
void expected_pay_csv(const struct expected_pay *pay, FILE *stream);
void expected_pay_json(const struct expected_pay *pay, FILE *stream);

#endif
