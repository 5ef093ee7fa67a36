#include "report/words.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

/* How often the place {digit} stands in a sentence. */
static size_t places(const char *sentence, char digit) {
    const char place[] = {'{', digit, '}', '\0'};
    size_t count = 0;
    for (const char *at = strstr(sentence, place); at != NULL; at = strstr(at + 1, place)) {
        count++;
    }
    return count;
}

static void every_sentence_has_the_same_places_in_all_languages(void) {
    for (enum word w = 0; w < WORD_COUNT; w++) {
        const char *english = words_in(LANGUAGE_ENGLISH, w);
        const char *german = words_in(LANGUAGE_GERMAN, w);
        CU_ASSERT_PTR_NOT_NULL_FATAL(english);
        CU_ASSERT_PTR_NOT_NULL_FATAL(german);
        CU_ASSERT_TRUE(*english != '\0' && *german != '\0');
        for (char digit = '0'; digit <= '9'; digit++) {
            CU_ASSERT_EQUAL(places(english, digit), places(german, digit));
        }
        /* scripts of pictures quote it with ' */
        CU_ASSERT_TRUE(strchr(german, '\'') == NULL);
    }
}

static void values_go_to_their_places_whatever_they_hold(void) {
    struct text text = {0};
    words_add(&text, LANGUAGE_GERMAN, WORD_HISTORIES_CUT, WORDS("{1}", "%s", "40"));
    CU_ASSERT_STRING_EQUAL(text_bytes(&text),
                           "ABGEBROCHEN: die ersten {1} von 40 Verläufen, Startzahl %s.");
    text_free(&text);
    words_add(&text, LANGUAGE_ENGLISH, WORD_HISTORIES_CUT, WORDS("a"));
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), "INTERRUPTED: the first a of  histories, seed .");
    text_free(&text);
}

static void an_abbreviation_ends_a_sentence_by_itself(void) {
    struct text text = {0};
    words_add(&text, LANGUAGE_GERMAN, WORD_CLAUSE_POOL, WORDS("5 Mio."));
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), "Alle zusammen erhalten höchstens 5 Mio. je Mal.");
    text_free(&text);
    words_add(&text, LANGUAGE_GERMAN, WORD_CLAUSE_QUOTA, WORDS("5 Mio."));
    CU_ASSERT_STRING_EQUAL(text_bytes(&text), "Das eigene Ziel ist 5 Mio.");
    text_free(&text);
}

static void units_are_translated_where_there_is_a_word(void) {
    CU_ASSERT_STRING_EQUAL(words_unit(LANGUAGE_GERMAN, "currency a year"), "Währung im Jahr");
    CU_ASSERT_STRING_EQUAL(words_unit(LANGUAGE_GERMAN, "1 = reference"), "1 = reference");
    CU_ASSERT_STRING_EQUAL(words_unit(LANGUAGE_ENGLISH, "people"), "people");
}

static void numbers_are_written_as_the_language_does(void) {
    static const struct {
        const char *unit;
        double value;
        const char *english, *german;
    } CASES[] = {
        {"currency", 12345678.0, "12.3 M", "12,3 Mio."},
        {"currency a year", 5120.0, "5.12 k", "5,12 Tsd."},
        {"currency", -3.5e9, "-3.50 G", "-3,50 Mrd."},
        {"share a year", 0.1834, "18.3 %", "18,3 %"},
        {"people", 59.84, "59.8", "59,8"},
        {"people", (double)NAN, "-", "-"},
    };
    char buffer[WORDS_SIZE];
    for (size_t c = 0; c < sizeof CASES / sizeof CASES[0]; c++) {
        CU_ASSERT_STRING_EQUAL(words_value(buffer, LANGUAGE_ENGLISH, CASES[c].unit, CASES[c].value),
                               CASES[c].english);
        CU_ASSERT_STRING_EQUAL(words_value(buffer, LANGUAGE_GERMAN, CASES[c].unit, CASES[c].value),
                               CASES[c].german);
    }
    CU_ASSERT_STRING_EQUAL(words_count(buffer, LANGUAGE_ENGLISH, 1234567), "1,234,567");
    CU_ASSERT_STRING_EQUAL(words_count(buffer, LANGUAGE_GERMAN, 1234567), "1.234.567");
    CU_ASSERT_STRING_EQUAL(words_difference(buffer, LANGUAGE_ENGLISH, "share", 0.021), "+2.1 pp");
    CU_ASSERT_STRING_EQUAL(words_difference(buffer, LANGUAGE_GERMAN, "share", -0.021), "-2,1 PP");
    CU_ASSERT_STRING_EQUAL(
        words_difference_near(buffer, LANGUAGE_GERMAN, "share", -0.00047, 0.00019), "-0,047 PP");
}

/* Two digits of the error, at most three decimals; nothing in front of what rounds to nothing. */
static void percentage_points_have_the_decimals_of_their_error(void) {
    static const struct {
        double value, error;
        const char *wanted;
    } CASES[] = {
        {-0.00047, 0.00019, "-0.047 pp"},
        {0.00047, 0.0019, "+0.05 pp"},
        {0.0123456, 0.00123, "+1.23 pp"},
        {0.0123456, 0.0123, "+1.2 pp"},
        {0.5, 0.3, "+50.0 pp"},
        {-0.0000001, 0.00001, "0.000 pp"},
        {0.0, 0.0, "0.0 pp"},
        {-0.00047, (double)NAN, "-0.047 pp"},
        {0.0212, (double)NAN, "+2.1 pp"},
        {(double)NAN, 0.01, "-"},
        {(double)INFINITY, 0.01, "+inf"},
    };
    char buffer[FORMAT_DIFFERENCE_SIZE];
    for (size_t c = 0; c < sizeof CASES / sizeof CASES[0]; c++) {
        CU_ASSERT_STRING_EQUAL(
            format_difference_near(buffer, "share", CASES[c].value, CASES[c].error, true),
            CASES[c].wanted);
    }
    CU_ASSERT_STRING_EQUAL(format_difference_near(buffer, "share a year", 0.00019, 0.00019, false),
                           "0.019 pp");
    CU_ASSERT_STRING_EQUAL(format_difference_near(buffer, "currency", 1234.0, 5.0, true),
                           "+1.23 k");
}

static const struct test TESTS[] = {
    {"every sentence has the same places in all languages",
     every_sentence_has_the_same_places_in_all_languages},
    {"values go to their places whatever they hold", values_go_to_their_places_whatever_they_hold},
    {"an abbreviation ends a sentence by itself", an_abbreviation_ends_a_sentence_by_itself},
    {"units are translated where there is a word", units_are_translated_where_there_is_a_word},
    {"numbers are written as the language does", numbers_are_written_as_the_language_does},
    {"percentage points have the decimals of their error",
     percentage_points_have_the_decimals_of_their_error},
};

const struct suite suite_words = {"words", TESTS, sizeof TESTS / sizeof TESTS[0]};
