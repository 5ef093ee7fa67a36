/* The parts of a firm that have books of their own: everybody, each role, each segment, each
 * component of a role's plan and each stage of a segment's pipeline, numbered in this order.
 * Ownership: values; the parameters are borrowed. */
#ifndef MODEL_PARTS_H
#define MODEL_PARTS_H

#include "model/parameters.h"

#include <stddef.h>

enum { PART_ALL = 0 };

/* The plan that a role is paid by. */
const struct plan *role_plan(const struct parameters *parameters, size_t role);

size_t part_count(const struct parameters *parameters);
size_t part_of_role(size_t role);
size_t part_of_segment(const struct parameters *parameters, size_t segment);
size_t part_of_component(const struct parameters *parameters, size_t role, size_t component);
size_t part_of_stage(const struct parameters *parameters, size_t segment, size_t stage);

#endif
