#include "cli/until.h"

#include "report/format.h"
#include "report/summary.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Without --max-replications. */
enum { MOST = 100000 };

static bool complain(const char *value, struct error *error) {
    return error_add(error, ERROR_QUESTION,
                     "--precision %s: write METRIC=WIDTH, the half width of the 95 %% interval in "
                     "the metric's unit or as a percentage of the mean, such as revenue=0.5%% or "
                     "turnover.kam=0.002",
                     value);
}

bool until_read(struct until *until, const char *value, struct error *error) {
    const char *equals = strchr(value, '=');
    struct precision *precision = &until->precision;
    if (equals == NULL || equals == value) {
        return complain(value, error);
    }
    if (precision->count == PRECISION_TARGETS) {
        return error_add(error, ERROR_QUESTION, "--precision: at most %d metrics at a time",
                         PRECISION_TARGETS);
    }
    char *end = NULL;
    double width = strtod(equals + 1, &end);
    bool percent = strcmp(end, "%") == 0;
    if (end == equals + 1 || (!percent && *end != '\0') || !(width > 0.0) || !isfinite(width)) {
        return complain(value, error);
    }
    char *name = strndup(value, (size_t)(equals - value));
    if (name == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for --precision");
    }
    until->words[precision->count] = name;
    precision->targets[precision->count++] =
        (struct precision_target){name, percent, percent ? width / 100.0 : width};
    return true;
}

bool until_apply(const struct until *until, const struct options *options,
                 struct parameters *parameters, struct error *error) {
    const char *names[PRECISION_TARGETS];
    const struct precision *precision = &until->precision;
    if (precision->count == 0) {
        return until->most == 0 ||
               error_add(error, ERROR_QUESTION,
                         "--max-replications is for --precision; --replications says how many "
                         "histories to simulate");
    }
    if (options->replications > 0) {
        return error_add(error, ERROR_QUESTION,
                         "--replications fixes the number that --precision is to find; write "
                         "--max-replications for an upper limit");
    }
    for (size_t t = 0; t < precision->count; t++) {
        names[t] = precision->targets[t].metric;
    }
    struct error wrong = {0};
    bool good = summary_check_metrics(parameters, names, precision->count, &wrong);
    for (const char *at = error_text(&wrong); *at != '\0';) { /* its sentences name --metrics */
        size_t length = strcspn(at, "\n");
        const char *rest = strchr(at, ':');
        (void)error_add(error, ERROR_QUESTION, "--precision%.*s", (int)(at + length - rest), rest);
        at += length + 1;
    }
    error_free(&wrong);
    parameters->simulation.replications = until->most > 0 ? (long)until->most : MOST;
    return good;
}

const struct precision *until_precision(const struct until *until) {
    return until->precision.count == 0 ? NULL : &until->precision;
}

void until_describe(const struct until *until, const struct results *results, struct text *text) {
    const struct variant *first = &results->variants[0];
    char count[FORMAT_SIZE];
    (void)format_count(count, results->replications);
    for (size_t t = 0; t < until->precision.count; t++) {
        const struct precision_target *target = &until->precision.targets[t];
        double half;
        double wanted;
        char reached[FORMAT_SIZE];
        char asked[FORMAT_SIZE];
        int series = table_find(&first->values, &first->scenario->parameters, target->metric);
        const char *unit = series < 0 ? "" : OUTCOMES[first->values.series[series].outcome].unit;
        precision_state(target, results, &half, &wanted);
        if (target->relative) { /* both as shares of the mean */
            half *= target->half_width / wanted;
            (void)snprintf(reached, sizeof reached, "%.3g %%", 100.0 * half);
            (void)snprintf(asked, sizeof asked, "%.3g %%", 100.0 * target->half_width);
            wanted = target->half_width;
        } else {
            (void)format_value(reached, unit, half);
            (void)format_value(asked, unit, wanted);
        }
        text_add(text, "%s%s: ± %s (95 %%) after %s histories, %s\n", target->metric,
                 results->variant_count > 1 ? ", difference" : "", reached, count,
                 half <= wanted ? "as precise as asked for" : "NOT as precise as asked for:");
        if (!(half <= wanted)) {
            text->length--; /* on the same line */
            text_add(text, " ± %s\n", asked);
        }
    }
}

void until_say(const struct until *until, const struct results *results, struct talk *talk) {
    for (size_t t = 0; t < until->precision.count; t++) {
        double half;
        double wanted;
        precision_state(&until->precision.targets[t], results, &half, &wanted);
        if (!(half <= wanted)) {
            talk_warn(talk,
                      "stopped at --max-replications %" PRIu64
                      ": %s is not as precise as asked for",
                      results->replications, until->precision.targets[t].metric);
        }
    }
}

void until_free(struct until *until) {
    for (size_t t = 0; t < until->precision.count; t++) {
        free(until->words[t]);
    }
    *until = (struct until){0};
}
