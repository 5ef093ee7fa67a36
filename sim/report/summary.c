#include "report/summary.h"

#include "engine/table.h"
#include "report/format.h"
#include "report/sparkline.h"

#include <math.h>
#include <string.h>

/* How many lines there are: what many plans differ by, what two plans or all of a run take. */
enum detail { DETAIL_FEW, DETAIL_SCREEN, DETAIL_ALL };

/* What a person wants to see first, from which detail on; `parts`: of all lines, for each role or
 * segment too. */
struct line {
    const char *metric;
    enum detail from;
    bool parts;
};

static const struct line LINES[] = {
    {"turnover", DETAIL_FEW, true},
    {"turnover_voluntary", DETAIL_ALL, false},
    {"revenue", DETAIL_FEW, true},
    {"net_retention", DETAIL_SCREEN, false},
    {"gross_retention", DETAIL_ALL, false},
    {"customers", DETAIL_SCREEN, false},
    {"share_at_quota", DETAIL_ALL, false},
    {"pay_cost", DETAIL_FEW, false},
    {"pay_ratio", DETAIL_ALL, false},
    {"profit", DETAIL_FEW, false},
    {"customer_equity", DETAIL_SCREEN, false},
};
enum { LINE_COUNT = sizeof LINES / sizeof LINES[0], PARTS_MOST = 4 };

/* Columns of the names: a comparison needs more for its numbers. */
enum { RUN_LABEL = 24, COMPARISON_LABEL = 20 };

/* Columns of the numbers. */
enum { VALUE = 9, DIFFERENCE = 10, MARGIN = 11, SHARE = 7 };

/* Columns of the years beside a number; so many years fill a screen anyway. */
enum { RUN_COLUMNS = 8, COMPARISON_COLUMNS = 6, YEARS_MOST = 128 };

/* Metric name, then the name of its part: what table_find knows. */
enum { KEY_SIZE = 2 * NAME_SIZE + 2, NAMES_KNOWN = 256 };

static void add_value(struct text *text, const char *unit, double value) {
    char buffer[FORMAT_SIZE];
    text_add_cell(text, format_value(buffer, unit, value), -VALUE);
}

/* The last line of every head: how many histories, and whether that is all of them. */
static void add_histories(struct text *text, const struct results *results, const char *kind) {
    char done[FORMAT_SIZE];
    char asked[FORMAT_SIZE];
    text_add(text, "%s %s%s of %zu year%s, seed %llu\n", format_count(done, results->replications),
             kind, results->replications == 1 ? "history" : "histories",
             results->variants[0].values.years, results->variants[0].values.years == 1 ? "" : "s",
             (unsigned long long)results->seed);
    if (results->interrupted) {
        text_add(text, "INTERRUPTED: these are the first %s of %s histories asked for\n", done,
                 format_count(asked, results->replications_asked));
    }
}

/* Calls `add` for every line of the summary that the table of the first variant has. */
struct lines {
    struct text *text;
    const struct results *results;
    size_t variant;
    enum detail detail;
    int label; /* columns */
    bool (*add)(const struct lines *lines, const char *key, const char *label, struct error *error);
};

static bool add_parts(const struct lines *lines, size_t outcome, struct error *error) {
    const struct parameters *parameters =
        &lines->results->variants[lines->variant].scenario->parameters;
    bool roles = outcome_by_role(&OUTCOMES[outcome]) && !outcome_by_segment(&OUTCOMES[outcome]);
    size_t count = roles ? parameters->role_count : parameters->segment_count;
    if (OUTCOMES[outcome].breakdown == OUTCOME_FIRM || count < 2) {
        return true;
    }
    for (size_t p = 0; p < count && p < PARTS_MOST; p++) {
        const char *name = roles ? parameters->roles[p].name : parameters->segments[p].name;
        char key[KEY_SIZE];
        (void)snprintf(key, sizeof key, "%s.%s", OUTCOMES[outcome].name, name);
        struct text label = {0};
        text_add(&label, "  ");
        format_clean(&label, name, (size_t)lines->label - 3);
        bool fine = lines->add(lines, key, text_bytes(&label), error);
        text_free(&label);
        if (!fine) {
            return false;
        }
    }
    return true;
}

static bool add_lines(const struct lines *lines, struct error *error) {
    for (size_t l = 0; l < LINE_COUNT; l++) {
        for (size_t o = 0; o < OUTCOME_COUNT; o++) {
            bool parts = LINES[l].parts && lines->detail == DETAIL_ALL;
            if (LINES[l].from <= lines->detail && strcmp(OUTCOMES[o].name, LINES[l].metric) == 0 &&
                (!lines->add(lines, LINES[l].metric, LINES[l].metric, error) ||
                 (parts && !add_parts(lines, o, error)))) {
                return false;
            }
        }
    }
    return true;
}

static bool add_metric(const struct lines *lines, const char *key, const char *label,
                       struct error *error) {
    (void)label;
    text_add(lines->text, "%s,", key);
    return !lines->text->failed ||
           error_add(error, ERROR_FAILURE, "not enough memory for the names of metrics");
}

bool summary_add_metrics(struct text *list, const struct scenario *scenario, struct error *error) {
    struct variant variant = {.scenario = scenario};
    const struct results results = {.variants = &variant, .variant_count = 1};
    const struct lines lines = {list, &results, 0, DETAIL_ALL, RUN_LABEL, add_metric};
    return add_lines(&lines, error);
}

/* The means of the years as small columns. Their height is at least four standard errors, as far as
 * two years may be apart by chance. */
static void add_years(struct text *text, const struct table *table, size_t series, size_t widest) {
    double values[YEARS_MOST];
    double noise = 0.0;
    size_t years = table->years < YEARS_MOST ? table->years : YEARS_MOST;
    for (size_t y = 0; y < years; y++) {
        const struct cell *year = table_year(table, series, y);
        values[y] = format_mean(year);
        noise = fmax(noise, moments_standard_error(&year->moments)); /* NaN loses */
    }
    sparkline_add(text, values, years, widest, 4.0 * noise);
}

static bool add_distribution(struct text *text, const char *unit, const struct cell *cell,
                             struct error *error) {
    struct cell_summary summary;
    if (!format_cell(cell, &summary, error)) {
        return false;
    }
    add_value(text, unit, summary.mean);
    add_value(text, unit, summary.quantile[0]);
    add_value(text, unit, summary.quantile[RESULT_PROBABILITIES - 1]);
    return true;
}

static bool add_run_line(const struct lines *lines, const char *key, const char *label,
                         struct error *error) {
    const struct variant *variant = &lines->results->variants[lines->variant];
    int series = table_find(&variant->values, &variant->scenario->parameters, key);
    if (series < 0) {
        return true;
    }
    const char *unit = OUTCOMES[variant->values.series[series].outcome].unit;
    text_add_cell(lines->text, label, lines->label);
    bool fine =
        add_distribution(lines->text, unit, table_horizon(&variant->values, (size_t)series), error);
    const struct table *table = &variant->values;
    if (fine && table->years > 1) {
        add_value(lines->text, unit, format_mean(table_year(table, (size_t)series, 0)));
        text_add(lines->text, " ");
        add_years(lines->text, table, (size_t)series, RUN_COLUMNS);
        add_value(lines->text, unit,
                  format_mean(table_year(table, (size_t)series, table->years - 1)));
    }
    text_add(lines->text, "\n");
    return fine;
}

bool summary_text_run(struct text *text, const struct results *results, struct error *error) {
    const struct variant *variant = &results->variants[0];
    size_t years = variant->values.years;
    format_clean(text, variant->scenario->parameters.name, 78);
    text_add(text, "\n");
    if (variant->scenario->parameters.question[0] != '\0') {
        format_clean(text, variant->scenario->parameters.question, 78);
        text_add(text, "\n");
    }
    add_histories(text, results, "");
    char last[16];
    int columns = (int)sparkline_width(years, RUN_COLUMNS);
    (void)snprintf(last, sizeof last, "year %zu", years);
    char whole[48];
    (void)snprintf(whole, sizeof whole, "------ whole %zu year%s ------", years,
                   years == 1 ? "" : "s");
    text_add_cell(text, "", RUN_LABEL);
    text_add_cell(text, whole, -27);
    if (years > 1) {
        text_add_cell(text, "mean of each year", -19 - columns);
    }
    text_add(text, "\n%*s     mean   90 %% of them", RUN_LABEL, "");
    if (years > 1) {
        text_add(text, "   %9s %*s%9s", "year 1", columns, "", last);
    }
    text_add(text, "\n");
    const struct lines lines = {text, results, 0, DETAIL_ALL, RUN_LABEL, add_run_line};
    if (!add_lines(&lines, error)) {
        return false;
    }
    text_add(text, "90 %% of them: 9 of 10 histories lie between (5th to 95th percentile)\n");
    return true;
}

/* In how many histories the plan is better, and in how many there is no difference: the rest, in
 * which it is worse, may be small. */
static void add_probability(struct text *text, const struct cell *difference,
                            const struct outcome *outcome) {
    char better[FORMAT_SIZE];
    char same[FORMAT_SIZE];
    char cell[3 * FORMAT_SIZE];
    (void)format_percent(better, format_probability_better(difference, outcome));
    (void)format_percent(same, format_share(difference->equal, difference->moments.count));
    if (outcome->direction == OUTCOME_NEUTRAL) {
        (void)snprintf(cell, sizeof cell, "higher %s", better);
        text_add_cell(text, cell, -2 * SHARE);
        return;
    }
    text_add_cell(text, better, -SHARE);
    text_add_cell(text, same, -SHARE);
}

/* "+1.2 pp ± 0.3 pp" */
static void add_difference(struct text *text, const char *unit, double mean, double error) {
    char number[FORMAT_DIFFERENCE_SIZE];
    char margin[FORMAT_DIFFERENCE_SIZE + 4];
    text_add_cell(text, format_difference_near(number, unit, mean, error, true), -DIFFERENCE);
    (void)format_difference_near(number, unit, error, error, false);
    (void)snprintf(margin, sizeof margin, "± %s", number);
    text_add_cell(text, margin, -MARGIN);
}

static bool add_comparison_line(const struct lines *lines, const char *key, const char *label,
                                struct error *error) {
    const struct variant *baseline = &lines->results->variants[0];
    const struct variant *plan = &lines->results->variants[lines->variant];
    int first = table_find(&baseline->values, &baseline->scenario->parameters, key);
    int second = table_find(&plan->values, &plan->scenario->parameters, key);
    int paired = table_find(&plan->differences, &plan->scenario->parameters, key);
    (void)error;
    if (second < 0) {
        return true;
    }
    const struct outcome *outcome = &OUTCOMES[plan->values.series[second].outcome];
    const struct cell *value = table_horizon(&plan->values, (size_t)second);
    struct text *text = lines->text;
    text_add_cell(text, label, lines->label);
    const struct cell *before = first < 0 ? NULL : table_horizon(&baseline->values, (size_t)first);
    add_value(text, outcome->unit, before == NULL ? (double)NAN : format_mean(before));
    add_value(text, outcome->unit, format_mean(value));
    if (paired >= 0) {
        const struct cell *difference = table_horizon(&plan->differences, (size_t)paired);
        double mean = format_mean(difference);
        add_difference(text, outcome->unit, mean, moments_standard_error(&difference->moments));
        add_probability(text, difference, outcome);
        text_add(text, " ");
        add_years(text, &plan->differences, (size_t)paired, COMPARISON_COLUMNS);
    }
    text_add(text, "\n");
    return true;
}

static void add_comparison_head(struct text *text) {
    text_add_cell(text, "", COMPARISON_LABEL);
    text_add_cell(text, "baseline", -VALUE);
    text_add_cell(text, "plan", -VALUE);
    text_add_cell(text, "differ.", -DIFFERENCE);
    text_add_cell(text, "± std.err", -MARGIN);
    text_add_cell(text, "better", -SHARE);
    text_add_cell(text, "same", -SHARE);
    text_add(text, " years\n");
}

bool summary_text_comparison(struct text *text, const struct results *results, bool all,
                             struct error *error) {
    enum detail detail = results->variant_count > 2 ? DETAIL_FEW : DETAIL_SCREEN;
    for (size_t v = 1; v < results->variant_count; v++) {
        text_add(text, "\n");
        format_plan(text, results, v, 30);
        text_add(text, " against the baseline ");
        format_plan(text, results, 0, 25);
        text_add(text, "\n");
        add_comparison_head(text);
        const struct lines lines = {
            text, results, v, all ? DETAIL_ALL : detail, COMPARISON_LABEL, add_comparison_line};
        if (!add_lines(&lines, error)) {
            return false;
        }
    }
    text_add(text,
             "Means of the whole horizon, pp: percentage points; both meet the same chance;\n"
             "better, same: share of histories; years: difference of each year%s\n",
             all ? "." : "; -v: all rows.");
    return true;
}

bool summary_text_verdict(struct text *text, const struct verdict *verdict, bool all,
                          struct error *error) {
    add_histories(text, verdict->results, "paired ");
    verdict_text(text, verdict);
    return summary_text_comparison(text, verdict->results, all, error);
}

const char *const SUMMARY_METRICS[] = {"turnover", "revenue", "net_retention",
                                       "pay_cost", "profit",  "customer_equity"};
const size_t SUMMARY_METRIC_COUNT = sizeof SUMMARY_METRICS / sizeof SUMMARY_METRICS[0];

/* What there is of an outcome whose name is right: all its series. */
static bool complain_part(const struct table *table, const struct parameters *parameters,
                          const char *metric, size_t outcome, struct error *error) {
    struct text allowed = {0};
    for (size_t s = 0; s < table->series_count; s++) {
        if (table->series[s].outcome == outcome) {
            text_add(&allowed, "%s", allowed.length == 0 ? "" : ", ");
            format_series(&allowed, &table->series[s], parameters);
        }
    }
    (void)error_add(error, ERROR_QUESTION, "--metrics: %s is not known; there is %s", metric,
                    text_bytes(&allowed));
    text_free(&allowed);
    return false;
}

static bool check_metric(const struct table *table, const struct parameters *parameters,
                         const char *metric, struct error *error) {
    size_t length = strcspn(metric, ".");
    char word[NAME_SIZE] = "";
    int nearest = -1;
    if (table_find(table, parameters, metric) >= 0) {
        return true;
    }
    if (length < sizeof word) {
        const char *names[NAMES_KNOWN];
        size_t count = OUTCOME_COUNT < NAMES_KNOWN ? OUTCOME_COUNT : NAMES_KNOWN;
        for (size_t n = 0; n < count; n++) {
            names[n] = OUTCOMES[n].name;
        }
        memcpy(word, metric, length);
        if (outcome_find(word) < OUTCOME_COUNT) {
            return complain_part(table, parameters, metric, outcome_find(word), error);
        }
        nearest = text_nearest(word, names, count);
    }
    return nearest < 0
               ? error_add(error, ERROR_QUESTION,
                           "--metrics: %s is not a metric; anreiz outcomes lists them", metric)
               : error_add(error, ERROR_QUESTION,
                           "--metrics: %s is not a metric (did you mean %s?)", metric,
                           OUTCOMES[nearest].name);
}

bool summary_check_metrics(const struct parameters *parameters, const char *const metrics[],
                           size_t metric_count, struct error *error) {
    struct table table;
    bool listed = table_list(&table, parameters, error);
    bool fine = listed;
    for (size_t m = 0; listed && m < metric_count; m++) {
        fine = check_metric(&table, parameters, metrics[m], error) && fine;
    }
    table_free(&table);
    return fine;
}

void summary_header(FILE *stream, const struct summary_columns *columns,
                    const char *const metrics[], size_t metric_count) {
    (void)fputs("scenario,seed,replications", stream);
    for (size_t c = 0; c < columns->count; c++) {
        (void)fputc(',', stream);
        format_csv(stream, columns->names[c]);
    }
    for (size_t m = 0; m < metric_count; m++) {
        (void)fprintf(stream, ",%s,%s_standard_error", metrics[m], metrics[m]);
    }
    (void)fputc('\n', stream);
}

bool summary_row(FILE *stream, const struct results *results, size_t variant,
                 const struct summary_columns *columns, const char *const metrics[],
                 size_t metric_count, struct error *error) {
    const struct variant *plan = &results->variants[variant];
    struct text name = {0};
    format_plan(&name, results, variant, 0);
    format_csv(stream, text_bytes(&name));
    text_free(&name);
    (void)fprintf(stream, ",%llu,%llu", (unsigned long long)results->seed,
                  (unsigned long long)results->replications);
    for (size_t c = 0; c < columns->count; c++) {
        (void)fputc(',', stream);
        format_csv(stream, columns->values[c]);
    }
    for (size_t m = 0; m < metric_count; m++) {
        struct cell_summary summary = {.mean = (double)NAN, .standard_error = (double)NAN};
        int series = table_find(&plan->values, &plan->scenario->parameters, metrics[m]);
        if (series >= 0 &&
            !format_cell(table_horizon(&plan->values, (size_t)series), &summary, error)) {
            return false;
        }
        format_csv_number(stream, summary.mean);
        format_csv_number(stream, summary.standard_error);
    }
    (void)fputc('\n', stream);
    return true;
}
