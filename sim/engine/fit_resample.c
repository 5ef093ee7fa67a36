#include "engine/fit_resample.h"

#include "base/memory.h"
#include "base/random.h"

#include <stdlib.h>
#include <string.h>

/* A Poisson number of mean 1 is above that once in 1e20 times. */
enum { COPIES_MOST = 20 };

/* What is drawn, each with random numbers of its own. */
enum purpose { OF_EMPLOYMENTS, OF_LIFETIMES, OF_SIZES, OF_OPPORTUNITIES, OF_PEOPLE };

static size_t pick(uint64_t row, size_t place, size_t count) {
    size_t picked = (size_t)(random_uniform(row, place) * (double)count);
    return picked < count ? picked : count - 1;
}

static bool copy_list(struct fit_list *list, const struct fit_list *from, size_t size,
                      struct error *error) {
    *list = (struct fit_list){.items = memory_array(from->count, size, "a sample", error),
                              .count = from->count,
                              .capacity = from->count};
    if (list->items != NULL && from->count > 0) {
        memcpy(list->items, from->items, from->count * size);
    }
    return list->items != NULL;
}

/* Rows that stand for themselves. */
static bool draw_rows(struct fit_list *list, const struct fit_list *from, size_t size, uint64_t row,
                      struct error *error) {
    if (!copy_list(list, from, size, error)) {
        return false;
    }
    for (size_t i = 0; i < from->count; i++) {
        memcpy((char *)list->items + i * size,
               (const char *)from->items + pick(row, i, from->count) * size, size);
    }
    return true;
}

/* Rows that belong to an owner, whose number below `owner_count` is a size_t at `offset`, are drawn
 * with it. Owner o of the sample, one of `drawn`, is owners[o] of the data. */
static bool draw_owned(struct fit_list *list, const struct fit_list *from, size_t size,
                       size_t offset, const size_t owners[], size_t drawn, size_t owner_count,
                       struct error *error) {
    size_t *begin = memory_array(owner_count + 2, sizeof *begin, "a sample", error);
    size_t *order =
        begin == NULL ? NULL : memory_array(from->count, sizeof *order, "a sample", error);
    bool good = order != NULL;
    const char *rows = from->items;
    *list = (struct fit_list){.count = 0};
    for (size_t i = 0; good && i < from->count; i++) { /* rows by owner, in their order */
        size_t owner;
        memcpy(&owner, rows + i * size + offset, sizeof owner);
        begin[owner + 2]++;
    }
    for (size_t o = 0; good && o < owner_count; o++) {
        begin[o + 2] += begin[o + 1];
    }
    for (size_t i = 0; good && i < from->count; i++) {
        size_t owner;
        memcpy(&owner, rows + i * size + offset, sizeof owner);
        order[begin[owner + 1]++] = i;
    }
    for (size_t o = 0; good && o < drawn; o++) {
        for (size_t k = begin[owners[o]]; good && k < begin[owners[o] + 1]; k++) {
            good = memory_grow(&list->items, &list->capacity, list->count + 1, size, "a sample",
                               error);
            if (good) {
                char *row = (char *)list->items + list->count++ * size;
                memcpy(row, rows + order[k] * size, size);
                memcpy(row + offset, &o, sizeof o);
            }
        }
    }
    free(begin);
    free(order);
    return good;
}

static size_t *draw_owners(size_t count, uint64_t row, struct error *error) {
    size_t *owners = memory_array(count, sizeof *owners, "a sample", error);
    for (size_t o = 0; owners != NULL && o < count; o++) {
        owners[o] = pick(row, o, count);
    }
    return owners;
}

/* Somebody with all of their times. */
static bool draw_spells(struct fit_list *list, const struct fit_list *from, size_t owner_count,
                        uint64_t row, struct error *error) {
    size_t *owners = draw_owners(owner_count, row, error);
    bool good = owners != NULL &&
                draw_owned(list, from, sizeof(struct fit_spell), offsetof(struct fit_spell, owner),
                           owners, owner_count, owner_count, error);
    free(owners);
    return good;
}

/* How often an opportunity is in a sample: a Poisson number of mean 1, not what of a fixed sum
 * falls to it, because how many leads come is chance as well. */
static size_t copies_of(uint64_t row, size_t opportunity) {
    double uniform = random_uniform(row, opportunity);
    double probability = 0.36787944117144233; /* exp(-1) */
    double below = probability;
    size_t copies = 0;
    while (uniform >= below && copies < COPIES_MOST) {
        copies++;
        probability /= (double)copies;
        below += probability;
    }
    return copies;
}

static bool draw_opportunities(struct fit_data *sample, const struct fit_data *data, uint64_t row,
                               struct error *error) {
    size_t count = 0;
    for (size_t o = 0; o < data->opportunities.count; o++) {
        count += copies_of(row, o);
    }
    size_t *owners = memory_array(count, sizeof *owners, "a sample", error);
    size_t *segments = memory_array(count, sizeof *segments, "a sample", error);
    bool good = owners != NULL && segments != NULL;
    for (size_t o = 0, n = 0; good && o < data->opportunities.count; o++) {
        for (size_t copy = copies_of(row, o); copy > 0; copy--, n++) {
            owners[n] = o;
            segments[n] = ((const size_t *)data->segment_of.items)[o];
        }
    }
    good = good && draw_owned(&sample->moves, &data->moves, sizeof(struct fit_move),
                              offsetof(struct fit_move, opportunity), owners, count,
                              data->opportunities.count, error);
    sample->segment_of = (struct fit_list){.items = segments, .count = count, .capacity = count};
    free(owners);
    return good;
}

static bool draw_people(struct fit_data *sample, const struct fit_data *data, uint64_t row,
                        struct error *error) {
    size_t *owners = draw_owners(data->people.count, row, error);
    bool good = owners != NULL && draw_owned(&sample->sales, &data->sales, sizeof(struct fit_sale),
                                             offsetof(struct fit_sale, person), owners,
                                             data->people.count, data->people.count, error);
    free(owners);
    return good;
}

bool fit_resample(struct fit_data *sample, const struct fit_data *data, uint64_t seed,
                  uint64_t draw, struct error *error) {
    const struct fit_list none = {.items = NULL};
    *sample = *data;
    sample->employments = sample->lifetimes = sample->survivors = sample->moves = none;
    sample->sizes = sample->sales = sample->segment_of = none;
    bool good =
        draw_spells(&sample->employments, &data->employments, data->staff.count,
                    random_row(seed, draw, 0, OF_EMPLOYMENTS), error) &&
        draw_spells(&sample->lifetimes, &data->lifetimes, data->customers.count,
                    random_row(seed, draw, 0, OF_LIFETIMES), error) &&
        draw_rows(&sample->sizes, &data->sizes, sizeof(struct fit_size),
                  random_row(seed, draw, 0, OF_SIZES), error) &&
        copy_list(&sample->survivors, &data->survivors, sizeof(struct fit_survivors), error) &&
        draw_opportunities(sample, data, random_row(seed, draw, 0, OF_OPPORTUNITIES), error) &&
        draw_people(sample, data, random_row(seed, draw, 0, OF_PEOPLE), error);
    if (!good) {
        fit_resample_free(sample);
    }
    return good;
}

void fit_resample_free(struct fit_data *sample) { fit_data_free_lists(sample); }
