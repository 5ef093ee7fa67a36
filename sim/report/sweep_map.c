/* Heat maps of a sweep over two axes, with contours and the line where nothing changes. */
#include "base/memory.h"
#include "base/statistics.h"
#include "report/format.h"
#include "report/sweep_parts.h"
#include "report/sweep_text.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Cells of a map that still have room for their numbers. */
enum { CELLS_WITH_NUMBERS = 64, LABEL_MOST = 48 };

struct map {
    const struct sweep_view *view;
    struct picture picture;
    struct layout layout;
    size_t *index[3]; /* of the values of the axes, by point */
    size_t counts[2]; /* values of the two axes */
    double *places[2];
    double *edges[2]; /* between neighbours, one more than values */
    size_t panels;
    bool contours; /* both axes are numbers, and the map is complete */
    bool numbers;  /* in the cells, instead of contours with labels */
};

/* Half-way between the neighbours; the outer cells are as wide as their inner half tells. */
static void find_edges(const double places[], size_t count, double edges[]) {
    for (size_t i = 1; i < count; i++) {
        edges[i] = 0.5 * (places[i - 1] + places[i]);
    }
    edges[0] = count < 2 ? places[0] - 0.5 : places[0] - (edges[1] - places[0]);
    edges[count] =
        count < 2 ? places[0] + 0.5 : places[count - 1] + (places[count - 1] - edges[count - 1]);
}

static bool prepare_axis(struct map *map, size_t axis, struct error *error) {
    const struct sweep *sweep = map->view->sweep;
    size_t points = sweep->design->point_count;
    assert(map->index[axis] != NULL); /* there are two axes at least */
    size_t count = sweep_picture_values(sweep, axis, map->index[axis]);
    map->counts[axis] = count;
    map->places[axis] = memory_array(count, sizeof(double), "values of an axis", error);
    map->edges[axis] = memory_array(count + 1, sizeof(double), "values of an axis", error);
    if (map->places[axis] == NULL || map->edges[axis] == NULL) {
        return false;
    }
    for (size_t p = sweep->as_it_stands; p < points; p++) {
        map->places[axis][map->index[axis][p]] =
            sweep_picture_place(sweep, axis, p, map->index[axis]);
    }
    numbers_sort(map->places[axis], count);
    find_edges(map->places[axis], count, map->edges[axis]);
    return true;
}

static size_t place_index(const struct map *map, size_t axis, size_t point) {
    double place = sweep_picture_place(map->view->sweep, axis, point, map->index[axis]);
    size_t i = 0;
    while (i + 1 < map->counts[axis] && map->places[axis][i] != place) {
        i++;
    }
    return i;
}

/* The point in a cell of the map, and with a third axis in one of its slices; SIZE_MAX: none that
 * is done. */
static size_t find_point(const struct map *map, size_t x, size_t y, size_t slice) {
    for (size_t p = 0; p < map->view->results->point_count; p++) {
        if (sweep_picture_has(map->view, p) && (slice == SIZE_MAX || map->index[2][p] == slice) &&
            place_index(map, 0, p) == x && place_index(map, 1, p) == y) {
            return p;
        }
    }
    return SIZE_MAX;
}

static const struct cell_summary *find_cell(const struct map *map, size_t x, size_t y,
                                            size_t metric, size_t slice) {
    size_t p = find_point(map, x, y, slice);
    return p == SIZE_MAX
               ? NULL
               : sweep_picture_cell(map->view, p, map->view->sweep->plan_count - 1, metric);
}

/* Whether the line where nothing changes may pass through the cell: it or one of its neighbours is
 * on the other side. */
static bool is_crossed(const struct map *map, size_t x, size_t y, size_t metric, size_t slice,
                       double mean) {
    for (size_t i = x > 0 ? x - 1 : 0; i <= x + 1 && i < map->counts[0]; i++) {
        for (size_t j = y > 0 ? y - 1 : 0; j <= y + 1 && j < map->counts[1]; j++) {
            const struct cell_summary *cell = find_cell(map, i, j, metric, slice);
            if (cell != NULL && !(cell->mean * mean > 0.0)) {
                return true;
            }
        }
    }
    return false;
}

/* A line a cell, a blank line behind every value of the first axis: a grid to gnuplot. */
static void write_block(struct map *map, size_t metric, size_t slice) {
    struct picture *picture = &map->picture;
    const struct sweep_view *view = map->view;
    (void)fprintf(picture->data.stream, "%s# %zu: %s\n", picture->blocks > 0 ? "\n\n" : "",
                  picture->blocks, view->sweep->metrics[metric]);
    picture->blocks++;
    const char *unit = sweep_picture_panel(view, metric, EXTENT_MEANS).outcome->unit;
    for (size_t x = 0; x < map->counts[0]; x++) {
        (void)fputs(x == 0 ? "" : "\n", picture->data.stream);
        for (size_t y = 0; y < map->counts[1]; y++) {
            char buffer[32];
            char value[WORDS_SIZE];
            const struct cell_summary *cell = find_cell(map, x, y, metric, slice);
            double mean = cell == NULL ? (double)NAN : cell->mean;
            double error = cell == NULL ? (double)NAN : sweep_picture_interval(cell);
            (void)fputs(text_number(buffer, map->places[0][x], true), picture->data.stream);
            sweep_picture_number(picture, map->places[1][y]);
            sweep_picture_number(picture, mean);
            sweep_picture_number(picture, map->edges[0][x]);
            sweep_picture_number(picture, map->edges[0][x + 1]);
            sweep_picture_number(picture, map->edges[1][y]);
            sweep_picture_number(picture, map->edges[1][y + 1]);
            sweep_picture_number(picture, isnan(mean)           ? (double)NAN
                                          : fabs(mean) <= error ? 1.0
                                                                : 0.0);
            (void)(view->difference ? words_difference(value, picture->language, unit, mean)
                                    : words_value(value, picture->language, unit, mean));
            bool unsure = view->difference && fabs(mean) <= error;
            bool boxed = map->numbers && map->contours && view->difference &&
                         is_crossed(map, x, y, metric, slice, mean);
            (void)fprintf(picture->data.stream, " \"%s%s%s\" %d\n", unsure ? "(" : "", value,
                          unsure ? ")" : "", boxed);
        }
    }
}

/* Contours are computed once, before the pictures are opened. */
static void write_contours(struct map *map, size_t block) {
    FILE *script = map->picture.script.stream;
    if (!map->contours) {
        return;
    }
    (void)fprintf(script,
                  "set contour base\nunset surface\nset cntrparam levels auto 6\n"
                  "set table $level%zu\nsplot data index %zu using 1:2:3 with lines\nunset table\n",
                  block, block);
    if (map->view->difference) {
        (void)fprintf(script,
                      "set cntrparam levels discrete 0\nset table $zero%zu\n"
                      "splot data index %zu using 1:2:3 with lines\nunset table\n",
                      block, block);
    }
    (void)fputs("unset contour\nset surface\n", script);
}

static void write_colours(struct map *map, const struct sweep_panel *panel,
                          const struct frame *frame) {
    struct text *body = &map->picture.body;
    const struct picture *picture = &map->picture;
    double low = panel->low;
    double high = panel->high;
    double factor = panel->shown.factor;
    char format[WORDS_SIZE];
    const char *marks = panel->shown.format;
    if (map->view->difference && format_scale(panel->outcome->unit) == FORMAT_PERCENT) {
        marks = "%+g pp";
    }
    if (map->view->difference) {
        high = fmax(fabs(low), fabs(high));
        low = -high;
    }
    if (!(high > low)) { /* all the same, or nothing at all */
        high = isfinite(high) ? high + 1.0 / factor : 1.0;
        low = isfinite(low) ? low - 1.0 / factor : 0.0;
    }
    /* blue is better: where less is, the colours are turned */
    bool turned = map->view->difference && panel->outcome->direction == OUTCOME_LOWER_IS_BETTER;
    text_add(body,
             "    set cbtics autofreq%s\n    eval 'set palette defined ' . %s\n    set palette "
             "%s\n    set cbrange "
             "[%.10g:%.10g]\n    set format "
             "cb '%s'\n"
             "    set colorbox vertical user origin screen %.5f,%.5f size screen %.5f,%.5f border "
             "5\n",
             map->view->difference ? "\n    set cbtics add ('0' 0)" : "",
             map->view->difference ? "difference_colours" : "value_colours",
             turned ? "negative" : "positive", factor * low, factor * high,
             words_number(format, picture->language, marks), (frame->right + 14.0) / picture->width,
             frame->bottom / picture->height, 12.0 / picture->width,
             (frame->top - frame->bottom) / picture->height);
}

/* Contours with their values, in large maps. */
static void plot_levels(struct map *map, size_t block, const struct sweep_panel *panel) {
    text_add(&map->picture.body,
             ", \\\n        $level%zu using 1:2 with lines linecolor rgb '#333333' linewidth 0.7, "
             "\\\n        $level%zu using 1:2:(sprintf('%s', %g*$3)) every ::3::3 with labels font "
             "small_font(kind) textcolor rgb '#222222'",
             block, block, panel->shown.format, panel->shown.factor);
    if (map->view->difference) {
        text_add(&map->picture.body,
                 ", \\\n        data index %zu using ($8==1?$1:NaN):2 with points pointtype 7 "
                 "pointsize 0.25 linecolor rgb '#222222'",
                 block);
    }
}

static void plot_block(struct map *map, size_t block, const struct sweep_panel *panel) {
    struct text *body = &map->picture.body;
    text_add(body,
             "    plot data index %zu using 1:2:4:5:6:7:(%g*$3) with boxxyerror linecolor palette "
             "fillstyle solid 1.0 noborder",
             block, panel->shown.factor);
    if (map->contours && !map->numbers) {
        plot_levels(map, block, panel);
    }
    if (map->contours && map->view->difference) {
        text_add(body,
                 ", \\\n        $zero%zu using 1:2 with lines linecolor rgb '#ffffff' linewidth "
                 "4.5, \\\n        $zero%zu using 1:2 with lines linecolor rgb '#000000' linewidth "
                 "2.2",
                 block, block);
    }
    if (map->numbers) {
        text_add(body,
                 ", \\\n        data index %zu using ($10==1?NaN:$1):2:9 with labels font "
                 "small_font(kind) textcolor rgb '#111111', \\\n        data index %zu using "
                 "($10==1?$1:NaN):2:9 with labels boxed font small_font(kind) textcolor rgb "
                 "'#111111'",
                 block, block);
    }
    text_add(body, "\n    unset label\n    unset colorbox\n");
}

/* The unit of a metric; "" of shares, whose colour bar carries it. */
static const char *map_unit(const struct map *map, size_t metric) {
    const struct outcome *outcome = sweep_outcome(map->view->sweep, metric);
    return layout_unit(map->view->folder->language, outcome->unit, false);
}

static void write_panel(struct map *map, size_t number, size_t metric, size_t slice) {
    const struct sweep_view *view = map->view;
    struct picture *picture = &map->picture;
    struct frame frame = layout_frame(&map->layout, number);
    struct sweep_panel panel = sweep_picture_panel(view, metric, EXTENT_MEANS);
    struct text y_name = {0};
    bool bottom = number + map->layout.columns >= map->panels;
    if (number % map->layout.columns == 0 && sweep_picture_numeric(view->sweep, 1)) {
        sweep_picture_label(&y_name, picture->language, view->sweep, 1);
        if (strlen(text_bytes(&y_name)) > LABEL_MOST) { /* longer than a panel is high */
            text_free(&y_name);
            sweep_picture_name(&y_name, view->sweep, 1);
        }
    }
    const struct axis y = {0.0, 1.0, "%g", text_bytes(&y_name)}; /* plain: checked to be a path */
    struct text title = {0};
    write_block(map, metric, slice);
    write_contours(map, number);
    if (slice == SIZE_MAX) {
        const char *unit = map_unit(map, metric);
        sweep_picture_title(&title, view, metric);
        text_add(&title, "%s%s", *unit == '\0' ? "" : ", ", unit);
    } else {
        size_t p = view->sweep->as_it_stands;
        while (map->index[2][p] != slice) {
            p++;
        }
        sweep_text_axis(&title, view->sweep, 2);
        text_add(&title, " = %s", design_value(view->sweep->design, p, 2));
    }
    picture_panel(picture, &frame, text_bytes(&title), &y, "", 1, true);
    text_free(&title);
    text_free(&y_name);
    sweep_picture_axis(picture, view->sweep, 0, map->index[0], 'x', bottom, 0.0);
    sweep_picture_axis(picture, view->sweep, 1, map->index[1], 'y', false, 0.0);
    text_add(&picture->body,
             "    set xrange [%.10g:%.10g]\n    set yrange [%.10g:%.10g]\n    unset grid\n",
             map->edges[0][0], map->edges[0][map->counts[0]], map->edges[1][0],
             map->edges[1][map->counts[1]]);
    write_colours(map, &panel, &frame);
    plot_block(map, number, &panel);
}

static void write_key(struct map *map) {
    struct text key = {0};
    text_add(&key, "NaN with lines notitle");
    if (map->view->difference && map->contours) {
        text_add(&key, ", NaN with lines linecolor rgb '#000000' linewidth 2.2 title '%s'",
                 words_in(map->picture.language, WORD_SWEEP_BREAK_EVEN));
    }
    if (map->view->difference && map->contours && !map->numbers) {
        text_add(&key,
                 ", NaN with points pointtype 7 pointsize 0.25 linecolor rgb '#222222' title '%s'",
                 words_in(map->picture.language, WORD_SWEEP_ZERO_WITHIN));
    }
    layout_key(&map->picture, text_bytes(&key));
    text_free(&key);
}

static void add_title(struct text *title, const struct map *map, size_t slices) {
    const struct sweep_view *view = map->view;
    struct text x = {0};
    struct text y = {0};
    struct text metric = {0};
    sweep_picture_name(&x, view->sweep, 0);
    sweep_picture_name(&y, view->sweep, 1);
    sweep_picture_title(&metric, view, 0);
    if (slices > 0 && *map_unit(map, 0) != '\0') {
        struct text name = metric;
        metric = (struct text){0};
        words_add(&metric, view->folder->language, WORD_SWEEP_METRIC_UNIT,
                  WORDS(text_bytes(&name), map_unit(map, 0)));
        text_free(&name);
    }
    enum word word = slices > 0
                         ? (view->difference ? WORD_SWEEP_SLICE_CHANGES : WORD_SWEEP_SLICE_FOLLOWS)
                         : (view->difference ? WORD_SWEEP_MAP_CHANGES : WORD_SWEEP_MAP_FOLLOWS);
    words_add(title, view->folder->language, word,
              WORDS(text_bytes(&x), text_bytes(&y), text_bytes(&metric)));
    text_free(&metric);
    text_free(&x);
    text_free(&y);
}

static void add_caption(struct text *caption, const struct map *map) {
    const struct design *design = map->view->sweep->design;
    const enum language language = map->view->folder->language;
    bool more = design->kind == DESIGN_FILE && design->axis_count > 2;
    text_add(caption, "%s %s",
             words_in(language, map->view->difference && map->numbers ? WORD_SWEEP_MEANS_BRACKETS
                                                                      : WORD_SWEEP_MEANS),
             words_in(language, more ? WORD_SWEEP_COLUMNS_FOLLOW : WORD_SWEEP_REST_KNOWN));
}

static bool draw(struct map *map, size_t slices, struct error *error) {
    const struct sweep_view *view = map->view;
    struct text title = {0};
    struct text caption = {0};
    map->panels = slices > 0 ? slices : view->metrics;
    map->layout = layout_of(map->panels, 90.0);
    add_title(&title, map, slices);
    add_caption(&caption, map);
    bool fine = title.bytes != NULL &&
                sweep_picture_begin(
                    &map->picture, view, view->difference ? "sweep_map_difference" : "sweep_map",
                    &map->layout, text_bytes(&title), text_bytes(&caption),
                    "values of both axes, mean, edges of the cell, 1 when zero is within the 95 % "
                    "interval, "
                    "mean in words, 1 when the line may pass through the cell",
                    error);
    text_free(&title);
    text_free(&caption);
    if (!fine) {
        return false;
    }
    write_key(map);
    for (size_t p = 0; p < map->panels; p++) {
        write_panel(map, p, slices > 0 ? 0 : p, slices > 0 ? p : SIZE_MAX);
    }
    return picture_finish(&map->picture, error);
}

bool sweep_map_write(const struct sweep_view *view, struct error *error) {
    struct map map = {.view = view};
    const struct sweep *sweep = view->sweep;
    bool fine = true;
    size_t slices = 0;
    bool follow = sweep->design->kind == DESIGN_FILE; /* columns behind the second are no axes */
    size_t axes = follow ? 2 : sweep->design->axis_count;
    for (size_t a = 0; fine && a < axes; a++) {
        map.index[a] =
            memory_array(sweep->design->point_count, sizeof *map.index[a], "points", error);
        fine = map.index[a] != NULL;
    }
    fine = fine && prepare_axis(&map, 0, error) && prepare_axis(&map, 1, error);
    if (fine && axes > 2) {
        slices = sweep_picture_values(sweep, 2, map.index[2]);
    }
    if (fine) {
        map.contours = sweep_picture_numeric(sweep, 0) && sweep_picture_numeric(sweep, 1) &&
                       map.counts[0] > 1 && map.counts[1] > 1 && !view->results->interrupted;
        map.numbers = map.counts[0] * map.counts[1] <= CELLS_WITH_NUMBERS && map.counts[0] <= 8;
        fine = draw(&map, slices, error);
    }
    for (size_t a = 0; a < 3; a++) {
        free(map.index[a]);
    }
    for (size_t a = 0; a < 2; a++) {
        free(map.places[a]);
        free(map.edges[a]);
    }
    return fine;
}
