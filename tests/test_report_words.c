#include "report/picture.h"
#include "report/plots.h"
#include "report/plots_terminal.h"
#include "report_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <ctype.h>

static const char *const NAMES[] = {"north", "south"};

enum { LITERAL_SIZE = 512 };

/* Whether what is quoted from there on is a name of a file or picture, or a sign of numbers. */
static bool is_name(const char *from, const char *quote) {
    static const char *const BEFORE[] = {"(kind, ", "data = ", "style = ", "decimalsign "};
    for (size_t b = 0; b < sizeof BEFORE / sizeof BEFORE[0]; b++) {
        size_t length = strlen(BEFORE[b]);
        if ((size_t)(quote - from) >= length && strncmp(quote - length, BEFORE[b], length) == 0) {
            return true;
        }
    }
    return false;
}

/* The next quoted text of a script behind *at, without the quotes; false when there is none. */
static bool next_text(const char **at, char text[LITERAL_SIZE]) {
    for (;;) {
        const char *begin = strchr(*at, '\'');
        const char *end = begin == NULL ? NULL : strchr(begin + 1, '\'');
        if (end == NULL || end - begin > LITERAL_SIZE) {
            CU_ASSERT_PTR_NULL(begin);
            return false;
        }
        (void)snprintf(text, LITERAL_SIZE, "%.*s", (int)(end - begin - 1), begin + 1);
        bool name = is_name(*at, begin);
        *at = end + 1;
        if (!name) {
            return true;
        }
    }
}

/* "two words": a letter, a blank and a letter. */
static bool has_words(const char *text) {
    for (const char *at = strchr(text, ' '); at != NULL; at = strchr(at + 1, ' ')) {
        if (at > text && isalpha((unsigned char)at[-1]) && isalpha((unsigned char)at[1])) {
            return true;
        }
    }
    return false;
}

/* "1.5": a point between digits. */
static bool has_point(const char *text) {
    for (const char *at = strchr(text, '.'); at != NULL; at = strchr(at + 1, '.')) {
        if (at > text && isdigit((unsigned char)at[-1]) && isdigit((unsigned char)at[1])) {
            return true;
        }
    }
    return false;
}

static bool is_english(const char *text) {
    for (enum word w = 0; w < WORD_COUNT; w++) {
        if (strcmp(text, words_in(LANGUAGE_ENGLISH, w)) == 0 &&
            strcmp(text, words_in(LANGUAGE_GERMAN, w)) != 0) {
            return true;
        }
    }
    return false;
}

static size_t compare_scripts(const char *english, const char *german) {
    char one[LITERAL_SIZE];
    char two[LITERAL_SIZE];
    size_t texts = 0;
    while (next_text(&english, one)) {
        CU_ASSERT_TRUE_FATAL(next_text(&german, two));
        CU_ASSERT_FALSE(has_words(one) && strcmp(one, two) == 0);
        CU_ASSERT_FALSE(is_english(two));
        CU_ASSERT_FALSE(has_point(two));
        texts += has_words(one);
    }
    CU_ASSERT_FALSE(next_text(&german, two));
    return texts;
}

static void write_pictures(struct folder *folder, char path[64], enum language language,
                           const struct results *results) {
    struct error error = {0};
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_open(folder, path, &error));
    folder->language = language;
    CU_ASSERT_TRUE(plots_write(folder, results, &error));
}

static void check_pictures(size_t plans) {
    static struct fixture fixture;
    struct folder english;
    struct folder german;
    char one[64];
    char two[64];
    size_t pictures = 0;
    fixture_make(&fixture, NAMES, plans, 2, 4);
    fixture.scenarios[0].parameters.question[0] = '\0'; /* in the language of its author */
    for (size_t r = 0; r < FIXTURE_ROLES; r++) {
        fixture.roles[r].time.acquire = 0.5; /* so that there are activities */
    }
    write_pictures(&english, one, LANGUAGE_ENGLISH, &fixture.results);
    write_pictures(&german, two, LANGUAGE_GERMAN, &fixture.results);
    for (size_t p = 0; p < FOLDER_PICTURE_COUNT; p++) {
        char name[64];
        (void)snprintf(name, sizeof name, "%s.gp", FOLDER_PICTURES[p]);
        if (!fixture_exists(one, name)) {
            continue;
        }
        char *script = fixture_read(one, name);
        char *other = fixture_read(two, name);
        CU_ASSERT_TRUE(compare_scripts(script, other) >= 3); /* title and captions */
        CU_ASSERT_PTR_NULL(strstr(script, "textcolor rgb plan_colour"));
        free(script);
        free(other);
        pictures++;
    }
    CU_ASSERT_TRUE(pictures >= 9);
    folder_close(&english);
    folder_close(&german);
    fixture_free(&fixture);
    fixture_clear(one);
    fixture_clear(two);
}

static void no_picture_of_a_german_folder_has_english_words(void) {
    check_pictures(1);
    check_pictures(2);
}

/* Of WCAG 2.1: relative luminance of sRGB. */
static double luminance(unsigned colour) {
    static const double WEIGHTS[] = {0.0722, 0.7152, 0.2126};
    double sum = 0.0;
    for (int c = 0; c < 3; c++) {
        double value = (double)(colour >> 8 * c & 0xFFU) / 255.0;
        sum += WEIGHTS[c] * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static void names_of_plans_can_be_read_on_white(void) {
    struct folder folder;
    struct error error = {0};
    char path[64];
    size_t colours = 0;
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_open(&folder, path, &error));
    CU_ASSERT_TRUE(plots_write_style(&folder, &error));
    char *style = fixture_read(path, "style.gp");
    const char *at = strstr(style, "array plan_text[8]");
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    const char *end = strchr(at, '=');
    end = strchr(end, ']');
    for (at = strchr(at, '#'); at != NULL && at < end; at = strchr(at + 1, '#')) {
        double contrast = 1.05 / (luminance((unsigned)strtoul(at + 1, NULL, 16)) + 0.05);
        CU_ASSERT_TRUE(contrast >= 4.5);
        colours++;
    }
    CU_ASSERT_EQUAL(colours, 8);
    free(style);
    folder_close(&folder);
    fixture_clear(path);
}

/* Panels of 200 pixels have room for eleven names of 17. */
static void names_stay_beside_their_panel_without_covering_each_other(void) {
    const struct frame frame = {100.0, 480.0, 100.0, 300.0};
    const struct axis axis = {.low = 0.0, .high = 100.0};
    for (double at = -10.0; at <= 110.0; at += 60.0) {
        struct end_label labels[8];
        struct picture picture = {.width = 700, .height = 400};
        double last = -8.5;
        size_t count = 0;
        for (size_t l = 0; l < 8; l++) {
            labels[l] = (struct end_label){at + (double)(l % 3), l + 1, l + 1};
        }
        picture_end_labels(&picture, &frame, &axis, labels, 8);
        const char *line = text_bytes(&picture.body);
        while ((line = strstr(line, "set label")) != NULL) {
            const char *place = strstr(line, "first ");
            CU_ASSERT_PTR_NOT_NULL_FATAL(place);
            double height = strtod(place + 6, NULL);
            CU_ASSERT_TRUE(height >= -1e-9 && height <= 100.0 + 1e-9);
            CU_ASSERT_TRUE(height - last >= 8.5 - 1e-6); /* 17 of 200 pixels */
            last = height;
            line = place;
            count++;
        }
        CU_ASSERT_EQUAL(count, 8);
        text_free(&picture.body);
    }
}

static void the_terminal_speaks_the_language_of_the_folder(void) {
    static struct fixture fixture;
    struct folder folder;
    struct text drawn = {0};
    struct text talk = {0};
    struct error error = {0};
    char path[64];
    fixture_make(&fixture, NAMES, 1, 2, 8);
    write_pictures(&folder, path, LANGUAGE_GERMAN, &fixture.results);
    CU_ASSERT_TRUE(plots_show(&folder, &fixture.results, false, &drawn, &talk, &error));
    if (talk.length == 0) { /* gnuplot is there */
        CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&drawn), "Umsatz, Monat für Monat"));
        CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&drawn), ",5 Mio. "));
        CU_ASSERT_PTR_NULL(strstr(text_bytes(&drawn), "median"));
    }
    text_free(&drawn);
    text_free(&talk);
    folder_close(&folder);
    fixture_free(&fixture);
    fixture_clear(path);
}

static const struct test TESTS[] = {
    {"no picture of a German folder has English words",
     no_picture_of_a_german_folder_has_english_words},
    {"names of plans can be read on white", names_of_plans_can_be_read_on_white},
    {"names stay beside their panel without covering each other",
     names_stay_beside_their_panel_without_covering_each_other},
    {"the terminal speaks the language of the folder",
     the_terminal_speaks_the_language_of_the_folder},
};

const struct suite suite_report_words = {"report_words", TESTS, sizeof TESTS / sizeof TESTS[0]};
