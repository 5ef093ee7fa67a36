#include "model/period_pay.h"

#include "base/mathematics.h"
#include "model/deferral.h"
#include "model/expectation.h"

#include <math.h>
#include <string.h>

/* Attainment of a slot: mean and standard deviation. */
static struct metric_moments slot_attainment(const struct parameters *parameters, size_t role,
                                             const struct component *component, size_t s,
                                             double months, const double effort[ACTIVITY_COUNT]) {
    struct slot slot = slot_of(component, s);
    struct metric_moments law = expected_slot(parameters, role, component, s, months, effort);
    double quota = expected_quota(parameters, role, &slot, months);
    if (quota <= 0.0) {
        return (struct metric_moments){0.0, 0.0};
    }
    return (struct metric_moments){law.mean / quota, law.sd / quota};
}

/* The law of a slot's measure; returns its quota. A measure without one has not been reached. */
static double attainment_law(const struct parameters *parameters, size_t role,
                             const struct component *component, size_t s, double months,
                             const double effort[ACTIVITY_COUNT], struct period_law *law) {
    struct slot slot = slot_of(component, s);
    double quota = expected_quota(parameters, role, &slot, months);
    if (slot.metric == METRIC_OBJECTIVES || quota <= 0.0) {
        struct metric_moments fixed =
            slot_attainment(parameters, role, component, s, months, effort);
        period_law_normal(law, fixed.mean, fixed.sd);
        return 1.0;
    }
    expected_law(parameters, role, &slot, months, 1.0, effort, law);
    return quota;
}

static double mean_factor(const struct parameters *parameters, size_t role,
                          const struct component *component, double months,
                          const double effort[ACTIVITY_COUNT]) {
    double factor = 1.0;
    for (size_t g = 0; g < component->gate_count; g++) {
        struct period_law law;
        double quota =
            attainment_law(parameters, role, component, slot_gate(g), months, effort, &law);
        factor *= period_law_reach(&law, component->gates[g].at_least * quota);
    }
    for (size_t m = 0; m < component->multiplier_count; m++) {
        const struct multiplier *multiplier = &component->multipliers[m];
        struct period_law law;
        double quota = attainment_law(parameters, role, component, slot_multiplier(component, m),
                                      months, effort, &law);
        struct payoff curve =
            valuation_curve(&multiplier->factor, multiplier->between == BETWEEN_STEPS);
        for (size_t p = 0; p < curve.count; p++) {
            curve.pieces[p].from *= quota;
            curve.pieces[p].slope /= quota;
        }
        factor *= period_law_expectation(&law, &curve);
    }
    return factor;
}

/* What is asked of the law of pay: its mean between two bounds, and its mean square on demand. */
struct pay_question {
    double least;
    double most;
    bool square;
};
static const struct pay_question MEAN_ONLY = {-(double)INFINITY, (double)INFINITY, false};

struct pay_answer {
    double mean;
    double square;
};

static void plain_pays(const struct parameters *parameters, size_t role,
                       const struct component *component, const double skill[], size_t count,
                       struct valuation around, const double effort[ACTIVITY_COUNT],
                       const struct pay_question *question, struct metric_moments pay[]);

struct valuation expected_around(const struct parameters *parameters, size_t role,
                                 const struct component *component, double scale,
                                 const double effort[ACTIVITY_COUNT]) {
    double months = component_months(component);
    struct slot main = slot_of(component, SLOT_MAIN);
    bool award = component_is_award(component);
    struct valuation around = {.scale = scale, .factor = 1.0};
    around.quota = expected_quota(parameters, role, &main, months);
    if (!award) {
        around.factor = mean_factor(parameters, role, component, months, effort) *
                        deferral_of(parameters, role, component).kept;
        if (component->share_by != SHARE_EACH) {
            around.factor /= scope_heads(parameters, role, main.scope);
        }
    }
    if (!award && component->matrix.column_count > 0) {
        around.second =
            slot_attainment(parameters, role, component, SLOT_MATRIX, months, effort).mean;
    }
    if (component->type == COMPONENT_RANKING) {
        struct metric_moments law = expected_measure(parameters, role, &main, months, effort);
        around.rivals = (double)parameters->roles[role].headcount - 1.0;
        around.mean = law.mean;
        around.sd = law.sd;
    }
    if (!award && component->pool > 0.0) { /* when all claim what is expected */
        const double reference = 1.0;
        struct metric_moments claim;
        plain_pays(parameters, role, component, &reference, 1, around, effort, &MEAN_ONLY, &claim);
        double claims = claim.mean * (double)parameters->roles[role].headcount;
        around.factor *= claims > component->pool ? component->pool / claims : 1.0;
    }
    return around;
}

/* The payoff of a slot at a quota. */
static struct payoff slot_payoff(const struct component *component, size_t s,
                                 struct valuation around, double quota) {
    around.quota = quota;
    return s == SLOT_MAIN
               ? valuation_payoff(component, &around)
               : valuation_objective(component, s - slot_objective(component, 0), &around);
}

static struct pay_answer law_pay(const struct period_law *law, struct payoff *payoff,
                                 const struct pay_question *question) {
    if (!isinf(question->least) || !isinf(question->most)) {
        payoff_clamp(payoff, question->least, question->most);
    }
    return (struct pay_answer){.mean = period_law_expectation(law, payoff),
                               .square = question->square ? period_law_square(law, payoff) : 0.0};
}

/* Mean pay when the quota misses what is expected by a lognormal factor with mean 1: three values
 * of a normal that have its first five moments. */
static struct pay_answer mean_over_quotas(const struct component *component, size_t s,
                                          const struct valuation *around,
                                          const struct period_law *law, double error,
                                          const struct pay_question *question) {
    static const double NODES[3] = {-1.7320508075688772, 0.0, 1.7320508075688772};
    static const double WEIGHTS[3] = {1.0 / 6.0, 2.0 / 3.0, 1.0 / 6.0};
    struct pay_answer pay = {0.0, 0.0};
    for (int n = 0; n < 3; n++) {
        double factor = math_exp(error * NODES[n] - 0.5 * error * error);
        struct payoff payoff = slot_payoff(component, s, *around, around->quota * factor);
        struct pay_answer here = law_pay(law, &payoff, question);
        pay.mean += WEIGHTS[n] * here.mean;
        pay.square += WEIGHTS[n] * here.square;
    }
    return pay;
}

/* Skill moves what people measure of themselves; a quota that the plan does not write follows it by
 * the role's rule, with an error of its own. Who is first in a ranking hangs on the order only. */
static struct pay_answer slot_pay(const struct parameters *parameters, size_t role,
                                  const struct component *component, size_t s, double skill,
                                  struct valuation around, const double effort[ACTIVITY_COUNT],
                                  const struct law_base *base,
                                  const struct pay_question *question) {
    const struct role *self = &parameters->roles[role];
    struct slot slot = slot_of(component, s);
    double months = component_months(component);
    bool own = metric_kind(slot.metric) == METRIC_FLOW && slot.scope == SCOPE_PERSON &&
               !metric_of_firm(slot.metric);
    bool ruled = own && slot.quota <= 0.0;
    bool by_quota = component->type != COMPONENT_COMMISSION ||
                    (component->rate <= 0.0 && component->tiers.count == 0);
    struct period_law law;
    around.quota *= ruled ? math_power(skill, self->quota.skill_exponent) : 1.0;
    if (around.quota <= 0.0 && component->type != COMPONENT_COMMISSION) {
        return (struct pay_answer){0.0, 0.0};
    }
    if (slot.metric == METRIC_OBJECTIVES || component->type == COMPONENT_RANKING) {
        struct metric_moments fixed = expected_slot(parameters, role, component, s, months, effort);
        period_law_normal(&law, own ? fixed.mean * skill : fixed.mean,
                          own ? fixed.sd * sqrt(skill) : fixed.sd);
    } else {
        law_base_law(base, months, own ? skill : 1.0, &law);
    }
    if (ruled && by_quota && component->type != COMPONENT_RANKING && self->quota.error > 0.0) {
        return mean_over_quotas(component, s, &around, &law, self->quota.error, question);
    }
    struct payoff payoff = slot_payoff(component, s, around, around.quota);
    return law_pay(&law, &payoff, question);
}

/* Pay of one period with everything around it given, for people of several skills; `sd`, when its
 * square is asked for, as if objectives were independent. */
static void plain_pays(const struct parameters *parameters, size_t role,
                       const struct component *component, const double skill[], size_t count,
                       struct valuation around, const double effort[ACTIVITY_COUNT],
                       const struct pay_question *question, struct metric_moments pay[]) {
    double months = component_months(component);
    bool objectives = component->type == COMPONENT_OBJECTIVES;
    for (size_t i = 0; i < count; i++) {
        pay[i] = (struct metric_moments){0.0, 0.0};
    }
    for (size_t o = 0; o < (objectives ? component->objective_count : 1); o++) {
        size_t s = objectives ? slot_objective(component, o) : SLOT_MAIN;
        struct slot slot = slot_of(component, s);
        struct law_base base = {.by_deals = false};
        if (objectives) {
            around.quota = expected_quota(parameters, role, &slot, months);
        }
        if (slot.metric != METRIC_OBJECTIVES && component->type != COMPONENT_RANKING) {
            law_base_make(&base, parameters, role, &slot, months, effort);
        }
        for (size_t i = 0; i < count; i++) {
            struct pay_answer slot_law =
                slot_pay(parameters, role, component, s, skill[i], around, effort, &base, question);
            double variance = slot_law.square - slot_law.mean * slot_law.mean;
            pay[i].mean += slot_law.mean;
            pay[i].sd += question->square && variance > 0.0 ? variance : 0.0;
        }
    }
    for (size_t i = 0; i < count; i++) {
        pay[i].sd = sqrt(pay[i].sd);
    }
}

enum { PAYS_AT_ONCE = 64 };

void expected_period_pays(const struct parameters *parameters, size_t role,
                          const struct component *component, const double skill[], size_t count,
                          const double effort[ACTIVITY_COUNT], double pay[]) {
    struct valuation around = expected_around(parameters, role, component, 1.0, effort);
    for (size_t i = 0; i < count; i += PAYS_AT_ONCE) {
        struct metric_moments laws[PAYS_AT_ONCE];
        size_t some = count - i < PAYS_AT_ONCE ? count - i : PAYS_AT_ONCE;
        plain_pays(parameters, role, component, &skill[i], some, around, effort, &MEAN_ONLY, laws);
        for (size_t j = 0; j < some; j++) {
            pay[i + j] = laws[j].mean;
        }
    }
}

void expected_period_moments(const struct parameters *parameters, size_t role,
                             const struct component *component, const double skill[], size_t count,
                             const double effort[ACTIVITY_COUNT], struct metric_moments pay[]) {
    const struct pay_question both = {-(double)INFINITY, (double)INFINITY, true};
    struct valuation around = expected_around(parameters, role, component, 1.0, effort);
    plain_pays(parameters, role, component, skill, count, around, effort, &both, pay);
}

double expected_period_between(const struct parameters *parameters, size_t role,
                               const struct component *component, double skill,
                               const double effort[ACTIVITY_COUNT], double least, double most) {
    const struct pay_question bounded = {least, most, false};
    struct valuation around = expected_around(parameters, role, component, 1.0, effort);
    struct metric_moments pay;
    plain_pays(parameters, role, component, &skill, 1, around, effort, &bounded, &pay);
    return pay.mean;
}

double expected_period_pay(const struct parameters *parameters, size_t role,
                           const struct component *component, double skill,
                           const double effort[ACTIVITY_COUNT]) {
    double pay = 0.0;
    expected_period_pays(parameters, role, component, &skill, 1, effort, &pay);
    return pay;
}
