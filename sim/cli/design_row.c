#include "cli/design_row.h"

#include "base/memory.h"
#include "cli/sweep_axes.h"

#include <inttypes.h>
#include <stdlib.h>

static bool add_sets(struct design_row *row, const struct design *design, struct options *options,
                     struct error *error) {
    size_t axes = design->axis_count;
    const char **sets =
        memory_array(options->set_count + axes, sizeof *sets, "values of a design", error);
    row->sets = memory_array(axes, sizeof *row->sets, "values of a design", error);
    if (sets == NULL || row->sets == NULL) {
        free(sets);
        return false;
    }
    row->count = axes;
    for (size_t s = 0; s < options->set_count; s++) {
        sets[s] = options->sets[s];
    }
    free(options->sets);
    options->sets = sets;
    for (size_t a = 0; a < axes; a++) {
        text_add(&row->sets[a], "%s=%s", text_bytes(&design->paths[a]),
                 design_value(design, (size_t)row->row - 1, a));
        options->sets[options->set_count++] = text_bytes(&row->sets[a]);
    }
    return true;
}

bool design_row_apply(struct design_row *row, struct options *options, struct error *error) {
    struct design design;
    if (row->file == NULL && row->row == 0) {
        return true;
    }
    if (row->file == NULL || row->row == 0) {
        return error_add(error, ERROR_QUESTION,
                         "--design and --row go together: --design %s --row K",
                         row->file == NULL ? "FILE" : row->file);
    }
    if (!sweep_axes_file(&design, row->file, error)) {
        return false;
    }
    bool good = row->row <= design.point_count ||
                error_add(error, ERROR_QUESTION, "--row %" PRIu64 ": %s has the rows 1 to %zu",
                          row->row, row->file, design.point_count);
    good = good && add_sets(row, &design, options, error);
    design_free(&design);
    return good;
}

void design_row_free(struct design_row *row) {
    for (size_t s = 0; s < row->count; s++) {
        text_free(&row->sets[s]);
    }
    free(row->sets);
    *row = (struct design_row){0};
}
