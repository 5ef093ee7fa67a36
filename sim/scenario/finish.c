#include "scenario/finish.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double SUM_TOLERANCE = 1e-9;
static const double SEASON_TOLERANCE = 1e-6;

/* Few digits, for suggestions. */
static const char *brief(char buffer[32], double value) {
    (void)snprintf(buffer, 32, "%.10g", value);
    return buffer;
}

static void check_season(struct reader *reader, const struct segment *segment,
                         const struct setting *group, const char *path) {
    double sum = 0.0;
    for (size_t month = 0; month < 12; month++) {
        sum += segment->leads.season[month];
    }
    if (fabs(sum / 12.0 - 1.0) <= SEASON_TOLERANCE) {
        return;
    }
    char mean[32];
    struct text scaled = {0};
    for (size_t month = 0; sum > 0.0 && month < 12; month++) {
        char weight[32];
        text_add(&scaled, "%s%s", month == 0 ? "; in the same proportions: [" : ", ",
                 brief(weight, segment->leads.season[month] * 12.0 / sum));
    }
    reader_complain_below(reader, group, path, "leads.season",
                          "the mean of the twelve weights is %s, not 1%s%s",
                          brief(mean, sum / 12.0), text_bytes(&scaled), sum > 0.0 ? "]" : "");
    text_free(&scaled);
}

void finish_segment(struct reader *reader, void *object, const struct setting *group,
                    const char *path) {
    const struct segment *segment = object;
    check_season(reader, segment, group, path);
    if (segment->coverage.hunters.count > 0 && segment->prospects < 1) {
        reader_complain_below(reader, group, path, "prospects",
                              "roles hunt here (coverage.hunters), so at least 1 is needed");
    }
    if ((segment->churn.beta_a > 0.0) != (segment->churn.beta_b > 0.0)) {
        bool has_a = segment->churn.beta_a > 0.0;
        reader_complain_below(reader, group, path, has_a ? "churn.beta_b" : "churn.beta_a",
                              "is 0, but %s is not; set both above 0, or both to 0",
                              has_a ? "beta_a" : "beta_b");
    }
    if (segment->wallet.start > segment->wallet.ceiling) {
        char start[32];
        char ceiling[32];
        reader_complain_below(
            reader, group, path, "wallet.start", "%s is above wallet.ceiling, which is %s",
            brief(start, segment->wallet.start), brief(ceiling, segment->wallet.ceiling));
    }
    if (segment->relationship.investment + segment->relationship.decay <= 0.0) {
        reader_complain_below(reader, group, path, "relationship.investment",
                              "investment and decay are both 0, so there is no reference "
                              "relationship; set one of them above 0");
    }
}

static void check_time(struct reader *reader, const struct role *role, const struct setting *group,
                       const char *path) {
    double busy = role->time.acquire + role->time.develop;
    double sum = busy + role->time.care;
    if (fabs(sum - 1.0) <= SUM_TOLERANCE) {
        return;
    }
    char total[32];
    char first[32];
    char second[32];
    char third[32];
    if (busy <= 1.0) {
        reader_complain_below(reader, group, path, "time",
                              "the shares of time sum to %s, not 1 (did you mean care = %s?)",
                              brief(total, sum), brief(third, 1.0 - busy));
    } else {
        reader_complain_below(reader, group, path, "time",
                              "the shares of time sum to %s, not 1; in the same proportions: "
                              "acquire = %s, develop = %s, care = %s",
                              brief(total, sum), brief(first, role->time.acquire / sum),
                              brief(second, role->time.develop / sum),
                              brief(third, role->time.care / sum));
    }
}

/* Somebody has to be suitable, or a seat would stay empty for ever. */
static void check_seeks(struct reader *reader, const struct role *role, const struct setting *group,
                        const char *path) {
    double share = role->recruiting.experience.share;
    if (role->recruiting.seeks == SEEKS_EXPERIENCED && share <= 0.0) {
        reader_complain_below(reader, group, path, "recruiting.seeks",
                              "no candidate has experience; set recruiting.experience.share above "
                              "0, or seek \"anybody\"");
    } else if (role->recruiting.seeks == SEEKS_NOVICES && share >= 1.0) {
        reader_complain_below(reader, group, path, "recruiting.seeks",
                              "every candidate has experience; set recruiting.experience.share "
                              "below 1, or seek \"anybody\"");
    }
}

/* An impression that tells nothing is no neutral one: it takes the place of what is seen of talent.
 */
static void note_culture(struct reader *reader, const struct role *role,
                         const struct setting *group, const char *path) {
    if (role->recruiting.culture.weight > 0.0 && role->recruiting.culture.signal <= 0.0) {
        const struct setting *setting = reader_find(group, "recruiting.culture.weight");
        char full[PATH_SIZE];
        path_join(full, path,
                  &(struct step){.name = "recruiting.culture.weight",
                                 .length = strlen("recruiting.culture.weight")});
        reader_note(reader, setting == NULL ? group : setting, full,
                    "the selection sees nothing of who fits (culture.signal is 0), so that this "
                    "only costs talent of hires; set culture.signal above 0, or this to 0");
    }
}

void finish_role(struct reader *reader, void *object, const struct setting *group,
                 const char *path) {
    const struct role *role = object;
    check_time(reader, role, group, path);
    check_seeks(reader, role, group, path);
    note_culture(reader, role, group, path);
    double share = role->succession.similar + role->succession.dissimilar;
    if (share > 1.0 + SUM_TOLERANCE) {
        char total[32];
        reader_complain_below(reader, group, path, "succession",
                              "similar and dissimilar sum to %s; together they are at most 1",
                              brief(total, share));
    }
    for (size_t i = 0; i < role->recruiting.internal.count; i++) {
        if (strcmp(role->recruiting.internal.name[i], role->name) == 0) {
            reader_complain_below(reader, group, path, "recruiting.internal",
                                  "a role does not recruit from itself; take \"%s\" out",
                                  role->name);
        }
    }
}

/* A role that hunts in some segments divides its time by their weights. */
static void check_hunting(struct reader *reader, const struct parameters *parameters,
                          const struct setting *group) {
    for (size_t r = 0; r < parameters->role_count; r++) {
        const char *role = parameters->roles[r].name;
        const char *segment = NULL;
        double sum = 0.0;
        for (size_t s = 0; s < parameters->segment_count; s++) {
            const struct names *hunters = &parameters->segments[s].coverage.hunters;
            for (size_t i = 0; i < hunters->count; i++) {
                if (strcmp(hunters->name[i], role) == 0) {
                    segment = parameters->segments[s].name;
                    sum += parameters->segments[s].coverage.hunting_weight;
                }
            }
        }
        if (segment != NULL && sum <= 0.0) {
            char below[PATH_SIZE];
            (void)snprintf(below, sizeof below, "segments.%s.coverage.hunting_weight", segment);
            reader_complain_below(reader, group, "", below,
                                  "%s hunts only where the weight is 0; set one above 0", role);
        }
    }
}

/* Below it, moving deals of a plan that pays every euro alike would seem to pay. */
static void check_hassle(struct reader *reader, const struct parameters *parameters,
                         const struct setting *group) {
    for (size_t r = 0; r < parameters->role_count; r++) {
        const struct role *role = &parameters->roles[r];
        double keep = pow(1.0 - role->turnover.annual, 1.0 / 12.0) *
                      pow(1.0 + role->preferences.discount, -1.0 / 12.0);
        double least = 1.0 - role->preferences.present_bias * keep;
        if (role->timing.flexibility > 0.0 && role->timing.hassle < least - SUM_TOLERANCE) {
            char given[32];
            char needed[32];
            char below[PATH_SIZE];
            (void)snprintf(below, sizeof below, "roles.%s.timing.hassle", role->name);
            reader_complain_below(
                reader, group, "", below,
                "%s is too low for these preferences and this turnover: at least "
                "%s, or deals would move where every euro is paid alike; raise it, "
                "or set simulation.effort to \"static\"",
                brief(given, role->timing.hassle), brief(needed, ceil(least * 1000.0) / 1000.0));
        }
    }
}

void finish_parameters(struct reader *reader, void *object, const struct setting *group,
                       const char *path) {
    const struct parameters *parameters = object;
    check_hunting(reader, parameters, group);
    finish_opening(reader, parameters, group);
    if (parameters->simulation.effort == EFFORT_DYNAMIC) {
        check_hassle(reader, parameters, group);
    }
    note_products(reader, parameters, group);
    note_coverage(reader, parameters, group);
    if (parameters->economy.recession.month > parameters->simulation.years * 12) {
        const struct setting *setting = reader_find(group, "economy.recession.month");
        reader_note(reader, setting == NULL ? group : setting, "economy.recession.month",
                    "the simulation ends before, after month %ld",
                    parameters->simulation.years * 12);
    }
    (void)path;
}
