#include "model/departure.h"

#include "base/clones.h"
#include "base/mathematics.h"
#include "base/memory.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MATCH_SPACING = 0.1;
enum { MATCH_CENTRE = MATCH_POINTS / 2, KERNEL_REACH = 24 };

double monthly_probability(double annual) { return 1.0 - math_power(1.0 - annual, 1.0 / 12.0); }

double wish_hazard(double log_hazard) { return -math_expm1(-math_exp(log_hazard)); }

/* exp(-x) is at most 1 over the first terms of the series of exp x, by which one can mostly tell
 * that no wish arrives. */
bool wish_arrives(double log_hazard, double uniform) {
    double x = -log_hazard;
    double series =
        1.0 + x * (1.0 + x * (1.0 / 2.0 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x * (1.0 / 120.0)))));
    if (x > 0.0 && uniform * series > 1.0 + 1e-9) {
        return false;
    }
    return uniform < wish_hazard(log_hazard);
}

static double match_variance(const struct role *role, double tenure) {
    double b = role->turnover.match_spread;
    double k = role->turnover.match_months;
    return tenure > 0.0 ? b * b * tenure / (tenure + k) : 0.0;
}

double match_step(const struct role *role, size_t tenure) {
    double step = match_variance(role, (double)tenure) - match_variance(role, (double)tenure - 1.0);
    return sqrt(step > 0.0 ? step : 0.0);
}

static double match_at(int point) { return (point - MATCH_CENTRE) * MATCH_SPACING; }

/* The law of one step over several cells of the grid: a discrete normal with its variance
 * corrected. */
static int step_kernel(double cells, double kernel[2 * KERNEL_REACH + 1]) {
    int reach = (int)(5.0 * cells) + 1;
    reach = reach < KERNEL_REACH ? reach : KERNEL_REACH;
    double total = 0.0;
    double variance = 0.0;
    for (int j = -reach; j <= reach; j++) {
        double weight = normal_density(j / cells);
        kernel[KERNEL_REACH + j] = weight;
        total += weight;
        variance += weight * j * j;
    }
    /* what the cut tails lack in variance goes to the outermost points */
    double missing = (cells * cells - variance / total) * total / (2.0 * reach * reach);
    kernel[KERNEL_REACH - reach] += missing;
    kernel[KERNEL_REACH + reach] += missing;
    kernel[KERNEL_REACH] -= 2.0 * missing;
    for (int j = -reach; j <= reach; j++) {
        kernel[KERNEL_REACH + j] /= total;
    }
    return reach;
}

/* A step to the neighbours alone. */
CLONES static void small_step(double now[MATCH_POINTS], double side) {
    double next[MATCH_POINTS];
    double stay = 1.0 - 2.0 * side;
    for (int m = 1; m + 1 < MATCH_POINTS; m++) {
        next[m] = now[m] * stay + (now[m - 1] + now[m + 1]) * side;
    }
    const int last = MATCH_POINTS - 1;
    next[0] = now[0] * (stay + side) + now[1] * side;
    next[last] = now[last] * (stay + side) + now[last - 1] * side;
    memcpy(now, next, sizeof next);
}

/* Each target gathers its own sum, in one order: gcc 12 changes that of sums scattered by two
 * loops.
 */
static void large_step(double now[MATCH_POINTS], double cells) {
    double kernel[2 * KERNEL_REACH + 1];
    double from[MATCH_POINTS + 4 * KERNEL_REACH] = {0.0}; /* with room on both sides */
    int reach = step_kernel(cells, kernel);
    memcpy(from + 2 * KERNEL_REACH, now, MATCH_POINTS * sizeof *now);
    memset(now, 0, MATCH_POINTS * sizeof *now);
    for (int target = -reach; target < MATCH_POINTS + reach; target++) {
        double sum = 0.0;
        for (int j = -reach; j <= reach; j++) {
            sum += from[2 * KERNEL_REACH + target - j] * kernel[KERNEL_REACH + j];
        }
        int last = MATCH_POINTS - 1;
        now[target < 0 ? 0 : target > last ? last : target] += sum;
    }
}

/* One step of the learned match, with exactly its variance: `now` becomes the law after it. What
 * would leave the grid stays on its outermost points. */
static void grid_step(double now[MATCH_POINTS], double sd) {
    double cells = sd / MATCH_SPACING; /* sd in grid cells */
    if (cells <= 1.0) {
        small_step(now, 0.5 * cells * cells);
    } else {
        large_step(now, cells);
    }
}

/* A month of the survivor recursion: adds the people there to `people` and lets the hazard take
 * its part, in loops over the grid that go into vectors. */
CLONES static void survive_month(double now[MATCH_POINTS], const double hazard[MATCH_POINTS],
                                 double people[MATCH_POINTS]) {
    for (int m = 0; m < MATCH_POINTS; m++) {
        people[m] += now[m];
        now[m] *= 1.0 - hazard[m];
    }
}

static void keep_month(struct tenure_law *law, size_t n, const double now[MATCH_POINTS]) {
    for (size_t m = 0; m < MATCH_POINTS; m++) {
        law->tenure[n] += now[m];
        law->match[n * MATCH_POINTS + m] = (real)now[m];
    }
}

/* Runs the survivor recursion; returns voluntary exits per person-month. With `law`, keeps the
 * masses of tenure and match as they are (not yet cumulative). */
static double survivor_recursion(const struct role *role, size_t months, double intercept,
                                 struct tenure_law *law) {
    double hazard[MATCH_POINTS];
    double now[MATCH_POINTS] = {0.0};
    double people[MATCH_POINTS] = {0.0}; /* person-months by match */
    for (int m = 0; m < MATCH_POINTS; m++) {
        hazard[m] = wish_hazard(intercept - match_at(m));
    }
    now[MATCH_CENTRE] = 1.0;
    for (size_t n = 0; n < months; n++) {
        if (law != NULL) {
            keep_month(law, n, now);
        }
        survive_month(now, hazard, people);
        grid_step(now, match_step(role, n + 1));
    }
    double exits = 0.0;
    double all = 0.0;
    for (int m = 0; m < MATCH_POINTS; m++) {
        exits += people[m] * hazard[m];
        all += people[m];
    }
    return exits / all;
}

/* The log hazard whose wish has this probability: the inverse of wish_hazard. */
static double log_hazard_of(double probability) { return math_log(-math_log1p(-probability)); }

/* The intercept whose stationary exits equal the configured ones. Without match it is the log
 * hazard of the exits; with it, their log hazard rises almost as a line with the intercept, which
 * a secant follows in a few steps, or a bisection where that would leave what is bracketed. */
static double solve_intercept(const struct role *role, size_t months, double wanted) {
    const double target = log_hazard_of(wanted);
    double low =
        target - match_at(MATCH_POINTS - 1); /* here no match leaves more than wanted ... */
    double high = target + match_at(MATCH_POINTS - 1); /* ... and here none less */
    double intercept = target;
    double before = intercept;
    double miss_before = 0.0;
    for (int step = 0; step < 60 && high - low > 1e-12; step++) {
        double exits = survivor_recursion(role, months, intercept, NULL);
        double miss = log_hazard_of(exits) - target;
        if (fabs(exits - wanted) < 1e-12 * wanted) {
            break;
        }
        *(miss < 0.0 ? &low : &high) = intercept;
        double slope = step > 0 ? (miss - miss_before) / (intercept - before) : 1.0;
        before = intercept;
        miss_before = miss;
        intercept -= miss / slope;
        if (!(intercept > low && intercept < high)) {
            intercept = 0.5 * (low + high);
        }
    }
    return intercept;
}

static void accumulate(struct tenure_law *law) {
    double total = 0.0;
    for (size_t n = 0; n < law->months; n++) {
        real *match = &law->match[n * MATCH_POINTS];
        double here = law->tenure[n];
        double sum = 0.0;
        for (int m = 0; m < MATCH_POINTS; m++) {
            sum += (double)match[m];
            match[m] = (real)(here > 0.0 ? sum / here : 1.0);
        }
        total += here;
        law->tenure[n] = total;
    }
    for (size_t n = 0; n < law->months; n++) {
        law->tenure[n] /= total;
    }
}

bool tenure_law_init(struct tenure_law *law, const struct role *role, struct error *error) {
    *law = (struct tenure_law){.months = (size_t)role->turnover.retirement_months};
    law->tenure = memory_array(law->months, sizeof *law->tenure, "months of tenure", error);
    law->match =
        memory_array(law->months * MATCH_POINTS, sizeof *law->match, "match levels", error);
    if (law->tenure == NULL || law->match == NULL) {
        tenure_law_free(law);
        return false;
    }
    double wanted = monthly_probability(role->turnover.annual);
    /* without turnover nobody leaves; a hazard far below any that matters stands for it */
    law->intercept = wanted > 0.0 ? solve_intercept(role, law->months, wanted) : -100.0;
    law->hazard = survivor_recursion(role, law->months, law->intercept, law);
    accumulate(law);
    return true;
}

void tenure_law_free(struct tenure_law *law) {
    free(law->tenure);
    free(law->match);
    *law = (struct tenure_law){0};
}

size_t tenure_law_tenure(const struct tenure_law *law, double u) {
    size_t low = 0;
    size_t high = law->months - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (u < law->tenure[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

double tenure_law_match(const struct tenure_law *law, size_t tenure, double u) {
    const real *cumulative = &law->match[tenure * MATCH_POINTS];
    int m = 0;
    while (m + 1 < MATCH_POINTS && u >= (double)cumulative[m]) {
        m++;
    }
    return match_at(m);
}

void forfeits_add(struct forfeits *forfeits, double months, double value) {
    if (value <= 0.0) {
        return;
    }
    size_t month = months > 1.0 ? (size_t)rint(months) : 1;
    assert(month <= FORFEITS_MONTHS);
    forfeits->value[month] += value;
    forfeits->last = month > forfeits->last ? month : forfeits->last;
}

double waiting_months(const struct forfeits *forfeits, double gain, double present_bias,
                      double discount) {
    double month = math_power(1.0 + discount, -1.0 / 12.0);
    double factor = 1.0;
    double annuity = 0.0;
    double kept = 0.0;
    for (size_t d = 1; d <= forfeits->last; d++) {
        annuity += factor / 12.0;
        factor *= month;
        if (forfeits->value[d] > 0.0) {
            kept += present_bias * factor * forfeits->value[d];
            if (kept >= gain * annuity) {
                return (double)d;
            }
        }
    }
    return -1.0;
}
