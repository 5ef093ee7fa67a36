#include "plan/exposure.h"

#include "base/memory.h"
#include "plan/payout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t first_slot(const struct plan *plan, size_t component) {
    size_t first = 0;
    for (size_t c = 0; c < component; c++) {
        first += slot_count(&plan->components[c]);
    }
    return first;
}

size_t forecast_slots(const struct plan *plan) { return first_slot(plan, plan->component_count); }

static bool flows(enum metric metric) { return metric_kind(metric) == METRIC_FLOW; }

/* A measure that has an attainment even where no quota is written. */
static bool indexed(enum metric metric) {
    return flows(metric) || metric_kind(metric) == METRIC_INDEX;
}

/* How long a component measures, and how often a year. */
static void set_months(struct exposed *exposed) {
    struct component *component = &exposed->component;
    long length = period_months((enum period)component->period);
    exposed->periods = 1;
    if (component->type == COMPONENT_LTIP) {
        component->cap = 0.0; /* awards have none */
        exposed->months = component->cycle_months;
        exposed->draws = component->every_months > 0 ? 12 / component->every_months : 0;
        if (exposed->draws < 1 || 12 % component->every_months != 0) {
            exposed->gap = FORECAST_SELDOM;
        }
        return;
    }
    if (component->deal_factors.count > 0) {
        component->quota_basis = QUOTA_YEAR_TO_DATE; /* they look at the year */
    }
    bool year = component->quota_basis == QUOTA_YEAR_TO_DATE;
    exposed->months = year ? 12 : length;
    exposed->draws = 12 / exposed->months;
    exposed->periods = exposed->months / length;
}

static const struct outlook_slot *known_slot(const struct exposure *exposure, size_t slot) {
    static const struct outlook_slot UNKNOWN = {0};
    return exposure->outlook->slots == NULL ? &UNKNOWN : &exposure->outlook->slots[slot];
}

static size_t find_driver(struct exposure *exposure, const struct slot *slot, long months) {
    for (size_t d = 0; d < exposure->driver_count; d++) {
        const struct driver *driver = &exposure->drivers[d];
        if (driver->metric == slot->metric && driver->scope == slot->scope &&
            driver->months == months && strcmp(driver->product, slot->product) == 0) {
            return d;
        }
    }
    exposure->drivers[exposure->driver_count] = (struct driver){
        .metric = slot->metric, .scope = slot->scope, .product = slot->product, .months = months};
    return exposure->driver_count++;
}

/* Quotas of flows grow with the periods of a measurement. */
static double stretched(const struct exposed *exposed, enum metric metric, double quota) {
    return flows(metric) ? quota * (double)exposed->periods : quota;
}

/* Judged objectives come out as the plan expects; others follow the law of the outlook, or, when
 * they count as they are, what is known of them. */
static void set_law(const struct exposure *exposure, struct driver *driver,
                    const struct outlook_slot *known, double expected) {
    driver->has_quota =
        driver->metric != METRIC_OBJECTIVES && (driver->written || indexed(driver->metric));
    if (driver->has_quota) {
        driver->law = exposure->outlook->attainment;
        return;
    }
    bool judged = driver->metric == METRIC_OBJECTIVES;
    driver->unit = 1.0;
    driver->known = judged || known->mean != 0.0 || known->sd > 0.0;
    driver->law = (struct attainment){.law = ATTAINMENT_NORMAL,
                                      .mean = judged ? expected : known->mean,
                                      .sd = judged ? 0.0 : known->sd};
}

/* The drivers of all slots: first the quotas that the plan writes, then those of the role. */
static void set_drivers(struct exposure *exposure) {
    for (size_t c = 0; c < exposure->count; c++) {
        const struct exposed *exposed = &exposure->components[c];
        for (size_t s = 0; s < slot_count(&exposed->component); s++) {
            if (!slot_used(&exposed->component, s)) {
                continue;
            }
            struct slot slot = slot_of(&exposed->component, s);
            size_t d = find_driver(exposure, &slot, exposed->months);
            struct driver *driver = &exposure->drivers[d];
            exposure->slots[exposed->first + s].driver = d;
            if (slot.quota > 0.0 && !driver->written && slot.metric != METRIC_OBJECTIVES) {
                driver->unit = stretched(exposed, slot.metric, slot.quota);
                driver->written = driver->known = true;
            }
        }
    }
    for (size_t c = 0; c < exposure->count; c++) {
        const struct exposed *exposed = &exposure->components[c];
        const struct component *component = &exposed->component;
        for (size_t s = 0; s < slot_count(component); s++) {
            struct driver *driver = &exposure->drivers[exposure->slots[exposed->first + s].driver];
            if (!slot_used(component, s) || driver->law.mean != 0.0) {
                continue;
            }
            const struct outlook_slot *known = known_slot(exposure, exposed->first + s);
            size_t objective = component_is_award(component) ? s + 1 : slot_objective(component, 0);
            double expected = s >= objective ? component->objectives[s - objective].expected : 1.0;
            if (!driver->written) {
                bool index = metric_kind(driver->metric) == METRIC_INDEX;
                double quota = known->quota > 0.0 ? known->quota : index ? 1.0 : 0.0;
                driver->known = quota > 0.0;
                driver->unit = quota > 0.0 ? stretched(exposed, driver->metric, quota) : 1.0;
            }
            set_law(exposure, driver, known, expected);
        }
    }
}

/* Quota of one measurement of a slot; 1 for what counts as it is. */
static double quota_of(const struct exposure *exposure, const struct exposed *exposed, size_t s) {
    struct slot slot = slot_of(&exposed->component, s);
    if (slot.quota > 0.0) {
        return stretched(exposed, slot.metric, slot.quota);
    }
    if (!flows(slot.metric)) {
        return 1.0;
    }
    double known = known_slot(exposure, exposed->first + s)->quota;
    return known > 0.0 ? stretched(exposed, slot.metric, known)
                       : exposure->drivers[exposure->slots[exposed->first + s].driver].unit;
}

/* A rate times factors of the year's attainment is marginal tiers of the year, deal by deal. */
static void set_deal_factors(struct exposed *exposed, double quota) {
    struct component *component = &exposed->component;
    const struct curve factors = component->deal_factors;
    if (factors.count == 0) {
        return;
    }
    bool whole = exposed->months == period_months((enum period)component->period);
    if (component->tiers.count > 0 || component->threshold > 0.0 || component->most_units > 0.0 ||
        factors.count == CURVE_POINTS || (component->cap > 0.0 && !whole)) {
        exposed->gap = FORECAST_DEALS;
        return;
    }
    double rate = component->rate > 0.0 ? component->rate : payout_period_target(component) / quota;
    struct curve *tiers = &component->tiers;
    if (factors.points[0].at > 0.0) {
        tiers->points[tiers->count++] = (struct point){0.0, rate};
    }
    for (size_t p = 0; p < factors.count; p++) {
        tiers->points[tiers->count++] =
            (struct point){factors.points[p].at * quota, rate * factors.points[p].value};
    }
    component->tier_rule = TIERS_MARGINAL;
    component->deal_factors.count = 0;
    component->rate = 0.0;
}

static bool all_fixed(const struct exposure *exposure, const struct exposed *exposed) {
    const struct component *component = &exposed->component;
    for (size_t o = 0; o < component->objective_count; o++) {
        size_t slot = exposed->first + slot_objective(component, o);
        if (exposure->drivers[exposure->slots[slot].driver].law.sd > 0.0) {
            return false;
        }
    }
    return true;
}

/* Pay in currency per unit of the measure needs the measure itself. */
static bool needs_amount(const struct component *component) {
    return component->type == COMPONENT_COMMISSION &&
           (component->rate > 0.0 || component->tiers.count > 0 || component->threshold > 0.0 ||
            component->most_units > 0.0);
}

static void set_gap(const struct exposure *exposure, struct exposed *exposed) {
    const struct component *component = &exposed->component;
    bool curve = component->payout.count > 0 || component->cap > 0.0;
    for (size_t s = 0; s < slot_count(component); s++) {
        const struct driver *driver =
            &exposure->drivers[exposure->slots[exposed->first + s].driver];
        if (!slot_used(component, s) || component->type == COMPONENT_RANKING) {
            continue;
        }
        if (!driver->has_quota && !driver->known) {
            exposed->gap = FORECAST_NEEDS_LEVEL;
        } else if (s == SLOT_MAIN && !driver->known && needs_amount(component)) {
            exposed->gap = FORECAST_NEEDS_QUOTA;
        }
    }
    if (component->type == COMPONENT_SHARES) {
        exposed->gap = FORECAST_SHARES;
    } else if (component->type == COMPONENT_RANKING && exposure->outlook->people < 1.0) {
        exposed->gap = FORECAST_NEEDS_PEOPLE;
    } else if (component->type == COMPONENT_OBJECTIVES && curve && !all_fixed(exposure, exposed)) {
        exposed->gap = FORECAST_RESULTS;
    }
    exposed->sharer = 1.0;
    if (!component_is_award(component) && component->share_by != SHARE_EACH) {
        double heads = known_slot(exposure, exposed->first)->heads;
        exposed->sharer = heads >= 1.0 ? 1.0 / heads : 1.0;
        exposed->gap = heads >= 1.0 ? exposed->gap : FORECAST_NEEDS_PEOPLE;
    }
}

static void set_terms(struct exposure *exposure) {
    for (size_t c = 0; c < exposure->count; c++) {
        const struct exposed *exposed = &exposure->components[c];
        const struct component *component = &exposed->component;
        const struct exposed_slot *slots = &exposure->slots[exposed->first];
        struct term *next = &exposure->terms[exposure->term_count];
        if (exposed->gap != FORECAST_FINE) {
            continue;
        }
        if (component->type == COMPONENT_RANKING) {
            *next = (struct term){.kind = TERM_RANKING, .component = c};
        } else if (component->type != COMPONENT_OBJECTIVES) {
            *next = (struct term){
                .kind = TERM_MEASURE, .component = c, .driver = slots[SLOT_MAIN].driver};
        } else if (all_fixed(exposure, exposed)) {
            *next = (struct term){.kind = TERM_FIXED, .component = c};
        } else {
            for (size_t o = 0; o < component->objective_count; o++) {
                size_t driver = slots[slot_objective(component, o)].driver;
                next[o] = (struct term){TERM_OBJECTIVE, c, o, driver};
            }
            exposure->term_count += component->objective_count;
            continue;
        }
        exposure->term_count++;
    }
}

bool exposure_make(struct exposure *exposure, const struct plan *plan,
                   const struct outlook *outlook, struct error *error) {
    static const char what[] = "what a plan depends on";
    size_t slots = forecast_slots(plan);
    *exposure = (struct exposure){.outlook = outlook, .count = plan->component_count};
    exposure->components = memory_array(exposure->count, sizeof *exposure->components, what, error);
    exposure->slots = memory_array(slots, sizeof *exposure->slots, what, error);
    exposure->drivers = memory_array(slots, sizeof *exposure->drivers, what, error);
    exposure->terms = memory_array(slots, sizeof *exposure->terms, what, error);
    if (exposure->components == NULL || exposure->slots == NULL || exposure->drivers == NULL ||
        exposure->terms == NULL) {
        exposure_free(exposure);
        return false;
    }
    for (size_t c = 0; c < exposure->count; c++) {
        exposure->components[c].component = plan->components[c];
        exposure->components[c].first = first_slot(plan, c);
        set_months(&exposure->components[c]);
    }
    set_drivers(exposure);
    for (size_t c = 0; c < exposure->count; c++) {
        struct exposed *exposed = &exposure->components[c];
        for (size_t s = 0; s < slot_count(&exposed->component); s++) {
            struct exposed_slot *slot = &exposure->slots[exposed->first + s];
            slot->ratio = slot_used(&exposed->component, s) ? exposure->drivers[slot->driver].unit /
                                                                  quota_of(exposure, exposed, s)
                                                            : 1.0;
        }
        set_gap(exposure, exposed);
        set_deal_factors(exposed,
                         quota_of(exposure, exposed, SLOT_MAIN) / (double)exposed->periods);
    }
    set_terms(exposure);
    return true;
}

void exposure_free(struct exposure *exposure) {
    free(exposure->components);
    free(exposure->slots);
    free(exposure->drivers);
    free(exposure->terms);
    *exposure = (struct exposure){0};
}
