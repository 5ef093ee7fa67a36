#include "report/plots.h"

#include "report/format.h"
#include "report/layout.h"
#include "report/picture.h"
#include "report/plots_comparison.h"
#include "report/plots_kinds.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* plots/style.gp, line by line, as the build quotes it. */
static const char *const STYLE[] = {
#include "report/style.inc"
};

bool plots_write_style(const struct folder *folder, struct error *error) {
    struct folder_file file;
    if (!folder_begin(folder, "style.gp", &file, error)) {
        return false;
    }
    for (size_t l = 0; l < sizeof STYLE / sizeof STYLE[0]; l++) {
        (void)fputs(STYLE[l], file.stream);
    }
    return folder_commit(&file, error);
}

/* Pixels beside a panel for the last value. */
static const double VALUE_WIDTH = 78.0;

/* One fan chart: the panels of a picture are series of the first variant. */
struct fan {
    const char *name;
    const char *title;
    const char *y_label;
    size_t count;
    struct {
        size_t series;
        struct text title;
        double last; /* the line's value at the end */
    } panels[PICTURE_PANELS];
    bool from_zero; /* the y axis starts at zero */
    double line;    /* something to compare with, NaN: nothing */
};

static void add_panel(struct fan *fan, const struct variant *variant, const char *metric,
                      const char *part, const char *title) {
    char key[2 * NAME_SIZE + 2];
    (void)snprintf(key, sizeof key, "%s%s%s", metric, part == NULL ? "" : ".",
                   part == NULL ? "" : part);
    int series = table_find(&variant->values, &variant->scenario->parameters, key);
    if (series >= 0 && fan->count < PICTURE_PANELS) {
        fan->panels[fan->count].series = (size_t)series;
        text_add(&fan->panels[fan->count].title, "%s", title);
        fan->count++;
    }
}

static void free_fan(struct fan *fan) {
    for (size_t p = 0; p < fan->count; p++) {
        text_free(&fan->panels[p].title);
    }
}

/* Writes the data of all panels, then finds the common y axis. */
static bool write_fan_data(struct picture *picture, struct fan *fan, const struct variant *variant,
                           double *low, double *high, struct error *error) {
    const struct table *table = &variant->values;
    for (size_t p = 0; p < fan->count; p++) {
        const struct cell *months = table_month(table, fan->panels[p].series, 0);
        struct cell_summary last;
        if (!picture_block(picture, months, table->months, NULL, text_bytes(&fan->panels[p].title),
                           low, high, error) ||
            !format_cell(&months[table->months - 1], &last, error)) {
            return false;
        }
        const struct outcome *outcome = &OUTCOMES[table->series[fan->panels[p].series].outcome];
        fan->panels[p].last =
            picture_line(outcome).column == 2 ? last.mean : last.quantile[RESULT_PROBABILITIES / 2];
    }
    return true;
}

static void plot_line(struct picture *picture, const struct fan *fan, double factor) {
    if (isfinite(fan->line)) {
        text_add(&picture->body, "        %g with lines linestyle 4, \\\n", factor * fan->line);
    }
}

static void plot_bands(struct picture *picture, const struct fan *fan, size_t p, double factor,
                       int column) {
    struct text *body = &picture->body;
    text_add(body,
             "    plot data index %zu using 1:(%g*$3):(%g*$7) with filledcurves linestyle 1, \\\n"
             "        '' index %zu using 1:(%g*$4):(%g*$6) with filledcurves linestyle 2, \\\n",
             p, factor, factor, p, factor, factor);
    plot_line(picture, fan, factor);
    text_add(body,
             "        '' index %zu using 1:(%g*$%d) with lines linestyle 3\n"
             "    unset label\n",
             p, factor, column);
}

/* One value makes no band: boxes that end at its month. */
static void plot_alone(struct picture *picture, const struct fan *fan, size_t p, double factor,
                       int column) {
    struct text *body = &picture->body;
    double width = PICTURE_ALONE_WIDTH;
    text_add(body,
             "    plot data index %zu using 1:(%g*$5):($1-%g):1:(%g*$3):(%g*$7) with boxxyerror "
             "linestyle 1, \\\n"
             "        '' index %zu using 1:(%g*$5):($1-%g):1:(%g*$4):(%g*$6) with boxxyerror "
             "linestyle 2, \\\n",
             p, factor, width, factor, factor, p, factor, width, factor, factor);
    plot_line(picture, fan, factor);
    text_add(
        body,
        "        '' index %zu using ($1-%g):(%g*$%d):(%g):(0) with vectors nohead linestyle 3\n"
        "    unset label\n",
        p, width, factor, column, width);
}

static void write_fan_panel(struct picture *picture, const struct fan *fan, size_t p,
                            const struct frame *frame, const struct axis *axis,
                            const struct shown *shown, const struct results *results) {
    const struct table *table = &results->variants[0].values;
    const struct outcome *outcome = &OUTCOMES[table->series[fan->panels[p].series].outcome];
    const struct line line = picture_line(outcome);
    struct axis own = *axis;
    own.label = p % layout_columns(fan->count, VALUE_WIDTH) == 0 ? axis->label : "";
    bool bottom = p + layout_columns(fan->count, VALUE_WIDTH) >= fan->count;
    picture_panel(picture, frame, text_bytes(&fan->panels[p].title), &own,
                  bottom ? words_in(picture->language, WORD_MONTH) : "", table->months, true);
    picture_changes(picture, results, 0, table->months, true, true);
    if (isfinite(fan->panels[p].last)) {
        char value[WORDS_SIZE];
        struct end_label label = {.at = shown->factor * fan->panels[p].last};
        label.string = picture_string(
            picture, words_value(value, picture->language, outcome->unit, fan->panels[p].last), 0);
        picture_end_labels(picture, frame, axis, &label, 1);
    }
    if (picture_alone(table_month(table, fan->panels[p].series, 0), table->months)) {
        plot_alone(picture, fan, p, shown->factor, line.column);
    } else {
        plot_bands(picture, fan, p, shown->factor, line.column);
    }
}

static bool write_fan(const struct folder *folder, const struct results *results, struct fan *fan,
                      struct error *error) {
    const struct variant *variant = &results->variants[0];
    const struct table *table = &variant->values;
    const enum language language = folder->language;
    if (fan->count == 0) {
        return true;
    }
    const struct outcome *outcome = &OUTCOMES[table->series[fan->panels[0].series].outcome];
    struct layout layout = layout_of(fan->count, VALUE_WIDTH);
    struct text subtitle = {0};
    struct text histories = {0};
    struct picture picture;
    layout_subtitle(&subtitle, results, layout.width);
    layout_histories(&histories, language, results);
    text_add(&histories, " %s",
             words_in(language,
                      picture_line(outcome).name == WORD_MEAN ? WORD_LAST_MEAN : WORD_LAST_MEDIAN));
    const struct picture_text text = {
        fan->title,
        text_bytes(&subtitle),
        {text_bytes(&histories), words_in(language, WORD_CHANCE_BANDS)},
        NULL};
    bool fine =
        picture_begin(&picture, folder, fan->name, layout.width, layout.height, &text, error);
    text_free(&subtitle);
    text_free(&histories);
    if (!fine) {
        return false;
    }
    double low = fan->from_zero ? 0.0 : (double)INFINITY;
    double high = -(double)INFINITY;
    if (!write_fan_data(&picture, fan, variant, &low, &high, error)) {
        picture_discard(&picture);
        return false;
    }
    const struct shown shown = picture_shown(outcome->unit, low, high, false);
    const struct axis axis =
        layout_axis(low, high, fan->from_zero, fan->line, &shown, fan->y_label);
    struct text key = {0};
    layout_bands(&key, language);
    text_add(&key, ", NaN with lines linestyle 3 title '%s'",
             words_in(language, picture_line(outcome).name));
    layout_key(&picture, text_bytes(&key));
    text_free(&key);
    for (size_t p = 0; p < fan->count; p++) {
        struct frame frame = layout_frame(&layout, p);
        write_fan_panel(&picture, fan, p, &frame, &axis, &shown, results);
    }
    return picture_finish(&picture, error);
}

static bool write_turnover(const struct folder *folder, const struct results *results,
                           struct error *error) {
    const struct variant *variant = &results->variants[0];
    const struct parameters *parameters = &variant->scenario->parameters;
    struct fan fan = {.name = "turnover",
                      .title = words_in(folder->language, WORD_TURNOVER_TITLE),
                      .y_label = words_in(folder->language, WORD_TURNOVER_AXIS),
                      .from_zero = true,
                      .line = (double)NAN};
    add_panel(&fan, variant, "turnover_trailing", NULL, words_in(folder->language, WORD_ALL_STAFF));
    for (size_t r = 0; parameters->role_count > 1 && r < parameters->role_count; r++) {
        add_panel(&fan, variant, "turnover_trailing", parameters->roles[r].name,
                  parameters->roles[r].name);
    }
    bool fine = write_fan(folder, results, &fan, error);
    free_fan(&fan);
    return fine;
}

static bool write_revenue(const struct folder *folder, const struct results *results,
                          struct error *error) {
    struct fan fan = {.name = "revenue",
                      .title = words_in(folder->language, WORD_REVENUE_TITLE),
                      .y_label = words_in(folder->language, WORD_REVENUE_AXIS),
                      .from_zero = true,
                      .line = (double)NAN};
    add_panel(&fan, &results->variants[0], "revenue", NULL, "");
    bool fine = write_fan(folder, results, &fan, error);
    free_fan(&fan);
    return fine;
}

static bool write_retention(const struct folder *folder, const struct results *results,
                            struct error *error) {
    struct fan fan = {.name = "retention",
                      .title = words_in(folder->language, WORD_RETENTION_TITLE),
                      .y_label = words_in(folder->language, WORD_RETENTION_AXIS),
                      .line = 1.0};
    add_panel(&fan, &results->variants[0], "net_retention_trailing", NULL,
              words_in(folder->language, WORD_NET_RETENTION_PANEL));
    add_panel(&fan, &results->variants[0], "gross_retention_trailing", NULL,
              words_in(folder->language, WORD_GROSS_RETENTION_PANEL));
    bool fine = write_fan(folder, results, &fan, error);
    free_fan(&fan);
    return fine;
}

static bool write_kinds(const struct folder *folder, const struct results *results,
                        struct error *error) {
    return plots_write_waterfall(folder, results, error) &&
           (results->variant_count > 1 || plots_write_activity(folder, results, error)) &&
           plots_write_vesting(folder, results, error) &&
           plots_write_ladders(folder, results, error);
}

bool plots_write(const struct folder *folder, const struct results *results, struct error *error) {
    if (!plots_write_style(folder, error)) {
        return false;
    }
    if (results->variant_count > 1) {
        return plots_write_overlays(folder, results, error) &&
               plots_write_differences(folder, results, error) &&
               write_kinds(folder, results, error);
    }
    return write_turnover(folder, results, error) && write_revenue(folder, results, error) &&
           write_retention(folder, results, error) && write_kinds(folder, results, error);
}
