#include "model/departure.h"

#include "base/mathematics.h"
#include "base/memory.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static const double MATCH_SPACING = 0.1;
enum { MATCH_CENTRE = MATCH_POINTS / 2, KERNEL_REACH = 24 };

double monthly_probability(double annual) { return 1.0 - math_power(1.0 - annual, 1.0 / 12.0); }

double wish_hazard(double log_hazard) { return -math_expm1(-math_exp(log_hazard)); }

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

/* The law of one step on the grid, with exactly the variance of the step: neighbours alone for
 * small steps, a discrete normal with its variance corrected for large ones. */
static int step_kernel(double sd, double kernel[2 * KERNEL_REACH + 1]) {
    double cells = sd / MATCH_SPACING; /* sd in grid cells */
    if (cells <= 1.0) {
        double side = 0.5 * cells * cells;
        kernel[KERNEL_REACH - 1] = side;
        kernel[KERNEL_REACH] = 1.0 - 2.0 * side;
        kernel[KERNEL_REACH + 1] = side;
        return 1;
    }
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

static void grid_step(const double from[MATCH_POINTS], double to[MATCH_POINTS], double sd) {
    double kernel[2 * KERNEL_REACH + 1];
    int reach = step_kernel(sd, kernel);
    for (int m = 0; m < MATCH_POINTS; m++) {
        to[m] = 0.0;
    }
    for (int m = 0; m < MATCH_POINTS; m++) {
        for (int j = -reach; j <= reach && from[m] > 0.0; j++) {
            int target = m + j < 0 ? 0 : m + j >= MATCH_POINTS ? MATCH_POINTS - 1 : m + j;
            to[target] += from[m] * kernel[KERNEL_REACH + j];
        }
    }
}

/* Runs the survivor recursion; returns voluntary exits per person-month. With `law`, keeps the
 * masses of tenure and match as they are (not yet cumulative). */
static double survivor_recursion(const struct role *role, size_t months, double intercept,
                                 struct tenure_law *law) {
    double hazard[MATCH_POINTS];
    double now[MATCH_POINTS] = {0.0};
    double next[MATCH_POINTS];
    double exits = 0.0;
    double people = 0.0;
    for (int m = 0; m < MATCH_POINTS; m++) {
        hazard[m] = wish_hazard(intercept - match_at(m));
    }
    now[MATCH_CENTRE] = 1.0;
    for (size_t n = 0; n < months; n++) {
        double here = 0.0;
        for (int m = 0; m < MATCH_POINTS; m++) {
            here += now[m];
            exits += now[m] * hazard[m];
            if (law != NULL) {
                law->match[n * MATCH_POINTS + (size_t)m] = (float)now[m];
            }
            now[m] *= 1.0 - hazard[m];
        }
        people += here;
        if (law != NULL) {
            law->tenure[n] = here;
        }
        grid_step(now, next, match_step(role, n + 1));
        for (int m = 0; m < MATCH_POINTS; m++) {
            now[m] = next[m];
        }
    }
    return exits / people;
}

/* The intercept whose stationary exits equal the configured ones: bisection with secant steps
 * (Illinois); exits rise with the intercept. */
static double solve_intercept(const struct role *role, size_t months, double wanted) {
    double low = math_log(wanted) - 3.0;
    double high = math_log(wanted) + 3.0;
    double f_low = survivor_recursion(role, months, low, NULL) - wanted;
    double f_high = survivor_recursion(role, months, high, NULL) - wanted;
    double middle = low;
    for (int step = 0; step < 60 && high - low > 1e-10; step++) {
        middle = (low * f_high - high * f_low) / (f_high - f_low);
        double f = survivor_recursion(role, months, middle, NULL) - wanted;
        if (fabs(f) < 1e-12 * wanted) {
            break;
        }
        if (f < 0.0) {
            low = middle;
            f_low = f;
            f_high *= 0.5;
        } else {
            high = middle;
            f_high = f;
            f_low *= 0.5;
        }
    }
    return middle;
}

static void accumulate(struct tenure_law *law) {
    double total = 0.0;
    for (size_t n = 0; n < law->months; n++) {
        float *match = &law->match[n * MATCH_POINTS];
        double here = law->tenure[n];
        double sum = 0.0;
        for (int m = 0; m < MATCH_POINTS; m++) {
            sum += (double)match[m];
            match[m] = (float)(here > 0.0 ? sum / here : 1.0);
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
    const float *cumulative = &law->match[tenure * MATCH_POINTS];
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
