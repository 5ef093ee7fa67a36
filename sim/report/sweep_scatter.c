/* Points of a sweep over each of its axes. */
#include "base/memory.h"
#include "report/sweep_parts.h"

#include <math.h>
#include <stdlib.h>

static void write_block(struct picture *picture, const struct sweep_view *view, size_t axis,
                        const size_t index[]) {
    size_t plan = view->sweep->plan_count - 1;
    (void)fprintf(picture->data.stream, "%s# %zu: %s\n", picture->blocks > 0 ? "\n\n" : "",
                  picture->blocks, text_bytes(&view->sweep->design->paths[axis]));
    picture->blocks++;
    for (size_t p = 0; p < view->results->point_count; p++) {
        if (!sweep_picture_has(view, p)) {
            continue;
        }
        char buffer[32];
        const struct cell_summary *cell = sweep_picture_cell(view, p, plan, 0);
        double place = sweep_picture_place(view->sweep, axis, p, index);
        (void)fputs(text_number(buffer, place, true), picture->data.stream);
        sweep_picture_number(picture, cell->mean);
        sweep_picture_number(picture, cell->mean - sweep_picture_interval(cell));
        sweep_picture_number(picture, cell->mean + sweep_picture_interval(cell));
        (void)fputc('\n', picture->data.stream);
    }
}

static void write_panel(struct picture *picture, const struct sweep_view *view,
                        const struct layout *layout, const struct sweep_panel *panel, size_t axis,
                        const size_t index[]) {
    struct frame frame = layout_frame(layout, axis);
    bool first = axis % layout->columns == 0;
    const struct axis y = layout_axis(
        panel->low, panel->high, false, view->difference ? 0.0 : (double)NAN, &panel->shown,
        first ? layout_unit(picture->language, panel->outcome->unit, view->difference) : "");
    double factor = panel->shown.factor;
    write_block(picture, view, axis, index);
    picture_panel(picture, &frame, "", &y, "", 1, true);
    sweep_picture_axis(picture, view->sweep, axis, index, 'x', true, 0.04);
    text_add(&picture->body,
             "    plot %sdata index %zu using 1:(%g*$2):(%g*$3):(%g*$4) with yerrorbars linestyle "
             "3 linewidth 0.8 pointtype 7 pointsize 0.6\n    unset label\n",
             view->difference ? "0 with lines linestyle 4, " : "", axis, factor, factor, factor);
}

static bool draw(const struct sweep_view *view, size_t index[], struct error *error) {
    size_t axes = view->sweep->design->axis_count;
    const enum language language = view->folder->language;
    size_t panels = axes < PICTURE_PANELS ? axes : PICTURE_PANELS;
    struct layout layout = layout_of(panels, 90.0);
    struct sweep_panel panel = sweep_picture_panel(view, 0, EXTENT_INTERVALS);
    struct picture picture;
    struct text title = {0};
    struct text metric = {0};
    sweep_picture_title(&metric, view, 0);
    words_add(&title, language,
              view->difference ? WORD_SWEEP_SCATTER_CHANGES : WORD_SWEEP_SCATTER_FOLLOWS,
              WORDS(text_bytes(&metric)));
    text_free(&metric);
    bool fine = sweep_picture_begin(
        &picture, view, view->difference ? "sweep_scatter_difference" : "sweep_scatter", &layout,
        text_bytes(&title),
        words_in(language, panels < axes ? WORD_SWEEP_SCATTER_MORE : WORD_SWEEP_SCATTER_OTHERS),
        "value, mean, 95 % interval of the mean", error);
    text_free(&title);
    if (!fine) {
        return false;
    }
    layout_key(&picture, "NaN with lines notitle");
    for (size_t a = 0; a < panels; a++) {
        (void)sweep_picture_values(view->sweep, a, index);
        write_panel(&picture, view, &layout, &panel, a, index);
    }
    return picture_finish(&picture, error);
}

bool sweep_scatter_write(const struct sweep_view *view, struct error *error) {
    size_t *index = memory_array(view->sweep->design->point_count, sizeof *index, "points", error);
    bool fine = index != NULL && draw(view, index, error);
    free(index);
    return fine;
}
