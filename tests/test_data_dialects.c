#include "data_fixture.h"
#include "test.h"

/* Random deals, written as different programs export them, are read back the same. */

enum { DEALS = 200, TEXT_SIZE = 64 };

struct written {
    struct date date;
    bool cancelled;
    struct date cancelled_on;
    char customer[TEXT_SIZE];
    char product[TEXT_SIZE];
    enum deal_kind kind;
    int64_t amount;
    int64_t margin;
    size_t credit_count;
    char people[CREDITS_MOST][8];
    int64_t shares[CREDITS_MOST];
};

struct dialect {
    char separator;
    const char *line_end;
    char decimal;
    const char *group;    /* between thousands; "" */
    const char *minus[2]; /* before and behind a negative amount */
    const char *currency; /* behind amounts */
    const char *date;     /* for printf */
    bool german;          /* day first */
    bool quote_all;
    const char *mark; /* at the beginning of the file */
    const char *heading[9];
};

static uint32_t below(uint64_t *state, uint32_t limit) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33U) % limit;
}

static struct date random_date(uint64_t *state, int first_year) {
    return (struct date){first_year + (int)below(state, 50), 1 + (int)below(state, 12),
                         1 + (int)below(state, 28)};
}

/* Letters, marks and line ends, none of which blank at either end. */
static void random_text(uint64_t *state, char text[TEXT_SIZE]) {
    static const char *const PIECES[] = {"a",        "Z",
                                         "\"",       ",",
                                         ";",        "\t",
                                         "\n",       "\r",
                                         " ",        "'",
                                         ":",        "|",
                                         "\xC3\xA4", "\xE2\x82\xAC",
                                         "0",        "\"\"",
                                         "=",        "\xF0\x9F\x98\x80"};
    uint32_t count = below(state, 12);
    text[0] = '\0';
    for (uint32_t i = 0; i < count; i++) {
        (void)strcat(text, PIECES[below(state, sizeof PIECES / sizeof *PIECES)]);
    }
    if (count > 0) {
        memmove(text + 1, text, strlen(text) + 1);
        text[0] = 'x';
        (void)strcat(text, "y");
    }
}

static int64_t random_amount(uint64_t *state) {
    static const int64_t SCALES[] = {1, 1000, 1000000, 10000000000, 1000000000000};
    int64_t amount = (int64_t)below(state, 2000000) * SCALES[below(state, 5)];
    return below(state, 4) == 0 ? -amount : amount;
}

static void random_deal(uint64_t *state, struct written *deal) {
    *deal = (struct written){.date = random_date(state, 1950)};
    deal->cancelled = below(state, 3) == 0;
    deal->cancelled_on = random_date(state, 2000);
    random_text(state, deal->customer);
    random_text(state, deal->product);
    deal->kind = (enum deal_kind)below(state, 3);
    deal->amount = random_amount(state);
    deal->margin = random_amount(state);
    deal->credit_count = 1 + below(state, 4);
    int64_t rest = MILLIONTHS;
    for (size_t i = 0; i < deal->credit_count; i++) {
        bool last = i + 1 == deal->credit_count;
        deal->shares[i] = last ? rest : 1 + below(state, 300000);
        rest -= deal->shares[i];
        deal->people[i][0] = (char)('a' + i);
    }
}

/* The digits of `value`, with a decimal sign always: with tabs it tells. */
static void add_number(struct text *text, int64_t value, const struct dialect *dialect) {
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%lld", (long long)(llabs(value) / MILLIONTHS));
    size_t count = strlen(digits);
    for (size_t i = 0; i < count; i++) {
        text_add(text, "%s%c", i > 0 && (count - i) % 3 == 0 ? dialect->group : "", digits[i]);
    }
    (void)snprintf(digits, sizeof digits, "%06lld", (long long)(llabs(value) % MILLIONTHS));
    text_add(text, "%c%s", dialect->decimal, digits);
}

static void add_amount(struct text *text, int64_t value, const struct dialect *dialect) {
    text_add(text, "%s", value < 0 ? dialect->minus[0] : "");
    add_number(text, value, dialect);
    text_add(text, "%s%s", value < 0 ? dialect->minus[1] : "", dialect->currency);
}

static void add_date(struct text *text, struct date date, const struct dialect *dialect) {
    int parts[3] = {date.year, date.month, date.day};
    char written[32];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    (void)snprintf(written, sizeof written, dialect->date, parts[dialect->german ? 2 : 0], parts[1],
                   parts[dialect->german ? 0 : 2]);
#pragma GCC diagnostic pop
    text_add(text, "%s", written);
}

/* Writes a field and what follows it, quoted where needed. */
static void add_field(struct text *text, const char *field, const struct dialect *dialect,
                      const char *next) {
    bool quoted = dialect->quote_all || strpbrk(field, "\"\r\n") != NULL ||
                  strchr(field, dialect->separator) != NULL;
    text_add(text, "%s", quoted ? "\"" : "");
    for (const char *at = field; *at != '\0';) {
        size_t plain = strcspn(at, "\"");
        text_add(text, "%.*s%s", (int)plain, at, at[plain] == '\0' ? "" : quoted ? "\"\"" : "\"");
        at += plain + (at[plain] != '\0');
    }
    text_add(text, "%s%s", quoted ? "\"" : "", next);
}

static void write_deal(struct text *table, const struct written *deal,
                       const struct dialect *dialect) {
    static const char *const KINDS[2][3] = {{"new", "expansion", "renewal"},
                                            {"Neukunde", "Ausbau", "Verl\xC3\xA4ngerung"}};
    struct text fields[9] = {{0}};
    const char between[2] = {dialect->separator, '\0'};
    add_date(&fields[0], deal->date, dialect);
    text_add(&fields[2], "%s", deal->customer);
    add_amount(&fields[3], deal->amount, dialect);
    add_amount(&fields[4], deal->margin, dialect);
    text_add(&fields[5], "%s", KINDS[dialect->german ? 1 : 0][deal->kind]);
    text_add(&fields[6], "%s", deal->product);
    if (deal->credit_count == 1) {
        text_add(&fields[1], "%s", deal->people[0]);
    }
    for (size_t i = 0; deal->credit_count > 1 && i < deal->credit_count; i++) {
        text_add(&fields[7], "%s%s:", i > 0 ? ";" : "", deal->people[i]);
        text_add(&fields[7], "%lld%c%04lld", (long long)(deal->shares[i] / 10000), dialect->decimal,
                 (long long)(deal->shares[i] % 10000));
    }
    if (deal->cancelled) {
        add_date(&fields[8], deal->cancelled_on, dialect);
    }
    for (size_t i = 0; i < 9; i++) {
        add_field(table, text_bytes(&fields[i]), dialect, i < 8 ? between : dialect->line_end);
        text_free(&fields[i]);
    }
}

static struct text write_table(const struct written *deals, size_t count,
                               const struct dialect *dialect) {
    struct text table = {0};
    const char between[2] = {dialect->separator, '\0'};
    text_add(&table, "%s", dialect->mark);
    for (size_t i = 0; i < 9; i++) {
        add_field(&table, dialect->heading[i], dialect, i < 8 ? between : dialect->line_end);
    }
    for (size_t i = 0; i < count; i++) {
        write_deal(&table, &deals[i], dialect);
    }
    return table;
}

struct comparison {
    const struct written *deals;
    size_t count;
    size_t same;
};

static bool compare(void *user, const struct deal *deal) {
    struct comparison *comparison = user;
    CU_ASSERT_FATAL(comparison->count > 0);
    const struct written *wanted = comparison->deals++;
    comparison->count--;
    bool same = date_compare(deal->date, wanted->date) == 0 &&
                strcmp(deal->customer, wanted->customer) == 0 &&
                strcmp(deal->product, wanted->product) == 0 && deal->kind == wanted->kind &&
                deal->amount == wanted->amount && deal->has_margin &&
                deal->margin == wanted->margin && deal->cancelled == wanted->cancelled &&
                (!deal->cancelled || date_compare(deal->cancelled_on, wanted->cancelled_on) == 0) &&
                deal->credit_count == wanted->credit_count;
    for (size_t i = 0; same && i < deal->credit_count; i++) {
        same = strcmp(deal->credits[i].person, wanted->people[i]) == 0 &&
               deal->credits[i].share == wanted->shares[i];
    }
    comparison->same += same;
    return true;
}

/* Whether a table gives exactly these deals. */
static bool reads_back(const struct text *table, const struct written *deals, size_t count) {
    char path[64];
    const struct table_options options = {.skip_bad_rows = false};
    struct table_report report = {.rows = 0};
    struct error error = {0};
    struct comparison comparison = {deals, count, 0};
    fixture_write(path, table->bytes, table->length);
    bool good = deals_read(path, &options, compare, &comparison, &report, &error);
    if (!good) {
        (void)fprintf(stderr, "\n%s%s", text_bytes(&report.bad), error_text(&error));
    }
    CU_ASSERT_EQUAL(unlink(path), 0);
    table_report_free(&report);
    error_free(&error);
    return good && comparison.count == 0 && comparison.same == count;
}

#define ENGLISH                                                                                    \
    {                                                                                              \
        "date", "person", "Account Name", "amount", "gross margin", "type", "product", "split",    \
            "cancelled"                                                                            \
    }
#define GERMAN                                                                                     \
    {                                                                                              \
        "Datum", "Verk\xC3\xA4ufer", "Kunde", "Betrag", "Deckungsbeitrag", "Art", "Produkt",       \
            "Aufteilung", "Storno"                                                                 \
    }

static const struct dialect DIALECTS[] = {
    {',', "\n", '.', "", {"-", ""}, "", "%04d-%02d-%02d", false, false, "", ENGLISH},
    {',', "\r\n", '.', ",", {"(", ")"}, "", "%04d/%02d/%02d", false, true, "", ENGLISH},
    {',', "\r", '.', "'", {"-", ""}, " USD", "%04d%02d%02d", false, false, "", ENGLISH},
    {';', "\r\n", ',', ".", {"-", ""}, "", "%02d.%02d.%04d", true, false, "\xEF\xBB\xBF", GERMAN},
    {';', "\n", ',', " ", {"", "-"}, " \xE2\x82\xAC", "%d.%d.%04d", true, true, "", GERMAN},
    {';',
     "\r",
     ',',
     "\xE2\x80\xAF",
     {"-", ""},
     "",
     "%02d.%02d.%04d 00:00",
     true,
     false,
     "",
     GERMAN},
    {'\t',
     "\n",
     ',',
     ".",
     {"-", ""},
     "\xC2\xA0"
     "EUR",
     "%04d-%02d-%02dT10:00:00Z",
     false,
     false,
     "",
     ENGLISH},
    {'\t', "\r\n", '.', ",", {"\xE2\x88\x92", ""}, "", "%02d.%02d.%04d", true, false, "", GERMAN},
};

static void every_dialect_is_read_back(void) {
    struct written *deals = calloc(DEALS, sizeof *deals);
    CU_ASSERT_PTR_NOT_NULL_FATAL(deals);
    uint64_t state = 2025;
    for (int round = 0; round < 10; round++) {
        for (size_t i = 0; i < DEALS; i++) {
            random_deal(&state, &deals[i]);
        }
        for (size_t d = 0; d < sizeof DIALECTS / sizeof *DIALECTS; d++) {
            struct text table = write_table(deals, DEALS, &DIALECTS[d]);
            CU_ASSERT_TRUE(reads_back(&table, deals, DEALS));
            text_free(&table);
        }
    }
    free(deals);
}

/* Files are read in pieces. The border moves through 64 bytes of a row, most of which belong to
 * characters of several bytes, doubled quotes or line ends. */
static void borders_of_pieces_do_not_show(void) {
    enum { MANY = 2400, SHIFTS = 64 };
    static const char DENSE[] = "x\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\"\r\n\xF0\x9F\x98\x80;"
                                "\xE2\x82\xAC\xE2\x82\xAC\"\"\xF0\x9F\x98\x80\xC3\xA4\xC3\xA4y";
    struct written *deals = calloc(MANY, sizeof *deals);
    CU_ASSERT_PTR_NOT_NULL_FATAL(deals);
    uint64_t state = 9;
    for (size_t i = 0; i < MANY; i++) {
        random_deal(&state, &deals[i]);
        memcpy(deals[i].customer, DENSE, sizeof DENSE);
        memcpy(deals[i].product, DENSE, sizeof DENSE);
    }
    for (int shift = 0; shift < SHIFTS; shift++) {
        struct dialect dialect = DIALECTS[3];
        char heading[SHIFTS + 8] = "Kun";
        memset(heading + 3, '_', (size_t)shift);
        memcpy(heading + 3 + shift, "de", 3);
        dialect.heading[2] = heading;
        struct text table = write_table(deals, MANY, &dialect);
        CU_ASSERT(table.length > 262144 + 65536);
        CU_ASSERT_TRUE(reads_back(&table, deals, MANY));
        text_free(&table);
    }
    free(deals);
}

static const struct test TESTS[] = {
    {"every dialect is read back the same", every_dialect_is_read_back},
    {"borders of pieces do not show", borders_of_pieces_do_not_show},
};

const struct suite suite_data_dialects = {"data_dialects", TESTS, sizeof TESTS / sizeof *TESTS};
