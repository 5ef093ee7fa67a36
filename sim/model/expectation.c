#include "model/expectation.h"

#include "base/mathematics.h"
#include "model/account.h"
#include "plan/payout.h"

#include <math.h>
#include <string.h>

double component_months(const struct component *component) {
    return component->type == COMPONENT_LTIP
               ? (double)component->cycle_months
               : (double)period_months((enum period)component->period);
}

double scope_heads(const struct parameters *parameters, size_t role, enum scope scope) {
    double heads = (double)parameters->roles[role].headcount;
    switch (scope) {
    case SCOPE_PERSON:
        return 1.0;
    case SCOPE_TEAM: {
        double team = (double)parameters->roles[role].team_size;
        return fmax(1.0, fmin(team, heads));
    }
    case SCOPE_ROLE:
        return fmax(1.0, heads);
    case SCOPE_FIRM:
        break;
    }
    double all = 0.0;
    for (size_t r = 0; r < parameters->role_count; r++) {
        all += (double)parameters->roles[r].headcount;
    }
    return fmax(1.0, all);
}

/* One month of a metric for the people that a scope counts together. */
static struct metric_moments scope_month(const struct parameters *parameters, size_t role,
                                         const struct slot *slot) {
    bool flow = metric_kind(slot->metric) == METRIC_FLOW;
    if (slot->scope != SCOPE_FIRM || metric_of_firm(slot->metric)) {
        double heads =
            metric_of_firm(slot->metric) ? 1.0 : scope_heads(parameters, role, slot->scope);
        struct metric_moments own = reference_metric(parameters, role, slot);
        return (struct metric_moments){flow ? own.mean * heads : own.mean,
                                       flow ? own.sd * sqrt(heads) : own.sd / sqrt(heads)};
    }
    double heads = 0.0;
    double mean = 0.0;
    double variance = 0.0;
    for (size_t r = 0; r < parameters->role_count; r++) {
        double here = (double)parameters->roles[r].headcount;
        struct metric_moments own = reference_metric(parameters, r, slot);
        if (own.mean > 0.0) {
            heads += here;
            mean += here * own.mean;
            variance += here * own.sd * own.sd;
        }
    }
    if (heads > 0.0 && !flow) {
        mean /= heads;
        variance /= heads * heads;
    }
    return (struct metric_moments){mean, sqrt(variance)};
}

double response_share(enum metric metric, double months) {
    enum metric_kind kind = metric_kind(metric);
    return kind == METRIC_MEAN || kind == METRIC_RATIO ? 1.0 / months : 1.0;
}

double response_between(const struct role *role, enum metric_kind kind, double begins,
                        double ends) {
    switch (kind) {
    case METRIC_END:
        return ends;
    case METRIC_INDEX:
        return role->preferences.base_foresight * (ends - begins);
    case METRIC_FLOW:
    case METRIC_MEAN:
    case METRIC_RATIO:
        break;
    }
    return ends - begins;
}

int component_every(const struct component *component, int months) {
    return component_is_award(component) ? (int)component->every_months : months;
}

struct metric_moments expected_measure(const struct parameters *parameters, size_t role,
                                       const struct slot *slot, double months,
                                       const double effort[ACTIVITY_COUNT]) {
    struct metric_moments period =
        reference_period(scope_month(parameters, role, slot), slot->metric, months);
    bool flow = metric_kind(slot->metric) == METRIC_FLOW;
    double moved = flow ? 1.0 : 1.0 / scope_heads(parameters, role, slot->scope);
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        double response[RESPONSE_MONTHS];
        double extra = (effort[k] - 1.0) * moved;
        if (extra == 0.0) {
            continue;
        }
        reference_response(parameters, role, slot, (enum activity)k, response);
        if (flow) {
            period.mean += extra * months * response[RESPONSE_MONTHS - 1];
            continue;
        }
        double share = response_share(slot->metric, months);
        for (int h = 0; h < (int)months && h < RESPONSE_MONTHS; h++) {
            period.mean += extra * share * response[h];
        }
    }
    return period;
}

static const double NORMAL[ACTIVITY_COUNT] = {1.0, 1.0, 1.0};

/* Adds what so many people bring to a makeup. */
static void add_people(struct metric_makeup *sum, const struct metric_makeup *own, double heads) {
    for (size_t k = 0; k < own->kinds; k++) {
        double count = k < sum->kinds ? sum->deals[k].count : 0.0;
        sum->deals[k] = own->deals[k];
        sum->deals[k].count = count + heads * own->deals[k].count;
    }
    sum->kinds = own->kinds;
    sum->book.mean += heads * own->book.mean;
    sum->book.variance += heads * own->book.variance;
    sum->book.third += heads * own->book.third;
}

/* A month of a metric for all people that the scope counts together. */
static bool scope_makeup(const struct parameters *parameters, size_t role, const struct slot *slot,
                         struct metric_makeup *makeup) {
    struct metric_makeup own;
    *makeup = (struct metric_makeup){.kinds = 0};
    for (size_t r = 0; r < parameters->role_count; r++) {
        bool firm = slot->scope == SCOPE_FIRM;
        double heads = firm ? (double)parameters->roles[r].headcount
                            : scope_heads(parameters, role, slot->scope);
        if (!firm && r != role) {
            continue;
        }
        if (metric_of_firm(slot->metric) || !reference_makeup(parameters, r, slot, &own)) {
            return false;
        }
        add_people(makeup, &own, heads);
    }
    return true;
}

/* What of the law of a measure is the same for every skill. */
struct law_base {
    bool by_deals; /* or by moments alone */
    bool by_share;
    double cases; /* by share: of a few contracts */
    struct metric_moments moments;
    struct metric_makeup makeup;
    double extra[ACTIVITY_COUNT]; /* by deals: what effort adds a month */
};

static void law_base_make(struct law_base *base, const struct parameters *parameters, size_t role,
                          const struct slot *slot, double months,
                          const double effort[ACTIVITY_COUNT]) {
    *base = (struct law_base){.by_share = false};
    base->by_deals = scope_makeup(parameters, role, slot, &base->makeup);
    if (!base->by_deals) {
        base->moments = expected_measure(parameters, role, slot, months, effort);
        if (slot->metric == METRIC_RENEWAL_RATE && base->moments.sd > 0.0) {
            struct metric_moments at_rest =
                expected_measure(parameters, role, slot, months, NORMAL);
            base->by_share = true;
            base->cases = at_rest.mean * (1.0 - at_rest.mean) / (at_rest.sd * at_rest.sd);
        }
        return;
    }
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        double response[RESPONSE_MONTHS];
        if (effort[k] != 1.0) {
            reference_response(parameters, role, slot, (enum activity)k, response);
            base->extra[k] = (effort[k] - 1.0) * response[RESPONSE_MONTHS - 1];
        }
    }
}

static void law_base_law(const struct law_base *base, double months, double skill,
                         struct period_law *law) {
    if (base->by_share) {
        period_law_share(law, base->cases, base->moments.mean);
        return;
    }
    if (!base->by_deals) {
        period_law_normal(law, base->moments.mean * skill, base->moments.sd * sqrt(skill));
        return;
    }
    struct metric_makeup makeup = base->makeup;
    const double *extra = base->extra;
    double won = 0.0;
    for (size_t d = 0; d < makeup.kinds; d++) {
        won += makeup.deals[d].count * makeup.deals[d].moment[0];
    }
    double more = won > 0.0 ? 1.0 + extra[ACQUIRE] / won : 1.0;
    for (size_t d = 0; d < makeup.kinds; d++) {
        makeup.deals[d].count *= months * skill * (more > 0.0 ? more : 0.0);
    }
    double worked = months * skill; /* the same accounts month by month: it does not even out */
    struct steady_law book = {
        worked * (makeup.book.mean + extra[DEVELOP] + extra[CARE]),
        worked * worked * makeup.book.variance,
        worked * worked * worked * makeup.book.third,
    };
    period_law_make(law, makeup.deals, makeup.kinds, book);
}

void expected_law(const struct parameters *parameters, size_t role, const struct slot *slot,
                  double months, double skill, const double effort[ACTIVITY_COUNT],
                  struct period_law *law) {
    struct law_base base;
    law_base_make(&base, parameters, role, slot, months, effort);
    law_base_law(&base, months, skill, law);
}

double expected_quota(const struct parameters *parameters, size_t role, const struct slot *slot,
                      double months) {
    if (slot->quota > 0.0) {
        return slot->quota;
    }
    if (metric_kind(slot->metric) != METRIC_FLOW) {
        return 1.0;
    }
    return parameters->roles[role].quota.level * scope_month(parameters, role, slot).mean * months;
}

struct metric_moments expected_slot(const struct parameters *parameters, size_t role,
                                    const struct component *component, size_t s, double months,
                                    const double effort[ACTIVITY_COUNT]) {
    struct slot slot = slot_of(component, s);
    if (slot.metric == METRIC_OBJECTIVES) {
        size_t first = slot_objective(component, 0);
        double expected = s >= first && !component_is_award(component)
                              ? component->objectives[s - first].expected
                              : 1.0;
        return (struct metric_moments){expected, 0.0};
    }
    return expected_measure(parameters, role, &slot, months, effort);
}

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

/* Share of the pay for a contract of one segment that is kept when customers may leave at their
 * renewals: what is held back is lost with them, and clawback takes from the rest. Periods end
 * `offset` months after the sale. */
static double kept_pay(const struct component *component, const struct segment *segment,
                       long offset) {
    double churn = 1.0 - 1.0 / (1.0 + renewal_odds(segment, segment->churn.annual));
    double held = component->hold_back.share;
    long window = component->clawback.months;
    long release = held > 0.0 ? component->hold_back.months + offset : 0;
    long term = segment->contract.term_months;
    double stays = 1.0;
    double kept = 1.0;
    for (long age = term; age <= release || age < window; age += term) {
        double lost = stays * churn;
        double now = age <= release ? held : 0.0;
        double left = age >= window ? 0.0
                      : component->clawback.rule == CLAWBACK_FULL
                          ? 1.0
                          : 1.0 - (double)age / (double)window;
        stays -= lost;
        kept -= lost * (now + (1.0 - now) * left);
    }
    return kept;
}

/* The same for all contracts that the role wins, at the churn of a customer in the reference
 * state. */
static double kept_factor(const struct parameters *parameters, size_t role,
                          const struct component *component) {
    long length = period_months((enum period)component->period);
    double all = 0.0;
    double kept = 0.0;
    if (component->hold_back.share <= 0.0 && component->clawback.months == 0) {
        return 1.0;
    }
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *segment = &parameters->segments[s];
        struct slot slot = slot_of(component, SLOT_MAIN);
        if (*slot.product != '\0' && strcmp(slot.product, segment->name) != 0) {
            continue;
        }
        slot.product = segment->name;
        double won = reference_metric(parameters, role, &slot).mean;
        for (long offset = 0; offset < length; offset++) {
            all += won;
            kept += won * kept_pay(component, segment, offset);
        }
    }
    return all > 0.0 ? kept / all : 1.0;
}

static void plain_pays(const struct parameters *parameters, size_t role,
                       const struct component *component, const double skill[], size_t count,
                       struct valuation around, const double effort[ACTIVITY_COUNT], double pay[]);

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
                        kept_factor(parameters, role, component);
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
        double claims = 0.0;
        plain_pays(parameters, role, component, &reference, 1, around, effort, &claims);
        claims *= (double)parameters->roles[role].headcount;
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

/* Mean pay when the quota misses what is expected by a lognormal factor with mean 1: three values
 * of a normal that have its first five moments. */
static double mean_over_quotas(const struct component *component, size_t s,
                               const struct valuation *around, const struct period_law *law,
                               double error) {
    static const double NODES[3] = {-1.7320508075688772, 0.0, 1.7320508075688772};
    static const double WEIGHTS[3] = {1.0 / 6.0, 2.0 / 3.0, 1.0 / 6.0};
    double pay = 0.0;
    for (int n = 0; n < 3; n++) {
        double factor = math_exp(error * NODES[n] - 0.5 * error * error);
        struct payoff payoff = slot_payoff(component, s, *around, around->quota * factor);
        pay += WEIGHTS[n] * period_law_expectation(law, &payoff);
    }
    return pay;
}

/* Skill moves what people measure of themselves; a quota that the plan does not write follows it by
 * the role's rule, with an error of its own. Who is first in a ranking hangs on the order only. */
static double slot_pay(const struct parameters *parameters, size_t role,
                       const struct component *component, size_t s, double skill,
                       struct valuation around, const double effort[ACTIVITY_COUNT],
                       const struct law_base *base) {
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
        return 0.0;
    }
    if (slot.metric == METRIC_OBJECTIVES || component->type == COMPONENT_RANKING) {
        struct metric_moments fixed = expected_slot(parameters, role, component, s, months, effort);
        period_law_normal(&law, own ? fixed.mean * skill : fixed.mean,
                          own ? fixed.sd * sqrt(skill) : fixed.sd);
    } else {
        law_base_law(base, months, own ? skill : 1.0, &law);
    }
    if (ruled && by_quota && component->type != COMPONENT_RANKING && self->quota.error > 0.0) {
        return mean_over_quotas(component, s, &around, &law, self->quota.error);
    }
    struct payoff payoff = slot_payoff(component, s, around, around.quota);
    return period_law_expectation(&law, &payoff);
}

/* Pay of one period with everything around it given, for people of several skills. */
static void plain_pays(const struct parameters *parameters, size_t role,
                       const struct component *component, const double skill[], size_t count,
                       struct valuation around, const double effort[ACTIVITY_COUNT], double pay[]) {
    double months = component_months(component);
    bool objectives = component->type == COMPONENT_OBJECTIVES;
    for (size_t i = 0; i < count; i++) {
        pay[i] = 0.0;
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
            pay[i] += slot_pay(parameters, role, component, s, skill[i], around, effort, &base);
        }
    }
}

void expected_period_pays(const struct parameters *parameters, size_t role,
                          const struct component *component, const double skill[], size_t count,
                          const double effort[ACTIVITY_COUNT], double pay[]) {
    struct valuation around = expected_around(parameters, role, component, 1.0, effort);
    plain_pays(parameters, role, component, skill, count, around, effort, pay);
}

double expected_period_pay(const struct parameters *parameters, size_t role,
                           const struct component *component, double skill,
                           const double effort[ACTIVITY_COUNT]) {
    double pay = 0.0;
    expected_period_pays(parameters, role, component, &skill, 1, effort, &pay);
    return pay;
}
