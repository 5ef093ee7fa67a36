#include "model/model.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "base/random.h"
#include "model/effort.h"
#include "model/expectation.h"
#include "model/job.h"
#include "model/parts.h"
#include "model/regime.h"
#include "plan/award.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const ACTIVITY_NAMES[] = {
    [ACQUIRE] = "acquire", [DEVELOP] = "develop", [CARE] = "care", NULL};
const char *const EFFORT_MODES[] = {
    [EFFORT_NONE] = "none", [EFFORT_STATIC] = "static", [EFFORT_DYNAMIC] = "dynamic", NULL};
const char *const START_MODES[] = {[START_RUNNING] = "running", [START_NEW] = "new", NULL};

/* FNV-1a (Fowler, Noll, Vo). */
uint64_t name_identity(const char *name) {
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

/* The segment that a product names; the segment count: all; NO_SEGMENT: nothing is sold of it. */
static size_t find_segment(const struct parameters *parameters, const char *product) {
    size_t s = 0;
    while (s < parameters->segment_count && strcmp(parameters->segments[s].name, product) != 0) {
        s++;
    }
    return s == parameters->segment_count && *product != '\0' ? NO_SEGMENT : s;
}

/* A checked scenario names only plans that exist. */
const struct plan *find_plan(const struct parameters *parameters, const char *name) {
    size_t p = 0;
    while (strcmp(parameters->plans[p].name, name) != 0) {
        p++;
        assert(p < parameters->plan_count);
    }
    return &parameters->plans[p];
}

/* Grants that are open at a time. */
static size_t awards_open(const struct component *terms) {
    if (!component_is_award(terms)) {
        return 0;
    }
    long length = terms->type == COMPONENT_LTIP ? terms->cycle_months
                  : award_has_strike(terms)     ? terms->term_months
                                                : terms->vesting_months;
    return terms->every_months > 0
               ? (size_t)((length + terms->every_months - 1) / terms->every_months) + 1
               : 1;
}

static bool prepare_slots(struct model *model, size_t role, struct error *error) {
    const struct parameters *parameters = model->parameters;
    struct role_law *law = &model->roles[role];
    law->payroll = payroll_of(law->plan);
    law->slots = memory_array(law->payroll.slot_count, sizeof *law->slots, "measures", error);
    if (law->slots == NULL) {
        return false;
    }
    model->uses[law->role->quota.metric] = true;
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *terms = &law->plan->components[c];
        double months = component_months(terms);
        for (size_t s = 0; s < slot_count(terms); s++) {
            struct slot slot = slot_of(terms, s);
            struct slot_law *here = &law->slots[law->payroll.slot_first[c] + s];
            struct metric_moments law_of =
                expected_slot(parameters, role, terms, s, months, law->effort);
            bool index = metric_kind(slot.metric) == METRIC_INDEX;
            here->slot = slot;
            here->segment = find_segment(parameters, slot.product);
            here->quota_year = metric_kind(slot.metric) == METRIC_FLOW
                                   ? expected_quota(parameters, role, &slot, months) * 12.0 / months
                                   : slot.quota;
            here->expected_month = index ? math_power(law_of.mean, 1.0 / months)
                                   : metric_kind(slot.metric) == METRIC_FLOW ? law_of.mean / months
                                                                             : law_of.mean;
            model->uses[slot.metric] = true;
        }
    }
    return true;
}

/* Books are those of the whole history, in the order of the scenario as it starts. */
static const struct parameters *first_parameters(const struct model *model) {
    while (model->before != NULL) {
        model = model->before;
    }
    return model->parameters;
}

static bool prepare_components(struct model *model, size_t role, struct error *error) {
    struct role_law *law = &model->roles[role];
    const struct parameters *first = first_parameters(model);
    law->components =
        memory_array(law->plan->component_count, sizeof *law->components, "pay components", error);
    if (law->components == NULL || !prepare_slots(model, role, error)) {
        return false;
    }
    law->first_part = part_of_component(first, role, 0);
    law->parts = part_components(first, role);
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *terms = &law->plan->components[c];
        struct component_law *component = &law->components[c];
        component->terms = terms;
        component->part = law->first_part + part_component(first, role, terms->name);
        component->award_first = law->awards;
        component->award_count = awards_open(terms);
        law->awards += component->award_count;
        component->grant_value = grant_value(model, terms);
        component->option_cost = award_has_strike(terms) ? option_cost(model, terms) : 0.0;
        component->expected_year = component_pay(model, role, terms, 1.0, false);
        component->perceived_year = component_pay(model, role, terms, 1.0, true);
        double target_year = component_is_award(terms)
                                 ? component->grant_value * grants_a_year(law, terms)
                                 : terms->target;
        component->expected_share =
            target_year > 0.0 ? component->expected_year / target_year : 0.0;
    }
    regime_origins(model, role);
    return true;
}

static void prepare_recruiting(struct model *model, size_t role) {
    struct role_law *law = &model->roles[role];
    const struct role *self = law->role;
    double relative = law->perceived_pay / self->market_pay;
    if (self->recruiting.selection != 0.0) {
        double log_skill = 0.6 * self->skill.spread; /* at talent z = 1 */
        double talented = expected_pay(model, role, math_exp(log_skill), false);
        law->applicant_mean = self->recruiting.selection *
                              (math_log(talented / expected_pay(model, role, 1.0, false)) -
                               self->market_skill * log_skill);
    }
    law->market = labour_market(self, relative, law->applicant_mean);
    law->failure = search_failure(&law->market);
    law->search = role_search(self);
}

/* Who works to the plan has an interest in its customers; who works for the salary has none. */
static void prepare_coverage(struct model *model, size_t role) {
    const struct parameters *parameters = model->parameters;
    struct role_law *law = &model->roles[role];
    double keep =
        math_power(1.0 + law->role->preferences.discount, -1.0 / 12.0) * (1.0 - law->tenure.hazard);
    law->collaborates = coverage_takes_part(parameters, role);
    for (size_t s = 0; s < model->segment_count; s++) {
        law->supports[s] = coverage_supports(parameters, role, s);
        if (parameters->segments[s].coverage.rule_count > 0 &&
            parameters->simulation.effort != EFFORT_NONE) {
            law->interest[s] = customer_interest(parameters, role, s, law->plan, law->effort, keep);
        }
    }
}

static bool prepare_role(struct model *model, size_t role, struct error *error) {
    const struct parameters *parameters = model->parameters;
    struct role_law *law = &model->roles[role];
    const struct role *self = &parameters->roles[role];
    law->role = self;
    law->plan = role_plan(parameters, role);
    law->identity = name_identity(self->name);
    law->concerned = regime_concerns(model, role);
    law->ramp = ramp_law(self);
    /* a skill of 1 means the same before and after a change of recruiting */
    law->norm = model->before != NULL ? model->before->roles[role].norm
                                      : skill_norm(self->skill.spread, self->recruiting.signal,
                                                   (unsigned)(self->recruiting.pool + 0.5));
    regime_seats(model, role);
    law->hunting = memory_array(model->segment_count, sizeof *law->hunting, "segments", error);
    law->fit = memory_array(model->segment_count, sizeof *law->fit, "segments", error);
    law->owns = memory_array(model->segment_count, sizeof *law->owns, "segments", error);
    law->supports = memory_array(model->segment_count, sizeof *law->supports, "segments", error);
    law->interest = memory_array(model->segment_count, sizeof *law->interest, "segments", error);
    if (law->hunting == NULL || law->fit == NULL || law->owns == NULL || law->interest == NULL ||
        law->supports == NULL || !tenure_law_init(&law->tenure, self, error)) {
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
    if (parameters->simulation.effort != EFFORT_NONE) {
        effort_static(parameters, role, law->plan, 1.0 - law->tenure.hazard, law->effort);
    }
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        law->output[k] = 1.0 + self->effort.response * (law->effort[k] - 1.0);
    }
    enum metric metric = (enum metric)self->quota.metric;
    struct slot own = {.metric = metric, .scope = SCOPE_PERSON, .product = ""};
    struct metric_moments usual = reference_metric(parameters, role, &own);
    bool flows = metric_kind(metric) == METRIC_FLOW;
    law->quota_month = flows ? self->quota.level * usual.mean : 1.0;
    if (flows && usual.mean > 0.0) {
        double relative = usual.sd / usual.mean;
        law->result_variance = relative * relative;
    }
    if (!limits_init(&law->limits, parameters, role, law->plan, law->effort,
                     1.0 - law->tenure.hazard, error)) {
        return false;
    }
    law->expected_pay = expected_pay(model, role, 1.0, false); /* what risk is weighed against */
    if (!prepare_components(model, role, error)) {
        return false;
    }
    if (parameters->simulation.effort == EFFORT_DYNAMIC) {
        double stay = 1.0 - law->tenure.hazard;
        if (!incentive_init(&law->incentive, parameters, role, law->plan, stay, error)) {
            return false;
        }
        effort_steady(parameters, role, law->plan, law->plan->component_count, stay,
                      law->steady_value);
    }
    prepare_coverage(model, role);
    law->perceived_pay = expected_pay(model, role, 1.0, true);
    job_prepare(model, role);
    prepare_recruiting(model, role);
    size_t components = law->plan->component_count;
    model->component_most = components > model->component_most ? components : model->component_most;
    model->award_most = law->awards > model->award_most ? law->awards : model->award_most;
    size_t slots = law->payroll.slot_count;
    size_t past = law->payroll.past_total;
    model->slot_most = slots > model->slot_most ? slots : model->slot_most;
    model->past_most = past > model->past_most ? past : model->past_most;
    return true;
}

static void prepare_segment(struct model *model, size_t s) {
    const struct segment *segment = &model->parameters->segments[s];
    model->segments[s] = (struct segment_law){
        .segment = segment,
        .account = account_law(segment),
        .identity = name_identity(segment->name),
        .first_stage = model->stage_count,
        .first_part = part_of_stage(first_parameters(model), s, 0),
        .capacity = (size_t)(segment->accounts + segment->prospects),
        .churn_odds = renewal_odds(segment, segment->churn.annual),
        .conversion = pipeline_conversion(segment),
    };
    model->segments[s].growth =
        model->before == NULL ? level_from_start(segment->potential.growth)
                              : level_by_months_then(&model->before->segments[s].growth,
                                                     segment->potential.growth, (long)model->since);
    pipeline_outlook(segment, &model->segments[s].outlook);
    model->has_rules |= segment->coverage.rule_count > 0;
    model->has_support |= segment->coverage.supporters.count > 0;
    for (size_t k = 0; k < segment->coverage.rule_count; k++) {
        size_t r = 0;
        while (strcmp(model->parameters->roles[r].name, segment->coverage.rules[k].role) != 0) {
            r++;
            assert(r < model->role_count); /* a checked scenario names only roles that exist */
        }
        model->segments[s].rule_roles[k] = r;
    }
    model->stage_count += segment->pipeline.stage_count;
}

static bool prepare(struct model *model, struct error *error) {
    const struct parameters *parameters = model->parameters;
    model->months = (size_t)parameters->simulation.years * 12;
    model->part_count = part_count(first_parameters(model));
    model->role_count = parameters->role_count;
    model->segment_count = parameters->segment_count;
    model->roles = memory_array(model->role_count, sizeof *model->roles, "roles", error);
    model->segments =
        memory_array(model->segment_count, sizeof *model->segments, "segments", error);
    if (model->roles == NULL || model->segments == NULL) {
        return false;
    }
    if (!regime_levels(model, error)) {
        return false;
    }
    regime_uses(model);
    for (size_t s = 0; s < model->segment_count; s++) {
        prepare_segment(model, s);
    }
    for (size_t r = 0; r < model->role_count; r++) {
        if (!prepare_role(model, r, error)) {
            return false;
        }
    }
    const bool *uses = model->uses;
    model->needs_values = uses[METRIC_CLV] || uses[METRIC_CUSTOMER_EQUITY];
    model->needs_states =
        uses[METRIC_WALLET_SHARE] || uses[METRIC_SATISFACTION] || uses[METRIC_NPS];
    careers_init(model);
    return model->before != NULL || opening_init(&model->start, model, error);
}

static bool prepare_later(struct model *model, const struct change *change, struct error *error) {
    struct model *later = memory_array(1, sizeof *later, "a change", error);
    model->later = later;
    if (later == NULL) {
        return false;
    }
    *later = (struct model){.parameters = change->set.parameters,
                            .number = model->number + 1,
                            .since = (size_t)change->month - 1,
                            .change = change,
                            .before = model};
    return prepare(later, error);
}

bool model_init(struct model *model, const struct parameters *parameters, struct error *error) {
    *model = (struct model){.parameters = parameters};
    bool good = prepare(model, error);
    struct model *last = model;
    for (size_t k = 0; good && k < parameters->change_count; k++) {
        if (parameters->changes[k].month <= (long)model->months) {
            good = prepare_later(last, &parameters->changes[k], error);
            last = last->later;
        }
    }
    if (!good) {
        model_free(model);
    }
    return good;
}

static void free_laws(struct model *model) {
    for (size_t r = 0; model->roles != NULL && r < model->role_count; r++) {
        struct role_law *law = &model->roles[r];
        incentive_free(&law->incentive);
        limits_free(law->limits);
        free(law->components);
        free(law->slots);
        free(law->hunting);
        free(law->fit);
        free(law->owns);
        free(law->interest);
        free(law->supports);
        tenure_law_free(&law->tenure);
    }
    opening_free(&model->start);
    free(model->roles);
    free(model->segments);
    free(model->levels);
}

void model_free(struct model *model) {
    free_laws(model);
    for (struct model *later = model->later; later != NULL;) {
        struct model *next = later->later;
        free_laws(later);
        free(later);
        later = next;
    }
    *model = (struct model){0};
}
