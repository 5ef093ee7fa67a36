/* The single-precision part of base/distribution.h, which includes this file; include that one.
 * Ownership: pure functions. */
#ifndef BASE_DISTRIBUTION_FLOAT_H
#define BASE_DISTRIBUTION_FLOAT_H

#include "base/mathematics.h"

#include <math.h>
#include <stdint.h>

/* The radius comes from the highest 24 bits, (k + 1) / 2^24 in (0, 1], the angle from the next 24,
 * k / 2^24 in [0, 1). The radius ends at sqrt(48 ln 2) = 5.77. */
static inline void normal_pair(uint64_t bits, float *first, float *second) {
    float share = ((float)(int32_t)(bits >> 40U) + 1.0f) * 0x1p-24f;
    float turn = (float)(int32_t)((bits >> 16U) & 0xFFFFFFU) * 0x1p-24f;
    float radius = sqrtf(-2.0f * math_logf(share));
    float sine;
    float cosine;
    math_sincos_turn(turn, &sine, &cosine);
    *first = radius * cosine;
    *second = radius * sine;
}

#endif
