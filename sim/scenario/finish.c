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

void finish_role(struct reader *reader, void *object, const struct setting *group,
                 const char *path) {
    const struct role *role = object;
    check_time(reader, role, group, path);
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

static bool is_money(long metric) { return metric != METRIC_NEW_CUSTOMERS; }

static void check_rate(struct reader *reader, double rate, const struct setting *group,
                       const char *path, const char *below) {
    if (rate > 1.0) {
        char given[32];
        char meant[32];
        char hint[64] = "";
        if (rate <= 100.0) {
            (void)snprintf(hint, sizeof hint, " (did you mean %s?)", brief(meant, rate / 100.0));
        }
        reader_complain_below(reader, group, path, below, "%s is not in 0..1%s", brief(given, rate),
                              hint);
    }
}

static void finish_commission(struct reader *reader, const struct component *component,
                              const struct setting *group, const char *path) {
    if (metric_kind((enum metric)component->metric) == METRIC_INDEX) {
        reader_complain_below(reader, group, path, "metric",
                              "%s is an index, and a commission is paid on money or customers; "
                              "use a bonus",
                              METRIC_NAMES[component->metric]);
        return;
    }
    if (component->tiers.count == 0 && component->rate <= 0.0) {
        reader_complain_below(reader, group, path, "rate",
                              "a commission needs a rate above 0, such as rate = 0.05, or tiers");
    } else if (component->tiers.count > 0 && component->rate > 0.0) {
        reader_complain_below(reader, group, path, "rate",
                              "there are tiers too; keep one of the two");
    }
    if (!is_money(component->metric)) {
        return;
    }
    check_rate(reader, component->rate, group, path, "rate");
    for (size_t i = 0; i < component->tiers.count; i++) {
        char below[64];
        (void)snprintf(below, sizeof below, "tiers.[%zu].[1]", i);
        check_rate(reader, component->tiers.points[i].value, group, path, below);
    }
}

static void need_target(struct reader *reader, const struct component *component,
                        const struct setting *group, const char *path) {
    const char *type = COMPONENT_TYPES[component->type];
    if (component->target <= 0.0) {
        reader_complain_below(reader, group, path, "target",
                              "a component of type %s needs a target above 0, %s", type,
                              component->type == COMPONENT_BONUS ? "the pay a year at attainment 1"
                                                                 : "the value of one grant");
    }
    if (component->type != COMPONENT_SHARES && component->payout.count == 0) {
        reader_complain_below(reader, group, path, "payout",
                              "a component of type %s needs a payout curve, such as payout = "
                              "( [0.5, 0], [1, 1] )",
                              type);
    }
}

static void finish_shares(struct reader *reader, const struct component *component,
                          const struct setting *group, const char *path) {
    long rest = component->vesting_months - component->cliff_months;
    if (rest < 0) {
        reader_complain_below(reader, group, path, "cliff_months",
                              "%ld is longer than vesting_months, which is %ld",
                              component->cliff_months, component->vesting_months);
    } else if (rest % component->step_months != 0) {
        reader_complain_below(reader, group, path, "step_months",
                              "the %ld months from the cliff to the end of vesting do not divide "
                              "into steps of %ld (did you mean %ld?)",
                              rest, component->step_months,
                              rest < component->step_months ? rest : 1);
    }
}

/* Values that the type of the component never looks at. */
static void note_unused(struct reader *reader, const struct component *component,
                        const struct setting *group, const char *path) {
    for (size_t i = 0; i < COMPONENT_SCHEMA.count; i++) {
        const struct row *row = &COMPONENT_SCHEMA.rows[i];
        const struct setting *setting = reader_find(group, row->path);
        bool is_used = row->kinds == 0 || (row->kinds >> component->type & 1U) != 0;
        if (is_used || setting == NULL) {
            continue;
        }
        bool is_plain = setting->kind == SETTING_NUMBER || setting->kind == SETTING_WHOLE;
        double value =
            setting->kind == SETTING_NUMBER ? setting->value.number : (double)setting->value.whole;
        bool is_usual = is_plain ? value == row->fallback
                        : setting->kind == SETTING_TEXT
                            ? strcmp(setting->value.text, row->fallback_text) == 0
                            : setting->count == 0;
        if (!is_usual) {
            char full[PATH_SIZE];
            path_join(full, path, &(struct step){.name = row->path, .length = strlen(row->path)});
            reader_note(reader, setting, full, "has no effect on a component of type %s",
                        COMPONENT_TYPES[component->type]);
        }
    }
}

void finish_component(struct reader *reader, void *object, const struct setting *group,
                      const char *path) {
    struct component *component = object;
    const char *type = COMPONENT_TYPES[component->type];
    if (*component->name == '\0') {
        (void)snprintf(component->name, sizeof component->name, "%s", type);
    }
    if (component->type != COMPONENT_SHARES && reader_find(group, "metric") == NULL) {
        reader_complain_below(reader, group, path, "metric",
                              "is missing: a component of type %s says what it is paid on", type);
    }
    if (component->type == COMPONENT_COMMISSION) {
        finish_commission(reader, component, group, path);
    } else {
        need_target(reader, component, group, path);
    }
    if (component->type == COMPONENT_SHARES) {
        finish_shares(reader, component, group, path);
    }
    if (component->type == COMPONENT_LTIP && component->cycle_months % 12 != 0) {
        reader_complain_below(reader, group, path, "cycle_months",
                              "%ld is no multiple of 12 (did you mean %ld?)",
                              component->cycle_months, (component->cycle_months + 6) / 12 * 12);
    }
    note_unused(reader, component, group, path);
}

void finish_plan(struct reader *reader, void *object, const struct setting *group,
                 const char *path) {
    const struct plan *plan = object;
    for (size_t i = 1; i < plan->component_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(plan->components[i].name, plan->components[j].name) == 0) {
                char below[64];
                (void)snprintf(below, sizeof below, "components.[%zu].name", i);
                reader_complain_below(reader, group, path, below,
                                      "[%zu] is called \"%s\" too; write a name for each", j,
                                      plan->components[i].name);
                break;
            }
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

void finish_parameters(struct reader *reader, void *object, const struct setting *group,
                       const char *path) {
    const struct parameters *parameters = object;
    check_hunting(reader, parameters, group);
    if (parameters->economy.recession.month > parameters->simulation.years * 12) {
        const struct setting *setting = reader_find(group, "economy.recession.month");
        reader_note(reader, setting == NULL ? group : setting, "economy.recession.month",
                    "the simulation ends before, after month %ld",
                    parameters->simulation.years * 12);
    }
    (void)path;
}
