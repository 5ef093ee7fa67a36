/* From tables to estimates: every expected number is counted by hand. */
#include "fit_fixture.h"
#include "report/fit_text.h"
#include "test.h"

static bool is_parameter(const struct fitting *fitting, const char *name) {
    const struct finding *finding = fitting_find(fitting, name);
    return finding != NULL && finding->parameter;
}

/* ---- days */

static void days_are_counted_over_leap_years(void) {
    CU_ASSERT_EQUAL(date_day((struct date){2000, 3, 1}) - date_day((struct date){1970, 1, 1}),
                    11017);
    CU_ASSERT_EQUAL(date_day((struct date){2100, 3, 1}) - date_day((struct date){2100, 2, 28}), 1);
    long day = date_day((struct date){1900, 1, 1});
    unsigned wrong = 0;
    for (int year = 1900; year <= 2199; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int d = 1; d <= date_days_of_month(year, month); d++, day++) {
                struct date date = {year, month, d};
                wrong += date_day(date) != day || date_compare(date_of_day(day), date) != 0;
            }
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

/* ---- people */

static void turnover_is_exits_over_time(void) {
    struct fitting fitting = fitting_of(FITTING_PEOPLE, "2021-12-31");
    CU_ASSERT_TRUE(fitting_run(&fitting));
    double years = (731.0 + 366.0 + 365.0) / 365.2425;
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "roles.kam.turnover.annual"),
                           1.0 - exp(-1.0 / years), 1e-12);
    CU_ASSERT_EQUAL(fitting_value(&fitting, "roles.kam.headcount"), 1.0);
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "tenure.kam"), 12.0 * years, 1e-9);
    /* ben leaves after 12.02 months, in the band from 12 on; in it: ann for all of its year, of
     * which half a day is left for the next band, and ben's last day */
    double month = 365.2425 / 12.0;
    double band = 12.0 * month + (366.0 - 12.0 * month);
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "leaving.kam.months_12_to_24"), 365.2425 / band,
                           1e-9);
    CU_ASSERT_EQUAL(fitting_value(&fitting, "leaving.kam.months_0_to_6"), 0.0);
    CU_ASSERT_EQUAL(fitting_value(&fitting, "leaving.kam.months_24_to_60"), 0.0);
    CU_ASSERT_EQUAL(fitting_find(&fitting, "leaving.kam.months_60_on"), NULL);
    CU_ASSERT_PTR_NULL(strstr(text_bytes(&fitting.findings.unknown), "dismissal"));
    fitting_free(&fitting);
}

/* Only from 2021 on: ben has left before and does not count; ann's first year neither. */
static void who_left_before_the_window_does_not_count(void) {
    struct fitting fitting = fitting_of(FITTING_PEOPLE, "2022-06-30");
    fitting.question.from = date_day((struct date){2020, 12, 31});
    CU_ASSERT_TRUE(fitting_run(&fitting));
    double years = ((1.0 + 365.0 + 181.0) + 1.0 + 365.0 + 181.0) / 365.2425;
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "roles.kam.turnover.annual"),
                           1.0 - exp(-1.0 / years), 1e-12);
    CU_ASSERT_EQUAL(fitting_value(&fitting, "roles.kam.headcount"), 2.0);
    fitting_free(&fitting);
    fitting = fitting_of(FITTING_PEOPLE, "2022-06-30");
    fitting.question.from = date_day((struct date){2021, 1, 1});
    CU_ASSERT_TRUE(fitting_run(&fitting));
    CU_ASSERT_EQUAL(fitting_value(&fitting, "roles.kam.turnover.annual"), 0.0);
    CU_ASSERT_FALSE(is_parameter(&fitting, "roles.kam.turnover.annual")); /* 0 is no turnover */
    fitting_free(&fitting);
}

/* ---- customers */

/* Years of a stay that lie before 2023-01-01, whole: a 3 of which it stayed all, b lost in its
 * second (on the anniversary), c lost in its first, d no whole year, e lost in a year that is not
 * over. */
static void customers_count_by_whole_years(void) {
    struct fitting fitting = fitting_of("customer,segment,start,end\n"
                                        "a,key,2020-01-01,\n"
                                        "b,key,2019-06-15,2021-06-15\n"
                                        "c,key,2021-02-01,2021-03-31\n"
                                        "d,key,2022-07-01,\n"
                                        "e,key,2021-08-01,2022-11-30\n",
                                        "2023-01-01");
    CU_ASSERT_TRUE(fitting_run(&fitting));
    /* at risk: a 3, b 2, c 1, e 1 (its first year); lost: b and c */
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "segments.key.churn.annual"), 2.0 / 7.0, 1e-12);
    CU_ASSERT_EQUAL(fitting_value(&fitting, "segments.key.accounts"), 2.0);
    CU_ASSERT_TRUE(is_parameter(&fitting, "segments.key.churn.annual"));
    CU_ASSERT_EQUAL(fitting_find(&fitting, "segments.key.churn.beta_a"), NULL); /* nothing shows */
    fitting_free(&fitting);
}

/* Newcombe 1998, table I: 0 of 20 has the interval 0 .. .1611. */
static void customers_that_all_stayed_bound_churn(void) {
    struct text table = {0};
    text_add(&table, "customer,start,end\n");
    for (int i = 0; i < 20; i++) {
        text_add(&table, "c%d,2020-01-01,\n", i);
    }
    struct fitting fitting = fitting_of(text_bytes(&table), "2021-01-01");
    text_free(&table);
    CU_ASSERT_TRUE(fitting_run(&fitting));
    CU_ASSERT_FALSE(is_parameter(&fitting, "segments.standard.churn.annual"));
    const char *unknown = text_bytes(&fitting.findings.unknown);
    CU_ASSERT_PTR_NOT_NULL(strstr(unknown, "0 lost in 20 years at risk say only that it is below "
                                           "0.161; it keeps its default"));
    CU_ASSERT_PTR_NULL(strstr(unknown, "is the same for all"));
    fitting_free(&fitting);
}

/* Exits are known from 2021-01-01 on: of a the years from 2021 and 2022, of b only the second (in
 * which it is lost) has begun before; c and e as above. */
static void years_that_began_before_the_window_do_not_count(void) {
    struct fitting fitting = fitting_of("customer,segment,start,end\n"
                                        "a,key,2020-01-01,\n"
                                        "b,key,2019-06-15,2021-06-15\n"
                                        "c,key,2021-02-01,2021-03-31\n"
                                        "e,key,2021-08-01,2022-11-30\n",
                                        "2023-01-01");
    fitting.question.from = date_day((struct date){2021, 1, 1});
    CU_ASSERT_TRUE(fitting_run(&fitting));
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "segments.key.churn.annual"), 1.0 / 4.0, 1e-12);
    fitting_free(&fitting);
}

static void tables_of_survival_need_the_number_of_customers_for_intervals(void) {
    const char *table = "year,customers\n0,100\n1,86.9\n2,74.3\n3,65.3\n4,59.3\n5,55.1\n6,51.7\n"
                        "7,49.1\n";
    struct fitting fitting = fitting_of(table, "2025-12-31");
    fitting.question.cohort = 1000.0;
    CU_ASSERT_TRUE(fitting_run(&fitting));
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "segments.standard.churn.beta_a"), 0.668,
                           0.0005);
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "segments.standard.churn.beta_b"), 3.806,
                           0.0005);
    CU_ASSERT_TRUE(is_parameter(&fitting, "segments.standard.churn.beta_a"));
    CU_ASSERT_FALSE(is_parameter(&fitting, "segments.standard.churn.annual"));
    CU_ASSERT_FALSE(isnan(fitting_find(&fitting, "segments.standard.churn.beta_a")->interval.low));
    fitting_free(&fitting);
    fitting = fitting_of(table, "2025-12-31");
    CU_ASSERT_TRUE(fitting_run(&fitting));
    const struct finding *finding = fitting_find(&fitting, "segments.standard.churn.beta_a");
    const struct finding *constant = fitting_find(&fitting, "segments.standard.churn.annual");
    CU_ASSERT_TRUE(isnan((finding == NULL ? constant : finding)->interval.low));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&fitting.findings.unknown), "--cohort"));
    fitting_free(&fitting);
}

/* ---- pipeline */

static void stages_are_ordered_and_counted(void) {
    struct fitting fitting = fitting_of(FITTING_MOVES, "2025-04-01");
    CU_ASSERT_TRUE(fitting_run(&fitting));
    const char *path = "segments.standard.pipeline.stages";
    const double conversions[3] = {2.0 / 3.0, 1.0, 2.0 / 3.0};
    const double days[3] = {100.0 / 3.0, 80.0 / 2.0, 45.0 / 3.0};
    for (size_t k = 0; k < 3; k++) {
        char name[64];
        (void)snprintf(name, sizeof name, "%s.[%zu].conversion", path, k);
        CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, name), conversions[k], 1e-12);
        (void)snprintf(name, sizeof name, "%s.[%zu].months", path, k);
        CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, name),
                               fmax(1.0, days[k] / (365.2425 / 12.0)), 1e-12);
    }
    CU_ASSERT_EQUAL(
        fitting_find(&fitting, "segments.standard.pipeline.stages.[1].conversion")->count, 3.0);
    CU_ASSERT_STRING_EQUAL(text_bytes(&fitting_find(&fitting, path)->literal),
                           "( { name = \"first\"; conversion = 0.6667; months = 1.095; }, "
                           "{ name = \"middle\"; conversion = 1.0; months = 1.314; }, "
                           "{ name = \"last\"; conversion = 0.6667; months = 1.0; } )");
    /* o3's second "first", and o2's win after it was lost */
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text_bytes(&fitting_find(&fitting, path)->method), "2 moves back or after the end"));
    /* four leads after the first, from January 1 at noon through April 1 */
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "leads.standard"),
                           4.0 / (90.5 * 12.0 / 365.2425), 1e-12);
    fitting_free(&fitting);
}

static void the_order_of_stages_can_be_said_and_hunters_too(void) {
    static const char *const STAGES[] = {"middle", "first", "last"};
    struct fitting fitting = fitting_of(FITTING_MOVES, "2025-04-01");
    fitting.question.stages = STAGES;
    fitting.question.stage_count = 3;
    fitting.question.hunters = 2.0;
    CU_ASSERT_TRUE(fitting_run(&fitting));
    /* nobody goes back: o1's middle does not count behind its first */
    CU_ASSERT_DOUBLE_EQUAL(
        fitting_value(&fitting, "segments.standard.pipeline.stages.[1].conversion"), 3.0 / 4.0,
        1e-12);
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "segments.standard.leads.per_hunter"),
                           2.0 / (90.5 * 12.0 / 365.2425), 1e-12);
    fitting_free(&fitting);
    fitting = fitting_of(FITTING_MOVES, "2025-04-01");
    fitting.question.stages = STAGES;
    fitting.question.stage_count = 2;
    CU_ASSERT_FALSE(fitting_run(&fitting));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&fitting.error), "does not name \"last\""));
    fitting_free(&fitting);
}

/* Leads of a year that is said, and of a table that says itself when it begins. */
static void leads_are_counted_from_the_first_day_that_is_looked_at(void) {
    const double months = 366.0 * 12.0 / 365.2425;
    const char *path = "segments.standard.leads.per_hunter";
    struct fitting fitting =
        fitting_of("opportunity,stage,date\no1,first,2024-12-30\n", "2024-12-31");
    fitting.question.from = date_day((struct date){2024, 1, 1});
    fitting.question.hunters = 2.0;
    CU_ASSERT_TRUE(fitting_run(&fitting));
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, path), 0.5 / months, 1e-12);
    findings_free(&fitting.findings);
    fitting.question.from = LONG_MIN; /* the first says nothing but when the table begins */
    CU_ASSERT_TRUE(fitting_run(&fitting));
    CU_ASSERT_PTR_NULL(fitting_find(&fitting, path));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text_bytes(&fitting.findings.unknown), "no lead after the first in 0.0 months"));
    fitting_free(&fitting);
    fitting = fitting_of("opportunity,stage,date\no1,first,2023-12-30\no1,lost,2024-03-01\n",
                         "2024-12-31");
    fitting.question.from = date_day((struct date){2024, 1, 1});
    fitting.question.hunters = 2.0;
    CU_ASSERT_TRUE(fitting_run(&fitting));
    CU_ASSERT_PTR_NULL(fitting_find(&fitting, path));
    CU_ASSERT_PTR_NOT_NULL(/* Garwood: 3.689 / 12.02 months / 2 hunters */
                           strstr(text_bytes(&fitting.findings.unknown),
                                  "below 0.153 leads a month; it keeps"));
    fitting_free(&fitting);
}

static void a_pipeline_that_begins_later_than_said_is_doubted(void) {
    static const char TABLE[] = "opportunity,stage,date\no1,first,2024-07-01\n"
                                "o2,first,2024-08-01\no3,first,2024-09-01\no4,first,2024-10-01\n"
                                "o5,first,2024-11-01\n";
    struct fitting fitting = fitting_of(TABLE, "2024-12-31");
    fitting.question.from = date_day((struct date){2024, 1, 1});
    CU_ASSERT_TRUE(fitting_run(&fitting)); /* (184 / 366)^5 = .032 may be chance */
    CU_ASSERT_PTR_NULL(strstr(text_bytes(&fitting.findings.unknown), "hardly chance"));
    findings_free(&fitting.findings);
    fitting.question.from = date_day((struct date){2022, 1, 1}); /* (184 / 1096)^5 = .00013 */
    CU_ASSERT_TRUE(fitting_run(&fitting));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&fitting.findings.unknown), "(p = 0.00013)"));
    fitting_free(&fitting);
}

static void later_days_are_not_looked_at(void) {
    struct fitting whole = fitting_of(FITTING_MOVES, "2025-02-05");
    struct fitting part = fitting_of("opportunity,stage,date,amount\n"
                                     "o1,first,2025-01-01,\no1,middle,2025-01-11,\n"
                                     "o1,last,2025-01-31,\n"
                                     "o2,first,2025-01-01,\no2,last,2025-01-21,\n"
                                     "o2,lost,2025-01-31,\n"
                                     "o3,first,2025-01-01,\no3,first,2025-01-05,\n"
                                     "o5,middle,2025-01-01,\n",
                                     "2025-02-05");
    CU_ASSERT_TRUE(fitting_run(&whole) && fitting_run(&part));
    CU_ASSERT_EQUAL_FATAL(whole.findings.count, part.findings.count);
    for (size_t i = 0; i < whole.findings.count; i++) {
        const struct finding *a = &whole.findings.list[i];
        const struct finding *b = &part.findings.list[i];
        CU_ASSERT_STRING_EQUAL(a->name, b->name);
        CU_ASSERT_TRUE(a->value == b->value || (isnan(a->value) && isnan(b->value)));
        CU_ASSERT_STRING_EQUAL(text_bytes(&a->literal), text_bytes(&b->literal));
    }
    fitting_free(&whole);
    fitting_free(&part);
}

/* ---- deals and sales */

/* Logs of the amounts: 8, 9, 10; the expansion and the credit note do not count. Mean exp(9.5); of
 * a wallet share of .3 +- .1 the potential is that over .3, its cv^2 = e / (1 + 1/9) - 1. */
static void deals_tell_the_potential(void) {
    struct fitting fitting = fitting_of("date,person,amount,kind,product\n"
                                        "2025-01-05,ann,2980.957987,new,key\n"
                                        "2025-02-05,ann,8103.083928,new,key\n"
                                        "2025-03-05,ben,22026.465795,new,key\n"
                                        "2025-03-06,ben,99999,expansion,key\n"
                                        "2025-03-07,ben,-500,new,key\n"
                                        "2026-01-01,ben,77777,new,key\n",
                                        "2025-12-31");
    CU_ASSERT_TRUE(fitting_run(&fitting));
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "average_deal.key"), exp(9.5), 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "segments.key.potential.mean"), exp(9.5) / 0.3,
                           1e-2);
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "segments.key.potential.cv"),
                           sqrt(exp(1.0) / (1.0 + 1.0 / 9.0) - 1.0), 1e-6);
    fitting_free(&fitting);
}

/* Three people, six months each, of 1, 2 and 4 a month; quotas of 2 a month. */
static void sales_tell_spread_and_attainment(void) {
    struct text table = {0};
    text_add(&table, "month,person,sales,quota\n");
    for (int month = 1; month <= 6; month++) {
        text_add(&table, "2025-%02d,ann,1,2\n2025-%02d,ben,2,2\n2025-%02d,cem,4,2\n", month, month,
                 month);
    }
    for (int month = 4; month <= 10; month++) { /* new: the first six months are left out */
        text_add(&table, "2025-%02d,dan,2,\n", month);
    }
    struct fitting fitting = fitting_of(text_bytes(&table), "2025-12-31");
    CU_ASSERT_TRUE(fitting_run(&fitting));
    /* dan's one month that is left is too few; others' months are divided by the same means */
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "roles.sales.skill.spread"), log(2.0), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "attainment.sales"), (0.5 + 1.0 + 2.0) / 3.0,
                           1e-12);
    CU_ASSERT_DOUBLE_EQUAL(fitting_value(&fitting, "share_at_quota.sales"), 2.0 / 3.0, 1e-12);
    fitting_free(&fitting);
    text_free(&table);
}

/* ---- names */

static void names_can_be_changed_and_wrong_ones_are_errors(void) {
    static const char *const RENAMED[] = {"Account Executive=sales", "AE=sales"};
    const struct fit_names names = {"kam", "key", RENAMED, 2};
    const char *table = "person,role,start,end\nann,Account Executive,2020-01-01,\n"
                        "ben,AE,2020-01-01,2020-06-30\ncem,,2020-01-01,\n";
    struct fitting fitting = {.question = {.from = LONG_MIN}};
    CU_ASSERT_TRUE(fitting_take(&fitting, table, &names));
    CU_ASSERT_EQUAL(fitting.data.roles.count, 2);
    CU_ASSERT_STRING_EQUAL(fitting.data.roles.names[0], "sales");
    CU_ASSERT_STRING_EQUAL(fitting.data.roles.names[1], "kam");
    fitting_free(&fitting);
    fitting = (struct fitting){.question = {.from = LONG_MIN}};
    CU_ASSERT_FALSE(fitting_take(&fitting, table, &FITTING_NAMES));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&fitting.error), "--name 'Account Executive=sales'"));
    fitting_free(&fitting);
}

static void tables_of_survival_are_checked(void) {
    static const char *const TABLES[] = {"year,customers\n0,100\n2,50\n",
                                         "year,customers\n0,100\n1,101\n",
                                         "year,customers\n1,100\n", "year,customers\n0.5,100\n"};
    for (size_t t = 0; t < sizeof TABLES / sizeof *TABLES; t++) {
        struct fitting fitting = {.question = {.from = LONG_MIN}};
        CU_ASSERT_FALSE(fitting_take(&fitting, TABLES[t], &FITTING_NAMES));
        CU_ASSERT_EQUAL(fitting.error.kind, ERROR_QUESTION);
        fitting_free(&fitting);
    }
    struct fitting fitting = fitting_of("year,customers\n0,100\n", "2025-12-31");
    CU_ASSERT_FALSE(fitting_run(&fitting));
    fitting_free(&fitting);
}

/* ---- the configuration */

static void configurations_group_paths_and_stay_comments(void) {
    struct findings findings = {.count = 0};
    struct error error = {0};
    char *bytes = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&bytes, &length);
    CU_ASSERT_PTR_NOT_NULL_FATAL(stream);
    static const char *const PARAMETERS[] = {"roles.b.headcount", "segments.k.churn.annual",
                                             "roles.a.turnover.annual", "roles.a.headcount"};
    for (size_t n = 0; n < 4; n++) {
        struct finding *finding = findings_add(&findings, &error, "%s", PARAMETERS[n]);
        finding->parameter = true;
        finding->whole = strstr(finding->name, "headcount") != NULL;
        finding->value = finding->whole ? 12345.0 : 0.123456;
        text_add(&finding->method, "one\nline");
    }
    text_add(&findings.unknown, "what is not\n");
    CU_ASSERT_TRUE(fit_configuration(stream, &findings, "head", &error));
    CU_ASSERT_EQUAL(fclose(stream), 0);
    CU_ASSERT_STRING_EQUAL(bytes, "// head\n"
                                  "\n"
                                  "roles = {\n"
                                  "    a = {\n"
                                  "        // one line.\n"
                                  "        headcount = 12345;\n"
                                  "        turnover = {\n"
                                  "            // one line.\n"
                                  "            annual = 0.1235;\n"
                                  "        };\n"
                                  "    };\n"
                                  "    b = {\n"
                                  "        // one line.\n"
                                  "        headcount = 12345;\n"
                                  "    };\n"
                                  "};\n"
                                  "\n"
                                  "segments = {\n"
                                  "    k = {\n"
                                  "        churn = {\n"
                                  "            // one line.\n"
                                  "            annual = 0.1235;\n"
                                  "        };\n"
                                  "    };\n"
                                  "};\n"
                                  "\n"
                                  "// Not identified:\n"
                                  "//\n"
                                  "// what is not.\n");
    free(bytes);
    findings_free(&findings);
    error_free(&error);
}

static const struct test TESTS[] = {
    {"days are counted over leap years and back", days_are_counted_over_leap_years},
    {"turnover is exits over time, dismissals only end it", turnover_is_exits_over_time},
    {"who left before the window does not count", who_left_before_the_window_does_not_count},
    {"customers count by whole years of their stay", customers_count_by_whole_years},
    {"customers that all stayed bound churn", customers_that_all_stayed_bound_churn},
    {"years of customers that began before the window do not count",
     years_that_began_before_the_window_do_not_count},
    {"tables of survival need the number of customers for intervals",
     tables_of_survival_need_the_number_of_customers_for_intervals},
    {"stages are ordered, and conversion and time counted", stages_are_ordered_and_counted},
    {"the order of stages can be said, and hunters too",
     the_order_of_stages_can_be_said_and_hunters_too},
    {"leads are counted from the first day that is looked at",
     leads_are_counted_from_the_first_day_that_is_looked_at},
    {"a pipeline that begins later than said is doubted",
     a_pipeline_that_begins_later_than_said_is_doubted},
    {"days after the last are not looked at", later_days_are_not_looked_at},
    {"deals tell the potential", deals_tell_the_potential},
    {"sales tell the spread of skill and attainment", sales_tell_spread_and_attainment},
    {"names can be changed, and wrong ones are errors",
     names_can_be_changed_and_wrong_ones_are_errors},
    {"tables of survival are checked", tables_of_survival_are_checked},
    {"configurations group paths, and comments stay comments",
     configurations_group_paths_and_stay_comments},
};

const struct suite suite_fit_data = {"fit_data", TESTS, sizeof TESTS / sizeof *TESTS};
