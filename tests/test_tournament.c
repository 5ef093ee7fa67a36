#include "base/random.h"
#include "base/tournament.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

enum { COUNT = 77, CHANGES = 4000 }; /* not a power of 2 */

/* The first of the least by looking at all. */
static size_t least(const double *value, size_t first, size_t end) {
    size_t best = COUNT;
    for (size_t i = first; i < end; i++) {
        if (value[i] < (best < COUNT ? value[best] : (double)INFINITY)) {
            best = i;
        }
    }
    return best;
}

/* Few different values, so that many are equal; some take no part. */
static double some_value(uint64_t n) {
    uint64_t k = random_bits(1, n) % 12;
    return k == 0 ? (double)INFINITY : (double)k;
}

static void the_least_is_that_of_looking_at_all_whatever_changes(void) {
    struct error error = {0};
    struct tournament tournament;
    CU_ASSERT_TRUE_FATAL(tournament_init(&tournament, COUNT, &error));
    for (size_t i = 0; i < COUNT; i++) {
        tournament.value[i] = some_value(i);
    }
    tournament_play(&tournament);
    size_t wrong = 0;
    for (uint64_t n = 0; n < CHANGES; n++) {
        size_t first = (size_t)(random_bits(2, n) % COUNT);
        size_t end = first + (size_t)(random_bits(3, n) % (COUNT - first + 1));
        wrong += tournament_least(&tournament, first, end) != least(tournament.value, first, end);
        tournament_set(&tournament, (size_t)(random_bits(4, n) % COUNT), some_value(COUNT + n));
    }
    CU_ASSERT_EQUAL(wrong, 0);
    tournament_free(&tournament);
}

static void nobody_wins_where_nobody_takes_part(void) {
    struct error error = {0};
    struct tournament tournament;
    for (size_t count = 0; count < 4; count++) {
        CU_ASSERT_TRUE_FATAL(tournament_init(&tournament, count, &error));
        for (size_t i = 0; i < count; i++) {
            tournament.value[i] = (double)INFINITY;
        }
        tournament_play(&tournament);
        CU_ASSERT_EQUAL(tournament_least(&tournament, 0, count), count);
        if (count > 0) {
            tournament_set(&tournament, count - 1, 1.0);
            CU_ASSERT_EQUAL(tournament_least(&tournament, 0, count), count - 1);
            CU_ASSERT_EQUAL(tournament_least(&tournament, 0, count - 1), count);
        }
        tournament_free(&tournament);
    }
}

static const struct test TESTS[] = {
    {"the least is that of looking at all, whatever changes",
     the_least_is_that_of_looking_at_all_whatever_changes},
    {"nobody wins where nobody takes part", nobody_wins_where_nobody_takes_part},
};

const struct suite suite_tournament = {"tournament", TESTS, sizeof TESTS / sizeof *TESTS};
