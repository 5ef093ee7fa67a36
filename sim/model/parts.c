#include "model/parts.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

const struct plan *role_plan(const struct parameters *parameters, size_t role) {
    size_t p = 0;
    while (strcmp(parameters->plans[p].name, parameters->roles[role].plan) != 0) {
        p++;
        assert(p < parameters->plan_count); /* a checked scenario names only plans that exist */
    }
    return &parameters->plans[p];
}

/* The plan of a role after so many changes. */
static const struct plan *plan_after(const struct parameters *parameters, size_t role,
                                     size_t changes) {
    return role_plan(changes == 0 ? parameters : parameters->changes[changes - 1].set.parameters,
                     role);
}

/* Changes that take place before the simulation ends. */
static size_t changes_of(const struct parameters *parameters) {
    size_t count = 0;
    while (count < parameters->change_count &&
           parameters->changes[count].month <= 12 * parameters->simulation.years) {
        count++;
    }
    return count;
}

static const struct component *named(const struct plan *plan, const char *name) {
    for (size_t c = 0; c < plan->component_count; c++) {
        if (strcmp(plan->components[c].name, name) == 0) {
            return &plan->components[c];
        }
    }
    return NULL;
}

static bool is_new(const struct parameters *parameters, size_t role, size_t changes,
                   const char *name) {
    for (size_t k = 0; k < changes; k++) {
        if (named(plan_after(parameters, role, k), name) != NULL) {
            return false;
        }
    }
    return true;
}

/* The name of that number, NULL beyond the last; `count` gets how many there are up to it. */
static const char *name_of(const struct parameters *parameters, size_t role, size_t number,
                           size_t *count) {
    *count = 0;
    for (size_t k = 0; k <= changes_of(parameters); k++) {
        const struct plan *plan = plan_after(parameters, role, k);
        for (size_t c = 0; c < plan->component_count; c++) {
            if (!is_new(parameters, role, k, plan->components[c].name)) {
                continue;
            }
            if ((*count)++ == number) {
                return plan->components[c].name;
            }
        }
    }
    return NULL;
}

size_t part_components(const struct parameters *parameters, size_t role) {
    size_t count;
    (void)name_of(parameters, role, SIZE_MAX, &count);
    return count;
}

const char *part_component_name(const struct parameters *parameters, size_t role, size_t number) {
    size_t count;
    return name_of(parameters, role, number, &count);
}

size_t part_component(const struct parameters *parameters, size_t role, const char *name) {
    size_t number = 0;
    while (strcmp(part_component_name(parameters, role, number), name) != 0) {
        number++; /* every plan of a role is in the list */
    }
    return number;
}

bool part_is_award(const struct parameters *parameters, size_t role, size_t number) {
    const char *name = part_component_name(parameters, role, number);
    for (size_t k = 0; k <= changes_of(parameters); k++) {
        const struct component *component = named(plan_after(parameters, role, k), name);
        if (component != NULL && component_is_award(component)) {
            return true;
        }
    }
    return false;
}

size_t part_of_role(size_t role) { return PART_ALL + 1 + role; }

size_t part_of_segment(const struct parameters *parameters, size_t segment) {
    return part_of_role(parameters->role_count) + segment;
}

size_t part_of_component(const struct parameters *parameters, size_t role, size_t component) {
    size_t part = part_of_segment(parameters, parameters->segment_count) + component;
    for (size_t r = 0; r < role; r++) {
        part += part_components(parameters, r);
    }
    return part;
}

size_t part_of_stage(const struct parameters *parameters, size_t segment, size_t stage) {
    size_t part = part_of_component(parameters, parameters->role_count, 0) + stage;
    for (size_t s = 0; s < segment; s++) {
        part += parameters->segments[s].pipeline.stage_count;
    }
    return part;
}

size_t part_count(const struct parameters *parameters) {
    return part_of_stage(parameters, parameters->segment_count, 0);
}
