/* What estimates do over many tables of the same law: bias and coverage. */
#include "base/distribution.h"
#include "base/random.h"
#include "base/statistics.h"
#include "fit_fixture.h"
#include "test.h"

/* ---- leads */

enum { LEADS_MOST = 200, LEAD_SETS = 20000, DAYS = 731 };

struct lead_law {
    double expected; /* leads in the window */
    bool windowed;   /* --from says when it begins */
};

struct lead_score {
    struct moments rate; /* of the truth */
    double covered;
    double told;
};

/* Opportunities of a Poisson process of days 1 .. DAYS. */
static size_t draw_leads(struct fit_move *moves, double expected, uint64_t row) {
    size_t count = 0;
    double day = 1.0;
    for (uint64_t draw = 0;; draw++) {
        day += exponential_quantile(random_uniform(row, draw), DAYS / expected);
        if (day >= DAYS + 1.0 || count == LEADS_MOST) {
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
        data->moves.count = draw_leads(moves, law->expected, random_row(31, set, 0, 0));
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

static const struct test TESTS[] = {
    {"leads are told without bias, few of them too", leads_are_told_without_bias},
};

const struct suite suite_verify_fit = {"verify_fit", TESTS, sizeof TESTS / sizeof *TESTS};
