#include "report/layout.h"

#include "report/format.h"
#include "report/words.h"

#include <math.h>

/* Pixels around the panels. */
enum { HEAD = 126, FOOT = 100, LEFT = 108, BETWEEN_ROWS = 62 };

/* Panels with more beside them make a picture of three so wide that a page shrinks its text. */
static const double RIGHT_OF_THREE = 120.0;

size_t layout_columns(size_t panels, double right) {
    if (panels <= 1) {
        return 1;
    }
    return panels == 2 || panels == 4 || right > RIGHT_OF_THREE ? 2 : 3;
}

struct layout layout_of(size_t panels, double right) {
    struct layout layout = {.columns = layout_columns(panels, right), .right = right, .head = HEAD};
    layout.rows = (panels + layout.columns - 1) / layout.columns;
    layout.panel_width = layout.columns == 1 ? 780.0 : layout.columns == 2 ? 380.0 : 290.0;
    layout.panel_height = layout.rows == 1 ? 320.0 : 200.0;
    double columns = (double)layout.columns;
    double rows = (double)layout.rows;
    layout.width = (int)(columns * (LEFT + layout.panel_width + right));
    layout.height = (int)(HEAD + rows * layout.panel_height + (rows - 1.0) * BETWEEN_ROWS + FOOT);
    return layout;
}

struct frame layout_frame(const struct layout *layout, size_t panel) {
    const size_t row = panel / layout->columns;
    const size_t column = panel % layout->columns;
    double left = LEFT + (double)column * (LEFT + layout->panel_width + layout->right);
    double top =
        layout->height - layout->head - (double)row * (layout->panel_height + BETWEEN_ROWS);
    return (struct frame){left, left + layout->panel_width, top - layout->panel_height, top};
}

struct axis layout_axis(double low, double high, bool from_zero, double line,
                        const struct shown *shown, const char *label) {
    if (isfinite(line)) {
        low = fmin(low, line);
        high = fmax(high, line);
    }
    if (!isfinite(low) || !isfinite(high)) { /* no values at all */
        low = 0.0;
        high = 1.0 / shown->factor;
    }
    if (!(high > low)) { /* all values equal: some room around them */
        double room = low == 0.0 ? 1.0 / shown->factor : 0.1 * fabs(low);
        low = from_zero ? fmin(low, 0.0) : low - room;
        high = high + room;
    }
    double air = 0.06 * (high - low);
    return (struct axis){.low = shown->factor * (from_zero && low >= 0.0 ? 0.0 : low - air),
                         .high = shown->factor * (high + air),
                         .format = shown->format,
                         .label = label};
}

const char *layout_unit(enum language language, const char *unit, bool difference) {
    if (format_scale(unit) != FORMAT_PERCENT) {
        return words_unit(language, unit);
    }
    return difference ? words_in(language, WORD_PERCENTAGE_POINTS) : "";
}

void layout_bands(struct text *entries, enum language language) {
    text_add(entries,
             "NaN with boxes linestyle 1 title '%s', NaN with boxes linestyle 2 title '%s'",
             words_in(language, WORD_BAND_90), words_in(language, WORD_BAND_50));
}

void layout_key(struct picture *picture, const char *entries) {
    struct text *body = &picture->body;
    picture_frame(picture, &(struct frame){16.0, picture->width - 16.0, picture->height - 92.0,
                                           picture->height - 64.0});
    text_add(body, "    eval open_key\n    plot %s\n    eval open_panels\n", entries);
}

void layout_histories(struct text *text, enum language language, const struct results *results) {
    char done[WORDS_SIZE];
    char asked[WORDS_SIZE];
    char seed[FORMAT_SIZE];
    (void)snprintf(seed, sizeof seed, "%llu", (unsigned long long)results->seed);
    words_add(text, language,
              results->interrupted         ? WORD_HISTORIES_CUT
              : results->replications == 1 ? WORD_HISTORY
                                           : WORD_HISTORIES,
              WORDS(words_count(done, language, results->replications), seed,
                    words_count(asked, language, results->replications_asked)));
}

void layout_plans(struct text *text, enum language language, const struct results *results,
                  size_t drawn) {
    char some[WORDS_SIZE];
    char all[WORDS_SIZE];
    layout_histories(text, language, results);
    if (drawn < results->variant_count) {
        text_add(text, " ");
        words_add(text, language, WORD_PLANS_DRAWN,
                  WORDS(words_count(some, language, drawn),
                        words_count(all, language, results->variant_count)));
    }
}

void layout_subtitle(struct text *text, const struct results *results, int width) {
    const struct parameters *parameters = &results->variants[0].scenario->parameters;
    struct text whole = {0};
    format_plan(&whole, results, 0, 40);
    if (parameters->question[0] != '\0') {
        text_add(&whole, ": %s", parameters->question);
    }
    format_clean(text, text_bytes(&whole), (size_t)width / 8);
    text_free(&whole);
}
