#include "report/plots.h"
#include "report_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>

static bool have_gnuplot(void) {
    return system("gnuplot --version >/dev/null 2>&1") == 0; /* NOLINT: a fixed command */
}

static const char *const RUN_PICTURES[] = {
    "turnover", "revenue",        "retention",          "waterfall", "activity",
    "pay",      "survival_staff", "survival_customers", "quarter",   "vesting"};
static const char *const DIFFERENCES[] = {"difference_turnover",
                                          "difference_revenue",
                                          "difference_retention",
                                          "difference_profit",
                                          "difference_equity",
                                          "difference_pay",
                                          "waterfall"};

/* Writes the pictures of the fixture into a new folder below `path`. */
static void write_pictures(struct folder *folder, const char *path, const char *name,
                           const struct results *results) {
    char below[128];
    struct error error = {0};
    (void)snprintf(below, sizeof below, "%s/%s", path, name);
    CU_ASSERT_TRUE_FATAL(folder_create(folder, below, false, &error));
    CU_ASSERT_TRUE(plots_write(folder, results, &error));
}

static void draw(const struct folder *folder, struct text *talk) {
    struct error error = {0};
    CU_ASSERT_TRUE(plots_draw(folder, talk, &error));
    CU_ASSERT_STRING_EQUAL(error_text(&error), "");
    error_free(&error);
}

static bool same_file(const struct folder *a, const struct folder *b, const char *picture,
                      const char *ending) {
    char name[64];
    (void)snprintf(name, sizeof name, "%s%s", picture, ending);
    char *first = fixture_read(a->path, name);
    char *second = fixture_read(b->path, name);
    bool same = *first != '\0' && strcmp(first, second) == 0;
    free(first);
    free(second);
    return same;
}

static void scripts_name_no_place(void) {
    static const char *const NAMES[] = {"base", "plan"};
    static struct fixture fixture;
    struct folder one;
    struct folder two;
    char path[64];
    fixture_make(&fixture, NAMES, 2, 2, 5);
    fixture_folder(path);
    write_pictures(&one, path, "one", &fixture.results);
    write_pictures(&two, path, "deeper/and two", &fixture.results);
    for (size_t p = 0; p < sizeof DIFFERENCES / sizeof DIFFERENCES[0]; p++) {
        CU_ASSERT_TRUE(same_file(&one, &two, DIFFERENCES[p], ".gp"));
        CU_ASSERT_TRUE(same_file(&one, &two, DIFFERENCES[p], ".dat"));
    }
    CU_ASSERT_TRUE(same_file(&one, &two, "style", ".gp"));
    char *script = fixture_read(one.path, "turnover.gp");
    CU_ASSERT_PTR_NULL(strchr(script, '/'));
    CU_ASSERT_PTR_NOT_NULL(strstr(script, "load style"));
    free(script);
    folder_close(&one);
    folder_close(&two);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void pictures_are_the_same_bytes_again(void) {
    static const char *const NAMES[] = {"base"};
    static struct fixture fixture;
    struct folder one;
    struct folder two;
    struct text talk = {0};
    char path[64];
    if (!have_gnuplot()) {
        return;
    }
    fixture_make(&fixture, NAMES, 1, 2, 20);
    fixture_folder(path);
    write_pictures(&one, path, "one", &fixture.results);
    write_pictures(&two, path, "two", &fixture.results);
    draw(&one, &talk);
    draw(&two, &talk);
    for (size_t p = 0; p < sizeof RUN_PICTURES / sizeof RUN_PICTURES[0]; p++) {
        char name[64];
        CU_ASSERT_TRUE(same_file(&one, &two, RUN_PICTURES[p], ".svg"));
        (void)snprintf(name, sizeof name, "%s.png", RUN_PICTURES[p]);
        CU_ASSERT_TRUE(fixture_exists(one.path, name));
        (void)snprintf(name, sizeof name, "%s.svg.tmp", RUN_PICTURES[p]);
        CU_ASSERT_FALSE(fixture_exists(one.path, name));
    }
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&talk), "turnover, revenue,"));
    text_free(&talk);
    folder_close(&one);
    folder_close(&two);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void moved_folders_can_be_drawn_again(void) {
    static const char *const NAMES[] = {"base", "plan", "other"};
    static struct fixture fixture;
    struct folder folder;
    struct text talk = {0};
    struct error error = {0};
    char path[64];
    char from[128];
    char to[128];
    if (!have_gnuplot()) {
        return;
    }
    fixture_make(&fixture, NAMES, 3, 1, 5);
    fixture_folder(path);
    write_pictures(&folder, path, "one", &fixture.results);
    folder_close(&folder);
    (void)snprintf(from, sizeof from, "%s/one", path);
    (void)snprintf(to, sizeof to, "%s/it's moved; $(elsewhere)", path);
    CU_ASSERT_EQUAL_FATAL(rename(from, to), 0);
    CU_ASSERT_TRUE_FATAL(folder_open(&folder, to, &error));
    draw(&folder, &talk);
    for (size_t p = 0; p < sizeof DIFFERENCES / sizeof DIFFERENCES[0]; p++) {
        char name[64];
        (void)snprintf(name, sizeof name, "%s.svg", DIFFERENCES[p]);
        CU_ASSERT_TRUE(fixture_exists(to, name));
    }
    text_free(&talk);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void names_never_become_commands(void) {
    static const char *const NAMES[] = {"'; system('touch stolen'); x = '",
                                        "\"`touch stolen`\" $(touch stolen) 100% <&> @open_key",
                                        "a\nset output 'stolen'\n{ } # \\"};
    static struct fixture fixture;
    struct folder folder;
    struct text talk = {0};
    char path[64];
    if (!have_gnuplot()) {
        return;
    }
    fixture_make(&fixture, NAMES, 3, 1, 5);
    fixture_folder(path);
    write_pictures(&folder, path, "one", &fixture.results);
    draw(&folder, &talk);
    CU_ASSERT_FALSE(fixture_exists(folder.path, "stolen"));
    char *svg = fixture_read(folder.path, "turnover.svg");
    CU_ASSERT_PTR_NOT_NULL(strstr(svg, "touch stolen"));       /* it is drawn */
    CU_ASSERT_PTR_NULL(strstr(svg, "<&>"));                    /* and the SVG stays well-formed */
    CU_ASSERT_PTR_NOT_NULL(strstr(svg, "a set output ’stol")); /* on one line */
    free(svg);
    text_free(&talk);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void nothing_known_is_still_a_picture(void) {
    static const char *const NAMES[] = {"base", "plan"};
    struct text talk = {0};
    struct folder folder;
    char path[64];
    if (!have_gnuplot()) {
        return;
    }
    fixture_folder(path);
    for (size_t plans = 1; plans <= 2; plans++) { /* interrupted before the first history */
        static struct fixture fixture;
        fixture_make(&fixture, NAMES, plans, 1, 0);
        fixture.results.interrupted = true;
        write_pictures(&folder, path, NAMES[plans - 1], &fixture.results);
        draw(&folder, &talk);
        char *svg = fixture_read(folder.path, "turnover.svg");
        CU_ASSERT_PTR_NOT_NULL(strstr(svg, "INTERRUPTED"));
        free(svg);
        folder_close(&folder);
        fixture_free(&fixture);
    }
    text_free(&talk);
    fixture_clear(path);
}

static void without_gnuplot_it_says_how_to_draw_later(void) {
    static const char *const NAMES[] = {"base"};
    static struct fixture fixture;
    struct folder folder;
    struct text talk = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 1, 1, 3);
    fixture_folder(path);
    write_pictures(&folder, path, "one", &fixture.results);
    const char *inherited = getenv("PATH");
    char *search = strdup(inherited == NULL ? "" : inherited);
    CU_ASSERT_EQUAL(setenv("PATH", "/no such folder", 1), 0);
    draw(&folder, &talk);
    CU_ASSERT_EQUAL(setenv("PATH", search, 1), 0);
    free(search);
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&talk), "anreiz plot "));
    CU_ASSERT_FALSE(fixture_exists(folder.path, "turnover, revenue,"));
    text_free(&talk);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static void broken_scripts_are_sentences(void) {
    struct folder folder;
    struct folder_file file;
    struct text talk = {0};
    struct error error = {0};
    char path[64];
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_open(&folder, path, &error));
    CU_ASSERT_FALSE(plots_draw(&folder, &talk, &error)); /* there is none */
    CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
    error_free(&error);
    if (have_gnuplot()) {
        CU_ASSERT_TRUE_FATAL(folder_begin(&folder, "turnover.gp", &file, &error));
        (void)fputs("this is no command\n", file.stream);
        CU_ASSERT_TRUE_FATAL(folder_commit(&file, &error));
        CU_ASSERT_FALSE(plots_draw(&folder, &talk, &error));
        CU_ASSERT_EQUAL(error.kind, ERROR_FAILURE);
        CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "turnover.gp"));
    }
    error_free(&error);
    text_free(&talk);
    folder_close(&folder);
    fixture_clear(path);
}

static const struct test TESTS[] = {
    {"scripts name no place", scripts_name_no_place},
    {"pictures are the same bytes again", pictures_are_the_same_bytes_again},
    {"moved folders can be drawn again", moved_folders_can_be_drawn_again},
    {"names never become commands", names_never_become_commands},
    {"nothing known is still a picture", nothing_known_is_still_a_picture},
    {"without gnuplot it says how to draw later", without_gnuplot_it_says_how_to_draw_later},
    {"broken scripts are sentences", broken_scripts_are_sentences},
};

const struct suite suite_report_plots = {"report_plots", TESTS, sizeof TESTS / sizeof TESTS[0]};
