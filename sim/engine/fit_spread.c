#include "engine/fit_spread.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "base/statistics.h"

#include <math.h>
#include <stdlib.h>

/* The mean of everybody in each month. */
static void month_means(struct moments *months, const struct panel_month *panel, size_t count) {
    for (size_t i = 0; i < count; i++) {
        moments_add(&months[panel[i].month], panel[i].sales);
    }
}

static void person_means(struct moments *people, const struct moments *months,
                         const struct panel_month *panel, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double mean = months[panel[i].month].mean;
        if (mean > 0.0) { /* a month in which nobody sold anything tells nothing of people */
            moments_add(&people[panel[i].person], panel[i].sales / mean);
        }
    }
}

static void conclude(struct fit_spread *fit, const struct moments *people, size_t count) {
    struct moments logs = {0};
    struct moments within = {0};
    struct moments chance = {0};
    for (size_t p = 0; p < count; p++) {
        const struct moments *person = &people[p];
        if (person->count < FIT_SPREAD_MONTHS || !(person->mean > 0.0)) {
            fit->left_out += person->count > 0;
            continue;
        }
        double square = moments_variance(person) / (person->mean * person->mean);
        moments_add(&logs, math_log(person->mean));
        moments_add(&within, square);
        moments_add(&chance, square / (double)person->count);
        fit->people++;
        fit->months += (size_t)person->count;
    }
    if (fit->people < 3) {
        return;
    }
    double degrees = (double)fit->people - 1.0;
    double squares = degrees * moments_variance(&logs);
    double low = squares / fit_chi_square_quantile(0.975, degrees) - chance.mean;
    double high = squares / fit_chi_square_quantile(0.025, degrees) - chance.mean;
    fit->spread = sqrt(fmax(0.0, moments_variance(&logs) - chance.mean));
    fit->interval = (struct interval){sqrt(fmax(0.0, low)), sqrt(fmax(0.0, high))};
    fit->within = sqrt(within.mean);
}

bool fit_spread_of(struct fit_spread *fit, const struct panel_month *panel, size_t count,
                   size_t people, size_t months, struct error *error) {
    *fit = (struct fit_spread){.people = 0};
    struct moments *by_month = memory_array(months, sizeof *by_month, "months", error);
    struct moments *by_person =
        by_month == NULL ? NULL : memory_array(people, sizeof *by_person, "people", error);
    if (by_person != NULL) {
        month_means(by_month, panel, count);
        person_means(by_person, by_month, panel, count);
        conclude(fit, by_person, people);
    }
    free(by_month);
    bool good = by_person != NULL;
    free(by_person);
    return good;
}
