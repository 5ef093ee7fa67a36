#include "model/expectation.h"

#include "plan/payout.h"

#include <math.h>

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

void law_base_make(struct law_base *base, const struct parameters *parameters, size_t role,
                   const struct slot *slot, double months, const double effort[ACTIVITY_COUNT]) {
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

void law_base_law(const struct law_base *base, double months, double skill,
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
