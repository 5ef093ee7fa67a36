/* The page of a comparison of plans. */
#include "report/page_parts.h"

#include "base/memory.h"
#include "report/format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const CARDS[] = {"npv",           "profit",   "customer_equity",
                                    "net_retention", "turnover", "pay_cost"};

static void plan_name(struct text *text, const struct results *results, size_t variant) {
    format_plan(text, results, variant, 60);
}

/* ---- the answer */

/* The plan whose cards are shown: the best, or the one that is compared with the first. */
static size_t shown_plan(const struct verdict *verdict) {
    size_t leader = verdict->decision->leader;
    return leader == 0 || leader >= verdict->results->variant_count ? 1 : leader;
}

static bool write_card(struct page *page, const struct results *results, size_t v,
                       const char *metric, struct error *error) {
    const struct variant *variant = &results->variants[v];
    const struct table *table = &variant->differences;
    int series = table_find(table, &variant->scenario->parameters, metric);
    struct cell_summary cell;
    if (series < 0) {
        return true;
    }
    const struct cell *horizon = table_horizon(table, (size_t)series);
    if (!format_cell(horizon, &cell, error)) {
        return false;
    }
    if (!isfinite(cell.mean)) {
        return true;
    }
    const struct outcome *outcome = &OUTCOMES[table->series[series].outcome];
    char mean[PAGE_SIZE];
    char share[PAGE_SIZE];
    char same[PAGE_SIZE];
    struct text label = {0};
    struct text interval = {0};
    struct text chance = {0};
    page_label(&label, page->language, metric);
    page_interval(&interval, page, outcome->unit, &cell, horizon->moments.count, true);
    words_add(
        &chance, page->language,
        outcome->direction == OUTCOME_NEUTRAL ? WORD_CARD_CHANCE_HIGHER
        : horizon->equal > 0                  ? WORD_CARD_CHANCE_SAME
                                              : WORD_CARD_CHANCE,
        WORDS(page_percent(share, page, format_probability_better(horizon, outcome)),
              page_percent(same, page, format_share(horizon->equal, horizon->moments.count))));
    page_card(page, text_bytes(&label),
              page_difference(mean, page, outcome->unit, cell.mean, cell.standard_error),
              text_bytes(&interval), text_bytes(&chance));
    text_free(&label);
    text_free(&interval);
    text_free(&chance);
    return true;
}

static bool write_answer(struct page *page, const struct verdict *verdict, struct error *error) {
    const struct results *results = verdict->results;
    size_t shown = shown_plan(verdict);
    struct text sentence = {0};
    struct text label = {0};
    struct text name = {0};
    struct text first = {0};
    bool good = true;
    page_label(&label, page->language, verdict->metric);
    verdict_sentence(&sentence, page->language, text_bytes(&label), verdict);
    plan_name(&name, results, shown);
    plan_name(&first, results, 0);
    page_section(page, "answer", WORD_PAGE_ANSWER);
    page_markup(page, "<p class=\"lead\">");
    page_text(page, text_bytes(&sentence));
    page_markup(page, "</p>\n");
    text_free(&sentence);
    verdict_pay(&sentence, page->language, verdict);
    if (sentence.length > 0) {
        page_markup(page, "<p class=\"alarm\">");
        page_text(page, text_bytes(&sentence));
        page_markup(page, "</p>\n");
    }
    page_interrupted(page, results);
    page_markup(page, "<h3>");
    page_words(page, WORD_CARD_AGAINST, WORDS(text_bytes(&name), text_bytes(&first)));
    page_markup(page, "</h3>\n<dl class=\"cards\">\n");
    for (size_t c = 0; good && c < sizeof CARDS / sizeof CARDS[0]; c++) {
        good = write_card(page, results, shown, CARDS[c], error);
    }
    page_markup(page, "</dl>\n");
    page_section_end(page);
    text_free(&sentence);
    text_free(&label);
    text_free(&name);
    text_free(&first);
    return good;
}

/* ---- tables */

static void write_rank(struct page *page, const struct decision_plan *plan) {
    char rank[2 * FORMAT_SIZE];
    if (plan->rank_low == plan->rank_high) {
        (void)snprintf(rank, sizeof rank, "%zu", plan->rank_low);
    } else {
        (void)snprintf(rank, sizeof rank, "%zu–%zu", plan->rank_low, plan->rank_high);
    }
    page_cell_number(page, (double)plan->rank, rank);
}

static void write_share(struct page *page, double share) {
    char shown[PAGE_SIZE];
    page_cell_number(page, share, page_percent(shown, page, share));
}

/* Two differences with what is between. */
static void write_range(struct page *page, const char *unit, double low, double high,
                        double error) {
    char first[PAGE_SIZE];
    char second[PAGE_SIZE];
    struct text range = {0};
    text_add(&range, "%s … %s", page_difference(first, page, unit, low, error),
             page_difference(second, page, unit, high, error));
    page_cell_number(page, low, text_bytes(&range));
    text_free(&range);
}

static void write_decision(struct page *page, const struct verdict *verdict, const size_t order[]) {
    const struct page_column columns[] = {
        {WORD_COLUMN_PLAN, NULL, true},          {WORD_COLUMN_RANK, NULL, false},
        {WORD_COLUMN_MEAN, NULL, false},         {WORD_COLUMN_AHEAD, NULL, false},
        {WORD_COLUMN_INTERVAL_ALL, NULL, false}, {WORD_COLUMN_IS_BEST, NULL, false},
        {WORD_COLUMN_BEST_IN, NULL, false},      {WORD_COLUMN_REGRET, NULL, false},
    };
    const char *unit = verdict->outcome->unit;
    struct text label = {0};
    struct text caption = {0};
    page_label(&label, page->language, verdict->metric);
    words_add(&caption, page->language, WORD_TABLE_DECISION, WORDS(text_bytes(&label)));
    page_table(page, text_bytes(&caption), columns, sizeof columns / sizeof columns[0]);
    text_free(&label);
    text_free(&caption);
    for (size_t r = 0; r < verdict->decision->plan_count; r++) {
        const struct decision_plan *plan = &verdict->decision->plans[order[r]];
        struct text name = {0};
        plan_name(&name, verdict->results, order[r]);
        page_row(page, plan->rank == 1);
        page_cell_head(page, text_bytes(&name));
        text_free(&name);
        write_rank(page, plan);
        page_cell_value(page, unit, plan->mean);
        page_cell_difference(page, unit, plan->advantage, verdict_error(plan));
        write_range(page, unit, plan->low, plan->high, verdict_error(plan));
        write_share(page, plan->probability_best);
        write_share(page, plan->share_best);
        page_cell_value(page, unit, plan->regret);
        page_row_end(page);
    }
    page_table_end(page);
}

static bool write_difference_row(struct page *page, const struct variant *variant,
                                 const char *metric, struct error *error) {
    const struct table *table = &variant->differences;
    int series = table_find(table, &variant->scenario->parameters, metric);
    struct cell_summary cell;
    if (series < 0) {
        return true;
    }
    const struct cell *horizon = table_horizon(table, (size_t)series);
    if (!format_cell(horizon, &cell, error)) {
        return false;
    }
    const struct outcome *outcome = &OUTCOMES[table->series[series].outcome];
    double half = page_half(cell.standard_error, horizon->moments.count);
    struct text label = {0};
    page_label(&label, page->language, metric);
    page_row(page, false);
    page_cell_head(page, text_bytes(&label));
    page_cell_difference(page, outcome->unit, cell.mean, cell.standard_error);
    write_range(page, outcome->unit, cell.mean - half, cell.mean + half, cell.standard_error);
    write_share(page, outcome->direction == OUTCOME_NEUTRAL
                          ? (double)NAN
                          : format_probability_better(horizon, outcome));
    write_share(page, format_share(horizon->equal, horizon->moments.count));
    page_row_end(page);
    text_free(&label);
    return true;
}

static bool write_differences(struct page *page, const struct results *results, size_t v,
                              struct error *error) {
    const struct page_column columns[] = {
        {WORD_COLUMN_OUTCOME, NULL, true},       {WORD_COLUMN_DIFFERENCE, NULL, false},
        {WORD_COLUMN_INTERVAL_OWN, NULL, false}, {WORD_COLUMN_BETTER, NULL, false},
        {WORD_COLUMN_SAME, NULL, false},
    };
    struct text name = {0};
    struct text first = {0};
    struct text caption = {0};
    bool good = true;
    plan_name(&name, results, v);
    plan_name(&first, results, 0);
    words_add(&caption, page->language, WORD_TABLE_DIFFERENCES,
              WORDS(text_bytes(&name), text_bytes(&first)));
    page_table(page, text_bytes(&caption), columns, sizeof columns / sizeof columns[0]);
    for (size_t m = 0; good && m < PAGE_METRIC_COUNT; m++) {
        good = write_difference_row(page, &results->variants[v], PAGE_METRICS[m], error);
    }
    page_table_end(page);
    text_free(&name);
    text_free(&first);
    text_free(&caption);
    return good;
}

/* ---- what else differs */

static void write_scenarios(struct page *page, const struct results *results) {
    struct text first = {0};
    plan_name(&first, results, 0);
    page_markup(page, "<h3>");
    page_words(page, WORD_TABLE_SCENARIOS, WORDS(text_bytes(&first)));
    page_markup(page, "</h3>\n<p class=\"note\">");
    page_word(page, WORD_SCENARIOS_NOTE);
    page_markup(page, "</p>\n<div class=\"plans\">\n");
    for (size_t v = 1; v < results->variant_count; v++) {
        struct text name = {0};
        plan_name(&name, results, v);
        page_markup(page, "<div class=\"plan\">\n<h4>");
        page_text(page, text_bytes(&name));
        page_markup(page, "</h4>\n<ul>\n");
        size_t count = page_differences(page, &results->variants[0].scenario->parameters,
                                        &results->variants[v].scenario->parameters);
        if (count == 0) {
            page_markup(page, "<li>");
            page_word(page, WORD_SCENARIOS_SAME);
            page_markup(page, "</li>\n");
        }
        page_markup(page, "</ul>\n</div>\n");
        text_free(&name);
    }
    page_markup(page, "</div>\n");
    text_free(&first);
}

/* ---- the page */

static bool write_numbers(struct page *page, const struct verdict *verdict, struct error *error) {
    size_t *order = memory_array(verdict->decision->plan_count, sizeof *order, "plans", error);
    bool good = order != NULL;
    if (good) {
        verdict_order(verdict->decision, order);
        page_section(page, "numbers", WORD_PAGE_NUMBERS);
        page_markup(page, "<p class=\"note sort-note\">");
        page_word(page, WORD_PAGE_SORT_NOTE);
        page_markup(page, "</p>\n");
        write_decision(page, verdict, order);
        for (size_t v = 1; good && v < verdict->results->variant_count; v++) {
            good = write_differences(page, verdict->results, v, error);
        }
        page_section_end(page);
    }
    free(order);
    return good;
}

static bool write_end(struct page *page, const struct results *results, struct error *error) {
    const struct scenario **scenarios =
        memory_array(results->variant_count, sizeof(const struct scenario *), "plans", error);
    struct text first = {0};
    if (scenarios == NULL) {
        return false;
    }
    for (size_t v = 0; v < results->variant_count; v++) {
        scenarios[v] = results->variants[v].scenario;
    }
    plan_name(&first, results, 0);
    page_section(page, "assumptions", WORD_PAGE_ASSUMPTIONS);
    write_scenarios(page, results);
    page_markup(page, "<h3>");
    page_words(page, WORD_ASSUMPTIONS_BASELINE, WORDS(text_bytes(&first)));
    page_markup(page, "</h3>\n");
    bool good = page_assumptions(page, scenarios[0], error);
    page_section_end(page);
    page_section(page, "limits", WORD_PAGE_LIMITS);
    page_limits(page, scenarios, results->variant_count, results->replications);
    page_section_end(page);
    text_free(&first);
    free(scenarios);
    return good;
}

/* "a against b and c" */
static void add_names(struct text *names, const struct folder *folder,
                      const struct results *results) {
    struct text others = {0};
    struct text first = {0};
    plan_name(&first, results, 0);
    for (size_t v = 1; v < results->variant_count; v++) {
        text_add(&others, "%s",
                 v == 1                            ? ""
                 : v + 1 == results->variant_count ? words_in(folder->language, WORD_PAGE_LIST_AND)
                                                   : ", ");
        plan_name(&others, results, v);
    }
    words_add(names, folder->language, WORD_PAGE_AGAINST,
              WORDS(text_bytes(&others), text_bytes(&first)));
    text_free(&others);
    text_free(&first);
}

static const char *question_of(const struct results *results, size_t variant) {
    return results->variants[variant].scenario->parameters.question;
}

/* The question that all plans behind the first ask, or that the first asks when they ask none; NULL
 * when they ask several. */
static const char *shared_question(const struct results *results) {
    const char *asked = "";
    for (size_t v = 1; v < results->variant_count; v++) {
        const char *own = question_of(results, v);
        if (*asked != '\0' && *own != '\0' && strcmp(asked, own) != 0) {
            return NULL;
        }
        asked = *own != '\0' ? own : asked;
    }
    asked = *asked != '\0' ? asked : question_of(results, 0);
    return *asked != '\0' ? asked : NULL;
}

/* What each plan asks, where the title cannot say it. */
static void write_questions(struct page *page, const struct results *results) {
    if (shared_question(results) != NULL) {
        return;
    }
    for (size_t v = 0; v < results->variant_count; v++) {
        if (*question_of(results, v) != '\0') {
            struct text name = {0};
            plan_name(&name, results, v);
            page_markup(page, "<p class=\"note question\">");
            page_text(page, text_bytes(&name));
            page_markup(page, " · ");
            page_text(page, question_of(results, v));
            page_markup(page, "</p>\n");
            text_free(&name);
        }
    }
}

bool page_write_comparison(const struct folder *folder, const struct page_origin *origin,
                           const struct verdict *verdict, struct error *error) {
    struct page page;
    const struct results *results = verdict->results;
    struct text label = {0};
    struct text question = {0};
    struct text names = {0};
    struct text histories = {0};
    struct text end = {0};
    page_label(&label, folder->language, verdict->metric);
    words_add(&question, folder->language, WORD_PAGE_QUESTION_COMPARE, WORDS(text_bytes(&label)));
    add_names(&names, folder, results);
    const char *shared = shared_question(results);
    if (shared != NULL) { /* the metric's question goes into the line below */
        text_add(&names, " · %s", text_bytes(&question));
    }
    const struct page_head head = {.kind = WORD_PAGE_COMPARISON,
                                   .question = shared != NULL ? shared : text_bytes(&question),
                                   .names = text_bytes(&names),
                                   .plans = true};
    bool good = page_begin(&page, folder, &head, error);
    if (good) {
        page_histories(&histories, &page, results);
        words_add(&end, page.language, WORD_PAGE_ORIGIN_COMPARISON,
                  WORDS(origin->version, origin->commit, text_bytes(&histories)));
        write_questions(&page, results);
        good = write_answer(&page, verdict, error) && page_plans(&page, results, error);
        if (good) {
            page_pictures(&page);
        }
        good = good && write_numbers(&page, verdict, error) && write_end(&page, results, error) &&
               page_finish(&page, text_bytes(&end), error);
        page_discard(&page);
    }
    text_free(&label);
    text_free(&question);
    text_free(&names);
    text_free(&histories);
    text_free(&end);
    return good;
}
