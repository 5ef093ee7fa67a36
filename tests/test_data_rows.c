#include "data_fixture.h"
#include "test.h"

static void deals_have_the_columns_of_the_file(void) {
    CU_ASSERT_TRUE(fixture_rows(
        FIXTURE_DEALS,
        "Close Date,Owner,Account Name,ACV,Gross Margin,Type,Segment,Split,Churned\n"
        "2025-03-31,anna,\"ACME, Inc.\",\"1,234.56\",400,New Business,core,,\n"
        "2025-04-01,ben,Beta,-5,,Cross-Sell,plus,\"ben:75;anna:25\",2025-04-01\n"
        "2025-04-02,,Gamma,0.1,-1.5,Renewal,,\"anna:0.5,ben:0.5\",2026-01-31\n",
        "2 2025-03-31 anna:1 [ACME, Inc.] [core] new 1234.56 margin 400\n"
        "3 2025-04-01 ben:0.75+anna:0.25 [Beta] [plus] expansion -5 cancelled 2025-04-01\n"
        "4 2025-04-02 anna:0.5+ben:0.5 [Gamma] [] renewal 0.1 margin -1.5 cancelled 2026-01-31\n"));
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS, "amount,date,rep\n7,2025-03-31,anna\n",
                                "2 2025-03-31 anna:1 [] [] new 7\n"));
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS, "amount,date,credit\n7,2025-03-31,anna:100\n",
                                "2 2025-03-31 anna:1 [] [] new 7\n"));
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS, "date,person,amount\n", ""));
}

static void german_deals_are_read(void) {
    CU_ASSERT_TRUE(fixture_rows(
        FIXTURE_DEALS,
        "Abschlussdatum;Verk\xC3\xA4ufer;Kunde;Betrag;Deckungsbeitrag;Art;Produkt;Aufteilung;"
        "Storno\r\n"
        "31.03.2025;J\xC3\xB6rg;M\xC3\xBCller & S\xC3\xB6hne;1.234,56 "
        "\xE2\x82\xAC;400;Neukunde;A;;\r\n"
        "1.4.2025;J\xC3\xB6rg;B;(2 000,5);;Ausbau;A;J\xC3\xB6rg:60|Ute:40;30.04.2025\r\n"
        "2.4.2025;Ute;C;3.000;1,5;Verl\xC3\xA4ngerung;B;;\r\n",
        "2 2025-03-31 J\xC3\xB6rg:1 [M\xC3\xBCller & S\xC3\xB6hne] [A] new 1234.56 margin 400\n"
        "3 2025-04-01 J\xC3\xB6rg:0.6+Ute:0.4 [B] [A] expansion -2000.5 cancelled 2025-04-30\n"
        "4 2025-04-02 Ute:1 [C] [B] renewal 3000 margin 1.5\n"));
}

static void everything_wrong_with_a_deal_is_said(void) {
    CU_ASSERT_TRUE(fixture_bad(
        FIXTURE_DEALS,
        "date,person,amount,kind,split,cancelled\n"
        "03/31/2025,anna,12x,gift,,\n"
        "2025-03-31,anna,5,new,,2025-03-30\n"
        ",,,,,\n"
        "2025-03-31,,,,,\n"
        "2025-03-31,carl,5,new,anna:50;ben:50,\n"
        "2025-03-31,anna,5,new,anna:50;ben:49,\n"
        "2025-02-30,anna,\"1,5\",new,,yes\n",
        "2: date: \"03/31/2025\" may be day and month in either order (write 2026-03-31)\n"
        "2: amount: \"12x\" is not an amount (write 1234.56)\n"
        "2: kind: \"gift\" is not new, expansion or renewal (neu, erweiterung, "
        "verlängerung)\n"
        "3: cancelled: \"2025-03-30\" is before the date of the deal\n"
        "5: person: is empty\n"
        "5: amount: is empty\n"
        "5: kind: is empty\n"
        "6: split: \"anna:50;ben:50\" does not name the person of the row\n"
        "7: split: \"anna:50;ben:49\" sums to 99, not to 100 (percent) or 1 (shares)\n"
        "8: date: \"2025-02-30\" is no day of the calendar: February 2025 has 28 days\n"
        "8: amount: \"1,5\" does not fit the decimal point of this file (write 1234.56)\n"
        "8: cancelled: \"yes\" is not a date (write 2026-03-31)\n"));
}

static void complaints_use_the_headings_of_the_file(void) {
    CU_ASSERT_TRUE(fixture_bad(
        FIXTURE_DEALS, "Datum;\"Verk\xC3\xA4ufer\";\"Betrag\"\n1.1.2025;Ute;1.5\n1.1.2025;;2\n",
        "2: Betrag: \"1.5\" does not fit the decimal comma of this file (write 1234,56)\n"
        "3: Verk\xC3\xA4ufer: is empty\n"));
}

static void the_order_of_deals_is_told(void) {
    static const char *const TABLES[2] = {
        "date,person,amount\n2025-01-01,a,1\n2025-01-01,a,1\n2025-02-01,a,1\n",
        "date,person,amount\n2025-01-01,a,1\n2025-02-01,a,1\n2025-01-31,a,1\n"};
    for (int i = 0; i < 2; i++) {
        struct fixture fixture =
            fixture_read_bytes(TABLES[i], strlen(TABLES[i]), FIXTURE_DEALS, false);
        CU_ASSERT_EQUAL(fixture.report.deals_in_order, i == 0);
        CU_ASSERT_EQUAL(fixture.report.rows, 3);
        fixture_free(&fixture);
    }
}

static void people_are_read(void) {
    CU_ASSERT_TRUE(fixture_rows(
        FIXTURE_PEOPLE,
        "name,team,role,plan,hire date,exit,base,variable,quota,leaver\n"
        "anna,North,sales,quarterly,2020-01-01,2025-06-30,\"49,800.50\",EUR 33200,392000,good\n"
        "ben,,,,,,0,,,\n",
        "2 anna [North] [sales] [quarterly] from 2020-01-01 to 2025-06-30 49800.5 33200 392000 "
        "good\n"
        "3 ben [] [] [] 0 nan nan bad\n"));
    CU_ASSERT_TRUE(
        fixture_rows(FIXTURE_PEOPLE,
                     "Mitarbeiter;Rolle;Eintritt;Austritt;Gehalt;Zielbonus;Quote\n"
                     "Ute;kam;1.1.2020;;49.800,50;;0,1\n",
                     "2 Ute [] [kam] [] from 2020-01-01 49800.5 nan 0.10000000000000001 bad\n"));
}

static void wrong_people_are_refused(void) {
    CU_ASSERT_TRUE(fixture_bad(FIXTURE_PEOPLE,
                               "person,start,end,salary,leaver\n"
                               "anna,2025-01-02,2025-01-01,-5,\n"
                               "ben,2025-01-01,2025-01-01,5,ugly\n"
                               ",2025-01-01,,5,bad\n"
                               "anna,2025-01-01,,5,\n"
                               "ben,x,,,\n",
                               "2: end: \"2025-01-01\" is before the start\n"
                               "2: salary: \"-5\" is negative\n"
                               "3: leaver: \"ugly\" is not good or bad\n"
                               "4: person: is empty\n"
                               "5: person: \"anna\" has a row already, in line 2\n"
                               "6: person: \"ben\" has a row already, in line 3\n"
                               "6: start: \"x\" is not a date (write 2026-03-31)\n"));
}

static void many_people_are_told_apart(void) {
    struct text table = {0};
    text_add(&table, "person\n");
    for (int i = 0; i < 3000; i++) {
        text_add(&table, "p%d\n", i * 7919 % 3000);
    }
    struct fixture fixture =
        fixture_read_bytes(text_bytes(&table), table.length, FIXTURE_PEOPLE, false);
    CU_ASSERT_TRUE(fixture.good);
    CU_ASSERT_EQUAL(fixture.report.rows, 3000);
    fixture_free(&fixture);
    text_add(&table, "p%d\n", 7919 * 5 % 3000); /* the one of line 2 + 5 */
    fixture = fixture_read_bytes(text_bytes(&table), table.length, FIXTURE_PEOPLE, true);
    CU_ASSERT_TRUE(fixture.good);
    CU_ASSERT_EQUAL(fixture.report.rows, 3000);
    CU_ASSERT_TRUE(fixture_same("bad rows", &fixture.bad,
                                "3002: person: \"p595\" has a row already, in line 7\n"));
    fixture_free(&fixture);
    text_free(&table);
}

static void measures_are_read(void) {
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_MEASURES,
                                "month,person,metric,objective,value\n"
                                "2025-03,anna,satisfaction,,85%\n"
                                "2025-03-31,,share_price,,41.25\n"
                                "31.03.2025,anna,objective,pilot,1.5\n"
                                "2025/3,,profit,,-250000.5\n",
                                "2 2025-03-01 [anna] satisfaction [] 0.84999999999999998\n"
                                "3 2025-03-01 [] share_price [] 41.25\n"
                                "4 2025-03-01 [anna] objective [pilot] 1.5\n"
                                "5 2025-03-01 [] profit [] -250000.5\n"));
    CU_ASSERT_TRUE(fixture_bad(FIXTURE_MEASURES,
                               "date,metric,value\nMarch,nps,high\n2025-03,,\n2025-13,nps,5 EUR\n",
                               "2: date: \"March\" is not a date (write 2026-03-31)\n"
                               "2: value: \"high\" is not a number (write 1234.56)\n"
                               "3: metric: is empty\n"
                               "3: value: is empty\n"
                               "4: date: \"2025-13\" has the month 13, there are 12 (write "
                               "2026-03-31)\n"
                               "4: value: \"5 EUR\" is not a number (write 1234.56)\n"));
}

static bool add_up(void *user, const struct deal *deal) {
    int64_t *sum = user;
    *sum += deal->amount;
    return true;
}

/* In doubles the sum is 100000.00000133288. */
static void a_million_tenths_sum_to_exactly_100000(void) {
    char path[64];
    struct text table = {0};
    text_add(&table, "date,person,amount\n");
    for (int i = 0; i < 1000000; i++) {
        text_add(&table, "2025-01-01,a,0.1\n");
    }
    fixture_write(path, text_bytes(&table), table.length);
    text_free(&table);
    const struct table_options options = {.skip_bad_rows = false};
    struct table_report report = {.rows = 0};
    struct error error = {0};
    int64_t sum = 0;
    CU_ASSERT_TRUE(deals_read(path, &options, add_up, &sum, &report, &error));
    CU_ASSERT_EQUAL(sum, INT64_C(100000) * MILLIONTHS);
    CU_ASSERT_EQUAL(report.rows, 1000000);
    table_report_free(&report);
    CU_ASSERT_EQUAL(unlink(path), 0);
}

static bool stop_at_third(void *user, const struct deal *deal) {
    long *count = user;
    *count += 1;
    CU_ASSERT_EQUAL(deal->line, *count + 1);
    return *count < 3;
}

static void a_callback_stops_the_reading(void) {
    char path[64];
    static const char TABLE[] = "date,person,amount\n2025-01-01,a,1\n2025-01-01,a,2\n"
                                "2025-01-01,a,3\n2025-01-01,a,4\n2025-01-01,a,x\n";
    fixture_write(path, TABLE, sizeof TABLE - 1);
    const struct table_options options = {.skip_bad_rows = false};
    struct table_report report = {.rows = 0};
    struct error error = {0};
    long count = 0;
    CU_ASSERT_FALSE(deals_read(path, &options, stop_at_third, &count, &report, &error));
    CU_ASSERT_EQUAL(count, 3);
    CU_ASSERT_EQUAL(error.count, 0);
    CU_ASSERT_EQUAL(report.bad_rows, 0);
    /* The same report again, and a check without a callback. */
    CU_ASSERT_FALSE(deals_read(path, &options, NULL, NULL, &report, &error));
    CU_ASSERT_EQUAL(report.rows, 4);
    CU_ASSERT_EQUAL(report.bad_rows, 1);
    CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
    CU_ASSERT_EQUAL(error.count, 1);
    error_free(&error);
    table_report_free(&report);
    CU_ASSERT_EQUAL(unlink(path), 0);
}

static void the_example_is_without_faults(void) {
    static const char *const PATHS[3] = {"scenarios/data/deals.csv", "scenarios/data/people.csv",
                                         "scenarios/data/measures.csv"};
    static const enum fixture_form FORMS[3] = {FIXTURE_DEALS, FIXTURE_PEOPLE, FIXTURE_MEASURES};
    const struct table_options options = {.skip_bad_rows = false};
    for (int i = 0; i < 3; i++) {
        struct fixture fixture = fixture_read_file(PATHS[i], FORMS[i], &options);
        CU_ASSERT_TRUE(fixture_same("errors", &fixture.errors, ""));
        CU_ASSERT_TRUE(fixture_same("notes", &fixture.notes, ""));
        CU_ASSERT(fixture.report.rows >= 12);
        fixture_free(&fixture);
    }
}

static const struct test TESTS[] = {
    {"deals have the columns of the file", deals_have_the_columns_of_the_file},
    {"German deals are read", german_deals_are_read},
    {"everything wrong with a deal is said", everything_wrong_with_a_deal_is_said},
    {"complaints use the headings of the file", complaints_use_the_headings_of_the_file},
    {"the order of deals is told", the_order_of_deals_is_told},
    {"people are read", people_are_read},
    {"wrong people are refused", wrong_people_are_refused},
    {"many people are told apart", many_people_are_told_apart},
    {"measures are read", measures_are_read},
    {"a million tenths sum to exactly 100000", a_million_tenths_sum_to_exactly_100000},
    {"a callback stops the reading", a_callback_stops_the_reading},
    {"the example is without faults", the_example_is_without_faults},
};

const struct suite suite_data_rows = {"data_rows", TESTS, sizeof TESTS / sizeof *TESTS};
