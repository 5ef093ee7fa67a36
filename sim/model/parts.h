/* The parts of a firm that have books of their own: everybody, each role, each segment, each
 * component of a role's plans and each stage of a segment's pipeline, numbered in this order.
 * Dated changes may give a role other plans: its components are those of the plan at the start,
 * then those of later plans with names that are new; what has the same name has the same books. The
 * parameters are those that a scenario starts with.
 * Ownership: values; the parameters are borrowed. */
#ifndef MODEL_PARTS_H
#define MODEL_PARTS_H

#include "model/parameters.h"

#include <stdbool.h>
#include <stddef.h>

enum { PART_ALL = 0 };

/* The plan that a role is paid by, at the start. */
const struct plan *role_plan(const struct parameters *parameters, size_t role);

/* A role's components over the whole history: how many, their names, the number of a name. */
size_t part_components(const struct parameters *parameters, size_t role);
const char *part_component_name(const struct parameters *parameters, size_t role, size_t number);
size_t part_component(const struct parameters *parameters, size_t role, const char *name);
/* Whether some plan of the role has an award of that name. */
bool part_is_award(const struct parameters *parameters, size_t role, size_t number);

size_t part_count(const struct parameters *parameters);
size_t part_of_role(size_t role);
size_t part_of_segment(const struct parameters *parameters, size_t segment);
size_t part_of_component(const struct parameters *parameters, size_t role, size_t component);
size_t part_of_stage(const struct parameters *parameters, size_t segment, size_t stage);

#endif
