/* The design of a sweep: which values the varied parameters take at each of its points.
 * Ownership: the caller owns the structs (zeroed is empty) and calls design_free and axes_free. */
#ifndef ENGINE_DESIGN_H
#define ENGINE_DESIGN_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DESIGN_POINTS_MOST = 100000, DESIGN_AXES_MOST = 400 };

enum design_kind {
    DESIGN_GRID,  /* every value of an axis with every value of the others */
    DESIGN_LATIN, /* Latin hypercube: every axis cut into as many strata as there are points */
    DESIGN_SOBOL, /* Sobol's sequence with a shift drawn from the seed */
    DESIGN_FILE,  /* as somebody wrote it */

    /* those of a sensitivity analysis (engine/sensitivity.h) */
    DESIGN_TORNADO,
    DESIGN_MORRIS,
    DESIGN_INDICES,
    DESIGN_TWO_LEVEL,
    DESIGN_KINDS
};
extern const char *const DESIGN_NAMES[DESIGN_KINDS];

/* One varied parameter: a range or a list of values. */
struct design_axis {
    struct text path;
    bool range;
    bool whole; /* of a range: whole numbers only */
    double low; /* of a range, both ends belong to it */
    double high;
    size_t count;        /* values of a list; of a range how many a grid takes, 0: not said */
    struct text *values; /* of a list, as a scenario writes them */
};

struct design_axes {
    struct design_axis axes[DESIGN_AXES_MOST];
    size_t count;
};

struct design {
    enum design_kind kind;
    struct text *paths; /* one an axis */
    size_t axis_count;
    size_t point_count;
    struct text *values; /* point by point, as a scenario writes them */
};

/* The points. A grid takes its number from the axes (the last one runs fastest), the others make
 * `points`. What does not fit together is ERROR_QUESTION. */
bool design_make(struct design *design, enum design_kind kind, const struct design_axes *axes,
                 size_t points, uint64_t seed, struct error *error)
    __attribute__((warn_unused_result));

/* The points whose place on every axis, from its low end (0) to its high end (1), is given point by
 * point; NaN leaves the axis as `base` has it (one text an axis). */
bool design_of_shares(struct design *design, enum design_kind kind, const struct design_axes *axes,
                      const double shares[], size_t points, const struct text base[],
                      struct error *error) __attribute__((warn_unused_result));

/* Where the value that an axis has for a share `u` really stands between its low end (0) and its
 * high end (1), values of a list at equal distances: whole numbers and lists have few places. */
double design_share(const struct design_axis *axis, double u);

/* A design of so many axes and points whose texts are still empty. */
bool design_allocate(struct design *design, size_t axes, size_t points, struct error *error)
    __attribute__((warn_unused_result));

const char *design_value(const struct design *design, size_t point, size_t axis);

/* The value as a number; false when it is none. */
bool design_number(const struct design *design, size_t point, size_t axis, double *number);

/* Adds value `index` of an axis that says how many it has, as a grid takes it. */
void design_add_step(struct text *text, const struct design_axis *axis, size_t index);

/* "roles.kam.headcount=12, roles.kam.plan=kam_lti" */
void design_describe(const struct design *design, size_t point, struct text *text);

void design_free(struct design *design);
void axes_free(struct design_axes *axes);

#endif
