/* The state of an experiment in a file: what it is about, what is done, and its tables, so that
 * another process can go on from there or put parts together. One format for shards and for runs
 * that were left; little-endian, with a checksum.
 * Ownership: state_read allocates what a struct state points to, state_free frees it and accepts a
 * zeroed struct; who fills one for state_write keeps what it points to. */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "engine/results.h"

#include <stdio.h>

enum { STATE_PLANS_MOST = 64 };

struct state_plan {
    char *scenario;     /* every parameter, as scenario_write writes it */
    uint64_t row_bytes; /* of replications.csv that belong to the state */
    uint64_t row_sum;   /* their checksum */
};

struct state {
    char *program;  /* version and commit; another one may give other numbers */
    char *stops;    /* the words of --precision, "" without; NULL is written as "" */
    uint64_t shard; /* from 1 */
    uint64_t shards;
    uint64_t asked; /* replications of the whole run */
    uint64_t begin; /* those of the shard are begin .. end - 1, counted from 0 */
    uint64_t end;
    uint64_t done; /* from `begin` on */
    size_t plan_count;
    struct state_plan plans[STATE_PLANS_MOST];
};

/* Replications begin .. end - 1 of shard 1 .. shards: whole blocks, as many as in any other or one
 * more; none when there are more shards than blocks. */
void state_cut(struct state *state, uint64_t asked, uint64_t shard, uint64_t shards);

/* Errors of the stream stay in it. */
bool state_write(const struct state *state, struct results *results, FILE *stream,
                 struct error *error) __attribute__((warn_unused_result));

/* Reads everything but the tables; `path` is for sentences. A file that is damaged, or of another
 * format, is an error. */
bool state_read(struct state *state, FILE *stream, const char *path, struct error *error)
    __attribute__((warn_unused_result));

/* Then the tables, into empty ones for the same scenarios that begin at state->begin. */
bool state_read_tables(const struct state *state, struct results *results, FILE *stream,
                       const char *path, struct error *error) __attribute__((warn_unused_result));

void state_free(struct state *state);

#endif
