#include "engine/decision.h"
#include "report/format.h"
#include "report/plots.h"
#include "report/summary.h"
#include "report/tables.h"
#include "report_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>

static size_t count_of(const char *text, char byte) {
    size_t count = 0;
    for (const char *at = text; *at != '\0'; at++) {
        count += *at == byte;
    }
    return count;
}

/* The fields of the line that starts with `start`; NULL when there is none. */
static const char *find_line(const char *text, const char *start) {
    size_t length = strlen(start);
    for (const char *at = text; at != NULL && *at != '\0';) {
        if (strncmp(at, start, length) == 0) {
            return at;
        }
        at = strchr(at, '\n');
        at = at == NULL ? NULL : at + 1;
    }
    return NULL;
}

static double field(const char *line, int number) {
    for (int f = 0; f < number; f++) {
        line = strchr(line, ',') + 1;
    }
    return *line == ',' || *line == '\n' ? (double)NAN : strtod(line, NULL);
}

static void tables_hold_every_number_exactly(void) {
    static const char *const NAMES[] = {"base"};
    static struct fixture fixture;
    char path[64];
    struct folder folder;
    struct error error = {0};
    struct cell_summary summary;
    fixture_make(&fixture, NAMES, 1, 2, 9);
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, false, &error));
    CU_ASSERT_TRUE(tables_write_monthly(&folder, &fixture.results, 0, &error));
    CU_ASSERT_TRUE(tables_write_annual(&folder, &fixture.results, 0, &error));
    char *monthly = fixture_read(path, "monthly.csv");
    char *annual = fixture_read(path, "annual.csv");
    CU_ASSERT_EQUAL(find_line(monthly, "metric,role,segment,month,unit,mean,standard_error,p5,p10,"
                                       "p25,p50,p75,p90,p95\n"),
                    monthly);
    CU_ASSERT_EQUAL(find_line(annual, "metric,role,segment,year,unit,mean,standard_error,p5,p10,"
                                      "p25,p50,p75,p90,p95\n"),
                    annual);
    const struct table *table = &fixture.variants[0].values;
    size_t monthly_series = 0;
    for (size_t s = 0; s < table->series_count; s++) {
        monthly_series += !OUTCOMES[table->series[s].outcome].yearly;
    }
    CU_ASSERT_EQUAL(count_of(monthly, '\n'), 1 + monthly_series * 24);
    CU_ASSERT_EQUAL(count_of(annual, '\n'), 1 + table->series_count * 2);
    int series = table_find(table, &fixture.scenarios[0].parameters, "revenue.key");
    CU_ASSERT_TRUE_FATAL(series >= 0);
    CU_ASSERT_TRUE_FATAL(cell_summarise(table_month(table, (size_t)series, 6), &summary, &error));
    const char *line = find_line(monthly, "revenue,all,key,7,currency,");
    CU_ASSERT_PTR_NOT_NULL_FATAL(line);
    CU_ASSERT_EQUAL(field(line, 5), summary.mean);
    CU_ASSERT_EQUAL(field(line, 6), summary.standard_error);
    for (int q = 0; q < RESULT_PROBABILITIES; q++) {
        CU_ASSERT_EQUAL(field(line, 7 + q), summary.quantile[q]);
    }
    line = find_line(monthly, "turnover_trailing,kam,all,1,share a year,,,,,,,,,\n");
    CU_ASSERT_PTR_NOT_NULL(line); /* nothing is known before twelve months */
    CU_ASSERT_PTR_NOT_NULL(find_line(annual, "customer_equity,all,standard,2,currency,"));
    series = table_find(table, &fixture.scenarios[0].parameters, "pay.kam.cycle");
    CU_ASSERT_TRUE_FATAL(series >= 0);
    CU_ASSERT_TRUE_FATAL(cell_summarise(table_year(table, (size_t)series, 1), &summary, &error));
    line = find_line(annual, "pay.cycle,kam,all,2,currency,");
    CU_ASSERT_PTR_NOT_NULL_FATAL(line);
    CU_ASSERT_EQUAL(field(line, 5), summary.mean);
    CU_ASSERT_PTR_NOT_NULL(find_line(annual, "conversion.offer,all,key,2,share,"));
    CU_ASSERT_PTR_NULL(find_line(annual, "lti_granted.bonus,"));
    free(monthly);
    free(annual);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

/* Replaces what the fixture put into the horizon of one series. */
static void set_horizon(struct table *table, const struct parameters *parameters, const char *name,
                        const double values[], size_t count, bool difference) {
    int series = table_find(table, parameters, name);
    CU_ASSERT_TRUE_FATAL(series >= 0);
    struct cell *cell = &table->cells[((size_t)series + 1) * table_periods(table) - 1];
    quantiles_free(&cell->quantiles);
    *cell = (struct cell){0};
    for (size_t v = 0; v < count; v++) {
        fixture_cell(cell, values[v], difference);
    }
}

/* var(d) = 1, var(a) = 5/3, var(b) = 2/3: pairing removes 1 - 1/(7/3) = 4/7 of the variance. */
static void comparisons_are_paired(void) {
    static const char *const NAMES[] = {"base", "plan"};
    static const double A[] = {1.0, 2.0, 3.0, 4.0};
    static const double B[] = {2.0, 3.0, 4.0, 3.0};
    static const double D[] = {1.0, 1.0, 1.0, -1.0};
    static const char *const METRICS[] = {"turnover", "revenue"};
    static const double BETTER[] = {0.25, 0.75};
    static struct fixture fixture;
    char path[64];
    struct folder folder;
    struct error error = {0};
    fixture_make(&fixture, NAMES, 2, 1, 4);
    fixture_folder(path);
    const struct parameters *parameters = &fixture.scenarios[0].parameters;
    for (size_t m = 0; m < 2; m++) {
        set_horizon(&fixture.variants[0].values, parameters, METRICS[m], A, 4, false);
        set_horizon(&fixture.variants[1].values, parameters, METRICS[m], B, 4, false);
        set_horizon(&fixture.variants[1].differences, parameters, METRICS[m], D, 4, true);
    }
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, false, &error));
    CU_ASSERT_TRUE(tables_write_comparison(&folder, &fixture.results, &error));
    char *table = fixture_read(path, "comparison.csv");
    for (size_t m = 0; m < 2; m++) {
        char start[64];
        (void)snprintf(start, sizeof start, "%s,all,all,horizon,", METRICS[m]);
        const char *line = find_line(table, start);
        CU_ASSERT_PTR_NOT_NULL_FATAL(line);
        CU_ASSERT_DOUBLE_EQUAL(field(line, 7), 2.5, 1e-15);
        CU_ASSERT_DOUBLE_EQUAL(field(line, 8), 3.0, 1e-15);
        CU_ASSERT_DOUBLE_EQUAL(field(line, 9), 0.5, 1e-15);
        CU_ASSERT_DOUBLE_EQUAL(field(line, 10), 0.5, 1e-15); /* sqrt(1 / 4) */
        CU_ASSERT_EQUAL(field(line, 18), BETTER[m]);
        CU_ASSERT_EQUAL(field(line, 19), 0.0);
        CU_ASSERT_DOUBLE_EQUAL(field(line, 20), 4.0 / 7.0, 1e-14);
    }
    CU_ASSERT_PTR_NOT_NULL(find_line(table, "revenue,all,key,month-12,currency,base,plan,"));
    CU_ASSERT_PTR_NOT_NULL(find_line(table, "npv,all,all,year-1,currency,base,plan,"));
    CU_ASSERT_PTR_NULL(find_line(table, "npv,all,all,month-1,"));
    free(table);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void replications_have_a_row_each(void) {
    static const char *const NAMES[] = {"base"};
    static struct fixture fixture;
    char path[64];
    struct folder folder;
    struct error error = {0};
    struct replications_table rows;
    fixture_make(&fixture, NAMES, 1, 1, 2);
    fixture_folder(path);
    const struct table *shape = &fixture.variants[0].values;
    const struct scenario *const scenarios[] = {&fixture.scenarios[0]};
    size_t periods = table_periods(shape);
    double *values = calloc(shape->series_count * periods, sizeof *values);
    CU_ASSERT_PTR_NOT_NULL_FATAL(values);
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, false, &error));
    CU_ASSERT_TRUE_FATAL(replications_begin(&rows, &folder, scenarios, 1, &error));
    for (uint64_t r = 0; r < 2; r++) {
        for (size_t v = 0; v < shape->series_count * periods; v++) {
            values[v] = 0.1 * (double)v + (double)r;
        }
        values[periods - 1] = r == 0 ? (double)NAN : 0.3;
        CU_ASSERT_TRUE(replications_row(&rows, 0, r, shape, values, &error));
    }
    CU_ASSERT_FALSE(fixture_exists(path, "replications.csv"));
    CU_ASSERT_TRUE(replications_finish(&rows, &fixture.results, &error));
    replications_free(&rows);
    char *table = fixture_read(path, "replications.csv");
    CU_ASSERT_EQUAL(find_line(table, "replication,turnover,turnover.sales,turnover.kam,"), table);
    CU_ASSERT_EQUAL(count_of(table, '\n'), 3);
    CU_ASSERT_EQUAL(count_of(table, ','), 3 * shape->series_count);
    const char *first = find_line(table, "1,,");
    CU_ASSERT_PTR_NOT_NULL_FATAL(first);
    CU_ASSERT_EQUAL(field(first, 2), 0.1 * (double)(2 * periods - 1));
    const char *second = find_line(table, "2,0.3,");
    CU_ASSERT_PTR_NOT_NULL_FATAL(second);
    CU_ASSERT_EQUAL(field(second, (int)shape->series_count),
                    0.1 * (double)(shape->series_count * periods - 1) + 1.0);
    free(table);
    free(values);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

/* A checker of JSON (RFC 8259) that moves over one value, or returns NULL. */
static const char *json_space(const char *at) { return at + strspn(at, " \t\r\n"); }

static const char *json_text(const char *at) {
    for (at++; *at != '"'; at++) {
        if ((unsigned char)*at < 0x20 || (*at == '\\' && strchr("\"\\/bfnrt", *++at) == NULL)) {
            return NULL;
        }
    }
    return at + 1;
}

static const char *json_value(const char *at, int depth) {
    char close = *at == '{' ? '}' : ']';
    bool object = *at == '{';
    if (depth > 20) {
        return NULL;
    }
    if (*at == '"') {
        return json_text(at);
    }
    if (strncmp(at, "true", 4) == 0 || strncmp(at, "null", 4) == 0) {
        return at + 4;
    }
    if (strncmp(at, "false", 5) == 0) {
        return at + 5;
    }
    if (*at == '-' || (*at >= '0' && *at <= '9')) {
        return at + strspn(at, "+-0123456789.eE");
    }
    if (*at != '{' && *at != '[') {
        return NULL;
    }
    at = json_space(at + 1);
    while (*at != close) {
        if (object) {
            at = *at == '"' ? json_text(at) : NULL;
            at = at == NULL ? NULL : json_space(at);
            if (at == NULL || *at != ':') {
                return NULL;
            }
            at = json_space(at + 1);
        }
        at = json_value(at, depth + 1);
        at = at == NULL ? NULL : json_space(at);
        if (at == NULL || (*at != ',' && *at != close)) {
            return NULL;
        }
        if (*at == ',') {
            at = json_space(at + 1);
            if (*at == close) {
                return NULL; /* a comma without a value behind it */
            }
        }
    }
    return at + 1;
}

static void json_is_valid_whatever_the_names(void) {
    static const char *const NAMES[] = {"a \"b\" \\ \n\x01 \xFF c", "a \"b\" \\ \n\x01 \xFF c"};
    static struct fixture fixture;
    char path[64];
    struct folder folder;
    struct error error = {0};
    fixture_make(&fixture, NAMES, 2, 1, 3);
    fixture_folder(path);
    fixture.results.interrupted = true;
    fixture.results.replications_asked = 100;
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, false, &error));
    CU_ASSERT_TRUE(summary_write_json(&folder, &fixture.results, &error));
    char *json = fixture_read(path, "summary.json");
    const char *end = json_value(json, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(end);
    CU_ASSERT_STRING_EQUAL(json_space(end), "");
    CU_ASSERT_PTR_NOT_NULL(strstr(json, "\"interrupted\": true"));
    CU_ASSERT_PTR_NOT_NULL(strstr(json, "\"replications\": 3"));
    CU_ASSERT_PTR_NOT_NULL(strstr(json, "\"replications_asked\": 100"));
    CU_ASSERT_PTR_NOT_NULL(strstr(json, "a \\\"b\\\" \\\\    ? c (2)"));
    CU_ASSERT_PTR_NULL(strstr(json, "nan"));
    free(json);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static size_t widest_line(const char *text) {
    size_t widest = 0;
    size_t width = 0;
    for (const char *at = text; *at != '\0'; at++) {
        width = *at == '\n' ? 0 : width + (((unsigned char)*at & 0xC0U) != 0x80U);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void texts_fit_the_screen(void) {
    static const char *const NAMES[] = {
        "a name that is as long as a name of a scenario can ever be here",
        "another name that is as long as a name of a scenario can ever"};
    static struct fixture fixture;
    struct error error = {0};
    struct text run = {0};
    struct text comparison = {0};
    struct text short_text = {0};
    fixture_make(&fixture, NAMES, 2, 2, 3);
    CU_ASSERT_TRUE(summary_text_run(&run, &fixture.results, &error));
    CU_ASSERT_TRUE(summary_text_comparison(&comparison, &fixture.results, true, &error));
    CU_ASSERT_TRUE(summary_text_comparison(&short_text, &fixture.results, false, &error));
    CU_ASSERT_PTR_NULL(strstr(text_bytes(&run), "INTERRUPTED"));
    CU_ASSERT_TRUE(widest_line(text_bytes(&run)) <= 80);
    CU_ASSERT_TRUE(widest_line(text_bytes(&comparison)) <= 80);
    CU_ASSERT_TRUE(count_of(text_bytes(&run), '\n') <= 24);
    CU_ASSERT_TRUE(count_of(text_bytes(&comparison), '\n') <= 24);
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&comparison), "\n  kam "));
    CU_ASSERT_PTR_NULL(strstr(text_bytes(&short_text), "\n  kam "));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&short_text), "\nnet_retention "));
    CU_ASSERT_TRUE(widest_line(text_bytes(&short_text)) <= 80);
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&run), "\n  kam "));
    text_free(&run);
    fixture.results.interrupted = true;
    fixture.results.replications_asked = 1000;
    CU_ASSERT_TRUE(summary_text_run(&run, &fixture.results, &error));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text_bytes(&run), "INTERRUPTED: these are the first 3 of 1,000 histories"));
    CU_ASSERT_TRUE(count_of(text_bytes(&run), '\n') <= 24);
    text_free(&run);
    text_free(&comparison);
    text_free(&short_text);
    fixture_free(&fixture);
}

/* What it takes to see the answer: it comes first, and two plans fill no more than a screen. */
static void a_comparison_begins_with_its_answer_and_ends_with_the_screen(void) {
    static const char *const NAMES[] = {"base", "plan", "third"};
    static struct fixture fixture;
    struct decision decision = {0};
    struct decision_tally tally;
    struct error error = {0};
    struct text text = {0};
    for (size_t plans = 2; plans <= 3; plans++) {
        CU_ASSERT_TRUE_FATAL(decision_tally_init(&tally, plans, false, &error));
        for (int h = 0; h < 40; h++) {
            const double values[] = {1e6 + h, 5e6 + (h % 2), 2e6 - h};
            decision_tally_add(&tally, values);
        }
        CU_ASSERT_TRUE_FATAL(decision_make(&decision, &tally, 1, &error));
        fixture_make(&fixture, NAMES, plans, 2, 3);
        const struct verdict verdict = {&fixture.results, &decision, &OUTCOMES[outcome_find("npv")],
                                        "npv"};
        CU_ASSERT_TRUE(summary_text_verdict(&text, &verdict, false, &error));
        const char *said = strstr(text_bytes(&text), "\nplan is the best choice");
        const char *ranks = strstr(text_bytes(&text), "\nrank ");
        const char *rows = strstr(text_bytes(&text), "\nturnover ");
        CU_ASSERT_PTR_NOT_NULL_FATAL(said);
        CU_ASSERT_TRUE(said < ranks && ranks < rows);
        CU_ASSERT_TRUE(widest_line(text_bytes(&text)) <= 80);
        CU_ASSERT_TRUE(plans > 2 || count_of(text_bytes(&text), '\n') <= 26);
        CU_ASSERT_EQUAL(strstr(text_bytes(&text), "\nnet_retention ") != NULL, plans == 2);
        text_free(&text);
        decision_free(&decision);
        decision_tally_free(&tally);
        fixture_free(&fixture);
    }
}

static void metrics_are_checked_with_a_suggestion(void) {
    static const char *const NAMES[] = {"base"};
    static const char *const GOOD[] = {
        "turnover",       "turnover.kam",    "revenue.key",         "profit",
        "pay.kam.bonus",  "new_revenue.kam", "pay.kam.cycle",       "lti_granted.kam.cycle",
        "conversion.key", "new_revenue.key", "conversion.key.offer"};
    static const char *const BAD[] = {
        "turnovr",   "margin.kam",      "profit.sales",    "pay.kam.", "lti_granted.kam.bonus",
        "pay.cycle", "pay.kam.cycle.x", "conversion.offer"};
    static struct fixture fixture;
    struct error error = {0};
    fixture_make(&fixture, NAMES, 1, 1, 0);
    const struct parameters *parameters = &fixture.scenarios[0].parameters;
    CU_ASSERT_TRUE(summary_check_metrics(parameters, GOOD, 11, &error));
    CU_ASSERT_FALSE(summary_check_metrics(parameters, BAD, 8, &error));
    CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
    CU_ASSERT_EQUAL(error.count, 8);
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "did you mean turnover?"));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "conversion.key, conversion.key.offer"));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "margin, margin.standard, margin.key"));
    error_free(&error);
    fixture_free(&fixture);
}

static void summary_rows_match_their_header(void) {
    static const char *const NAMES[] = {"a, \"b\""};
    static const char *const PATHS[] = {"plans.sales.rate"};
    static const char *const VALUES[] = {"0.04"};
    static const char *const METRICS[] = {"turnover.kam", "revenue"};
    static struct fixture fixture;
    const struct summary_columns columns = {PATHS, VALUES, 1};
    struct error error = {0};
    char *bytes = NULL;
    size_t size = 0;
    fixture_make(&fixture, NAMES, 1, 1, 5);
    FILE *stream = open_memstream(&bytes, &size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(stream);
    summary_header(stream, &columns, METRICS, 2);
    CU_ASSERT_TRUE(summary_row(stream, &fixture.results, 0, &columns, METRICS, 2, &error));
    (void)fclose(stream);
    CU_ASSERT_EQUAL(find_line(bytes,
                              "scenario,seed,replications,plans.sales.rate,turnover.kam,"
                              "turnover.kam_standard_error,revenue,revenue_standard_error\n"),
                    bytes);
    const char *row = find_line(bytes, "\"a, \"\"b\"\"\",1,5,0.04,");
    CU_ASSERT_PTR_NOT_NULL_FATAL(row);
    const struct table *table = &fixture.variants[0].values;
    int series = table_find(table, &fixture.scenarios[0].parameters, "revenue");
    const struct cell *cell = table_horizon(table, (size_t)series);
    CU_ASSERT_EQUAL(field(row, 7), cell->moments.mean); /* the name has a comma of its own */
    CU_ASSERT_EQUAL(field(row, 8), moments_standard_error(&cell->moments));
    free(bytes);
    fixture_free(&fixture);
}

static void values_are_written_for_people(void) {
    char buffer[FORMAT_SIZE];
    CU_ASSERT_STRING_EQUAL(format_value(buffer, "share a year", 0.1823), "18.2 %");
    CU_ASSERT_STRING_EQUAL(format_value(buffer, "currency", 12345678.0), "12.3 M");
    CU_ASSERT_STRING_EQUAL(format_value(buffer, "currency", -640000.0), "-640 k");
    CU_ASSERT_STRING_EQUAL(format_value(buffer, "currency", 999999.0), "1.00 M");
    CU_ASSERT_STRING_EQUAL(format_value(buffer, "currency", 0.0), "0");
    CU_ASSERT_STRING_EQUAL(format_value(buffer, "people", 59.83), "59.8");
    CU_ASSERT_STRING_EQUAL(format_value(buffer, "people", (double)NAN), "-");
    CU_ASSERT_STRING_EQUAL(format_count(buffer, 1234567), "1,234,567");
    CU_ASSERT_STRING_EQUAL(format_count(buffer, 999), "999");
}

static void a_share_is_never_rounded_to_none_or_all(void) {
    static const struct {
        double share;
        const char *shown;
    } SHARES[] = {{0.0, "0 %"},    {0.001, "<1 %"},   {0.0049, "<1 %"},  {0.0051, "1 %"},
                  {0.624, "62 %"}, {0.994, "99 %"},   {0.9951, ">99 %"}, {0.9999, ">99 %"},
                  {1.0, "100 %"},  {(double)NAN, "-"}};
    for (size_t s = 0; s < sizeof SHARES / sizeof SHARES[0]; s++) {
        char shown[FORMAT_SIZE];
        CU_ASSERT_STRING_EQUAL(format_percent(shown, SHARES[s].share), SHARES[s].shown);
    }
}

static void numbers_of_an_axis_have_three_digits_and_no_power_of_ten(void) {
    static const struct {
        double value;
        const char *shown;
    } NUMBERS[] = {
        {9634.0, "9,630"}, {21149.0, "21,100"}, {999.7, "1,000"}, {-12345678.0, "-12,300,000"},
        {12.345, "12.3"},  {0.08512, "0.0851"}, {0.0, "0"}};
    for (size_t n = 0; n < sizeof NUMBERS / sizeof NUMBERS[0]; n++) {
        char shown[FORMAT_SIZE];
        CU_ASSERT_STRING_EQUAL(format_number(shown, NUMBERS[n].value), NUMBERS[n].shown);
    }
}

/* `better` of 300 histories. */
static void set_better(struct table *table, const struct parameters *parameters, uint64_t better) {
    struct cell *cell =
        table->cells +
        ((size_t)table_find(table, parameters, "profit") + 1) * table_periods(table) - 1;
    cell->moments.count = 300;
    cell->above = better;
    cell->equal = 0;
}

static void text_and_pictures_round_the_same_share_alike(void) {
    static const char *const NAMES[] = {"base", "plan"};
    static struct fixture fixture;
    struct folder folder;
    struct error error = {0};
    struct text text = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 2, 2, 5);
    set_better(&fixture.variants[1].differences, &fixture.scenarios[1].parameters, 299);
    CU_ASSERT_TRUE(summary_text_comparison(&text, &fixture.results, false, &error));
    const char *line = strstr(text_bytes(&text), "\nprofit");
    CU_ASSERT_PTR_NOT_NULL_FATAL(line);
    const char *said = strstr(line, ">99 %");
    CU_ASSERT_TRUE(said != NULL && said < strchr(line + 1, '\n'));
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, false, &error));
    CU_ASSERT_TRUE(plots_write(&folder, &fixture.results, &error));
    char *script = fixture_read(path, "difference_profit.gp");
    CU_ASSERT_PTR_NOT_NULL(strstr(script, "better in >99 %"));
    free(script);
    text_free(&text);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

/* Of 300 histories 90 have no difference: the other 99 are not all the rest. */
static void histories_without_a_difference_stand_beside_those_that_are_better(void) {
    static const char *const NAMES[] = {"base", "plan"};
    static struct fixture fixture;
    struct error error = {0};
    struct text text = {0};
    fixture_make(&fixture, NAMES, 2, 2, 5);
    struct table *table = &fixture.variants[1].differences;
    set_better(table, &fixture.scenarios[1].parameters, 111);
    int series = table_find(table, &fixture.scenarios[1].parameters, "profit");
    table->cells[((size_t)series + 1) * table_periods(table) - 1].equal = 90;
    CU_ASSERT_TRUE(summary_text_comparison(&text, &fixture.results, false, &error));
    const char *line = strstr(text_bytes(&text), "\nprofit");
    CU_ASSERT_PTR_NOT_NULL_FATAL(line);
    const char *said = strstr(line, "  37 %   30 % ");
    CU_ASSERT_TRUE(said != NULL && said < strchr(line + 1, '\n'));
    text_free(&text);
    fixture_free(&fixture);
}

static void names_are_made_harmless(void) {
    struct text text = {0};
    format_clean(&text, "caf\xC3\xA9 \xE2\x82", 0);
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), "caf\xC3\xA9 ??");
    text_free(&text);
    format_clean(&text, "\x1B[31mred\x7F\xC2\x9B", 0); /* colours of a terminal */
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), " [31mred  ");
    text_free(&text);
    format_clean(&text, "caf\xC3\xA9", 3);
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), "ca\xE2\x80\xA6");
    text_free(&text);
    format_clean(&text, "caf\xC3\xA9", 4);
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), "caf\xC3\xA9");
    text_free(&text);
}

static const struct test TESTS[] = {
    {"tables hold every number exactly", tables_hold_every_number_exactly},
    {"comparisons are paired", comparisons_are_paired},
    {"replications have a row each", replications_have_a_row_each},
    {"summary.json is valid whatever the names", json_is_valid_whatever_the_names},
    {"the texts fit the screen", texts_fit_the_screen},
    {"a comparison begins with its answer and ends with the screen",
     a_comparison_begins_with_its_answer_and_ends_with_the_screen},
    {"metrics are checked with a suggestion", metrics_are_checked_with_a_suggestion},
    {"summary rows match their header", summary_rows_match_their_header},
    {"values are written for people", values_are_written_for_people},
    {"a share is never rounded to none or all", a_share_is_never_rounded_to_none_or_all},
    {"numbers of an axis have three digits and no power of ten",
     numbers_of_an_axis_have_three_digits_and_no_power_of_ten},
    {"text and pictures round the same share alike", text_and_pictures_round_the_same_share_alike},
    {"histories without a difference stand beside those that are better",
     histories_without_a_difference_stand_beside_those_that_are_better},
    {"names are made harmless", names_are_made_harmless},
};

const struct suite suite_report = {"report", TESTS, sizeof TESTS / sizeof TESTS[0]};
