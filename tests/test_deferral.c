#include "effort_fixture.h"
#include "model/effort.h"
#include "pay_fixture.h"
#include "test.h"

static const double BIAS = .87;
static const double DISCOUNT = 1.15; /* of a year */

static void open_waiting(struct setting *setting, struct deferral deferral) {
    static const struct payoff LINEAR = {1, {{0, 0, .3}}};
    setting_open(setting, .5, 0);
    setting->role.preferences.present_bias = BIAS;
    setting->incentive.keep = pow(DISCOUNT, -1. / 12) * .99;
    struct motive *motive = setting_add(setting, 3, .8, .3, &LINEAR);
    motive->deferral = deferral;
    motive_complete(&setting->incentive, motive, 0, 0, motive->months);
}

static void all_that_waits_five_years_is_worth_a_payment_in_five_years(void) {
    const struct deferral five = {.kept = 1, .held = 1, .months = 60};
    const double discount = pow(DISCOUNT, -1. / 12);
    CU_ASSERT_DOUBLE_EQUAL(deferral_worth(&five, BIAS, discount, 0), BIAS * pow(DISCOUNT, -5),
                           1e-12);
    CU_ASSERT_DOUBLE_EQUAL(deferral_worth(&five, BIAS, discount * .99, 2),
                           BIAS * pow(discount * .99, 62), 1e-12);
    const struct deferral half = {.kept = 1, .held = .5, .months = 12};
    CU_ASSERT_DOUBLE_EQUAL(deferral_worth(&half, BIAS, discount, 0), .5 + .5 * BIAS / DISCOUNT,
                           1e-12);
    const struct deferral none = {.kept = 1};
    CU_ASSERT_DOUBLE_EQUAL(deferral_worth(&none, BIAS, discount, 0), 1, 0);
    CU_ASSERT_DOUBLE_EQUAL(deferral_worth(&none, BIAS, discount, 12), BIAS / DISCOUNT, 1e-12);
}

/* The balance, period by period, until nothing is left of it. */
static void a_bank_is_worth_the_sum_of_its_payments(void) {
    static const struct deferral BANKS[] = {
        {.kept = 1, .pays = 1. / 3, .every = 12},
        {.kept = 1, .pays = .05, .every = 3},
        {.kept = 1, .pays = .5, .every = 1, .held = .4, .months = 7},
        {.kept = 1, .pays = 1, .every = 12},
    };
    const double keep = pow(DISCOUNT, -1. / 12) * .98;
    for (size_t b = 0; b < sizeof BANKS / sizeof BANKS[0]; b++) {
        const struct deferral *bank = &BANKS[b];
        for (int months = 0; months < 12; months += 5) {
            double balance = 1;
            double worth = 0;
            for (int k = 0; k < 2000; k++) {
                double pays = balance * bank->pays;
                double due = months + k * bank->every;
                double now = due > 0 ? BIAS * pow(keep, due) : 1;
                double later = BIAS * pow(keep, due + bank->months);
                worth +=
                    pays * (bank->held > 0 ? (1 - bank->held) * now + bank->held * later : now);
                balance -= pays;
            }
            CU_ASSERT_DOUBLE_EQUAL(deferral_worth(bank, BIAS, keep, months), worth, 1e-12);
        }
    }
}

static void effort_answers_to_when_pay_is_paid(void) {
    const struct deferral waits = {.kept = 1, .held = 1, .months = 60};
    const struct deferral bank = {.kept = 1, .pays = .25, .every = 3};
    struct setting now;
    struct setting later;
    struct setting banked;
    open_waiting(&now, (struct deferral){.kept = 1});
    open_waiting(&later, waits);
    open_waiting(&banked, bank);
    double keep = now.incentive.keep;
    for (int left = 1; left <= 3; left++) {
        struct standing here = standing_of(0, left, 0);
        CU_ASSERT_DOUBLE_EQUAL(setting_value(&now, &here, 1),
                               .3 * (left > 1 ? BIAS * pow(keep, left - 1) : 1), 1e-12);
        CU_ASSERT_DOUBLE_EQUAL(setting_value(&later, &here, 1), .3 * BIAS * pow(keep, left + 59),
                               1e-12);
        CU_ASSERT_DOUBLE_EQUAL(setting_value(&banked, &here, 1),
                               .3 * deferral_worth(&bank, BIAS, keep, left - 1), 1e-12);
    }
}

/* Nobody is lost: what is held back is all paid. */
#define FAITHFUL                                                                                   \
    "segments.standard.churn={annual=0.0;satisfaction=0.0;relationship=0.0;owner_change=0.0}",     \
        "segments.key.churn={annual=0.0;satisfaction=0.0;relationship=0.0;owner_change=0.0}"
enum { FAITHFUL_COUNT = 2 };

static const char *const WAITS[] = {
    "plans.sales_hold_back.components.[0].hold_back={share=0.0;months=12}",
    "plans.sales_hold_back.components.[0].hold_back={share=0.5;months=36}",
    "plans.sales_hold_back.components.[0].hold_back={share=1.0;months=60}",
};

static const double SHARE[] = {0, .5, 1};
static const double YEARS[] = {1, 3, 5};

static void expected_pay_of_the_wish_and_effort_fall_with_the_wait(void) {
    double effort[3];
    for (int i = 0; i < 3; i++) {
        struct pay_world pay;
        const char *const sets[] = {CALM, FAITHFUL, "simulation.effort=\"static\"", WAITS[i]};
        const struct role_law *law =
            pay_world_plan(&pay, "sales_hold_back", sets, CALM_COUNT + FAITHFUL_COUNT + 2);
        double worth = 1 - SHARE[i] + SHARE[i] * BIAS * pow(DISCOUNT, -YEARS[i]);
        const struct component_law *component = &law->components[0];
        CU_ASSERT_DOUBLE_EQUAL(component->perceived_year / component->expected_year, worth, 1e-6);
        double wish = law->plan->salary + component->perceived_year;
        CU_ASSERT_DOUBLE_EQUAL(law->perceived_pay, wish, 1e-6 * wish);
        effort[i] = law->effort[ACQUIRE] - 1;
        pay_world_close(&pay);
    }
    /* in the last month of a period the wait costs the bias too, in the others it is lost anyway */
    CU_ASSERT(effort[0] > .1);
    for (int i = 1; i < 3; i++) {
        double later = pow(DISCOUNT, -YEARS[i]);
        CU_ASSERT(effort[i] > .99 * (1 - SHARE[i] + SHARE[i] * BIAS * later) * effort[0]);
        CU_ASSERT(effort[i] < (1 - SHARE[i] + SHARE[i] * later) * effort[0]);
    }
}

static void a_bank_of_the_library_is_perceived_as_its_payments(void) {
    struct pay_world pay;
    const char *const sets[] = {CALM};
    const struct role_law *law = pay_world_plan(&pay, "sales_bonus_bank", sets, CALM_COUNT);
    double p = law->plan->components[0].bank.pays;
    double worth = p;
    for (int k = 1; k < 200; k++) {
        worth += p * pow(1 - p, k) * BIAS * pow(DISCOUNT, -k);
    }
    CU_ASSERT_DOUBLE_EQUAL(law->components[0].perceived_year / law->components[0].expected_year,
                           worth, 1e-9);
    pay_world_close(&pay);
}

static const struct test TESTS[] = {
    {"all that waits five years is worth a payment in five years",
     all_that_waits_five_years_is_worth_a_payment_in_five_years},
    {"a bank is worth the sum of its payments", a_bank_is_worth_the_sum_of_its_payments},
    {"effort answers to when pay is paid", effort_answers_to_when_pay_is_paid},
    {"expected pay of the wish and effort fall with the wait",
     expected_pay_of_the_wish_and_effort_fall_with_the_wait},
    {"a bank of the library is perceived as its payments",
     a_bank_of_the_library_is_perceived_as_its_payments},
};

const struct suite suite_deferral = {"deferral", TESTS, sizeof TESTS / sizeof TESTS[0]};
