#include "data_fixture.h"
#include "test.h"

#include <sys/stat.h>

static const char TWO_ROWS[] = "2 2025-03-31 anna:1 [A] [] new 1234.5\n"
                               "3 2025-04-01 ben:1 [B] [] new -7\n";

static void separators_are_found_in_the_heading(void) {
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS,
                                "date,person,customer,amount\n2025-03-31,anna,A,1234.5\n"
                                "2025-04-01,ben,B,-7\n",
                                TWO_ROWS));
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS,
                                "date;person;customer;amount\n2025-03-31;anna;A;1.234,5\n"
                                "2025-04-01;ben;B;-7\n",
                                TWO_ROWS));
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS,
                                "date\tperson\tcustomer\tamount\n2025-03-31\tanna\tA\t1,234.50\n"
                                "2025-04-01\tben\tB\t-7\n",
                                TWO_ROWS));
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS,
                                "date\tperson\tcustomer\tamount\n2025-03-31\tanna\tA\t1.234,50\n"
                                "2025-04-01\tben\tB\t-7\n",
                                TWO_ROWS));
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS,
                                "\"date, of the deal,,,,\";date;person;customer;amount\n"
                                ";2025-03-31;anna;A;1234,5\n;2025-04-01;ben;B;-7\n",
                                TWO_ROWS));
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS, /* as many commas as semicolons */
                                "date;person;amount;a,b,c,d\n2025-03-31;anna;1,5;x\n",
                                "2 2025-03-31 anna:1 [] [] new 1.5\n"));
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS,
                                "sep=;\r\ndate;person;amount\r\n2025-03-31;anna;1,5\r\n",
                                "3 2025-03-31 anna:1 [] [] new 1.5\n"));
}

static void line_ends_of_all_systems_are_read(void) {
    static const char *const ENDS[] = {"\n", "\r\n", "\r"};
    for (int i = 0; i < 3; i++) {
        struct text table = {0};
        const char *end = ENDS[i];
        text_add(&table, "date,person,customer,amount%s2025-03-31,anna,A,1234.5%s", end, end);
        text_add(&table, "2025-04-01,ben,B,-7"); /* without an end */
        CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS, text_bytes(&table), TWO_ROWS));
        text_add(&table, "%s%s,,,%s%s2025-04-02,ben,\"x%sy%s%sz\",1%s", end, end, end, end, end,
                 end, end, end);
        text_add(&table, "2025-04-02,ben,C,2%s", end); /* in line 11: six and the three of x y z */
        struct fixture fixture =
            fixture_read_bytes(text_bytes(&table), table.length, FIXTURE_DEALS, false);
        const char *last = "11 2025-04-02 ben:1 [C] [] new 2\n";
        CU_ASSERT(fixture.rows.length > strlen(last));
        CU_ASSERT_STRING_EQUAL(text_bytes(&fixture.rows) + fixture.rows.length - strlen(last),
                               last);
        CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&fixture.rows), "\n7 2025-04-02"));
        fixture_free(&fixture);
        text_free(&table);
    }
}

static void quoted_fields_hold_anything(void) {
    CU_ASSERT_TRUE(fixture_rows(FIXTURE_DEALS,
                                "\xEF\xBB\xBF\"date\",\"per\nson\",customer,amount\n"
                                "2025-03-31,anna,\"a \"\"b\"\", c\nd;\te\",1\n"
                                " 2025-03-31 ,\" anna\xC2\xA0\", 12\" pipe ,\"1\"\n",
                                "3 2025-03-31 anna:1 [a \"b\", c\nd;\te] [] new 1\n"
                                "5 2025-03-31 anna:1 [12\" pipe] [] new 1\n"));
}

static void wrong_quotes_spoil_their_rows_only(void) {
    CU_ASSERT_TRUE(fixture_bad(
        FIXTURE_DEALS,
        "date,person,customer,amount\n"
        "2025-03-31,anna,\"a\"b,1\n"
        "2025-03-31,anna,\"a,1\n"
        "2025-03-31,anna,b,1\n"
        "2025-03-31,anna,\"c\",1\n"
        "2025-03-31,anna,d,x\n"
        "2025-03-31,anna,\"a\" \"b\",1\n",
        "2: the quotes do not fit: a quote inside a quoted field is doubled\n"
        "3: the quotes do not fit (from here to line 5): a quote inside a quoted field is doubled\n"
        "6: amount: \"x\" is not an amount (write 1234.56)\n"
        "7: the quotes do not fit: a quote inside a quoted field is doubled\n"));
}

static void rows_have_the_fields_of_the_heading(void) {
    CU_ASSERT_TRUE(fixture_bad(
        FIXTURE_DEALS,
        "date,person,amount,,\n2025-03-31,anna,1,,,,\n2025-03-31,anna,1\n2025-03-31,anna\n"
        "2025-03-31,anna,1,234.56\n",
        "4: the row has 2 fields, the heading 3\n"
        "5: the row has 4 fields, the heading 3 (a field with a separator inside stands in "
        "quotes)\n"));
}

static void missing_columns_are_named_with_the_nearest(void) {
    static const char TABLE[] = "Datum,Persn,Amuont,Note\n";
    CU_ASSERT_TRUE(fixture_fails(
        TABLE, sizeof TABLE - 1,
        "there is no column person (or rep, salesrep, owner, dealowner, opportunityowner, "
        "employee, salesperson, verkaeufer, verkaeuferin, mitarbeiter, mitarbeiterin); the columns "
        "are \"Datum\", \"Persn\", \"Amuont\", \"Note\" (did you mean \"Persn\"?)\n"
        "there is no column amount (or value, acv, revenue, dealvalue, betrag, umsatz, "
        "auftragswert); the columns are \"Datum\", \"Persn\", \"Amuont\", \"Note\" (did you mean "
        "\"Amuont\"?)\n"));
    CU_ASSERT_TRUE(fixture_fails("Date,Rep,Value,Betrag", 21,
                                 "the columns \"Value\" and \"Betrag\" both mean amount; rename "
                                 "one\n"));
}

static bool notes_are(const char *table, const char *wanted) {
    struct fixture fixture = fixture_read_bytes(table, strlen(table), FIXTURE_DEALS, true);
    bool same = fixture_same("notes", &fixture.notes, wanted);
    fixture_free(&fixture);
    return same;
}

static void what_was_assumed_is_said(void) {
    CU_ASSERT_TRUE(notes_are("date,person,amount\n2025-01-01,a,1.5\n", ""));
    CU_ASSERT_TRUE(notes_are("date;person;amount\n2025-01-01;a;1,5\n",
                             "semicolons between fields and decimal commas, read as such\n"));
    CU_ASSERT_TRUE(notes_are("date\tperson\tamount\n2025-01-01\ta\t1.5\n",
                             "tabs between fields and decimal points, read as such\n"));
    CU_ASSERT_TRUE(notes_are("date\tperson\tamount\n2025-01-01\ta\t1\n",
                             "tabs between fields, read as such\n"));
    CU_ASSERT_TRUE(notes_are("date,person,amount\n2025-01-01,a,45.300\n2025-01-02,a,7\n",
                             "three digits behind a decimal point, as in 45.300, are read as "
                             "decimals wherever they stand; when they are thousands, leave their "
                             "marks out\n"));
    CU_ASSERT_TRUE(notes_are("date,person,amount\n2025-01-01,a,45.300\n2025-01-02,a,7.5\n", ""));
    /* The own name of a column wins; what then is not used is said. */
    CU_ASSERT_TRUE(notes_are("date,person,amount,value\n2025-01-01,a,1,x\n",
                             "not used: the column \"value\"\n"));
    CU_ASSERT_TRUE(notes_are("value,date,person,amount,Stage,mrgin\nx,2025-01-01,a,\xE2\x82\xAC"
                             "1.1234567,x,\n",
                             "not used: the columns \"value\", \"Stage\", \"mrgin\" (did you mean "
                             "margin?)\n"
                             "amounts are in EUR; nothing is converted\n"
                             "numbers with more than six decimals are rounded to six\n"));
}

static void the_user_can_say_the_decimal_sign(void) {
    char path[64];
    static const char TABLE[] = "date;person;amount\n2025-01-01;a;1.5\n";
    const struct table_options options = {.decimal = '.'};
    fixture_write(path, TABLE, sizeof TABLE - 1);
    struct fixture fixture = fixture_read_file(path, FIXTURE_DEALS, &options);
    CU_ASSERT_TRUE(fixture_same("rows", &fixture.rows, "2 2025-01-01 a:1 [] [] new 1.5\n"));
    CU_ASSERT_TRUE(fixture_same("notes", &fixture.notes,
                                "semicolons between fields and decimal points, read as such\n"));
    fixture_free(&fixture);
    CU_ASSERT_EQUAL(unlink(path), 0);
}

static void shown_texts_are_short_and_whole(void) {
    char shown[TABLE_SHOWN_SIZE];
    CU_ASSERT_STRING_EQUAL(table_show("a\nb\x7F\tc", shown), "\"a b  c\"");
    for (int before = 0; before < 4; before++) { /* the cut falls on each byte of a character */
        struct text text = {0};
        struct text wanted = {0};
        text_add(&text, "%.*s", before, "xxx");
        text_add(&wanted, "\"%.*s", before, "xxx");
        for (int i = 0; i < 40; i++) {
            text_add(&text, "\xF0\x9F\x98\x80");
        }
        for (int i = 0; i < (TABLE_SHOWN_SIZE - 9 - before) / 4; i++) {
            text_add(&wanted, "\xF0\x9F\x98\x80");
        }
        text_add(&wanted, "...\"");
        CU_ASSERT_STRING_EQUAL(table_show(text_bytes(&text), shown), text_bytes(&wanted));
        text_free(&text);
        text_free(&wanted);
    }
}

static void bad_rows_are_skipped_only_when_told(void) {
    static const char TABLE[] = "date,person,amount\n2025-01-01,a,1\n2025-01-01,a,x\n"
                                "2025-01-01,a,3\n2025-01-01,,y\n";
    struct fixture fixture = fixture_read_bytes(TABLE, sizeof TABLE - 1, FIXTURE_DEALS, false);
    CU_ASSERT_FALSE(fixture.good);
    CU_ASSERT_EQUAL(fixture.error.kind, ERROR_QUESTION);
    CU_ASSERT_TRUE(fixture_same("errors", &fixture.errors,
                                "2 of 4 rows are bad; correct them, or take only the others with "
                                "--skip-bad-rows\n"));
    fixture_free(&fixture);
    fixture = fixture_read_bytes(TABLE, sizeof TABLE - 1, FIXTURE_DEALS, true);
    CU_ASSERT_TRUE(fixture.good);
    CU_ASSERT_EQUAL(fixture.report.rows, 2);
    CU_ASSERT_EQUAL(fixture.report.bad_rows, 2);
    CU_ASSERT_TRUE(fixture_same("rows", &fixture.rows,
                                "2 2025-01-01 a:1 [] [] new 1\n4 2025-01-01 a:1 [] [] new 3\n"));
    fixture_free(&fixture);
}

static void the_list_of_bad_rows_ends(void) {
    struct text table = {0};
    text_add(&table, "date,person,amount\n");
    for (int i = 0; i < 5000; i++) {
        text_add(&table, "2025-01-01,,x\n");
    }
    struct fixture fixture =
        fixture_read_bytes(text_bytes(&table), table.length, FIXTURE_DEALS, true);
    CU_ASSERT_EQUAL(fixture.report.bad_rows, 5000);
    size_t lines = 0;
    for (const char *at = text_bytes(&fixture.bad); *at != '\0'; at++) {
        lines += *at == '\n';
    }
    CU_ASSERT_EQUAL(lines, 2 * TABLE_BAD_ROWS_LISTED + 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&fixture.bad), "\n... and 4000 more bad rows\n"));
    fixture_free(&fixture);
    text_free(&table);
}

static void what_is_no_text_is_refused(void) {
    static const char LATIN[] = "date,person,amount\n2025-01-01,J\xF6rg,1\n";
    static const char NUL[] = "date,person,amount\n2025-01-01,a,1\n2025\0-01-01,a,1\n";
    static const char CUT[] = "date,person,amount\n2025-01-01,J\xC3";
    static const char *const INVALID[] = {"\xC0\xAF",     "\xE0\x80\xAF",
                                          "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                          "\x80",         "\xF8\x88\x80\x80\x80"};
    static const char SAID[] = "is not UTF-8; convert it with iconv -f latin1 -t utf8\n";
    struct text wanted = {0};
    text_add(&wanted, "2: %s", SAID);
    CU_ASSERT_TRUE(fixture_fails(LATIN, sizeof LATIN - 1, text_bytes(&wanted)));
    CU_ASSERT_TRUE(fixture_fails(CUT, sizeof CUT - 1, text_bytes(&wanted)));
    text_free(&wanted);
    text_add(&wanted, "1: %s", SAID);
    for (size_t i = 0; i < sizeof INVALID / sizeof *INVALID; i++) {
        CU_ASSERT_TRUE(fixture_fails(INVALID[i], strlen(INVALID[i]), text_bytes(&wanted)));
    }
    text_free(&wanted);
    CU_ASSERT_TRUE(fixture_fails(NUL, sizeof NUL - 1,
                                 "3: holds a NUL byte; this is no text (a table in UTF-16 is "
                                 "converted with iconv -f utf16le -t utf8, a spreadsheet saved as "
                                 "CSV)\n"));
    CU_ASSERT_TRUE(fixture_fails("\xFF\xFE"
                                 "d\0a\0",
                                 6,
                                 "1: is UTF-16; convert it with iconv -f utf16 -t utf8, or save it "
                                 "as CSV UTF-8\n"));
    CU_ASSERT_TRUE(fixture_fails("\xFE\xFF\0d\0a", 6,
                                 "1: is UTF-16; convert it with iconv -f utf16 -t utf8, or save it "
                                 "as CSV UTF-8\n"));
}

static void empty_files_are_refused(void) {
    static const char SAID[] =
        "the file is empty; a heading such as date,person and a row for each are wanted\n";
    CU_ASSERT_TRUE(fixture_fails("", 0, SAID));
    CU_ASSERT_TRUE(fixture_fails("\xEF\xBB\xBF", 3, SAID));
    CU_ASSERT_TRUE(fixture_fails("\n\r\n ,,\n", 7, SAID));
}

static bool path_gives(const char *path, const char *wanted) {
    const struct table_options options = {.skip_bad_rows = true};
    struct fixture fixture = fixture_read_file(path, FIXTURE_DEALS, &options);
    bool same = fixture_same("errors", &fixture.errors, wanted);
    fixture_free(&fixture);
    return same;
}

static void what_is_no_plain_file_is_refused(void) {
    char path[64];
    CU_ASSERT_TRUE(path_gives("/tmp", "is a directory; a file with a table is wanted\n"));
    CU_ASSERT_TRUE(path_gives("-", "tables are read twice, first to check them; write a file\n"));
    CU_ASSERT_TRUE(path_gives("/tmp/anreiz-test-none", "No such file or directory\n"));
    fixture_write(path, "x", 1);
    if (geteuid() != 0) { /* root reads everything */
        CU_ASSERT_EQUAL(chmod(path, 0), 0);
        CU_ASSERT_TRUE(path_gives(path, "Permission denied\n"));
    }
    CU_ASSERT_EQUAL(unlink(path), 0);
    CU_ASSERT_EQUAL(mkfifo(path, 0600), 0); /* nobody writes: opening it would wait for ever */
    CU_ASSERT_TRUE(path_gives(path, "is no plain file; tables are read twice, first to check them; "
                                    "write a file\n"));
    CU_ASSERT_EQUAL(unlink(path), 0);
}

static void long_fields_are_survived(void) {
    struct text table = {0};
    struct text filler = {0};
    for (int i = 0; i < 1 << 14; i++) {
        text_add(&filler, "0123456789 abcdefghij, klmnopqrstuvwxyz_ABCDEFGHIJKLMNOPQRSTUVWXYZ.;");
    }
    CU_ASSERT(filler.length > 1000000);
    text_add(&table, "date,person,customer,amount,note\n2025-01-01,a,A,1,\"%s\"\n",
             text_bytes(&filler));
    CU_ASSERT_TRUE(
        fixture_rows(FIXTURE_DEALS, text_bytes(&table), "2 2025-01-01 a:1 [A] [] new 1\n"));
    text_add(&table, "2025-01-01,a,\"%s\",1,\n2025-01-01,a,,y,\n", text_bytes(&filler));
    struct text wanted = {0};
    text_add(&wanted,
             "3: customer: the cell has %zu bytes, at most 4096 are allowed\n"
             "4: amount: \"y\" is not an amount (write 1234.56)\n",
             filler.length);
    CU_ASSERT_TRUE(fixture_bad(FIXTURE_DEALS, text_bytes(&table), text_bytes(&wanted)));
    text_free(&table);
    text_add(&table, "date,person,amount\n2025-01-01,a,1\n2025-01-01,\"a,1\n");
    static const char NEVER[] = "3: a quote that is opened in this row is never closed\n";
    CU_ASSERT_TRUE(fixture_fails(text_bytes(&table), table.length, NEVER));
    for (int i = 0; i < 10; i++) {
        text_add(&table, "%s", text_bytes(&filler));
    }
    CU_ASSERT_TRUE(fixture_fails(text_bytes(&table), table.length,
                                 "3: a field of the rows from here has more than 8 million bytes; "
                                 "is there a quote that is not closed?\n"));
    text_free(&wanted);
    text_free(&table);
    text_free(&filler);
}

/* Ten megabytes of noise, two of some alphabets: an error or not, but never a crash, and little
 * said. */
static void noise_is_survived(void) {
    enum { SIZE = 10000000 };
    static const char *const ALPHABETS[] = {
        NULL, "\"\n,;\r ax1", "date,person,amount\n\"", "0123456789.,;\n", "\",\n", "a"};
    char *noise = malloc(SIZE);
    CU_ASSERT_PTR_NOT_NULL_FATAL(noise);
    uint64_t state = 7;
    for (size_t a = 0; a < sizeof ALPHABETS / sizeof *ALPHABETS; a++) {
        for (int heading = 0; heading < 2; heading++) {
            static const char HEADING[] = "date;person;amount;split\n";
            size_t letters = ALPHABETS[a] == NULL ? 256 : strlen(ALPHABETS[a]);
            size_t size = ALPHABETS[a] == NULL ? SIZE : SIZE / 5;
            for (size_t i = 0; i < size; i++) {
                state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
                size_t letter = (size_t)(state >> 33U) % letters;
                noise[i] = ALPHABETS[a] == NULL ? (char)letter : ALPHABETS[a][letter];
            }
            memcpy(noise, HEADING, heading == 1 ? sizeof HEADING - 1 : 0);
            struct fixture fixture = fixture_read_bytes(noise, size, FIXTURE_DEALS, true);
            CU_ASSERT(!fixture.good || fixture.report.bad_rows > 0);
            CU_ASSERT(fixture.errors.length < 2000);
            CU_ASSERT(fixture.bad.length < TABLE_BAD_ROWS_LISTED * 1000);
            fixture_free(&fixture);
        }
    }
    free(noise);
}

static const struct test TESTS[] = {
    {"separators are found in the heading", separators_are_found_in_the_heading},
    {"line ends of all systems are read, and lines counted", line_ends_of_all_systems_are_read},
    {"quoted fields hold anything", quoted_fields_hold_anything},
    {"wrong quotes spoil their rows only", wrong_quotes_spoil_their_rows_only},
    {"rows have the fields of the heading", rows_have_the_fields_of_the_heading},
    {"missing columns are named with the nearest", missing_columns_are_named_with_the_nearest},
    {"what was assumed is said", what_was_assumed_is_said},
    {"the user can say the decimal sign", the_user_can_say_the_decimal_sign},
    {"shown texts are short and whole", shown_texts_are_short_and_whole},
    {"bad rows are skipped only when told", bad_rows_are_skipped_only_when_told},
    {"the list of bad rows ends", the_list_of_bad_rows_ends},
    {"what is no text is refused", what_is_no_text_is_refused},
    {"empty files are refused", empty_files_are_refused},
    {"what is no plain file is refused", what_is_no_plain_file_is_refused},
    {"long fields are survived", long_fields_are_survived},
    {"noise is survived", noise_is_survived},
};

const struct suite suite_data = {"data", TESTS, sizeof TESTS / sizeof *TESTS};
