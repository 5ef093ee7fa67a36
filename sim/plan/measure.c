#include "plan/measure.h"

#include <assert.h>
#include <math.h>

size_t slot_count(const struct component *component) {
    return component_is_award(component)
               ? 1
               : SLOT_LISTS + component->gate_count + component->multiplier_count +
                     component->objective_count;
}

size_t slot_gate(size_t gate) { return SLOT_LISTS + gate; }

size_t slot_multiplier(const struct component *component, size_t multiplier) {
    return SLOT_LISTS + component->gate_count + multiplier;
}

size_t slot_objective(const struct component *component, size_t objective) {
    return SLOT_LISTS + component->gate_count + component->multiplier_count + objective;
}

bool slot_used(const struct component *component, size_t slot) {
    if (slot == SLOT_MAIN) {
        return component->type != COMPONENT_OBJECTIVES && component->type != COMPONENT_SHARES;
    }
    return slot != SLOT_MATRIX || component->matrix.column_count > 0;
}

size_t payoffs_open(const struct component *component) {
    if (component->type == COMPONENT_SHARES) {
        return 0;
    }
    if (component->type == COMPONENT_LTIP) { /* and one that is granted in the month of an end */
        long every = component->every_months;
        return every > 0 ? (size_t)((component->cycle_months + every - 1) / every) + 1 : 1;
    }
    return (slot_used(component, SLOT_MAIN) ? 1 : 0) + component->objective_count;
}

/* An objective without a product is the one that is called so. */
static struct slot objective_slot(const struct objective *objective) {
    bool named = objective->metric == METRIC_OBJECTIVES && objective->product[0] == '\0';
    return (struct slot){(enum metric)objective->metric, (enum scope)objective->scope,
                         named ? objective->name : objective->product, objective->quota, 12};
}

struct slot slot_of(const struct component *component, size_t slot) {
    if (slot == SLOT_MAIN) {
        return (struct slot){(enum metric)component->metric, (enum scope)component->scope,
                             component->product, component->quota, component->recurring_months};
    }
    if (slot == SLOT_MATRIX) {
        return (struct slot){(enum metric)component->matrix.metric,
                             (enum scope)component->matrix.scope, component->matrix.product,
                             component->matrix.quota, 12};
    }
    size_t item = slot - SLOT_LISTS;
    if (item < component->gate_count) {
        const struct gate *gate = &component->gates[item];
        return (struct slot){(enum metric)gate->metric, (enum scope)gate->scope, gate->product,
                             gate->quota, 12};
    }
    item -= component->gate_count;
    if (item < component->multiplier_count) {
        const struct multiplier *multiplier = &component->multipliers[item];
        return (struct slot){(enum metric)multiplier->metric, (enum scope)multiplier->scope,
                             multiplier->product, multiplier->quota, 12};
    }
    item -= component->multiplier_count;
    assert(item < component->objective_count);
    return objective_slot(&component->objectives[item]);
}

void measured_add(struct measured *measured, enum metric_kind kind, double value, double base) {
    if (isnan(value)) {
        return;
    }
    switch (kind) {
    case METRIC_FLOW:
        measured->sum += value;
        break;
    case METRIC_INDEX:
        measured->sum = (measured->sum == 0.0 ? 1.0 : measured->sum) * value;
        break;
    case METRIC_MEAN:
        measured->sum += value;
        measured->base += 1.0;
        break;
    case METRIC_END:
        measured->sum = value;
        break;
    case METRIC_RATIO:
        measured->sum += value;
        measured->base += base;
        break;
    }
}

double measured_value(const struct measured *measured, enum metric_kind kind) {
    switch (kind) {
    case METRIC_INDEX:
        return measured->sum == 0.0 ? 1.0 : measured->sum;
    case METRIC_MEAN:
    case METRIC_RATIO:
        return measured->base > 0.0 ? measured->sum / measured->base : 0.0;
    case METRIC_FLOW:
    case METRIC_END:
        break;
    }
    return measured->sum;
}

double attainment_of(double value, enum metric_kind kind, double quota) {
    if (quota > 0.0) {
        return value / quota;
    }
    return kind == METRIC_FLOW ? 1.0 : value;
}
