#include "engine/fit_resample.h"

#include "base/memory.h"
#include "base/random.h"

#include <stdlib.h>
#include <string.h>

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

/* Rows that belong to an owner, whose number is a size_t at `offset`, are drawn with it. Owner o of
 * the sample is owners[o] of the data. */
static bool draw_owned(struct fit_list *list, const struct fit_list *from, size_t size,
                       size_t offset, const size_t owners[], size_t owner_count,
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
    for (size_t o = 0; good && o < owner_count; o++) {
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

static bool draw_opportunities(struct fit_data *sample, const struct fit_data *data, uint64_t row,
                               struct error *error) {
    size_t count = data->opportunities.count;
    size_t *owners = draw_owners(count, row, error);
    bool good = owners != NULL &&
                draw_owned(&sample->moves, &data->moves, sizeof(struct fit_move),
                           offsetof(struct fit_move, opportunity), owners, count, error) &&
                copy_list(&sample->segment_of, &data->segment_of, sizeof(size_t), error);
    for (size_t o = 0; good && o < count; o++) {
        ((size_t *)sample->segment_of.items)[o] =
            ((const size_t *)data->segment_of.items)[owners[o]];
    }
    free(owners);
    return good;
}

static bool draw_people(struct fit_data *sample, const struct fit_data *data, uint64_t row,
                        struct error *error) {
    size_t *owners = draw_owners(data->people.count, row, error);
    bool good = owners != NULL &&
                draw_owned(&sample->sales, &data->sales, sizeof(struct fit_sale),
                           offsetof(struct fit_sale, person), owners, data->people.count, error);
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
        draw_rows(&sample->employments, &data->employments, sizeof(struct fit_spell),
                  random_row(seed, draw, 0, OF_EMPLOYMENTS), error) &&
        draw_rows(&sample->lifetimes, &data->lifetimes, sizeof(struct fit_spell),
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
