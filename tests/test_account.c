#include "base/distribution.h"
#include "base/random.h"
#include "model/account.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

static struct segment plain_segment(long term) {
    return (struct segment){
        .potential = {.mean = 1000, .cv = .7},
        .contract = {.term_months = term},
        .churn = {.annual = .22},
        .wallet = {.start = .4, .ceiling = .9, .growth = .035, .leak = .035, .noise = .01},
        .satisfaction = {.mean = 8,
                         .sd = .7,
                         .persistence = .9,
                         .care = .08,
                         .owner_shock = .3,
                         .rating_sd = 1.8},
        .relationship = {.investment = .075, .decay = .05, .owner_share = .5, .wallet_share = .15}};
}

/* Accounts with normal care: everybody belongs to seat 0. */
static void fill(struct accounts *accounts, size_t count, const struct segment *segment,
                 bool propensities) {
    struct error error = {0};
    CU_ASSERT_FATAL(accounts_init(accounts, count, &error));
    for (size_t i = 0; i < count; i++) {
        size_t a;
        CU_ASSERT_FATAL(accounts_take(accounts, i, &a));
        double annual = propensities ? beta_quantile(random_uniform(100, i), .668, 3.806)
                                     : segment->churn.annual;
        accounts->potential[a] = 1000;
        accounts->wallet[a] = .54F;
        accounts->relationship[a] = .6F;
        accounts->satisfaction[a] =
            (float)(segment->satisfaction.sd * normal_quantile(random_uniform(101, i)));
        accounts->churn_odds[a] = (float)renewal_odds(segment, annual);
        accounts->owner[a] = 0;
        accounts->renewal[a] = (int32_t)segment->contract.term_months;
    }
}

static void run(struct accounts *accounts, const struct segment *segment, uint64_t first,
                uint64_t months, struct ledger *ledger) {
    const float input[2] = {0, 1};
    const struct care_inputs inputs = {input, input};
    struct account_law law = account_law(segment);
    for (uint64_t m = first; m < first + months; m++) {
        struct book_sum sums[2] = {{0}};
        struct book_sums books = {sums};
        (void)accounts_month(accounts, &law, &inputs, random_row(1, 0, m, 1),
                             random_row(1, 0, m, 2), &books, ledger);
    }
}

static void survival_is_the_sbg_law(void) {
    static const long TERMS[2] = {12, 1};
    static const double PUBLISHED[13] = {1,     .8507, .7469, .6698, .6100, .5619, .5223,
                                         .4889, .4605, .4358, .4142, .3951, .3780};
    enum { COUNT = 20000 };
    for (int t = 0; t < 2; t++) {
        struct segment segment = plain_segment(TERMS[t]);
        struct accounts accounts;
        struct ledger ledger = {0};
        fill(&accounts, COUNT, &segment, true);
        double survival = 1;
        for (int year = 1; year <= 12; year++) {
            run(&accounts, &segment, (uint64_t)(12 * (year - 1)), 12, &ledger);
            survival *= (3.806 + year - 1) / (.668 + 3.806 + year - 1);
            double error = sqrt(survival * (1 - survival) / COUNT);
            CU_ASSERT_DOUBLE_EQUAL(survival, PUBLISHED[year], 6e-5);
            CU_ASSERT(fabs((double)accounts.live / COUNT - survival) < 5 * error);
        }
        CU_ASSERT_EQUAL(ledger.flows.customers_lost, (double)(COUNT - accounts.live));
        accounts_free(&accounts);
    }
}

static void satisfaction_keeps_the_configured_churn(void) {
    enum { COUNT = 20000 };
    struct segment segment = plain_segment(12);
    segment.churn.satisfaction = .5;
    segment.churn.relationship = 2;
    struct accounts accounts;
    struct ledger ledger = {0};
    fill(&accounts, COUNT, &segment, false);
    run(&accounts, &segment, 0, 12, &ledger);
    CU_ASSERT_EQUAL(ledger.flows.renewals_due, (double)COUNT);
    double error = sqrt(.22 * .78 / COUNT);
    CU_ASSERT(fabs(ledger.flows.customers_lost / COUNT - .22) < 5 * error);
    accounts_free(&accounts);
}

static void surveys_give_the_published_nps(void) {
    enum { COUNT = 200000 };
    const double cases[2][2] = {{8.0, .188}, {8.2, .261}};
    for (int i = 0; i < 2; i++) {
        struct segment segment = plain_segment(12);
        segment.satisfaction.mean = cases[i][0];
        struct accounts accounts;
        struct ledger ledger = {0};
        fill(&accounts, COUNT, &segment, false);
        accounts_survey(&accounts, &segment, random_row(1, 0, 12, 3), &ledger);
        CU_ASSERT_EQUAL(ledger.stocks.answers, (double)COUNT);
        double nps = (ledger.stocks.promoters - ledger.stocks.detractors) / COUNT;
        CU_ASSERT_DOUBLE_EQUAL(nps, cases[i][1], 5 * .8 / sqrt(COUNT) + .0005);
        accounts_free(&accounts);
    }
}

static void an_owner_change_takes_the_personal_part(void) {
    const double kappas[3] = {.5, .75, 1};
    struct segment segment = plain_segment(12);
    for (int i = 0; i < 3; i++) {
        struct accounts accounts;
        fill(&accounts, 1, &segment, false);
        double before = (double)accounts.satisfaction[0];
        account_change_owner(&accounts, 0, &segment, 3, kappas[i], .7, 5);
        CU_ASSERT_DOUBLE_EQUAL(accounts.relationship[0], .6 * (1 - .5 * kappas[i]), 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(accounts.wallet[0], .54 * (1 - .15 * .5 * kappas[i]), 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(accounts.satisfaction[0], before - .3 * kappas[i], 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(accounts.care_gap[0], .3, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(accounts.gap_keep[0], exp(-1.0 / 5), 1e-6);
        CU_ASSERT_EQUAL(accounts.owner[0], 3);
        accounts_free(&accounts);
    }
}

static void normal_care_keeps_the_steady_state(void) {
    struct segment segment = plain_segment(12);
    segment.churn.annual = 0;
    segment.wallet.noise = 0;
    struct accounts accounts;
    struct ledger ledger = {0};
    fill(&accounts, 1, &segment, false);
    accounts.relationship[0] = .2F;
    accounts.wallet[0] = .1F;
    run(&accounts, &segment, 0, 600, &ledger);
    CU_ASSERT_DOUBLE_EQUAL(accounts.relationship[0], .6, 1e-5);
    CU_ASSERT_DOUBLE_EQUAL(accounts.wallet[0], .54, 1e-5);
    CU_ASSERT_EQUAL(accounts.live, 1);
    accounts_free(&accounts);
}

static void lost_accounts_leave_the_stocks(void) {
    struct segment segment = plain_segment(1);
    segment.churn.annual = 1; /* odds of 1e9: everybody goes at once */
    struct accounts accounts;
    struct ledger ledger = {0};
    fill(&accounts, 1000, &segment, false);
    run(&accounts, &segment, 0, 24, &ledger);
    CU_ASSERT_EQUAL(accounts.live, 0);
    CU_ASSERT_EQUAL(ledger.stocks.wallet, 0.0);
    CU_ASSERT_EQUAL(ledger.stocks.potential, 0.0);
    CU_ASSERT_EQUAL(ledger.stocks.satisfaction, 0.0);
    accounts_free(&accounts);
}

static void a_ledger_of_many_months_sums_the_logs(void) {
    struct segment segment = plain_segment(1);
    struct accounts accounts[2];
    struct ledger year = {0};
    double logs = 0;
    fill(&accounts[0], 1000, &segment, false);
    fill(&accounts[1], 1000, &segment, false);
    run(&accounts[0], &segment, 0, 12, &year);
    for (uint64_t m = 0; m < 12; m++) {
        struct ledger month = {0};
        run(&accounts[1], &segment, m, 1, &month);
        logs += month.flows.log_gross_retention;
    }
    CU_ASSERT(logs < 0);
    CU_ASSERT_DOUBLE_EQUAL(year.flows.log_gross_retention, logs, 1e-12);
    accounts_free(&accounts[0]);
    accounts_free(&accounts[1]);
}

/* Whatever the own relationship, the wallet goes w' = w + .021 (.9 - w) - .014 w, as at .6; half of
 * the independence counts half of the difference. */
static void a_wallet_may_go_on_without_the_relationship(void) {
    static const double INDEPENDENCE[3] = {1, .5, 0};
    for (int i = 0; i < 3; i++) {
        struct segment segment = plain_segment(12);
        struct accounts accounts;
        struct ledger ledger = {0};
        double bond = .6 * INDEPENDENCE[i] + .2 * (1 - INDEPENDENCE[i]);
        segment.churn.annual = 0;
        segment.wallet.noise = 0;
        segment.wallet.independence = INDEPENDENCE[i];
        fill(&accounts, 1, &segment, false);
        accounts.relationship[0] = .2F;
        accounts.wallet[0] = .3F;
        run(&accounts, &segment, 0, 1, &ledger);
        CU_ASSERT_DOUBLE_EQUAL(accounts.wallet[0],
                               .3 + .035 * bond * (.9 - .3) - .035 * (1 - bond) * .3, 1e-6);
        accounts_free(&accounts);
    }
}

static const struct test TESTS[] = {
    {"survival is the sBG law", survival_is_the_sbg_law},
    {"satisfaction keeps the configured churn", satisfaction_keeps_the_configured_churn},
    {"surveys give the published NPS", surveys_give_the_published_nps},
    {"an owner change takes the personal part", an_owner_change_takes_the_personal_part},
    {"normal care keeps the steady state", normal_care_keeps_the_steady_state},
    {"a wallet may go on without the relationship", a_wallet_may_go_on_without_the_relationship},
    {"lost accounts leave the stocks", lost_accounts_leave_the_stocks},
    {"a ledger of many months sums the logs", a_ledger_of_many_months_sums_the_logs},
};

const struct suite suite_account = {"account", TESTS, sizeof TESTS / sizeof TESTS[0]};
