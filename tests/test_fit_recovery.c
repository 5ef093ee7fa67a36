/* Estimates recover what tables were drawn from, their intervals cover it, and tables drawn again
 * spread as they do. */
#include "base/distribution.h"
#include "base/random.h"
#include "base/statistics.h"
#include "engine/fit_resample.h"
#include "fit_fixture.h"
#include "test.h"

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
            conversions[k] += inside(fitting_find(&fitting, name), STAGE_LAWS[k].conversion);
            (void)snprintf(name, sizeof name, "segments.key.pipeline.stages.[%zu].months", k);
            months[k] += inside(fitting_find(&fitting, name), STAGE_LAWS[k].months);
        }
        findings_free(&fitting.findings);
    }
    for (size_t k = 0; k < 2; k++) {
        CU_ASSERT_TRUE(covers(conversions[k], SETS, false));
        CU_ASSERT_TRUE(covers(months[k], SETS, true)); /* exact intervals of counts are wide */
    }
    data->segment_of.items = NULL;
    data->moves.items = NULL;
    fitting_free(&fitting);
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
        hits += inside(fitting_find(&fitting, "roles.kam.turnover.annual"), truth);
        findings_free(&fitting.findings);
        fitting.question.from = LONG_MIN;
        CU_ASSERT_TRUE(fit_turnover(&fitting.findings, &fitting.question, &fitting.error));
        naive += inside(fitting_find(&fitting, "roles.kam.turnover.annual"), truth);
        findings_free(&fitting.findings);
    }
    CU_ASSERT_TRUE(covers(hits, SETS, true));
    CU_ASSERT_FALSE(covers(naive, SETS, true)); /* what --from is for */
    data->employments.items = NULL;
    fitting_free(&fitting);
}

/* ---- tables drawn again */

/* Opportunities of the sample are those of the data, with all of their moves in order. */
static void opportunities_are_drawn_with_their_moves(void) {
    struct fitting fitting = fitting_of(FITTING_MOVES, "2025-04-01");
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
    fitting_free(&fitting);
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
        char name[32];
        (void)snprintf(name, sizeof name, "p%u", (unsigned)i);
        CU_ASSERT_TRUE_FATAL(dictionary_add(&data->staff, name, &number, &fitting.error));
        double stay = exponential_quantile(random_uniform(random_row(23, 0, 0, 0), i), 1000.0);
        spells[i] = (struct fit_spell){
            .owner = number, .start = 1, .ended = true, .end = 1 + (long)stay, .wished = true};
        exits += spells[i].end <= 3652;
    }
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        struct fit_data sample;
        CU_ASSERT_TRUE_FATAL(fit_resample(&sample, data, 9, draw, &fitting.error));
        fitting.question.data = &sample;
        CU_ASSERT_TRUE(fit_turnover(&fitting.findings, &fitting.question, &fitting.error));
        moments_add(&rates, -log1p(-fitting_value(&fitting, "roles.kam.turnover.annual")));
        findings_free(&fitting.findings);
        fit_resample_free(&sample);
    }
    /* relative to the mean; a standard deviation from 400 draws has an error of 1 / sqrt(800) */
    double spread = sqrt(moments_variance(&rates)) / rates.mean * sqrt(exits);
    CU_ASSERT_DOUBLE_EQUAL(spread, 1.0, 5.0 * (1.0 / sqrt(800.0) + 0.5 / sqrt(STAFF)));
    data->employments.items = NULL;
    fitting_free(&fitting);
}

/* Who changed the role once has two rows; a day tells who it is and which of the two. */
static void people_are_drawn_with_all_of_their_rows(void) {
    enum { PEOPLE = 30 };
    struct text table = {0};
    text_add(&table, "person,role,start,end,reason\n");
    for (int i = 0; i < PEOPLE; i++) {
        text_add(&table, "p%d,sales,2020-01-%02d,2021-12-31,moved\n", i, i + 1);
    }
    for (int i = 0; i < PEOPLE; i++) {
        text_add(&table, "p%d,kam,2022-01-%02d,,\n", i, i + 1);
    }
    struct fitting fitting = fitting_of(text_bytes(&table), "2025-12-31");
    const long first = date_day((struct date){2020, 1, 1});
    const long second = date_day((struct date){2022, 1, 1});
    size_t missing = 0;
    text_free(&table);
    for (uint64_t draw = 0; draw < 20; draw++) {
        struct fit_data sample;
        size_t times[PEOPLE][2] = {{0}};
        CU_ASSERT_TRUE_FATAL(fit_resample(&sample, &fitting.data, 7, draw, &fitting.error));
        const struct fit_spell *spells = sample.employments.items;
        CU_ASSERT_EQUAL_FATAL(sample.employments.count, 2 * PEOPLE);
        for (size_t i = 0; i < sample.employments.count; i++) {
            bool later = spells[i].start >= second;
            times[spells[i].start - (later ? second : first)][later]++;
        }
        for (size_t i = 0; i < PEOPLE; i++) {
            CU_ASSERT_EQUAL(times[i][0], times[i][1]);
            missing += times[i][0] == 0;
        }
        fit_resample_free(&sample);
    }
    CU_ASSERT_TRUE(missing > 0);
    fitting_free(&fitting);
}

/* Half of the leads come after the last day: how many came before is Poisson, not what chance
 * leaves of a fixed sum, whose standard deviation is sqrt(1/2) of that. */
static void leads_of_samples_spread_as_counts_do(void) {
    enum { LEADS = 200, DRAWS = 400 };
    struct text table = {0};
    struct moments rates = {0};
    text_add(&table, "opportunity,stage,date\n");
    for (int i = 0; i < LEADS; i++) {
        text_add(&table, "o%d,first,%d-%02d-%02d\n", i, i % 2 == 0 ? 2024 : 2025, 1 + i / 2 % 12,
                 1 + i % 28);
    }
    struct fitting fitting = fitting_of(text_bytes(&table), "2024-12-31");
    text_free(&table);
    fitting.question.from = date_day((struct date){2024, 1, 1});
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        struct fit_data sample;
        CU_ASSERT_TRUE_FATAL(fit_resample(&sample, &fitting.data, 9, draw, &fitting.error));
        fitting.question.data = &sample;
        CU_ASSERT_TRUE(fit_pipeline(&fitting.findings, &fitting.question, &fitting.error));
        moments_add(&rates, fitting_value(&fitting, "leads.standard"));
        findings_free(&fitting.findings);
        fit_resample_free(&sample);
    }
    double spread = sqrt(moments_variance(&rates)) / rates.mean * sqrt(LEADS / 2.0);
    CU_ASSERT_DOUBLE_EQUAL(spread, 1.0, 5.0 / sqrt(2.0 * DRAWS));
    fitting_free(&fitting);
}

/* Customers who came together, so many of whom leave in each year. */
static struct fitting fitting_of_cohort(const int lost[], size_t years, int customers) {
    struct text table = {0};
    int customer = 0;
    text_add(&table, "customer,start,end\n");
    for (size_t year = 0; year < years; year++) {
        for (int i = 0; i < lost[year]; i++) {
            text_add(&table, "c%d,2015-01-01,%zu-07-01\n", customer++, 2015 + year);
        }
    }
    while (customer < customers) {
        text_add(&table, "c%d,2015-01-01,\n", customer++);
    }
    char until[32];
    (void)snprintf(until, sizeof until, "%zu-01-01", 2015 + years);
    struct fitting fitting = fitting_of(text_bytes(&table), until);
    text_free(&table);
    fitting.question.data = &fitting.data;
    return fitting;
}

static bool tells_the_same(const struct findings *findings, const struct findings *others) {
    bool same = true;
    for (size_t i = 0; i < others->count; i++) {
        same = same &&
               (!others->list[i].parameter || findings_sets(findings, "%s", others->list[i].name));
    }
    return same;
}

/* Samples that do not tell the same as the tables, among those that choose and those that do not.
 */
static void count_changed_forms(struct fitting *fitting, size_t changed[2]) {
    enum { DRAWS = 60 };
    CU_ASSERT_TRUE_FATAL(fitting_run(fitting));
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        struct fit_data sample;
        CU_ASSERT_TRUE_FATAL(fit_resample(&sample, &fitting->data, 3, draw, &fitting->error));
        for (int kept = 0; kept < 2; kept++) {
            struct fit_question again = fitting->question;
            struct findings findings = {.count = 0};
            again.data = &sample;
            again.form = kept ? &fitting->findings : NULL;
            CU_ASSERT_TRUE(fit(&findings, &again, &fitting->error));
            changed[kept] += !tells_the_same(&findings, &fitting->findings);
            findings_free(&findings);
        }
        fit_resample_free(&sample);
    }
}

static void samples_tell_what_the_tables_told(void) {
    static const int FEW[] = {2};
    static const int FALLING[] = {16, 8, 5, 3, 2};
    static const struct {
        const int *lost;
        size_t years;
        const char *parameter;
    } COHORTS[] = {{FEW, 1, "segments.standard.churn.annual"},
                   {FALLING, 5, "segments.standard.churn.beta_a"}};
    for (size_t c = 0; c < 2; c++) {
        struct fitting fitting = fitting_of_cohort(COHORTS[c].lost, COHORTS[c].years, 60);
        size_t changed[2] = {0};
        count_changed_forms(&fitting, changed);
        CU_ASSERT_TRUE(findings_sets(&fitting.findings, "%s", COHORTS[c].parameter));
        CU_ASSERT_TRUE(changed[0] > 2); /* e^-2 of samples have nobody lost */
        CU_ASSERT_EQUAL(changed[1], 0);
        fitting_free(&fitting);
    }
    struct fitting people = fitting_of(FITTING_PEOPLE, "2021-12-31"); /* one exit */
    size_t changed[2] = {0};
    count_changed_forms(&people, changed);
    CU_ASSERT_TRUE(changed[0] > 2);
    CU_ASSERT_EQUAL(changed[1], 0);
    fitting_free(&people);
}

static const struct test TESTS[] = {
    {"pipelines are recovered and their intervals cover",
     pipelines_are_recovered_and_their_intervals_cover},
    {"turnover is recovered from a window, and not without it",
     turnover_is_recovered_from_a_window},
    {"opportunities are drawn again with all of their moves",
     opportunities_are_drawn_with_their_moves},
    {"samples spread as estimates do", samples_spread_as_estimates_do},
    {"people are drawn again with all of their rows", people_are_drawn_with_all_of_their_rows},
    {"leads of samples spread as counts do", leads_of_samples_spread_as_counts_do},
    {"samples tell the parameters that the tables told", samples_tell_what_the_tables_told},
};

const struct suite suite_fit_recovery = {"fit_recovery", TESTS, sizeof TESTS / sizeof *TESTS};
