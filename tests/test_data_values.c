#include "data/credit.h"
#include "data/date.h"
#include "data/fold.h"
#include "data/number.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { REFUSED = -987654321 }; /* stands for a number that is not read */

static int64_t read_with(const char *text, struct number_style *style, enum number_kind kind) {
    struct text complaint = {0};
    int64_t value = REFUSED;
    bool good = number_read(text, kind, style, &value, &complaint);
    CU_ASSERT_EQUAL(good, complaint.length == 0);
    text_free(&complaint);
    return value;
}

static int64_t amount(const char *text, char decimal) {
    struct number_style style = {.decimal = decimal};
    return read_with(text, &style, NUMBER_AMOUNT);
}

static void amounts_are_exact_millionths(void) {
    CU_ASSERT_EQUAL(amount("0", '.'), 0);
    CU_ASSERT_EQUAL(amount("1234.56", '.'), 1234560000);
    CU_ASSERT_EQUAL(amount("+1234.5", '.'), 1234500000);
    CU_ASSERT_EQUAL(amount("-0.000001", '.'), -1);
    CU_ASSERT_EQUAL(amount(".5", '.'), 500000);
    CU_ASSERT_EQUAL(amount("0.1", '.'), 100000);
    CU_ASSERT_EQUAL(amount("007", '.'), 7000000);
    CU_ASSERT_EQUAL(amount("9223372036854.775806", '.'), INT64_MAX - 1);
    CU_ASSERT_EQUAL(amount("-9223372036854.775806", '.'), -(INT64_MAX - 1));
}

static void grouped_thousands_are_read(void) {
    CU_ASSERT_EQUAL(amount("1,234,567.89", '.'), 1234567890000);
    CU_ASSERT_EQUAL(amount("1.234.567,89", ','), 1234567890000);
    CU_ASSERT_EQUAL(amount("1 234,56", ','), 1234560000);
    CU_ASSERT_EQUAL(amount("1\xC2\xA0"
                           "234,56",
                           ','),
                    1234560000);
    CU_ASSERT_EQUAL(amount("1\xE2\x80\x89"
                           "234,56",
                           ','),
                    1234560000);
    CU_ASSERT_EQUAL(amount("1\xE2\x80\xAF"
                           "234,56",
                           ','),
                    1234560000);
    CU_ASSERT_EQUAL(amount("1'234'567.50", '.'), 1234567500000);
    CU_ASSERT_EQUAL(amount("1\xE2\x80\x99"
                           "234.50",
                           '.'),
                    1234500000);
    CU_ASSERT_EQUAL(amount("1.234", ','), 1234000000);
    CU_ASSERT_EQUAL(amount("1,234", ','), 1234000);
    CU_ASSERT_EQUAL(amount("1,234", '.'), 1234000000);
}

static void signs_and_currencies_stand_around_amounts(void) {
    CU_ASSERT_EQUAL(amount("(1,234.50)", '.'), -1234500000);
    CU_ASSERT_EQUAL(amount("1.234,50-", ','), -1234500000);
    CU_ASSERT_EQUAL(amount("\xE2\x88\x92"
                           "5",
                           '.'),
                    -5000000); /* a minus sign */
    CU_ASSERT_EQUAL(amount("1.234,56 \xE2\x82\xAC", ','), 1234560000);
    CU_ASSERT_EQUAL(amount("\xE2\x82\xAC 5", '.'), 5000000);
    CU_ASSERT_EQUAL(amount("EUR 5", '.'), 5000000);
    CU_ASSERT_EQUAL(amount("5 eur", '.'), 5000000);
    CU_ASSERT_EQUAL(amount("-$5.10", '.'), -5100000);
    CU_ASSERT_EQUAL(amount("$-5.10", '.'), -5100000);
    CU_ASSERT_EQUAL(amount("(US$ 5.10)", '.'), -5100000);
    CU_ASSERT_EQUAL(amount("CHF 1'000.00", '.'), 1000000000);
}

static void what_is_no_number_is_refused(void) {
    static const char *const WRONG[] = {"",           "x",
                                        "12x",        "1e6",
                                        "1.2.3",      "1,23,456.00",
                                        "1,2345",     "12,34",
                                        "1,,234",     "--1",
                                        "-(1)",       "((1))",
                                        "1 2",        "1 2345",
                                        "5.",         ".",
                                        "-",          "EUR",
                                        "12k",        "\xEF\xBC\x91",
                                        "0x10",       "nan",
                                        "inf",        "1,234 5",
                                        "1'234,567",  "5 % %",
                                        "2026-03-31", "1.5.",
                                        "$5 $",       "5 EURO",
                                        "5 MIO",      "0,123.00",
                                        "1 234.5'",   "1234567,890,123.0",
                                        ", 5"};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        CU_ASSERT_EQUAL(amount(WRONG[i], '.'), REFUSED);
        if (amount(WRONG[i], '.') != REFUSED) {
            (void)fprintf(stderr, "\nread: %s\n", WRONG[i]);
        }
    }
    CU_ASSERT_EQUAL(amount("1.5", ','), REFUSED);
    CU_ASSERT_EQUAL(amount("12.34,56", ','), REFUSED);
    CU_ASSERT_EQUAL(amount("5 %", '.'), REFUSED);
}

static void amounts_beyond_64_bits_are_refused(void) {
    CU_ASSERT_EQUAL(amount("9223372036854.775808", '.'), REFUSED);
    CU_ASSERT_EQUAL(amount("9223372036855", '.'), REFUSED);
    CU_ASSERT_EQUAL(amount("18446744073709.551616", '.'), REFUSED); /* 2^64 millionths */
    CU_ASSERT_EQUAL(amount("18446744073709.5516156", '.'), REFUSED);
    CU_ASSERT_EQUAL(amount("18446744073709551617", '.'), REFUSED);
    CU_ASSERT_EQUAL(amount("99999999999999999999999999999", '.'), REFUSED);
}

static void further_decimals_are_rounded_and_said(void) {
    struct number_style style = {.decimal = '.'};
    CU_ASSERT_EQUAL(read_with("1.2345670", &style, NUMBER_AMOUNT), 1234567);
    CU_ASSERT_FALSE(style.rounded);
    CU_ASSERT_EQUAL(read_with("0.30000000000000004", &style, NUMBER_AMOUNT), 300000);
    CU_ASSERT_TRUE(style.rounded);
    CU_ASSERT_EQUAL(amount("0.0000005", '.'), 1);
    CU_ASSERT_EQUAL(amount("-0.0000005", '.'), -1);
    CU_ASSERT_EQUAL(amount("0.00000049", '.'), 0);
}

static void the_first_number_that_tells_decides_the_decimal_sign(void) {
    struct number_style style = {.decimal = '\0'};
    CU_ASSERT_EQUAL(read_with("1234", &style, NUMBER_AMOUNT), 1234000000);
    CU_ASSERT_EQUAL(read_with("1 234", &style, NUMBER_AMOUNT), 1234000000);
    CU_ASSERT_EQUAL(read_with("1,234", &style, NUMBER_AMOUNT), REFUSED);
    CU_ASSERT_EQUAL(read_with("1.234", &style, NUMBER_AMOUNT), REFUSED);
    CU_ASSERT_EQUAL(style.decimal, '\0');
    CU_ASSERT_EQUAL(read_with("1.234,5", &style, NUMBER_AMOUNT), 1234500000);
    CU_ASSERT_EQUAL(style.decimal, ',');
    CU_ASSERT_EQUAL(read_with("1,234", &style, NUMBER_AMOUNT), 1234000);
    CU_ASSERT_EQUAL(read_with("1.5", &style, NUMBER_AMOUNT), REFUSED);
    style.decimal = '\0';
    CU_ASSERT_EQUAL(read_with("0,125", &style, NUMBER_AMOUNT), 125000); /* no group begins with 0 */
    CU_ASSERT_EQUAL(style.decimal, ',');
    style.decimal = '\0';
    CU_ASSERT_EQUAL(read_with("12.5", &style, NUMBER_AMOUNT), 12500000);
    CU_ASSERT_EQUAL(style.decimal, '.');
}

static void a_file_has_one_currency(void) {
    struct number_style style = {.decimal = '.'};
    CU_ASSERT_EQUAL(read_with("5", &style, NUMBER_AMOUNT), 5000000);
    CU_ASSERT_EQUAL(read_with("\xE2\x82\xAC"
                              "5",
                              &style, NUMBER_AMOUNT),
                    5000000);
    CU_ASSERT_EQUAL(read_with("5 EUR", &style, NUMBER_AMOUNT), 5000000);
    CU_ASSERT_EQUAL(read_with("5 USD", &style, NUMBER_AMOUNT), REFUSED);
    CU_ASSERT_STRING_EQUAL(style.currency, "EUR");
}

static void plain_numbers_may_be_percentages(void) {
    struct number_style style = {.decimal = '.'};
    CU_ASSERT_EQUAL(read_with("85 %", &style, NUMBER_PLAIN), 850000);
    CU_ASSERT_EQUAL(read_with("-20", &style, NUMBER_PLAIN), -20000000);
    CU_ASSERT_EQUAL(read_with("5 EUR", &style, NUMBER_PLAIN), REFUSED);
    CU_ASSERT_FALSE(style.rounded);
    CU_ASSERT_EQUAL(read_with("0.00005%", &style, NUMBER_PLAIN), 1); /* half a millionth, up */
    CU_ASSERT_TRUE(style.rounded);
}

/* The sentence about a date, "" when it is read. */
static bool date_gives(const char *text, bool month, const char *wanted) {
    struct text complaint = {0};
    struct date date = {0};
    bool good =
        month ? date_read_month(text, &date, &complaint) : date_read(text, &date, &complaint);
    if (good) {
        text_add(&complaint, "%04d-%02d-%02d", date.year, date.month, date.day);
    }
    bool same = strcmp(text_bytes(&complaint), wanted) == 0;
    if (!same) {
        (void)fprintf(stderr, "\n%s wanted: %s got: %s\n", text, wanted, text_bytes(&complaint));
    }
    text_free(&complaint);
    return same;
}

static void dates_are_read_in_unambiguous_orders(void) {
    static const char *const SAME[] = {"2026-03-31",          "2026/03/31",
                                       "2026/3/31",           "20260331",
                                       "31.03.2026",          "31.3.2026",
                                       "2026-03-31T00:00:00", "2026-03-31T23:59:59.999+02:00",
                                       "2026-03-31 00:00",    "31.03.2026 14:05",
                                       "2026-03-31T10:00:00Z"};
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
        CU_ASSERT_TRUE(date_gives(SAME[i], false, "2026-03-31"));
    }
    CU_ASSERT_TRUE(date_gives("2026-03", true, "2026-03-01"));
    CU_ASSERT_TRUE(date_gives("2026/3", true, "2026-03-01"));
    CU_ASSERT_TRUE(date_gives("03.2026", true, "2026-03-01"));
    CU_ASSERT_TRUE(date_gives("31.03.2026", true, "2026-03-01"));
}

static void other_dates_are_refused_with_advice(void) {
    static const char EITHER[] = "may be day and month in either order (write 2026-03-31)";
    static const char NONE[] = "is not a date (write 2026-03-31)";
    static const char *const WRONG[] = {
        "x",         "2026",         "2026-03",     "2026-03-31x", "2026-03/31", "31 March 2026",
        "-1.2.2026", "2026-03-31 x", "2026-03-31T", "202603310",   "1.2.3.2026", ""};
    CU_ASSERT_TRUE(date_gives("03/31/2026", false, EITHER));
    CU_ASSERT_TRUE(date_gives("31/03/2026", false, EITHER));
    CU_ASSERT_TRUE(date_gives("3-4-2026", false, EITHER));
    CU_ASSERT_TRUE(date_gives("26-03-31", false, "has a year of two digits (write 2026-03-31)"));
    CU_ASSERT_TRUE(date_gives("31.03.26", false, "has a year of two digits (write 2026-03-31)"));
    CU_ASSERT_TRUE(date_gives("46112", false,
                              "is a spreadsheet's number of a day (format the column as a date, "
                              "such as 2026-03-31)"));
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        CU_ASSERT_TRUE(date_gives(WRONG[i], false, NONE));
    }
}

static void the_calendar_is_checked(void) {
    CU_ASSERT_TRUE(date_gives("2024-02-29", false, "2024-02-29"));
    CU_ASSERT_TRUE(date_gives("2000-02-29", false, "2000-02-29"));
    CU_ASSERT_TRUE(
        date_gives("29.02.2025", false, "is no day of the calendar: February 2025 has 28 days"));
    CU_ASSERT_TRUE(
        date_gives("2100-02-29", false, "is no day of the calendar: February 2100 has 28 days"));
    CU_ASSERT_TRUE(
        date_gives("2026-04-31", false, "is no day of the calendar: April 2026 has 30 days"));
    CU_ASSERT_TRUE(
        date_gives("2026-03-00", false, "is no day of the calendar: March 2026 has 31 days"));
    CU_ASSERT_TRUE(
        date_gives("2026-13-01", false, "has the month 13, there are 12 (write 2026-03-31)"));
    CU_ASSERT_TRUE(
        date_gives("20261301", false, "has the month 13, there are 12 (write 2026-03-31)"));
    CU_ASSERT_TRUE(date_gives("0026-01-01", false, "is no date of the years 1900 to 2199"));
}

/* Every day of the C library's calendar from 1900 to 2199 is read, and in order. */
static void the_calendar_is_that_of_the_library(void) {
    struct date before = {0};
    long days = 0;
    for (int64_t day = -25567; day < 84006; day++) { /* since 1970: 1900-01-01 to 2199-12-31 */
        time_t seconds = (time_t)(day * 86400);
        struct tm parts;
        struct date date = {0};
        struct text complaint = {0};
        char text[16];
        CU_ASSERT_PTR_NOT_NULL_FATAL(gmtime_r(&seconds, &parts));
        CU_ASSERT_FATAL(strftime(text, sizeof text, "%Y-%m-%d", &parts) == 10);
        bool good = date_read(text, &date, &complaint) && date.year == parts.tm_year + 1900 &&
                    date.month == parts.tm_mon + 1 && date.day == parts.tm_mday &&
                    date_compare(before, date) < 0 && date_compare(date, before) > 0 &&
                    date_compare(date, date) == 0;
        days += good;
        before = date;
        text_free(&complaint);
    }
    CU_ASSERT_EQUAL(days, 84006 + 25567);
    CU_ASSERT_EQUAL(before.year, 2199);
    CU_ASSERT_EQUAL(before.day, 31);
}

static bool split_gives(const char *text, const char *wanted) {
    struct text complaint = {0};
    struct text found = {0};
    struct credit credits[CREDITS_MOST];
    size_t count = 0;
    char copy[1024];
    (void)snprintf(copy, sizeof copy, "%s", text);
    bool good = credits_read(copy, credits, &count, &complaint);
    int64_t sum = 0;
    for (size_t i = 0; good && i < count; i++) {
        text_add(&found, "%s%s=%lld", i == 0 ? "" : " ", credits[i].person,
                 (long long)credits[i].share);
        sum += credits[i].share;
    }
    CU_ASSERT(!good || sum == MILLIONTHS);
    text_add(&found, "%s", text_bytes(&complaint));
    bool same = strcmp(text_bytes(&found), wanted) == 0;
    if (!same) {
        (void)fprintf(stderr, "\n%s wanted: %s got: %s\n", text, wanted, text_bytes(&found));
    }
    text_free(&complaint);
    text_free(&found);
    return same;
}

static void splits_are_read_in_their_spellings(void) {
    static const char *const SAME[] = {
        "anna:60;ben:40",     "anna: 60 % ; ben: 40 %", "anna=60|ben=40", "anna:60/ben:40",
        "anna:0.6,ben:0.4",   "anna:0,6;ben:0,4",       "anna:60,ben:40", "anna:60.0;ben:40,00;",
        " anna :60%,ben:40%", "anna:60%;ben:0.4"};
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
        CU_ASSERT_TRUE(split_gives(SAME[i], "anna=600000 ben=400000"));
    }
    CU_ASSERT_TRUE(split_gives("anna:100", "anna=1000000"));
    CU_ASSERT_TRUE(split_gives("Weber, Anna:33.3333;b:33.3333;c:33.3334",
                               "Weber, Anna=333333 b=333333 c=333334"));
    CU_ASSERT_TRUE(split_gives("a:0.333333;b:0.333333;c:0.333334", "a=333333 b=333333 c=333334"));
}

static void other_splits_are_refused(void) {
    static const char NONE[] = "is no split (write anna:60;ben:40)";
    CU_ASSERT_TRUE(split_gives("anna:60;ben:30", "sums to 90, not to 100 (percent) or 1 (shares)"));
    CU_ASSERT_TRUE(split_gives("a:33.33;b:33.33;c:33.33",
                               "sums to 99.99, not to 100 (percent) or 1 (shares)"));
    CU_ASSERT_TRUE(
        split_gives("anna:0.5;ben:0.4", "sums to 0.9, not to 100 (percent) or 1 (shares)"));
    CU_ASSERT_TRUE(split_gives("anna;ben", NONE));
    CU_ASSERT_TRUE(split_gives("50", NONE));
    CU_ASSERT_TRUE(split_gives("", NONE));
    CU_ASSERT_TRUE(split_gives(":50;ben:50", NONE));
    CU_ASSERT_TRUE(split_gives("anna:;ben:50", NONE));
    CU_ASSERT_TRUE(split_gives("anna:50;;ben:50", NONE));
    CU_ASSERT_TRUE(split_gives("anna:half;ben:half", NONE));
    CU_ASSERT_TRUE(split_gives("anna:60,5,ben:39,5", NONE));
    CU_ASSERT_TRUE(split_gives("anna:50;anna:50", "names somebody twice"));
    CU_ASSERT_TRUE(split_gives("anna:120;ben:-20", "has a part above 100 %"));
    CU_ASSERT_TRUE(split_gives("anna:100;ben:0", "has a part that is not above 0"));
    CU_ASSERT_TRUE(split_gives("anna:33.33333;ben:66.66667",
                               "has parts with more than four decimals of a percent"));
    CU_ASSERT_TRUE(split_gives("anna:33.33333%;ben:66.66667%",
                               "has parts with more than four decimals of a percent"));
    struct text many = {0};
    for (int i = 0; i < 20; i++) {
        text_add(&many, "p%d:5;", i);
    }
    CU_ASSERT_TRUE(split_gives(text_bytes(&many), "is for more than 16 people"));
    text_free(&many);
}

static void words_are_equal_when_folded(void) {
    static const char *const SAME[] = {"close date", "Close_Date", "CLOSE-DATE", "CloseDate",
                                       " close \xC2\xA0 date\n"};
    char folded[FOLDED_SIZE];
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
        fold_word(SAME[i], folded);
        CU_ASSERT_STRING_EQUAL(folded, "closedate");
    }
    fold_word("VERK\xC3\x84UFER", folded);
    CU_ASSERT_STRING_EQUAL(folded, "verkaeufer");
    fold_word("Stra\xC3\x9F"
              "e",
              folded);
    CU_ASSERT_STRING_EQUAL(folded, "strasse");
    char longest[200];
    memset(longest, 'x', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    fold_word(longest, folded);
    CU_ASSERT_EQUAL(strlen(folded), FOLDED_SIZE - 2);
    CU_ASSERT_TRUE(fold_is_one_of("b", "a|b|c"));
    CU_ASSERT_FALSE(fold_is_one_of("bc", "a|b|c"));
    CU_ASSERT_FALSE(fold_is_one_of("", "a|b|c"));
    CU_ASSERT_FALSE(fold_is_one_of("a", NULL));
}

static const struct test TESTS[] = {
    {"amounts are exact millionths", amounts_are_exact_millionths},
    {"grouped thousands are read", grouped_thousands_are_read},
    {"signs and currencies stand around amounts", signs_and_currencies_stand_around_amounts},
    {"what is no number is refused", what_is_no_number_is_refused},
    {"amounts beyond 64 bits are refused", amounts_beyond_64_bits_are_refused},
    {"further decimals are rounded and said", further_decimals_are_rounded_and_said},
    {"the first number that tells decides the decimal sign",
     the_first_number_that_tells_decides_the_decimal_sign},
    {"a file has one currency", a_file_has_one_currency},
    {"plain numbers may be percentages", plain_numbers_may_be_percentages},
    {"dates are read in unambiguous orders", dates_are_read_in_unambiguous_orders},
    {"other dates are refused with advice", other_dates_are_refused_with_advice},
    {"the calendar is checked", the_calendar_is_checked},
    {"the calendar is that of the C library", the_calendar_is_that_of_the_library},
    {"splits are read in their spellings", splits_are_read_in_their_spellings},
    {"other splits are refused", other_splits_are_refused},
    {"words are equal when folded", words_are_equal_when_folded},
};

const struct suite suite_data_values = {"data_values", TESTS, sizeof TESTS / sizeof *TESTS};
