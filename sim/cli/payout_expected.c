#include "cli/payout_expected.h"

#include "base/memory.h"
#include "cli/output.h"
#include "cli/writing.h"
#include "model/expectation.h"
#include "report/payout_curve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct expected_options expected_options_of(void) {
    return (struct expected_options){
        .mean = 1.0, .sd = 0.3, .law = ATTAINMENT_NORMAL, .deal_cv = -1.0};
}

static const double DEAL_CV = 1.0; /* where it is not given */

static struct attainment law_of(const struct expected_options *options) {
    struct attainment law = {
        .law = options->law, .mean = options->mean, .sd = options->sd, .deals = options->deals};
    if (law.law == ATTAINMENT_DEALS) {
        law.sd = attainment_deals_sd(law.mean, law.deals,
                                     options->deal_cv < 0.0 ? DEAL_CV : options->deal_cv);
    }
    return law;
}

static bool check_deals(const struct expected_options *options, struct error *error) {
    if (options->law != ATTAINMENT_DEALS) {
        return (options->deals == 0.0 && options->deal_cv < 0.0) ||
               error_add(error, ERROR_QUESTION,
                         "--deal-count and --deal-cv are for --law deals; give it, or leave them");
    }
    bool fine = true;
    if (!(options->deals >= 0.01) || !(options->deals <= 10000.0)) {
        fine = error_add(error, ERROR_QUESTION,
                         "--law deals: needs --deal-count, the mean number of deals in a period, "
                         "0.01..10000, such as 2");
    }
    if (options->deal_cv > 5.0) {
        fine = error_add(error, ERROR_QUESTION,
                         "--deal-cv: %g is not in 0..5; 1 is a standard deviation as large as the "
                         "mean deal",
                         options->deal_cv);
    }
    if (options->sd_given) {
        fine = error_add(error, ERROR_QUESTION,
                         "--attainment-sd: the number of deals and --deal-cv say it; leave it out");
    }
    return fine;
}

static bool check_options(const struct expected_options *options, struct error *error) {
    bool fine = check_deals(options, error);
    if (!(options->mean > 0.0) || !(options->mean <= 100.0)) {
        fine = error_add(error, ERROR_QUESTION,
                         "--attainment-mean: %g is not above 0 and at most 100; 1 is the quota",
                         options->mean);
    }
    if (!(options->sd >= 0.0) || !(options->sd <= 100.0)) {
        fine = error_add(error, ERROR_QUESTION,
                         "--attainment-sd: %g is not in 0..100; 0.3 is 30 %% of the quota",
                         options->sd);
    }
    return fine;
}

/* The first role on the plan, or -1. */
static int role_on(const struct parameters *parameters, const struct plan *plan) {
    for (size_t r = 0; r < parameters->role_count; r++) {
        if (strcmp(parameters->roles[r].plan, plan->name) == 0) {
            return (int)r;
        }
    }
    return -1;
}

/* Whose quotas a plan has that nobody is on: of the people who are on the first other plan asked
 * for, as it would be theirs; -1 when nobody is on any. */
static int role_asked(const struct parameters *parameters, const size_t *plans, size_t count) {
    int role = -1;
    for (size_t p = 0; p < count && role < 0; p++) {
        role = role_on(parameters, &parameters->plans[plans[p]]);
    }
    return role;
}

/* What the reference person of a role makes of a slot. */
static struct outlook_slot slot_outlook(const struct parameters *parameters, size_t role,
                                        const struct component *component, size_t s) {
    static const double NORMAL_EFFORT[ACTIVITY_COUNT] = {1.0, 1.0, 1.0};
    struct outlook_slot outlook = {0};
    struct slot slot = slot_of(component, s);
    double months = component_months(component);
    if (!slot_used(component, s) || slot.metric == METRIC_OBJECTIVES) {
        return outlook;
    }
    slot.quota = 0.0;
    outlook.heads = scope_heads(parameters, role, slot.scope);
    outlook.quota = expected_quota(parameters, role, &slot, months);
    struct metric_moments moments =
        expected_measure(parameters, role, &slot, months, NORMAL_EFFORT);
    outlook.mean = moments.mean;
    outlook.sd = moments.sd;
    return outlook;
}

/* An outlook owns its slots: free(slots). */
static bool make_outlook(const struct parameters *parameters, const struct plan *plan, int role,
                         const struct expected_options *options, struct outlook *outlook,
                         struct outlook_slot **slots, struct error *error) {
    *outlook = (struct outlook){.attainment = law_of(options)};
    *slots = NULL;
    if (role < 0) {
        return true;
    }
    *slots = memory_array(forecast_slots(plan), sizeof **slots, "the quotas of a plan", error);
    if (*slots == NULL) {
        return false;
    }
    size_t at = 0;
    for (size_t c = 0; c < plan->component_count; c++) {
        for (size_t s = 0; s < slot_count(&plan->components[c]); s++) {
            (*slots)[at++] = slot_outlook(parameters, (size_t)role, &plan->components[c], s);
        }
    }
    outlook->slots = *slots;
    outlook->people = (double)parameters->roles[role].headcount;
    return true;
}

/* A plan whose sums would miss what a quota or a role could tell is a wrong question. */
static bool check_gaps(const struct plan *plan, const struct forecast *forecast, bool has_role,
                       struct error *error) {
    bool fine = true;
    for (size_t c = 0; c < plan->component_count; c++) {
        enum forecast_gap gap = forecast->lines[c].gap;
        const char *cure = has_role ? "; write its quota"
                                    : "; write its quota, or name it beside a plan that a role of "
                                      "the scenario uses, whose quotas it then takes: --plan A,B";
        if (gap == FORECAST_NEEDS_PEOPLE) {
            cure = "; name it beside a plan that a role of the scenario uses: --plan A,B";
        } else if (gap != FORECAST_NEEDS_QUOTA && gap != FORECAST_NEEDS_LEVEL) {
            continue;
        }
        fine = error_add(error, ERROR_QUESTION, "plan %s: %s %s%s", plan->name,
                         plan->components[c].name, FORECAST_GAPS[gap], cure);
    }
    return fine;
}

/* What one question needs in memory. */
struct work {
    struct expected_plan *plans;
    double (*pays)[PAYOUT_CURVE_POINTS];
    struct payout_curve *curve;
};

/* From the lowest to the highest attainment worth drawing, the quota among them. */
static void set_axis(struct payout_curve *curve, const struct attainment *law) {
    double low = fmin(law->sd > 0.0 ? attainment_quantile(law, 0.001) : law->mean, 0.7);
    double high = fmax(law->sd > 0.0 ? attainment_quantile(law, 0.995) : law->mean, 1.3);
    low = fmax(0.0, floor(10.0 * low) / 10.0);
    high = ceil(10.0 * high) / 10.0;
    for (size_t i = 0; i < PAYOUT_CURVE_POINTS; i++) {
        double at = low + (high - low) * (double)i / (PAYOUT_CURVE_POINTS - 1);
        curve->attainments[i] = at;
        curve->density[i] = law->sd > 0.0 ? attainment_density(law, at) : 0.0;
    }
}

static bool forecast_one(const struct parameters *parameters, const struct plan *plan, int other,
                         const struct expected_options *options, struct expected_plan *expected,
                         const double attainments[], double pays[], struct error *error) {
    struct outlook outlook;
    struct outlook_slot *slots;
    int own = role_on(parameters, plan);
    int role = own < 0 ? other : own;
    *expected = (struct expected_plan){.plan = plan,
                                       .role = role < 0 ? NULL : parameters->roles[role].name};
    bool good = make_outlook(parameters, plan, role, options, &outlook, &slots, error) &&
                forecast_plan(plan, &outlook, &expected->forecast, error) &&
                check_gaps(plan, &expected->forecast, role >= 0, error) &&
                forecast_at(plan, &outlook, attainments, pays, PAYOUT_CURVE_POINTS, error);
    free(slots);
    return good;
}

static bool write_files(const struct expected_pay *pay, const struct payout_curve *curve,
                        const struct expected_options *options, struct error *error) {
    struct folder folder = {0};
    struct folder_file file = {0};
    struct talk talk = talk_open(options->quiet, options->verbose);
    bool good = folder_create(&folder, options->out, options->force, error) &&
                folder_begin(&folder, "expected_pay.csv", &file, error);
    if (good) {
        expected_pay_csv(pay, file.stream);
        good = folder_commit(&file, error) && payout_curve_write(&folder, curve, error) &&
               (options->no_plots || writing_draw(&folder, &talk, error));
    }
    writing_close_folder(&folder);
    return good;
}

static bool answer(const struct scenario *scenario, const struct work *work, size_t count,
                   const struct expected_options *options, struct error *error) {
    const struct parameters *parameters = &scenario->parameters;
    const struct expected_pay pay = {law_of(options), work->plans, count};
    struct text name = {0};
    struct output output;
    text_add(&name, "%s%s%s", parameters->name, parameters->question[0] == 0 ? "" : ": ",
             parameters->question);
    work->curve->scenario = text_bytes(&name);
    work->curve->pay = &pay;
    work->curve->pays = (const double(*)[PAYOUT_CURVE_POINTS])work->pays;
    bool good = (options->out == NULL || write_files(&pay, work->curve, options, error)) &&
                output_open(&output, error);
    text_free(&name);
    if (!good) {
        return false;
    }
    if (options->format == FORMAT_CSV) {
        expected_pay_csv(&pay, output.stream);
    } else if (options->format == FORMAT_JSON) {
        expected_pay_json(&pay, output.stream);
    } else {
        expected_pay_table(&pay, output.stream);
    }
    return output_print(&output, true, error);
}

bool payout_expected(const struct scenario *scenario, const size_t *plans, size_t plan_count,
                     const struct expected_options *options, struct error *error) {
    static const char what[] = "expected pay";
    if (!check_options(options, error)) {
        return false;
    }
    const struct attainment law = law_of(options);
    const int other = role_asked(&scenario->parameters, plans, plan_count);
    struct work work = {.plans = memory_array(plan_count, sizeof *work.plans, what, error),
                        .pays = memory_array(plan_count, sizeof *work.pays, what, error),
                        .curve = memory_array(1, sizeof *work.curve, what, error)};
    bool good = work.plans != NULL && work.pays != NULL && work.curve != NULL;
    if (good) {
        set_axis(work.curve, &law);
    }
    for (size_t p = 0; good && p < plan_count; p++) {
        good = forecast_one(&scenario->parameters, &scenario->parameters.plans[plans[p]], other,
                            options, &work.plans[p], work.curve->attainments, work.pays[p], error);
    }
    good = good && answer(scenario, &work, plan_count, options, error);
    free(work.plans);
    free(work.pays);
    free(work.curve);
    return good;
}
