#include "engine/precision.h"

#include <math.h>

/* The .975 quantile of Student's t by its expansion in 1 / df (Abramowitz and Stegun 26.7.5); six
 * digits from 30 degrees of freedom on. */
static double student_quantile(double df) {
    const double z = 1.959963984540054;
    double z2 = z * z;
    double first = (z2 + 1.0) * z / 4.0;
    double second = ((5.0 * z2 + 16.0) * z2 + 3.0) * z / 96.0;
    double third = (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) * z / 384.0;
    return z + first / df + second / (df * df) + third / (df * df * df);
}

/* The first look at so many histories or more. */
static uint64_t look_from(uint64_t replications) {
    uint64_t look = PRECISION_LEAST;
    while (look < replications) {
        uint64_t step = look / 16;
        look += step < 8 ? 8 : step - step % 8; /* blocks have 8 */
    }
    return look;
}

bool precision_looks(uint64_t replications) { return look_from(replications) == replications; }

double precision_half_width(const struct moments *moments) {
    double count = (double)moments->count;
    if (moments->count < 2) {
        return (double)NAN;
    }
    double variance = moments_variance(moments) * (1.0 + PRECISION_CORRECTION / count);
    return student_quantile(count - 1.0) * sqrt(variance / count);
}

/* Over the replications so far; false where the table has no such metric. */
static bool find_moments(const struct table *table, const struct variant *variant,
                         const char *metric, struct moments *moments) {
    int series = table_find(table, &variant->scenario->parameters, metric);
    if (series < 0) {
        return false;
    }
    *moments =
        spans_read(&table->spans, (size_t)(table_horizon(table, (size_t)series) - table->cells));
    return true;
}

void precision_state(const struct precision_target *target, const struct results *results,
                     double *half_width, double *wanted) {
    const struct variant *first = &results->variants[0];
    struct moments own;
    *half_width = (double)NAN;
    *wanted = target->half_width;
    if (!find_moments(&first->values, first, target->metric, &own)) {
        return;
    }
    if (target->relative) {
        *wanted *= fabs(own.mean);
    }
    if (results->variant_count == 1) {
        *half_width = precision_half_width(&own);
        return;
    }
    for (size_t v = 1; v < results->variant_count; v++) {
        const struct variant *variant = &results->variants[v];
        struct moments difference;
        if (find_moments(&variant->differences, variant, target->metric, &difference)) {
            /* a plan may lack the role: the others decide */
            *half_width = fmax(*half_width, precision_half_width(&difference));
        }
    }
}

double precision_needed(const struct precision *precision, const struct results *results) {
    double count = (double)results->replications;
    double narrowest = 0.0;
    /* what the interval of so few is wider by than that of many */
    double wider = student_quantile(count - 1.0) / student_quantile((double)INFINITY);
    double few = wider * wider * (1.0 + PRECISION_CORRECTION / count);
    for (size_t t = 0; t < precision->count; t++) {
        double half_width;
        double wanted;
        precision_state(&precision->targets[t], results, &half_width, &wanted);
        double times = half_width / wanted;
        double needed =
            half_width <= wanted && count >= PRECISION_LEAST ? count : count * times * times / few;
        narrowest = isnan(needed) ? (double)INFINITY : fmax(narrowest, needed);
    }
    return narrowest < 1e15 ? (double)look_from((uint64_t)ceil(narrowest)) : (double)INFINITY;
}

void precision_words(const struct precision *precision, struct text *text) {
    for (size_t t = 0; t < precision->count; t++) {
        const struct precision_target *target = &precision->targets[t];
        text_add(text, "%s--precision %s=%.12g%s", t == 0 ? "" : " ", target->metric,
                 target->relative ? 100.0 * target->half_width : target->half_width,
                 target->relative ? "%" : "");
    }
}

bool precision_reached(const void *context, const struct results *results) {
    const struct precision *precision = context;
    if (!precision_looks(results->replications)) {
        return false;
    }
    for (size_t t = 0; t < precision->count; t++) {
        double half_width;
        double wanted;
        precision_state(&precision->targets[t], results, &half_width, &wanted);
        if (!(half_width <= wanted)) { /* NaN: not yet */
            return false;
        }
    }
    return true;
}
