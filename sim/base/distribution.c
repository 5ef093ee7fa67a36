#include "base/distribution.h"

#include "base/mathematics.h"

#include <math.h>
#include <stdbool.h>

static double not_below(double value, double least) { return value > least ? value : least; }

static double probability_of(double p) { return p > 0.0 ? (p < 1.0 ? p : 1.0) : 0.0; }

double lognormal_quantile(double u, double mean, double cv) {
    double scale = not_below(mean, 0.0);
    if (!(cv > 0.0)) {
        return scale;
    }
    double variance = math_log1p(cv * cv);
    return scale * math_exp(sqrt(variance) * normal_quantile(u) - 0.5 * variance);
}

double exponential_quantile(double u, double mean) {
    return -not_below(mean, 0.0) * math_log1p(-u);
}

double lognormal_excess(double above, double mean, double cv) {
    double scale = not_below(mean, 0.0);
    if (above <= 0.0 || !(cv > 0.0) || scale <= 0.0) {
        return not_below(scale - above, 0.0);
    }
    double sd = sqrt(math_log1p(cv * cv));
    double d = math_log(scale / above) / sd + 0.5 * sd;
    return not_below(scale * normal_distribution(d) - above * normal_distribution(d - sd), 0.0);
}

/* Where the expected count is at most this, counting up from zero beats everything else. */
static const double SEQUENTIAL_MEAN = 30.0;
/* Above this variance the normal start is taken as it is. */
static const double EXACT_VARIANCE = 1e6;

/* A law of counts by the ratio of neighbouring masses,
 * mass(k - 1) / mass(k) = k * odds / (base - k * slope). */
struct counts {
    double mean;
    double variance;
    double odds;
    double base;
    double slope;
    double highest;
};

static double ratio_down(const struct counts *law, double k) {
    return k * law->odds / (law->base - k * law->slope);
}

/* The sum of the masses from k downwards (upwards), given the mass of k. */
static double sum_down(const struct counts *law, double k, double mass) {
    double sum = mass;
    for (; k > 0.0 && mass > sum * 1e-17; k -= 1.0) {
        mass *= ratio_down(law, k);
        sum += mass;
    }
    return sum;
}

static double sum_up(const struct counts *law, double k, double mass) {
    double sum = mass;
    for (; k < law->highest && mass > sum * 1e-17; k += 1.0) {
        mass /= ratio_down(law, k + 1.0);
        sum += mass;
    }
    return sum;
}

/* The quantile to third order (Cornish and Fisher 1938), rounded. */
static double counts_start(const struct counts *law, double u) {
    double z = normal_quantile(u);
    double skew = (law->odds * 2.0 - 1.0); /* 1 - 2p for the binomial, 1 for the Poisson law */
    double x = law->mean + sqrt(law->variance) * z + skew * (z * z - 1.0) / 6.0;
    double k = floor(x + 0.5);
    return k < 0.0 ? 0.0 : (k < law->highest ? k : law->highest);
}

/* The smallest k with P(X <= k) >= u, from a start near it whose mass is given. The tail is summed
 * on the side of the mean where it is short, and compared with u or 1 - u. */
static double counts_search(const struct counts *law, double u, double k, double mass) {
    if (k < law->mean) {
        double below = sum_down(law, k, mass);
        while (k > 0.0 && below - mass >= u) {
            below -= mass;
            mass *= ratio_down(law, k);
            k -= 1.0;
        }
        while (k < law->highest && below < u && mass > 0.0) {
            k += 1.0;
            mass /= ratio_down(law, k);
            below += mass;
        }
        return k;
    }
    double v = 1.0 - u;
    double above = k < law->highest ? sum_up(law, k + 1.0, mass / ratio_down(law, k + 1.0)) : 0.0;
    while (k > 0.0 && above + mass <= v) {
        above += mass;
        mass *= ratio_down(law, k);
        k -= 1.0;
    }
    while (k < law->highest && above > v && mass > 0.0) {
        k += 1.0;
        mass /= ratio_down(law, k);
        above -= mass;
    }
    return k;
}

static double root_mass(double variance, double exponent) {
    return math_exp(exponent) / (sqrt(variance) * 0x1.40d931ff62706p+1); /* sqrt(2 pi) */
}

static unsigned poisson_search(double u, double mean) {
    struct counts law = {mean, mean, 1.0, mean, 0.0, 4294967295.0};
    double k = counts_start(&law, u);
    if (mean > EXACT_VARIANCE) {
        return (unsigned)k;
    }
    double mass =
        k > 0.0 ? root_mass(k, -math_stirling(k) - math_deviance(k, mean)) : math_exp(-mean);
    return (unsigned)counts_search(&law, u, k, mass);
}

unsigned poisson_quantile(double u, double mean) {
    if (!(u > 1.0 - mean)) { /* exp(-mean) >= 1 - mean: no need to know it; also mean <= 0 */
        return 0;
    }
    if (mean > SEQUENTIAL_MEAN) {
        return poisson_search(u, mean < 4e9 ? mean : 4e9);
    }
    double mass = math_exp(-mean);
    double sum = mass;
    unsigned k = 0;
    while (u > sum && (mass > 0x1p-60 || (double)k < mean)) {
        k++;
        mass *= mean / (double)k;
        sum += mass;
    }
    return k;
}

/* q^n by squaring for the few trials of a month's stage, by exp and log where that would add up
 * the rounding errors. */
static double power_of_failure(double p, unsigned trials) {
    if (trials > 64) {
        return math_exp((double)trials * math_log1p(-p));
    }
    double square = 1.0 - p;
    double power = 1.0;
    for (unsigned left = trials; left != 0; left >>= 1U) {
        power = (left & 1U) != 0U ? power * square : power;
        square *= square;
    }
    return power;
}

static unsigned binomial_search(double u, unsigned trials, double p) {
    double n = (double)trials;
    double q = 1.0 - p;
    struct counts law = {n * p, n * p * q, q, (n + 1.0) * p, p, n};
    double k = counts_start(&law, u);
    if (law.variance > EXACT_VARIANCE) {
        return (unsigned)k;
    }
    double mass;
    if (k > 0.0 && k < n) {
        double corrections = math_stirling(n) - math_stirling(k) - math_stirling(n - k);
        double deviance = math_deviance(k, n * p) + math_deviance(n - k, n * q);
        mass = root_mass(k / n * (n - k), corrections - deviance);
    } else {
        mass = k > 0.0 ? math_exp(n * math_log(p)) : math_exp(n * math_log1p(-p));
    }
    return (unsigned)counts_search(&law, u, k, mass);
}

/* Counted up from zero for p <= 1/2; `strict` for a count of failures, which is the smallest j
 * with P(J <= j) > 1 - u. */
static unsigned binomial_low(double u, unsigned trials, double p, bool strict) {
    double expected = (double)trials * p;
    if (u < 1.0 - expected) { /* (1 - p)^n >= 1 - n p */
        return 0;
    }
    double mass = power_of_failure(p, trials);
    double sum = mass;
    if (strict ? u < sum : u <= sum) {
        return 0;
    }
    double odds = p / (1.0 - p);
    unsigned k = 0;
    while (k < trials && (strict ? u >= sum : u > sum)) {
        k++;
        mass *= odds * ((double)(trials - k + 1) / (double)k);
        sum += mass;
        if (mass < 0x1p-60 && (double)k > expected) {
            break;
        }
    }
    return k;
}

unsigned binomial_quantile(double u, unsigned trials, double probability) {
    double p = probability_of(probability);
    if (trials == 0 || p == 0.0) {
        return 0;
    }
    if (p == 1.0) {
        return trials;
    }
    double rarer = p <= 0.5 ? p : 1.0 - p;
    if ((double)trials * rarer > SEQUENTIAL_MEAN) {
        return binomial_search(u, trials, p);
    }
    if (p <= 0.5) {
        return binomial_low(u, trials, p, false);
    }
    return trials - binomial_low(1.0 - u, trials, rarer, true);
}

/* Newton's method in the log-odds t of x. The logarithm of either tail is concave in t, so a step
 * always lands where that tail is too small and the rest approaches from there: no bracket is
 * needed, only a way back when a tail underflows. The tail is the one below 1/2. */
double beta_quantile(double u, double a, double b) {
    bool low = u < 0.5;
    double target = math_log(low ? u : 1.0 - u);
    double t = math_log(a / b);
    double good = t;
    if (a >= 1.0 && b >= 1.0) {
        t += normal_quantile(u) * sqrt(1.0 / a + 1.0 / b);
    }
    for (int step = 0; step < 100; step++) {
        double lower;
        double upper;
        double small = math_exp(-fabs(t));
        double larger = 1.0 / (1.0 + small);
        double smaller = small * larger;
        double kernel = beta_tails(t < 0.0 ? smaller : larger, t < 0.0 ? larger : smaller, a, b,
                                   &lower, &upper);
        double tail = low ? lower : upper;
        if (!(tail > 0.0 && kernel > 0.0)) {
            t = 0.5 * (t + good);
            continue;
        }
        double move = (math_log(tail) - target) * tail / kernel;
        good = t;
        t = low ? t - move : t + move;
        if (fabs(move) < 1e-9) { /* the next would be its square */
            break;
        }
    }
    double small = math_exp(-fabs(t));
    return (t < 0.0 ? small : 1.0) / (1.0 + small);
}

double gamma_draw(struct pcg64_dxsm *generator, double shape) {
    double boost = 0.0;
    if (shape < 1.0) { /* gamma(a) = gamma(a + 1) u^(1/a) */
        boost = math_log(random_open(pcg64_dxsm_next(generator))) / shape;
        shape += 1.0;
    }
    double d = shape - 1.0 / 3.0;
    double c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        double z = normal_quantile(random_open(pcg64_dxsm_next(generator)));
        double log_u = math_log(random_open(pcg64_dxsm_next(generator)));
        double root = 1.0 + c * z;
        if (root > 0.0) {
            double log_v = 3.0 * math_log(root);
            if (log_u < 0.5 * z * z + d * (1.0 - root * root * root + log_v)) {
                return math_exp(math_log(d) + log_v + boost);
            }
        }
    }
}

/* The trapezoidal rule, which converges faster than any power of the step for integrands that are
 * smooth and vanish at both ends. The law of the largest of 2^32 is still five steps wide. */
enum { STEPS = 32 }; /* in a unit */
static const double INTEGRAL_STEP = 1.0 / STEPS;

double normal_maximum_moment(unsigned n, double s) {
    double count = (double)n;
    int last = (12 + (int)ceil(not_below(-s, 0.0))) * STEPS;
    double sum = 0.0;
    for (int i = -10 * STEPS; i <= last; i++) {
        double z = i * INTEGRAL_STEP;
        sum += normal_density(z) * math_exp((count - 1.0) * normal_log_distribution(z + s));
    }
    return n == 0 ? 1.0 : count * sum * INTEGRAL_STEP * math_exp(0.5 * s * s);
}
