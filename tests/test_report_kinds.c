/* The kinds of pictures, small columns in the summary, and pictures in the terminal. */
#include "report/plots.h"
#include "report/plots_terminal.h"
#include "report/sparkline.h"
#include "report_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>

static bool have_gnuplot(void) {
    return system("gnuplot --version >/dev/null 2>&1") == 0; /* NOLINT: a fixed command */
}

static void check_columns(const double values[], size_t count, size_t widest, double least,
                          const char *expected) {
    struct text text = {0};
    sparkline_add(&text, values, count, widest, least);
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), expected);
    text_free(&text);
}

static void columns_go_from_the_lowest_to_the_highest_value(void) {
    const double rising[] = {0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0};
    const double pairs[] = {5.0, 5.0, -1.0, 1.0, 2.0, 3.0, 9.0, 11.0}; /* means 5 0 2.5 10 */
    const double gaps[] = {1.0, (double)NAN, 3.0};
    check_columns(rising, 8, 8, 0.0, "▁▂▃▄▅▆▇█");
    check_columns(rising, 8, 20, 0.0, "▁▂▃▄▅▆▇█");
    check_columns(pairs, 8, 4, 0.0, "▅▁▃█");
    check_columns(gaps, 3, 8, 0.0, "▁ █");
    check_columns(gaps, 1, 8, 0.0, "▄");
    CU_ASSERT_EQUAL(sparkline_width(8, 4), 4);
    CU_ASSERT_EQUAL(sparkline_width(3, 8), 3);
}

static void what_chance_alone_would_do_stays_flat(void) {
    const double noise[] = {100.0, 101.0, 99.9, 100.4};
    const double change[] = {100.0, 101.0, 99.9, 140.0};
    check_columns(noise, 4, 8, 40.0, "▄▅▄▄"); /* 1.1 of 40 is less than a step of 5 */
    check_columns(change, 4, 8, 40.0, "▁▁▁█");
    check_columns(noise, 4, 8, (double)NAN, "▁█▁▄"); /* of one history: no standard error */
}

static void plain_signs_take_as_much_room(void) {
    struct text text = {0};
    sparkline_plain(&text, "▁▂▃▄▅▆▇█ ± 1 é");
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), "_.:-=+*# ± 1 é");
    text_free(&text);
}

/* Row `x` of block `block` of a picture's data: the mean. */
static double mean_of(const struct folder *folder, const char *name, size_t block, size_t x) {
    char *data = fixture_read(folder->path, name);
    const char *at = data;
    double mean = (double)NAN;
    for (size_t b = 0; b < block && at != NULL; b++) {
        at = strstr(at, "\n\n\n");
        at = at == NULL ? NULL : at + 3;
    }
    for (; at != NULL && isnan(mean); at = strchr(at, '\n')) {
        at += *at == '\n';
        double value = 0.0;
        size_t row = 0;
        if (*at == '\0') {
            break;
        }
        if (sscanf(at, "%zu %lf", &row, &value) == 2 && row == x) { /* NOLINT: of a test */
            mean = value;
        }
    }
    free(data);
    return mean;
}

static double horizon_mean(const struct fixture *fixture, size_t v, const char *metric) {
    const struct variant *variant = &fixture->variants[v];
    int series = table_find(&variant->values, &variant->scenario->parameters, metric);
    CU_ASSERT_FATAL(series >= 0);
    return table_horizon(&variant->values, (size_t)series)->moments.mean;
}

/* Of `came` who came in all histories `there` are left; the mean of the histories says more. */
static void set_cohort(struct fixture *fixture, size_t v, const char *metric, uint64_t there,
                       uint64_t came) {
    struct table *table = &fixture->variants[v].values;
    int series = table_find(table, &fixture->variants[v].scenario->parameters, metric);
    CU_ASSERT_FATAL(series >= 0);
    struct cell *horizon = &table->cells[((size_t)series + 1) * table_periods(table) - 1];
    horizon->there = there;
    horizon->came = came;
}

static void rows_hold_what_the_histories_gave_over_the_whole_horizon(void) {
    static const char *const NAMES[] = {"base", "plan"};
    static struct fixture fixture;
    struct folder folder;
    struct error error = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 2, 2, 6);
    set_cohort(&fixture, 1, "staff_survival_2.sales", 30, 40);
    set_cohort(&fixture, 0, "staff_survival_5.kam", 1, 8);
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_open(&folder, path, &error));
    CU_ASSERT_TRUE(plots_write(&folder, &fixture.results, &error));
    /* blocks: plan by plan of the first role, then of the second */
    CU_ASSERT_EQUAL(mean_of(&folder, "survival_staff.dat", 0, 0), 1.0);
    CU_ASSERT_EQUAL(mean_of(&folder, "survival_staff.dat", 1, 2), 0.75);
    CU_ASSERT_EQUAL(mean_of(&folder, "survival_staff.dat", 2, 5), 0.125);
    CU_ASSERT_TRUE(isnan(mean_of(&folder, "survival_staff.dat", 2, 4))); /* nobody came */
    CU_ASSERT_DOUBLE_EQUAL(mean_of(&folder, "quarter.dat", 3, 3),
                           horizon_mean(&fixture, 1, "signed_last.key"), 1e-12);
    double last = horizon_mean(&fixture, 1, "pay_tenth_10.kam");
    CU_ASSERT_DOUBLE_EQUAL(mean_of(&folder, "pay.dat", 3, 10), last, 1e-9 * last);
    double gain = last - horizon_mean(&fixture, 0, "pay_tenth_10.kam");
    CU_ASSERT_DOUBLE_EQUAL(mean_of(&folder, "difference_pay.dat", 1, 10), gain, 1e-9 * last);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void roles_whose_pay_hardly_changes_are_left_out_of_the_difference(void) {
    static const char *const NAMES[] = {"base", "plan"};
    static struct fixture fixture;
    struct folder folder;
    struct error error = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 2, 1, 4);
    struct table *table = &fixture.variants[1].differences;
    for (size_t s = 0; s < table->series_count; s++) {
        if (table->series[s].role == 0) {
            struct cell *horizon = &table->cells[s * table_periods(table) + table->months + 1];
            horizon->moments.mean = 1.0; /* against tens of thousands */
        }
    }
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_open(&folder, path, &error));
    CU_ASSERT_TRUE(plots_write(&folder, &fixture.results, &error));
    char *data = fixture_read(path, "difference_pay.dat");
    CU_ASSERT_PTR_NULL(strstr(data, "plan, sales"));
    CU_ASSERT_PTR_NOT_NULL(strstr(data, "plan, kam"));
    free(data);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void a_comparison_shows_the_activities_in_which_plans_differ_most(void) {
    static const char *const NAMES[] = {"base", "plan"};
    static struct fixture fixture;
    struct folder folder;
    struct error error = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 2, 1, 4);
    for (size_t r = 0; r < FIXTURE_ROLES; r++) {
        fixture.roles[r].time.acquire = 0.5;
        fixture.roles[r].time.develop = r == 1 ? 0.05 : 0.3; /* hardly anything */
        fixture.roles[r].time.care = 0.2;
    }
    struct table *table = &fixture.variants[1].differences;
    for (size_t s = 0; s < table->series_count; s++) {
        bool least = table->series[s].role == 0 &&
                     strcmp(OUTCOMES[table->series[s].outcome].name, "effort_care") != 0;
        struct cell *horizon = &table->cells[s * table_periods(table) + table->months + 1];
        horizon->moments.mean = least ? -0.006 : -0.2;
    }
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_open(&folder, path, &error));
    CU_ASSERT_TRUE(plots_write(&folder, &fixture.results, &error));
    char *data = fixture_read(path, "activity.dat");
    CU_ASSERT_PTR_NOT_NULL(strstr(data, "plan, effort_care.sales"));
    CU_ASSERT_PTR_NULL(strstr(data, "effort_acquire.sales")); /* six differ more */
    CU_ASSERT_PTR_NULL(strstr(data, "effort_develop.sales"));
    CU_ASSERT_PTR_NULL(strstr(data, "effort_develop.kam")); /* no time is spent on it */
    CU_ASSERT_PTR_NOT_NULL(strstr(data, "plan, effort_care.development"));
    free(data);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

/* Lines of at most 79 columns without control characters. */
static void check_plain(const char *drawn) {
    size_t column = 0;
    bool plain = true;
    for (const char *at = drawn; *at != '\0'; at++) {
        column = *at == '\n' ? 0 : column + (((unsigned char)*at & 0xC0U) != 0x80U);
        plain = plain && column <= 79 && ((unsigned char)*at >= 0x20U || *at == '\n');
    }
    CU_ASSERT_TRUE(plain);
}

static void the_terminal_gets_plain_lines_of_80_columns(void) {
    static const char *const NAMES[] = {"base", "'; system('touch stolen'); x = '", "other"};
    char path[64];
    if (!have_gnuplot()) {
        return;
    }
    fixture_folder(path);
    for (size_t plans = 1; plans <= 3; plans += 2) {
        static struct fixture fixture;
        struct folder folder;
        struct text drawn = {0};
        struct text talk = {0};
        struct error error = {0};
        fixture_make(&fixture, NAMES, plans, 2, 8);
        CU_ASSERT_TRUE_FATAL(folder_open(&folder, path, &error));
        CU_ASSERT_TRUE(plots_write(&folder, &fixture.results, &error));
        CU_ASSERT_TRUE(plots_show(&folder, &fixture.results, false, &drawn, &talk, &error));
        CU_ASSERT_STRING_EQUAL(text_bytes(&talk), "");
        check_plain(text_bytes(&drawn));
        const char *mark = plans == 1 ? "****" : "B other";
        CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&drawn), mark));
        text_free(&drawn);
        CU_ASSERT_TRUE(plots_show(&folder, &fixture.results, true, &drawn, &talk, &error));
        CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&drawn), "\033P")); /* begins a sixel picture */
        CU_ASSERT_FALSE(fixture_exists(path, "stolen"));
        text_free(&drawn);
        folder_close(&folder);
        fixture_free(&fixture);
    }
    fixture_clear(path);
}

static void without_gnuplot_the_terminal_gets_a_sentence(void) {
    static const char *const NAMES[] = {"base"};
    static struct fixture fixture;
    struct folder folder;
    struct text drawn = {0};
    struct text talk = {0};
    struct error error = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 1, 1, 3);
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_open(&folder, path, &error));
    CU_ASSERT_TRUE(plots_write(&folder, &fixture.results, &error));
    const char *inherited = getenv("PATH");
    char *search = strdup(inherited == NULL ? "" : inherited);
    CU_ASSERT_EQUAL(setenv("PATH", "/no such folder", 1), 0);
    CU_ASSERT_TRUE(plots_show(&folder, &fixture.results, false, &drawn, &talk, &error));
    CU_ASSERT_EQUAL(setenv("PATH", search, 1), 0);
    free(search);
    CU_ASSERT_STRING_EQUAL(text_bytes(&drawn), "");
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&talk), "gnuplot-nox"));
    text_free(&talk);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static const struct test TESTS[] = {
    {"columns go from the lowest to the highest value",
     columns_go_from_the_lowest_to_the_highest_value},
    {"what chance alone would do stays flat", what_chance_alone_would_do_stays_flat},
    {"plain signs take as much room", plain_signs_take_as_much_room},
    {"rows hold what the histories gave over the whole horizon",
     rows_hold_what_the_histories_gave_over_the_whole_horizon},
    {"roles whose pay hardly changes are left out of the difference",
     roles_whose_pay_hardly_changes_are_left_out_of_the_difference},
    {"a comparison shows the activities in which plans differ most",
     a_comparison_shows_the_activities_in_which_plans_differ_most},
    {"the terminal gets plain lines of 80 columns", the_terminal_gets_plain_lines_of_80_columns},
    {"without gnuplot the terminal gets a sentence", without_gnuplot_the_terminal_gets_a_sentence},
};

const struct suite suite_report_kinds = {"report_kinds", TESTS, sizeof TESTS / sizeof TESTS[0]};
