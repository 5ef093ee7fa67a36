#include "plan/period_law.h"

#include "base/mathematics.h"
#include "plan/curve.h"

#include <math.h>

static const double COUNTED_MOST = 8.0;    /* deals a period; from there on three moments do */
static const double NUMBER_LEAST = 1e-9;   /* probability of a number of deals that is left out */
static const double CASES_MOST = 20.0;     /* of a share that is no normal */
static const double SKEWNESS_LEAST = 1e-3; /* below it a sum is normal */

struct deal_law deal_law_lognormal(double count, double mean, double cv) {
    double spread = 1.0 + cv * cv;
    return (struct deal_law){
        count, {mean, mean * mean * spread, mean * mean * mean * spread * spread * spread}};
}

/* t of the lognormal with this skewness, its cv: t^3 + 3 t = skewness, solved by t = 2 sinh x, as
 * then 2 sinh 3x = skewness. */
static double lognormal_cv(double skewness) {
    double root = 0.5 * (skewness + sqrt(skewness * skewness + 4.0)); /* e^(3x) */
    double e = math_power(root, 1.0 / 3.0);
    return e - 1.0 / e;
}

static struct law_part part_of(double weight, struct steady_law moments) {
    struct law_part part = {.weight = weight, .mean = moments.mean};
    if (moments.variance <= 1e-20 * moments.mean * moments.mean) {
        return part;
    }
    part.sd = sqrt(moments.variance);
    double skewness = moments.third / (moments.variance * part.sd);
    if (skewness < SKEWNESS_LEAST) {
        return part;
    }
    double cv = lognormal_cv(skewness);
    double mean = part.sd / cv;
    double log_variance = math_log1p(cv * cv);
    part.shift = part.mean - mean;
    part.log_sd = sqrt(log_variance);
    part.log_mean = math_log(mean) - 0.5 * log_variance;
    return part;
}

/* Adds so many deals to a sum. */
static struct steady_law with_deals(struct steady_law sum, const struct deal_law *deal,
                                    double number) {
    double mean = deal->moment[0];
    double variance = deal->moment[1] - mean * mean;
    double third = deal->moment[2] - 3.0 * mean * deal->moment[1] + 2.0 * mean * mean * mean;
    sum.mean += number * mean;
    sum.variance += variance > 1e-12 * deal->moment[1] ? number * variance : 0.0;
    sum.third += variance > 1e-12 * deal->moment[1] ? number * third : 0.0;
    return sum;
}

/* Adds a Poisson number of deals. */
static struct steady_law with_many(struct steady_law sum, const struct deal_law *deal) {
    sum.mean += deal->count * deal->moment[0];
    sum.variance += deal->count * deal->moment[1];
    sum.third += deal->count * deal->moment[2];
    return sum;
}

/* The two kinds that are counted one by one, NULL for none; the others go into the steady part. */
static struct steady_law choose(const struct deal_law *deals, size_t kinds,
                                struct steady_law steady, const struct deal_law *chosen[2]) {
    chosen[0] = NULL;
    chosen[1] = NULL;
    for (size_t k = 0; k < kinds; k++) {
        const struct deal_law *deal = &deals[k];
        for (int c = 0; c < 2 && deal != NULL && deal->count <= COUNTED_MOST; c++) {
            double here = deal->count * deal->moment[1];
            if (chosen[c] == NULL || chosen[c]->count * chosen[c]->moment[1] < here) {
                const struct deal_law *lesser = chosen[c];
                chosen[c] = deal;
                deal = lesser;
            }
        }
        if (deal != NULL) {
            steady = with_many(steady, deal);
        }
    }
    return steady;
}

void period_law_make(struct period_law *law, const struct deal_law *deals, size_t kinds,
                     struct steady_law steady) {
    static const struct deal_law NONE = {0.0, {0.0, 0.0, 0.0}};
    const struct deal_law *chosen[2];
    steady = choose(deals, kinds, steady, chosen);
    const struct deal_law *first = chosen[0] == NULL ? &NONE : chosen[0];
    const struct deal_law *other = chosen[1] == NULL ? &NONE : chosen[1];
    double total = 0.0;
    double outer = math_exp(-first->count);
    law->count = 0;
    law->mean = steady.mean + first->count * first->moment[0] + other->count * other->moment[0];
    for (int i = 0; i == 0 || i < first->count || outer > NUMBER_LEAST; i++) {
        struct steady_law some = with_deals(steady, first, i);
        double inner = outer * math_exp(-other->count);
        for (int j = 0; j == 0 || j < other->count || inner > NUMBER_LEAST; j++) {
            if (inner > NUMBER_LEAST && law->count < LAW_PARTS) {
                law->parts[law->count++] = part_of(inner, with_deals(some, other, j));
                total += inner;
            }
            inner *= other->count / (j + 1);
        }
        outer *= first->count / (i + 1);
    }
    for (size_t p = 0; p < law->count; p++) {
        law->parts[p].weight /= total;
    }
}

void period_law_normal(struct period_law *law, double mean, double sd) {
    law->count = 1;
    law->mean = mean;
    law->parts[0] = (struct law_part){.weight = 1.0, .mean = mean, .sd = sd};
}

void period_law_lognormal(struct period_law *law, double mean, double cv) {
    double variance = math_log1p(cv * cv);
    law->count = 1;
    law->mean = mean;
    law->parts[0] = (struct law_part){.weight = 1.0,
                                      .mean = mean,
                                      .sd = mean * cv,
                                      .log_sd = sqrt(variance),
                                      .log_mean = math_log(mean) - 0.5 * variance};
}

void period_law_share(struct period_law *law, double cases, double chance) {
    chance = chance < 0.0 ? 0.0 : chance > 1.0 ? 1.0 : chance;
    if (cases > CASES_MOST) {
        period_law_normal(law, chance, sqrt(chance * (1.0 - chance) / cases));
        return;
    }
    double number = math_exp(-cases);
    double total = 0.0;
    law->count = 0;
    law->mean = chance;
    for (int n = 1; law->count + (size_t)n < LAW_PARTS; n++) {
        number *= cases / n;
        double ways = 1.0; /* binomial coefficient */
        for (int good = 0; good <= n; good++) {
            double weight = number * ways * math_power(chance, good) *
                            math_power(1.0 - chance, (double)(n - good));
            law->parts[law->count++] =
                (struct law_part){.weight = weight, .mean = (double)good / n};
            total += weight;
            ways *= (double)(n - good) / (good + 1);
        }
    }
    for (size_t p = 0; p < law->count; p++) {
        law->parts[p].weight /= total;
    }
}

/* Phi(b) - Phi(a), a <= b, from the nearer tail, so that nothing cancels far out. */
static double interval(double a, double b) {
    return a > 0.0 ? normal_distribution(-a) - normal_distribution(-b)
                   : normal_distribution(b) - normal_distribution(a);
}

/* z phi(z), and phi(z) for power 0; 0 at both infinities. */
static double density_times(double z, int power) {
    return isinf(z) ? 0.0 : (power == 0 ? 1.0 : z) * normal_density(z);
}

/* `at` in standard deviations of the part or its logarithm. */
static double standard(const struct law_part *part, double at) {
    if (isinf(at)) {
        return at;
    }
    if (part->log_sd <= 0.0) {
        return (at - part->mean) / part->sd;
    }
    double above = at - part->shift;
    return above <= 0.0 ? -(double)INFINITY : (math_log(above) - part->log_mean) / part->log_sd;
}

static struct partial part_partial(const struct law_part *part, double from, double to) {
    double mean = part->mean;
    double sd = part->sd;
    if (sd <= 0.0) {
        bool inside = (isinf(from) || curve_reached(mean, from)) && !curve_reached(mean, to);
        return inside ? (struct partial){1.0, mean, mean * mean} : (struct partial){0};
    }
    double a = standard(part, from);
    double b = standard(part, to);
    struct partial partial = {.weight = interval(a, b)};
    if (part->log_sd <= 0.0) {
        double centred = sd * (density_times(a, 0) - density_times(b, 0));
        double squares = sd * sd * (partial.weight + density_times(a, 1) - density_times(b, 1));
        partial.first = mean * partial.weight + centred;
        partial.second = mean * mean * partial.weight + 2.0 * mean * centred + squares;
        return partial;
    }
    double s = part->log_sd; /* E[L^k] = mean^k exp(k (k - 1) s^2 / 2), shifted by k s */
    double shift = part->shift;
    double first = (mean - shift) * interval(a - s, b - s);
    double second =
        ((mean - shift) * (mean - shift) + sd * sd) * interval(a - 2.0 * s, b - 2.0 * s);
    partial.first = shift * partial.weight + first;
    partial.second = shift * shift * partial.weight + 2.0 * shift * first + second;
    return partial;
}

struct partial period_law_partial(const struct period_law *law, double from, double to) {
    struct partial sum = {0};
    for (size_t p = 0; p < law->count; p++) {
        struct partial partial = part_partial(&law->parts[p], from, to);
        sum.weight += law->parts[p].weight * partial.weight;
        sum.first += law->parts[p].weight * partial.first;
        sum.second += law->parts[p].weight * partial.second;
    }
    return sum;
}

double period_law_reach(const struct period_law *law, double at) {
    double reach = 0.0;
    for (size_t p = 0; p < law->count; p++) {
        const struct law_part *part = &law->parts[p];
        reach += part->weight * (part->sd > 0.0 ? normal_distribution(-standard(part, at))
                                                : curve_reached(part->mean, at));
    }
    return reach;
}

double period_law_density(const struct period_law *law, double at) {
    double density = 0.0;
    for (size_t p = 0; p < law->count; p++) {
        const struct law_part *part = &law->parts[p];
        double z = part->sd > 0.0 ? standard(part, at) : (double)INFINITY;
        double scale = part->log_sd > 0.0 ? part->log_sd * (at - part->shift) : part->sd;
        density += isinf(z) ? 0.0 : part->weight * normal_density(z) / scale;
    }
    return density;
}

/* A part's E w(X): the chance and the partial mean above each bound, from the nearer tail. */
static double part_expectation(const struct law_part *part, const struct payoff *payoff) {
    double sum = 0.0;
    if (part->sd <= 0.0) {
        size_t piece = payoff->count - 1;
        while (piece > 0 && !curve_reached(part->mean, payoff->pieces[piece].from)) {
            piece--;
        }
        const struct payoff_piece *here = &payoff->pieces[piece];
        return here->value + here->slope * (part->mean - (piece == 0 ? 0.0 : here->from));
    }
    for (size_t piece = 0; piece < payoff->count; piece++) {
        const struct payoff_piece *here = &payoff->pieces[piece];
        bool last = piece + 1 == payoff->count;
        if (here->value == 0.0 && here->slope == 0.0) {
            continue;
        }
        struct partial partial =
            part_partial(part, piece == 0 ? -(double)INFINITY : here->from,
                         last ? (double)INFINITY : payoff->pieces[piece + 1].from);
        double origin = piece == 0 ? 0.0 : here->from;
        sum += (here->value - here->slope * origin) * partial.weight + here->slope * partial.first;
    }
    return sum;
}

double period_law_expectation(const struct period_law *law, const struct payoff *payoff) {
    double sum = 0.0;
    if (payoff->count == 1) { /* a straight line needs no law */
        return payoff->pieces[0].value + payoff->pieces[0].slope * law->mean;
    }
    for (size_t p = 0; p < law->count; p++) {
        sum += law->parts[p].weight * part_expectation(&law->parts[p], payoff);
    }
    return sum;
}

double period_law_square(const struct period_law *law, const struct payoff *payoff) {
    double sum = 0.0;
    for (size_t piece = 0; piece < payoff->count; piece++) {
        const struct payoff_piece *here = &payoff->pieces[piece];
        bool last = piece + 1 == payoff->count;
        if (here->value == 0.0 && here->slope == 0.0) {
            continue;
        }
        struct partial partial =
            period_law_partial(law, piece == 0 ? -(double)INFINITY : here->from,
                               last ? (double)INFINITY : payoff->pieces[piece + 1].from);
        double base = here->value - here->slope * (piece == 0 ? 0.0 : here->from);
        sum += base * base * partial.weight + 2.0 * base * here->slope * partial.first +
               here->slope * here->slope * partial.second;
    }
    return sum;
}
