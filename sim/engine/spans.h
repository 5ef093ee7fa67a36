/* The moments of the cells of a table while replications are added, in a grouping that is always
 * the same: blocks of 8 replications, joined in pairs, pairs of pairs and so on, so that tables of
 * neighbouring stretches of replications can be appended with the same bytes as one table.
 * Ownership: spans_init allocates, spans_free frees and accepts a zeroed struct. */
#ifndef ENGINE_SPANS_H
#define ENGINE_SPANS_H

#include "base/binary.h"
#include "base/error.h"
#include "base/statistics.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Replications that are simulated and added at a time. Part of the results: another number would
 * change last digits. */
enum { BLOCK_REPLICATIONS = 8, SPANS_MOST = 128 };

struct spans {
    size_t cells;
    uint64_t first;  /* block */
    uint64_t blocks; /* added */
    size_t count;
    struct moments *spans[SPANS_MOST]; /* the coarsest cut of the blocks, from the first on */
    size_t spare_count;
    struct moments *spare[SPANS_MOST]; /* memory that is not used at the moment */
};

void spans_init(struct spans *spans, size_t cells, uint64_t first_block);

/* The moments of the next block, to be filled for each cell; NULL and a sentence without memory.
 * spans_end then joins it to the others. */
struct moments *spans_begin(struct spans *spans, struct error *error);
void spans_end(struct spans *spans);

/* Appends the spans that follow, which are empty afterwards. */
void spans_append(struct spans *spans, struct spans *next);

/* The moments of a cell over all blocks. */
struct moments spans_read(const struct spans *spans, size_t cell);

/* To a file and back into spans that were initialised; false in reading: no memory, or the file is
 * not about so many cells (`reader->failed`). */
void spans_put(const struct spans *spans, struct binary_writer *writer);
bool spans_get(struct spans *spans, struct binary_reader *reader, struct error *error)
    __attribute__((warn_unused_result));

void spans_free(struct spans *spans);

#endif
