/* The options of commands that leave pictures and a report: the language, and whether there is a
 * report at all.
 * Ownership: plain values. */
#ifndef CLI_REPORTING_H
#define CLI_REPORTING_H

#include "base/error.h"
#include "engine/sweep.h"
#include "report/page.h"
#include "report/verdict.h"

#include <argp.h>
#include <stdbool.h>

struct reporting {
    enum language language;
    bool no_report;
};

/* The rows of the options for the table of a command, and their parser: ARGP_ERR_UNKNOWN for any
 * other key, EINVAL with a sentence for a wrong value. */
enum { OPTION_LANGUAGE = 0x500, OPTION_NO_REPORT };
#define REPORTING_OPTION_ROWS                                                                      \
    {"no-report", OPTION_NO_REPORT, NULL, 0, "Leave out report.html, the page to hand on", 0}, {   \
        "language", OPTION_LANGUAGE, "en|de", 0, "Language of the report and the pictures (en)", 0 \
    }
error_t reporting_read_option(int key, const char *value, struct reporting *reporting,
                              struct error *error);

/* ", report.html" where there is one: the end of a sentence that lists what was written. */
const char *reporting_said(const struct reporting *reporting);

/* report.html, unless it is not wanted; the pictures come into it when they are drawn. */
bool reporting_write_run(const struct reporting *reporting, const struct folder *folder,
                         const struct results *results, struct error *error)
    __attribute__((warn_unused_result));
bool reporting_write_comparison(const struct reporting *reporting, const struct folder *folder,
                                const struct verdict *verdict, struct error *error)
    __attribute__((warn_unused_result));
bool reporting_write_sweep(const struct reporting *reporting, const struct folder *folder,
                           const struct sweep *sweep, const struct sweep_results *results,
                           struct error *error) __attribute__((warn_unused_result));

#endif
