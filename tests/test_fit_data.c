/* From tables to estimates: every expected number is counted by hand. */
#include "base/distribution.h"
#include "base/random.h"
#include "data_fixture.h"
#include "engine/backtest.h"
#include "engine/fit.h"
#include "engine/fit_resample.h"
#include "report/fit_text.h"
#include "test.h"

#include <limits.h>
#include <math.h>

struct fitting {
    struct fit_data data;
    struct fit_question question;
    struct findings findings;
    struct error error;
};

static const struct fit_names NAMES = {.role = "sales", .segment = "standard"};

/* Reads a table; true when it could be read. */
static bool take(struct fitting *fitting, const char *table, const struct fit_names *names) {
    char path[64];
    const struct table_options options = {.skip_bad_rows = false};
    struct table_report report = {0};
    fixture_write(path, table, strlen(table));
    bool good = fit_data_read(&fitting->data, path, names, &options, &report, &fitting->error);
    CU_ASSERT_EQUAL(unlink(path), 0);
    table_report_free(&report);
    return good;
}

static struct fitting fitting_of(const char *table, const char *until) {
    struct fitting fitting = {.question = {.from = LONG_MIN}};
    struct date date;
    struct text complaint = {0};
    CU_ASSERT_TRUE_FATAL(take(&fitting, table, &NAMES));
    CU_ASSERT_TRUE_FATAL(date_read(until, &date, &complaint));
    fitting.question.until = date_day(date);
    return fitting;
}

static bool run(struct fitting *fitting) {
    fitting->question.data = &fitting->data;
    return fit(&fitting->findings, &fitting->question, &fitting->error);
}

static void release(struct fitting *fitting) {
    fit_data_free(&fitting->data);
    findings_free(&fitting->findings);
    error_free(&fitting->error);
}

static const struct finding *find(const struct fitting *fitting, const char *name) {
    for (size_t i = 0; i < fitting->findings.count; i++) {
        if (strcmp(fitting->findings.list[i].name, name) == 0) {
            return &fitting->findings.list[i];
        }
    }
    return NULL;
}

/* The value of that name, NAN when there is none. */
static double value(const struct fitting *fitting, const char *name) {
    const struct finding *finding = find(fitting, name);
    return finding == NULL ? (double)NAN : finding->value;
}

static bool is_parameter(const struct fitting *fitting, const char *name) {
    const struct finding *finding = find(fitting, name);
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

/* Until 2021-12-31: ann 731 days (2020 has 366), ben 366 (leaves), cem 365 (dismissed), dan comes
 * later. */
static const char PEOPLE[] = "person,role,start,end,reason\n"
                             "ann,kam,2020-01-01,,\n"
                             "ben,kam,2020-01-01,2020-12-31,quit\n"
                             "cem,kam,2021-01-01,2021-12-31,dismissed\n"
                             "dan,kam,2022-01-01,,\n";

static void turnover_is_exits_over_time(void) {
    struct fitting fitting = fitting_of(PEOPLE, "2021-12-31");
    CU_ASSERT_TRUE(run(&fitting));
    double years = (731.0 + 366.0 + 365.0) / 365.2425;
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "roles.kam.turnover.annual"), 1.0 - exp(-1.0 / years),
                           1e-12);
    CU_ASSERT_EQUAL(value(&fitting, "roles.kam.headcount"), 1.0);
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "tenure.kam"), 12.0 * years, 1e-9);
    /* ben leaves after 12.02 months, in the band from 12 on; in it: ann for all of its year, of
     * which half a day is left for the next band, and ben's last day */
    double month = 365.2425 / 12.0;
    double band = 12.0 * month + (366.0 - 12.0 * month);
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "leaving.kam.months_12_to_24"), 365.2425 / band, 1e-9);
    CU_ASSERT_EQUAL(value(&fitting, "leaving.kam.months_0_to_6"), 0.0);
    CU_ASSERT_EQUAL(value(&fitting, "leaving.kam.months_24_to_60"), 0.0);
    CU_ASSERT_EQUAL(find(&fitting, "leaving.kam.months_60_on"), NULL);
    CU_ASSERT_PTR_NULL(strstr(text_bytes(&fitting.findings.unknown), "dismissal"));
    release(&fitting);
}

/* Only from 2021 on: ben has left before and does not count; ann's first year neither. */
static void who_left_before_the_window_does_not_count(void) {
    struct fitting fitting = fitting_of(PEOPLE, "2022-06-30");
    fitting.question.from = date_day((struct date){2020, 12, 31});
    CU_ASSERT_TRUE(run(&fitting));
    double years = ((1.0 + 365.0 + 181.0) + 1.0 + 365.0 + 181.0) / 365.2425;
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "roles.kam.turnover.annual"), 1.0 - exp(-1.0 / years),
                           1e-12);
    CU_ASSERT_EQUAL(value(&fitting, "roles.kam.headcount"), 2.0);
    release(&fitting);
    fitting = fitting_of(PEOPLE, "2022-06-30");
    fitting.question.from = date_day((struct date){2021, 1, 1});
    CU_ASSERT_TRUE(run(&fitting));
    CU_ASSERT_EQUAL(value(&fitting, "roles.kam.turnover.annual"), 0.0);
    CU_ASSERT_FALSE(is_parameter(&fitting, "roles.kam.turnover.annual")); /* 0 is no turnover */
    release(&fitting);
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
    CU_ASSERT_TRUE(run(&fitting));
    /* at risk: a 3, b 2, c 1, e 1 (its first year); lost: b and c */
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "segments.key.churn.annual"), 2.0 / 7.0, 1e-12);
    CU_ASSERT_EQUAL(value(&fitting, "segments.key.accounts"), 2.0);
    CU_ASSERT_TRUE(is_parameter(&fitting, "segments.key.churn.annual"));
    CU_ASSERT_EQUAL(find(&fitting, "segments.key.churn.beta_a"), NULL); /* nothing shows */
    release(&fitting);
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
    CU_ASSERT_TRUE(run(&fitting));
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "segments.key.churn.annual"), 1.0 / 4.0, 1e-12);
    release(&fitting);
}

static void tables_of_survival_need_the_number_of_customers_for_intervals(void) {
    const char *table = "year,customers\n0,100\n1,86.9\n2,74.3\n3,65.3\n4,59.3\n5,55.1\n6,51.7\n"
                        "7,49.1\n";
    struct fitting fitting = fitting_of(table, "2025-12-31");
    fitting.question.cohort = 1000.0;
    CU_ASSERT_TRUE(run(&fitting));
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "segments.standard.churn.beta_a"), 0.668, 0.0005);
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "segments.standard.churn.beta_b"), 3.806, 0.0005);
    CU_ASSERT_TRUE(is_parameter(&fitting, "segments.standard.churn.beta_a"));
    CU_ASSERT_FALSE(is_parameter(&fitting, "segments.standard.churn.annual"));
    CU_ASSERT_FALSE(isnan(find(&fitting, "segments.standard.churn.beta_a")->interval.low));
    release(&fitting);
    fitting = fitting_of(table, "2025-12-31");
    CU_ASSERT_TRUE(run(&fitting));
    const struct finding *finding = find(&fitting, "segments.standard.churn.beta_a");
    const struct finding *constant = find(&fitting, "segments.standard.churn.annual");
    CU_ASSERT_TRUE(isnan((finding == NULL ? constant : finding)->interval.low));
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&fitting.findings.unknown), "--cohort"));
    release(&fitting);
}

/* ---- pipeline */

/* o1 wins through all; o2 skips the middle and is lost in the last, what is said later does not
 * count; o3 goes back (does not count)
 * and is lost in the first; o4 is open; o5 begins in the middle. In days: first 10 + 20 + 40 + 30,
 * middle 20 + 60, last 30 + 10 + 5. */
static const char MOVES[] = "opportunity,stage,date,amount\n"
                            "o1,first,2025-01-01,\no1,middle,2025-01-11,\no1,last,2025-01-31,\n"
                            "o1,Closed Won,2025-03-02,1000\n"
                            "o2,first,2025-01-01,\no2,last,2025-01-21,\no2,lost,2025-01-31,\n"
                            "o2,won,2025-02-20,\n"
                            "o3,first,2025-01-01,\no3,first,2025-01-05,\no3,lost,2025-02-10,\n"
                            "o4,first,2025-03-02,\n"
                            "o5,middle,2025-01-01,\no5,last,2025-03-02,\no5,won,2025-03-07,500\n";

static void stages_are_ordered_and_counted(void) {
    struct fitting fitting = fitting_of(MOVES, "2025-04-01");
    CU_ASSERT_TRUE(run(&fitting));
    const char *path = "segments.standard.pipeline.stages";
    const double conversions[3] = {2.0 / 3.0, 1.0, 2.0 / 3.0};
    const double days[3] = {100.0 / 3.0, 80.0 / 2.0, 45.0 / 3.0};
    for (size_t k = 0; k < 3; k++) {
        char name[64];
        (void)snprintf(name, sizeof name, "%s.[%zu].conversion", path, k);
        CU_ASSERT_DOUBLE_EQUAL(value(&fitting, name), conversions[k], 1e-12);
        (void)snprintf(name, sizeof name, "%s.[%zu].months", path, k);
        CU_ASSERT_DOUBLE_EQUAL(value(&fitting, name), fmax(1.0, days[k] / (365.2425 / 12.0)),
                               1e-12);
    }
    CU_ASSERT_EQUAL(find(&fitting, "segments.standard.pipeline.stages.[1].conversion")->count, 3.0);
    CU_ASSERT_STRING_EQUAL(text_bytes(&find(&fitting, path)->literal),
                           "( { name = \"first\"; conversion = 0.6667; months = 1.095; }, "
                           "{ name = \"middle\"; conversion = 1.0; months = 1.314; }, "
                           "{ name = \"last\"; conversion = 0.6667; months = 1.0; } )");
    /* o3's second "first", and o2's win after it was lost */
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text_bytes(&find(&fitting, path)->method), "2 moves back or after the end"));
    /* five leads from January 1 to April 1, 91 days */
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "leads.standard"), 5.0 / (91.0 * 12.0 / 365.2425),
                           1e-12);
    release(&fitting);
}

static void the_order_of_stages_can_be_said_and_hunters_too(void) {
    static const char *const STAGES[] = {"middle", "first", "last"};
    struct fitting fitting = fitting_of(MOVES, "2025-04-01");
    fitting.question.stages = STAGES;
    fitting.question.stage_count = 3;
    fitting.question.hunters = 2.0;
    CU_ASSERT_TRUE(run(&fitting));
    /* nobody goes back: o1's middle does not count behind its first */
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "segments.standard.pipeline.stages.[1].conversion"),
                           3.0 / 4.0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "segments.standard.leads.per_hunter"),
                           2.5 / (91.0 * 12.0 / 365.2425), 1e-12);
    release(&fitting);
    fitting = fitting_of(MOVES, "2025-04-01");
    fitting.question.stages = STAGES;
    fitting.question.stage_count = 2;
    CU_ASSERT_FALSE(run(&fitting));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&fitting.error), "does not name \"last\""));
    release(&fitting);
}

static void later_days_are_not_looked_at(void) {
    struct fitting whole = fitting_of(MOVES, "2025-02-05");
    struct fitting part = fitting_of("opportunity,stage,date,amount\n"
                                     "o1,first,2025-01-01,\no1,middle,2025-01-11,\n"
                                     "o1,last,2025-01-31,\n"
                                     "o2,first,2025-01-01,\no2,last,2025-01-21,\n"
                                     "o2,lost,2025-01-31,\n"
                                     "o3,first,2025-01-01,\no3,first,2025-01-05,\n"
                                     "o5,middle,2025-01-01,\n",
                                     "2025-02-05");
    CU_ASSERT_TRUE(run(&whole) && run(&part));
    CU_ASSERT_EQUAL_FATAL(whole.findings.count, part.findings.count);
    for (size_t i = 0; i < whole.findings.count; i++) {
        const struct finding *a = &whole.findings.list[i];
        const struct finding *b = &part.findings.list[i];
        CU_ASSERT_STRING_EQUAL(a->name, b->name);
        CU_ASSERT_TRUE(a->value == b->value || (isnan(a->value) && isnan(b->value)));
        CU_ASSERT_STRING_EQUAL(text_bytes(&a->literal), text_bytes(&b->literal));
    }
    release(&whole);
    release(&part);
}

/* ---- recovery */

static bool inside(const struct finding *finding, double truth) {
    return finding != NULL && finding->interval.low <= truth && truth <= finding->interval.high;
}

/* Whether so many hits of `sets` are what intervals of 95 % have, within five standard errors. */
static bool covers(unsigned hits, unsigned sets, bool may_be_more) {
    double share = (double)hits / sets;
    double error = sqrt(0.95 * 0.05 / sets);
    return share > 0.95 - 5.0 * error && (may_be_more || share < 0.95 + 5.0 * error);
}

static const struct stage_law {
    const char *name;
    double conversion;
    double months;
} STAGE_LAWS[2] = {{"offer", 0.4, 2.0}, {"negotiation", 0.6, 3.5}};

/* Opportunities of two years that go on until they end, or the two years do. */
static size_t draw_moves(struct fit_move *moves, size_t opportunities, uint64_t set) {
    uint64_t row = random_row(21, set, 0, 0);
    uint64_t draw = 0;
    size_t count = 0;
    for (size_t o = 0; o < opportunities; o++) {
        double day = 730.0 * random_uniform(row, draw++);
        enum opportunity_state state = OPPORTUNITY_OPEN;
        for (size_t k = 0; k <= 2 && state == OPPORTUNITY_OPEN && day < 730.0; k++) {
            state = k == 2 ? OPPORTUNITY_WON : OPPORTUNITY_OPEN;
            moves[count++] = (struct fit_move){o, k == 2 ? 0 : k, state, 1 + (long)day};
            if (k < 2) {
                day += exponential_quantile(random_uniform(row, draw++),
                                            STAGE_LAWS[k].months * FIT_DAYS_OF_MONTH);
                if (random_uniform(row, draw++) >= STAGE_LAWS[k].conversion) {
                    state = OPPORTUNITY_LOST;
                    if (day < 730.0) {
                        moves[count++] = (struct fit_move){o, 0, state, 1 + (long)day};
                    }
                }
            }
        }
    }
    return count;
}

static void pipelines_are_recovered_and_their_intervals_cover(void) {
    enum { SETS = 300, OPPORTUNITIES = 120 };
    static struct fit_move moves[OPPORTUNITIES * 4];
    static size_t segment_of[OPPORTUNITIES];
    unsigned conversions[2] = {0};
    unsigned months[2] = {0};
    struct fitting fitting = {.question = {.from = LONG_MIN, .until = 730}};
    struct fit_data *data = &fitting.data;
    size_t number = 0;
    CU_ASSERT_TRUE_FATAL(dictionary_add(&data->segments, "key", &number, &fitting.error) &&
                         dictionary_add(&data->stages, "offer", &number, &fitting.error) &&
                         dictionary_add(&data->stages, "negotiation", &number, &fitting.error));
    for (uint64_t set = 0; set < SETS; set++) {
        data->segment_of.items = segment_of;
        data->moves.items = moves;
        data->moves.count = draw_moves(moves, OPPORTUNITIES, set);
        fitting.question.data = data;
        CU_ASSERT_TRUE(fit_pipeline(&fitting.findings, &fitting.question, &fitting.error));
        for (size_t k = 0; k < 2; k++) {
            char name[64];
            (void)snprintf(name, sizeof name, "segments.key.pipeline.stages.[%zu].conversion", k);
            conversions[k] += inside(find(&fitting, name), STAGE_LAWS[k].conversion);
            (void)snprintf(name, sizeof name, "segments.key.pipeline.stages.[%zu].months", k);
            months[k] += inside(find(&fitting, name), STAGE_LAWS[k].months);
        }
        findings_free(&fitting.findings);
    }
    for (size_t k = 0; k < 2; k++) {
        CU_ASSERT_TRUE(covers(conversions[k], SETS, false));
        CU_ASSERT_TRUE(covers(months[k], SETS, true)); /* exact intervals of counts are wide */
    }
    data->segment_of.items = NULL;
    data->moves.items = NULL;
    release(&fitting);
}

/* A system that knows exits from its third year on: of those who left before there is no row. */
static void turnover_is_recovered_from_a_window(void) {
    enum { SETS = 400, STAFF = 80 };
    const double rate = 0.3;
    static struct fit_spell spells[STAFF];
    unsigned hits = 0;
    unsigned naive = 0;
    struct fitting fitting = {.question = {.from = 731, .until = 1826}};
    struct fit_data *data = &fitting.data;
    size_t number = 0;
    CU_ASSERT_TRUE_FATAL(dictionary_add(&data->roles, "kam", &number, &fitting.error));
    data->has[CONTENT_EMPLOYMENTS] = true;
    fitting.question.data = data;
    for (uint64_t set = 0; set < SETS; set++) {
        uint64_t row = random_row(22, set, 0, 0);
        data->employments = (struct fit_list){.items = spells};
        for (uint64_t i = 0; i < STAFF; i++) {
            long start = 1 + (long)(1826.0 * random_uniform(row, 2 * i));
            double stay = exponential_quantile(random_uniform(row, 2 * i + 1), 1.0 / rate);
            struct fit_spell spell = {.start = start, .ended = true, .wished = true};
            spell.end = start + (long)(stay * FIT_DAYS_OF_YEAR);
            if (spell.end >= 731) {
                spells[data->employments.count++] = spell;
            }
        }
        const double truth = 1.0 - exp(-rate);
        fitting.question.from = 731;
        CU_ASSERT_TRUE(fit_turnover(&fitting.findings, &fitting.question, &fitting.error));
        hits += inside(find(&fitting, "roles.kam.turnover.annual"), truth);
        findings_free(&fitting.findings);
        fitting.question.from = LONG_MIN;
        CU_ASSERT_TRUE(fit_turnover(&fitting.findings, &fitting.question, &fitting.error));
        naive += inside(find(&fitting, "roles.kam.turnover.annual"), truth);
        findings_free(&fitting.findings);
    }
    CU_ASSERT_TRUE(covers(hits, SETS, true));
    CU_ASSERT_FALSE(covers(naive, SETS, true)); /* what --from is for */
    data->employments.items = NULL;
    release(&fitting);
}

/* ---- tables drawn again */

/* Opportunities of the sample are those of the data, with all of their moves in order. */
static void opportunities_are_drawn_with_their_moves(void) {
    struct fitting fitting = fitting_of(MOVES, "2025-04-01");
    struct fit_data sample;
    struct fit_data same;
    size_t different = 0;
    for (uint64_t draw = 0; draw < 20; draw++) {
        CU_ASSERT_TRUE_FATAL(fit_resample(&sample, &fitting.data, 7, draw, &fitting.error));
        CU_ASSERT_TRUE_FATAL(fit_resample(&same, &fitting.data, 7, draw, &fitting.error));
        CU_ASSERT_EQUAL_FATAL(sample.moves.count, same.moves.count);
        const struct fit_move *moves = sample.moves.items;
        const struct fit_move *original = fitting.data.moves.items;
        different += sample.moves.count != fitting.data.moves.count;
        for (size_t i = 0; i < sample.moves.count;) {
            size_t count = 1;
            while (i + count < sample.moves.count &&
                   moves[i + count].opportunity == moves[i].opportunity) {
                count++;
            }
            bool found = false;
            for (size_t k = 0; k + count <= fitting.data.moves.count && !found; k++) {
                found = k == 0 || original[k].opportunity != original[k - 1].opportunity;
                for (size_t n = 0; found && n < count; n++) {
                    found = original[k + n].opportunity == original[k].opportunity &&
                            original[k + n].day == moves[i + n].day &&
                            original[k + n].stage == moves[i + n].stage &&
                            original[k + n].state == moves[i + n].state;
                }
                found = found && (k + count == fitting.data.moves.count ||
                                  original[k + count].opportunity != original[k].opportunity);
            }
            CU_ASSERT_TRUE(found);
            i += count;
        }
        fit_resample_free(&sample);
        fit_resample_free(&same);
    }
    CU_ASSERT_TRUE(different > 0);
    release(&fitting);
}

/* Exits of a constant rate: the rate of samples spreads as rate / sqrt(exits). */
static void samples_spread_as_estimates_do(void) {
    enum { STAFF = 400, DRAWS = 400 };
    static struct fit_spell spells[STAFF];
    struct fitting fitting = {.question = {.from = LONG_MIN, .until = 3652}};
    struct fit_data *data = &fitting.data;
    struct moments rates = {0};
    size_t number = 0;
    double exits = 0.0;
    CU_ASSERT_TRUE_FATAL(dictionary_add(&data->roles, "kam", &number, &fitting.error));
    data->has[CONTENT_EMPLOYMENTS] = true;
    data->employments = (struct fit_list){.items = spells, .count = STAFF};
    for (uint64_t i = 0; i < STAFF; i++) {
        double stay = exponential_quantile(random_uniform(random_row(23, 0, 0, 0), i), 1000.0);
        spells[i] =
            (struct fit_spell){.start = 1, .ended = true, .end = 1 + (long)stay, .wished = true};
        exits += spells[i].end <= 3652;
    }
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        struct fit_data sample;
        CU_ASSERT_TRUE_FATAL(fit_resample(&sample, data, 9, draw, &fitting.error));
        fitting.question.data = &sample;
        CU_ASSERT_TRUE(fit_turnover(&fitting.findings, &fitting.question, &fitting.error));
        moments_add(&rates, -log1p(-value(&fitting, "roles.kam.turnover.annual")));
        findings_free(&fitting.findings);
        fit_resample_free(&sample);
    }
    /* relative to the mean; a standard deviation from 400 draws has an error of 1 / sqrt(800) */
    double spread = sqrt(moments_variance(&rates)) / rates.mean * sqrt(exits);
    CU_ASSERT_DOUBLE_EQUAL(spread, 1.0, 5.0 * (1.0 / sqrt(800.0) + 0.5 / sqrt(STAFF)));
    data->employments.items = NULL;
    release(&fitting);
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
    CU_ASSERT_TRUE(run(&fitting));
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "average_deal.key"), exp(9.5), 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "segments.key.potential.mean"), exp(9.5) / 0.3, 1e-2);
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "segments.key.potential.cv"),
                           sqrt(exp(1.0) / (1.0 + 1.0 / 9.0) - 1.0), 1e-6);
    release(&fitting);
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
    CU_ASSERT_TRUE(run(&fitting));
    /* dan's one month that is left is too few; others' months are divided by the same means */
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "roles.sales.skill.spread"), log(2.0), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "attainment.sales"), (0.5 + 1.0 + 2.0) / 3.0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(value(&fitting, "share_at_quota.sales"), 2.0 / 3.0, 1e-12);
    release(&fitting);
    text_free(&table);
}

/* ---- names */

static void names_can_be_changed_and_wrong_ones_are_errors(void) {
    static const char *const RENAMED[] = {"Account Executive=sales", "AE=sales"};
    const struct fit_names names = {"kam", "key", RENAMED, 2};
    const char *table = "person,role,start,end\nann,Account Executive,2020-01-01,\n"
                        "ben,AE,2020-01-01,2020-06-30\ncem,,2020-01-01,\n";
    struct fitting fitting = {.question = {.from = LONG_MIN}};
    CU_ASSERT_TRUE(take(&fitting, table, &names));
    CU_ASSERT_EQUAL(fitting.data.roles.count, 2);
    CU_ASSERT_STRING_EQUAL(fitting.data.roles.names[0], "sales");
    CU_ASSERT_STRING_EQUAL(fitting.data.roles.names[1], "kam");
    release(&fitting);
    fitting = (struct fitting){.question = {.from = LONG_MIN}};
    CU_ASSERT_FALSE(take(&fitting, table, &NAMES));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&fitting.error), "--name 'Account Executive=sales'"));
    release(&fitting);
}

static void tables_of_survival_are_checked(void) {
    static const char *const TABLES[] = {"year,customers\n0,100\n2,50\n",
                                         "year,customers\n0,100\n1,101\n",
                                         "year,customers\n1,100\n", "year,customers\n0.5,100\n"};
    for (size_t t = 0; t < sizeof TABLES / sizeof *TABLES; t++) {
        struct fitting fitting = {.question = {.from = LONG_MIN}};
        CU_ASSERT_FALSE(take(&fitting, TABLES[t], &NAMES));
        CU_ASSERT_EQUAL(fitting.error.kind, ERROR_QUESTION);
        release(&fitting);
    }
    struct fitting fitting = fitting_of("year,customers\n0,100\n", "2025-12-31");
    CU_ASSERT_FALSE(run(&fitting));
    release(&fitting);
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

/* ---- what came later */

static bool observed(const struct backtest *backtest, const char *name, size_t year,
                     double wanted) {
    for (size_t i = 0; i < backtest->count; i++) {
        const struct backtest_row *row = &backtest->rows[i];
        if (strcmp(row->name, name) == 0 && row->year == year) {
            return fabs(row->observed - wanted) < 1e-9;
        }
    }
    return false;
}

static void later_years_are_counted(void) {
    CU_ASSERT_EQUAL(
        backtest_years(date_day((struct date){2021, 1, 1}), date_day((struct date){2022, 12, 31})),
        2);
    CU_ASSERT_EQUAL(
        backtest_years(date_day((struct date){2021, 1, 1}), date_day((struct date){2022, 12, 30})),
        1);
    struct fitting fitting = fitting_of(PEOPLE, "2019-12-31");
    struct backtest backtest = {.count = 0};
    CU_ASSERT_TRUE(take(&fitting,
                        "customer,start,end\na,2018-01-01,2020-06-30\nb,2020-02-01,\n"
                        "c,2021-01-01,2021-12-31\n",
                        &NAMES));
    CU_ASSERT_TRUE(take(&fitting, MOVES, &NAMES));
    fitting.question.data = &fitting.data;
    CU_ASSERT_TRUE(backtest_observe(&backtest, &fitting.question,
                                    date_day((struct date){2020, 1, 1}), 6, &fitting.error));
    CU_ASSERT_TRUE(observed(&backtest, "turnover_voluntary.kam", 0, 365.2425 / (366.0 + 366.0)));
    CU_ASSERT_TRUE(observed(&backtest, "turnover_voluntary.kam", 1, 0.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers.standard", 0, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers_won.standard", 0, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers_lost.standard", 0, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers.standard", 1, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers_won.standard", 1, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "customers_lost.standard", 1, 1.0));
    CU_ASSERT_TRUE(observed(&backtest, "leads.standard", 5, 5.0));
    CU_ASSERT_TRUE(observed(&backtest, "conversion.standard", 5, 0.5)); /* two of four */
    CU_ASSERT_TRUE(observed(&backtest, "deals.standard", 5, 2.0));
    CU_ASSERT_TRUE(observed(&backtest, "average_deal.standard", 5, 750.0));
    CU_ASSERT_TRUE(observed(&backtest, "new_revenue.standard", 5, 1500.0));
    CU_ASSERT_FALSE(observed(&backtest, "leads.standard", 0, 0.0)); /* there is nothing to see */
    backtest_free(&backtest);
    release(&fitting);
}

static void bands_include_their_edges(void) {
    struct backtest_row row = {.simulated = {.quantile = {1, 2, 3, 4, 5, 6, 7}}};
    const struct {
        double at;
        bool half;
        bool ninety;
    } places[] = {{0.9, false, false}, {1.0, false, true}, {3.0, true, true},
                  {5.0, true, true},   {5.1, false, true}, {7.1, false, false}};
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        row.observed = places[p].at;
        CU_ASSERT_EQUAL(backtest_in_half(&row), places[p].half);
        CU_ASSERT_EQUAL(backtest_in_ninety(&row), places[p].ninety);
    }
}

static const struct test TESTS[] = {
    {"days are counted over leap years and back", days_are_counted_over_leap_years},
    {"turnover is exits over time, dismissals only end it", turnover_is_exits_over_time},
    {"who left before the window does not count", who_left_before_the_window_does_not_count},
    {"customers count by whole years of their stay", customers_count_by_whole_years},
    {"years of customers that began before the window do not count",
     years_that_began_before_the_window_do_not_count},
    {"tables of survival need the number of customers for intervals",
     tables_of_survival_need_the_number_of_customers_for_intervals},
    {"stages are ordered, and conversion and time counted", stages_are_ordered_and_counted},
    {"the order of stages can be said, and hunters too",
     the_order_of_stages_can_be_said_and_hunters_too},
    {"days after the last are not looked at", later_days_are_not_looked_at},
    {"pipelines are recovered and their intervals cover",
     pipelines_are_recovered_and_their_intervals_cover},
    {"turnover is recovered from a window, and not without it",
     turnover_is_recovered_from_a_window},
    {"opportunities are drawn again with all of their moves",
     opportunities_are_drawn_with_their_moves},
    {"samples spread as estimates do", samples_spread_as_estimates_do},
    {"deals tell the potential", deals_tell_the_potential},
    {"sales tell the spread of skill and attainment", sales_tell_spread_and_attainment},
    {"names can be changed, and wrong ones are errors",
     names_can_be_changed_and_wrong_ones_are_errors},
    {"tables of survival are checked", tables_of_survival_are_checked},
    {"configurations group paths, and comments stay comments",
     configurations_group_paths_and_stay_comments},
    {"later years are counted as outcomes are", later_years_are_counted},
    {"bands include their edges", bands_include_their_edges},
};

const struct suite suite_fit_data = {"fit_data", TESTS, sizeof TESTS / sizeof *TESTS};
