#include "cli/optimize_words.h"

#include "engine/table.h"
#include "report/summary.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Statistics by name, in the order of RESULT_PROBABILITY. */
static const char *const QUANTILES[RESULT_PROBABILITIES] = {".p5",  ".p10", ".p25", ".p50",
                                                            ".p75", ".p90", ".p95"};

static bool complain_number(const char *option, const char *word, struct error *error) {
    return error_add(error, ERROR_QUESTION,
                     "--%s %s: write METRIC or METRIC.STATISTIC; the statistic is mean (without "
                     "one), p5, p10, p25, p50, p75, p90 or p95 over the histories",
                     option, word);
}

/* Cuts the statistic off the name of the metric. */
static bool take_statistic(struct wishes *wishes, size_t t, const char *option,
                           struct error *error) {
    struct text *name = &wishes->names[t];
    const char *bytes = text_bytes(name);
    const char *last = strrchr(bytes, '.');
    wishes->targets[t].quantile = -1;
    if (last == NULL) {
        return true;
    }
    size_t q = 0;
    while (q < RESULT_PROBABILITIES && strcmp(last, QUANTILES[q]) != 0) {
        q++;
    }
    bool number = last[1] == 'p' && isdigit((unsigned char)last[2]);
    if (q < RESULT_PROBABILITIES) {
        wishes->targets[t].quantile = (int)q;
    } else if (number) {
        return complain_number(option, text_bytes(&wishes->words[t]), error);
    }
    if (q < RESULT_PROBABILITIES || strcmp(last, ".mean") == 0) {
        name->length = (size_t)(last - bytes);
        name->bytes[name->length] = '\0';
    }
    return true;
}

static bool add(struct wishes *wishes, const char *option, const char *word, size_t length, bool up,
                double bound, struct error *error) {
    if (wishes->count == WISHES_MOST) {
        return error_add(error, ERROR_QUESTION, "--%s %s: at most %d goals and bounds are possible",
                         option, word, WISHES_MOST);
    }
    size_t t = wishes->count++;
    while (length > 0 && word[length - 1] == ' ') {
        length--;
    }
    if (length == 0) {
        return complain_number(option, word, error);
    }
    text_add(&wishes->words[t], "%.*s", (int)length, word);
    text_add(&wishes->names[t], "%.*s", (int)length, word);
    if (wishes->words[t].failed || wishes->names[t].failed) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the name of a metric");
    }
    wishes->targets[t] = (struct target){.up = up, .bound = bound};
    return take_statistic(wishes, t, option, error);
}

bool wishes_add_goal(struct wishes *wishes, const char *word, bool up, struct error *error) {
    const char *option = up ? "maximize" : "minimize";
    if (wishes->goal_count == 2) {
        return error_add(error, ERROR_QUESTION,
                         "--%s %s: there are at most two goals; make the others bounds, such as "
                         "--subject-to 'turnover<=0.15'",
                         option, word);
    }
    wishes->goal_count++;
    return add(wishes, option, word, strlen(word), up, (double)NAN, error);
}

bool wishes_add_bound(struct wishes *wishes, const char *word, struct error *error) {
    size_t length = strcspn(word, "<>=");
    const char *number = word + length;
    bool up = *number == '>';
    bool sign = *number == '<' || *number == '>';
    number += sign;
    number += *number == '=';
    char *end = NULL;
    double bound = strtod(number, &end);
    if (end != number && *end == '%') {
        bound /= 100.0;
        end++;
    }
    if (!sign || end == number || *end != '\0' || !isfinite(bound)) {
        return error_add(error, ERROR_QUESTION,
                         "--subject-to %s: write METRIC<=NUMBER or METRIC>=NUMBER in quotes, for "
                         "example --subject-to 'turnover<=0.15' or 'pay_cost.p90<=4.2e6'",
                         word);
    }
    return add(wishes, "subject-to", word, length, up, bound, error);
}

/* Goals to the front, both in the order in which they were given. */
static void put_goals_first(struct wishes *wishes) {
    for (size_t t = 0, goals = 0; t < wishes->count; t++) {
        if (!isnan(wishes->targets[t].bound)) {
            continue;
        }
        for (size_t at = t; at > goals; at--) {
            struct target target = wishes->targets[at];
            struct text words = wishes->words[at];
            struct text name = wishes->names[at];
            wishes->targets[at] = wishes->targets[at - 1];
            wishes->words[at] = wishes->words[at - 1];
            wishes->names[at] = wishes->names[at - 1];
            wishes->targets[at - 1] = target;
            wishes->words[at - 1] = words;
            wishes->names[at - 1] = name;
        }
        goals++;
    }
}

static bool check(struct wishes *wishes, const struct parameters *parameters, size_t t,
                  struct error *error) {
    const char *const name[] = {text_bytes(&wishes->names[t])};
    const struct target *target = &wishes->targets[t];
    const char *option = !isnan(target->bound) ? "subject-to"
                         : target->up          ? "maximize"
                                               : "minimize";
    struct error wrong = {0};
    bool good = summary_check_metrics(parameters, name, 1, &wrong);
    for (const char *at = error_text(&wrong); *at != '\0';) { /* its sentences name --metrics */
        size_t length = strcspn(at, "\n");
        const char *rest = strchr(at, ':');
        (void)error_add(error, ERROR_QUESTION, "--%s%.*s", option, (int)(at + length - rest), rest);
        at += length + 1;
    }
    error_free(&wrong);
    return good;
}

bool wishes_complete(struct wishes *wishes, const struct parameters *parameters,
                     struct error *error) {
    bool good = true;
    if (wishes->goal_count == 0) {
        return error_add(error, ERROR_QUESTION,
                         "what is to be the best? For example --maximize npv, or --minimize "
                         "turnover.kam, see anreiz optimize --help");
    }
    put_goals_first(wishes);
    for (size_t t = 0; t < wishes->count; t++) {
        size_t m = 0;
        wishes->targets[t].words = text_bytes(&wishes->words[t]);
        good = check(wishes, parameters, t, error) && good;
        while (m < wishes->metric_count &&
               strcmp(wishes->metrics[m], text_bytes(&wishes->names[t])) != 0) {
            m++;
        }
        wishes->metrics[m] = text_bytes(&wishes->names[t]);
        wishes->metric_count += m == wishes->metric_count;
        wishes->targets[t].metric = m;
    }
    if (good && wishes->goal_count == 2 &&
        strcmp(wishes->targets[0].words, wishes->targets[1].words) == 0) {
        good = error_add(error, ERROR_QUESTION,
                         "%s is asked for twice: two goals are two different statistics",
                         wishes->targets[0].words);
    }
    return good;
}

void wishes_free(struct wishes *wishes) {
    for (size_t t = 0; t < WISHES_MOST; t++) {
        text_free(&wishes->words[t]);
        text_free(&wishes->names[t]);
    }
    *wishes = (struct wishes){0};
}
