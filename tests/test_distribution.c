#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>

/* Seeds are fixed; every statistical bound is that of 5 standard errors, a probability of 6e-7. */
static const double FIVE_SIGMA = 5.7e-7;

enum { DRAWS = 200000 };
static double sample[DRAWS];

static double uniform(uint64_t i) { return random_uniform(random_row(11, 0, 0, 0), i); }

/* ---- goodness of fit */

/* The Kolmogorov-Smirnov distance of a sample (sorted here) from a distribution function given at
 * its points, times sqrt(n): beyond 2.74 with a probability of 2 exp(-2 * 2.74^2) = 6e-7. */
static double kolmogorov(double values[], size_t count, double (*cdf)(double x, double a, double b),
                         double a, double b) {
    gsl_sort(values, 1, count);
    double worst = 0.0;
    for (size_t i = 0; i < count; i++) {
        double f = cdf(values[i], a, b);
        double above = (double)(i + 1) / (double)count - f;
        double below = f - (double)i / (double)count;
        worst = fmax(worst, fmax(above, below));
    }
    return worst * sqrt((double)count);
}

static const double KOLMOGOROV_BOUND = 2.74;

static void check_moments(const double values[], size_t count, double mean, double variance,
                          double fourth) {
    double sum = 0.0;
    double squares = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += values[i] - mean;
        squares += (values[i] - mean) * (values[i] - mean);
    }
    double n = (double)count;
    CU_ASSERT(fabs(sum / n) < 5.0 * sqrt(variance / n));
    /* the mean square has the variance (fourth central moment - variance^2) / n */
    CU_ASSERT(fabs(squares / n - variance) < 5.0 * sqrt((fourth - variance * variance) / n));
}

static double uniform_cdf(double x, double a, double b) { return (x - a) / (b - a); }

static double normal_cdf(double x, double mean, double deviation) {
    return 0.5 * erfc(-(x - mean) / deviation / sqrt(2.0));
}

static double lognormal_cdf(double x, double location, double scale) {
    return gsl_cdf_lognormal_P(x, location, scale);
}

static double gamma_cdf(double x, double shape, double scale) {
    return gsl_cdf_gamma_P(x, shape, scale);
}

static double exponential_cdf(double x, double mean, double unused) {
    (void)unused;
    return gsl_cdf_exponential_P(x, mean);
}

/* The chi-square probability of counts with the given masses; cells with fewer than 10 expected
 * are joined to the next, the rest is the last one. */
static double chi_square(const unsigned counts[], const double masses[], size_t cells,
                         double draws) {
    double sum = 0.0;
    double expected = 0.0;
    double seen = 0.0;
    double mass_left = 1.0;
    double seen_left = draws;
    double freedom = 0.0;
    for (size_t k = 0; k < cells; k++) {
        expected += masses[k] * draws;
        seen += (double)counts[k];
        if (expected >= 10.0 && mass_left * draws - expected >= 10.0) {
            sum += (seen - expected) * (seen - expected) / expected;
            freedom += 1.0;
            mass_left -= expected / draws;
            seen_left -= seen;
            expected = 0.0;
            seen = 0.0;
        }
    }
    double rest = mass_left * draws;
    sum += (seen_left - rest) * (seen_left - rest) / rest;
    return gsl_cdf_chisq_Q(sum, freedom);
}

/* ---- continuous laws */

static void uniforms_fit(void) {
    for (uint64_t i = 0; i < DRAWS; i++) {
        sample[i] = uniform(i);
    }
    check_moments(sample, DRAWS, 0.5, 1.0 / 12.0, 1.0 / 80.0);
    CU_ASSERT(kolmogorov(sample, DRAWS, uniform_cdf, 0.0, 1.0) < KOLMOGOROV_BOUND);
}

static void normal_quantiles_fit(void) {
    for (uint64_t i = 0; i < DRAWS; i++) {
        sample[i] = normal_quantile(uniform(i));
    }
    check_moments(sample, DRAWS, 0.0, 1.0, 3.0);
    CU_ASSERT(kolmogorov(sample, DRAWS, normal_cdf, 0.0, 1.0) < KOLMOGOROV_BOUND);
}

/* Powers of both values of a pair: E x^a y^b of independent standard normals. */
static void check_pair_moments(uint64_t row) {
    enum { PAIRS = 1 << 20 };
    const double normal[9] = {1.0, 0.0, 1.0, 0.0, 3.0, 0.0, 15.0, 0.0, 105.0};
    const int powers[9][2] = {{1, 0}, {0, 1}, {2, 0}, {0, 2}, {3, 0},
                              {4, 0}, {1, 1}, {2, 2}, {1, 3}};
    double sums[9] = {0.0};
    for (uint64_t i = 0; i < PAIRS; i++) {
        float first;
        float second;
        normal_pair(random_bits(row, i), &first, &second);
        for (size_t k = 0; k < 9; k++) {
            double power = 1.0;
            for (int e = 0; e < powers[k][0]; e++) {
                power *= (double)first;
            }
            for (int e = 0; e < powers[k][1]; e++) {
                power *= (double)second;
            }
            sums[k] += power;
        }
    }
    for (size_t k = 0; k < 9; k++) {
        double mean = normal[powers[k][0]] * normal[powers[k][1]];
        double variance = normal[2 * powers[k][0]] * normal[2 * powers[k][1]] - mean * mean;
        CU_ASSERT(fabs(sums[k] / PAIRS - mean) < 5.0 * sqrt(variance / PAIRS));
    }
}

static void normal_pairs_fit(void) {
    for (uint64_t row = 0; row < 3; row++) {
        check_pair_moments(random_row(1, 2, row, 3));
    }
    static double second[DRAWS];
    static double radius[DRAWS];
    for (uint64_t i = 0; i < DRAWS; i++) {
        float x;
        float y;
        normal_pair(random_bits(random_row(3, 2, 1, 0), i), &x, &y);
        sample[i] = (double)x;
        second[i] = (double)y;
        radius[i] = (double)x * (double)x + (double)y * (double)y;
    }
    CU_ASSERT(kolmogorov(sample, DRAWS, normal_cdf, 0.0, 1.0) < KOLMOGOROV_BOUND);
    CU_ASSERT(kolmogorov(second, DRAWS, normal_cdf, 0.0, 1.0) < KOLMOGOROV_BOUND);
    CU_ASSERT(kolmogorov(radius, DRAWS, exponential_cdf, 2.0, 0.0) < KOLMOGOROV_BOUND);
}

static void normal_pairs_are_finite_at_the_ends(void) {
    float first;
    float second;
    normal_pair(0, &first, &second);
    CU_ASSERT_DOUBLE_EQUAL((double)first, sqrt(48.0 * log(2.0)), 1e-5);
    CU_ASSERT_EQUAL(second, 0.0f);
    normal_pair(UINT64_MAX, &first, &second);
    CU_ASSERT_EQUAL(first, 0.0f);
    CU_ASSERT_EQUAL(second, 0.0f);
}

static void lognormals_fit(void) {
    const double cv = 0.5;
    double variance = log(1.0 + cv * cv);
    for (uint64_t i = 0; i < DRAWS; i++) {
        sample[i] = lognormal_quantile(uniform(i), 3.0, cv);
    }
    double w = exp(variance); /* fourth central moment over variance^2 */
    double kurtosis = w * w * w * w + 2.0 * w * w * w + 3.0 * w * w - 3.0;
    double square = 9.0 * cv * cv;
    check_moments(sample, DRAWS, 3.0, square, kurtosis * square * square);
    CU_ASSERT(kolmogorov(sample, DRAWS, lognormal_cdf, log(3.0) - 0.5 * variance, sqrt(variance)) <
              KOLMOGOROV_BOUND);
}

static void lognormal_and_exponential_quantiles_invert(void) {
    for (int k = 1; k < 1000; k++) {
        double u = k / 1000.0;
        double s = sqrt(log(1.0 + 1.5 * 1.5));
        double x = lognormal_quantile(u, 7.0, 1.5);
        CU_ASSERT_DOUBLE_EQUAL(gsl_cdf_lognormal_P(x, log(7.0) - 0.5 * s * s, s), u, 1e-13);
        CU_ASSERT_DOUBLE_EQUAL(gsl_cdf_exponential_P(exponential_quantile(u, 0.4), 0.4), u, 1e-14);
    }
    CU_ASSERT_EQUAL(lognormal_quantile(0.3, 5.0, 0.0), 5.0);
    CU_ASSERT_EQUAL(lognormal_quantile(0.3, 5.0, -1.0), 5.0);
    CU_ASSERT_EQUAL(lognormal_quantile(0.3, -5.0, 1.0), 0.0);
    CU_ASSERT_EQUAL(exponential_quantile(0.3, 0.0), 0.0);
    CU_ASSERT_EQUAL(exponential_quantile(0.3, -1.0), 0.0);
}

static void gamma_draws_fit(void) {
    const double shapes[6] = {0.05, 0.5, 1.0, 2.5, 30.0, 1000.0};
    for (size_t s = 0; s < 6; s++) {
        double a = shapes[s];
        struct pcg64_dxsm generator = random_stream(random_row(4, 0, 0, 0), s);
        for (size_t i = 0; i < DRAWS; i++) {
            sample[i] = gamma_draw(&generator, a);
        }
        check_moments(sample, DRAWS, a, a, 3.0 * a * a + 6.0 * a);
        CU_ASSERT(kolmogorov(sample, DRAWS, gamma_cdf, a, 1.0) < KOLMOGOROV_BOUND);
    }
}

static const double BETA_SHAPES[6][2] = {{0.668, 3.806}, {0.5, 0.5},   {1.0, 1.0},
                                         {2.0, 9.0},     {40.0, 10.0}, {0.3, 0.4}};

static void beta_quantiles_invert(void) {
    const double more[6][2] = {{1.0, 30.0},    {0.05, 5.0}, {300.0, 2.0},
                               {500.0, 800.0}, {0.9, 1e4},  {2e3, 2e3}};
    for (size_t s = 0; s < 12; s++) {
        double a = s < 6 ? BETA_SHAPES[s][0] : more[s - 6][0];
        double b = s < 6 ? BETA_SHAPES[s][1] : more[s - 6][1];
        double last = 0.0;
        size_t steps_back = 0;
        for (int k = 1; k < 400; k++) {
            double u = k / 400.0;
            double x = beta_quantile(u, a, b);
            /* x is rounded, so its probability may miss by density times half an ulp */
            double slack = gsl_cdf_beta_P(fmin(x * (1.0 + 2e-16), 1.0), a, b) -
                           gsl_cdf_beta_P(x * (1.0 - 2e-16), a, b);
            CU_ASSERT_DOUBLE_EQUAL(gsl_cdf_beta_P(x, a, b), u, 3e-11 + slack);
            steps_back += x < last;
            last = x;
        }
        CU_ASSERT_EQUAL(steps_back, 0);
    }
    for (double u = 1e-300; u < 1e-10; u *= 1e10) { /* I_x(2, 1) = x^2, I_x(1, 1) = x */
        CU_ASSERT_DOUBLE_EQUAL(beta_quantile(u, 2.0, 1.0) / sqrt(u), 1.0, 1e-12);
        CU_ASSERT_DOUBLE_EQUAL(beta_quantile(u, 1.0, 1.0) / u, 1.0, 1e-12);
        double far = beta_quantile(u, 1e4, 1e4);
        CU_ASSERT(fabs(log(beta_distribution(far, 1e4, 1e4) / u)) < 1e-8);
    }
}

/* ---- counts */

static void bernoulli_draws_fit(void) {
    const double probabilities[3] = {0.002, 0.3, 0.97};
    for (size_t p = 0; p < 3; p++) {
        double sum = 0.0;
        for (uint64_t i = 0; i < DRAWS; i++) {
            sum += bernoulli(random_uniform(random_row(7, 0, 0, p), i), probabilities[p]);
        }
        double variance = probabilities[p] * (1.0 - probabilities[p]);
        CU_ASSERT(fabs(sum / DRAWS - probabilities[p]) < 5.0 * sqrt(variance / DRAWS));
    }
    CU_ASSERT_FALSE(bernoulli(0x1p-53, 0.0));
    CU_ASSERT_TRUE(bernoulli(1.0 - 0x1p-53, 1.0));
}

enum { MOST = 2000 };

static void poisson_draws_fit(void) {
    const double means[7] = {0.05, 0.7, 3.0, 12.0, 29.9, 30.1, 700.0};
    for (size_t m = 0; m < 7; m++) {
        static unsigned counts[MOST];
        static double masses[MOST];
        for (size_t k = 0; k < MOST; k++) {
            counts[k] = 0;
            masses[k] = exp((double)k * log(means[m]) - means[m] - lgamma((double)k + 1.0));
        }
        for (uint64_t i = 0; i < DRAWS; i++) {
            unsigned k = poisson_quantile(random_uniform(random_row(8, 0, 0, m), i), means[m]);
            sample[i] = (double)k;
            counts[k < MOST ? k : MOST - 1]++;
        }
        check_moments(sample, DRAWS, means[m], means[m], means[m] * (1.0 + 3.0 * means[m]));
        CU_ASSERT(chi_square(counts, masses, MOST, DRAWS) > FIVE_SIGMA);
    }
}

/* k is right when u is between the distribution function at k - 1 and at k; `slack` for GSL. */
static size_t poisson_mistakes(double mean, double slack) {
    size_t mistakes = 0;
    unsigned last = 0;
    for (int i = 1; i < 400; i++) {
        double u = i / 400.0;
        u = i > 390 ? 1.0 - pow(10.0, 390.0 - i) : (i < 10 ? pow(10.0, i - 11.0) : u);
        unsigned k = poisson_quantile(u, mean);
        mistakes += gsl_cdf_poisson_P(k, mean) < u - slack;
        mistakes += k > 0 && gsl_cdf_poisson_P(k - 1, mean) > u + slack;
        mistakes += i > 10 && i < 391 && k < last;
        last = k;
    }
    return mistakes;
}

static void poisson_quantiles_are_exact(void) {
    for (double mean = 1e-4; mean < 2e4; mean *= 1.17) {
        CU_ASSERT_EQUAL(poisson_mistakes(mean, 1e-12), 0);
    }
    CU_ASSERT_EQUAL(poisson_mistakes(29.9999, 1e-13), 0);
    CU_ASSERT_EQUAL(poisson_mistakes(30.0001, 1e-13), 0);
    CU_ASSERT_EQUAL(poisson_mistakes(1e6, 1e-9), 0);
    CU_ASSERT_EQUAL(poisson_quantile(0.5, 0.0), 0);
    CU_ASSERT_EQUAL(poisson_quantile(0.999, -3.0), 0);
    CU_ASSERT_EQUAL(poisson_quantile(0.9, (double)NAN), 0);
    /* of mean 1/2, P(X > 13) = 4.3e-16 and P(X > 14) = 1.4e-17; 2^-53 = 1.1e-16 */
    CU_ASSERT_EQUAL(poisson_quantile(1.0 - 0x1p-53, 0.5), 14);
    CU_ASSERT_EQUAL(poisson_quantile(0x1p-53, 0.5), 0);
}

/* The smallest means decide without exp; around u = 1 - mean and u = exp(-mean) nothing slips. */
static void poisson_shortcut_is_exact(void) {
    for (double mean = 1e-6; mean < 3.0; mean *= 1.3) {
        double none = exp(-mean);
        CU_ASSERT_EQUAL(poisson_quantile(none * (1.0 - 1e-14), mean), 0);
        CU_ASSERT_EQUAL(poisson_quantile(none * (1.0 + 1e-14), mean), 1);
        CU_ASSERT_EQUAL(poisson_quantile(0.5 * none, mean), 0);
    }
}

static void poisson_of_huge_means_is_near(void) {
    const double means[4] = {1.1e6, 1e7, 1e9, 3e9};
    for (size_t m = 0; m < 4; m++) {
        for (int i = 1; i < 40; i++) {
            double u = i / 40.0;
            double z = gsl_cdf_ugaussian_Pinv(u);
            double wanted = means[m] + sqrt(means[m]) * z + (z * z - 1.0) / 6.0;
            CU_ASSERT(fabs((double)poisson_quantile(u, means[m]) - wanted) < 1.0);
        }
    }
    CU_ASSERT_EQUAL(poisson_quantile(0.3, 1e12), poisson_quantile(0.3, 4e9));
}

static size_t binomial_mistakes(unsigned trials, double p, double slack) {
    size_t mistakes = 0;
    unsigned last = 0;
    for (int i = 1; i < 400; i++) {
        double u = (i - 0.37) / 400.0;
        unsigned k = binomial_quantile(u, trials, p);
        mistakes += k > trials || k < last;
        mistakes += gsl_cdf_binomial_P(k, p, trials) < u - slack;
        mistakes += k > 0 && gsl_cdf_binomial_P(k - 1, p, trials) > u + slack;
        last = k;
    }
    return mistakes;
}

static void binomial_quantiles_are_exact(void) {
    const unsigned trials[10] = {1, 2, 3, 7, 20, 64, 65, 200, 1000, 20000};
    const double probabilities[11] = {1e-4, 0.01, 0.1, 0.25, 0.3,   0.5,
                                      0.6,  0.75, 0.9, 0.99, 0.9999};
    for (size_t n = 0; n < 10; n++) {
        for (size_t p = 0; p < 11; p++) {
            CU_ASSERT_EQUAL(binomial_mistakes(trials[n], probabilities[p], 1e-11), 0);
        }
    }
    CU_ASSERT_EQUAL(binomial_quantile(0.5, 0, 0.5), 0);
    CU_ASSERT_EQUAL(binomial_quantile(0.999, 9, 0.0), 0);
    CU_ASSERT_EQUAL(binomial_quantile(0.999, 9, -0.5), 0);
    CU_ASSERT_EQUAL(binomial_quantile(0.001, 9, 1.0), 9);
    CU_ASSERT_EQUAL(binomial_quantile(0.001, 9, 1.5), 9);
    CU_ASSERT_EQUAL(binomial_quantile(1.0 - 0x1p-53, 5, 0.5), 5);
    CU_ASSERT_EQUAL(binomial_quantile(0x1p-53, 5, 0.5), 0);
    CU_ASSERT_EQUAL(binomial_quantile(0x1p-53, 5, 0.7), 0);
    CU_ASSERT_EQUAL(binomial_quantile(0.5, 1, 0.5), 0); /* at a jump: the smallest count */
    CU_ASSERT_EQUAL(binomial_quantile(0.25, 1, 0.75), 0);
}

static void binomial_draws_fit(void) {
    const unsigned trials[5] = {1, 4, 12, 90, 1500};
    const double probabilities[5] = {0.4, 0.2, 0.7, 0.05, 0.6};
    for (size_t s = 0; s < 5; s++) {
        static unsigned counts[MOST];
        static double masses[MOST];
        double n = (double)trials[s];
        double p = probabilities[s];
        for (size_t k = 0; k < MOST; k++) {
            double x = (double)k;
            counts[k] = 0;
            masses[k] = k > trials[s] ? 0.0
                                      : exp(lgamma(n + 1.0) - lgamma(x + 1.0) -
                                            lgamma(n - x + 1.0) + x * log(p) + (n - x) * log1p(-p));
        }
        for (uint64_t i = 0; i < DRAWS; i++) {
            unsigned k = binomial_quantile(random_uniform(random_row(9, 0, 0, s), i), trials[s], p);
            sample[i] = (double)k;
            counts[k]++;
        }
        double variance = n * p * (1.0 - p);
        double fourth = variance * (1.0 + 3.0 * (n - 2.0) * p * (1.0 - p));
        check_moments(sample, DRAWS, n * p, variance, fourth + 1e-12);
        CU_ASSERT(chi_square(counts, masses, MOST, DRAWS) > FIVE_SIGMA);
    }
}

/* ---- the largest of n normals */

/* The slope of the moment at 0. */
static double maximum_mean(unsigned n) {
    const double h = 1e-4;
    return (normal_maximum_moment(n, h) - normal_maximum_moment(n, -h)) / (2.0 * h);
}

static void normal_maximum_has_known_means(void) {
    const double pi = 3.141592653589793;
    CU_ASSERT_DOUBLE_EQUAL(maximum_mean(1), 0.0, 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(maximum_mean(2), 1.0 / sqrt(pi), 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(maximum_mean(3), 1.5 / sqrt(pi), 1e-7);
    double five = 1.25 / sqrt(pi) + 7.5 * asin(1.0 / 3.0) / (pi * sqrt(pi));
    CU_ASSERT_DOUBLE_EQUAL(maximum_mean(5), five, 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(maximum_mean(10), 1.5388, 5e-5); /* published tables */
    CU_ASSERT_DOUBLE_EQUAL(maximum_mean(100), 2.50759, 5e-6);
    CU_ASSERT_DOUBLE_EQUAL(maximum_mean(1000), 3.24144, 5e-6);
}

/* n = 1: exp(s^2/2); n = 2: 2 exp(s^2/2) Phi(s / sqrt 2), as Phi(z + s) is averaged over z. */
static void normal_maximum_has_known_moments(void) {
    for (double s = -3.0; s <= 3.0; s += 0.25) {
        double one = exp(0.5 * s * s);
        CU_ASSERT_DOUBLE_EQUAL(normal_maximum_moment(1, s) / one, 1.0, 1e-12);
        double two = 2.0 * one * 0.5 * erfc(-0.5 * s);
        CU_ASSERT_DOUBLE_EQUAL(normal_maximum_moment(2, s) / two, 1.0, 1e-12);
    }
    for (unsigned n = 1; n < 40; n += 3) {
        CU_ASSERT_DOUBLE_EQUAL(normal_maximum_moment(n, 0.0), 1.0, 1e-12);
    }
    CU_ASSERT_DOUBLE_EQUAL(normal_maximum_moment(4000000000U, 0.0), 1.0, 1e-10);
}

static const struct test TESTS[] = {
    {"uniforms fit", uniforms_fit},
    {"normal quantiles of uniforms fit", normal_quantiles_fit},
    {"normal pairs fit and are independent", normal_pairs_fit},
    {"normal pairs are finite for all bits", normal_pairs_are_finite_at_the_ends},
    {"lognormal quantiles of uniforms fit", lognormals_fit},
    {"lognormal and exponential quantiles invert GSL", lognormal_and_exponential_quantiles_invert},
    {"gamma draws fit", gamma_draws_fit},
    {"beta quantiles invert GSL and are monotone", beta_quantiles_invert},
    {"Bernoulli draws fit", bernoulli_draws_fit},
    {"Poisson draws fit", poisson_draws_fit},
    {"Poisson quantiles are exact and monotone", poisson_quantiles_are_exact},
    {"the Poisson shortcut for small means is exact", poisson_shortcut_is_exact},
    {"Poisson quantiles of huge means are near", poisson_of_huge_means_is_near},
    {"binomial quantiles are exact and monotone", binomial_quantiles_are_exact},
    {"binomial draws fit", binomial_draws_fit},
    {"the largest of n normals has the known mean", normal_maximum_has_known_means},
    {"the largest of n normals has the known exponential moments",
     normal_maximum_has_known_moments},
};

const struct suite suite_distribution = {"distribution", TESTS, sizeof TESTS / sizeof TESTS[0]};
