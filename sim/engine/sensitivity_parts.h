/* What the methods of a sensitivity analysis share, and what each does with its values.
 * Ownership: arrays belong to the caller. */
#ifndef ENGINE_SENSITIVITY_PARTS_H
#define ENGINE_SENSITIVITY_PARTS_H

#include "engine/sensitivity.h"

/* Random numbers of an analysis: rows of PURPOSE_DESIGN that designs do not use. */
enum { DRAW_LEVELS = 16, DRAW_ORDER, DRAW_POINTS, DRAW_SHIFT, DRAW_BOOTSTRAP };

enum { BOOTSTRAP_SAMPLES = 1000 };

/* Picks `count` places of 0..count-1 with replacement. */
void bootstrap_places(size_t places[], size_t count, uint64_t seed, uint64_t sample);

/* The 2.5 and 97.5 % points of the samples, which are sorted. */
void bootstrap_interval(double samples[], size_t count, struct sensitivity_estimate *estimate);

void morris_design(const struct sensitivity_question *question, double shares[]);
bool morris_analyse(struct sensitivity *sensitivity, const struct sensitivity_question *question,
                    const double shares[], const double values[], struct error *error)
    __attribute__((warn_unused_result));

void sobol_indices_design(const struct sensitivity_question *question, double shares[]);
bool sobol_indices_analyse(struct sensitivity *sensitivity,
                           const struct sensitivity_question *question, const double values[],
                           struct error *error) __attribute__((warn_unused_result));

void two_level_analyse(struct sensitivity *sensitivity, size_t points, const double means[],
                       const double errors[], uint64_t replications);

#endif
