/* Elementary effects: M. D. Morris, "Factorial sampling plans for preliminary computational
 * experiments", Technometrics 33 (1991) 161, with the mean of the sizes of F. Campolongo, J.
 * Cariboni and A. Saltelli, Environmental Modelling & Software 22 (2007) 1509. */
#include "base/memory.h"
#include "base/random.h"
#include "engine/sensitivity_parts.h"
#include "model/purpose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Four levels 0, 1/3, 2/3, 1 and steps of 2/3: every level is met equally often, and a step is
 * large against rounding and against the chance that is left in a mean. */
static const double STEP = 2.0 / 3.0;
enum { STARTS = 4 };
static const double START[STARTS] = {0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0};

/* A permutation of 0..count-1 (Fisher and Yates). */
static void shuffle(size_t places[], size_t count, uint64_t row) {
    for (size_t i = 0; i < count; i++) {
        size_t other = (size_t)(random_uniform(row, i) * (double)(i + 1));
        places[i] = i;
        if (other < i) {
            places[i] = places[other];
            places[other] = i;
        }
    }
}

/* The starts of a trajectory: of every factor the four come equally often over the trajectories, as
 * far as their number allows. */
static void start(const struct sensitivity_question *question, size_t trajectory, double first[]) {
    for (size_t f = 0; f < question->factors; f++) {
        uint64_t row = random_row(question->seed, f, DRAW_LEVELS, PURPOSE_DESIGN);
        size_t places[STARTS];
        shuffle(places, STARTS, random_mix(row, trajectory / STARTS));
        first[f] = START[places[trajectory % STARTS]];
    }
}

/* The factor that a trajectory moves next: of those that still stand at their start the one with
 * the lowest ticket. */
static size_t next_factor(const double first[], const double before[], size_t factors,
                          uint64_t tickets) {
    size_t next = 0;
    double lowest = 1.0;
    for (size_t f = 0; f < factors; f++) {
        double ticket = random_uniform(tickets, f);
        if (before[f] == first[f] && ticket < lowest) {
            lowest = ticket;
            next = f;
        }
    }
    return next;
}

void morris_design(const struct sensitivity_question *question, double shares[]) {
    size_t factors = question->factors;
    for (size_t t = 0; t < question->size; t++) {
        double *first = shares + t * (factors + 1) * factors;
        uint64_t tickets = random_row(question->seed, t, DRAW_ORDER, PURPOSE_DESIGN);
        start(question, t, first);
        for (size_t step = 0; step < factors; step++) {
            double *before = first + step * factors;
            size_t moved = next_factor(first, before, factors, tickets);
            memcpy(before + factors, before, factors * sizeof *before);
            before[factors + moved] += first[moved] < 0.5 ? STEP : -STEP;
        }
    }
}

struct effects {
    const double *values; /* trajectory by trajectory, factor by factor */
    size_t factors;
    size_t size;
};

/* Mean size, mean and standard deviation of the effects of a factor in some trajectories. */
static void measure(const struct effects *effects, size_t factor, const size_t places[],
                    double measures[3]) {
    double size = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    double count = (double)effects->size;
    for (size_t t = 0; t < effects->size; t++) {
        double effect = effects->values[places[t] * effects->factors + factor];
        size += fabs(effect);
        sum += effect;
    }
    for (size_t t = 0; t < effects->size; t++) {
        double rest = effects->values[places[t] * effects->factors + factor] - sum / count;
        squares += rest * rest;
    }
    measures[MORRIS_MU_STAR] = size / count;
    measures[MORRIS_MU] = sum / count;
    measures[MORRIS_SIGMA] = sqrt(squares / (count - 1.0));
}

/* Change over the whole range: the difference of two neighbouring points over how far they are
 * apart, which is a step but for lists and short ranges of whole numbers. What cannot move has no
 * effect. */
static void take_effects(const struct sensitivity_question *question, const double shares[],
                         const double values[], double effects[]) {
    size_t factors = question->factors;
    for (size_t t = 0; t < question->size; t++) {
        for (size_t step = 0; step < factors; step++) {
            size_t point = t * (factors + 1) + step;
            const double *before = shares + point * factors;
            const double *after = before + factors;
            for (size_t f = 0; f < factors; f++) {
                if (after[f] != before[f]) {
                    effects[t * factors + f] =
                        (values[point + 1] - values[point]) / (after[f] - before[f]);
                }
            }
        }
    }
}

bool morris_analyse(struct sensitivity *sensitivity, const struct sensitivity_question *question,
                    const double shares[], const double values[], struct error *error) {
    size_t factors = question->factors;
    size_t size = question->size;
    double *changes = memory_array(size * factors, sizeof *changes, "effects", error);
    double *samples =
        memory_array((size_t)3 * BOOTSTRAP_SAMPLES, sizeof *samples, "effects", error);
    size_t *places = memory_array(size * BOOTSTRAP_SAMPLES, sizeof *places, "effects", error);
    size_t *all = memory_array(size, sizeof *all, "effects", error);
    bool good = changes != NULL && samples != NULL && places != NULL && all != NULL;
    if (good) {
        take_effects(question, shares, values, changes);
        for (size_t t = 0; t < size; t++) {
            all[t] = t;
        }
        for (size_t b = 0; b < BOOTSTRAP_SAMPLES; b++) {
            bootstrap_places(places + b * size, size, question->seed, b);
        }
    }
    const struct effects effects = {changes, factors, size};
    for (size_t f = 0; good && f < factors; f++) {
        struct sensitivity_estimate *estimates = &sensitivity->estimates[3 * f];
        double measures[3];
        for (size_t b = 0; b < BOOTSTRAP_SAMPLES; b++) {
            measure(&effects, f, places + b * size, measures);
            for (size_t m = 0; m < 3; m++) {
                samples[m * BOOTSTRAP_SAMPLES + b] = measures[m];
            }
        }
        measure(&effects, f, all, measures);
        for (size_t m = 0; m < 3; m++) {
            estimates[m].value = measures[m];
            bootstrap_interval(samples + m * BOOTSTRAP_SAMPLES, BOOTSTRAP_SAMPLES, &estimates[m]);
        }
    }
    free(changes);
    free(samples);
    free(places);
    free(all);
    return good;
}
