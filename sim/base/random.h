/* Random numbers addressed by identity: a row key is a strong hash of (seed, replication, month,
 * purpose), a draw is PCG's RXS-M-XS-64 permutation of a linear congruential state made of row key
 * and entity. No order of drawing, no state to carry: two plans meet the same chance.
 * Ownership: everything is a small value; nothing is allocated. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* The key of one row of draws. Months may be counted from before the start (add an offset). */
uint64_t random_row(uint64_t seed, uint64_t replication, uint64_t month, uint64_t purpose);

/* A strong 64-bit mix of two words, for identities (seat and occupant, origin and ordinal). */
uint64_t random_mix(uint64_t a, uint64_t b);

/* A random row in two steps, where many rows of a month are needed. */
uint64_t random_month_key(uint64_t seed, uint64_t replication, uint64_t month);
uint64_t random_purpose_row(uint64_t month_key, uint64_t purpose);

/* The output permutation of PCG RXS-M-XS-64 (O'Neill 2014, section 6.3.4). */
static inline uint64_t random_permute(uint64_t state) {
    uint64_t word = ((state >> ((state >> 59U) + 5U)) ^ state) * UINT64_C(12605985483714917081);
    return (word >> 43U) ^ word;
}

/* The 64 random bits of `entity` in a row: state = row + entity * odd, advanced once. */
static inline uint64_t random_bits(uint64_t row, uint64_t entity) {
    uint64_t state = row + entity * UINT64_C(0x9E3779B97F4A7C15);
    return random_permute(state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407));
}

/* A uniform strictly inside (0, 1): (k + 1/2) / 2^52 with 52 random bits k; exact in a double. */
static inline double random_open(uint64_t bits) { return ((double)(bits >> 12U) + 0.5) * 0x1p-52; }

static inline double random_uniform(uint64_t row, uint64_t entity) {
    return random_open(random_bits(row, entity));
}

/* The only typedef: ISO C has no such type, and __extension__ can mark it only in a declaration. */
__extension__ typedef unsigned __int128 uint128;

/* Sequential generators, for rare events that need an unknown number of draws, and for the
 * known-answer tests. Constants and seeding as in O'Neill's pcg-c / pcg-cpp. */
struct pcg32 { /* XSH-RR 64/32 */
    uint64_t state;
    uint64_t increment;
};
struct pcg64 { /* XSL-RR 128/64 */
    uint128 state;
    uint128 increment;
};
struct pcg64_rxs { /* RXS-M-XS 64/64 */
    uint64_t state;
    uint64_t increment;
};
struct pcg64_dxsm { /* DXSM 128/64 with the cheap 64-bit multiplier, as NumPy's PCG64DXSM */
    uint128 state;
    uint128 increment;
};

void pcg32_seed(struct pcg32 *generator, uint64_t seed, uint64_t stream);
uint32_t pcg32_next(struct pcg32 *generator);
void pcg64_seed(struct pcg64 *generator, uint128 seed, uint128 stream);
uint64_t pcg64_next(struct pcg64 *generator);
void pcg64_rxs_seed(struct pcg64_rxs *generator, uint64_t seed, uint64_t stream);
uint64_t pcg64_rxs_next(struct pcg64_rxs *generator);
void pcg64_dxsm_seed(struct pcg64_dxsm *generator, uint128 seed, uint128 stream);
uint64_t pcg64_dxsm_next(struct pcg64_dxsm *generator);

/* The stream of `entity` in a row: a pcg64_dxsm seeded by their hash. */
struct pcg64_dxsm random_stream(uint64_t row, uint64_t entity);

#endif
