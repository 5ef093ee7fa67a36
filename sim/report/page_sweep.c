/* The page of a sweep. */
#include "report/page_parts.h"

#include "report/format.h"
#include "report/sweep_picture.h"
#include "report/sweep_text.h"

#include <math.h>
#include <string.h>

enum { COLUMNS_MOST = 24, METRICS_SHOWN = 5, AXES_SHOWN = 6, POINTS_SHOWN = 1000 };

/* "roles.kam.headcount = 12, firm.wacc = 0.05" */
static void add_setting(struct text *text, const struct page *page, const struct sweep *sweep,
                        size_t point) {
    if (point < sweep->as_it_stands) {
        text_add(text, "%s", words_in(page->language, WORD_SWEEP_AS_IT_STANDS));
        return;
    }
    for (size_t a = 0; a < sweep->design->axis_count; a++) {
        text_add(text, "%s", a == 0 ? "" : ", ");
        words_add(
            text, page->language, WORD_SWEEP_ANSWER_SETTING,
            WORDS(text_bytes(&sweep->design->paths[a]), design_value(sweep->design, point, a)));
    }
}

/* The best point of a plan by its mean, the lowest and the highest mean. */
struct extent {
    size_t best; /* SIZE_MAX: none has a value */
    double low, high;
};

static struct extent find_extent(const struct sweep *sweep, const struct sweep_results *results,
                                 size_t plan, size_t metric) {
    struct extent extent = {SIZE_MAX, (double)INFINITY, -(double)INFINITY};
    bool lower = sweep_outcome(sweep, metric)->direction == OUTCOME_LOWER_IS_BETTER;
    for (size_t p = 0; p < results->point_count; p++) {
        double mean =
            results->done[p] ? sweep_cell(results, p, plan, metric)->values.mean : (double)NAN;
        if (!isfinite(mean)) {
            continue;
        }
        if (extent.best == SIZE_MAX || (lower ? mean < extent.low : mean > extent.high)) {
            extent.best = p;
        }
        extent.low = fmin(extent.low, mean);
        extent.high = fmax(extent.high, mean);
    }
    return extent;
}

static void add_best(struct text *answer, const struct page *page, const struct sweep *sweep,
                     const struct sweep_results *results) {
    size_t plan = sweep->plan_count - 1;
    const struct outcome *outcome = sweep_outcome(sweep, 0);
    const struct extent extent = find_extent(sweep, results, plan, 0);
    if (extent.best == SIZE_MAX) {
        return;
    }
    const struct cell_summary *best = &sweep_cell(results, extent.best, plan, 0)->values;
    struct text setting = {0};
    struct text label = {0};
    struct text interval = {0};
    char mean[PAGE_SIZE];
    char low[PAGE_SIZE];
    char high[PAGE_SIZE];
    char count[WORDS_SIZE];
    add_setting(&setting, page, sweep, extent.best);
    page_label(&label, page->language, sweep->metrics[0]);
    page_interval(&interval, page, outcome->unit, best, sweep->replications, false);
    words_add(answer, page->language,
              outcome->direction == OUTCOME_LOWER_IS_BETTER ? WORD_SWEEP_ANSWER_BEST_LOW
                                                            : WORD_SWEEP_ANSWER_BEST_HIGH,
              WORDS(text_bytes(&label), text_bytes(&setting),
                    page_value(mean, page, outcome->unit, best->mean), text_bytes(&interval)));
    text_add(answer, " ");
    words_add(answer, page->language, WORD_SWEEP_ANSWER_RANGE,
              WORDS(words_count(count, page->language, results->done_count),
                    page_value(low, page, outcome->unit, extent.low),
                    page_value(high, page, outcome->unit, extent.high)));
    text_free(&setting);
    text_free(&label);
    text_free(&interval);
}

/* With two plans: where the second is better than the first beyond chance. */
static void add_ahead(struct text *answer, const struct page *page, const struct sweep *sweep,
                      const struct sweep_results *results, size_t metric) {
    const struct outcome *outcome = sweep_outcome(sweep, metric);
    double sign = outcome->direction == OUTCOME_LOWER_IS_BETTER ? -1.0 : 1.0;
    size_t better = 0;
    size_t worse = 0;
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    for (size_t p = 0; p < results->point_count; p++) {
        const struct cell_summary *cell = &sweep_cell(results, p, 1, metric)->difference;
        /* what chance alone makes in one of twenty cases does not count */
        double half = page_half(cell->standard_error, sweep->replications);
        better += results->done[p] && sign * cell->mean > half;
        worse += results->done[p] && -sign * cell->mean > half;
        low = results->done[p] ? fmin(low, cell->mean) : low; /* NaN loses */
        high = results->done[p] ? fmax(high, cell->mean) : high;
    }
    char lowest[PAGE_SIZE];
    char highest[PAGE_SIZE];
    char counts[3][WORDS_SIZE];
    struct text label = {0};
    page_label(&label, page->language, sweep->metrics[metric]);
    text_add(answer, "%s", answer->length > 0 ? " " : "");
    words_add(answer, page->language, WORD_SWEEP_ANSWER_AHEAD,
              WORDS(text_bytes(&label), sweep->scenarios[1]->parameters.name,
                    sweep->scenarios[0]->parameters.name,
                    words_count(counts[0], page->language, better),
                    words_count(counts[1], page->language, results->done_count),
                    words_count(counts[2], page->language, worse),
                    page_difference(lowest, page, outcome->unit, low, (double)NAN),
                    page_difference(highest, page, outcome->unit, high, (double)NAN)));
    text_free(&label);
}

/* Where the plans are even: a line each. */
static void write_crossings(struct page *page, const struct sweep *sweep,
                            const struct sweep_results *results) {
    for (size_t m = 0; m < sweep->metric_count && m < METRICS_SHOWN; m++) {
        struct text label = {0};
        struct text lines = {0};
        page_label(&label, page->language, sweep->metrics[m]);
        sweep_text_crossings(&lines, page->language, sweep, results, m, text_bytes(&label));
        for (const char *at = text_bytes(&lines); *at != '\0'; at += strcspn(at, "\n") + 1) {
            struct text line = {0};
            text_add(&line, "%.*s", (int)strcspn(at, "\n"), at);
            page_markup(page, "<p class=\"even\">");
            page_text(page, text_bytes(&line));
            page_markup(page, "</p>\n");
            text_free(&line);
        }
        text_free(&label);
        text_free(&lines);
    }
}

static void write_answer(struct page *page, const struct sweep *sweep,
                         const struct sweep_results *results) {
    struct text answer = {0};
    page_section(page, "answer", WORD_PAGE_ANSWER);
    if (sweep->plan_count > 1) {
        for (size_t m = 0; m < sweep->metric_count && m < 3; m++) {
            if (sweep_outcome(sweep, m)->direction != OUTCOME_NEUTRAL) {
                add_ahead(&answer, page, sweep, results, m);
            }
        }
    } else {
        add_best(&answer, page, sweep, results);
    }
    page_markup(page, "<p class=\"lead\">");
    page_text(page, text_bytes(&answer));
    page_markup(page, "</p>\n");
    text_free(&answer);
    write_crossings(page, sweep, results);
    if (results->interrupted) {
        char done[WORDS_SIZE];
        char asked[WORDS_SIZE];
        page_paragraph(page, "alarm", WORD_LIMIT_SWEEP_CUT,
                       WORDS(words_count(done, page->language, results->done_count),
                             words_count(asked, page->language, results->point_count)));
    }
    page_section_end(page);
}

/* ---- the table of all points */

struct columns {
    struct page_column column[COLUMNS_MOST];
    struct text names[COLUMNS_MOST];
    size_t count;
};

static void add_column(struct columns *columns, const char *name, bool words) {
    if (columns->count < COLUMNS_MOST) {
        text_add(&columns->names[columns->count], "%s", name);
        columns->column[columns->count] = (struct page_column){
            .name = text_bytes(&columns->names[columns->count]), .words = words};
        columns->count++;
    }
}

static size_t axes_shown(const struct sweep *sweep) {
    return sweep->design->axis_count < AXES_SHOWN ? sweep->design->axis_count : AXES_SHOWN;
}

static size_t metrics_shown(const struct sweep *sweep) {
    return sweep->metric_count < METRICS_SHOWN ? sweep->metric_count : METRICS_SHOWN;
}

static bool is_compared(const struct sweep *sweep) {
    return sweep->plan_count > 1 || sweep->baseline < sweep->design->point_count;
}

/* Mean and standard error of every metric, and the difference where something is compared. */
static void make_columns(struct columns *columns, const struct page *page,
                         const struct sweep *sweep) {
    add_column(columns, words_in(page->language, WORD_COLUMN_POINT), false);
    for (size_t a = 0; a < axes_shown(sweep); a++) {
        struct text name = {0};
        sweep_picture_name(&name, sweep, a);
        add_column(columns, text_bytes(&name), !sweep_picture_numeric(sweep, a));
        text_free(&name);
    }
    for (size_t m = 0; m < metrics_shown(sweep); m++) {
        static const enum word HEADS[] = {WORD_SWEEP_OTHER_ERROR, WORD_SWEEP_OTHER_LESS};
        struct text label = {0};
        page_label(&label, page->language, sweep->metrics[m]);
        add_column(columns, text_bytes(&label), false);
        for (size_t h = 0; h < (is_compared(sweep) ? 2U : 1U); h++) {
            struct text name = {0};
            words_add(&name, page->language, HEADS[h], WORDS(text_bytes(&label)));
            add_column(columns, text_bytes(&name), false);
            text_free(&name);
        }
        text_free(&label);
    }
}

static void write_point(struct page *page, const struct sweep *sweep,
                        const struct sweep_results *results, size_t point) {
    char label[FORMAT_SIZE];
    size_t plan = sweep->plan_count - 1;
    page_row(page, point < sweep->as_it_stands);
    (void)snprintf(label, sizeof label, "%zu", sweep_label(sweep, point));
    page_cell_number(page, (double)sweep_label(sweep, point), label);
    for (size_t a = 0; a < axes_shown(sweep); a++) {
        double number = (double)NAN;
        bool stands = point < sweep->as_it_stands;
        const char *value = stands ? "–" : design_value(sweep->design, point, a);
        char shown[WORDS_SIZE];
        if (stands || design_number(sweep->design, point, a, &number)) {
            page_cell_number(page, number, words_number(shown, page->language, value));
        } else {
            page_cell_code(page, value);
        }
    }
    for (size_t m = 0; m < metrics_shown(sweep); m++) {
        const struct sweep_cell *cell = sweep_cell(results, point, plan, m);
        const char *unit = sweep_outcome(sweep, m)->unit;
        page_cell_value(page, unit, cell->values.mean);
        page_cell_value(page, unit, cell->values.standard_error);
        if (is_compared(sweep)) {
            page_cell_difference(page, unit, cell->difference.mean,
                                 cell->difference.standard_error);
        }
    }
    page_row_end(page);
}

static void write_numbers(struct page *page, const struct sweep *sweep,
                          const struct sweep_results *results) {
    struct columns columns = {.count = 0};
    size_t shown = 0;
    page_section(page, "numbers", WORD_PAGE_NUMBERS);
    page_markup(page, "<p class=\"note sort-note\">");
    page_word(page, WORD_PAGE_SORT_NOTE);
    page_markup(page, "</p>\n");
    make_columns(&columns, page, sweep);
    page_table(page, words_in(page->language, WORD_TABLE_POINTS), columns.column, columns.count);
    for (size_t p = 0; p < results->point_count && shown < POINTS_SHOWN; p++) {
        if (results->done[p]) {
            write_point(page, sweep, results, p);
            shown++;
        }
    }
    page_table_end(page);
    if (shown < results->done_count) {
        char count[WORDS_SIZE];
        page_paragraph(page, "note", WORD_SWEEP_MORE_POINTS,
                       WORDS(words_count(count, page->language, results->done_count - shown)));
    }
    page_section_end(page);
    for (size_t c = 0; c < columns.count; c++) {
        text_free(&columns.names[c]);
    }
}

/* ---- the page */

static void add_question(struct text *question, enum language language, const struct sweep *sweep) {
    struct text axes = {0};
    for (size_t a = 0; a < sweep->design->axis_count && a < 3; a++) {
        text_add(&axes, "%s",
                 a == 0 ? ""
                 : a + 1 == sweep->design->axis_count || a == 2
                     ? words_in(language, WORD_PAGE_LIST_AND)
                     : ", ");
        sweep_picture_name(&axes, sweep, a);
    }
    words_add(question, language, WORD_PAGE_QUESTION_SWEEP, WORDS(text_bytes(&axes)));
    text_free(&axes);
}

static void add_names(struct text *names, enum language language, const struct sweep *sweep) {
    if (sweep->plan_count > 1) {
        words_add(
            names, language, WORD_PAGE_AGAINST,
            WORDS(sweep->scenarios[1]->parameters.name, sweep->scenarios[0]->parameters.name));
    } else {
        words_add(names, language, WORD_PAGE_SCENARIO, WORDS(sweep->scenarios[0]->parameters.name));
    }
    if (sweep->plan_count == 1 && *sweep->scenarios[0]->parameters.question != '\0') {
        text_add(names, " · %s", sweep->scenarios[0]->parameters.question);
    }
}

static bool write_page(struct page *page, const struct page_origin *origin,
                       const struct sweep *sweep, const struct sweep_results *results,
                       struct error *error) {
    char points[WORDS_SIZE];
    char histories[WORDS_SIZE];
    char seed[FORMAT_SIZE];
    struct text end = {0};
    struct text told = {0};
    write_answer(page, sweep, results);
    page_pictures(page);
    write_numbers(page, sweep, results);
    page_section(page, "assumptions", WORD_PAGE_ASSUMPTIONS);
    if (!page_assumptions(page, sweep->scenarios[0], error)) {
        return false;
    }
    page_section_end(page);
    page_section(page, "limits", WORD_PAGE_LIMITS);
    page_limits(page, sweep->scenarios, sweep->plan_count, sweep->replications);
    page_section_end(page);
    (void)snprintf(seed, sizeof seed, "%llu", (unsigned long long)sweep->seed);
    words_add(
        &told, page->language,
        sweep->replications == 1 ? WORD_SWEEP_POINTS_HISTORY : WORD_SWEEP_POINTS,
        WORDS(words_count(points, page->language, sweep->design->point_count - sweep->as_it_stands),
              words_count(histories, page->language, sweep->replications), seed));
    words_add(&end, page->language, WORD_PAGE_ORIGIN_SWEEP,
              WORDS(origin->version, origin->commit, text_bytes(&told)));
    bool good = page_finish(page, text_bytes(&end), error);
    text_free(&told);
    text_free(&end);
    return good;
}

bool page_write_sweep(const struct folder *folder, const struct page_origin *origin,
                      const struct sweep *sweep, const struct sweep_results *results,
                      struct error *error) {
    struct page page;
    struct text question = {0};
    struct text names = {0};
    add_question(&question, folder->language, sweep);
    add_names(&names, folder->language, sweep);
    const struct page_head head = {
        .kind = WORD_PAGE_SWEEP, .question = text_bytes(&question), .names = text_bytes(&names)};
    bool good = page_begin(&page, folder, &head, error);
    text_free(&question);
    text_free(&names);
    good = good && write_page(&page, origin, sweep, results, error);
    page_discard(&page);
    return good;
}
