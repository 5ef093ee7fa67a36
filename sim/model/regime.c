#include "model/regime.h"

#include "base/memory.h"
#include "plan/same.h"

#include <stdio.h>
#include <string.h>

const struct parameters *parameters_in(const struct parameters *parameters, long month) {
    const struct parameters *found = parameters;
    for (size_t k = 0; k < parameters->change_count; k++) {
        found =
            parameters->changes[k].month <= month ? parameters->changes[k].set.parameters : found;
    }
    return found;
}

const char *change_name(char *buffer, size_t size, const struct change *change) {
    if (*change->name != '\0') {
        (void)snprintf(buffer, size, "%s", change->name);
    } else {
        (void)snprintf(buffer, size, "month %ld", change->month);
    }
    return buffer;
}

const struct model *model_after(const struct model *first, size_t changes) {
    const struct model *model = first;
    for (size_t k = 0; k < changes; k++) {
        model = model->later;
    }
    return model;
}

static size_t most_seats(const struct role *role, size_t months) {
    size_t most = 0;
    for (long month = 0; month < (long)months; month++) {
        size_t seats = (size_t)role_headcount(role, month);
        most = seats > most ? seats : most;
    }
    return most;
}

void regime_seats(struct model *model, size_t role) {
    const struct parameters *parameters = model->parameters;
    struct role_law *law = &model->roles[role];
    law->first_seat = model->seat_count;
    law->seats = most_seats(law->role, model->months);
    law->room = law->seats;
    if (model->before != NULL) {
        const struct role_law *was = &model->before->roles[role];
        law->seats = was->seats > law->seats ? was->seats : law->seats;
        law->room = was->room;
    }
    for (size_t k = 0; k < parameters->change_count; k++) {
        const struct change *change = &parameters->changes[k];
        size_t later = most_seats(&change->set.parameters->roles[role], model->months);
        law->room = later > law->room ? later : law->room;
    }
    model->seat_count += law->room;
}

void regime_origins(struct model *model, size_t role) {
    struct role_law *law = &model->roles[role];
    const struct role_law *was = model->before == NULL ? NULL : &model->before->roles[role];
    size_t kept = 0;
    for (size_t c = 0; c < law->plan->component_count; c++) {
        law->components[c].origin = NO_COMPONENT;
        for (size_t o = 0; was != NULL && o < was->plan->component_count; o++) {
            bool taken = false;
            for (size_t i = 0; i < c; i++) {
                taken |= law->components[i].origin == o;
            }
            if (!taken && law->components[c].origin == NO_COMPONENT &&
                component_same(&law->plan->components[c], &was->plan->components[o])) {
                law->components[c].origin = o;
                kept++;
            }
        }
    }
    law->plan_ends = was != NULL && kept < was->plan->component_count;
}

bool regime_concerns(const struct model *model, size_t role) {
    const struct change *change = model->change;
    if (change == NULL) {
        return false;
    }
    for (size_t n = 0; n < change->concerns.count; n++) {
        if (strcmp(change->concerns.name[n], model->parameters->roles[role].name) == 0) {
            return true;
        }
    }
    return change->concerns.count == 0 && change->set.touches[role];
}

/* Expectations of quotas rise as potentials do. */
static double quota_growth(const struct parameters *parameters) {
    double growth = 0.0;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        growth += parameters->segments[s].potential.growth / (double)parameters->segment_count;
    }
    return growth;
}

/* Pay rises every January, quotas as potentials do. */
static double level_at(const struct model *model, enum level_of which, long month) {
    const struct level *level = &model->rising[which];
    return which == LEVEL_QUOTA ? level_by_months(level, month) : level_by_years(level, month);
}

double model_level(const struct model *model, enum level_of which, long month) {
    if (month < LEVELS_FIRST || month >= (long)model->months) {
        return level_at(model, which, month);
    }
    return model->levels[(month - LEVELS_FIRST) * LEVEL_COUNT + (long)which];
}

bool regime_levels(struct model *model, struct error *error) {
    const struct parameters *parameters = model->parameters;
    const struct model *before = model->before;
    long since = (long)model->since;
    const double growth[] = {[LEVEL_PAY] = parameters->firm.pay_growth,
                             [LEVEL_MARKET_PAY] = parameters->economy.market_pay_growth,
                             [LEVEL_QUOTA] = quota_growth(parameters)};
    for (int which = 0; which < LEVEL_COUNT; which++) {
        model->rising[which] =
            before == NULL ? level_from_start(growth[which])
            : which == LEVEL_QUOTA
                ? level_by_months_then(&before->rising[which], growth[which], since)
                : level_by_years_then(&before->rising[which], growth[which], since);
    }
    model->levels = memory_array((model->months + (size_t)-LEVELS_FIRST) * LEVEL_COUNT,
                                 sizeof *model->levels, "levels by month", error);
    if (model->levels == NULL) {
        return false;
    }
    for (long month = LEVELS_FIRST; month < (long)model->months; month++) {
        for (int which = 0; which < LEVEL_COUNT; which++) {
            model->levels[(month - LEVELS_FIRST) * LEVEL_COUNT + which] =
                level_at(model, (enum level_of)which, month);
        }
    }
    return true;
}

void regime_uses(struct model *model) {
    if (model->before != NULL) {
        memcpy(model->uses, model->before->uses, sizeof model->uses);
        model->has_rules = model->before->has_rules;
    }
}
