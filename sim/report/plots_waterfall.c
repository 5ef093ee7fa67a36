/* From revenue to profit, item by item: the amounts of a run, or what changes between plans. */
#include "report/format.h"
#include "report/layout.h"
#include "report/picture.h"
#include "report/plots_kinds.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Items in the order of the picture; a cost counts against profit. The cost of sales has no series
 * of its own: it is revenue less margin. */
struct item {
    enum word name;
    const char *plus[4]; /* outcomes that add to profit, by the whole firm */
    const char *minus[4];
    bool total; /* begins at zero */
};

static const struct item ITEMS[] = {
    {WORD_FALL_REVENUE, {"revenue"}, {NULL}, true},
    {WORD_FALL_COST_OF_SALES, {"margin"}, {"revenue"}, false},
    {WORD_FALL_DISCOUNTS, {NULL}, {"discounts"}, false},
    {WORD_FALL_SALARIES, {NULL}, {"pay_salary"}, false},
    {WORD_FALL_VARIABLE, {NULL}, {"pay_commission", "pay_bonus", "pay_draws"}, false},
    {WORD_FALL_AWARDS, {NULL}, {"lti_expense"}, false},
    {WORD_FALL_SOCIAL, {NULL}, {"social_charges"}, false},
    {WORD_FALL_SEVERANCE, {NULL}, {"severance"}, false},
    {WORD_FALL_RECRUITING, {NULL}, {"hiring_cost"}, false},
    {WORD_FALL_COLLABORATION, {NULL}, {"collaboration_cost"}, false},
    {WORD_FALL_PROFIT, {"profit"}, {NULL}, true},
};

enum {
    ITEM_COUNT = sizeof ITEMS / sizeof ITEMS[0],
    PLANS_DRAWN = 3,
    NAMES = 160,
    BARS_ALONE = 640,
    BARS = 300,
    VALUES = 96,
    ROW = 30,
    HEAD = 130,
    HEAD_ALONE = 84, /* without key and names */
    FOOT = 104
};

/* One column of bars. */
struct fall {
    size_t variant;
    double amount[ITEM_COUNT]; /* a year; costs are negative */
    double from[ITEM_COUNT];
    double low, high; /* 90 % of the histories of the last item */
    bool shown[ITEM_COUNT];
};

static const struct table *table_of(const struct results *results, size_t v) {
    return v == 0 ? &results->variants[v].values : &results->variants[v].differences;
}

/* A year's mean of an outcome of the whole firm; 0 when no history has it. */
static double amount_of(const struct results *results, size_t v, const char *name) {
    const struct table *table = table_of(results, v);
    int series = table_find(table, &results->variants[v].scenario->parameters, name);
    double mean =
        series < 0 ? 0.0 : format_mean(table_horizon(table, (size_t)series)) / (double)table->years;
    return isfinite(mean) ? mean : 0.0;
}

static bool fill(struct fall *fall, const struct results *results, size_t v, struct error *error) {
    double sum = 0.0;
    const struct table *table = table_of(results, v);
    int profit = table_find(table, &results->variants[v].scenario->parameters, "profit");
    *fall = (struct fall){.variant = v, .low = (double)NAN, .high = (double)NAN};
    for (size_t i = 0; i < ITEM_COUNT; i++) {
        for (size_t k = 0; k < 4; k++) {
            fall->amount[i] +=
                ITEMS[i].plus[k] == NULL ? 0.0 : amount_of(results, v, ITEMS[i].plus[k]);
            fall->amount[i] -=
                ITEMS[i].minus[k] == NULL ? 0.0 : amount_of(results, v, ITEMS[i].minus[k]);
        }
        fall->from[i] = ITEMS[i].total ? 0.0 : sum;
        sum = fall->from[i] + fall->amount[i];
    }
    if (profit >= 0) {
        struct cell_summary summary;
        if (!format_cell(table_horizon(table, (size_t)profit), &summary, error)) {
            return false;
        }
        fall->low = summary.quantile[0] / (double)table->years;
        fall->high = summary.quantile[RESULT_PROBABILITIES - 1] / (double)table->years;
    }
    return true;
}

/* Items that are something in some column. */
static size_t list_items(const struct fall falls[], size_t count, size_t items[ITEM_COUNT]) {
    size_t listed = 0;
    for (size_t i = 0; i < ITEM_COUNT; i++) {
        bool something = ITEMS[i].total;
        for (size_t c = 0; c < count; c++) {
            something = something || fabs(falls[c].amount[i]) >= 0.5;
        }
        if (something) {
            items[listed++] = i;
        }
    }
    return listed;
}

static void write_data(struct picture *picture, const struct fall *fall, const size_t items[],
                       size_t count, const struct results *results) {
    struct text comment = {0};
    format_plan(&comment, results, fall->variant, 0);
    picture_open_block(picture, text_bytes(&comment));
    text_free(&comment);
    for (size_t r = 0; r < count; r++) {
        size_t i = items[r];
        bool last = i + 1 == ITEM_COUNT;
        (void)fprintf(picture->data.stream, "%zu", r + 1);
        picture_number(picture, fall->from[i]);
        picture_number(picture, fall->from[i] + fall->amount[i]);
        picture_number(picture, last ? fall->low : (double)NAN);
        picture_number(picture, last ? fall->high : (double)NAN);
        (void)fprintf(picture->data.stream, " %d\n",
                      ITEMS[i].total ? 0 : (fall->amount[i] < 0.0 ? -1 : 1));
    }
}

/* "-3.2 M" at the right, of a run with its share of the revenue. */
static void label_values(struct picture *picture, const struct fall *fall, const size_t items[],
                         size_t count, bool run) {
    for (size_t r = 0; r < count; r++) {
        size_t i = items[r];
        char value[WORDS_SIZE];
        struct text words = {0};
        bool plus = fall->amount[i] > 0.0 && !(run && ITEMS[i].total);
        text_add(&words, "%s%s", plus ? "+" : "",
                 words_value(value, picture->language, "currency", fall->amount[i]));
        if (run && i > 0 && fall->amount[0] > 0.0) {
            text_add(&words, " (%s)",
                     words_value(value, picture->language, "share",
                                 fabs(fall->amount[i]) / fall->amount[0]));
        }
        size_t string = picture_string(picture, text_bytes(&words), 0);
        text_free(&words);
        text_add(&picture->body,
                 "    set label %zu s%zu at graph 1,first %zu left offset 0.7,0 textcolor rgb "
                 "text_colour\n",
                 40 + r, string, r + 1);
    }
}

static void label_items(struct picture *picture, const size_t items[], size_t count) {
    for (size_t r = 0; r < count; r++) {
        text_add(&picture->body,
                 "    set label %zu '%s' at graph 0,first %zu right offset -1,0 textcolor rgb "
                 "text_colour\n",
                 10 + r, words_in(picture->language, ITEMS[items[r]].name), r + 1);
    }
}

/* A distance of 1, 2 or 5 times a power of ten that makes at most so many marks. */
static double mark_every(double range, double most) {
    static const double STEPS[] = {2.0, 2.5, 2.0}; /* from 1 to 2, 5 and 10 */
    double step = 1.0;
    while (step > range / most / 10.0) {
        step /= 10.0;
    }
    for (size_t k = 0; range / step > most; k++) {
        step *= STEPS[k % 3];
    }
    return step;
}

/* Pixels of a column; wider when it stands alone. */
static int bar_width(const struct results *results) {
    return results->variant_count <= 2 ? BARS_ALONE : BARS;
}

static void write_column(struct picture *picture, const struct fall *fall, size_t column,
                         const size_t items[], size_t count, const struct results *results,
                         const struct axis *axis, double factor) {
    struct text *body = &picture->body;
    bool run = results->variant_count == 1;
    char format[WORDS_SIZE];
    double width = bar_width(results);
    double left = NAMES + (double)column * (BARS + VALUES);
    picture_frame(picture, &(struct frame){left, left + width, FOOT, FOOT + (double)(ROW * count)});
    if (column == 0) {
        label_items(picture, items, count);
    }
    if (!run) {
        struct text name = {0};
        format_plan(&name, results, fall->variant, 40);
        text_add(body,
                 "    set label 1 s%zu at graph 0,1 left offset 0,0.8 textcolor rgb "
                 "plan_text[%zu]\n",
                 picture_string(picture, text_bytes(&name), 0), fall->variant + 1);
        text_free(&name);
    }
    label_values(picture, fall, items, count, run);
    text_add(body,
             "    set xrange [%.10g:%.10g]\n    set xtics %.10g%s\n    set format x '%s'\n"
             "    set yrange [%zu.5:0.5]\n    unset ytics\n    unset grid\n    set grid xtics\n"
             "    set xlabel '%s' offset 0,0.2 textcolor rgb text_colour\n"
             "    set arrow 1 from first 0,graph 0 to first 0,graph 1 nohead linestyle 5 back\n",
             axis->low, axis->high, mark_every(axis->high - axis->low, width > BARS ? 8.0 : 4.0),
             run ? "" : " add ('0' 0)", words_number(format, picture->language, axis->format),
             count, axis->label);
    text_add(body, "    plot ");
    for (int sign = -1; sign <= 1; sign++) {
        text_add(body,
                 "%s index %zu using (%g*$3):1:(%g*$2):(%g*$3):($6==%d?$1-0.36:NaN):($6==%d?$1+"
                 "0.36:NaN) with boxxyerror %s, \\\n        ",
                 sign < 0 ? "data" : "''", column, factor, factor, factor, sign, sign,
                 sign < 0    ? "fillcolor rgb '#e08a3c'"
                 : sign == 0 ? "fillcolor rgb '#08426b'"
                             : "fillcolor rgb '#b5d2e6'");
    }
    for (int over = 0; over < 2; over++) { /* on white, to be seen on the dark bar */
        text_add(body,
                 "'' index %zu using (%g*$4):1:(%g*($5-$4)):(0) with vectors nohead linecolor rgb "
                 "'%s' linewidth %s%s",
                 column, factor, factor, over == 0 ? "#ffffff" : "#222222", over == 0 ? "4" : "1.6",
                 over == 0 ? ", \\\n        " : "\n    unset label\n    unset arrow 1\n");
    }
}

static bool begin(struct picture *picture, const struct folder *folder,
                  const struct results *results, size_t columns, size_t items,
                  struct error *error) {
    bool run = results->variant_count == 1;
    const enum language language = folder->language;
    size_t years = results->variants[0].values.years;
    char many[FORMAT_SIZE];
    int width = NAMES + (int)columns * (bar_width(results) + VALUES) + (run ? 40 : 0);
    struct text title = {0};
    struct text subtitle = {0};
    struct text histories = {0};
    struct text baseline = {0};
    format_plan(&baseline, results, 0, 30);
    if (run) {
        text_add(&title, "%s", words_in(language, WORD_FALL_TITLE));
        layout_subtitle(&subtitle, results, width);
    } else {
        words_add(&title, language, WORD_FALL_DIFFERENCE_TITLE, WORDS(text_bytes(&baseline)));
        words_add(&subtitle, language, WORD_FALL_DIFFERENCE_SUBTITLE, WORDS(text_bytes(&baseline)));
    }
    layout_plans(&histories, language, results, run ? 1 : columns + 1);
    text_add(&histories, " ");
    (void)snprintf(many, sizeof many, "%zu", years);
    words_add(&histories, language, years == 1 ? WORD_FALL_YEARS_1 : WORD_FALL_YEARS, WORDS(many));
    const struct picture_text text = {
        text_bytes(&title),
        text_bytes(&subtitle),
        {text_bytes(&histories),
         words_in(language, run ? WORD_FALL_CAPTION : WORD_FALL_DIFFERENCE_CAPTION)},
        "row, where the bar begins, where it ends, 5th and 95th percentile of its end, -1 a cost, "
        "1 a gain, 0 a total; a year; ? is no value."};
    bool fine = picture_begin(picture, folder, "waterfall", width,
                              (run ? HEAD_ALONE : HEAD) + FOOT + ROW * (int)items, &text, error);
    text_free(&title);
    text_free(&subtitle);
    text_free(&histories);
    text_free(&baseline);
    return fine;
}

bool plots_write_waterfall(const struct folder *folder, const struct results *results,
                           struct error *error) {
    struct fall falls[PLANS_DRAWN];
    size_t items[ITEM_COUNT];
    struct picture picture;
    const bool run = results->variant_count == 1;
    size_t columns = run ? 1 : results->variant_count - 1;
    columns = columns < PLANS_DRAWN ? columns : PLANS_DRAWN;
    double low = 0.0;
    double high = 0.0;
    for (size_t c = 0; c < columns; c++) {
        if (!fill(&falls[c], results, run ? 0 : c + 1, error)) {
            return false;
        }
        for (size_t i = 0; i < ITEM_COUNT; i++) {
            low = fmin(low, fmin(falls[c].from[i], falls[c].from[i] + falls[c].amount[i]));
            high = fmax(high, fmax(falls[c].from[i], falls[c].from[i] + falls[c].amount[i]));
        }
        low = fmin(low, falls[c].low);
        high = fmax(high, falls[c].high);
    }
    size_t count = list_items(falls, columns, items);
    if (!begin(&picture, folder, results, columns, count, error)) {
        return false;
    }
    const struct shown shown = picture_shown("currency", low, high, !run);
    const struct axis axis = layout_axis(
        low, high, run, 0.0, &shown,
        words_in(folder->language, run ? WORD_UNIT_CURRENCY_YEAR : WORD_FALL_DIFFERENCE_AXIS));
    struct text key = {0};
    text_add(&key,
             "NaN with boxes fillcolor rgb '#08426b' title '%s', NaN with boxes fillcolor "
             "rgb '#e08a3c' title '%s', NaN with boxes fillcolor rgb '#b5d2e6' title '%s'",
             words_in(folder->language, WORD_FALL_TOTAL),
             words_in(folder->language, WORD_FALL_COST),
             words_in(folder->language, WORD_FALL_GAIN));
    layout_key(&picture, run ? "NaN" : text_bytes(&key)); /* it draws the title too */
    text_free(&key);
    for (size_t c = 0; c < columns; c++) {
        write_data(&picture, &falls[c], items, count, results);
        write_column(&picture, &falls[c], c, items, count, results, &axis, shown.factor);
    }
    return picture_finish(&picture, error);
}
