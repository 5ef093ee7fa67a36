#include "report/sweep_plots.h"

#include "base/memory.h"
#include "report/plots.h"
#include "report/sweep_parts.h"

#include <stdlib.h>

/* Values of a third axis that still are panels. */
enum { SLICES_MOST = PICTURE_PANELS };

static bool write_view(const struct sweep_view *view, struct error *error) {
    const struct design *design = view->sweep->design;
    size_t slices = 0;
    if (design->axis_count == 1) {
        return sweep_lines_write(view, error);
    }
    if (!view->difference && view->sweep->plan_count > 1) {
        return true; /* two plans in one map: only their difference */
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
