/* The page of one run. */
#include "report/page_parts.h"

#include "report/format.h"

#include <math.h>

static const char *const CARDS[] = {"profit",        "customer_equity", "revenue",
                                    "net_retention", "turnover",        "pay_ratio"};

/* An outcome over the whole horizon. */
struct figure {
    const char *unit;
    struct cell_summary cell;
    uint64_t histories; /* that have a value; 0: it is not told */
};

static bool find_figure(struct figure *figure, const struct variant *variant, const char *metric,
                        struct error *error) {
    const struct table *table = &variant->values;
    int series = table_find(table, &variant->scenario->parameters, metric);
    *figure = (struct figure){.unit = ""};
    if (series < 0) {
        return true;
    }
    const struct cell *horizon = table_horizon(table, (size_t)series);
    figure->unit = OUTCOMES[table->series[series].outcome].unit;
    figure->histories = horizon->moments.count;
    return format_cell(horizon, &figure->cell, error);
}

/* One sentence about a metric with its interval; nothing where it has no value. */
static bool add_sentence(struct text *answer, const struct page *page,
                         const struct variant *variant, const char *metric, enum word word,
                         struct error *error) {
    struct figure figure;
    if (!find_figure(&figure, variant, metric, error)) {
        return false;
    }
    if (figure.histories > 0) {
        char mean[PAGE_SIZE];
        struct text interval = {0};
        page_interval(&interval, page, figure.unit, &figure.cell, figure.histories, false);
        text_add(answer, "%s", answer->length > 0 ? " " : "");
        words_add(
            answer, page->language, word,
            WORDS(page_value(mean, page, figure.unit, figure.cell.mean), text_bytes(&interval)));
        text_free(&interval);
    }
    return true;
}

static bool add_profit(struct text *answer, const struct page *page, const struct variant *variant,
                       struct error *error) {
    struct figure figure;
    if (!find_figure(&figure, variant, "profit", error)) {
        return false;
    }
    if (figure.histories > 0) {
        char years[FORMAT_SIZE];
        char mean[PAGE_SIZE];
        char low[PAGE_SIZE];
        char high[PAGE_SIZE];
        struct text interval = {0};
        page_interval(&interval, page, figure.unit, &figure.cell, figure.histories, false);
        words_add(answer, page->language,
                  variant->values.years == 1 ? WORD_ANSWER_PROFIT_1 : WORD_ANSWER_PROFIT,
                  WORDS(page_years(years, variant->values.years),
                        page_value(mean, page, figure.unit, figure.cell.mean),
                        text_bytes(&interval),
                        page_value(low, page, figure.unit, figure.cell.quantile[0]),
                        page_value(high, page, figure.unit,
                                   figure.cell.quantile[RESULT_PROBABILITIES - 1])));
        text_free(&interval);
    }
    return true;
}

static bool write_cards(struct page *page, const struct variant *variant, struct error *error) {
    page_markup(page, "<dl class=\"cards\">\n");
    for (size_t c = 0; c < sizeof CARDS / sizeof CARDS[0]; c++) {
        struct figure figure;
        if (!find_figure(&figure, variant, CARDS[c], error)) {
            return false;
        }
        if (figure.histories == 0) {
            continue;
        }
        char mean[PAGE_SIZE];
        char low[PAGE_SIZE];
        char high[PAGE_SIZE];
        struct text label = {0};
        struct text range = {0};
        struct text deviation = {0};
        page_label(&label, page->language, CARDS[c]);
        words_add(&range, page->language, WORD_CARD_RANGE,
                  WORDS(page_value(low, page, figure.unit, figure.cell.quantile[0]),
                        page_value(high, page, figure.unit,
                                   figure.cell.quantile[RESULT_PROBABILITIES - 1])));
        words_add(&deviation, page->language, WORD_CARD_ERROR,
                  WORDS(page_value(low, page, figure.unit, figure.cell.standard_error)));
        page_card(page, text_bytes(&label), page_value(mean, page, figure.unit, figure.cell.mean),
                  text_bytes(&range), text_bytes(&deviation));
        text_free(&label);
        text_free(&range);
        text_free(&deviation);
    }
    page_markup(page, "</dl>\n");
    return true;
}

static bool write_answer(struct page *page, const struct results *results, struct error *error) {
    const struct variant *variant = &results->variants[0];
    struct text answer = {0};
    bool good =
        add_profit(&answer, page, variant, error) &&
        add_sentence(&answer, page, variant, "turnover", WORD_ANSWER_TURNOVER, error) &&
        add_sentence(&answer, page, variant, "net_retention", WORD_ANSWER_RETENTION, error) &&
        add_sentence(&answer, page, variant, "pay_ratio", WORD_ANSWER_PAY_RATIO, error);
    page_section(page, "answer", WORD_PAGE_ANSWER);
    page_markup(page, "<p class=\"lead\">");
    page_text(page, text_bytes(&answer));
    page_markup(page, "</p>\n");
    text_free(&answer);
    page_interrupted(page, results);
    good = good && write_cards(page, variant, error);
    page_section_end(page);
    return good;
}

static bool write_rest(struct page *page, const struct results *results, struct error *error) {
    const struct scenario *scenario = results->variants[0].scenario;
    if (!page_plans(page, results, error)) {
        return false;
    }
    page_pictures(page);
    page_section(page, "numbers", WORD_PAGE_NUMBERS);
    if (!page_tables(page, results, error)) {
        return false;
    }
    page_section_end(page);
    page_section(page, "assumptions", WORD_PAGE_ASSUMPTIONS);
    if (!page_assumptions(page, scenario, error)) {
        return false;
    }
    page_section_end(page);
    page_section(page, "limits", WORD_PAGE_LIMITS);
    page_limits(page, &scenario, 1, results->replications);
    page_section_end(page);
    return true;
}

bool page_write_run(const struct folder *folder, const struct page_origin *origin,
                    const struct results *results, struct error *error) {
    struct page page;
    const struct parameters *parameters = &results->variants[0].scenario->parameters;
    struct text names = {0};
    struct text histories = {0};
    struct text end = {0};
    bool asked = parameters->question[0] != '\0';
    words_add(&names, folder->language, WORD_PAGE_SCENARIO, WORDS(parameters->name));
    const struct page_head head = {
        .kind = WORD_PAGE_RUN,
        .question = asked ? parameters->question : parameters->name,
        .names = asked ? text_bytes(&names) : NULL,
        .plans = true,
    };
    bool good = page_begin(&page, folder, &head, error);
    text_free(&names);
    if (!good) {
        return false;
    }
    page_histories(&histories, &page, results);
    words_add(&end, page.language, WORD_PAGE_ORIGIN_TEXT,
              WORDS(origin->version, origin->commit, text_bytes(&histories)));
    good = write_answer(&page, results, error) && write_rest(&page, results, error) &&
           page_finish(&page, text_bytes(&end), error);
    page_discard(&page);
    text_free(&histories);
    text_free(&end);
    return good;
}
