/* Quantiles of many values in bounded memory: a sketch that is fed one value at a time, or merged
 * from the sketches of neighbouring stretches, with the same bytes either way.
 * Ownership: the caller owns the struct (zeroed is valid and empty) and calls quantiles_free. */
#ifndef BASE_QUANTILES_H
#define BASE_QUANTILES_H

#include "base/binary.h"
#include "base/sample.h"

/* Exact up to 1024 places but for the rounding of values to float; beyond that the rank error is
 * at most (L + 1) / 2048 of n with L = log2(n / 1024) rounded up, .54 % for a million values, and
 * .05 % in the root mean square for values in random order; quantiles.c says why. NaN takes a place
 * but is not counted. */
enum { QUANTILES_CHUNK = 1024, QUANTILES_WAITING = 128 };

struct quantiles {
    uint64_t count; /* values */
    uint64_t first; /* place of the first value in the whole sequence, set before it is added */
    uint64_t added; /* values and NaN: places of the sketch */
    float *waiting; /* unsorted */
    uint16_t waiting_used;
    uint16_t waiting_capacity;
    uint16_t node_count;
    uint16_t node_capacity;
    struct sample *head;   /* the part of a chunk that began before `first` */
    struct sample *open;   /* sorted values of the chunk that is being filled */
    struct sample **nodes; /* whole chunks, by stretches of 2^h of them */
};

bool quantiles_add(struct quantiles *quantiles, double value, struct error *error)
    __attribute__((warn_unused_result));

/* The same for the next `count` values, one after the other. */
bool quantiles_add_all(struct quantiles *quantiles, const double values[], size_t count,
                       struct error *error) __attribute__((warn_unused_result));

/* Appends the stretch that follows (next->first is where this one ends), whose samples are taken
 * over: `next` is empty afterwards. */
bool quantiles_append(struct quantiles *quantiles, struct quantiles *next, struct error *error)
    __attribute__((warn_unused_result));

/* values[i] = the quantile of rank probability[i] (ascending), by linear interpolation between
 * order statistics (Hyndman and Fan type 7) while exact; nan when empty. */
bool quantiles_read(const struct quantiles *quantiles, const double probability[], double values[],
                    size_t count, struct error *error) __attribute__((warn_unused_result));

/* To a file and back into an empty sketch. False in reading: not a sketch, or no memory. */
bool quantiles_put(struct quantiles *quantiles, struct binary_writer *writer, struct error *error)
    __attribute__((warn_unused_result));
bool quantiles_get(struct quantiles *quantiles, struct binary_reader *reader, struct error *error)
    __attribute__((warn_unused_result));

void quantiles_free(struct quantiles *quantiles);

#endif
