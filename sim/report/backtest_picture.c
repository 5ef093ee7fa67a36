#include "report/backtest_picture.h"

#include "report/layout.h"
#include "report/picture.h"
#include "report/plots.h"

#include <math.h>
#include <string.h>

static const char COLUMNS[] =
    "year, mean, 5th, 25th, 50th, 75th and 95th percentile of the histories,\n"
    "# what happened, and 1 where that lies in the 90 % band; ? is no value.";

/* What happened: a dot inside of the 90 % band, a mark of another shape and colour outside. */
static const char INSIDE[] = "with points pointtype 7 pointsize 1 linecolor rgb '#222222'";
static const char OUTSIDE[] =
    "with points pointtype 9 pointsize 1.5 linewidth 1.6 linecolor rgb '#d55e00'";

/* One outcome, its rows and its score. */
struct panel {
    const struct backtest_score *score;
    const struct backtest_row *rows;
    double low, high;
};

static struct panel panel_of(const struct backtest *backtest, size_t score) {
    struct panel panel = {&backtest->scores[score], backtest->rows, (double)INFINITY,
                          -(double)INFINITY};
    for (size_t s = 0; s < score; s++) {
        panel.rows += backtest->scores[s].years;
    }
    for (size_t y = 0; y < panel.score->years; y++) {
        const struct backtest_row *row = &panel.rows[y];
        panel.low = fmin(panel.low, fmin(row->observed, row->simulated.quantile[0]));
        panel.high = fmax(panel.high, fmax(row->observed, row->simulated.quantile[6]));
    }
    return panel;
}

static void write_block(struct picture *picture, const struct panel *panel) {
    static const size_t SHOWN[] = {0, 2, 3, 4, 6}; /* p5 p25 p50 p75 p95 */
    picture_open_block(picture, panel->score->name);
    for (size_t y = 0; y < panel->score->years; y++) {
        const struct backtest_row *row = &panel->rows[y];
        (void)fprintf(picture->data.stream, "%zu", row->year + 1);
        picture_number(picture, row->simulated.mean);
        for (size_t q = 0; q < sizeof SHOWN / sizeof *SHOWN; q++) {
            picture_number(picture, row->simulated.quantile[SHOWN[q]]);
        }
        picture_number(picture, row->observed);
        (void)fprintf(picture->data.stream, " %d\n", backtest_in_ninety(row));
    }
}

/* Years by their number, or by the month with which they begin. */
static void write_years(struct picture *picture, const struct backtest *backtest) {
    struct date first = date_of_day(backtest->first);
    size_t step = 1 + (backtest->years - 1) / 6;
    text_add(&picture->body, "    set xtics (");
    for (size_t y = 0; y < backtest->years; y += step) {
        text_add(&picture->body, "%s'", y > 0 ? ", " : "");
        if (first.month > 1) {
            text_add(&picture->body, "%d/", first.month);
        }
        text_add(&picture->body, "%d' %zu", first.year + (int)y, y + 1);
    }
    text_add(&picture->body, ")\n");
}

/* "customers_lost.key, bias +12 %" */
static void add_title(struct text *title, enum language language,
                      const struct backtest_score *score) {
    char bias[WORDS_SIZE];
    double difference = score->simulated - score->observed;
    if (score->observed > 0.0) {
        (void)snprintf(bias, sizeof bias, "%+.0f %%", 100.0 * difference / score->observed);
    } else {
        (void)words_difference(bias, language, score->unit, difference);
    }
    words_add(title, language, WORD_BACKTEST_PANEL, WORDS(score->name, bias));
}

static void write_panel(struct picture *picture, const struct backtest *backtest,
                        const struct layout *layout, size_t p) {
    const struct panel panel = panel_of(backtest, p);
    const struct frame frame = layout_frame(layout, p);
    const struct shown shown = picture_shown(panel.score->unit, panel.low, panel.high, false);
    const struct axis axis = layout_axis(panel.low, panel.high, false, (double)NAN, &shown, "");
    const double factor = shown.factor;
    struct text title = {0};
    add_title(&title, picture->language, panel.score);
    write_block(picture, &panel);
    picture_panel(picture, &frame, text_bytes(&title), &axis, "", backtest->years, false);
    text_free(&title);
    write_years(picture, backtest);
    text_add(&picture->body,
             "    plot data index %zu using 1:(%g*$5):($1-0.3):($1+0.3):(%g*$3):(%g*$7) with "
             "boxxyerror linestyle 1, \\\n"
             "        '' index %zu using 1:(%g*$5):($1-0.3):($1+0.3):(%g*$4):(%g*$6) with "
             "boxxyerror linestyle 2, \\\n"
             "        '' index %zu using ($1-0.3):(%g*$2):(0.6):(0) with vectors nohead "
             "linestyle 3, \\\n"
             "        '' index %zu using 1:($9==1 ? %g*$8 : NaN) %s, \\\n"
             "        '' index %zu using 1:($9==0 ? %g*$8 : NaN) %s\n"
             "    unset label\n",
             p, factor, factor, factor, p, factor, factor, factor, p, factor, p, factor, INSIDE, p,
             factor, OUTSIDE);
}

static void write_key(struct picture *picture) {
    const enum language language = picture->language;
    struct text key = {0};
    layout_bands(&key, language);
    text_add(&key, ", NaN with lines linestyle 3 title '%s', NaN %s title '%s', NaN %s title '%s'",
             words_in(language, WORD_MEAN), INSIDE, words_in(language, WORD_BACKTEST_OBSERVED),
             OUTSIDE, words_in(language, WORD_BACKTEST_OUTSIDE));
    layout_key(picture, text_bytes(&key));
    text_free(&key);
}

static void add_subtitle(struct text *text, enum language language,
                         const struct backtest *backtest) {
    char day[32];
    char counts[3][WORDS_SIZE];
    size_t inside[3] = {0, 0, backtest->count};
    struct date first = date_of_day(backtest->first);
    for (size_t s = 0; s < backtest->score_count; s++) {
        inside[0] += backtest->scores[s].in_half;
        inside[1] += backtest->scores[s].in_ninety;
    }
    for (size_t n = 0; n < 3; n++) {
        (void)words_count(counts[n], language, inside[n]);
    }
    (void)snprintf(day, sizeof day, "%04d-%02d-%02d", first.year, first.month, first.day);
    words_add(text, language, WORD_BACKTEST_SUBTITLE, WORDS(day, counts[0], counts[1], counts[2]));
}

static void add_histories(struct text *text, enum language language,
                          const struct backtest *backtest, uint64_t seed) {
    char number[WORDS_SIZE];
    char start[32];
    (void)snprintf(start, sizeof start, "%llu", (unsigned long long)seed);
    words_add(text, language, backtest->histories == 1 ? WORD_HISTORY : WORD_HISTORIES,
              WORDS(words_count(number, language, backtest->histories), start));
    text_add(text, " %s", words_in(language, WORD_AXES_NOT_ZERO));
    if (backtest->score_count > BACKTEST_PANELS) {
        text_add(text, " ");
        words_add(text, language, WORD_BACKTEST_MORE,
                  WORDS(words_count(number, language, backtest->score_count - BACKTEST_PANELS)));
    }
}

static bool begin(struct picture *picture, const struct folder *folder,
                  const struct backtest *backtest, const struct layout *layout, uint64_t seed,
                  uint64_t fits, struct error *error) {
    const enum language language = folder->language;
    char number[WORDS_SIZE];
    struct text subtitle = {0};
    struct text histories = {0};
    struct text bands = {0};
    add_subtitle(&subtitle, language, backtest);
    add_histories(&histories, language, backtest, seed);
    words_add(&bands, language, fits > 1 ? WORD_BACKTEST_SAMPLES : WORD_BACKTEST_CHANCE,
              WORDS(words_count(number, language, fits)));
    const struct picture_text text = {words_in(language, WORD_BACKTEST_TITLE),
                                      text_bytes(&subtitle),
                                      {text_bytes(&histories), text_bytes(&bands)},
                                      COLUMNS};
    bool fine =
        picture_begin(picture, folder, "backtest", layout->width, layout->height, &text, error);
    text_free(&subtitle);
    text_free(&histories);
    text_free(&bands);
    return fine;
}

bool backtest_picture_write(const struct folder *folder, const struct backtest *backtest,
                            uint64_t seed, uint64_t fits, struct error *error) {
    size_t panels =
        backtest->score_count < BACKTEST_PANELS ? backtest->score_count : BACKTEST_PANELS;
    const struct layout layout = layout_of(panels, 30.0);
    struct picture picture;
    if (!plots_write_style(folder, error) ||
        !begin(&picture, folder, backtest, &layout, seed, fits, error)) {
        return false;
    }
    write_key(&picture);
    for (size_t p = 0; p < panels; p++) {
        write_panel(&picture, backtest, &layout, p);
    }
    return picture_finish(&picture, error);
}
