#include "engine/state.h"

#include "base/memory.h"
#include "engine/table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The number rises with every change of the format. */
static const char MAGIC[16] = "anreiz state 2\n";

enum { TEXT_MOST = 1 << 24 };

/* The first block of a shard (counted from 0) of `blocks` blocks, without overflow. */
static uint64_t cut(uint64_t blocks, uint64_t shard, uint64_t shards) {
    uint64_t more = blocks % shards;
    return blocks / shards * shard + (shard < more ? shard : more);
}

void state_cut(struct state *state, uint64_t asked, uint64_t shard, uint64_t shards) {
    uint64_t blocks = (asked + BLOCK_REPLICATIONS - 1) / BLOCK_REPLICATIONS;
    uint64_t begin = cut(blocks, shard - 1, shards) * BLOCK_REPLICATIONS;
    uint64_t end = cut(blocks, shard, shards) * BLOCK_REPLICATIONS;
    state->asked = asked;
    state->shard = shard;
    state->shards = shards;
    state->begin = begin < asked ? begin : asked;
    state->end = end < asked ? end : asked;
    if (state->begin == state->end) { /* no blocks: the place of the next one, a whole block */
        state->begin = begin;
        state->end = begin;
    }
}

bool state_write(const struct state *state, struct results *results, FILE *stream,
                 struct error *error) {
    struct binary_writer *writer = memory_array(1, sizeof *writer, "buffers of a file", error);
    if (writer == NULL) {
        return false;
    }
    writer->stream = stream;
    binary_put(writer, MAGIC, sizeof MAGIC);
    binary_put_text(writer, state->program);
    const uint64_t numbers[] = {state->shard, state->shards, state->asked,     state->begin,
                                state->end,   state->done,   state->plan_count};
    for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++) {
        binary_put_number(writer, numbers[n]);
    }
    for (size_t p = 0; p < state->plan_count; p++) {
        binary_put_text(writer, state->plans[p].scenario);
        binary_put_number(writer, state->plans[p].row_bytes);
        binary_put_number(writer, state->plans[p].row_sum);
    }
    bool good = true;
    for (size_t v = 0; good && v < results->variant_count; v++) {
        good = table_put(&results->variants[v].values, writer, error) &&
               (v == 0 || table_put(&results->variants[v].differences, writer, error));
    }
    binary_finish(writer);
    free(writer);
    return good;
}

static bool damaged(const char *path, struct error *error) {
    return error_add(error, ERROR_FAILURE,
                     "%s: the file is damaged (its checksum or its content is wrong): simulate "
                     "this part again with --force",
                     path);
}

static bool check_magic(struct binary_reader *reader, const char *path, struct error *error) {
    char magic[sizeof MAGIC];
    binary_get(reader, magic, sizeof magic);
    if (!reader->failed && memcmp(magic, MAGIC, sizeof magic) == 0) {
        return true;
    }
    if (!reader->failed && strncmp(magic, MAGIC, strlen("anreiz state ")) == 0) {
        return error_add(error, ERROR_QUESTION,
                         "%s: written by a version of anreiz with another format: go on with that "
                         "version, or begin anew with --force",
                         path);
    }
    return error_add(error, ERROR_QUESTION, "%s: not the state of a run", path);
}

static bool sound(const struct state *state, uint64_t plans) {
    struct state expected = {0};
    if (state->shards == 0 || state->shard == 0 || state->shard > state->shards || plans == 0 ||
        plans > STATE_PLANS_MOST || state->asked > UINT64_MAX / 8) {
        return false;
    }
    state_cut(&expected, state->asked, state->shard, state->shards);
    return expected.begin == state->begin && expected.end == state->end &&
           state->done <= state->end - state->begin &&
           (state->done % BLOCK_REPLICATIONS == 0 || state->begin + state->done == state->asked);
}

bool state_read(struct state *state, FILE *stream, const char *path, struct error *error) {
    struct binary_reader reader = {.stream = stream};
    *state = (struct state){0};
    bool whole = binary_is_whole(stream);
    if (!check_magic(&reader, path, error)) {
        return false;
    }
    if (!whole) {
        return damaged(path, error);
    }
    state->program = binary_get_text(&reader, TEXT_MOST);
    uint64_t *const numbers[] = {&state->shard, &state->shards, &state->asked,
                                 &state->begin, &state->end,    &state->done};
    for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++) {
        *numbers[n] = binary_get_number(&reader);
    }
    uint64_t plans = binary_get_number(&reader);
    bool good = !reader.failed && sound(state, plans);
    for (size_t p = 0; good && p < plans; p++) {
        state->plans[p].scenario = binary_get_text(&reader, TEXT_MOST);
        state->plan_count = p + 1;
        state->plans[p].row_bytes = binary_get_number(&reader);
        state->plans[p].row_sum = binary_get_number(&reader);
        good = !reader.failed;
    }
    if (!good) {
        state_free(state);
        return damaged(path, error);
    }
    return true;
}

static bool same_stretch(const struct state *state, const struct table *table) {
    uint64_t blocks = (state->done + BLOCK_REPLICATIONS - 1) / BLOCK_REPLICATIONS;
    return table->spans.first == state->begin / BLOCK_REPLICATIONS && table->spans.blocks == blocks;
}

bool state_read_tables(const struct state *state, struct results *results, FILE *stream,
                       const char *path, struct error *error) {
    struct binary_reader reader = {.stream = stream};
    bool good = state->plan_count == results->variant_count;
    for (size_t v = 0; good && v < results->variant_count; v++) {
        struct variant *variant = &results->variants[v];
        good = table_get(&variant->values, &reader, error) &&
               same_stretch(state, &variant->values) &&
               (v == 0 || (table_get(&variant->differences, &reader, error) &&
                           same_stretch(state, &variant->differences)));
    }
    results->replications = state->done;
    return good || (error->kind == ERROR_NONE && damaged(path, error));
}

void state_free(struct state *state) {
    free(state->program);
    for (size_t p = 0; p < state->plan_count; p++) {
        free(state->plans[p].scenario);
    }
    *state = (struct state){0};
}
