#include "report/picture.h"

#include "report/format.h"

#include <math.h>
#include <string.h>

/* gnuplot takes a single-quoted string as it is, up to the next such quote; doubled quotes are not
 * understood everywhere, so the names get the typographic one. */
size_t picture_string(struct picture *picture, const char *raw, size_t widest) {
    struct text clean = {0};
    format_clean(&clean, raw, widest);
    picture->strings++;
    (void)fprintf(picture->script.stream, "s%zu = '", picture->strings);
    for (const char *at = text_bytes(&clean); *at != '\0'; at++) {
        (void)(*at == '\'' ? fputs("’", picture->script.stream)
                           : fputc(*at, picture->script.stream));
    }
    (void)fputs("'\n", picture->script.stream);
    text_free(&clean);
    return picture->strings;
}

static const char BLOCK_COLUMNS[] =
    "x, mean, 5th, 25th, 50th, 75th and 95th percentile of the histories,\n"
    "# in differences the share of histories that are better, and better or the same; ? is no "
    "value.";

static void add_outer_label(struct picture *picture, int tag, const char *raw, double x, double y,
                            const char *look) {
    if (raw == NULL || *raw == '\0') {
        return;
    }
    size_t string = picture_string(picture, raw, 0);
    text_add(&picture->body, "    set label %d s%zu at screen %.5f,%.5f left %s\n", tag, string,
             x / picture->width, y / picture->height, look);
}

bool picture_begin(struct picture *picture, const struct folder *folder, const char *name,
                   int width, int height, const struct picture_text *text, struct error *error) {
    char file[64];
    *picture = (struct picture){.width = width, .height = height, .language = folder->language};
    (void)snprintf(file, sizeof file, "%s.gp", name);
    if (!folder_begin(folder, file, &picture->script, error)) {
        return false;
    }
    (void)snprintf(file, sizeof file, "%s.dat", name);
    if (!folder_begin(folder, file, &picture->data, error)) {
        picture_discard(picture);
        return false;
    }
    (void)fprintf(picture->script.stream,
                  "# Draws %s.png, .svg and .pdf from %s.dat: gnuplot %s.gp\n"
                  "if (!exists(\"style\")) style = 'style.gp'\n"
                  "load style\n"
                  "data = '%s.dat'\n",
                  name, name, name, name);
    if (picture->language == LANGUAGE_GERMAN) {
        (void)fputs("set decimalsign ','\n", picture->script.stream);
    }
    text_add(&picture->body,
             "do for [kind in kinds] {\n"
             "    eval open_picture(kind, '%s', %d, %d)\n"
             "    set multiplot\n",
             name, width, height);
    add_outer_label(picture, 901, text->title, 16.0, height - 24.0,
                    "font title_font(kind) textcolor rgb text_colour");
    add_outer_label(picture, 902, text->subtitle, 16.0, height - 49.0,
                    "textcolor rgb quiet_colour");
    for (int c = 0; c < 2; c++) {
        add_outer_label(picture, 903 + c, text->caption[c], 16.0, 32.0 - 17.0 * c,
                        "font small_font(kind) textcolor rgb quiet_colour");
    }
    (void)fprintf(picture->data.stream, "# Columns: %s\n",
                  text->columns == NULL ? BLOCK_COLUMNS : text->columns);
    return true;
}

bool picture_finish(struct picture *picture, struct error *error) {
    text_add(&picture->body, "    unset multiplot\n    unset output\n}\n");
    if (picture->body.failed) {
        picture_discard(picture);
        return error_add(error, ERROR_FAILURE, "There is no memory for the script of a picture.");
    }
    (void)fputs(text_bytes(&picture->body), picture->script.stream);
    text_free(&picture->body);
    bool fine = folder_commit(&picture->data, error);
    fine = fine && folder_commit(&picture->script, error);
    picture_discard(picture);
    return fine;
}

void picture_discard(struct picture *picture) {
    folder_discard(&picture->script);
    folder_discard(&picture->data);
    text_free(&picture->body);
}

void picture_number(struct picture *picture, double value) {
    char buffer[32];
    (void)fprintf(picture->data.stream, " %s",
                  isfinite(value) ? text_number(buffer, value, true) : "?");
}

void picture_open_block(struct picture *picture, const char *comment) {
    struct text clean = {0};
    format_clean(&clean, comment, 0);
    (void)fprintf(picture->data.stream, "%s# %zu: %s\n", picture->blocks > 0 ? "\n\n" : "",
                  picture->blocks, text_bytes(&clean));
    text_free(&clean);
    picture->blocks++;
}

bool picture_row(struct picture *picture, size_t x, const struct cell *cell,
                 const struct outcome *outcome, double *low, double *high, struct error *error) {
    static const size_t SHOWN[] = {0, 2, 3, 4, 6}; /* p5 p25 p50 p75 p95 */
    FILE *stream = picture->data.stream;
    struct cell_summary summary;
    if (!format_cell(cell, &summary, error)) {
        return false;
    }
    (void)fprintf(stream, "%zu", x);
    picture_number(picture, summary.mean);
    for (size_t q = 0; q < sizeof SHOWN / sizeof SHOWN[0]; q++) {
        picture_number(picture, summary.quantile[SHOWN[q]]);
    }
    if (outcome != NULL) {
        double better = format_probability_better(cell, outcome);
        picture_number(picture, better);
        picture_number(picture, better + format_share(cell->equal, cell->moments.count));
    }
    (void)fputc('\n', stream);
    *low = fmin(*low, summary.quantile[0]); /* NaN loses */
    *high = fmax(*high, summary.quantile[RESULT_PROBABILITIES - 1]);
    return true;
}

bool picture_block(struct picture *picture, const struct cell *cells, size_t count,
                   const struct outcome *outcome, const char *comment, double *low, double *high,
                   struct error *error) {
    picture_open_block(picture, comment);
    for (size_t c = 0; c < count; c++) {
        if (!picture_row(picture, c + 1, &cells[c], outcome, low, high, error)) {
            return false;
        }
    }
    return true;
}

/* Marks every so many months that a picture has at most about eight of them. */
static size_t mark_every(size_t periods, bool months, const struct frame *frame) {
    size_t most = frame->right - frame->left > 360.0 ? 10 : 6;
    size_t step = months ? 12 : 1;
    if (months && periods <= 24) {
        return periods <= 12 ? 2 : 6;
    }
    size_t marks = periods / step;
    return step * (marks <= most ? 1 : (marks + most - 1) / most);
}

void picture_frame(struct picture *picture, const struct frame *frame) {
    text_add(&picture->body,
             "\n    set lmargin at screen %.5f\n    set rmargin at screen %.5f\n"
             "    set bmargin at screen %.5f\n    set tmargin at screen %.5f\n",
             frame->left / picture->width, frame->right / picture->width,
             frame->bottom / picture->height, frame->top / picture->height);
}

void picture_panel(struct picture *picture, const struct frame *frame, const char *title,
                   const struct axis *y, const char *x_label, size_t periods, bool months) {
    struct text *body = &picture->body;
    picture_frame(picture, frame);
    text_add(body, "    unset arrow\n"); /* of the panel before */
    if (title != NULL && *title != '\0') {
        size_t string = picture_string(picture, title, 60);
        text_add(body, "    set label 1 s%zu at graph 0,1 left offset 0,0.8\n", string);
    }
    if (months) {
        text_add(body, "    set xrange [0:%zu]\n    set xtics 0,%zu\n", periods,
                 mark_every(periods, months, frame));
    } else {
        text_add(body, "    set xrange [0.4:%zu.6]\n    set xtics 1,%zu\n", periods,
                 mark_every(periods, months, frame));
    }
    char format[WORDS_SIZE];
    text_add(body, "    set yrange [%.10g:%.10g]\n    set format y '%s'\n", y->low, y->high,
             words_number(format, picture->language, y->format));
    if (*y->label != '\0') { /* not as ylabel: wide numbers would push it out of the picture */
        text_add(
            body,
            "    set label 3 '%s' at screen %.5f,%.5f center rotate textcolor rgb text_colour\n",
            y->label, (frame->left - 92.0) / picture->width,
            (frame->top + frame->bottom) / 2.0 / picture->height);
    }
    text_add(body, "    set xlabel '%s' offset 0,0.3 textcolor rgb text_colour\n",
             x_label == NULL ? "" : x_label);
    text_add(body, "    set format x '%s'\n", x_label == NULL ? "" : "%g");
}

/* The piece of a line in front of a name, pixels beside the panel; the tag of the first one. */
static const double SAMPLE_BEGIN = 5.0;
static const double SAMPLE_END = 25.0;
enum { SAMPLES = 80 };

struct line picture_line(const struct outcome *outcome) {
    bool people = strncmp(outcome->name, "turnover", 8) == 0;
    return people ? (struct line){2, WORD_MEAN} : (struct line){5, WORD_MEDIAN};
}

bool picture_alone(const struct cell *cells, size_t count) {
    size_t values = 0;
    for (size_t c = 0; c < count; c++) {
        values += cells[c].moments.count > 0;
    }
    return values == 1;
}

int picture_shape(size_t plan) {
    static const int SHAPES[] = {7, 5, 9, 13, 11};
    return SHAPES[plan % (sizeof SHAPES / sizeof SHAPES[0])];
}

void picture_mark(struct picture *picture, size_t block, double beside, double factor, int column,
                  size_t plan) {
    text_add(&picture->body,
             "data index %zu using ($1%+.4g):(%g*$3):(0):(%g*($7-$3)) with vectors nohead "
             "linecolor rgb plan_colour[%zu] linewidth 1, \\\n        "
             "data index %zu using ($1%+.4g):(%g*$4):(0):(%g*($6-$4)) with vectors nohead "
             "linecolor rgb plan_colour[%zu] linewidth 2.8, \\\n        "
             "data index %zu using ($1%+.4g):(%g*$%d) with points pointtype %d pointsize 1.15 "
             "linecolor rgb plan_colour[%zu], \\\n        ",
             block, beside, factor, factor, plan + 1, block, beside, factor, factor, plan + 1,
             block, beside, factor, column, picture_shape(plan), plan + 1);
}

/* The text, behind a piece of its line when it names one: it may stand beside another's end. */
static void write_end_label(struct picture *picture, const struct frame *frame,
                            const struct end_label *label, size_t l) {
    double width = frame->right - frame->left;
    double text = label->plan > 0 ? SAMPLE_END + 4.0 : 4.0;
    text_add(&picture->body, "    set label %zu s%zu at graph %.5f,first %.10g left textcolor rgb ",
             10 + l, label->string, 1.0 + text / width, label->at);
    if (label->plan == 0) {
        text_add(&picture->body, "text_colour\n");
        return;
    }
    text_add(&picture->body,
             "plan_text[%zu]\n    set arrow %zu from graph %.5f,first %.10g to graph %.5f,first "
             "%.10g nohead linestyle %zu\n",
             label->plan, SAMPLES + l, 1.0 + SAMPLE_BEGIN / width, label->at,
             1.0 + SAMPLE_END / width, label->at, 10 + label->plan);
}

void picture_end_labels(struct picture *picture, const struct frame *frame, const struct axis *y,
                        struct end_label labels[], size_t count) {
    double height = frame->top - frame->bottom;
    double gap = 17.0 * (y->high - y->low) / height; /* the height of a line of text */
    for (size_t l = 1; l < count; l++) { /* sort by place, keeping the order of equals */
        for (size_t k = l; k > 0 && labels[k].at < labels[k - 1].at; k--) {
            struct end_label other = labels[k];
            labels[k] = labels[k - 1];
            labels[k - 1] = other;
        }
    }
    for (size_t l = 0; l < count; l++) {
        labels[l].at = fmin(fmax(labels[l].at, y->low), y->high);
    }
    for (size_t round = 0; round < 50; round++) { /* neighbours too close push each other */
        for (size_t l = 1; l < count; l++) {
            double lack = gap - (labels[l].at - labels[l - 1].at);
            if (lack > 0.0) {
                labels[l].at += lack / 2.0;
                labels[l - 1].at -= lack / 2.0;
            }
        }
    }
    double least = y->low; /* all stay within the panel as long as it has room for them */
    for (size_t l = 0; l < count; l++) {
        labels[l].at = fmax(labels[l].at, least);
        least = labels[l].at + gap;
    }
    double most = y->high;
    for (size_t l = count; l-- > 0;) {
        labels[l].at = fmin(labels[l].at, most);
        most = labels[l].at - gap;
    }
    for (size_t l = 0; l < count; l++) {
        write_end_label(picture, frame, &labels[l], l);
    }
}

struct shown picture_shown(const char *unit, double low, double high, bool difference) {
    double size = fmax(fabs(low), fabs(high));
    const bool percent = format_scale(unit) == FORMAT_PERCENT;
    if (percent) {
        return (struct shown){100.0, difference ? "%+g" : "%g %%"};
    }
    if (format_scale(unit) == FORMAT_CURRENCY && size >= 1e9) {
        return (struct shown){1e-9, difference ? "%+g G" : "%g G"};
    }
    if (format_scale(unit) == FORMAT_CURRENCY && size >= 1e6) {
        return (struct shown){1e-6, difference ? "%+g M" : "%g M"};
    }
    if (format_scale(unit) == FORMAT_CURRENCY && size >= 1e3) {
        return (struct shown){1e-3, difference ? "%+g k" : "%g k"};
    }
    return (struct shown){1.0, difference ? "%+g" : "%g"};
}
