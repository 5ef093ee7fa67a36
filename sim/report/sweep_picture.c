#include "report/sweep_picture.h"

#include "report/format.h"
#include "report/page_parts.h"
#include "report/sweep_text.h"

#include <math.h>
#include <string.h>

static void add_points(struct text *text, const struct sweep_view *view) {
    char points[WORDS_SIZE];
    char histories[WORDS_SIZE];
    char seed[FORMAT_SIZE];
    const struct sweep *sweep = view->sweep;
    const enum language language = view->folder->language;
    size_t asked =
        view->points > 0 ? view->points : sweep->design->point_count - sweep->as_it_stands;
    if (view->results->interrupted) {
        words_add(text, language, WORD_SWEEP_CUT,
                  WORDS(words_count(points, language, view->results->done_count),
                        words_count(histories, language, view->results->point_count)));
        text_add(text, " ");
    }
    (void)snprintf(seed, sizeof seed, "%llu", (unsigned long long)sweep->seed);
    words_add(text, language,
              sweep->replications == 1 ? WORD_SWEEP_POINTS_HISTORY : WORD_SWEEP_POINTS,
              WORDS(words_count(points, language, asked),
                    words_count(histories, language, sweep->replications), seed));
}

static void add_subtitle(struct text *text, const struct sweep_view *view, int width) {
    const struct sweep *sweep = view->sweep;
    const struct parameters *parameters =
        &sweep->scenarios[view->difference ? sweep->plan_count - 1 : 0]->parameters;
    struct text compared = {0};
    struct text whole = {0};
    format_clean(&whole, parameters->name, 40);
    if (view->difference && sweep_text_compared(sweep, view->folder->language, &compared) != NULL) {
        struct text name = whole;
        whole = (struct text){0};
        words_add(&whole, view->folder->language, WORD_SWEEP_LESS,
                  WORDS(text_bytes(&name), text_bytes(&compared)));
        text_free(&name);
    } else if (parameters->question[0] != '\0') {
        text_add(&whole, ": %s", parameters->question);
    }
    format_clean(text, text_bytes(&whole), (size_t)width / 8);
    text_free(&whole);
    text_free(&compared);
}

bool sweep_picture_begin(struct picture *picture, const struct sweep_view *view, const char *name,
                         const struct layout *layout, const char *title, const char *caption,
                         const char *columns, struct error *error) {
    struct text subtitle = {0};
    struct text points = {0};
    add_subtitle(&subtitle, view, layout->width);
    add_points(&points, view);
    const struct picture_text text = {
        title, text_bytes(&subtitle), {text_bytes(&points), caption}, columns};
    bool fine =
        picture_begin(picture, view->folder, name, layout->width, layout->height, &text, error);
    text_free(&subtitle);
    text_free(&points);
    return fine;
}

const struct cell_summary *sweep_picture_cell(const struct sweep_view *view, size_t point,
                                              size_t plan, size_t metric) {
    const struct sweep_cell *cell = sweep_cell(view->results, point, plan, metric);
    return view->difference ? &cell->difference : &cell->values;
}

bool sweep_picture_has(const struct sweep_view *view, size_t point) {
    return view->results->done[point] && point >= view->sweep->as_it_stands;
}

double sweep_picture_interval(const struct cell_summary *cell) {
    return 1.959963984540054 * cell->standard_error; /* two-sided, of a normal law */
}

struct sweep_panel sweep_picture_panel(const struct sweep_view *view, size_t metric,
                                       enum sweep_extent extent) {
    struct sweep_panel panel = {.outcome = sweep_outcome(view->sweep, metric),
                                .low = (double)INFINITY,
                                .high = -(double)INFINITY};
    size_t first = view->difference ? view->sweep->plan_count - 1 : 0;
    for (size_t p = 0; p < view->results->point_count; p++) {
        for (size_t v = first; sweep_picture_has(view, p) && v < view->sweep->plan_count; v++) {
            const struct cell_summary *cell = sweep_picture_cell(view, p, v, metric);
            double half = extent == EXTENT_MEANS ? 0.0 : sweep_picture_interval(cell);
            bool quantiles = extent == EXTENT_QUANTILES;
            panel.low = fmin(panel.low, quantiles ? cell->quantile[0] : cell->mean - half);
            panel.high = fmax(panel.high, quantiles ? cell->quantile[RESULT_PROBABILITIES - 1]
                                                    : cell->mean + half);
        }
    }
    bool any = isfinite(panel.low) && isfinite(panel.high);
    panel.shown = picture_shown(panel.outcome->unit, any ? panel.low : 0.0, any ? panel.high : 1.0,
                                view->difference);
    return panel;
}

bool sweep_picture_numeric(const struct sweep *sweep, size_t axis) {
    for (size_t p = sweep->as_it_stands; p < sweep->design->point_count; p++) {
        double number;
        if (!design_number(sweep->design, p, axis, &number)) {
            return false;
        }
    }
    return true;
}

size_t sweep_picture_values(const struct sweep *sweep, size_t axis, size_t index[]) {
    size_t count = 0;
    for (size_t p = sweep->as_it_stands; p < sweep->design->point_count; p++) {
        index[p] = count;
        for (size_t q = sweep->as_it_stands; q < p; q++) {
            if (strcmp(design_value(sweep->design, p, axis),
                       design_value(sweep->design, q, axis)) == 0) {
                index[p] = index[q];
                break;
            }
        }
        count += index[p] == count;
    }
    return count;
}

double sweep_picture_place(const struct sweep *sweep, size_t axis, size_t point,
                           const size_t index[]) {
    double number;
    return sweep_picture_numeric(sweep, axis) && design_number(sweep->design, point, axis, &number)
               ? number
               : (double)(index[point] + 1);
}

enum { PATH_WIDEST = 44, VALUE_WIDEST = 14, VALUE_WIDEST_LEFT = 11 };

void sweep_picture_name(struct text *text, const struct sweep *sweep, size_t axis) {
    const char *path = text_bytes(&sweep->design->paths[axis]);
    if (strlen(path) <= PATH_WIDEST) {
        text_add(text, "%s", path);
    } else {
        sweep_text_axis(text, sweep, axis);
    }
}

void sweep_picture_label(struct text *text, enum language language, const struct sweep *sweep,
                         size_t axis) {
    enum scenario_kind kind;
    const char *unit = "";
    struct error none = {0};
    sweep_picture_name(text, sweep, axis);
    if (scenario_kind_of(text_bytes(&sweep->design->paths[axis]), &kind, &unit, &none) &&
        *unit != '\0') {
        text_add(text, " (%s)", words_unit(language, unit));
    }
    error_free(&none);
}

static void add_axis_label(struct picture *picture, const struct sweep *sweep, size_t axis,
                           char letter) {
    struct text label = {0};
    sweep_picture_label(&label, picture->language, sweep, axis);
    size_t string = picture_string(picture, text_bytes(&label), 60);
    text_add(&picture->body, "    set %clabel s%zu textcolor rgb text_colour\n", letter, string);
    text_free(&label);
}

/* Beginning and end of a word that is too long for its place; names differ there. */
static size_t value_string(struct picture *picture, const char *value, size_t widest) {
    struct text words = {0};
    size_t length = strlen(value);
    if (length <= widest) {
        text_add(&words, "%s", value);
    } else {
        text_add(&words, "%.*s…%s", (int)(widest / 2 - 1), value, value + length - widest / 2);
    }
    size_t string = picture_string(picture, text_bytes(&words), 0);
    text_free(&words);
    return string;
}

void sweep_picture_axis(struct picture *picture, const struct sweep *sweep, size_t axis,
                        const size_t index[], char letter, bool labelled, double margin) {
    struct text *body = &picture->body;
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    size_t told = 0;
    bool numeric = sweep_picture_numeric(sweep, axis);
    if (labelled) {
        add_axis_label(picture, sweep, axis, letter);
    } else {
        text_add(body, "    unset %clabel\n", letter);
    }
    text_add(body, "    tics_font = small_font(kind)\n    set %ctics %s", letter,
             numeric ? "autofreq" : "(");
    for (size_t p = sweep->as_it_stands; p < sweep->design->point_count; p++) {
        double place = sweep_picture_place(sweep, axis, p, index);
        low = fmin(low, place);
        high = fmax(high, place);
        if (!numeric && index[p] == told) {
            size_t string = value_string(picture, design_value(sweep->design, p, axis),
                                         letter == 'y' ? VALUE_WIDEST_LEFT : VALUE_WIDEST);
            text_add(body, "%ss%zu %zu", told == 0 ? "" : ", ", string, told + 1);
            told++;
        }
    }
    double room = numeric ? margin * (high > low ? high - low : 1.0) : 0.6;
    text_add(body, "%s\n    set format %c '%%g'\n    set %crange [%.10g:%.10g]\n",
             numeric ? "" : ") font tics_font", letter, letter, low - room, high + room);
}

void sweep_picture_title(struct text *text, const struct sweep_view *view, size_t metric) {
    const char *name = view->sweep->metrics[metric];
    const char *point = strchr(name, '.');
    enum outcome_direction direction = sweep_outcome(view->sweep, metric)->direction;
    const enum language language = view->folder->language;
    struct text whole = {0};
    struct text outcome = {0};
    text_add(&outcome, "%.*s", point == NULL ? (int)strlen(name) : (int)(point - name), name);
    if (language != LANGUAGE_ENGLISH) { /* in English by the name that options and tables use */
        page_label(&whole, language, name);
    } else if (point == NULL) {
        text_add(&whole, "%s", text_bytes(&outcome));
    } else {
        words_add(&whole, language, WORD_SWEEP_METRIC_OF, WORDS(text_bytes(&outcome), point + 1));
    }
    if (view->difference && direction == OUTCOME_LOWER_IS_BETTER) {
        words_add(text, language, WORD_SWEEP_METRIC_LOWER, WORDS(text_bytes(&whole)));
    } else {
        text_add(text, "%s", text_bytes(&whole));
    }
    text_free(&outcome);
    text_free(&whole);
}

void sweep_picture_number(struct picture *picture, double value) {
    char buffer[32];
    (void)fprintf(picture->data.stream, " %s",
                  isfinite(value) ? text_number(buffer, value, true) : "?");
}
