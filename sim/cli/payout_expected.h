/* anreiz payout --expected: what plans are expected to pay when attainment is a chance.
 * Ownership: only reads the scenario and the options. */
#ifndef CLI_PAYOUT_EXPECTED_H
#define CLI_PAYOUT_EXPECTED_H

#include "cli/options.h"
#include "plan/attainment.h"
#include "scenario/scenario.h"

struct expected_options {
    double mean; /* of the attainment of a period; above 0 */
    double sd;   /* 0 or more */
    bool sd_given;
    enum attainment_law law;
    double deals;   /* a period, of the law of deals; 0: not given */
    double deal_cv; /* of one of them; negative: not given */
    enum output_format format;
    const char *out; /* folder for expected_pay.csv and the picture; NULL: no files */
    bool force;      /* the folder may have files of an earlier run */
    bool no_plots;   /* leave the picture's script undrawn */
    bool quiet;
    bool verbose;
};

/* The options that nobody has given yet: N(1, 0.3^2), a table, no files. */
struct expected_options expected_options_of(void);

/* Prints the expected pay of the scenario's plans of these indices. False with ERROR_QUESTION when
 * an option is out of its range or a plan cannot be forecast without a quota or a role. */
bool payout_expected(const struct scenario *scenario, const size_t *plans, size_t plan_count,
                     const struct expected_options *options, struct error *error)
    __attribute__((warn_unused_result));

#endif
