/* Leaving without random numbers: cohorts as masses over match and open wish, month by month, as
 * docs/model.md, section 6, says. An independent way to the quits that the firm simulates.
 * Ownership: values, and what the caller allocates. */
#ifndef TESTS_COHORT_H
#define TESTS_COHORT_H

#include <stddef.h>

enum { COHORT_MATCHES = 73, COHORT_GAINS = 160, COHORT_CAREER = 480 };

/* Behaviour of a role; amounts are shares of annual pay. */
struct leaving {
    double annual;
    double match_spread;
    double match_months;
    double gain_median;
    double gain_sigma;
    double persistence;
    double present_bias;
    double discount;
    double shift; /* log hazard: what pay away from the market adds */
    double intercept;
};

/* The shipped behaviour at a yearly turnover and discount, with its intercept solved. */
struct leaving leaving_at(double annual, double discount);

/* Solves the intercept anew after a change of the rest. */
void leaving_solve(struct leaving *leaving);

/* People of one tenure: column 0 without a wish, then by the gain that they wait with. */
struct cohort {
    size_t tenure;
    double mass[COHORT_MATCHES][COHORT_GAINS + 1];
};

/* One person who has just joined. */
void cohort_join(struct cohort *cohort);
double cohort_size(const struct cohort *cohort);

/* One month: wishes go and come, those above the threshold are acted upon, matches are learned.
 * Returns the exits. */
double cohort_month(struct cohort *cohort, const struct leaving *leaving, double threshold);

/* Amounts that leaving now would lose, in the order of payment. */
struct due {
    double months;
    double value;
};

/* The gain from which on no date pays for the wait; 0 with nothing due. */
double due_threshold(const struct leaving *leaving, const struct due *due, size_t count);

/* The threshold of a month (from 0) under yearly grants of `value` in months 0, every, 2 every, ..
 * that vest `cliff` months later, at the end of a month; none are made or left from `end` on. */
double grant_threshold(const struct leaving *leaving, double value, int every, int cliff, int month,
                       int end);

/* People in service, a stationary mix of tenures without wishes, who are not replaced: exits and
 * people at the start of each month, per person at the start. */
void cohort_in_service(const struct leaving *leaving, const double *thresholds, int months,
                       double *exits, double *people);

#endif
