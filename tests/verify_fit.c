/* What estimates do over many tables of the same law: bias and coverage. */
#include "base/distribution.h"
#include "base/random.h"
#include "base/statistics.h"
#include "engine/backtest.h"
#include "engine/fit_resample.h"
#include "fit_fixture.h"
#include "test.h"

/* ---- leads */

enum { LEADS_MOST = 250, LEAD_SETS = 20000, DAYS = 731 };

struct lead_law {
    double expected; /* leads in the window */
    bool windowed;   /* --from says when it begins */
};

struct lead_score {
    struct moments rate; /* of the truth */
    double covered;
    double told;
};

/* Opportunities of a Poisson process of days 1 .. `days`. */
static size_t draw_leads(struct fit_move *moves, int days, double expected, uint64_t row) {
    size_t count = 0;
    double day = 1.0;
    for (uint64_t draw = 0;; draw++) {
        day += exponential_quantile(random_uniform(row, draw), days / expected);
        if (day >= days + 1.0 || count == LEADS_MOST) {
            return count;
        }
        moves[count] = (struct fit_move){count, 0, OPPORTUNITY_OPEN, (long)day};
        count++;
    }
}

/* Tables without a lead tell nothing and are not counted; where no rate is told it counts as 0. */
static struct lead_score score_leads(const struct lead_law *law) {
    static struct fit_move moves[LEADS_MOST];
    static size_t segment_of[LEADS_MOST];
    struct fitting fitting = {.question = {.until = DAYS, .hunters = 1.0}};
    struct fit_data *data = &fitting.data;
    struct lead_score score = {.told = 0.0};
    const double truth = law->expected / (DAYS / FIT_DAYS_OF_MONTH);
    size_t number = 0;
    CU_ASSERT_TRUE_FATAL(dictionary_add(&data->segments, "key", &number, &fitting.error) &&
                         dictionary_add(&data->stages, "offer", &number, &fitting.error));
    fitting.question.from = law->windowed ? 1 : LONG_MIN;
    fitting.question.data = data;
    data->segment_of.items = segment_of;
    data->moves.items = moves;
    for (uint64_t set = 0; set < LEAD_SETS; set++) {
        data->moves.count = draw_leads(moves, DAYS, law->expected, random_row(31, set, 0, 0));
        if (data->moves.count == 0 && !law->windowed) {
            continue;
        }
        CU_ASSERT_TRUE(fit_pipeline(&fitting.findings, &fitting.question, &fitting.error));
        const struct finding *finding = fitting_find(&fitting, "segments.key.leads.per_hunter");
        moments_add(&score.rate, finding == NULL ? 0.0 : finding->value / truth);
        score.told += finding != NULL;
        score.covered +=
            finding != NULL && finding->interval.low <= truth && truth <= finding->interval.high;
        findings_free(&fitting.findings);
    }
    data->segment_of.items = NULL;
    data->moves.items = NULL;
    fitting_free(&fitting);
    return score;
}

static void leads_are_told_without_bias(void) {
    static const struct lead_law LAWS[] = {{3.0, true},  {6.0, true},  {48.0, true},
                                           {3.0, false}, {6.0, false}, {48.0, false}};
    for (size_t l = 0; l < sizeof LAWS / sizeof *LAWS; l++) {
        struct lead_score score = score_leads(&LAWS[l]);
        double error = sqrt(moments_variance(&score.rate) / (double)score.rate.count);
        printf("  %g leads%s: rate over truth %.3f +- %.3f, interval of 95 %% covers %.3f\n",
               LAWS[l].expected, LAWS[l].windowed ? " from --from on" : "", score.rate.mean, error,
               score.covered / score.told);
        CU_ASSERT_DOUBLE_EQUAL(score.rate.mean, 1.0, 5.0 * error);
        /* exact intervals of counts cover at least what they say, when there is a count */
        CU_ASSERT_TRUE(LAWS[l].expected < 40.0 ||
                       score.covered / score.told > 0.95 - 5.0 * sqrt(0.05 * 0.95 / LEAD_SETS));
    }
}

/* ---- bands of a backtest */

enum {
    BAND_SETS = 1500,
    BAND_FITS = 20, /* as many as a backtest makes */
    BAND_EACH = 10, /* histories of a fit */
    BEFORE = 730,   /* days that are fitted; a year comes behind them */
    BAND_DAYS = BEFORE + 365
};

static double draw_poisson(double mean, uint64_t row, uint64_t draw) {
    double uniform = random_uniform(row, draw);
    double probability = exp(-mean);
    double below = probability;
    double count = 0.0;
    while (uniform >= below && count < 1000.0) {
        count += 1.0;
        probability *= mean / count;
        below += probability;
    }
    return count;
}

/* Two years of leads are fitted, `fits` times, and the third is foretold, by what a firm does with
 * a rate: a Poisson number. */
static bool foretell(struct backtest *backtest, struct fitting *fitting, uint64_t set,
                     uint64_t fits) {
    static const struct parameters NONE;
    struct series everybody = {.outcome = 0, .role = -1, .segment = -1};
    const struct table table = {.series = &everybody, .series_count = 1, .years = 1};
    uint64_t row = random_row(33, set, 0, 0);
    bool good = backtest_find(backtest, &table, &NONE, &fitting->error) &&
                fit_pipeline(&fitting->findings, &fitting->question, &fitting->error);
    double rate = fitting_value(fitting, "segments.key.leads.per_hunter");
    for (uint64_t n = 0; good && n < fits; n++) {
        if (n > 0) {
            struct fit_data sample;
            struct findings findings = {.count = 0};
            struct fit_question again = fitting->question;
            good = fit_resample(&sample, &fitting->data, set, n, &fitting->error);
            again.data = &sample;
            again.form = &fitting->findings;
            good = good && fit_pipeline(&findings, &again, &fitting->error) &&
                   findings_value(&findings, "segments.key.leads.per_hunter", &rate);
            findings_free(&findings);
            fit_resample_free(&sample);
        }
        uint64_t histories = BAND_FITS * BAND_EACH / fits;
        for (uint64_t h = 0; good && h < histories; h++) {
            double value = draw_poisson(rate * 365.0 / FIT_DAYS_OF_MONTH, row, n * histories + h);
            good = backtest_add(backtest, &table, (const double[]){value, value}, &fitting->error);
        }
    }
    findings_free(&fitting->findings);
    return good && backtest_conclude(backtest, &fitting->error);
}

/* The shares of sets whose third year lies in the bands of 50 and 90 %. */
static void cover_leads(uint64_t fits, double covered[2]) {
    static struct fit_move moves[LEADS_MOST];
    static size_t segment_of[LEADS_MOST];
    struct fitting fitting = {.question = {.from = 1, .until = BEFORE, .hunters = 1.0}};
    struct fit_data *data = &fitting.data;
    size_t number = 0;
    CU_ASSERT_TRUE_FATAL(dictionary_add(&data->segments, "key", &number, &fitting.error) &&
                         dictionary_add(&data->stages, "offer", &number, &fitting.error));
    for (int o = 0; o < LEADS_MOST; o++) {
        char name[32];
        (void)snprintf(name, sizeof name, "o%d", o);
        CU_ASSERT_TRUE_FATAL(dictionary_add(&data->opportunities, name, &number, &fitting.error));
    }
    fitting.question.data = data;
    data->segment_of.items = segment_of;
    data->moves.items = moves;
    covered[0] = covered[1] = 0.0;
    for (uint64_t set = 0; set < BAND_SETS; set++) {
        struct backtest backtest = {.rows = calloc(1, sizeof *backtest.rows), .count = 1};
        CU_ASSERT_PTR_NOT_NULL_FATAL(backtest.rows);
        data->moves.count = draw_leads(moves, BAND_DAYS, 120.0, random_row(32, set, 0, 0));
        (void)snprintf(backtest.rows[0].name, sizeof backtest.rows[0].name, "%s", OUTCOMES[0].name);
        for (size_t i = 0; i < data->moves.count; i++) {
            backtest.rows[0].observed += moves[i].day > BEFORE;
        }
        CU_ASSERT_TRUE_FATAL(foretell(&backtest, &fitting, set, fits));
        covered[0] += backtest_in_half(&backtest.rows[0]) / (double)BAND_SETS;
        covered[1] += backtest_in_ninety(&backtest.rows[0]) / (double)BAND_SETS;
        backtest_free(&backtest);
    }
    data->segment_of.items = NULL;
    data->moves.items = NULL;
    fitting_free(&fitting);
}

static void bands_hold_what_they_say(void) {
    double with[2];
    double without[2];
    cover_leads(BAND_FITS, with);
    cover_leads(1, without);
    printf("  bands of 50 and 90 %% hold %.3f and %.3f; without samples %.3f and %.3f\n", with[0],
           with[1], without[0], without[1]);
    /* whole numbers that equal an edge lie inside, which adds some .05 to the smaller band */
    CU_ASSERT_TRUE(with[0] > 0.5 - 5.0 * 0.5 / sqrt(BAND_SETS) && with[0] < 0.62);
    CU_ASSERT_TRUE(with[1] > 0.9 - 5.0 * 0.3 / sqrt(BAND_SETS) && with[1] < 0.95);
    CU_ASSERT_TRUE(without[1] < with[1] - 5.0 * 0.3 / sqrt(BAND_SETS));
}

static const struct test TESTS[] = {
    {"leads are told without bias, few of them too", leads_are_told_without_bias},
    {"bands of a backtest hold the share that they say", bands_hold_what_they_say},
};

const struct suite suite_verify_fit = {"verify_fit", TESTS, sizeof TESTS / sizeof *TESTS};
