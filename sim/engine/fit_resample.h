/* Tables drawn again from themselves, with replacement (the bootstrap, Efron 1979): how far
 * estimates would differ had chance dealt other people, customers and opportunities. Ownership: the
 * caller calls fit_resample_free; names stay those of the data, which must outlive the sample. */
#ifndef ENGINE_FIT_RESAMPLE_H
#define ENGINE_FIT_RESAMPLE_H

#include "engine/fit_data.h"

#include <stdbool.h>
#include <stdint.h>

/* People with all of their employments, customers with all of their stays, deals, opportunities
 * with all of their moves, and people with all of their sales are drawn, as many as there are, but
 * for opportunities: how many there are is chance too, so their number is Poisson about that of the
 * data. A table of survival stays as it is. The same draw of the same seed is the same sample. */
bool fit_resample(struct fit_data *sample, const struct fit_data *data, uint64_t seed,
                  uint64_t draw, struct error *error) __attribute__((warn_unused_result));

void fit_resample_free(struct fit_data *sample);

#endif
