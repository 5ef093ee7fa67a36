#include "test_random_reference.h"

#include <pcg_random.hpp>

namespace {

template <typename Engine, typename Word> void draw(Engine engine, Word words[], size_t count) {
    for (size_t i = 0; i < count; i++) {
        words[i] = engine();
    }
}

pcg_extras::pcg128_t wide(const uint64_t halves[2]) {
    return (static_cast<pcg_extras::pcg128_t>(halves[0]) << 64U) | halves[1];
}

} // namespace

void reference_pcg32(uint64_t seed, uint64_t stream, uint32_t words[], size_t count) {
    draw(pcg_engines::setseq_xsh_rr_64_32(seed, stream), words, count);
}

void reference_pcg64(const uint64_t seed[2], const uint64_t stream[2], uint64_t words[],
                     size_t count) {
    draw(pcg_engines::setseq_xsl_rr_128_64(wide(seed), wide(stream)), words, count);
}

void reference_pcg64_rxs(uint64_t seed, uint64_t stream, uint64_t words[], size_t count) {
    draw(pcg_engines::setseq_rxs_m_xs_64_64(seed, stream), words, count);
}
