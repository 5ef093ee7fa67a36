/* Whether a parameter that was varied changed anything at all.
 * Ownership: only reads the sweep. */
#ifndef ENGINE_SWEEP_EFFECT_H
#define ENGINE_SWEEP_EFFECT_H

#include "engine/sweep.h"

/* Beyond, nothing is said: pairs grow with the square of the points. */
enum { SWEEP_EFFECT_POINTS = 2000 };

/* True when finished points that differ in this axis alone, of which there are some, have the same
 * numbers in every plan and metric. */
bool sweep_without_effect(const struct sweep *sweep, const struct sweep_results *results,
                          size_t axis);

#endif
