#include "report/ladder.h"

#include "report/format.h"
#include "report/layout.h"
#include "report/picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PLANS_DRAWN = 5, NAME_SHOWN = 22, KEY_SIZE = 2 * NAME_SIZE + 2 };

/* A role in which no difference is so large a part of the largest one is left out. */
static const double PART_LEAST = 0.01;

static const char SHARE_COLUMNS[] =
    "years, share of all who came in all histories, 5th, 25th, 50th, 75th and 95th percentile of "
    "the\n# shares of single histories; ? is no value.";

/* What is drawn: panels of roles or segments, in each the plans that have it. */
struct sheet {
    const struct ladder *ladder;
    const struct results *results;
    size_t first; /* plan that is drawn: differences begin with the second */
    size_t plans;
    size_t count;
    char parts[PICTURE_PANELS][NAME_SIZE];
    size_t block[PICTURE_PANELS][PLANS_DRAWN];
    bool there[PICTURE_PANELS][PLANS_DRAWN];
    double last[PICTURE_PANELS][PLANS_DRAWN]; /* mean of the last rung that there is */
    const struct outcome *outcome;
    double least; /* smaller mean differences of a whole part are not drawn */
    size_t rungs; /* up to the last that some history has */
    double low, high;
};

static const struct table *table_of(const struct sheet *sheet, size_t v) {
    const struct variant *variant = &sheet->results->variants[v];
    return sheet->ladder->difference ? &variant->differences : &variant->values;
}

/* The cell of a rung, NULL when the plan has no such series. */
static const struct cell *cell_of(const struct sheet *sheet, size_t v, const char *part,
                                  size_t rung) {
    const struct ladder *ladder = sheet->ladder;
    const struct table *table = table_of(sheet, v);
    char key[KEY_SIZE];
    if (ladder->metric != NULL) {
        (void)snprintf(key, sizeof key, "%s_%zu.%s", ladder->metric, rung, part);
    } else {
        (void)snprintf(key, sizeof key, "%s.%s", ladder->metrics[rung - 1], part);
    }
    int series = table_find(table, &sheet->results->variants[v].scenario->parameters, key);
    return series < 0 ? NULL : table_horizon(table, (size_t)series);
}

static const struct outcome *outcome_of(const struct ladder *ladder) {
    char name[NAME_SIZE];
    (void)snprintf(name, sizeof name, "%s_1", ladder->metric == NULL ? "" : ladder->metric);
    return &OUTCOMES[outcome_find(ladder->metric == NULL ? ladder->metrics[0] : name)];
}

/* Whether some history has a value there; of differences, one that can be seen. */
static bool says_something(const struct sheet *sheet, const struct cell *cell) {
    return cell != NULL && cell->moments.count > 0 &&
           (!sheet->ladder->difference || fabs(cell->moments.mean) > sheet->least);
}

static bool part_says_something(struct sheet *sheet, const char *part) {
    bool says = false;
    for (size_t v = sheet->first; v < sheet->first + sheet->plans; v++) {
        for (size_t rung = 1; rung <= sheet->ladder->count; rung++) {
            if (says_something(sheet, cell_of(sheet, v, part, rung))) {
                says = true;
                sheet->rungs = rung > sheet->rungs ? rung : sheet->rungs;
            }
        }
    }
    return says;
}

static void add_part(struct sheet *sheet, const char *part) {
    for (size_t p = 0; p < sheet->count; p++) {
        if (strcmp(sheet->parts[p], part) == 0) {
            return;
        }
    }
    if (sheet->count < PICTURE_PANELS && part_says_something(sheet, part)) {
        (void)snprintf(sheet->parts[sheet->count++], NAME_SIZE, "%s", part);
    }
}

static const char *part_name(const struct sheet *sheet, size_t v, size_t part) {
    const struct parameters *parameters = &sheet->results->variants[v].scenario->parameters;
    return sheet->ladder->roles ? parameters->roles[part].name : parameters->segments[part].name;
}

static size_t part_count_of(const struct sheet *sheet, size_t v) {
    const struct parameters *parameters = &sheet->results->variants[v].scenario->parameters;
    return sheet->ladder->roles ? parameters->role_count : parameters->segment_count;
}

/* The largest mean of all that could be drawn. */
static double largest(const struct sheet *sheet) {
    double most = 0.0;
    for (size_t v = sheet->first; v < sheet->first + sheet->plans; v++) {
        for (size_t i = 0; i < part_count_of(sheet, v); i++) {
            for (size_t rung = 1; rung <= sheet->ladder->count; rung++) {
                const struct cell *cell = cell_of(sheet, v, part_name(sheet, v, i), rung);
                most = cell == NULL ? most : fmax(most, fabs(format_mean(cell)));
            }
        }
    }
    return most;
}

static void add_parts(struct sheet *sheet) {
    sheet->least = PART_LEAST * largest(sheet);
    for (size_t v = sheet->first; v < sheet->first + sheet->plans; v++) {
        for (size_t i = 0; i < part_count_of(sheet, v); i++) {
            add_part(sheet, part_name(sheet, v, i));
        }
    }
}

/* The share of all who came in all histories, and the quantiles of the single histories. */
static bool write_share(struct picture *picture, size_t rung, const struct cell *cell,
                        struct error *error) {
    static const size_t SHOWN[] = {0, 2, 3, 4, 6}; /* p5 p25 p50 p75 p95 */
    struct cell_summary summary;
    if (!format_cell(cell, &summary, error)) {
        return false;
    }
    (void)fprintf(picture->data.stream, "%zu", rung);
    picture_number(picture, format_share(cell->there, cell->came));
    for (size_t q = 0; q < sizeof SHOWN / sizeof SHOWN[0]; q++) {
        picture_number(picture, summary.quantile[SHOWN[q]]);
    }
    (void)fputc('\n', picture->data.stream);
    return true;
}

static bool write_rung(struct picture *picture, const struct sheet *sheet, size_t rung,
                       const struct cell *cell, double *low, double *high, struct error *error) {
    if (sheet->ladder->look == LOOK_DECLINE) {
        return write_share(picture, rung, cell, error); /* of an axis from 0 to 1 */
    }
    return picture_row(picture, rung, cell, sheet->ladder->difference ? sheet->outcome : NULL, low,
                       high, error);
}

static bool write_block(struct picture *picture, struct sheet *sheet, size_t p, size_t k,
                        struct error *error) {
    const size_t v = sheet->first + k;
    struct text comment = {0};
    double low = sheet->low;
    double high = sheet->high;
    sheet->there[p][k] = cell_of(sheet, v, sheet->parts[p], 1) != NULL;
    if (!sheet->there[p][k]) {
        return true;
    }
    format_plan(&comment, sheet->results, v, 0);
    text_add(&comment, ", %s", sheet->parts[p]);
    sheet->block[p][k] = picture->blocks;
    picture_open_block(picture, text_bytes(&comment));
    text_free(&comment);
    if (sheet->ladder->look == LOOK_DECLINE) {
        (void)fputs("0 1 1 1 1 1 1\n", picture->data.stream);
    }
    for (size_t rung = 1; rung <= sheet->rungs; rung++) {
        const struct cell *cell = cell_of(sheet, v, sheet->parts[p], rung);
        if (cell == NULL || !write_rung(picture, sheet, rung, cell, &low, &high, error)) {
            return cell == NULL;
        }
        if (cell->moments.count > 0) {
            sheet->last[p][k] = sheet->ladder->look == LOOK_DECLINE
                                    ? format_share(cell->there, cell->came)
                                    : format_mean(cell);
        }
    }
    sheet->low = low;
    sheet->high = high;
    return true;
}

/* Bands and the mean of one plan. */
static void draw_run(struct picture *picture, const struct sheet *sheet, size_t p, double factor) {
    struct text *body = &picture->body;
    const size_t block = sheet->block[p][0];
    if (sheet->ladder->look == LOOK_DECLINE) {
        text_add(body,
                 "    plot data index %zu using 1:(%g*$3):(%g*$7) with filledcurves linestyle 1, "
                 "\\\n        '' index %zu using 1:(%g*$4):(%g*$6) with filledcurves linestyle 2, "
                 "\\\n        '' index %zu using 1:(%g*$2) with linespoints linestyle 3 pointtype "
                 "7 pointsize 0.7",
                 block, factor, factor, block, factor, factor, block, factor);
    } else {
        text_add(body,
                 "    plot data index %zu using 1:(%g*$5):($1-0.3):($1+0.3):(%g*$3):(%g*$7) with "
                 "boxxyerror linestyle 1, \\\n"
                 "        '' index %zu using 1:(%g*$5):($1-0.3):($1+0.3):(%g*$4):(%g*$6) with "
                 "boxxyerror linestyle 2, \\\n"
                 "        '' index %zu using ($1-0.3):(%g*$2):(0.6):(0) with vectors nohead "
                 "linestyle 3",
                 block, factor, factor, factor, block, factor, factor, factor, block, factor);
    }
}

/* A mark in its plan's shape and colour, with its 90 and 50 % as a thin and a thick bar. */
static void draw_marks(struct picture *picture, const struct sheet *sheet, size_t p,
                       double factor) {
    struct text *body = &picture->body;
    double step = 0.72 / (double)sheet->plans;
    for (size_t k = 0; k < sheet->plans; k++) {
        const size_t v = sheet->first + k;
        double beside = ((double)k - 0.5 * (double)(sheet->plans - 1)) * step;
        size_t block = sheet->block[p][k];
        if (!sheet->there[p][k]) {
            continue;
        }
        picture_mark(picture, block, beside, factor, 2, v);
    }
    text_add(body, "NaN"); /* ends the list, also an empty one */
}

static void draw_lines(struct picture *picture, const struct sheet *sheet, size_t p,
                       double factor) {
    struct text *body = &picture->body;
    for (size_t k = sheet->plans; k-- > 0;) {
        size_t block = sheet->block[p][k];
        if (sheet->there[p][k]) {
            text_add(body,
                     "data index %zu using 1:(%g*$3):(%g*$7) with filledcurves fillstyle "
                     "transparent solid 0.07 fillcolor rgb plan_colour[%zu], \\\n        ",
                     block, factor, factor, k + 1);
        }
    }
    for (size_t k = sheet->plans; k-- > 0;) {
        if (sheet->there[p][k]) {
            text_add(body, "data index %zu using 1:(%g*$2) with lines linestyle %zu, \\\n        ",
                     sheet->block[p][k], factor, 11 + k);
        }
    }
    text_add(body, "NaN");
}

static void label_ends(struct picture *picture, const struct sheet *sheet, size_t p,
                       const struct frame *frame, const struct axis *axis, double factor) {
    struct end_label labels[PLANS_DRAWN];
    size_t count = 0;
    for (size_t k = 0; k < sheet->plans; k++) {
        if (!sheet->there[p][k] || !isfinite(sheet->last[p][k])) {
            continue;
        }
        struct text name = {0};
        char value[WORDS_SIZE];
        if (sheet->plans == 1) {
            text_add(
                &name, "%s",
                words_value(value, picture->language, sheet->outcome->unit, sheet->last[p][k]));
        } else {
            format_plan(&name, sheet->results, sheet->first + k, NAME_SHOWN);
        }
        labels[count++] = (struct end_label){factor * sheet->last[p][k],
                                             picture_string(picture, text_bytes(&name), 0),
                                             sheet->plans == 1 ? 0 : k + 1};
        text_free(&name);
    }
    picture_end_labels(picture, frame, axis, labels, count);
}

/* Pixels beside a panel: lines end in names of plans, or in a number. */
static double right_of(const struct sheet *sheet) {
    bool names = sheet->ladder->look == LOOK_DECLINE && sheet->results->variant_count > 1;
    return names ? LAYOUT_NAMES : 60.0;
}

static void write_tics(struct picture *picture, const struct ladder *ladder) {
    if (ladder->metric != NULL) {
        text_add(&picture->body, "    set xtics %s\n", ladder->tics);
        return;
    }
    for (size_t rung = 0; rung < ladder->count; rung++) {
        text_add(&picture->body, "%s'%s' %zu", rung == 0 ? "    set xtics (" : ", ",
                 words_in(picture->language, ladder->rungs[rung]), rung + 1);
    }
    text_add(&picture->body, ")\n");
}

static void write_panel(struct picture *picture, const struct sheet *sheet, size_t p,
                        const struct frame *frame, const struct axis *axis, double factor) {
    const struct ladder *ladder = sheet->ladder;
    const bool decline = ladder->look == LOOK_DECLINE;
    struct axis own = *axis;
    own.label = p % layout_columns(sheet->count, right_of(sheet)) == 0 ? axis->label : "";
    bool bottom = p + layout_columns(sheet->count, right_of(sheet)) >= sheet->count;
    picture_panel(picture, frame, sheet->parts[p], &own,
                  bottom ? words_in(picture->language, ladder->x_label) : "", sheet->rungs, false);
    text_add(&picture->body, "    set xrange [%s:%g]\n", decline ? "0" : "0.4",
             (double)sheet->rungs + (decline ? 0.0 : 0.6));
    write_tics(picture, ladder);
    if (ladder->difference) {
        text_add(&picture->body, "    set ytics add ('0' 0)\n");
    }
    if (decline) {
        label_ends(picture, sheet, p, frame, axis, factor);
    }
    if (sheet->results->variant_count == 1) {
        draw_run(picture, sheet, p, factor);
    } else {
        text_add(&picture->body, "    plot ");
        (decline ? draw_lines : draw_marks)(picture, sheet, p, factor);
    }
    if (isfinite(ladder->line)) {
        text_add(&picture->body, ", \\\n        %.10g with lines linestyle 4",
                 factor * ladder->line);
    }
    text_add(&picture->body, "\n    unset label\n    set ytics autofreq\n");
}

static void write_key(struct picture *picture, const struct sheet *sheet) {
    struct text key = {0};
    if (sheet->results->variant_count == 1) {
        layout_bands(&key, picture->language);
        text_add(&key, ", NaN with lines linestyle 3 title '%s'",
                 words_in(picture->language,
                          sheet->ladder->look == LOOK_DECLINE ? WORD_SURVIVAL_LINE : WORD_MEAN));
    } else {
        text_add(&key, "NaN");
    }
    for (size_t k = 0; sheet->results->variant_count > 1 && k < sheet->plans; k++) {
        struct text name = {0};
        const size_t v = sheet->first + k;
        format_plan(&name, sheet->results, v, NAME_SHOWN);
        size_t string = picture_string(picture, text_bytes(&name), 0);
        text_free(&name);
        if (sheet->ladder->look == LOOK_DECLINE) {
            text_add(&key, ", NaN with lines linestyle %zu title s%zu", 11 + v, string);
        } else {
            text_add(&key,
                     ", NaN with points pointtype %d pointsize 1 linecolor rgb plan_colour[%zu] "
                     "title s%zu",
                     picture_shape(v), v + 1, string);
        }
    }
    layout_key(picture, text_bytes(&key));
    text_free(&key);
}

static bool begin(struct picture *picture, const struct folder *folder, const struct sheet *sheet,
                  const struct layout *layout, struct error *error) {
    const struct ladder *ladder = sheet->ladder;
    const bool run = sheet->results->variant_count == 1;
    const enum language language = folder->language;
    struct text title = {0};
    struct text subtitle = {0};
    struct text histories = {0};
    if (ladder->difference) {
        struct text baseline = {0};
        format_plan(&baseline, sheet->results, 0, 30);
        words_add(&title, language, ladder->title, WORDS(text_bytes(&baseline)));
        text_free(&baseline);
    } else {
        text_add(&title, "%s", words_in(language, run ? ladder->title : ladder->titles));
    }
    if (run) {
        layout_subtitle(&subtitle, sheet->results, layout->width);
    } else {
        text_add(&subtitle, "%s",
                 words_in(language,
                          ladder->look == LOOK_DECLINE ? WORD_SURVIVAL_LINES : WORD_MARKS_MEAN));
    }
    layout_plans(&histories, language, sheet->results, sheet->first + sheet->plans);
    const struct picture_text text = {text_bytes(&title),
                                      text_bytes(&subtitle),
                                      {text_bytes(&histories), words_in(language, ladder->caption)},
                                      ladder->look == LOOK_DECLINE ? SHARE_COLUMNS : NULL};
    bool fine =
        picture_begin(picture, folder, ladder->name, layout->width, layout->height, &text, error);
    text_free(&title);
    text_free(&subtitle);
    text_free(&histories);
    return fine;
}

bool ladder_write(const struct folder *folder, const struct results *results,
                  const struct ladder *ladder, struct error *error) {
    struct sheet sheet = {.ladder = ladder,
                          .results = results,
                          .first = ladder->difference ? 1 : 0,
                          .outcome = outcome_of(ladder),
                          .low = ladder->look == LOOK_DECLINE ? 0.0 : (double)INFINITY,
                          .high = ladder->look == LOOK_DECLINE ? 1.0 : -(double)INFINITY};
    struct picture picture;
    sheet.plans = results->variant_count - sheet.first;
    sheet.plans = sheet.plans < PLANS_DRAWN - sheet.first ? sheet.plans : PLANS_DRAWN - sheet.first;
    add_parts(&sheet);
    if (sheet.count == 0) {
        return true;
    }
    struct layout layout = layout_of(sheet.count, right_of(&sheet));
    if (!begin(&picture, folder, &sheet, &layout, error)) {
        return false;
    }
    for (size_t p = 0; p < sheet.count; p++) {
        for (size_t k = 0; k < sheet.plans; k++) {
            sheet.last[p][k] = (double)NAN;
            if (!write_block(&picture, &sheet, p, k, error)) {
                picture_discard(&picture);
                return false;
            }
        }
    }
    const struct shown shown =
        picture_shown(sheet.outcome->unit, sheet.low, sheet.high, ladder->difference);
    struct axis axis = layout_axis(sheet.low, sheet.high, !ladder->difference, ladder->line, &shown,
                                   words_in(folder->language, ladder->y_label));
    if (ladder->look == LOOK_DECLINE) {
        axis.high = shown.factor;
    }
    write_key(&picture, &sheet);
    for (size_t p = 0; p < sheet.count; p++) {
        struct frame frame = layout_frame(&layout, p);
        write_panel(&picture, &sheet, p, &frame, &axis, shown.factor);
    }
    return picture_finish(&picture, error);
}
