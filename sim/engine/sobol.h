/* Sobol's sequence: points that fill the unit cube more evenly than chance does.
 * Ownership: plain values. Direction numbers: S. Joe and F. Y. Kuo, "Constructing Sobol sequences
 * with better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008), file new-joe-kuo-6. */
#ifndef ENGINE_SOBOL_H
#define ENGINE_SOBOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SOBOL_DIMENSIONS = 256, SOBOL_BITS = 32 };

/* The direction numbers of one dimension (from 0), as fractions of 2^32. */
void sobol_directions(size_t dimension, uint32_t directions[SOBOL_BITS]);

/* Coordinate of a point (from 0, which lies in the corner 0) as a fraction of 2^32; the points come
 * in the order of a Gray code, so that the first 2^k are those of the net. */
uint32_t sobol_coordinate(const uint32_t directions[SOBOL_BITS], uint32_t point);

#endif
