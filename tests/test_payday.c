#include "base/random.h"
#include "data_fixture.h"
#include "engine/payday.h"
#include "engine/payday_compare.h"
#include "engine/tally.h"
#include "test.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>

enum { PEOPLE = 4, MONTHS = 6, DEALS = 40, TRIALS = 100 };

/* One payday of one plan on a table of deals. */
struct paid {
    char path[64];
    struct dictionary products;
    struct table_options options;
    struct roster roster;
    struct dealings dealings;
    struct gauges gauges;
    struct parameters parameters;
    struct plan plan;
    struct pay_scheme scheme;
    struct payday_question question;
    struct payday_results results;
    struct payday_totals totals;
};

static void pay(struct paid *paid, struct component *components, size_t count, const char *deals) {
    struct table_report report = {0};
    struct error error = {0};
    memset(paid, 0, sizeof *paid);
    fixture_write(paid->path, deals, strlen(deals));
    paid->plan = (struct plan){.name = "p", .components = components, .component_count = count};
    paid->parameters.simulation.fiscal_year_start = 1;
    paid->parameters.plans = &paid->plan;
    paid->parameters.plan_count = 1;
    paid->dealings = (struct dealings){.path = paid->path,
                                       .options = &paid->options,
                                       .roster = &paid->roster,
                                       .products = &paid->products};
    CU_ASSERT_TRUE_FATAL(dealings_survey(&paid->dealings, &report, &error));
    paid->scheme =
        (struct pay_scheme){"p", calloc(paid->roster.names.count, sizeof *paid->scheme.plans)};
    paid->question = (struct payday_question){.parameters = &paid->parameters,
                                              .roster = &paid->roster,
                                              .dealings = &paid->dealings,
                                              .gauges = &paid->gauges,
                                              .products = &paid->products,
                                              .schemes = &paid->scheme,
                                              .scheme_count = 1,
                                              .first_month = paid->dealings.first_month,
                                              .last_month = paid->dealings.last_month,
                                              .traced = SIZE_MAX};
    CU_ASSERT_TRUE_FATAL(payday_check(&paid->question, &error));
    CU_ASSERT_TRUE_FATAL(payday_run(&paid->question, &paid->results, &error));
    CU_ASSERT_TRUE_FATAL(payday_totals(&paid->totals, &paid->question, &paid->results, &error));
    table_report_free(&report);
    CU_ASSERT_EQUAL(unlink(paid->path), 0);
}

static void paid_free(struct paid *paid) {
    payday_totals_free(&paid->totals);
    payday_free(&paid->results);
    dealings_free(&paid->dealings);
    roster_free(&paid->roster);
    free(paid->scheme.plans);
}

static int64_t cents_of(const struct paid *paid, const char *person, long month) {
    int64_t sum = 0;
    size_t payee;
    CU_ASSERT_TRUE_FATAL(dictionary_find(&paid->roster.names, person, &payee));
    for (size_t i = 0; i < paid->results.line_count; i++) {
        const struct pay_line *line = &paid->results.lines[i];
        bool counts = line->payee == payee && (month == 0 || line->month == month);
        sum += counts && pay_kind_is_paid(line->kind) ? line->cents : 0;
    }
    return sum;
}

/* The same payments, whatever the order of people in the tables. */
static bool same_pay(const struct paid *a, const struct paid *b) {
    bool same = a->roster.names.count == b->roster.names.count;
    for (size_t p = 0; p < a->roster.names.count; p++) {
        const char *name = a->roster.names.names[p];
        for (long m = a->question.first_month; m <= a->question.last_month; m++) {
            same = same && cents_of(a, name, m) == cents_of(b, name, m);
        }
    }
    return same;
}

/* A random deal: a person, a month of 2025, a day and cents. */
struct drawn {
    int person, month, day;
    long long cents;
};

static struct drawn draw(uint64_t trial, uint64_t number) {
    uint64_t row = random_row(7, trial, 0, 0);
    double size = random_uniform(row, 4 * number);
    return (struct drawn){.person = (int)(random_bits(row, 4 * number + 1) % PEOPLE),
                          .month = (int)(random_bits(row, 4 * number + 2) % MONTHS) + 1,
                          .day = (int)(random_bits(row, 4 * number + 3) % 28) + 1,
                          .cents = (long long)(size * size * 3e6)};
}

static void add_row(struct text *text, const struct drawn *drawn, long long cents) {
    text_add(text, "2025-%02d-%02d,p%d,%lld.%02lld\n", drawn->month, drawn->day, drawn->person,
             cents / 100, cents % 100);
}

/* Everybody has a row in the first and the last month, so that the months are the same. */
static void add_frame(struct text *text) {
    text_add(text, "date,person,amount\n");
    for (int p = 0; p < PEOPLE; p++) {
        text_add(text, "2025-01-01,p%d,0\n2025-%02d-28,p%d,0\n", p, MONTHS, p);
    }
}

static struct component tiers(void) {
    return (struct component){.name = "tiers",
                              .type = COMPONENT_COMMISSION,
                              .metric = METRIC_NEW_REVENUE,
                              .period = PERIOD_QUARTER,
                              .credit = {.share = 1.0},
                              .tiers = {3, {{0, .05}, {10000, .07}, {25000, .09}}}};
}

static void a_deal_in_two_rows_is_paid_the_same(void) {
    size_t differ = 0;
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        struct component component = tiers();
        struct text whole = {0};
        struct text cut = {0};
        struct paid one;
        struct paid two;
        add_frame(&whole);
        add_frame(&cut);
        for (uint64_t i = 0; i < DEALS; i++) {
            struct drawn drawn = draw(trial, i);
            long long part = drawn.cents * (long long)(i % 7) / 7;
            add_row(&whole, &drawn, drawn.cents);
            add_row(&cut, &drawn, part);
            add_row(&cut, &drawn, drawn.cents - part);
        }
        pay(&one, &component, 1, text_bytes(&whole));
        pay(&two, &component, 1, text_bytes(&cut));
        differ += !same_pay(&one, &two);
        CU_ASSERT(cents_of(&one, "p0", 0) > 0);
        paid_free(&one);
        paid_free(&two);
        text_free(&whole);
        text_free(&cut);
    }
    CU_ASSERT_EQUAL(differ, 0);
}

/* Rows forwards and backwards. */
static size_t orders_that_differ(struct component component) {
    size_t differ = 0;
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        struct text forwards = {0};
        struct text backwards = {0};
        struct paid one;
        struct paid two;
        add_frame(&forwards);
        add_frame(&backwards);
        for (uint64_t i = 0; i < DEALS; i++) {
            struct drawn first = draw(trial, i);
            struct drawn last = draw(trial, DEALS - 1 - i);
            first.day = last.day = 15; /* within a day the order of rows is the order of deals */
            add_row(&forwards, &first, first.cents);
            add_row(&backwards, &last, last.cents);
        }
        pay(&one, &component, 1, text_bytes(&forwards));
        pay(&two, &component, 1, text_bytes(&backwards));
        CU_ASSERT_FALSE(one.dealings.in_order);
        differ += !same_pay(&one, &two);
        paid_free(&one);
        paid_free(&two);
        text_free(&forwards);
        text_free(&backwards);
    }
    return differ;
}

static void the_order_of_deals_matters_only_to_deal_factors(void) {
    struct component component = tiers();
    CU_ASSERT_EQUAL(orders_that_differ(component), 0);
    component.credit.most_per_deal = 9000.0;
    CU_ASSERT_EQUAL(orders_that_differ(component), 0);
    component.credit.most_per_deal = 0.0;
    component.quota = 20000.0;
    component.deal_factors = (struct curve){2, {{0, 1}, {1, 1.25}}};
    CU_ASSERT(orders_that_differ(component) > TRIALS / 2);
}

/* Whole numbers throughout: 5 % of the cents of the year so far, rounded half up, less what was
 * paid before. */
static void a_flat_rate_pays_what_whole_numbers_say(void) {
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        struct component component = tiers();
        long long sold[PEOPLE][MONTHS] = {{0}};
        struct text rows = {0};
        struct paid paid;
        int64_t lines = 0;
        int64_t people = 0;
        component.period = PERIOD_MONTH;
        component.tiers.count = 0;
        component.rate = .05;
        add_frame(&rows);
        for (uint64_t i = 0; i < DEALS; i++) {
            struct drawn drawn = draw(trial, i);
            add_row(&rows, &drawn, drawn.cents);
            sold[drawn.person][drawn.month - 1] += drawn.cents;
        }
        pay(&paid, &component, 1, text_bytes(&rows));
        for (int p = 0; p < PEOPLE; p++) {
            long long before = 0;
            long long sum = 0;
            char name[16];
            (void)snprintf(name, sizeof name, "p%d", p);
            for (int m = 0; m < MONTHS; m++) {
                sum += sold[p][m];
                long long due = (sum * 5 + 50) / 100;
                CU_ASSERT_EQUAL(cents_of(&paid, name, 2025L * 12 + m), due - before);
                before = due;
            }
            size_t payee;
            CU_ASSERT_TRUE(dictionary_find(&paid.roster.names, name, &payee));
            people += payday_sums(&paid.totals, 0, payee)->paid;
        }
        for (size_t i = 0; i < paid.results.line_count; i++) {
            lines += paid.results.lines[i].cents;
        }
        CU_ASSERT_EQUAL(lines, people);
        CU_ASSERT_EQUAL(payday_compare(&paid.totals, 0, TENTHS).other, people);
        paid_free(&paid);
        text_free(&rows);
    }
}

static void parts_of_a_deal_sum_to_all_of_it(void) {
    const int64_t amounts[6] = {1, -1, 100000001, -333333333, INT64_MAX, INT64_MIN + 1};
    for (size_t a = 0; a < 6; a++) {
        for (int64_t third = 1; third < 1000000; third += 99991) {
            int64_t first = dealing_part(amounts[a], 0, third);
            int64_t second = dealing_part(amounts[a], third, (MILLIONTHS - third) / 2);
            int64_t before = third + (MILLIONTHS - third) / 2;
            int64_t last = dealing_part(amounts[a], before, MILLIONTHS - before);
            CU_ASSERT_EQUAL(first + second + last, amounts[a]);
            double exact = (double)amounts[a] * (double)third / MILLIONTHS;
            CU_ASSERT(fabs((double)first - exact) <= 1.0 + fabs(exact) * 1e-15);
        }
    }
}

/* Who is employed on the last day of a month has that month. */
static void months_count_for_who_is_there_on_their_last_day(void) {
    static const char TABLE[] = "person,start,end\n"
                                "anna,2025-01-31,2025-03-31\n"
                                "ben,2025-02-01,2025-04-29\n"
                                "carl,,2024-02-28\n"
                                "dora,,2024-02-29\n";
    char path[64];
    struct roster roster = {0};
    struct table_options options = {0};
    struct table_report report = {0};
    struct error error = {0};
    size_t stranger;
    fixture_write(path, TABLE, sizeof TABLE - 1);
    CU_ASSERT_TRUE_FATAL(roster_read(&roster, path, &options, &report, &error));
    const long year = 2025L * 12;
    CU_ASSERT_FALSE(payee_employed(&roster.payees[0], year - 1));
    CU_ASSERT_TRUE(payee_employed(&roster.payees[0], year));
    CU_ASSERT_TRUE(payee_employed(&roster.payees[0], year + 2));
    CU_ASSERT_FALSE(payee_employed(&roster.payees[0], year + 3));
    CU_ASSERT_FALSE(payee_employed(&roster.payees[1], year));
    CU_ASSERT_TRUE(payee_employed(&roster.payees[1], year + 2));
    CU_ASSERT_FALSE(payee_employed(&roster.payees[1], year + 3));
    CU_ASSERT_FALSE(payee_employed(&roster.payees[2], year - 11));
    CU_ASSERT_TRUE(payee_employed(&roster.payees[3], year - 11));
    CU_ASSERT_EQUAL(payee_tenure(&roster.payees[1], year + 3), 2);
    CU_ASSERT_TRUE(roster_person(&roster, "emil", &stranger, &error));
    CU_ASSERT_EQUAL(stranger, SIZE_MAX);
    table_report_free(&report);
    roster_free(&roster);
    CU_ASSERT_EQUAL(unlink(path), 0);
}

static const struct test TESTS[] = {
    {"a deal in two rows is paid the same", a_deal_in_two_rows_is_paid_the_same},
    {"the order of deals matters only to deal factors",
     the_order_of_deals_matters_only_to_deal_factors},
    {"a flat rate pays what whole numbers say", a_flat_rate_pays_what_whole_numbers_say},
    {"parts of a deal sum to all of it", parts_of_a_deal_sum_to_all_of_it},
    {"months count for who is there on their last day",
     months_count_for_who_is_there_on_their_last_day},
};
const struct suite suite_payday = {"payday", TESTS, sizeof TESTS / sizeof *TESTS};
