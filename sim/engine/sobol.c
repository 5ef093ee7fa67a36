#include "engine/sobol.h"

#include <assert.h>

/* A primitive polynomial modulo 2: degree, the inner coefficients as bits, and the first odd m_i of
 * the recurrence, as the file has them. Dimension 0 has none: its m_i are all 1. */
struct generator {
    unsigned degree;
    unsigned inner;
    uint32_t first[7];
};

static const struct generator GENERATORS[SOBOL_DIMENSIONS - 1] = {
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
};

void sobol_directions(size_t dimension, uint32_t directions[SOBOL_BITS]) {
    assert(dimension < SOBOL_DIMENSIONS);
    if (dimension == 0) {
        for (unsigned i = 0; i < SOBOL_BITS; i++) {
            directions[i] = UINT32_C(1) << (31U - i);
        }
        return;
    }
    const struct generator *generator = &GENERATORS[dimension - 1];
    unsigned degree = generator->degree;
    for (unsigned i = 0; i < degree; i++) {
        directions[i] = generator->first[i] << (31U - i);
    }
    for (unsigned i = degree; i < SOBOL_BITS; i++) { /* equation (3) of the paper */
        directions[i] = directions[i - degree] ^ (directions[i - degree] >> degree);
        for (unsigned k = 1; k < degree; k++) {
            if ((generator->inner >> (degree - 1U - k) & 1U) != 0U) {
                directions[i] ^= directions[i - k];
            }
        }
    }
}

uint32_t sobol_coordinate(const uint32_t directions[SOBOL_BITS], uint32_t point) {
    uint32_t gray = point ^ (point >> 1U);
    uint32_t coordinate = 0;
    for (unsigned i = 0; i < SOBOL_BITS; i++) {
        if ((gray >> i & 1U) != 0U) {
            coordinate ^= directions[i];
        }
    }
    return coordinate;
}
