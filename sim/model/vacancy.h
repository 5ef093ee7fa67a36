/* How long a seat stays empty: one search, and the vacancies that a firm has when one looks at it
 * at any time. Ownership: values only. */
#ifndef MODEL_VACANCY_H
#define MODEL_VACANCY_H

#include "model/role.h"

/* One search in months: a lognormal time of which `lead` months have passed when the seat becomes
 * empty. Whole months T, rounded by chance so that the mean is kept. */
struct search {
    double mean;
    double cv;
    double lead;
};
struct search role_search(const struct role *role);   /* outside */
struct search inside_search(const struct role *role); /* where people from inside come first */

unsigned search_months(const struct search *search, double u_time, double u_rounding);
double search_mean(const struct search *search);                   /* E T */
double search_lasts(const struct search *search, unsigned months); /* P(T >= months) */

/* Searches until somebody is found, when each fails with probability `failure`: mean months in all.
 * A search that starts over takes a month at least. */
double searches_mean(const struct search *search, double failure);

/* Share of the time that a seat is empty when it is left with probability `exits` a month
 * (alternating renewal: p d / (1 + p d)). */
double vacancy_share(double exits, double months);

/* A vacancy of the stationary state: months empty so far, and whole months that will follow the
 * current one until this search ends (docs/model.md, section 7). */
struct vacancy {
    long since;
    long left;
};
struct vacancy vacancy_met(const struct search *search, double failure, const double u[3]);

#endif
