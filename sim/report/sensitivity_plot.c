/* The picture of a sensitivity analysis: bars by importance, the largest on top; of two levels all
 * draws of the parameters in order, each with the band of chance. */
#include "base/memory.h"
#include "report/format.h"
#include "report/layout.h"
#include "report/page_parts.h"
#include "report/plots.h"
#include "report/sensitivity.h"
#include "scenario/scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 980,
    NAMES = 340,
    RIGHT = 40,
    ROW = 30,
    HEAD = 112,
    FOOT = 104,
    BARS_MOST = 16,
    NAME_CHARACTERS = 46,
    RANGE_CHARACTERS = 54,
    BAND_HEIGHT = 320,
    BAND_LEFT = 108
};

enum { ENTRIES_MOST = 4 };

/* What the bars of a method are. */
struct look {
    enum word title; /* {0}: the metric */
    enum word axis;
    enum word caption;
    const char *columns;
    struct entry {
        const char *style;
        enum word title;
    } key[ENTRIES_MOST]; /* those with a style */
};

#define BAR_LOW "NaN with boxes linestyle 1"
#define BAR_HIGH "NaN with boxes linestyle 2"
#define INTERVAL "NaN with lines linestyle 3 linewidth 1.6"

static const struct look LOOKS[SENSITIVITY_METHODS] = {
    [SENSITIVITY_TORNADO] =
        {WORD_SENSITIVITY_TORNADO,
         WORD_SENSITIVITY_CHANGE,
         WORD_SENSITIVITY_TORNADO_CAPTION,
         "row, change at the low end of the range with its 95 % interval, at the high end the same",
         {{BAR_LOW, WORD_SENSITIVITY_AT_LOW},
          {BAR_HIGH, WORD_SENSITIVITY_AT_HIGH},
          {INTERVAL, WORD_INTERVAL_95}}},
    [SENSITIVITY_MORRIS] =
        {WORD_SENSITIVITY_MORRIS,
         WORD_SENSITIVITY_SIZE,
         WORD_SENSITIVITY_MORRIS_CAPTION,
         "row, mean size of the effect with its 95 % interval, mean, standard deviation, size "
         "where the mean raises, size where it lowers",
         {{BAR_HIGH, WORD_SENSITIVITY_RAISES},
          {BAR_LOW, WORD_SENSITIVITY_LOWERS},
          {INTERVAL, WORD_INTERVAL_95},
          {"NaN with points linestyle 3 pointtype 6 pointsize 1", WORD_SENSITIVITY_VARIES}}},
    [SENSITIVITY_SOBOL] =
        {WORD_SENSITIVITY_SOBOL,
         WORD_SENSITIVITY_VARIANCE,
         WORD_SENSITIVITY_SOBOL_CAPTION,
         "row, total index with its 95 % interval, first-order index with its 95 % interval",
         {{BAR_LOW, WORD_SENSITIVITY_TOTAL},
          {BAR_HIGH, WORD_SENSITIVITY_FIRST},
          {INTERVAL, WORD_INTERVAL_95}}},
    [SENSITIVITY_TWO_LEVEL] = {WORD_SENSITIVITY_TWO_LEVEL,
                               WORD_SENSITIVITY_DRAWS,
                               WORD_SENSITIVITY_TWO_LEVEL_CAPTION,
                               "draw, mean, p5, p25, p75, p95 of its histories",
                               {{BAR_LOW, WORD_BAND_90},
                                {BAR_HIGH, WORD_BAND_50},
                                {"NaN with lines linestyle 3", WORD_MEAN}}},
};

/* A tornado of the difference between two scenarios, whose changes are not paired: no intervals. */
static bool is_unpaired(const struct sensitivity_report *report) {
    return report->compared != NULL && report->analysis->question.method == SENSITIVITY_TORNADO;
}

static void write_key(struct picture *picture, const struct sensitivity_report *report) {
    const struct entry *entries = LOOKS[report->analysis->question.method].key;
    size_t shown = is_unpaired(report) ? 2 : ENTRIES_MOST;
    struct text key = {0};
    for (size_t e = 0; e < shown && entries[e].style != NULL; e++) {
        text_add(&key, "%s%s title '%s'", e == 0 ? "" : ", ", entries[e].style,
                 words_in(picture->language, entries[e].title));
    }
    layout_key(picture, text_bytes(&key));
    text_free(&key);
}

static void write_value(struct picture *picture, double value) {
    char buffer[32];
    (void)fprintf(picture->data.stream, " %s",
                  isfinite(value) ? text_number(buffer, value, true) : "?");
}

static void write_estimate(struct picture *picture, const struct sensitivity_estimate *estimate) {
    write_value(picture, estimate->value);
    write_value(picture, estimate->low);
    write_value(picture, estimate->high);
}

static void write_bar_data(struct picture *picture, const struct sensitivity *answer,
                           const size_t order[], size_t bars) {
    for (size_t r = 0; r < bars; r++) {
        const struct sensitivity_estimate *second = sensitivity_at(answer, order[r], 1);
        (void)fprintf(picture->data.stream, "%zu", r + 1);
        write_estimate(picture, sensitivity_at(answer, order[r], 0));
        if (answer->method == SENSITIVITY_MORRIS) {
            double size = sensitivity_at(answer, order[r], MORRIS_MU_STAR)->value;
            write_value(picture, second->value);
            write_value(picture, sensitivity_at(answer, order[r], MORRIS_SIGMA)->value);
            write_value(picture, second->value >= 0.0 ? size : (double)NAN);
            write_value(picture, second->value >= 0.0 ? (double)NAN : size);
        } else {
            write_estimate(picture, second);
        }
        (void)fputc('\n', picture->data.stream);
    }
}

/* Range of what is drawn, and how it is shown. */
static struct axis value_axis(const struct sensitivity *answer, const size_t order[], size_t bars,
                              const struct outcome *outcome, struct shown *shown) {
    double low = 0.0;
    double high = 0.0;
    size_t measures = answer->method == SENSITIVITY_MORRIS ? 3 : 2;
    for (size_t r = 0; r < bars; r++) {
        for (size_t m = 0; m < measures; m++) {
            const struct sensitivity_estimate *estimate = sensitivity_at(answer, order[r], m);
            bool mark = answer->method == SENSITIVITY_MORRIS && m > 0;
            bool skipped = answer->method == SENSITIVITY_MORRIS && m == MORRIS_MU;
            low = fmin(low, skipped ? low : mark ? estimate->value : estimate->low);
            high = fmax(high, skipped ? high : mark ? estimate->value : estimate->high);
            low = fmin(low, skipped ? low : estimate->value);
            high = fmax(high, skipped ? high : estimate->value);
        }
    }
    bool indices = answer->method == SENSITIVITY_SOBOL;
    *shown = picture_shown(indices ? "share" : outcome->unit, low, high,
                           answer->method == SENSITIVITY_TORNADO);
    if (answer->method == SENSITIVITY_MORRIS && format_scale(outcome->unit) == FORMAT_PERCENT) {
        shown->format = "%g"; /* the size of a change: percentage points */
    }
    return layout_axis(low, high, low >= 0.0, 0.0, shown, "");
}

/* An end of a range, as tables and pictures write such a value. */
static const char *range_end(char buffer[WORDS_SIZE], enum language language, const char *unit,
                             double end) {
    char number[FORMAT_SIZE];
    return format_scale(unit) == FORMAT_CURRENCY
               ? words_value(buffer, language, unit, end)
               : words_number(buffer, language, format_number(number, end));
}

/* "46.5 k to 186 k currency a year", "3 values" */
static void add_range(struct text *text, enum language language, const struct design_axis *axis) {
    enum scenario_kind kind;
    const char *unit = "";
    struct error none = {0};
    char low[WORDS_SIZE];
    char high[WORDS_SIZE];
    if (!axis->range) {
        words_add(text, language, WORD_SENSITIVITY_VALUES,
                  WORDS(words_count(low, language, axis->count)));
        return;
    }
    if (!scenario_kind_of(text_bytes(&axis->path), &kind, &unit, &none)) {
        unit = ""; /* a name that only this scenario has */
    }
    error_free(&none);
    words_add(text, language, WORD_SENSITIVITY_RANGE,
              WORDS(range_end(low, language, unit, axis->low),
                    range_end(high, language, unit, axis->high)));
    text_add(text, "%s%s", *unit == '\0' ? "" : " ", words_unit(language, unit));
}

static void write_names(struct picture *picture, const struct sensitivity_report *report,
                        const size_t order[], size_t bars) {
    for (size_t r = 0; r < bars; r++) {
        const struct design_axis *axis = &report->analysis->axes->axes[order[r]];
        struct text name = {0};
        struct text range = {0};
        const char *path = text_bytes(&axis->path);
        size_t length = strlen(path); /* the end of a path is what tells parameters apart */
        text_add(&name, "%s%s", length > NAME_CHARACTERS ? "…" : "",
                 length > NAME_CHARACTERS ? path + length - NAME_CHARACTERS : path);
        add_range(&range, picture->language, axis);
        size_t string = picture_string(picture, text_bytes(&name), 0);
        size_t second = picture_string(picture, text_bytes(&range), RANGE_CHARACTERS);
        text_add(&picture->body,
                 "    set label %zu s%zu at graph 0,first %.2f right offset -1,0 font "
                 "small_font(kind) textcolor rgb text_colour\n"
                 "    set label %zu s%zu at graph 0,first %.2f right offset -1,0 font "
                 "small_font(kind) textcolor rgb quiet_colour\n",
                 10 + 2 * r, string, (double)r + 0.78, 11 + 2 * r, second, (double)r + 1.24);
        text_free(&name);
        text_free(&range);
    }
}

static void write_plot(struct picture *picture, enum sensitivity_method method, double factor) {
    struct text *body = &picture->body;
    if (method == SENSITIVITY_MORRIS) {
        text_add(body,
                 "    plot data using (0):1:(0):(%g*$7):($1-0.34):($1+0.34) with boxxyerror "
                 "linestyle 2, \\\n"
                 "        '' using (0):1:(0):(%g*$8):($1-0.34):($1+0.34) with boxxyerror linestyle "
                 "1, \\\n"
                 "        '' using (%g*$2):1:(%g*$3):(%g*$4) with xerrorbars linestyle 3 linewidth "
                 "1.6 pointtype 0, \\\n"
                 "        '' using (%g*$6):1 with points linestyle 3 pointtype 6 pointsize 1\n",
                 factor, factor, factor, factor, factor, factor);
        return;
    }
    bool tornado = method == SENSITIVITY_TORNADO;
    /* From, to and middle of both bars about the row: one above the other, or one within the other
     * and the interval of the wide one beside the narrow one. */
    static const double BESIDE[] = {0.36, 0.0, 0.18, 0.0, 0.36, 0.18};
    static const double WITHIN[] = {0.36, 0.36, 0.26, 0.16, 0.16, 0.0};
    const double *place = tornado ? BESIDE : WITHIN;
    text_add(body,
             "    plot data using (0):1:(0):(%g*$2):($1-%g):($1+%g) with boxxyerror linestyle 1, "
             "\\\n"
             "        '' using (0):1:(0):(%g*$5):($1-%g):($1+%g) with boxxyerror linestyle 2, \\\n"
             "        '' using (%g*$2):($1-%g):(%g*$3):(%g*$4) with xerrorbars linestyle 3 "
             "linewidth 1.6 pointtype 0, \\\n"
             "        '' using (%g*$5):($1+%g):(%g*$6):(%g*$7) with xerrorbars linestyle 3 "
             "linewidth %s pointtype 0\n",
             factor, place[0], place[1], factor, place[3], place[4], factor, place[2], factor,
             factor, factor, place[5], factor, factor, tornado ? "1.6" : "1.2");
}

static void draw_bars(struct picture *picture, const struct sensitivity_report *report,
                      const size_t order[], size_t bars) {
    const struct sensitivity *answer = &report->analysis->answers[0];
    const struct frame frame = {NAMES, WIDTH - RIGHT, FOOT, FOOT + (double)ROW * (double)bars};
    const struct outcome *outcome = sensitivity_outcome(report, 0);
    struct shown shown;
    char format[WORDS_SIZE];
    struct axis axis = value_axis(answer, order, bars, outcome, &shown);
    write_bar_data(picture, answer, order, bars);
    write_key(picture, report);
    picture_frame(picture, &frame);
    write_names(picture, report, order, bars);
    const char *unit = answer->method == SENSITIVITY_SOBOL
                           ? "" /* per cent, as the marks say */
                           : layout_unit(picture->language, outcome->unit, true);
    text_add(&picture->body,
             "    set xrange [%.10g:%.10g]\n    set xtics autofreq%s\n    set format x '%s'\n"
             "    set yrange [%zu.5:0.5]\n    unset ytics\n    set grid xtics\n"
             "    set xlabel '%s%s%s' offset 0,0.2 textcolor rgb text_colour\n"
             "    set arrow 1 from first 0,graph 0 to first 0,graph 1 nohead linestyle 5 front\n",
             axis.low, axis.high,
             answer->method == SENSITIVITY_TORNADO ? "\n    set xtics add ('0' 0)" : "",
             words_number(format, picture->language, axis.format), bars,
             words_in(picture->language, LOOKS[answer->method].axis), *unit == '\0' ? "" : ", ",
             unit);
    write_plot(picture, answer->method, shown.factor);
    text_add(&picture->body, "    unset arrow 1\n    unset label\n");
}

/* The points behind the first by their mean, by insertion. */
static void order_points(const struct sensitivity_report *report, size_t points[]) {
    const struct sensitivity_sweep *analysis = report->analysis;
    for (size_t p = 1; p < report->results->point_count; p++) {
        double own = sensitivity_sweep_cell(analysis, report->results, p, 0)->mean;
        size_t at = p - 1;
        while (at > 0 &&
               own < sensitivity_sweep_cell(analysis, report->results, points[at - 1], 0)->mean) {
            points[at] = points[at - 1];
            at--;
        }
        points[at] = p;
    }
}

static bool draw_band(struct picture *picture, const struct sensitivity_report *report,
                      struct error *error) {
    static const size_t QUANTILES[] = {0, 2, 4, 6}; /* p5 p25 p75 p95 */
    const struct sensitivity_sweep *analysis = report->analysis;
    size_t count = report->results->point_count - 1;
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    size_t *points = memory_array(count, sizeof *points, "points", error);
    if (points == NULL) {
        return false;
    }
    order_points(report, points);
    for (size_t p = 0; p < count; p++) {
        const struct cell_summary *cell =
            sensitivity_sweep_cell(analysis, report->results, points[p], 0);
        (void)fprintf(picture->data.stream, "%zu", p + 1);
        write_value(picture, cell->mean);
        for (size_t q = 0; q < 4; q++) {
            write_value(picture, cell->quantile[QUANTILES[q]]);
        }
        (void)fputc('\n', picture->data.stream);
        low = fmin(low, cell->quantile[0]);
        high = fmax(high, cell->quantile[6]);
    }
    free(points);
    const char *unit = sensitivity_outcome(report, 0)->unit;
    const bool difference = report->compared != NULL;
    const struct shown shown = picture_shown(unit, low, high, difference);
    const struct axis y = layout_axis(low, high, false, (double)NAN, &shown,
                                      layout_unit(picture->language, unit, difference));
    const struct frame frame = {BAND_LEFT, WIDTH - RIGHT, FOOT, FOOT + BAND_HEIGHT};
    double factor = shown.factor;
    write_key(picture, report);
    picture_panel(picture, &frame, "", &y, "", 1, true);
    text_add(&picture->body,
             "    set xrange [0:%zu]\n    set xtics autofreq\n    set format x '%%g'\n%s"
             "    set xlabel '%s' offset 0,0.2 textcolor rgb text_colour\n"
             "    plot data using 1:(%g*$3):(%g*$6) with filledcurves linestyle 1, \\\n"
             "        '' using 1:(%g*$4):(%g*$5) with filledcurves linestyle 2, \\\n"
             "        '' using 1:(%g*$2) with lines linestyle 3\n    unset label\n",
             count + 1, difference ? "    set ytics add ('0' 0)\n" : "",
             words_in(picture->language, WORD_SENSITIVITY_DRAWS), factor, factor, factor, factor,
             factor);
    return true;
}

static bool begin(struct picture *picture, const struct folder *folder,
                  const struct sensitivity_report *report, int height, struct error *error) {
    const struct sensitivity_sweep *analysis = report->analysis;
    const struct sweep *sweep = analysis->sweep;
    const struct parameters *parameters = &sweep->scenarios[sweep->plan_count - 1]->parameters;
    const struct look *look = &LOOKS[analysis->question.method];
    const enum language language = folder->language;
    char points[WORDS_SIZE];
    char histories[WORDS_SIZE];
    char seed[FORMAT_SIZE];
    struct text metric = {0};
    struct text title = {0};
    struct text whole = {0};
    struct text subtitle = {0};
    struct text caption = {0};
    if (language == LANGUAGE_ENGLISH) { /* tables and options call it by this name */
        text_add(&metric, "%s", sweep->metrics[0]);
    } else {
        page_label(&metric, language, sweep->metrics[0]);
    }
    words_add(&title, language, look->title, WORDS(text_bytes(&metric)));
    text_free(&metric);
    if (report->compared != NULL) {
        struct text own = {0};
        struct text other = {0};
        format_clean(&own, parameters->name, 40);
        format_clean(&other, report->compared, 40);
        words_add(&whole, language, WORD_SWEEP_LESS, WORDS(text_bytes(&own), text_bytes(&other)));
        text_free(&own);
        text_free(&other);
    } else {
        format_clean(&whole, parameters->name, 40);
        text_add(&whole, "%s%s", parameters->question[0] == '\0' ? "" : ": ", parameters->question);
    }
    format_clean(&subtitle, text_bytes(&whole), WIDTH / 8);
    (void)snprintf(seed, sizeof seed, "%llu", (unsigned long long)sweep->seed);
    words_add(&caption, language,
              sweep->own_chance ? WORD_SENSITIVITY_POINTS_OWN : WORD_SENSITIVITY_POINTS,
              WORDS(words_count(points, language, sweep->design->point_count),
                    words_count(histories, language, sweep->replications), seed));
    const struct picture_text text = {
        text_bytes(&title),
        text_bytes(&subtitle),
        {text_bytes(&caption),
         words_in(language,
                  is_unpaired(report) ? WORD_SENSITIVITY_UNPAIRED_CAPTION : look->caption)},
        look->columns};
    bool fine = picture_begin(picture, folder, "sensitivity", WIDTH, height, &text, error);
    text_free(&title);
    text_free(&whole);
    text_free(&subtitle);
    text_free(&caption);
    return fine;
}

bool sensitivity_report_plot(const struct folder *folder, const struct sensitivity_report *report,
                             struct error *error) {
    const struct sensitivity *answer = &report->analysis->answers[0];
    bool band = answer->method == SENSITIVITY_TWO_LEVEL;
    size_t *order = memory_array(report->analysis->axes->count, sizeof *order, "bars", error);
    struct picture picture = {0};
    size_t bars = 0;
    if (order == NULL) {
        return false;
    }
    sensitivity_order(answer, order);
    while (bars < answer->rows && bars < BARS_MOST &&
           (bars == 0 || !sensitivity_is_idle(answer, order[bars]))) {
        bars++;
    }
    int height = HEAD + FOOT + (band ? BAND_HEIGHT : ROW * (int)bars);
    bool fine = plots_write_style(folder, error) && begin(&picture, folder, report, height, error);
    if (fine && band) {
        fine = draw_band(&picture, report, error);
    } else if (fine) {
        draw_bars(&picture, report, order, bars);
    }
    free(order);
    if (!fine) {
        picture_discard(&picture);
        return false;
    }
    return picture_finish(&picture, error);
}
