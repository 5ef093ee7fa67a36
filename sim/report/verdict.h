/* A decision among plans for people and programs: a sentence and a table, files, JSON, a picture.
 * Ownership: only reads; texts belong to the caller. */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include "base/text.h"
#include "engine/decision.h"
#include "engine/results.h"
#include "report/folder.h"

struct verdict {
    const struct results *results;
    const struct decision *decision;
    const struct outcome *outcome;
    const char *metric; /* as the user named it */
};

/* One to three sentences that need no statistics to be read; `metric` is what they call it. */
void verdict_sentence(struct text *text, enum language language, const char *metric,
                      const struct verdict *verdict);

/* A sentence about what the best plan and the next cost in pay; nothing where they cost the same to
 * a hundredth, or where pay itself is what decides. */
void verdict_pay(struct text *text, enum language language, const struct verdict *verdict);

/* A heading, the sentences, and a table with a row a plan, best first; at most 80 columns. */
void verdict_text(struct text *text, const struct verdict *verdict);

/* decision.csv (a row a plan) and decision_pairs.csv (a row a pair). */
bool verdict_write_tables(const struct folder *folder, const struct verdict *verdict,
                          struct error *error) __attribute__((warn_unused_result));

/* The value of the key "decision". */
void verdict_print_json(FILE *stream, const struct verdict *verdict);

/* decision.gp: probability of being best, and the advantage over the best of the others. */
bool verdict_plot(const struct folder *folder, const struct verdict *verdict, struct error *error)
    __attribute__((warn_unused_result));

/* About the standard error of a plan's advantage: half of what its interval reaches to one side. */
double verdict_error(const struct decision_plan *plan);

/* Fills `order` with the plans, best first. */
void verdict_order(const struct decision *decision, size_t order[]);

#endif
