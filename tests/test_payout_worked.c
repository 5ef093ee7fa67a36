/* The worked numbers of pay plans: published or reckoned by hand, each through the text of a plan.
 */
#include "plan/award.h"
#include "plan/valuation.h"
#include "plan_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

#define TIERS "tiers = ( [0, 0.05], [100000, 0.07], [250000, 0.09] );"
#define COMMISSION "components = ( { type = \"commission\"; metric = \"new_revenue\"; "
#define BONUS "components = ( { type = \"bonus\"; metric = \"new_revenue\"; "

static void on_target_earnings_split_by_the_mix(void) {
    struct plan_case plan_case = {0};
    const char *text = "on_target = 100000; mix = 0.6;" COMMISSION
                       "period = \"year\"; weight = 1.0; quota = 800000; } );";
    CU_ASSERT_FATAL(plan_open(&plan_case, text));
    CU_ASSERT_EQUAL(plan_case.plan->salary, 60000.0);
    CU_ASSERT_EQUAL(plan_case.plan->components[0].target, 40000.0);
    plan_close(&plan_case);
    CU_ASSERT(plan_pays(text, "new_revenue 800,000", "40,000"));
    CU_ASSERT(plan_pays(text, "new_revenue 100,000", "5,000"));
}

static void flat_and_tiered_commissions(void) {
    CU_ASSERT(plan_pays(COMMISSION "rate = 0.05; } );", "new_revenue 800,000", "40,000"));
    CU_ASSERT(plan_pays(COMMISSION TIERS "} );", "new_revenue 180,000 100,000 350,000",
                        "10,600 5,000 24,500"));
    CU_ASSERT(plan_pays(COMMISSION TIERS "tier_rule = \"retroactive\"; } );",
                        "new_revenue 180,000 100,000 100,001", "12,600 5,000 7,000.07"));
}

static void thresholds(void) {
    const char *facts = "new_revenue 120,000";
    CU_ASSERT(plan_pays(COMMISSION "rate = 0.08; threshold = 80000; } );", facts, "3,200"));
    CU_ASSERT(plan_pays(COMMISSION "tiers = ( [80000, 0.08] ); } );", facts, "3,200"));
    CU_ASSERT(plan_pays(COMMISSION
                        "rate = 0.08; threshold = 80000; threshold_rule = \"first_euro\"; } );",
                        facts, "9,600"));
}

static void the_payout_curve(void) {
    CU_ASSERT(plan_pays(BONUS "period = \"month\"; target = 12000; quota = 1;"
                              "payout = ( [0.5, 0], [1, 1], [2, 3] ); slope_above = 2; cap = 2000;"
                              "} );",
                        "new_revenue .49 .5 .75 1 1.25 1.5 1.8", "0 0 500 1000 1500 2000 2000"));
    CU_ASSERT(plan_pays(BONUS "period = \"month\"; target = 12000; quota = 1;"
                              "payout = ( [0.5, 0], [1, 1], [1.5, 2] ); } );",
                        "new_revenue .49 .5 .75 1 1.25 1.5 1.8", "0 0 500 1000 1500 2000 2000"));
}

static void accelerators(void) {
    const char *text = BONUS "period = \"year\"; target = 100000; quota = 500000;"
                             "payout = ( [0, 0], [1, 1], [1.3, 1.45] ); slope_above = 2; } );";
    CU_ASSERT(plan_pays(text, "new_revenue 650,000", "145,000"));
    CU_ASSERT(plan_pays(text, "new_revenue 750,000", "185,000"));
}

static void deals_after_the_quota_count_more(void) {
    const char *text =
        COMMISSION "period = \"month\"; rate = 0.06; quota = 25000;" /* 300,000 a year */
                   "deal_factors = ( [1, 1.25] ); } );";
    CU_ASSERT(plan_pays(text, "deal 1 300,000; deal 2 50,000", "18,000 3,750"));
    /* the deal that crosses the quota counts once: it began before */
    CU_ASSERT(plan_pays(text, "deal 1 299,999; deal 2 50,000 50,000", "17,999.94 6,750"));
}

static void discrete_and_cumulative_quotas(void) {
    const char *facts = "new_revenue 150,000 400,000 200,000 300,000";
    const char *bonus = BONUS "period = \"quarter\"; target = 40000; quota = 250000;"
                              "payout = ( [0, 0], [1, 1] ); slope_above = 2; } );";
    const char *cumulative = BONUS "period = \"quarter\"; target = 40000; quota = 250000;"
                                   "quota_basis = \"year_to_date\";"
                                   "payout = ( [0, 0], [1, 1] ); slope_above = 2; } );";
    CU_ASSERT(plan_pays(bonus, facts, "6,000 22,000 8,000 14,000"));
    CU_ASSERT(plan_pays(cumulative, facts, "6,000 18,000 6,000 14,000"));
}

static void draws(void) {
    const char *recoverable =
        "draw = { amount = 1500; };" COMMISSION "period = \"month\"; rate = 0.1; } );";
    const char *guarantee = "draw = { amount = 1500; rule = \"non_recoverable\"; };" COMMISSION
                            "period = \"month\"; rate = 0.1; } );";
    CU_ASSERT(plan_pays(recoverable, "new_revenue 5,000 30,000", "1,500 2,000"));
    CU_ASSERT(plan_gives(recoverable, "new_revenue 5,000 30,000", "owes", "1,000 0"));
    CU_ASSERT(plan_pays(guarantee, "new_revenue 5,000 30,000", "1,500 3,000"));
}

static void quotas_of_new_hires_and_seasons(void) {
    const char *ramp = BONUS "period = \"month\"; target = 12000; quota = 50000;"
                             "quota_ramp = ( [1, 0], [5, 1] ); payout = ( [0, 0], [1, 1] ); } );";
    CU_ASSERT(plan_gives(ramp, "new_revenue 0 12,500 12,500 37,500 50,000 25,000", "quota",
                         "0 12,500 25,000 37,500 50,000 50,000"));
    CU_ASSERT(plan_pays(ramp, "new_revenue 0 12,500 12,500 37,500 50,000 25,000",
                        "1,000 1,000 500 1,000 1,000 500"));
    const char *season = BONUS "period = \"year\"; target = 12000; quota = 100000;"
                               "season = ( 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4 );"
                               "payout = ( [0, 0], [1, 1] ); } );";
    CU_ASSERT(plan_gives(season, "start 3; step 10; new_revenue 43,333.33", "quota", "86,666.67"));
    CU_ASSERT(plan_gives(season, "new_revenue 43,333.33", "quota", "100,000"));
}

static void spiffs(void) {
    const char *text = "components = ( { type = \"commission\"; metric = \"new_customers\"; "
                       "rate = 500; most_units = 3; pool = 5000; } );";
    CU_ASSERT(plan_pays(text, "new_customers 5", "1,500"));
    CU_ASSERT(plan_pays(text, "new_customers 5 and 2 and 1", "1,500"));
    CU_ASSERT(plan_pays(text, "new_customers 5 and 3 and 9 and 4", "1,250"));
}

static void objectives(void) {
    const char *text =
        "components = ( { type = \"objectives\"; period = \"year\"; target = 10000; objectives = ("
        "{ name = \"launch\"; weight = 40.0; }, { name = \"hiring\"; weight = 30.0; },"
        "{ name = \"forecast\"; weight = 30.0; } ); } );";
    CU_ASSERT(plan_pays(text, "objectives/launch 1; objectives/hiring 1.5; objectives/forecast 0",
                        "8,500"));
}

#define GATES                                                                                      \
    "gates = ( { metric = \"new_revenue\"; product = \"A\"; quota = 100000; at_least = 0.95; },"   \
    "{ metric = \"new_revenue\"; product = \"B\"; quota = 100000; at_least = 0.95; },"             \
    "{ metric = \"new_revenue\"; product = \"C\"; quota = 100000; at_least = 0.95; } ); },"
#define PRODUCT(name, rate, more)                                                                  \
    "{ name = \"" name "\"; type = \"commission\"; metric = \"new_revenue\"; product = \"" name    \
    "\"; rate = " rate "; },"                                                                      \
    "{ name = \"more " name                                                                        \
    "\"; type = \"commission\"; metric = \"new_revenue\"; product = \"" name                       \
    "\"; tiers = ( [100000, " more "] );" GATES

static void gates_look_at_all_products(void) {
    /* above the quota 4, 12 and 7 %: what is on top of 2, 8 and 5 */
    const char *text = "components = ( " PRODUCT("A", "0.02", "0.02") PRODUCT("B", "0.08", "0.04")
        PRODUCT("C", "0.05", "0.02") ");";
    CU_ASSERT(plan_pays(text,
                        "new_revenue/A 110,000 110,000; new_revenue/B 120,000 120,000;"
                        "new_revenue/C 80,000 95,000",
                        "15,800 17,550"));
}

static void multipliers(void) {
    const char *text = COMMISSION
        "tiers = ( [0, 0.02], [3000000, 0.03] ); multipliers = ( { metric = \"margin_rate\"; "
        "between = \"steps\"; factor = ( [0, 0.5], [0.05, 1], [0.22, 1.15] ); } ); } );";
    CU_ASSERT(plan_pays(text,
                        "new_revenue 3,500,000 3,500,000 3,500,000 3,500,000;"
                        "margin_rate .22 .049 .05 .2199",
                        "86,250 37,500 75,000 75,000"));
}

static void splits_and_overlays(void) {
    CU_ASSERT(plan_pays(COMMISSION "rate = 0.08; credit = { share = 0.5; }; } );",
                        "new_revenue 20,000", "800"));
    CU_ASSERT(plan_pays(COMMISSION "rate = 0.10; credit = { share = 0.5; }; } );",
                        "new_revenue 20,000", "1,000"));
    /* half of the money each */
    const char *money = "components = ( { type = \"commission\"; metric = \"new_revenue\"; "
                        "scope = \"team\"; rate = 0.08; share_by = \"equal\"; } );";
    CU_ASSERT(plan_pays(money, "new_revenue 20,000; share 0.5", "800"));
    CU_ASSERT(plan_pays(COMMISSION "rate = 0.05; } );", "new_revenue 100,000", "5,000"));
    CU_ASSERT(plan_pays("components = ( { type = \"commission\"; metric = \"new_revenue\"; "
                        "scope = \"team\"; rate = 0.03; credit = { share = 0.5; }; } );",
                        "team.new_revenue 100,000", "1,500"));
}

static void clawbacks(void) {
    const char *text = COMMISSION "period = \"month\"; rate = 0.1; negative = \"recover\"; "
                                  "clawback = { months = 12; }; } );";
    CU_ASSERT(plan_pays(text, "new_revenue 120,000; cancel 6 1 120,000", "12,000 0 0 0 0 -7,000"));
    CU_ASSERT(plan_pays(text, "new_revenue 120,000; cancel 15 1 120,000",
                        "12,000 0 0 0 0 0 0 0 0 0 0 0 0 0 0"));
}

static void hold_backs(void) {
    const char *text = COMMISSION "rate = 0.1; hold_back = { share = 0.3; months = 6; }; } );";
    CU_ASSERT(plan_pays(text, "new_revenue 100,000 0 0", "7,000 0 3,000"));
    CU_ASSERT(plan_gives(text, "new_revenue 100,000 0 0", "held", "3,000 3,000 0"));
}

static void rankings(void) {
    CU_ASSERT(plan_pays("components = ( { type = \"ranking\"; metric = \"new_revenue\"; "
                        "prizes = ( [1, 5000], [2, 3000], [3, 1000] ); } );",
                        "new_revenue 80 80 90 and 100 60 10 and 80 90 80 and 10 70 70",
                        "2,000 3,000 5,000"));
}

static void bonus_banks(void) {
    const char *text = "components = ( { type = \"commission\"; metric = \"profit\"; "
                       "period = \"year\"; rate = 0.1; bank = { pays = 0.333333333333333333; }; }"
                       ");";
    CU_ASSERT(plan_pays(text, "profit 900,000 300,000 -600,000 600,000", "30,000 30,000 0 20,000"));
    CU_ASSERT(plan_gives(text, "profit 900,000 300,000 -600,000 600,000", "bank",
                         "60,000 60,000 0 40,000"));
}

static void long_term_incentives(void) {
    const char *text = "components = ( { type = \"ltip\"; metric = \"satisfaction\"; "
                       "target = 30000; cycle_months = 36; every_months = 12; "
                       "payout = ( [0.8, 0.5], [1, 1], [1.2, 2] ); } );";
    CU_ASSERT(
        plan_pays(text, "step 12; satisfaction 1.0 1.2 .9 1.1 .7", "0 0 35,000 40,000 22,500"));
}

#define GRANT "components = ( { type = \"shares\"; every_months = 0; "

static void vesting(void) {
    const char *monthly = GRANT "settlement = \"cash\"; target = 4800; vesting_months = 48;"
                                "cliff_months = 12; step_months = 1; } );";
    const char *quarterly = GRANT "settlement = \"cash\"; target = 4800; vesting_months = 48;"
                                  "cliff_months = 12; step_months = 3; } );";
    CU_ASSERT(plan_pays(monthly, "at 11 12 13 60", "0 1,200 1,300 4,800"));
    CU_ASSERT(plan_pays(quarterly, "at 14 15", "1,200 1,500"));
}

static void options_and_their_relatives(void) {
    const char *option = GRANT "settlement = \"option\"; units = 1000; vesting_months = 12;"
                               "cliff_months = 12; step_months = 12; } );";
    const char *sar = GRANT "settlement = \"sar\"; units = 100; vesting_months = 12;"
                            "cliff_months = 12; step_months = 12; } );";
    const char *phantom = GRANT "settlement = \"phantom\"; units = 100; vesting_months = 12;"
                                "cliff_months = 12; step_months = 12; } );";
    CU_ASSERT(plan_pays(option, "price 12 18; at 12", "6,000"));
    CU_ASSERT(plan_pays(sar, "price 10 40; at 12", "3,000"));
    CU_ASSERT(plan_pays(sar, "price 10 5; at 12 120", "0 0"));
    CU_ASSERT(plan_pays(phantom, "price 10 40; at 12", "4,000"));
}

static void leavers_and_their_grants(void) {
    const char *retention = GRANT "settlement = \"cash\"; target = 20000; vesting_months = 24;"
                                  "cliff_months = 24; good_leaver = \"pro_rata\"; } );";
    CU_ASSERT(plan_pays(retention, "at 23 24", "0 20,000"));
    CU_ASSERT(plan_pays(retention, "at 18; leave good", "15,000"));
    CU_ASSERT(plan_pays(retention, "at 18; leave bad", "0"));
    const char *ltip = "components = ( { type = \"ltip\"; metric = \"satisfaction\"; "
                       "target = 30000; every_months = 0; good_leaver = \"pro_rata\"; "
                       "payout = ( [0, 0], [2, 2] ); } );";
    CU_ASSERT(plan_pays(ltip, "step 20; satisfaction 1.2; leave good", "20,000"));
    const char *sale = GRANT "settlement = \"rsu\"; units = 1000; vesting_months = 48;"
                             "cliff_months = 12; step_months = 1; trigger = \"double\"; } );";
    CU_ASSERT(plan_pays(sale, "at 20; price 1; leave bad", "416.67"));
    CU_ASSERT(plan_pays(sale, "at 20; price 1; leave accelerate", "1,000"));
    CU_ASSERT(plan_pays(sale, "step 1; at 19 20; price 1; leave accelerate", "395.83 1,000"));
}

static void profit_sharing(void) {
    CU_ASSERT(plan_pays("components = ( { type = \"commission\"; metric = \"profit\"; "
                        "scope = \"firm\"; period = \"year\"; "
                        "tiers = ( [0, 0.045], [15000000, 0.065] ); } );",
                        "profit 35,000,000", "1,975,000"));
}

/* Expected pay of the first component of a plan, whose attainment is normal. */
static double expected(const char *text, double mean, double sd) {
    struct plan_case plan_case = {0};
    CU_ASSERT_FATAL(plan_open(&plan_case, text));
    const struct component *component = &plan_case.plan->components[0];
    const struct valuation around = {.quota = component->quota, .scale = 1, .factor = 1};
    struct payoff payoff = valuation_payoff(component, &around);
    double value = payoff_expectation(&payoff, mean * component->quota, sd * component->quota);
    plan_close(&plan_case);
    return value;
}

static void expected_pay(void) {
    const char *above = BONUS "period = \"year\"; target = 1.0; quota = 500000; "
                              "payout = ( [1, 0] ); slope_above = 1; } );";
    const char *all = BONUS "period = \"year\"; target = 1.0; quota = 500000; "
                            "payout = ( [1, 1] ); } );";
    CU_ASSERT_DOUBLE_EQUAL(expected(above, 1, .3), .1196827, 5.1e-8);
    CU_ASSERT_DOUBLE_EQUAL(expected(all, .85, .35), .5 * erfc(.15 / .35 / sqrt(2)), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(expected(all, .85, .35), .3341175, 1e-7); /* printed cut off */
    CU_ASSERT_DOUBLE_EQUAL(expected(above, .85, .35), .0772602, 5.1e-8);
}

static void an_option_has_its_published_value(void) {
    CU_ASSERT_DOUBLE_EQUAL(option_value(100, 100, .05, .2, 1), 10.450584, 5.1e-7);
}

static const struct test TESTS[] = {
    {"on-target earnings split by the mix", on_target_earnings_split_by_the_mix},
    {"flat, marginal and retroactive commissions", flat_and_tiered_commissions},
    {"thresholds, and back to the first euro", thresholds},
    {"the payout curve pays its table", the_payout_curve},
    {"accelerators above quota", accelerators},
    {"deals after the year's quota count more", deals_after_the_quota_count_more},
    {"discrete and cumulative quotas", discrete_and_cumulative_quotas},
    {"draws, recoverable or not", draws},
    {"quotas of new hires and of seasons", quotas_of_new_hires_and_seasons},
    {"a SPIFF has limits per person and pool", spiffs},
    {"objectives count by weight and level", objectives},
    {"gates look at all products", gates_look_at_all_products},
    {"multipliers by a second measure", multipliers},
    {"splits of credit and of money, overlays", splits_and_overlays},
    {"clawback inside its window", clawbacks},
    {"hold-back is released when customers stay", hold_backs},
    {"ties share the prizes of their ranks", rankings},
    {"a bonus bank pays a third of its balance", bonus_banks},
    {"long-term incentives in overlapping cycles", long_term_incentives},
    {"vesting monthly and quarterly after a cliff", vesting},
    {"options, SAR and phantom shares", options_and_their_relatives},
    {"leavers and their grants", leavers_and_their_grants},
    {"profit sharing in two tiers", profit_sharing},
    {"expected pay has its closed form", expected_pay},
    {"an option has its published value", an_option_has_its_published_value},
};

const struct suite suite_payout_worked = {"payout_worked", TESTS, sizeof TESTS / sizeof TESTS[0]};
