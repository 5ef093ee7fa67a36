#include "engine/spans.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>

void spans_init(struct spans *spans, size_t cells, uint64_t first_block) {
    *spans = (struct spans){.cells = cells, .first = first_block};
}

void spans_free(struct spans *spans) {
    for (size_t s = 0; s < spans->count; s++) {
        free(spans->spans[s]);
    }
    for (size_t s = 0; s < spans->spare_count; s++) {
        free(spans->spare[s]);
    }
    *spans = (struct spans){0};
}

static struct moments *fresh(struct spans *spans, struct error *error) {
    if (spans->spare_count > 0) {
        return spans->spare[--spans->spare_count];
    }
    return memory_array(spans->cells, sizeof(struct moments), "moments of results", error);
}

/* Joins the last span, of 2^h blocks from i * 2^h on, with those before it as far as they are
 * pairs. */
static void join(struct spans *spans, unsigned h, uint64_t i) {
    while ((i & 1U) != 0 && ((i - 1) << h) >= spans->first) {
        struct moments *last = spans->spans[--spans->count];
        struct moments *before = spans->spans[spans->count - 1];
        for (size_t c = 0; c < spans->cells; c++) {
            before[c] = moments_merge(before[c], last[c]);
        }
        spans->spare[spans->spare_count++] = last;
        i >>= 1U;
        h++;
    }
}

struct moments *spans_begin(struct spans *spans, struct error *error) {
    assert(spans->count < SPANS_MOST); /* two for each bit of a number of blocks */
    struct moments *moments = fresh(spans, error);
    if (moments != NULL) {
        spans->spans[spans->count++] = moments;
    }
    return moments;
}

void spans_end(struct spans *spans) {
    uint64_t block = spans->first + spans->blocks;
    spans->blocks++;
    join(spans, 0, block);
}

/* The span that begins at block `at` in the coarsest cut of blocks at .. end - 1. */
static unsigned span_height(uint64_t at, uint64_t end) {
    unsigned h = 0;
    while (((at >> h) & 1U) == 0 && at + (UINT64_C(2) << h) <= end) {
        h++;
    }
    return h;
}

void spans_append(struct spans *spans, struct spans *next) {
    assert(spans->cells == next->cells && spans->first + spans->blocks == next->first);
    uint64_t at = next->first;
    uint64_t end = next->first + next->blocks;
    for (size_t s = 0; s < next->count; s++) {
        unsigned h = span_height(at, end);
        assert(spans->count < SPANS_MOST);
        spans->spans[spans->count++] = next->spans[s];
        next->spans[s] = NULL;
        join(spans, h, at >> h);
        at += UINT64_C(1) << h;
    }
    spans->blocks += next->blocks;
    spans_free(next);
}

struct moments spans_read(const struct spans *spans, size_t cell) {
    struct moments moments = {0};
    for (size_t s = 0; s < spans->count; s++) {
        moments = moments_merge(moments, spans->spans[s][cell]);
    }
    return moments;
}

void spans_put(const struct spans *spans, struct binary_writer *writer) {
    binary_put_number(writer, spans->cells);
    binary_put_number(writer, spans->first);
    binary_put_number(writer, spans->blocks);
    for (size_t s = 0; s < spans->count; s++) {
        for (size_t c = 0; c < spans->cells; c++) {
            binary_put_number(writer, spans->spans[s][c].count);
            binary_put_double(writer, spans->spans[s][c].mean);
            binary_put_double(writer, spans->spans[s][c].squares);
        }
    }
}

static void get_span(struct moments *moments, size_t cells, struct binary_reader *reader) {
    for (size_t c = 0; c < cells; c++) {
        moments[c].count = binary_get_number(reader);
        moments[c].mean = binary_get_double(reader);
        moments[c].squares = binary_get_double(reader);
    }
}

bool spans_get(struct spans *spans, struct binary_reader *reader, struct error *error) {
    uint64_t cells = binary_get_number(reader);
    spans->first = binary_get_number(reader);
    spans->blocks = binary_get_number(reader);
    if (reader->failed || cells != spans->cells || spans->first > UINT64_MAX / 4 ||
        spans->blocks > UINT64_MAX / 4) {
        reader->failed = true;
        return false;
    }
    uint64_t end = spans->first + spans->blocks;
    for (uint64_t at = spans->first; at < end && !reader->failed;) {
        struct moments *moments = spans_begin(spans, error);
        if (moments == NULL) {
            return false;
        }
        get_span(moments, spans->cells, reader);
        at += UINT64_C(1) << span_height(at, end);
    }
    return !reader->failed;
}
