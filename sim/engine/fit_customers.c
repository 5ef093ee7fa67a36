/* How long customers stay: from the days on which they came and went, or from a table of survival.
 */
#include "engine/fit.h"

#include "base/memory.h"
#include "data/survivors.h"
#include "engine/fit_sbg.h"

#include <math.h>
#include <stdlib.h>

/* Customers of one segment by year of their stay. */
struct stay {
    double lost[SURVIVORS_YEARS_MOST];
    double kept[SURVIVORS_YEARS_MOST];
    size_t years; /* up to the last with anybody at risk */
    double customers;
    double present; /* on the last day, -1: not known */
    bool counted;   /* the numbers are those of customers: intervals mean something */
};

/* The same day so many years later; of a leap day the first of March. */
static long anniversary(long start, size_t years) {
    struct date date = date_of_day(start);
    date.year += (int)years;
    return date_day(date);
}

/* A year of a customer counts when all of it lies in the window, whether it was lost in it or not:
 * to count the unfinished ones of those who left would make churn look larger. Who leaves on the
 * anniversary leaves at the end of that year. */
static void add_lifetime(struct stay *stay, const struct fit_spell *spell, long from, long until) {
    for (size_t year = 0; year < SURVIVORS_YEARS_MOST; year++) {
        long begin = anniversary(spell->start, year);
        long end = anniversary(spell->start, year + 1);
        if (end > until || (year > 0 && spell->ended && spell->end <= begin)) {
            return;
        }
        if (begin < from) {
            continue;
        }
        bool lost = spell->ended && spell->end <= end;
        stay->lost[year] += lost;
        stay->kept[year] += !lost;
        stay->years = year + 1 > stay->years ? year + 1 : stay->years;
    }
}

static void count_lifetimes(struct stay *stay, const struct fit_question *question,
                            size_t segment) {
    const struct fit_list *list = &question->data->lifetimes;
    for (size_t i = 0; i < list->count; i++) {
        const struct fit_spell *spell = (const struct fit_spell *)list->items + i;
        if (spell->group != segment || spell->start > question->until ||
            (spell->ended && spell->end < question->from)) {
            continue;
        }
        stay->customers += 1.0;
        stay->present += !(spell->ended && spell->end <= question->until);
        add_lifetime(stay, spell, question->from, question->until);
    }
}

/* Shares are scaled to the customers behind them; without these they still give the estimate. */
static void count_survivors(struct stay *stay, const struct fit_question *question,
                            size_t segment) {
    const struct fit_list *list = &question->data->survivors;
    const struct fit_survivors *before = NULL;
    double scale = 1.0;
    for (size_t i = 0; i < list->count; i++) {
        const struct fit_survivors *item = (const struct fit_survivors *)list->items + i;
        if (item->segment != segment) {
            continue;
        }
        if (before == NULL) {
            scale = question->cohort > 0.0 ? question->cohort / item->customers : 1.0;
            stay->customers = item->customers * scale;
        } else if (stay->years < SURVIVORS_YEARS_MOST) {
            stay->lost[stay->years] = (before->customers - item->customers) * scale;
            stay->kept[stay->years++] = item->customers * scale;
        }
        stay->counted =
            stay->counted && (question->cohort > 0.0 || item->customers == floor(item->customers));
        before = item;
    }
}

static struct finding *add_estimate(struct findings *findings, double value,
                                    struct interval interval, const struct stay *stay,
                                    const char *segment, const char *parameter,
                                    struct error *error) {
    struct finding *finding =
        findings_add(findings, error, "segments.%s.churn.%s", segment, parameter);
    if (finding != NULL) {
        finding->value = value;
        finding->count = stay->customers;
        finding->parameter = true;
        if (stay->counted) {
            finding->interval = interval;
        }
    }
    return finding;
}

/* The same churn for everybody. */
static bool add_constant(struct findings *findings, const struct fit_sbg *fit,
                         const struct stay *stay, const char *segment, bool parameter,
                         struct error *error) {
    struct finding *finding = add_estimate(findings, fit->constant, fit->constant_interval, stay,
                                           segment, "annual", error);
    if (finding == NULL) {
        return false;
    }
    finding->parameter = parameter && fit->constant <= 0.99 && fit->lost > 0.0;
    text_add(&finding->method, "%.6g lost in %.6g years at risk of %.6g customers; Wilson%s",
             fit->lost, fit->at_risk, stay->customers,
             parameter ? "" : "; beta_a and beta_b stand for it in a scenario");
    return true;
}

static bool add_sbg(struct findings *findings, const struct fit_sbg *fit, const struct stay *stay,
                    const char *segment, struct error *error) {
    struct finding *finding =
        add_estimate(findings, fit->a, fit->a_interval, stay, segment, "beta_a", error);
    if (finding == NULL) {
        return false;
    }
    text_add(&finding->method,
             "shifted beta-geometric by maximum likelihood, profile likelihood; %zu years of %.6g "
             "customers, %.6g lost",
             stay->years, stay->customers, fit->lost);
    finding = add_estimate(findings, fit->b, fit->b_interval, stay, segment, "beta_b", error);
    if (finding == NULL) {
        return false;
    }
    text_add(&finding->method,
             "as beta_a; a new customer pays for %.4f years, discounted at 10 %% a year",
             fit_sbg_discounted_lifetime(fit->a, fit->b, 0.1));
    return true;
}

static bool add_churn(struct findings *findings, const struct stay *stay, const char *segment,
                      struct error *error) {
    const struct life_table table = {stay->lost, stay->kept, stay->years};
    struct fit_sbg fit;
    bool fitted = fit_sbg_of(&fit, &table);
    if (!(fit.at_risk > 0.0)) {
        text_add(&findings->unknown,
                 "segments.%s.churn: no customer was seen for a whole year; it keeps its default\n",
                 segment);
        return true;
    }
    bool spread = fitted && fit.spread && stay->years >= 2;
    if (!spread) {
        text_add(&findings->unknown,
                 "segments.%s.churn.beta_a, beta_b: whether customers differ in how likely they "
                 "leave does not show; churn.annual is the same for all\n",
                 segment);
    }
    if (!stay->counted) {
        text_add(&findings->unknown,
                 "segments.%s.churn: the table of survival holds shares; say of how many customers "
                 "with --cohort, and there are intervals%s\n",
                 segment, spread ? "" : " and a test whether customers differ");
    }
    return (!spread || add_sbg(findings, &fit, stay, segment, error)) &&
           add_constant(findings, &fit, stay, segment, !spread, error);
}

static bool add_accounts(struct findings *findings, const struct stay *stay, const char *segment,
                         struct error *error) {
    struct finding *finding = findings_add(findings, error, "segments.%s.accounts", segment);
    if (finding == NULL) {
        return false;
    }
    finding->parameter = true;
    finding->whole = true;
    finding->value = stay->present;
    finding->count = stay->customers;
    text_add(&finding->method, "customers on the last day; take it out when the table is a sample");
    return true;
}

static bool has_rows(const struct fit_data *data, size_t segment, bool of_survival) {
    const struct fit_list *list = of_survival ? &data->survivors : &data->lifetimes;
    for (size_t i = 0; i < list->count; i++) {
        if ((of_survival ? ((const struct fit_survivors *)list->items)[i].segment
                         : ((const struct fit_spell *)list->items)[i].group) == segment) {
            return true;
        }
    }
    return false;
}

static bool fit_churn_of(struct findings *findings, const struct fit_question *question,
                         size_t segment, struct stay *stay, struct error *error) {
    const struct fit_data *data = question->data;
    const char *name = data->segments.names[segment];
    bool dates = has_rows(data, segment, false);
    bool table = has_rows(data, segment, true);
    *stay = (struct stay){.counted = true};
    if (dates && table) {
        return error_add(error, ERROR_QUESTION,
                         "segment %s: there are days of customers and a table of survival; one of "
                         "both is enough: leave one away",
                         name);
    }
    if (dates) {
        count_lifetimes(stay, question, segment);
        return (stay->customers == 0.0 || (add_accounts(findings, stay, name, error) &&
                                           add_churn(findings, stay, name, error)));
    }
    if (table) {
        count_survivors(stay, question, segment);
        if (stay->years == 0 || !(stay->customers > 0.0)) {
            return error_add(error, ERROR_QUESTION,
                             "segment %s: a table of survival begins with the customers of year 0, "
                             "above 0, and goes on with those of year 1",
                             name);
        }
        return add_churn(findings, stay, name, error);
    }
    return true;
}

bool fit_churn(struct findings *findings, const struct fit_question *question,
               struct error *error) {
    struct stay *stay = memory_array(1, sizeof *stay, "customers by year", error);
    bool good = stay != NULL;
    for (size_t s = 0; good && s < question->data->segments.count; s++) {
        good = fit_churn_of(findings, question, s, stay, error);
    }
    free(stay);
    return good;
}
