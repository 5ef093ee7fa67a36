/* A sensitivity analysis for people and programs: tables with a sentence, sensitivity.csv, JSON, a
 * picture.
 * Ownership: only reads; texts belong to the caller. */
#ifndef REPORT_SENSITIVITY_H
#define REPORT_SENSITIVITY_H

#include "base/text.h"
#include "engine/sensitivity_sweep.h"
#include "report/folder.h"

struct sensitivity_report {
    const struct sensitivity_sweep *analysis;
    const struct sweep_results *results;
    const char *compared; /* name of the scenario that the values are differences to, or NULL */
    const char *named;    /* the scenario, as a word of a shell */
    const char *repeated; /* options by which the next command asks about the same values, each in a
                             line of its own */
};

/* "long_term_kam: morris, 12 parameters, 130 points ..." */
void sensitivity_report_head(struct text *text, const struct sensitivity_report *report);

/* The head, a table a metric, and what it says in a sentence. */
bool sensitivity_report_text(struct text *text, const struct sensitivity_report *report,
                             struct error *error) __attribute__((warn_unused_result));

/* One row a metric, parameter and measure, parameters in the order of their importance. */
bool sensitivity_report_csv(FILE *stream, const struct sensitivity_report *report,
                            struct error *error) __attribute__((warn_unused_result));
bool sensitivity_report_json(FILE *stream, const struct sensitivity_report *report,
                             struct error *error) __attribute__((warn_unused_result));
bool sensitivity_report_write(const struct folder *folder, const struct sensitivity_report *report,
                              struct error *error) __attribute__((warn_unused_result));

/* sensitivity.gp: the first metric. */
bool sensitivity_report_plot(const struct folder *folder, const struct sensitivity_report *report,
                             struct error *error) __attribute__((warn_unused_result));

/* The outcome of a metric. */
const struct outcome *sensitivity_outcome(const struct sensitivity_report *report, size_t metric);

/* Whether a row has no effect at all on the metric. */
bool sensitivity_is_idle(const struct sensitivity *answer, size_t row);

#endif
