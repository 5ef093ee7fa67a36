/* A sample of a quantile sketch: sorted values of one weight, equal neighbours written once.
 * Ownership: samples are made here and freed with free(); they never change. NULL is the sample
 * without values. */
#ifndef BASE_SAMPLE_H
#define BASE_SAMPLE_H

#include "base/binary.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SAMPLE_MOST = 1024 }; /* values of a sample */

struct sample {
    uint16_t count;    /* values */
    uint16_t runs;     /* different values; less than count only when that saves memory */
    uint16_t exponent; /* each value stands for 2^exponent */
    float values[];    /* runs, ascending; then the lengths of the runs when runs < count */
};

/* Of sorted values. `*sample` is NULL when there are none. */
bool sample_make(struct sample **sample, const float sorted[], size_t count, unsigned exponent,
                 struct error *error) __attribute__((warn_unused_result));

/* All values, ascending; returns their number. */
size_t sample_expand(const struct sample *sample, float values[SAMPLE_MOST]);

/* The values of both in one sample of at most `most` (up to SAMPLE_MOST): the lighter one is halved
 * to the weight of the other, and both until they fit. Halving keeps every second value, beginning
 * with the first or the second; `odd` says which for the first halving, and it alternates. */
bool sample_merge(struct sample **merged, const struct sample *one, const struct sample *other,
                  size_t most, bool odd, struct error *error) __attribute__((warn_unused_result));

/* To a file and back. False in reading: not a sample (reader->failed), or no memory. */
void sample_put(const struct sample *sample, struct binary_writer *writer);
bool sample_get(struct sample **sample, struct binary_reader *reader, struct error *error)
    __attribute__((warn_unused_result));

/* Sorts at most SAMPLE_MOST floats. */
void sample_sort(float values[], size_t count);

#endif
