#include "base/quantiles.h"
#include "base/random.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add(struct quantiles *quantiles, double value) {
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(quantiles_add(quantiles, value, &error));
}

static double read_one(const struct quantiles *quantiles, double probability) {
    struct error error = {0};
    double value = 0.0;
    CU_ASSERT_TRUE_FATAL(quantiles_read(quantiles, &probability, &value, 1, &error));
    return value;
}

static int compare_doubles(const void *a, const void *b) {
    double first = *(const double *)a;
    double second = *(const double *)b;
    return (first > second) - (first < second);
}

/* GSL's quantiles are of type 7 as well. Values are floats, so that nothing is rounded. */
static void few_values_have_exact_quantiles(void) {
    const size_t counts[7] = {1, 2, 3, 10, 511, 1023, 1024};
    enum { ASKED = 9 };
    const double probability[ASKED] = {0.0, 0.01, 0.1, 0.25, 0.5, 0.775, 0.9, 0.999, 1.0};
    for (size_t c = 0; c < 7; c++) {
        struct quantiles quantiles = {0};
        static double values[1024];
        for (size_t i = 0; i < counts[c]; i++) {
            values[i] = (double)(float)(1e6 * (random_uniform(2, i) - 0.4));
            add(&quantiles, values[i]);
        }
        qsort(values, counts[c], sizeof values[0], compare_doubles);
        double got[ASKED];
        struct error error = {0};
        CU_ASSERT_TRUE_FATAL(quantiles_read(&quantiles, probability, got, ASKED, &error));
        for (size_t p = 0; p < ASKED; p++) {
            double wanted =
                gsl_stats_quantile_from_sorted_data(values, 1, counts[c], probability[p]);
            CU_ASSERT_DOUBLE_EQUAL(got[p], wanted, 1e-6);
        }
        quantiles_free(&quantiles);
    }
}

static void values_added_together_are_values_added(void) {
    struct quantiles together = {0};
    struct quantiles single = {0};
    struct error error = {0};
    size_t added = 0;
    for (uint64_t block = 0; block < 400; block++) {
        double values[9];
        size_t count = block % 10;
        for (size_t i = 0; i < count; i++) {
            double u = random_uniform(13, added++);
            values[i] = u < .1 ? (double)NAN : u - .5;
            CU_ASSERT_TRUE_FATAL(quantiles_add(&single, values[i], &error));
        }
        CU_ASSERT_TRUE_FATAL(quantiles_add_all(&together, values, count, &error));
        CU_ASSERT_EQUAL(together.count, single.count);
        CU_ASSERT_EQUAL(together.added, added);
    }
    for (int p = 0; p <= 1000; p++) {
        double probability = p / 1000.0;
        double one;
        double other;
        CU_ASSERT_TRUE_FATAL(quantiles_read(&together, &probability, &one, 1, &error));
        CU_ASSERT_TRUE_FATAL(quantiles_read(&single, &probability, &other, 1, &error));
        CU_ASSERT_EQUAL(one, other);
    }
    quantiles_free(&together);
    quantiles_free(&single);
}

static void quantiles_interpolate(void) {
    struct quantiles quantiles = {0};
    const double values[4] = {40.0, 10.0, 30.0, 20.0};
    for (size_t i = 0; i < 4; i++) {
        add(&quantiles, values[i]);
    }
    CU_ASSERT_DOUBLE_EQUAL(read_one(&quantiles, 0.5), 25.0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(read_one(&quantiles, 0.1), 13.0, 1e-12);
    CU_ASSERT_EQUAL(read_one(&quantiles, 1.0), 40.0);
    add(&quantiles, 50.0); /* reading leaves the sketch as it was */
    CU_ASSERT_DOUBLE_EQUAL(read_one(&quantiles, 0.5), 30.0, 1e-12);
    quantiles_free(&quantiles);
}

static void quantiles_order_all_kinds_of_values(void) {
    struct quantiles quantiles = {0};
    const double sorted[9] = {-HUGE_VAL, -1e30, -2.0, -1e-40, 0.0, 1e-40, 3.0, 1e30, HUGE_VAL};
    const size_t order[9] = {4, 8, 1, 6, 0, 3, 7, 2, 5};
    for (size_t i = 0; i < 9; i++) {
        add(&quantiles, sorted[order[i]]);
        add(&quantiles, (double)NAN);
    }
    CU_ASSERT_EQUAL(quantiles.count, 9);
    for (size_t i = 0; i < 9; i++) {
        CU_ASSERT_EQUAL(read_one(&quantiles, (double)i / 8.0), (double)(float)sorted[i]);
    }
    quantiles_free(&quantiles);
    add(&quantiles, -0.0);
    CU_ASSERT_FALSE(signbit(read_one(&quantiles, 0.5)));
    quantiles_free(&quantiles);
}

static void an_empty_sketch_has_no_quantiles(void) {
    struct quantiles quantiles = {0};
    CU_ASSERT(isnan(read_one(&quantiles, 0.5)));
    add(&quantiles, (double)NAN);
    CU_ASSERT(isnan(read_one(&quantiles, 0.5)));
    quantiles_free(&quantiles);
    quantiles_free(&quantiles);
    CU_ASSERT_EQUAL(quantiles.count, 0);
}

/* Feeds 0 .. count - 1 in the order of `place`; then a value is its own rank, and the largest
 * distance over a fine grid of probabilities, as a share of the count, is the rank error. */
static double rank_error(size_t count, size_t (*place)(size_t i, size_t count)) {
    struct quantiles quantiles = {0};
    for (size_t i = 0; i < count; i++) {
        add(&quantiles, (double)place(i, count));
    }
    enum { ASKED = 2001 };
    static double probability[ASKED];
    static double values[ASKED];
    for (size_t p = 0; p < ASKED; p++) {
        probability[p] = (double)p / (ASKED - 1);
    }
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(quantiles_read(&quantiles, probability, values, ASKED, &error));
    double worst = 0.0;
    size_t disordered = 0;
    for (size_t p = 0; p < ASKED; p++) {
        double distance = fabs(values[p] / (double)(count - 1) - probability[p]);
        worst = distance > worst ? distance : worst;
        disordered += p > 0 && values[p] < values[p - 1];
    }
    CU_ASSERT_EQUAL(disordered, 0);
    quantiles_free(&quantiles);
    return worst;
}

static size_t ascending(size_t i, size_t count) {
    (void)count;
    return i;
}

static size_t descending(size_t i, size_t count) { return count - 1 - i; }

static size_t from_both_ends(size_t i, size_t count) {
    return i % 2 == 0 ? i / 2 : count - 1 - i / 2;
}

/* A permutation for any count that is no multiple of the primes. */
static size_t striding(size_t i, size_t count) { return i * 514229 % count; }

/* Halves are interleaved, so that every compaction sees the same pattern. */
static size_t riffled(size_t i, size_t count) {
    return i % 2 == 0 ? i / 2 : (count + 1) / 2 + i / 2;
}

/* A pseudo-random order: Fisher and Yates once, kept for the count asked. */
static size_t shuffled(size_t i, size_t count) {
    static size_t *order = NULL;
    static size_t length = 0;
    if (i == 0) {
        free(order);
        order = malloc(count * sizeof *order);
        CU_ASSERT_PTR_NOT_NULL_FATAL(order);
        length = count;
        for (size_t k = 0; k < length; k++) {
            size_t other = (size_t)(random_uniform(3, k) * (double)(k + 1));
            order[k] = order[other];
            order[other] = k;
        }
    }
    size_t value = order[i];
    if (i == length - 1) {
        free(order);
        order = NULL;
    }
    return value;
}

/* (L + 1) / 2048 with L = log2(n / 1024) rounded up. */
static double worst_case(size_t count) {
    double levels = ceil(log2((double)count / 1024.0));
    return (levels + 1.0) / 2048.0;
}

static void rank_error_stays_under_its_bound(void) {
    size_t (*const orders[6])(size_t, size_t) = {ascending, descending, from_both_ends,
                                                 striding,  riffled,    shuffled};
    const size_t counts[5] = {1025, 2049, 10007, 100003, 1000003};
    for (size_t c = 0; c < 5; c++) {
        for (size_t o = 0; o < 6; o++) {
            CU_ASSERT(rank_error(counts[c], orders[o]) <= worst_case(counts[c]));
        }
    }
}

static void rank_error_is_usually_small(void) {
    const size_t counts[4] = {2049, 10007, 100003, 1000003};
    for (size_t c = 0; c < 4; c++) {
        CU_ASSERT(rank_error(counts[c], shuffled) < 1.0 / 400.0);
    }
}

/* What the samples hold, each value times its weight, is every value once. */
static uint64_t weight_of(const struct sample *sample) {
    return sample == NULL ? 0 : (uint64_t)sample->count << sample->exponent;
}

static uint64_t weight_kept(const struct quantiles *quantiles) {
    uint64_t total = quantiles->waiting_used + weight_of(quantiles->head);
    total += weight_of(quantiles->open);
    for (size_t n = 0; n < quantiles->node_count; n++) {
        total += weight_of(quantiles->nodes[n]);
    }
    return total;
}

static void weights_add_up_to_the_count(void) {
    struct quantiles quantiles = {0};
    for (size_t i = 0; i < 50000; i++) {
        add(&quantiles, (double)i);
        if (i % 997 == 0) {
            CU_ASSERT_EQUAL(weight_kept(&quantiles), i + 1);
            CU_ASSERT_EQUAL(quantiles.count, i + 1);
        }
    }
    quantiles_free(&quantiles);
}

static size_t bytes_of(const struct sample *sample) {
    if (sample == NULL) {
        return 0;
    }
    size_t each = sizeof(float) + (sample->runs < sample->count ? sizeof(uint16_t) : 0);
    return sizeof *sample + each * sample->runs;
}

static size_t bytes_kept(const struct quantiles *quantiles) {
    size_t bytes = quantiles->waiting_capacity * sizeof(float) + bytes_of(quantiles->head) +
                   bytes_of(quantiles->open);
    for (size_t n = 0; n < quantiles->node_count; n++) {
        bytes += bytes_of(quantiles->nodes[n]);
    }
    return bytes;
}

/* Two KiB for each binary digit of n / 1024, four for the chunk that is filled, half of one for
 * values that wait. */
static void memory_grows_by_the_logarithm(void) {
    struct quantiles quantiles = {0};
    size_t most = 0;
    for (size_t i = 0; i < 1000000; i++) {
        add(&quantiles, (double)(i * 7919 % 1000003));
        size_t bytes = i % 256 == 0 ? bytes_kept(&quantiles) : 0;
        most = bytes > most ? bytes : most;
    }
    CU_ASSERT(most > 16384);
    CU_ASSERT(most <= 10 * 2048 + 4096 + 512 + 12 * sizeof(struct sample));
    quantiles_free(&quantiles);
}

/* A count takes few different values, so much less memory. */
static void few_different_values_take_little_memory(void) {
    struct quantiles quantiles = {0};
    for (size_t i = 0; i < 100000; i++) {
        add(&quantiles, floor(10.0 * random_uniform(5, i)));
    }
    CU_ASSERT(bytes_kept(&quantiles) < 2048);
    CU_ASSERT_EQUAL(read_one(&quantiles, 0.35), 3.0);
    CU_ASSERT_EQUAL(read_one(&quantiles, 0.99), 9.0);
    quantiles_free(&quantiles);
}

/* ---- stretches */

/* The value at a place; some are missing. */
static double value_at(uint64_t place) {
    double value = random_uniform(6, place);
    return value < 0.1 ? (double)NAN : value < 0.2 ? 0.5 : value;
}

static void fill(struct quantiles *quantiles, uint64_t first, uint64_t end) {
    *quantiles = (struct quantiles){.first = first};
    for (uint64_t place = first; place < end; place++) {
        add(quantiles, value_at(place));
    }
}

static struct binary_writer *writer_on(FILE *file) {
    static struct binary_writer writer;
    writer = (struct binary_writer){.stream = file};
    return &writer;
}

/* The bytes of a sketch in a file. */
static char *bytes_in_file(struct quantiles *quantiles, size_t *length) {
    char *bytes = NULL;
    struct error error = {0};
    FILE *file = open_memstream(&bytes, length);
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    struct binary_writer *writer = writer_on(file);
    CU_ASSERT_TRUE_FATAL(quantiles_put(quantiles, writer, &error));
    binary_finish(writer);
    (void)fclose(file);
    return bytes;
}

static bool same_bytes(struct quantiles *one, struct quantiles *other) {
    size_t lengths[2];
    char *first = bytes_in_file(one, &lengths[0]);
    char *second = bytes_in_file(other, &lengths[1]);
    bool same = lengths[0] == lengths[1] && memcmp(first, second, lengths[0]) == 0;
    free(first);
    free(second);
    return same;
}

/* Cut anywhere and put together in any grouping. */
static void appended_stretches_are_the_whole(void) {
    const uint64_t cuts[6][5] = {{0, 1, 2, 3, 4},
                                 {0, 1000, 1024, 1030, 30000},
                                 {8, 8, 2048, 4096, 30000},
                                 {1016, 5000, 5008, 20480, 30000},
                                 {7, 1031, 9000, 9216, 29999},
                                 {4096, 6144, 6152, 7000, 12296}};
    for (size_t c = 0; c < 6; c++) {
        for (size_t grouping = 0; grouping < 3; grouping++) {
            struct error error = {0};
            struct quantiles parts[4];
            struct quantiles whole;
            for (size_t p = 0; p < 4; p++) {
                fill(&parts[p], cuts[c][p], cuts[c][p + 1]);
            }
            fill(&whole, cuts[c][0], cuts[c][4]);
            static const size_t ORDER[3][3][2] = {
                {{0, 1}, {0, 2}, {0, 3}}, {{2, 3}, {1, 2}, {0, 1}}, {{0, 1}, {2, 3}, {0, 2}}};
            for (size_t step = 0; step < 3; step++) {
                const size_t *pair = ORDER[grouping][step];
                CU_ASSERT_TRUE_FATAL(quantiles_append(&parts[pair[0]], &parts[pair[1]], &error));
            }
            CU_ASSERT_TRUE(same_bytes(&parts[0], &whole));
            CU_ASSERT_EQUAL(read_one(&parts[0], 0.3), read_one(&whole, 0.3));
            add(&parts[0], 0.123);
            CU_ASSERT_FALSE(same_bytes(&parts[0], &whole));
            quantiles_free(&parts[0]);
            quantiles_free(&whole);
        }
    }
}

static void files_hold_the_whole_sketch(void) {
    struct quantiles whole;
    struct quantiles back = {0};
    struct error error = {0};
    size_t length;
    fill(&whole, 1000, 20000);
    char *bytes = bytes_in_file(&whole, &length);
    FILE *file = fmemopen(bytes, length, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    struct binary_reader reader = {.stream = file};
    CU_ASSERT_TRUE(binary_is_whole(file));
    CU_ASSERT_TRUE(quantiles_get(&back, &reader, &error));
    CU_ASSERT_TRUE(same_bytes(&back, &whole));
    for (uint64_t place = 20000; place < 30000; place++) {
        add(&back, value_at(place));
        add(&whole, value_at(place));
    }
    CU_ASSERT_TRUE(same_bytes(&back, &whole));
    (void)fclose(file);
    free(bytes);
    quantiles_free(&back);
    quantiles_free(&whole);
}

/* Whichever byte of a file changes, the checksum tells; and whatever is in a file that lost its
 * end, reading ends. */
static void damage_of_a_file_is_found(void) {
    struct quantiles whole;
    size_t length;
    fill(&whole, 1016, 3000);
    char *bytes = bytes_in_file(&whole, &length);
    size_t believed = 0;
    for (size_t at = 0; at < length; at += 13) {
        bytes[at] ^= 0x10;
        FILE *file = fmemopen(bytes, length, "r");
        CU_ASSERT_PTR_NOT_NULL_FATAL(file);
        believed += binary_is_whole(file);
        (void)fclose(file);
        bytes[at] ^= 0x10;
    }
    CU_ASSERT_EQUAL(believed, 0);
    for (size_t left = 1; left < length - 8; left += 101) {
        struct quantiles back = {0};
        struct error error = {0};
        FILE *file = fmemopen(bytes, left, "r");
        CU_ASSERT_PTR_NOT_NULL_FATAL(file);
        struct binary_reader reader = {.stream = file};
        CU_ASSERT_FALSE(binary_is_whole(file));
        CU_ASSERT_FALSE(quantiles_get(&back, &reader, &error));
        CU_ASSERT_TRUE(reader.failed);
        quantiles_free(&back);
        (void)fclose(file);
    }
    free(bytes);
    quantiles_free(&whole);
}

/* Values that are rarely defined keep their own resolution: one in fifty of 200,000 histories. */
static void rare_values_keep_their_resolution(void) {
    struct quantiles quantiles = {0};
    for (size_t i = 0; i < 200000; i++) {
        add(&quantiles, i % 50 == 0 ? (double)(i / 50 * 1009 % 4000) : (double)NAN);
    }
    CU_ASSERT_EQUAL(quantiles.count, 4000);
    for (int p = 1; p < 20; p++) {
        CU_ASSERT_DOUBLE_EQUAL(read_one(&quantiles, p / 20.0), 3999.0 * p / 20.0, 40.0);
    }
    quantiles_free(&quantiles);
}

/* The five-number summary of a known law. */
static void quantiles_of_a_law_are_met(void) {
    struct quantiles quantiles = {0};
    for (uint64_t i = 0; i < 200000; i++) {
        add(&quantiles, -log(random_uniform(4, i))); /* exponential */
    }
    const double probability[5] = {0.05, 0.25, 0.5, 0.75, 0.95};
    for (size_t p = 0; p < 5; p++) {
        double q = probability[p];
        double sampling = sqrt(q * (1.0 - q) / 200000.0);
        double rank = 1.0 - exp(-read_one(&quantiles, q));
        CU_ASSERT(fabs(rank - q) < 5.0 * sampling + 1.0 / 400.0);
    }
    quantiles_free(&quantiles);
}

static const struct test TESTS[] = {
    {"values added together are values added one by one", values_added_together_are_values_added},
    {"up to 1024 values have exact quantiles", few_values_have_exact_quantiles},
    {"quantiles are interpolated between order statistics", quantiles_interpolate},
    {"negative, tiny and infinite values are in order", quantiles_order_all_kinds_of_values},
    {"an empty sketch has no quantiles", an_empty_sketch_has_no_quantiles},
    {"the rank error stays under its bound in any order", rank_error_stays_under_its_bound},
    {"the rank error of shuffled values is under 1/400", rank_error_is_usually_small},
    {"the weights of the kept values add up to the count", weights_add_up_to_the_count},
    {"a million values take at most 25 KiB", memory_grows_by_the_logarithm},
    {"few different values take little memory", few_different_values_take_little_memory},
    {"sketches of neighbouring stretches append to the sketch of the whole",
     appended_stretches_are_the_whole},
    {"a file holds a sketch, which then goes on as if it had not been away",
     files_hold_the_whole_sketch},
    {"a damaged file is found", damage_of_a_file_is_found},
    {"values that are rarely defined keep their resolution", rare_values_keep_their_resolution},
    {"quantiles of exponential values are those of the law", quantiles_of_a_law_are_met},
};

const struct suite suite_quantiles = {"quantiles", TESTS, sizeof TESTS / sizeof TESTS[0]};
