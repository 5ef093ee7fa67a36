/* Elementary functions in plain C: the same bits from every compiler, processor and C library,
 * because libm changes with the processor's FMA and the library's version. No libm call other
 * than sqrt, fabs, floor, rint and their float forms may be in the result path.
 * Ownership: pure functions. */
#ifndef BASE_MATHEMATICS_H
#define BASE_MATHEMATICS_H

/* Double precision, error at most 2 ulp over the full range (also subnormal results, 0, inf). */
double math_exp(double x);
double math_log(double x);             /* x > 0; -inf at 0, nan below */
double math_log1p(double x);           /* accurate near 0 */
double math_expm1(double x);           /* accurate near 0 */
double math_power(double x, double y); /* x >= 0; exp(y log x): 2 |y log x| + 2 ulp; x^0 = 1 */
double math_log_gamma(double x);       /* x > 0, relative error 1e-14, also at its zeros 1 and 2 */

/* log Gamma(x) less Stirling's formula (x - 1/2) log x - x + log(2 pi) / 2; x > 0. */
double math_stirling(double x);

/* x log(x / m) + m - x >= 0 without cancellation near x = m; x, m > 0. Masses of the Poisson,
 * binomial and beta laws far out are exp of it. */
double math_deviance(double x, double m);

/* Standard normal: density, distribution (both of relative error 1e-15, also in the far lower tail
 * as long as it is not subnormal), log of the distribution (stable far below -38), and its inverse
 * for 0 < p < 1 (relative error 1e-15, by rational functions; -inf at 0, inf at 1). */
double normal_density(double x);
double normal_distribution(double x);
double normal_log_distribution(double x);
double normal_quantile(double p);

/* Regularised incomplete beta function I_x(a, b), a, b > 0, x clamped to [0, 1]; relative error
 * 2e-12 for a and b in [1e-3, 1e6]. */
double beta_distribution(double x, double a, double b);

/* The same with y = 1 - x given apart, so that neither end loses digits: I_x(a, b), its complement
 * and, returned, the kernel x^a y^b / B(a, b), which is the derivative of I by log(x / y). */
double beta_tails(double x, double y, double a, double b, double *lower, double *upper);

/* Single precision, for the account rows: inline, branch-free, so that loops over arrays
 * vectorise with gcc and clang; at most 2 ulp inside the stated ranges.
 * math_expf: x in [-87, 88] (clamped outside). math_logf: x in (0, FLT_MAX], normal numbers.
 * math_sincos_turn: sine and cosine of 2 pi u for u in [0, 1). */
static inline float math_expf(float x);
static inline float math_logf(float x);
static inline void math_sincos_turn(float u, float *sine, float *cosine);

#include "base/mathematics_float.h"

#endif
