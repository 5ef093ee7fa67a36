/* The streams of Debian's libpcg-cpp-dev, to be compared with our own of the same seeds.
 * Ownership: the caller owns `words`; 128-bit numbers are given as {high, low}. */
#ifndef TESTS_TEST_RANDOM_REFERENCE_H
#define TESTS_TEST_RANDOM_REFERENCE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void reference_pcg32(uint64_t seed, uint64_t stream, uint32_t words[], size_t count);
void reference_pcg64(const uint64_t seed[2], const uint64_t stream[2], uint64_t words[],
                     size_t count);
void reference_pcg64_rxs(uint64_t seed, uint64_t stream, uint64_t words[], size_t count);

#ifdef __cplusplus
}
#endif

#endif
