/* The single-precision part of base/mathematics.h, which includes this file; include that one.
 * Branch-free so that loops vectorise: choices are selects, integers are read out of the bits.
 * The polynomials are minimax fits made for this project (Remez exchange in 45 digits).
 * Ownership: pure functions. */
#ifndef BASE_MATHEMATICS_FLOAT_H
#define BASE_MATHEMATICS_FLOAT_H

#include <stdint.h>
#include <string.h>

/* Adding and subtracting 1.5 * 2^23 rounds to the nearest integer, and leaves that integer in
 * the low bits of the sum. */
#define MATH_ROUNDER 0x1.8p23f
/* ln 2 in two parts; the first has 15 bits, so that small multiples of it are exact. */
#define MATH_LN2_HIGH 0x1.62e4p-1f
#define MATH_LN2_LOW 0x1.7f7d1cp-20f

static inline uint32_t math_float_bits(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline float math_float_from(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* exp x = 2^k exp r with |r| <= ln 2 / 2. */
static inline float math_expf(float x) {
    float inside = x < -87.0f ? -87.0f : x;
    inside = inside > 88.0f ? 88.0f : inside;
    float shifted = inside * 0x1.715476p+0f + MATH_ROUNDER;
    float k = shifted - MATH_ROUNDER;
    float r = (inside - k * MATH_LN2_HIGH) - k * MATH_LN2_LOW;
    float square = r * r;
    float tail = (0x1.fffffcp-2f + 0x1.55549ap-3f * r) +
                 square * ((0x1.5558bp-5f + 0x1.12348ap-7f * r) + square * 0x1.6a39eep-10f);
    float scale = math_float_from((math_float_bits(shifted) + 127U) << 23U);
    return (1.0f + (r + square * tail)) * scale;
}

/* log x = k ln 2 + log(1 + f) with 1 + f in [sqrt(1/2), sqrt 2). */
static inline float math_logf(float x) {
    const uint32_t half_root = 0x3F3504F3U; /* the bits of sqrt(1/2) */
    uint32_t offset = math_float_bits(x) + (0x3F800000U - half_root);
    float k = (float)((int32_t)(offset >> 23U) - 127);
    float f = math_float_from((offset & 0x7FFFFFU) + half_root) - 1.0f;
    float square = f * f;
    float first =
        (0x1.55554ap-2f - 0x1.000216p-2f * f) + square * (0x1.99a594p-3f - 0x1.547a9ep-3f * f);
    float last =
        (0x1.226f3ep-3f - 0x1.0ccf34p-3f * f) + square * (0x1.07c63cp-3f - 0x1.422b92p-4f * f);
    float cubic = f * square * (first + square * square * last);
    return k * MATH_LN2_HIGH + (f + (k * MATH_LN2_LOW + (cubic - 0.5f * square)));
}

/* u = quadrant / 4 + r with |r| <= 1/8, both exact; the quadrant swaps and signs the two values. */
static inline void math_sincos_turn(float u, float *sine, float *cosine) {
    float shifted = 4.0f * u + MATH_ROUNDER;
    float r = u - (shifted - MATH_ROUNDER) * 0.25f;
    uint32_t quadrant = math_float_bits(shifted);
    float square = r * r;
    float odd = square * (-0x1.4abbb8p+5f + square * (0x1.465e92p+6f - 0x1.2d92ep+6f * square));
    float s = r * 0x1.921fb6p+2f + r * (odd - 0x1.777a5cp-23f); /* 2 pi in two parts */
    float even = square * (0x1.03c1ep+6f + square * (-0x1.55c686p+6f + 0x1.d9ffe4p+5f * square));
    float c = 1.0f + square * (-0x1.3bd3ccp+4f + even);
    float sine_size = (quadrant & 1U) != 0U ? c : s;
    float cosine_size = (quadrant & 1U) != 0U ? s : c;
    *sine = math_float_from(math_float_bits(sine_size) ^ (quadrant & 2U) << 30U);
    *cosine = math_float_from(math_float_bits(cosine_size) ^ ((quadrant + 1U) & 2U) << 30U);
}

#endif
