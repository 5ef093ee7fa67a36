#include "report/fit_picture.h"

#include "report/layout.h"
#include "report/picture.h"
#include "report/plots.h"

#include <math.h>

static const char COLUMNS[] =
    "years since they came, share still there, ends of its 95 % interval, and as\n"
    "# fitted; ? is no value.";

static const char FITTED[] = "with lines linewidth 2 dashtype (9,5) linecolor rgb '#d55e00'";

static void write_block(struct picture *picture, const struct survival_curve *curve) {
    picture_open_block(picture, curve->name);
    for (size_t i = 0; i < curve->count; i++) {
        const struct survival_point *point = &curve->points[i];
        (void)fprintf(picture->data.stream, "%.6g", point->years);
        picture_number(picture, point->share);
        picture_number(picture, point->low);
        picture_number(picture, point->high);
        picture_number(picture, point->fitted);
        (void)fputc('\n', picture->data.stream);
    }
}

static void write_panel(struct picture *picture, const struct survival_curve *curve,
                        const struct layout *layout, size_t p, double most) {
    const struct frame frame = layout_frame(layout, p);
    const struct axis axis = {0.0, 103.0, "%g %%",
                              p % layout->columns == 0 ? words_in(picture->language, WORD_FIT_AXIS)
                                                       : ""};
    struct text title = {0};
    words_add(&title, picture->language, curve->customers ? WORD_FIT_CUSTOMERS : WORD_FIT_PEOPLE,
              WORDS(curve->name));
    write_block(picture, curve);
    picture_panel(picture, &frame, text_bytes(&title), &axis,
                  words_in(picture->language, WORD_FIT_YEARS), 1, true);
    text_free(&title);
    text_add(&picture->body,
             "    set xrange [0:%.6g]\n    set xtics 0,%g\n"
             "    plot data index %zu using 1:(100*$3):(100*$4) with filledcurves linestyle 1, \\\n"
             "        '' index %zu using 1:(100*$2) with %s linestyle 3%s, \\\n"
             "        '' index %zu using 1:(100*$5) %s\n"
             "    unset label\n",
             most,
             most > 40.0   ? 10.0
             : most > 12.0 ? 5.0
             : most > 6.0  ? 2.0
                           : 1.0,
             p, p, curve->customers ? "linespoints" : "lines",
             curve->customers ? " pointtype 7 pointsize 0.7" : "", p, FITTED);
}

static void write_key(struct picture *picture) {
    struct text key = {0};
    text_add(&key,
             "NaN with boxes linestyle 1 title '%s', NaN with lines linestyle 3 title '%s', "
             "NaN %s title '%s'",
             words_in(picture->language, WORD_FIT_INTERVAL),
             words_in(picture->language, WORD_FIT_SEEN), FITTED,
             words_in(picture->language, WORD_FIT_FITTED));
    layout_key(picture, text_bytes(&key));
    text_free(&key);
}

bool fit_picture_write(const struct folder *folder, const struct fit_survival *survival,
                       struct error *error) {
    const enum language language = folder->language;
    const size_t panels = survival->count < PICTURE_PANELS ? survival->count : PICTURE_PANELS;
    const struct layout layout = layout_of(panels, 30.0);
    const struct picture_text text = {
        words_in(language, WORD_FIT_TITLE),
        words_in(language, WORD_FIT_SUBTITLE),
        {words_in(language, WORD_FIT_ENDS),
         panels < survival->count ? words_in(language, WORD_FIT_MORE) : ""},
        COLUMNS};
    struct picture picture;
    double most = 0.0;
    if (panels == 0) {
        return true;
    }
    if (!plots_write_style(folder, error) ||
        !picture_begin(&picture, folder, "survival_fit", layout.width, layout.height, &text,
                       error)) {
        return false;
    }
    for (size_t p = 0; p < panels; p++) {
        const struct survival_curve *curve = &survival->curves[p];
        most = fmax(most, curve->points[curve->count - 1].years);
    }
    write_key(&picture);
    for (size_t p = 0; p < panels; p++) {
        write_panel(&picture, &survival->curves[p], &layout, p, most);
    }
    return picture_finish(&picture, error);
}
