#include "report/plots_comparison.h"

#include "report/format.h"
#include "report/layout.h"
#include "report/picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    PLANS_DRAWN = 8,
    PLANS_IN_KEY = 4,
    NAME_SHOWN = 22,
    KEY_SIZE = 2 * NAME_SIZE + 2,
    TITLE_SIZE = 2 * NAME_SIZE,
    CANDIDATES_MOST = 64
};

/* Less of the working time than this is no activity of a role. */
static const double TIME_LEAST = 0.1;

/* A smaller difference in effort cannot be seen. */
static const double CHANGE_LEAST = 0.005;

static size_t plans_drawn(const struct results *results) {
    return results->variant_count < PLANS_DRAWN ? results->variant_count : PLANS_DRAWN;
}

/* An overlay: in every panel one series of all plans that have it. */
struct overlay {
    const char *name;
    const char *title;
    const char *y_label;
    size_t count;
    struct {
        char key[KEY_SIZE];
        char title[TITLE_SIZE];
    } panels[PICTURE_PANELS];
    bool from_zero;
    double line;
};

static void add_panel(struct overlay *overlay, const char *metric, const char *part,
                      const char *title) {
    char key[KEY_SIZE];
    (void)snprintf(key, sizeof key, "%s%s%s", metric, part == NULL ? "" : ".",
                   part == NULL ? "" : part);
    for (size_t p = 0; p < overlay->count; p++) {
        if (strcmp(overlay->panels[p].key, key) == 0) {
            return;
        }
    }
    if (overlay->count < PICTURE_PANELS) {
        memcpy(overlay->panels[overlay->count].key, key, sizeof key);
        (void)snprintf(overlay->panels[overlay->count].title, TITLE_SIZE, "%s", title);
        overlay->count++;
    }
}

static const struct outcome *outcome_of(const struct overlay *overlay, size_t panel) {
    const char *key = overlay->panels[panel].key;
    size_t length = strcspn(key, ".");
    for (size_t o = 0; o < OUTCOME_COUNT; o++) {
        if (strlen(OUTCOMES[o].name) == length && strncmp(OUTCOMES[o].name, key, length) == 0) {
            return &OUTCOMES[o];
        }
    }
    return &OUTCOMES[0]; /* no table has such a series either */
}

/* What one plan shows in one panel. */
struct trace {
    int series;   /* -1: the plan does not have it */
    size_t block; /* of the data */
    double last;  /* the line's value at the end */
};

static bool write_overlay_data(struct picture *picture, const struct overlay *overlay,
                               const struct results *results,
                               struct trace traces[PICTURE_PANELS][PLANS_DRAWN], double *low,
                               double *high, struct error *error) {
    for (size_t p = 0; p < overlay->count; p++) {
        for (size_t v = 0; v < plans_drawn(results); v++) {
            const struct variant *plan = &results->variants[v];
            struct trace *trace = &traces[p][v];
            struct cell_summary last;
            trace->series =
                table_find(&plan->values, &plan->scenario->parameters, overlay->panels[p].key);
            if (trace->series < 0) {
                continue;
            }
            struct text comment = {0};
            format_plan(&comment, results, v, 0);
            text_add(&comment, ", %s", overlay->panels[p].key);
            const struct cell *months = table_month(&plan->values, (size_t)trace->series, 0);
            trace->block = picture->blocks;
            bool fine = picture_block(picture, months, plan->values.months, NULL,
                                      text_bytes(&comment), low, high, error) &&
                        format_cell(&months[plan->values.months - 1], &last, error);
            text_free(&comment);
            if (!fine) {
                return false;
            }
            trace->last = picture_line(outcome_of(overlay, p)).column == 2
                              ? last.mean
                              : last.quantile[RESULT_PROBABILITIES / 2];
        }
    }
    return true;
}

/* Bands under all lines, the baseline's on top of the others. */
static void write_traces(struct picture *picture, const struct trace traces[PLANS_DRAWN],
                         size_t plans, double factor, int column, double line) {
    struct text *body = &picture->body;
    text_add(body, "    plot ");
    for (size_t v = plans; v-- > 0;) {
        if (traces[v].series >= 0) {
            text_add(body,
                     "data index %zu using 1:(%g*$3):(%g*$7) with filledcurves fillstyle "
                     "transparent solid 0.07 fillcolor rgb plan_colour[%zu], \\\n        ",
                     traces[v].block, factor, factor, v + 1);
        }
    }
    for (size_t v = plans; v-- > 0;) { /* the edges of the bands tell them apart */
        for (int edge = 3; traces[v].series >= 0 && edge <= 7; edge += 4) {
            text_add(body,
                     "data index %zu using 1:(%g*$%d) with lines linestyle %zu linewidth 0.8, "
                     "\\\n        ",
                     traces[v].block, factor, edge, 11 + v);
        }
    }
    if (isfinite(line)) {
        text_add(body, "%g with lines linestyle 4, \\\n        ", factor * line);
    }
    for (size_t v = plans; v-- > 0;) {
        if (traces[v].series >= 0) {
            text_add(body, "data index %zu using 1:(%g*$%d) with lines linestyle %zu, \\\n        ",
                     traces[v].block, factor, column, 11 + v);
        }
    }
    text_add(body, "NaN\n    unset label\n");
}

/* Of one value a plan: marks side by side, which end at its month. */
static void write_marks(struct picture *picture, const struct trace traces[PLANS_DRAWN],
                        size_t plans, double factor, int column, double line) {
    text_add(&picture->body, "    plot ");
    if (isfinite(line)) {
        text_add(&picture->body, "%g with lines linestyle 4, \\\n        ", factor * line);
    }
    for (size_t v = 0; v < plans; v++) {
        if (traces[v].series >= 0) {
            double beside = ((double)v + 0.5 - (double)plans) * PICTURE_ALONE_WIDTH;
            picture_mark(picture, traces[v].block, beside, factor, column, v);
        }
    }
    text_add(&picture->body, "NaN\n    unset label\n");
}

/* Whether a plan has one value in the first panel: a history too short for a line. */
static bool is_alone(const struct overlay *overlay, const struct results *results) {
    const struct variant *first = &results->variants[0];
    int series = table_find(&first->values, &first->scenario->parameters, overlay->panels[0].key);
    return series >= 0 &&
           picture_alone(table_month(&first->values, (size_t)series, 0), first->values.months);
}

/* The plans' names with their colours and dashes, as long as they fit into one line. */
static void write_key(struct picture *picture, const struct results *results, bool alone) {
    struct text key = {0};
    size_t plans = plans_drawn(results) <= PLANS_IN_KEY ? plans_drawn(results) : 0;
    text_add(&key, "NaN");
    for (size_t v = 0; v < plans; v++) {
        struct text name = {0};
        format_plan(&name, results, v, NAME_SHOWN);
        size_t string = picture_string(picture, text_bytes(&name), 0);
        if (alone) {
            text_add(&key,
                     ", NaN with points pointtype %d pointsize 1 linecolor rgb plan_colour[%zu] "
                     "title s%zu",
                     picture_shape(v), v + 1, string);
        } else {
            text_add(&key, ", NaN with lines linestyle %zu title s%zu", 11 + v, string);
        }
        text_free(&name);
    }
    layout_key(picture, text_bytes(&key));
    text_free(&key);
}

static void write_overlay_panel(struct picture *picture, const struct overlay *overlay, size_t p,
                                const struct results *results,
                                const struct trace traces[PLANS_DRAWN], const struct frame *frame,
                                const struct axis *axis, double factor) {
    struct end_label labels[PLANS_DRAWN];
    size_t count = 0;
    struct axis own = *axis;
    own.label = p % layout_columns(overlay->count, LAYOUT_NAMES) == 0 ? axis->label : "";
    bool bottom = p + layout_columns(overlay->count, LAYOUT_NAMES) >= overlay->count;
    picture_panel(picture, frame, overlay->panels[p].title, &own,
                  bottom ? words_in(picture->language, WORD_MONTH) : "",
                  results->variants[0].values.months, true);
    picture_changes(picture, results, 0, results->variants[0].values.months, true, true);
    for (size_t v = 0; v < plans_drawn(results); v++) {
        if (traces[v].series < 0 || !isfinite(traces[v].last)) {
            continue;
        }
        struct text name = {0};
        format_plan(&name, results, v, NAME_SHOWN);
        labels[count++] = (struct end_label){factor * traces[v].last,
                                             picture_string(picture, text_bytes(&name), 0), v + 1};
        text_free(&name);
    }
    picture_end_labels(picture, frame, axis, labels, count);
    (is_alone(overlay, results) ? write_marks : write_traces)(
        picture, traces, plans_drawn(results), factor, picture_line(outcome_of(overlay, p)).column,
        overlay->line);
}

static bool write_overlay(const struct folder *folder, const struct results *results,
                          const struct overlay *overlay, struct error *error) {
    const enum language language = folder->language;
    struct layout layout = layout_of(overlay->count, LAYOUT_NAMES);
    struct text histories = {0};
    struct picture picture;
    struct trace traces[PICTURE_PANELS][PLANS_DRAWN] = {{{0}}};
    layout_plans(&histories, language, results, plans_drawn(results));
    if (!overlay->from_zero) {
        text_add(&histories, " %s", words_in(language, WORD_AXIS_NOT_ZERO));
    }
    bool mean = picture_line(outcome_of(overlay, 0)).column == 2;
    bool alone = is_alone(overlay, results);
    const struct picture_text text = {
        overlay->title,
        words_in(language, alone  ? (mean ? WORD_MARKS_MEAN : WORD_MARKS_MEDIAN)
                           : mean ? WORD_LINES_MEAN
                                  : WORD_LINES_MEDIAN),
        {text_bytes(&histories),
         words_in(language, alone ? WORD_CHANCE_BARS : WORD_CHANCE_SHADING)},
        NULL};
    bool fine =
        picture_begin(&picture, folder, overlay->name, layout.width, layout.height, &text, error);
    text_free(&histories);
    if (!fine) {
        return false;
    }
    double low = overlay->from_zero ? 0.0 : (double)INFINITY;
    double high = -(double)INFINITY;
    if (!write_overlay_data(&picture, overlay, results, traces, &low, &high, error)) {
        picture_discard(&picture);
        return false;
    }
    const struct shown shown = picture_shown(outcome_of(overlay, 0)->unit, low, high, false);
    const struct axis axis =
        layout_axis(low, high, overlay->from_zero, overlay->line, &shown, overlay->y_label);
    write_key(&picture, results, alone);
    for (size_t p = 0; p < overlay->count; p++) {
        struct frame frame = layout_frame(&layout, p);
        write_overlay_panel(&picture, overlay, p, results, traces[p], &frame, &axis, shown.factor);
    }
    return picture_finish(&picture, error);
}

static const struct {
    const char *metric;
    enum word name;
} ACTIVITIES[] = {{"effort_acquire", WORD_ACTIVITY_ACQUIRE},
                  {"effort_develop", WORD_ACTIVITY_DEVELOP},
                  {"effort_care", WORD_ACTIVITY_CARE}};

/* How far the mean effort of the plans is from that of the first one, at most. */
static double change_of(const struct results *results, const char *key) {
    double most = 0.0;
    for (size_t v = 1; v < results->variant_count; v++) {
        const struct variant *plan = &results->variants[v];
        int series = table_find(&plan->differences, &plan->scenario->parameters, key);
        if (series >= 0) {
            double mean = format_mean(table_horizon(&plan->differences, (size_t)series));
            most = fmax(most, fabs(mean)); /* NaN loses */
        }
    }
    return most;
}

/* An activity on which a role spends time and for which plans make a difference. */
struct candidate {
    const struct role *role;
    size_t activity;
    double change;
};

static size_t list_candidates(const struct results *results,
                              struct candidate candidates[CANDIDATES_MOST]) {
    const struct parameters *parameters = &results->variants[0].scenario->parameters;
    size_t count = 0;
    for (size_t r = 0; r < parameters->role_count; r++) {
        const struct role *role = &parameters->roles[r];
        const double shares[] = {role->time.acquire, role->time.develop, role->time.care};
        for (size_t a = 0; a < sizeof ACTIVITIES / sizeof ACTIVITIES[0]; a++) {
            char key[KEY_SIZE];
            (void)snprintf(key, sizeof key, "%s.%s", ACTIVITIES[a].metric, role->name);
            struct candidate candidate = {role, a, change_of(results, key)};
            if (shares[a] >= TIME_LEAST && candidate.change >= CHANGE_LEAST &&
                count < CANDIDATES_MOST) {
                candidates[count++] = candidate;
            }
        }
    }
    return count;
}

/* Effort by role and activity where plans change it most. */
static bool write_activity(const struct folder *folder, const struct results *results,
                           struct error *error) {
    struct overlay activity = {.name = "activity",
                               .title = words_in(folder->language, WORD_ACTIVITY_PLANS_TITLE),
                               .y_label = words_in(folder->language, WORD_ACTIVITY_AXIS),
                               .line = 1.0};
    struct candidate candidates[CANDIDATES_MOST];
    size_t count = list_candidates(results, candidates);
    for (size_t c = 0; c < count; c++) {
        const struct candidate *candidate = &candidates[c];
        char title[TITLE_SIZE];
        size_t larger = 0;
        for (size_t other = 0; other < count; other++) {
            double change = candidates[other].change;
            larger += change > candidate->change || (change >= candidate->change && other < c);
        }
        if (larger < PICTURE_PANELS) {
            (void)snprintf(title, sizeof title, "%s: %s", candidate->role->name,
                           words_in(folder->language, ACTIVITIES[candidate->activity].name));
            add_panel(&activity, ACTIVITIES[candidate->activity].metric, candidate->role->name,
                      title);
        }
    }
    return activity.count == 0 || write_overlay(folder, results, &activity, error);
}

bool plots_write_overlays(const struct folder *folder, const struct results *results,
                          struct error *error) {
    const enum language language = folder->language;
    struct overlay turnover = {.name = "turnover",
                               .title = words_in(language, WORD_TURNOVER_PLANS_TITLE),
                               .y_label = words_in(language, WORD_TURNOVER_AXIS),
                               .from_zero = true,
                               .line = (double)NAN};
    struct overlay revenue = {.name = "revenue",
                              .title = words_in(language, WORD_REVENUE_PLANS_TITLE),
                              .y_label = words_in(language, WORD_REVENUE_AXIS),
                              .line = (double)NAN};
    struct overlay retention = {.name = "retention",
                                .title = words_in(language, WORD_RETENTION_PLANS_TITLE),
                                .y_label = words_in(language, WORD_RETENTION_AXIS),
                                .line = 1.0};
    add_panel(&turnover, "turnover_trailing", NULL, words_in(language, WORD_ALL_STAFF));
    for (size_t v = 0; v < results->variant_count; v++) {
        const struct parameters *parameters = &results->variants[v].scenario->parameters;
        for (size_t r = 0; r < parameters->role_count; r++) {
            add_panel(&turnover, "turnover_trailing", parameters->roles[r].name,
                      parameters->roles[r].name);
        }
    }
    if (turnover.count == 2) { /* one role is all staff */
        turnover.count = 1;
    }
    add_panel(&revenue, "revenue", NULL, "");
    add_panel(&retention, "net_retention_trailing", NULL,
              words_in(language, WORD_NET_RETENTION_PANEL));
    add_panel(&retention, "gross_retention_trailing", NULL,
              words_in(language, WORD_GROSS_RETENTION_PANEL));
    return write_overlay(folder, results, &turnover, error) &&
           write_overlay(folder, results, &revenue, error) &&
           write_overlay(folder, results, &retention, error) &&
           write_activity(folder, results, error);
}
