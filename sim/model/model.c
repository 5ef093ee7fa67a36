#include "model/model.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "base/random.h"
#include "model/effort.h"
#include "plan/payoff.h"
#include "plan/payout.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const EFFORT_MODES[] = {[EFFORT_NONE] = "none", [EFFORT_STATIC] = "static", NULL};
const char *const START_MODES[] = {[START_RUNNING] = "running", [START_NEW] = "new", NULL};

/* Identity of a name, so that draws do not depend on the order of roles and segments (FNV-1a). */
static uint64_t name_identity(const char *name) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = name; *c != '\0'; c++) {
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    }
    return hash;
}

long role_headcount(const struct role *role, long month) {
    long headcount = role->headcount;
    for (size_t p = 0; p < role->headcount_path.count; p++) {
        if ((double)(month + 1) >= role->headcount_path.points[p].at) {
            headcount = (long)role->headcount_path.points[p].value;
        }
    }
    return headcount;
}

/* A checked scenario names only plans that exist. */
static const struct plan *find_plan(const struct parameters *parameters, const char *name) {
    size_t p = 0;
    while (strcmp(parameters->plans[p].name, name) != 0) {
        p++;
        assert(p < parameters->plan_count);
    }
    return &parameters->plans[p];
}

/* Mean of a metric over a component's period for the reference person under the role's effort:
 * what effort adds in steady state (flows) or within the period (indices). */
static struct metric_moments period_moments(const struct model *model, size_t role,
                                            const struct component *component) {
    const struct role_law *law = &model->roles[role];
    enum metric metric = (enum metric)component->metric;
    double months = component_months(component);
    struct metric_moments period =
        reference_period(reference_metric(model->parameters, role, metric), metric, months);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        double response[RESPONSE_MONTHS];
        double extra = law->effort[k] - 1.0;
        if (extra == 0.0) {
            continue;
        }
        reference_response(model->parameters, role, metric, (enum activity)k, response);
        if (metric_kind(metric) == METRIC_FLOW) {
            period.mean += extra * months * response[RESPONSE_MONTHS - 1];
        } else {
            for (int h = 0; h < (int)months && h < RESPONSE_MONTHS; h++) {
                period.mean += extra * response[h];
            }
        }
    }
    return period;
}

/* Expected pay of one period or cycle at a skill, before perception. */
static double period_pay(const struct model *model, size_t role, const struct component *component,
                         double skill) {
    struct metric_moments period = period_moments(model, role, component);
    double quota = effort_quota(model->parameters, role, component, component_months(component));
    if (metric_kind((enum metric)component->metric) == METRIC_FLOW) {
        const struct role *self = model->roles[role].role;
        period.mean *= skill;
        period.sd *= sqrt(skill);
        quota *= component->quota > 0.0 ? 1.0 : math_power(skill, self->quota.skill_exponent);
        period.sd = sqrt(period.sd * period.sd +
                         period.mean * period.mean * self->quota.error * self->quota.error);
    }
    if (quota <= 0.0 && component->type != COMPONENT_COMMISSION) {
        return 0.0;
    }
    struct payoff payoff = payout_payoff(component, quota, 1.0);
    return payoff_expectation(&payoff, period.mean, period.sd);
}

/* beta delta^months: what one unit in so many months is worth today to somebody who stays; the
 * chance of leaving is not taken off here, because what leaving forfeits is weighed apart. */
static double perceived_factor(const struct role_law *law, double months) {
    double month = math_power(1.0 + law->role->preferences.discount, -1.0 / 12.0);
    return law->role->preferences.present_bias * math_power(month, months);
}

static double component_pay(const struct model *model, size_t role,
                            const struct component *component, double skill, bool perceived) {
    const struct role_law *law = &model->roles[role];
    if (component->type == COMPONENT_SHARES) {
        double value = component->target * 12.0 / (double)component->every_months;
        double worth = 0.0;
        double vested = 0.0;
        for (long age = 1; perceived && age <= component->vesting_months; age++) {
            double now = payout_vested(component, age);
            worth += now > vested ? (now - vested) * perceived_factor(law, (double)age) : 0.0;
            vested = now;
        }
        return perceived ? value * worth : value;
    }
    double pay = period_pay(model, role, component, skill);
    if (component->type == COMPONENT_LTIP) {
        double factor = perceived ? perceived_factor(law, (double)component->cycle_months) : 1.0;
        return pay * factor * 12.0 / (double)component->every_months;
    }
    return pay * 12.0 / component_months(component);
}

double expected_pay(const struct model *model, size_t role, double skill, bool perceived) {
    const struct plan *plan = model->roles[role].plan;
    double pay = plan->salary;
    for (size_t c = 0; c < plan->component_count; c++) {
        pay += component_pay(model, role, &plan->components[c], skill, perceived);
    }
    return pay;
}

static bool prepare_components(struct model *model, size_t role, struct error *error) {
    struct role_law *law = &model->roles[role];
    law->components =
        memory_array(law->plan->component_count, sizeof *law->components, "pay components", error);
    if (law->components == NULL) {
        return false;
    }
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *terms = &law->plan->components[c];
        struct component_law *component = &law->components[c];
        bool award = terms->type == COMPONENT_LTIP || terms->type == COMPONENT_SHARES;
        long length = terms->type == COMPONENT_LTIP ? terms->cycle_months : terms->vesting_months;
        bool index = metric_kind((enum metric)terms->metric) == METRIC_INDEX;
        double months = component_months(terms);
        component->terms = terms;
        component->award_first = law->awards;
        component->award_count =
            award ? (size_t)((length + terms->every_months - 1) / terms->every_months) + 1 : 0;
        law->awards += component->award_count;
        if (terms->type != COMPONENT_SHARES) {
            double quota = effort_quota(model->parameters, role, terms, months);
            component->quota_month = index ? quota : quota / months;
            double mean = period_moments(model, role, terms).mean;
            component->expected_month = index ? math_power(mean, 1.0 / months) : mean / months;
        }
        component->expected_year = component_pay(model, role, terms, 1.0, false);
        component->perceived_year = component_pay(model, role, terms, 1.0, true);
        double target_year = terms->type == COMPONENT_BONUS
                                 ? terms->target
                                 : terms->target * 12.0 / (double)terms->every_months;
        component->expected_share =
            terms->target > 0.0 && target_year > 0.0 ? component->expected_year / target_year : 0.0;
    }
    return true;
}

static void prepare_recruiting(struct model *model, size_t role) {
    struct role_law *law = &model->roles[role];
    const struct role *self = law->role;
    double relative = law->perceived_pay / self->market_pay;
    law->pool = self->recruiting.pool * math_power(relative, self->recruiting.pool_elasticity);
    if (self->recruiting.selection != 0.0) {
        double talented = math_exp(0.6 * self->skill.spread); /* output at talent z = 1 */
        law->applicant_mean =
            self->recruiting.selection * math_log(expected_pay(model, role, talented, false) /
                                                  expected_pay(model, role, 1.0, false));
    }
}

static bool prepare_role(struct model *model, size_t role, struct error *error) {
    const struct parameters *parameters = model->parameters;
    struct role_law *law = &model->roles[role];
    const struct role *self = &parameters->roles[role];
    law->role = self;
    law->plan = find_plan(parameters, self->plan);
    law->identity = name_identity(self->name);
    law->first_seat = model->seat_count;
    law->ramp = ramp_law(self);
    law->norm = skill_norm(self->skill.spread, self->recruiting.signal,
                           (unsigned)(self->recruiting.pool + 0.5));
    for (long month = 0; month < (long)model->months; month++) {
        size_t seats = (size_t)role_headcount(self, month);
        law->seats = seats > law->seats ? seats : law->seats;
    }
    model->seat_count += law->seats;
    law->hunting = memory_array(model->segment_count, sizeof *law->hunting, "segments", error);
    law->fit = memory_array(model->segment_count, sizeof *law->fit, "segments", error);
    law->owns = memory_array(model->segment_count, sizeof *law->owns, "segments", error);
    if (law->hunting == NULL || law->fit == NULL || law->owns == NULL ||
        !tenure_law_init(&law->tenure, self, error)) {
        return false;
    }
    for (size_t s = 0; s < model->segment_count; s++) {
        const struct segment *segment = &parameters->segments[s];
        law->hunting[s] = role_share(parameters, role, s).hunting;
        law->fit[s] = role_fit(self, segment);
        for (size_t o = 0; o < segment->coverage.owners.count; o++) {
            law->owns[s] |= strcmp(segment->coverage.owners.name[o], self->name) == 0;
        }
    }
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        law->effort[k] = 1.0;
    }
    if (parameters->simulation.effort == EFFORT_STATIC) {
        effort_static(parameters, role, law->plan, 1.0 - law->tenure.hazard, law->effort);
    }
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        law->output[k] = 1.0 + self->effort.response * (law->effort[k] - 1.0);
    }
    enum metric metric = (enum metric)self->quota.metric;
    law->quota_month = metric_kind(metric) == METRIC_INDEX
                           ? 1.0
                           : self->quota.level * reference_metric(parameters, role, metric).mean;
    if (!prepare_components(model, role, error)) {
        return false;
    }
    law->expected_pay = expected_pay(model, role, 1.0, false);
    law->perceived_pay = expected_pay(model, role, 1.0, true);
    prepare_recruiting(model, role);
    size_t components = law->plan->component_count;
    model->component_most = components > model->component_most ? components : model->component_most;
    model->award_most = law->awards > model->award_most ? law->awards : model->award_most;
    return true;
}

static void prepare_segment(struct model *model, size_t s) {
    const struct segment *segment = &model->parameters->segments[s];
    model->segments[s] = (struct segment_law){
        .segment = segment,
        .account = account_law(segment),
        .identity = name_identity(segment->name),
        .first_stage = model->stage_count,
        .capacity = (size_t)(segment->accounts + segment->prospects),
        .churn_odds = renewal_odds(segment, segment->churn.annual),
    };
    model->stage_count += segment->pipeline.stage_count;
}

bool model_init(struct model *model, const struct parameters *parameters, struct error *error) {
    *model = (struct model){.parameters = parameters,
                            .months = (size_t)parameters->simulation.years * 12,
                            .role_count = parameters->role_count,
                            .segment_count = parameters->segment_count};
    model->roles = memory_array(model->role_count, sizeof *model->roles, "roles", error);
    model->segments =
        memory_array(model->segment_count, sizeof *model->segments, "segments", error);
    if (model->roles == NULL || model->segments == NULL) {
        model_free(model);
        return false;
    }
    for (size_t s = 0; s < model->segment_count; s++) {
        prepare_segment(model, s);
    }
    for (size_t r = 0; r < model->role_count; r++) {
        if (!prepare_role(model, r, error)) {
            model_free(model);
            return false;
        }
    }
    return true;
}

void model_free(struct model *model) {
    for (size_t r = 0; model->roles != NULL && r < model->role_count; r++) {
        struct role_law *law = &model->roles[r];
        free(law->components);
        free(law->hunting);
        free(law->fit);
        free(law->owns);
        tenure_law_free(&law->tenure);
    }
    free(model->roles);
    free(model->segments);
    *model = (struct model){0};
}
