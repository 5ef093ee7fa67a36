#include "report/page.h"

#include "engine/decision.h"
#include "report/page_clauses.h"
#include "report/plots.h"
#include "report_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>

static const struct page_origin ORIGIN = {"1.2.3", "abcdef"};
static const char *const NAMES[] = {"base & co", "plan <b>"};

/* A folder with the pictures' scripts, as a command leaves it. */
static void open_folder(struct folder *folder, char path[64], enum language language,
                        const struct results *results) {
    struct error error = {0};
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_create(folder, path, false, &error));
    folder->language = language;
    CU_ASSERT_TRUE(plots_write(folder, results, &error));
}

static char *write_run(enum language language, const char *question) {
    static struct fixture fixture;
    struct folder folder;
    struct error error = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 1, 2, 20);
    struct parameters *parameters = &fixture.scenarios[0].parameters;
    (void)snprintf(parameters->question, sizeof parameters->question, "%s", question);
    open_folder(&folder, path, language, &fixture.results);
    CU_ASSERT_TRUE(page_write_run(&folder, &ORIGIN, &fixture.results, &error));
    CU_ASSERT_STRING_EQUAL(error_text(&error), "");
    char *page = fixture_read(path, "report.html");
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
    return page;
}

static size_t count_of(const char *text, const char *part) {
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

static void what_users_write_never_becomes_markup(void) {
    char *page =
        write_run(LANGUAGE_ENGLISH, "</title><script>alert('x')</script> \"&\" \xff\x1b[1m");
    CU_ASSERT_EQUAL(count_of(page, "<script"), 1); /* the page's own */
    CU_ASSERT_PTR_NULL(strstr(page, "alert('x')"));
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "<h1>&lt;/title&gt;&lt;script&gt;alert(&#39;x&#39;)"
                                        "&lt;/script&gt; &quot;&amp;&quot; ? [1m</h1>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "base &amp; co"));
    free(page);
}

static void a_page_is_the_same_bytes_wherever_it_is_written(void) {
    char *one = write_run(LANGUAGE_GERMAN, "Why?");
    char *two = write_run(LANGUAGE_GERMAN, "Why?");
    CU_ASSERT_TRUE(strlen(one) > 10000);
    CU_ASSERT_STRING_EQUAL(one, two);
    CU_ASSERT_PTR_NULL(strstr(one, "/tmp/"));
    free(one);
    free(two);
}

static void a_page_speaks_the_language_of_its_folder(void) {
    char *english = write_run(LANGUAGE_ENGLISH, "Why?");
    char *german = write_run(LANGUAGE_GERMAN, "Why?");
    CU_ASSERT_PTR_NOT_NULL(strstr(english, "<html lang=\"en\">"));
    CU_ASSERT_PTR_NOT_NULL(strstr(german, "<html lang=\"de\">"));
    CU_ASSERT_PTR_NOT_NULL(strstr(english, "<h2>Numbers</h2>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(german, "<h2>Zahlen</h2>"));
    CU_ASSERT_PTR_NULL(strstr(german, "<h2>Numbers</h2>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(english, "\u00A0M</td>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(german, "\u00A0Mio.</td>"));
    free(english);
    free(german);
}

/* Of 20 histories: t is 2.0930 (tables of Student's law, 19 degrees of freedom, 97.5 %). */
static void intervals_are_those_of_students_law(void) {
    static struct fixture fixture;
    struct folder folder;
    struct error error = {0};
    struct cell_summary profit;
    char path[64];
    char low[FORMAT_SIZE];
    char high[FORMAT_SIZE];
    char wanted[128];
    fixture_make(&fixture, NAMES, 1, 2, 20);
    open_folder(&folder, path, LANGUAGE_ENGLISH, &fixture.results);
    CU_ASSERT_TRUE(page_write_run(&folder, &ORIGIN, &fixture.results, &error));
    char *page = fixture_read(path, "report.html");
    const struct table *table = &fixture.variants[0].values;
    int series = table_find(table, &fixture.scenarios[0].parameters, "profit");
    CU_ASSERT_TRUE_FATAL(series >= 0);
    CU_ASSERT_TRUE(format_cell(table_horizon(table, (size_t)series), &profit, &error));
    (void)format_value(low, "currency", profit.mean - 2.0930 * profit.standard_error);
    (void)format_value(high, "currency", profit.mean + 2.0930 * profit.standard_error);
    *strchr(low, ' ') = '\0';
    *strchr(high, ' ') = '\0';
    (void)snprintf(wanted, sizeof wanted,
                   "(95 %% confidence: %s\u00A0M to %s\u00A0M), before everything", low, high);
    CU_ASSERT_PTR_NOT_NULL(strstr(page, wanted));
    free(page);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void an_interrupted_run_says_so_at_its_answer(void) {
    static struct fixture fixture;
    struct folder folder;
    struct error error = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 1, 1, 7);
    fixture.results.interrupted = true;
    fixture.results.replications_asked = 5000;
    open_folder(&folder, path, LANGUAGE_ENGLISH, &fixture.results);
    CU_ASSERT_TRUE(page_write_run(&folder, &ORIGIN, &fixture.results, &error));
    char *page = fixture_read(path, "report.html");
    const char *said = strstr(page, "interrupted: these are the first 7 of 5,000 histories");
    CU_ASSERT_PTR_NOT_NULL_FATAL(said);
    CU_ASSERT_TRUE(said < strstr(page, "class=\"card\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "Only 7 histories were simulated"));
    free(page);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void one_history_is_counted_in_the_singular(void) {
    static const char *const SAID[] = {[LANGUAGE_ENGLISH] = "Only 1 history was simulated",
                                       [LANGUAGE_GERMAN] = "Nur 1 Verlauf wurde simuliert"};
    static const char *const ORIGINS[] = {
        [LANGUAGE_ENGLISH] = "1 history, seed ", [LANGUAGE_GERMAN] = "1 Verlauf, Startzahl "};
    static const char *const WRONG[] = {
        [LANGUAGE_ENGLISH] = "1 histories", [LANGUAGE_GERMAN] = "1 Verläufe"};
    for (enum language language = 0; language < LANGUAGE_COUNT; language++) {
        static struct fixture fixture;
        struct folder folder;
        struct error error = {0};
        char path[64];
        fixture_make(&fixture, NAMES, 1, 1, 1);
        open_folder(&folder, path, language, &fixture.results);
        CU_ASSERT_TRUE(page_write_run(&folder, &ORIGIN, &fixture.results, &error));
        CU_ASSERT_TRUE(plots_write(&folder, &fixture.results, &error));
        char *page = fixture_read(path, "report.html");
        char *script = fixture_read(path, "revenue.gp");
        CU_ASSERT_PTR_NOT_NULL(strstr(page, SAID[language]));
        CU_ASSERT_PTR_NOT_NULL(strstr(page, ORIGINS[language]));
        CU_ASSERT_PTR_NOT_NULL(strstr(script, ORIGINS[language]));
        CU_ASSERT_PTR_NULL(strstr(page, WRONG[language]));
        CU_ASSERT_PTR_NULL(strstr(script, WRONG[language]));
        free(page);
        free(script);
        folder_close(&folder);
        fixture_free(&fixture);
        fixture_clear(path);
    }
}

static void write_file(const char *path, const char *name, const char *content) {
    char full[160];
    (void)snprintf(full, sizeof full, "%s/%s", path, name);
    FILE *file = fopen(full, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    (void)fputs(content, file);
    (void)fclose(file);
}

static const char SVG[] = "<?xml version=\"1.0\"?>\n<svg \n width=\"8\" height=\"8\"\n>\n"
                          "<title>Gnuplot</title>\n<g id=\"a\"><use xlink:href='#a'/></g>\n"
                          "\t<g id=\"a_plot_1\" ><title>a_plot_1</title>\n<path d='M0,0'/></g>\n"
                          "<g id=\"b\" ><title>b of another</title></g>\n</svg>\n";

static size_t count_scripts(const struct folder *folder) {
    size_t count = 0;
    for (size_t p = 0; p < FOLDER_PICTURE_COUNT; p++) {
        char script[64];
        (void)snprintf(script, sizeof script, "%s.gp", FOLDER_PICTURES[p]);
        count += fixture_exists(folder->path, script);
    }
    return count;
}

static void pictures_come_into_the_page_when_they_are_drawn(void) {
    static struct fixture fixture;
    struct folder folder;
    struct error error = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 1, 2, 5);
    open_folder(&folder, path, LANGUAGE_ENGLISH, &fixture.results);
    CU_ASSERT_TRUE(page_write_run(&folder, &ORIGIN, &fixture.results, &error));
    CU_ASSERT_TRUE(page_embed(&folder, &error));
    char *none = fixture_read(path, "report.html");
    CU_ASSERT_PTR_NOT_NULL(strstr(none, "<section id=\"pictures\" hidden>"));
    size_t scripts = count_scripts(&folder);
    CU_ASSERT_TRUE(scripts > 3);
    CU_ASSERT_EQUAL(count_of(none, "<figure"), scripts);
    CU_ASSERT_EQUAL(count_of(none, "\" hidden>\n<figcaption"), scripts);

    write_file(path, "turnover.svg", SVG);
    write_file(path, "revenue.svg", "<svg>\n<script>alert(1)</script>\n</svg>\n");
    CU_ASSERT_TRUE(page_embed(&folder, &error));
    char *one = fixture_read(path, "report.html");
    CU_ASSERT_PTR_NOT_NULL(strstr(one, "<section id=\"pictures\">"));
    CU_ASSERT_PTR_NOT_NULL(strstr(one, "<li id=\"to-pictures\">"));
    CU_ASSERT_PTR_NOT_NULL(strstr(one, "<figure id=\"picture-turnover\">"));
    CU_ASSERT_PTR_NOT_NULL(strstr(one, "<g id=\"turnover-a\"><use xlink:href='#turnover-a'/></g>"));
    CU_ASSERT_PTR_NULL(strstr(one, "Gnuplot"));
    CU_ASSERT_PTR_NOT_NULL(strstr(one, "<g id=\"turnover-a_plot_1\" >\n<path d='M0,0'/></g>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(one, "<title>b of another</title>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(one, "<figure id=\"picture-revenue\" hidden>\n<figcaption"));
    CU_ASSERT_PTR_NULL(strstr(one, "alert(1)"));

    CU_ASSERT_TRUE(page_embed(&folder, &error));
    char *again = fixture_read(path, "report.html");
    CU_ASSERT_STRING_EQUAL(one, again);
    CU_ASSERT_TRUE(folder_remove(&folder, "turnover.svg", &error));
    CU_ASSERT_TRUE(folder_remove(&folder, "revenue.svg", &error));
    CU_ASSERT_TRUE(page_embed(&folder, &error));
    char *back = fixture_read(path, "report.html");
    CU_ASSERT_STRING_EQUAL(none, back);
    free(none);
    free(one);
    free(again);
    free(back);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void without_a_report_nothing_is_embedded(void) {
    struct folder folder;
    struct error error = {0};
    char path[64];
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, false, &error));
    CU_ASSERT_TRUE(page_embed(&folder, &error));
    CU_ASSERT_FALSE(fixture_exists(path, "report.html"));
    folder_close(&folder);
    fixture_clear(path);
}

/* The decision among two plans by values that differ by `lead` in every second history. */
static void decide(struct decision *decision, double lead) {
    struct decision_tally tally;
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(decision_tally_init(&tally, 2, false, &error));
    for (int h = 0; h < 40; h++) {
        const double values[] = {1e6 + 1e4 * h, 1e6 + 1e4 * h + (h % 2 == 0 ? lead : 0.5 * lead)};
        decision_tally_add(&tally, values);
    }
    CU_ASSERT_TRUE_FATAL(decision_make(decision, &tally, 1, &error));
    decision_tally_free(&tally);
}

static char *write_comparison(enum language language, double lead) {
    static struct fixture fixture;
    struct folder folder;
    struct decision decision = {0};
    struct error error = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 2, 2, 20);
    decide(&decision, lead);
    open_folder(&folder, path, language, &fixture.results);
    const struct verdict verdict = {&fixture.results, &decision, &OUTCOMES[outcome_find("npv")],
                                    "npv"};
    CU_ASSERT_TRUE(page_write_comparison(&folder, &ORIGIN, &verdict, &error));
    CU_ASSERT_STRING_EQUAL(error_text(&error), "");
    char *page = fixture_read(path, "report.html");
    decision_free(&decision);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
    return page;
}

/* Each with a sentence of its own kind, not with the one for whatever else there is. */
static void every_picture_comes_with_how_to_read_it(void) {
    for (enum language l = 0; l < LANGUAGE_COUNT; l++) {
        char *run = write_run(l, "Why?");
        char *comparison = write_comparison(l, 1e5);
        CU_ASSERT_PTR_NOT_NULL(strstr(run, "<figure id=\"picture-vesting\""));
        CU_ASSERT_PTR_NOT_NULL(strstr(comparison, "<figure id=\"picture-difference_pay\""));
        CU_ASSERT_EQUAL(count_of(run, "<figure"), count_of(run, "<figcaption"));
        CU_ASSERT_EQUAL(count_of(run, words_in(l, WORD_READ_OTHER)), 0);
        CU_ASSERT_EQUAL(count_of(comparison, words_in(l, WORD_READ_OTHER)), 0);
        free(run);
        free(comparison);
    }
}

static void the_answer_names_the_best_plan_and_by_how_much(void) {
    /* the mean lead is three quarters of the greatest */
    char *english = write_comparison(LANGUAGE_ENGLISH, 4e5);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(english, "plan &lt;b&gt; is the best choice: with 95 % confidence its mean net "
                        "present value is the highest, 300 k above that of base &amp; co ("));
    free(english);
    char *german = write_comparison(LANGUAGE_GERMAN, -4e5);
    CU_ASSERT_PTR_NOT_NULL(strstr(german,
                                  "base &amp; co ist die beste Wahl: Mit 95 % Konfidenz ist "
                                  "das Mittel (Kapitalwert) das höchste, 300 Tsd. über dem "
                                  "von plan &lt;b&gt; ("));
    free(german);
}

/* t of 40 differences is 1.85: above 1.685 (5 % on one side), below 2.023 (on both sides; tables of
 * Student's law, 39 degrees of freedom). */
static void the_sentence_is_no_surer_than_the_ranks(void) {
    static const char *const PLAIN[] = {"base", "plan"};
    static struct fixture fixture;
    struct decision_tally tally;
    struct decision decision = {0};
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(decision_tally_init(&tally, 2, false, &error));
    for (int h = 0; h < 40;
         h++) { /* mean m = 1e4, values m +- s, s sqrt(40/39) / sqrt(40) = m / 1.85 */
        const double swing = 1e4 / 1.85 * sqrt(39.0);
        const double values[] = {1e6, 1e6 + 1e4 + (h % 2 == 0 ? swing : -swing)};
        decision_tally_add(&tally, values);
    }
    CU_ASSERT_TRUE_FATAL(decision_make(&decision, &tally, 1, &error));
    decision_tally_free(&tally);
    fixture_make(&fixture, PLAIN, 2, 2, 5);
    const struct verdict verdict = {&fixture.results, &decision, &OUTCOMES[outcome_find("npv")],
                                    "npv"};
    CU_ASSERT_TRUE(decision.decided);
    CU_ASSERT_EQUAL(decision.plans[1].rank_high, 2);
    for (enum language l = 0; l < LANGUAGE_COUNT; l++) {
        struct text text = {0};
        verdict_sentence(&text, l, "npv", &verdict);
        CU_ASSERT_PTR_NULL(strstr(text_bytes(&text), "95"));
        CU_ASSERT_PTR_NOT_NULL(
            strstr(text_bytes(&text), l == LANGUAGE_ENGLISH ? "plan is probably the best choice"
                                                            : "plan ist wahrscheinlich die beste"));
        text_free(&text);
    }
    decision_free(&decision);
    fixture_free(&fixture);
}

/* `questions` of three plans; the page begins with them. */
static char *write_questions(const char *const questions[3]) {
    static const char *const PLAIN[] = {"base", "plan", "third"};
    static struct fixture fixture;
    struct folder folder;
    struct decision decision = {0};
    struct error error = {0};
    char path[64];
    fixture_make(&fixture, PLAIN, 3, 1, 3);
    decide(&decision, 4e5);
    for (size_t v = 0; v < 3; v++) {
        char *question = fixture.scenarios[v].parameters.question;
        (void)snprintf(question, sizeof fixture.scenarios[v].parameters.question, "%s",
                       questions[v]);
    }
    open_folder(&folder, path, LANGUAGE_ENGLISH, &fixture.results);
    const struct verdict verdict = {&fixture.results, &decision, &OUTCOMES[outcome_find("npv")],
                                    "npv"};
    CU_ASSERT_TRUE(page_write_comparison(&folder, &ORIGIN, &verdict, &error));
    char *page = fixture_read(path, "report.html");
    decision_free(&decision);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
    return page;
}

static void a_comparison_begins_with_the_question_of_its_scenarios(void) {
    const char *const one[] = {"Why today?", "What if <b>?", "What if <b>?"};
    const char *const none[] = {"Why today?", "", ""};
    const char *const several[] = {"Why today?", "What if?", "Or that?"};
    const char *const silent[] = {"", "", ""};
    char *page = write_questions(one);
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "<h1>What if &lt;b&gt;?</h1>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "against base · Which plan is the best by net"));
    free(page);
    page = write_questions(none);
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "<h1>Why today?</h1>"));
    free(page);
    page = write_questions(several);
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "<h1>Which plan is the best by net present value?</h1>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "question\">plan · What if?</p>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "question\">third · Or that?</p>"));
    free(page);
    page = write_questions(silent);
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "<h1>Which plan is the best by net present value?</h1>"));
    CU_ASSERT_PTR_NULL(strstr(page, "note question"));
    free(page);
}

static void tenths_of_few_people_are_told_to_repeat(void) {
    char *english = write_run(LANGUAGE_ENGLISH, "Why?");
    char *german = write_run(LANGUAGE_GERMAN, "Why?");
    CU_ASSERT_PTR_NOT_NULL(strstr(english, "tenths may be the same person"));
    CU_ASSERT_PTR_NOT_NULL(strstr(german, "benachbarte Zehntel dieselbe Person"));
    free(english);
    free(german);
}

static void set_pay(struct fixture *fixture, size_t plan, double mean) {
    struct table *table = &fixture->variants[plan].values;
    int series = table_find(table, &fixture->scenarios[plan].parameters, "pay_cost");
    CU_ASSERT_TRUE_FATAL(series >= 0);
    table->cells[((size_t)series + 1) * table_periods(table) - 1].moments.mean = mean;
}

static void pay_says(const struct verdict *verdict, enum language language, const char *wanted) {
    struct text text = {0};
    verdict_pay(&text, language, verdict);
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), wanted);
    text_free(&text);
}

/* The verdict holds "400 k" and "29 %"; with names of all lengths every place meets a line's end.
 */
static void lines_of_the_verdict_part_no_number_from_its_unit(void) {
    static const char *const PLAIN[] = {"base", "plan"};
    static struct fixture fixture;
    struct decision decision = {0};
    fixture_make(&fixture, PLAIN, 2, 2, 5);
    decide(&decision, 4e5);
    const struct verdict verdict = {&fixture.results, &decision, &OUTCOMES[outcome_find("npv")],
                                    "npv"};
    set_pay(&fixture, 0, 2e6);
    set_pay(&fixture, 1, 1.8e6);
    char *name = fixture.scenarios[1].parameters.name;
    for (size_t length = 1; length < 40; length++) {
        struct text text = {0};
        memset(name, 'x', length);
        name[length] = '\0';
        verdict_text(&text, &verdict);
        CU_ASSERT_PTR_NULL(strstr(text_bytes(&text), "\nk "));
        CU_ASSERT_PTR_NULL(strstr(text_bytes(&text), "\n% "));
        CU_ASSERT_PTR_NULL(strstr(text_bytes(&text), "\n%)"));
        int width = 0;
        for (const char *at = text_bytes(&text); *at != '\0'; at++) {
            width = *at == '\n' ? 0 : width + (((unsigned char)*at & 0xC0U) != 0x80U);
            CU_ASSERT_TRUE(width <= 80);
        }
        text_free(&text);
    }
    decision_free(&decision);
    fixture_free(&fixture);
}

static void a_best_plan_that_costs_more_or_less_says_so(void) {
    static const char *const PLAIN[] = {"base", "plan"};
    static struct fixture fixture;
    struct decision decision = {0};
    fixture_make(&fixture, PLAIN, 2, 2, 5);
    decide(&decision, 4e5); /* the second is the best */
    struct verdict verdict = {&fixture.results, &decision, &OUTCOMES[outcome_find("npv")], "npv"};
    set_pay(&fixture, 0, 2e6);
    set_pay(&fixture, 1, 1.8e6);
    pay_says(&verdict, LANGUAGE_ENGLISH,
             "Not at equal pay: plan costs 200 k (10 %) less in pay than base, so this is no "
             "comparison of the kind of pay alone; see docs/compare.md.");
    set_pay(&fixture, 1, 2.5e6);
    pay_says(
        &verdict, LANGUAGE_GERMAN,
        "Nicht bei gleicher Vergütung: plan kostet 500 Tsd. (25 %) mehr an Vergütung als base, "
        "verglichen wird also nicht allein die Art der Vergütung; siehe docs/compare.md.");
    struct text text = {0};
    verdict_text(&text, &verdict);
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&text), "\nNot at equal pay: plan costs 500 k"));
    text_free(&text);
    verdict.metric = "pay_ratio"; /* is about pay itself */
    pay_says(&verdict, LANGUAGE_ENGLISH, "");
    verdict.metric = "npv";
    set_pay(&fixture, 1, 2.018e6); /* to a hundredth */
    pay_says(&verdict, LANGUAGE_ENGLISH, "");
    set_pay(&fixture, 1, (double)NAN);
    pay_says(&verdict, LANGUAGE_ENGLISH, "");
    decision_free(&decision);
    fixture_free(&fixture);
    char *page = write_comparison(LANGUAGE_ENGLISH, 4e5);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(page, "<p class=\"alarm\">Not at equal pay: plan &lt;b&gt; costs"));
    free(page);
}

/* ---- plans in words */

static void clauses_say(const struct plan *plan, enum language language, size_t number,
                        const char *wanted) {
    static struct clauses clauses;
    const struct page page = {.language = language};
    clauses_of(&clauses, &page, plan);
    CU_ASSERT_TRUE_FATAL(clauses.count > number);
    CU_ASSERT_STRING_EQUAL(text_bytes(&clauses.text[number]), wanted);
    clauses_free(&clauses);
}

static void plans_are_said_in_words_with_their_exact_numbers(void) {
    struct component components[] = {
        {.name = "commission",
         .type = COMPONENT_COMMISSION,
         .metric = METRIC_NEW_REVENUE,
         .period = PERIOD_QUARTER,
         .credit = {.share = 1.0},
         .tiers = {2, {{0.0, 0.07}, {60000.0, 0.105}}}},
        {.name = "cash",
         .type = COMPONENT_LTIP,
         .metric = METRIC_NET_RETENTION,
         .credit = {.share = 1.0},
         .target = 9375.0,
         .cycle_months = 36,
         .every_months = 12,
         .payout = {2, {{0.8, 0.0}, {1.3333, 2.0}}},
         .leaver = LEAVER_PRO_RATA},
    };
    const struct plan plan = {
        .name = "p", .salary = 49800.0, .components = components, .component_count = 2, .cap = 1e5};
    clauses_say(&plan, LANGUAGE_ENGLISH, 0, "Salary of 49,800 a year.");
    clauses_say(&plan, LANGUAGE_GERMAN, 0, "Gehalt von 49.800 im Jahr.");
    clauses_say(&plan, LANGUAGE_ENGLISH, 1,
                "commission: a share of revenue from new customers that rises with the result of "
                "the quarter: 7\u00A0% from 0, 10.5\u00A0% from 60,000. Each rate is for the part "
                "within its tier.");
    clauses_say(
        &plan, LANGUAGE_GERMAN, 2,
        "cash: 9.375 bei erfülltem Ziel für Umsatzbindung der eigenen Kunden mit Mehrumsatz "
        "über 36 Monate. Alle 12 Monate kommt eine neue Zusage. Wer geht, erhält den Teil, "
        "für den gearbeitet wurde. Zielerreichung und gezahlter Anteil: bei 80\u00A0% sind "
        "es 0\u00A0%, bei 133,3\u00A0% sind es 200\u00A0%.");
    clauses_say(&plan, LANGUAGE_ENGLISH, 3, "Variable pay of a year is at most 100,000.");
}

static const struct component EVERYTHING[] = {
    {.name = "a",
     .type = COMPONENT_COMMISSION,
     .metric = METRIC_DEALS,
     .rate = 300.0,
     .credit = {.share = 0.5, .most_per_deal = 1000.0},
     .most_units = 4.0,
     .pool = 24000.0,
     .threshold = 2.0,
     .deal_factors = {1, {{1.0, 1.5}}},
     .scope = SCOPE_TEAM,
     .share_by = SHARE_EQUAL,
     .product = "key",
     .hold_back = {0.2, 6},
     .clawback = {12, CLAWBACK_FULL}},
    {.name = "b",
     .type = COMPONENT_COMMISSION,
     .target = 100.0,
     .threshold = 5.0,
     .threshold_rule = THRESHOLD_FIRST_EURO,
     .scope = SCOPE_ROLE},
    {.name = "c",
     .type = COMPONENT_BONUS,
     .quota = 5.0,
     .quota_basis = QUOTA_YEAR_TO_DATE,
     .season = {1.0, 2.0},
     .quota_ramp = {1, {{1.0, 0.5}}},
     .ratchet = {0.5, 0.2},
     .cap = 7.0,
     .bank = {.pays = 0.3},
     .scope = SCOPE_FIRM,
     .slope_above = 1.0,
     .payout = {1, {{1.0, 1.0}}}},
    {.name = "d", .type = COMPONENT_RANKING, .prizes = {2, {{1.0, 5000.0}, {2.0, 2500.0}}}},
    {.name = "e", .type = COMPONENT_RANKING, .target = 10.0, .top_share = 0.1},
    {.name = "f",
     .type = COMPONENT_SHARES,
     .settlement = SETTLEMENT_OPTION,
     .vesting_months = 48,
     .cliff_months = 12,
     .target = 10.0},
};

/* A sentence that nobody has written would leave a place open or run into the next one. */
static void every_clause_is_a_whole_sentence(void) {
    static struct clauses clauses;
    static struct objective objectives[] = {{.name = "plan a market", .weight = 3.0},
                                            {.metric = METRIC_NPS, .weight = 1.0}};
    static struct gate gates[] = {{.metric = METRIC_PROFIT, .at_least = 1.0}};
    static struct multiplier multipliers[] = {
        {.metric = METRIC_SATISFACTION, .factor = {1, {{0.5, 2.0}}}}};
    struct component components[7];
    memcpy(components, EVERYTHING, sizeof EVERYTHING);
    components[6] = (struct component){.name = "g",
                                       .type = COMPONENT_OBJECTIVES,
                                       .target = 10.0,
                                       .objectives = objectives,
                                       .objective_count = 2,
                                       .gates = gates,
                                       .gate_count = 1,
                                       .multipliers = multipliers,
                                       .multiplier_count = 1};
    const struct plan plan = {
        .components = components, .component_count = 7, .draw = {1500.0, DRAW_RECOVERABLE, 6}};
    for (enum language l = 0; l < LANGUAGE_COUNT; l++) {
        const struct page page = {.language = l};
        clauses_of(&clauses, &page, &plan);
        CU_ASSERT_EQUAL(clauses.count, 9);
        for (size_t c = 0; c < clauses.count; c++) {
            const char *text = text_bytes(&clauses.text[c]);
            CU_ASSERT_TRUE(text[0] != ' ' && text[strlen(text) - 1] == '.');
            CU_ASSERT_PTR_NULL(strchr(text, '{'));
            CU_ASSERT_PTR_NULL(strstr(text, "  "));
        }
        clauses_free(&clauses);
    }
    clauses_say(&plan, LANGUAGE_ENGLISH, 8,
                "A draw of 1,500 a month, to be earned back. In the first 6 months only.");
    clauses_say(&plan, LANGUAGE_ENGLISH, 4,
                "d: prizes by rank in revenue from new customers every month: rank 1: 5,000, rank "
                "2: 2,500. 0\u00A0% of the result counts.");
    clauses_say(&plan, LANGUAGE_ENGLISH, 7,
                "g: 10 a year for objectives, judged every month: plan a market (75\u00A0%), net "
                "promoter score of the own customers (25\u00A0%). 0\u00A0% of the result counts. "
                "Pays only when profit of the firm reaches 100\u00A0%. Multiplied by how "
                "satisfaction of the own customers turns out: from 50\u00A0%: 2 times.");
}

static const struct test TESTS[] = {
    {"what users write never becomes markup", what_users_write_never_becomes_markup},
    {"a page is the same bytes wherever it is written",
     a_page_is_the_same_bytes_wherever_it_is_written},
    {"a page speaks the language of its folder", a_page_speaks_the_language_of_its_folder},
    {"one history is counted in the singular", one_history_is_counted_in_the_singular},
    {"intervals are those of Student's law", intervals_are_those_of_students_law},
    {"an interrupted run says so at its answer", an_interrupted_run_says_so_at_its_answer},
    {"pictures come into the page when they are drawn",
     pictures_come_into_the_page_when_they_are_drawn},
    {"without a report nothing is embedded", without_a_report_nothing_is_embedded},
    {"every picture comes with how to read it", every_picture_comes_with_how_to_read_it},
    {"the answer names the best plan and by how much",
     the_answer_names_the_best_plan_and_by_how_much},
    {"the sentence is no surer than the ranks", the_sentence_is_no_surer_than_the_ranks},
    {"a comparison begins with the question of its scenarios",
     a_comparison_begins_with_the_question_of_its_scenarios},
    {"tenths of few people are told to repeat", tenths_of_few_people_are_told_to_repeat},
    {"lines of the verdict part no number from its unit",
     lines_of_the_verdict_part_no_number_from_its_unit},
    {"a best plan that costs more or less says so", a_best_plan_that_costs_more_or_less_says_so},
    {"plans are said in words with their exact numbers",
     plans_are_said_in_words_with_their_exact_numbers},
    {"every clause is a whole sentence", every_clause_is_a_whole_sentence},
};

const struct suite suite_page = {"page", TESTS, sizeof TESTS / sizeof TESTS[0]};
