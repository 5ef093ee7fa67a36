#include "engine/fit_data.h"

#include "base/memory.h"
#include "base/text.h"
#include "data/deals.h"
#include "data/employments.h"
#include "data/lifetimes.h"
#include "data/sales.h"
#include "data/survivors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    struct fit_data *data;
    const struct fit_names *names;
    const char *path;
    struct error *error;
};

/* A zeroed new item, NULL without memory. */
static void *add_item(struct reading *reading, struct fit_list *list, size_t size) {
    if (!memory_grow(&list->items, &list->capacity, list->count + 1, size, "rows of a table",
                     reading->error)) {
        return NULL;
    }
    return (char *)list->items + size * list->count++;
}

static void see_day(struct fit_data *data, long day) {
    if (!data->has_last || day > data->last) {
        data->has_last = true;
        data->last = day;
    }
}

static bool is_name(const char *name) {
    static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char ALLOWED[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    size_t length = strlen(name);
    return length > 0 && length < NAME_SIZE && strcmp(name, "all") != 0 &&
           strchr(LETTERS, name[0]) != NULL && strspn(name, ALLOWED) == length;
}

/* The number of a role or segment by the name that a table has for it. */
static bool find_group(struct reading *reading, struct dictionary *groups, const char *name,
                       const char *fallback, size_t *group) {
    const struct fit_names *names = reading->names;
    const char *wanted = *name == '\0' ? fallback : name;
    for (size_t n = 0; n < names->renamed_count; n++) {
        const char *equals = strrchr(names->renamed[n], '=');
        size_t length = (size_t)(equals - names->renamed[n]);
        if (strlen(wanted) == length && strncmp(wanted, names->renamed[n], length) == 0) {
            wanted = equals + 1;
            break;
        }
    }
    if (!is_name(wanted)) {
        char shown[TABLE_SHOWN_SIZE];
        return error_add(reading->error, ERROR_QUESTION,
                         "%s: %s cannot be the name of a %s in a scenario (letters, digits and _, "
                         "a letter first, at most %d): say what it is called there, such as "
                         "--name '%s=%s'",
                         reading->path, table_show(wanted, shown),
                         groups == &reading->data->roles ? "role" : "segment", NAME_SIZE - 1,
                         wanted, groups == &reading->data->roles ? "sales" : "key");
    }
    return dictionary_add(groups, wanted, group, reading->error);
}

static bool add_employment(void *user, const struct employment *employment) {
    struct reading *reading = user;
    struct fit_data *data = reading->data;
    struct fit_spell spell = {.start = date_day(employment->start),
                              .ended = employment->has_end,
                              .wished = employment->wished};
    spell.end = employment->has_end ? date_day(employment->end) : spell.start;
    data->has_reasons = data->has_reasons || employment->has_reason;
    see_day(data, spell.end);
    if (!dictionary_add(&data->staff, employment->person, &spell.owner, reading->error) ||
        !find_group(reading, &data->roles, employment->role, reading->names->role, &spell.group)) {
        return false;
    }
    struct fit_spell *item = add_item(reading, &data->employments, sizeof *item);
    if (item != NULL) {
        *item = spell;
    }
    return item != NULL;
}

static bool add_lifetime(void *user, const struct lifetime *lifetime) {
    struct reading *reading = user;
    struct fit_data *data = reading->data;
    struct fit_spell spell = {.start = date_day(lifetime->start), .ended = lifetime->has_end};
    spell.end = lifetime->has_end ? date_day(lifetime->end) : spell.start;
    see_day(data, spell.end);
    if (!dictionary_add(&data->customers, lifetime->customer, &spell.owner, reading->error) ||
        !find_group(reading, &data->segments, lifetime->segment, reading->names->segment,
                    &spell.group)) {
        return false;
    }
    struct fit_spell *item = add_item(reading, &data->lifetimes, sizeof *item);
    if (item != NULL) {
        *item = spell;
    }
    return item != NULL;
}

/* Years of a segment have to count up, and customers cannot come back. */
static bool check_survivors(const struct reading *reading, const struct survivors *row,
                            size_t segment) {
    const struct fit_list *list = &reading->data->survivors;
    const struct fit_survivors *before = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct fit_survivors *item = (const struct fit_survivors *)list->items + i;
        before = item->segment == segment ? item : before;
    }
    long wanted = before == NULL ? 0 : before->year + 1;
    if (row->year != wanted) {
        return error_add(reading->error, ERROR_QUESTION,
                         "%s:%ld: year %ld where %ld is wanted: the years of a segment count up "
                         "from 0, the beginning",
                         reading->path, row->line, row->year, wanted);
    }
    if (before != NULL && row->customers > before->customers) {
        return error_add(reading->error, ERROR_QUESTION,
                         "%s:%ld: more customers than the year before; a table of survival follows "
                         "the same customers, so they only become fewer",
                         reading->path, row->line);
    }
    return true;
}

static bool add_survivors(void *user, const struct survivors *row) {
    struct reading *reading = user;
    struct fit_data *data = reading->data;
    size_t segment = 0;
    if (!find_group(reading, &data->segments, row->segment, reading->names->segment, &segment) ||
        !check_survivors(reading, row, segment)) {
        return false;
    }
    struct fit_survivors *item = add_item(reading, &data->survivors, sizeof *item);
    if (item != NULL) {
        *item = (struct fit_survivors){segment, row->year, row->customers};
    }
    return item != NULL;
}

static bool add_size(struct reading *reading, size_t segment, long day, double amount) {
    struct fit_size *item = add_item(reading, &reading->data->sizes, sizeof *item);
    if (item != NULL) {
        *item = (struct fit_size){segment, day, amount};
    }
    return item != NULL;
}

/* The segment of an opportunity is that of its first row. */
static bool find_opportunity(struct reading *reading, const struct opportunity_row *row,
                             size_t *opportunity, size_t *segment) {
    struct fit_data *data = reading->data;
    size_t known = data->opportunities.count;
    if (!dictionary_add(&data->opportunities, row->opportunity, opportunity, reading->error)) {
        return false;
    }
    if (*opportunity < known) {
        *segment = ((const size_t *)data->segment_of.items)[*opportunity];
        return true;
    }
    if (!find_group(reading, &data->segments, row->segment, reading->names->segment, segment)) {
        return false;
    }
    size_t *item = add_item(reading, &data->segment_of, sizeof *item);
    if (item != NULL) {
        *item = *segment;
    }
    return item != NULL;
}

static bool add_move(void *user, const struct opportunity_row *row) {
    struct reading *reading = user;
    struct fit_data *data = reading->data;
    struct fit_move move = {.state = row->state, .day = date_day(row->date)};
    size_t segment = 0;
    see_day(data, move.day);
    if (!find_opportunity(reading, row, &move.opportunity, &segment) ||
        (row->state == OPPORTUNITY_OPEN &&
         !dictionary_add(&data->stages, row->stage, &move.stage, reading->error))) {
        return false;
    }
    struct fit_move *item = add_item(reading, &data->moves, sizeof *item);
    if (item == NULL) {
        return false;
    }
    *item = move;
    return row->state != OPPORTUNITY_WON || data->has_sizes_of_deals || !(row->amount > 0.0) ||
           add_size(reading, segment, move.day, row->amount);
}

static bool add_deal(void *user, const struct deal *deal) {
    struct reading *reading = user;
    struct fit_data *data = reading->data;
    size_t segment = 0;
    see_day(data, date_day(deal->date));
    if (deal->kind != DEAL_NEW || deal->amount <= 0) {
        return true; /* what existing customers buy, and credit notes */
    }
    return find_group(reading, &data->segments, deal->product, reading->names->segment, &segment) &&
           add_size(reading, segment, date_day(deal->date), (double)deal->amount / MILLIONTHS);
}

static bool add_sale(void *user, const struct sales_row *row) {
    struct reading *reading = user;
    struct fit_data *data = reading->data;
    struct fit_sale sale = {
        .month = date_month(row->month), .sales = row->sales, .quota = row->quota};
    see_day(data, date_day((struct date){row->month.year, row->month.month,
                                         date_days_of_month(row->month.year, row->month.month)}));
    if (!dictionary_add(&data->people, row->person, &sale.person, reading->error) ||
        !find_group(reading, &data->roles, row->role, reading->names->role, &sale.role)) {
        return false;
    }
    struct fit_sale *item = add_item(reading, &data->sales, sizeof *item);
    if (item != NULL) {
        *item = sale;
    }
    return item != NULL;
}

bool fit_data_read(struct fit_data *data, const char *path, const struct fit_names *names,
                   const struct table_options *options, struct table_report *report,
                   struct error *error) {
    struct reading reading = {data, names, path, error};
    enum content content = CONTENT_DEALS;
    if (!content_find(path, &content, error)) {
        return false;
    }
    if (data->has[content] && content == CONTENT_SURVIVORS) {
        return error_add(error, ERROR_QUESTION,
                         "%s: a second table of survival; put the segments into one, with a column "
                         "segment",
                         path);
    }
    data->has[content] = true;
    switch (content) {
    case CONTENT_EMPLOYMENTS:
        return employments_read(path, options, add_employment, &reading, report, error);
    case CONTENT_LIFETIMES:
        return lifetimes_read(path, options, add_lifetime, &reading, report, error);
    case CONTENT_SURVIVORS:
        return survivors_read(path, options, add_survivors, &reading, report, error);
    case CONTENT_OPPORTUNITIES:
        return opportunities_read(path, options, add_move, &reading, report, error);
    case CONTENT_SALES:
        return sales_read(path, options, add_sale, &reading, report, error);
    case CONTENT_DEALS:
        /* The sizes of a table of deals win over those of opportunities. */
        data->sizes.count = data->has_sizes_of_deals ? data->sizes.count : 0;
        data->has_sizes_of_deals = true;
        return deals_read(path, options, add_deal, &reading, report, error);
    }
    return false;
}

void fit_data_free_lists(struct fit_data *data) {
    free(data->employments.items);
    free(data->lifetimes.items);
    free(data->survivors.items);
    free(data->moves.items);
    free(data->sizes.items);
    free(data->sales.items);
    free(data->segment_of.items);
    *data = (struct fit_data){.has_last = false};
}

void fit_data_free(struct fit_data *data) {
    dictionary_free(&data->roles);
    dictionary_free(&data->segments);
    dictionary_free(&data->stages);
    dictionary_free(&data->people);
    dictionary_free(&data->staff);
    dictionary_free(&data->customers);
    dictionary_free(&data->opportunities);
    fit_data_free_lists(data);
}
