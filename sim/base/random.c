#include "base/random.h"

static const uint64_t GOLDEN = UINT64_C(0x9E3779B97F4A7C15);    /* 2^64 / golden ratio, odd */
static const uint64_t PI_DIGITS = UINT64_C(0x243F6A8885A308D3); /* the fraction of pi, 64 bits */

static const uint64_t LCG64_MULTIPLIER = UINT64_C(6364136223846793005);
static const uint64_t DXSM_MULTIPLIER = UINT64_C(0xDA942042E4DD58B5);

static uint128 wide(uint64_t high, uint64_t low) { return (uint128)high << 64U | low; }

/* A bijection with full avalanche: variant 13 of Stafford's 64-bit finalisers. */
static uint64_t finalise(uint64_t word) {
    word = (word ^ (word >> 30U)) * UINT64_C(0xBF58476D1CE4E5B9);
    word = (word ^ (word >> 27U)) * UINT64_C(0x94D049BB133111EB);
    return word ^ (word >> 31U);
}

/* Each word is finalised with its own constant before they meet and again after, so counters in
 * either place cannot cancel; for a fixed `a` the mix is a bijection of `b`. */
uint64_t random_mix(uint64_t a, uint64_t b) {
    return finalise(finalise(a + GOLDEN) * 3U + finalise(b ^ PI_DIGITS));
}

uint64_t random_row(uint64_t seed, uint64_t replication, uint64_t month, uint64_t purpose) {
    return random_purpose_row(random_month_key(seed, replication, month), purpose);
}

uint64_t random_month_key(uint64_t seed, uint64_t replication, uint64_t month) {
    return random_mix(random_mix(seed, replication), month);
}

uint64_t random_purpose_row(uint64_t month_key, uint64_t purpose) {
    return random_mix(month_key, purpose);
}

struct pcg64_dxsm random_stream(uint64_t row, uint64_t entity) {
    uint64_t identity = random_mix(row, entity);
    struct pcg64_dxsm generator;
    pcg64_dxsm_seed(&generator, wide(identity, random_mix(identity, 1)),
                    wide(random_mix(identity, 2), random_mix(identity, 3)));
    return generator;
}

/* All seedings are O'Neill's: the stream selects the odd increment, and the seed is added after
 * one step from zero and followed by another. */

void pcg32_seed(struct pcg32 *generator, uint64_t seed, uint64_t stream) {
    generator->increment = stream << 1U | 1U;
    generator->state = (generator->increment + seed) * LCG64_MULTIPLIER + generator->increment;
}

uint32_t pcg32_next(struct pcg32 *generator) {
    uint64_t state = generator->state;
    generator->state = state * LCG64_MULTIPLIER + generator->increment;
    uint32_t word = (uint32_t)(((state >> 18U) ^ state) >> 27U);
    uint32_t turn = (uint32_t)(state >> 59U);
    return word >> turn | word << (-turn & 31U);
}

void pcg64_rxs_seed(struct pcg64_rxs *generator, uint64_t seed, uint64_t stream) {
    generator->increment = stream << 1U | 1U;
    generator->state = (generator->increment + seed) * LCG64_MULTIPLIER + generator->increment;
}

uint64_t pcg64_rxs_next(struct pcg64_rxs *generator) {
    uint64_t state = generator->state;
    generator->state = state * LCG64_MULTIPLIER + generator->increment;
    return random_permute(state);
}

static uint128 pcg64_step(uint128 state, uint128 increment) {
    return state * wide(UINT64_C(2549297995355413924), UINT64_C(4865540595714422341)) + increment;
}

void pcg64_seed(struct pcg64 *generator, uint128 seed, uint128 stream) {
    generator->increment = stream << 1U | 1U;
    generator->state = pcg64_step(generator->increment + seed, generator->increment);
}

/* Unlike the 64-bit states, the 128-bit state is advanced first and its new value permuted. */
uint64_t pcg64_next(struct pcg64 *generator) {
    generator->state = pcg64_step(generator->state, generator->increment);
    uint64_t word = (uint64_t)(generator->state >> 64U) ^ (uint64_t)generator->state;
    uint32_t turn = (uint32_t)(generator->state >> 122U);
    return word >> turn | word << (-turn & 63U);
}

void pcg64_dxsm_seed(struct pcg64_dxsm *generator, uint128 seed, uint128 stream) {
    generator->increment = stream << 1U | 1U;
    generator->state = (generator->increment + seed) * DXSM_MULTIPLIER + generator->increment;
}

/* Double xorshift multiply, of the state before it is advanced. */
uint64_t pcg64_dxsm_next(struct pcg64_dxsm *generator) {
    uint64_t high = (uint64_t)(generator->state >> 64U);
    uint64_t low = (uint64_t)generator->state | 1U;
    generator->state = generator->state * DXSM_MULTIPLIER + generator->increment;
    high = (high ^ (high >> 32U)) * DXSM_MULTIPLIER;
    return (high ^ (high >> 48U)) * low;
}
