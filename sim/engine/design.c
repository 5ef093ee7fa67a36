#include "engine/design.h"

#include "base/memory.h"
#include "base/random.h"
#include "engine/sobol.h"
#include "model/purpose.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const DESIGN_NAMES[] = {"grid",    "latin",  "sobol",         "file",
                                    "tornado", "morris", "sobol-indices", "two-level"};

/* Digits that the values of a range have more than its width: fine enough to fill it, few enough
 * to be read. */
enum { RANGE_DIGITS = 5, GRID_DIGITS = 12 };
static const double RANGE_STEP = 1e-5; /* of the width: 10^-RANGE_DIGITS */

bool design_allocate(struct design *design, size_t axes, size_t points, struct error *error) {
    design->axis_count = axes;
    design->point_count = points;
    design->paths = memory_array(axes, sizeof *design->paths, "varied parameters", error);
    design->values = memory_array(axes * points, sizeof *design->values, "values of points", error);
    if (design->paths == NULL || design->values == NULL) {
        free(design->paths);
        free(design->values);
        *design = (struct design){0};
        return false;
    }
    return true;
}

const char *design_value(const struct design *design, size_t point, size_t axis) {
    return text_bytes(&design->values[point * design->axis_count + axis]);
}

bool design_number(const struct design *design, size_t point, size_t axis, double *number) {
    const char *value = design_value(design, point, axis);
    char *end = NULL;
    *number = strtod(value, &end);
    return end != value && (*end == '\0' || strcmp(end, "L") == 0) && isfinite(*number);
}

void design_describe(const struct design *design, size_t point, struct text *text) {
    for (size_t a = 0; a < design->axis_count; a++) {
        text_add(text, "%s%s=%s", a == 0 ? "" : ", ", text_bytes(&design->paths[a]),
                 design_value(design, point, a));
    }
}

/* A whole number beyond 32 bits needs its mark in a scenario. */
static void add_whole(struct text *text, double value) {
    text_add(text, "%.0f%s", value, fabs(value) > 2147483647.0 ? "L" : "");
}

static void add_number(struct text *text, double value) {
    char buffer[32];
    bool short_whole = value == floor(value) && fabs(value) < 1e9;
    text_add(text, "%s", text_number(buffer, value, short_whole));
}

/* Of a list the value that `u` in 0..1 falls upon. */
static size_t list_index(const struct design_axis *axis, double u) {
    size_t index = (size_t)(u * (double)axis->count);
    return index < axis->count ? index : axis->count - 1;
}

/* Of a range the number at `u` in 0..1, as it is written. */
static double range_number(const struct design_axis *axis, double u) {
    double width = axis->high - axis->low;
    if (axis->whole) {
        return fmin(axis->low + floor(u * (width + 1.0)), axis->high);
    }
    int decimals = RANGE_DIGITS;
    for (double unit = 1.0; unit > width && decimals < 30; unit /= 10.0) {
        decimals++;
    }
    for (double unit = 10.0; unit <= width && decimals > 0; unit *= 10.0) {
        decimals--;
    }
    char rounded[400];
    (void)snprintf(rounded, sizeof rounded, "%.*f", decimals, axis->low + u * width);
    return fmin(fmax(strtod(rounded, NULL), axis->low), axis->high);
}

/* Where `u` in 0..1 lies on the axis. */
static void add_share(struct text *text, const struct design_axis *axis, double u) {
    if (!axis->range) {
        text_add(text, "%s", text_bytes(&axis->values[list_index(axis, u)]));
    } else if (axis->whole) {
        add_whole(text, range_number(axis, u));
    } else {
        add_number(text, range_number(axis, u));
    }
}

double design_share(const struct design_axis *axis, double u) {
    double place = axis->range ? range_number(axis, u) - axis->low : (double)list_index(axis, u);
    double width = axis->range ? axis->high - axis->low : (double)axis->count - 1.0;
    return width > 0.0 ? place / width : 0.0;
}

/* Value `index` of `count` at equal distances. */
void design_add_step(struct text *text, const struct design_axis *axis, size_t index) {
    if (!axis->range) {
        text_add(text, "%s", text_bytes(&axis->values[index]));
        return;
    }
    double share = axis->count < 2 ? 0.0 : (double)index / (double)(axis->count - 1);
    double value = index + 1 == axis->count && axis->count > 1
                       ? axis->high
                       : axis->low + share * (axis->high - axis->low);
    if (axis->whole) {
        add_whole(text, rint(value));
        return;
    }
    char rounded[64]; /* 0.3, not 0.30000000000000004 */
    (void)snprintf(rounded, sizeof rounded, "%.*g", GRID_DIGITS, value);
    add_number(text, fmin(fmax(strtod(rounded, NULL), axis->low), axis->high));
}

static bool grid_count(const struct design_axes *axes, size_t *points, struct error *error) {
    bool good = true;
    *points = 1;
    for (size_t a = 0; a < axes->count; a++) {
        const struct design_axis *axis = &axes->axes[a];
        if (axis->count == 0) {
            good = error_add(error, ERROR_QUESTION,
                             "--vary %s: a grid needs to know how many values to take, write "
                             "LOW:HIGH:NUMBER",
                             text_bytes(&axis->path));
        } else if (axis->range && axis->whole &&
                   axis->high - axis->low + 1.0 < (double)axis->count) {
            good = error_add(error, ERROR_QUESTION,
                             "--vary %s: there are only %.0f whole numbers from %.0f to %.0f, "
                             "not %zu",
                             text_bytes(&axis->path), axis->high - axis->low + 1.0, axis->low,
                             axis->high, axis->count);
        }
        *points = *points > DESIGN_POINTS_MOST ? *points : *points * axis->count;
    }
    if (good && *points > DESIGN_POINTS_MOST) {
        good = error_add(error, ERROR_QUESTION,
                         "the grid has more than %d points; take fewer values, or --design sobol "
                         "--points N",
                         DESIGN_POINTS_MOST);
    }
    return good;
}

static bool check_points(enum design_kind kind, const struct design_axes *axes, size_t points,
                         struct error *error) {
    bool good = true;
    if (points == 0) {
        return error_add(error, ERROR_QUESTION,
                         "--design %s needs the number of points: --points 64", DESIGN_NAMES[kind]);
    }
    if (kind == DESIGN_SOBOL && axes->count > SOBOL_DIMENSIONS) {
        good = error_add(error, ERROR_QUESTION,
                         "--design sobol varies at most %d parameters, not %zu; --design latin "
                         "takes any number",
                         SOBOL_DIMENSIONS, axes->count);
    }
    for (size_t a = 0; a < axes->count; a++) {
        if (axes->axes[a].range && axes->axes[a].count > 0) {
            good = error_add(error, ERROR_QUESTION,
                             "--vary %s: how many values is for a grid; with --design %s write "
                             "LOW:HIGH",
                             text_bytes(&axes->axes[a].path), DESIGN_NAMES[kind]);
        }
    }
    return good;
}

static void fill_grid(struct design *design, const struct design_axes *axes) {
    for (size_t p = 0; p < design->point_count; p++) {
        size_t rest = p;
        for (size_t a = axes->count; a-- > 0;) {
            const struct design_axis *axis = &axes->axes[a];
            design_add_step(&design->values[p * design->axis_count + a], axis, rest % axis->count);
            rest /= axis->count;
        }
    }
}

struct ticket {
    uint64_t bits;
    size_t point;
};

static int by_bits(const void *one, const void *other) {
    const struct ticket *first = one;
    const struct ticket *second = other;
    if (first->bits != second->bits) {
        return first->bits < second->bits ? -1 : 1;
    }
    return first->point < second->point ? -1 : first->point > second->point;
}

/* McKay, Beckman and Conover 1979: on every axis each stratum has one point, anywhere in it. */
static bool fill_latin(struct design *design, const struct design_axes *axes, uint64_t seed,
                       struct error *error) {
    size_t count = design->point_count;
    /* values are rounded, which must not move a point to the next stratum */
    double margin = fmin(0.5, (double)count * RANGE_STEP);
    struct ticket *tickets = memory_array(count, sizeof *tickets, "points of a design", error);
    if (tickets == NULL) {
        return false;
    }
    for (size_t a = 0; a < axes->count; a++) {
        uint64_t order = random_row(seed, a, 0, PURPOSE_DESIGN);
        uint64_t place = random_row(seed, a, 1, PURPOSE_DESIGN);
        for (size_t p = 0; p < count; p++) {
            tickets[p] = (struct ticket){random_bits(order, p), p};
        }
        qsort(tickets, count, sizeof *tickets, by_bits);
        for (size_t s = 0; s < count; s++) {
            size_t p = tickets[s].point;
            double within = margin + (1.0 - 2.0 * margin) * random_uniform(place, p);
            add_share(&design->values[p * design->axis_count + a], &axes->axes[a],
                      ((double)s + within) / (double)count);
        }
    }
    free(tickets);
    return true;
}

/* A shift modulo 2 keeps the net and makes every point uniform over the cube (L'Ecuyer and Lemieux
 * 2002); without it the first point would be a corner. */
static void fill_sobol(struct design *design, const struct design_axes *axes, uint64_t seed) {
    for (size_t a = 0; a < axes->count; a++) {
        uint32_t directions[SOBOL_BITS];
        uint32_t shift = (uint32_t)(random_bits(random_row(seed, a, 2, PURPOSE_DESIGN), 0) >> 32U);
        sobol_directions(a, directions);
        for (size_t p = 0; p < design->point_count; p++) {
            uint32_t bits = sobol_coordinate(directions, (uint32_t)p) ^ shift;
            add_share(&design->values[p * design->axis_count + a], &axes->axes[a],
                      ((double)bits + 0.5) * 0x1p-32);
        }
    }
}

static bool complete(const struct design *design, struct error *error) {
    for (size_t v = 0; v < design->axis_count * design->point_count; v++) {
        if (design->values[v].failed) {
            return error_add(error, ERROR_FAILURE, "not enough memory for the points of a sweep");
        }
    }
    return true;
}

bool design_make(struct design *design, enum design_kind kind, const struct design_axes *axes,
                 size_t points, uint64_t seed, struct error *error) {
    *design = (struct design){0};
    bool good = kind == DESIGN_GRID ? grid_count(axes, &points, error)
                                    : check_points(kind, axes, points, error);
    good = good && design_allocate(design, axes->count, points, error);
    if (!good) {
        return false;
    }
    design->kind = kind;
    for (size_t a = 0; a < axes->count; a++) {
        text_add(&design->paths[a], "%s", text_bytes(&axes->axes[a].path));
    }
    if (kind == DESIGN_GRID) {
        fill_grid(design, axes);
    } else if (kind == DESIGN_SOBOL) {
        fill_sobol(design, axes, seed);
    } else {
        good = fill_latin(design, axes, seed, error);
    }
    good = good && complete(design, error);
    if (!good) {
        design_free(design);
    }
    return good;
}

bool design_of_shares(struct design *design, enum design_kind kind, const struct design_axes *axes,
                      const double shares[], size_t points, const struct text base[],
                      struct error *error) {
    *design = (struct design){0};
    if (!design_allocate(design, axes->count, points, error)) {
        return false;
    }
    design->kind = kind;
    for (size_t a = 0; a < axes->count; a++) {
        text_add(&design->paths[a], "%s", text_bytes(&axes->axes[a].path));
        for (size_t p = 0; p < points; p++) {
            struct text *value = &design->values[p * axes->count + a];
            double share = shares[p * axes->count + a];
            if (isnan(share)) {
                text_add(value, "%s", text_bytes(&base[a]));
            } else {
                add_share(value, &axes->axes[a], share);
            }
        }
    }
    bool good = complete(design, error);
    if (!good) {
        design_free(design);
    }
    return good;
}

void design_free(struct design *design) {
    for (size_t a = 0; design->paths != NULL && a < design->axis_count; a++) {
        text_free(&design->paths[a]);
    }
    for (size_t v = 0; design->values != NULL && v < design->axis_count * design->point_count;
         v++) {
        text_free(&design->values[v]);
    }
    free(design->paths);
    free(design->values);
    *design = (struct design){0};
}

void axes_free(struct design_axes *axes) {
    for (size_t a = 0; a < axes->count; a++) {
        struct design_axis *axis = &axes->axes[a];
        text_free(&axis->path);
        for (size_t v = 0; axis->values != NULL && v < axis->count; v++) {
            text_free(&axis->values[v]);
        }
        free(axis->values);
    }
    *axes = (struct design_axes){0};
}
