/* How long customers stay: from the days on which they came and went, or from a table of survival.
 */
#include "engine/fit.h"

#include "base/memory.h"
#include "engine/fit_sbg.h"
#include "engine/fit_stay.h"

#include <math.h>
#include <stdlib.h>

/* What a scenario takes as churn.annual. */
static const double ANNUAL_MOST = 0.99;

static struct finding *add_estimate(struct findings *findings, double value,
                                    struct interval interval, const struct fit_stay *stay,
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

/* Whether there is a churn.annual that a scenario takes. */
static bool is_told(const struct fit_sbg *fit) {
    return fit->constant <= ANNUAL_MOST && fit->lost > 0.0;
}

/* What is left open when all have the same churn. */
static void add_doubt(struct findings *findings, const struct fit_sbg *fit,
                      const struct fit_stay *stay, const char *segment) {
    if (is_told(fit)) {
        text_add(&findings->unknown,
                 "segments.%s.churn.beta_a, beta_b: whether customers differ in how likely they "
                 "leave does not show; churn.annual is the same for all\n",
                 segment);
        return;
    }
    bool none = fit->constant < 0.5;
    text_add(&findings->unknown, "segments.%s.churn.annual: %.6g lost in %.6g years at risk %s",
             segment, fit->lost, fit->at_risk,
             stay->counted ? "say only that it is " : "say little");
    if (stay->counted) {
        text_add(&findings->unknown, "%s %.3f", none ? "below" : "above",
                 none ? fit->constant_interval.high : fit->constant_interval.low);
    }
    text_add(&findings->unknown, "; it keeps its default%s\n",
             none ? ", and a scenario that has more loses customers that stayed" : "");
}

/* The same churn for everybody. */
static bool add_constant(struct findings *findings, const struct findings *form,
                         const struct fit_sbg *fit, const struct fit_stay *stay,
                         const char *segment, bool spread, struct error *error) {
    struct finding *finding = add_estimate(findings, fit->constant, fit->constant_interval, stay,
                                           segment, "annual", error);
    if (finding == NULL) {
        return false;
    }
    finding->parameter =
        form == NULL ? !spread && is_told(fit) : findings_sets(form, "%s", finding->name);
    if (form != NULL) {
        finding->value = fmin(finding->value, ANNUAL_MOST);
    }
    text_add(&finding->method, "%.6g lost in %.6g years at risk of %.6g customers; Wilson%s",
             fit->lost, fit->at_risk, stay->customers,
             spread ? "; beta_a and beta_b stand for it in a scenario" : "");
    return true;
}

static bool add_sbg(struct findings *findings, const struct fit_sbg *fit,
                    const struct fit_stay *stay, const char *segment, struct error *error) {
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

static bool add_churn(struct findings *findings, const struct findings *form,
                      const struct fit_stay *stay, const char *segment, struct error *error) {
    const struct life_table table = {stay->lost, stay->kept, stay->years};
    struct fit_sbg fit;
    bool fitted = fit_sbg_of(&fit, &table);
    if (!(fit.at_risk > 0.0)) {
        text_add(&findings->unknown,
                 "segments.%s.churn: no customer was seen for a whole year; it keeps its default\n",
                 segment);
        return true;
    }
    bool spread =
        fitted && (form == NULL ? fit.spread && stay->years >= 2
                                : findings_sets(form, "segments.%s.churn.beta_a", segment));
    if (!spread) {
        add_doubt(findings, &fit, stay, segment);
    }
    if (!stay->counted) {
        text_add(&findings->unknown,
                 "segments.%s.churn: the table of survival holds shares; say of how many customers "
                 "with --cohort, and there are intervals%s\n",
                 segment, spread ? "" : " and a test whether customers differ");
    }
    return (!spread || add_sbg(findings, &fit, stay, segment, error)) &&
           add_constant(findings, form, &fit, stay, segment, spread, error);
}

static bool add_accounts(struct findings *findings, const struct fit_stay *stay,
                         const char *segment, struct error *error) {
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

static bool fit_churn_of(struct findings *findings, const struct fit_question *question,
                         size_t segment, struct fit_stay *stay, struct error *error) {
    const struct fit_data *data = question->data;
    const char *name = data->segments.names[segment];
    bool dates = fit_stay_has(data, segment, false);
    bool table = fit_stay_has(data, segment, true);
    *stay = (struct fit_stay){.counted = true};
    if (dates && table) {
        return error_add(error, ERROR_QUESTION,
                         "segment %s: there are days of customers and a table of survival; one of "
                         "both is enough: leave one away",
                         name);
    }
    if (dates) {
        fit_stay_count_lifetimes(stay, question, segment);
        return (stay->customers == 0.0 || (add_accounts(findings, stay, name, error) &&
                                           add_churn(findings, question->form, stay, name, error)));
    }
    if (table) {
        fit_stay_count_survivors(stay, question, segment);
        if (stay->years == 0 || !(stay->customers > 0.0)) {
            return error_add(error, ERROR_QUESTION,
                             "segment %s: a table of survival begins with the customers of year 0, "
                             "above 0, and goes on with those of year 1",
                             name);
        }
        return add_churn(findings, question->form, stay, name, error);
    }
    return true;
}

bool fit_churn(struct findings *findings, const struct fit_question *question,
               struct error *error) {
    struct fit_stay *stay = memory_array(1, sizeof *stay, "customers by year", error);
    bool good = stay != NULL;
    for (size_t s = 0; good && s < question->data->segments.count; s++) {
        good = fit_churn_of(findings, question, s, stay, error);
    }
    free(stay);
    return good;
}
