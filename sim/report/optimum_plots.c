/* Pictures of an optimisation: every point over every axis, and two goals against each other. */
#include "report/optimum_picture.h"
#include "report/plots.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

enum point_kind { KIND_BROKEN, KIND_KEPT, KIND_BEST, KIND_ITSELF };

/* Of the points that were found. */
static size_t best_of(const struct optimum *optimum) {
    return optimum->candidates[optimum->chosen > 0 ? optimum->chosen - 1 : 0];
}

/* Low and high end of a goal over what is drawn. */
static struct sweep_panel panel_of(const struct sweep_view *view, const struct optimum *optimum) {
    struct sweep_panel panel = {.low = (double)INFINITY, .high = -(double)INFINITY};
    size_t best = optimum->rows[best_of(optimum)];
    for (size_t p = 0; p < view->results->point_count; p++) {
        const struct score *score = scores_at(&optimum->searched, p, 0);
        if (view->results->done[p] && isfinite(score->value)) {
            double half =
                p == best ? target_interval(score->standard_error, optimum->replications) : 0.0;
            panel.low = fmin(panel.low, score->value - half);
            panel.high = fmax(panel.high, score->value + half);
        }
    }
    panel.shown = picture_shown(optimum_unit(optimum, 0), panel.low, panel.high, false);
    return panel;
}

static void write_row(struct picture *picture, double place, const struct score *score,
                      uint64_t histories, enum point_kind kind) {
    char buffer[32];
    double half = target_interval(score->standard_error, histories);
    (void)fputs(text_number(buffer, place, true), picture->data.stream);
    sweep_picture_number(picture, score->value);
    sweep_picture_number(picture, score->value - half);
    sweep_picture_number(picture, score->value + half);
    (void)fprintf(picture->data.stream, " %d\n", kind);
}

static void write_block(struct picture *picture, const struct sweep_view *view,
                        const struct optimum *optimum, size_t axis, const size_t index[]) {
    const struct sweep *sweep = view->sweep;
    size_t best = best_of(optimum);
    double number;
    (void)fprintf(picture->data.stream, "%s# %zu: %s\n", picture->blocks > 0 ? "\n\n" : "",
                  picture->blocks, text_bytes(&sweep->design->paths[axis]));
    picture->blocks++;
    for (size_t p = 0; p < optimum->found.count; p++) {
        const struct optimise_point *point = &optimum->found.points[p];
        size_t row = optimum->rows[p];
        if (point->valid && row > 0) {
            bool keeps = optimise_keeps(point, optimum->ask.bound_count);
            write_row(picture, sweep_picture_place(sweep, axis, row, index),
                      scores_at(&optimum->searched, row, 0), optimum->replications,
                      p == best ? KIND_BEST
                      : keeps   ? KIND_KEPT
                                : KIND_BROKEN);
        }
    }
    if (sweep_picture_numeric(sweep, axis) && design_number(sweep->design, 0, axis, &number)) {
        write_row(picture, number, scores_at(&optimum->searched, 0, 0), optimum->replications,
                  KIND_ITSELF);
    }
}

/* What the points of a kind look like: filled or open, light or dark, so that they stay apart in
 * grey. */
static const char BROKEN[] = "with points pointtype 6 pointsize 0.5 linewidth 0.8 "
                             "linecolor rgb '#8a8a8a'";
static const char KEPT[] = "with points pointtype 7 pointsize 0.6 linecolor rgb '#3b82b0'";
static const char BEST[] = "with yerrorbars pointtype 5 pointsize 1.1 linewidth 1.6 "
                           "linecolor rgb '#08426b'";
static const char ITSELF[] = "with points pointtype 12 pointsize 1.5 linewidth 1.8 "
                             "linecolor rgb '#d55e00'";

static void write_panel(struct picture *picture, const struct sweep_view *view,
                        const struct optimum *optimum, const struct layout *layout,
                        const struct sweep_panel *panel, size_t axis, const size_t index[]) {
    struct frame frame = layout_frame(layout, axis);
    const struct axis y =
        layout_axis(panel->low, panel->high, false, (double)NAN, &panel->shown, "");
    double factor = panel->shown.factor;
    write_block(picture, view, optimum, axis, index);
    picture_panel(picture, &frame, "", &y, "", 1, true);
    sweep_picture_axis(picture, view->sweep, axis, index, 'x', true, 0.04);
    text_add(&picture->body,
             "    plot data index %zu using 1:($5==0 ? %g*$2 : NaN) %s, \\\n"
             "        '' index %zu using 1:($5==1 ? %g*$2 : NaN) %s, \\\n"
             "        '' index %zu using 1:($5==3 ? %g*$2 : NaN) %s, \\\n"
             "        '' index %zu using 1:($5==2 ? %g*$2 : NaN):(%g*$3):(%g*$4) %s\n"
             "    unset label\n",
             axis, factor, BROKEN, axis, factor, KEPT, axis, factor, ITSELF, axis, factor, factor,
             factor, BEST);
}

static bool draw_axes(const struct sweep_view *view, const struct optimum *optimum, size_t index[],
                      struct error *error) {
    size_t axes = optimum->axes.count;
    size_t panels = axes < PICTURE_PANELS ? axes : PICTURE_PANELS;
    struct layout layout = layout_of(panels, 30.0);
    struct sweep_panel panel = panel_of(view, optimum);
    struct picture picture;
    struct text title = {0};
    text_add(&title, "%s: where is it the %s?", optimum->targets[0].words,
             optimum->targets[0].up ? "largest" : "smallest");
    bool fine = sweep_picture_begin(
        &picture, view, "optimize", &layout, text_bytes(&title),
        panels < axes ? "Further parameters are in optimize.csv; the best point with the 95 % "
                        "confidence interval of its search."
                      : "The other parameters vary at the same time; the best point with the 95 % "
                        "confidence interval of its search.",
        "value, goal, 95 % interval, kind (0 breaks a bound, 1 keeps all, 2 best, 3 as it stands)",
        error);
    text_free(&title);
    if (!fine) {
        return false;
    }
    struct text key = {0};
    text_add(&key,
             "NaN %s title 'as it stands', NaN %s title 'keeps bounds', "
             "NaN %s title 'breaks a bound', NaN with points pointtype 5 pointsize 1.1 "
             "linecolor rgb '#08426b' title 'best'",
             ITSELF, KEPT, BROKEN);
    layout_key(&picture, text_bytes(&key));
    text_free(&key);
    for (size_t a = 0; a < panels; a++) {
        (void)sweep_picture_values(view->sweep, a, index);
        write_panel(&picture, view, optimum, &layout, &panel, a, index);
    }
    return picture_finish(&picture, error);
}

bool optimum_plots_write(const struct folder *folder, const struct optimum *optimum,
                         struct error *error) {
    const struct sweep_view view = {.folder = folder,
                                    .sweep = &optimum->searched.sweep,
                                    .results = &optimum->searched.results,
                                    .points = optimum_points(optimum)};
    if (!plots_write_style(folder, error)) {
        return false;
    }
    size_t *index = memory_array(view.sweep->design->point_count, sizeof *index, "points", error);
    bool fine =
        index != NULL && (optimum->goal_count > 1 ? optimum_front_draw(&view, optimum, error)
                                                  : draw_axes(&view, optimum, index, error));
    free(index);
    return fine;
}
