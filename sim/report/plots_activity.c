/* Effort by activity: what the people of a role work for, month by month. */
#include "report/format.h"
#include "report/layout.h"
#include "report/picture.h"
#include "report/plots_kinds.h"

#include <math.h>
#include <stdio.h>

/* Colours and dashes that only the fifth and later plans have. */
enum { STYLE = 5 };

enum { ACTIVITIES = 3, KEY_SIZE = 2 * NAME_SIZE + 2 };

static const struct {
    const char *metric;
    enum word name;
} SHOWN[ACTIVITIES] = {{"effort_acquire", WORD_ACTIVITY_ACQUIRE},
                       {"effort_develop", WORD_ACTIVITY_DEVELOP},
                       {"effort_care", WORD_ACTIVITY_CARE}};

/* Pixels beside a panel for the names of activities. */
static const double NAMES_WIDTH = 160.0;

/* Less of the working time than this is no activity of the role. */
static const double PART_LEAST = 0.1;

struct trace {
    bool there;
    size_t block;
    double last;
};

static bool is_done(const struct role *role, size_t activity) {
    const double shares[ACTIVITIES] = {role->time.acquire, role->time.develop, role->time.care};
    return shares[activity] >= PART_LEAST;
}

static bool write_data(struct picture *picture, const struct variant *variant, size_t panels,
                       struct trace traces[PICTURE_PANELS][ACTIVITIES], double *low, double *high,
                       struct error *error) {
    const struct table *table = &variant->values;
    for (size_t p = 0; p < panels; p++) {
        const struct role *role = &variant->scenario->parameters.roles[p];
        for (size_t a = 0; a < ACTIVITIES; a++) {
            char key[KEY_SIZE];
            struct cell_summary last;
            (void)snprintf(key, sizeof key, "%s.%s", SHOWN[a].metric, role->name);
            int series = table_find(table, &variant->scenario->parameters, key);
            traces[p][a] = (struct trace){.there = series >= 0 && is_done(role, a)};
            if (!traces[p][a].there) {
                continue;
            }
            const struct cell *months = table_month(table, (size_t)series, 0);
            traces[p][a].block = picture->blocks;
            if (!picture_block(picture, months, table->months, NULL, key, low, high, error) ||
                !format_cell(&months[table->months - 1], &last, error)) {
                return false;
            }
            traces[p][a].last = last.quantile[RESULT_PROBABILITIES / 2];
        }
    }
    return true;
}

static void write_panel(struct picture *picture, const struct results *results, size_t p,
                        size_t panels, const struct trace traces[ACTIVITIES],
                        const struct frame *frame, const struct axis *axis) {
    struct text *body = &picture->body;
    const struct variant *variant = &results->variants[0];
    struct end_label labels[ACTIVITIES];
    size_t count = 0;
    struct axis own = *axis;
    own.label = p % layout_columns(panels, NAMES_WIDTH) == 0 ? axis->label : "";
    bool bottom = p + layout_columns(panels, NAMES_WIDTH) >= panels;
    picture_panel(picture, frame, variant->scenario->parameters.roles[p].name, &own,
                  bottom ? words_in(picture->language, WORD_MONTH) : "", variant->values.months,
                  true);
    picture_changes(picture, results, 0, variant->values.months, true, true);
    for (size_t a = 0; a < ACTIVITIES; a++) {
        if (traces[a].there && isfinite(traces[a].last)) {
            labels[count++] = (struct end_label){
                traces[a].last,
                picture_string(picture, words_in(picture->language, SHOWN[a].name), 0), a + STYLE};
        }
    }
    picture_end_labels(picture, frame, axis, labels, count);
    text_add(body, "    plot ");
    for (size_t a = 0; a < ACTIVITIES; a++) {
        if (traces[a].there) {
            text_add(body,
                     "data index %zu using 1:3:7 with filledcurves fillstyle transparent solid "
                     "0.15 fillcolor rgb plan_colour[%zu], \\\n        ",
                     traces[a].block, a + STYLE);
        }
    }
    for (size_t a = 0; a < ACTIVITIES; a++) {
        if (traces[a].there) {
            text_add(body, "data index %zu using 1:5 with lines linestyle %zu, \\\n        ",
                     traces[a].block, 10 + STYLE + a);
        }
    }
    text_add(body, "1 with lines linestyle 4\n    unset label\n");
}

bool plots_write_activity(const struct folder *folder, const struct results *results,
                          struct error *error) {
    const struct variant *variant = &results->variants[0];
    const struct parameters *parameters = &variant->scenario->parameters;
    const enum language language = folder->language;
    size_t panels =
        parameters->role_count < PICTURE_PANELS ? parameters->role_count : PICTURE_PANELS;
    struct layout layout = layout_of(panels, NAMES_WIDTH);
    struct trace traces[PICTURE_PANELS][ACTIVITIES];
    struct text subtitle = {0};
    struct text histories = {0};
    struct picture picture;
    double low = 1.0;
    double high = 1.0;
    layout_subtitle(&subtitle, results, layout.width);
    layout_histories(&histories, language, results);
    text_add(&histories, " %s", words_in(language, WORD_LINES_MEDIAN_ALONE));
    const struct picture_text text = {
        words_in(language, WORD_ACTIVITY_TITLE),
        text_bytes(&subtitle),
        {text_bytes(&histories), words_in(language, WORD_ACTIVITY_CAPTION)},
        NULL};
    bool fine =
        picture_begin(&picture, folder, "activity", layout.width, layout.height, &text, error);
    text_free(&subtitle);
    text_free(&histories);
    if (!fine) {
        return false;
    }
    if (!write_data(&picture, variant, panels, traces, &low, &high, error)) {
        picture_discard(&picture);
        return false;
    }
    const struct shown plain = {1.0, "%g"};
    const struct axis axis =
        layout_axis(low, high, false, 1.0, &plain, words_in(language, WORD_ACTIVITY_AXIS));
    layout_key(&picture, "NaN");
    for (size_t p = 0; p < panels; p++) {
        struct frame frame = layout_frame(&layout, p);
        write_panel(&picture, results, p, panels, traces[p], &frame, &axis);
    }
    return picture_finish(&picture, error);
}
