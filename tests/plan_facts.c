#include "plan_facts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool facts_complain(const char *what, const char *word) {
    (void)fprintf(stderr, "\nplan fixture: %s \"%s\"\n", what, word);
    return false;
}

bool facts_number(const char *word, double *number) {
    char plain[64];
    size_t length = 0;
    for (const char *at = word; *at != '\0' && length + 1 < sizeof plain; at++) {
        if (*at != ',') {
            plain[length++] = *at;
        }
    }
    plain[length] = '\0';
    char *end = NULL;
    *number = strtod(plain, &end);
    return length > 0 && *end == '\0';
}

static bool whole_of(const char *word, long *whole) {
    double number = 0.0;
    bool good = facts_number(word, &number);
    *whole = (long)number;
    return good && (double)*whole == number;
}

int facts_name(const char *name, const char *const names[]) {
    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(name, names[i]) == 0) {
            return i;
        }
    }
    return -1;
}

/* "[scope.]metric[/product]" into a new series of the person; NULL when there is no such metric. */
static struct series *new_series(struct facts *facts, const char *word, size_t person) {
    char name[2 * NAME_SIZE];
    (void)snprintf(name, sizeof name, "%s", word);
    char *product = strchr(name, '/');
    char *metric = strchr(name, '.');
    if (product != NULL) {
        *product++ = '\0';
    }
    metric = metric == NULL ? name : metric;
    if (metric != name) {
        *metric++ = '\0';
    }
    int index = facts_name(metric, METRIC_NAMES);
    int scope = metric == name ? -1 : facts_name(name, SCOPE_NAMES);
    if (index < 0 || (metric != name && scope < 0) || facts->series_count == SERIES_MOST) {
        return NULL;
    }
    struct series *series = &facts->series[facts->series_count++];
    *series = (struct series){.person = person, .scope = scope, .metric = (enum metric)index};
    (void)snprintf(series->product, NAME_SIZE, "%.63s", product == NULL ? "" : product);
    for (size_t m = 0; m < PLAN_MONTHS; m++) {
        series->value[m] = metric_kind(series->metric) == METRIC_FLOW ? 0.0 : (double)NAN;
    }
    return series;
}

static bool read_series(struct facts *facts, struct plan_paid *paid, char *words[], size_t count) {
    size_t person = 0;
    long month = -1;
    struct series *series = new_series(facts, words[0], person);
    for (size_t w = 1; series != NULL && w < count; w++) {
        double number = 0.0;
        if (strcmp(words[w], "and") == 0) {
            series = new_series(facts, words[0], ++person);
            month = -1;
            facts->people = (long)person + 1 > facts->people ? (long)person + 1 : facts->people;
            continue;
        }
        month += paid->step;
        if (month >= PLAN_MONTHS) {
            return facts_complain("too many months:", words[0]);
        }
        if (strcmp(words[w], "-") != 0) { /* a step without a value */
            if (!facts_number(words[w], &number)) {
                return facts_complain("no number:", words[w]);
            }
            series->value[month] = number;
        }
        paid->months = month + 1 > paid->months ? month + 1 : paid->months;
    }
    return series != NULL || facts_complain("nothing is called", words[0]);
}

static bool read_event(struct facts *facts, struct plan_paid *paid, char *words[], size_t count) {
    bool cancels = strcmp(words[0], "cancel") == 0;
    long month = 0;
    long sold = 0;
    size_t first = cancels ? 3 : 2;
    if (count <= first || !whole_of(words[1], &month) || (cancels && !whole_of(words[2], &sold))) {
        return facts_complain("not understood:", words[0]);
    }
    for (size_t w = first; w < count; w++) {
        struct event event = {.cancels = cancels, .month = month - 1, .sold = sold - 1};
        if (!facts_number(words[w], &event.amount) || facts->event_count == EVENTS_MOST) {
            return facts_complain("no number:", words[w]);
        }
        facts->events[facts->event_count++] = event;
    }
    paid->months = month > paid->months ? month : paid->months;
    return true;
}

static bool read_list(double *list, size_t *filled, char *words[], size_t count, long step,
                      long *months) {
    for (size_t w = 1; w < count; w++) {
        size_t at = step == 0 ? w - 1 : w * (size_t)step - 1;
        if (at >= PLAN_MONTHS || !facts_number(words[w], &list[at])) {
            return facts_complain("no number:", words[w]);
        }
        *filled = at + 1;
    }
    if (months != NULL && (long)*filled > *months) {
        *months = (long)*filled;
    }
    return true;
}

static bool read_leave(struct facts *facts, const char *word) {
    facts->leaves = true;
    facts->good = strcmp(word, "good") == 0;
    facts->accelerated = strcmp(word, "accelerate") == 0;
    return facts->good || facts->accelerated || strcmp(word, "bad") == 0 ||
           facts_complain("nobody leaves so:", word);
}

static bool read_at(struct plan_paid *paid, char *words[], size_t count) {
    for (size_t w = 1; w < count; w++) {
        long month = 0;
        if (!whole_of(words[w], &month) || month > PLAN_MONTHS) {
            return facts_complain("no month:", words[w]);
        }
        paid->at[paid->at_count++] = month;
        paid->months = month > paid->months ? month : paid->months;
    }
    return true;
}

static bool read_statement(struct facts *facts, struct plan_paid *paid, char *words[],
                           size_t count) {
    const char *name = words[0];
    size_t filled = 0;
    if (strcmp(name, "deal") == 0 || strcmp(name, "cancel") == 0) {
        return read_event(facts, paid, words, count);
    }
    if (strcmp(name, "own") == 0) {
        return read_list(facts->own, &filled, words, count, paid->step, NULL);
    }
    if (strcmp(name, "price") == 0) {
        return read_list(facts->prices, &facts->price_count, words, count, 0, NULL);
    }
    if (strcmp(name, "leave") == 0 && count == 2) {
        return read_leave(facts, words[1]);
    }
    if (strcmp(name, "at") == 0) {
        return read_at(paid, words, count);
    }
    struct {
        const char *name;
        double *number;
        long *whole;
    } plain[] = {{"quota", &facts->quota, NULL}, {"scale", &facts->scale, NULL},
                 {"share", &facts->share, NULL}, {"cost", &facts->cost, NULL},
                 {"start", NULL, &facts->start}, {"tenure", NULL, &facts->tenure},
                 {"step", NULL, &paid->step},    {"months", NULL, &paid->months}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (strcmp(name, plain[i].name) == 0) {
            bool good =
                count == 2 && (plain[i].number != NULL ? facts_number(words[1], plain[i].number)
                                                       : whole_of(words[1], plain[i].whole));
            return good || facts_complain("one number is needed after", name);
        }
    }
    return read_series(facts, paid, words, count);
}

bool facts_read(const char *text, struct facts *facts, struct plan_paid *paid) {
    char *copy = strdup(text);
    bool good = copy != NULL;
    char *rest = NULL;
    for (char *statement = copy == NULL ? NULL : strtok_r(copy, ";", &rest);
         good && statement != NULL; statement = strtok_r(NULL, ";", &rest)) {
        char *words[PLAN_MONTHS + 2];
        size_t count = 0;
        char *inner = NULL;
        for (char *word = strtok_r(statement, " \t\n", &inner);
             word != NULL && count < PLAN_MONTHS + 2; word = strtok_r(NULL, " \t\n", &inner)) {
            words[count++] = word;
        }
        good = count == 0 || read_statement(facts, paid, words, count);
    }
    free(copy);
    return good;
}

double facts_value(const struct facts *facts, size_t person, const struct slot *slot, long month) {
    double value = metric_kind(slot->metric) == METRIC_FLOW ? 0.0 : (double)NAN;
    for (size_t s = 0; s < facts->series_count; s++) {
        const struct series *series = &facts->series[s];
        bool same = series->person == person && series->metric == slot->metric &&
                    strcmp(series->product, slot->product) == 0 &&
                    (series->scope < 0 || series->scope == (int)slot->scope);
        value = same ? series->value[month] : value;
    }
    for (size_t e = 0; person == 0 && e < facts->event_count; e++) {
        const struct event *event = &facts->events[e];
        bool deal = !event->cancels && event->month == month;
        value += deal && slot->metric == METRIC_NEW_REVENUE ? event->amount : 0.0;
        value += deal && slot->metric == METRIC_NEW_CUSTOMERS ? 1.0 : 0.0;
    }
    return value;
}

double facts_price(const struct facts *facts, long month) {
    size_t last = facts->price_count - 1;
    return facts->price_count == 0 ? 1.0
                                   : facts->prices[(size_t)month < last ? (size_t)month : last];
}
