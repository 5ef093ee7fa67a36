/* Two goals against each other. */
#include "report/optimum_picture.h"

#include <math.h>

/* All points share their chance, so that levels move together: to stand beside the comparison, a
 * point of the search keeps its difference to the scenario as it stands, which is sharp, and takes
 * the level from there. */
static double moved(const struct optimum *optimum, size_t goal) {
    return optimum_compared(optimum) ? scores_at(&optimum->fresh, 0, goal)->value -
                                           scores_at(&optimum->searched, 0, goal)->value
                                     : 0.0;
}

/* Whether a row of the search stands in the picture with what it is on fresh histories: what the
 * search took it for, and chose it by, is too good. */
static bool is_compared(const struct optimum *optimum, size_t row) {
    bool compared = row == 0; /* the scenario as it stands */
    for (size_t c = 0; c < optimum->candidate_count; c++) {
        compared = compared || optimum->rows[optimum->candidates[c]] == row;
    }
    return compared && optimum_compared(optimum);
}

enum { BLOCK_OTHERS, BLOCK_FRONT, BLOCK_ITSELF, BLOCK_FALLEN };

/* The second goal to the right, the first one up; with the intervals of points of the comparison.
 */
struct ranges {
    double low[2], high[2];
    struct shown shown[2];
};

static void widen(struct ranges *ranges, size_t goal, double value) {
    if (isfinite(value)) {
        ranges->low[goal] = fmin(ranges->low[goal], value);
        ranges->high[goal] = fmax(ranges->high[goal], value);
    }
}

static struct ranges ranges_of(const struct optimum *optimum) {
    struct ranges ranges = {.low = {(double)INFINITY, (double)INFINITY},
                            .high = {-(double)INFINITY, -(double)INFINITY}};
    for (size_t g = 0; g < 2; g++) {
        for (size_t p = 0; p < optimum->searched.results.point_count; p++) {
            double value = scores_at(&optimum->searched, p, g)->value + moved(optimum, g);
            bool drawn = optimum->searched.results.done[p] && !is_compared(optimum, p);
            widen(&ranges, g, drawn ? value : (double)NAN);
        }
        for (size_t p = 0; optimum_compared(optimum) && p < optimum->fresh.results.point_count;
             p++) {
            const struct score *score = scores_at(&optimum->fresh, p, g);
            double half = target_interval(score->standard_error, optimum->fresh_replications);
            widen(&ranges, g, score->value - half);
            widen(&ranges, g, score->value + half);
        }
        ranges.shown[g] =
            picture_shown(optimum_unit(optimum, g), ranges.low[g], ranges.high[g], false);
    }
    return ranges;
}

static void write_row(struct picture *picture, const struct scores *scores, size_t point,
                      const double move[2], size_t label) {
    for (size_t g = 2; g-- > 0;) {
        const struct score *score = scores_at(scores, point, g);
        double half = target_interval(score->standard_error, scores->sweep.replications);
        double value = score->value + move[g];
        sweep_picture_number(picture, value);
        sweep_picture_number(picture, value - half);
        sweep_picture_number(picture, value + half);
    }
    (void)fprintf(picture->data.stream, " %zu\n", label);
}

static void begin_block(struct picture *picture, const char *what) {
    (void)fprintf(picture->data.stream, "%s# %zu: %s\n", picture->blocks > 0 ? "\n\n" : "",
                  picture->blocks, what);
    picture->blocks++;
}

/* An empty block is a line without numbers, so that the others keep their places. */
static void end_block(struct picture *picture, size_t rows) {
    if (rows == 0) {
        (void)fputs(" ? ? ? ? ? ? ?\n", picture->data.stream);
    }
}

static void write_blocks(struct picture *picture, const struct optimum *optimum) {
    bool compared = optimum_compared(optimum);
    const struct scores *shown = compared ? &optimum->fresh : &optimum->searched;
    const double move[2] = {moved(optimum, 0), moved(optimum, 1)};
    const double stay[2] = {0.0, 0.0};
    size_t rows = 0;
    begin_block(picture,
                compared ? "points of the search that were not compared" : "points of the search");
    for (size_t p = 0; p < optimum->found.count; p++) {
        if (optimum->found.points[p].valid && !is_compared(optimum, optimum->rows[p])) {
            write_row(picture, &optimum->searched, optimum->rows[p], move, 0);
            rows++;
        }
    }
    end_block(picture, rows);
    for (int fallen = 0; fallen < 2; fallen++) {
        rows = 0;
        if (fallen) {
            begin_block(picture, "the scenario as it stands");
            write_row(picture, shown, 0, stay, 0);
        }
        begin_block(picture,
                    fallen ? "front of the search that is none of the other histories" : "front");
        for (size_t c = 0; c < optimum->candidate_count; c++) {
            size_t point = compared ? c + 1 : optimum->rows[optimum->candidates[c]];
            if ((compared && !optimum_on_front(optimum, point)) == fallen) {
                write_row(picture, shown, point, stay, c + 1);
                rows++;
            }
        }
        end_block(picture, rows);
    }
}

static const char OTHERS[] = "with points pointtype 7 pointsize 0.45 linecolor rgb '#b4b4b4'";
static const char FALLEN[] = "with points pointtype 6 pointsize 0.9 linewidth 1.4 "
                             "linecolor rgb '#6a6a6a'";
static const char ITSELF[] = "with points pointtype 12 pointsize 1.6 linewidth 1.8 "
                             "linecolor rgb '#d55e00'";

static void plot(struct picture *picture, const struct optimum *optimum,
                 const struct layout *layout, const struct ranges *ranges) {
    struct text *body = &picture->body;
    struct frame frame = layout_frame(layout, 0);
    double up = ranges->shown[0].factor;
    double right = ranges->shown[1].factor;
    const struct axis y =
        layout_axis(ranges->low[0], ranges->high[0], false, (double)NAN, &ranges->shown[0], "");
    const struct axis x =
        layout_axis(ranges->low[1], ranges->high[1], false, (double)NAN, &ranges->shown[1], "");
    struct text names[2] = {{0}};
    for (size_t g = 0; g < 2; g++) {
        text_add(&names[g], "%s (%s)", optimum->targets[g].words, optimum_unit(optimum, g));
    }
    picture_panel(picture, &frame, text_bytes(&names[0]), &y, "", 1, true);
    size_t label = picture_string(picture, text_bytes(&names[1]), 60);
    text_free(&names[0]);
    text_free(&names[1]);
    text_add(body,
             "    set xrange [%.10g:%.10g]\n    set xtics autofreq\n    set format x '%s'\n"
             "    set xlabel s%zu textcolor rgb text_colour\n",
             x.low, x.high, x.format, label);
    text_add(body,
             "    plot data index %d using (%g*$1):(%g*$4) %s, \\\n"
             "        '' index %d using (%g*$1):(%g*$5):(%g*$6) with filledcurves linestyle 1, \\\n"
             "        '' index %d using (%g*$1):(%g*$4) with lines linestyle 3 linewidth 1.2, \\\n"
             "        '' index %d using (%g*$1):(%g*$4):(%g*$2):(%g*$3):(%g*$5):(%g*$6) "
             "with xyerrorbars linestyle 3 linewidth 1 pointtype 7 pointsize 0.7, \\\n",
             BLOCK_OTHERS, right, up, OTHERS, BLOCK_FRONT, right, up, up, BLOCK_FRONT, right, up,
             BLOCK_FRONT, right, up, right, right, up, up);
    text_add(body,
             "        '' index %d using (%g*$1):(%g*$4) %s, \\\n"
             "        '' index %d using (%g*$1):(%g*$4) %s, \\\n"
             "        '' index %d using (%g*$1):(%g*$4):7 with labels offset 0.7,0.8 "
             "font small_font(kind) textcolor rgb text_colour\n    unset label\n",
             BLOCK_FALLEN, right, up, FALLEN, BLOCK_ITSELF, right, up, ITSELF, BLOCK_FRONT, right,
             up);
}

bool optimum_front_draw(const struct sweep_view *view, const struct optimum *optimum,
                        struct error *error) {
    struct layout layout = layout_of(1, 30.0);
    struct ranges ranges = ranges_of(optimum);
    struct picture picture;
    struct text title = {0};
    text_add(&title, "%s and %s: what does one cost in the other?", optimum->targets[0].words,
             optimum->targets[1].words);
    bool fine = sweep_picture_begin(
        &picture, view, "pareto", &layout, text_bytes(&title),
        optimum_compared(optimum)
            ? "Front and 95 % intervals on histories that the search has not seen; other points by "
              "their distance to the scenario in it, with its luck."
            : "The front and its 95 % confidence intervals are those of the search.",
        "second goal, 95 % interval, first goal, 95 % interval, number of the candidate", error);
    text_free(&title);
    if (!fine) {
        return false;
    }
    struct text key = {0};
    text_add(&key,
             "NaN %s title 'as it stands', NaN with linespoints linestyle 3 pointtype 7 "
             "pointsize 0.7 title 'front', NaN with boxes linestyle 1 title '95 %% interval', "
             "NaN %s title 'other points'",
             ITSELF, OTHERS);
    layout_key(&picture, text_bytes(&key));
    text_free(&key);
    write_blocks(&picture, optimum);
    plot(&picture, optimum, &layout, &ranges);
    return picture_finish(&picture, error);
}
