/* Lines of a sweep along its one axis. */
#include "base/memory.h"
#include "engine/crossing.h"
#include "report/format.h"
#include "report/sweep_parts.h"
#include "report/sweep_text.h"

#include <math.h>
#include <stdlib.h>

enum { CROSSINGS_MOST = 3 };

/* Pixels beside a panel, over which titles with their units may reach. */
static const double UNITS_WIDTH = 90.0;

/* The points of the axis in order, and what each panel shows. */
struct lines {
    const struct sweep_view *view;
    struct picture picture;
    bool numeric;
    size_t *index; /* of the values, by point */
    size_t *order;
    size_t count;
    size_t first_plan;
};

static size_t order_points(const struct lines *lines) {
    const struct sweep *sweep = lines->view->sweep;
    size_t count = 0;
    if (lines->numeric) {
        return sweep_order(sweep, lines->view->results, 0, lines->order);
    }
    for (size_t p = 0; p < sweep->design->point_count; p++) {
        if (sweep_picture_has(lines->view, p)) {
            lines->order[count++] = p;
        }
    }
    return count;
}

static void write_block(struct lines *lines, size_t plan, size_t metric) {
    static const size_t SHOWN[] = {0, 2, 3, 4, 6}; /* p5 p25 p50 p75 p95 */
    const struct sweep_view *view = lines->view;
    struct picture *picture = &lines->picture;
    (void)fprintf(picture->data.stream, "%s# %zu: %s\n", picture->blocks > 0 ? "\n\n" : "",
                  picture->blocks, view->sweep->metrics[metric]);
    picture->blocks++;
    for (size_t i = 0; i < lines->count; i++) {
        char buffer[32];
        size_t p = lines->order[i];
        const struct cell_summary *cell = sweep_picture_cell(view, p, plan, metric);
        double place = sweep_picture_place(view->sweep, 0, p, lines->index);
        (void)fputs(text_number(buffer, place, true), picture->data.stream);
        sweep_picture_number(picture, cell->mean);
        for (size_t q = 0; q < sizeof SHOWN / sizeof SHOWN[0]; q++) {
            sweep_picture_number(picture, cell->quantile[SHOWN[q]]);
        }
        sweep_picture_number(picture, cell->mean - sweep_picture_interval(cell));
        sweep_picture_number(picture, cell->mean + sweep_picture_interval(cell));
        (void)fputc('\n', picture->data.stream);
    }
}

/* Bands and line of one plan; `width` of a box where the values are words. */
static void plot_plan(struct lines *lines, size_t block, size_t plan, double factor) {
    struct text *body = &lines->picture.body;
    bool both = lines->first_plan == 0 && lines->view->sweep->plan_count > 1;
    if (both) { /* two plans: lines only, bands would cover each other */
        double aside = lines->numeric ? 0.0 : plan == 0 ? -0.1 : 0.1;
        text_add(body,
                 "data index %zu using ($1%+g):(%g*$2):(%g*$8):(%g*$9) with yerrorbars linestyle "
                 "%zu dashtype 1 pointtype 7 pointsize 0.5",
                 block, aside, factor, factor, factor, 11 + plan);
        if (lines->numeric) {
            text_add(body, ", \\\n        '' index %zu using 1:(%g*$2) with lines linestyle %zu",
                     block, factor, 11 + plan);
        }
    } else if (lines->numeric) {
        text_add(body,
                 "data index %zu using 1:(%g*$3):(%g*$7) with filledcurves linestyle 1, \\\n"
                 "        '' index %zu using 1:(%g*$4):(%g*$6) with filledcurves linestyle 2, \\\n"
                 "        '' index %zu using 1:(%g*$2) with lines linestyle 3, \\\n"
                 "        '' index %zu using 1:(%g*$2):(%g*$8):(%g*$9) with yerrorbars linestyle 3 "
                 "pointtype 7 pointsize 0.5",
                 block, factor, factor, block, factor, factor, block, factor, block, factor, factor,
                 factor);
    } else {
        text_add(body,
                 "data index %zu using 1:(%g*$5):($1-0.28):($1+0.28):(%g*$3):(%g*$7) "
                 "with boxxyerror linestyle 1, \\\n"
                 "        '' index %zu using 1:(%g*$5):($1-0.28):($1+0.28):(%g*$4):(%g*$6) "
                 "with boxxyerror linestyle 2, \\\n"
                 "        '' index %zu using 1:(%g*$2):(%g*$8):(%g*$9) with yerrorbars linestyle 3 "
                 "pointtype 7 pointsize 0.7",
                 block, factor, factor, factor, block, factor, factor, factor, block, factor,
                 factor, factor);
    }
}

/* A line down from the place where the plans are even. */
static void mark_crossings(struct lines *lines, size_t metric) {
    struct crossing crossings[CROSSINGS_MOST];
    const struct sweep_view *view = lines->view;
    size_t count = view->difference ? sweep_crossings(view->sweep, view->results, metric, crossings,
                                                      CROSSINGS_MOST)
                                    : 0;
    double lowest = count == 0 ? 0.0 : sweep_picture_place(view->sweep, 0, lines->order[0], NULL);
    double highest =
        count == 0 ? 0.0
                   : sweep_picture_place(view->sweep, 0, lines->order[lines->count - 1], NULL);
    for (size_t c = 0; c < count; c++) {
        char number[FORMAT_SIZE];
        char shown[WORDS_SIZE];
        struct text words = {0};
        (void)format_number(number, crossings[c].at);
        words_add(&words, lines->picture.language, WORD_SWEEP_EVEN_AT,
                  WORDS(words_number(shown, lines->picture.language, number)));
        size_t string = picture_string(&lines->picture, text_bytes(&words), 0);
        text_free(&words);
        text_add(&lines->picture.body,
                 "    set arrow %zu from first %.10g,graph 0 to first %.10g,graph 1 nohead "
                 "linestyle 4 front\n"
                 "    set label %zu s%zu at first %.10g,graph 0.95 %s front\n",
                 20 + c, crossings[c].at, crossings[c].at, 20 + c, string, crossings[c].at,
                 2.0 * crossings[c].at > lowest + highest ? "right offset -0.5,0"
                                                          : "left offset 0.5,0");
    }
}

static void write_panel(struct lines *lines, size_t metric, const struct layout *layout) {
    const struct sweep_view *view = lines->view;
    struct picture *picture = &lines->picture;
    bool both = lines->first_plan == 0 && view->sweep->plan_count > 1;
    bool bottom = metric + layout_columns(view->metrics, UNITS_WIDTH) >= view->metrics;
    struct sweep_panel panel =
        sweep_picture_panel(view, metric, both ? EXTENT_INTERVALS : EXTENT_QUANTILES);
    double line = view->difference ? 0.0 : (double)NAN;
    size_t block = picture->blocks;
    for (size_t p = lines->first_plan; p < view->sweep->plan_count; p++) {
        write_block(lines, p, metric);
    }
    const char *label = layout_unit(picture->language, panel.outcome->unit, view->difference);
    const struct axis axis = layout_axis(panel.low, panel.high, false, line, &panel.shown, "");
    struct frame frame = layout_frame(layout, metric);
    struct text title = {0};
    sweep_picture_title(&title, view, metric);
    if (*label != '\0') {
        text_add(&title, ", %s", label);
    }
    picture_panel(picture, &frame, text_bytes(&title), &axis, "", 1, true);
    text_free(&title);
    sweep_picture_axis(picture, view->sweep, 0, lines->index, 'x', bottom, 0.04);
    if (view->difference) {
        text_add(&picture->body, "    set ytics add ('0' 0)\n");
    }
    mark_crossings(lines, metric);
    text_add(&picture->body, "    plot ");
    for (size_t p = lines->first_plan; p < view->sweep->plan_count; p++) {
        text_add(&picture->body, p > lines->first_plan ? ", \\\n        " : "");
        plot_plan(lines, block++, p, panel.shown.factor);
    }
    text_add(&picture->body, "%s\n    unset label\n    unset arrow\n    set ytics autofreq\n",
             view->difference ? ", \\\n        0 with lines linestyle 4" : "");
}

static void write_key(struct lines *lines) {
    const struct sweep_view *view = lines->view;
    struct text key = {0};
    if (lines->first_plan == 0 && view->sweep->plan_count > 1) {
        for (size_t v = 0; v < 2; v++) {
            size_t string =
                picture_string(&lines->picture, view->sweep->scenarios[v]->parameters.name, 30);
            text_add(&key, "%sNaN with lines linestyle %zu title s%zu", v == 0 ? "" : ", ", 11 + v,
                     string);
        }
    } else {
        layout_bands(&key, lines->picture.language);
        text_add(&key, ", NaN with linespoints linestyle 3 pointtype 7 pointsize 0.5 title '%s'",
                 words_in(lines->picture.language, WORD_SWEEP_MEAN_INTERVAL));
    }
    layout_key(&lines->picture, text_bytes(&key));
    text_free(&key);
}

static bool draw(struct lines *lines, struct error *error) {
    const struct sweep_view *view = lines->view;
    const enum language language = view->folder->language;
    struct layout layout = layout_of(view->metrics, UNITS_WIDTH);
    struct text title = {0};
    struct text axis = {0};
    sweep_picture_name(&axis, view->sweep, 0);
    words_add(&title, language, view->difference ? WORD_SWEEP_CHANGES : WORD_SWEEP_FOLLOWS,
              WORDS(text_bytes(&axis)));
    bool fine = sweep_picture_begin(
        &lines->picture, view, view->difference ? "sweep_difference" : "sweep", &layout,
        text_bytes(&title), words_in(language, WORD_SWEEP_LINES_CAPTION),
        "value, mean, 5th, 25th, 50th, 75th and 95th percentile of the histories, 95 % interval of "
        "the mean",
        error);
    text_free(&axis);
    text_free(&title);
    if (!fine) {
        return false;
    }
    write_key(lines);
    for (size_t m = 0; m < view->metrics; m++) {
        write_panel(lines, m, &layout);
    }
    return picture_finish(&lines->picture, error);
}

bool sweep_lines_write(const struct sweep_view *view, struct error *error) {
    size_t points = view->sweep->design->point_count;
    struct lines lines = {.view = view,
                          .numeric = sweep_picture_numeric(view->sweep, 0),
                          .first_plan = view->difference ? view->sweep->plan_count - 1 : 0};
    lines.index = memory_array(points, sizeof *lines.index, "points", error);
    lines.order = memory_array(points, sizeof *lines.order, "points", error);
    bool fine = lines.index != NULL && lines.order != NULL;
    if (fine) {
        (void)sweep_picture_values(view->sweep, 0, lines.index);
        lines.count = order_points(&lines);
        fine = lines.count == 0 || draw(&lines, error);
    }
    free(lines.index);
    free(lines.order);
    return fine;
}
