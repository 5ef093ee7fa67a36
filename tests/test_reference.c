#include "base/distribution.h"
#include "base/random.h"
#include "model/account.h"
#include "model/effort.h"
#include "model/reference.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <stdlib.h>

static void account_impulse(const struct segment *segment, double care, double develop,
                            enum activity activity, double revenue[RESPONSE_MONTHS],
                            double expansion[RESPONSE_MONTHS]) {
    struct account_response response;
    account_response(segment, .09, care, develop, activity, &response);
    for (int h = 0; h < RESPONSE_MONTHS; h++) {
        revenue[h] = response.revenue[h];
        expansion[h] = response.expansion[h];
    }
}

static void effort_solves_the_known_cases(void) {
    const double shares[3][3] = {{1, 0, 0}, {.75, .25, 0}, {.75, .10, .15}};
    const double wanted[3][3] = {{.272, 0, 0}, {.40152, -.11657, 0}, {.40152, -.11657, -.11657}};
    const double value[3] = {.34 * .4 * 7000, 0, 0};
    for (int i = 0; i < 3; i++) {
        double extra[3];
        effort_solve(shares[i], .5, .3, 7000, value, extra);
        for (int k = 0; k < 3; k++) {
            CU_ASSERT_DOUBLE_EQUAL(extra[k], wanted[i][k], 6e-6);
        }
    }
}

static void the_cost_matrix_times_effort_is_the_value(void) {
    const double w[3] = {.25, .40, .35};
    const double value[3] = {30, -5, 80};
    const double c = .15;
    const double gamma = .3;
    const double pay = 7750;
    double x[3];
    effort_solve(w, c, gamma, pay, value, x);
    double sum = w[0] * x[0] + w[1] * x[1] + w[2] * x[2];
    for (int k = 0; k < 3; k++) {
        CU_ASSERT_DOUBLE_EQUAL(c * pay * ((1 - gamma) * w[k] * x[k] + gamma * w[k] * sum), value[k],
                               1e-10);
    }
}

static void impulse(const double months[3], double conversion, double closed[RESPONSE_MONTHS]) {
    struct stage stages[3] = {{.conversion = conversion, .months = months[0]},
                              {.conversion = conversion, .months = months[1]},
                              {.conversion = conversion, .months = months[2]}};
    struct segment segment = {.pipeline = {.lead_share = .5, .stages = stages, .stage_count = 3}};
    pipeline_impulse(&segment, closed);
}

static void the_pipeline_closes_an_impulse_as_published(void) {
    static const double CYCLES[3][3] = {{1, 1, 1}, {3, 5, 4}, {4, 8, 6}};
    const double wanted[3][4] = {
        {.167, .333, .5, 1}, {.167, .208, .248, .293}, {.167, .194, .221, .249}};
    const double year[3] = {1, .725, .534};
    for (int i = 0; i < 3; i++) {
        double closed[RESPONSE_MONTHS];
        double other[RESPONSE_MONTHS];
        impulse(CYCLES[i], .4, closed);
        impulse(CYCLES[i], .05, other);
        for (int h = 0; h < 4; h++) {
            CU_ASSERT_DOUBLE_EQUAL(closed[h], wanted[i][h], 5.1e-4);
        }
        CU_ASSERT_DOUBLE_EQUAL(closed[11], year[i], 5.1e-4);
        CU_ASSERT_DOUBLE_EQUAL(closed[RESPONSE_MONTHS - 1], 1, 1e-4);
        for (int h = 0; h < RESPONSE_MONTHS; h++) {
            CU_ASSERT_EQUAL(closed[h], other[h]);
        }
    }
}

static struct segment key_segment(void) {
    return (struct segment){
        .potential = {.mean = 600e3, .cv = .7, .growth = .025, .innovation = .04},
        .contract = {.term_months = 12},
        .churn = {.annual = .05, .satisfaction = .5, .relationship = 2, .owner_change = .4},
        .wallet = {.start = .45, .start_sd = .1, .ceiling = .9, .growth = .035, .leak = .035},
        .satisfaction = {.mean = 8, .sd = .7, .persistence = .9, .care = .08, .rating_sd = 1.8},
        .relationship = {.investment = .075, .decay = .05, .owner_share = .5, .wallet_share = .15}};
}

/* At the steady account (r .6, w .54, s 0) develop adds g r (w_max - w) to the wallet at once,
 * which then decays by g r + l (1 - r). */
static void a_developed_account_follows_the_closed_form(void) {
    struct segment segment = key_segment();
    double revenue[RESPONSE_MONTHS];
    double expansion[RESPONSE_MONTHS];
    account_impulse(&segment, 1, 1, DEVELOP, revenue, expansion);
    for (int h = 1; h <= RESPONSE_MONTHS; h++) {
        CU_ASSERT_DOUBLE_EQUAL(revenue[h - 1], .014 * pow(.965, h - 1), 1e-8);
    }
}

/* Care adds psi to satisfaction and i (1 - r) = .03 to the relationship, which decay by rho and by
 * 1 - i - delta = .875. Wallet and potential follow the relationship of the month before; churn,
 * .05 a year, the satisfaction and relationship of the month itself. All are geometric sums. */
static double care_closed_form(int months) {
    double relationship = .03;
    double past = (1 - pow(.875, months - 1)) / (1 - .875);
    double wallet = (.035 * (.9 - .54) + .035 * .54) * relationship *
                    (pow(.965, months - 1) - pow(.875, months - 1)) / (.965 - .875);
    double potential = .04 / 12 / .6 * relationship * past / (1 + .04 / 12);
    double satisfactions = .08 * (1 - pow(.9, months)) / (1 - .9);
    double relationships = relationship * (1 - pow(.875, months)) / (1 - .875);
    double survival = .05 / 12 * (.5 * satisfactions + 2 * relationships);
    return wallet / .54 + potential + survival;
}

static void a_cared_for_account_follows_the_closed_form(void) {
    struct segment segment = key_segment();
    segment.potential.growth = 0; /* the response leaves the growth of the market out */
    double revenue[RESPONSE_MONTHS];
    double expansion[RESPONSE_MONTHS];
    account_impulse(&segment, 1, 1, CARE, revenue, expansion);
    int peak = 0;
    for (int h = 1; h <= RESPONSE_MONTHS; h++) {
        CU_ASSERT_DOUBLE_EQUAL(revenue[h - 1], care_closed_form(h), 1e-6);
        peak = revenue[h - 1] > revenue[peak] ? h - 1 : peak;
    }
    CU_ASSERT(peak >= 11 && peak <= 23); /* care pays after a year */
}

static void the_steady_account_is_the_equations(void) {
    struct segment segment = key_segment();
    struct steady_account at = steady_account(&segment, 1, 1);
    CU_ASSERT_DOUBLE_EQUAL(at.relationship, .6, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(at.wallet, .54, 1e-12); /* .9 .6 / (.6 + .4) as g = l */
    CU_ASSERT_DOUBLE_EQUAL(at.satisfaction, 0, 1e-12);
}

/* Care keeps a customer by satisfaction alone where nothing hangs on the relationship. */
static void without_relationships_care_acts_by_satisfaction_alone(void) {
    struct segment segment = key_segment();
    segment.potential.growth = 0;
    segment.wallet.independence = 1;
    segment.churn.relationship = 0;
    double revenue[RESPONSE_MONTHS];
    double expansion[RESPONSE_MONTHS];
    account_impulse(&segment, 1, 1, CARE, revenue, expansion);
    for (int h = 1; h <= RESPONSE_MONTHS; h++) {
        double satisfactions = .08 * (1 - pow(.9, h)) / (1 - .9);
        CU_ASSERT_DOUBLE_EQUAL(revenue[h - 1], .05 / 12 * .5 * satisfactions, 2e-6);
    }
}

/* Lifetime value of a mean account of the key segment after so many months, survival included, by
 * the equations of docs/model.md, section 2, with inputs 1 + `care` and 1 + `develop` in the first
 * month; `revenue`: a year's revenue instead. A year's potential is 1, the margin 1. */
static double written_out(int months, double care, double develop, bool revenue) {
    double P = 1;
    double w = .54;
    double r = .6;
    double s = 0;
    double alive = 1;
    double odds = 0;
    for (int m = 0; m < months; m++) {
        double c = 1 + (m == 0 ? care : 0);
        double d = 1 + (m == 0 ? develop : 0);
        double was = r;
        w += .035 * d * was * (.9 - w) - .035 * (1 - was) * w;
        P *= 1 + .04 / 12 * was / .6;
        r += .075 * c * (1 - was) - .05 * was;
        s = .9 * s + .08 * log(c);
        odds = .05 / .95 * exp(-.5 * s - 2 * (r - .6));
        alive *= pow(1 + odds, -1.0 / 12);
    }
    double retention = 1 / (1 + odds);
    return alive * P * w * (revenue ? 1 : 1.09 / (1.09 - retention));
}

/* Central differences, refined once (Richardson). */
static double relative_gain(int months, enum activity activity, bool revenue) {
    double gain[2];
    for (int i = 0; i < 2; i++) {
        double step = i == 0 ? .02 : .01;
        double care = activity == CARE ? step : 0;
        double develop = activity == DEVELOP ? step : 0;
        gain[i] = (written_out(months, care, develop, revenue) -
                   written_out(months, -care, -develop, revenue)) /
                  (2 * step) / written_out(months, 0, 0, revenue);
    }
    return (4 * gain[1] - gain[0]) / 3;
}

/* The figures were computed once with other code from the same equations. */
static void lifetime_value_responds_as_its_equations_say(void) {
    static const int MONTHS[6] = {1, 3, 6, 12, 24, 36};
    static const double CARED_FOR[6] = {.03435, .03122, .02728, .02143, .01453, .01087};
    struct segment segment = key_segment();
    for (int k = 0; k < 2; k++) {
        enum activity activity = k == 0 ? DEVELOP : CARE;
        struct account_response response;
        account_response(&segment, .09, 1, 1, activity, &response);
        for (int h = 1; h <= RESPONSE_MONTHS; h++) {
            CU_ASSERT_DOUBLE_EQUAL(response.value[h - 1], relative_gain(h, activity, false), 3e-6);
            CU_ASSERT_DOUBLE_EQUAL(response.revenue[h - 1], relative_gain(h, activity, true), 3e-6);
        }
        for (int i = 0; activity == CARE && i < 6; i++) {
            CU_ASSERT_DOUBLE_EQUAL(response.value[MONTHS[i] - 1], CARED_FOR[i], 6e-6);
        }
    }
}

/* Terms of other lengths: what is due in a month is renewed for so long, what a year keeps is the
 * same. */
static void lifetime_value_hangs_on_what_a_year_keeps(void) {
    static const long TERMS[3] = {1, 12, 36};
    for (int i = 0; i < 3; i++) {
        struct segment segment = key_segment();
        segment.contract.term_months = TERMS[i];
        CU_ASSERT_DOUBLE_EQUAL(steady_multiple(&segment, .09, 1), 1.09 / (1.09 - .95), 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(lifetime_multiple(pow(.8, 1.0 / 12), .1), 1.1 / .3, 1e-9);
    }
    struct segment kept = key_segment();
    struct account_response response;
    kept.churn.annual = 0; /* for ever, at no interest: worth without end moves like revenue */
    account_response(&kept, 0, 1, 1, CARE, &response);
    CU_ASSERT_DOUBLE_EQUAL(response.value[11], response.revenue[11], 1e-9);
}

static const int DESIGN_MONTHS[5] = {3, 6, 12, 24, 36};

enum { CROWD = 100000, SETTLING_MONTHS = 120, WATCHED_MONTHS = 37 };

/* Accounts of one seat, whose owners leave one by one. */
struct crowd {
    struct segment segment;
    struct accounts accounts;
    int32_t *vacancy; /* months until the new hire comes, 0: nobody is awaited */
    double leaving;   /* probability a month */
    uint64_t next;    /* identity of the next account */
};

static void crowd_add(struct crowd *crowd, double wallet, double relationship, int32_t renewal) {
    struct accounts *accounts = &crowd->accounts;
    uint64_t id = crowd->next++;
    size_t a;
    if (!accounts_take(accounts, id, &a)) {
        CU_FAIL_FATAL("There is no room for another account.");
    }
    accounts->potential[a] = 1000;
    accounts->wallet[a] = (float)wallet;
    accounts->relationship[a] = (float)relationship;
    accounts->satisfaction[a] = (float)(.7 * normal_quantile(random_uniform(7, id)));
    accounts->churn_odds[a] = (float)renewal_odds(&crowd->segment, .05);
    accounts->owner[a] = 0;
    accounts->renewal[a] = renewal;
    crowd->vacancy[a] = 0;
}

/* A third each to a similar colleague, a dissimilar one, and a new hire after three months without
 * care (docs/model.md, "Owner leaves"). */
static void owners_leave(struct crowd *crowd, uint64_t row) {
    static const double KAPPA[3] = {.5, .75, 1};
    static const double CARE_START[3] = {.85, .70, 0};
    static const double MONTHS[3] = {6, 8, 1e9};
    struct accounts *accounts = &crowd->accounts;
    for (size_t a = 0; a < accounts->used; a++) {
        double u = random_uniform(row, accounts->id[a]) / crowd->leaving;
        if (crowd->vacancy[a] > 0) {
            crowd->vacancy[a]--;
            if (crowd->vacancy[a] == 0) {
                accounts->care_gap[a] = .8F;
                accounts->gap_keep[a] = (float)exp(-1.0 / 5);
            }
        } else if (u < 1 && accounts->potential[a] > 0) {
            int heir = (int)(3 * u);
            account_change_owner(accounts, a, &crowd->segment, 0, KAPPA[heir], CARE_START[heir],
                                 MONTHS[heir]);
            crowd->vacancy[a] = heir == 2 ? 3 : 0;
        }
    }
}

/* Annual revenue of a crowd after 1, 2, ... months; the first of them has inputs of 1 + `care` and
 * 1 + `develop` instead of 1. With `turnover` the crowd has settled before: lost accounts were
 * replaced by new ones, and owners keep leaving; without, it starts at the steady account. */
static void watch_crowd(double turnover, double care, double develop,
                        double revenue[WATCHED_MONTHS]) {
    struct error error = {0};
    struct crowd crowd = {.segment = key_segment(), .leaving = 1 - pow(1 - turnover, 1 / 12.0)};
    crowd.segment.wallet.noise = .01;
    crowd.segment.satisfaction.owner_shock = .3;
    struct account_law law = account_law(&crowd.segment);
    CU_ASSERT_FATAL(accounts_init(&crowd.accounts, CROWD, &error));
    crowd.vacancy = calloc(crowd.accounts.capacity, sizeof *crowd.vacancy);
    CU_ASSERT_PTR_NOT_NULL_FATAL(crowd.vacancy);
    for (int32_t a = 0; a < CROWD; a++) {
        crowd_add(&crowd, .54, .6, 1 + a % 12);
    }
    int settling = turnover > 0 ? SETTLING_MONTHS : 0;
    for (int month = 0; month < settling + WATCHED_MONTHS; month++) {
        bool pushed = month == settling;
        const float cares[2] = {0, pushed ? (float)(1 + care) : 1};
        const float develops[2] = {0, pushed ? (float)(1 + develop) : 1};
        const struct care_inputs inputs = {cares, develops};
        struct book_sum sums[2] = {{0}};
        struct book_sums books = {sums};
        struct ledger ledger = {0};
        uint64_t m = (uint64_t)month;
        (void)accounts_month(&crowd.accounts, &law, &inputs, random_row(3, 0, m, 1),
                             random_row(3, 0, m, 2), &books, &ledger);
        if (month >= settling) {
            revenue[month - settling] = ledger.stocks.run_rate;
        }
        if (turnover > 0) {
            owners_leave(&crowd, random_row(3, 0, m, 3));
        }
        while (month < settling && crowd.accounts.live < CROWD) {
            double z = normal_quantile(random_uniform(8, crowd.next));
            crowd_add(&crowd, fmax(.05, .45 + .1 * z), .3, 12);
        }
    }
    free(crowd.vacancy);
    accounts_free(&crowd.accounts);
}

/* What account_impulse computes, but from two crowds that differ by the inputs of one month and
 * meet the same chance. */
static void crowd_impulse(double turnover, enum activity activity, double response[]) {
    const double step = .5;
    double care = activity == CARE ? step : 0;
    double develop = activity == DEVELOP ? step : 0;
    double more[WATCHED_MONTHS];
    double less[WATCHED_MONTHS];
    watch_crowd(turnover, care, develop, more);
    watch_crowd(turnover, -care, -develop, less);
    for (int h = 0; h < WATCHED_MONTHS; h++) {
        response[h] = (more[h] - less[h]) / (more[h] + less[h]) / step;
    }
}

/* Standard error 1e-5 for develop; .00025 for care, whose effect on churn shows in few accounts. */
static void accounts_that_keep_their_owners_respond_as_the_mean_account(void) {
    struct segment segment = key_segment();
    for (int k = 0; k < 2; k++) {
        enum activity activity = k == 0 ? DEVELOP : CARE;
        double wanted[RESPONSE_MONTHS];
        double expansion[RESPONSE_MONTHS];
        double response[WATCHED_MONTHS];
        account_impulse(&segment, 1, 1, activity, wanted, expansion);
        crowd_impulse(0, activity, response);
        for (int i = 0; i < 5; i++) {
            int h = DESIGN_MONTHS[i];
            CU_ASSERT_DOUBLE_EQUAL(response[h - 1], wanted[h - 1], k == 0 ? 5e-5 : .0013);
        }
    }
}

/* Figures of the model's design, rounded to .001, for accounts whose owners leave (.13 a year);
 * standard error 1e-5 for develop, .0002 for care. They come out to the last digit when a month's
 * care moves the wallet in the same month; here the wallet follows the relationship at the month's
 * start, and the effect of care is seen a month later. */
static void accounts_whose_owners_leave_respond_as_designed(void) {
    static const double DEVELOPED[5] = {.015, .013, .011, .007, .004};
    static const double CARED_FOR[5] = {.007, .011, .014, .013, .011};
    double develop[WATCHED_MONTHS];
    double care[WATCHED_MONTHS];
    crowd_impulse(.13, DEVELOP, develop);
    crowd_impulse(.13, CARE, care);
    for (int i = 0; i < 5; i++) {
        int h = DESIGN_MONTHS[i];
        CU_ASSERT_DOUBLE_EQUAL(develop[h - 1], DEVELOPED[i], 5.5e-4);
        CU_ASSERT_DOUBLE_EQUAL(care[h], CARED_FOR[i], .0015);
    }
}

static const struct test TESTS[] = {
    {"without relationships care acts by satisfaction alone",
     without_relationships_care_acts_by_satisfaction_alone},
    {"effort solves the known cases", effort_solves_the_known_cases},
    {"the cost matrix times effort is the value", the_cost_matrix_times_effort_is_the_value},
    {"the pipeline closes an impulse as published", the_pipeline_closes_an_impulse_as_published},
    {"a developed account follows the closed form", a_developed_account_follows_the_closed_form},
    {"a cared for account follows the closed form", a_cared_for_account_follows_the_closed_form},
    {"lifetime value responds as its equations say", lifetime_value_responds_as_its_equations_say},
    {"lifetime value hangs on what a year keeps", lifetime_value_hangs_on_what_a_year_keeps},
    {"accounts that keep their owners respond as the mean account",
     accounts_that_keep_their_owners_respond_as_the_mean_account},
    {"accounts whose owners leave respond as designed",
     accounts_whose_owners_leave_respond_as_designed},
    {"the steady account is that of the equations", the_steady_account_is_the_equations},
};

const struct suite suite_reference = {"reference", TESTS, sizeof TESTS / sizeof TESTS[0]};
