/* The precision of the states of customers, of what chance does to them, and of other long arrays
 * of the model: float, as a month reads and writes them all. With ANREIZ_DOUBLE it is double, which
 * only serves to see how little that changes (make double). Ownership: pure functions. */
#ifndef BASE_REAL_H
#define BASE_REAL_H

#include "base/distribution.h"
#include "base/mathematics.h"

#ifndef ANREIZ_DOUBLE

typedef float real;

static inline real real_exp(real x) { return math_expf(x); }

static inline real real_log(real x) { return math_logf(x); }

static inline void real_normal_pair(uint64_t bits, real *first, real *second) {
    normal_pair(bits, first, second);
}

#else

typedef double real;

static inline real real_exp(real x) { return math_exp(x); }

static inline real real_log(real x) { return math_log(x); }

/* The same pair from the same bits; the sine of the C library will do, as these results are only
 * held against those of float. */
static inline void real_normal_pair(uint64_t bits, real *first, real *second) {
    double share = ((double)(bits >> 40U) + 1.0) * 0x1p-24;
    double turn = (double)((bits >> 16U) & 0xFFFFFFU) * 0x1p-24;
    double radius = sqrt(-2.0 * math_log(share));
    *first = radius * cos(2.0 * M_PI * turn);
    *second = radius * sin(2.0 * M_PI * turn);
}

#endif

#endif
