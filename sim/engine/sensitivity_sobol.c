/* Shares of the variance: A. Saltelli et al., "Variance based sensitivity analysis of model
 * output", Computer Physics Communications 181 (2010) 259: of each pair of points A and B also
 * those where one factor of A is taken from B; first-order effects by their table 2 (b), total
 * effects by (f), which is Jansen's (1999). Intervals by bootstrap over the pairs (Archer, Saltelli
 * and Sobol 1997). */
#include "base/memory.h"
#include "base/random.h"
#include "engine/sensitivity_parts.h"
#include "engine/sobol.h"
#include "model/purpose.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Coordinate f of A is dimension f of Sobol's sequence, that of B dimension factors + f, shifted
 * modulo 2; the points of a pair: A, A with factor f of B for each f, B. */
void sobol_indices_design(const struct sensitivity_question *question, double shares[]) {
    size_t factors = question->factors;
    size_t length = factors + 2;
    static_assert(2 * SENSITIVITY_SOBOL_FACTORS_MOST <= (int)SOBOL_DIMENSIONS, "dimensions");
    for (size_t d = 0; d < 2 * factors; d++) {
        uint32_t directions[SOBOL_BITS];
        uint64_t row = random_row(question->seed, d, DRAW_SHIFT, PURPOSE_DESIGN);
        uint32_t shift = (uint32_t)(random_bits(row, 0) >> 32U);
        bool of_b = d >= factors;
        size_t factor = of_b ? d - factors : d;
        sobol_directions(d, directions);
        for (size_t j = 0; j < question->size; j++) {
            uint32_t bits = sobol_coordinate(directions, (uint32_t)j) ^ shift;
            double share = ((double)bits + 0.5) * 0x1p-32;
            for (size_t p = 0; p < length; p++) {
                if (of_b == (p == factor + 1 || p == factors + 1)) {
                    shares[(j * length + p) * factors + factor] = share;
                }
            }
        }
    }
}

struct pairs {
    const double *values;
    size_t factors;
    size_t size;
};

/* Mean and variance of the values at A and B in some pairs. */
static void spread(const struct pairs *pairs, const size_t places[], double *mean,
                   double *variance) {
    size_t length = pairs->factors + 2;
    double count = 2.0 * (double)pairs->size;
    double sum = 0.0;
    double squares = 0.0;
    for (size_t j = 0; j < pairs->size; j++) {
        const double *row = pairs->values + places[j] * length;
        sum += row[0] + row[length - 1];
    }
    *mean = sum / count;
    for (size_t j = 0; j < pairs->size; j++) {
        const double *row = pairs->values + places[j] * length;
        double a = row[0] - *mean;
        double b = row[length - 1] - *mean;
        squares += a * a + b * b;
    }
    *variance = squares / count;
}

static void index_of(const struct pairs *pairs, size_t factor, const size_t places[], double mean,
                     double variance, double indices[2]) {
    size_t length = pairs->factors + 2;
    double first = 0.0;
    double total = 0.0;
    for (size_t j = 0; j < pairs->size; j++) {
        const double *row = pairs->values + places[j] * length;
        double step = row[factor + 1] - row[0];
        first += (row[length - 1] - mean) * step;
        total += step * step;
    }
    double count = (double)pairs->size;
    /* where nothing varies no factor has a part in it */
    indices[INDEX_FIRST] = variance == 0.0 ? 0.0 : first / count / variance;
    indices[INDEX_TOTAL] = variance == 0.0 ? 0.0 : total / count / (2.0 * variance);
}

static void resample(const struct pairs *pairs, uint64_t seed, size_t places[], double samples[]) {
    for (size_t b = 0; b < BOOTSTRAP_SAMPLES; b++) {
        double mean = 0.0;
        double variance = 0.0;
        bootstrap_places(places, pairs->size, seed, b);
        spread(pairs, places, &mean, &variance);
        for (size_t f = 0; f < pairs->factors; f++) {
            double indices[2];
            index_of(pairs, f, places, mean, variance, indices);
            samples[(2 * f + 0) * BOOTSTRAP_SAMPLES + b] = indices[0];
            samples[(2 * f + 1) * BOOTSTRAP_SAMPLES + b] = indices[1];
        }
    }
}

bool sobol_indices_analyse(struct sensitivity *sensitivity,
                           const struct sensitivity_question *question, const double values[],
                           struct error *error) {
    const struct pairs pairs = {values, question->factors, question->size};
    size_t *places = memory_array(pairs.size, sizeof *places, "pairs of points", error);
    double *samples = memory_array(2 * pairs.factors * BOOTSTRAP_SAMPLES, sizeof *samples,
                                   "samples of indices", error);
    bool good = places != NULL && samples != NULL;
    if (good) {
        double mean = 0.0;
        double variance = 0.0;
        resample(&pairs, question->seed, places, samples);
        for (size_t j = 0; j < pairs.size; j++) {
            places[j] = j;
        }
        spread(&pairs, places, &mean, &variance);
        for (size_t f = 0; f < pairs.factors; f++) {
            double indices[2];
            index_of(&pairs, f, places, mean, variance, indices);
            for (size_t m = 0; m < 2; m++) {
                struct sensitivity_estimate *estimate = &sensitivity->estimates[2 * f + m];
                estimate->value = indices[m];
                bootstrap_interval(samples + (2 * f + m) * BOOTSTRAP_SAMPLES, BOOTSTRAP_SAMPLES,
                                   estimate);
            }
        }
    }
    free(places);
    free(samples);
    return good;
}
