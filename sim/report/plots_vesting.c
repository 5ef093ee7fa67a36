/* Unvested awards, and how many people quit in the months in which awards vest and in the others.
 */
#include "report/format.h"
#include "report/layout.h"
#include "report/picture.h"
#include "report/plots_kinds.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS = 3, PANEL_HIGH = 190, PANEL_LOW = 150, PANELS_APART = 26, KEY_SIZE = 128 };

/* A month counts as one of vesting when so much of the largest mean vests in it. */
static const double VESTS_LEAST = 0.1;

struct column {
    size_t variant;
    size_t role;
    int unvested, vested, quits;       /* series */
    double quits_vesting, quits_other; /* means a year, NaN: no such month */
};

static int find(const struct variant *variant, const char *metric, size_t role) {
    const struct parameters *parameters = &variant->scenario->parameters;
    char key[KEY_SIZE];
    (void)snprintf(key, sizeof key, "%s.%s", metric, parameters->roles[role].name);
    return table_find(&variant->values, parameters, key);
}

/* The largest mean that vests in a month. */
static double most_vested(const struct variant *variant, int series) {
    double most = 0.0;
    for (size_t m = 0; series >= 0 && m < variant->values.months; m++) {
        most = fmax(most, format_mean(table_month(&variant->values, (size_t)series, m)));
    }
    return most;
}

static bool has_awards(const struct results *results, size_t v, size_t role) {
    const struct variant *variant = &results->variants[v];
    int series = find(variant, "lti_vested", role);
    return most_vested(variant, series) > 0.0;
}

static struct column make_column(const struct results *results, size_t v, size_t role) {
    const struct variant *variant = &results->variants[v];
    return (struct column){v,
                           role,
                           find(variant, "ltip_outstanding", role),
                           find(variant, "lti_vested", role),
                           find(variant, "turnover_voluntary", role),
                           (double)NAN,
                           (double)NAN};
}

/* The role of that name, or the number of roles. */
static size_t find_role(const struct parameters *parameters, const char *name) {
    size_t r = 0;
    while (r < parameters->role_count && strcmp(parameters->roles[r].name, name) != 0) {
        r++;
    }
    return r;
}

/* The same role under the first plan and under those where it has awards, when there are some. */
static size_t list_plans(const struct results *results, const char *name,
                         struct column columns[COLUMNS]) {
    size_t count = 0;
    bool some = false;
    for (size_t v = 0; v < results->variant_count && count < COLUMNS; v++) {
        const struct parameters *parameters = &results->variants[v].scenario->parameters;
        size_t r = find_role(parameters, name);
        bool awards = r < parameters->role_count && has_awards(results, v, r);
        some = some || awards;
        if (awards || (v == 0 && r < parameters->role_count)) {
            columns[count++] = make_column(results, v, r);
        }
    }
    return some ? count : 0;
}

/* Roles with awards of a run; of a comparison the first role that has awards in some plan. */
static size_t list_columns(const struct results *results, struct column columns[COLUMNS]) {
    size_t count = 0;
    for (size_t v = 0; v < results->variant_count && count == 0; v++) {
        const struct parameters *parameters = &results->variants[v].scenario->parameters;
        for (size_t r = 0; r < parameters->role_count && count < COLUMNS; r++) {
            if (results->variant_count > 1) {
                count = count > 0 ? count : list_plans(results, parameters->roles[r].name, columns);
            } else if (has_awards(results, 0, r)) {
                columns[count++] = make_column(results, 0, r);
            }
        }
    }
    return count;
}

/* Two blocks a column: the fan of what is unvested, and quits with 1 where awards vest. */
static bool write_data(struct picture *picture, const struct results *results,
                       struct column *column, double *high, double *quits_high,
                       struct error *error) {
    const struct variant *variant = &results->variants[column->variant];
    const struct table *table = &variant->values;
    double low = 0.0;
    double most = most_vested(variant, column->vested);
    double sums[2] = {0.0, 0.0};
    size_t months[2] = {0, 0};
    if (!picture_block(picture, table_month(table, (size_t)column->unvested, 0), table->months,
                       NULL, "unvested awards", &low, high, error)) {
        return false;
    }
    picture_open_block(picture, "month, quits a year over headcount, 1: awards vest");
    for (size_t m = 0; m < table->months; m++) {
        double quits = format_mean(table_month(table, (size_t)column->quits, m));
        bool vests = most > 0.0 && format_mean(table_month(table, (size_t)column->vested, m)) >=
                                       VESTS_LEAST * most;
        (void)fprintf(picture->data.stream, "%zu", m + 1);
        picture_number(picture, quits);
        (void)fprintf(picture->data.stream, " %d\n", vests);
        *quits_high = fmax(*quits_high, quits);
        if (isfinite(quits)) {
            sums[vests] += quits;
            months[vests]++;
        }
    }
    column->quits_other = months[0] > 0 ? sums[0] / (double)months[0] : (double)NAN;
    column->quits_vesting = months[1] > 0 ? sums[1] / (double)months[1] : (double)NAN;
    return true;
}

static void label_column(struct picture *picture, const struct results *results,
                         const struct column *column) {
    const struct role *role =
        &results->variants[column->variant].scenario->parameters.roles[column->role];
    struct text name = {0};
    if (results->variant_count > 1) {
        format_plan(&name, results, column->variant, 30);
        text_add(&name, ": ");
    }
    format_clean(&name, role->name, 30);
    size_t string = picture_string(picture, text_bytes(&name), 0);
    text_free(&name);
    text_add(&picture->body, "    set label 1 s%zu at graph 0,1 left offset 0,0.8", string);
    if (results->variant_count > 1) {
        text_add(&picture->body, " textcolor rgb plan_text[%zu]", column->variant + 1);
    }
    text_add(&picture->body, "\n");
}

static void label_quits(struct picture *picture, const struct column *column) {
    const enum language language = picture->language;
    char vesting[WORDS_SIZE];
    char other[WORDS_SIZE];
    struct text words = {0};
    (void)words_value(other, language, "share", column->quits_other);
    if (isfinite(column->quits_vesting)) {
        (void)words_value(vesting, language, "share", column->quits_vesting);
        words_add(&words, language, WORD_VESTING_QUITS, WORDS(vesting, other));
    } else {
        words_add(&words, language, WORD_VESTING_NONE, WORDS(other));
    }
    text_add(&picture->body,
             "    set label 2 s%zu at graph 0,1 left offset 0.4,-0.6 font small_font(kind)\n",
             picture_string(picture, text_bytes(&words), 0));
    text_free(&words);
}

static void write_column(struct picture *picture, const struct results *results,
                         const struct column *column, size_t c, const struct layout *layout,
                         const struct axis *axis, const struct axis *quits, double factor) {
    struct frame high = layout_frame(layout, c);
    struct frame low = high;
    size_t months = results->variants[0].values.months;
    struct axis own = *axis;
    struct axis below = *quits;
    high.bottom = high.top - PANEL_HIGH;
    low.top = high.bottom - PANELS_APART;
    low.bottom = low.top - PANEL_LOW;
    own.label = c == 0 ? axis->label : "";
    below.label = c == 0 ? quits->label : "";
    picture_panel(picture, &high, "", &own, NULL, months, true);
    label_column(picture, results, column);
    text_add(&picture->body,
             "    plot data index %zu using 1:(%g*$3):(%g*$7) with filledcurves linestyle 1, \\\n"
             "        '' index %zu using 1:(%g*$4):(%g*$6) with filledcurves linestyle 2, \\\n"
             "        '' index %zu using 1:(%g*$5) with lines linestyle 3\n    unset label\n",
             2 * c, factor, factor, 2 * c, factor, factor, 2 * c, factor);
    picture_panel(picture, &low, "", &below, words_in(picture->language, WORD_MONTH), months, true);
    text_add(&picture->body, "    set ytics %d\n", quits->high > 45.0 ? 20 : 10);
    label_quits(picture, column);
    for (int vests = 0; vests < 2; vests++) {
        text_add(&picture->body,
                 "%s index %zu using 1:(0):($1-0.85):($1-0.15):(0):($3==%d?100*$2:NaN) with "
                 "boxxyerror linestyle %d%s",
                 vests == 0 ? "    plot data" : "        ''", 2 * c + 1, vests, vests == 0 ? 2 : 3,
                 vests == 0 ? ", \\\n" : "\n    unset label\n    set ytics autofreq\n");
    }
}

static bool begin(struct picture *picture, const struct folder *folder,
                  const struct results *results, const struct layout *layout, struct error *error) {
    const enum language language = folder->language;
    struct text subtitle = {0};
    struct text histories = {0};
    if (results->variant_count == 1) {
        layout_subtitle(&subtitle, results, layout->width);
    } else {
        text_add(&subtitle, "%s", words_in(language, WORD_VESTING_PLANS));
    }
    layout_histories(&histories, language, results);
    text_add(&histories, " %s", words_in(language, WORD_VESTING_ABOVE));
    const struct picture_text text = {
        words_in(language, WORD_VESTING_TITLE),
        text_bytes(&subtitle),
        {text_bytes(&histories), words_in(language, WORD_VESTING_CAPTION)},
        NULL};
    bool fine =
        picture_begin(picture, folder, "vesting", layout->width, layout->height, &text, error);
    text_free(&subtitle);
    text_free(&histories);
    return fine;
}

bool plots_write_vesting(const struct folder *folder, const struct results *results,
                         struct error *error) {
    const enum language language = folder->language;
    struct column columns[COLUMNS];
    struct picture picture;
    size_t count = list_columns(results, columns);
    double high = 0.0;
    double quits_high = 0.0;
    if (count == 0) {
        return true;
    }
    struct layout layout = layout_of(count, 24.0);
    layout.height += PANEL_HIGH + PANEL_LOW + PANELS_APART - (int)layout.panel_height;
    if (!begin(&picture, folder, results, &layout, error)) {
        return false;
    }
    for (size_t c = 0; c < count; c++) {
        if (!write_data(&picture, results, &columns[c], &high, &quits_high, error)) {
            picture_discard(&picture);
            return false;
        }
    }
    const struct shown shown = picture_shown("currency", 0.0, high, false);
    const struct shown percent = picture_shown("share", 0.0, 1.0, false);
    const struct axis axis =
        layout_axis(0.0, high, true, (double)NAN, &shown, words_in(language, WORD_VESTING_AXIS));
    /* room for the line of text over the bars */
    const struct axis quits = layout_axis(0.0, 1.25 * quits_high, true, (double)NAN, &percent,
                                          words_in(language, WORD_VESTING_QUITS_AXIS));
    struct text key = {0};
    layout_bands(&key, language);
    text_add(&key, ", NaN with boxes linestyle 3 title '%s'",
             words_in(language, WORD_VESTING_MONTH));
    layout_key(&picture, text_bytes(&key));
    text_free(&key);
    for (size_t c = 0; c < count; c++) {
        write_column(&picture, results, &columns[c], c, &layout, &axis, &quits, shown.factor);
    }
    return picture_finish(&picture, error);
}
