#include "report/sweep_plots.h"

#include "base/memory.h"
#include "report/plots.h"
#include "report/sweep_parts.h"

#include <stdlib.h>

/* Values of a third axis that still are panels, and cells of a map that still can be seen. */
enum { SLICES_MOST = PICTURE_PANELS, CELLS_MOST = 2500 };

/* Whether every value of the first column of a table stands once with every one of the second: a
 * map, on which all further columns follow. */
static bool is_map(const struct sweep *sweep, bool *map, struct error *error) {
    const struct design *design = sweep->design;
    size_t from = sweep->as_it_stands;
    size_t points = design->point_count - from;
    *map = false;
    if (design->kind != DESIGN_FILE || points > CELLS_MOST) {
        return true;
    }
    size_t *first = memory_array(design->point_count, sizeof *first, "points", error);
    size_t *second = memory_array(design->point_count, sizeof *second, "points", error);
    bool *taken = memory_array(points, sizeof *taken, "cells of a map", error);
    bool fine = first != NULL && second != NULL && taken != NULL;
    if (fine) {
        size_t rows = sweep_picture_values(sweep, 1, second);
        *map = sweep_picture_values(sweep, 0, first) * rows == points && rows > 1 && points > rows;
        for (size_t p = from; *map && p < design->point_count; p++) {
            size_t cell = first[p] * rows + second[p];
            *map = !taken[cell];
            taken[cell] = true;
        }
    }
    free(first);
    free(second);
    free(taken);
    return fine;
}

static bool write_view(const struct sweep_view *view, struct error *error) {
    const struct design *design = view->sweep->design;
    size_t slices = 0;
    bool map = false;
    if (design->axis_count == 1) {
        return sweep_lines_write(view, error);
    }
    if (!view->difference && view->sweep->plan_count > 1) {
        return true; /* two plans in one map: only their difference */
    }
    if (!is_map(view->sweep, &map, error)) {
        return false;
    }
    if (map) {
        return sweep_map_write(view, error);
    }
    if (design->kind != DESIGN_GRID || design->axis_count > 3) {
        return sweep_scatter_write(view, error);
    }
    if (design->axis_count == 3) {
        size_t *index = memory_array(design->point_count, sizeof *index, "points", error);
        if (index == NULL) {
            return false;
        }
        slices = sweep_picture_values(view->sweep, 2, index);
        free(index);
    }
    return slices > SLICES_MOST ? sweep_scatter_write(view, error) : sweep_map_write(view, error);
}

bool sweep_plots_write(const struct folder *folder, const struct sweep *sweep,
                       const struct sweep_results *results, struct error *error) {
    bool compared = sweep->plan_count > 1 || sweep->baseline < sweep->design->point_count;
    struct sweep_view view = {.folder = folder, .sweep = sweep, .results = results};
    view.metrics = sweep->metric_count < PICTURE_PANELS ? sweep->metric_count : PICTURE_PANELS;
    bool fine = plots_write_style(folder, error) && write_view(&view, error);
    view.difference = true;
    return fine && (!compared || write_view(&view, error));
}
