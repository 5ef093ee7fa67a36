#include "engine/gauges.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PRICE = METRIC_COUNT };

struct reading {
    struct gauges *gauges;
    const struct roster *roster;
    const char *path;
    struct error *error;
};

/* Names of metrics, and the two that only files use. */
static bool metric_of(const char *name, uint32_t *metric) {
    for (size_t m = 0; m < METRIC_COUNT; m++) {
        if (strcmp(name, METRIC_NAMES[m]) == 0) {
            *metric = (uint32_t)m;
            return true;
        }
    }
    bool price = strcmp(name, "share_price") == 0;
    *metric = price ? PRICE : METRIC_OBJECTIVES;
    return price || strcmp(name, "objective") == 0;
}

static bool add(struct gauges *gauges, const struct gauge *gauge, struct error *error) {
    void *all = gauges->all;
    if (!memory_grow(&all, &gauges->capacity, gauges->count + 1, sizeof *gauges->all, "measures",
                     error)) {
        return false;
    }
    gauges->all = all;
    gauges->all[gauges->count++] = *gauge;
    return true;
}

static bool complain_metric(struct reading *reading, const struct measure_row *row) {
    char shown[TABLE_SHOWN_SIZE];
    int nearest = text_nearest(row->metric, METRIC_NAMES, METRIC_COUNT);
    (void)error_add(reading->error, ERROR_QUESTION, "%s:%ld: metric: %s is no metric%s%s%s",
                    reading->path, row->line, table_show(row->metric, shown),
                    nearest < 0 ? "; docs/plans.md lists them, and there is share_price"
                                : " (did you mean ",
                    nearest < 0 ? "" : METRIC_NAMES[nearest], nearest < 0 ? "" : "?)");
    return true;
}

static bool read_measure(void *user, const struct measure_row *row) {
    struct reading *reading = user;
    struct gauges *gauges = reading->gauges;
    struct gauge gauge = {.month = date_month(row->month), .value = row->value, .line = row->line};
    size_t number;
    if (!metric_of(row->metric, &gauge.metric)) {
        return complain_metric(reading, row);
    }
    bool firm =
        *row->person == '\0' || gauge.metric == PRICE || metric_of_firm((enum metric)gauge.metric);
    gauge.owner = roster_firm(reading->roster);
    if (!firm && !dictionary_find(&reading->roster->names, row->person, &gauge.owner)) {
        gauges->first_stranger = gauges->strangers.count == 0 ? row->line : gauges->first_stranger;
        return dictionary_add(&gauges->strangers, row->person, &number, reading->error);
    }
    if (!dictionary_add(&gauges->products, row->product, &number, reading->error)) {
        return false;
    }
    gauge.product = (uint32_t)number;
    bool first = gauges->last_month < gauges->first_month;
    if (first || gauge.month < gauges->first_month) {
        gauges->first_month = gauge.month;
    }
    if (first || gauge.month > gauges->last_month) {
        gauges->last_month = gauge.month;
    }
    gauges->has[gauge.metric] = true;
    return add(gauges, &gauge, reading->error);
}

static int order(long long a, long long b) { return a < b ? -1 : a > b; }

static int compare(const void *left, const void *right) {
    const struct gauge *a = left;
    const struct gauge *b = right;
    int differs = order(a->metric, b->metric);
    differs = differs != 0 ? differs : order(a->product, b->product);
    differs = differs != 0 ? differs : order((long long)a->owner, (long long)b->owner);
    return differs != 0 ? differs : order(a->month, b->month);
}

/* The same, months before owners. */
static int compare_months(const void *left, const void *right) {
    const struct gauge *a = left;
    const struct gauge *b = right;
    int differs = order(a->metric, b->metric);
    differs = differs != 0 ? differs : order(a->product, b->product);
    differs = differs != 0 ? differs : order(a->month, b->month);
    return differs != 0 ? differs : order((long long)a->owner, (long long)b->owner);
}

static bool check_twice(const struct reading *reading) {
    const struct gauges *gauges = reading->gauges;
    bool good = true;
    for (size_t i = 1; i < gauges->count; i++) {
        const struct gauge *gauge = &gauges->all[i];
        if (compare(gauge - 1, gauge) == 0) {
            long first = gauge[-1].line < gauge->line ? gauge[-1].line : gauge->line;
            long second = gauge[-1].line < gauge->line ? gauge->line : gauge[-1].line;
            good = error_add(reading->error, ERROR_QUESTION,
                             "%s:%ld: line %ld has this metric of this month and person already",
                             reading->path, second, first);
        }
    }
    return good;
}

/* Adds teams, roles and the firm for one metric, product and month: all[from .. to). A row of the
 * firm itself stands. */
static bool add_groups(const struct reading *reading, size_t from, size_t to, double *sums,
                       size_t *counts) {
    struct gauges *gauges = reading->gauges;
    const struct roster *roster = reading->roster;
    size_t people = roster->names.count;
    size_t owners = roster_owners(roster);
    bool has_firm = gauges->all[to - 1].owner == roster_firm(roster);
    memset(sums, 0, owners * sizeof *sums);
    memset(counts, 0, owners * sizeof *counts);
    for (size_t i = from; i < to; i++) {
        for (int scope = SCOPE_TEAM; scope <= SCOPE_FIRM && gauges->all[i].owner < people;
             scope++) {
            size_t owner = roster_owner(roster, gauges->all[i].owner, (enum scope)scope);
            if (owner != SIZE_MAX) {
                sums[owner] += gauges->all[i].value;
                counts[owner]++;
            }
        }
    }
    struct gauge group = gauges->all[from];
    bool flow =
        group.metric < METRIC_COUNT && metric_kind((enum metric)group.metric) == METRIC_FLOW;
    for (size_t owner = people; owner < owners - has_firm; owner++) {
        if (counts[owner] > 0) {
            group.owner = owner;
            group.value = flow ? sums[owner] : sums[owner] / (double)counts[owner];
            if (!add(gauges, &group, reading->error)) {
                return false;
            }
        }
    }
    return true;
}

static bool add_all_groups(const struct reading *reading) {
    struct gauges *gauges = reading->gauges;
    size_t owners = roster_owners(reading->roster);
    double *sums = memory_array(owners, sizeof *sums, "sums of groups", reading->error);
    size_t *counts = memory_array(owners, sizeof *counts, "sums of groups", reading->error);
    bool good = sums != NULL && counts != NULL;
    size_t read = gauges->count;
    for (size_t from = 0; good && from < read;) {
        size_t to = from + 1;
        while (to < read && gauges->all[to].metric == gauges->all[from].metric &&
               gauges->all[to].product == gauges->all[from].product &&
               gauges->all[to].month == gauges->all[from].month) {
            to++;
        }
        good = add_groups(reading, from, to, sums, counts);
        from = to;
    }
    free(sums);
    free(counts);
    return good;
}

bool gauges_read(struct gauges *gauges, const char *path, const struct table_options *options,
                 const struct roster *roster, struct table_report *report, struct error *error) {
    struct reading reading = {.gauges = gauges, .roster = roster, .path = path, .error = error};
    size_t before = error->count;
    size_t none;
    gauges->last_month = -1;
    if (!dictionary_add(&gauges->products, "", &none, error) ||
        !measures_read(path, options, read_measure, &reading, report, error) ||
        error->count > before) {
        return false;
    }
    if (gauges->count > 0) {
        qsort(gauges->all, gauges->count, sizeof *gauges->all, compare_months);
    }
    if (!check_twice(&reading) || !add_all_groups(&reading)) {
        return false;
    }
    if (gauges->count > 0) {
        qsort(gauges->all, gauges->count, sizeof *gauges->all, compare);
    }
    return true;
}

static const struct gauge *find(const struct gauges *gauges, uint32_t metric, const char *product,
                                size_t owner, long month) {
    size_t number;
    if (gauges->count == 0 || !dictionary_find(&gauges->products, product, &number)) {
        return NULL;
    }
    const struct gauge wanted = {
        .metric = metric, .product = (uint32_t)number, .owner = owner, .month = month};
    return bsearch(&wanted, gauges->all, gauges->count, sizeof *gauges->all, compare);
}

double gauges_value(const struct gauges *gauges, enum metric metric, const char *product,
                    size_t owner, long month) {
    if (metric == METRIC_TOTAL_RETURN && !gauges->has[metric]) {
        const struct gauge *now = find(gauges, PRICE, "", owner, month);
        const struct gauge *before = now == NULL || now == gauges->all ? NULL : now - 1;
        bool known = before != NULL && before->metric == PRICE && before->value > 0.0;
        return known ? now->value / before->value : (double)NAN;
    }
    const struct gauge *found = find(gauges, (uint32_t)metric, product, owner, month);
    return found == NULL ? (double)NAN : found->value;
}

bool gauges_know(const struct gauges *gauges, enum metric metric, const char *product) {
    bool price = metric == METRIC_TOTAL_RETURN && gauges->has[PRICE];
    size_t number;
    if (!gauges->has[metric] || *product == '\0') {
        return gauges->has[metric] || price;
    }
    if (!dictionary_find(&gauges->products, product, &number)) {
        return false;
    }
    for (size_t i = 0; i < gauges->count; i++) {
        if (gauges->all[i].metric == metric && gauges->all[i].product == number) {
            return true;
        }
    }
    return false;
}

double gauges_price(const struct gauges *gauges, const struct roster *roster, long month) {
    for (long m = month; gauges->has[PRICE] && m >= gauges->first_month; m--) {
        const struct gauge *found = find(gauges, PRICE, "", roster_firm(roster), m);
        if (found != NULL) {
            return found->value;
        }
    }
    return (double)NAN;
}

void gauges_free(struct gauges *gauges) {
    free(gauges->all);
    dictionary_free(&gauges->products);
    dictionary_free(&gauges->strangers);
    *gauges = (struct gauges){0};
}
