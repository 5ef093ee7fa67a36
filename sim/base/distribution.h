/* Distributions by inversion: one uniform in, one value out, monotone in the uniform, so that two
 * plans that meet the same uniform differ only by what differs between them.
 * Ownership: pure functions. */
#ifndef BASE_DISTRIBUTION_H
#define BASE_DISTRIBUTION_H

#include "base/random.h"

/* u is a uniform in (0, 1). Means and probabilities out of range are clamped. */
double lognormal_quantile(double u, double mean, double cv); /* cv >= 0; cv 0 gives the mean */
double exponential_quantile(double u, double mean);

/* E max(0, X - above) of the lognormal X with this mean and cv; above <= 0 gives mean - above. */
double lognormal_excess(double above, double mean, double cv);

/* The smallest count whose distribution function (to 1e-15) is at least u. Exact for a mean
 * (binomial: a variance) up to 1e6, by counting up from zero where 30 or fewer are expected and
 * from a normal start beyond; above 1e6 the Cornish-Fisher quantile, rounded. Means above 4e9 are
 * clamped. */
unsigned poisson_quantile(double u, double mean);
unsigned binomial_quantile(double u, unsigned trials, double probability);

double beta_quantile(double u, double a, double b); /* a, b > 0; a microsecond */
static inline int bernoulli(double u, double probability) { return u < probability; }

/* Two standard normals from 64 random bits (Box-Muller in single precision, 24 + 24 bits, so
 * neither lies beyond 5.77). */
static inline void normal_pair(uint64_t bits, float *first, float *second);

/* Sequential, any shape > 0, unit scale: Marsaglia and Tsang 2000. */
double gamma_draw(struct pcg64_dxsm *generator, double shape);

/* E exp(s X), X the largest of n independent standard normals (numerical integration, relative
 * error 1e-10). */
double normal_maximum_moment(unsigned n, double s);

#include "base/distribution_float.h"

#endif
