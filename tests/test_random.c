#include "base/random.h"
#include "test.h"
#include "test_random_reference.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* ---- known answers */

static void pcg32_gives_published_numbers(void) {
    static const uint32_t published[6] = {0xa15c02b7U, 0x7b47f409U, 0xba1d3330U,
                                          0x83d2f293U, 0xbfa4784bU, 0xcbed606eU};
    struct pcg32 generator;
    pcg32_seed(&generator, 42, 54);
    for (size_t i = 0; i < 6; i++) {
        CU_ASSERT_EQUAL(pcg32_next(&generator), published[i]);
    }
}

/* From cm_setseq_dxsm_128_64 of pcg-cpp's later versions, as the tests of the Rust crate rand_pcg
 * quote them. */
static void pcg64_dxsm_gives_published_numbers(void) {
    static const uint64_t published[6] = {
        UINT64_C(17331114245835578256), UINT64_C(10267467544499227306),
        UINT64_C(9726600296081716989),  UINT64_C(10165951391103677450),
        UINT64_C(12131334649314727261), UINT64_C(10134094537930450875)};
    struct pcg64_dxsm generator;
    pcg64_dxsm_seed(&generator, 42, 54);
    for (size_t i = 0; i < 6; i++) {
        CU_ASSERT_EQUAL(pcg64_dxsm_next(&generator), published[i]);
    }
}

/* ---- against libpcg-cpp */

enum { STREAM_LENGTH = 10000, SEEDS = 6 };

static const uint64_t SEED_PAIRS[SEEDS][2] = {
    {0, 0},
    {42, 54},
    {UINT64_MAX, UINT64_MAX},
    {UINT64_C(0x123456789ABCDEF0), UINT64_C(0x0FEDCBA987654321)},
    {1, UINT64_C(0x8000000000000000)},
    {UINT64_C(0x8000000000000000), 1}};

static void pcg32_equals_libpcg(void) {
    static uint32_t expected[STREAM_LENGTH];
    for (size_t s = 0; s < SEEDS; s++) {
        reference_pcg32(SEED_PAIRS[s][0], SEED_PAIRS[s][1], expected, STREAM_LENGTH);
        struct pcg32 generator;
        pcg32_seed(&generator, SEED_PAIRS[s][0], SEED_PAIRS[s][1]);
        size_t different = 0;
        for (size_t i = 0; i < STREAM_LENGTH; i++) {
            different += pcg32_next(&generator) != expected[i];
        }
        CU_ASSERT_EQUAL(different, 0);
    }
}

static void pcg64_rxs_equals_libpcg(void) {
    static uint64_t expected[STREAM_LENGTH];
    for (size_t s = 0; s < SEEDS; s++) {
        reference_pcg64_rxs(SEED_PAIRS[s][0], SEED_PAIRS[s][1], expected, STREAM_LENGTH);
        struct pcg64_rxs generator;
        pcg64_rxs_seed(&generator, SEED_PAIRS[s][0], SEED_PAIRS[s][1]);
        size_t different = 0;
        for (size_t i = 0; i < STREAM_LENGTH; i++) {
            different += pcg64_rxs_next(&generator) != expected[i];
        }
        CU_ASSERT_EQUAL(different, 0);
    }
}

static void pcg64_equals_libpcg(void) {
    static uint64_t expected[STREAM_LENGTH];
    for (size_t s = 0; s < SEEDS; s++) {
        const uint64_t *seed = SEED_PAIRS[s];
        const uint64_t *stream = SEED_PAIRS[(s + 1) % SEEDS];
        reference_pcg64(seed, stream, expected, STREAM_LENGTH);
        struct pcg64 generator;
        pcg64_seed(&generator, (uint128)seed[0] << 64U | seed[1],
                   (uint128)stream[0] << 64U | stream[1]);
        size_t different = 0;
        for (size_t i = 0; i < STREAM_LENGTH; i++) {
            different += pcg64_next(&generator) != expected[i];
        }
        CU_ASSERT_EQUAL(different, 0);
    }
}

/* ---- PCG64 DXSM once more, from its definition and with schoolbook arithmetic in 32-bit digits */

struct digits {
    uint32_t digit[4]; /* lowest first */
};

static struct digits digits_of(uint64_t high, uint64_t low) {
    return (struct digits){
        {(uint32_t)low, (uint32_t)(low >> 32U), (uint32_t)high, (uint32_t)(high >> 32U)}};
}

static struct digits digits_multiply_add(struct digits a, struct digits b, struct digits add) {
    struct digits sum = add;
    for (size_t i = 0; i < 4; i++) {
        uint64_t carry = 0;
        for (size_t j = 0; i + j < 4; j++) {
            carry += (uint64_t)a.digit[i] * b.digit[j] + sum.digit[i + j];
            sum.digit[i + j] = (uint32_t)carry;
            carry >>= 32U;
        }
    }
    return sum;
}

static uint64_t dxsm_by_digits(struct digits *state, struct digits increment) {
    const struct digits one = {{1, 0, 0, 0}};
    const struct digits none = {{0, 0, 0, 0}};
    const struct digits multiplier = digits_of(0, UINT64_C(15750249268501108917));
    uint64_t low = ((uint64_t)state->digit[1] << 32U | state->digit[0]) | 1U;
    struct digits word = digits_of(0, (uint64_t)state->digit[3] << 32U | state->digit[2]);
    word.digit[0] ^= word.digit[1];
    word = digits_multiply_add(word, multiplier, none);
    word.digit[0] ^= word.digit[1] >> 16U;
    word.digit[2] = 0;
    word.digit[3] = 0;
    word = digits_multiply_add(word, digits_of(0, low), none);
    *state = digits_multiply_add(digits_multiply_add(*state, multiplier, increment), one, none);
    return (uint64_t)word.digit[1] << 32U | word.digit[0];
}

static void pcg64_dxsm_equals_its_definition(void) {
    for (size_t s = 0; s < SEEDS; s++) {
        const uint64_t *seed = SEED_PAIRS[s];
        const uint64_t *stream = SEED_PAIRS[(s + 3) % SEEDS];
        struct pcg64_dxsm generator;
        pcg64_dxsm_seed(&generator, (uint128)seed[0] << 64U | seed[1],
                        (uint128)stream[0] << 64U | stream[1]);
        struct digits increment =
            digits_of(stream[0] << 1U | stream[1] >> 63U, stream[1] << 1U | 1U);
        struct digits state =
            digits_multiply_add(digits_of(seed[0], seed[1]), digits_of(0, 1), increment);
        (void)dxsm_by_digits(&state, increment);
        size_t different = 0;
        for (size_t i = 0; i < STREAM_LENGTH; i++) {
            different += pcg64_dxsm_next(&generator) != dxsm_by_digits(&state, increment);
        }
        CU_ASSERT_EQUAL(different, 0);
    }
}

/* ---- draws of a row */

static void draw_is_one_step_of_rxs(void) {
    for (uint64_t entity = 0; entity < 1000; entity++) {
        uint64_t row = random_row(1, 2, 3, entity);
        struct pcg64_rxs generator = {row + entity * UINT64_C(0x9E3779B97F4A7C15),
                                      UINT64_C(1442695040888963407)};
        (void)pcg64_rxs_next(&generator);
        CU_ASSERT_EQUAL(random_bits(row, entity), pcg64_rxs_next(&generator));
    }
}

static void uniform_stays_inside(void) {
    CU_ASSERT_EQUAL(random_open(0), 0x1p-53);
    CU_ASSERT_EQUAL(random_open(UINT64_MAX), 1.0 - 0x1p-53);
    CU_ASSERT_EQUAL(random_open(UINT64_C(1) << 63U), 0.5 + 0x1p-53);
}

/* The probability of a chi-square at least as large when all cells are equally likely. */
static double evenness(const uint32_t cells[], size_t count, double draws) {
    double expected = draws / (double)count;
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        double difference = (double)cells[i] - expected;
        sum += difference * difference / expected;
    }
    return gsl_cdf_chisq_Q(sum, (double)(count - 1));
}

static const double FIVE_SIGMA = 5.7e-7;

static void bits_of_a_row_are_even(void) {
    enum { DRAWS = 1 << 20, CELLS = 1024 };
    const unsigned shifts[4] = {54, 32, 12, 0};
    for (size_t s = 0; s < 4; s++) {
        uint32_t cells[CELLS] = {0};
        uint64_t row = random_row(7, 0, 0, s);
        for (uint64_t entity = 0; entity < DRAWS; entity++) {
            cells[random_bits(row, entity) >> shifts[s] & (CELLS - 1)]++;
        }
        CU_ASSERT(evenness(cells, CELLS, DRAWS) > FIVE_SIGMA);
        CU_ASSERT(evenness(cells, CELLS, DRAWS) < 1.0 - FIVE_SIGMA);
    }
}

/* What the draws of two addresses share: their correlation in standard errors, and the evenness
 * of their pairs in a grid of 32 by 32. */
struct pairs {
    double product;
    uint32_t cells[1024];
    double count;
};

static void pairs_add(struct pairs *pairs, uint64_t first, uint64_t second) {
    pairs->product += 12.0 * (random_open(first) - 0.5) * (random_open(second) - 0.5);
    pairs->cells[(first >> 59U) * 32 + (second >> 59U)]++;
    pairs->count += 1.0;
}

static void check_pairs(const struct pairs *pairs) {
    CU_ASSERT(fabs(pairs->product / sqrt(pairs->count)) < 5.0);
    CU_ASSERT(evenness(pairs->cells, 1024, pairs->count) > FIVE_SIGMA);
}

static void neighbours_are_unrelated(void) {
    enum { DRAWS = 1 << 19 };
    struct pairs pairs[6] = {{0.0, {0}, 0.0}};
    for (uint64_t i = 0; i < DRAWS; i++) {
        uint64_t entity = i & 1023U;
        uint64_t month = i >> 10U & 63U;
        uint64_t replication = i >> 16U;
        uint64_t here = random_bits(random_row(5, replication, month, 1), entity);
        uint64_t others[6] = {random_bits(random_row(5, replication, month, 1), entity + 1),
                              random_bits(random_row(5, replication, month, 1), entity + 2),
                              random_bits(random_row(5, replication, month + 1, 1), entity),
                              random_bits(random_row(5, replication, month, 2), entity),
                              random_bits(random_row(5, replication + 1, month, 1), entity),
                              random_bits(random_row(6, replication, month, 1), entity)};
        for (size_t k = 0; k < 6; k++) {
            pairs_add(&pairs[k], here, others[k]);
        }
    }
    for (size_t k = 0; k < 6; k++) {
        check_pairs(&pairs[k]);
    }
}

/* The same draws whether all entities are drawn, or a part, or in another order. */
static void draws_do_not_depend_on_others(void) {
    enum { ENTITIES = 500 };
    uint64_t all[ENTITIES];
    uint64_t row = random_row(9, 8, 7, 6);
    for (uint64_t entity = 0; entity < ENTITIES; entity++) {
        all[entity] = random_bits(row, entity);
    }
    for (uint64_t entity = ENTITIES; entity-- > 0;) {
        if (entity % 3 == 0) {
            (void)random_bits(random_row(9, 8, entity, 6), entity);
            struct pcg64_dxsm stream = random_stream(row, entity);
            (void)pcg64_dxsm_next(&stream);
            CU_ASSERT_EQUAL(random_bits(random_row(9, 8, 7, 6), entity), all[entity]);
        }
    }
}

static void streams_of_neighbours_are_unrelated(void) {
    struct pairs beside = {0.0, {0}, 0.0};
    struct pairs within = {0.0, {0}, 0.0};
    for (uint64_t entity = 0; entity < 1 << 15; entity++) {
        struct pcg64_dxsm first = random_stream(random_row(1, 2, 3, 4), entity);
        struct pcg64_dxsm second = random_stream(random_row(1, 2, 3, 4), entity + 1);
        uint64_t before = pcg64_dxsm_next(&first);
        pairs_add(&beside, before, pcg64_dxsm_next(&second));
        for (int i = 0; i < 8; i++) {
            uint64_t next = pcg64_dxsm_next(&first);
            pairs_add(&within, before, next);
            pairs_add(&beside, next, pcg64_dxsm_next(&second));
            before = next;
        }
    }
    check_pairs(&beside);
    check_pairs(&within);
}

/* ---- the hash of a row */

static int compare_words(const void *a, const void *b) {
    uint64_t first = *(const uint64_t *)a;
    uint64_t second = *(const uint64_t *)b;
    return (first > second) - (first < second);
}

static void rows_do_not_collide(void) {
    enum { ROWS = 1 << 18 };
    uint64_t *rows = malloc(ROWS * sizeof *rows);
    CU_ASSERT_PTR_NOT_NULL_FATAL(rows);
    for (uint64_t i = 0; i < ROWS; i++) { /* small numbers in all four places */
        rows[i] = random_row(i & 15U, i >> 4U & 63U, i >> 10U & 15U, i >> 14U);
    }
    qsort(rows, ROWS, sizeof *rows, compare_words);
    size_t equal = 0;
    for (size_t i = 1; i < ROWS; i++) {
        equal += rows[i] == rows[i - 1];
    }
    CU_ASSERT_EQUAL(equal, 0);
    free(rows);
}

static void mix_tells_its_words_apart(void) {
    for (uint64_t a = 0; a < 64; a++) {
        for (uint64_t b = 0; b < a; b++) {
            CU_ASSERT_NOT_EQUAL(random_mix(a, b), random_mix(b, a));
            CU_ASSERT_NOT_EQUAL(random_mix(a, a), random_mix(b, b));
        }
    }
}

/* The largest deviation from 1/2, in standard errors, of the share of flips of any output bit. */
static double worst_flip(const uint32_t flips[64], double trials, double worst) {
    for (size_t bit = 0; bit < 64; bit++) {
        double z = fabs((double)flips[bit] - 0.5 * trials) / sqrt(0.25 * trials);
        worst = z > worst ? z : worst;
    }
    return worst;
}

/* 256 input by 64 output bits: a deviation of 6 in any has a probability of 3e-5. */
static void every_bit_of_an_address_moves_every_bit_of_the_row(void) {
    enum { TRIALS = 2000 };
    double worst = 0.0;
    for (unsigned flipped = 0; flipped < 256; flipped++) {
        uint32_t flips[64] = {0};
        for (uint64_t trial = 0; trial < TRIALS; trial++) {
            uint64_t word[4] = {trial, trial * 7, trial % 60, trial % 11};
            uint64_t before = random_row(word[0], word[1], word[2], word[3]);
            word[flipped / 64] ^= UINT64_C(1) << flipped % 64;
            uint64_t changed = before ^ random_row(word[0], word[1], word[2], word[3]);
            for (unsigned bit = 0; bit < 64; bit++) {
                flips[bit] += (uint32_t)(changed >> bit & 1U);
            }
        }
        worst = worst_flip(flips, TRIALS, worst);
    }
    CU_ASSERT(worst < 6.0);
}

static const struct test TESTS[] = {
    {"pcg32 gives the published numbers for seed 42 and stream 54", pcg32_gives_published_numbers},
    {"pcg64 DXSM gives the published numbers for seed 42 and stream 54",
     pcg64_dxsm_gives_published_numbers},
    {"pcg32 equals libpcg-cpp stream for stream", pcg32_equals_libpcg},
    {"pcg64 XSL-RR equals libpcg-cpp stream for stream", pcg64_equals_libpcg},
    {"pcg64 RXS-M-XS equals libpcg-cpp stream for stream", pcg64_rxs_equals_libpcg},
    {"pcg64 DXSM equals its definition in schoolbook arithmetic", pcg64_dxsm_equals_its_definition},
    {"a draw of a row is one step of RXS-M-XS", draw_is_one_step_of_rxs},
    {"a uniform is never 0 or 1", uniform_stays_inside},
    {"high, middle and low bits of a row are evenly distributed", bits_of_a_row_are_even},
    {"draws of neighbouring entities, months, purposes, replications and seeds are unrelated",
     neighbours_are_unrelated},
    {"a draw does not depend on what else was drawn", draws_do_not_depend_on_others},
    {"streams of neighbouring entities are unrelated", streams_of_neighbours_are_unrelated},
    {"a quarter of a million rows of small numbers do not collide", rows_do_not_collide},
    {"a mix tells its two words apart", mix_tells_its_words_apart},
    {"every bit of an address moves every bit of the row key with probability one half",
     every_bit_of_an_address_moves_every_bit_of_the_row},
};

const struct suite suite_random = {"random", TESTS, sizeof TESTS / sizeof TESTS[0]};
