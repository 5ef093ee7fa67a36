#include "base/quantiles.h"

#include "base/memory.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The sequence is cut into chunks of 1024 places, and chunks are joined in pairs, pairs of pairs
 * and so on, always at the same places: the stretch h, i is chunks i * 2^h to (i + 1) * 2^h. A
 * sketch of places a to b holds the values of the chunks that it has in part, exactly, and one
 * sample for each stretch of the coarsest cut of its whole chunks. What a sample holds follows from
 * the values of its stretch alone, so sketches can be appended in any grouping with the same
 * result.
 *
 * The first chunk's sample is exact. Of any other every second value is kept, and of two stretches
 * that are joined, 512 + 512 values, every second again. Which ones alternates with i. Outcomes
 * that are not defined in some histories have shorter samples, which are halved only when they are
 * full.
 *
 * Rank error: halving values of weight w moves the rank of any number by 0 or +w when the values on
 * even places are kept, by 0 or -w when those on odd places are. Weight 2^l is halved at most
 * n / (1024 * 2^l) times and alternates, so all but half of these errors have the other sign: it
 * adds at most n / 2048 + w / 2. Over L = log2(n / 1024) weights, rounded up, the worst case is
 * (L + 1) / 2048 of n (.54 % for a million values). Values in random order make errors cancel. */
enum { STRETCH_MOST = 512 };

static void nodes_free(struct quantiles *quantiles) {
    for (size_t n = 0; n < quantiles->node_count; n++) {
        free(quantiles->nodes[n]);
    }
    free(quantiles->nodes);
}

void quantiles_free(struct quantiles *quantiles) {
    nodes_free(quantiles);
    free(quantiles->head);
    free(quantiles->open);
    free(quantiles->waiting);
    *quantiles = (struct quantiles){0};
}

/* Puts the union of a sample and another one in its place. */
static bool absorb(struct sample **sample, const struct sample *other, size_t most, bool odd,
                   struct error *error) {
    struct sample *merged = NULL;
    if (other == NULL && most == SAMPLE_MOST) {
        return true;
    }
    if (!sample_merge(&merged, *sample, other, most, odd, error)) {
        return false;
    }
    free(*sample);
    *sample = merged;
    return true;
}

/* Sorts the waiting values into the open chunk. */
static bool settle(struct quantiles *quantiles, struct error *error) {
    struct sample *fresh = NULL;
    if (quantiles->waiting_used == 0) {
        return true;
    }
    sample_sort(quantiles->waiting, quantiles->waiting_used);
    if (!sample_make(&fresh, quantiles->waiting, quantiles->waiting_used, 0, error)) {
        return false;
    }
    quantiles->waiting_used = 0;
    if (quantiles->open == NULL) {
        quantiles->open = fresh;
        return true;
    }
    bool good = absorb(&quantiles->open, fresh, SAMPLE_MOST, false, error);
    free(fresh);
    return good;
}

static bool keep_node(struct quantiles *quantiles, struct sample *sample, struct error *error) {
    if (quantiles->node_count == quantiles->node_capacity) {
        size_t capacity = quantiles->node_capacity == 0 ? 4U : 2U * quantiles->node_capacity;
        struct sample **grown = realloc(quantiles->nodes, capacity * sizeof *grown);
        if (grown == NULL) {
            return error_add(error, ERROR_FAILURE,
                             "not enough memory for values of a quantile sketch");
        }
        quantiles->nodes = grown;
        quantiles->node_capacity = (uint16_t)capacity;
    }
    quantiles->nodes[quantiles->node_count++] = sample;
    return true;
}

/* The first whole chunk. */
static uint64_t first_chunk(const struct quantiles *quantiles) {
    return (quantiles->first + QUANTILES_CHUNK - 1) / QUANTILES_CHUNK;
}

/* Appends the stretch h, i, which follows the last node, and joins it with the nodes before it as
 * far as they are pairs. Takes the sample over. */
static bool append_stretch(struct quantiles *quantiles, unsigned h, uint64_t i,
                           struct sample *sample, struct error *error) {
    uint64_t begin = first_chunk(quantiles);
    while ((i & 1U) != 0 && ((i - 1) << h) >= begin) {
        struct sample *before = quantiles->nodes[--quantiles->node_count];
        i >>= 1U;
        h++;
        bool odd = ((i + h) & 1U) != 0;
        bool good = absorb(&before, sample, STRETCH_MOST, odd, error);
        free(sample);
        sample = before;
        if (!good) {
            free(sample);
            return false;
        }
    }
    if (!keep_node(quantiles, sample, error)) {
        free(sample);
        return false;
    }
    return true;
}

/* At the end of a chunk: the open sample becomes a node, or the head when the chunk began before
 * this sketch. */
static bool close_chunk(struct quantiles *quantiles, struct error *error) {
    uint64_t next = quantiles->first + quantiles->added;
    struct sample *sample = quantiles->open;
    if (next % QUANTILES_CHUNK != 0 || quantiles->added == 0) {
        return true;
    }
    quantiles->open = NULL;
    if (quantiles->first > next - QUANTILES_CHUNK) {
        quantiles->head = sample;
        return true;
    }
    uint64_t chunk = next / QUANTILES_CHUNK - 1;
    if (chunk > 0 && !absorb(&sample, NULL, STRETCH_MOST, (chunk & 1U) != 0, error)) {
        free(sample);
        return false;
    }
    return append_stretch(quantiles, 0, chunk, sample, error);
}

static bool more_waiting(struct quantiles *quantiles, struct error *error) {
    size_t capacity = quantiles->waiting_capacity == 0 ? 8U : 2U * quantiles->waiting_capacity;
    float *grown = realloc(quantiles->waiting, capacity * sizeof *grown);
    if (grown == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for values of a quantile sketch");
    }
    quantiles->waiting = grown;
    quantiles->waiting_capacity = (uint16_t)capacity;
    return true;
}

bool quantiles_add(struct quantiles *quantiles, double value, struct error *error) {
    if (!isnan(value)) {
        if (quantiles->waiting_used == quantiles->waiting_capacity &&
            !(quantiles->waiting_capacity == QUANTILES_WAITING ? settle(quantiles, error)
                                                               : more_waiting(quantiles, error))) {
            return false;
        }
        quantiles->waiting[quantiles->waiting_used++] = (float)value + 0.0f; /* no -0 */
        quantiles->count++;
    }
    quantiles->added++;
    return (quantiles->first + quantiles->added) % QUANTILES_CHUNK != 0 ||
           (settle(quantiles, error) && close_chunk(quantiles, error));
}

bool quantiles_add_all(struct quantiles *quantiles, const double values[], size_t count,
                       struct error *error) {
    uint64_t place = (quantiles->first + quantiles->added) % QUANTILES_CHUNK;
    if (quantiles->waiting_used + count <= quantiles->waiting_capacity &&
        place + count < QUANTILES_CHUNK) { /* nothing can happen on the way */
        float *waiting = quantiles->waiting;
        size_t used = quantiles->waiting_used;
        for (size_t i = 0; i < count; i++) {
            waiting[used] = (float)values[i] + 0.0f; /* no -0 */
            used += isnan(values[i]) ? 0 : 1;
        }
        quantiles->count += used - quantiles->waiting_used;
        quantiles->waiting_used = (uint16_t)used;
        quantiles->added += count;
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        if (!quantiles_add(quantiles, values[i], error)) {
            return false;
        }
    }
    return true;
}

/* The stretch that begins at chunk `at` in the coarsest cut of chunks at .. end - 1. */
static unsigned stretch_height(uint64_t at, uint64_t end) {
    unsigned h = 0;
    while (((at >> h) & 1U) == 0 && at + (UINT64_C(2) << h) <= end) {
        h++;
    }
    return h;
}

bool quantiles_append(struct quantiles *quantiles, struct quantiles *next, struct error *error) {
    uint64_t begin = next->first;
    uint64_t end = begin + next->added;
    bool inside = begin % QUANTILES_CHUNK != 0; /* of a chunk that this sketch has begun */
    assert(quantiles->first + quantiles->added == begin);
    if (!settle(quantiles, error) || !settle(next, error)) {
        return false;
    }
    bool crosses = inside && end / QUANTILES_CHUNK > begin / QUANTILES_CHUNK;
    uint64_t chunk = first_chunk(next);
    quantiles->count += next->count;
    if (inside &&
        !absorb(&quantiles->open, crosses ? next->head : next->open, SAMPLE_MOST, false, error)) {
        return false;
    }
    quantiles->added = (crosses  ? chunk * QUANTILES_CHUNK
                        : inside ? end
                                 : begin) -
                       quantiles->first;
    bool good = !crosses || close_chunk(quantiles, error);
    for (size_t n = 0; good && n < next->node_count; n++) {
        struct sample *sample = next->nodes[n];
        unsigned h = stretch_height(chunk, end / QUANTILES_CHUNK);
        next->nodes[n] = NULL;
        good = append_stretch(quantiles, h, chunk >> h, sample, error);
        chunk += UINT64_C(1) << h;
    }
    if (good && (crosses || !inside)) {
        quantiles->open = next->open;
        next->open = NULL;
    }
    quantiles->added = end - quantiles->first;
    quantiles_free(next);
    return good;
}

/* ---- reading */

struct weighted {
    float value;
    uint64_t weight;
};

static bool before(const struct weighted *one, const struct weighted *other) {
    return one->value < other->value ||
           (one->value <= other->value && one->weight <= other->weight);
}

/* A list with room for what is merged into it. */
struct list {
    struct weighted *all;
    struct weighted *spare;
    size_t length;
};

static void list_merge(struct list *list, const float values[], size_t count, uint64_t weight) {
    struct weighted *merged = list->spare;
    size_t i = 0;
    size_t j = 0;
    while (i < list->length || j < count) {
        struct weighted next = {j < count ? values[j] : 0.0f, weight};
        bool old = j == count || (i < list->length && before(&list->all[i], &next));
        merged[i + j] = old ? list->all[i] : next;
        i += old;
        j += !old;
    }
    list->spare = list->all;
    list->all = merged;
    list->length += count;
}

static void list_merge_sample(struct list *list, const struct sample *sample) {
    float values[SAMPLE_MOST];
    if (sample != NULL) {
        size_t count = sample_expand(sample, values);
        list_merge(list, values, count, UINT64_C(1) << sample->exponent);
    }
}

/* A kept value stands for `weight` neighbouring ranks; its place is their middle. Between the
 * places the quantile is linear, which is Hyndman and Fan's type 7 when all weights are 1. */
static void read_merged(const struct weighted merged[], size_t length, const double probability[],
                        double values[], size_t asked) {
    uint64_t total = 0;
    for (size_t n = 0; n < length; n++) {
        total += merged[n].weight;
    }
    size_t i = 0;
    double ranks = 0.0; /* of the values before i */
    double place = 0.5 * ((double)merged[0].weight - 1.0);
    double last_place = place;
    double last_value = (double)merged[0].value;
    for (size_t p = 0; p < asked; p++) {
        double rank = probability[p] * (double)(total - 1);
        while (place < rank && i + 1 < length) {
            last_place = place;
            last_value = (double)merged[i].value;
            ranks += (double)merged[i].weight;
            i++;
            place = ranks + 0.5 * ((double)merged[i].weight - 1.0);
        }
        double value = (double)merged[i].value;
        if (rank < place && place > last_place && rank > last_place) {
            value =
                last_value + (value - last_value) * ((rank - last_place) / (place - last_place));
        }
        values[p] = value;
    }
}

static size_t values_kept(const struct quantiles *quantiles) {
    size_t kept = quantiles->waiting_used;
    kept += quantiles->head == NULL ? 0 : quantiles->head->count;
    kept += quantiles->open == NULL ? 0 : quantiles->open->count;
    for (size_t n = 0; n < quantiles->node_count; n++) {
        kept += quantiles->nodes[n] == NULL ? 0 : quantiles->nodes[n]->count;
    }
    return kept;
}

bool quantiles_read(const struct quantiles *quantiles, const double probability[], double values[],
                    size_t count, struct error *error) {
    size_t kept = values_kept(quantiles);
    if (kept == 0) {
        for (size_t p = 0; p < count; p++) {
            values[p] = (double)NAN;
        }
        return true;
    }
    struct weighted *room =
        memory_array(2 * kept, sizeof *room, "values to read quantiles from", error);
    if (room == NULL) {
        return false;
    }
    struct list list = {.all = room, .spare = room + kept};
    float waiting[QUANTILES_WAITING];
    if (quantiles->waiting_used > 0) {
        memcpy(waiting, quantiles->waiting, quantiles->waiting_used * sizeof *waiting);
        sample_sort(waiting, quantiles->waiting_used);
        list_merge(&list, waiting, quantiles->waiting_used, 1);
    }
    list_merge_sample(&list, quantiles->open);
    list_merge_sample(&list, quantiles->head);
    for (size_t n = quantiles->node_count; n > 0; n--) { /* the shortest stretches come last */
        list_merge_sample(&list, quantiles->nodes[n - 1]);
    }
    read_merged(list.all, list.length, probability, values, count);
    free(room);
    return true;
}

/* ---- files */

bool quantiles_put(struct quantiles *quantiles, struct binary_writer *writer, struct error *error) {
    if (!settle(quantiles, error)) {
        return false;
    }
    binary_put_number(writer, quantiles->count);
    binary_put_number(writer, quantiles->first);
    binary_put_number(writer, quantiles->added);
    binary_put_number(writer, quantiles->node_count);
    sample_put(quantiles->head, writer);
    sample_put(quantiles->open, writer);
    for (size_t n = 0; n < quantiles->node_count; n++) {
        sample_put(quantiles->nodes[n], writer);
    }
    return true;
}

/* Nodes that the coarsest cut of the whole chunks has. */
static size_t nodes_expected(const struct quantiles *quantiles) {
    uint64_t end = (quantiles->first + quantiles->added) / QUANTILES_CHUNK;
    size_t nodes = 0;
    for (uint64_t at = first_chunk(quantiles); at < end; nodes++) {
        at += UINT64_C(1) << stretch_height(at, end);
    }
    return nodes;
}

bool quantiles_get(struct quantiles *quantiles, struct binary_reader *reader, struct error *error) {
    quantiles->count = binary_get_number(reader);
    quantiles->first = binary_get_number(reader);
    quantiles->added = binary_get_number(reader);
    uint64_t nodes = binary_get_number(reader);
    if (reader->failed || quantiles->first > UINT64_MAX / 4 || quantiles->added > UINT64_MAX / 4 ||
        nodes != nodes_expected(quantiles)) {
        reader->failed = true;
        return false;
    }
    bool good =
        sample_get(&quantiles->head, reader, error) && sample_get(&quantiles->open, reader, error);
    for (uint64_t n = 0; good && n < nodes; n++) {
        struct sample *sample;
        good = sample_get(&sample, reader, error);
        if (good && !keep_node(quantiles, sample, error)) {
            free(sample);
            good = false;
        } else if (!good) {
            free(sample);
        }
    }
    return good;
}
