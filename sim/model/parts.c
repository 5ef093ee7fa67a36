#include "model/parts.h"

#include <assert.h>
#include <string.h>

const struct plan *role_plan(const struct parameters *parameters, size_t role) {
    size_t p = 0;
    while (strcmp(parameters->plans[p].name, parameters->roles[role].plan) != 0) {
        p++;
        assert(p < parameters->plan_count); /* a checked scenario names only plans that exist */
    }
    return &parameters->plans[p];
}

size_t part_of_role(size_t role) { return PART_ALL + 1 + role; }

size_t part_of_segment(const struct parameters *parameters, size_t segment) {
    return part_of_role(parameters->role_count) + segment;
}

size_t part_of_component(const struct parameters *parameters, size_t role, size_t component) {
    size_t part = part_of_segment(parameters, parameters->segment_count) + component;
    for (size_t r = 0; r < role; r++) {
        part += role_plan(parameters, r)->component_count;
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
