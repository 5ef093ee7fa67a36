#include "report/plots_comparison.h"

#include "report/format.h"
#include "report/layout.h"
#include "report/picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A paired difference over months or years: above its bands, below how often it is better. */
struct contrast {
    const char *name;
    const char *metric;
    enum word what;
    bool months;
};

static const struct contrast CONTRASTS[] = {
    {"difference_turnover", "turnover_trailing", WORD_STAFF_TURNOVER_12, true},
    {"difference_revenue", "revenue", WORD_REVENUE_MONTH, true},
    {"difference_retention", "net_retention_trailing", WORD_NET_RETENTION_12, true},
    {"difference_profit", "profit", WORD_PROFIT_YEAR, false},
    {"difference_equity", "customer_equity", WORD_EQUITY_YEAR, false},
};

enum { CONTRASTS_DRAWN = 3, PANEL_HIGH = 250, PANEL_LOW = 80, PANELS_APART = 22, PLAN_LINE = 18 };

/* The line under the picture's title. */
static void add_direction(struct text *text, enum language language, const struct outcome *outcome,
                          const char *baseline) {
    static const enum word DIRECTIONS[] = {
        [OUTCOME_NEUTRAL] = WORD_PLAN_LESS,
        [OUTCOME_HIGHER_IS_BETTER] = WORD_PLAN_LESS_HIGHER,
        [OUTCOME_LOWER_IS_BETTER] = WORD_PLAN_LESS_LOWER,
    };
    words_add(text, language, DIRECTIONS[outcome->direction], WORDS(baseline));
}

/* Years stand apart, and one month alone makes no band: boxes, so far to both sides. */
struct boxes {
    bool apart;
    double left, right;
};

static struct boxes boxes_of(const struct contrast *contrast, const struct table *table,
                             size_t series) {
    if (!contrast->months) {
        return (struct boxes){true, 0.22, 0.22};
    }
    bool alone = picture_alone(table_month(table, series, 0), table->months);
    return (struct boxes){alone, PICTURE_ALONE_WIDTH, 0.0};
}

static void write_contrast_high(struct picture *picture, const struct boxes *boxes,
                                const struct outcome *outcome, size_t block, double factor) {
    struct text *body = &picture->body;
    const struct line line = picture_line(outcome);
    text_add(body, "    set ytics add ('0' 0)\n");
    if (!boxes->apart) {
        text_add(body,
                 "    plot data index %zu using 1:(%g*$3):(%g*$7) with filledcurves linestyle 1, "
                 "\\\n"
                 "        '' index %zu using 1:(%g*$4):(%g*$6) with filledcurves linestyle 2, "
                 "\\\n"
                 "        '' index %zu using 1:(%g*$%d) with lines linestyle 3, \\\n"
                 "        0 with lines linestyle 4\n",
                 block, factor, factor, block, factor, factor, block, factor, line.column);
    } else {
        text_add(body,
                 "    plot data index %zu using 1:(%g*$5):($1-%g):($1+%g):(%g*$3):(%g*$7) "
                 "with boxxyerror linestyle 1, \\\n"
                 "        '' index %zu using 1:(%g*$5):($1-%g):($1+%g):(%g*$4):(%g*$6) "
                 "with boxxyerror linestyle 2, \\\n"
                 "        '' index %zu using ($1-%g):(%g*$%d):(%g):(0) with vectors nohead "
                 "linestyle 3, \\\n"
                 "        0 with lines linestyle 4\n",
                 block, factor, boxes->left, boxes->right, factor, factor, block, factor,
                 boxes->left, boxes->right, factor, factor, block, boxes->left, factor, line.column,
                 boxes->left + boxes->right);
    }
    text_add(body, "    unset label\n");
}

/* Below: how often the plan is better (dark), or the same (light). */
static void write_contrast_low(struct picture *picture, const struct boxes *boxes, size_t block) {
    struct text *body = &picture->body;
    text_add(body, "    set ytics 0,50,100\n");
    if (!boxes->apart) {
        text_add(body,
                 "    plot data index %zu using 1:(100*$9) with filledcurves y=0 linestyle 1, \\\n"
                 "        '' index %zu using 1:(100*$8) with filledcurves y=0 linestyle 2, \\\n",
                 block, block);
    } else {
        text_add(body,
                 "    plot data index %zu using 1:(0):($1-%g):($1+%g):(0):(100*$9) "
                 "with boxxyerror linestyle 1, \\\n"
                 "        '' index %zu using 1:(0):($1-%g):($1+%g):(0):(100*$8) "
                 "with boxxyerror linestyle 2, \\\n",
                 block, boxes->left, boxes->right, block, boxes->left, boxes->right);
    }
    text_add(body, "        50 with lines linestyle 4\n    set ytics autofreq\n    unset label\n");
}

/* "hybrid" over "5 years: mean -2.1 pp, better in 91 %" */
static void add_plan_title(struct picture *picture, const struct results *results, size_t v,
                           const struct cell *horizon, const struct outcome *outcome) {
    struct text line = {0};
    size_t years = results->variants[v].values.years;
    double probability = format_probability_better(horizon, outcome);
    format_plan(&line, results, v, 40);
    size_t name = picture_string(picture, text_bytes(&line), 0);
    text_free(&line);
    if (horizon->moments.count > 0) {
        char value[WORDS_SIZE];
        char many[FORMAT_SIZE];
        char share[FORMAT_SIZE];
        bool neutral = outcome->direction == OUTCOME_NEUTRAL;
        (void)snprintf(many, sizeof many, "%zu", years);
        (void)format_percent(share, probability);
        (void)words_difference_near(value, picture->language, outcome->unit, format_mean(horizon),
                                    moments_standard_error(&horizon->moments));
        if (years == 1) {
            words_add(&line, picture->language,
                      neutral ? WORD_PLAN_MEAN_HIGHER_1 : WORD_PLAN_MEAN_BETTER_1,
                      WORDS("", value, share));
        } else {
            words_add(&line, picture->language,
                      neutral ? WORD_PLAN_MEAN_HIGHER : WORD_PLAN_MEAN_BETTER,
                      WORDS(many, value, share));
        }
    }
    size_t second = picture_string(picture, text_bytes(&line), 0);
    text_free(&line);
    text_add(&picture->body,
             "    set label 1 s%zu at graph 0,1 left offset 0,1.9 textcolor rgb plan_text[%zu]\n"
             "    set label 2 s%zu at graph 0,1 left offset 0,0.7 font small_font(kind)\n",
             name, v + 1, second);
}

/* All plans that can be compared in this metric, at most three. */
struct rivals {
    size_t count;
    size_t variant[CONTRASTS_DRAWN];
    size_t series[CONTRASTS_DRAWN];
};

static struct rivals find_rivals(const struct results *results, const char *metric) {
    struct rivals rivals = {0};
    for (size_t v = 1; v < results->variant_count && rivals.count < CONTRASTS_DRAWN; v++) {
        const struct variant *plan = &results->variants[v];
        int series = table_find(&plan->differences, &plan->scenario->parameters, metric);
        if (series >= 0) {
            rivals.variant[rivals.count] = v;
            rivals.series[rivals.count] = (size_t)series;
            rivals.count++;
        }
    }
    return rivals;
}

static void write_contrast_column(struct picture *picture, const struct contrast *contrast,
                                  const struct results *results, const struct rivals *rivals,
                                  size_t column, const struct layout *layout,
                                  const struct axis *axis, double factor) {
    const struct table *table = &results->variants[rivals->variant[column]].differences;
    const struct outcome *outcome = &OUTCOMES[table->series[rivals->series[column]].outcome];
    struct frame high = layout_frame(layout, column);
    struct frame low = high;
    size_t periods = contrast->months ? table->months : table->years;
    const struct boxes boxes = boxes_of(contrast, table, rivals->series[column]);
    high.bottom = high.top - PANEL_HIGH;
    low.top = high.bottom - PANELS_APART;
    low.bottom = low.top - PANEL_LOW;
    struct axis own = *axis;
    own.label = column == 0 ? axis->label : "";
    picture_panel(picture, &high, "", &own, NULL, periods, contrast->months);
    picture_changes(picture, results, rivals->variant[column], periods, contrast->months, true);
    add_plan_title(picture, results, rivals->variant[column],
                   table_horizon(table, rivals->series[column]), outcome);
    write_contrast_high(picture, &boxes, outcome, column, factor);
    const struct axis share = {
        0.0, 100.0, "%g %%",
        column > 0
            ? ""
            : words_in(picture->language,
                       outcome->direction == OUTCOME_NEUTRAL ? WORD_HIGHER_IN : WORD_BETTER_IN)};
    picture_panel(picture, &low, "", &share,
                  words_in(picture->language, contrast->months ? WORD_MONTH : WORD_YEAR), periods,
                  contrast->months);
    picture_changes(picture, results, rivals->variant[column], periods, contrast->months, false);
    write_contrast_low(picture, &boxes, column);
}

static bool write_contrast_data(struct picture *picture, const struct contrast *contrast,
                                const struct results *results, const struct rivals *rivals,
                                double *low, double *high, struct error *error) {
    for (size_t c = 0; c < rivals->count; c++) {
        const struct table *table = &results->variants[rivals->variant[c]].differences;
        const struct cell *cells = contrast->months ? table_month(table, rivals->series[c], 0)
                                                    : table_year(table, rivals->series[c], 0);
        struct text comment = {0};
        format_plan(&comment, results, rivals->variant[c], 0);
        text_add(&comment, " less ");
        format_plan(&comment, results, 0, 0);
        bool fine = picture_block(picture, cells, contrast->months ? table->months : table->years,
                                  &OUTCOMES[table->series[rivals->series[c]].outcome],
                                  text_bytes(&comment), low, high, error);
        text_free(&comment);
        if (!fine) {
            return false;
        }
    }
    return true;
}

static bool begin_contrast(struct picture *picture, const struct folder *folder,
                           const struct contrast *contrast, const struct results *results,
                           const struct rivals *rivals, const struct layout *layout,
                           const struct outcome *outcome, struct error *error) {
    const enum language language = folder->language;
    struct text title = {0};
    struct text direction = {0};
    struct text histories = {0};
    struct text baseline = {0};
    format_plan(&baseline, results, 0, 30);
    words_add(&title, language, WORD_CHANGES_AGAINST,
              WORDS(words_in(language, contrast->what), text_bytes(&baseline)));
    add_direction(&direction, language, outcome, text_bytes(&baseline));
    layout_plans(&histories, language, results, rivals->count + 1);
    const struct picture_text text = {
        text_bytes(&title),
        text_bytes(&direction),
        {text_bytes(&histories), words_in(language, WORD_SAME_CHANCE_BELOW)},
        NULL};
    bool fine =
        picture_begin(picture, folder, contrast->name, layout->width, layout->height, &text, error);
    text_free(&title);
    text_free(&direction);
    text_free(&histories);
    text_free(&baseline);
    return fine;
}

static bool write_contrast(const struct folder *folder, const struct results *results,
                           const struct contrast *contrast, struct error *error) {
    struct rivals rivals = find_rivals(results, contrast->metric);
    if (rivals.count == 0) {
        return true;
    }
    const struct table *table = &results->variants[rivals.variant[0]].differences;
    const struct outcome *outcome = &OUTCOMES[table->series[rivals.series[0]].outcome];
    struct layout layout = layout_of(rivals.count, 24.0);
    struct picture picture;
    layout.head += PLAN_LINE;
    layout.height += PANEL_HIGH + PANEL_LOW + PANELS_APART + PLAN_LINE - (int)layout.panel_height;
    if (!begin_contrast(&picture, folder, contrast, results, &rivals, &layout, outcome, error)) {
        return false;
    }
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    if (!write_contrast_data(&picture, contrast, results, &rivals, &low, &high, error)) {
        picture_discard(&picture);
        return false;
    }
    const struct shown shown = picture_shown(outcome->unit, low, high, true);
    const struct axis axis =
        layout_axis(low, high, false, 0.0, &shown,
                    words_in(folder->language, format_scale(outcome->unit) == FORMAT_PERCENT
                                                   ? WORD_DIFFERENCE_POINTS
                                                   : WORD_DIFFERENCE_CURRENCY));
    struct text key = {0};
    layout_bands(&key, folder->language);
    text_add(&key, ", NaN with lines linestyle 3 title '%s', NaN with lines linestyle 4 title '%s'",
             words_in(folder->language, picture_line(outcome).name),
             words_in(folder->language, WORD_NO_DIFFERENCE));
    layout_key(&picture, text_bytes(&key));
    text_free(&key);
    for (size_t c = 0; c < rivals.count; c++) {
        write_contrast_column(&picture, contrast, results, &rivals, c, &layout, &axis,
                              shown.factor);
    }
    return picture_finish(&picture, error);
}

bool plots_write_differences(const struct folder *folder, const struct results *results,
                             struct error *error) {
    for (size_t c = 0; c < sizeof CONTRASTS / sizeof CONTRASTS[0]; c++) {
        if (!write_contrast(folder, results, &CONTRASTS[c], error)) {
            return false;
        }
    }
    return true;
}
