#include "base/mathematics.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Coefficients were fitted for this project: polynomials by Remez exchange, rational functions by
 * interpolation with the nodes moved until the relative error was level, both in 40 digits or
 * more; the error of each fit is below 3e-16 and stated where it is used. Tables are padded with
 * zeros to blocks of four. */

static const double LN2_HIGH = 0x1.62e42fefa3800p-1; /* 42 bits: small multiples are exact */
static const double LN2_LOW = 0x1.ef35793c76730p-45;
static const double LOG_ROOT_TWO_PI = 0x1.d67f1c864beb5p-1;
static const double INVERSE_ROOT_TWO_PI = 0x1.9884533d43651p-2;

static uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double from_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The sum of c[i] x^i over 4 * blocks coefficients: blocks side by side, then Horner in x^4, which
 * takes half the time of Horner in x. */
static inline double polynomial(double x, const double c[], int blocks) {
    double square = x * x;
    double fourth = square * square;
    double sum = 0.0;
    for (int block = blocks - 1; block >= 0; block--) {
        const double *part = c + 4 * block;
        sum = sum * fourth + ((part[0] + part[1] * x) + square * (part[2] + part[3] * x));
    }
    return sum;
}

/* (exp r - 1 - r) / r^2 for |r| <= ln 2 / 2, error of exp 5e-20. */
static const double EXP_TAIL[12] = {
    0x1.0000000000000p-1,  0x1.555555555555bp-3,  0x1.5555555555503p-5,  0x1.111111110ec56p-7,
    0x1.6c16c16c3049ap-10, 0x1.a01a01b382dd2p-13, 0x1.a01a013686cc4p-16, 0x1.71ddf01214d40p-19,
    0x1.27e5b44d0e60ep-22, 0x1.af6c05c3e4e43p-26, 0x1.1e3d4229c9033p-29, 0.0};

/* x = k ln 2 + r + rest with |r| <= ln 2 / 2; returns exp(r + rest) - 1. */
static inline double exp_reduced(double x, int *k) {
    const double rounder = 0x1.8p52; /* added and taken away: rounds to the nearest integer */
    double shifted = x * 0x1.71547652b82fep+0 + rounder;
    double whole = shifted - rounder;
    double high = x - whole * LN2_HIGH;
    double low = whole * LN2_LOW;
    double r = high - low;
    double rest = (high - r) - low;
    *k = (int)(int64_t)(bits_of(shifted) - bits_of(rounder));
    return r + (rest + r * r * polynomial(r, EXP_TAIL, 3));
}

static double power_of_two(int k) { /* -1022 <= k <= 1023 */
    return from_bits((uint64_t)(k + 1023) << 52U);
}

double math_exp(double x) {
    if (!(fabs(x) < 708.0)) { /* also nan */
        if (x > 709.8) {
            return HUGE_VAL;
        }
        if (x < -745.2) {
            return 0.0;
        }
        if (isnan(x)) {
            return x;
        }
        int k;
        double result = 1.0 + exp_reduced(x, &k);
        int half = k / 2; /* the first product is exact, so a subnormal is rounded once */
        return result * power_of_two(half) * power_of_two(k - half);
    }
    int k;
    double result = 1.0 + exp_reduced(x, &k);
    return result * power_of_two(k);
}

double math_expm1(double x) {
    if (!(x < 38.0)) {
        return math_exp(x) - 1.0;
    }
    if (x < -38.0) {
        return -1.0;
    }
    int k;
    double less_one = exp_reduced(x, &k);
    double scale = power_of_two(k);
    return less_one * scale + (scale - 1.0);
}

/* (2 atanh(s) - 2 s) / s^3 in s^2, |s| <= (sqrt 2 - 1) / (sqrt 2 + 1), error of log 2e-20. */
static const double LOG_TAIL[8] = {0x1.5555555555555p-1, 0x1.9999999999c2bp-2, 0x1.24924924492ffp-2,
                                   0x1.c71c723b19e7cp-3, 0x1.745ce656fc9eep-3, 0x1.3b1f706e12ca6p-3,
                                   0x1.0f75bde052b6ep-3, 0x1.0e94b90e9bd6bp-3};

/* k ln 2 + log(1 + f) + rest for 1 + f in [sqrt(1/2), sqrt 2): with s = f / (2 + f),
 * log(1 + f) = 2 atanh s = 2 s + s^3 t = f - s (f - s^2 t). */
static inline double log_reduced(double k, double f, double rest) {
    double s = f / (2.0 + f);
    double square = s * s;
    double small = s * (f - square * polynomial(square, LOG_TAIL, 2));
    return k * LN2_HIGH + (f - (small - (k * LN2_LOW + rest)));
}

/* log(x) + rest for positive finite x, subnormals when scaled by 2^-shift before. */
static inline double log_scaled(double x, double shift, double rest) {
    const uint64_t half_root = UINT64_C(0x3FE6A09E667F3BCD); /* the bits of sqrt(1/2) */
    uint64_t offset = bits_of(x) + (UINT64_C(0x3FF0000000000000) - half_root);
    double k = (double)((int)(offset >> 52U) - 1023);
    double f = from_bits((offset & UINT64_C(0xFFFFFFFFFFFFF)) + half_root) - 1.0;
    return log_reduced(k - shift, f, rest);
}

double math_log(double x) {
    if (!(x >= 0x1p-1022 && x < HUGE_VAL)) {
        if (x > 0.0) {
            return x < 1.0 ? log_scaled(x * 0x1p54, 54.0, 0.0) : HUGE_VAL;
        }
        return x == 0.0 ? -HUGE_VAL : (double)NAN;
    }
    return log_scaled(x, 0.0, 0.0);
}

double math_log1p(double x) {
    if (x > -0.29 && x < 0.41) {
        return log_reduced(0.0, x, 0.0);
    }
    if (!(x > -1.0 && x < 0x1p60)) {
        return x == -1.0 ? -HUGE_VAL : math_log(x); /* also nan */
    }
    double sum = 1.0 + x;
    double lost = x < 1.0 ? x - (sum - 1.0) : 1.0 - (sum - x);
    return log_scaled(sum, 0.0, lost / sum);
}

double math_power(double x, double y) {
    if (y == 0.0 || x == 1.0) {
        return 1.0;
    }
    return math_exp(y * math_log(x));
}

/* log Gamma(2 + e) / e for |e| <= 1/2, error 2e-19. */
static const double LOG_GAMMA_AT_TWO[20] = {
    0x1.b0ee6072093cep-2,   0x1.4a34cc4a60fa6p-2,  -0x1.13e001a55760ap-4,  0x1.51322ac7d84f0p-6,
    -0x1.e404fc218dcc7p-8,  0x1.7add6eada715fp-9,  -0x1.38ac5c2d3ce22p-10, 0x1.0b36af8e87ee9p-11,
    -0x1.d3fd4b6ed57fdp-13, 0x1.a127ac1bcf197p-14, -0x1.78de99698a0dep-15, 0x1.580ea6ad9d568p-16,
    -0x1.3cb3e19a9a0f6p-17, 0x1.25803722ecdb3p-18, -0x1.1274bbf1f71ecp-19, 0x1.01fb24931a86cp-20,
    -0x1.ce3ca43629e71p-22, 0x1.a65952fe74a0ep-23, -0x1.1fc76bb43aa41p-23, 0x1.290b0c9a0ea95p-24};

double math_log_gamma(double x) {
    if (!(x > 0.0 && x < HUGE_VAL)) {
        return x >= 0.0 ? HUGE_VAL : (double)NAN;
    }
    if (x >= 8.0) { /* the product is taken so that it overflows only where the result does */
        double shape = x - 0.5;
        return shape * (math_log(x) - 1.0) + (LOG_ROOT_TWO_PI - 0.5 + math_stirling(x));
    }
    double product = 1.0; /* Gamma(x) = (x - 1) Gamma(x - 1) */
    while (x > 2.5) {
        x -= 1.0;
        product *= x;
    }
    double e = x < 0.5 ? x : (x < 1.5 ? x - 1.0 : x - 2.0);
    double result = e * polynomial(e, LOG_GAMMA_AT_TWO, 5) + math_log(product);
    if (x < 1.5) {
        result -= math_log1p(e);
    }
    return x < 0.5 ? result - math_log(x) : result;
}

/* The first eight terms of Stirling's series, B_2n / (2n (2n - 1) x^(2n - 1)); from 8 on the next
 * one is below 1e-16 of log Gamma. */
double math_stirling(double x) {
    static const double series[8] = {1.0 / 12.0,    -1.0 / 360.0,      1.0 / 1260.0,
                                     -1.0 / 1680.0, 1.0 / 1188.0,      -691.0 / 360360.0,
                                     1.0 / 156.0,   -3617.0 / 122400.0};
    if (x >= 8.0) {
        double inverse = 1.0 / x;
        return inverse * polynomial(inverse * inverse, series, 2);
    }
    return math_log_gamma(x) - ((x - 0.5) * math_log(x) - x + LOG_ROOT_TWO_PI);
}

/* Near x = m the two large terms cancel; there with v = (x - m) / (x + m) the logarithm is
 * 2 (v + v^3/3 + v^5/5 + ...) and the first term is taken together with m - x. */
double math_deviance(double x, double m) {
    double difference = x - m;
    if (fabs(difference) >= 0.1 * (x + m)) {
        return x * (math_log(x) - math_log(m)) - difference;
    }
    double v = difference / (x + m);
    double square = v * v;
    double power = 2.0 * x * v;
    double sum = difference * v;
    for (int odd = 3; odd < 40; odd += 2) {
        power *= square;
        double next = sum + power / (double)odd;
        if (next == sum) {
            break;
        }
        sum = next;
    }
    return sum;
}

/* exp(-x^2/2): the square's rounding error would cost 700 ulp at x = 38, so x is split into 26
 * bits, whose square is exact, and the rest, whose share in the exponent is below 4e-5. */
static double gauss(double x) {
    double high = from_bits(bits_of(x) & ~UINT64_C(0x7FFFFFF));
    double rest = 0.5 * (x - high) * (x + high);
    double main = math_exp(-0.5 * high * high);
    return main == 0.0 ? 0.0 : main * (1.0 - rest * (1.0 - rest * (0.5 - rest * (1.0 / 6.0))));
}

double normal_density(double x) { return gauss(x) * INVERSE_ROOT_TWO_PI; }

/* Mills' ratio (1 - Phi(x)) / phi(x) for 0 <= x <= 45, error 1.2e-16. */
static double mills_ratio(double x) {
    static const double above[12] = {0x1.40d931ff62705p+0,
                                     0x1.f451ef1cd9a2fp+0,
                                     0x1.81aafd3def1bap+0,
                                     0x1.79b60c40c6fc6p-1,
                                     0x1.0080053e711ebp-2,
                                     0x1.f30db28207b4cp-5,
                                     0x1.5bbfc6c597b6bp-7,
                                     0x1.4ff38856d6edap-10,
                                     0x1.9b85ebdae1018p-14,
                                     0x1.ee57e87dccf98p-19,
                                     0.0,
                                     0.0};
    static const double below[12] = {1.0,
                                     0x1.2dba61503537cp+1,
                                     0x1.4a9a77f1d38d9p+1,
                                     0x1.bc9c16eb442bfp+0,
                                     0x1.979bce00131b6p-1,
                                     0x1.0b2a9225be851p-2,
                                     0x1.fd7ddc2d03b36p-5,
                                     0x1.5ef6d29971b70p-7,
                                     0x1.50eab44b97471p-10,
                                     0x1.9b85ebdaccc6ap-14,
                                     0x1.ee57e87dcfcdbp-19,
                                     0.0};
    return polynomial(x, above, 3) / polynomial(x, below, 3);
}

static double normal_tail(double x) { /* 1 - Phi(x) for x >= 0 */
    return x > 40.0 ? 0.0 : gauss(x) * (INVERSE_ROOT_TWO_PI * mills_ratio(x));
}

double normal_distribution(double x) {
    if (x > 8.3) { /* the tail is below half a unit in the last place of 1 */
        return 1.0;
    }
    return x < 0.0 ? normal_tail(-x) : 1.0 - normal_tail(x);
}

double normal_log_distribution(double x) {
    if (x > 0.0) {
        return math_log1p(-normal_tail(x));
    }
    if (!(x < -5.0)) {
        return math_log(normal_tail(-x));
    }
    double log_ratio;
    if (x > -40.0) {
        log_ratio = math_log(mills_ratio(-x));
    } else { /* the asymptotic series of Mills' ratio */
        double w = 1.0 / (x * x);
        log_ratio = math_log1p(-w * (1.0 - w * (3.0 - w * (15.0 - w * 105.0)))) - math_log(-x);
    }
    return -0.5 * x * x - LOG_ROOT_TWO_PI + log_ratio;
}

/* Three rational fits: the quantile over q = p - 1/2 in q^2 (error 8e-17), and the lower tail in
 * r = sqrt(-log p), from 1.6 to 6.2 (1e-17) and from 6 to the smallest double (1.4e-16). */
double normal_quantile(double p) {
    static const double middle_above[8] = {
        0x1.b18d91e9eef75p+1,  0x1.0a6993e3f21cdp+7,  0x1.ed6c43b9a064bp+10, 0x1.addf4b4cbdcd7p+13,
        0x1.67b2d31d6ce57p+15, 0x1.07b3aeb06e3fbp+16, 0x1.066b1dd91b5a2p+15, 0x1.3b8a18e51a482p+11};
    static const double middle_below[8] = {1.0,
                                           0x1.52a8b954232d8p+5,
                                           0x1.57eea6c92337ep+9,
                                           0x1.51af62f7c5aa0p+12,
                                           0x1.4c41b96daabf9p+14,
                                           0x1.341a43027ab11p+15,
                                           0x1.c2d66d9c8b089p+14,
                                           0x1.487552aae6f17p+12};
    static const double tail_above[12] = {0x1.6c665fde9526ap+0,
                                          0x1.27a604288a9bcp+2,
                                          0x1.709e94c54bdbap+2,
                                          0x1.d75aa48ef0a47p+1,
                                          0x1.54abd8c34cc40p+0,
                                          0x1.1c5f88bb826ebp-2,
                                          0x1.072d73a4d14bbp-5,
                                          0x1.d872a09a852d5p-10,
                                          0x1.20e0f5f8be566p-15,
                                          0.0,
                                          0.0,
                                          0.0};
    static const double tail_below[8] = {1.0,
                                         0x1.05d5ac2c89848p+1,
                                         0x1.adb9bbd9d77aep+0,
                                         0x1.6be6b9c2150c0p-1,
                                         0x1.5385c71da5b56p-3,
                                         0x1.54febddd4e80bp-6,
                                         0x1.43e50fa016f56p-10,
                                         0x1.9886531885fb0p-16};
    static const double far_above[8] = {
        0x1.03dbe98f0710cp+3, 0x1.627e975071c3bp+2,  0x1.81b660448fdecp+0,  0x1.aaf45c5573b3ap-3,
        0x1.fb4360d4ea968p-7, 0x1.386a8d80f6f19p-11, 0x1.5e7ae9048d69ap-17, 0x1.fcbd3fffc7ddfp-25};
    static const double far_below[8] = {1.0,
                                        0x1.0169c7e783cedp-1,
                                        0x1.8976b2436d4cbp-4,
                                        0x1.1ce0e56aace23p-7,
                                        0x1.8d1843b2dc710p-12,
                                        0x1.decbc2a30b350p-18,
                                        0x1.67bb6f4a9cc1ap-25,
                                        0.0};
    double q = p - 0.5;
    if (fabs(q) <= 0.425) {
        double r = 0.180625 - q * q;
        return q * (polynomial(r, middle_above, 2) / polynomial(r, middle_below, 2));
    }
    if (!(p > 0.0 && p < 1.0)) {
        return p == 0.0 ? -HUGE_VAL : (p == 1.0 ? HUGE_VAL : (double)NAN);
    }
    double r = sqrt(-math_log(p < 0.5 ? p : 1.0 - p));
    double size;
    if (r < 6.1) {
        double t = r - 1.6;
        size = polynomial(t, tail_above, 3) / polynomial(t, tail_below, 2);
    } else {
        double t = r - 6.0;
        size = polynomial(t, far_above, 2) / polynomial(t, far_below, 2);
    }
    return q < 0.0 ? -size : size;
}

/* The continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method; it
 * converges fast for x < (a + 1) / (a + b + 2), in some sqrt(a + b) steps at the worst. */
static double beta_fraction(double x, double a, double b) {
    const double tiny = 1e-300;
    double c = 1.0;
    double d = 1.0 - (a + b) * x / (a + 1.0);
    d = 1.0 / (fabs(d) < tiny ? tiny : d);
    double result = d;
    for (int m = 1; m <= 100000; m++) {
        double at = a + 2.0 * m;
        double even = m * (b - m) * x / ((at - 1.0) * at);
        d = 1.0 / (1.0 + even * d);
        c = 1.0 + even / c;
        result *= d * c;
        double odd = -(a + m) * (a + b + m) * x / (at * (at + 1.0));
        d = 1.0 / (1.0 + odd * d);
        c = 1.0 + odd / c;
        double factor = d * c;
        result *= factor;
        if (fabs(factor - 1.0) < 2e-16) {
            break;
        }
    }
    return result;
}

/* The kernel by deviances from the mean (as Loader 2000 does for binomial masses): the logarithms
 * of the gamma functions, which would cancel, never appear. */
double beta_tails(double x, double y, double a, double b, double *lower, double *upper) {
    double n = a + b;
    bool left = x <= (a + 1.0) / (n + 2.0);
    double kernel = 0.0;
    double tail = 0.0;
    if (x > 0.0 && y > 0.0) {
        double corrections = math_stirling(n) - math_stirling(a) - math_stirling(b);
        double deviance = math_deviance(a, n * x) + math_deviance(b, n * y);
        kernel = sqrt(a / n * b) * INVERSE_ROOT_TWO_PI * math_exp(corrections - deviance);
        tail = left ? kernel / a * beta_fraction(x, a, b) : kernel / b * beta_fraction(y, b, a);
    }
    *lower = left ? tail : 1.0 - tail;
    *upper = left ? 1.0 - tail : tail;
    return kernel;
}

double beta_distribution(double x, double a, double b) {
    double lower;
    double upper;
    double inside = x < 0.0 ? 0.0 : (x > 1.0 ? 1.0 : x);
    (void)beta_tails(inside, 1.0 - inside, a, b, &lower, &upper);
    return lower;
}
