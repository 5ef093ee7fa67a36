#include "plan/attainment.h"

#include "base/mathematics.h"

#include <math.h>
#include <stddef.h>

const char *const ATTAINMENT_LAWS[] = {[ATTAINMENT_NORMAL] = "normal",
                                       [ATTAINMENT_LOGNORMAL] = "lognormal",
                                       [ATTAINMENT_DEALS] = "deals",
                                       NULL};

double attainment_deals_sd(double mean, double deals, double cv) {
    return mean * sqrt((1.0 + cv * cv) / deals);
}

static void law_of(const struct attainment *attainment, struct period_law *law) {
    double mean = attainment->mean;
    if (attainment->law == ATTAINMENT_NORMAL || attainment->sd <= 0.0) {
        period_law_normal(law, mean, attainment->sd > 0.0 ? attainment->sd : 0.0);
        return;
    }
    double cv = attainment->sd / mean;
    if (attainment->law == ATTAINMENT_LOGNORMAL) {
        period_law_lognormal(law, mean, cv);
        return;
    }
    double square = cv * cv * attainment->deals - 1.0; /* cv^2 of one deal */
    struct deal_law deals = deal_law_lognormal(attainment->deals, mean / attainment->deals,
                                               square > 0.0 ? sqrt(square) : 0.0);
    period_law_make(law, &deals, 1, (struct steady_law){0.0, 0.0, 0.0});
}

struct partial attainment_partial(const struct attainment *attainment, double from, double to) {
    struct period_law law;
    law_of(attainment, &law);
    return period_law_partial(&law, from, to);
}

double attainment_reach(const struct attainment *attainment, double at) {
    struct period_law law;
    law_of(attainment, &law);
    return period_law_reach(&law, at);
}

/* The smallest attainment that is not exceeded with probability p; deals: to the last bit. */
static double deals_quantile(const struct attainment *attainment, double p) {
    struct period_law law;
    double low = 0.0;
    double high = attainment->mean + attainment->sd;
    law_of(attainment, &law);
    if (period_law_partial(&law, -(double)INFINITY, attainment->mean * 1e-9).weight >= p) {
        return 0.0; /* no deal at all */
    }
    while (period_law_partial(&law, -(double)INFINITY, high).weight < p) {
        high *= 2.0;
    }
    for (int step = 0; step < 100; step++) {
        double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) {
            break;
        }
        if (period_law_partial(&law, -(double)INFINITY, middle).weight >= p) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

double attainment_quantile(const struct attainment *attainment, double p) {
    if (attainment->sd <= 0.0) {
        return attainment->mean;
    }
    double z = normal_quantile(p);
    if (attainment->law == ATTAINMENT_NORMAL) {
        return attainment->mean + attainment->sd * z;
    }
    if (attainment->law == ATTAINMENT_DEALS) {
        return deals_quantile(attainment, p);
    }
    double cv = attainment->sd / attainment->mean;
    double variance = math_log1p(cv * cv);
    return math_exp(math_log(attainment->mean) - 0.5 * variance + sqrt(variance) * z);
}

double attainment_density(const struct attainment *attainment, double at) {
    struct period_law law;
    law_of(attainment, &law);
    return period_law_density(&law, at);
}
