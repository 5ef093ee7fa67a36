#include "base/mathematics.h"
#include "base/random.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* The reference is the C library in long double, whose 64 bits leave 1/2048 ulp of a double. */

static const long double TWO_PI = 6.28318530717958647692528676655900577L;

/* The distance in units of the last place of `digits` bits; subnormals have that of the smallest
 * normal number. */
static double distance(double got, long double wanted, int digits, int least_exponent) {
    int exponent;
    (void)frexpl(wanted, &exponent);
    exponent = exponent < least_exponent ? least_exponent : exponent;
    return (double)(fabsl((long double)got - wanted) / ldexpl(1.0L, exponent - digits));
}

static double ulps(double got, long double wanted) {
    return distance(got, wanted, DBL_MANT_DIG, DBL_MIN_EXP);
}

static double float_ulps(float got, double wanted) {
    return distance((double)got, (long double)wanted, FLT_MANT_DIG, FLT_MIN_EXP);
}

static double relative(double got, long double wanted) {
    return (double)fabsl((long double)got / wanted - 1.0L);
}

/* Keeps the largest; a nan counts as infinite, so that it cannot hide. */
static void keep(double *worst, double value) {
    *worst = value <= *worst ? *worst : (isnan(value) ? HUGE_VAL : value);
}

static double uniform(uint64_t i) { return random_uniform(20, i); }

/* Many numbers of both signs: i of three kinds, over the range, moderate, and down to 2^-60. */
static double argument(uint64_t i, double range) {
    double u = uniform(i) - 0.5;
    switch (i % 3) {
    case 0:
        return 2.0 * u * range;
    case 1:
        return 4.0 * u;
    default:
        return ldexp(u, -(int)(i / 3 % 60));
    }
}

enum { POINTS = 600000 };

static void exp_is_within_two_ulp(void) {
    double worst = 0.0;
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = argument(i, 745.0);
        if (x < 709.78) {
            keep(&worst, ulps(math_exp(x), expl((long double)x)));
        }
    }
    for (int i = 0; i <= 4000; i++) { /* results down to and among the subnormals */
        double x = -745.1 + i * 0.01;
        keep(&worst, ulps(math_exp(x), expl((long double)x)));
    }
    CU_ASSERT(worst > 0.0 && worst < 2.0);
    CU_ASSERT_EQUAL(math_exp(0.0), 1.0);
    CU_ASSERT_EQUAL(math_exp(710.0), HUGE_VAL);
    CU_ASSERT_EQUAL(math_exp(HUGE_VAL), HUGE_VAL);
    CU_ASSERT(math_exp(709.782712893384) < HUGE_VAL);
    CU_ASSERT(math_exp(-745.1) > 0.0);
    CU_ASSERT_EQUAL(math_exp(-746.0), 0.0);
    CU_ASSERT_EQUAL(math_exp(-HUGE_VAL), 0.0);
    CU_ASSERT(isnan(math_exp((double)NAN)));
}

static void expm1_is_within_two_ulp(void) {
    double worst = 0.0;
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = argument(i, i % 2 == 0 ? 709.7 : 40.0);
        keep(&worst, ulps(math_expm1(x), expm1l((long double)x)));
    }
    CU_ASSERT(worst > 0.0 && worst < 2.0);
    CU_ASSERT_EQUAL(math_expm1(0.0), 0.0);
    CU_ASSERT_EQUAL(math_expm1(1e-300), 1e-300);
    CU_ASSERT_EQUAL(math_expm1(-HUGE_VAL), -1.0);
    CU_ASSERT_EQUAL(math_expm1(HUGE_VAL), HUGE_VAL);
    CU_ASSERT(isnan(math_expm1((double)NAN)));
}

static void log_is_within_two_ulp(void) {
    double worst = 0.0;
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = i % 2 == 0 ? ldexp(uniform(i), (int)(i / 2 % 2090) - 1066)
                              : 1.0 + ldexp(uniform(i) - 0.5, -(int)(i / 2 % 52));
        if (x > 0.0) {
            keep(&worst, ulps(math_log(x), logl((long double)x)));
        }
    }
    CU_ASSERT(worst > 0.0 && worst < 2.0);
    CU_ASSERT(ulps(math_log(DBL_MAX), logl((long double)DBL_MAX)) < 2.0);
    CU_ASSERT(ulps(math_log(0x1p-1074), logl(0x1p-1074L)) < 2.0);
    CU_ASSERT_EQUAL(math_log(1.0), 0.0);
    CU_ASSERT_EQUAL(math_log(0.0), -HUGE_VAL);
    CU_ASSERT_EQUAL(math_log(HUGE_VAL), HUGE_VAL);
    CU_ASSERT(isnan(math_log(-1.0)));
    CU_ASSERT(isnan(math_log((double)NAN)));
}

static void log1p_is_within_two_ulp(void) {
    double worst = 0.0;
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = argument(i, 1e6);
        x = x > -1.0 ? x : -1.0 + ldexp(0.5 + uniform(i), -(int)(1 + i % 50));
        keep(&worst, ulps(math_log1p(x), log1pl((long double)x)));
    }
    for (int e = 0; e < 1024; e++) {
        double x = ldexp(1.3, e);
        keep(&worst, ulps(math_log1p(x), log1pl((long double)x)));
    }
    CU_ASSERT(worst > 0.0 && worst < 2.0);
    CU_ASSERT_EQUAL(math_log1p(0.0), 0.0);
    CU_ASSERT_EQUAL(math_log1p(1e-300), 1e-300);
    CU_ASSERT_EQUAL(math_log1p(-1.0), -HUGE_VAL);
    CU_ASSERT_EQUAL(math_log1p(HUGE_VAL), HUGE_VAL);
    CU_ASSERT(isnan(math_log1p(-1.5)));
}

static void power_is_exp_of_y_log_x(void) {
    double worst = 0.0;
    for (uint64_t i = 0; i < POINTS / 3; i++) {
        double x = ldexp(uniform(i) + 1e-9, (int)(i % 20) - 10);
        double y = 20.0 * (uniform(i + POINTS) - 0.5);
        long double power = powl((long double)x, (long double)y);
        keep(&worst, ulps(math_power(x, y), power) / (2.0 + 2.0 * fabs(y * log(x))));
    }
    CU_ASSERT(worst > 0.0 && worst < 1.0);
    CU_ASSERT_EQUAL(math_power(0.0, 0.0), 1.0);
    CU_ASSERT_EQUAL(math_power(0.0, 2.0), 0.0);
    CU_ASSERT_EQUAL(math_power(0.0, -1.0), HUGE_VAL);
    CU_ASSERT_EQUAL(math_power(7.0, 0.0), 1.0);
    CU_ASSERT_EQUAL(math_power(1.0, HUGE_VAL), 1.0);
}

static void log_gamma_is_exact_to_1e_14(void) {
    double worst = 0.0;
    double against_gsl = 0.0;
    for (int i = 0; i < 100000; i++) {
        double x = exp(-30.0 + i * 7e-4);
        keep(&worst, relative(math_log_gamma(x), lgammal((long double)x)));
        keep(&against_gsl,
             fabs(math_log_gamma(x) - gsl_sf_lngamma(x)) / (1.0 + fabs(gsl_sf_lngamma(x))));
    }
    for (int e = 2; e < 50; e++) { /* both sides of the zeros */
        for (double zero = 1.0; zero <= 2.0; zero += 1.0) {
            double above = zero + ldexp(0.7, -e);
            double below = zero - ldexp(0.7, -e);
            keep(&worst, relative(math_log_gamma(above), lgammal((long double)above)));
            keep(&worst, relative(math_log_gamma(below), lgammal((long double)below)));
        }
    }
    CU_ASSERT(worst > 0.0 && worst < 1e-14);
    CU_ASSERT(against_gsl < 1e-13);
    CU_ASSERT_EQUAL(math_log_gamma(1.0), 0.0);
    CU_ASSERT_EQUAL(math_log_gamma(2.0), 0.0);
    CU_ASSERT(relative(math_log_gamma(11.0), logl(3628800.0L)) < 1e-15);
    CU_ASSERT(relative(math_log_gamma(0.5), 0.5L * logl(TWO_PI / 2.0L)) < 1e-15);
    CU_ASSERT_EQUAL(math_log_gamma(HUGE_VAL), HUGE_VAL);
    CU_ASSERT_EQUAL(math_log_gamma(0.0), HUGE_VAL);
    CU_ASSERT(isnan(math_log_gamma(-1.0)));
}

static void stirling_completes_the_formula(void) {
    double worst = 0.0;
    for (int i = 0; i < 20000; i++) {
        double x = exp(-6.0 + i * 1e-3);
        long double wide = (long double)x;
        long double formula = (wide - 0.5L) * logl(wide) - wide + 0.5L * logl(TWO_PI);
        if (x < 3e3) { /* beyond, the difference of long doubles has too few digits */
            keep(&worst, fabs(math_stirling(x) - (double)(lgammal(wide) - formula)) /
                             fmax(1.0, math_stirling(x)));
        } else {
            keep(&worst, fabs(math_stirling(x) * 12.0 * x - 1.0 + 1.0 / (30.0 * x * x)));
        }
    }
    CU_ASSERT(worst > 0.0 && worst < 3e-15);
}

static void deviance_does_not_cancel(void) {
    double worst = 0.0;
    for (int i = 0; i < 2000; i++) {
        double m = exp(-7.0 + i * 0.01);
        for (int k = -60; k <= 60; k++) {
            double x = m * (1.0 + k / 61.0);
            long double e = ((long double)x - (long double)m) / (long double)m;
            /* (1 + e) log(1 + e) - e; near zero by its series, e^2/2 - e^3/6 + e^4/12 - ... */
            long double sum = 0.0L;
            if (fabsl(e) > 0.05L) {
                sum = (1.0L + e) * log1pl(e) - e;
            } else {
                long double power = -e;
                for (int n = 2; n < 24; n++) {
                    power *= -e;
                    sum += power / (long double)(n * (n - 1));
                }
            }
            if (k != 0) {
                keep(&worst, relative(math_deviance(x, m), sum * (long double)m));
            }
        }
        CU_ASSERT_EQUAL(math_deviance(m, m), 0.0);
    }
    CU_ASSERT(worst > 0.0 && worst < 1e-13);
    double x = 1.0 + 1e-9; /* e^2 / 2 with a relative error of e / 3 */
    CU_ASSERT_DOUBLE_EQUAL(math_deviance(x, 1.0) / (0.5 * (x - 1.0) * (x - 1.0)), 1.0, 1e-9);
}

static void normal_density_and_distribution_hold_in_the_tails(void) {
    double density = 0.0;
    double distribution = 0.0;
    for (int i = -37400; i <= 37400; i++) {
        double x = i * 1e-3;
        long double wide = (long double)x;
        keep(&density, relative(normal_density(x), expl(-0.5L * wide * wide) / sqrtl(TWO_PI)));
        keep(&distribution, relative(normal_distribution(x), 0.5L * erfcl(-wide / sqrtl(2.0L))));
    }
    CU_ASSERT(density > 0.0 && density < 1e-15);
    CU_ASSERT(distribution > 0.0 && distribution < 1e-14); /* most of it the reference's */
    CU_ASSERT_EQUAL(normal_distribution(0.0), 0.5);
    CU_ASSERT_EQUAL(normal_distribution(-50.0), 0.0);
    CU_ASSERT_EQUAL(normal_distribution(50.0), 1.0);
    CU_ASSERT_EQUAL(normal_distribution(-HUGE_VAL), 0.0);
    CU_ASSERT_EQUAL(normal_density(-HUGE_VAL), 0.0);
    CU_ASSERT_DOUBLE_EQUAL(normal_distribution(1.959963984540054), 0.975, 1e-15);
    CU_ASSERT(relative(normal_distribution(-6.0), 9.865876450376981e-10L) < 1e-14);
}

static void normal_log_distribution_holds_in_both_tails(void) {
    double worst = 0.0;
    for (int i = -37000; i <= 37000; i++) {
        double x = i * 1e-3;
        long double tail = 0.5L * erfcl(fabsl((long double)x) / sqrtl(2.0L));
        keep(&worst, relative(normal_log_distribution(x), x > 0.0 ? log1pl(-tail) : logl(tail)));
    }
    CU_ASSERT(worst > 0.0 && worst < 1e-14); /* most of it the reference's, for large x */
    for (int i = 0; i < 30000; i++) {
        double x = -5.0 - i * 1e-2;
        double wanted = gsl_sf_log_erfc(-x / 1.4142135623730951) - 0.6931471805599453;
        CU_ASSERT_DOUBLE_EQUAL(normal_log_distribution(x) / wanted, 1.0, 5e-15);
    }
    for (double x = 50.0; x < 1e150; x *= 10.0) { /* Mills' ratio is 1/x (1 - 1/x^2 + ...) */
        double wanted = -0.5 * x * x - 0.9189385332046728 - log(x) + log1p(-1.0 / (x * x));
        CU_ASSERT_DOUBLE_EQUAL(normal_log_distribution(-x) / wanted, 1.0, 1e-9);
    }
}

/* The error of the quantile is that of the probability divided by the density. */
static double quantile_error(double p) {
    long double q = (long double)normal_quantile(p);
    long double tail = 0.5L * erfcl(fabsl(q) / sqrtl(2.0L));
    long double wanted = p < 0.5 ? (long double)p : 1.0L - (long double)p;
    long double density = expl(-0.5L * q * q) / sqrtl(TWO_PI);
    return (double)fabsl((tail - wanted) / density / q);
}

static void normal_quantile_inverts_the_distribution(void) {
    double worst = 0.0;
    double against_gsl = 0.0;
    for (uint64_t i = 0; i < 200000; i++) {
        double p = uniform(i);
        keep(&worst, quantile_error(p));
        keep(&against_gsl, fabs(normal_quantile(p) - gsl_cdf_ugaussian_Pinv(p)));
    }
    for (int i = 0; i < 70000; i++) { /* the far lower tail, and what a double has of the upper */
        double p = exp(-0.7 - i * 0.01);
        keep(&worst, quantile_error(p));
        if (p > 1e-15) {
            keep(&worst, quantile_error(1.0 - p));
        }
    }
    for (int e = 2; e < 50; e++) {
        keep(&worst, quantile_error(0.5 + ldexp(1.0, -e)));
    }
    CU_ASSERT(worst > 0.0 && worst < 2e-15);
    CU_ASSERT(against_gsl < 1e-14);
    CU_ASSERT_EQUAL(normal_quantile(0.5), 0.0);
    CU_ASSERT_DOUBLE_EQUAL(normal_quantile(0.975), 1.959963984540054, 1e-15);
    CU_ASSERT_EQUAL(normal_quantile(0.25), -normal_quantile(0.75));
    CU_ASSERT_EQUAL(normal_quantile(0x1p-10), -normal_quantile(1.0 - 0x1p-10));
    CU_ASSERT_EQUAL(normal_quantile(0.0), -HUGE_VAL);
    CU_ASSERT_EQUAL(normal_quantile(1.0), HUGE_VAL);
    CU_ASSERT(isnan(normal_quantile(-0.1)));
    CU_ASSERT(isnan(normal_quantile((double)NAN)));
}

/* No step back where the fits meet, nor anywhere on a fine grid. */
static void normal_quantile_is_monotone(void) {
    const double joints[3] = {0.075, 0.925, 6.8986e-17}; /* the last is exp(-6.1^2) */
    size_t steps_back = 0;
    for (size_t j = 0; j < 3; j++) {
        double p = joints[j] * (1.0 - 2e-12);
        double last = normal_quantile(p);
        for (int i = 0; i < 4000; i++) {
            p += joints[j] * 1e-15;
            double next = normal_quantile(p);
            steps_back += next < last - 4.0 * DBL_EPSILON * fabs(last);
            last = next;
        }
    }
    double last = -HUGE_VAL;
    for (int i = 1; i < 1000000; i++) {
        double next = normal_quantile(i * 1e-6);
        steps_back += next > last ? 0 : 1;
        last = next;
    }
    CU_ASSERT_EQUAL(steps_back, 0);
}

static void beta_distribution_agrees_with_gsl(void) {
    const double shapes[9] = {0.01, 0.1, 0.5, 0.668, 1.0, 2.5, 3.806, 30.0, 500.0};
    double worst = 0.0;
    for (size_t i = 0; i < 9; i++) {
        for (size_t j = 0; j < 9; j++) {
            for (int k = 1; k < 60; k++) {
                double x = k / 60.0;
                double wanted = gsl_cdf_beta_P(x, shapes[i], shapes[j]);
                if (wanted > 1e-290) {
                    double got = beta_distribution(x, shapes[i], shapes[j]);
                    keep(&worst, relative(got, (long double)wanted));
                }
            }
        }
    }
    CU_ASSERT(worst > 0.0 && worst < 2e-12);
}

static void beta_distribution_meets_closed_forms(void) {
    for (int k = 0; k <= 100; k++) {
        double x = k / 100.0;
        CU_ASSERT_DOUBLE_EQUAL(beta_distribution(x, 1.0, 1.0), x, 1e-15);
        CU_ASSERT_DOUBLE_EQUAL(beta_distribution(x, 3.0, 1.0), x * x * x, 1e-15);
        CU_ASSERT_DOUBLE_EQUAL(beta_distribution(x, 1.0, 2.5), 1.0 - pow(1.0 - x, 2.5), 1e-15);
        CU_ASSERT_DOUBLE_EQUAL(beta_distribution(x, 0.5, 0.5), asin(sqrt(x)) / asin(1.0), 1e-15);
    }
    for (double a = 1e-3; a < 1e6; a *= 3.0) { /* by symmetry */
        CU_ASSERT_DOUBLE_EQUAL(beta_distribution(0.5, a, a), 0.5, 1e-12);
    }
    CU_ASSERT_EQUAL(beta_distribution(-1.0, 2.0, 3.0), 0.0);
    CU_ASSERT_EQUAL(beta_distribution(2.0, 2.0, 3.0), 1.0);
}

/* The kernel is the derivative of the distribution by log(x / y), taken here by differences. */
static void beta_tails_give_complement_and_slope(void) {
    for (int k = 1; k < 20; k++) {
        double t = (k - 10) * 0.4;
        double h = 1e-3;
        double lower[3];
        double upper[3];
        double kernel[3];
        for (int s = 0; s < 3; s++) {
            double odds = exp(t + (s - 1) * h);
            kernel[s] =
                beta_tails(odds / (1.0 + odds), 1.0 / (1.0 + odds), 1.7, 4.2, &lower[s], &upper[s]);
            CU_ASSERT_DOUBLE_EQUAL(lower[s] + upper[s], 1.0, 1e-15);
        }
        CU_ASSERT_DOUBLE_EQUAL((lower[2] - lower[0]) / (2.0 * h) / kernel[1], 1.0, 1e-5);
    }
    double lower;
    double upper; /* far above the mean: 1 - I_x(a, 1) with y = 1e-20 is a y */
    (void)beta_tails(1.0, 1e-20, 2.0, 1.0, &lower, &upper);
    CU_ASSERT(relative(upper, 2e-20L) < 1e-14);
}

/* ---- single precision */

static void float_functions_are_within_two_ulp(void) {
    double exp_worst = 0.0;
    double log_worst = 0.0;
    for (uint32_t bits = 1; bits < 0x7F800000U; bits += 997) {
        float x = math_float_from(bits);
        if (x >= FLT_MIN) {
            keep(&log_worst, float_ulps(math_logf(x), log((double)x)));
        }
        if (x <= 87.0f) {
            keep(&exp_worst, float_ulps(math_expf(x), exp((double)x)));
            keep(&exp_worst, float_ulps(math_expf(-x), exp(-(double)x)));
        }
    }
    for (uint32_t bits = 0x3F000000U; bits < 0x40000000U; bits += 7) { /* around log 1 = 0 */
        float x = math_float_from(bits);
        keep(&log_worst, float_ulps(math_logf(x), log((double)x)));
    }
    CU_ASSERT(exp_worst > 0.0 && exp_worst < 2.0);
    CU_ASSERT(log_worst > 0.0 && log_worst < 2.0);
    CU_ASSERT_EQUAL(math_expf(0.0f), 1.0f);
    CU_ASSERT_EQUAL(math_logf(1.0f), 0.0f);
    CU_ASSERT_EQUAL(math_expf(1e9f), math_expf(88.0f));
    CU_ASSERT_EQUAL(math_expf(-1e9f), math_expf(-87.0f));
}

static void sine_and_cosine_are_within_two_ulp(void) {
    double worst = 0.0;
    float sine;
    float cosine;
    for (uint32_t k = 0; k < 1U << 24U; k += 11) {
        float u = (float)k * 0x1p-24f;
        math_sincos_turn(u, &sine, &cosine);
        long double angle = TWO_PI * (long double)u;
        if (k % (1U << 23U) != 0) {
            keep(&worst, float_ulps(sine, (double)sinl(angle)));
        }
        if ((k + (1U << 22U)) % (1U << 23U) != 0) {
            keep(&worst, float_ulps(cosine, (double)cosl(angle)));
        }
    }
    CU_ASSERT(worst > 0.0 && worst < 2.0);
    const float quarters[4][2] = {{0.0f, 1.0f}, {1.0f, 0.0f}, {0.0f, -1.0f}, {-1.0f, 0.0f}};
    for (int k = 0; k < 4; k++) {
        math_sincos_turn((float)k * 0.25f, &sine, &cosine);
        CU_ASSERT_EQUAL(sine, quarters[k][0]);
        CU_ASSERT_EQUAL(cosine, quarters[k][1]);
    }
}

/* A loop is vectorised where the processor can; a call through a volatile index is not. */
static void a_loop_gives_the_bits_of_single_calls(void) {
    enum { LANES = 1003 };
    float x[LANES];
    float exps[LANES];
    float logs[LANES];
    float sines[LANES];
    float cosines[LANES];
    for (int i = 0; i < LANES; i++) {
        x[i] = (float)uniform((uint64_t)i);
    }
    for (int i = 0; i < LANES; i++) {
        exps[i] = math_expf(20.0f * x[i]);
        logs[i] = math_logf(x[i]);
        math_sincos_turn(x[i], &sines[i], &cosines[i]);
    }
    size_t different = 0;
    for (volatile int i = 0; i < LANES; i++) {
        float sine;
        float cosine;
        math_sincos_turn(x[i], &sine, &cosine);
        different += exps[i] != math_expf(20.0f * x[i]) || logs[i] != math_logf(x[i]) ||
                     sines[i] != sine || cosines[i] != cosine;
    }
    CU_ASSERT_EQUAL(different, 0);
}

static const struct test TESTS[] = {
    {"exp is within 2 ulp over its range", exp_is_within_two_ulp},
    {"expm1 is within 2 ulp over its range", expm1_is_within_two_ulp},
    {"log is within 2 ulp over its range", log_is_within_two_ulp},
    {"log1p is within 2 ulp over its range", log1p_is_within_two_ulp},
    {"power is exp of y log x", power_is_exp_of_y_log_x},
    {"log gamma is exact to 1e-14, also at its zeros", log_gamma_is_exact_to_1e_14},
    {"Stirling's formula and its correction give log gamma", stirling_completes_the_formula},
    {"the deviance does not cancel near its zero", deviance_does_not_cancel},
    {"normal density and distribution hold in the tails",
     normal_density_and_distribution_hold_in_the_tails},
    {"the log of the normal distribution holds in both tails",
     normal_log_distribution_holds_in_both_tails},
    {"the normal quantile inverts the distribution", normal_quantile_inverts_the_distribution},
    {"the normal quantile is monotone", normal_quantile_is_monotone},
    {"the beta distribution agrees with GSL", beta_distribution_agrees_with_gsl},
    {"the beta distribution meets closed forms", beta_distribution_meets_closed_forms},
    {"beta tails give the complement and the slope", beta_tails_give_complement_and_slope},
    {"single-precision exp and log are within 2 ulp", float_functions_are_within_two_ulp},
    {"single-precision sine and cosine are within 2 ulp", sine_and_cosine_are_within_two_ulp},
    {"a loop over an array gives the bits of single calls", a_loop_gives_the_bits_of_single_calls},
};

const struct suite suite_mathematics = {"mathematics", TESTS, sizeof TESTS / sizeof TESTS[0]};
