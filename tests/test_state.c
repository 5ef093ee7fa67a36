/* Parts of experiments: cut anywhere, put together in any grouping, written to a file and read
 * back, they are the bytes of the whole. */
#include "engine/state.h"
#include "test.h"

#include "engine/experiment.h"
#include "engine/table.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void load(struct scenario *scenario, const char *path) {
    const char *sets[] = {"simulation.years=1", "simulation.effort=none"};
    struct error error = {0};
    bool loaded = scenario_load(scenario, path, sets, 2, &error);
    CU_ASSERT_TRUE_FATAL(loaded);
}

/* The state of results in a file, and where its tables begin. */
static char *write_state(struct state *state, struct results *results, size_t *length) {
    char *bytes = NULL;
    struct error error = {0};
    FILE *file = open_memstream(&bytes, length);
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_TRUE_FATAL(state_write(state, results, file, &error));
    (void)fclose(file);
    return bytes;
}

static void begin_state(struct state *state, uint64_t asked, uint64_t shard, uint64_t shards) {
    *state = (struct state){.plan_count = 2};
    state_cut(state, asked, shard, shards);
    state->program = strdup("anreiz of the test");
    state->plans[0] = (struct state_plan){strdup("one"), 3, 4};
    state->plans[1] = (struct state_plan){strdup("two"), 5, 6};
    state->done = state->end - state->begin;
}

/* Simulates a stretch of the comparison. */
static void simulate(const struct scenario *const both[2], uint64_t asked, uint64_t begin,
                     uint64_t end, struct results *results) {
    struct error error = {0};
    const struct experiment experiment = {.scenarios = both,
                                          .scenario_count = 2,
                                          .seed = 3,
                                          .replications = asked,
                                          .begin = begin,
                                          .end = end,
                                          .threads = 2};
    CU_ASSERT_TRUE_FATAL(experiment_run(&experiment, results, &error));
    CU_ASSERT_EQUAL(results->replications, end - begin);
    CU_ASSERT_FALSE(results->interrupted);
}

static void append(struct results *results, struct results *next) {
    struct error error = {0};
    for (size_t v = 0; v < 2; v++) {
        CU_ASSERT_TRUE_FATAL(
            table_append(&results->variants[v].values, &next->variants[v].values, &error));
        if (v > 0) {
            CU_ASSERT_TRUE_FATAL(table_append(&results->variants[v].differences,
                                              &next->variants[v].differences, &error));
        }
    }
    results_free(next);
}

static void shards_append_to_the_whole(void) {
    enum { ASKED = 45, SHARDS = 4 };
    struct scenario scenarios[2] = {0};
    load(&scenarios[0], "scenarios/short_term_bonus.cfg");
    load(&scenarios[1], "scenarios/long_term_kam.cfg");
    const struct scenario *both[] = {&scenarios[0], &scenarios[1]};
    struct results whole;
    struct results parts[SHARDS] = {0};
    simulate(both, ASKED, 0, ASKED, &whole);
    for (uint64_t shard = 1; shard <= SHARDS; shard++) {
        struct state state;
        struct state read;
        struct results simulated;
        struct error error = {0};
        size_t length;
        begin_state(&state, ASKED, shard, SHARDS);
        simulate(both, ASKED, state.begin, state.end, &simulated);
        char *bytes = write_state(&state, &simulated, &length);
        FILE *file = fmemopen(bytes, length, "r");
        CU_ASSERT_PTR_NOT_NULL_FATAL(file);
        CU_ASSERT_TRUE_FATAL(state_read(&read, file, "x", &error));
        CU_ASSERT_EQUAL(read.shard, shard);
        CU_ASSERT_EQUAL(read.plans[1].row_sum, 6);
        CU_ASSERT_STRING_EQUAL(read.plans[0].scenario, "one");
        CU_ASSERT_TRUE_FATAL(results_init(&parts[shard - 1], both, 2, read.begin, &error));
        CU_ASSERT_TRUE_FATAL(state_read_tables(&read, &parts[shard - 1], file, "x", &error));
        (void)fclose(file);
        free(bytes);
        results_free(&simulated);
        state_free(&state);
        state_free(&read);
    }
    append(&parts[1], &parts[2]);
    append(&parts[0], &parts[1]);
    append(&parts[0], &parts[3]);
    struct state state;
    size_t lengths[2];
    begin_state(&state, ASKED, 1, 1);
    char *one = write_state(&state, &whole, &lengths[0]);
    char *other = write_state(&state, &parts[0], &lengths[1]);
    CU_ASSERT_EQUAL_FATAL(lengths[0], lengths[1]);
    CU_ASSERT_EQUAL(memcmp(one, other, lengths[0]), 0);
    results_settle(&parts[0]);
    size_t cells = table_cells(&whole.variants[1].differences);
    size_t wrong = 0;
    for (size_t c = 0; c < cells; c++) {
        const struct cell *first = &whole.variants[1].differences.cells[c];
        const struct cell *second = &parts[0].variants[1].differences.cells[c];
        wrong += memcmp(&first->moments, &second->moments, sizeof first->moments) != 0;
        wrong += first->above != second->above || first->equal != second->equal;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    free(one);
    free(other);
    state_free(&state);
    results_free(&whole);
    results_free(&parts[0]);
    scenario_free(&scenarios[0]);
    scenario_free(&scenarios[1]);
}

/* Whole blocks, without gaps, sizes that differ by a block at most. */
static void shards_cut_a_run_into_whole_blocks(void) {
    const uint64_t asked[5] = {1, 8, 100, 1000, 1000000000};
    const uint64_t shards[5] = {1, 2, 5, 16, 1000};
    for (size_t a = 0; a < 5; a++) {
        for (size_t s = 0; s < 5; s++) {
            uint64_t next = 0;
            uint64_t least = UINT64_MAX;
            uint64_t most = 0;
            for (uint64_t i = 1; i <= shards[s]; i++) {
                struct state state = {0};
                state_cut(&state, asked[a], i, shards[s]);
                CU_ASSERT_EQUAL(state.begin % BLOCK_REPLICATIONS, 0);
                uint64_t length = state.end - state.begin;
                CU_ASSERT(length == 0 || state.begin == next);
                next = length == 0 ? next : state.end;
                least = length < least ? length : least;
                most = length > most ? length : most;
            }
            CU_ASSERT_EQUAL(next, asked[a]);
            CU_ASSERT(most - least < 2 * BLOCK_REPLICATIONS);
        }
    }
}

/* A file that lost its end, or is something else, is refused with a sentence. */
static void what_is_no_state_is_refused(void) {
    const char *const texts[3] = {"", "anreiz state 2\n", "metric,role,segment,month,unit,mean"};
    for (size_t t = 0; t < 3; t++) {
        struct state state;
        struct error error = {0};
        FILE *file = tmpfile();
        CU_ASSERT_PTR_NOT_NULL_FATAL(file);
        (void)fputs(texts[t], file);
        rewind(file);
        CU_ASSERT_FALSE(state_read(&state, file, "there/run.state", &error));
        CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "there/run.state: "));
        CU_ASSERT_EQUAL(error.count, 1);
        error_free(&error);
        (void)fclose(file);
    }
}

static const struct test TESTS[] = {
    {"shards of a comparison, by way of files, append to the bytes of the whole",
     shards_append_to_the_whole},
    {"shards cut a run into whole blocks without gaps", shards_cut_a_run_into_whole_blocks},
    {"what is no state is refused", what_is_no_state_is_refused},
};

const struct suite suite_state = {"state", TESTS, sizeof TESTS / sizeof TESTS[0]};
