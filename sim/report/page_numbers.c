/* The numbers of a run: the whole firm, its roles and segments, year by year. */
#include "report/page_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *metric;
    enum word label;
} LABELS[] = {
    {"npv", WORD_LABEL_NPV},
    {"profit", WORD_LABEL_PROFIT},
    {"revenue", WORD_LABEL_REVENUE},
    {"new_revenue", WORD_LABEL_NEW_REVENUE},
    {"expansion_revenue", WORD_LABEL_EXPANSION_REVENUE},
    {"customer_equity", WORD_LABEL_CUSTOMER_EQUITY},
    {"customers", WORD_LABEL_CUSTOMERS},
    {"net_retention", WORD_LABEL_NET_RETENTION},
    {"gross_retention", WORD_LABEL_GROSS_RETENTION},
    {"logo_retention", WORD_LABEL_LOGO_RETENTION},
    {"wallet_share", WORD_LABEL_WALLET_SHARE},
    {"nps", WORD_LABEL_NPS},
    {"headcount", WORD_LABEL_HEADCOUNT},
    {"turnover", WORD_LABEL_TURNOVER},
    {"turnover_voluntary", WORD_LABEL_TURNOVER_VOLUNTARY},
    {"vacancy_months", WORD_LABEL_VACANCY_MONTHS},
    {"tenure", WORD_LABEL_TENURE},
    {"attainment", WORD_LABEL_ATTAINMENT},
    {"share_at_quota", WORD_LABEL_SHARE_AT_QUOTA},
    {"pay_per_head", WORD_LABEL_PAY_PER_HEAD},
    {"pay_cost", WORD_LABEL_PAY_COST},
    {"pay_ratio", WORD_LABEL_PAY_RATIO},
    {"ltip_outstanding", WORD_LABEL_OUTSTANDING},
    {"margin", WORD_LABEL_MARGIN},
    {"discounts", WORD_LABEL_DISCOUNTS},
};

const char *const PAGE_METRICS[] = {
    "npv",
    "profit",
    "revenue",
    "new_revenue",
    "margin",
    "customer_equity",
    "customers",
    "net_retention",
    "gross_retention",
    "logo_retention",
    "wallet_share",
    "nps",
    "headcount",
    "turnover",
    "turnover_voluntary",
    "vacancy_months",
    "attainment",
    "share_at_quota",
    "pay_per_head",
    "pay_cost",
    "pay_ratio",
    "ltip_outstanding",
    "discounts",
};
const size_t PAGE_METRIC_COUNT = sizeof PAGE_METRICS / sizeof PAGE_METRICS[0];

static const char *const ROLE_METRICS[] = {"headcount",   "turnover",       "tenure",
                                           "attainment",  "share_at_quota", "pay_per_head",
                                           "new_revenue", "customers",      "net_retention"};
static const char *const SEGMENT_METRICS[] = {"customers",       "revenue",        "net_retention",
                                              "gross_retention", "logo_retention", "wallet_share",
                                              "customer_equity"};
static const char *const YEAR_METRICS[] = {"profit",   "revenue",       "customer_equity",
                                           "turnover", "net_retention", "pay_ratio"};

void page_label(struct text *text, enum language language, const char *metric) {
    size_t length = strcspn(metric, ".");
    char name[NAME_SIZE];
    (void)snprintf(name, sizeof name, "%.*s", (int)length, metric);
    const char *label = name;
    for (size_t l = 0; l < sizeof LABELS / sizeof LABELS[0]; l++) {
        if (strcmp(LABELS[l].metric, name) == 0) {
            label = words_in(language, LABELS[l].label);
        }
    }
    if (metric[length] == '\0') {
        text_add(text, "%s", label);
    } else {
        words_add(text, language, WORD_LABEL_OF, WORDS(label, metric + length + 1));
    }
}

static const char *unit_of(const struct table *table, int series) {
    return OUTCOMES[table->series[series].outcome].unit;
}

static bool write_horizon_row(struct page *page, const struct variant *variant, const char *metric,
                              struct error *error) {
    struct cell_summary cell;
    const struct table *table = &variant->values;
    int series = table_find(table, &variant->scenario->parameters, metric);
    if (series < 0) {
        return true;
    }
    if (!format_cell(table_horizon(table, (size_t)series), &cell, error)) {
        return false;
    }
    const char *unit = unit_of(table, series);
    struct text label = {0};
    page_label(&label, page->language, metric);
    page_row(page, false);
    page_cell_head(page, text_bytes(&label));
    text_free(&label);
    page_cell_value(page, unit, cell.mean);
    page_cell_value(page, unit, cell.standard_error);
    page_cell_value(page, unit, cell.quantile[0]);
    page_cell_value(page, unit, cell.quantile[RESULT_PROBABILITIES / 2]);
    page_cell_value(page, unit, cell.quantile[RESULT_PROBABILITIES - 1]);
    page_row_end(page);
    return true;
}

static void caption_of(struct text *text, const struct page *page, enum word word, size_t years) {
    char number[FORMAT_SIZE];
    words_add(text, page->language, word, WORDS(page_years(number, years)));
}

static bool write_horizon(struct page *page, const struct variant *variant, struct error *error) {
    static const struct page_column COLUMNS[] = {
        {WORD_COLUMN_OUTCOME, NULL, true}, {WORD_COLUMN_MEAN, NULL, false},
        {WORD_COLUMN_ERROR, NULL, false},  {WORD_COLUMN_P5, NULL, false},
        {WORD_COLUMN_P50, NULL, false},    {WORD_COLUMN_P95, NULL, false},
    };
    struct text caption = {0};
    bool good = true;
    caption_of(&caption, page, WORD_TABLE_HORIZON, variant->values.years);
    page_table(page, text_bytes(&caption), COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0]);
    text_free(&caption);
    for (size_t m = 0; good && m < PAGE_METRIC_COUNT; m++) {
        good = write_horizon_row(page, variant, PAGE_METRICS[m], error);
    }
    page_table_end(page);
    return good;
}

enum { COLUMNS_MOST = 10 }; /* with the name */

_Static_assert(sizeof ROLE_METRICS / sizeof ROLE_METRICS[0] < COLUMNS_MOST, "columns of roles");
_Static_assert(sizeof SEGMENT_METRICS / sizeof SEGMENT_METRICS[0] < COLUMNS_MOST,
               "columns of segments");

/* Means of metrics of the parts of a firm: a row a part, a column a metric. */
struct breakdown {
    enum word caption;
    const char *const *metrics;
    size_t metric_count;
    const char *names[64];
    size_t name_count;
};

static void begin_breakdown(struct page *page, const struct breakdown *breakdown, size_t years) {
    struct page_column columns[COLUMNS_MOST] = {{WORD_COLUMN_WHO, NULL, true}};
    struct text labels[COLUMNS_MOST] = {{0}};
    struct text caption = {0};
    for (size_t m = 0; m < breakdown->metric_count; m++) {
        page_label(&labels[m], page->language, breakdown->metrics[m]);
        columns[m + 1] = (struct page_column){.name = text_bytes(&labels[m])};
    }
    caption_of(&caption, page, breakdown->caption, years);
    page_table(page, text_bytes(&caption), columns, breakdown->metric_count + 1);
    text_free(&caption);
    for (size_t m = 0; m < breakdown->metric_count; m++) {
        text_free(&labels[m]);
    }
}

static void write_breakdown(struct page *page, const struct variant *variant,
                            const struct breakdown *breakdown) {
    const struct table *table = &variant->values;
    begin_breakdown(page, breakdown, table->years);
    for (size_t n = 0; n < breakdown->name_count; n++) {
        page_row(page, false);
        page_cell_head(page, breakdown->names[n]);
        for (size_t m = 0; m < breakdown->metric_count; m++) {
            char key[2 * NAME_SIZE + 2];
            (void)snprintf(key, sizeof key, "%s.%s", breakdown->metrics[m], breakdown->names[n]);
            int series = table_find(table, &variant->scenario->parameters, key);
            double mean =
                series < 0 ? (double)NAN : format_mean(table_horizon(table, (size_t)series));
            page_cell_value(page, series < 0 ? "" : unit_of(table, series), mean);
        }
        page_row_end(page);
    }
    page_table_end(page);
}

static void write_years(struct page *page, const struct variant *variant) {
    const struct table *table = &variant->values;
    enum { METRICS = sizeof YEAR_METRICS / sizeof YEAR_METRICS[0] };
    struct page_column columns[METRICS + 1] = {{WORD_COLUMN_YEAR, NULL, true}};
    struct text labels[METRICS] = {{0}};
    for (size_t m = 0; m < METRICS; m++) {
        page_label(&labels[m], page->language, YEAR_METRICS[m]);
        columns[m + 1] = (struct page_column){.name = text_bytes(&labels[m])};
    }
    page_table(page, words_in(page->language, WORD_TABLE_YEARS), columns, METRICS + 1);
    for (size_t y = 0; y < table->years; y++) {
        char year[FORMAT_SIZE];
        page_row(page, false);
        page_cell_head(page, page_years(year, y + 1));
        for (size_t m = 0; m < METRICS; m++) {
            int series = table_find(table, &variant->scenario->parameters, YEAR_METRICS[m]);
            double mean =
                series < 0 ? (double)NAN : format_mean(table_year(table, (size_t)series, y));
            page_cell_value(page, series < 0 ? "" : unit_of(table, series), mean);
        }
        page_row_end(page);
    }
    page_table_end(page);
    for (size_t m = 0; m < METRICS; m++) {
        text_free(&labels[m]);
    }
}

bool page_tables(struct page *page, const struct results *results, struct error *error) {
    const struct variant *variant = &results->variants[0];
    const struct parameters *parameters = &variant->scenario->parameters;
    struct breakdown roles = {.caption = WORD_TABLE_ROLES,
                              .metrics = ROLE_METRICS,
                              .metric_count = sizeof ROLE_METRICS / sizeof ROLE_METRICS[0]};
    struct breakdown segments = {.caption = WORD_TABLE_SEGMENTS,
                                 .metrics = SEGMENT_METRICS,
                                 .metric_count =
                                     sizeof SEGMENT_METRICS / sizeof SEGMENT_METRICS[0]};
    for (size_t r = 0; r < parameters->role_count && r < 64; r++) {
        roles.names[roles.name_count++] = parameters->roles[r].name;
    }
    for (size_t s = 0; s < parameters->segment_count && s < 64; s++) {
        segments.names[segments.name_count++] = parameters->segments[s].name;
    }
    page_markup(page, "<p class=\"note sort-note\">");
    page_word(page, WORD_PAGE_SORT_NOTE);
    page_markup(page, "</p>\n");
    if (!write_horizon(page, variant, error)) {
        return false;
    }
    write_breakdown(page, variant, &roles);
    write_breakdown(page, variant, &segments);
    if (variant->values.years > 1) {
        write_years(page, variant);
    }
    return true;
}
