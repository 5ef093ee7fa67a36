#include "model/vacancy.h"

#include "base/distribution.h"

#include <math.h>
#include <stdbool.h>

static const double MONTHS_A_DAY = 12.0 / 365.0;
enum { SEARCH_MONTHS_MOST = 1200 }; /* where a tail that never ends in doubles is cut */

struct search role_search(const struct role *role) {
    return (struct search){.mean = role->recruiting.days * MONTHS_A_DAY,
                           .cv = role->recruiting.days_cv,
                           .lead = role->recruiting.continuous.days * MONTHS_A_DAY};
}

struct search inside_search(const struct role *role) {
    return (struct search){.mean = role->recruiting.internal_days * MONTHS_A_DAY,
                           .cv = role->recruiting.days_cv};
}

unsigned search_months(const struct search *search, double u_time, double u_rounding) {
    double months = lognormal_quantile(u_time, search->mean, search->cv) - search->lead;
    months = months > 0.0 ? months : 0.0;
    double whole = floor(months);
    return (unsigned)whole + (u_rounding < months - whole ? 1U : 0U);
}

/* E max(0, T - months): rounding by chance keeps the mean between whole months. */
static double excess(const struct search *search, unsigned months) {
    return lognormal_excess(search->lead + (double)months, search->mean, search->cv);
}

double search_mean(const struct search *search) {
    return search->lead > 0.0 ? excess(search, 0) : search->mean;
}

double search_lasts(const struct search *search, unsigned months) {
    if (months == 0) {
        return 1.0;
    }
    double before = months == 1 ? search_mean(search) : excess(search, months - 1);
    return before - excess(search, months);
}

static double again_mean(const struct search *search) {
    return search_mean(search) + 1.0 - search_lasts(search, 1);
}

double searches_mean(const struct search *search, double failure) {
    double mean = search_mean(search);
    return failure > 0.0 ? mean + failure / (1.0 - failure) * again_mean(search) : mean;
}

double vacancy_share(double exits, double months) {
    return exits * months / (1.0 + exits * months);
}

/* A search met at any time has r months to go, this one included, with probability P(T >= r) / E T,
 * and has lasted a months before with P(T >= r + a) / P(T >= r). One that starts over lasts at
 * least a month, so r = 1 weighs 1. What passed before it started over counts by its mean. */
struct vacancy vacancy_met(const struct search *search, double failure, const double u[3]) {
    double first = search_mean(search);
    double all = searches_mean(search, failure);
    bool again = u[0] * all >= first;
    double whole = again ? again_mean(search) : first;
    double gone = again ? 1.0 : search_lasts(search, 1);
    unsigned rest = 1;
    while (gone <= u[1] * whole && rest < SEARCH_MONTHS_MOST) {
        rest++;
        gone += search_lasts(search, rest);
    }
    double here = again && rest == 1 ? 1.0 : search_lasts(search, rest);
    unsigned age = 0;
    while (rest + age < SEARCH_MONTHS_MOST && search_lasts(search, rest + age + 1) > u[2] * here) {
        age++;
    }
    double before = again ? first + failure / (1.0 - failure) * again_mean(search) : 0.0;
    return (struct vacancy){.since = (long)age + (long)rint(before), .left = (long)rest - 1};
}
