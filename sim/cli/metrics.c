#include "cli/metrics.h"

#include "base/memory.h"
#include "base/text.h"
#include "model/outcome.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool metrics_read(struct metrics *metrics, const char *value, struct error *error) {
    size_t most = 1;
    for (const char *letter = value; *letter != 0; letter++) {
        most += *letter == ',';
    }
    metrics_free(metrics);
    metrics->list = strdup(value);
    metrics->names = memory_array(most, sizeof *metrics->names, "metrics", error);
    if (metrics->list == NULL || metrics->names == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the list of metrics");
    }
    char *rest = metrics->list;
    for (char *name = strsep(&rest, ","); name != NULL; name = strsep(&rest, ",")) {
        if (*name == 0) {
            return error_add(error, ERROR_QUESTION,
                             "--metrics %s: write names separated by single commas, such as "
                             "turnover,revenue",
                             value);
        }
        metrics->names[metrics->count++] = name;
    }
    return true;
}

/* The first of them are what pictures show. */
static const char *const USUAL[] = {"profit",   "customer_equity", "revenue",
                                    "pay_cost", "net_retention",   "turnover"};

static const struct outcome *find_outcome(const char *name) {
    size_t o = 0;
    while (o + 1 < OUTCOME_COUNT && strcmp(OUTCOMES[o].name, name) != 0) {
        o++;
    }
    return &OUTCOMES[o];
}

bool metrics_usual(struct metrics *metrics, const struct parameters *parameters,
                   struct error *error) {
    struct text list = {0};
    for (size_t u = 0; u < sizeof USUAL / sizeof USUAL[0]; u++) {
        text_add(&list, "%s%s", u == 0 ? "" : ",", USUAL[u]);
    }
    for (size_t u = 0; u < sizeof USUAL / sizeof USUAL[0]; u++) {
        const struct outcome *outcome = find_outcome(USUAL[u]);
        for (size_t r = 0; outcome->breakdown == OUTCOME_ROLE && r < parameters->role_count; r++) {
            text_add(&list, ",%s.%s", outcome->name, parameters->roles[r].name);
        }
        for (size_t s = 0; outcome_by_segment(outcome) && s < parameters->segment_count; s++) {
            text_add(&list, ",%s.%s", outcome->name, parameters->segments[s].name);
        }
    }
    bool good = list.failed ? error_add(error, ERROR_FAILURE, "not enough memory for metrics")
                            : metrics_read(metrics, text_bytes(&list), error);
    text_free(&list);
    return good;
}

bool metrics_decides(const char *metric, struct error *error) {
    char word[NAME_SIZE];
    (void)snprintf(word, sizeof word, "%.*s", (int)strcspn(metric, "."), metric);
    return OUTCOMES[outcome_find(word)].direction != OUTCOME_NEUTRAL ||
           error_add(error, ERROR_QUESTION,
                     "--metric %s: neither more nor less of it is better, so it cannot choose a "
                     "plan; anreiz outcomes says of which metrics more or less is",
                     metric);
}

void metrics_unique(struct metrics *metrics) {
    size_t count = 0;
    for (size_t m = 0; m < metrics->count; m++) {
        size_t before = 0;
        while (before < count && strcmp(metrics->names[before], metrics->names[m]) != 0) {
            before++;
        }
        if (before == count) {
            metrics->names[count++] = metrics->names[m];
        }
    }
    metrics->count = count;
}

void metrics_free(struct metrics *metrics) {
    free(metrics->names);
    free(metrics->list);
    *metrics = (struct metrics){0};
}
